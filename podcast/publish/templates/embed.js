(() => {
  const figure = document.currentScript.closest('figure'), audio = figure.querySelector('audio');
  figure.addEventListener('click', (event) => {
    const time = /#t=([\d.]+)$/.exec(event.target.closest('a')?.hash || '');
    if (!time) return;
    event.preventDefault();
    audio.currentTime = +time[1];
    audio.play().catch(() => {});
  });
})();

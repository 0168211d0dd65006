/* The player in an iframe: keys work while it has the focus, and chapters play here. */
(() => {
  const player = Player.create(document.querySelector('.player'));
  document.addEventListener('keydown', player.press);
  document.addEventListener('click', (event) => {
    const link = event.target.closest('a[data-start]');
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    player.seek(+link.dataset.start, true);
  });
  const links = [...document.querySelectorAll('a[data-start]')];
  player.onUpdate(() => links.forEach((link, index) => {
    if (index === player.chapter) link.setAttribute('aria-current', 'true');
    else link.removeAttribute('aria-current');
  }));
})();

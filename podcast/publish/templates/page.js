(() => {
  const audio = document.querySelector('audio');
  if (!audio) return;
  const get = (id) => document.getElementById(id);
  const all = (css) => [...document.querySelectorAll(css)];
  const seconds = (href) => {
    const found = /#t=(\d+(?:\.\d+)?)$/.exec(href || '');
    return found ? +found[1] : null;
  };
  const seek = (time, play) => {
    audio.currentTime = time;
    if (play) audio.play().catch(() => {});
    update();
  };

  /* Words: the page carries them as text, and their times as rows of hundredths of a second:
     when the passage ends, when its first word starts, and the step from each word to the next. */
  const words = [], starts = [], ends = [];
  const rows = get('times') ? JSON.parse(get('times').textContent) : [];
  all('.said').forEach((said, i) => {
    const [end, ...steps] = rows[i];
    let at = 0;
    const made = said.textContent.split(' ').flatMap((text, k) => {
      const word = document.createElement('span');
      word.textContent = text;
      starts.push((at += steps[k]) / 100);
      ends.push(end / 100);
      words.push(word);
      return k ? [' ', word] : [word];
    });
    said.replaceChildren(...made);
  });
  const wordAt = new Map(words.map((word, i) => [word, i]));
  const last = (list, time) => {
    let low = 0, high = list.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (list[middle] <= time) low = middle + 1; else high = middle;
    }
    return low - 1;
  };

  const chapters = all('.chapters a');
  const chapterStarts = chapters.map((link) => seconds(link.hash));
  const seen = (element) => {
    const box = element.getBoundingClientRect();
    return box.bottom > 0 && box.top < innerHeight;
  };
  const player = document.querySelector('.player');
  /* Below the player, and not at the lower edge. */
  const clear = (element) => {
    const box = element.getBoundingClientRect();
    return box.top > player.getBoundingClientRect().bottom && box.bottom < innerHeight * 0.85;
  };
  let word = -1, chapter = -1;
  function update() {
    const time = audio.currentTime + 0.005;
    let next = last(starts, time);
    if (next >= 0 && time > ends[next]) next = -1;
    if (next !== word) {
      words[word]?.classList.remove('on');
      words[next]?.classList.add('on');
      if (words[next]) {
        /* Follow the voice only while the reader is where the voice is. */
        if (!audio.paused && seen(follow) && !clear(words[next])) {
          const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
          words[next].scrollIntoView({ block: 'center', behavior: calm ? 'auto' : 'smooth' });
        }
        follow = words[next];
      }
      word = next;
    }
    const part = last(chapterStarts, time);
    if (part !== chapter && chapters.length) {
      chapters[chapter]?.removeAttribute('aria-current');
      chapters[part]?.setAttribute('aria-current', 'true');
      if (chapters[part]) get('now').textContent = chapters[part].querySelector('span').textContent;
      chapter = part;
    }
    const whole = audio.duration || rows.at(-1)?.[0] / 100;
    if (get('head') && whole) get('head').style.left = Math.min(100, (audio.currentTime / whole) * 100) + '%';
  }
  let follow = words[0], running = false;
  const run = () => {
    update();
    running = !audio.paused && !audio.ended;
    if (running) requestAnimationFrame(run);
  };
  audio.addEventListener('play', () => { if (!running) run(); });
  for (const event of ['timeupdate', 'seeked', 'loadedmetadata', 'pause']) audio.addEventListener(event, update);
  if (audio.textTracks[0] && location.protocol !== 'file:') audio.textTracks[0].mode = 'hidden';

  document.addEventListener('click', (event) => {
    const target = event.target;
    const link = target.closest('a');
    const time = link && seconds(link.hash);
    if (time !== null && link && link.pathname === location.pathname) {
      event.preventDefault();
      history.replaceState(null, '', link.hash);
      seek(time, true);
    } else if (wordAt.has(target) && getSelection().isCollapsed) {
      seek(starts[wordAt.get(target)], true);
    } else if (target.dataset?.skip) {
      seek(Math.max(0, audio.currentTime + +target.dataset.skip), false);
    } else if (link?.classList.contains('play')) {
      event.preventDefault();
      for (const other of all('.play[aria-current]')) other.removeAttribute('aria-current');
      link.setAttribute('aria-current', 'true');
      const title = link.parentElement.querySelector('h3').textContent;
      get('now').textContent = audio.dataset.title = title;
      get('now').parentElement.hidden = false;
      audio.setAttribute('aria-label', title);
      audio.src = link.href;
      audio.play().catch(() => {});
    }
  });
  get('strip')?.addEventListener('click', (event) => {
    const box = get('strip').getBoundingClientRect();
    if (audio.duration) seek(((event.clientX - box.left) / box.width) * audio.duration, !audio.paused);
  });
  const speeds = [1, 1.25, 1.5, 2, 0.8];
  get('speed')?.addEventListener('click', () => {
    audio.playbackRate = speeds[(speeds.indexOf(audio.playbackRate) + 1) % speeds.length];
  });
  audio.addEventListener('ratechange', () => {
    if (!get('speed')) return;
    get('speed').textContent = audio.playbackRate + '×';
    get('speed').setAttribute('aria-label', 'Speed: ' + audio.playbackRate + ' times');
  });
  get('share')?.addEventListener('click', async () => {
    history.replaceState(null, '', '#t=' + Math.floor(audio.currentTime));
    try {
      if (navigator.share) await navigator.share({ title: document.title, url: location.href });
      else await navigator.clipboard.writeText(location.href);
      if (!navigator.share) get('share').textContent = 'Copied';
    } catch { /* The address bar shows the link in any case. */ }
  });

  if ('mediaSession' in navigator) {
    const session = navigator.mediaSession;
    audio.addEventListener('play', () => {
      const { title, artist, cover } = audio.dataset;
      session.metadata = new MediaMetadata({ title, artist, artwork: [{ src: cover }] });
    });
    const jump = (step) => () => {
      const to = chapterStarts[Math.max(0, chapter + step)];
      if (to !== undefined) seek(to, true);
    };
    try {
      session.setActionHandler('previoustrack', chapters.length ? jump(-1) : null);
      session.setActionHandler('nexttrack', chapters.length ? jump(1) : null);
    } catch { /* An older browser has no such keys. */ }
  }
  const fromAddress = () => {
    const time = seconds(location.hash);
    if (time !== null) {
      seek(time, false);
      words[word]?.closest('.turn').scrollIntoView({ block: 'center' });
    }
  };
  addEventListener('hashchange', fromAddress);
  fromAddress();
  update();
})();

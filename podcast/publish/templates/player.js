/* The player of every page: one `.player` holds an audio element and, in `.deck`, our own controls.
   Without script the browser's controls stay. */
const Player = (() => {
  const WORDS = JSON.parse(document.body.dataset.words);
  /* A phrase of the page with its words in braces replaced. */
  const say = (phrase, values = {}) => WORDS[phrase].replace(/{(\w+)}/g, (_, name) => values[name]);
  const SPEEDS = [0.8, 1, 1.25, 1.5, 1.75, 2];
  const folder = location.pathname.replace(/[^/]*$/, '');

  /* Where a browser keeps nothing (private windows, file:), the player still plays. */
  const memory = {
    read(key) {
      try { return localStorage.getItem(`presscast ${folder}${key}`); } catch { return null; }
    },
    write(key, value) {
      try {
        if (value === null) localStorage.removeItem(`presscast ${folder}${key}`);
        else localStorage.setItem(`presscast ${folder}${key}`, value);
      } catch { /* Nothing to remember it in. */ }
    },
  };

  const clock = (time) => {
    const whole = Math.max(0, Math.floor(time || 0));
    const pad = (number) => String(number).padStart(2, '0');
    const minutes = Math.floor(whole / 60);
    const seconds = pad(whole % 60);
    return minutes < 60 ? `${minutes}:${seconds}` : `${Math.floor(minutes / 60)}:${pad(minutes % 60)}:${seconds}`;
  };

  function create(root) {
    const audio = root.querySelector('audio');
    const deck = root.querySelector('.deck');
    const find = (css) => root.querySelector(css);
    const bar = find('.bar');
    const listeners = [];
    let chapters = JSON.parse(audio.dataset.chapters || '[]');
    let chapter = -1;

    audio.controls = false;
    deck.hidden = false;

    let lost = 0; /* The place when the sound was lost. */
    const isPlaying = () => !audio.paused && !audio.error;
    const length = () => audio.duration || +audio.dataset.length || 0;
    const fileOf = (src) => (src || '').replace(/^.*\//, '');
    const episode = () => fileOf(audio.getAttribute('src'));
    const clamp = (time) => Math.min(Math.max(0, time), Math.max(0, length() - 0.05));

    const player = {
      audio,
      clock,
      seek(time, play = !audio.paused) {
        audio.currentTime = lost = clamp(time);
        if (play) player.play();
        update();
      },
      play() {
        if (audio.error) loadAgain();
        audio.play().catch(() => { /* `error` says why. */ });
      },
      toggle() { if (isPlaying()) audio.pause(); else player.play(); },
      skip(step) { player.seek(audio.currentTime + step); },
      /* To the chapter before or after; back goes to the start of this one first. */
      step(direction) {
        if (!chapters.length) return;
        const restart = direction < 0 && audio.currentTime - chapters[Math.max(0, chapter)][0] > 3;
        const target = chapters[Math.max(0, chapter + (restart ? 0 : direction))];
        if (target) player.seek(target[0]);
      },
      onUpdate(listener) { listeners.push(listener); update(); },
      get chapter() { return chapter; },
      /* Another episode in the same player. */
      load({ src, title, length: seconds, page }) {
        remember();
        Object.assign(audio.dataset, { title, length: seconds, page });
        /* The waveform and the chapters are those of the episode that was there before. */
        takeParts([], []);
        audio.src = src;
        audio.setAttribute('aria-label', title);
        resume();
        player.play();
      },
      /* The waveform and the chapters of this episode, from the page that is its player alone. */
      async dress() {
        const source = episode();
        const address = audio.dataset.page.replace(/html$/, 'embed.html');
        const answer = await fetch(address).catch(() => null);
        /* Without its style, which the policy of this page refuses. */
        const main = answer?.ok && /<main>.*<\/main>/s.exec(await answer.text());
        if (!main || source !== episode()) return; /* The bar stays plain. */
        const page = new DOMParser().parseFromString(main[0], 'text/html');
        takeParts(JSON.parse(page.querySelector('audio').dataset.chapters), page.querySelectorAll('.bar svg'));
      },
      /* How far a listener came in another episode: seconds, or `end`. */
      placeOf: (src) => memory.read(`at ${fileOf(src)}`),
    };

    /* --- what is remembered: the speed of the show, the place in each episode --- */

    /* Takes of a preview have no page of their own, and are heard from their start. */
    const keep = (place) => { if (audio.dataset.page) memory.write(`at ${episode()}`, place); };
    const resume = () => {
      const place = audio.dataset.page && +player.placeOf(episode());
      if (place) audio.currentTime = place;
    };
    const remember = () => {
      const time = audio.currentTime;
      const left = length() - time;
      if (time > 5 && left > 10) keep(time.toFixed(1));
      else if (length() && left <= 10) keep('end');
    };
    const takeParts = (list, drawings) => {
      chapters = list;
      chapter = -1;
      root.classList.toggle('chaptered', list.length > 0);
      for (const drawing of root.querySelectorAll('.bar svg')) drawing.remove();
      bar.prepend(...drawings);
      update();
    };
    const setSpeed = (speed) => {
      audio.defaultPlaybackRate = speed; /* A new source starts with the default. */
      audio.playbackRate = speed;
      memory.write('speed', speed);
    };
    const changeSpeed = (direction, around = false) => {
      const next = SPEEDS.indexOf(audio.playbackRate) + direction;
      setSpeed(SPEEDS[around ? next % SPEEDS.length : Math.min(Math.max(0, next), SPEEDS.length - 1)] || 1);
    };
    const speed = +memory.read('speed');
    if (SPEEDS.includes(speed)) setSpeed(speed);

    /* --- what is shown --- */

    function update() {
      const time = audio.currentTime;
      const whole = length();
      const share = whole ? Math.min(1, time / whole) : 0;
      root.style.setProperty('--done', `${share * 100}%`);
      find('.elapsed').textContent = clock(time);
      find('.whole').textContent = clock(whole);
      bar.setAttribute('aria-valuemax', Math.round(whole));
      bar.setAttribute('aria-valuenow', Math.round(time));

      let part = -1;
      chapters.forEach(([start], index) => { if (start <= time + 0.005) part = index; });
      if (part !== chapter) {
        chapter = part;
        showSession();
      }
      const name = nameNow();
      if (find('.now').textContent !== name) find('.now').textContent = name;
      bar.setAttribute('aria-valuetext', say('position', { time: clock(time), length: clock(whole), name }));
      for (const listener of listeners) listener(time);
    }
    /* Where one player has many episodes, which one it is belongs to it. */
    const nameNow = () => {
      const { title } = audio.dataset;
      const part = chapters[chapter]?.[1];
      return part && root.classList.contains('queue') ? `${part} · ${title}` : part || title;
    };
    const showState = () => {
      const playing = isPlaying();
      root.classList.toggle('playing', playing);
      find('.toggle').setAttribute('aria-label', say(playing ? 'pause' : 'play'));
    };
    const showSpeed = () => {
      const speed = `${audio.playbackRate}×`;
      const label = say('speed', { speed });
      find('.speed').textContent = speed;
      find('.speed').setAttribute('aria-label', label);
      find('.more .speed').textContent = label;
    };
    let running = false;
    const run = () => {
      update();
      running = isPlaying() && !audio.ended;
      if (running) requestAnimationFrame(run);
    };

    audio.addEventListener('play', () => { showState(); showSession(); if (!running) run(); });
    audio.addEventListener('pause', () => { showState(); remember(); update(); });
    audio.addEventListener('ended', () => keep('end'));
    audio.addEventListener('ratechange', showSpeed);
    for (const event of ['timeupdate', 'seeked', 'loadedmetadata']) audio.addEventListener(event, update);
    let saved = 0;
    audio.addEventListener('timeupdate', () => {
      if (Math.abs(audio.currentTime - saved) > 5) { saved = audio.currentTime; remember(); }
    });
    addEventListener('pagehide', () => { if (audio.currentTime) remember(); });

    /* --- a slow line, none at all, a file that is gone --- */

    const wait = (waiting) => root.setAttribute('aria-busy', waiting);
    audio.addEventListener('waiting', () => wait(true));
    for (const event of ['playing', 'pause', 'error', 'emptied', 'canplay'])
      audio.addEventListener(event, () => wait(false));

    const showFault = (fault) => {
      root.classList.toggle('failed', Boolean(fault));
      find('.fault').textContent = fault;
    };
    const loadAgain = () => {
      audio.load();
      audio.currentTime = lost;
    };
    audio.addEventListener('error', () => {
      lost = audio.currentTime;
      showFault(say(navigator.onLine ? 'not_loaded' : 'offline'));
      showState();
    });
    audio.addEventListener('emptied', () => showFault(''));
    addEventListener('online', () => { if (audio.error) loadAgain(); });

    /* --- the bar --- */

    const timeAt = (event) => {
      const box = bar.getBoundingClientRect();
      return Math.min(1, Math.max(0, (event.clientX - box.left) / box.width)) * length();
    };
    const point = (event) => {
      const tip = find('.tip');
      const time = timeAt(event);
      let name = '';
      for (const [start, title] of chapters) if (start <= time) name = title;
      tip.hidden = false;
      tip.textContent = name ? `${clock(time)} · ${name}` : clock(time);
      const box = bar.getBoundingClientRect();
      const half = tip.offsetWidth / 2;
      const x = Math.min(Math.max(event.clientX - box.left, half), Math.max(half, box.width - half));
      tip.style.left = `${x}px`;
    };
    bar.addEventListener('pointerdown', (event) => {
      if (event.button || !length()) return;
      bar.setPointerCapture(event.pointerId);
      player.seek(timeAt(event));
    });
    bar.addEventListener('pointermove', (event) => {
      point(event);
      if (bar.hasPointerCapture(event.pointerId)) player.seek(timeAt(event));
    });
    for (const event of ['pointerleave', 'pointercancel', 'lostpointercapture'])
      bar.addEventListener(event, () => { find('.tip').hidden = true; });

    /* --- buttons --- */

    const share = async (withTime) => {
      const address = new URL(audio.dataset.page || location.href, location.href);
      address.hash = withTime ? `t=${Math.floor(audio.currentTime)}` : '';
      const url = address.href.replace(/#$/, '');
      try {
        if (navigator.share) await navigator.share({ title: audio.dataset.title, url });
        else await navigator.clipboard.writeText(url);
        if (!navigator.share) find('.shared').textContent = say('link_copied');
      } catch {
        find('.shared').textContent = url;
      }
    };
    const actions = {
      toggle: () => player.toggle(),
      back: () => player.skip(-15),
      on: () => player.skip(30),
      previous: () => player.step(-1),
      next: () => player.step(1),
      speed: () => changeSpeed(1, true),
      share: () => share(false),
      'share-time': () => share(true),
      keys: () => find('dialog').showModal(),
    };
    deck.addEventListener('click', (event) => {
      const button = event.target.closest('button[data-do]');
      if (button) actions[button.dataset.do]();
    });
    const nameShare = () => {
      find('.shared').textContent = '';
      find('[data-do="share-time"]').textContent = say('copy_link_at', { time: clock(audio.currentTime) });
    };
    find('.more').addEventListener('toggle', nameShare);
    nameShare();

    /* --- keys: of the first player on a page --- */

    const keys = {
      ' ': () => player.toggle(), k: () => player.toggle(),
      j: () => player.skip(-15), l: () => player.skip(30),
      ArrowLeft: () => player.skip(-5), ArrowRight: () => player.skip(5),
      '<': () => changeSpeed(-1), '>': () => changeSpeed(1),
      p: () => player.step(-1), n: () => player.step(1),
      Home: () => player.seek(0), End: () => player.seek(length()),
      '?': () => actions.keys(),
    };
    for (let digit = 0; digit < 10; digit++) keys[digit] = () => player.seek((digit / 10) * length());
    player.press = (event) => {
      const target = event.target;
      if (event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented) return;
      if (target.closest('input, textarea, select, [contenteditable], dialog')) return;
      /* Space presses a focused button, and Home and End scroll the page, but not on the bar. */
      if (event.key === ' ' && target.closest('button, a, summary')) return;
      if (['Home', 'End'].includes(event.key) && target !== bar) return;
      const action = keys[event.key];
      if (!action) return;
      event.preventDefault();
      action();
    };

    /* --- the lock screen, the headset, the car --- */

    function showSession() {
      if (!('mediaSession' in navigator) || audio.paused) return;
      const { title, artist, cover } = audio.dataset;
      const artwork = cover ? [{ src: new URL(cover, location.href).href }] : [];
      const shown = chapters[chapter] ? `${title} · ${chapters[chapter][1]}` : title;
      navigator.mediaSession.metadata = new MediaMetadata({ title: shown, artist, album: artist, artwork });
      const handlers = {
        play: () => player.play(),
        pause: () => audio.pause(),
        seekbackward: (details) => player.skip(-(details.seekOffset || 15)),
        seekforward: (details) => player.skip(details.seekOffset || 30),
        seekto: (details) => player.seek(details.seekTime),
        previoustrack: chapters.length ? () => player.step(-1) : null,
        nexttrack: chapters.length ? () => player.step(1) : null,
      };
      for (const [action, handler] of Object.entries(handlers)) {
        try { navigator.mediaSession.setActionHandler(action, handler); } catch { /* An older browser lacks it. */ }
      }
    }
    audio.addEventListener('timeupdate', () => {
      const whole = length();
      if (!navigator.mediaSession?.setPositionState || !whole || audio.currentTime > whole) return;
      const { currentTime: position, playbackRate } = audio;
      navigator.mediaSession.setPositionState({ duration: whole, position, playbackRate });
    });

    const linked = /#t=(\d+(?:\.\d+)?)$/.exec(location.hash);
    if (!linked) resume();
    showSpeed();
    showState();
    update();
    return player;
  }

  /* A menu closes when something else is touched, or with Escape. */
  const closeMenus = (except) => {
    for (const menu of document.querySelectorAll('.menu[open]')) if (menu !== except) menu.open = false;
  };
  document.addEventListener('click', (event) => closeMenus(event.target.closest('.menu')));
  document.addEventListener('keydown', (event) => { if (event.key === 'Escape') closeMenus(); });

  return { create, clock, say };
})();

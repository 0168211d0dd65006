/* The page of a preview: asks for its state, shows the script, and plays its takes one after the other. */
(() => {
  const get = (id) => document.getElementById(id);
  const make = (name, text = '', className = '') => {
    const element = document.createElement(name);
    element.textContent = text;
    element.className = className;
    return element;
  };
  const TONES = 7, PAUSE_MS = 350;
  const sound = get('take'), whole = get('episode');
  let lines = [], rows = [], at = -1, wanted = false;

  const address = (name) => `audio/${encodeURIComponent(name)}`;

  /* --- the takes, one after the other --- */

  const showPlaying = () => {
    rows.forEach((row, index) => row.classList.toggle('on', index === at && wanted));
    get('toggle').textContent = wanted ? '❚❚' : '▶';
    get('toggle').setAttribute('aria-label', wanted ? 'Pause' : 'Play');
    get('now').textContent = lines[at]?.speaker || '';
  };
  /* Where the next take is still being spoken, the page waits for it. */
  const playFrom = (index) => {
    at = index;
    wanted = index < lines.length;
    if (!wanted) at = -1;
    else if (lines[at].is_spoken) {
      whole.pause();
      sound.src = address(lines[at].key);
      sound.play().catch(() => { wanted = false; showPlaying(); });
      const box = rows[at].getBoundingClientRect();
      if (box.bottom > innerHeight || box.top < 0) rows[at].scrollIntoView({ block: 'center' });
    } else sound.removeAttribute('src');
    showPlaying();
  };
  sound.addEventListener('ended', () => setTimeout(() => { if (wanted) playFrom(at + 1); }, PAUSE_MS));
  get('toggle').addEventListener('click', () => {
    if (wanted) { wanted = false; sound.pause(); showPlaying(); }
    else if (at >= 0 && sound.getAttribute('src') && !sound.ended) { wanted = true; sound.play(); showPlaying(); }
    else playFrom(Math.max(0, at));
  });
  whole.addEventListener('play', () => { wanted = false; sound.pause(); showPlaying(); });
  document.addEventListener('keydown', (event) => {
    if (event.key !== ' ' || event.target.closest('button, audio')) return;
    event.preventDefault();
    get('toggle').click();
  });

  /* --- the script --- */

  /* A sentence that the post does not support is underlined, with what is wrong below. */
  const markSentences = (paragraph, line) => {
    let rest = line.text;
    for (const { sentence } of line.faults) {
      const start = rest.indexOf(sentence);
      if (start < 0) continue;
      paragraph.append(rest.slice(0, start), make('mark', sentence));
      rest = rest.slice(start + sentence.length);
    }
    paragraph.append(rest);
  };
  const showLine = (line, index, slot) => {
    const row = make('div', '', `passage s${slot}${line.is_spoken ? '' : ' waiting'}`);
    row.dataset.key = line.key;
    const button = make('button', '▶');
    button.type = 'button';
    button.disabled = !line.is_spoken;
    button.setAttribute('aria-label', `Play line ${line.line}: ${line.speaker}`);
    button.addEventListener('click', () => playFrom(index));
    const paragraph = make('p');
    paragraph.dir = 'auto';
    paragraph.append(make('cite', line.speaker), ' ', make('small', `line ${line.line}`), make('br'));
    markSentences(paragraph, line);
    row.append(button, paragraph);
    if (line.faults.length) {
      const list = make('ul');
      for (const { what, source } of line.faults) {
        const item = make('li', what);
        if (source) item.append(make('small', `source: ${source}`));
        list.append(item);
      }
      row.append(list);
    }
    return row;
  };
  const show = (state) => {
    const playing = lines[at]?.key;
    lines = state.chapters.flatMap((chapter) => chapter.lines);
    rows = [];
    const slots = new Map();
    const sections = state.chapters.map((chapter) => {
      const section = make('section');
      section.append(make('h2', chapter.title));
      for (const line of chapter.lines) {
        if (!slots.has(line.speaker)) slots.set(line.speaker, slots.size % TONES);
        rows.push(showLine(line, rows.length, slots.get(line.speaker)));
        section.append(rows.at(-1));
      }
      return section;
    });
    get('chapters').replaceChildren(...sections);
    get('title').textContent = state.title;
    get('engine').textContent = `Voice: ${state.engine}`;
    get('script').textContent = state.script;
    get('count').textContent = state.done < state.total ? `${state.done} of ${state.total} passages are spoken` : `${state.total} passages`;
    get('toggle').disabled = !state.done;
    get('fault').hidden = !state.fault;
    get('fault').textContent = state.fault;
    get('whole').hidden = !state.episode;
    if (state.episode && whole.getAttribute('src') !== address(state.episode)) whole.src = address(state.episode);

    /* What is playing goes on, also when lines before it came or went; what changed is heard anew. */
    if (playing !== undefined && lines[at]?.key !== playing) {
      const moved = lines.findIndex((line) => line.key === playing);
      if (moved >= 0) at = moved;
      else if (wanted) { sound.pause(); playFrom(Math.min(at, lines.length - 1)); }
    }
    if (wanted && !sound.getAttribute('src') && lines[at]?.is_spoken) playFrom(at);
    showPlaying();
  };

  const follow = async () => {
    let version = -1;
    for (;;) {
      try {
        const answer = await fetch(`state?after=${version}`, { cache: 'no-store' });
        const state = await answer.json();
        if (state.version !== version) show(state);
        version = state.version;
      } catch {
        get('fault').hidden = false;
        get('fault').textContent = 'The preview has ended. Start it again to go on.';
        await new Promise((done) => setTimeout(done, 2000));
        version = -1;
      }
    }
  };
  follow();
})();

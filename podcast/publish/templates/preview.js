/* The page of a preview: asks for its state and shows the script. One player plays the passages one after
   the other as they are spoken, and the whole episode once it is there. */
(() => {
  const get = (id) => document.getElementById(id);
  const make = (name, text = '', className = '') => {
    const element = document.createElement(name);
    element.textContent = text;
    element.className = className;
    return element;
  };
  const TONES = 7, PAUSE_MS = 350;
  const { say } = Player;
  const empty = get('deck').innerHTML;
  let player, lines = [], rows = [], at = -1, wanted = false, whole = '';

  const address = (name) => `audio/${encodeURIComponent(name)}`;
  document.addEventListener('keydown', (event) => player.press(event));

  /* --- one player, of passages or of the whole episode --- */

  const showPlaying = () => {
    rows.forEach((row, index) => row.classList.toggle('on', index === at && wanted));
  };
  const follow = () => {
    const row = rows[at];
    if (!row) return;
    const box = row.getBoundingClientRect();
    const top = get('deck').firstElementChild.getBoundingClientRect().bottom;
    if (box.bottom > innerHeight || box.top < top) row.scrollIntoView({ block: 'center' });
  };
  const lineAt = (time) => lines.findLastIndex((line) => line.start / 1000 <= time + 0.005);

  const setUp = (html) => {
    player?.audio.pause();
    get('deck').innerHTML = html;
    player = Player.create(get('deck').firstElementChild);
    const { audio } = player;
    audio.addEventListener('play', () => { wanted = true; showPlaying(); });
    audio.addEventListener('pause', () => { if (!audio.ended) { wanted = false; showPlaying(); } });
    audio.addEventListener('ended', () => {
      if (whole) { wanted = false; showPlaying(); }
      else setTimeout(() => { if (wanted) playFrom(at + 1); }, PAUSE_MS);
    });
    player.onUpdate((time) => {
      const now = whole && lines.length ? lineAt(time) : at;
      if (now === at) return;
      at = now;
      showPlaying();
      if (wanted) follow();
    });
  };

  /* Where the next passage is still being spoken, the page waits for it. */
  const playFrom = (index, offset = 0) => {
    if (whole) {
      player.seek(lines[index].start / 1000 + offset, true);
      return;
    }
    at = index;
    wanted = index < lines.length;
    if (!wanted) at = -1;
    else if (lines[at].is_spoken) {
      player.load({ src: address(lines[at].key), title: lines[at].speaker, length: 0, page: '' });
      if (offset) player.seek(offset, true);
      follow();
    } else player.audio.removeAttribute('src');
    showPlaying();
  };
  /* The first passage waits in the player until somebody presses play. */
  const offerFirst = () => {
    if (whole || wanted || player.audio.getAttribute('src') || !lines[0]?.is_spoken) return;
    at = 0;
    player.audio.dataset.title = lines[0].speaker;
    player.audio.src = address(lines[0].key);
  };
  /* The whole episode goes on where the passages were. */
  const takeWhole = async (name) => {
    const answer = await fetch(`player/${encodeURIComponent(name)}`, { cache: 'no-store' });
    if (!answer.ok) return;
    const html = await answer.text();
    const [index, playing, offset] = [at, wanted, player.audio.currentTime];
    whole = name;
    setUp(html);
    if (index >= 0) player.seek(lines[index].start / 1000 + offset, playing);
  };
  const takePassages = (index, offset) => {
    const playing = wanted;
    whole = '';
    setUp(empty);
    at = -1;
    if (playing && index >= 0) playFrom(index, offset);
  };

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
    const button = make('button');
    button.append(make('span', '', 'sign'));
    button.type = 'button';
    button.disabled = !line.is_spoken;
    button.setAttribute('aria-label', say('play_line', line));
    button.addEventListener('click', () => playFrom(index));
    const paragraph = make('p');
    paragraph.dir = 'auto';
    paragraph.append(make('cite', line.speaker), ' ', make('small', say('line', line)), make('br'));
    markSentences(paragraph, line);
    row.append(button, paragraph);
    if (line.faults.length) {
      const list = make('ul');
      for (const fault of line.faults) {
        const item = make('li', fault.what);
        if (fault.source) item.append(make('small', say('source', fault)));
        list.append(item);
      }
      row.append(list);
    }
    return row;
  };
  const showScript = (chapters) => {
    rows = [];
    const slots = new Map();
    const sections = chapters.map((chapter) => {
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
  };
  const progress = (state) => {
    if (state.done < state.total) return say('speaking', state);
    return say(state.episode ? 'ready' : 'mixing', state);
  };
  const show = async (state) => {
    const old = lines[at];
    const offset = whole && old ? player.audio.currentTime - old.start / 1000 : 0;
    lines = state.chapters.flatMap((chapter) => chapter.lines);
    showScript(state.chapters);
    get('title').textContent = state.title;
    get('engine').textContent = say('voice', state);
    get('script').textContent = state.script;
    get('count').textContent = progress(state);
    const marked = rows.filter((row) => row.querySelector('mark'));
    get('marked').textContent = marked.length ? say('marked', { count: marked.length }) : '';
    if (marked.length) marked[0].id = 'marked-line';
    for (const id of ['fault', 'notice']) {
      get(id).hidden = !state[id];
      get(id).textContent = state[id];
    }

    /* What is playing goes on, also when lines before it came or went; what changed is heard anew. */
    const moved = old ? lines.findIndex((line) => line.key === old.key) : -1;
    const isGone = old && moved < 0;
    if (whole && whole !== state.episode) takePassages(isGone ? Math.min(at, lines.length - 1) : moved, isGone ? 0 : offset);
    else if (isGone && wanted) { player.audio.pause(); playFrom(Math.min(at, lines.length - 1)); }
    else if (isGone) { player.audio.removeAttribute('src'); at = -1; }
    else if (old) at = moved;
    if (wanted && !player.audio.getAttribute('src') && lines[at]?.is_spoken) playFrom(at);
    if (state.episode && state.episode !== whole) await takeWhole(state.episode);
    offerFirst();
    showPlaying();
  };

  const listen = async () => {
    let version = -1;
    for (;;) {
      try {
        const answer = await fetch(`state?after=${version}`, { cache: 'no-store' });
        const state = await answer.json();
        if (state.version !== version) await show(state);
        version = state.version;
      } catch {
        get('fault').hidden = false;
        get('fault').textContent = say('preview_ended');
        await new Promise((done) => setTimeout(done, 2000));
        version = -1;
      }
    }
  };
  setUp(empty);
  listen();
})();

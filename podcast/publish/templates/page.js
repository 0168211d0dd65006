/* The pages: transcript, search, links to times, and the list of the index. */
(() => {
  const root = document.querySelector('.player');
  if (!root) return;
  const player = Player.create(root);
  const { audio } = player;
  const get = (id) => document.getElementById(id);
  const all = (css) => [...document.querySelectorAll(css)];
  const secondsOf = (hash) => {
    const match = /#t=(\d+(?:\.\d+)?)$/.exec(hash || '');
    return match ? +match[1] : null;
  };
  document.addEventListener('keydown', player.press);

  /* Words: the page carries them as text, and their times as rows of hundredths of a second:
     when the passage ends, when its first word starts, and the step from each word to the next. */
  const words = [], starts = [], ends = [];
  const rows = get('times') ? JSON.parse(get('times').textContent) : [];
  all('.said').forEach((said, row) => {
    const [end, ...steps] = rows[row];
    let at = 0;
    const spans = said.textContent.split(' ').flatMap((text, index) => {
      const word = document.createElement('span');
      word.textContent = text;
      starts.push((at += steps[index]) / 100);
      ends.push(end / 100);
      words.push(word);
      return index ? [' ', word] : [word];
    });
    said.replaceChildren(...spans);
  });
  const wordAt = new Map(words.map((word, index) => [word, index]));
  const lastBefore = (list, time) => {
    let low = 0, high = list.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (list[middle] <= time) low = middle + 1; else high = middle;
    }
    return low - 1;
  };

  const chapterLinks = all('.chapters a');
  const inView = (element) => {
    const box = element.getBoundingClientRect();
    return box.bottom > 0 && box.top < innerHeight;
  };
  /* Not behind the player, and not at the lower edge. */
  const isClear = (element) => {
    const box = element.getBoundingClientRect();
    const deck = root.getBoundingClientRect();
    const top = deck.top < innerHeight / 2 ? deck.bottom : 0;
    const bottom = deck.top < innerHeight / 2 ? innerHeight * 0.85 : deck.top;
    return box.top > top && box.bottom < bottom;
  };
  let current = -1, shownChapter = -1, followed = words[0];
  player.onUpdate((exact) => {
    const time = exact + 0.005;
    let next = lastBefore(starts, time);
    if (next >= 0 && time > ends[next]) next = -1;
    if (next !== current) {
      words[current]?.classList.remove('on');
      words[next]?.classList.add('on');
      if (words[next]) {
        /* Follow the voice only while the reader is where the voice is. */
        if (!audio.paused && inView(followed) && !isClear(words[next])) {
          const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
          words[next].scrollIntoView({ block: 'center', behavior: calm ? 'auto' : 'smooth' });
        }
        followed = words[next];
      }
      current = next;
    }
    if (player.chapter !== shownChapter && chapterLinks.length) {
      chapterLinks[shownChapter]?.removeAttribute('aria-current');
      chapterLinks[player.chapter]?.setAttribute('aria-current', 'true');
      shownChapter = player.chapter;
    }
  });
  if (audio.textTracks[0] && location.protocol !== 'file:') audio.textTracks[0].mode = 'hidden';

  document.addEventListener('click', (event) => {
    const link = event.target.closest('a');
    const time = link && link.pathname === location.pathname ? secondsOf(link.hash) : null;
    if (time !== null) {
      event.preventDefault();
      history.replaceState(null, '', link.hash);
      player.seek(time, true);
    } else if (wordAt.has(event.target) && getSelection().isCollapsed) {
      player.seek(starts[wordAt.get(event.target)], true);
    }
  });
  const openAddress = () => {
    const time = secondsOf(location.hash);
    if (time === null) return;
    player.seek(time, false);
    words[current]?.closest('.turn').scrollIntoView({ block: 'center' });
  };
  addEventListener('hashchange', openAddress);
  openAddress();

  /* --- search: in the transcript, or in the list of the index --- */

  const search = get('search');
  const simple = (text) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  const passages = all('[data-search]').map((element) => [element, simple(element.textContent)]);
  search?.closest('form').removeAttribute('hidden');
  search?.closest('form').addEventListener('submit', (event) => event.preventDefault());
  search?.addEventListener('input', () => {
    const wanted = simple(search.value).split(/\s+/).filter(Boolean);
    let count = 0;
    for (const [element, text] of passages) {
      const matches = wanted.every((word) => text.includes(word));
      element.hidden = !matches;
      count += matches;
    }
    for (const group of all('[data-group]')) group.hidden = !group.querySelector('[data-search]:not([hidden])');
    const few = Player.say(count === 1 ? 'one_match' : 'matches', { count });
    get('matches').textContent = wanted.length ? few : '';
  });

  /* --- the index: one player, a queue of all episodes --- */

  const entries = all('.list .play');
  const sourceOf = (link) => link.getAttribute('href');
  const isThis = (link) => sourceOf(link) === audio.getAttribute('src');
  /* Its length, or what is left of it for a listener who has begun it. */
  const lengthLeft = ({ dataset }, place) => {
    if (place === 'end') return Player.say('played');
    if (!place) return Player.clock(dataset.length);
    return Player.say('left', { time: Player.clock(dataset.length - place) });
  };
  const mark = () => {
    for (const link of entries) {
      const playing = isThis(link) && !audio.paused;
      const left = lengthLeft(link, player.placeOf(sourceOf(link)));
      if (isThis(link)) link.setAttribute('aria-current', 'true'); else link.removeAttribute('aria-current');
      link.classList.toggle('playing', playing);
      link.classList.toggle('played', player.placeOf(sourceOf(link)) === 'end');
      link.lastElementChild.textContent = left;
      link.setAttribute('aria-label', `${Player.say(playing ? 'pause' : 'play')} ${link.dataset.title}, ${left}`);
    }
  };
  /* What stands above the player is the episode that it plays. */
  const announce = (link) => {
    const row = link.closest('li');
    const lead = row.querySelector('h3 + p');
    get('playing').textContent = Player.say('playing_now');
    get('playing-date').replaceWith(Object.assign(row.querySelector('time').cloneNode(true), { id: 'playing-date' }));
    Object.assign(get('playing-title'), { href: link.dataset.page, textContent: link.dataset.title });
    get('playing-lead').textContent = lead ? lead.textContent : '';
  };
  const choose = (link) => {
    const { title, length, page } = link.dataset;
    player.load({ src: sourceOf(link), title, length, page });
    player.dress();
    announce(link);
    mark();
  };
  for (const link of entries) {
    link.addEventListener('click', (event) => {
      event.preventDefault();
      if (isThis(link)) player.toggle(); else choose(link);
    });
  }
  if (entries.length) {
    for (const event of ['play', 'pause']) audio.addEventListener(event, mark);
    addEventListener('pageshow', mark);
    audio.addEventListener('ended', () => {
      const next = entries[entries.findIndex(isThis) + 1];
      if (next) choose(next);
    });
    mark();
    if (location.protocol !== 'file:') player.dress();
  }
})();

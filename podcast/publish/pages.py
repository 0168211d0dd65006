"""The pages that readers see: one for each episode, the index, and the player for a blog.

Everything a page needs of its own is in it: style, script and word times; the audio, the
captions and the cover lie beside it under relative names, so that a page works from a folder,
from a server and published.
"""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from operator import sub
from pathlib import Path
from traceback import extract_tb
from typing import TYPE_CHECKING, Protocol
from urllib.parse import urlsplit

from podcast.errors import PublishError
from podcast.language.english.word_data import load
from podcast.model import LEVELS_A_DB, Chapter, DurationMs, Episode, Line, Show
from podcast.publish.accent_colour import accent, shade
from podcast.publish.cover import ICON_SIZES, find_cover, icon_name
from podcast.publish.feed import FeedEntry
from podcast.publish.linked_data import as_json, describe_episode, describe_show
from podcast.publish.listed_number import find_number
from podcast.publish.portraits import name_key
from podcast.publish.subscribe_links import SubscribeLink, list_subscribe_links
from podcast.util.addresses import ascii_address, page_address, public
from podcast.util.time_format import length_of, timestamp
from podcast.util.xml_text import clean, one_line

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

# The ground of a page by day and by night; style.css has the same.
PAPER, NIGHT = "#fdfcfa", "#141416"

# How many colours speakers have before they repeat; style.css defines them.
TONES = 7

# Height of the waveform, in its own units.
WAVE = 40

# The player's signs as SVG path data, in a square of 24.
ICONS = {
    "play": "M8 5v14l11-7z",
    "pause": "M7 5h4v14H7zM14 5h4v14h-4z",
    "previous": "M6 6h2v12H6zM18 6v12l-9-6z",
    "next": "M16 6h2v12h-2zM6 6v12l9-6z",
    "back": "M9.5 1 6.5 4l3 3M6.5 4H12a8.5 8.5 0 1 1-8.5 8.5",
    "forward": "M14.5 1l3 3-3 3M17.5 4H12a8.5 8.5 0 1 0 8.5 8.5",
    "more": "M10.5 4.5h3v3h-3zM10.5 10.5h3v3h-3zM10.5 16.5h3v3h-3z",
}


@dataclass(frozen=True, slots=True)
class _Turn:
    speaker: str
    slot: int
    start: DurationMs
    text: str
    named: bool
    """True where another speaker begins."""


@dataclass(frozen=True, slots=True)
class _Part:
    title: str
    start: DurationMs
    link: str
    turns: tuple[_Turn, ...]


@dataclass(frozen=True, slots=True)
class _Voice:
    name: str
    role: str
    slot: int


@dataclass(frozen=True, slots=True)
class _Wave:
    """The waveform that is the player's bar."""

    parts: int
    """How many strokes it has."""
    height: int
    speakers: tuple[tuple[int, str], ...]
    """Colour and SVG path data of what each speaker says."""
    width: int
    """The episode's length, in tenths of a second: the unit of `marks`."""
    marks: str
    """SVG path data: a stroke where each chapter but the first starts."""


class Recorded(Protocol):
    """What a player shows of an episode: of a published one, or of a preview."""

    @property
    def duration(self) -> DurationMs: ...
    @property
    def chapters(self) -> tuple[Chapter, ...]: ...
    @property
    def lines(self) -> tuple[Line, ...]: ...
    @property
    def waveform(self) -> tuple[int, ...]: ...


@dataclass(frozen=True, slots=True)
class PageLink:
    """A page beside this one."""

    address: str
    title: str


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The episodes that were published before and after one."""

    previous: PageLink | None = None
    next: PageLink | None = None


ALONE = Neighbours()


def episode_page(show: Show, episode: Episode, neighbours: Neighbours = ALONE) -> str:
    """An HTML page: player, chapters, sources, speakers, and the transcript that follows."""
    people = people_of(episode)
    slots = {person.name: person.slot for person in people}
    return render(
        show,
        "episode.html.j2",
        scripts=("player.js", "page.js"),
        address=public(show.url, f"{episode.slug}.html"),
        link=page_address(show.edition.post_url, show.url, episode.slug, episode.date),
        heading=one_line(episode.title),
        summary=_summarise_in_a_line(episode),
        episode=episode,
        neighbours=neighbours,
        number=number_of(show.feed.numbering, episode),
        image=episode.art,
        large_image=bool(episode.art),
        people=people,
        pictures=_find_pictures(show.portraits, people),
        parts=_parts(episode, slots),
        chapters=_chapter_list(episode),
        wave=_wave(episode, slots),
        times=_times(episode.lines),
        linked_data=as_json(describe_episode(show, episode)),
    )


def _summarise_in_a_line(episode: Episode) -> str:
    """The subtitle, else the titles of the chapters."""
    if episode.subtitle:
        return one_line(episode.subtitle)
    # The first and the last are the greeting and the goodbye.
    return one_line(". ".join(chapter.title for chapter in episode.chapters[1:-1]))


def _find_pictures(portraits: Mapping[str, str], people: Sequence[_Voice]) -> dict[str, str]:
    pictures: dict[str, str] = {}
    for person in people:
        pictures[person.name] = portraits.get(name_key(person.name), "")
    return pictures


def index_page(show: Show, episodes: Sequence[FeedEntry]) -> str:
    """An HTML page: the show, its latest episode in a player, and all episodes in order."""
    return render(
        show,
        "index.html.j2",
        scripts=("player.js", "page.js"),
        address=show.url,
        heading=one_line(show.title),
        summary=one_line(show.description),
        episodes=episodes,
        linked_data=as_json(describe_show(show)),
    )


def embed_page(show: Show, episode: Episode) -> str:
    """An HTML page that is a player alone, for an iframe in any site."""
    slots = {person.name: person.slot for person in people_of(episode)}
    return render(
        show,
        "embed_page.html.j2",
        scripts=("player.js", "embed_page.js"),
        styles=("player.css", "embed_page.css"),
        address=public(show.url, f"{episode.slug}.html"),
        episode=episode,
        chapters=_chapter_list(episode),
        wave=_wave(episode, slots),
    )


def preview_page(show: Show) -> str:
    """An HTML page that asks for a preview's state, and shows and plays it."""
    return render(
        show,
        "preview.html.j2",
        scripts=("player.js", "preview.js"),
        styles=("player.css", "style.css", "preview.css"),
    )


def preview_player(show: Show, source: str, title: str, recording: Recorded) -> str:
    """The player of a preview's whole episode, as HTML to put into its page."""
    speakers = dict.fromkeys(line.speaker for line in recording.lines)
    slots = {name: number % TONES for number, name in enumerate(speakers)}
    return render(
        show,
        "preview_player.html.j2",
        source=source,
        title=title,
        duration=recording.duration,
        chapters=_chapter_list(recording),
        wave=_wave(recording, slots),
    )


# Kind of snippet to its template.
SNIPPETS = {
    "html": "embed.iframe.j2",
    "plain": "embed.html.j2",
    "jekyll": "embed.jekyll.j2",
    "hugo": "embed.hugo.j2",
    "pelican": "embed.pelican.j2",
}


def snippet(show: Show, episode: Episode, kind: str) -> str:
    """The player for a blog.

    `html` is an iframe, `plain` a figure that stands alone; the others are for themes, for each
    post that has an episode.
    """
    address = public(show.url, f"{episode.slug}.html")
    embed = public(show.url, f"{episode.slug}.embed.html")
    return render(
        show,
        SNIPPETS[kind],
        scripts=("embed.js",),
        address=address,
        embed=embed,
        episode=episode,
    )


def number_of(numbering: str, episode: Episode) -> str:
    """An episode's type and number in words: `Bonus, season 2024, episode 3`; or nothing."""
    words = load("page_words")
    season, number = find_number(numbering, episode)
    kind = str(words["kinds"].get(episode.details.kind, ""))
    if season and number:
        said = str(words["season_and_episode"]).format(season=season, number=number)
    elif season:
        said = str(words["season"]).format(season=season)
    elif number:
        said = str(words["episode_number"]).format(number=number)
    else:
        said = ""
    return ", ".join(filter(None, (kind, said)))


def warm_up(assets: Path) -> None:
    """Load and compile what this process's first page and feed need: 0.2 s."""
    import feedgen.feed  # type: ignore[import-untyped] # noqa: F401

    own = assets / "templates"
    with _told(own):
        for name in (
            "base.html.j2",
            "player.html.j2",
            "subscribe.html.j2",
            "episode.html.j2",
            "index.html.j2",
            "embed_page.html.j2",
        ):
            _environment(own).get_template(name)
    _cover_accent(assets)


@contextmanager
def _told(own: Path) -> Iterator[None]:
    """A fault in a template of the show's own as PublishError, with its file and line."""
    from jinja2 import TemplateSyntaxError

    try:
        yield
    except PublishError:
        raise
    except Exception as error:
        places = [(frame.filename, frame.lineno) for frame in extract_tb(error.__traceback__)]
        # A template that cannot be parsed never runs: no frame of the traceback is in it.
        if isinstance(error, TemplateSyntaxError) and error.filename:
            places.append((error.filename, error.lineno))
        mine = [f"{file}:{line}" for file, line in places if Path(file).is_relative_to(own)]
        if isinstance(error, UnicodeDecodeError):  # Of ours there is none.
            mine.append(str(own))
        if not mine:
            raise
        what = one_line(f"{type(error).__name__}: {error}")
        raise PublishError(
            f"{mine[-1]}: {what}. Mend the template, or remove it to have ours"
        ) from error


def small_cover(cover: str, size: int = 320) -> str:
    """Name the copy of the cover that is shown; the cover itself before it is published."""
    return icon_name(cover, size) if cover else "cover.jpg"


def render(
    show: Show,
    template: str,
    scripts: Sequence[str] = (),
    styles: Sequence[str] = ("player.css", "style.css"),
    **values: object,
) -> str:
    """A template of the show, else of ours, with the show's style, colours and scripts."""
    from markupsafe import Markup

    own = show.path("assets", "templates")
    environment = _environment(own)
    colour = _cover_accent(show.path("assets"))
    light, dark = shade(colour, PAPER, 4.6), shade(colour, NIGHT, 7)
    # WCAG 2.2, 1.4.3: text needs a contrast of 4.5 with its ground; a little more by day, and
    # by night what 1.4.6 asks for.
    tones = f":root{{--accent-light:{light};--accent-dark:{dark}}}\n"
    with _told(own):
        return environment.get_template(template).render(
            show=show,
            cover=show.cover or "cover.jpg",
            icons_of_show={size: small_cover(show.cover, size) for size in ICON_SIZES},
            light=light,
            dark=dark,
            paper=PAPER,
            night=NIGHT,
            style=Markup(tones + _sources(environment, styles)),  # noqa: S704
            script=Markup(_sources(environment, scripts)),  # noqa: S704
            labels=load("page_words"),
            shortcuts=_list_shortcuts(),
            icons=ICONS,
            apps=_list_apps(show),
            audio_base=ascii_address(show.store.audio_url),
            audio_host=_host_of_audio(show.store.audio_url),
            **{"image": "", "large_image": False, "linked_data": "", **values},
        )


def _list_shortcuts() -> list[tuple[list[str], str]]:
    """The keys of each shortcut, and what they do."""
    shortcuts: list[tuple[list[str], str]] = []
    for keys, action in load("page_words")["shortcuts"].items():
        shortcuts.append((keys.split(), action))
    return shortcuts


def _list_apps(show: Show) -> tuple[SubscribeLink, ...]:
    """List where listeners follow the show; a private one is followed nowhere."""
    if show.feed.private:
        return ()
    return list_subscribe_links(show.url, show.feed.subscribe)


def _host_of_audio(audio_url: str) -> str:
    """What a page's policy allows beside its own host, with a space before it.

    Empty for nothing.
    """
    parts = urlsplit(ascii_address(audio_url))
    if not parts.netloc:
        return ""
    return f" {parts.scheme}://{parts.netloc}"


@lru_cache(maxsize=8)
def _environment(own: Path) -> Environment:
    """Templates of the show's folder first, file by file; then ours."""
    from jinja2 import (
        ChoiceLoader,
        Environment,
        FileSystemLoader,
        PackageLoader,
        StrictUndefined,
    )

    environment = Environment(
        loader=ChoiceLoader(
            [FileSystemLoader(own), PackageLoader("podcast.publish", "templates")]
        ),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=lambda value: clean(value) if type(value) is str else value,
    )
    environment.filters.update(
        clock=_player_time,
        day=lambda date: f"{date.day} {date:%B} {date.year}",
        digest=_digest_for_policy,
        inert=_escape_for_templates,
        host=lambda address: (urlsplit(ascii_address(address)).hostname or "").removeprefix(
            "www."
        ),
        length_of=lambda time: length_of(time).removeprefix("0"),
        iso=lambda time: f"PT{_seconds(time)}S",
        link=ascii_address,
        locale=lambda language: {"en-gb": "en_GB"}.get(language, "en_US"),
        megabytes=lambda size: f"{size / 1e6:.1f} MB",
        seconds=_seconds,
        spell=_spell,
    )
    return environment


def _escape_for_templates(text: str) -> Markup:
    """Text for a snippet: neither HTML nor a theme's template finds anything in it."""
    from markupsafe import Markup, escape

    escaped = str(escape(clean(text)))
    return Markup(escaped.replace("{", "&#123;"))  # noqa: S704 - escaped above


def _player_time(time: DurationMs) -> str:
    """A moment as players show it: `0:18`, `12:05`, `1:02:03`."""
    return timestamp(time).removeprefix("0")


@lru_cache(maxsize=32)
def _source(environment: Environment, name: str) -> str:
    assert environment.loader
    return environment.loader.get_source(environment, name)[0]


def _sources(environment: Environment, names: Sequence[str]) -> str:
    return "".join(_shorten(_source(environment, name)) for name in names)


@lru_cache(maxsize=32)
def _shorten(source: str) -> str:
    """A script or style without indentation and comment lines: a tenth less to load."""
    lines = re.sub(r"(?ms)^ */\*.*?\*/\n", "", source).splitlines()
    return "".join(f"{line.strip()}\n" for line in lines if line.strip())


@lru_cache(maxsize=32)
def _digest_for_policy(text: str) -> str:
    """As a Content-Security-Policy names a script or a style."""
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _cover_accent(assets: Path) -> str:
    return accent(find_cover(assets))


def people_of(episode: Episode) -> tuple[_Voice, ...]:
    """The credits in their order, then whoever else is heard; each with a colour."""
    roles = {person.name: person.role for person in episode.people}
    names = dict.fromkeys([*roles, *(line.speaker for line in episode.lines)])
    return tuple(_Voice(name, roles.get(name, ""), i % TONES) for i, name in enumerate(names))


def _parts(episode: Episode, slots: dict[str, int]) -> tuple[_Part, ...]:
    turns: list[list[_Turn]] = [[] for _ in episode.chapters]
    for line in episode.lines:
        part = turns[line.chapter]
        text = " ".join([word.text for word in line.words])
        named = not part or part[-1].speaker != line.speaker
        part.append(_Turn(line.speaker, slots[line.speaker], line.start, text, named))
    return tuple(
        _Part(chapter.title, chapter.start, chapter.link, tuple(said))
        for chapter, said in zip(episode.chapters, turns, strict=True)
    )


def _times(lines: Sequence[Line]) -> str:
    """Rows of times for the words of an episode, in hundredths of a second.

    A row has the end, the first word's start, and the step to each further word. One row for
    each passage, in the order of the page. Numbers only: no text can break out of the data
    block.
    """
    rows: list[list[int]] = []
    for line in sorted(lines, key=lambda line: line.chapter):
        starts = [round(word.start / 10) for word in line.words]
        rows.append([round(line.end / 10), *map(sub, starts, [0, *starts])])
    return json.dumps(rows, separators=(",", ":"))


def _chapter_list(episode: Recorded) -> str:
    """Start in seconds and title of each chapter, as JSON for the player."""
    rows = [[chapter.start / 1000, chapter.title] for chapter in episode.chapters]
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":"))


def _wave(episode: Recorded, slots: dict[str, int]) -> _Wave | None:
    """The waveform in its speakers' colours; None when the episode's levels are unknown."""
    levels = episode.waveform
    if not levels:
        return None

    loudest = max(levels)
    strokes: dict[int, list[str]] = {}
    for part, slot in enumerate(_slots_by_part(episode, slots)):
        strokes.setdefault(slot, []).append(f"M{part} {_stroke(levels[part] - loudest)}")
    marks = "".join(f"M{chapter.start // 100} 0v1" for chapter in episode.chapters[1:])
    return _Wave(
        parts=len(levels),
        height=WAVE,
        speakers=tuple((slot, "".join(paths)) for slot, paths in strokes.items()),
        width=max(1, episode.duration // 100),
        marks=marks,
    )


def _slots_by_part(episode: Recorded, slots: dict[str, int]) -> Iterator[int]:
    """The colour of whoever speaks at each part's middle; in a pause, of whoever spoke last."""
    lines = sorted(episode.lines, key=lambda line: line.start)
    count = len(episode.waveform)
    slot = slots[lines[0].speaker] if lines else 0
    at = 0
    for part in range(count):
        middle = (part + 0.5) * episode.duration / count
        while at < len(lines) and lines[at].start <= middle:
            slot = slots[lines[at].speaker]
            at += 1
        yield slot


@lru_cache(maxsize=256)
def _stroke(level: int) -> str:
    """Where a stroke begins and its height, for a level against the loudest."""
    # Levels are logarithmic, and what the eye compares is not: 6 dB less is half the height.
    height = max(1, round(WAVE * 10 ** (level / LEVELS_A_DB / 20)))
    return f"{(WAVE - height) / 2:g}v{height}"


def _seconds(time: DurationMs) -> str:
    return f"{time / 1000:.3f}".rstrip("0").rstrip(".")


def _spell(time: DurationMs) -> str:
    """A length in words: `8 minutes`."""
    minutes = round(dt.timedelta(milliseconds=time).total_seconds() / 60)
    if minutes < 1:
        return f"{round(time / 1000)} seconds"
    if minutes == 1:
        return "1 minute"
    return f"{minutes} minutes"

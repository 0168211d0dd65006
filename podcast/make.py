"""A written edition becomes a published episode: composes the stages and owns their order."""

from __future__ import annotations

import dataclasses
import datetime as dt
import logging
import shutil
import uuid
import zoneinfo
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from difflib import get_close_matches
from hashlib import file_digest
from pathlib import Path

from podcast import __version__
from podcast import publish as publishing
from podcast.adapters import auto_engine, open_engine, open_source, open_store, open_writer
from podcast.cast import cast, load_cast, load_voices, save_cast
from podcast.check import Fault
from podcast.check import check as check_store
from podcast.defaults import defaults
from podcast.errors import ConfigError, PublishError
from podcast.files import replacing, write_atomic
from podcast.lexicon import Lexicon, load_lexicon
from podcast.lock import only_run
from podcast.model import (
    Cast,
    Credit,
    Edition,
    Episode,
    Person,
    Script,
    ScriptChapter,
    Show,
    SourceNote,
    Take,
    Turn,
    Usd,
    Voice,
)
from podcast.publish.pages import snippet
from podcast.read import read
from podcast.script import check_speakers, parse, render
from podcast.speak import Engine, PlannedTake, plan, speak
from podcast.stitch import stitch
from podcast.tag import tag
from podcast.takes import TakeCache
from podcast.write import Writer, draft, write

__all__ = ["auto_engine", "open_engine", "open_writer"]

log = logging.getLogger(__name__)

_CHARACTERS_A_SECOND = 14.7
"""How fast a magazine is read aloud, pauses included."""

Clock = Callable[[], dt.datetime]
"""The present moment, aware."""

Progress = Callable[[str, int, int], None]
"""Hears of progress: what is being done, how much of it is done, of how much."""


def no_progress(_what: str, _done: int, _total: int) -> None:
    """Hears of progress and says nothing."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What `make` would do, found without doing it."""

    edition: Edition
    script: Script
    cast: Cast
    engine: str
    takes: tuple[PlannedTake, ...]
    writing: Usd | None
    """What writing the script would cost; 0 for a saved one, None when the price is not known."""
    new_script: bool
    """True when the script would be written; False when a saved one is used as it stands."""
    new_voices: tuple[str, ...]
    """People who would be given a voice in cast.toml."""

    @property
    def minutes(self) -> float:
        """About how long the episode would be, from the length of its words."""
        return sum(len(turn.text) for turn in self.script.turns) / _CHARACTERS_A_SECOND / 60

    @property
    def speaking(self) -> Usd | None:
        """What speaking would cost; None when a price is not known."""
        prices = [take.price for take in self.takes if not take.cached]
        return None if None in prices else Usd(sum(price for price in prices if price is not None))


@dataclass(frozen=True, slots=True)
class Made:
    """What `make` did."""

    episode: Episode
    spoken: int
    """Takes spoken in this run."""
    kept: int
    """Takes that were there already."""
    changed: bool
    """False when the published episode was already this one."""
    new_voices: tuple[str, ...]


def edition_of(show: Show, date: dt.date) -> Edition:
    """The show's edition of that date."""
    return read(open_source(show), date)


def edition_from(post: Path) -> Edition:
    """The edition that any one post is."""
    from podcast.sources.jekyll import read_post

    return read_post(post)


def dates(show: Show) -> list[dt.date]:
    """The dates of all editions, oldest first."""
    return open_source(show).dates()


def make_plan(show: Show, edition: Edition, *, engine: Engine, writer: Writer, rewrite: bool = False) -> Plan:
    """Everything `make` would do with this edition. Changes nothing, asks no service, speaks nothing."""
    known = load_people(show)
    script, cast_ = _saved(show, edition, known, rewrite) or (None, _cast(show, edition, known))
    drafted = script or draft(edition, cast_, writer, show)
    takes = plan(drafted, cast_, engine, _lexicon(show), _takes(show))
    return Plan(
        edition,
        drafted,
        cast_,
        engine.name,
        tuple(takes),
        writing=Usd(0.0) if script else writer.price(edition, cast_, show),
        new_script=script is None,
        new_voices=_new_voices(cast_, known),
    )


def make_script(show: Show, edition: Edition, *, writer: Writer, rewrite: bool = False) -> Path:
    """Write the script for a person to read and edit, and remember who got which voice.

    A script that exists is left as it is, unless `rewrite`: then the old one is kept beside it.
    """
    with only_run(_work(show), edition.slug):
        _written(show, edition, writer, rewrite)
    return script_path(show, edition)


def make(
    show: Show,
    edition: Edition,
    *,
    engine: Engine,
    writer: Writer,
    now: Clock,
    rewrite: bool = False,
    jobs: int | None = None,
    progress: Progress = no_progress,
) -> Made:
    """Make the edition's episode and publish it.

    Everything that was published before stays as it is until the new episode is whole. Takes are kept
    the moment they exist: a run that fails or is killed costs the next one nothing twice.

    Raises PodcastError.
    """
    with only_run(_work(show), edition.slug, _waits(progress)):
        started = now()
        script, cast_, new_voices = _written(show, edition, writer, rewrite)
        store = open_store(show)
        earlier = _earlier(show, edition, publishing.episodes(store))

        kept: dict[str, Take] = {}

        def on_take(done: int, total: int, take: Take) -> None:
            kept.setdefault(take.key, take)
            progress("speaking", done, total)

        workers = jobs or engine.jobs
        with ThreadPoolExecutor(workers) as executor:
            takes = speak(script, cast_, engine, _takes(show), _lexicon(show), executor, on_take)
            recording = stitch(
                script,
                takes,
                show=show,
                stings=show.path("assets"),
                work=_work(show) / "units",
                out=_work(show) / f"{edition.slug}.mp3",
            )
        takes_made = list(kept.values())
        episode = Episode(
            guid=earlier.guid if earlier else str(uuid.uuid5(uuid.UUID(show.guid), edition.slug)),
            slug=edition.slug,
            date=edition.date,
            published=earlier.published if earlier else _published(show, edition, started),
            title=edition.title,
            subtitle=edition.subtitle,
            duration=recording.duration,
            bytes=0,
            sha256="",
            chapters=recording.chapters,
            lines=recording.lines,
            people=_credits(edition, script, cast_),
            notes=tuple(SourceNote(s.title, s.reporter, s.source, s.link) for s in edition.stories),
            others=edition.others,
            loudness=recording.loudness,
            engine=engine.name,
            writer=script.writer,
            model=script.model or script.writer or engine.name,
            cost_writing=script.cost,
            cost_speaking=Usd(sum(take.cost for take in takes_made)),
            processing=str(now() - started),
            version=__version__,
            link=_link(show, edition),
            soundbite=publishing.soundbite(recording.lines, recording.chapters),
        )
        tag(recording.path, episode, show, cover_of(show))
        episode = _sealed(episode, recording.path, earlier)
        episode, beside = _beside(show, edition, episode, recording.path)
        changed = publishing.publish(episode, recording.path, show, store, edition.path, beside)
        if changed:
            _tell_hub(show)
        for path in (recording.path, *beside.values()):
            if isinstance(path, Path):
                path.unlink()
        return Made(
            episode,
            spoken=sum(not take.cached for take in takes_made),
            kept=sum(take.cached for take in takes_made),
            changed=changed,
            new_voices=new_voices,
        )


def rebuild(show: Show) -> list[Episode]:
    """Write the feed and all pages again from the records, and give the episodes, newest first."""
    with only_run(_work(show), "the feed"):
        cover_of(show)
        episodes = publishing.rebuild(show, open_store(show))
    _tell_hub(show)
    return episodes


def script_path(show: Show, edition: Edition) -> Path:
    """Where the edition's script is saved."""
    return show.path("scripts", f"{edition.slug}.md")


def cover_of(show: Show) -> Path:
    """The show's cover in `assets/`; one is drawn where there is none."""
    for suffix in ("jpg", "jpeg", "png"):
        if (path := show.path("assets", f"cover.{suffix}")).is_file():
            return path
    from podcast.cover import draw_cover

    draw_cover(show.title, show.author, path := show.path("assets", "cover.jpg"))
    return path


def load_pool(show: Show) -> dict[str, Voice]:
    """The show's voices; the ones that come with presscast where it has none of its own."""
    voices = show.path("voices")
    return load_voices(
        voices
        if any(set(voices.glob("*.toml")) - {_cast_path(show), _lexicon_path(show), voices / "staff.toml"})
        else defaults("voices")
    )


def load_people(show: Show) -> dict[str, str]:
    """Who has which voice: people's names to voice ids, as cast.toml has them."""
    return load_cast(_cast_path(show))


def say(show: Show, name: str, text: str, engine: Engine, out: Path | None) -> Path:
    """Speak `text` in the voice of a person of the cast, or in a voice of the pool, into a WAV file.

    Raises ConfigError when nobody has that name.
    """
    pool = load_pool(show)
    voice = pool.get(load_people(show).get(name, name))
    if voice is None:
        near = get_close_matches(name, [*load_people(show), *pool], n=1)
        guess = f". Did you mean {near[0]!r}?" if near else ". `podcast voices` lists them"
        raise ConfigError(f"nobody is called {name!r}{guess}")
    script = Script(name, dt.date.min, (ScriptChapter(name, (Turn(name, text),)),))
    cast_ = Cast({name: voice}, name)
    with ThreadPoolExecutor(engine.jobs) as executor:
        (take,) = speak(script, cast_, engine, _takes(show), _lexicon(show), executor)
    path = out or Path(f"{voice.id}.wav")
    with replacing(path) as temporary:
        shutil.copyfile(take.path, temporary)
    return path


def embed(show: Show, date: dt.date | None, kind: str) -> str:
    """The snippet that puts an episode's player into a page: `html`, or `jekyll` for a theme."""
    episodes = publishing.episodes(open_store(show))
    chosen = [e for e in episodes if e.date == date] if date else episodes
    if not chosen:
        raise PublishError(f"no episode of {date} is published. Make it with `podcast make --date {date}`")
    return snippet(show, chosen[0], kind)


def check(show: Show, date: dt.date | None, now: dt.datetime) -> list[Fault]:
    """What is not right in what is published: of all episodes, or of one date."""
    return check_store(show, open_store(show), date, now)


def _written(
    show: Show, edition: Edition, writer: Writer, rewrite: bool
) -> tuple[Script, Cast, tuple[str, ...]]:
    """The script, saved; who speaks in it, remembered; and who of them is new."""
    known = load_people(show)
    script, cast_ = _saved(show, edition, known, rewrite) or (None, _cast(show, edition, known, writer))
    if script is None:
        script = write(edition, cast_, writer, show)
        _save_script(show, edition, script)
    new = _new_voices(cast_, known)
    if new:
        save_cast(_cast_path(show), {name: cast_.voices[name].id for name in new})
    return script, cast_, new


def _saved(
    show: Show, edition: Edition, known: Mapping[str, str], rewrite: bool
) -> tuple[Script, Cast] | None:
    """The script that a person may have edited, and the cast of those who speak in it."""
    path = script_path(show, edition)
    if rewrite or not path.exists():
        return None
    script = parse(path.read_text(encoding="utf-8"), path)
    staff = [person.name for person in edition.staff]
    check_speakers(script, path, {*known, *staff, *_tellers(show, edition)})
    speakers = dict.fromkeys(turn.speaker for turn in script.turns)
    return script, cast(_people(edition, speakers), load_pool(show), known, _presenter(show, edition))


def _cast(show: Show, edition: Edition, known: Mapping[str, str], writer: Writer | None = None) -> Cast:
    """Who has which voice in a new script; `writer` may choose for people who have none yet."""
    pool, people = load_pool(show), _people(edition, _tellers(show, edition))
    new = [person for person in people if person.name not in known]
    free = {id_: voice for id_, voice in pool.items() if id_ not in {known.get(p.name) for p in people}}
    chosen = writer.choose_voices(new, free, show) if writer and new else {}
    return cast(people, pool, {**chosen, **known}, _presenter(show, edition))


def _presenter(show: Show, edition: Edition) -> str:
    return edition.editor.name if edition.editor else show.presenter


def _tellers(show: Show, edition: Edition) -> list[str]:
    """The presenter, and everyone who signs a story."""
    names = [_presenter(show, edition), *(story.reporter for story in edition.stories if story.reporter)]
    return list(dict.fromkeys(names))


def _people(edition: Edition, names: Iterable[str]) -> list[Person]:
    staff = {person.name: person for person in edition.staff}
    return [staff.get(name, Person(name)) for name in names]


def _save_script(show: Show, edition: Edition, script: Script) -> None:
    """Save a new script; the one that it replaces is kept beside it under the next free number."""
    path = script_path(show, edition)
    if path.exists():
        number = 1
        while (old := path.with_suffix(f".{number}.md")).exists():
            number += 1
        path.rename(old)
    write_atomic(path, render(script))


def _new_voices(cast_: Cast, known: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(name for name in cast_.voices if name not in known)


def _earlier(show: Show, edition: Edition, episodes: Iterable[Episode]) -> Episode | None:
    """The episode that this one replaces, if any: whose guid and moment of publication it takes over.

    That is the one of the same slug; or one of the same date whose post is gone, for then the post was
    renamed. Two posts of one date that both exist are two episodes.
    """
    same_date = [episode for episode in episodes if episode.date == edition.date]
    for episode in same_date:
        if episode.slug == edition.slug:
            return episode
    from podcast.sources.jekyll import JekyllSource

    posts = JekyllSource(show.path(str(show.posts))).posts_by_slug() if same_date else {}
    return next((episode for episode in same_date if episode.slug not in posts), None)


def _sealed(episode: Episode, mp3: Path, earlier: Episode | None) -> Episode:
    """The episode with the size and checksum of its tagged file.

    When the same audio was published before, its processing time stays: making again with nothing
    changed changes nothing.
    """
    with mp3.open("rb") as file:
        digest = file_digest(file, "sha256").hexdigest()
    same = earlier is not None and earlier.sha256 == digest
    return dataclasses.replace(
        episode,
        bytes=mp3.stat().st_size,
        sha256=digest,
        processing=earlier.processing if earlier and same else episode.processing,
    )


def _beside(
    show: Show, edition: Edition, episode: Episode, mp3: Path
) -> tuple[Episode, dict[str, bytes | Path]]:
    """The episode with its art and its Opus file where the show wants them, and those files by name."""
    beside: dict[str, bytes | Path] = {}
    if show.episode_art:
        from podcast.cover import draw_art

        day = f"{edition.date.day} {edition.date:%B %Y}"
        if art := draw_art(show.title, day, [story.title for story in edition.stories]):
            beside[name := publishing.art_name(episode.slug, art)] = art
            episode = dataclasses.replace(episode, art=name)
    if show.opus:
        from podcast.stitch.opus import encode_opus

        encode_opus(mp3, out := mp3.with_suffix(".opus"))
        beside[f"{episode.slug}.opus"] = out
        episode = dataclasses.replace(episode, opus=out.stat().st_size)
    return episode, beside


def _tell_hub(show: Show) -> None:
    """Ping the show's hub. What is published stays published when the hub does not listen."""
    if not show.hub:
        return
    from podcast.hub import ping

    try:
        ping(show.hub, f"{show.url}feed.xml")
    except PublishError as error:
        log.warning("%s", error)


def _published(show: Show, edition: Edition, now: dt.datetime) -> dt.datetime:
    """The edition's own moment, or the show's time on its date; now, when that lies in the future."""
    zone = zoneinfo.ZoneInfo(show.timezone)
    moment = edition.time or dt.datetime.combine(edition.date, show.time, zone)
    return min(moment, now).astimezone(zone).replace(microsecond=0)


def _link(show: Show, edition: Edition) -> str:
    """The post's public address where the show knows it, else the episode page's."""
    if not show.post_url:
        return f"{show.url}{edition.slug}.html"
    year, month, day = edition.date.isoformat().split("-")
    slug = edition.slug.removeprefix(f"{edition.date}-")
    return show.post_url.format(year=year, month=month, day=day, slug=slug)


def _credits(edition: Edition, script: Script, cast_: Cast) -> tuple[Credit, ...]:
    """Who is heard, in the order in which they first speak."""
    roles = {person.name: person.role for person in edition.staff}
    names = dict.fromkeys(turn.speaker for turn in script.turns)
    return tuple(
        Credit(n, "editor" if n == cast_.presenter else roles.get(n, "reporter"), cast_.voices[n].id)
        for n in names
    )


def _waits(progress: Progress) -> Callable[[str], None]:
    """Tells of another run that must end first."""
    return lambda owner: progress(f"waiting for {owner}", 0, 1)


def _work(show: Show) -> Path:
    """Caches and lock: safe to delete, never published."""
    return show.path(".podcast")


def _cast_path(show: Show) -> Path:
    return show.path("voices", "cast.toml")


def _lexicon_path(show: Show) -> Path:
    return show.path("voices", "lexicon.toml")


def _lexicon(show: Show) -> Lexicon:
    return load_lexicon(_lexicon_path(show))


def _takes(show: Show) -> TakeCache:
    return TakeCache(_work(show) / "takes")

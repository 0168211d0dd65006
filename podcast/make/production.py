"""Production: from a script and its cast to an episode that is whole and not yet published.

The long part of a make. It needs the values it is given, and the show's folder for caches and assets, and
changes nothing that others see: so it may be done beside others, in another process, on another machine.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import itertools
import re
import time
import uuid
import zoneinfo
from collections.abc import Callable, Collection, Iterable, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from podcast import __version__
from podcast.make.chapter_pictures import add_pictures
from podcast.make.episode_image import find_image
from podcast.make.preparation import Prepared
from podcast.make.show_paths import cover_of, load_show_lexicon, spoken_disclosure, takes, work
from podcast.model import (
    EARLIER_PAUSES,
    Cast,
    Credit,
    Disclosure,
    Edition,
    Episode,
    EpisodeAudio,
    Loudness,
    Numbers,
    Pauses,
    Script,
    Show,
    SourceNote,
    Story,
    Take,
    Usd,
    Withdrawal,
)
from podcast.publish import art_name, choose_soundbite
from podcast.speak import Engine, speak_script
from podcast.stitch import OutputFormat, stitch_takes
from podcast.tag import write_tagged_mp3
from podcast.util.xml_text import one_line
from podcast.write.spoken_disclosure import says_disclosure

OnTake = Callable[[int, int, Take], None]
"""Hears of each Take in order: how many are there, of how many, and which."""

Told = Callable[[str, int, int], None]
"""Hears of an edition by its name: how many of its takes are there, of how many."""


@dataclass(frozen=True, slots=True)
class Produced:
    """An episode that is whole, and not yet published."""

    episode: Episode
    mp3: Path
    beside: Mapping[str, bytes | Path]
    """The other files that the record names and that do not follow from it, by name."""
    spoken: int
    """Takes spoken in this run."""
    kept: int
    """Takes that were there already."""


def produce_episode(
    show: Show,
    prepared: Prepared,
    engine: Engine,
    executor: Executor,
    on_take: OnTake,
    jobs: int = 0,
    ended: Callable[[str], None] = lambda stage: None,  # noqa: ARG005
) -> Produced:
    """Speak, stitch and tag the episode. `executor` speaks; `jobs` threads stitch, 0: one for each core.

    `ended` hears of each stage's end. Stitching begins with the first take, and `speak` ends with the last.
    Takes are kept the moment they exist: a run that fails or is killed costs the next one nothing twice.
    Raises PodcastError.
    """
    begun = time.monotonic()
    kept: dict[str, Take] = {}
    takes_in_order: list[Take] = []

    def on_kept(done: int, total: int, take: Take) -> None:
        kept.setdefault(take.key, take)
        takes_in_order.append(take)
        on_take(done, total, take)
        if done == total:
            ended("speak")

    def finish(
        takes: Iterable[Take], pauses: Pauses, disclosure: Disclosure | None
    ) -> tuple[Episode, str]:
        recording = _stitch(show, prepared, takes, pauses, jobs)
        ended("stitch")
        episode = _episode(show, prepared, kept.values(), recording, engine.name)
        episode = dataclasses.replace(episode, pauses=pauses, disclosure=disclosure)
        picture = find_image(show.folder, prepared.edition) or cover_of(show)
        return episode, write_tagged_mp3(mp3, recording.stream, episode, show, picture)

    mp3 = work(show) / f"{prepared.edition.slug}.mp3"
    spoken = speak_script(
        prepared.script,
        prepared.cast,
        engine,
        takes(show),
        load_show_lexicon(show),
        executor,
        on_kept,
    )
    pauses = Pauses(
        show.sound.pause_reply, show.sound.pause_speaker, show.sound.pause_paragraph
    )
    disclosure = _disclosure(show, prepared.script)
    earlier = prepared.earlier
    if earlier is not None and (earlier.pauses is None or earlier.disclosure is None):
        # New pauses and a new frame in the tag are no reason to publish an old episode again.
        episode, digest = finish(spoken, earlier.pauses or EARLIER_PAUSES, earlier.disclosure)
        if digest == earlier.sha256:
            episode = dataclasses.replace(episode, pauses=earlier.pauses)
        else:
            episode, digest = finish(iter(takes_in_order), pauses, disclosure)
    else:
        episode, digest = finish(spoken, pauses, disclosure)

    took = dt.timedelta(seconds=prepared.seconds + time.monotonic() - begun)
    episode = _sealed(episode, prepared, mp3.stat().st_size, digest, took)
    episode, beside = _with_extras(show, prepared.edition, episode, mp3)
    if earlier is not None and earlier.sha256 == episode.sha256 and not earlier.opus_sha256:
        # An older presscast's record stays as it is while its audio does.
        episode = dataclasses.replace(episode, opus_sha256="")
    ended("tag")
    return Produced(
        episode,
        mp3,
        beside,
        spoken=sum(not take.cached for take in kept.values()),
        kept=sum(take.cached for take in kept.values()),
    )


def _disclosure(show: Show, script: Script) -> Disclosure:
    """What the episode will declare: a person may have taken the line out of the script."""
    line = spoken_disclosure(show)
    return Disclosure(show.feed.ai_content, line if says_disclosure(script, line) else "")


def _stitch(
    show: Show, prepared: Prepared, takes: Iterable[Take], pauses: Pauses, jobs: int
) -> EpisodeAudio:
    return stitch_takes(
        prepared.script,
        takes,
        output=OutputFormat(show.sound.rate, show.sound.bitrate),
        stings=show.path("assets"),
        folder=work(show) / "units" / prepared.edition.slug,
        pauses=pauses,
        threads=jobs,
    )


def _episode(
    show: Show,
    prepared: Prepared,
    takes: Collection[Take],
    recording: EpisodeAudio,
    engine: str,
) -> Episode:
    """The episode as far as it is known before its file is tagged."""
    edition, script = prepared.edition, prepared.script
    earlier = prepared.earlier or prepared.undone
    heard = recording.loudness
    return Episode(
        guid=earlier.guid if earlier else _new_guid(show.guid, edition, prepared.same_date),
        slug=edition.slug,
        date=edition.date,
        published=choose_moment(
            show.edition.timezone, show.edition.time, edition, earlier, prepared.started
        ),
        details=edition.details,
        asked_time=edition.time,
        numbers=earlier.numbers if earlier else Numbers(),
        title=bare_title(script.title, show.title),
        subtitle=edition.subtitle,
        duration=recording.duration,
        bytes=0,
        sha256="",
        chapters=add_pictures(recording.chapters, edition, show.edition.post_url, show.link),
        lines=recording.lines,
        people=_credits(edition, script, prepared.cast),
        notes=tuple(
            SourceNote(s.title, s.reporter, s.source, s.link)
            for s in list_told_stories(edition, script)
        ),
        others=edition.others,
        loudness=Loudness(round(heard.lufs, 2), round(heard.true_peak, 2)),
        waveform=recording.waveform,
        engine=engine,
        writer=script.writer,
        model=script.model or edition.model or script.writer or engine,
        cost_writing=Usd(edition.cost + script.cost),
        cost_speaking=Usd(sum(take.cost for take in takes)),
        processing="",
        version=__version__,
        retakes=sum(take.attempts - 1 for take in takes),
        soundbite=choose_soundbite(recording.lines, recording.chapters),
        post=prepared.post,
        sources=script.sources,
    )


def list_told_stories(edition: Edition, script: Script) -> list[Story]:
    """List the stories that a script tells, in its order; its chapters name them by their sources.

    A story without an address cannot be named, and counts as told.
    """
    sources = [chapter.source for chapter in script.chapters if chapter.source]
    if not sources:
        return list(edition.stories)

    told = [story for story in edition.stories if not story.link or story.link in sources]
    linked = [story for story in told if story.link]
    in_order = sorted(linked, key=lambda story: sources.index(story.link))
    if in_order == linked:
        return told
    return [*in_order, *(story for story in told if not story.link)]


def _sealed(
    episode: Episode, prepared: Prepared, size: int, digest: str, took: dt.timedelta
) -> Episode:
    """The episode with the size and the SHA-256 of its tagged file, and the time that it took.

    When the same audio was published before, its names and its processing time stay: making again with
    nothing changed changes nothing. Other audio than was published under this slug gets names of its own. So
    does an episode whose name one of the same date had before its post was renamed, and whose audio stays.
    """
    earlier = prepared.earlier
    same = earlier if earlier and earlier.sha256 == digest else None
    if same and same.slug == episode.slug:
        episode = dataclasses.replace(episode, remade=same.remade, before=same.before)
    else:
        used = any(
            episode.slug == other.slug or episode.audio == other.before
            for other in prepared.same_date
        )
        taken = prepared.undone.audio if prepared.undone else ()
        remade = digest[:8] if used or taken else ""
        before = earlier.audio if earlier else ""
        episode = dataclasses.replace(episode, remade=remade, before=before)
        if episode.audio in taken:
            # What was taken back may have been this very audio: it is another episode's file all the same.
            episode = dataclasses.replace(episode, remade=digest[8:16])
    if same and same.disclosure is None:
        # An older presscast gave its chapters no pictures; they are no reason to publish it again.
        episode = dataclasses.replace(episode, chapters=same.chapters)
    return dataclasses.replace(
        episode,
        bytes=size,
        sha256=digest,
        processing=same.processing if same else str(took),
        # An older presscast's record stays as it is while its audio does; the script knows the version.
        sources=None if same and same.sources is None else episode.sources,
        asked_time=None if _was_unasked(same, episode) else episode.asked_time,
    )


def _was_unasked(same: Episode | None, episode: Episode) -> bool:
    """Tell whether an older presscast did not note the moment that the post asks for, which stands."""
    return same is not None and same.asked_time is None and same.published == episode.published


def _with_extras(
    show: Show, edition: Edition, episode: Episode, mp3: Path
) -> tuple[Episode, dict[str, bytes | Path]]:
    """The episode with its art and its Opus file where the show wants them, and those files by name."""
    beside: dict[str, bytes | Path] = {}
    if art := _find_art(show, edition, episode):
        from podcast.publish.cover import draw_small_art

        small = draw_small_art(art)
        name, small_name = (art_name(episode.slug, picture) for picture in (art, small))
        beside |= {name: art, small_name: small}
        episode = dataclasses.replace(episode, art=name, art_small=small_name)
    if show.feed.opus:
        from podcast.stitch.opus import encode_opus

        encode_opus(mp3, out := mp3.with_suffix(".opus"))
        beside[f"{episode.stem}.opus"] = out
        digest = hashlib.sha256(out.read_bytes()).hexdigest()
        episode = dataclasses.replace(episode, opus=out.stat().st_size, opus_sha256=digest)
    return episode, beside


def _find_art(show: Show, edition: Edition, episode: Episode) -> bytes:
    """Find the picture that the post names, or draw one where the show wants that; else b""."""
    if path := find_image(show.folder, edition):
        return path.read_bytes()
    if not show.feed.episode_art:
        return b""

    from podcast.publish.cover import draw_art

    day = f"{edition.date.day} {edition.date:%B %Y}"
    return draw_art(show.title, day, [note.title for note in episode.notes])


def choose_moment(
    timezone: str,
    usual_time: dt.time,
    edition: Edition,
    earlier: Episode | Withdrawal | None,
    now: dt.datetime,
) -> dt.datetime:
    """Choose when an episode counts as published.

    The moment that its post gives, or the show's time on its date; once it is published, the moment that it
    has, until its post gives another one. Now, when that lies in the future: apps hide such an episode, or
    show it without a date. A time that the clocks skip counts as one hour later; of one that comes twice, the
    first counts.
    """
    zone = zoneinfo.ZoneInfo(timezone)
    if earlier is not None and not _is_corrected(edition, earlier, zone):
        moment = earlier.published
    else:
        moment = edition.time or dt.datetime.combine(edition.date, usual_time)
    return _on_the_clock(min(_aware(moment, zone), now), zone)


def _is_corrected(edition: Edition, earlier: Episode | Withdrawal, zone: dt.tzinfo) -> bool:
    """Tell whether the post gives another moment than it did when the episode was published."""
    if edition.date != earlier.date:
        return True
    if edition.time is None:
        return False

    asked_time = earlier.asked_time if isinstance(earlier, Episode) else None
    if asked_time is not None:
        return edition.time != asked_time
    return _on_the_clock(_aware(edition.time, zone), zone) != earlier.published


def _aware(moment: dt.datetime, zone: dt.tzinfo) -> dt.datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=zone)


def _on_the_clock(moment: dt.datetime, zone: dt.tzinfo) -> dt.datetime:
    # By way of UTC, for Python leaves a skipped time in its own zone as it is.
    return moment.astimezone(dt.UTC).astimezone(zone).replace(microsecond=0)


def _new_guid(show_guid: str, edition: Edition, same_date: Iterable[Episode]) -> str:
    """Follows from the slug, so that an episode whose record was lost gets it again.

    A guid is given once: where an episode took it along when its post was renamed, the next one follows.
    """
    given = {episode.guid for episode in same_date}
    names = itertools.chain([edition.slug], (f"{edition.slug} {n}" for n in itertools.count(2)))
    guids = (str(uuid.uuid5(uuid.UUID(show_guid), name)) for name in names)
    return next(guid for guid in guids if guid not in given)


def _credits(edition: Edition, script: Script, cast: Cast) -> tuple[Credit, ...]:
    """Who is heard, in the order in which they first speak."""
    roles = {person.name: person.role for person in edition.staff}
    names = dict.fromkeys(turn.speaker for turn in script.turns)
    return tuple(
        Credit(
            n, "editor" if n == cast.presenter else roles.get(n, "reporter"), cast.voices[n].id
        )
        for n in names
    )


def on_take(told: Told, name: str) -> OnTake:
    """Tells of the takes of the edition `name`."""
    return partial(_tell, told, name)


def _tell(told: Told, name: str, done: int, total: int, _take: object) -> None:
    told(name, done, total)


def bare_title(title: str, show: str) -> str:
    """An episode's title without the show's name and a number in front of it, which have tags of their own.

    Apple and PSP-1 ask for it. Only what a mark sets apart goes, and never all: `Small Hours #3: Moths`.
    """
    name, number = re.escape(one_line(show)), r"(?:episode|ep\.?|#)\s*\d+"
    before = rf"(?:{name}[\s:|–—,-]*(?:{number})?|{number})\s*[:|–—-]\s+"
    return re.sub(
        rf"^{before}(?=\S)|(?<=\S)\s+[|–—-]\s+{name}$", "", title, flags=re.IGNORECASE
    )

"""The record of an episode that was just recorded: what it takes over from the one that it replaces."""

from __future__ import annotations

import dataclasses
import datetime as dt
import itertools
import uuid
import zoneinfo
from collections.abc import Collection, Iterable, Sequence
from hashlib import file_digest
from pathlib import Path

from podcast import __version__
from podcast import publish as publishing
from podcast.errors import ReadError
from podcast.model import (
    Cast,
    Credit,
    Edition,
    Episode,
    Loudness,
    Recording,
    Script,
    Show,
    SourceNote,
    Take,
    Usd,
)
from podcast.stitch.listen import waveform


def record(
    show: Show,
    edition: Edition,
    script: Script,
    cast: Cast,
    takes: Collection[Take],
    recording: Recording,
    *,
    engine: str,
    same_date: Sequence[Episode],
    earlier: Episode | None,
    started: dt.datetime,
    ended: dt.datetime,
) -> Episode:
    """The episode as far as it is known before its file is tagged; `sealed` adds size and checksum."""
    heard = recording.loudness
    return Episode(
        guid=earlier.guid if earlier else _new_guid(show, edition, same_date),
        slug=edition.slug,
        date=edition.date,
        published=_published(show, edition, earlier, started),
        title=edition.title,
        subtitle=edition.subtitle,
        duration=recording.duration,
        bytes=0,
        sha256="",
        chapters=recording.chapters,
        lines=recording.lines,
        people=_credits(edition, script, cast),
        notes=tuple(SourceNote(s.title, s.reporter, s.source, s.link) for s in edition.stories),
        others=edition.others,
        loudness=Loudness(round(heard.lufs, 2), round(heard.true_peak, 2)),
        engine=engine,
        writer=script.writer,
        model=script.model or edition.model or script.writer or engine,
        cost_writing=Usd(edition.cost + script.cost),
        cost_speaking=Usd(sum(take.cost for take in takes)),
        processing=str(ended - started),
        version=__version__,
        link=_link(show, edition),
        retakes=sum(take.attempts - 1 for take in takes),
        soundbite=publishing.soundbite(recording.lines, recording.chapters),
        post=_post(show, edition),
    )


def earlier_episode(show: Show, edition: Edition, same_date: Iterable[Episode]) -> Episode | None:
    """The episode of the same date that this one replaces, if any; its guid and moment of publication stay.

    That is the one of the same slug; or, for an edition among the show's posts, one whose post was there and
    is gone, for then the post was renamed. Two posts of one date that both exist are two episodes.

    Raises ReadError when another post has the slug too.
    """
    post, folder = _post(show, edition), show.path(str(show.posts))
    for episode in same_date:
        if episode.slug == edition.slug:
            if episode.post not in ("", post) and (folder / episode.post).exists():
                what = f"{folder / episode.post} has the episode {edition.slug} already"
                raise ReadError(edition.path or edition.slug, None, what, "Rename one of the two")
            return episode
    from podcast.sources.jekyll import JekyllSource

    there = JekyllSource(folder).posts_by_slug() if post and same_date else {}
    return next((e for e in same_date if post and e.post and e.slug not in there), None)


def sealed(episode: Episode, mp3: Path, earlier: Episode | None, same_date: Iterable[Episode]) -> Episode:
    """The episode with the size, checksum and waveform of its tagged file.

    When the same audio was published before, its names and its processing time stay: making again with
    nothing changed changes nothing. Other audio than was published under this slug gets names of its own. So
    does an episode whose name one of the same date had before its post was renamed, and whose audio stays.
    """
    with mp3.open("rb") as file:
        digest = file_digest(file, "sha256").hexdigest()
    same = earlier if earlier and earlier.sha256 == digest else None
    if same and same.slug == episode.slug:
        episode = dataclasses.replace(episode, remade=same.remade, before=same.before)
    else:
        used = any(episode.slug == other.slug or episode.audio == other.before for other in same_date)
        names = (digest[:8] if used else "", earlier.audio if earlier else "")
        episode = dataclasses.replace(episode, remade=names[0], before=names[1])
    return dataclasses.replace(
        episode,
        bytes=mp3.stat().st_size,
        sha256=digest,
        waveform=(same and same.waveform) or waveform(mp3),
        processing=same.processing if same else episode.processing,
    )


def with_extras(
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
        beside[f"{episode.stem}.opus"] = out
        episode = dataclasses.replace(episode, opus=out.stat().st_size)
    return episode, beside


def _published(show: Show, edition: Edition, earlier: Episode | None, now: dt.datetime) -> dt.datetime:
    """The moment at which it was published before, the edition's own, or the show's time on its date.

    Now, when that lies in the future: apps hide such an episode, or show it without a date. A time that the
    clocks skip counts as one hour later; of one that comes twice, the first counts.
    """
    zone = zoneinfo.ZoneInfo(show.timezone)
    moment = edition.time or dt.datetime.combine(edition.date, show.time)
    moment = earlier.published if earlier else moment if moment.tzinfo else moment.replace(tzinfo=zone)
    # By way of UTC, for Python leaves a skipped time in its own zone as it is.
    return min(moment, now).astimezone(dt.UTC).astimezone(zone).replace(microsecond=0)


def _new_guid(show: Show, edition: Edition, same_date: Iterable[Episode]) -> str:
    """Follows from the slug, so that an episode whose record was lost gets it again.

    A guid is given once: where an episode took it along when its post was renamed, the next one follows.
    """
    given = {episode.guid for episode in same_date}
    names = itertools.chain([edition.slug], (f"{edition.slug} {n}" for n in itertools.count(2)))
    guids = (str(uuid.uuid5(uuid.UUID(show.guid), name)) for name in names)
    return next(guid for guid in guids if guid not in given)


def _post(show: Show, edition: Edition) -> str:
    """The path of its post within the show's folder of posts; empty for a post from elsewhere."""
    folder = show.path(str(show.posts)).resolve()
    path = edition.path.resolve() if edition.path else folder
    return path.relative_to(folder).as_posix() if folder in path.parents else ""


def _link(show: Show, edition: Edition) -> str:
    """The post's public address where the show knows it, else the episode page's."""
    if not show.post_url:
        return f"{show.url}{edition.slug}.html"
    year, month, day = edition.date.isoformat().split("-")
    slug = edition.slug.removeprefix(f"{edition.date}-")
    return show.post_url.format(year=year, month=month, day=day, slug=slug)


def _credits(edition: Edition, script: Script, cast: Cast) -> tuple[Credit, ...]:
    """Who is heard, in the order in which they first speak."""
    roles = {person.name: person.role for person in edition.staff}
    names = dict.fromkeys(turn.speaker for turn in script.turns)
    return tuple(
        Credit(n, "editor" if n == cast.presenter else roles.get(n, "reporter"), cast.voices[n].id)
        for n in names
    )

"""Production: from a script and its cast to an episode that is whole and not yet published.

The long part of a make. It needs the values it is given, and the show's folder for caches and
assets, and changes nothing that others see: so it may be done beside others, in another
process, on another machine.
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
from podcast.make.chapter_pictures import (
    add_pictures,
    embed_pictures,
    has_small_picture,
)
from podcast.make.episode_image import find_image
from podcast.make.preparation import Prepared
from podcast.make.show_paths import (
    cover_of,
    load_show_lexicon,
    open_takes,
    spoken_disclosure,
    work_folder,
)
from podcast.model import (
    EARLIER_PAUSES,
    Cast,
    Credit,
    Disclosure,
    EarlierAudio,
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

# Called with each Take in order: takes done, takes total, and the Take.
OnTake = Callable[[int, int, Take], None]

# Called with the edition's name, takes done, takes total.
OnEditionProgress = Callable[[str, int, int], None]

# Called with the name of a stage when it ends.
OnStageEnd = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Produced:
    """An episode that is whole, and not yet published."""

    episode: Episode
    mp3: Path
    extra_files: Mapping[str, bytes | Path]
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
    on_stage_end: OnStageEnd = lambda stage: None,  # noqa: ARG005
) -> Produced:
    """Speak, stitch and tag the episode. `executor` speaks.

    `jobs` threads stitch, 0: one for each core. Stitching begins with the first take, and the
    stage `speak` ends with the last. Takes are kept the moment they exist: a run that fails or
    is killed costs the next one nothing twice. Raises PodcastError.
    """
    started = time.monotonic()
    recorder = _Recorder(show, prepared, engine.name, jobs, on_take, on_stage_end)
    takes = speak_script(
        prepared.script,
        prepared.cast,
        engine,
        open_takes(show),
        load_show_lexicon(show),
        executor,
        recorder.add_take,
    )
    episode, digest = _record_episode(show, prepared, recorder, takes)

    processing = dt.timedelta(seconds=prepared.seconds + time.monotonic() - started)
    size = recorder.mp3.stat().st_size
    episode = _complete_record(episode, prepared, size, digest, processing)
    episode, extra_files = _add_extra_files(show, prepared, episode, recorder.mp3)
    episode = _keep_opus_unknown(episode, prepared.replaced)
    on_stage_end("tag")

    distinct_takes = recorder.takes_by_key.values()
    cached_takes = sum(take.cached for take in distinct_takes)
    return Produced(
        episode,
        recorder.mp3,
        extra_files,
        spoken=len(distinct_takes) - cached_takes,
        kept=cached_takes,
    )


@dataclass(frozen=True, slots=True)
class _TakeForm:
    """What shapes an MP3 beside its takes."""

    pauses: Pauses
    disclosure: Disclosure | None
    has_pictures: bool
    """True when its chapters have pictures, where their stories do."""


class _Recorder:
    """Writes the episode's MP3, and remembers the takes that are in it."""

    def __init__(
        self,
        show: Show,
        prepared: Prepared,
        engine: str,
        jobs: int,
        on_take: OnTake,
        on_stage_end: OnStageEnd,
    ) -> None:
        self.mp3 = work_folder(show) / f"{prepared.edition.slug}.mp3"
        self.takes_by_key: dict[str, Take] = {}
        self.takes_in_order: list[Take] = []
        self._show, self._prepared, self._engine, self._jobs = show, prepared, engine, jobs
        self._on_take, self._on_stage_end = on_take, on_stage_end

    def add_take(self, done: int, total: int, take: Take) -> None:
        """Remember a take. One that is heard twice is counted, and paid for, once."""
        self.takes_by_key.setdefault(take.key, take)
        self.takes_in_order.append(take)
        self._on_take(done, total, take)
        if done == total:
            self._on_stage_end("speak")

    def write_mp3(self, takes: Iterable[Take], form: _TakeForm) -> tuple[Episode, str]:
        """Stitch and tag the takes; the episode's record so far, and the file's SHA-256."""
        show, prepared = self._show, self._prepared
        recording = stitch_takes(
            prepared.script,
            takes,
            output=OutputFormat(show.sound.rate, show.sound.bitrate),
            stings=show.path("assets"),
            folder=work_folder(show) / "units" / prepared.edition.slug,
            pauses=form.pauses,
            threads=self._jobs,
        )
        self._on_stage_end("stitch")

        episode = _start_record(
            show, prepared, self.takes_by_key.values(), recording, self._engine
        )
        episode = dataclasses.replace(episode, pauses=form.pauses, disclosure=form.disclosure)
        pictures: Mapping[str, bytes] = {}
        if form.has_pictures:
            chapters, pictures = embed_pictures(episode.chapters, prepared.edition, show.folder)
            episode = dataclasses.replace(episode, chapters=chapters)

        cover = find_image(show.folder, prepared.edition) or cover_of(show)
        digest = write_tagged_mp3(self.mp3, recording.stream, episode, show, cover, pictures)
        return episode, digest


def _record_episode(
    show: Show, prepared: Prepared, recorder: _Recorder, takes: Iterable[Take]
) -> tuple[Episode, str]:
    """Write the MP3 by the show's settings; or as an older presscast did, where that is heard.

    New pauses and a new frame in the tag are no reason to publish an old episode again.
    """
    sound = show.sound
    form = _TakeForm(
        Pauses(sound.pause_reply, sound.pause_speaker, sound.pause_paragraph),
        _declare_disclosure(show, prepared.script),
        has_pictures=has_small_picture(prepared.edition, show.folder),
    )
    replaced = prepared.replaced
    if replaced is None:
        return recorder.write_mp3(takes, form)

    older = _find_older_form(form, replaced)
    episode, digest = recorder.write_mp3(takes, older)
    if digest == replaced.sha256:
        return dataclasses.replace(episode, pauses=replaced.pauses), digest
    if older == form:
        return episode, digest
    # Something else changed, so that it is published again in any case: now by the settings.
    return recorder.write_mp3(iter(recorder.takes_in_order), form)


def _find_older_form(form: _TakeForm, replaced: Episode) -> _TakeForm:
    """Find how an episode is written now that leaves it as an older presscast wrote it."""
    if replaced.pauses is None or replaced.disclosure is None:
        pauses = replaced.pauses or EARLIER_PAUSES
        form = dataclasses.replace(form, pauses=pauses, disclosure=replaced.disclosure)
    if not any(chapter.picture for chapter in replaced.chapters):
        form = dataclasses.replace(form, has_pictures=False)
    return form


def _keep_opus_unknown(episode: Episode, replaced: Episode | None) -> Episode:
    """Leave the record of an older presscast as it is while its audio is."""
    if replaced is None or replaced.opus_sha256 or replaced.sha256 != episode.sha256:
        return episode
    return dataclasses.replace(episode, opus_sha256="")


def _declare_disclosure(show: Show, script: Script) -> Disclosure:
    """What the episode will declare: a person may have taken the line out of the script."""
    line = spoken_disclosure(show)
    return Disclosure(show.feed.ai_content, line if says_disclosure(script, line) else "")


def _start_record(
    show: Show,
    prepared: Prepared,
    takes: Collection[Take],
    recording: EpisodeAudio,
    engine: str,
) -> Episode:
    """Write the episode's record as far as it is known before its file is tagged."""
    edition, script = prepared.edition, prepared.script
    loudness = recording.loudness
    earlier = prepared.replaced or prepared.undone
    if earlier is not None:
        guid, numbers = earlier.guid, earlier.numbers
    else:
        guid, numbers = _choose_guid(show.guid, edition, prepared.same_date), Numbers()
    return Episode(
        guid=guid,
        slug=edition.slug,
        date=edition.date,
        published=choose_moment(
            show.edition.timezone, show.edition.time, edition, earlier, prepared.started
        ),
        details=edition.details,
        asked_time=edition.time,
        numbers=numbers,
        title=bare_title(script.title, show.title),
        subtitle=edition.subtitle,
        duration=recording.duration,
        bytes=0,
        sha256="",
        chapters=add_pictures(recording.chapters, edition, show.edition.post_url, show.link),
        lines=recording.lines,
        people=_list_credits(edition, script, prepared.cast),
        notes=_list_source_notes(edition, script),
        others=edition.others,
        loudness=Loudness(round(loudness.lufs, 2), round(loudness.true_peak, 2)),
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


def _list_source_notes(edition: Edition, script: Script) -> tuple[SourceNote, ...]:
    """List the sources of the stories that the script tells."""
    notes: list[SourceNote] = []
    for story in list_told_stories(edition, script):
        notes.append(SourceNote(story.title, story.reporter, story.source, story.link))
    return tuple(notes)


def list_told_stories(edition: Edition, script: Script) -> list[Story]:
    """List the stories that a script tells, in its order.

    Its chapters name them by their sources. A story without an address cannot be named, and
    counts as told.
    """
    sources = _list_chapter_sources(script)
    if not sources:
        return list(edition.stories)

    told_stories = [
        story for story in edition.stories if not story.link or story.link in sources
    ]
    linked = [story for story in told_stories if story.link]
    in_order = sorted(linked, key=lambda story: sources.index(story.link))
    if in_order == linked:
        return told_stories
    # A chapter names its source by the link: nobody knows where a story without one is told.
    unlinked = [story for story in told_stories if not story.link]
    return [*in_order, *unlinked]


def _list_chapter_sources(script: Script) -> list[str]:
    return [chapter.source for chapter in script.chapters if chapter.source]


def _complete_record(
    episode: Episode, prepared: Prepared, size: int, digest: str, processing: dt.timedelta
) -> Episode:
    """Add what is known once the file is tagged: its bytes, its SHA-256 and its names.

    When the same audio was published before, its record stays: making again with nothing
    changed changes nothing.
    """
    suffix = _choose_suffix(episode, prepared, digest)
    episode = dataclasses.replace(
        episode,
        remade=suffix,
        bytes=size,
        sha256=digest,
        processing=str(processing),
    )
    replaced = prepared.replaced
    if replaced is None:
        return episode

    earlier_audio = _list_earlier_audio(episode, replaced, prepared.started)
    episode = dataclasses.replace(episode, earlier_audio=earlier_audio)
    return _keep_older_facts(episode, replaced) if replaced.sha256 == digest else episode


def _list_earlier_audio(
    episode: Episode, replaced: Episode, now: dt.datetime
) -> tuple[EarlierAudio, ...]:
    """List what the episode's audio replaces, and what that had replaced, the newest first."""
    if episode.audio == replaced.audio:
        return replaced.earlier_audio

    earlier_audio = [EarlierAudio(replaced.audio, now)]
    for earlier in replaced.earlier_audio:
        # Of audio that nobody knows the time of, it begins now.
        dated = dataclasses.replace(earlier, replaced=earlier.replaced or now)
        if earlier.audio != episode.audio:
            earlier_audio.append(dated)
    return tuple(earlier_audio)


def _choose_suffix(episode: Episode, prepared: Prepared, digest: str) -> str:
    """Choose what stands behind the slug in the names of the episode's files.

    Audio that was published before keeps its names. Other audio than was published under this
    slug gets names of its own: caches and apps would mix the two. So does an episode whose name
    one of the same date had before its post was renamed, and whose audio stays.
    """
    replaced = prepared.replaced
    if replaced and replaced.sha256 == digest and replaced.slug == episode.slug:
        return replaced.remade

    withdrawn_audio = prepared.undone.audio if prepared.undone else ()
    if not withdrawn_audio and not _is_name_used(episode, prepared.same_date):
        return ""

    suffix = digest[:8]
    if dataclasses.replace(episode, remade=suffix).audio in withdrawn_audio:
        # What was taken back may have been this very audio: it is another file all the same.
        suffix = digest[8:16]
    return suffix


def _is_name_used(episode: Episode, same_date: Iterable[Episode]) -> bool:
    for other in same_date:
        earlier_audio = {earlier.audio for earlier in other.earlier_audio}
        if episode.slug == other.slug or episode.audio in earlier_audio:
            return True
    return False


def _keep_older_facts(episode: Episode, same_audio: Episode) -> Episode:
    """Keep what an older presscast did not know unknown while the audio stays the same.

    A record that changed would be published again, and apps would take it for news.
    """
    episode = dataclasses.replace(
        episode, processing=same_audio.processing, is_sealed=same_audio.is_sealed
    )
    if same_audio.disclosure is None:
        # It gave its chapters no pictures either.
        episode = dataclasses.replace(episode, chapters=same_audio.chapters)
    if same_audio.sources is None:
        # The script knows its sources all the same.
        episode = dataclasses.replace(episode, sources=None)
    if same_audio.asked_time is None and same_audio.published == episode.published:
        episode = dataclasses.replace(episode, asked_time=None)
    return episode


def _add_extra_files(
    show: Show, prepared: Prepared, episode: Episode, mp3: Path
) -> tuple[Episode, dict[str, bytes | Path]]:
    """Add art and an Opus file where the show wants them; the record, and the files by name."""
    extra_files: dict[str, bytes | Path] = {}
    drawn_before = _find_drawn_art(prepared, episode)
    if show.feed.episode_art and drawn_before is not None:
        episode = dataclasses.replace(
            episode, art=drawn_before.art, art_small=drawn_before.art_small
        )
    elif art := _find_art(show, prepared.edition, episode):
        from podcast.publish.cover import draw_small_art

        small_art = draw_small_art(art)
        name, small_name = art_name(episode.slug, art), art_name(episode.slug, small_art)
        extra_files[name], extra_files[small_name] = art, small_art
        episode = dataclasses.replace(episode, art=name, art_small=small_name)

    if show.feed.opus:
        from podcast.stitch.opus import encode_opus

        opus = mp3.with_suffix(".opus")
        encode_opus(mp3, opus)
        extra_files[f"{episode.stem}.opus"] = opus
        digest = hashlib.sha256(opus.read_bytes()).hexdigest()
        episode = dataclasses.replace(episode, opus=opus.stat().st_size, opus_sha256=digest)
    return episode, extra_files


def _find_drawn_art(prepared: Prepared, episode: Episode) -> Episode | None:
    """Find the same episode with art that was drawn from the same headlines.

    That art stays: another version of presscast may draw otherwise, and a changed record
    would be published again.
    """
    replaced = prepared.replaced
    if replaced is None or not replaced.art:
        return None
    if replaced.details.image or episode.details.image:
        return None
    is_same = replaced.sha256 == episode.sha256 and replaced.slug == episode.slug
    return replaced if is_same and replaced.notes == episode.notes else None


def _find_art(show: Show, edition: Edition, episode: Episode) -> bytes:
    """Find the picture that the post names, or draw one where the show wants that; else b""."""
    if path := find_image(show.folder, edition):
        return path.read_bytes()
    if not show.feed.episode_art:
        return b""

    from podcast.publish.cover import draw_art

    day = f"{edition.date.day} {edition.date:%B}"
    return draw_art(show.title, day, [note.title for note in episode.notes])


def choose_moment(
    timezone: str,
    usual_time: dt.time,
    edition: Edition,
    earlier: Episode | Withdrawal | None,
    now: dt.datetime,
) -> dt.datetime:
    """Choose when an episode counts as published.

    The moment that its post gives, or the show's time on its date; once it is published, the
    moment that it has, until its post gives another one. Now, when that lies in the future:
    apps hide such an episode, or show it without a date. A time that the clocks skip counts as
    one hour later; of one that comes twice, the first counts.
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


def _choose_guid(show_guid: str, edition: Edition, same_date: Iterable[Episode]) -> str:
    """Choose the guid by the slug, so that an episode whose record was lost gets it again.

    A guid is given once: where an episode took it along when its post was renamed, the next one
    follows.
    """
    given_guids = {episode.guid for episode in same_date}
    name = edition.slug
    for number in itertools.count(2):
        guid = str(uuid.uuid5(uuid.UUID(show_guid), name))
        if guid not in given_guids:
            break
        name = f"{edition.slug} {number}"
    return guid


def _list_credits(edition: Edition, script: Script, cast: Cast) -> tuple[Credit, ...]:
    """List who is heard, in the order in which they first speak."""
    roles = {person.name: person.role for person in edition.staff}
    roles[cast.presenter] = "editor"

    speakers = dict.fromkeys(turn.speaker for turn in script.turns)
    return tuple(
        Credit(name, roles.get(name, "reporter"), cast.voices[name].id) for name in speakers
    )


def follow_takes(on_progress: OnEditionProgress, edition_name: str) -> OnTake:
    """Report the takes of one edition as the edition's progress."""
    return partial(_report_take, on_progress, edition_name)


def _report_take(
    on_progress: OnEditionProgress, edition_name: str, done: int, total: int, _take: Take
) -> None:
    on_progress(edition_name, done, total)


def bare_title(title: str, show: str) -> str:
    """Take the show's name and a number in front off an episode's title.

    They have tags of their own; Apple and PSP-1 ask for it. Only what a mark sets apart goes,
    and never all: `Small Hours #3: Moths`.
    """
    name, number = re.escape(one_line(show)), r"(?:episode|ep\.?|#)\s*\d+"
    before = rf"(?:{name}[\s:|–—,-]*(?:{number})?|{number})\s*[:|–—-]\s+"
    return re.sub(
        rf"^{before}(?=\S)|(?<=\S)\s+[|–—-]\s+{name}$", "", title, flags=re.IGNORECASE
    )

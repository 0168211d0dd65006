"""A preview: an edition's script and sound for its owner's ears. It publishes nothing.

A thread reads the script, speaks what is not spoken yet, stitches it, and begins anew whenever
the script or its post changes. Whoever looks at it asks for its state, and waits for the next
one.
"""

from __future__ import annotations

import dataclasses
import logging
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from podcast.errors import PodcastError, ScriptError
from podcast.make.crew import USUAL_RULES, MakingRules
from podcast.make.refusals import require_language
from podcast.make.scripts import choose_cast, choose_saved_cast, load_earlier_scripts
from podcast.make.show_paths import (
    load_people,
    load_show_lexicon,
    open_takes,
    script_path,
    work_folder,
)
from podcast.model import (
    DurationMs,
    Edition,
    EpisodeAudio,
    Pauses,
    Script,
    Show,
    Take,
    Turn,
    Usd,
)
from podcast.read.post_hashes import hash_post
from podcast.speak import Engine, PlannedTake, plan_takes, speak_planned
from podcast.speak.take_cache import TakeCache
from podcast.stitch import OutputFormat, stitch_takes
from podcast.util.files import replacing, write_atomic
from podcast.write import Writer, compose_script
from podcast.write.fact_check import check_script
from podcast.write.script_file import load, render

# How often script and post are looked at.
_LOOK_SECONDS = 0.3

_STALE = (
    "The post has changed since this script was written. Take the change over by hand, "
    "or start the preview again with --rewrite"
)
log = logging.getLogger(__name__)

# Changes with each file that the preview follows.
_Stamp = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class PreviewFault:
    """A sentence that the post does not support."""

    sentence: str
    what: str
    source: str


@dataclass(frozen=True, slots=True)
class PreviewLine:
    """One passage of the script, and its take once that is there."""

    key: str
    """Of its take: what sounds the same has the same."""
    speaker: str
    text: str
    line: int
    """In the script's file."""
    is_spoken: bool = False
    faults: tuple[PreviewFault, ...] = ()
    start: DurationMs | None = None
    """In the whole episode, once that is there."""


@dataclass(frozen=True, slots=True)
class PreviewChapter:
    """A chapter of the script."""

    title: str
    lines: tuple[PreviewLine, ...]


@dataclass(frozen=True, slots=True)
class PreviewState:
    """What there is to see and hear at one moment."""

    version: int = 0
    """Grows with every change."""
    title: str = ""
    script: str = ""
    """The file to edit."""
    engine: str = ""
    chapters: tuple[PreviewChapter, ...] = ()
    spoken_now: int = 0
    """Takes that were spoken since the script last changed."""
    episode: str = ""
    """Name of the whole episode's file, once it is stitched; each version has its own."""
    fault: str = ""
    """What is wrong with the script, in one line; what is shown is then the one before."""
    notice: str = ""
    """What the owner is to know of the script that is shown."""

    @property
    def done(self) -> int:
        """How many passages are spoken."""
        return sum(line.is_spoken for chapter in self.chapters for line in chapter.lines)

    @property
    def total(self) -> int:
        """How many passages there are."""
        return sum(len(chapter.lines) for chapter in self.chapters)


class _InterruptedError(Exception):
    """The script has changed, or the preview ends."""


class Preview:
    """A running preview of an edition. A context manager: leaving its block ends it.

    `read_again` reads the edition once more when its post changes: its script follows, unless
    somebody edited it. Raises PodcastError where the script cannot be written or read at all.
    """

    def __init__(
        self,
        show: Show,
        edition: Edition,
        *,
        engine: Engine,
        writer: Writer,
        rules: MakingRules = USUAL_RULES,
        keep_takes: bool = True,
        read_again: Callable[[], Edition] | None = None,
    ) -> None:
        """Keep takes where `make` finds them if `keep_takes`; else beside the preview."""
        if not rules.force:
            require_language(show.language, edition)
        self._show, self._edition, self._engine = show, edition, engine
        self._writer, self._read_again = writer, read_again
        self._folder = preview_folder(show)
        self._takes = TakeCache(self._folder / "takes")
        if keep_takes:
            self._takes = open_takes(show)
        self.script, notice = write_preview_script(show, edition, writer, rewrite=rules.rewrite)
        load(self.script)
        self._state = PreviewState(
            script=str(self.script), engine=engine.name, notice=notice, title=edition.title
        )
        self._recordings: dict[str, EpisodeAudio] = {}
        self._changed = threading.Condition()
        self._ended = threading.Event()
        self._audio: dict[str, Path] = {}
        self._thread = threading.Thread(target=self._run, name="preview", daemon=True)

    def __enter__(self) -> Preview:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        with self._changed:
            self._changed.notify_all()
        self._thread.join()

    def wait_for_news(self, version: int, seconds: float) -> PreviewState:
        """Give the state once it is newer than `version`, at the latest after these seconds."""
        with self._changed:
            self._changed.wait_for(
                lambda: self._state.version > version or self._ended.is_set(), timeout=seconds
            )
            return self._state

    def find_audio(self, name: str) -> Path | None:
        """Find the file of a take by its key, or the whole episode by its name."""
        return self._audio.get(name)

    def find_recording(self, name: str) -> EpisodeAudio | None:
        """Find what is known of the whole episode by the name that the state gives it."""
        return self._recordings.get(name)

    def _tell(self, **changes: object) -> None:
        with self._changed:
            version = self._state.version + 1
            self._state = dataclasses.replace(
                self._state,
                version=version,
                **changes,  # type: ignore[arg-type]
            )
            self._changed.notify_all()

    def _run(self) -> None:
        post = self._stamp_post()
        while not self._ended.is_set():
            stamp = self._stamp()
            try:
                if (new_post := self._stamp_post()) != post:
                    post = new_post
                    self._follow_post()
                    stamp = self._stamp()
                self._perform(stamp)
            except _InterruptedError:
                continue
            except (PodcastError, OSError) as error:
                self._tell(fault=" ".join(str(error).split()))
            while not self._ended.wait(_LOOK_SECONDS) and self._stamp() == stamp:
                pass

    def _stamp(self) -> _Stamp:
        return (_stamp_file(self.script), self._stamp_post())

    def _stamp_post(self) -> tuple[int, int]:
        return _stamp_file(self._edition.path) if self._edition.path else (0, 0)

    def _follow_post(self) -> None:
        """Read the post again, and write its script anew where nobody edited it."""
        if self._read_again is None:
            return
        self._edition = self._read_again()
        self.script, notice = write_preview_script(
            self._show, self._edition, self._writer, rewrite=False
        )
        self._tell(script=str(self.script), notice=notice, episode="", fault="")

    def _perform(self, stamp: _Stamp) -> None:
        """Speak the script, check and stitch it. Raises _InterruptedError when it changes."""
        self._recordings = {}
        script = load(self.script)
        people = load_people(self._show)
        cast = choose_saved_cast(self._show, self._edition, people, script, self.script)
        lexicon = load_show_lexicon(self._show)
        planned = plan_takes(script, cast, self._engine, lexicon, self._takes)
        self._tell(
            title=script.title,
            chapters=_list_chapters(script, planned),
            spoken_now=0,
            episode="",
            fault="",
        )

        with (
            ThreadPoolExecutor(self._engine.jobs) as executor,
            ThreadPoolExecutor(1) as checking,
        ):
            speaking = speak_planned(planned, self._engine, self._takes, executor)
            with closing(speaking):
                checks: list[Future[None]] = []

                def check() -> None:
                    checks.append(checking.submit(self._show_faults, script))

                self._stitch(script, self._listen(speaking, stamp, check))
            for each in checks:
                each.result()

    def _require_unchanged(self, stamp: _Stamp) -> None:
        if self._ended.is_set() or self._stamp() != stamp:
            raise _InterruptedError

    def _listen(
        self, takes: Iterable[Take], stamp: _Stamp, on_first: Callable[[], object]
    ) -> Iterator[Take]:
        """Show each take as it comes. Raises _InterruptedError when the script changes."""
        for number, take in enumerate(takes):
            self._require_unchanged(stamp)
            self._show_take(take)
            if number == 0:
                # Not before: the first passage is to be heard at once.
                on_first()
            yield take
        self._require_unchanged(stamp)

    def _show_take(self, take: Take) -> None:
        self._audio[take.key] = take.path

        def mark(line: PreviewLine) -> PreviewLine:
            if line.key != take.key:
                return line
            return dataclasses.replace(line, is_spoken=True)

        self._change_lines(mark, spoken=not take.cached)

    def _show_faults(self, script: Script) -> None:
        names = (self._show.title, *load_people(self._show))
        faults: dict[int, tuple[PreviewFault, ...]] = {}
        for fault in check_script(script, self._edition, names):
            finding = fault.finding
            one = PreviewFault(
                finding.sentence, f"{finding.kind}: {finding.what}", finding.source
            )
            faults[fault.line] = (*faults.get(fault.line, ()), one)

        self._change_lines(
            lambda line: dataclasses.replace(line, faults=faults.get(line.line, ()))
        )

    def _change_lines(
        self, change: Callable[[PreviewLine], PreviewLine], *, spoken: bool = False
    ) -> None:
        with self._changed:
            chapters = tuple(
                dataclasses.replace(chapter, lines=tuple(map(change, chapter.lines)))
                for chapter in self._state.chapters
            )
            self._tell(chapters=chapters, spoken_now=self._state.spoken_now + spoken)

    def _stitch(self, script: Script, spoken: Iterable[Take]) -> None:
        show = self._show
        recording = stitch_takes(
            script,
            spoken,
            output=OutputFormat(show.sound.rate, show.sound.bitrate),
            stings=show.path("assets"),
            folder=self._folder / "units" / self._edition.slug,
            pauses=Pauses(
                show.sound.pause_reply, show.sound.pause_speaker, show.sound.pause_paragraph
            ),
        )
        path = self._folder / f"{self._edition.slug}.mp3"
        with replacing(path) as temporary, temporary.open("wb") as file:
            file.writelines(recording.stream)
        name = f"episode-{self._state.version}.mp3"
        for old in [key for key in self._audio if key.startswith("episode-")]:
            del self._audio[old]
        self._audio[name] = path
        self._recordings = {name: recording}
        starts = iter([line.start for line in recording.lines])
        self._change_lines(lambda line: dataclasses.replace(line, start=next(starts)))
        self._tell(episode=name)


def preview_folder(show: Show) -> Path:
    """Folder of previews: safe to delete, never published."""
    return work_folder(show) / "preview"


def write_preview_script(
    show: Show, edition: Edition, writer: Writer, *, rewrite: bool
) -> tuple[Path, str]:
    """Find the script that is to be heard, or write one; and what its owner is to know of it.

    A script that is saved for `make` is the one. Otherwise it is the preview's own. Where the
    post has changed since, a new one is written, unless somebody edited it or writing costs
    money.
    """
    own = preview_folder(show) / f"{edition.slug}.md"
    hashes = hash_post(edition, show.edition.include)
    voice_ids = load_people(show)
    for path in (script_path(show, edition), own):
        if rewrite or not path.is_file():
            continue
        script = _load_or_none(path)
        # A script that cannot be read is shown with its fault, for its owner to mend.
        if script is None or script.sources in (None, hashes):
            return path, ""
        is_free = writer.price(edition, choose_cast(show, edition, voice_ids), show) == Usd(0.0)
        if script.edited or not is_free:
            log.warning("%s: its post has changed. Write it anew: --rewrite", path)
            return path, _STALE

    cast = choose_cast(show, edition, voice_ids)
    script = compose_script(edition, cast, writer, show, load_earlier_scripts(show, edition))
    write_atomic(own, render(dataclasses.replace(script, sources=hashes)))
    return own, ""


def _load_or_none(path: Path) -> Script | None:
    try:
        return load(path)
    except ScriptError:
        return None


def _list_chapters(script: Script, planned: list[PlannedTake]) -> tuple[PreviewChapter, ...]:
    """List the script's chapters as they are shown, each passage with its take's key."""
    takes = iter(planned)
    chapters: list[PreviewChapter] = []
    for chapter in script.chapters:
        lines: list[PreviewLine] = []
        for item in chapter.items:
            if isinstance(item, Turn):
                key = next(takes).key
                lines.append(PreviewLine(key, item.speaker, item.text, item.line))
        chapters.append(PreviewChapter(chapter.title, tuple(lines)))
    return tuple(chapters)


def _stamp_file(path: Path) -> tuple[int, int]:
    """Give what changes with the file.

    An editor may replace it, so that it is gone for a moment.
    """
    try:
        status = path.stat()
    except OSError:
        return 0, 0
    return status.st_mtime_ns, status.st_size

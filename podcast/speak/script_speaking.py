"""The takes of a script, in their order, while later ones are still being spoken."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ThreadPoolExecutor, wait

from podcast.model import Cast, DurationMs, Script, Take, Usd
from podcast.speak.engine_protocol import Engine
from podcast.speak.lexicon import Lexicon
from podcast.speak.planned_takes import PlannedTake, name_turn, plan_takes
from podcast.speak.take_cache import KeptTake, TakeCache
from podcast.speak.take_making import TakeJob, make_take
from podcast.speak.word_times import time_words

# Passages in hand for each that the engine speaks at once, so that none of its workers waits.
_AHEAD = 4

# Takes that are read and proven whole at once, beside the speaking of others.
_READERS = 2


class _Speaking:
    """Takes of a script of which later ones are spoken while earlier ones are given."""

    def __init__(
        self,
        planned: Sequence[PlannedTake],
        engine: Engine,
        cache: TakeCache,
        executor: Executor,
    ) -> None:
        self._engine, self._cache, self._executor = engine, cache, executor
        self._ahead = (entry for entry in enumerate(planned, start=1) if not entry[1].cached)
        self._spoken: dict[str, Future[KeptTake]] = {}
        self._readers = ThreadPoolExecutor(_READERS, "takes")
        missing = {take.key for take in planned if not take.cached}
        self._kept: dict[str, Future[KeptTake | None]] = {}
        for take in planned:
            if take.key not in missing and take.key not in self._kept:
                self._kept[take.key] = self._readers.submit(cache.get, take.key, take.found)

    def wait_for(self, number: int, take: PlannedTake) -> KeptTake:
        """Give a take when it is there; what comes after it is spoken meanwhile."""
        self._fill()
        if take.key not in self._spoken:
            if found := self._kept[take.key].result():
                return found
            # It was damaged.
            self._speak(number, take)
        while not self._spoken[take.key].done():
            wait(self._running(), return_when=FIRST_COMPLETED)
            self._fill()
        return self._spoken[take.key].result()

    def has_spoken(self, take: PlannedTake) -> bool:
        """Tell whether a take was spoken in this run."""
        return take.key in self._spoken

    def end(self) -> None:
        """Begin nothing more, and finish what is being spoken."""
        self._readers.shutdown(cancel_futures=True)
        for future in self._spoken.values():
            future.cancel()
        wait(self._running())

    def _running(self) -> list[Future[KeptTake]]:
        return [future for future in self._spoken.values() if not future.done()]

    def _fill(self) -> None:
        while len(self._running()) < self._engine.jobs * _AHEAD:
            entry = next(self._ahead, None)
            if entry is None:
                return
            self._speak(*entry)

    def _speak(self, number: int, take: PlannedTake) -> None:
        where = name_turn(number, take.turn)
        job = TakeJob(where, take.text, take.voice, self._engine, self._cache, take.key)
        self._spoken[take.key] = self._executor.submit(make_take, job)


def speak_script(
    script: Script,
    cast: Cast,
    engine: Engine,
    cache: TakeCache,
    lexicon: Lexicon,
    executor: Executor,
    on_take: Callable[[int, int, Take], None] = lambda done, total, take: None,  # noqa: ARG005
) -> Generator[Take, None, None]:
    """Yield the Takes of all Turns in order, while `executor` still speaks later ones.

    A take is in the cache the moment it exists. What the cache has is not spoken again, and
    what two Turns say alike in one voice is spoken once, its cost counted with the first.
    `on_take` is called before each Take is given: with the number done, the total, the Take.

    Raises SpeakError naming the Turn that could not be spoken, when its place in the order is
    reached; passages that are being spoken at that moment are finished and kept first.
    """
    planned = plan_takes(script, cast, engine, lexicon, cache)
    yield from speak_planned(planned, engine, cache, executor, on_take)


def speak_planned(
    planned: Sequence[PlannedTake],
    engine: Engine,
    cache: TakeCache,
    executor: Executor,
    on_take: Callable[[int, int, Take], None] = lambda done, total, take: None,  # noqa: ARG005
) -> Generator[Take, None, None]:
    """The Takes of `speak_script` where it is known already what each Turn would take."""
    speaking = _Speaking(planned, engine, cache, executor)
    given: set[str] = set()
    try:
        for number, take in enumerate(planned, start=1):
            found = speaking.wait_for(number, take)
            is_new = speaking.has_spoken(take) and take.key not in given
            cost = Usd(0.0) if take.key in given else found.cost
            given.add(take.key)
            made = _take(take, found, cost, cached=not is_new)
            on_take(number, len(planned), made)
            yield made
    finally:
        speaking.end()


def _take(planned: PlannedTake, kept: KeptTake, cost: Usd, *, cached: bool) -> Take:
    duration = DurationMs(kept.frames * 1000 // kept.rate)
    return Take(
        turn=planned.turn,
        voice=planned.voice,
        key=planned.key,
        path=kept.path,
        frames=kept.frames,
        rate=kept.rate,
        words=time_words(planned.utterance, kept.words, duration),
        cost=cost,
        cached=cached,
        attempts=kept.attempts,
    )

"""Episodes produced in processes of this machine, an edition in each, so that Python too has all cores.

Every process may speak as many passages at once as all together may, and asks at one gate
before each: while there is anything to speak, the cores are full and no fuller, also when the
last edition is left alone.
"""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_all_start_methods, get_context
from multiprocessing.connection import Connection
from multiprocessing.synchronize import Semaphore
from typing import Any, TypeVar

from podcast.errors import SpeakError
from podcast.make.preparation import Prepared
from podcast.make.production import Produced, Told, on_take, produce_episode
from podcast.model import Show
from podcast.speak import Engine

CONTEXT: Any = get_context("forkserver" if "forkserver" in get_all_start_methods() else "spawn")

T = TypeVar("T")


class Processes:
    """`count` processes that speak `jobs` passages at once together.

    When a process dies, the editions that were under way are made again, one at a time in a
    process of their own: so the one whose process dies again is at fault, and no other. What
    was spoken is kept.
    """

    def __init__(self, show: Show, count: int, jobs: int, told: Told) -> None:
        self.width = (
            count + 1
        )  # One more waits at the door, so that no process waits for its next edition.
        self._show, self._count, self._jobs, self._told = show, count, jobs, told
        self._changing, self._alone = threading.Lock(), threading.Lock()
        self._ended = False

    def __enter__(self) -> Processes:
        self._pool = _Pool(self._count, self._jobs, self._told)
        return self

    def __exit__(self, *_: object) -> None:
        with self._changing:
            self._ended = True
            self._pool.end()

    def __call__(self, name: str, prepared: Prepared, engine: Engine) -> Produced:
        pool = self._pool
        try:
            return pool.produce(self._show, name, prepared, engine)
        except BrokenProcessPool:
            with self._changing:
                if self._ended:
                    raise
                if self._pool is pool:
                    pool.end()
                    self._pool = _Pool(self._count, self._jobs, self._told)
        with self._alone:
            single = _Pool(1, self._jobs, self._told)
            try:
                return single.produce(self._show, name, prepared, engine)
            except BrokenProcessPool:
                raise SpeakError(
                    "the process that produced it was ended, twice: it crashed, was killed, or the memory is "
                    "too small. What was spoken is kept; run again, with a smaller --jobs"
                ) from None
            finally:
                single.end()


class _Pool:
    """Processes, a leash that ends them with this one,
    and a pipe in which they tell how far they are."""

    def __init__(self, count: int, jobs: int, told: Told) -> None:
        self._held, self._leash = CONTEXT.Pipe(duplex=False)
        self._heard, self._telling = CONTEXT.Pipe(duplex=False)
        begin = (self._held, self._telling, CONTEXT.Semaphore(jobs), jobs)
        self._executor = ProcessPoolExecutor(count, CONTEXT, _begin, begin)
        threading.Thread(target=_hear, args=(self._heard, told), daemon=True).start()

    def produce(self, show: Show, name: str, prepared: Prepared, engine: Engine) -> Produced:
        return self._executor.submit(_produce, show, name, prepared, engine).result()

    def end(self) -> None:
        """End the processes at once, whatever they are at."""
        self._leash.close()
        self._executor.shutdown(cancel_futures=True)
        self._held.close()
        self._telling.close()


def _hear(heard: Connection, told: Told) -> None:
    try:
        while True:
            told(*heard.recv())
    except EOFError:
        heard.close()


# --- in a worker process ----------------------------------------------------------------------


class _Gated(ThreadPoolExecutor):
    """Threads that pass a gate of all processes before each piece of work."""

    def __init__(self, jobs: int, gate: Semaphore) -> None:
        super().__init__(jobs)
        self._gate = gate

    def submit(self, work: Callable[..., T], /, *args: Any, **options: Any) -> Future[T]:
        return super().submit(self._through, work, *args, **options)

    def _through(self, work: Callable[..., T], *args: Any, **options: Any) -> T:
        with self._gate:
            return work(*args, **options)


_executor: _Gated
_telling: Connection


def _begin(held: Connection, telling: Connection, gate: Semaphore, jobs: int) -> None:
    global _executor, _telling
    signal.signal(
        signal.SIGINT, signal.SIG_IGN
    )  # The first process decides what an interrupt means.
    threading.Thread(target=_end_with, args=(held,), daemon=True).start()
    _executor, _telling = _Gated(jobs, gate), telling


def _end_with(held: Connection) -> None:
    """End this process when the other end of the leash is let go, or its holder has died."""
    held.poll(None)
    os._exit(1)


def _produce(show: Show, name: str, prepared: Prepared, engine: Engine) -> Produced:
    return produce_episode(show, prepared, engine, _executor, on_take(_tell, name))


def _tell(name: str, done: int, total: int) -> None:
    _telling.send((name, done, total))

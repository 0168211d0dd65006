"""Episodes produced in processes of this machine, an edition in each.

So Python too has all cores.
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
from podcast.make.production import (
    OnEditionProgress,
    Produced,
    follow_takes,
    produce_episode,
)
from podcast.model import Show
from podcast.speak import Engine

CONTEXT: Any = get_context("forkserver" if "forkserver" in get_all_start_methods() else "spawn")

T = TypeVar("T")


class ProcessProducer:
    """`count` processes that speak `jobs` passages at once together.

    When a process dies, the editions that were under way are made again, one at a time in a
    process of their own: so the one whose process dies again is at fault, and no other. What
    was spoken is kept.
    """

    def __init__(
        self, show: Show, count: int, jobs: int, on_progress: OnEditionProgress
    ) -> None:
        # One more waits at the door, so that no process waits for its next edition.
        self.width = count + 1
        self._show, self._count, self._jobs = show, count, jobs
        self._on_progress = on_progress
        self._changing, self._alone = threading.Lock(), threading.Lock()
        self._ended = False

    def __enter__(self) -> ProcessProducer:
        self._pool = _WorkerPool(self._count, self._jobs, self._on_progress)
        return self

    def __exit__(self, *_: object) -> None:
        with self._changing:
            self._ended = True
            self._pool.end()

    def __call__(self, name: str, prepared: Prepared, engine: Engine) -> Produced:
        """Produce one episode in a worker; once more, alone, where the worker died."""
        pool = self._pool
        try:
            return pool.produce(self._show, name, prepared, engine)
        except BrokenProcessPool:
            with self._changing:
                if self._ended:
                    raise
                if self._pool is pool:
                    pool.end()
                    self._pool = _WorkerPool(self._count, self._jobs, self._on_progress)
        with self._alone:
            single = _WorkerPool(1, self._jobs, self._on_progress)
            try:
                return single.produce(self._show, name, prepared, engine)
            except BrokenProcessPool:
                raise SpeakError(
                    "the process that produced it was ended, twice: it crashed, was killed, "
                    "or the memory is too small. What was spoken is kept; run again, "
                    "with a smaller --jobs"
                ) from None
            finally:
                single.end()


class _WorkerPool:
    """Worker processes.

    They exit when this process dies; their progress comes back through a pipe.
    """

    def __init__(self, count: int, jobs: int, on_progress: OnEditionProgress) -> None:
        # Only this process has the leash: when it dies, also by SIGKILL, the system lets go.
        self._leash_end, self._leash = CONTEXT.Pipe(duplex=False)
        progress_reader, self._progress_writer = CONTEXT.Pipe(duplex=False)
        arguments = (self._leash_end, self._progress_writer, CONTEXT.Semaphore(jobs), jobs)
        self._executor = ProcessPoolExecutor(count, CONTEXT, _start_worker, arguments)
        reporting = (progress_reader, on_progress)
        threading.Thread(target=_report_progress, args=reporting, daemon=True).start()

    def produce(self, show: Show, name: str, prepared: Prepared, engine: Engine) -> Produced:
        """Produce an episode in one of the workers. Raises BrokenProcessPool when one dies."""
        return self._executor.submit(_produce, show, name, prepared, engine).result()

    def end(self) -> None:
        """End the processes at once, whatever they are at."""
        self._leash.close()
        self._executor.shutdown(cancel_futures=True)
        self._leash_end.close()
        self._progress_writer.close()


def _report_progress(reader: Connection, on_progress: OnEditionProgress) -> None:
    """Pass on what workers send, until all of them are gone."""
    try:
        while True:
            on_progress(*reader.recv())
    except EOFError:
        reader.close()


# --- in a worker process --------------------------------------------------------------------


class _GatedThreads(ThreadPoolExecutor):
    """Threads that pass a gate of all processes before each piece of work."""

    def __init__(self, jobs: int, gate: Semaphore) -> None:
        super().__init__(jobs)
        self._gate = gate

    def submit(self, work: Callable[..., T], /, *args: Any, **options: Any) -> Future[T]:
        return super().submit(self._through, work, *args, **options)

    def _through(self, work: Callable[..., T], *args: Any, **options: Any) -> T:
        with self._gate:
            return work(*args, **options)


_executor: _GatedThreads
_progress_writer: Connection


def _start_worker(
    leash_end: Connection, progress_writer: Connection, gate: Semaphore, jobs: int
) -> None:
    global _executor, _progress_writer
    # The first process decides what an interrupt means.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_follow_leash, args=(leash_end,), daemon=True).start()
    _executor, _progress_writer = _GatedThreads(jobs, gate), progress_writer


def _follow_leash(leash_end: Connection) -> None:
    """End this process when the other end of the leash is let go, or its holder has died."""
    leash_end.poll(None)
    # Not sys.exit: a thread that is speaking would keep the process until it is done.
    os._exit(1)


def _produce(show: Show, name: str, prepared: Prepared, engine: Engine) -> Produced:
    return produce_episode(
        show, prepared, engine, _executor, follow_takes(_send_progress, name)
    )


def _send_progress(name: str, done: int, total: int) -> None:
    _progress_writer.send((name, done, total))

"""Many editions: made side by side, each published as soon as it is whole; one that fails stops no other.

    assign   voices, edition after edition in the order of their dates
    prepare  the script, a thread an edition
    produce  where a Producer does it: threads here, processes here, or a cluster
    publish  one after the other, the feed last each time

An engine of this machine is produced in processes, an edition in each; a service's stays in
this process, in threads, so that one budget and one bound on its calls hold over all editions.
"""

from __future__ import annotations

import datetime as dt
import logging
import threading
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from typing import Protocol

from podcast.errors import ModelGoneError, PodcastError, WithheldError
from podcast.make.due_editions import require_due
from podcast.make.preparation import Clock, Prepared, prepare_edition
from podcast.make.production import Produced, Told, on_take, produce_episode
from podcast.make.refusals import require_audible, require_language
from podcast.make.release import Made, release_episode
from podcast.make.scripts import assigned
from podcast.make.show_paths import work
from podcast.model import Edition, Numbers, Show
from podcast.publish import NumberBook, load_withdrawals
from podcast.registry import open_store, speaks_here
from podcast.speak import Engine
from podcast.util.lock import only_run
from podcast.write import Writer

log = logging.getLogger(__name__)


class Producer(Protocol):
    """Where episodes are produced."""

    width: int
    """How many are handed to it at once."""

    def __call__(self, name: str, prepared: Prepared, engine: Engine) -> Produced:
        """Produce one episode; its files are on this machine then.

        MUST be safe to call from many threads. Raises PodcastError."""
        ...


@dataclass(frozen=True, slots=True)
class Outcome:
    """Result of one edition in a batch."""

    name: str
    made: Made | None
    """None when it failed or was left out."""
    error: Exception | None
    seconds: float
    """From when its turn came to when it was published."""
    left_out: str = ""
    """Why no episode is to be made of it; empty when one is."""


def make_many(
    show: Show,
    editions: Sequence[tuple[str, Callable[[], Edition]]],
    *,
    engine: Engine,
    writer: Writer,
    now: Clock,
    rewrite: bool = False,
    keep_script: bool = False,
    force: bool = False,
    jobs: int | None = None,
    cluster: str = "",
    instead: Callable[[ModelGoneError], Engine] | None = None,
    told: Told = lambda name, done, total: None,  # noqa: ARG005
    on_wait: Callable[[str], None] = lambda owner: None,  # noqa: ARG005
) -> Generator[Outcome, None, None]:
    """Make each of the editions, given by name and how to read it, and say what became of it when it is done.

    `jobs` passages are spoken at once, over all editions. `cluster` is the address of a
    scheduler of Dask whose workers produce them. `instead` gives another engine when the
    service no longer has the model of `engine`.

    Raises PodcastError where nothing can be made at all.
    """
    if not force:
        require_audible(show, engine.name)
    producer = _choose_producer(show, len(editions), engine, jobs, cluster, told)
    speaking = [engine]
    publishing = threading.Lock()

    def make(
        name: str, edition: Edition, people: tuple[str, ...], is_written: bool, numbers: Numbers
    ) -> Made:
        anew = rewrite and not is_written
        prepared = prepare_edition(
            show, edition, writer, now, rewrite=anew, keep_script=keep_script, force=force
        )
        prepared = replace(prepared, new_voices=people, numbers=numbers)
        tried = speaking[-1]
        try:
            produced = produce_one(name, prepared, tried)
        except ModelGoneError as error:
            with publishing:
                if instead is None:
                    raise
                if speaking[-1] is tried:
                    speaking.append(instead(error))
            produced = produce_one(name, prepared, speaking[-1])
        with publishing:
            return release_episode(show, prepared, produced)

    running: dict[Future[Made], tuple[str, float, dt.date]] = {}

    def ended(least: int, date: dt.date | None = None) -> Iterator[Outcome]:
        """What is done, once at most `least` are running, and none of the date."""
        while len(running) > least or any(
            date == running_date for _, _, running_date in running.values()
        ):
            for future in wait(running, return_when=FIRST_COMPLETED).done:
                name, started, _ = running.pop(future)
                error = future.exception()
                made = None if error else future.result()
                yield _outcome(name, made, error, started)

    # The threads are left last: they end when the producer, left before them, does no more.
    with (
        only_run(work(show), f"{len(editions)} editions", on_wait),
        ThreadPoolExecutor(max(1, len(editions))) as threads,
        producer as produce_one,
    ):
        store = open_store(show)
        withdrawals, book = load_withdrawals(store), NumberBook(show, store)
        for name, read in editions:
            started = time.monotonic()
            try:
                edition = read()
                require_due(show, edition, now(), withdrawals)
                if not force:
                    require_language(show.language, edition)
                # Two of one date may ask for one name: as in a run of their own, the first has
                # it.
                yield from ended(produce_one.width - 1, edition.date)
                started = time.monotonic()
                people, is_written = assigned(show, edition, writer, rewrite, keep_script)
            except WithheldError as error:
                yield Outcome(name, None, None, time.monotonic() - started, left_out=error.what)
            except Exception as error:
                yield _outcome(name, None, error, started)
            else:
                numbers = book.reserve(edition)
                future = threads.submit(make, name, edition, people, is_written, numbers)
                running[future] = (name, started, edition.date)
        yield from ended(0)


def _outcome(
    name: str, made: Made | None, error: BaseException | None, started: float
) -> Outcome:
    if error is not None and not isinstance(error, Exception):
        raise error
    if error is not None and not isinstance(error, PodcastError):
        log.error("%s: this is a bug", name, exc_info=error)
    return Outcome(name, made, error, time.monotonic() - started)


def _choose_producer(
    show: Show, count: int, engine: Engine, jobs: int | None, cluster: str, told: Told
) -> AbstractContextManager[Producer]:
    if cluster:
        from podcast.make.dask_cluster import Cluster

        return Cluster(show, cluster, engine, told)
    jobs = jobs or engine.jobs
    if speaks_here(engine) and min(count, jobs) > 1:
        from podcast.make.worker_pool import Processes

        return Processes(show, min(count, jobs), jobs, told)
    return _Here(show, jobs, told)


class _Here:
    """Produces in this process; one bound on passages spoken at once holds over all
    editions."""

    def __init__(self, show: Show, jobs: int, told: Told) -> None:
        self.width = jobs
        self._show, self._told = show, told
        self._executor = ThreadPoolExecutor(jobs)

    def __enter__(self) -> _Here:
        return self

    def __exit__(self, *_: object) -> None:
        self._executor.shutdown(cancel_futures=True)

    def __call__(self, name: str, prepared: Prepared, engine: Engine) -> Produced:
        return produce_episode(
            self._show, prepared, engine, self._executor, on_take(self._told, name)
        )

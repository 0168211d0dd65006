"""Many editions, made side by side, each published as soon as it is whole.

    assign   voices, edition after edition in the order of their dates
    prepare  the script, a thread an edition
    produce  where a Producer does it: threads here, processes here, or a cluster
    publish  one after the other, the feed last each time

An edition that fails stops no other. An engine of this machine is produced in processes, an
edition in each; a service's stays in this process, in threads, so that one budget and one bound
on its calls hold over all editions.
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
from podcast.make.crew import Crew, MakingRules
from podcast.make.due_editions import require_due
from podcast.make.preparation import Prepared, prepare_edition
from podcast.make.production import OnEditionProgress, Produced, follow_takes, produce_episode
from podcast.make.refusals import require_audible, require_language
from podcast.make.release import Made, release_episode
from podcast.make.scripts import assign_voices
from podcast.make.show_paths import work_folder
from podcast.model import Edition, Numbers, Show, Withdrawal
from podcast.publish import NumberBook, load_withdrawals
from podcast.registry import open_store, speaks_here
from podcast.speak import Engine
from podcast.util.lock import only_run

log = logging.getLogger(__name__)


class Producer(Protocol):
    """Where episodes are produced."""

    width: int
    """How many are handed to it at once."""

    def __call__(self, name: str, prepared: Prepared, engine: Engine) -> Produced:
        """Produce one episode; its files are on this machine then.

        MUST be safe to call from many threads. Raises PodcastError.
        """
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


@dataclass(frozen=True, slots=True)
class _Assigned:
    """An edition whose voices are chosen: what its own thread starts from."""

    name: str
    edition: Edition
    new_voices: tuple[str, ...]
    rules: MakingRules


@dataclass(frozen=True, slots=True)
class _Started:
    """An edition that is being made."""

    name: str
    at: float
    """On the monotonic clock, in seconds."""
    date: dt.date


def make_many(
    show: Show,
    editions: Sequence[tuple[str, Callable[[], Edition]]],
    crew: Crew,
    rules: MakingRules,
    *,
    cluster: str = "",
    on_progress: OnEditionProgress = lambda name, done, total: None,  # noqa: ARG005
    on_wait: Callable[[str], None] = lambda owner: None,  # noqa: ARG005
) -> Generator[Outcome, None, None]:
    """Make each of the editions, and give its outcome as soon as it is done.

    An edition is given by its name and how to read it. The crew's `jobs` passages are spoken at
    once, over all editions. `cluster` is the address of a scheduler of Dask whose workers
    produce them.

    Raises PodcastError where nothing can be made at all.
    """
    if not rules.force:
        require_audible(show, crew.engine.name)

    producer = _choose_producer(show, len(editions), crew, cluster, on_progress)
    # The threads are left last: they end when the producer, left before them, does no more.
    with (
        only_run(work_folder(show), f"{len(editions)} editions", on_wait),
        ThreadPoolExecutor(max(1, len(editions))) as threads,
        producer as produce,
    ):
        yield from _Batch(show, crew, rules, threads, produce).make(editions)


class _Batch:
    """Editions that are being made side by side."""

    def __init__(
        self,
        show: Show,
        crew: Crew,
        rules: MakingRules,
        threads: ThreadPoolExecutor,
        produce: Producer,
    ) -> None:
        self._show, self._crew, self._rules = show, crew, rules
        self._threads, self._produce = threads, produce
        self._engine = crew.engine
        self._changing_engine = threading.Lock()
        self._publishing = threading.Lock()
        self._running: dict[Future[Made], _Started] = {}

        store = open_store(show)
        self._withdrawals: Sequence[Withdrawal] = load_withdrawals(store)
        self._numbers = NumberBook(show, store)

    def make(self, editions: Sequence[tuple[str, Callable[[], Edition]]]) -> Iterator[Outcome]:
        """Make the editions; an outcome is given as soon as its edition is done."""
        for name, read in editions:
            started = time.monotonic()
            try:
                edition = read()
                self._require_makeable(edition)
                # Two of one date may ask for one name: as in a run of their own, the first has
                # it.
                yield from self._await_others(self._produce.width - 1, edition.date)
                started = time.monotonic()
                assigned = self._assign(name, edition)
            except WithheldError as error:
                seconds = time.monotonic() - started
                yield Outcome(name, None, None, seconds, left_out=error.what)
            except Exception as error:
                yield _describe_outcome(name, None, error, started)
            else:
                numbers = self._numbers.reserve(edition)
                future = self._threads.submit(self._make_one, assigned, numbers)
                self._running[future] = _Started(name, started, edition.date)
        yield from self._await_others(0)

    def _require_makeable(self, edition: Edition) -> None:
        require_due(self._show, edition, self._crew.now(), self._withdrawals)
        if not self._rules.force:
            require_language(self._show.language, edition)

    def _assign(self, name: str, edition: Edition) -> _Assigned:
        """Choose the edition's voices, in the order in which editions come."""
        new_voices, is_written = assign_voices(
            self._show, edition, self._crew.writer, self._rules
        )
        rules = self._rules
        if is_written:
            # Once is enough: its own thread would write it a second time.
            rules = replace(rules, rewrite=False)
        return _Assigned(name, edition, new_voices, rules)

    def _await_others(self, most: int, date: dt.date | None = None) -> Iterator[Outcome]:
        """Wait until at most `most` are running, and none of the date."""
        while len(self._running) > most or self._is_running(date):
            for future in wait(self._running, return_when=FIRST_COMPLETED).done:
                started = self._running.pop(future)
                error = future.exception()
                made = None if error else future.result()
                yield _describe_outcome(started.name, made, error, started.at)

    def _is_running(self, date: dt.date | None) -> bool:
        return date in {started.date for started in self._running.values()}

    def _make_one(self, assigned: _Assigned, numbers: Numbers) -> Made:
        """Make one edition, in a thread of its own."""
        prepared = prepare_edition(self._show, assigned.edition, self._crew, assigned.rules)
        prepared = replace(prepared, new_voices=assigned.new_voices, numbers=numbers)
        engine = self._engine
        try:
            produced = self._produce(assigned.name, prepared, engine)
        except ModelGoneError as error:
            engine = self._change_engine(engine, error)
            produced = self._produce(assigned.name, prepared, engine)

        with self._publishing:
            return release_episode(self._show, prepared, produced)

    def _change_engine(self, gone: Engine, error: ModelGoneError) -> Engine:
        """Give the engine that goes on for all editions; the first that asks opens it."""
        with self._changing_engine:
            if self._engine is gone:
                self._engine = self._crew.replace_engine(error)
            return self._engine


def _describe_outcome(
    name: str, made: Made | None, error: BaseException | None, started: float
) -> Outcome:
    if error is not None and not isinstance(error, Exception):
        raise error
    if error is not None and not isinstance(error, PodcastError):
        log.error("%s: this is a bug", name, exc_info=error)
    return Outcome(name, made, error, time.monotonic() - started)


def _choose_producer(
    show: Show, count: int, crew: Crew, cluster: str, on_progress: OnEditionProgress
) -> AbstractContextManager[Producer]:
    """Choose where episodes are produced: a cluster, processes of this machine, or here."""
    if cluster:
        from podcast.make.dask_cluster import Cluster

        return Cluster(show, cluster, crew.engine, on_progress)

    jobs = crew.parallel_takes
    processes = min(count, jobs)
    if speaks_here(crew.engine) and processes > 1:
        from podcast.make.worker_pool import ProcessProducer

        return ProcessProducer(show, processes, jobs, on_progress)
    return _ThreadProducer(show, jobs, on_progress)


class _ThreadProducer:
    """Produces in this process.

    One bound on passages spoken at once holds over all editions.
    """

    def __init__(self, show: Show, jobs: int, on_progress: OnEditionProgress) -> None:
        self.width = jobs
        self._show, self._on_progress = show, on_progress
        self._executor = ThreadPoolExecutor(jobs)

    def __enter__(self) -> _ThreadProducer:
        return self

    def __exit__(self, *_: object) -> None:
        self._executor.shutdown(cancel_futures=True)

    def __call__(self, name: str, prepared: Prepared, engine: Engine) -> Produced:
        on_take = follow_takes(self._on_progress, name)
        return produce_episode(self._show, prepared, engine, self._executor, on_take)

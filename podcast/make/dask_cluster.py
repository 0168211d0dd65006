"""Episodes produced by the workers of a cluster of Dask, an edition a task.

A worker needs presscast, the show's engine, and its shared cache; the show's folder stays here.
Each take is in the shared cache the moment it exists: when a worker dies, another takes its
edition over, and finds the takes there. The MP3 comes back through the same place.
"""

from __future__ import annotations

import tempfile
import uuid
from collections.abc import Mapping
from concurrent.futures import CancelledError, ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

from podcast import __version__
from podcast.errors import ConfigError, SpeakError
from podcast.make.preparation import Prepared
from podcast.make.production import (
    OnEditionProgress,
    Produced,
    follow_takes,
    produce_episode,
)
from podcast.make.show_paths import work_folder
from podcast.model import Show
from podcast.registry import open_shared, speaks_here
from podcast.speak import Engine
from podcast.util.files import replacing

REMEDY = "Install it there, the same version as here: pip install 'presscast[local,cluster]'"


class Cluster:
    """The workers of the scheduler at `address`."""

    def __init__(
        self, show: Show, address: str, engine: Engine, on_progress: OnEditionProgress
    ) -> None:
        if not speaks_here(engine):
            what = "a service speaks, so a cluster gains nothing"
            raise ConfigError(f"engine {engine.name}: {what}. Leave --cluster out")
        if not show.store.cache:
            raise ConfigError(
                f"{show.path('podcast.toml')}: cache: missing. "
                "The workers of a cluster share their takes: "
                'add `cache = "s3://bucket/takes"`, or another address that all of them reach'
            )
        self._show, self._address, self._on_progress = show, address, on_progress
        self._files: dict[str, bytes] = {}
        for path in (*show.path("assets").glob("*.*"), show.path("voices", "lexicon.toml")):
            if path.is_file():
                self._files[str(path.relative_to(show.folder))] = path.read_bytes()

    def __enter__(self) -> Cluster:
        try:
            import distributed
        except ImportError as error:
            raise ConfigError(
                f"--cluster needs Dask ({error}). Install it: pip install 'presscast[cluster]'"
            ) from None
        try:
            library: Any = distributed  # It has no types.
            self._client = library.Client(self._address, timeout=10, set_as_default=False)
        except (OSError, ValueError) as error:
            raise ConfigError(f"no scheduler answers at {self._address}: {error}") from None
        try:
            self._check_workers()
        except BaseException:
            self._client.close()
            raise
        self._topic = f"presscast-{uuid.uuid4()}"
        self._client.subscribe_topic(self._topic, lambda event: self._on_progress(*event[1]))
        self._executor = self._client.get_executor(pure=False)
        return self

    def _check_workers(self) -> None:
        """Raise ConfigError where no worker is, or one has another presscast or none."""
        workers = self._client.scheduler_info(n_workers=-1)["workers"]
        if not workers:
            raise ConfigError(
                f"the cluster at {self._address} has no worker. "
                f"Start some: dask worker {self._address}"
            )
        # Twice as many as threads: a free worker finds its next edition waiting.
        self.width = 2 * sum(worker["nthreads"] for worker in workers.values())
        try:
            versions = self._client.run(_read_version)
        except Exception as error:
            what = f"a worker of {self._address} has no presscast: {error}"
            raise ConfigError(f"{what}. {REMEDY}") from None
        for worker, version in versions.items():
            if version != __version__:
                what = f"the worker {worker} has presscast {version}, here is {__version__}"
                raise ConfigError(f"{what}. {REMEDY}")

    def __exit__(self, kind: object, *_: object) -> None:
        self._executor.shutdown(wait=kind is None)
        self._client.close()

    def __call__(self, name: str, prepared: Prepared, engine: Engine) -> Produced:
        """Produce one episode on a worker, and bring its files here."""
        from distributed import KilledWorker

        job = (self._show, self._files, name, prepared, engine, self._topic)
        try:
            produced: Produced = self._executor.submit(_produce_remotely, *job).result()
        except KilledWorker as error:
            what = f"the workers that produced it died, one after the other: {error}"
            raise SpeakError(f"{what}. What was spoken is kept") from None
        except CancelledError:
            raise SpeakError(f"the scheduler at {self._address} is gone. Run again") from None
        return _bring_files(self._show, produced)


def _bring_files(show: Show, produced: Produced) -> Produced:
    """Move the episode's files from the shared place to this machine."""
    shared = open_shared(show.store.cache)
    assert shared is not None
    work_folder(show).mkdir(parents=True, exist_ok=True)

    def bring(file: Path) -> Path:
        path = work_folder(show) / file.name
        with replacing(path, sync=False) as temporary:
            shared.fetch(_shared_name(produced, file), temporary)
        shared.delete(_shared_name(produced, file))
        return path

    extra_files: dict[str, bytes | Path] = {}
    for name, file in produced.extra_files.items():
        extra_files[name] = bring(file) if isinstance(file, Path) else file
    return replace(produced, mp3=bring(produced.mp3), extra_files=extra_files)


def _shared_name(produced: Produced, file: Path) -> str:
    """Name of an episode's file in the shared place, which may be many shows'."""
    return f"recorded/{produced.episode.guid}{file.suffix}"


# --- in a worker ----------------------------------------------------------------------------


def _read_version() -> str:
    return __version__


def _produce_remotely(
    show: Show,
    files: Mapping[str, bytes],
    name: str,
    prepared: Prepared,
    engine: Engine,
    topic: str,
) -> Produced:
    """Produce in a folder that has what of the show is needed, and is gone afterwards."""
    from distributed import get_worker

    worker: Any = get_worker()
    shared = open_shared(show.store.cache)
    assert shared is not None

    def send_progress(*event: object) -> None:
        worker.log_event(topic, event)

    with tempfile.TemporaryDirectory(dir=worker.local_directory) as folder:
        for file, content in files.items():
            path = Path(folder, file)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        with ThreadPoolExecutor(1) as executor:
            here = replace(show, folder=Path(folder))
            on_take = follow_takes(send_progress, name)
            # One thread stitches: a worker runs as many editions at once as it has threads.
            produced = produce_episode(here, prepared, engine, executor, on_take, jobs=1)
        for made in (produced.mp3, *produced.extra_files.values()):
            if isinstance(made, Path):
                shared.put(_shared_name(produced, made), made)
    return produced

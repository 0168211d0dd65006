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
from podcast.make.production import Produced, Told, on_take, produce_episode
from podcast.make.show_paths import work
from podcast.model import Show
from podcast.registry import open_shared, speaks_here
from podcast.speak import Engine
from podcast.util.files import replacing

REMEDY = "Install it there, the same version as here: pip install 'presscast[local,cluster]'"


class Cluster:
    """The workers of the scheduler at `address`."""

    def __init__(self, show: Show, address: str, engine: Engine, told: Told) -> None:
        if not speaks_here(engine):
            raise ConfigError(
                f"engine {engine.name}: a service speaks, so a cluster gains nothing. Leave --cluster out"
            )
        if not show.store.cache:
            raise ConfigError(
                f"{show.path('podcast.toml')}: cache: missing. The workers of a cluster share their takes: "
                'add `cache = "s3://bucket/takes"`, or another address that all of them reach'
            )
        self._show, self._address, self._told = show, address, told
        self._files = {
            str(path.relative_to(show.folder)): path.read_bytes()
            for path in (*show.path("assets").glob("*.*"), show.path("voices", "lexicon.toml"))
            if path.is_file()
        }

    def __enter__(self) -> Cluster:
        try:
            import distributed
        except ImportError as error:
            raise ConfigError(
                f"--cluster needs Dask ({error}). Install it: pip install 'presscast[cluster]'"
            ) from None
        try:
            library: Any = distributed
            self._client = library.Client(self._address, timeout=10, set_as_default=False)
        except (OSError, ValueError) as error:
            raise ConfigError(f"no scheduler answers at {self._address}: {error}") from None
        try:
            self._check()
        except BaseException:
            self._client.close()
            raise
        self._topic = f"presscast-{uuid.uuid4()}"
        self._client.subscribe_topic(self._topic, lambda event: self._told(*event[1]))
        self._executor = self._client.get_executor(pure=False)
        return self

    def _check(self) -> None:
        """Raises ConfigError where there is no worker,
        or one that has another presscast, or none."""
        workers = self._client.scheduler_info(n_workers=-1)["workers"]
        if not workers:
            raise ConfigError(
                f"the cluster at {self._address} has no worker. Start some: dask worker {self._address}"
            )
        self.width = 2 * sum(worker["nthreads"] for worker in workers.values())
        try:
            versions = self._client.run(_version)
        except Exception as error:
            raise ConfigError(
                f"a worker of {self._address} has no presscast: {error}. {REMEDY}"
            ) from None
        for worker, version in versions.items():
            if version != __version__:
                raise ConfigError(
                    f"the worker {worker} has presscast {version}, here is {__version__}. {REMEDY}"
                )

    def __exit__(self, kind: object, *_: object) -> None:
        self._executor.shutdown(wait=kind is None)
        self._client.close()

    def __call__(self, name: str, prepared: Prepared, engine: Engine) -> Produced:
        from distributed import KilledWorker

        job = (self._show, self._files, name, prepared, engine, self._topic)
        try:
            recorded: Produced = self._executor.submit(_produce, *job).result()
        except KilledWorker as error:
            raise SpeakError(
                f"the workers that produced it died, one after the other: {error}. What was spoken is kept"
            ) from None
        except CancelledError:
            raise SpeakError(f"the scheduler at {self._address} is gone. Run again") from None
        return _brought(self._show, recorded)


def _brought(show: Show, recorded: Produced) -> Produced:
    """The same, with its files on this machine and no more in the shared place."""
    shared = open_shared(show.store.cache)
    assert shared is not None
    work(show).mkdir(parents=True, exist_ok=True)

    def bring(file: Path) -> Path:
        path = work(show) / file.name
        with replacing(path, sync=False) as beside:
            shared.fetch(_name(recorded, file), beside)
        shared.delete(_name(recorded, file))
        return path

    beside = {
        name: bring(file) if isinstance(file, Path) else file
        for name, file in recorded.beside.items()
    }
    return replace(recorded, mp3=bring(recorded.mp3), beside=beside)


def _name(recorded: Produced, file: Path) -> str:
    """Of an episode's file on its way through the shared place, which may be many shows'."""
    return f"recorded/{recorded.episode.guid}{file.suffix}"


# --- in a worker ------------------------------------------------------------------------------


def _version() -> str:
    return __version__


def _produce(
    show: Show,
    files: Mapping[str, bytes],
    name: str,
    prepared: Prepared,
    engine: Engine,
    topic: str,
) -> Produced:
    """Record in a folder that has what of the show is needed, and is gone afterwards."""
    from distributed import get_worker

    worker: Any = get_worker()
    shared = open_shared(show.store.cache)
    assert shared is not None

    def tell(*event: object) -> None:
        worker.log_event(topic, event)

    with tempfile.TemporaryDirectory(dir=worker.local_directory) as folder:
        for file, content in files.items():
            path = Path(folder, file)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        with ThreadPoolExecutor(1) as executor:
            here = replace(show, folder=Path(folder))
            recorded = produce_episode(
                here, prepared, engine, executor, on_take(tell, name), jobs=1
            )
        for made in (recorded.mp3, *recorded.beside.values()):
            if isinstance(made, Path):
                shared.put(_name(recorded, made), made)
    return recorded

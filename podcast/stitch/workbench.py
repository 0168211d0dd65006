"""The workbench of the five steps: output format, cache folder, threads, earlier results."""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from podcast.errors import StitchError
from podcast.stitch.early_encoder import EarlyEncoder
from podcast.stitch.levels import LoudnessCurve
from podcast.stitch.mp3 import OutputFormat
from podcast.stitch.segment_cache import RESULTS, StitchResults, load_results
from podcast.util.files import reason


@dataclass(frozen=True, slots=True)
class Workbench:
    """Shared by the five steps."""

    output: OutputFormat
    folder: Path
    """The episode's cache."""
    threads: int
    pool: ThreadPoolExecutor
    earlier: StitchResults
    """Decisions and measurements of the last run of this episode; empty for the first one."""
    early: EarlyEncoder
    curve: LoudnessCurve


@contextmanager
def open_workbench(output: OutputFormat, folder: Path, threads: int) -> Iterator[Workbench]:
    """Set up a workbench; 0 threads: one for each core. Nothing is left running behind.

    Raises errors of the file system, which a user can mend, as StitchError.
    """
    threads = threads or os.cpu_count() or 1
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with (
            ThreadPoolExecutor(threads) as pool,
            EarlyEncoder(pool, output, folder, 4 * threads) as early,
        ):
            earlier = load_results(folder / RESULTS)
            yield Workbench(
                output, folder, threads, pool, earlier, early, LoudnessCurve(output)
            )
    except OSError as error:
        raise StitchError(f"{error.filename or folder}: {reason(error)}") from error

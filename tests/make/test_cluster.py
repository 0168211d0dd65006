"""Editions recorded by a real cluster of Dask: a scheduler and four worker processes on this machine."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import feedparser  # type: ignore[import-untyped]
import pytest
from standin.mouth import mouth, said
from test_many import IN_THE_SECOND, REPOSITORY, new, podcast, published, until

__all__ = ["new"]


@pytest.fixture(scope="module")
def voice(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    """The stand-in's folder, and the environment in which it is espeak-ng: the workers' too."""
    folder = tmp_path_factory.mktemp("mouth") / "mouth"
    return folder, mouth(folder) | {"PYTHONPATH": str(REPOSITORY)}


@pytest.fixture(scope="module")
def cluster(
    tmp_path_factory: pytest.TempPathFactory, voice: tuple[Path, dict[str, str]]
) -> Iterator[str]:
    """The scheduler's address; it has four workers of one thread."""
    folder = tmp_path_factory.mktemp("dask")
    file = folder / "scheduler.json"

    def dask(name: str, *words: str) -> subprocess.Popen[bytes]:
        with (folder / f"{name}.log").open("wb") as log:
            return subprocess.Popen(
                [
                    sys.executable,
                    "-m",
                    f"distributed.cli.dask_{name}",
                    f"--scheduler-file={file}",
                    *words,
                ],
                env=voice[1],
                stdout=log,
                stderr=subprocess.STDOUT,
            )

    scheduler = dask(
        "scheduler", "--host=127.0.0.1", "--port=0", "--dashboard-address=127.0.0.1:0"
    )
    until(file.exists)
    workers = dask(
        "worker",
        "--nworkers=4",
        "--nthreads=1",
        "--no-dashboard",
        f"--local-directory={folder / 'workers'}",
    )
    try:
        until(
            lambda: (
                (folder / "worker.log").read_text().count("Starting established connection")
                >= 4
            )
        )
        yield json.loads(file.read_text())["address"]
    finally:
        for process in (workers, scheduler):
            process.terminate()
            process.wait(60)


@pytest.fixture
def show(new: Path, tmp_path: Path) -> Path:
    """A show whose takes and published files are at addresses of fsspec."""
    folder = Path(shutil.copytree(new, tmp_path / "show"))
    toml = folder / "podcast.toml"
    where = f'cache = "file://{tmp_path}/shared"\nstore = "file://{tmp_path}/show/feeds"\n'
    toml.write_text(where + toml.read_text(encoding="utf-8"), encoding="utf-8")
    return folder


def test_a_killed_worker_loses_nothing(
    show: Path, new: Path, tmp_path: Path, cluster: str, voice: tuple[Path, dict[str, str]]
) -> None:
    """With a worker killed while it speaks, all is published, the same bytes as on one machine alone; what
    the dead worker had spoken is not spoken again."""
    folder, environment = voice
    (folder / "kill").write_text(IN_THE_SECOND, encoding="utf-8")
    words = ("--all", "--engine", "espeak")
    out, _ = podcast(
        "make", "--show", show, *words, "--cluster", cluster, environment=environment
    )
    assert [line.split()[6] for line in out.splitlines()[1:]] == ["published"] * 3
    assert not (folder / "kill").exists(), "nobody was killed"
    callers = {caller for caller, _ in said(folder)}
    texts = Counter(text for _, text in said(folder))
    assert len(callers) >= 3, "it was not spread over the workers"
    # The line about synthetic voices is in each edition: several workers may come to it at once.
    own = {text: count for text, count in texts.items() if "synthetic" not in text}
    assert [
        text for text, count in own.items() if count > 1 and IN_THE_SECOND not in text
    ] == []
    assert list((tmp_path / "shared" / "recorded").iterdir()) == []

    alone = Path(shutil.copytree(new, tmp_path / "alone"))
    podcast("make", "--show", alone, *words, environment=environment)
    assert published(show) == published(alone)
    podcast("check", "--show", show)


def test_the_takes_are_shared(
    show: Path, tmp_path: Path, cluster: str, voice: tuple[Path, dict[str, str]]
) -> None:
    """What workers spoke is spoken by nobody again: not by another run, not on another machine."""
    folder, environment = voice
    other = Path(shutil.copytree(show, tmp_path / "other"))
    words = ("--all", "--engine", "espeak", "--json")
    podcast("make", "--show", show, *words, "--cluster", cluster, environment=environment)
    before = len(said(folder))
    out, _ = podcast("make", "--show", other, *words, environment=environment)
    assert [each["spoken"] for each in json.loads(out)] == [0, 0, 0]
    assert len(said(folder)) == before


def test_a_bad_edition_is_reported(
    show: Path, cluster: str, voice: tuple[Path, dict[str, str]]
) -> None:
    """An edition whose workers die one after the other fails; the others are published."""
    folder, environment = voice
    (folder / "kill always").write_text(IN_THE_SECOND, encoding="utf-8")
    try:
        words = ("--all", "--engine", "espeak", "--cluster", cluster)
        out, err = podcast("make", "--show", show, *words, environment=environment, code=1)
    finally:
        (folder / "kill always").unlink()
    assert [line.split()[6] for line in out.splitlines()[1:]] == [
        "published",
        "failed",
        "published",
    ]
    assert "podcast: 2024-05-21: the workers that produced it died" in err
    entries = feedparser.parse((show / "feeds" / "feed.xml").read_bytes()).entries
    assert [entry.title[:5] for entry in entries] == ["Moths", "Clock"]


@pytest.mark.parametrize(
    ("words", "remedy"),
    [
        (["--engine", "espeak", "--cluster", "tcp://127.0.0.1:1"], "no scheduler answers"),
        (["--engine", "openai", "--cluster", "tcp://127.0.0.1:1"], "Leave --cluster out"),
    ],
)
def test_what_cannot_be_is_one_line(show: Path, words: list[str], remedy: str) -> None:
    """No scheduler, or an engine that a cluster does not help: one line says so, and nothing is made."""
    _, err = podcast("make", "--show", show, "--all", *words, code=1)
    assert remedy in err
    assert len(err.splitlines()) == 1


def test_without_a_shared_cache_the_remedy_is_named(new: Path) -> None:
    """Workers need a place for their takes: the setting is named, with an example."""
    _, err = podcast(
        "make", "--show", new, "--all", "--engine", "silence", "--cluster", "tcp://x:1", code=1
    )
    assert 'cache = "s3://bucket/takes"' in err

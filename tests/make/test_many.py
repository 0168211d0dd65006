"""Editions made side by side, in real processes of this machine, one of which may die."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path

import feedparser  # type: ignore[import-untyped]
import pytest
from standin.mouth import mouth, said

REPOSITORY = Path(__file__).parent.parent.parent
DATES = ("2024-05-20", "2024-05-21", "2024-05-22")
IN_THE_SECOND = "pigeons"
"""A word that one passage of the second edition has, and no other."""


def start(
    *words: str | Path, environment: Mapping[str, str] | None = None
) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "podcast", *map(str, words)],
        cwd=REPOSITORY,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def podcast(
    *words: str | Path, environment: Mapping[str, str] | None = None, code: int = 0
) -> tuple[str, str]:
    """Run the command as its owner does; what it said on standard output, and on standard error."""
    run = start(*words, environment=environment)
    out, err = run.communicate(timeout=120)
    assert run.returncode == code, out + err
    return out, err


@pytest.fixture(scope="session")
def new(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A show with three editions, of which nothing is made; tests copy it."""
    folder = tmp_path_factory.mktemp("many") / "show"
    podcast("init", folder, "--url", "https://hours.example/feeds/")
    for first in (folder / "posts").glob("*.md"):
        first.unlink()
    for post in (REPOSITORY / "posts").glob("*.md"):
        shutil.copy(post, folder / "posts")
    return folder


@pytest.fixture
def show(new: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(new, tmp_path / "show"))


@pytest.fixture
def voice(tmp_path: Path) -> tuple[Path, dict[str, str]]:
    """The stand-in's folder, and the environment in which it is espeak-ng."""
    return tmp_path / "mouth", mouth(tmp_path / "mouth")


def published(show: Path) -> dict[str, bytes]:
    """What is published and does not tell how long its making took."""
    timed = {f"{path.stem}.json" for path in (show / "feeds").glob("*.mp3")}
    files = {p.name: p.read_bytes() for p in (show / "feeds").iterdir() if p.name not in timed}
    return files | {"cast.toml": (show / "voices" / "cast.toml").read_bytes()}


def until(true: Callable[[], object]) -> None:
    """Wait for what another process does."""
    end = time.monotonic() + 60
    while not true():
        assert time.monotonic() < end
        time.sleep(0.01)


def test_side_by_side_is_as_one_by_one(show: Path, tmp_path: Path) -> None:
    """The same audio, pages, feed and cast, byte by byte, whichever edition is ready first."""
    one_by_one = Path(shutil.copytree(show, tmp_path / "other"))
    for date in DATES:
        podcast("make", "--show", one_by_one, "--date", date, "--engine", "silence")
    podcast("make", "--show", show, "--all", "--engine", "silence", "--jobs", "3")
    assert published(show) == published(one_by_one)
    assert podcast("check", "--show", show)


def test_the_table_tells_of_each(show: Path) -> None:
    """A bad edition is a line of the table and an error; the others are published. Made again: unchanged."""
    broken = "---\ntitle: 'not closed\n---\nWords."
    (show / "posts" / "2024-05-23-broken.md").write_text(broken, encoding="utf-8")
    words = ("make", "--show", show, "--since", "2024-05-21", "--engine", "silence")
    out, err = podcast(*words, code=1)
    lines = out.splitlines()
    assert [line.split()[0] for line in lines] == [
        "edition",
        "2024-05-21",
        "2024-05-22",
        "2024-05-23",
    ]
    assert [" published " in line for line in lines] == [False, True, True, False]
    assert "failed" in lines[-1]
    assert "2024-05-23-broken.md:2" in lines[-1]
    assert err.splitlines()[-1] == "podcast: 1 of 3 editions failed: 2024-05-23"
    assert any(line.startswith("2024-05-21: speaking: ") for line in err.splitlines())
    out, _ = podcast(*words, "--json", code=1)
    told = json.loads(out)
    assert [each["state"] for each in told] == ["unchanged", "unchanged", "failed"]
    assert [each.get("spoken") for each in told] == [0, 0, None]


def test_a_killed_process_loses_no_edition(
    show: Path, voice: tuple[Path, dict[str, str]]
) -> None:
    """When a process is killed while it speaks, all is published, and what was kept is not spoken again."""
    folder, environment = voice
    (folder / "kill").write_text(IN_THE_SECOND, encoding="utf-8")
    podcast(
        "make",
        "--show",
        show,
        "--all",
        "--engine",
        "espeak",
        "--jobs",
        "2",
        environment=environment,
    )
    assert len(feedparser.parse((show / "feeds" / "feed.xml").read_bytes()).entries) == 3
    assert not (folder / "kill").exists()
    again = [
        text for text, count in Counter(text for _, text in said(folder)).items() if count > 1
    ]
    assert len(again) <= 2, "more than what was being spoken at that moment"
    podcast("check", "--show", show)


def test_an_edition_that_kills_its_process_stops_no_other(
    show: Path, voice: tuple[Path, dict[str, str]]
) -> None:
    """Where one edition's process dies whenever it is made, that one failed; the others are published."""
    folder, environment = voice
    (folder / "kill always").write_text(IN_THE_SECOND, encoding="utf-8")
    words = ("make", "--show", show, "--all", "--engine", "espeak", "--jobs", "2")
    out, err = podcast(*words, environment=environment, code=1)
    assert "podcast: 2024-05-21: the process that produced it was ended" in err
    assert [line.split()[6] for line in out.splitlines()[1:]] == [
        "published",
        "failed",
        "published",
    ]
    entries = feedparser.parse((show / "feeds" / "feed.xml").read_bytes()).entries
    assert [entry.title[:5] for entry in entries] == ["Moths", "Clock"]


@pytest.mark.parametrize(
    "how",
    [
        signal.SIGKILL,
        pytest.param(signal.SIGINT, marks=pytest.mark.slow),
        pytest.param(signal.SIGTERM, marks=pytest.mark.slow),
    ],
)
def test_a_run_that_is_ended_leaves_nothing_running(
    show: Path, voice: tuple[Path, dict[str, str]], how: signal.Signals
) -> None:
    """However the run ends, its processes end with it; the next run speaks nothing that was kept."""
    folder, environment = voice
    (folder / "hold").write_text(IN_THE_SECOND, encoding="utf-8")
    words = ("make", "--show", show, "--all", "--engine", "espeak", "--jobs", "2")
    run = start(*words, environment=environment)
    until(lambda: (folder / "held").exists() and (show / "feeds" / "feed.xml").exists())
    workers = {caller for caller, _ in said(folder)}
    assert len(workers) == 2
    run.send_signal(how)
    run.communicate(timeout=60)
    until(lambda: not any(Path(f"/proc/{worker}").exists() for worker in workers))
    (folder / "hold").unlink()
    before = len(said(folder))
    podcast(*words, environment=environment)
    assert len(feedparser.parse((show / "feeds" / "feed.xml").read_bytes()).entries) == 3
    again = {text for _, text in said(folder)[:before]} & {
        text for _, text in said(folder)[before:]
    }
    assert len(again) <= 2, "more than what was being spoken at that moment"

"""Takes that no episode uses go after a while; what is used stays, and nothing is spoken twice for it."""

from __future__ import annotations

import datetime as dt
import json
import os
import re
import time
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from podcast.cli import main
from podcast.model import Sound, Usd
from podcast.speak.take_cache import TakeCache

OLD = 90 * 86_400
"""Seconds."""


def podcast(*words: str | Path) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


@pytest.fixture
def show(tmp_path: Path) -> Path:
    """A show with one episode, whose takes were all used 90 days ago, and one take of nobody's."""
    assert podcast("init", tmp_path).exit_code == 0
    assert podcast("make", "--show", tmp_path, "--new", "--engine", "silence").exit_code == 0
    takes = tmp_path / ".podcast" / "takes"
    some = next(takes.glob("??/*.json"))
    stray = takes / "00" / f"{'0' * 64}.json"
    stray.parent.mkdir(exist_ok=True)
    stray.write_bytes(some.read_bytes())
    stray.with_suffix(".wav").write_bytes(some.with_suffix(".wav").read_bytes())
    for sidecar in takes.glob("??/*.json"):
        os.utime(sidecar, (time.time() - OLD, time.time() - OLD))
    (tmp_path / ".podcast" / "pruned").unlink()
    return tmp_path


def audio_files(show: Path) -> set[str]:
    return {path.stem for path in (show / ".podcast" / "takes").glob("??/*.wav")}


def test_only_unused_takes_go(show: Path) -> None:
    """Made again after 90 days: the episode's takes count as used, the stray one is removed."""
    before = audio_files(show)
    [post] = (show / "posts").glob("*.md")

    made = podcast("make", "--show", show, "--post", post, "--engine", "silence")

    assert made.exit_code == 0, made.output
    assert "0 takes spoken" in made.output
    assert before - audio_files(show) == {"0" * 64}


def test_takes_beyond_the_bound_go(show: Path) -> None:
    """Where `.podcast/` may hold less than it does, takes go that this run does not need, and no others."""
    toml = show / "podcast.toml"
    settings = re.sub(
        r"^keep_takes = .*$", "keep_takes = 0", toml.read_text(), flags=re.MULTILINE
    )
    toml.write_text(f"cache_mb = 1\n{settings}")
    before = audio_files(show)
    [post] = (show / "posts").glob("*.md")

    made = podcast("make", "--show", show, "--post", post, "--engine", "silence")

    assert made.exit_code == 0, made.output
    assert before - audio_files(show) == {"0" * 64}


def test_the_oldest_takes_go_first(tmp_path: Path) -> None:
    """As many as have to, and none that was used since."""
    cache = TakeCache(tmp_path)
    sound = Sound(bytes(2 * 24_000), 24_000)
    keys = [f"{number}" * 64 for number in range(4)]
    for number, key in enumerate(keys):
        used = 1_000_000 + number
        cache.put(key, sound, Usd(0.0), 1)
        os.utime(tmp_path / key[:2] / f"{key}.json", (used, used))
    size = (tmp_path / keys[0][:2] / f"{keys[0]}.wav").stat().st_size

    since = dt.datetime.fromtimestamp(1_000_003, dt.UTC)
    assert cache.prune_to(4 * size, since) == 0
    assert cache.prune_to(2 * size, since) == 2 * size
    assert [cache.has(key) for key in keys] == [False, False, True, True]
    assert cache.prune_to(0, since) == size
    assert cache.has(keys[3])


def test_the_doctor_says_what_the_caches_hold(show: Path) -> None:
    """How much `.podcast/` holds, and how much of it is takes."""
    findings = json.loads(podcast("doctor", "--show", show, "--json").stdout)
    [caches] = [finding for finding in findings if finding["what"] == "caches"]
    assert caches["good"]
    assert "MB in " in caches["found"]
    assert "takes " in caches["found"]


def test_a_show_may_keep_all(show: Path) -> None:
    """`keep_takes = 0` removes nothing."""
    settings = show / "podcast.toml"
    text = settings.read_text(encoding="utf-8").replace("keep_takes = 30", "keep_takes = 0")
    settings.write_text(text, encoding="utf-8")
    before = audio_files(show)
    [post] = (show / "posts").glob("*.md")

    assert podcast("make", "--show", show, "--post", post, "--engine", "silence").exit_code == 0

    assert audio_files(show) == before

"""Nothing is lost and nothing wrong is published: a few of each kind of attempt.

The many are `python -m tests.campaigns`; docs/reliability.md counts them.
"""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.campaigns import crash, faults, pairs, remote, together, year
from tests.campaigns.shows import a_show


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A show with two published episodes, and a third edition that is not."""
    return a_show(tmp_path_factory.mktemp("base") / "show", posts=3, published=2)


@pytest.fixture(scope="module")
def unmade(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A show with four editions, and nothing published."""
    return a_show(tmp_path_factory.mktemp("unmade") / "show", posts=4, published=0)


@pytest.mark.parametrize("case", crash.cases(1, 2), ids=lambda case: case.name)
def test_a_killed_run_loses_nothing(base: Path, tmp_path: Path, case: crash.Case) -> None:
    """SIGKILL at any moment: all that the feed names is there and whole, and the next run ends the work."""
    tally = crash.campaign(base, case, tmp_path, random.Random(7), moments=0, acts=1)
    assert (tally.losses, tally.attempts > 0) == ([], True)


def test_a_killed_upload_leaves_the_old_feed_true(base: Path, tmp_path: Path) -> None:
    """SIGKILL while a date is remade for an address: the feed there names only what is there, and whole."""
    case, place = crash.cases(1, 2)[1], remote.Place((tmp_path / "there").as_uri())
    tally = remote.campaign(base, case, tmp_path, random.Random(7), 2, place)
    assert (tally.losses, tally.attempts > 0) == ([], True)


@pytest.mark.slow
def test_a_show_grows_old(tmp_path: Path) -> None:
    """Sixteen days with all that an owner changes in a year: guids, moments, voices and feed stay right."""
    lived = year.campaign(tmp_path / "show", random.Random(7), days=16, looks=4)
    assert (lived.tally.losses, lived.tally.attempts) == ([], 16)
    assert len(lived.tally.moments) == 24


def test_a_full_disk_is_said_and_loses_nothing(base: Path, tmp_path: Path) -> None:
    """However few bytes are left, one line says it, what is published stays true, and room heals it."""
    try:
        tally = faults.full_disk(base, faults.cases(1, 2)[1], tmp_path, random.Random(7), 3)
    except faults.NoMount as error:
        pytest.skip(str(error))
    assert (tally.losses, tally.attempts > 0) == ([], True)


def test_a_folder_that_cannot_be_written_is_said(base: Path, tmp_path: Path) -> None:
    """Whichever folder is read-only, one line says it, and what is published stays true."""
    try:
        tally = faults.read_only(base, faults.cases(1, 2)[2], tmp_path)
    except faults.NoMount as error:
        pytest.skip(str(error))
    assert (tally.losses, tally.attempts > 1) == ([], True)


def test_a_spoilt_cache_is_never_published(tmp_path: Path) -> None:
    """A file of a cache that is cut, flipped, another's, a folder, or of another version is made anew."""
    base = a_show(tmp_path / "base", posts=1, published=1)
    tally = faults.spoilt_caches(base, faults.CACHED[0], tmp_path, random.Random(7), 4)
    assert (tally.losses, tally.attempts) == ([], 4)


def test_runs_of_one_date_wait_for_each_other(unmade: Path, tmp_path: Path) -> None:
    """One makes it, each other says for whom it waits and finds nothing to do."""
    assert together.one_date(unmade, tmp_path, 3).losses == []


def test_runs_of_many_dates_do_not_mix(unmade: Path, tmp_path: Path) -> None:
    """Each date is in the feed once, and nobody's voice is lost or given twice."""
    assert together.many_dates(unmade, tmp_path, 3, random.Random(7), kills=1).losses == []


def test_a_dead_runs_lock_holds_nobody_up(unmade: Path, tmp_path: Path) -> None:
    """The lock of a killed process, or of one before the last reboot, is taken at once."""
    assert together.stale_lock(unmade, tmp_path, 2).losses == []


@pytest.mark.parametrize("place", ["folder", "bucket", "sftp"])
def test_two_machines_lose_no_episode(tmp_path: Path, place: str) -> None:
    """Two processes publish at the same moment: feed and index have both, no number is given twice."""
    with pairs.open_place(place, tmp_path / "there") as (store, owner):
        tally = pairs.campaign(tmp_path / "show", store, 3, place, owner)
    assert (tally.losses, tally.attempts) == ([], 3)

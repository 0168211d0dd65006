"""A full disk, folders that cannot be written, and caches that are not what was written."""

from __future__ import annotations

import os
import random
import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.campaigns import crash
from tests.campaigns.crash import Case, Tally
from tests.campaigns.process import Ran, podcast
from tests.campaigns.shows import copied, date, files
from tests.campaigns.truth import Files, differences, faults, takes

PAGE = 4096
ROOMY = 1 << 30


class NoMount(Exception):  # noqa: N818
    """A file system cannot be mounted here."""


def cases(published: int, new: int) -> tuple[Case, ...]:
    """What meets the faults: a first episode, a remade date, and `feed`."""
    first, remade, _, _, _, feed, *_ = crash.cases(published, new)
    return first, remade, feed


CACHED = (
    Case("a remade date", (*crash.MAKE, "--date", date(0)), crash.edited(0)),
    Case("podcast feed", ("feed",), lambda show: (show / "feeds" / "feed.xml").unlink()),
)
"""Cases that use each kind of cache, in a show whose only edition is published."""


@contextmanager
def small_disk(at: Path) -> Iterator[Path]:
    """A file system in memory, mounted within the block. NoMount where this user may not."""
    at.mkdir(parents=True, exist_ok=True)
    with _mounted("-t", "tmpfs", "tmpfs", at):
        yield at


@contextmanager
def frozen(folder: Path) -> Iterator[None]:
    """Within the block nothing below the folder can be changed. NoMount where this user may not."""
    with _mounted("--bind", folder, folder):
        subprocess.run(["mount", "-o", "remount,ro,bind", folder], check=True)
        yield


@contextmanager
def _mounted(*words: str | Path) -> Iterator[None]:
    if subprocess.run(["mount", *words], capture_output=True, check=False).returncode:
        raise NoMount("this user cannot mount a file system here")
    try:
        yield
    finally:
        subprocess.run(["umount", words[-1]], check=True)


def resize(disk: Path, size: int) -> None:
    subprocess.run(["mount", "-o", f"remount,size={size}", str(disk)], check=True)


def full_disk(
    base: Path, case: Case, folder: Path, pick: random.Random, attempts: int
) -> Tally:
    """Let the disk be full after so many bytes; then make room, and go on."""
    tally = Tally(f"disk full, {case.name}")
    with small_disk(folder / "disk") as disk:
        start = copied(base, folder / "start")
        case.before(start)
        show = copied(start, disk / "show")
        assert podcast(*case.words, "--show", show).code == 0
        old, new = files(start), files(show)
        show = copied(start, disk / "show")
        used = _used(disk)
        assert podcast(*case.words, "--show", show).code == 0
        needs = _used(disk) - used + PAGE * 8
        for _ in range(attempts):
            resize(disk, ROOMY)
            show = copied(start, disk / "show")
            resize(disk, _used(disk) + pick.randrange(needs // PAGE) * PAGE)
            ran = podcast(*case.words, "--show", show)
            if ran.code == 0:
                tally.late += 1
                continue
            tally.attempts += 1
            tally.moments[_said(ran, disk)] += 1
            resize(disk, ROOMY)
            tally.losses += refused(ran)
            tally.losses += after(show, case, old, new)
    return tally


def read_only(base: Path, case: Case, folder: Path) -> Tally:
    """Each folder of the show in turn cannot be written; then it can again."""
    tally = Tally(f"read-only, {case.name}")
    start = copied(base, folder / "start")
    case.before(start)
    reference = copied(start, folder / "show")
    assert podcast(*case.words, "--show", reference).code == 0
    old, new = files(start), files(reference)
    for name in (
        "",
        ".podcast",
        ".podcast/takes",
        ".podcast/units",
        "feeds",
        "posts",
        "scripts",
        "voices",
    ):
        show = copied(start, folder / "show")
        with frozen(show / name):
            ran = podcast(*case.words, "--show", show)
        if ran.code == 0:
            tally.late += 1
            continue
        tally.attempts += 1
        tally.moments[_said(ran, show)] += 1
        tally.losses += [
            f"{name or 'all'}: {fault}"
            for fault in (*refused(ran), *after(show, case, old, new))
        ]
    return tally


def spoilt_caches(
    base: Path, case: Case, folder: Path, pick: random.Random, attempts: int
) -> Tally:
    """Spoil one file of `.podcast/`; what comes out must be what comes out of sound caches."""
    tally = Tally(f"spoilt cache, {case.name}")
    start = copied(base, folder / "start")
    case.before(start)
    show = copied(start, folder / "show")
    assert podcast(*case.words, "--show", show).code == 0
    new = files(show)
    kinds: dict[str, list[Path]] = {}
    for path in sorted((start / ".podcast").rglob("*")):
        if path.is_file():
            kinds.setdefault(_kind(path), []).append(path.relative_to(start))
    for number in range(attempts):
        kind = sorted(kinds)[number % len(kinds)]
        how = pick.choice(sorted(SPOILS))
        victim, *others = pick.sample(kinds[kind], min(2, len(kinds[kind])))
        show = copied(start, folder / "show")
        SPOILS[how](show / victim, show / (others or [victim])[0], pick)
        tally.attempts += 1
        tally.moments[f"{kind} {how}"] += 1
        ran = podcast(*case.words, "--show", show)
        where = f"{victim} {how}"
        if ran.code:
            tally.losses += [f"{where}: {fault}" for fault in refused(ran)]
            tally.losses += [f"{where}: not healed: {ran.output.strip()}"]
        tally.losses += [
            f"{where}: {name} is not what it should be"
            for name in differences(files(show), new)
        ]
    return tally


def after(show: Path, case: Case, old: Files, new: Files) -> Iterator[str]:
    """What is wrong after a run that was refused, and after the next one."""
    yield from faults(files(show), old, new)
    kept = takes(show)
    again = podcast(*case.words, "--show", show)
    if again.code:
        yield f"the next run fails: {again.output}"
        return
    yield from (f"{name}: not healed by the next run" for name in differences(files(show), new))
    now = takes(show)
    yield from (
        f"take {name[:12]}: spoken twice"
        for name, was in kept.items()
        if now.get(name, was) != was
    )


def refused(ran: Ran) -> Iterator[str]:
    """What is wrong with how a run said that it cannot go on."""
    said = [
        line
        for line in ran.output.splitlines()
        if not re.match(r"(speaking|waiting for .*): \d+ of", line)
    ]
    if ran.code != 1:
        yield f"exit code {ran.code}"
    if len(said) != 1 or not said[0].startswith("podcast: "):
        yield f"not one line: {ran.output}"


def _cut(path: Path, _other: Path, pick: random.Random) -> None:
    content = path.read_bytes()
    path.write_bytes(content[: pick.randrange(len(content) or 1)])


def _flip(path: Path, _other: Path, pick: random.Random) -> None:
    content = bytearray(path.read_bytes() or b"\0")
    for _ in range(pick.choice((1, 1, 1, 3, 40))):
        content[pick.randrange(len(content))] ^= 1 << pick.randrange(8)
    path.write_bytes(content)


def _swap(path: Path, other: Path, _pick: random.Random) -> None:
    path.write_bytes(other.read_bytes())


def _folder(path: Path, _other: Path, _pick: random.Random) -> None:
    path.unlink()
    path.mkdir()
    (path / "something").write_bytes(b"else")


def _other_version(path: Path, _other: Path, pick: random.Random) -> None:
    content = path.read_bytes()
    found = list(re.finditer(rb'"version": (\d+)', content))
    if found:
        path.write_bytes(content.replace(found[0][0], b'"version": 99'))
    else:
        path.write_bytes(pick.randbytes(4) + content)


SPOILS = {
    "cut": _cut,
    "flipped": _flip,
    "another's": _swap,
    "a folder": _folder,
    "of another version": _other_version,
}


def _kind(path: Path) -> str:
    return path.suffix or path.name


def _said(ran: Ran, folder: Path) -> str:
    """Why it was refused, without what is particular to the attempt."""
    last = (ran.output.splitlines() or [""])[-1].replace(str(folder), "")
    return re.sub(r"[0-9a-f]{16,}|\d{4}-\d\d-\d\d-[\w.-]+?(?=\.\w+[: ]|/)", "*", last)


def _used(disk: Path) -> int:
    about = os.statvfs(disk)
    return (about.f_blocks - about.f_bfree) * about.f_frsize

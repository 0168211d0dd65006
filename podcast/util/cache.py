"""Files that may be lost or broken at any time: what does not check out counts as missing."""

from __future__ import annotations

import hashlib
import os
import shutil
import zlib
from contextlib import suppress
from pathlib import Path

from podcast.util.files import replacing, writing


def load(path: Path) -> bytes | None:
    """Read what `save` put there; None when there is nothing, or not all of it."""
    try:
        content = path.read_bytes()
    except OSError:
        return None
    if len(content) < 4 or _checksum_of(path, memoryview(content)[4:]) != content[:4]:
        return None
    return content[4:]


def save(path: Path, *data: bytes | memoryview, sync: bool = False) -> None:
    """Keep `data`, one piece after the other, behind its checksum. Raises FolderError.

    Without `sync`, what a power cut tears is found by `load`, and made again.
    """
    make_way(path)
    with writing(path), replacing(path, sync=sync) as beside, beside.open("wb") as file:
        file.writelines((_checksum_of(path, *data), *data))


def _checksum_of(path: Path, *data: bytes | memoryview) -> bytes:
    """A checksum of the file's name too: another's content is none."""
    checksum = 0
    for piece in (path.name.encode(), *data):
        checksum = zlib.crc32(piece, checksum)
    return checksum.to_bytes(4, "big")


def make_way(path: Path) -> None:
    """Remove a folder that is where a file of a cache belongs."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)


def prune(folder: Path, keep: set[str]) -> None:
    """Remove every file of the folder whose name is not in `keep`."""
    for entry in os.scandir(folder):
        if entry.name not in keep and entry.is_file(follow_symlinks=False):
            Path(entry.path).unlink(missing_ok=True)


def prune_folders(folder: Path, keep: int) -> None:
    """Remove all folders in `folder` but the `keep` that changed last."""
    times: dict[str, int] = {}
    for entry in os.scandir(folder):
        # Another run may be at it.
        with suppress(FileNotFoundError):
            if entry.is_dir(follow_symlinks=False):
                times[entry.path] = entry.stat().st_mtime_ns
    for path in sorted(times, key=times.__getitem__)[:-keep]:
        shutil.rmtree(path, ignore_errors=True)


def digest(*parts: object) -> str:
    """Name the thing that these values shape."""
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:32]

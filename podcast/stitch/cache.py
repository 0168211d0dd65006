"""Files that may be lost or broken at any time: what does not check out counts as missing."""

from __future__ import annotations

import hashlib
import os
import shutil
import threading
import zlib
from contextlib import suppress
from pathlib import Path


def load(path: Path) -> bytes | None:
    """What `save` put there; None when there is nothing, or not all of it."""
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return None
    if len(content) < 4 or zlib.crc32(memoryview(content)[4:]) != int.from_bytes(content[:4], "big"):
        return None
    return content[4:]


def save(path: Path, data: bytes) -> None:
    """Keep `data`, behind its checksum.

    Renamed into place but not synced: `load` finds what a power cut tore, and it is made again.
    """
    temporary = path.with_name(f".{path.name}.{os.getpid()}-{threading.get_ident()}.part")
    try:
        with temporary.open("wb") as file:
            file.write(zlib.crc32(data).to_bytes(4, "big"))
            file.write(data)
        temporary.replace(path)
    except OSError:
        temporary.unlink(missing_ok=True)
        raise


def prune(folder: Path, keep: set[str]) -> None:
    """Remove every file of the folder whose name is not in `keep`."""
    for entry in os.scandir(folder):
        if entry.name not in keep and entry.is_file(follow_symlinks=False):
            Path(entry.path).unlink(missing_ok=True)


def prune_folders(folder: Path, keep: int) -> None:
    """Remove all folders in `folder` but the `keep` that changed last."""
    times: dict[str, int] = {}
    for entry in os.scandir(folder):
        with suppress(FileNotFoundError):  # another run may be at it
            if entry.is_dir(follow_symlinks=False):
                times[entry.path] = entry.stat().st_mtime_ns
    for path in sorted(times, key=times.__getitem__)[:-keep]:
        shutil.rmtree(path, ignore_errors=True)


def digest(*parts: object) -> str:
    """A name for what these values shape."""
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:32]

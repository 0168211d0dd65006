"""Writing files so that nothing half-written is ever visible; their names and media types."""

from __future__ import annotations

import errno
import os
import re
import secrets
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path, PurePosixPath

from podcast.errors import FolderError, PublishError

# Media types that podcast apps expect of published files; the first ending that fits counts.
#
# Not taken from the system, whose table knows few of them and differs from machine to
# machine.
TYPES = {
    ".mp3": "audio/mpeg",
    ".opus": "audio/ogg",
    "sitemap.xml": "application/xml; charset=utf-8",
    ".webmanifest": "application/manifest+json",
    ".xml": "application/rss+xml; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".vtt": "text/vtt; charset=utf-8",
    ".srt": "application/x-subrip; charset=utf-8",
    ".chapters.json": "application/json+chapters; charset=utf-8",
    ".json": "application/json",
    ".jpg": "image/jpeg",
    ".png": "image/png",
}


# Threads that wait for the disk at the same time.
_SYNCS = 32
_ETERNAL = re.compile(r"[.-][0-9a-f]{8}\.(jpg|png|mp3|opus)$")


def media_type(name: str) -> str:
    """The media type that a published file is served as; empty when its name does not say."""
    return next((kind for ending, kind in TYPES.items() if name.endswith(ending)), "")


def cache_control(name: str) -> str:
    """Say how long others may keep a file: for ever what changes its name with its content."""
    if _ETERNAL.search(name):
        return "public, max-age=31536000, immutable"
    return "public, max-age=3600" if name.endswith((".mp3", ".opus")) else "public, max-age=300"


def published_name(name: str) -> PurePosixPath:
    """The relative name of a published file.

    PublishError when it is not one that stays inside its store.
    """
    path = PurePosixPath(name)
    if not path.parts or str(path) != name or any(part[0] in "./" for part in path.parts):
        raise PublishError(f"{name!r} is no name for a published file")
    if set("\\:\0") & set(name):
        raise PublishError(f"{name!r} is no name for a published file")
    return path


@contextmanager
def replacing(path: Path, *, sync: bool = True) -> Iterator[Path]:
    """Give a temporary path beside `path`.

    When the block ends well, it takes `path`'s place at once.

    When the block raises, the temporary file is removed and `path` is as it was. Without `sync`
    it survives the end of the process, and a power cut only once `settle` was called.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(
        prefix=f".{path.name[:40]}.", suffix=".part", dir=path.parent
    )
    os.close(handle)
    temporary = Path(name)
    try:
        yield temporary
        if sync:
            _sync(temporary)
        temporary.chmod(_mode(path))
        temporary.replace(path)
        if sync:
            _sync_folder(path.parent)
    finally:
        temporary.unlink(missing_ok=True)


def _write_beside(temporary: Path, content: bytes | Path) -> None:
    """Write bytes, or link a file, and wait until the disk has them."""
    if isinstance(content, Path):
        _link_or_copy(content, temporary)
        _sync(temporary)
        return
    with temporary.open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def replace_all(files: Sequence[tuple[Path, bytes | Path]]) -> None:
    """Write bytes, or files that are given away, each as `replacing` does, in their order.

    None takes its place before all are safe.

    A file that is given away MUST NOT be written into afterwards: it gets another name, where
    the disk allows it, and is not copied. A disk makes each fsync wait for its journal; those
    of many threads share the wait.
    """
    token = secrets.token_hex(4)
    beside = [
        path.with_name(f".{path.name[:40]}.{i}-{token}.part")
        for i, (path, _) in enumerate(files)
    ]
    folders = {path.parent for path, _ in files}
    for folder in folders:
        folder.mkdir(parents=True, exist_ok=True)

    def write(start: int) -> None:
        for (path, content), temporary in zip(
            files[start::_SYNCS], beside[start::_SYNCS], strict=True
        ):
            _write_beside(temporary, content)
            if _mode(temporary) != (mode := _mode(path)):
                temporary.chmod(mode)

    try:
        with ThreadPoolExecutor(_SYNCS) as pool:
            for _ in pool.map(write, range(min(_SYNCS, len(files)))):
                pass
        for (path, _), temporary in zip(files, beside, strict=True):
            temporary.replace(path)
    except BaseException:
        for temporary in beside:
            temporary.unlink(missing_ok=True)
        raise
    for folder in folders:
        _sync_folder(folder)


def _link_or_copy(original: Path, path: Path) -> None:
    """Give a file a second name; a copy, where it cannot have one: on another disk, say."""
    try:
        path.hardlink_to(original.resolve())
    except OSError:
        shutil.copyfile(original, path)


def write_atomic(path: Path, data: bytes | str, *, sync: bool = True) -> None:
    """Write the whole of a file: beside it, then fsync, then rename. Text is written as UTF-8.

    For `sync` see `replacing`. Raises FolderError.
    """
    with writing(path), replacing(path, sync=sync) as temporary:
        temporary.write_bytes(data.encode() if isinstance(data, str) else data)


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Errors of the file system, which its owner can mend, as FolderError."""
    try:
        yield
    except OSError as error:
        raise FolderError(f"{path}: cannot be written: {reason(error)}") from error


def reason(error: OSError) -> str:
    """Why the file system refused, and what its owner can do."""
    return (error.strerror or str(error)) + _REMEDIES.get(error.errno or 0, "")


_REMEDIES = {
    errno.ENOSPC: ". Make room and run it again: what was done is kept",
    errno.EDQUOT: ". Make room and run it again: what was done is kept",
    errno.EROFS: ". Make the show's folder writable",
    errno.EACCES: ". Make the show's folder writable for this user",
    errno.EPERM: ". Make the show's folder writable for this user",
    errno.EEXIST: ". Move away what stands there",
    errno.EISDIR: ". Move it away",
    errno.ENOTDIR: ". Move away what stands there",
}


def settle(*paths: Path) -> None:
    """Make files that were written without `sync` survive a power cut. Raises FolderError."""
    for path in paths:
        with writing(path):
            _sync(path)
    for folder in {path.parent for path in paths}:
        _sync_folder(folder)


def sweep(folder: Path) -> None:
    """Remove what `replacing` left in `folder` when its process was killed.

    Nobody may be writing there.
    """
    for path in folder.glob(".*.part"):
        with suppress(OSError):
            path.unlink()


def _mode(path: Path) -> int:
    """The permissions of a file, or those that a new one gets."""
    try:
        return path.stat().st_mode & 0o777
    except FileNotFoundError:
        return 0o644


def _sync(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    """Make a rename in `folder` survive a power cut, where the file system can."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(handle)
    except OSError:
        pass
    finally:
        os.close(handle)

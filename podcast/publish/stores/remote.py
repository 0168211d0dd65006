"""Any address that fsspec knows as the place of the published files: `s3://bucket/feeds`, `sftp://...`."""

from __future__ import annotations

import errno
import io
import threading
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path

from podcast.errors import ContendedError, PublishError
from podcast.services.adapter import Adapter
from podcast.util.files import cache_control, media_type, published_name

_WHOLE = {"abfs", "abfss", "az", "gcs", "gs", "memory", "oss", "s3", "s3a"}
"""Protocols whose services show an object only when all of it is there."""
_TYPE_OPTIONS = {
    "s3": "ContentType",
    "s3a": "ContentType",
    "gcs": "content_type",
    "gs": "content_type",
}
"""How a protocol is told the media type under which it serves a file."""
_CACHE_OPTIONS = {"s3": "CacheControl", "s3a": "CacheControl"}
"""How a protocol is told how long a file may be kept."""

_CHANGING = (
    "ETag",
    "etag",
    "md5Hash",
    "LastModified",
    "last_modified",
    "modified",
    "updated",
    "mtime",
    "created",
)
"""What fsspec's libraries tell of a file, as far as they do, that changes with its content."""
_CHUNK = 1 << 20
SECONDS = 60.0
"""How long a service may be silent before it counts as gone."""
_ONE_CONNECTION = {"sftp", "ssh"}
"""Protocols of which all calls share one connection."""
_PACKAGES = {
    "s3": "pip install 'presscast[s3]'",
    "s3a": "pip install 'presscast[s3]'",
    "sftp": "pip install 'presscast[sftp]'",
    "ssh": "pip install 'presscast[sftp]'",
    "gs": "pip install gcsfs",
    "gcs": "pip install gcsfs",
    "az": "pip install adlfs",
    "abfs": "pip install adlfs",
    "oss": "pip install ossfs",
}
"""How the library of a protocol is installed."""
_NO_FILE = (FileNotFoundError, NotADirectoryError, IsADirectoryError)


class RemoteStore:
    """Published files under an address. fsspec finds the credentials in the environment by itself.

    What was put is read back and compared, so that a feed never names a file that arrived otherwise.
    """

    def __init__(self, url: str, seconds: float = SECONDS) -> None:
        """`seconds` is how long the service may be silent."""
        self.url = url
        self._scheme = url.partition("://")[0]
        # The connection of SFTP is one, and two threads that read from it wait for each other for ever.
        self._turn = threading.RLock() if self._scheme in _ONE_CONNECTION else nullcontext()
        with self._telling("cannot be reached"):
            import fsspec  # type: ignore[import-untyped]

            self._files, root = fsspec.url_to_fs(url, **_time_limits(self._scheme, seconds))
            if self._scheme in _ONE_CONNECTION:
                self._files.ftp.get_channel().settimeout(seconds)
        self._root = str(root).rstrip("/")
        protocol = self._files.protocol
        self._protocols = {protocol} if isinstance(protocol, str) else set(protocol)

    def __repr__(self) -> str:
        return f"RemoteStore({self.url!r})"

    def names(self) -> list[str]:
        return list(self.stamps())

    def stamps(self, wanted: Callable[[str], bool] = lambda _name: True) -> dict[str, str]:
        """The names that are wanted, sorted, each with what the service says of its file's content."""
        with self._telling("cannot be listed"):
            self._files.invalidate_cache()
            try:
                found = self._files.find(self._root, detail=True)
            except FileNotFoundError:
                return {}
        names = {path[len(self._root) :].lstrip("/"): about for path, about in found.items()}
        return {
            name: _stamp(about)
            for name, about in sorted(names.items())
            if name
            and wanted(name)
            and not any(part.startswith(".") for part in name.split("/"))
        }

    def read(self, name: str) -> bytes | None:
        path = self._path(name)
        with self._telling(f"{name} cannot be read"):
            try:
                content: bytes = self._files.cat_file(path)
            except OSError as error:
                if _is_absent(error):
                    return None
                raise
            return content

    def size(self, name: str) -> int | None:
        path = self._path(name)
        with self._telling(f"{name} cannot be read"):
            try:
                found = self._files.info(path)
            except OSError as error:
                if _is_absent(error):
                    return None
                raise
            return int(found["size"]) if found["type"] == "file" else None

    def write(self, name: str, content: bytes | Path) -> bool:
        path = self._path(name)
        with self._telling(f"{name} cannot be written"):
            length = content.stat().st_size if isinstance(content, Path) else len(content)
        if self.size(name) == length and self._holds(path, name, content):
            return False
        self.put(name, content)
        if (arrived := self.size(name)) != length:
            raise ContendedError(
                f"{self.url}: {name}: {arrived} of {length} bytes arrived. Run it again"
            )
        if not self._holds(path, name, content):
            what = f"{name}: other bytes arrived than were sent"
            raise ContendedError(f"{self.url}: {what}. Run it again")
        return True

    def write_all(self, files: Sequence[tuple[str, bytes | Path]]) -> list[str]:
        return [name for name, content in files if self.write(name, content)]

    def put(self, name: str, content: bytes | Path) -> None:
        """Put a file there at once, whatever is there; what arrives is not compared."""
        path = self._path(name)
        with self._telling(f"{name} cannot be written"):
            if self._protocols & _WHOLE:
                self._put(path, name, content)
            elif self._scheme in _ONE_CONNECTION:
                self._put_later(path, name, content)
            else:
                self._put_beside(path, name, content)
            self._files.invalidate_cache()

    def _put_later(self, path: str, name: str, content: bytes | Path) -> None:
        """Put a file by SFTP, whose times are whole seconds: never with the time of the one before."""
        try:
            before = int(self._files.ftp.stat(path).st_mtime)
        except OSError:
            before = 0
        self._put_beside(path, name, content)
        if int(self._files.ftp.stat(path).st_mtime) <= before:
            self._files.ftp.utime(path, (before + 1, before + 1))

    def fetch(self, name: str, path: Path) -> None:
        """Copy a file of the store to a local one."""
        with self._telling(f"{name} cannot be read"):
            self._files.get_file(self._path(name), str(path))

    def delete(self, name: str) -> None:
        path = self._path(name)
        with self._telling(f"{name} cannot be removed"), suppress(FileNotFoundError):
            self._files.rm_file(path)

    def _path(self, name: str) -> str:
        return f"{self._root}/{published_name(name)}"

    def _holds(self, path: str, name: str, content: bytes | Path) -> bool:
        with (
            self._telling(f"{name} cannot be read"),
            self._files.open(path, "rb") as there,
            content.open("rb") if isinstance(content, Path) else io.BytesIO(content) as here,
        ):
            while ours := here.read(_CHUNK):
                if there.read(len(ours)) != ours:
                    return False
        return True

    def _put(self, path: str, name: str, content: bytes | Path) -> None:
        # Not through open(): leaving its block by an error would close the file and show what there is of it.
        kind = media_type(name) or "application/octet-stream"
        options = {_TYPE_OPTIONS[p]: kind for p in self._protocols & _TYPE_OPTIONS.keys()}
        options |= {
            _CACHE_OPTIONS[p]: cache_control(name)
            for p in self._protocols & _CACHE_OPTIONS.keys()
        }
        if isinstance(content, Path):
            self._files.put_file(str(content), path, **options)
        else:
            self._files.pipe_file(path, content, **options)

    def _put_beside(self, path: str, name: str, content: bytes | Path) -> None:
        folder, _, file = path.rpartition("/")
        temporary = f"{folder}/.{file}.{uuid.uuid4().hex[:8]}.part"
        self._files.makedirs(folder, exist_ok=True)
        try:
            self._put(temporary, name, content)
            self._files.mv(temporary, path)
        except BaseException:
            with suppress(Exception):
                self._files.rm_file(temporary)
            raise

    @contextmanager
    def _telling(self, what: str) -> Iterator[None]:
        try:
            with self._turn:
                yield
        except ImportError as error:
            package = _PACKAGES.get(
                self._scheme, f"the package that fsspec needs for {self._scheme}"
            )
            raise PublishError(f"{self.url}: {error}. Install it: {package}") from error
        except PublishError:
            raise
        except OSError as error:
            # s3fs says so when an object is replaced while it is read.
            kind = ContendedError if error.errno == errno.EBUSY else PublishError
            raise kind(f"{self.url}: {what}: {error or type(error).__name__}") from error
        # Each of fsspec's libraries raises errors of its own; none of them is a bug of ours.
        except Exception as error:
            raise PublishError(
                f"{self.url}: {what}: {error or type(error).__name__}"
            ) from error


def _is_absent(error: OSError) -> bool:
    """Tell whether there is no such file. Of folders paramiko passes on its server's words."""
    return isinstance(error, _NO_FILE) or str(error).lower() in (
        "is a directory",
        "not a directory",
    )


def _time_limits(scheme: str, seconds: float) -> dict[str, object]:
    """Options by which a service's library gives up on a silent server."""
    if scheme in _ONE_CONNECTION:
        return {"timeout": seconds, "banner_timeout": seconds, "auth_timeout": seconds}
    if scheme in _CACHE_OPTIONS:
        return {"config_kwargs": {"connect_timeout": seconds, "read_timeout": seconds}}
    return {}


def _stamp(about: Mapping[str, object]) -> str:
    """A text that changes with the file; a new one each time where the service tells nothing of that."""
    told = [f"{about[key]}" for key in _CHANGING if about.get(key) is not None]
    return " ".join([*told, f"{about.get('size')}"]) if told else uuid.uuid4().hex


ADAPTER = Adapter(
    lambda setup: RemoteStore(setup.show.store.address),
    "any address that fsspec knows",
    is_local=False,
)

"""Any address that fsspec knows as the place of the published files.

`s3://bucket/feeds`, `sftp://...`.
"""

from __future__ import annotations

import errno
import logging
import threading
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from contextlib import contextmanager, nullcontext, suppress
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

from podcast.errors import ContendedError, LostLockError, PublishError
from podcast.publish.store import WriteShared
from podcast.publish.stores.lease import EXPIRY, LOCK_NAME, Lease
from podcast.publish.stores.remote_lock import RemoteLock, is_absent
from podcast.services.adapter import Adapter
from podcast.util.files import cache_control, media_type, published_name

# Protocols whose services show an object only when all of it is there.
_WHOLE = {"abfs", "abfss", "az", "gcs", "gs", "memory", "oss", "s3", "s3a"}
# How a protocol is told the media type under which it serves a file.
_TYPE_OPTIONS = {
    "s3": "ContentType",
    "s3a": "ContentType",
    "gcs": "content_type",
    "gs": "content_type",
}
# How a protocol is told how long a file may be kept.
_CACHE_OPTIONS = {"s3": "CacheControl", "s3a": "CacheControl"}

# What fsspec's libraries tell of a file, as far as they do, that changes with its content.
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
_CHUNK = 1 << 20
# How long a service may be silent before it counts as gone, all attempts together.
SECONDS = 60.0
# How often botocore asks a service that speaks S3, and how often s3fs lets botocore ask: the
# one knows an error of the service for passing, the other an answer that breaks off.
_ATTEMPTS = 2
# Protocols of which all calls share one connection.
_ONE_CONNECTION = {"sftp", "ssh"}
# Paramiko's options for the steps of a connection after the first.
_SFTP_STEPS = ("banner_timeout", "auth_timeout", "channel_timeout")
# How the library of a protocol is installed.
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


T = TypeVar("T")


class RemoteStore:
    """Published files under an address.

    Fsspec finds the credentials in the environment by itself.

    What was put is read back and compared, so that a feed never names a file that arrived
    otherwise.
    """

    def __init__(self, url: str, seconds: float = SECONDS, expiry: float = EXPIRY) -> None:
        """`seconds` is how long the service may be silent, `expiry` another machine's lock."""
        self.url = url
        self._seconds, self._expiry = seconds, expiry
        self._scheme = url.partition("://")[0]
        # The connection of SFTP is one, and two threads that read from it wait for each other
        # for ever.
        self._turn = threading.RLock() if self._scheme in _ONE_CONNECTION else nullcontext()
        self._is_silent = False
        with self.telling("cannot be reached"):
            self._files, root = _open_files(url, self._scheme, seconds)
            if self._scheme in _CACHE_OPTIONS:
                self._files.retries = _ATTEMPTS
                # To read in pieces side by side, s3fs asks for each file's size first.
                self._files.max_concurrency = 1
            if self._scheme in _ONE_CONNECTION:
                self._files.ftp.get_channel().settimeout(seconds)
        self._root = root.rstrip("/")
        protocol = self._files.protocol
        self._protocols = {protocol} if isinstance(protocol, str) else set(protocol)

    def __repr__(self) -> str:
        return f"RemoteStore({self.url!r})"

    def __reduce__(self) -> tuple[type[RemoteStore], tuple[str, float, float]]:
        """Another process opens a connection of its own."""
        return type(self), (self.url, self._seconds, self._expiry)

    def names(self) -> list[str]:
        return list(self.stamps())

    def stamps(self, wanted: Callable[[str], bool] = lambda _name: True) -> dict[str, str]:
        """The names that are wanted, sorted, each with the service's word on its content."""
        with self.telling("cannot be listed"):
            self._files.invalidate_cache()
            try:
                found = self._files.find(self._root, detail=True)
            except FileNotFoundError:
                return {}
        stamps: dict[str, str] = {}
        for path, about in sorted(found.items()):
            name = path[len(self._root) :].lstrip("/")
            # Names that begin with a dot are ours alone, as the lock is.
            is_hidden = any(part.startswith(".") for part in name.split("/"))
            if name and wanted(name) and not is_hidden:
                stamps[name] = _stamp(about)
        return stamps

    def read(self, name: str) -> bytes | None:
        path = self._path(name)
        with self.telling(f"{name} cannot be read"):
            try:
                content: bytes = self._files.cat_file(path)
            except OSError as error:
                if is_absent(error):
                    return None
                raise
            return content

    def size(self, name: str) -> int | None:
        path = self._path(name)
        with self.telling(f"{name} cannot be read"):
            try:
                found = self._files.info(path)
            except OSError as error:
                if is_absent(error):
                    return None
                raise
            return int(found["size"]) if found["type"] == "file" else None

    def write(self, name: str, content: bytes | Path) -> bool:
        return self._write(name, content, self.put)

    def _write(
        self, name: str, content: bytes | Path, put: Callable[[str, bytes | Path], None]
    ) -> bool:
        if self._holds(name, content):
            return False
        put(name, content)
        if self._holds(name, content):
            return True

        length, arrived = self._measure(name, content), self.size(name)
        what = f"{arrived} of {length} bytes arrived"
        if arrived == length:
            what = "other bytes arrived than were sent"
        raise ContendedError(f"{self.url}: {name}: {what}. Run it again")

    def write_all(self, files: Sequence[tuple[str, bytes | Path]]) -> list[str]:
        return [name for name, content in files if self.write(name, content)]

    @contextmanager
    def lock(self) -> Iterator[WriteShared]:
        file = RemoteLock(self, self._files, f"{self._root}/{LOCK_NAME}")
        with Lease(file, self.url, self._expiry).held() as lease:
            yield partial(self._write_shared, lease)

    def _write_shared(
        self, lease: Lease, files: Sequence[tuple[str, bytes | Path]]
    ) -> list[str]:
        put = partial(self._put_while_locked, lease)
        return [name for name, content in files if self._write(name, content, put)]

    def _put_while_locked(self, lease: Lease, name: str, content: bytes | Path) -> None:
        """Put a file on condition that it is what it was when the lock was still ours."""
        if not self.has_conditions or isinstance(content, Path):
            lease.confirm()
            self.put(name, content)
            return

        condition = self.condition(name)
        lease.confirm()
        try:
            self.put_on_condition(name, content, condition)
        except FileExistsError as error:
            what = f"{self.url}: {name}: another machine wrote it meanwhile. Run it again"
            raise LostLockError(what) from error

    @property
    def has_conditions(self) -> bool:
        """True when the service writes a file on condition that it is still the same."""
        return bool(self._protocols & _CACHE_OPTIONS.keys())

    @property
    def new_file_mode(self) -> str:
        """How a file is opened that must not be there yet.

        To paramiko, `x` alone writes nothing.
        """
        return "wxb" if self._scheme in _ONE_CONNECTION else "xb"

    def condition(self, name: str) -> dict[str, str]:
        """Options under which a file is written only if it is what it is now."""
        path = f"{self._root}/{name}"
        with self.telling(f"{name} cannot be read"):
            self._files.invalidate_cache()
            try:
                return {"IfMatch": str(self._files.info(path)["ETag"])}
            except FileNotFoundError:
                return {"IfNoneMatch": "*"}

    def put_on_condition(self, name: str, content: bytes, condition: Mapping[str, str]) -> None:
        """Put a file on a condition. Raises FileExistsError when it does not hold."""
        path = f"{self._root}/{name}"
        with self.telling(f"{name} cannot be written"):
            try:
                self._put(path, name, content, condition)
            except FileExistsError:
                fails = True
            except OSError as error:
                if error.errno == errno.ENOSYS:
                    # Some services that speak S3 know no conditions: what is there is read
                    # back.
                    self._put(path, name, content)
                    return
                fails = _is_failed_condition(error)
                if not fails:
                    raise
            else:
                fails = False
            self._files.invalidate_cache()
        if fails:
            raise FileExistsError(name)

    def put(self, name: str, content: bytes | Path) -> None:
        """Put a file there at once, whatever is there; what arrives is not compared."""
        self._put_at_once(self._path(name), name, content)

    def put_lock(self, content: bytes) -> None:
        """Put the lock's file there, whose name no published file can have."""
        self._put_at_once(f"{self._root}/{LOCK_NAME}", LOCK_NAME, content)

    def _put_at_once(self, path: str, name: str, content: bytes | Path) -> None:
        with self.telling(f"{name} cannot be written"):
            if self._protocols & _WHOLE:
                self._put(path, name, content)
            elif self._scheme in _ONE_CONNECTION:
                self._put_later(path, name, content)
            else:
                self._put_beside(path, name, content)
            self._files.invalidate_cache()

    def _put_later(self, path: str, name: str, content: bytes | Path) -> None:
        """Put a file by SFTP, whose times are whole seconds.

        Never with the time of the one before.
        """
        try:
            before = int(self._files.ftp.stat(path).st_mtime)
        except OSError:
            before = 0
        self._put_beside(path, name, content)
        if int(self._files.ftp.stat(path).st_mtime) <= before:
            self._files.ftp.utime(path, (before + 1, before + 1))

    def fetch(self, name: str, path: Path) -> None:
        """Copy a file of the store to a local one."""
        with self.telling(f"{name} cannot be read"):
            self._files.get_file(self._path(name), str(path))

    def delete(self, name: str) -> None:
        path = self._path(name)
        with self.telling(f"{name} cannot be removed"), suppress(FileNotFoundError):
            self._files.rm_file(path)

    def _path(self, name: str) -> str:
        return f"{self._root}/{published_name(name)}"

    def _measure(self, name: str, content: bytes | Path) -> int:
        with self.telling(f"{name} cannot be written"):
            return content.stat().st_size if isinstance(content, Path) else len(content)

    def _holds(self, name: str, content: bytes | Path) -> bool:
        # A bucket is asked once for what is small, where its size would be a question more.
        if isinstance(content, bytes):
            return self.read(name) == content
        if self.size(name) != self._measure(name, content):
            return False

        with (
            self.telling(f"{name} cannot be read"),
            self._files.open(self._path(name), "rb") as there,
            content.open("rb") as here,
        ):
            while ours := here.read(_CHUNK):
                if there.read(len(ours)) != ours:
                    return False
        return True

    def _put(
        self,
        path: str,
        name: str,
        content: bytes | Path,
        condition: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        # Not through open(): leaving its block by an error would close the file and show what
        # there is of it.
        kind = media_type(name) or "application/octet-stream"
        options = {_TYPE_OPTIONS[p]: kind for p in self._protocols & _TYPE_OPTIONS.keys()}
        options |= dict(condition)
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
    def telling(self, what: str) -> Iterator[None]:
        """Take a turn at the connection; errors of the service as PublishError."""
        try:
            with self._turn:
                self._require_answers()
                yield
        except ImportError as error:
            package = _PACKAGES.get(
                self._scheme, f"the package that fsspec needs for {self._scheme}"
            )
            raise PublishError(f"{self.url}: {error}. Install it: {package}") from error
        except PublishError:
            raise
        except OSError as error:
            self._require_no_timeout(error, what)
            # s3fs says so when an object is replaced while it is read.
            kind = ContendedError if error.errno == errno.EBUSY else PublishError
            raise kind(f"{self.url}: {what}: {error or type(error).__name__}") from error
        # Each of fsspec's libraries raises errors of its own; none of them is a bug of ours.
        except Exception as error:
            self._require_no_timeout(error, what)
            raise PublishError(
                f"{self.url}: {what}: {error or type(error).__name__}"
            ) from error

    def _require_answers(self) -> None:
        """Raise TimeoutError where the one connection is known to be dead."""
        if self._is_silent:
            raise TimeoutError

    def _require_no_timeout(self, error: Exception, what: str) -> None:
        """Raise PublishError where the error says that no answer came in time."""
        # Botocore has classes of its own for that.
        if not isinstance(error, TimeoutError) and "Timeout" not in type(error).__name__:
            return

        # Whoever waits for a turn at the connection need not find out for themselves.
        self._is_silent = self._scheme in _ONE_CONNECTION
        silence = f"the server gave no answer for {self._seconds:g} s"
        remedy = "Try again later, or give it more time: store_timeout"
        raise PublishError(f"{self.url}: {what}: {silence}. {remedy}") from error


def _is_failed_condition(error: OSError) -> bool:
    """Tell whether a service refused because a file is not what it was."""
    cause = getattr(error.__cause__, "response", None) or {}
    code = str(cause.get("Error", {}).get("Code", ""))
    return code in ("PreconditionFailed", "ConditionalRequestConflict", "412", "409")


def _open_files(url: str, scheme: str, seconds: float) -> tuple[Any, str]:
    """Open an address; the library's file system, and the path in it.

    Raises TimeoutError where a server takes the connection and then says nothing.
    """
    import fsspec  # type: ignore[import-untyped]

    if scheme in _CACHE_OPTIONS:
        files, root = fsspec.url_to_fs(url, config_kwargs=_limit_time(seconds))
        return files, str(root)
    if scheme not in _ONE_CONNECTION:
        files, root = fsspec.url_to_fs(url)
        return files, str(root)

    # What paramiko logs, it raises as well.
    logging.getLogger("paramiko").setLevel(logging.CRITICAL)
    # Paramiko bounds each step of a connection but the last, the greeting of SFTP itself.
    opening: Future[tuple[Any, str]] = Future()
    limits = dict.fromkeys(_SFTP_STEPS, 2 * seconds)
    act = partial(fsspec.url_to_fs, url, timeout=seconds, **limits)
    threading.Thread(target=_run_into, args=(opening, act), daemon=True).start()
    return opening.result(seconds)


def _run_into(future: Future[T], act: Callable[[], T]) -> None:
    """Put what a call gives, or raises, into a future."""
    try:
        future.set_result(act())
    except Exception as error:
        future.set_exception(error)


def _limit_time(seconds: float) -> dict[str, object]:
    """Options by which botocore gives up on a silent server, all attempts in `seconds`."""
    once = seconds / _ATTEMPTS**2
    return {
        "connect_timeout": once,
        "read_timeout": once,
        "retries": {"total_max_attempts": _ATTEMPTS},
    }


def _stamp(about: Mapping[str, object]) -> str:
    """A text that changes with the file.

    A new one each time where the service tells nothing of that.
    """
    told = [f"{about[key]}" for key in _CHANGING if about.get(key) is not None]
    return " ".join([*told, f"{about.get('size')}"]) if told else uuid.uuid4().hex


ADAPTER = Adapter(
    lambda setup: RemoteStore(setup.show.store.address, setup.show.store.timeout),
    "any address that fsspec knows",
    is_local=False,
)

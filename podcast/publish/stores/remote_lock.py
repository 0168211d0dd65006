"""Lock file of an address.

Written on condition where the service can, else as a file that is new.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from podcast.publish.stores.lease import LOCK_NAME

if TYPE_CHECKING:
    from podcast.publish.stores.remote import RemoteStore

# How often a lock that is not there may fail to be created.
_TRIES = 5
_NO_FILE = (FileNotFoundError, NotADirectoryError, IsADirectoryError)


class RemoteLock:
    """The lock's file below an address."""

    def __init__(self, store: RemoteStore, files: Any, path: str) -> None:
        self._store, self._files, self._path = store, files, path

    def read(self) -> bytes | None:
        with self._store.telling("its lock cannot be read"):
            try:
                content: bytes = self._files.cat_file(self._path)
            except OSError as error:
                if is_absent(error):
                    return None
                raise
            return content

    def create(self, content: bytes) -> bool:
        if self._store.has_conditions:
            return self._put({"IfNoneMatch": "*"}, content)
        with self._store.telling("its lock cannot be written"):
            return self._create_file(content)

    def _create_file(self, content: bytes) -> bool:
        """Create the lock where no conditions are known."""
        # Another machine may make the folder just now; what is wrong with it shows at the file.
        with suppress(OSError):
            self._files.makedirs(self._path.rpartition("/")[0], exist_ok=True)
        for attempt in range(_TRIES):
            try:
                with self._files.open(self._path, self._store.new_file_mode) as file:
                    file.write(content)
            except OSError:
                # SFTP has no error of its own for a file that is there, and it may just be
                # going.
                if self._files.exists(self._path):
                    return False
                if attempt == _TRIES - 1:
                    raise
            else:
                return True
        return False

    def overwrite(self, content: bytes) -> None:
        self._store.put_lock(content)

    def take_over(self, seen: bytes, content: bytes) -> bool:
        if self._store.has_conditions:
            condition = self._store.condition(LOCK_NAME)
            return self.read() == seen and self._put(condition, content)

        aside = f"{self._path}.{uuid.uuid4().hex[:8]}.part"
        with self._store.telling("its lock cannot be written"):
            if self.read() != seen:
                return False
            try:
                self._files.mv(self._path, aside)
            except FileNotFoundError:
                return False
            self._files.rm_file(aside)
        return self.create(content)

    def remove(self) -> None:
        with self._store.telling("its lock cannot be removed"), suppress(FileNotFoundError):
            self._files.rm_file(self._path)

    def _put(self, condition: Mapping[str, str], content: bytes) -> bool:
        try:
            self._store.put_on_condition(LOCK_NAME, content, condition)
        except FileExistsError:
            return False
        return True


def is_absent(error: OSError) -> bool:
    """Tell whether there is no such file. Of folders paramiko passes on its server's words."""
    return isinstance(error, _NO_FILE) or str(error).lower() in (
        "is a directory",
        "not a directory",
    )

"""The last line of a page: which presscast wrote it, and that nobody changed it since.

No secret is in it: it tells an old page from a damaged one. `podcast check` compares both with
the records.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

from podcast import __version__

_LINE = re.compile(rb"<!-- presscast (\S+) ([0-9a-f]{32}) -->\n\Z")


@dataclass(frozen=True, slots=True)
class Signature:
    """What the last line of a file says."""

    version: str
    """Of the presscast that wrote it."""
    is_intact: bool
    """False when the file was changed since."""


def sign(content: bytes) -> bytes:
    """Add the line to a page."""
    body = content.rstrip(b"\n") + b"\n"
    return (
        body + f"<!-- presscast {__version__} {_digest_body(body, __version__)} -->\n".encode()
    )


def read_signature(content: bytes) -> Signature | None:
    """Read the line again; None where there is none."""
    found = _LINE.search(content)
    if found is None:
        return None
    version = found[1].decode(errors="replace")
    return Signature(
        version, _digest_body(content[: found.start()], version).encode() == found[2]
    )


def _digest_body(body: bytes, version: str) -> str:
    return hashlib.sha256(body + version.encode()).hexdigest()[:32]

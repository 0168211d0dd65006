"""What a saved script was written from, and whether a person has edited it since.

Lines of its front matter.

    from: [5f0c9d..., 91aa02...]
    post: 0a4be1...
    written: 77be40...

`from` has a hash of each story of the post, `post` one of all that is spoken of it, `written`
one of the script.
"""

from __future__ import annotations

import hashlib
import re

from podcast.model import PostHashes

_FRONT_END = re.compile(r"(?<=\n)---[ \t]*(?=\r?\n|\Z)")
_ORIGIN_LINE = re.compile(r"(?m)^(?:from: \[[^\n]*\]|post: [0-9a-f]+)[ \t\r]*\n")
_WRITTEN_LINE = re.compile(r"(?m)^written: ([0-9a-f]+)[ \t]*\n")


def with_origin(text: str, hashes: PostHashes) -> str:
    """The script, saying that it speaks for that version of its post; all else stays."""
    head, body = _split(text)
    head = _ORIGIN_LINE.sub("", head)
    eol = "\r\n" if "\r\n" in head else "\n"
    lines = f"from: [{', '.join(hashes.stories)}]{eol}post: {hashes.whole}{eol}"
    return head + lines + body


def with_seal(text: str) -> str:
    """The script with a hash of itself, by which it is known whether a person edits it."""
    head, body = _split(text)
    return f"{head}written: {_short_digest(text)}\n{body}"


def is_edited(text: str) -> bool:
    """Tell whether the script is other than it was when it was written, or was never sealed."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    head, body = _split(text)
    seal = _WRITTEN_LINE.search(head)
    return seal is None or seal[1] != _short_digest(_WRITTEN_LINE.sub("", head) + body)


def _split(text: str) -> tuple[str, str]:
    """The front matter up to its closing line, and the rest from that line on."""
    end = _FRONT_END.search(text, 4)
    at = end.start() if end else len(text)
    return text[:at], text[at:]


def _short_digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:16]

"""What can go wrong, said in one line: one class for each stage, each carrying its subject.

`str(error)` is the whole message a user sees: where it happened, what is wrong, and the remedy.
Libraries' own errors are translated where the library is called; bugs keep their tracebacks.
"""

from __future__ import annotations

import re
from pathlib import Path


class PodcastError(Exception):
    """The root of every error that presscast raises on purpose.

    Its text may quote what somebody wrote: `str` shows characters that act on a terminal, or on
    the order of others, as escapes, and cuts the middle out of long lines.
    """

    def __str__(self) -> str:
        return "\n".join(map(_escape_and_shorten, super().__str__().split("\n")))


# Characters of a message's longest line.
_MOST = 600


def _escape_and_shorten(line: str) -> str:
    if not line.isprintable():
        line = "".join(map(_escape_sign, line))
    if len(line) <= _MOST:
        return line
    return f"{line[: _MOST * 2 // 3]} ... {line[-_MOST // 3 :]}"


def _escape_sign(sign: str) -> str:
    # Python calls the no-break space not printable, but a terminal shows it as a space.
    if sign.isprintable() or sign == "\xa0":
        return sign
    return sign.encode("unicode_escape").decode()


def not_utf8(error: UnicodeDecodeError) -> tuple[int, str]:
    """The line, counted from 1, and what is wrong there, of a file that should be UTF-8."""
    line = len(re.findall(rb"\r\n?|\n", error.object[: error.start])) + 1
    return line, f"byte 0x{error.object[error.start]:02x} is not UTF-8"


class FileError(PodcastError):
    """Something in a file that a person wrote.

    Names the file, the line, what is wrong and the remedy.
    """

    def __init__(self, path: Path | str, line: int | None, what: str, remedy: str = "") -> None:
        self.path = Path(path)
        """The file at fault."""
        self.line = line
        """The line at fault, counted from 1; None when the whole file is."""
        self.what = what
        """What is wrong."""
        self.remedy = remedy
        """What to do about it; empty when the fault says it already."""
        where = f"{path}:{line}" if line else f"{path}"
        message = f"{where}: {what}"
        if remedy:
            message += f". {remedy}"
        super().__init__(message)

    # An exception is pickled by its message alone, which would not fit __init__ here.
    def __reduce__(self) -> tuple[type[FileError], tuple[Path, int | None, str, str]]:
        return type(self), (self.path, self.line, self.what, self.remedy)


class FolderError(PodcastError):
    """A file of the show's own that cannot be written: a full disk, or no permission."""


class ConfigError(PodcastError):
    """`podcast.toml`, a voice or the cast is not right; carries every fault, one a line."""


class SourceError(PodcastError):
    """A source that cannot be fetched, or does not give what it should; names the source."""


class EditError(PodcastError):
    """An Edition that cannot be made of what the sources give; nothing was written."""


class NothingNewError(EditError):
    """A day on which the sources have nothing that was not told before: no edition is made."""


class MailError(PodcastError):
    """An edition that could not be written or sent as a mail."""


class ReadError(FileError):
    """A post that cannot be read into an Edition."""


class WithheldError(ReadError):
    """A post that its blog does not publish, or not yet: no episode is made of it."""


class WriteError(PodcastError):
    """A Script that cannot be written."""


class OutageError(WriteError):
    """A model's service that is out for now: the offline writer can take over."""


class ScriptError(FileError):
    """A saved script that cannot be parsed."""


class SpeakError(PodcastError):
    """A Turn that could not be spoken; names the turn and its speaker."""


class ModelGoneError(SpeakError):
    """The service no longer has the model that speaks: another engine must."""


class BudgetError(PodcastError):
    """A call that would pass the budget, and was not made; what was paid for is kept."""


class StitchError(PodcastError):
    """Takes that could not be joined, mastered or encoded."""


class TagError(PodcastError):
    """An MP3 that could not be tagged."""


class PublishError(PodcastError):
    """An episode that could not be published; what was published before is untouched."""


class ContendedError(PublishError):
    """A file that another machine writes at the same moment."""


class LostLockError(ContendedError):
    """The store's lock that another machine has taken meanwhile: begin anew."""


class CheckError(PodcastError):
    """What is published is not right; carries every fault found, one a line."""

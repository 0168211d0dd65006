"""Stage 1: a written edition becomes an Edition."""

from __future__ import annotations

import datetime as dt
from typing import Protocol

from podcast.model import Edition


class Source(Protocol):
    """Where written editions come from."""

    def read(self, date: dt.date) -> Edition:
        """The Edition of that date.

        MUST raise ReadError, with file and line, when there is none or it is malformed.
        MUST NOT write anything.
        """
        ...

"""Stage 2: an Edition becomes a Script."""

from podcast.write.script_composing import (
    WritingCost,
    compose_script,
    draft_script,
    estimate_script,
)
from podcast.write.title_length import TITLE_MOST, short_title
from podcast.write.writer_protocol import Writer

__all__ = [
    "TITLE_MOST",
    "Writer",
    "WritingCost",
    "compose_script",
    "draft_script",
    "estimate_script",
    "short_title",
]

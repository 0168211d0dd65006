"""The forms in which an episode is published beside its MP3.

Ending, media type and renderer, in one table.

A new form of transcript is one entry of TRANSCRIPTS: the feed names it, publishing writes it, a
rebuild brings it back, and the files of an episode that goes include it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from podcast.model import Episode
from podcast.publish.chapters import chapters_json
from podcast.publish.transcripts import Cue, cues, srt, transcript_html, transcript_json, vtt


@dataclass(frozen=True)
class EpisodeText:
    """What renderers need of an episode."""

    episode: Episode
    language: str
    """As the feed has it: `en-us`."""

    @cached_property
    def cues(self) -> list[Cue]:
        """The words as cues, cut once for all forms that show them so."""
        return cues(self.episode.lines, self.episode.duration)


@dataclass(frozen=True, slots=True)
class Format:
    """One form of a published file."""

    media_type: str
    render: Callable[[EpisodeText], bytes]
    is_caption: bool = False
    """True for what a player shows in time with the voice."""


# Ending of a transcript's file name to its form, in the order in which the feed names them.
TRANSCRIPTS = {
    "vtt": Format("text/vtt", lambda text: vtt(text.cues).encode(), is_caption=True),
    "srt": Format(
        "application/x-subrip", lambda text: srt(text.episode).encode(), is_caption=True
    ),
    "transcript.json": Format("application/json", lambda text: transcript_json(text.cues)),
    "transcript.html": Format(
        "text/html", lambda text: transcript_html(text.language, text.episode).encode()
    ),
}

# All files that belong to an episode's audio and follow from its record, in the order of
# publishing.
TEXTS = {
    **TRANSCRIPTS,
    "chapters.json": Format(
        "application/json+chapters", lambda text: chapters_json(text.episode)
    ),
}

# Media type of an Opus file: its container's (RFC 7845, section 9).
OPUS = "audio/ogg"

"""What feeds put around an entry's text.

Where it came from, how to read on, an end that is cut off.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from podcast.language.english.sentence_splitter import split_sentences

# A paragraph, or a last sentence, that tells nothing.
_LINE = re.compile(
    r"""
    \W* (?:
      the\ (?:post|article|entry)\ .{1,300}\ (?:(?:first\ )?appeared|was)
      \ (?:first\ )?(?:published\ )?(?:on|at|in)\ .{1,120}
    | (?:this\ (?:post|article|story)\ )?(?:was\ )?(?:originally|first)
      \ (?:published|posted|appeared)\ (?:at|on|in|by)\b.{1,200}
    | (?:continue|keep)\ reading\b.{0,200}
    | (?:read|see|view|get|find\ out|learn)\ (?:the\ )?
      (?:more|full|whole|rest|complete|original|entire)\b.{0,120}
    | (?:read|view|see|watch|listen)\ (?:it|this|on|in|at|online)\b.{0,80}
    | (?:click|tap)\ (?:here|through|below|the\ link)\b.{0,120}
    | more\ (?:details|information)?\s*(?:here|at|on)\b.{0,80}
    | (?:subscribe|sign\ up|follow\ (?:us|me)|share\ this|like\ this|leave\ a\ comment)\b
      .{0,160}
    | reply\ by\ e-?mail\b.{0,160}
    | (?:filed\ under|posted\ in|tagged|tags|categor(?:y|ies)|related(?:\ \w+)?)\s*:.{0,200}
    | (?:photo|image|picture)\ (?:by|credit|courtesy)\b.{0,120}
    | (?:article|comments?)\ url:.{0,400}
    | points:\s*\d+
    | \#?\s*comments:?\s*\d*
    | submitted\ by\ /?u/\S+.{0,120}
    | advertisement | sponsored | permalink | via\ \S+ | source | link | comments? | more
    | details | share
    ) \W*
    """,
    re.IGNORECASE | re.VERBOSE | re.DOTALL,
)
# An invitation to read on, after the last sentence.
_TAIL = re.compile(
    r"""
    (?: (?<=[.!?…\]"”)]) | ^ ) \s* [\[(→»›]? \s*
    (?: (?:continue|keep)\ reading
      | read\ (?:the\ )?(?:more|full\ \w+|rest\b[^.!?]{0,40}|on\b)
      | click\ here | learn\ more | more\ here | read\ it\ here )
    [^.!?]{0,120} [.!?…→»›\])]* \s* $
    """,
    re.IGNORECASE | re.VERBOSE,
)
_CUT = re.compile(r"\s*(?:\[\s*(?:…|\.{3}|&hellip;)\s*\]|\(\s*(?:…|\.{3})\s*\)|…|\.{3,})\s*$")
_SENTENCE_END = re.compile(r"[.!?][\"'”’)\]]*(?=\s|$)")


def strip_boilerplate(paragraphs: Sequence[str]) -> list[str]:
    """Leave out empty paragraphs, invitations to read on, and a cut last sentence."""
    texts = [_without_tail(text) for text in paragraphs if not _LINE.fullmatch(text)]
    texts = [text for text in texts if text and not _LINE.fullmatch(text)]
    if texts and _CUT.search(texts[-1]):
        texts[-1] = _whole_sentences(_CUT.sub("", texts[-1]))
    return [text for text in texts if text]


def _without_tail(text: str) -> str:
    """The text without a last sentence that only leads elsewhere."""
    text = _TAIL.sub("", text).strip()
    ends = [match.end() for match in _SENTENCE_END.finditer(text)]
    for end in reversed(ends[:-1]):
        last = text[end:].strip()
        if not _LINE.fullmatch(last):
            break
        text = text[:end]
    return text


def _whole_sentences(text: str) -> str:
    """The text up to its last whole sentence; empty when there is none."""
    sentences = split_sentences(text)
    is_whole = bool(sentences) and _SENTENCE_END.search(sentences[-1][-4:]) is not None
    return " ".join(sentences if is_whole else sentences[:-1])

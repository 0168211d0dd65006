"""The names that sentences are about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from podcast.language.english.tagger import NAMES, NOUNS, TaggedWord
from podcast.write.template.grammar import parse_sentence

# Words of a name; more are a heading.
_LONGEST_NAME = 5
_BEHIND_SUBJECT = ("POS", "VBZ", "VBD", "MD", "VBP", ",")
# Characters of a story in which a name is looked for.
_LOOKED_AT = 20_000


def subject_name(sentence: str, text: str = "") -> str | None:
    """The name that the sentence begins with, its article before it.

    `the World Economic Forum`.

    A single word that the tagger does not know is a name where `text` has it large within a
    sentence.
    """
    plain = _PLAIN_NAME.match(sentence)
    if plain is not None and not _NO_NAME.match(plain[0]):
        return _GROUP_OR_ARTICLE.sub(lambda match: match[0].lower(), plain[0])

    article = "the " if sentence.startswith("The ") else ""
    bare = sentence[len(article) :]
    parsed = parse_sentence(bare)
    run = list(takewhile(_is_large, parsed.words))
    if not _may_be_name(run, text) or len(run) == len(parsed.words):
        return None
    if parsed.words[len(run)].tag not in _BEHIND_SUBJECT:
        return None

    end = run[-1].end
    name = bare[:end]
    if _goes_on(bare, end) or len(name) < 3 or _NO_NAME.match(name):
        return None
    return f"{article}{name}"


def _may_be_name(run: Sequence[TaggedWord], text: str) -> bool:
    """Tell whether a run of large words is short enough for a name, and not a common word."""
    if not run or len(run) > _LONGEST_NAME:
        return False
    # Every sentence begins large: a word alone needs the tagger or the story to call it a name.
    return len(run) > 1 or run[0].tag in NAMES or _is_name_in(text, run[0].text)


def _goes_on(sentence: str, end: int) -> bool:
    """Tell whether the name is the first of several, or of a compound: `Tide-based`."""
    return sentence.startswith("-", end) or _IN_LIST.match(sentence, end) is not None


def _is_name_in(text: str, word: str) -> bool:
    """Tell whether a text has the word large within a sentence, and never small."""
    looked_at, escaped = text[:_LOOKED_AT], re.escape(word)
    if not re.search(rf"[a-z,’'] {escaped}\b", looked_at):
        return False
    return not re.search(rf"\b{escaped.lower()}\b", looked_at)


def _is_large(word: TaggedWord) -> bool:
    """Tell whether the word may belong to a name: large, and no verb or pronoun."""
    return word.text[:1].isupper() and word.tag in NOUNS | {"JJ", "CD"}


# Beginnings that are a name by their form, whatever the tagger says of their words.
_PLAIN_NAME = re.compile(
    r"""
    (?:Researchers|Scientists|Engineers)\ (?:at|from)\ (?:the\ )?[A-Z][\w-]+
      (?:\ (?:of\ )?[A-Z][\w-]+){0,4}
      (?=\ (?:have|has|are)\b)
    # Qinglong, China's first robot, was
    | (?!\w+ly\b)[A-Z][\w-]+(?=,\ (?:an?|the|[A-Z]\w+['’]s)\ [^,]{3,70},
        \ (?:is|was|has|have|will)\b)
    # HKSTP leads, EveryBot has
    | (?!\w*[A-Z]s\b)[A-Z]+[a-z]*[A-Z]\w*(?=(?:,\ [^,]{3,70},)?
        \ (?:has|is|was|will|[a-z]+(?:s|ed))\b)
    | The\ 20\d\d\ (?:[A-Z][\w-]*\ )?[A-Z][\w-]*(?=,\ )
    """,
    re.VERBOSE,
)
_GROUP_OR_ARTICLE = re.compile(r"^(?:The|Researchers|Scientists|Engineers)\b")
# A name goes on as a list of names: it alone is not what the sentence is about.
_IN_LIST = re.compile(r", [A-Z][\w'’]+(?:,| and)\s")
_NO_NAME = re.compile(
    r"""
    (?:January|February|March|April|May|June|July|August|September|October|November|December
      |Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|Today
      |AI|Generative|Artificial|Machine|Deep|Large|Humanoid|Foundation|Some|Many|Big|Most|Early
      |Researchers|Experts|Companies|Users|CEO|Additionally|Dr)\b
    """,
    re.VERBOSE,
)

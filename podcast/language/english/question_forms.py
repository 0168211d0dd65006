"""Questions that are heard as questions without a rising voice: by their first word."""

from __future__ import annotations

import re

from podcast.language.english.sentence_splitter import split_sentences

_ASKING = re.compile(
    r"""
    # "And so, ..."
    (?: (?:and|so|but|then|or|well|now|okay|ok|yet|still|only|just|also) \ )*
    # "By whom ..."
    (?: (?:by|to|for|from|in|on|at|with|of|since|until|under|about|through|against) \ )?
    (?: who(?:m|se|'s)? | what(?:'s)? | which | when(?:'s)? | where(?:'s)? | why(?:'s)?
      | how(?:'s)?
      | (?: is|are|was|were|am|do|does|did|has|have|had
          | can|could|will|would|shall|should|may|might|must
        )
        (?:n't)?
    ) \b
    """,
    re.VERBOSE | re.IGNORECASE,
)
_BREAK = re.compile(r"[,:;–—]\s+|\s[-–—]\s")


def find_flat_questions(text: str) -> list[str]:
    """Find questions of which no part begins with a question word or a verb.

    `Thirty new rules?`
    """
    return [sentence for sentence in split_sentences(text) if _is_flat_question(sentence)]


def _is_flat_question(sentence: str) -> bool:
    if not sentence.rstrip("\"”'’").endswith("?"):
        return False
    parts = _BREAK.split(sentence.replace("’", "'"))
    return not any(_ASKING.match(part.lstrip("\"“'‘")) for part in parts)

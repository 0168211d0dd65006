"""Rules that say print's words as people say them, and leave out words that only praise."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from podcast.language.english.tagger import NOUNS, TaggedWord
from podcast.language.english.word_data import first_large, load
from podcast.write.template.grammar import (
    has_quote,
    is_clause,
    parse_sentence,
    singular_article,
)
from podcast.write.template.rewritten import Rewritten

# --- openings --------------------------------------------------------------------------------

_CONNECTIVE = re.compile(
    r"""
    (?:Additionally|Furthermore|Moreover|In\ addition|Notably|Importantly|Overall|Specifically
      |Essentially|Interestingly|Likewise|Ultimately|In\ conclusion|In\ summary|To\ summari[sz]e
      |In\ essence)
    ,\ (?=[\w$€£“"])
    """,
    re.VERBOSE,
)
_ADDS = re.compile(r"(?:Additionally|Furthermore|Moreover|In addition|Likewise)\b")
# What follows on its own: a pronoun or an article points to what was told.
_GOES_ON = re.compile(
    r"(?:it|they|he|she|this|that|these|those|the|its|their|his|her)\b|.{0,80}\balso\b"
)


def drop_connective(sentence: str) -> Rewritten | None:
    """Leave out an opening that only joins paragraphs in print; `Also,` adds a new thing."""
    match = _CONNECTIVE.match(sentence)
    if not match:
        return None

    rest = sentence[match.end() :]
    opening = match[0].strip(" ,")
    if _ADDS.match(sentence) and not _GOES_ON.match(rest):
        return Rewritten((f"Also, {rest}",), opening)
    return Rewritten((first_large(rest),), opening)


_PRAISING_OPENING = re.compile(
    r"""
    In\ (?:an?\ (?P<praise>groundbreaking|bold|significant|major|historic|remarkable|notable
      |pivotal
        |landmark|exciting|stunning)\ (?:move|leap|step|development|stride|advance|breakthrough)
        (?:\ (?:for|in|towards?|forward\ (?:for|in))\ [^,]{2,50})?
      |the\ (?:innovative|fast-paced|ever-evolving|ever-changing|rapidly\ evolving|dynamic
        |exciting)\ (?:realm|world|landscape|field|age|era)\ of\ [^,]{2,40})
    ,\ (?=[\w“"])
    """,
    re.VERBOSE,
)


def drop_praising_opening(sentence: str) -> Rewritten | None:
    """Leave out `In a groundbreaking move,` before a sentence that says what happened."""
    match = _PRAISING_OPENING.match(sentence)
    if not match or re.search(r"\d", match[0]):
        return None

    rest = sentence[match.end() :]
    if not is_clause(rest) or re.match(r"(?:it|they|this|that)\b", rest):
        return None
    return Rewritten((first_large(rest),), match[0].strip(" ,"))


_MAGAZINE = re.compile(
    r"In (?:today['’]s|this) (?:issue|edition|newsletter|article|post|piece), we "
    r"(?P<verb>spotlight|feature|highlight|explore|cover|examine|discuss|list|present) "
)
_SAID_OF_PIECE = {"spotlight": "features", "discuss": "discusses"}


def say_piece(sentence: str) -> Rewritten | None:
    """Say `This piece features` where a magazine says `In this issue, we feature`."""
    match = _MAGAZINE.match(sentence)
    if not match:
        return _drop_this_piece(sentence)

    verb = _SAID_OF_PIECE.get(match["verb"], f"{match['verb']}s")
    return Rewritten((f"This piece {verb} {sentence[match.end() :]}",))


_THIS_PIECE = re.compile(
    r"In this (?:[\w-]+ ){0,3}?(?:roundup|round-up|article|piece|post|newsletter|issue), "
    r"(?=[a-z])"
)


def _drop_this_piece(sentence: str) -> Rewritten | None:
    """Leave out `In this roundup,` before what stands in it.

    A listener has no page before them.
    """
    match = _THIS_PIECE.match(sentence)
    rest = sentence[match.end() :] if match else ""
    if not match or re.match(r"(?:we|I|you|it|they)\b", rest) or not is_clause(rest):
        return None
    return Rewritten((first_large(rest),), match[0].strip(" ,"))


_LASTLY = re.compile(r"(?:Lastly|Finally), (?=[\w])")


def say_finally(sentence: str) -> Rewritten | None:
    """Say `And finally,` where print says `Lastly,`."""
    if not _LASTLY.match(sentence):
        return None
    return Rewritten((_LASTLY.sub("And finally, ", sentence, count=1),))


# --- words ----------------------------------------------------------------------------------

_QUOTED = re.compile(r"([\"“][^\"“”]*[\"”])")
# Never the book: a noun follows.
_NOVEL = re.compile(
    r"""
    \b(?P<article>[Aa]|[Tt]he|[Tt]wo|[Tt]hree|[Tt]heir|[Ii]ts)\ novel[ ]
    (?!(?:by|about|in|on|with|and|or|for|of|at|to|from|that|which|is|was|has)\b)
      (?=[A-Za-z][\w-]+)
    """,
    re.VERBOSE,
)


def use_plain_words(sentence: str) -> Rewritten | None:
    """Say stiff words plainly: a table of words with the tags under which each may change."""
    changed = sentence
    for stiff, plain in _plain_groups().items():
        changed = _replace_outside_quotes(
            changed, re.compile(rf"\b{re.escape(stiff)}\b"), plain
        )
    changed = _replace_words(changed)
    changed = _replace_outside_quotes(changed, _NOVEL, r"\g<article> new ")
    return None if changed == sentence else Rewritten((singular_article(changed),))


def _replace_words(sentence: str) -> str:
    quoted = [match.span() for match in _QUOTED.finditer(sentence)]
    pieces: list[str] = []
    done = 0
    for word in parse_sentence(sentence).words:
        plain = _plain_word(word, sentence)
        if not plain or any(start <= word.start < end for start, end in quoted):
            continue
        before, after = sentence[done : word.start], sentence[word.end :]
        if _is_said(plain, "".join([*pieces, before, after])):
            continue
        pieces += [sentence[done : word.start], plain]
        done = word.end
    return "".join([*pieces, sentence[done:]])


# Letters of a stem that other words do not begin with.
SURE_STEM = 4


def _is_said(plain: str, sentence: str) -> bool:
    """Tell whether a sentence has the plain word already, in any of its forms."""
    stem = re.sub(r"(?:ing|e?s|ed|e)$", "", plain)
    if len(stem) < SURE_STEM:
        stem = rf"{plain}\b"
    return re.search(rf"\b{stem}", sentence, re.IGNORECASE) is not None


def _plain_word(word: TaggedWord, sentence: str) -> str:
    """The plain word for one of the table; empty where it is none, or part of a name."""
    plain, tags = _plain_words().get(word.text.lower(), ("", frozenset()))
    is_joined = "-" in (
        sentence[word.end : word.end + 1],
        sentence[word.start - 1 : word.start],
    )
    is_large = word.text[:1].isupper()
    if not tags & {word.tag, "*"} or is_joined or (is_large and word.start > 0):
        return ""
    return first_large(plain) if is_large else plain


@cache
def _plain_words() -> dict[str, tuple[str, frozenset[str]]]:
    table: dict[str, list[str]] = load("radio_words")["words"]
    return {stiff: (plain, frozenset(tags.split())) for stiff, (plain, tags) in table.items()}


@cache
def _plain_groups() -> dict[str, str]:
    groups: dict[str, str] = load("radio_words")["groups"]
    return groups


def _replace_outside_quotes(text: str, pattern: re.Pattern[str], plain: str) -> str:
    parts = _QUOTED.split(text)
    parts[::2] = [pattern.sub(plain, part) for part in parts[::2]]
    return "".join(parts)


def drop_praise(sentence: str) -> Rewritten | None:
    """Leave out an adjective that only praises, between a determiner and its noun."""
    if has_quote(sentence):
        return None
    cuts = list(_praising_words(sentence))
    if not cuts:
        return None

    left_out = [sentence[start:end].strip() for start, end in cuts]
    for start, end in reversed(cuts):
        sentence = sentence[:start] + sentence[end:]
    return Rewritten((singular_article(sentence),), ", ".join(left_out))


def _praising_words(sentence: str) -> Iterator[tuple[int, int]]:
    """The places of the words that go, each up to the word behind it."""
    words = parse_sentence(sentence).words
    for at in range(1, len(words) - 1):
        word = words[at]
        if word.text not in _praise() or not _stands_alone(word, sentence):
            continue
        if _can_lose_praise(words, at):
            yield word.start, words[at + 1].start


def _can_lose_praise(words: Sequence[TaggedWord], at: int) -> bool:
    """Tell whether the words around a word of praise stay a phrase without it."""
    before, after = words[at - 1], words[at + 1]
    follows_preposition = at >= 2 and words[at - 2].text.lower() in ("in", "with", "as")
    is_name_next = re.search(r"[A-Z]", after.text[1:]) and after.text != "AI"
    if follows_preposition or is_name_next:
        return False
    # `a powerful tool` would be `a tool`, which says nothing.
    if after.text in _hollow_nouns() and before.text.lower() in ("a", "an"):
        return False
    is_before_noun = after.tag in NOUNS or after.tag in ("JJ", "VBG")
    return is_before_noun and before.tag in ("DT", "PRP$", "POS", "CD")


def _stands_alone(word: TaggedWord, sentence: str) -> bool:
    return sentence[word.start - 1] != "-" and sentence[word.end] == " "


@cache
def _hollow_nouns() -> frozenset[str]:
    return frozenset(load("radio_words")["hollow"].split())


@cache
def _praise() -> frozenset[str]:
    return frozenset(load("radio_words")["praise"].split())


# --- commas ---------------------------------------------------------------------------------


def drop_stray_comma(sentence: str) -> Rewritten | None:
    """Leave out one comma between a subject and its verb: `the price of fish, has risen`."""
    if sentence.count(",") != 1 or has_quote(sentence):
        return None
    left, _, right = sentence.partition(", ")
    subject, rest = parse_sentence(left), parse_sentence(right)
    if not right or not rest.words or not _is_verb_behind(left, right):
        return None

    # Before four words and less a comma is no slip: `Yes, has risen`.
    if len(subject.words) < 5 or rest.words[0].text[:1].isupper():
        return None
    if not _is_plain_subject(subject.words, left) or subject.first_finite() is not None:
        return None
    return Rewritten((f"{left} {right}",))


def _is_verb_behind(left: str, right: str) -> bool:
    """Tell whether the right begins with a verb, by itself or read together with the left."""
    for text in (right, f"{left} {right}"):
        starts = text.index(right)
        for word in parse_sentence(text).words:
            if word.start == starts and word.tag in ("VBZ", "VBD", "VBP", "MD"):
                return True
    return False


def _is_plain_subject(words: Sequence[TaggedWord], text: str) -> bool:
    if words[0].tag not in (*NOUNS, "DT", "PRP$") or words[-1].tag not in (*NOUNS, "VBG"):
        return False
    return not any(_may_end_subject(word, text) for word in words)


def _may_end_subject(word: TaggedWord, text: str) -> bool:
    """Tell whether a word may begin a clause of its own: then a comma may be right."""
    is_joined = text[word.start - 1 : word.start] == "-"
    return word.tag in ("WDT", "WP", "WRB") or (word.tag == "VBN" and not is_joined)

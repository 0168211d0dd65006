"""Rules that make a written sentence fit for the ear.

Each rule has a name, and in `rule_examples.toml` examples of what it does and sentences that it must leave
alone; a test holds it to both. A rule that is not sure does nothing. No rule touches hedges,
negation, tense, who says or does what,
numbers, quotations, lists of people, or conditions.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from podcast.language.english.tagger import FINITE_VERBS, NOUNS
from podcast.language.english.word_data import first_large, load
from podcast.write.template.grammar import (
    HEDGES,
    LONGEST_SENTENCE,
    NEGATIONS,
    close,
    has_open_quote,
    has_quote,
    is_clause,
    parse_sentence,
    singular_article,
)

LONG = 30
"""A sentence of more words than this is divided where the grammar is certain."""

Rewrite = Callable[[str], list[str]]


@dataclass(frozen=True, slots=True)
class SentenceRule:
    """One named way to change a sentence into one or more."""

    name: str
    rewrite: Rewrite


def rewrite_sentence(sentence: str) -> list[str]:
    """Put a sentence through every rule in turn."""
    if len(sentence) > LONGEST_SENTENCE:
        return [sentence]
    sentences = [sentence]
    for rule in RULES:
        sentences = [new for old in sentences for new in rule.rewrite(old)]
    return sentences


# --- openings -----------------------------------------------------------------------------------

_CONNECTIVE = re.compile(
    r"(?:Additionally|Furthermore|Moreover|In addition|Notably|Importantly|Overall|"
    r"Specifically|Essentially|"
    r"Interestingly|Likewise), (?=[\w$€£“\"])"
)


_ADDS = re.compile(r"(?:Additionally|Furthermore|Moreover|In addition|Likewise)\b")
_GOES_ON = re.compile(
    r"(?:it|they|he|she|this|that|these|those|the|its|their|his|her)\b|.{0,80}\balso\b"
)
"""What follows on its own: a pronoun or an article points to what was told."""


def drop_connective(sentence: str) -> list[str]:
    """Leave out an opening that only joins paragraphs in print; `Also,` stays before a thing of its own."""
    match = _CONNECTIVE.match(sentence)
    if not match:
        return [sentence]
    rest = sentence[match.end() :]
    if _ADDS.match(sentence) and not _GOES_ON.match(rest):
        return [f"Also, {rest}"]
    return [first_large(rest)]


_MAGAZINE = re.compile(
    r"In (?:today['’]s|this) (?:issue|edition|newsletter|article|post|piece), we "
    r"(?P<verb>spotlight|feature|highlight|explore|cover|examine|discuss|list|present) "
)


def say_piece(sentence: str) -> list[str]:
    """Say `This piece features` where a magazine says `In this issue, we feature`."""
    match = _MAGAZINE.match(sentence)
    if not match:
        return [sentence]
    verb = (
        "features"
        if match["verb"] == "spotlight"
        else f"{match['verb']}s".replace("discusss", "discusses")
    )
    return [f"This piece {verb} {sentence[match.end() :]}"]


_LASTLY = re.compile(r"(?:Lastly|Finally), (?=[\w])")


def say_finally(sentence: str) -> list[str]:
    """Say `And finally,` where print says `Lastly,`."""
    return [
        _LASTLY.sub("And finally, ", sentence, count=1) if _LASTLY.match(sentence) else sentence
    ]


# --- words --------------------------------------------------------------------------------------


def use_plain_words(sentence: str) -> list[str]:
    """Say stiff words plainly: a table of words with the tags under which each may change."""
    parsed = parse_sentence(sentence)
    quoted = [
        (match.start(), match.end()) for match in re.finditer(r"[\"“][^\"“”]*[\"”]", sentence)
    ]
    pieces: list[str] = []
    done = 0
    for word in parsed.words:
        entry = _plain_words().get(word.text.lower())
        inside = any(start <= word.start < end for start, end in quoted)
        joined = (
            sentence[word.end : word.end + 1] == "-"
            or sentence[word.start - 1 : word.start] == "-"
        )
        large_within = word.text[:1].isupper() and word.start > 0
        if entry is None or inside or joined or large_within or not entry[1] & {word.tag, "*"}:
            continue
        plain = first_large(entry[0]) if word.text[:1].isupper() else entry[0]
        pieces += [sentence[done : word.start], plain]
        done = word.end
    changed = "".join([*pieces, sentence[done:]])
    for stiff, plain in _plain_groups().items():
        changed = _replace_outside_quotes(
            changed, re.compile(rf"\b{re.escape(stiff)}\b"), plain
        )
    changed = _replace_outside_quotes(changed, _NOVEL, r"\g<article> new ")
    return [singular_article(changed) if changed != sentence else sentence]


_NOVEL = re.compile(
    r"\b(?P<article>[Aa]|[Tt]he|[Tt]wo|[Tt]hree|[Tt]heir|[Ii]ts) novel "
    r"(?!(?:by|about|in|on|with|and|or|for|of|at|to|from|that|which|is|was|has)\b)(?=[A-Za-z][\w-]+)"
)
"""Never the book: a noun follows."""


@cache
def _plain_words() -> dict[str, tuple[str, frozenset[str]]]:
    table: dict[str, list[str]] = load("radio_words")["words"]
    return {stiff: (plain, frozenset(tags.split())) for stiff, (plain, tags) in table.items()}


@cache
def _plain_groups() -> dict[str, str]:
    groups: dict[str, str] = load("radio_words")["groups"]
    return groups


def _replace_outside_quotes(text: str, pattern: re.Pattern[str], plain: str) -> str:
    parts = re.split(r"([\"“][^\"“”]*[\"”])", text)
    parts[::2] = [pattern.sub(plain, part) for part in parts[::2]]
    return "".join(parts)


def drop_praise(sentence: str) -> list[str]:
    """Leave out an adjective that only praises, between a determiner and its noun."""
    if has_quote(sentence):
        return [sentence]
    parsed = parse_sentence(sentence)
    words = parsed.words
    cuts: list[tuple[int, int]] = []
    for at in range(1, len(words) - 1):
        before, word, after = words[at - 1], words[at], words[at + 1]
        if (
            word.text not in _praise()
            or sentence[word.start - 1] == "-"
            or sentence[word.end] != " "
        ):
            continue
        opens = at >= 2 and words[at - 2].text.lower() in ("in", "with", "as")
        if opens or (re.search(r"[A-Z]", after.text[1:]) and after.text != "AI"):
            continue
        if before.tag in ("DT", "PRP$", "POS", "CD") and (
            after.tag in NOUNS or after.tag in ("JJ", "VBG")
        ):
            cuts.append((word.start, after.start))
    for start, end in reversed(cuts):
        sentence = sentence[:start] + sentence[end:]
    return [singular_article(sentence) if cuts else sentence]


@cache
def _praise() -> frozenset[str]:
    return frozenset(load("radio_words")["praise"].split())


# --- empty ends ---------------------------------------------------------------------------------

_EMPTY_TAIL = re.compile(
    r"""
    ,\ (?:thereby\ |thus\ |ultimately\ |further\ )?
    (?:underscoring|highlighting|emphasi[sz]ing|marking|demonstrating|showcasing|signall?ing|reflecting
      |reinforcing|representing|setting|paving|cementing|solidifying|showing|illustrating)
    \ (?P<rest>[^,;]*)$
    """,
    re.VERBOSE,
)
_EMPTY_NOUN = re.compile(
    r"\b(?:importance|significance|commitment|dedication|potential|step|leap|milestone|"
    r"advancement|advance|"
    r"progress|ambition|shift|role|promise|versatility|effectiveness|way|stage|standards?|"
    r"leadership|need|"
    r"capabilit(?:y|ies)|robustness|impact|era|force)\b"
)


def drop_empty_end(sentence: str) -> list[str]:
    """Leave out a participle at the end that only praises: `, marking a significant step in ...`.

    It stays where it has a figure, a quotation, a doubt or a turn: then it may say something.
    """
    match = _EMPTY_TAIL.search(sentence.rstrip("."))
    if not match or not _is_empty(match["rest"]):
        return [sentence]
    head = sentence[: match.start()]
    parsed = parse_sentence(head)
    unfinished = re.search(r"\b\w+ing\b(?:[\w' -]*)$", head.rpartition(",")[2]) and "," in head
    if parsed.first_finite() is None or has_open_quote(head) or unfinished:
        return [sentence]
    return [close(head)]


def _is_empty(rest: str) -> bool:
    if re.search(r"\d|[\"“”$€£%]", rest) or not _EMPTY_NOUN.search(rest):
        return False
    lowered = set(re.findall(r"[a-z']+", rest.lower()))
    turned = lowered & {
        "but",
        "although",
        "though",
        "despite",
        "however",
        "gap",
        "risk",
        "risks",
        "lack",
    }
    return not turned and not lowered & NEGATIONS


_EMPTY_SENTENCE = re.compile(
    r"""
    (?:Overall,\ |Ultimately,\ )?
    (?:(?:This|These|The|Such|Their|Its|[A-Z][\w&]*(?:['’]s?)?)\b[^,;]*?)
    \ (?:underscores?|highlights?|emphasi[sz]es?|demonstrates?|reflects?|showcases?|marks?|represents?
        |signals?|reinforces?|exemplif(?:y|ies)|is\ a\ testament\ to)
    \ (?P<rest>[^;]*)\.
    """,
    re.VERBOSE,
)
_EMPTY_SUBJECT = re.compile(
    r"""
    (?:Overall,\ |Ultimately,\ )?
    (?:This|These|The|Such|Their|Its)\ (?:\w+\ ){0,3}?
    (?:initiatives?|moves?|efforts?|advancements?|advances?|innovations?|breakthroughs?|developments?|launch
       |collaborations?|partnerships?|releases?|announcements?|achievements?|integrations?|milestones?|progress
       |ambitions?|award|acquisition|investments?)\b
    """,
    re.VERBOSE,
)


def is_empty_sentence(sentence: str) -> bool:
    """Whether a sentence only says that something matters: `This underscores the importance of ...`."""
    if len(sentence) > LONGEST_SENTENCE:
        return False
    match = _EMPTY_SENTENCE.fullmatch(sentence)
    if not match or not _EMPTY_SUBJECT.match(sentence):
        return bool(_POINTER.search(sentence))
    names = set(re.findall(r"(?<=[a-z,] )[A-Z]\w+", match["rest"])) - {"AI"}
    return _is_empty(match["rest"]) and len(names) <= 1 and len(sentence.split()) <= 32


_POINTER = re.compile(r"^For more (?:details|information),? (?:visit|see|go to|check)\b")


# --- division -----------------------------------------------------------------------------------


def divide_at_semicolon(sentence: str) -> list[str]:
    """Make two sentences of what a semicolon parts, where each half is a clause."""
    if "; " not in sentence or has_quote(sentence) or "(" in sentence:
        return [sentence]
    halves = sentence.split("; ")
    bare = [re.sub(r"^(?:and|however,) ", "", half) for half in halves]
    if all(is_clause(half) and len(half.split()) >= 4 for half in bare) and ":" not in sentence:
        return [close(first_large(half)) for half in bare]
    return [sentence]


_JOINT = re.compile(r", (?P<joint>and|but) (?=[\w“\"])")


def divide_at_clause(sentence: str) -> list[str]:
    """Divide a long sentence before `, and` or `, but` with a clause of its own on either side."""
    if parse_sentence(sentence).length <= LONG or has_quote(sentence):
        return [sentence]
    for match in _JOINT.finditer(sentence):
        left, right = sentence[: match.start()], sentence[match.end() :]
        if (
            len(left.split()) < 8
            or len(right.split()) < 6
            or _depends(left)
            or (", " in left and match["joint"] == "and")
        ):
            continue
        if _starts_clause(right) and is_clause(left):
            opening = "But " if match["joint"] == "but" else ""
            return [close(left), *divide_at_clause(first_large(opening + right))]
    return [sentence]


def _depends(left: str) -> bool:
    """Whether what stands before a comma hangs on what follows, or reaches over it."""
    opens = re.match(
        r"(?:If|When|While|Although|Though|As|After|Before|Since|Because|Once|Unless|Despite|"
        r"With|By|Whether)\b",
        left,
    )
    reaches = re.search(
        r"\b(?:that|whether|if|because|says?|said|argues?|warns?|believes?|notes?|claims?)\b",
        left,
    )
    return bool(opens or reaches)


def _starts_clause(right: str) -> bool:
    """Whether a clause starts here: its subject, then its finite verb, with no comma between."""
    parsed = parse_sentence(first_large(right))
    at = parsed.first_finite()
    if at is None or not 1 <= at <= 6:
        return False
    subject = parsed.words[:at]
    if any(
        word.text in (",", "that", "which", "who", "to")
        or word.tag in ("IN", "VBG", "VB", "TO")
        for word in subject
    ):
        return False
    return subject[-1].tag in NOUNS or subject[-1].tag in ("PRP", "RB", "EX")


_AIM = re.compile(r", aiming to (?=[a-z]+ )")


def divide_at_aim(sentence: str) -> list[str]:
    """Give the aim at the end of a long sentence a sentence of its own."""
    match = _AIM.search(sentence)
    if not match or parse_sentence(sentence).length <= 20 or has_quote(sentence):
        return [sentence]
    left, right = sentence[: match.start()], sentence[match.end() :]
    if (
        not is_clause(left)
        or _depends(left)
        or (re.search(r",(?! and| or)", right) and re.search(r", \w+ing ", right))
    ):
        return [sentence]
    return [close(left), close(f"The aim is to {right}")]


_AMONG = re.compile(r"(?P<noun>\b[a-z]+s), including (?=[\w“\"])")


def divide_at_including(sentence: str) -> list[str]:
    """Give a list of examples at the end of a long sentence a sentence of its own."""
    match = _AMONG.search(sentence)
    if not match or parse_sentence(sentence).length <= LONG or has_quote(sentence):
        return [sentence]
    left, right = sentence[: match.end("noun")], sentence[match.end() :]
    parsed = parse_sentence(left)
    noun = parsed.words[-1]
    items = parse_sentence(right)
    verbs = any(word.tag in FINITE_VERBS | {"VBG"} for word in items.words)
    if (
        noun.tag != "NNS"
        or verbs
        or not is_clause(left)
        or _depends(left)
        or len(left.split()) < 8
    ):
        return [sentence]
    if not re.search(r" and ", right):
        return [sentence]
    return [close(left), close(f"Among them are {right}")]


_TEXT_TAIL = {
    "emphasizing": "emphasizes",
    "emphasising": "emphasises",
    "highlighting": "highlights",
    "discussing": "discusses",
    "covering": "covers",
    "exploring": "explores",
    "noting": "notes",
    "stressing": "stresses",
    "addressing": "addresses",
    "detailing": "details",
}
_ABOUT = re.compile(rf", (?:and )?(?P<verb>{'|'.join(_TEXT_TAIL)}) (?=\w)")
_TEXT_SUBJECT = re.compile(
    r"(?:The|This) (?:\w+ )?(?:guide|report|study|paper|article|piece|survey|post|event|conference|"
    r"session|update|webinar|course|list|summary|overview|workshop) (?=\w+s\b)"
)


def divide_at_text_tail(sentence: str) -> list[str]:
    """Give what a text or an event also does a sentence of its own: `, emphasizing` becomes `It also`."""
    match = _ABOUT.search(sentence)
    if not match or not _TEXT_SUBJECT.match(sentence) or parse_sentence(sentence).length < 22:
        return [sentence]
    left, right = sentence[: match.start()], sentence[match.end() :]
    main = parse_sentence(left)
    unsure = main.has_any(HEDGES | NEGATIONS) or "," in left or has_quote(sentence)
    parallel = re.search(r", (?:and )?\w+ing |\band \w+ing ", right)
    if (
        unsure
        or parallel
        or not is_clause(left)
        or min(len(left.split()), len(right.split())) < 5
    ):
        return [sentence]
    return [close(left), close(f"It also {_TEXT_TAIL[match['verb']]} {right}")]


_EFFECT = {
    "enabling": "enables",
    "allowing": "allows",
    "reducing": "reduces",
    "making": "makes",
    "helping": "helps",
    "providing": "provides",
    "improving": "improves",
    "simplifying": "simplifies",
}
_CONSEQUENCE = re.compile(rf", (?P<verb>{'|'.join(_EFFECT)}) (?=\w)")


def divide_at_consequence(sentence: str) -> list[str]:
    """Give what follows from a long sentence a sentence of its own: `, enabling` becomes `That enables`.

    Only where the main clause is said as a fact of the present: under a hedge, an aim or a condition the
    consequence is hedged as well.
    """
    match = _CONSEQUENCE.search(sentence)
    if not match or parse_sentence(sentence).length <= LONG or has_quote(sentence):
        return [sentence]
    left, right = sentence[: match.start()], sentence[match.end() :]
    main = parse_sentence(left)
    at = main.first_finite()
    if (
        at is None
        or main.words[at].tag != "VBZ"
        or "," in left
        or _depends(left)
        or not is_clause(left)
    ):
        return [sentence]
    unsure = main.has_any(HEDGES | NEGATIONS) or any(word.tag == "MD" for word in main.words)
    parallel = re.search(r", (?:and )?\w+ing |\band \w+ing ", right)
    if unsure or parallel or len(left.split()) < 8 or len(right.split()) < 5:
        return [sentence]
    return [close(left), close(f"That {_EFFECT[match['verb']]} {right}")]


RULES: tuple[SentenceRule, ...] = (
    SentenceRule("drop connective", drop_connective),
    SentenceRule("say piece", say_piece),
    SentenceRule("say finally", say_finally),
    SentenceRule("plain words", use_plain_words),
    SentenceRule("drop praise", drop_praise),
    SentenceRule("drop empty end", drop_empty_end),
    SentenceRule("divide at semicolon", divide_at_semicolon),
    SentenceRule("divide at clause", divide_at_clause),
    SentenceRule("divide at aim", divide_at_aim),
    SentenceRule("divide at including", divide_at_including),
    SentenceRule("divide at text tail", divide_at_text_tail),
    SentenceRule("divide at consequence", divide_at_consequence),
)

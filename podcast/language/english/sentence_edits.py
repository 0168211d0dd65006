"""Written sentences become sentences for the ear: short, without parentheses, links and words of the page."""

from __future__ import annotations

import re
from functools import cache

from podcast.language.english.word_data import Phrases, first_large, load

LONG = 24
"""A sentence of more words than this is split where that is safe."""

_AUXILIARY = (
    r"(?:is|are|was|were|has|have|had|will|can|could|may|might|would|should|does|do|did|must|isn't|aren't|"
    r"remains?|offers?|makes?|uses?|shows?|plans?)"
)
_ABOUT_TEXT = re.compile(
    r"(?:The|This|A|An) (?:\w+ )?(?:article|paper|study|guide|report|piece|survey|update|post|session|"
    r"webinar|event|discussion)\b|It (?:also )?\w+s\b"
)
_CLAUSE = re.compile(rf"\b(?:{_AUXILIARY}|\w{{2,}}ed)\b|^(?:it|they|this|these)\b")
_PRESENT = re.compile(
    r"\b(?:is|are|has|have|will|can|may|[a-z]{2,}[^s\Wu]s (?:to|a|an|the|its|that|new|how))\b"
)
_OPENER = re.compile(
    r"(?:If|When|By|While|Although|Though|Despite|In|With|As|After|Before|Since|Because|For|Using|From|To|At|On)\b|\w+ing\b"
)


def plain_words(text: str) -> str:
    """Abbreviations and stiff words as people say them."""
    table = load("words")["plain"]

    def plain(stiff: re.Match[str]) -> str:
        said = table.get(stiff[0].casefold(), stiff[0])
        return first_large(said) if stiff[0][0].isupper() else said

    return _stiff().sub(plain, text)


@cache
def _stiff() -> re.Pattern[str]:
    keys = "|".join(re.escape(key) for key in sorted(load("words")["plain"], key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{keys})(?!\w)(?! only\b| just\b)", re.IGNORECASE)


def soften(sentence: str, phrases: Phrases, papers: int) -> str:
    """A sentence without an opening that only print has; `papers`: how many began with "The paper" before."""
    for opening, spoken in load("words")["openings"].items():
        if sentence.startswith(f"{opening} "):
            rest = sentence[len(opening) + 1 :]
            choice = min(spoken, key=lambda s: phrases.hash(sentence, s))
            keep = (
                re.match(r"I\b|[\W\d]|\w*[A-Z]\w*[A-Z]", rest)
                or rest.split(" ")[0].rstrip(",.'s") not in _SMALL_START
            )
            return f"{choice} {rest if keep else rest[0].lower() + rest[1:]}"
    found = re.match(r"The paper (also )?(\w+)", sentence)
    verbs = load("words")["paper_verbs"]
    if found and papers % 2 and found[2] in verbs:
        return f"The authors {found[1] or ''}{verbs[found[2]]}{sentence[found.end() :]}"
    return sentence


_SMALL_START = {
    "The",
    "This",
    "These",
    "That",
    "It",
    "They",
    "A",
    "An",
    "There",
    "In",
    "Its",
    "Their",
    "By",
    "With",
    "For",
    "While",
    "At",
    "If",
    "As",
    "Despite",
    "Researchers",
    "Some",
    "Many",
    "Such",
    "On",
    "Various",
    "Early",
    "Users",
    "Developers",
    "Experts",
    "Critics",
    "Companies",
}


def shorten(sentence: str) -> list[str]:
    """The sentence, or the shorter sentences into which it safely falls; no word of meaning is lost."""
    sentence = _close(sentence)
    parts = re.split(r";\s+(?:and\s+|but\s+)?", sentence)
    if not all(
        re.search(rf"\b(?:{_AUXILIARY}|\w{{2,}}ed)\b|^(?:it|they|this|these)\b", part) for part in parts[1:]
    ):
        parts = [sentence.replace(";", ",")]
    shorts = [short for part in parts for short in _split(_close(first_large(part)))]
    for at in range(1, len(shorts)):
        if shorts[at - 1].startswith("It also "):
            shorts[at] = re.sub("^It also ", "And it ", shorts[at])
    return shorts


def _close(sentence: str) -> str:
    sentence = sentence.strip(" ,;:")
    return sentence if re.search(r"[.!?][\"”’']?$", sentence) else f"{sentence}."


def _split(sentence: str) -> list[str]:
    if len(sentence.split()) <= LONG or sentence.count('"') % 2 or sentence.count("“") != sentence.count("”"):
        return [sentence]
    for rule in (_at_conjunction, _at_while, _at_participle, _at_which, _at_including, _at_second_verb):
        for match_end in _commas(sentence):
            if found := rule(sentence, match_end):
                left, right = found
                if len(left.split()) >= 5 and len(right.split()) >= 4 and not _inside_quotes(left):
                    return [*_split(_close(left)), *_split(_close(right))]
    return [sentence]


def _commas(sentence: str) -> list[int]:
    """Where commas stand, those nearest to the middle first."""
    found = [match.start() for match in re.finditer(r",\s", sentence)]
    return sorted(found, key=lambda at: abs(at - len(sentence) / 2))


def _inside_quotes(left: str) -> bool:
    return left.count('"') % 2 == 1 or left.count("“") > left.count("”")


def _main_clause(left: str) -> bool:
    """Whether what stands before a comma can be a sentence: after a side clause it needs its main one."""
    return not _OPENER.match(left) or "," in left


def _at_conjunction(sentence: str, comma: int) -> tuple[str, str] | None:
    left, right = sentence[:comma], sentence[comma + 2 :]
    found = re.match(
        r"(and|but|so|yet) (?=(?:it|they|he|she|we|there|this|these|those)\b(?! (?:and|or)\b))", right
    )
    if not found:
        clause = (
            r"(and|but|so|yet) (?=(?:the|its|their|an?|some|many|most|[A-Z][\w'’.-]*)(?: [\w'’.-]+){0,4} "
            + _AUXILIARY
            + r"\b)"
        )
        found = re.match(clause, right)
        if found and found[1] == "and" and ("," in left or re.match(r"and \S+ing\b", right)):
            return None
    if not found or not _main_clause(left):
        return None
    rest = right[found.end() :]
    return left, first_large(f"{found[1]} {rest}" if found[1] != "and" else rest)


def _at_while(sentence: str, comma: int) -> tuple[str, str] | None:
    left, right = sentence[:comma], sentence[comma + 2 :]
    found = re.match(
        r"(while|whereas|although|though) (?!also\b|still\b|\w+ing\b|\w+ed\b)(?=(?:[\w'’.-]+ ){1,6}"
        + _AUXILIARY
        + r"\b)",
        right,
    )
    if not found or not _main_clause(left) or "," in right.removesuffix(","):
        return None
    link = "At the same time," if found[1] in ("while", "whereas") else "Still,"
    return left, f"{link} {right[found.end() :]}"


def _at_participle(sentence: str, comma: int) -> tuple[str, str] | None:
    left, right = sentence[:comma], sentence[comma + 2 :]
    found = re.match(r"(?:(and|thereby|thus|further|significantly|potentially) )?([a-z]+ing)\b ?", right)
    if (
        not found
        or not _main_clause(left)
        or (found[1] == "and" and re.search(r"\b\w+ing(?: [\w'-]+){0,6}$", left))
    ):
        return None
    table, texts = load("words")["participles"], load("words")["text_participles"]
    rest = right[found.end() :]
    if re.search(r", (?:\w+ ){0,2}" + _AUXILIARY + r"\b", rest):
        return None
    verb = table.get(found[2]) or texts.get(found[2])
    if not verb:
        return None
    if found[1] == "potentially":
        return left, f"That could {_base(verb, found[2])} {rest}"
    about_text = _ABOUT_TEXT.match(left)
    if found[2] not in table and not about_text:
        return None
    if re.search(r", and \w+ing\b", rest) and re.search(r"\b\w+ing\b(?: [\w'-]+){0,8}$", left):
        return None
    if re.search(r"\b(?:was|were|\w+ed)\b", left) and not _PRESENT.search(left):
        return None
    subject = "It also" if about_text and found[2] in texts else "That"
    adverb = f"{found[1]} " if found[1] in ("further", "significantly") else ""
    return left, f"{subject} {adverb}{verb} {_finite_pairs(rest, {**table, **texts})}"


def _base(verb: str, participle: str) -> str:
    """`reduces`, `reducing` give `reduce`."""
    stem = participle.removesuffix("ing")
    return next((c for c in (f"{stem}e", stem, stem[:-1]) if verb in (f"{c}s", f"{c}es")), stem)


def _finite_pairs(rest: str, table: dict[str, str]) -> str:
    """The participles that are joined to the first one by "and" follow it into the finite form."""
    return re.sub(r"(?<=\band )([a-z]+ing)\b", lambda m: table.get(m[1], m[1]), rest)


def _at_which(sentence: str, comma: int) -> tuple[str, str] | None:
    left, right = sentence[:comma], sentence[comma + 2 :]
    found = re.match(r"which (?:(?:also|can|could|will|may|is|has|are|have|were|was) )?(?!\w+ing\b)", right)
    if not found or "," in right or not _main_clause(left):
        return None
    plural = re.match(r"which (?:are|have|were)\b", right) or re.match(r"which (?:also )?\w+[^s\W] ", right)
    if re.match(r"which (?:can|could|will|may)\b", right):
        plural = None
    return left, f"{'These' if plural else 'This'} {right[6:]}"


def _at_including(sentence: str, comma: int) -> tuple[str, str] | None:
    left, right = sentence[:comma], sentence[comma + 2 :]
    found = re.match(r"including ", right)
    tail = right[found.end() :] if found else ""
    if not found or not _main_clause(left) or re.search(r", (?!and |or )[^,]*$|, \w+ing\b", tail):
        return None
    return left, f"That includes {tail}"


def _at_second_verb(sentence: str, comma: int) -> tuple[str, str] | None:
    left, right = sentence[:comma], sentence[comma + 2 :]
    found = re.match(r"aiming (to|for|at) ", right)
    if not found or not _main_clause(left) or left.endswith(("that is", "for example")):
        return None
    return left, f"The aim is {'' if found[1] == 'at' else found[1] + ' '}{right[found.end() :]}"

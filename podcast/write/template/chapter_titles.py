"""Chapter titles of at most forty characters that are whole: nothing is ever cut with dots."""

from __future__ import annotations

import re

from podcast.language.english.tagger import FINITE_VERBS, NOUNS, tag_text
from podcast.language.english.word_data import first_large, words
from podcast.write.template.compress import core

MOST = 40
"""The longest chapter title, in characters: Spotify and Apple cut longer ones."""

_DOTS = re.compile(r"\s*(?:\.\.\.|…)\s*$")
_MARKS = re.compile(r"\[[^\[\]]{1,20}\]|\((?:video|pdf|audio)\)|[™®©]", re.IGNORECASE)
_SITE = re.compile(r"\s+(?:[|·•]|--|—|–|-)\s+[^|·•]+$")
_WEAK_END = re.compile(
    r"\b(?:a|an|the|and|or|but|of|for|to|in|on|at|by|as|with|from|into|via|over|under|amid|"
    r"after|before|than|that|this|its|"
    r"their|our|your|is|are|was|be|will|may|can|could|how|new|towards?|through|using|first|"
    r"most|top|based|like|s)$",
    re.IGNORECASE,
)


_UNFINISHED = re.compile(
    r"\bto \w+$|^(?:How|Why|When|Where|What|With|As|Despite|On the|After|While|Amid|By|In)\b|"
    r"^(?:These are|This)\b|"
    r"\b(?:ways|things|reasons|tips|steps|latest|new|best|innovating|pioneering|reshaping|"
    r"named|recently)$",
    re.IGNORECASE,
)


def strip_title(title: str) -> str:
    """The title without what a page adds: a site's name, `[Video]`, dots at its end."""
    title = " ".join(_MARKS.sub(" ", title).replace("*", "").split())
    title = _DOTS.sub("", title)
    site = _SITE.search(title)
    if site and site.start() >= 12 and len(site[0].split()) <= 7:
        title = title[: site.start()]
    return title.strip(" |·-–—,:.")


def is_cut(title: str) -> bool:
    """Whether the title lost its end."""
    return bool(_DOTS.search(title))


def chapter_title(title: str, first_sentence: str = "", fallback: str = "") -> str:
    """A whole title in at most forty characters.

    Of the title itself, of its part before or after a colon, of its beginning up to a joint, of the first
    sentence's core, whichever comes first and is whole; else `fallback`.
    """
    stripped = re.sub(r"\s*\([^()]*\)", "", strip_title(title))
    for candidate in _candidates(stripped, cut=is_cut(title)):
        if _is_good(candidate) and (" " in candidate or candidate == stripped.partition(": ")[0]):
            return first_large(candidate)
    short = core(first_sentence, 7)
    if short and _is_good(short.rstrip(".")):
        return short.rstrip(".")
    subjects = [_title_subject(stripped), _subject(first_sentence)]
    return max(subjects, key=lambda subject: (" " in subject, bool(subject))) or fallback


def _candidates(title: str, *, cut: bool) -> list[str]:
    head, colon, tail = title.partition(": ")
    whole = [] if cut else [title]
    if re.search(r"\?", title):
        question = title.split("?", maxsplit=1)[0] + "?"
        whole = [question, *whole]
    if colon:
        named = len(head.split()) <= 3
        parts = [head, tail] if named or len(head) <= MOST else [tail, head]
        if cut:
            parts = [head]
        whole += parts
    whole += [part for part in re.split(r" [-–—|] ", title) if part != title][1:]
    found = list(whole)
    for part in [*whole, *([title] if cut else [])]:
        found += _beginnings(part)
    return found


_JOINT = re.compile(
    r"(?i),? (?:to|for|with|amid|after|as|in|on|at|by|via|through|using|from|that|which|"
    r"aiming|while|into|across|under|of|and|against|over) |, | - | – |; "
)


def _beginnings(title: str) -> list[str]:
    """The title up to each joint, the longest first: a verb with its object, or a name."""
    clause = _finite_at(title)
    ends = [match.start() for match in _JOINT.finditer(title)]
    heads = []
    for end in sorted(ends, reverse=True):
        head = title[:end]
        at = len(head.split())
        joint = title[end:].split(maxsplit=1)[0].lower().strip(",")
        if joint in ("of", "and") and clause is None:
            continue
        if clause is not None and at < clause + 2:
            continue
        if clause is None and at < 2:
            continue
        if joint == "and" or joint == "of":
            continue
        heads.append(head)
    return heads


def _title_subject(title: str) -> str:
    at = _finite_at(title)
    subject = " ".join(title.split()[:at]) if at else ""
    owner = re.split(r"['’]s\b", title)[0] if re.search(r"['’]s\b", title) else ""
    if not re.fullmatch(r"(?:(?:[A-Z][\w.&-]*|of|the|for|and) ?)+", owner):
        owner = ""
    return next((part for part in (subject, owner) if part and _is_good(part)), "")


def _finite_at(title: str) -> int | None:
    """The place of the title's verb, counted in words; None for a title without one."""
    tokens = [token.strip(",;:'\"“”‘’") for token in title.split()]
    verbs = words("headline_verbs") | words("plain_verbs")
    for at in range(1, len(tokens)):
        if tokens[at].lower() in verbs and tokens[at - 1].lower() not in words("small"):
            return at
    return None


def _is_good(title: str) -> bool:
    if not 3 <= len(title) <= MOST or _WEAK_END.search(title) or not re.search(r"[^\W\d_]{2}", title):
        return False
    balanced = (
        title.count('"') % 2 == 0
        and title.count("“") == title.count("”")
        and title.count("(") == title.count(")")
    )
    apostrophes = len(re.findall(r"(?<!\w)['‘]", title)) == len(re.findall(r"(?<=\w)['’](?!\w)", title))
    if _UNFINISHED.search(title):
        return False
    return balanced and (apostrophes or ("‘" not in title and not re.search(r"(?<!\w)'", title)))


def _subject(sentence: str) -> str:
    """The sentence's subject, when it is a short run of words before the verb."""
    tagged = tag_text(sentence)
    at = next((place for place, word in enumerate(tagged) if word.tag in FINITE_VERBS), None)
    if not at:
        return ""
    while at and tagged[at - 1].tag not in NOUNS:
        at -= 1
    if not at:
        return ""
    subject = re.sub(r"\s*\([^()]*\)", "", sentence[: tagged[at - 1].end])
    subject = re.split(r", ", subject)[0]
    plain = re.match(r"(?:The|This|These|It|They|We|In|On|As|A|An) ", subject)
    starts_large = subject[:1].isupper()
    return subject if starts_large and not plain and _is_good(subject) else ""

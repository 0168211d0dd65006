"""Chapter titles of at most forty characters that are whole: nothing is ever cut with dots."""

from __future__ import annotations

import re

from podcast.language.english.tagger import FINITE_VERBS, NOUNS, tag_text, tag_words
from podcast.language.english.word_data import first_large, words
from podcast.write.template.compress import core

MOST = 40
"""The longest chapter title, in characters: Spotify and Apple cut longer ones."""

LONGEST_TITLE = 300
"""Characters of a title that are looked at."""
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
    r"""
    \bto\ (?:focus|catch|compete|help|make|build|use|get|combat|supply|unveil|receive|deploy|mitigate|give
        |take|train|cut|boost|protect|create|bring|offer|provide|keep|find|put|let|incorporate)$
    | ^(?:How|Why|When|Where|What|With|As|Despite|On\ the|After|While|Amid|By|In|These\ are|This)\b
    | \b(?:ways|things|reasons|tips|steps|latest|new|best|innovating|pioneering|reshaping|named|recently
        |companies|players)$
    | \b(?:how|why|what|that|which|like)\ \w+$
    | [&/-]$
    """,
    re.VERBOSE | re.IGNORECASE,
)


_NAMED = re.compile(
    r"\b(?:called|named|introduces?|introduced|presents?|proposes?|unveils?|unveiled|launched) (?:the |an? )?"
    r"(?P<name>[A-Z][\w.]*(?:-[A-Z0-9]\w*)*(?: [A-Z0-9][\w.]*){0,4})(?![\w-])"
)
"""What a first sentence introduces by its name."""


def strip_title(title: str) -> str:
    """The title without what a page adds: a site's name, `[Video]`, dots at its end."""
    title = " ".join(_MARKS.sub(" ", title[:LONGEST_TITLE]).replace("*", "").split())
    title = _DOTS.sub("", title)
    site = _SITE.search(title)
    if site and site.start() >= 12 and len(site[0].split()) <= 7:
        title = title[: site.start()]
    return title.strip(" |·-–—,:.")


def is_cut(title: str) -> bool:
    """Whether the title lost its end."""
    return bool(_DOTS.search(title[-60:]))


def chapter_title(title: str, first_sentence: str = "", fallback: str = "") -> str:
    """A whole title in at most forty characters.

    Of the title itself, of its part before or after a colon, of its beginning up to a joint, of the first
    sentence's core, whichever comes first and is whole; else `fallback`.
    """
    stripped = re.sub(r"\s*\([^()]*\)", "", strip_title(title))
    candidates = [candidate.strip(" ,;:'‘’") for candidate in _candidates(stripped, cut=is_cut(title))]
    for candidate in candidates:
        if _is_good(candidate) and (" " in candidate or candidate == stripped.partition(": ")[0]):
            return first_large(candidate)
    short = core(first_sentence, 7)
    if short and _is_good(short.rstrip(".")):
        return short.rstrip(".")
    first_sentence = first_sentence[:LONGEST_TITLE]
    named = _NAMED.search(first_sentence)
    name = named["name"] if named and _is_good(named["name"]) else ""
    subjects = [_title_subject(stripped), name, _subject(first_sentence)]
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
    parts = [part for part in re.split(r" [-–—|] ", title) if part != title][1:]
    whole += [part for part in parts if _finite_at(part) is not None]
    whole += [part for part in re.split(r"(?<=[a-z])\. ", title)[:1] if part != title]
    found = list(whole)
    if "?" not in title:
        for part in [*whole, *([title] if cut else [])]:
            found += _beginnings(part)
    return found


_JOINT = re.compile(
    r"""
    ,?[ ](?:of[ ]its[ ]own|to|for|with|amid|after|as|in|on|at|by|via|through|using|from|that|which
      |aiming|while|into
      |across|under|of|and|against|over)[ ]
    | ,[ ] | [ ]-[ ] | [ ]–[ ] | ;[ ] | [ ](?=[a-z]{3,}ing[ ])
    """,
    re.VERBOSE | re.IGNORECASE,
)


def _beginnings(title: str) -> list[str]:
    """The title up to each joint, the longest first: a verb with its object, or a name.

    A cut before `and` loses half of a pair: it comes last. A cut before `of` is none.
    """
    clause = _finite_at(title)
    least = clause + 2 if clause is not None else 2
    heads: list[str] = []
    pairs: list[str] = []
    for match in sorted(_JOINT.finditer(title), key=lambda match: -match.start()):
        head, joint = title[: match.start()], match[0].strip(" ,").lower()
        if joint == "of" or len(head.split()) < least or not _ends_with_noun(head):
            continue
        if match[0] == " " and clause is not None:
            continue
        if joint == "and":
            pairs.append(head)
        else:
            heads.append(head)
    return heads + [pair for pair in pairs if len(pair.split()) >= 3]


def _ends_with_noun(head: str) -> bool:
    """Whether the last word can end a title; large letters tell the tagger nothing, so they go."""
    if re.search(r"[A-Z].*[A-Z]|\d|\W$", head.rsplit(maxsplit=1)[-1]):
        return True
    tokens = [token if re.search(r"[A-Z].*[A-Z]|\d", token) else token.lower() for token in head.split()]
    return tag_words(tokens)[-1] not in (
        "JJ",
        "JJR",
        "JJS",
        "RB",
        "VB",
        "VBZ",
        "VBG",
        "IN",
        "DT",
        "CC",
        "PRP$",
    )


def _title_subject(title: str) -> str:
    at = _finite_at(title)
    subject = " ".join(title.split()[:at]) if at else ""
    owner = re.split(r"['’]s\b", title)[0] if re.search(r"['’]s\b", title) else ""
    if not re.fullmatch(r"(?:(?:[A-Z][\w.&-]*|of|the|for|and) ?)+", owner):
        owner = ""
    if ", " in subject:
        subject = ""
    if "?" in title:
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
    subject = re.sub(r"^The (?=\d|[A-Z])", "", subject)
    plain = re.match(r"(?:The|This|These|It|They|We|In|On|As|A|An) ", subject)
    starts_large = subject[:1].isupper() or subject[:1].isdigit()
    return subject if starts_large and not plain and _is_good(subject) else ""

"""Written titles become phrases that can be said inside a sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass

from podcast.language.english.sentence_splitter import split_sentences
from podcast.language.english.word_data import load, words
from podcast.write.template.speller import Speller

_DOTS = re.compile(r"\s*(\.\.\.|…)\s*$")
_SITE = re.compile(r"\s+(?:[|·•]|--|—|–|-)\s+([^|·•]+)$")
_MARKS = re.compile(
    r"\[(video|pdf|audio|podcast|update|updated|watch)\]|\((video|pdf|audio)\)", re.IGNORECASE
)
_LABEL = re.compile(
    r"(?i)^(exclusive|breaking|watch|video|opinion|analysis|interview|review|report|update|news):\s+"
)
_GREETING = re.compile(r"(?i)^(introducing|meet|announcing|unveiling|presenting|inside)(:|\s)\s*")
_ROLE = re.compile(
    r"(?i)\b(president|ceo|cto|chief|minister|expert|analyst|scientist|professor|report|study|survey|headlines)\b"
)
_ASKING = re.compile(
    r"(?i)^(is|are|was|were|do|does|did|can|could|will|would|should|has|have|what|why|when|who|which|how|where)\b"
)
_AFTER_NOUN = {"", "of", "in", "on", "for", "from", "and", "or", "at", "by", "is", "are", "that", "will"}
_TURN = re.compile(r"(?i)\b(?:but|not|never|no|without|despite|unless|or)\b")
_VAGUE = re.compile(
    r"(?i)^(?:towards?|a (?:(?:sneak |closer )?(?:peek|look)|deep dive|(?:\w+ )?guide) (?:into|at|to|on))\s+"
)
_AUXILIARY = {
    "is",
    "are",
    "was",
    "were",
    "do",
    "does",
    "did",
    "can",
    "could",
    "will",
    "would",
    "should",
    "has",
    "have",
    "may",
    "might",
}
_LONGEST = 300
"""Characters of a title that are looked at: of a longer one, only its start could be said."""
_CUT = {
    "to",
    "for",
    "with",
    "as",
    "amid",
    "after",
    "using",
    "via",
    "by",
    "through",
    "at",
    "in",
    "on",
    "from",
    "across",
    "under",
    "and",
    "within",
}


@dataclass(frozen=True, slots=True)
class Headline:
    """A title as it can be said."""

    shape: str
    """`clause` (a whole sentence), `topic` (can follow "a look at"), `question`, or `none`: unsayable."""
    text: str
    """Without a stop at its end, and small at its start as inside a sentence."""
    name: str = ""
    """The name that it gives to something, as papers do before a colon."""


def clean_title(title: str) -> str:
    """The title without what a page adds: site names, `[Video]`, three dots at its end, a label before it."""
    title = " ".join(_MARKS.sub(" ", title).replace("*", "").split())
    title = _LABEL.sub("", title)
    title = _DOTS.sub("", title)
    short = len(title) <= _LONGEST
    while short and (site := _SITE.search(title)) and site.start() >= 12 and not _is_tail(site[1]):
        title = title[: site.start()]
    title = _DOTS.sub("", title).strip(" |·-–—,:")
    for name in load("sources")["press"].values():
        head = title.removesuffix(f" {name}")
        if head != title and len(head.split()) > 3 and head.split()[-1].lower() not in words("small"):
            return head
    return title


def is_cut(title: str) -> bool:
    """Whether the title lost its end, so that its last words may mislead; a site's name may be cut."""
    whole = _DOTS.sub("", title)
    site = _SITE.search(whole[-_LONGEST:])
    return whole != title and not (site and not _is_tail(site[1]))


def say(title: str, speller: Speller, most: int = 18, told: bool = True) -> Headline:
    """The title as a phrase of at most `most` words; `told` as in `Speller.spell`."""
    none = Headline("none", "")
    if len(title) > _LONGEST:
        title = title[:_LONGEST].rpartition(" ")[0] + "…"
    text = clean_title(title)
    if any(re.search(pattern, title, re.IGNORECASE) for pattern in load("words")["empty_titles"]):
        return none
    text = _telling(re.sub(r"\s*\([^()]*\)", "", text))
    name, text = _parts(text)
    text = re.sub(r"\s*[—–]\s*", ", ", re.sub(r"\s+/\s+", ", ", text))
    if is_cut(title):
        text = _before_the_gap(text)
    sentences = split_sentences(text)
    text = sentences[0] if sentences and len(sentences[0].split()) >= 3 else text
    asked = text.rstrip().endswith("?")
    spoken = speller.spell(text.rstrip("?!. "), told)
    greeted = _GREETING.match(spoken) or _VAGUE.match(spoken)
    spoken = spoken[greeted.end() :] if greeted else spoken
    shape = "topic" if greeted else _shape(spoken, asked)
    spoken = _shorten(spoken, most, shape)
    if not spoken or len(spoken.split()) < 2:
        return Headline("none", "", name)
    return Headline(shape, spoken, name)


def _telling(title: str) -> str:
    """Of a title in parts, as between dashes, the one that is a sentence; else the first."""
    parts = [part for part in re.split(r"\s+[-–—|]+\s+", title) if len(part.split()) > 1]
    return next(
        (part for part in parts if _shape(part, asked=False) == "clause"), parts[0] if parts else title
    )


def _is_tail(site: str) -> bool:
    """Whether what follows a dash reads on as a part of the title, rather than as the name of a site."""
    return len(site.split()) > 6 or site[:1].islower()


def _parts(title: str) -> tuple[str, str]:
    """A name before the first colon, if it is one, and what is best said of the title."""
    head, colon, tail = title.partition(": ")
    if not colon or not tail:
        return "", title
    tail = tail.split(" | ")[0]
    if _ROLE.search(head) and not _ROLE.search(tail):
        return "", f"{head} says {tail}" if "headlines" not in head.lower() else tail
    count = len(head.split())
    odd = re.search(r"[a-z][A-Z]|\d|-", head)
    if count == 1 or (count <= 3 and odd):
        return head, tail
    if _shape(tail, asked=False) == "clause" and not tail.endswith("?"):
        return "", tail
    dated = re.search(r"\d", tail) and len(tail.split()) <= 3
    a_list = re.search(r", (?!\d)|^(?:[\w-]+ ){1,3}and (?:[\w-]+ ?){1,3}$", tail) and count > 1
    vague = _VAGUE.match(tail) and not re.match(r"\w+ing\b", head)
    embedded = re.match(r"(?i)(?:how|why|what)\b", tail)
    if _shape(head, asked=False) == "clause" or dated or vague or (a_list and not embedded):
        return "", head
    return "", tail


def _shape(text: str, asked: bool) -> str:
    tokens = [re.sub(r"^\W+|\W+$", "", token).lower().replace("’", "'") for token in text.split()]
    if not tokens:
        return "none"
    if asked:
        return "question" if _ASKING.match(text) else "none"
    if tokens[0] in ("how", "why", "what", "where", "when", "who", "which"):
        return "question" if tokens[1:2] and tokens[1] in _AUXILIARY else "topic"
    if tokens[0].endswith("ing"):
        return "topic"
    bare = words("headline_verbs") | words("plain_verbs") | {"watch", "read", "learn"}
    if tokens[0] in bare or (
        f"{tokens[0]}s" in bare and tokens[1:2] and tokens[1] in ("your", "the", "a", "an")
    ):
        return "none"
    return "clause" if _verbs(text) or _announced(tokens) else "topic"


def _announced(tokens: list[str]) -> bool:
    """Whether a headline says what somebody is to do: "Robots to build cars", not "Ways to"."""
    if "to" not in tokens[1:-1]:
        return False
    at = tokens.index("to", 1)
    verb = tokens[at + 1] in words("plain_verbs") or f"{tokens[at + 1]}s" in words("headline_verbs")
    return (
        verb and at <= 5 and not tokens[0][0].isdigit() and tokens[at - 1] not in words("before_infinitive")
    )


def _verbs(text: str) -> list[int]:
    """Where the finite verbs of a headline stand, those of side clauses left out."""
    tokens = [re.sub(r"^\W+|\W+$", "", token).lower().replace("’", "'") for token in text.split()]
    found = []
    for at in range(1, len(tokens)):
        before, token, after = tokens[at - 1], tokens[at], tokens[at + 1] if at + 1 < len(tokens) else ""
        subject = at == 1 and before in ("this", "these", "it", "here")
        held = (before in words("small") - {"up", "out", "off"} and not subject) or before in words(
            "headline_verbs"
        )
        noun = token in words("nouns_too") and after in _AFTER_NOUN
        if token in words("headline_verbs") | words("plain_verbs") and not held and not noun:
            found.append(at)
    return found


def _before_the_gap(text: str) -> str:
    """What is surely whole of a title that lost its end; empty when nothing is."""
    tokens = text.split()
    if tokens and tokens[-1].lower() in words("small"):
        while tokens and tokens[-1].lower() in words("small"):
            tokens.pop()
        return " ".join(tokens)
    head, comma, _ = text.rpartition(", ")
    if (
        comma
        and len(head.split()) >= 4
        and not re.match(r"(?i)(?:with|as|despite|after|when|while|on|amid)\b", head)
    ):
        return head
    return ""


def _shorten(text: str, most: int, shape: str) -> str:
    """The text cut before a connecting word so that at most `most` words stay; empty when that fails."""
    tokens = text.split()
    if len(tokens) > most:
        verbs = _verbs(text)
        first_verb = verbs[0] if shape == "clause" and verbs else -1
        for at in range(most, 3, -1):
            before, here = tokens[at - 1], tokens[at].lower()
            hanging = re.fullmatch(r"[a-z]{3,}ing", here) and tokens[at - 2].lower() not in _CUT
            starts = here in _CUT or before.endswith((",", ";")) or hanging
            last = before.lower().strip(",;:")
            closes = last not in words("small") and last not in words("headline_verbs")
            in_pair = here == "and" and shape != "clause"
            turn = _TURN.search(" ".join(tokens[at:]))
            if starts and closes and at > first_verb + 2 and not in_pair and not turn:
                tokens = tokens[:at]
                break
        else:
            return ""
    while tokens and tokens[-1].lower().strip(",;:") in words("small") - {"up", "out", "off"}:
        tokens.pop()
    text = " ".join(tokens).strip(" ,;:-")
    text = re.sub(r"^([\w&]+), ([\w&]+) (?=\w+s\b)", r"\1 and \2 ", text)
    if text.count(",") == 1:
        text = re.sub(r"(?<=[a-z]), ([A-Za-z]\w*)$", r" and \1", text)
    text = re.sub(r"^(20\d\d) ", r"the \1 ", text)
    for opening, closing in (("“", "”"), ("‘", "’ "), ('"', '"')):
        if opening in text and (text.count(opening) + (text.count(closing) if closing != opening else 0)) % 2:
            text = text.replace(opening, "").replace(closing, "")
    if text.count("'") and re.search(r"(?:^|\s)'", text) and not re.search(r"(?:^|\s)'.*'(?:\W|$)", text):
        text = re.sub(r"(^|\s)'", r"\1", text)
    return text

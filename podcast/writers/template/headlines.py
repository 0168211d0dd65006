"""Written titles become phrases that can be said inside a sentence."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from podcast.writers.template.data import load, words

_DOTS = re.compile(r"\s*(\.\.\.|…)\s*$")
_SITE = re.compile(r"\s+(?:[|·•]|--|—|–|-)\s+([^|·•]+)$")
_MARKS = re.compile(r"\[(video|pdf|audio|podcast|update|updated|watch)\]|\((video|pdf|audio)\)", re.IGNORECASE)
_LABEL = re.compile(r"(?i)^(exclusive|breaking|watch|video|opinion|analysis|interview|review|report|update|news):\s+")
_GREETING = re.compile(r"(?i)^(introducing|meet|announcing|unveiling|presenting|inside)(:|\s)\s*")
_ROLE = re.compile(
    r"(?i)\b(president|ceo|cto|chief|minister|expert|analyst|scientist|professor|report|study|survey|headlines)\b"
)
_ASKING = re.compile(r"(?i)^(is|are|was|were|do|does|did|can|could|will|would|should|has|have|what|why|when|who|which|how|where)\b")
_TURN = re.compile(r"(?i)\b(?:but|not|never|no|without|despite|unless|or)\b")
_VAGUE = re.compile(r"(?i)^(?:towards?|a (?:sneak peek|look|closer look|deep dive|guide|comprehensive guide) (?:into|at|to|on))\s+")
_AUXILIARY = {"is", "are", "was", "were", "do", "does", "did", "can", "could", "will", "would", "should", "has", "have", "may", "might"}
_CUT = {"to", "for", "with", "as", "amid", "after", "using", "via", "by", "through", "at", "in", "on", "from", "across", "under", "and", "within"}


@dataclass(frozen=True, slots=True)
class Headline:
    """A title as it can be said."""

    shape: str
    """`clause` (a whole sentence), `topic` (can follow "a look at"), `question`, or `none`: better left unsaid."""
    text: str
    """Without a stop at its end, and small at its start as inside a sentence."""
    name: str = ""
    """The name that it gives to something, as papers do before a colon."""


class Speller:
    """Writes headline words large or small as the edition's own text does."""

    def __init__(self, texts: Iterable[str]) -> None:
        inner: Counter[str] = Counter()
        for text in texts:
            plain = re.sub(r"[*_`]", "", text)
            inner.update(re.findall(r"(?<=[a-z,;] )[\"“‘']?([^\W\d_][\w'’-]*)", plain))
            inner.update(part for word in list(inner) if "-" in word for part in word.split("-"))
        self._seen = inner

    def spell(self, title: str) -> str:
        """The title as a sentence writes it; one that is no headline-case title already stays."""
        tokens = title.split(" ")
        long = [token for token in tokens if len(token) > 3 and token[0].isalpha()]
        if not long or sum(token[0].isupper() for token in long) < 0.6 * len(long):
            return self._word(tokens[0], first=True) + title[len(tokens[0]) :]
        if len(long) > 3 and title.upper() == title:
            title = title.title()
        tokens = title.split(" ")
        return " ".join(
            token if _is_month(tokens, index) else self._word(token, first=index == 0)
            for index, token in enumerate(tokens)
        )

    def _word(self, token: str, first: bool) -> str:
        parts = token.split("-")
        if len(parts) > 3:
            return token
        small = [self._small(part) for part in parts]
        whole = re.sub(r"^\W+|\W+$", "", token)
        if self._seen[whole] > self._seen[whole.lower()] and whole[:1].isupper() and not first:
            return token
        return "-".join(part.lower() if is_small else part for part, is_small in zip(parts, small, strict=True))

    def _small(self, part: str) -> bool:
        core = re.sub(r"^\W+|\W+$", "", part)
        if not core or not core[0].isupper() or any(letter.isupper() or letter.isdigit() for letter in core[1:]):
            return False
        if core in ("A", "An", "The", "I"):
            return core != "I"
        if len(core) == 1:
            return False
        low = core.lower().removesuffix("'s").removesuffix("’s")
        if low in words("small") | words("headline_verbs") | words("plain_verbs") or f"{low}s" in words("headline_verbs"):
            return True
        large_seen, small_seen = self._seen[core], self._seen[low]
        if large_seen != small_seen:
            return small_seen > large_seen
        return low in words("common") or bool(
            re.search(r"(?:[a-z]{2}ing|[a-z]{3}ed|tions?|ments?|ously|ally|ness|ities|[a-z]{3}ive|ful|ous|able)$", low)
        )


def _is_month(tokens: list[str], at: int) -> bool:
    """Whether the word is May rather than may, and the like: a number stands beside it."""
    beside = tokens[max(at - 1, 0) : at] + tokens[at + 1 : at + 2]
    return tokens[at] in ("May", "March") and any(token[0].isdigit() for token in beside)


def clean_title(title: str) -> str:
    """The title without what a page adds: site names, `[Video]`, three dots at its end, a label before it."""
    title = " ".join(_MARKS.sub(" ", title).replace("*", "").split())
    title = _LABEL.sub("", title)
    title = _DOTS.sub("", title)
    while (site := _SITE.search(title)) and len(title[: site.start()]) >= 12 and not _is_tail(site[1]):
        title = title[: site.start()]
    return _DOTS.sub("", title).strip(" |·-–—,:")


def is_cut(title: str) -> bool:
    """Whether the title lost its end, so that its last words may mislead."""
    return bool(_DOTS.search(_SITE.sub("", title)) or _DOTS.search(title))


def say(title: str, speller: Speller, most: int = 18) -> Headline:
    """The title as a phrase of at most `most` words."""
    none = Headline("none", "")
    text = clean_title(title)
    if any(re.search(pattern, title, re.IGNORECASE) for pattern in load("words")["empty_titles"]):
        return none
    text = re.sub(r"\s*\([^()]*\)", "", text)
    name, text = _parts(text)
    text = re.sub(r"\s*[—–]\s*", ", ", re.sub(r"\s+/\s+", ", ", text))
    if is_cut(title):
        text = _before_the_gap(text)
    sentences = re.split(r"(?<=[.!?]) (?=[A-Z])", text)
    text = sentences[0] if len(sentences[0].split()) >= 3 else text
    asked = text.rstrip().endswith("?")
    spoken = speller.spell(text.rstrip("?!. "))
    greeted = _GREETING.match(spoken) or _VAGUE.match(spoken)
    spoken = spoken[greeted.end() :] if greeted else spoken
    shape = "topic" if greeted else _shape(spoken, asked)
    spoken = _shorten(spoken, most, shape)
    if not spoken or len(spoken.split()) < 2:
        return Headline("none", "", name)
    return Headline(shape, spoken, name)


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
    a_list = re.search(r", | and \w+$", tail) and _shape(tail, asked=False) != "clause"
    if _shape(head, asked=False) == "clause" or (a_list and count > 1 and not re.match(r"(?i)(?:how|why|what)\b", tail)):
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
    if tokens[0] in words("headline_verbs") | words("plain_verbs") | {"watch", "read", "learn"}:
        return "none"
    return "clause" if _verbs(text) else "topic"


def _verbs(text: str) -> list[int]:
    """Where the finite verbs of a headline stand, those of side clauses left out."""
    tokens = [re.sub(r"^\W+|\W+$", "", token).lower().replace("’", "'") for token in text.split()]
    found = []
    for at in range(1, len(tokens)):
        before, token, after = tokens[at - 1], tokens[at], tokens[at + 1] if at + 1 < len(tokens) else ""
        held = before in words("small") - {"up", "out", "off"} or before in words("headline_verbs")
        noun = token in words("nouns_too") and (after in words("small") - {"the", "a", "an", "its", "up", "out"} or not after)
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
    if comma and len(head.split()) >= 4:
        return head
    return ""


def _shorten(text: str, most: int, shape: str) -> str:
    """The text cut before a connecting word so that at most `most` words stay; empty when it cannot be cut well."""
    tokens = text.split()
    if len(tokens) > most:
        verbs = _verbs(text)
        first_verb = verbs[0] if shape == "clause" and verbs else -1
        for at in range(most, 3, -1):
            before, here = tokens[at - 1], tokens[at].lower()
            starts = here in _CUT or before.endswith((",", ";")) or re.fullmatch(r"[a-z]{3,}ing", here)
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
        text = re.sub(r"(?<=\w), (\w+)$", r" and \1", text)
    text = re.sub(r"^(20\d\d) ", r"the \1 ", text)
    for opening, closing in (("“", "”"), ("‘", "’ "), ('"', '"')):
        if opening in text and (text.count(opening) + (text.count(closing) if closing != opening else 0)) % 2:
            text = text.replace(opening, "").replace(closing, "")
    if text.count("'") and re.search(r"(?:^|\s)'", text) and not re.search(r"(?:^|\s)'.*'(?:\W|$)", text):
        text = re.sub(r"(^|\s)'", r"\1", text)
    return text

"""Headlines that are whole sentences to the ear; all others are not said."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from podcast.language.english.word_classes import can_be, find_lemma
from podcast.language.english.word_data import first_large, words
from podcast.write.template.grammar import singular_article
from podcast.write.template.headline import Headline, WordUses, bare, read_headline
from podcast.write.template.source_names import say_outlet
from podcast.write.template.title_text import (
    is_cut,
    is_first_person,
    is_page_name,
    split_title,
    strip_title,
)

# Of a headline that is read: fewer say nothing, more are no headline.
FEWEST_WORDS, MOST_WORDS = 4, 14
# The share of its telling words that makes a headline the news of another.
MANY_SHARED = 0.4

_LABEL = re.compile(
    r"^(?:Exclusive|Breaking|Update|Just in|Report|Media Alert): ", re.IGNORECASE
)
_ELIDED_BE = re.compile(r"(?<=\w) (?P<ready>set|expected|poised) to (?=[a-z])")
_SECOND_VERB = re.compile(r", (?P<verb>[A-Za-z]+s) ")
_NOT_FOR_THE_EAR = re.compile(
    r"""
    [()|:;?!"“”‘–—]
    | \d\w*[a-z]{3}                            # 2024IoT
    | \d{4}\ [A-Z][\w]*$                       # ... 2024 Apple: the section of a site
    | \b[Tt]he\ [Cc]ompany\b                    # which one?
    | (?:^|\ )['’]\w[^'’]*$                    # a quotation that does not end
    """,
    re.VERBOSE,
)
_PRAISE = re.compile(
    r"\b(?:revolutionary|groundbreaking|game-changing|innovative|cutting-edge|pioneering) ",
    re.IGNORECASE,
)
_SECOND_CLAUSE = frozenset(
    "as that while after because when if how why what and or but who which".split()
)
_SAYING = frozenset("say show find reveal suggest warn think believe claim hope expect".split())
_COMMON_STEMS = frozenset(
    ("genera", "artifi", "intell", "models", "model", "with", "2024", "2025")
)


@dataclass(frozen=True, slots=True)
class SaidHeadline:
    """A headline as it is read, with its full stop."""

    text: str
    verb: str
    """Its verb in the dictionary's form: no two headlines in a row have the same."""
    stems: frozenset[str]
    """The beginnings of the words that tell it from others."""

    def is_news_of(self, other: frozenset[str]) -> bool:
        """Tell whether it tells what the words of another headline tell."""
        shared = len(self.stems & other)
        return shared >= max(2, MANY_SHARED * len(self.stems))


def say_headline(title: str, link: str, uses: WordUses) -> SaidHeadline | None:
    """Make a sentence of a headline; None where that is not certain."""
    if is_cut(title) or is_page_name(title):
        return None
    text = _LABEL.sub("", _drop_outlet(strip_title(title), link))
    if _NOT_FOR_THE_EAR.search(text) or is_first_person(text):
        return None

    text = first_large(singular_article(_PRAISE.sub("", text)))
    text = _ELIDED_BE.sub(r" is \g<ready> to ", text)
    if text.count(",") == 1:
        text = _SECOND_VERB.sub(_join_verbs, text)
    headline = read_headline(text, uses)
    if headline.verb is None or not _is_certain(headline):
        return None
    verb = bare(headline.words[headline.verb])
    return SaidHeadline(f"{text}.", find_lemma(verb, "VERB") or verb, stem_words(text))


def say_title(title: str, uses: WordUses) -> SaidHeadline | None:
    """Make a sentence of a story's title, or of what stands behind its colon.

    The news of a pun.
    """
    whole = say_headline(title, "", uses)
    parts = split_title(strip_title(title))
    if whole is not None or is_cut(title) or len(parts) != 2:
        return whole
    is_speaker = re.search(r"[A-Z]\w+ [A-Z]\w+$", parts[0]) is not None
    return None if is_speaker else say_headline(parts[1], "", uses)


def stem_words(title: str) -> frozenset[str]:
    """The beginnings of the words that make a title different from others."""
    stems = {word[:6] for word in re.findall(r"[a-z0-9]{3,}", title.lower())}
    return frozenset(stems - _COMMON_STEMS - words("small"))


def choose_headlines(
    headlines: Iterable[SaidHeadline], known: Iterable[frozenset[str]], most: int
) -> list[SaidHeadline]:
    """At most so many headlines, none known or told twice, each with a verb of its own."""
    seen = list(known)
    chosen: list[SaidHeadline] = []
    for headline in headlines:
        verbs = {other.verb for other in chosen}
        is_new = not any(headline.is_news_of(other) for other in seen)
        if len(chosen) < most and headline.verb not in verbs and is_new:
            seen.append(headline.stems)
            chosen.append(headline)
    return chosen


def _drop_outlet(text: str, link: str) -> str:
    """The text without the outlet's name at its end, where its own link says that it is one."""
    outlet = say_outlet(link).removeprefix("the ")
    ending = re.compile(rf"\s+(?:The )?{re.escape(outlet)}$")
    return ending.sub("", text) if outlet else text


def _join_verbs(match: re.Match[str]) -> str:
    """`and` for the comma before a second verb: `opens a room, widens its hours`."""
    verb = match["verb"]
    is_verb = can_be(verb, "VERB") and not can_be(verb, "NOUN")
    return f" and {verb} " if is_verb else match[0]


def _is_certain(headline: Headline) -> bool:
    """Tell whether subject and verb are beyond doubt, and the end is one."""
    text = _APPOSITION.sub("", headline.text())
    if headline.verb_form != "certain" or "," in text or _says_it_below(headline):
        return False
    if not FEWEST_WORDS <= len(headline.words) <= MOST_WORDS or headline.tags[0] == "VBG":
        return False
    ends_in_clause = re.search(r" as [^,]*\w[^s]s$", text) is not None
    has_end = ends_in_clause or headline.can_end(len(headline.words))
    return has_end and headline.predicate < len(headline.words)


# What a name is: `Port orders Marina, a harbour robot`, `Ana Silva, the port's pilot,
# retires`.
_APPOSITION = re.compile(
    r", an? [^,]+$|^(?:[A-Z][\w-]+ ){1,2}?[A-Z][\w-]+, [^,]{5,60},(?= \w+s )"
)


def _says_it_below(headline: Headline) -> bool:
    """Tell whether another verb could be the headline's.

    `The features a company announced at its fair`.
    """
    verb = headline.verb or 0
    if find_lemma(bare(headline.words[verb]), "VERB") in _SAYING:
        return False
    for at in headline.later_verbs:
        between = map(bare, headline.words[verb + 1 : at])
        if _SECOND_CLAUSE.isdisjoint(between):
            return True
    return False

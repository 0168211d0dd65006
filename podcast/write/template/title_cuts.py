"""What a headline can be cut to, so that each piece is whole and as true as the headline.

A clause keeps its subject and its verb; a phrase keeps its noun and what stands behind it. Both
may lose their end, at certain borders alone, and a phrase what only describes its noun.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from dataclasses import dataclass

from podcast.language.english.tagger import FINITE_VERBS, NOUNS
from podcast.language.english.word_classes import can_be, find_lemma, is_known, is_plural
from podcast.language.english.word_data import words
from podcast.write.template.grammar import LIMITS, NEGATIONS
from podcast.write.template.headline import AUXILIARIES, Headline, bare
from podcast.write.template.things import THINGS
from podcast.write.template.title_words import drop_articles, says_something

# What each kind of piece is worth as a title, besides the words that it has.
WHOLE, CLAUSE, NAMED, PHRASE, COMPLEMENT, SUBJECT = 2.5, 2.2, 1.2, 0.5, -0.5, -1.6
# What a phrase gains that has its end, and loses without the gerund that it began with.
_UNCUT = 0.4

# Words that are true of all that follows, and not of its beginning: `the first robot that
# ...`.
_REACHES_FAR = (
    (LIMITS - {"all", "every", "each", "any", "latest"}) | NEGATIONS | {"that", "which", "who"}
)
_ARTICLES = frozenset("a an the its their his her our your".split())
# Adjectives without which a noun is another thing.
_CHANGES_ITS_NOUN = frozenset(
    "fake false former possible alleged no potential would-be proposed failed stolen mock "
    "artificial".split()
)
_SAYING_VERBS = frozenset("say claim warn argue allege deny suggest believe think".split())
_LINKS = re.compile(
    r"(?:is|are|was|were)$|(?:may|might|could|must|should|can|can't|name|named|denies|"
    r"rejects)\b"
    r"|.*n[o'’]t\b"
)
_DESCRIBING_TAGS = frozenset(("JJ", "JJS", "CD", "VBG", "VBN", "RB"))


@dataclass(frozen=True, slots=True)
class Piece:
    """A text that could be a story's title."""

    text: str
    worth: float
    is_clause: bool = False
    """Whether it has a subject and its verb."""

    def lower(self, loss: float) -> Piece:
        """The same text, worth less."""
        return dataclasses.replace(self, worth=self.worth - loss)


def cut_clause(headline: Headline, told: str, *, is_open: bool) -> Iterator[Piece]:
    """A clause and its beginnings; its subject with its object.

    Its object and its subject alone.

    An `is_open` headline lost its end, so that it cannot stand whole. `told` is what the story
    tells.
    """
    assert headline.verb is not None
    subjects = _shorten_subject(headline, told)
    for end in range(len(headline.words), headline.predicate - 1, -1):
        if _is_whole_clause(headline, end) and may_end(headline, end, is_open=is_open):
            for subject in subjects:
                clause = f"{subject} {headline.text(headline.verb, end)}"
                yield Piece(clause, CLAUSE, is_clause=True)

    if headline.verb_form == "passive":
        yield from _cut_recognition(headline, subjects[0], is_open=is_open)
    elif not _is_saying(headline):
        yield from _cut_object(headline, subjects[0], is_open=is_open)
    if _is_finding(headline):
        found = headline.part(headline.predicate)
        verb = headline.later_verbs[0] - headline.predicate
        inner = dataclasses.replace(found, verb=verb, verb_form="certain")
        yield from cut_clause(inner, told, is_open=is_open)


def _is_whole_clause(headline: Headline, end: int) -> bool:
    """Whether a clause up to that place says something, and keeps its list and its clause."""
    has_clause = any(at < end - 1 for at in headline.later_verbs)
    if _is_saying(headline) and not has_clause:
        return False  # `Police say suspect | may have fled`
    is_whole = _has_whole_list(headline.text(headline.predicate, end))
    return is_whole and not _is_thin(headline, end)


def _cut_recognition(headline: Headline, subject: str, *, is_open: bool) -> Iterator[Piece]:
    """What somebody was recognized as: `Oban: quiet harbour of the year`."""
    name = _find_somebody(subject)
    if not name or headline.text(headline.predicate, headline.predicate + 1) != "as":
        return
    for piece in cut_phrase(headline.part(headline.predicate + 1), PHRASE, is_open=is_open):
        matter = _ARTICLE_FIRST.sub("", piece.text)
        yield Piece(drop_articles(f"{name}: {matter}"), piece.worth + 1.0)


def _cut_object(headline: Headline, subject: str, *, is_open: bool) -> Iterator[Piece]:
    rest = headline.part(headline.predicate)
    name = "" if _is_stating(headline) else _find_somebody(subject)
    if _has_clause_object(headline):
        return  # `Judge rules Oban broke the law` is no fact without its judge.
    for piece in cut_phrase(rest, PHRASE, is_open=is_open):
        if name and name not in piece.text and _has_common_noun(piece.text):
            matter = _ARTICLE_FIRST.sub("", piece.text)
            yield Piece(drop_articles(f"{name}: {matter}"), piece.worth + 0.1)
        yield piece

    yield from cut_complements(rest, is_open=is_open)
    whole_subject = headline.part(0, headline.verb)
    if len(whole_subject.words) > 2:
        yield from cut_phrase(whole_subject, SUBJECT, is_open=False)


_ARTICLE_FIRST = re.compile(r"^(?:the|an?|its|their) (?!own\b)")


_OPINIONS = frozenset(
    "rule confirm insist admit predict fear hope expect vow hold testify".split()
)


def _has_clause_object(headline: Headline) -> bool:
    """Whether the object is a clause without `that`, as somebody sees it."""
    verb = find_lemma(bare(headline.words[headline.verb or 0]), "VERB")
    return verb in _OPINIONS and any(at >= headline.predicate for at in headline.later_verbs)


def _has_common_noun(text: str) -> bool:
    """Whether a dictionary has one of the words as a noun: not in `Ana Silva`."""
    return any(can_be(bare(word), "NOUN") for word in text.split())


def may_end(headline: Headline, end: int, *, is_open: bool) -> bool:
    """Whether a piece of the headline may stop before that place."""
    if end == len(headline.words):
        return not is_open
    if _is_before_second_object(headline, end):
        return True
    if any(bare(word) in _REACHES_FAR for word in headline.words[:end]):
        return False
    return headline.can_end(end) and not _needs_what_follows(headline, end)


# Verbs that are true of each of two objects: who opens a pier and a yard, opens a pier.
_TAKES_EACH_OBJECT = frozenset(
    "include introduce launch unveil announce release add open buy order offer bring".split()
)


def _is_before_second_object(headline: Headline, end: int) -> bool:
    """Whether `and` stands there, with another object of the same verb behind it."""
    if headline.verb is None or end < headline.predicate + 1:
        return False
    behind = bare(headline.text(end, end + 1)), bare(headline.text(end + 1, end + 2))
    if behind[0] != "and" or behind[1] not in ("a", "an", "the"):
        return False
    verb = find_lemma(bare(headline.words[headline.predicate - 1]), "VERB")
    between = set(map(bare, headline.words[headline.predicate : end])) - _ARTICLES
    is_plain = between.isdisjoint(_REACHES_FAR | words("small"))
    return verb in _TAKES_EACH_OBJECT and is_plain and headline.can_end_with(end)


# Nouns that say little without what follows: `efforts to mitigate harm`.
_NEEDS_MORE = {
    "to": "effort efforts attempt attempts bid ability need needs plan plans chance way ways "
    "move end threat key",
    "with": "integration agreement deal collaboration partnership",
}
_GO_WITH_FOR = frozenset("search look call wait hunt ask apply vie account".split())


def _needs_what_follows(headline: Headline, end: int) -> bool:
    """Whether a cut would leave a noun without its matter, or divide a name."""
    last, following = headline.words[end - 1], headline.words[end]
    if bare(last) in _NEEDS_MORE.get(bare(following), "").split():
        return True
    if bare(following) == "that" and _is_informing(headline):
        return True
    if bare(following) == "for" and find_lemma(bare(last), "VERB") in _GO_WITH_FOR:
        return True
    return _divides_name(headline, end)


def _is_informing(headline: Headline) -> bool:
    """Whether the verb tells somebody something: `notifies sailors that the pier is closed`."""
    verb = find_lemma(bare(headline.words[headline.verb or 0]), "VERB")
    return verb in ("notify", "tell", "inform", "remind", "assure", "convince")


def _divides_name(headline: Headline, end: int) -> bool:
    """Whether a cut stands in `Port's AI for Good Summit`, in a headline in small letters."""
    last, following = headline.words[end - 1], headline.words[end]
    if not last[:1].isupper() or following not in ("for", "of", "on", "and"):
        return False
    behind = headline.text(end + 1, end + 2)
    return behind[:1].isupper() and _is_in_small(headline)


_NAMES_IN_A_ROW = re.compile(r"(?:[A-Z][\w.]*, ){2,}[A-Z][\w.]*")


def _has_whole_list(text: str) -> bool:
    """Whether commas inside stand in a list that has its end, or before what a name is."""
    text = text.rstrip(",")
    if ", " not in text or _NAMES_IN_A_ROW.fullmatch(text):
        return True
    last = text.rpartition(", ")[2]
    return re.match(r"an? |.*\band\b", last) is not None


def _is_thin(headline: Headline, end: int) -> bool:
    """Whether a clause that is cut there says too little: `UK offers £8.5m`."""
    assert headline.verb is not None
    if end == len(headline.words):
        return False
    said = [bare(word) for word in headline.words[headline.verb : end]]
    if end == headline.predicate + 1 and _is_only_kind(headline, end):
        return True
    if said[0] in ("named", "called", "ranked", "voted"):
        return True
    telling = [word for word in said if _tells(word)]
    return len(telling) < 2


def _tells(word: str) -> bool:
    """Whether a word says something, as a year does, and a sum does not."""
    is_year = re.fullmatch(r"(?:19|20)\d\d", word) is not None
    return is_year or (says_something(word) and not _IS_SUM.search(word))


def _is_only_kind(headline: Headline, end: int) -> bool:
    """Whether an object is one common word, cut before what tells it apart: `mice | with`."""
    last, following = headline.words[end - 1], bare(headline.words[end])
    is_common = last.islower() and is_known(bare(last))
    return is_common and following in ("with", "without")


# A number that says nothing without its purpose; a share does.
_IS_SUM = re.compile(r"\d(?!.*%$)")


def _find_somebody(subject: str) -> str:
    """The name that a subject is, or whose thing it is: `Oban` of `Oban's spring update`."""
    if _is_somebody(subject):
        return subject
    owner = re.match(rf"((?:[A-Z][\w&.-]* ?){{1,3}})['’]s? (?:[\w-]+ )*(?:{THINGS})\b", subject)
    return owner[1] if owner else ""


def _is_somebody(subject: str) -> bool:
    """Whether a subject is a name, and not only a kind of people: `Researchers`."""
    tokens = subject.split()
    if not re.match(r"[A-Z0-9]", subject) or len(tokens) > 4:
        return False
    if tokens[0] in ("The", "A", "An") and tokens[-1].islower():
        return False
    return len(tokens) > 1 or not is_plural(subject)


def _is_saying(headline: Headline) -> bool:
    """Whether the verb says whose words its object is: these are never told without."""
    verb = find_lemma(bare(headline.words[headline.verb or 0]), "VERB")
    return verb in _SAYING_VERBS


def _is_finding(headline: Headline) -> bool:
    """Whether the object is a clause that somebody found to be so."""
    verb = find_lemma(bare(headline.words[headline.verb or 0]), "VERB")
    has_clause = bool(headline.later_verbs) and headline.later_verbs[0] > headline.predicate
    return has_clause and verb in ("find", "reveal", "show")


def _is_stating(headline: Headline) -> bool:
    """Whether the verb only links what it stands between, or denies: its object is no news."""
    verb = headline.text(headline.verb or 0, headline.predicate).lower()
    return _LINKS.match(verb) is not None


def _shorten_subject(headline: Headline, told: str) -> list[str]:
    """The subject without an aside; then only the name in it, where the story has that name."""
    assert headline.verb is not None
    subject = re.sub(r"(?<=\w), [^,]+,$", "", headline.text(0, headline.verb))
    if "," in subject or any(bare(token) in words("small") for token in subject.split()):
        return [subject]
    if headline.verb_form == "passive":
        whole = headline.part(0, headline.verb)
        return [whole.text(start) for start in _phrase_starts(whole)]
    return [subject, *_find_name(subject.split(), told)]


def _find_name(tokens: list[str], told: str) -> list[str]:
    """The name at a subject's end, where the story has it and the rest says what it is."""
    for start in range(1, len(tokens)):
        name = " ".join(tokens[start:])
        is_told = name[:1].isupper() and re.search(rf"\b{re.escape(name)}\b", told)
        if is_told and _only_describes(tokens, start):
            return [name]
    return []


def _may_be_verb(token: str) -> bool:
    """Whether a word may be a verb behind one subject: `rules` of `Judge rules Oban broke`."""
    return token.endswith("s") and can_be(bare(token), "VERB")


def _only_describes(tokens: list[str], start: int) -> bool:
    """Whether a subject's first words only say what its name is, or whose: `AI pioneer`."""
    if start == 1 and len(tokens) == 2 and re.search(r"['’]s$", tokens[0]):
        return True
    if is_known(bare(tokens[start])) or any(map(_may_be_verb, tokens[1:start])):
        return False
    return all(is_known(bare(token)) and token[-1] != "." for token in tokens[:start])


def cut_phrase(headline: Headline, worth: float, *, is_open: bool) -> Iterator[Piece]:
    """A phrase and its beginnings, each also without what only describes its noun."""
    for start in _phrase_starts(headline):
        part = headline.part(start)
        lost_gerund = start == 1 and headline.tags[0] == "VBG"
        for end in range(len(part.words), 1, -1):
            is_own = start == 0 and end == len(part.words)
            if not is_own and _has_loose_verb(part, end):
                continue
            if _is_whole_phrase(part, end) and may_end(part, end, is_open=is_open):
                gain = _UNCUT * (end == len(part.words)) - _UNCUT * lost_gerund
                yield Piece(part.text(0, end), worth + gain)


def _is_whole_phrase(part: Headline, end: int) -> bool:
    if not _has_whole_list(part.text(0, end)) or _ends_in_adjective(part, end):
        return False
    return _is_phrase(part, end)


def _ends_in_adjective(headline: Headline, end: int) -> bool:
    """Whether the words are no phrase, but a thing and how it becomes: `piers more open`."""
    last = bare(headline.words[end - 1])
    if bare(headline.words[end - 2]) in ("more", "less", "so", "very") and end > 2:
        return True
    return can_be(last, "ADJ") and not can_be(last, "NOUN") and not last.isdigit()


def _is_phrase(headline: Headline, end: int) -> bool:
    """Whether the words have a noun at their head and no verb: not `2024 by Oban Press`."""
    if any(bare(word) in AUXILIARIES for word in headline.words[:end]):
        return False
    if _lacks_be(headline, end):
        return False
    for word in map(bare, headline.words):
        if word in words("small") - _ARTICLES:
            return False
        if can_be(word, "NOUN") or (not is_known(word) and not word.isdigit()):
            return True
    return False


def _lacks_be(headline: Headline, end: int) -> bool:
    """Whether `a` stands right behind a noun, so that the words are half a clause."""
    for at in range(1, end):
        before = headline.words[at - 1]
        is_joined = before.endswith((",", ":", ";")) or bare(before) in words("small")
        if (
            headline.words[at] in ("a", "an")
            and headline.tags[at - 1] in NOUNS
            and not is_joined
        ):
            return True
    return False


def _has_loose_verb(headline: Headline, end: int) -> bool:
    """Whether a verb stands in the phrase that belongs to none of its words."""
    for at in range(1, end - 1):
        if headline.tags[at] in FINITE_VERBS and can_be(bare(headline.words[at]), "VERB"):
            return _OPENS_CLAUSE.isdisjoint(map(bare, headline.words[:at]))
    return False


_OPENS_CLAUSE = frozenset(("that", "which", "who", "how", "why", "where", "to"))


def _phrase_starts(headline: Headline) -> Iterator[int]:
    """The places where a phrase may begin: what it leaves out only describes its noun."""
    yield 0
    for start in range(1, len(headline.words)):
        is_joined = bare(headline.words[start]) in words("small")
        if is_joined or not _may_drop(headline, start - 1):
            return
        is_pair = bare(headline.text(start + 1, start + 2)) in ("and", "or", "&")
        if is_pair and bare(headline.text(start + 3, start + 4)) != "of":
            return  # `financial toxicity and AI` is of no other toxicity.
        yield start


def _may_drop(headline: Headline, at: int) -> bool:
    """Whether a phrase is as true without the word with which it begins there."""
    word = bare(headline.words[at])
    if _is_of_name(headline, at):
        return False
    if word in _ARTICLES or re.search(r"['’]s$", headline.words[at]):
        return True
    if word in _CHANGES_ITS_NOUN or word in words("small") or headline.words[at].endswith(","):
        return False
    if at == 0 and (word in ("ai", "generative") or headline.tags[0] == "VBG"):
        return True
    return _describes(headline, at)


def _is_of_name(headline: Headline, at: int) -> bool:
    """Whether a large word among small ones belongs to a name: `Federal Reserve`."""
    if not headline.words[at][:1].isupper() or not _is_in_small(headline):
        return False
    word = bare(headline.words[at])
    if re.search(r"['’]s$", headline.words[at]) or (at == 0 and word in _ARTICLES):
        return False
    return at > 0 or headline.words[1][:1].isupper() or not can_be(word, "ADJ")


def _is_in_small(headline: Headline) -> bool:
    """Whether a headline is written as a sentence is: not every long word is large."""
    return any(word.islower() and len(word) > 4 for word in headline.words)


def _describes(headline: Headline, at: int) -> bool:
    """Whether a word is an adjective, a number or a participle before its noun."""
    word = bare(headline.words[at])
    if word.isdigit() and is_plural(bare(headline.text(at + 1, at + 2))):
        return True
    if "-" in word and headline.words[at].islower() and not re.search(r"\d", word):
        return True
    if not is_known(word):
        return False
    return headline.tags[at] in _DESCRIBING_TAGS or not can_be(word, "NOUN")


def cut_complements(headline: Headline, *, is_open: bool) -> Iterator[Piece]:
    """What stands behind a preposition."""
    for at in range(1, len(headline.words) - 1):
        if bare(headline.words[at]) not in ("for", "of", "in", "on", "as"):
            continue
        for piece in cut_phrase(headline.part(at + 1), COMPLEMENT, is_open=is_open):
            if " between " not in piece.text:  # Its `gap` may stand before the preposition.
                yield piece


def cut_gerunds(headline: Headline, start: int, *, is_open: bool) -> Iterator[Piece]:
    """What is being done: `reshaping the future of healthcare`."""
    for at in range(start, len(headline.words) - 1):
        if headline.tags[at] == "VBG":
            yield from cut_phrase(headline.part(at), COMPLEMENT, is_open=is_open)

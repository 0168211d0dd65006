"""A headline's words: which of them is its verb, and after which it may end.

Headlines drop what a tagger leans on: articles, forms of `be`, commas. So three are asked: a
dictionary (what the word can be), the tagger (what it is among its neighbours), and the story's
own text (how it uses the word).
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from podcast.language.english.sentence_splitter import split_sentences
from podcast.language.english.tagger import FINITE_VERBS, NOUNS, tag_text
from podcast.language.english.word_classes import can_be, find_lemma, is_known, is_plural
from podcast.language.english.word_data import words

# Characters of a story's text that are looked at for how it uses its words.
_READ = 6000
_MARKS = ",;:.!?\"'“”‘’()"
AUXILIARIES = frozenset(
    "is are was were has have had will may might can could must should would cannot "
    "isn't aren't wasn't won't can't doesn't don't didn't mustn't shouldn't couldn't".split()
)
_PHRASE_STARTS = frozenset(("DT", "PRP$", "CD", "$", "JJ", "JJR", "JJS", "PRP", "RBR"))

# Words whose clause is not the headline's: its verb is none of ours.
_OPENS_ANOTHER = frozenset(
    "how why what that which who when where to whether if because".split()
)

# Before these tags a noun is one; behind a name the tagger takes a verb for it.
_BEFORE_NOUNS = frozenset(("DT", "JJ", "JJR", "JJS", "PRP$", "POS", "CD", "IN", "NN", "VBG"))

# Before these tags a word is a verb: no noun stands before an article or a sum.
_SURE_STARTS = frozenset(("DT", "PRP$", "PRP", "CD", "$"))

VerbForm = Literal["certain", "likely", "passive"]


class WordUses:
    """How texts use words that can be verbs and nouns."""

    def __init__(self, *texts: str) -> None:
        self._counts: Counter[tuple[str, str]] = Counter()
        for text in texts:
            for sentence in split_sentences(text[:_READ]):
                self._count(sentence)

    def _count(self, sentence: str) -> None:
        tag_before = ""
        for token in tag_text(sentence):
            lemma = None
            if token.tag.startswith("VB"):
                lemma, word_class = find_lemma(token.text, "VERB"), "VERB"
            elif token.tag in ("NN", "NNS") and tag_before in _BEFORE_NOUNS:
                lemma, word_class = find_lemma(token.text, "NOUN"), "NOUN"
            if lemma:
                self._counts[lemma, word_class] += 1
            tag_before = token.tag

    def decide(self, word: str) -> bool | None:
        """Whether the texts use the word as a verb; None where they have both, or neither."""
        verb, noun = find_lemma(word, "VERB"), find_lemma(word, "NOUN")
        as_verb = self._counts[verb or "", "VERB"]
        as_noun = self._counts[noun or "", "NOUN"]
        if bool(as_verb) == bool(as_noun):
            return None
        return as_verb > 0


@dataclass(frozen=True, slots=True)
class Headline:
    """A headline cut into words, with its verb."""

    words: tuple[str, ...]
    tags: tuple[str, ...]
    verb: int | None
    """The place of its finite verb; None for a phrase."""
    verb_form: VerbForm | None
    """How sure that is; `passive` where a form of `be` is left out: `Robot unveiled in
    Beijing`."""
    later_verbs: tuple[int, ...] = ()
    """Places of other words that may be verbs."""

    @property
    def is_clause(self) -> bool:
        """Whether a subject and its verb certainly stand here."""
        return self.verb_form in ("certain", "likely")

    @property
    def predicate(self) -> int:
        """The place after the verb and its helpers: behind `launch` in `is set to launch`."""
        at = (self.verb or 0) + 1
        while at < len(self.words) and _continues_verb(self, at):
            at += 1
        return at

    def text(self, start: int = 0, end: int | None = None) -> str:
        """The words from one place up to another."""
        return " ".join(self.words[start:end])

    def part(self, start: int, end: int | None = None) -> Headline:
        """A stretch of the headline as one of its own, without a verb."""
        return Headline(self.words[start:end], self.tags[start:end], None, None)

    def can_end(self, end: int) -> bool:
        """Whether a title may stop before that place: behind a noun or a name, at a border.

        A pair is not divided, and nothing stops between a noun and its `of`.
        """
        if end < len(self.words) and not self._has_border(end):
            return False
        return self.can_end_with(end)

    def can_end_with(self, end: int) -> bool:
        """Whether the word before that place can be the last."""
        word, last = self.words[end - 1], bare(self.words[end - 1])
        is_adverb = self.tags[end - 1] == "RB" or last in _PARTICLES
        if is_adverb and self.verb is not None and end == self.verb + 2:
            return last not in _PARTICLES or self._lacks_no_object(end)
        if self._is_divided_gerund(end):
            return False
        if last in words("small") or self._is_infinitive(end - 1):
            return False
        if re.search(r"\w['’]s$|^\w+s['’]$", word):
            return False
        return _can_be_last(last)

    def _is_divided_gerund(self, end: int) -> bool:
        """Whether an object would be cut off: `A startup building | a quiet mower`."""
        return self.tags[end - 1] == "VBG" and bare(self.text(end, end + 1)) in _ARTICLES

    def _lacks_no_object(self, end: int) -> bool:
        """Whether nothing stands there that a verb needs: not in `pushes back | its ship`."""
        following = bare(self.text(end, end + 1))
        return not following or following in words("small") - _ARTICLES

    def _is_infinitive(self, at: int) -> bool:
        return (
            at > 0 and bare(self.words[at - 1]) == "to" and can_be(bare(self.words[at]), "VERB")
        )

    def _has_border(self, end: int) -> bool:
        """Whether a preposition, a comma or a participle begins something of its own there."""
        following = bare(self.words[end])
        if following == "or" and self._has_only_comma(end - 1):
            return True  # Another name for the same: `AI-generated videos, or deepfakes`.
        if following in _NO_BORDERS or bare(self.words[end - 1]) in _BEFORE_ARTICLE:
            return False
        if self._stands_in_list(end):
            return False
        if self.words[end - 1].endswith((",", ";", ":")) or following in _BORDERS:
            return True
        # Behind a noun `a` lacks its `is`: `Harbour | a blueprint for ports`.
        if self.verb is None and following in AUXILIARIES | {"more", "a", "an"}:
            return True
        return self._has_participle_with_preposition(end)

    def _stands_in_list(self, end: int) -> bool:
        """Whether names in a row go on there."""
        goes_on = _IN_LIST.match(self.text(end))
        if goes_on is None or not self.words[end - 1].endswith(","):
            return False
        return not is_known(goes_on["name"])

    def _has_participle_with_preposition(self, at: int) -> bool:
        """`built | in Oban`."""
        if self.tags[at] not in ("VBG", "VBN") or not can_be(bare(self.words[at]), "VERB"):
            return False
        return bare(self.text(at + 1, at + 2)) in words("small")

    def _has_only_comma(self, at: int) -> bool:
        commas = [word for word in self.words if word.endswith(",")]
        return commas == [self.words[at]]


def _can_be_last(word: str) -> bool:
    """Whether a title may end with the word: a noun, a name, a number, an adverb of manner."""
    if word.endswith("ly") and can_be(word, "ADV"):
        return True
    return can_be(word, "NOUN") or not is_known(word) or word.isdigit() or word == "making"


# What goes on behind a comma as the list before it: `Barra, Coll and Muck`.
_IN_LIST = re.compile(r"(?P<name>[A-Z][\w.-]*)(?: [A-Z][\w.-]*)?(?:,| (?:and|or|&)) ")
_PARTICLES = frozenset(("up", "out", "off", "down", "back"))
_NO_BORDERS = frozenset(("of", "and", "or", "&"))
# `by half | a point` is one thing.
_BEFORE_ARTICLE = frozenset(("half", "such", "quite", "rather", "many"))
_BORDERS = (words("small") - {"is", "are", "was", "were", "be", "been"}) | frozenset(
    "aiming including despite using via according without because so since until during "
    "- – — plus".split()
)


def bare(word: str) -> str:
    """The word in small letters, without the marks around it; the WHO is no `who`."""
    stripped = word.strip(_MARKS)
    return stripped if stripped == "WHO" else stripped.lower().replace("’", "'")


def read_headline(text: str, uses: WordUses) -> Headline:
    """Cut a headline into words and find its verb."""
    plain = tuple(text.split())
    tags = _tag(plain)
    forms: dict[int, VerbForm] = {}
    for at in range(1, len(plain)):
        if form := _judge(plain, tags, at, uses):
            forms[at] = form

    verb = _choose_verb(forms)
    if verb is None:
        return Headline(plain, tags, None, None)
    later_verbs = [at for at in forms if at > verb and _is_later_verb(plain, at, forms[at])]
    return Headline(plain, tags, verb, forms[verb], tuple(later_verbs))


def _choose_verb(forms: dict[int, VerbForm]) -> int | None:
    """Choose the first active form; where there is none, the last that lacks its `be`."""
    for at, form in forms.items():
        if form != "passive":
            return at
    return max(forms, default=None)


def _is_later_verb(plain: tuple[str, ...], at: int, form: VerbForm) -> bool:
    is_behind_name = plain[at - 1][:1].isupper() and plain[at].islower()
    return form == "certain" or (form == "passive" and is_behind_name)


@lru_cache(maxsize=2048)
def _tag(plain: tuple[str, ...]) -> tuple[str, ...]:
    """Tag each word by its small form: large letters make every word a name to the tagger."""
    tokens = tag_text(" ".join(_make_small(word) for word in plain))
    tags: list[str] = []
    start = 0
    for word in plain:
        inside = [
            token.tag
            for token in tokens
            if start <= token.start < start + len(word) and token.tag != "POS"
        ]
        lettered = [tag for tag in inside if tag[:1].isalpha()]
        tags.append((lettered or inside or ["NN"])[-1])
        start += len(word) + 1
    return tuple(tags)


def _make_small(word: str) -> str:
    is_name = re.search(r"[A-Z].*[A-Z]|\d|\.\w", word) is not None
    small = word.lower()
    return word if is_name or len(small) != len(word) else small


def _judge(
    plain: tuple[str, ...], tags: tuple[str, ...], at: int, uses: WordUses
) -> VerbForm | None:
    """Whether the word at a place is the headline's verb, and how sure that is."""
    if not _may_stand_behind(plain, at):
        return None
    word = bare(plain[at])
    if word in AUXILIARIES:
        return "certain"
    lemma = _find_verb_lemma(word)
    if lemma is None:
        return None

    # A verb without `s` needs a subject of more than one: `labs launch`.
    if word == lemma and not _is_many(plain, at):
        return None
    if word == lemma or word.endswith("s"):
        return _judge_ambiguous(plain, tags, at, uses)
    return _judge_past(plain, tags, at)


def _find_verb_lemma(word: str) -> str | None:
    """Find the plain form of a word that can be a headline's verb by itself."""
    # `-ing` needs a helper before it; `like` compares in nearly every headline.
    if word in words("small") or word == "like" or word.endswith("ing"):
        return None
    return find_lemma(word, "VERB")


def _judge_past(plain: tuple[str, ...], tags: tuple[str, ...], at: int) -> VerbForm:
    """Judge a past form: without an object behind it, it is a passive."""
    if not _starts_phrase(plain, tags, at + 1):
        return "passive"
    if tags[at + 1] in _SURE_STARTS:
        return "certain"
    return "likely"


def _may_stand_behind(plain: tuple[str, ...], at: int) -> bool:
    """Whether the words before a place can be the subject of a verb there."""
    if bare(plain[at - 1]) in words("small") or plain[at - 1].endswith((":", ";")):
        return False
    if plain[at].endswith(",") or not _has_own_subject(plain, at):
        return False
    return _OPENS_ANOTHER.isdisjoint(map(bare, plain[:at]))


def _judge_ambiguous(
    plain: tuple[str, ...], tags: tuple[str, ...], at: int, uses: WordUses
) -> VerbForm | None:
    """Judge a form that nouns and adjectives may have as well: `launches`, `cool`."""
    word = bare(plain[at])
    if not can_be(word, "NOUN") and not can_be(word, "ADJ"):
        return "certain"
    is_last = at == len(plain) - 1
    if is_last or not _can_be_subject(plain[at - 1], tags[at - 1]):
        return None

    # The story's own use of the word is surer than the tags of a headline.
    used_as_verb = uses.decide(word)
    if used_as_verb is not None:
        return "certain" if used_as_verb else None
    if tags[at] in FINITE_VERBS or tags[at + 1] in _SURE_STARTS:
        return "certain"
    return _judge_by_object(plain, tags, at)


def _judge_by_object(plain: tuple[str, ...], tags: tuple[str, ...], at: int) -> VerbForm | None:
    """Judge a form by the two words or more behind it, of which the first begins an object."""
    if _is_compound(plain, tags, at) or at + 2 >= len(plain):
        return None
    if not _starts_phrase(plain, tags, at + 1):
        return None
    return "likely"


def _is_compound(plain: tuple[str, ...], tags: tuple[str, ...], at: int) -> bool:
    """Tell two nouns that are one thing: `sales record`."""
    return tags[at] == "NNS" and tags[at + 1] == "NN" and is_known(bare(plain[at + 1]))


def _can_be_subject(word: str, tag: str) -> bool:
    return tag in NOUNS or tag in ("CD", "RB", "VBG") or not is_known(bare(word))


def _has_own_subject(plain: tuple[str, ...], at: int) -> bool:
    """Whether commas before the verb, if any, stand in a pair, or list the subject's names."""
    commas = sum(word.endswith(",") for word in plain[:at])
    return commas != 1 or not plain[at - 1].endswith(",")


def _is_many(plain: tuple[str, ...], at: int) -> bool:
    """Whether the subject is more than one, as a verb without `s` asks."""
    before = plain[at - 1].strip(_MARKS)
    if re.search(r"\w['’]s\b", before):
        return False
    several = any(bare(word) in ("and", "&") for word in plain[:at]) or any(
        word.endswith(",") for word in plain[: at - 1]
    )
    is_initials = re.fullmatch(r"[A-Z]{2,5}s", before) is not None
    return several or is_initials or is_plural(before)


def _starts_phrase(plain: tuple[str, ...], tags: tuple[str, ...], at: int) -> bool:
    """Whether a noun phrase begins at a place, as a verb's object does."""
    if at >= len(plain) or bare(plain[at]) in words("small") - _ARTICLES:
        return False
    return tags[at] in _PHRASE_STARTS or tags[at] in NOUNS or not is_known(bare(plain[at]))


_ARTICLES = frozenset("a an the its their our your his her this that these those".split())


def _continues_verb(headline: Headline, at: int) -> bool:
    """Whether the word belongs to the verb before it: `set to launch` after `is`."""
    word, before = bare(headline.words[at]), bare(headline.words[at - 1])
    if before in AUXILIARIES | {"be", "been", "not"}:
        is_helper = word in ("be", "been", "not", "to", "set") or headline.tags[at] == "RB"
        return is_helper or headline.tags[at] in ("VB", "VBG", "VBN", "VBD")
    if word == "to":
        return before in ("set", "expected", "planned", "due", "poised", "plans", "aims")
    return before == "to" and can_be(word, "VERB")

"""Finds items that a telling adds to a list of the source, and grave words that nothing bears out."""

from __future__ import annotations

from collections.abc import Iterator

from podcast.language.english.claims.clauses import ClaimSentence, ClaimWord
from podcast.language.english.claims.finding import Finding
from podcast.language.english.claims.source_facts import SourceFacts, inline_lists
from podcast.language.english.claims.statement_form import supposes_something
from podcast.language.english.claims.word_forms import stem_list

_SHORT = 2
"""Words of an item that is judged."""


def find_addition_faults(sentence: ClaimSentence, source: SourceFacts) -> Iterator[Finding]:
    """One item of a list that the source does not have, beside two or more that it has."""
    for items in inline_lists(sentence):
        strange = [
            item
            for item in items
            if not any(_is_known(word, source) for word in _content(item))
        ]
        strange = [item for item in strange if _content(item)]
        if len(strange) != 1 or len(items) - len(strange) < 2:
            continue
        if _has_list_of(len(items), items, source):
            continue  # One word for one of the source's: likely the same thing said otherwise.
        content = _content(strange[0])
        is_plain = not any(word.tag in ("IN", "TO") or word.is_verb for word in strange[0])
        if (
            is_plain
            and len(content) <= _SHORT
            and all(word.tag in ("NN", "NNS") for word in content)
        ):
            words = " ".join(word.text for word in strange[0])
            yield Finding(
                "addition",
                sentence.text,
                f'the source does not list "{words}"',
                _list_text(items, source),
            )


def _has_list_of(
    length: int, items: tuple[tuple[ClaimWord, ...], ...], source: SourceFacts
) -> bool:
    """Whether the source lists as many things, most of them the same."""
    keys = {key for item in items for word in _content(item) for key in word.keys}
    for sentence in source.sentences:
        for theirs in inline_lists(sentence):
            shared = sum(any(word.keys & keys for word in _content(item)) for item in theirs)
            if len(theirs) == length and shared >= length - 1:
                return True
    return False


def find_grave_faults(sentence: ClaimSentence, source: SourceFacts) -> Iterator[Finding]:
    """Words such as "guilty" or "sued" of which the source has nothing."""
    asks_leading = sentence.text.casefold().startswith("so ") and " now " in sentence.text
    if not supposes_something(sentence) and not asks_leading:
        return
    for word in sentence.content:
        is_grave = word.stem in stem_list("grave") and word.tag[:2] in ("VB", "JJ", "NN")
        if is_grave and not word.keys & source.keys and _has_name(sentence):
            yield Finding(
                "unsupported", sentence.text, f'the source has nothing of "{word.text}"'
            )
            return


def find_supposition_faults(sentence: ClaimSentence, source: SourceFacts) -> Iterator[Finding]:
    """Questions that take a deed for granted of which the source has nothing."""
    if not sentence.is_question or not supposes_something(sentence):
        return
    words = sentence.words
    helper = next(
        (
            at
            for at, word in enumerate(words)
            if word.small in ("did", "does", "has", "was", "were")
        ),
        None,
    )
    if helper is None:
        return
    verb = _main_verb(words, helper + 1)
    if verb is None:
        return
    doers = [word for word in words[helper + 1 : verb] if word.is_content]
    if (
        not doers
        and words[verb].stem in stem_list("failures")
        and not _is_known(words[verb], source)
    ):
        yield Finding(
            "question",
            sentence.text,
            f'the question supposes "{words[verb].text}", of which the source has nothing',
        )
        return
    if words[helper].small == "does" and "why" not in {word.small for word in words[:helper]}:
        return  # "How much does it pay?" may be answered with "nothing".
    is_known_doer = any(word.keys & source.keys for word in doers)
    if (
        is_known_doer
        and not _is_known(words[verb], source)
        and words[verb].stem not in stem_list("tame_verbs")
    ):
        what = f'the question supposes "{words[verb].text}", of which the source has nothing'
        yield Finding("question", sentence.text, what)


def _main_verb(words: tuple[ClaimWord, ...], start: int) -> int | None:
    """The place of the verb that a question is about: of "try to stop" the last."""
    verbs = [
        at for at in range(start, len(words)) if words[at].is_verb and words[at].is_content
    ]
    chain = [at for at in verbs if words[at - 1].small == "to" and at - 2 in verbs]
    return next(iter(chain or verbs), None)


def _content(item: tuple[ClaimWord, ...]) -> list[ClaimWord]:
    return [word for word in item if word.is_content]


def _is_known(word: ClaimWord, source: SourceFacts) -> bool:
    return bool(source.word_keys(word) & source.keys)


def _has_name(sentence: ClaimSentence) -> bool:
    return any(word.is_name for word in sentence.words)


def _list_text(items: tuple[tuple[ClaimWord, ...], ...], source: SourceFacts) -> str:
    keys = {key for item in items for word in _content(item) for key in word.keys}
    best = max(source.sentences, key=lambda s: len(keys & s.all_keys), default=None)
    return best.text if best else ""

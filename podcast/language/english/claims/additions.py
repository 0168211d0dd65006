"""Finds items added to a list of the source, and grave words that nothing bears out."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from podcast.language.english.claims.clauses import (
    ClaimSentence,
    ClaimWord,
    collect_keys,
    content_of,
    join_words,
    shares_key,
)
from podcast.language.english.claims.finding import Finding
from podcast.language.english.claims.source_facts import (
    SourceFacts,
    closest_sentence,
    inline_lists,
)
from podcast.language.english.claims.statement_form import supposes_something
from podcast.language.english.claims.word_forms import stem_list

# Words of an item that is judged.
_SHORT = 2
_QUESTION_HELPERS = frozenset("did does has was were".split())

ListItem = tuple[ClaimWord, ...]


def find_addition_faults(sentence: ClaimSentence, source: SourceFacts) -> Iterator[Finding]:
    """One item of a list that the source does not have, beside two or more that it has."""
    for items in inline_lists(sentence):
        strange_items = [item for item in items if _is_strange_item(item, source)]
        if len(items) < 3 or len(strange_items) != 1:
            continue
        # One word for one of the source's is likely the same thing, said otherwise.
        if _lists_the_same(items, source):
            continue

        if _is_short_noun(strange_items[0]):
            what = f'the source does not list "{join_words(strange_items[0])}"'
            yield Finding("addition", sentence.text, what, _list_text(items, source))


def _is_strange_item(item: ListItem, source: SourceFacts) -> bool:
    """Tell whether an item says something of which the source knows no word."""
    content = content_of(item)
    return bool(content) and not source.shares_key(content, source.keys)


def _is_short_noun(item: ListItem) -> bool:
    """Tell whether an item is a noun or two, and no phrase that could be said otherwise."""
    if any(word.tag in ("IN", "TO") or word.is_verb for word in item):
        return False
    content = content_of(item)
    return len(content) <= _SHORT and all(word.tag in ("NN", "NNS") for word in content)


def _lists_the_same(items: tuple[ListItem, ...], source: SourceFacts) -> bool:
    """Tell whether the source lists as many things, most of them the same."""
    keys = _keys_of_items(items)
    for sentence in source.sentences:
        for theirs in inline_lists(sentence):
            shared = sum(shares_key(content_of(item), keys) for item in theirs)
            if len(theirs) == len(items) and shared >= len(items) - 1:
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
            what = f'the source has nothing of "{word.text}"'
            yield Finding("unsupported", sentence.text, what)
            return


def find_supposition_faults(sentence: ClaimSentence, source: SourceFacts) -> Iterator[Finding]:
    """Questions that take a deed for granted of which the source has nothing."""
    if not sentence.is_question or not supposes_something(sentence):
        return
    words = sentence.words
    helper = _find_helper(words)
    if helper is None:
        return
    verb = _find_main_verb(words, helper + 1)
    if verb is None or source.shares_key([words[verb]], source.keys):
        return

    doers = content_of(words[helper + 1 : verb])
    if doers:
        is_supposed = not _asks_openly(words, helper) and shares_key(doers, source.keys)
        is_supposed = is_supposed and words[verb].stem not in stem_list("tame_verbs")
    else:
        is_supposed = words[verb].stem in stem_list("failures")

    if is_supposed:
        what = f'the question supposes "{words[verb].text}", of which the source has nothing'
        yield Finding("question", sentence.text, what)


def _find_helper(words: tuple[ClaimWord, ...]) -> int | None:
    """The place of a question's "did", "has" or the like."""
    return next((at for at, word in enumerate(words) if word.small in _QUESTION_HELPERS), None)


def _asks_openly(words: tuple[ClaimWord, ...], helper: int) -> bool:
    """Tell whether "nothing" may be the answer: "How much does it pay?"."""
    return words[helper].small == "does" and all(word.small != "why" for word in words[:helper])


def _find_main_verb(words: tuple[ClaimWord, ...], start: int) -> int | None:
    """The place of the verb that a question is about: of "try to stop" the last."""
    verbs = [
        at for at in range(start, len(words)) if words[at].is_verb and words[at].is_content
    ]
    infinitives = [at for at in verbs if words[at - 1].small == "to" and at - 2 in verbs]
    return next(iter(infinitives or verbs), None)


def _keys_of_items(items: tuple[ListItem, ...]) -> frozenset[str]:
    return collect_keys(content_of(chain.from_iterable(items)))


def _has_name(sentence: ClaimSentence) -> bool:
    return any(word.is_name for word in sentence.words)


def _list_text(items: tuple[ListItem, ...], source: SourceFacts) -> str:
    """The source's sentence that has most of the items."""
    keys = _keys_of_items(items)
    best = closest_sentence(source.sentences, lambda theirs: len(keys & theirs.all_keys))
    return best.text if best else ""

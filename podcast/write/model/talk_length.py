"""Bring a talk to its length: sentences are cut at their borders, and it is said which."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from podcast.language.english.sentence_splitter import split_sentences
from podcast.write.model.dialogue import LONGEST_TURN, SaidTurn, count_words


def shorten_talk(said: Sequence[SaidTurn], most_words: int) -> tuple[list[SaidTurn], list[str]]:
    """Cut sentences before the last turn until the talk has `most_words`.

    Return what is cut too.

    The last turn stays, for it is the ending, unless it answers a question that is cut.
    """
    if count_words(said) <= most_words:
        return list(said), []

    *body, ending = said
    cut: list[str] = []
    while body and count_words(body) > most_words - count_words([ending]):
        cut.insert(0, _cut_last_sentence(body))
    while body and body[-1].turn.text.endswith("?"):
        cut.insert(0, _cut_last_sentence(body))

    if _is_answer(said) and cut:
        return body, [*cut, ending.turn.text]
    return [*body, ending], cut


def shorten_passages(said: Sequence[SaidTurn]) -> tuple[list[SaidTurn], list[str]]:
    """Cut what one person says on end to about 25 seconds; return what is cut too."""
    left: list[SaidTurn] = []
    cut: list[str] = []
    passage: list[SaidTurn] = []
    for each in said:
        if passage and passage[-1].turn.speaker != each.turn.speaker:
            left += passage
            passage = []
        passage.append(each)
        gone: list[str] = []
        while count_words(passage) > LONGEST_TURN and _has_border(passage):
            gone.insert(0, _cut_last_sentence(passage))
        cut += gone
    return [*left, *passage], cut


def find_long_passages(said: Sequence[SaidTurn]) -> list[str]:
    """Find what one person says on end for over 25 seconds, in turns short in themselves."""
    found: list[str] = []
    passage: list[SaidTurn] = []
    for each in [*said, None]:
        if each and passage and passage[-1].turn.speaker == each.turn.speaker:
            passage.append(each)
            continue
        if len(passage) > 1 and count_words(passage) > LONGEST_TURN:
            found.append(passage[0].turn.text)
        passage = []
        if each:
            passage.append(each)
    return found


def describe_cut(cut: Sequence[str], why: str) -> str:
    """Say in a note what is cut."""
    words = sum(len(text.split()) for text in cut)
    return f'{words} words ({why}), from "{cut[0]}"'


def _has_border(passage: Sequence[SaidTurn]) -> bool:
    return len(passage) > 1 or len(split_sentences(passage[0].turn.text)) > 1


def _is_answer(said: Sequence[SaidTurn]) -> bool:
    return len(said) > 1 and said[-2].turn.text.endswith("?")


def _cut_last_sentence(body: list[SaidTurn]) -> str:
    """Take the last sentence off the last turn, and a turn that has no other with it."""
    last = body.pop()
    *sentences, gone = split_sentences(last.turn.text)
    if sentences:
        text = " ".join(sentence.strip() for sentence in sentences)
        body.append(dataclasses.replace(last, turn=dataclasses.replace(last.turn, text=text)))
    return gone.strip()

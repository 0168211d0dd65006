"""Parentheses become clauses, and an acronym is told once and then used."""

from __future__ import annotations

import re
from collections.abc import Sequence

_ACRONYM = re.compile(r"(?=(?:.*[A-Z]){2})[A-Za-z][A-Za-z0-9&/-]{1,10}")
_REFERENCE = re.compile(
    r"(?i)(?:see |cf\.? )?(?:fig(?:ure)?|table|section|appendix|eq(?:uation)?)\.? ?\d.*|\W*|"
    r"\d{4}[a-z]?|[\d, –-]+|(?:https?://|www\.)?\S+\.\w{2,}(?:/\S*)?"
)
# How sure a figure is, as papers write it: nobody says that aloud.
_STATISTICS = re.compile(
    r"\bCI\b.*\d|^(?:n|N|p|P|r|SD|SE|OR|HR)\s?[=<>≤≥]\s?[\d.]|\bp\s?[=<>≤]\s?0?\.\d"
)
# A person's name before a parenthesis: what stands in it is where the person works.
_PERSON = re.compile(r"[A-Z][a-z]+(?:-[A-Z][a-z]+)?(?: [A-Z]\.)?(?: [A-Z][\w'’-]+)+")
_PLACE_OF_WORK = re.compile(r"[A-Z][\w&.'’-]*(?: (?:of|for|and|the|[A-Z][\w&.'’-]*)){0,5}")
# Nouns that an acronym often stands before: its telling comes after them.
_HEAD = re.compile(
    r"\s+(?:framework|model|method|approach|system|algorithm|dataset|benchmark|architecture|"
    r"technique|tool|platform|"
    r"protocol|network|index|program|initiative|project|matrix|task|technology|pipeline|"
    r"library|standard|process)s?\b"
)
# A name's last word after its acronym: `Center for Tides (CFT) Europe covers`.
_END_OF_NAME = re.compile(r"\s+[A-Z][a-z]+(?=\s+[a-z])")
_SKIPPED = {"of", "the", "for", "and", "in", "on", "a", "an", "to", "with"}
# Of one sentence, only so many parentheses are told as clauses.
_MOST = 50
_ASIDE = re.compile(r"\s*[(\[]([^()\[\]]*)[)\]]")
# Brackets of a value or of code, which are no aside: `[0, 1]`, `f(x)`, `ship(s)`.
_VALUE = re.compile(r"\s*\[-?\d[\d.]*(?:\s*,\s*-?\d[\d.]*)+\]|(?<=\w)[(\[][^()\[\]\s]*[)\]]")
_NAME_WITH_FIGURE = re.compile(r"(?=\S*[A-Za-z])(?=\S*\d)\S+")
_PAIR_OR_MARK = re.compile(r"(\([^()\[\]{}]*\)|\[[^()\[\]{}]*\]|\{[^()\[\]{}]*\})|[()\[\]{}]")
_KNOWN = {"AI", "US", "U.S", "UK", "EU", "UN", "CEO", "IT", "TV"}


class Acronyms:
    """Which acronyms the episode has told so far."""

    def __init__(self, edition_text: str = "") -> None:
        self._told: set[str] = set(_KNOWN)
        self._edition_text = edition_text
        self._unspoken: list[str] = []

    def take_unspoken(self) -> list[str]:
        """The parentheses that were left out since this was last asked."""
        unspoken, self._unspoken = self._unspoken, []
        return unspoken

    def unfold(self, sentence: str, body: str) -> str:
        """Put what stands in parentheses into the sentence.

        `body` is the story's whole text: an acronym that neither it nor another story uses is
        not told.
        """
        place = 0
        for _ in range(_MOST):
            aside = _ASIDE.search(sentence, place)
            if not aside:
                break
            clause = self._write_aside(sentence, aside, body)
            if clause is None:
                place = aside.end()
                continue

            before, rest = sentence[: aside.start()], sentence[aside.end() :]
            noun = _find_noun_behind(clause, rest)
            sentence = f"{before}{noun}{clause}{rest[len(noun) :]}"
        return _tidy_marks(sentence)

    def _write_aside(self, sentence: str, aside: re.Match[str], body: str) -> str | None:
        """Write the clause for a parenthesis; None for one that stays as it is."""
        if _VALUE.match(sentence, aside.start()):
            return None
        before, rest = sentence[: aside.start()], sentence[aside.end() :]
        clause = self._write_clause(aside[1].strip(), before, rest, body)
        # A name as `(GPT-4o)` is left as it is written: there is nothing to unfold.
        if clause == f", {aside[1]}," and _NAME_WITH_FIGURE.fullmatch(aside[1]):
            return None

        if not clause and re.search(r"\w", aside[1]):
            self._unspoken.append(aside[1].strip())
        return clause

    def _write_clause(self, inner: str, before: str, rest: str, body: str) -> str:
        if _REFERENCE.fullmatch(inner) or _STATISTICS.search(inner):
            return ""
        last = _find_last_word(before)
        is_acronym = _ACRONYM.fullmatch(inner) is not None
        if is_acronym and _expansion(before, inner):
            return self._tell_acronym(inner, body)
        if _ACRONYM.fullmatch(last) and _is_long_form(inner, last):
            self._told.add(_singular(last))
            return f", short for {inner},"
        # Tried last: a long form before or in the parenthesis is surer than likeness.
        if is_acronym and _seems_to_shorten(inner, before):
            return self._tell_acronym(inner, body)
        return _write_plain_aside(inner, before, rest)

    def _tell_acronym(self, acronym: str, body: str) -> str:
        single = _singular(acronym)
        used = len(re.findall(rf"\b{re.escape(single)}(?:s|'s|’s)?\b", body))
        bare = re.search(
            rf"(?<![(\[\w-]){re.escape(single)}(?:s|'s|’s)?\b(?![)\]])", self._edition_text
        )
        if single in self._told or (used < 2 and not bare):
            return ""
        self._told.add(single)
        return f", or {acronym},"


_LATIN = {"e.g.": "for example", "i.e.": "that is"}


def _find_last_word(text: str) -> str:
    words = re.findall(r"[\w&/-]+", text)
    return words[-1] if words else ""


def _write_plain_aside(inner: str, before: str, rest: str) -> str:
    """Write the clause for a parenthesis that is no acronym."""
    if _is_place_of_work(inner, before, rest):
        return f" of {inner}"
    if inner[:4] in _LATIN:
        return f", {_LATIN[inner[:4]]} {inner[4:].lstrip(' ,')},"
    if _is_within_name(inner, before, rest):
        return f" {inner}"
    return f", {inner},"


def _is_within_name(inner: str, before: str, rest: str) -> bool:
    """Tell whether one word is part of a longer name: `University of Tides (UoT) Europe`."""
    if len(inner.split()) != 1 or not re.match(r"\s+[A-Z]", rest):
        return False
    return before[-1:].isalpha() and _find_last_word(before)[:1].isupper()


def _find_noun_behind(clause: str, rest: str) -> str:
    """Find the noun before which an acronym stands: `the Tide Network (TN) model`."""
    if not clause.startswith(", or "):
        return ""
    noun = _HEAD.match(rest) or _END_OF_NAME.match(rest)
    return noun[0] if noun else ""


def _tidy_marks(sentence: str) -> str:
    # Pairs that are left belong to a value or a name; a mark without its partner goes.
    sentence = _PAIR_OR_MARK.sub(lambda pair: pair[1] or " ", sentence)
    sentence = " ".join(sentence.split())
    sentence = re.sub(r" ([,.;:!?])(?=\s|$)", r"\1", sentence)
    sentence = re.sub(r",(?= ?[,.;:!?](?:\s|$))", "", sentence)
    return " ".join(sentence.split()).strip(" ,")


def _seems_to_shorten(acronym: str, before: str) -> bool:
    if _shortens(acronym, _capital_run(before)):
        return True
    return _spells(acronym, before.split()[-6:])


def _is_place_of_work(inner: str, before: str, rest: str) -> bool:
    """Tell a person's institute, as papers have it: `Ana Silva (University of Tides)`."""
    run = _capital_run(before)
    if not re.match(r"$|[,.;]| and\b| or\b", rest) or not 2 <= len(run) <= 3:
        return False
    is_person = _PERSON.fullmatch(" ".join(run)) is not None
    return is_person and _PLACE_OF_WORK.fullmatch(inner) is not None


def _capital_run(before: str) -> list[str]:
    """The words in capitals that end the text."""
    run: list[str] = []
    for word in reversed(before.split()[-8:]):
        # A mark ends a name, but for that of an initial: `J. Silva`.
        ends_before = word.endswith((",", ".", ";", ":")) and len(word) > 2
        if not word[:1].isupper() or (run and ends_before):
            break
        run.insert(0, word)
    return run


def _shortens(acronym: str, run: Sequence[str]) -> bool:
    """Tell whether a name shortens the words before it, if not letter for letter.

    `DQFormer`, `MLLM`.
    """
    initials = _list_initials(run)
    capitals = [letter for letter in acronym if letter.isupper()]
    if len(capitals) < 2 or len(initials) < 2 or capitals[0] != initials[0]:
        return False
    return capitals[:2] == initials[:2] or _are_in_order(capitals, initials)


def _spells(acronym: str, words: Sequence[str]) -> bool:
    """Tell whether the initials of the last words, some passed over, are the acronym."""
    letters = _singular(acronym)
    if not letters.isupper() or not letters.isalpha():
        return False
    for count in range(2, len(words) + 1):
        initials = [initial.upper() for initial in _list_initials(words[-count:])]
        last = words[-1].split("-")[-1][:1].upper()
        fits = initials[:1] == [letters[0]] and last == letters[-1]
        if fits and _are_in_order(letters, initials):
            return True
    return False


def _list_initials(words: Sequence[str]) -> list[str]:
    return [part[0] for word in words for part in word.split("-") if part]


def _are_in_order(letters: Sequence[str], initials: Sequence[str]) -> bool:
    """Tell whether all letters are among the initials, in the same order."""
    remaining = iter(initials)  # `in` moves it on to behind the letter that it finds.
    return all(letter in remaining for letter in letters)


def _singular(acronym: str) -> str:
    return acronym[:-1] if acronym.endswith("s") and acronym[:-1].isupper() else acronym


def _expansion(before: str, acronym: str) -> str:
    """The words at the end of `before` that the acronym stands for; empty when none do."""
    tokens = re.sub(r"[\"“”]", "", before).split()[-10:]
    letters = re.sub(r"[^A-Za-z]", "", _singular(acronym)).upper()
    for count in range(1, len(tokens) + 1):
        words = tokens[-count:]
        if any(word.endswith((",", ";", ":", ".")) for word in words[:-1]):
            break
        if words[0].lower() not in _SKIPPED and letters_fit(letters, words):
            return " ".join(words)
    return ""


def letters_fit(letters: str, words: Sequence[str]) -> bool:
    """Tell whether the capitals are the words' initials in order, with letters between.

    Small words such as `of` may be passed over: `ATP` fits `adenosine triphosphate`, and not `a
    molecule`.
    """
    parts = [
        part.upper() for word in words for part in re.split(r"[^A-Za-z0-9]+", word) if part
    ]
    strong = [part for part in parts if part.lower() not in _SKIPPED]
    return letters == "".join(part[0] for part in parts) or _fit(letters, strong)


def _fit(letters: str, words: Sequence[str]) -> bool:
    if not words or not letters:
        return not words and not letters
    word, rest = words[0], words[1:]
    if word[0] != letters[0]:
        return False

    place, taken = 1, 1
    while not _fit(letters[taken:], rest):
        place = word.find(letters[taken], place) + 1 if taken < len(letters) else 0
        if not place:
            return False
        taken += 1
    return True


def _is_long_form(inner: str, acronym: str) -> bool:
    """Tell whether words in parentheses are what the acronym before them stands for."""
    words = inner.split()
    is_name = len(words) >= 2 and all(word[:1].isupper() or word in _SKIPPED for word in words)
    return _initials_fit(acronym, inner) or (is_name and _spells(acronym, words))


def _initials_fit(acronym: str, inner: str) -> bool:
    words = [word for word in re.split(r"[\s-]+", inner) if word]
    return len(words) >= 2 and letters_fit(re.sub(r"[^A-Za-z]", "", acronym).upper(), words)

"""Chapter titles of at most forty characters that are whole: nothing is ever cut with dots.

A title is divided into parts, and each part into pieces that are whole. Of the pieces that are
short enough the one that says most of its story wins; the story's first sentence helps where
its title cannot.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from podcast.language.english.word_classes import is_known
from podcast.language.english.word_data import first_large
from podcast.write.template.compress import core
from podcast.write.template.grammar import singular_article
from podcast.write.template.headline import WordUses, read_headline
from podcast.write.template.title_cuts import (
    CLAUSE,
    COMPLEMENT,
    NAMED,
    PHRASE,
    SUBJECT,
    WHOLE,
    Piece,
    cut_clause,
    cut_complements,
    cut_gerunds,
    cut_phrase,
)
from podcast.write.template.title_faults import is_whole_title, says_no_matter
from podcast.write.template.title_text import (
    LONGEST_TITLE,
    drop_announcement,
    find_inner_clauses,
    is_cut,
    is_first_person,
    is_page_name,
    split_title,
    strip_title,
)
from podcast.write.template.title_words import (
    MOST,
    say_in_present,
    says_something,
    shorten_names,
    squeeze,
)

# How much of its story a chapter title says at least: see `weigh_words`.
LEAST_SAID = 1.0
# The same for a clause: who wrote one said something.
LEAST_OF_CLAUSE = 0.3
# The share of a title's words that its story has: where it is its own, and one word at all.
GOOD_SHARE, SMALLEST_SHARE = 1 / 3, 0.0
# Characters from which on a title that needs no cutting is left as its author wrote it.
SHORTEST_OWN = 12
# What a piece of the text is worth less: the author's own title is better.
_OF_SENTENCE = 1.0
# What a part is worth less behind a colon before which the subject stands already.
_BEHIND_ITS_HEAD = 1.0


def chapter_title(
    title: str, first_sentence: str = "", fallback: str = "", body: str = ""
) -> str:
    """Find a whole, short title that says what the story is about; else `fallback`."""
    own_title = drop_announcement(re.sub(r"\s*\([^()]*\)", "", strip_title(title)))
    if len(own_title) > MOST:
        own_title = shorten_names(own_title)
    first_sentence = shorten_names(first_sentence[:LONGEST_TITLE])
    told = f"{first_sentence} {body}"
    if not is_cut(title) and _stands_as_it_is(own_title, told):
        return first_large(own_title)

    uses = WordUses(told)
    readable_title = "" if is_page_name(title) else own_title
    pieces = list(_read_title(readable_title, told, uses, ends_early=is_cut(title)))
    for piece in _read_sentence(first_sentence, told, uses):
        pieces.append(piece.lower(_OF_SENTENCE))

    chosen = _choose(pieces, weigh_words(own_title, told))
    return chosen or _first_part(readable_title) or fallback


def _first_part(title: str) -> str:
    """The title up to its first mark; a title may be nothing but marks, which leave no part."""
    parts = split_title(title)
    is_short = bool(parts) and len(parts[0]) <= MOST
    return first_large(parts[0]) if is_short and not is_first_person(parts[0]) else ""


def _stands_as_it_is(title: str, told: str) -> bool:
    """Tell whether a title is whole, short and no question: then its author knew best."""
    if not SHORTEST_OWN <= len(title) <= MOST or re.search(r"[?|…]", title):
        return False
    if is_page_name(title) or is_first_person(title):
        return False
    return len(title.split()) > 2 and shares_words(title, told)


def shares_words(title: str, text: str, share: float = GOOD_SHARE) -> bool:
    """Tell whether that share of the words of a title that say something are in the text."""
    lower = text.lower()
    telling = [word for word in re.findall(r"[a-z]{4,}", title.lower()) if says_something(word)]
    shared = [word for word in telling if word[: 4 if len(word) < 7 else 5] in lower]
    return bool(shared) and len(shared) >= share * len(telling)


def weigh_words(title: str, text: str) -> dict[str, float]:
    """How much each word says of the story: most where title and text both have it."""
    lower, titled = text.lower(), title.lower()
    weights: dict[str, float] = {}
    for word in set(_words_of(f"{title} {text[:LONGEST_TITLE]}")):
        if not says_something(word):
            continue
        is_shared = word in titled and (word[:6] in lower or not lower.strip())
        if is_shared or lower.count(word) > 2:
            weights[word] = 1.0
        else:
            weights[word] = 0.5 if word in lower else 0.2
    return weights


def _choose(pieces: list[Piece], weights: dict[str, float]) -> str:
    """The piece that says most; where none is good, a phrase without its needless words."""
    chosen = _find_best(pieces, weights)
    if chosen:
        return chosen
    return _find_best([Piece(squeeze(piece.text), piece.worth) for piece in pieces], weights)


def _find_best(pieces: list[Piece], weights: dict[str, float]) -> str:
    """The piece that says most; of equals the first."""
    best, best_score = "", 0.0
    for place, piece in enumerate(pieces):
        text = _strip_marks(piece.text)
        is_clause = piece.is_clause
        if is_clause and not text.endswith("?"):
            text = squeeze(text)
        if not is_whole_title(text, is_clause=is_clause):
            continue
        if not _says_enough(text, weights, is_clause=is_clause):
            continue
        score = piece.worth + _weigh(text, weights) - 0.01 * place
        if not best or score > best_score:
            best, best_score = text, score
    return first_large(best)


def _says_enough(text: str, weights: dict[str, float], *, is_clause: bool) -> bool:
    """Tell whether a piece says enough of its story; of two words both must say something."""
    if len(text.split()) == 2 and len(weights.keys() & _words_of(text)) < 2:
        return False
    least = LEAST_OF_CLAUSE if is_clause else LEAST_SAID
    return _weigh(text, weights) >= least


def _weigh(text: str, weights: dict[str, float]) -> float:
    return sum(weights.get(word, 0.0) for word in set(_words_of(text)))


def _words_of(text: str) -> list[str]:
    return re.findall(r"[^\W_][\w+]*", text.lower())


def _strip_marks(text: str) -> str:
    """The text without marks at its ends, and without quotation marks around the whole."""
    text = text.strip(" ,;:")
    quoted = re.fullmatch(r"['‘\"“]([^'‘’\"“”]+)['’\"”]", text)
    return quoted[1] if quoted else text


# --- pieces of a title ----------------------------------------------------------------------


def _read_title(title: str, told: str, uses: WordUses, *, ends_early: bool) -> Iterator[Piece]:
    """Titles made of a title's parts; the last part of one that lost its end is not whole."""
    parts = split_title(title)
    if _is_speaker(parts, uses):
        parts = parts[1:]
    loss = _BEHIND_ITS_HEAD if _has_subject_first(parts, told, uses) else 0.0
    for place, part in enumerate(parts):
        is_open = ends_early and place == len(parts) - 1
        for piece in _read_part_and_inner(part, told, uses, is_open=is_open):
            yield piece.lower(loss * (place > 0))

    if len(parts) < 2:
        return
    yield from _name_and_matter(parts, uses, is_open=ends_early and len(parts) == 2)
    yield from _label_and_names(parts, told)
    if not ends_early and "?" not in title:
        yield Piece(title, WHOLE, is_clause=True)


def _read_part_and_inner(
    part: str, told: str, uses: WordUses, *, is_open: bool
) -> Iterator[Piece]:
    for text in [*find_inner_clauses(part), part]:
        yield from _read_part(text, told, uses, is_open=is_open)


def _name_and_matter(parts: list[str], uses: WordUses, *, is_open: bool) -> Iterator[Piece]:
    """A name before a colon with what follows, as papers have it: `TideNet: floods`."""
    name, matter = parts[0], read_headline(parts[1], uses)
    is_name = len(name.split()) <= 3 and re.search(r"[A-Z].*[A-Z]|\d", name)
    if not is_name or says_no_matter(name) or matter.verb_form == "certain":
        return
    for piece in cut_phrase(matter, NAMED, is_open=is_open):
        yield Piece(f"{name}: {piece.text}", piece.worth)


def _label_and_names(parts: list[str], told: str) -> Iterator[Piece]:
    """What a round-up is about, with a name that is told: `New cranes: Oban and others`."""
    label, names = parts[0], parts[1].split(", ")
    if len(names) < 3 or len(label.split()) < 2:
        return
    for name in names[:-1]:
        if _NAME_ALONE.fullmatch(name) and name in told:
            yield Piece(f"{label}: {name} and others", NAMED)


_NAME_ALONE = re.compile(r"[A-Z][\w.&-]*(?: [A-Z][\w.&-]*){0,2}")


def _has_subject_first(parts: list[str], told: str, uses: WordUses) -> bool:
    """Tell whether the first part says what it is about, and is no wordplay or speaker."""
    if not parts or not shares_words(parts[0], told) or _is_speaker(parts, uses):
        return False
    return len(parts) == 1 or has_name(parts[0], told) or not has_name(parts[1], told)


def has_name(text: str, told: str) -> bool:
    """Tell whether the story has a word of the text that no dictionary has: `Llamafile`."""
    for token in text.split():
        name = re.sub(r"['’]s$", "", token.strip(",.:"))
        is_name = len(name) > 3 and name.isalpha() and not is_known(name)
        if is_name and name in told and name.lower() not in told:
            return True
    return False


def _is_speaker(parts: list[str], uses: WordUses) -> bool:
    """Tell whether a speaker stands before the colon: `Ana Silva: tides are late`."""
    if len(parts) < 2 or read_headline(parts[1], uses).verb_form != "certain":
        return False
    return re.search(r"[A-Z]\w+ [A-Z]\w+$", parts[0]) is not None


def _read_part(part: str, told: str, uses: WordUses, *, is_open: bool) -> Iterator[Piece]:
    if part.endswith("?"):
        yield Piece(part, CLAUSE, is_clause=True)
        for match in _ASKED.finditer(part):
            asked = read_headline(match["rest"], uses)
            yield from cut_phrase(asked, COMPLEMENT, is_open=False)
        return

    if _RISE.fullmatch(part):
        yield Piece(part, CLAUSE, is_clause=True)
    headline = read_headline(drop_announcement(part), uses)
    if headline.verb is None:
        yield from cut_phrase(headline, PHRASE, is_open=is_open)
        yield from cut_complements(headline, is_open=is_open)
        yield from cut_gerunds(headline, 1, is_open=is_open)
    elif not headline.text(0, headline.verb).startswith(_HALF_CLAUSES):
        yield from cut_clause(headline, told, is_open=is_open)


# A clause without its verb: `Ferry Fares Up 20%`.
_RISE = re.compile(r"[A-Z][\w ’'-]+ (?:[Uu]p|[Dd]own) [$€£]?\d[\d.,]*(?:%|M|B)?")
# What a question is about stands behind a participle or a preposition.
_ASKED = re.compile(r"\b(?:\w+ing|of|for|about|on) (?=(?P<rest>[^?]+))", re.IGNORECASE)
_HALF_CLAUSES = ("How ", "Why ", "When ", "What ", "Where ", "If ", "As ", "While ", "Despite ")


# --- pieces of the first sentence -----------------------------------------------------------

# First words that say who is meant only to those who heard what came before.
_POINTS_ELSEWHERE = re.compile(
    r"(?:It|They|He|She|I|We|You|This|That|These|Those|Its|Their|His|Her|Our|My|Your|Here|"
    r"There)\b"
)
_FRAME = re.compile(
    r"^(?:In|On|At|During|This|Last) [^,]{1,40}(?:, \d{4})?, |, or [A-Z][\w-]+,?(?= )"
)
_SHORT_QUOTE = re.compile(r"[\"“]((?:[\w-]+ ?){1,3},?)[\"”]")
_KIND = re.compile(
    r"(?P<name>\b[A-Z][\w-]*(?: [A-Z0-9][\w.-]*){0,3})(?:, or \w+)?(?:,| is|,[\"”]) "
    r"(?:an?|the|[A-Z]\w+['’]s) (?P<kind>[^,.:;]+)"
)


def _read_sentence(sentence: str, told: str, uses: WordUses) -> Iterator[Piece]:
    """The sentence's core as a clause, what it is about, and a name with what it is."""
    if _POINTS_ELSEWHERE.match(sentence):
        return
    whole = _SHORT_QUOTE.sub(r"\1", sentence.rstrip("."))
    for most in (7, 9, 12):
        short = (core(whole, most) or "").rstrip(".")
        # `raised mice | with two fathers` says little.
        is_bare = len(short.split()) < 7 and re.match(r" with(?:out)?\b", whole[len(short) :])
        if short and not is_bare:
            yield from _read_statement(short, told, uses, is_open=False)

    yield from _name_and_kind(whole, uses)
    unquoted = re.split(r" [\"“]", whole)[0]
    statement = _FRAME.sub("", unquoted)
    yield from _read_statement(statement, told, uses, is_open=unquoted != whole)


def _read_statement(text: str, told: str, uses: WordUses, *, is_open: bool) -> Iterator[Piece]:
    headline = say_in_present(read_headline(text, uses))
    if headline.verb is None:
        yield from cut_phrase(headline, SUBJECT, is_open=is_open)
        return
    yield from cut_clause(headline, told, is_open=is_open)
    yield from cut_gerunds(headline.part(headline.predicate), 0, is_open=is_open)


def _name_and_kind(text: str, uses: WordUses) -> Iterator[Piece]:
    """A name and what it is: `SnapKV, a technique`."""
    match = _KIND.search(text)
    if not match:
        return
    vague = _VAGUE_KIND.match(match["kind"])
    if vague:
        field = read_headline(vague["field"], uses)
        for piece in cut_phrase(field, COMPLEMENT, is_open=False):
            yield Piece(f"{match['name']}: {piece.text}", piece.worth)
        return
    for piece in cut_phrase(read_headline(match["kind"], uses), COMPLEMENT, is_open=False):
        named = singular_article(f"{match['name']}, a {piece.text}")
        yield Piece(named, piece.worth)


# Kinds that say nothing without their field: `a leader in quiet cranes`.
_VAGUE_KIND = re.compile(
    r"(?:[\w-]+ )?(?:trailblazer|leader|pioneer|specialist|provider|giant|expert|innovator) "
    r"(?:in|of|for) (?P<field>.+)"
)

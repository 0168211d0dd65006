"""Does a spoken text say more than its story? Finds numbers, names and quotations that the story lacks.

It sees letters, not meaning: a figure or a name that the story has passes wherever it is put. What it
reports is nearly always wrong; what it lets pass may be wrong all the same, and the prompts do the rest.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import pairwise


def _words(text: str) -> list[str]:
    return text.split()


_UNITS = _words(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
)
_TENS = _words("twenty thirty forty fifty sixty seventy eighty ninety")
_ORDINALS = _words(
    "zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth "
    "fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth"
)
_SMALL = {word: value for words in (_UNITS, _ORDINALS) for value, word in enumerate(words)}
_SMALL |= {word: 10 * i for i, word in enumerate(_TENS, 2)}
_SMALL |= {word[:-1] + "ieth": 10 * i for i, word in enumerate(_TENS, 2)} | {"oh": 0}
_SCALES = {"hundred": 100, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_SCALES |= {f"{word}th": value for word, value in _SCALES.items()} | {"dozen": 12}
_SUFFIXES = {"k": 10**3, "m": 10**6, "mn": 10**6, "b": 10**9, "bn": 10**9, "t": 10**12, "tn": 10**12}

_NUMBER = re.compile(r"(\d[\d,]*(?:\.\d+)?)(k|m|mn|b|bn|t|tn|x|s|st|nd|rd|th)?(?![\w])", re.IGNORECASE)
_TOKEN = re.compile(
    rf"(?P<digits>(?<![\w.])(?<![^\W\d_]-){_NUMBER.pattern})|(?P<word>[^\W\d_]+)|(?P<mark>[^\s\w-]|(?<=\s)-|-(?=\s))",
    re.IGNORECASE,
)
_RANGE = re.compile(
    r"(\d+(?:\.\d+)?)\s*(?:-|–|to|or)\s*\$?\d+(?:\.\d+)?\s*(hundred|thousand|million|billion|trillion)"
)
_ALWAYS = {Decimal(1), Decimal(0)}
"""Numbers that are said without counting: one of them, no one, zero."""

_NAME = re.compile(r"[^\W_](?:[\w&]|['’.-](?=\w))*")
_QUOTATION = re.compile(r"“([^“”]+)”|\"([^\"]+)\"")
_TITLES = frozenset(_words("dr mr mrs ms prof st sen gov gen"))
_EVERYDAY = frozenset(_words("i i'm i've i'll i'd ai ok a.i okay"))
_OPENERS = frozenset(
    _words(
        "a an the this that these those it its he she they we you i who what which when where why how there "
        "here all both each every everyone everybody everything someone somebody something nobody nothing "
        "none one no not many most some several few more less much any another other others such and but or "
        "so yet for nor if as at in on by to from with without after before since until while because though "
        "although still even just only then now today tomorrow tonight next last first finally meanwhile "
        "instead also again once never always often perhaps maybe yes well good thanks his her their our my "
        "your"
    )
)
_DOES = frozenset(
    _words(
        "says said has had is was will would can could plans wants wanted announced told argues argued "
        "denies denied claims claimed reports reported launched released bought raised paid unveiled "
        "promises promised sued"
    )
)
"""Verbs that make the capitalised word before them, at the start of a sentence, a name."""


def lacking(spoken: str, source: str) -> tuple[str, ...]:
    """What `spoken` says and `source` lacks, as it would be told to a writer: `the number "917 million"`.

    `source` is everything that may be known: the story, and the people, the show and the date.
    """
    faults = [f'the number "{phrase}"' for phrase in _new_numbers(spoken, source)]
    faults += [f'the name "{name}"' for name in _new_names(spoken, source)]
    faults += [f'the quotation "{words}"' for words in _new_quotations(spoken, source)]
    return tuple(dict.fromkeys(faults))


# --- numbers ------------------------------------------------------------------------------------


def _new_numbers(spoken: str, source: str) -> Iterator[str]:
    known = set(_ALWAYS) | set(_counted(source))
    words = set(re.findall(r"[a-z]+", source.casefold()))
    for _, readings in _numbers(source):
        for reading in readings:
            known.update(reading)
    known |= {Decimal(run) for run in re.findall(r"(?<=[^\W\d_])-?(\d+)", source)}
    for low, scale in _RANGE.findall(source):
        known.add(Decimal(low) * _SCALES[scale])
    for phrase, readings in _numbers(spoken):
        if phrase.casefold() in ("second", "dozen") or any(reading <= known for reading in readings):
            continue
        yield phrase
    for scale, value in _SCALES.items():
        many = f"{scale}s"
        fits = many in words or any(value <= number < value * 1000 for number in known)
        if not fits and re.search(rf"\b{many}\b", spoken, re.IGNORECASE):
            yield many


def _counted(source: str) -> Iterator[Decimal]:
    """How long the source's lists are, and the place of each of their items."""
    length = 0
    for line in [*source.splitlines(), ""]:
        if re.match(r"\s*(?:[-*+]|\d+[.)])\s", line):
            length += 1
            yield Decimal(length)
        elif line.strip():
            length = 0


def _numbers(text: str) -> Iterator[tuple[str, list[set[Decimal]]]]:
    """Each run of number words or digits, and the ways in which it can be read."""
    run: list[re.Match[str]] = []
    tokens = [*_TOKEN.finditer(text), None]
    for here, after in pairwise([*tokens, None]):
        word = here["word"].casefold() if here and here["word"] else ""
        value = bool(here and here["digits"]) or word in _SMALL or word in _SCALES
        follows = after["word"].casefold() if after and after["word"] else ""
        joins = bool(run) and (
            (word == "and" and run[-1][0].casefold() in _SCALES and follows in _SMALL)
            or (word == "point" and follows in _SMALL)
        )
        opens = not run and word == "a" and follows in _SCALES
        twice = bool(run) and here is not None and bool(here["digits"] and run[-1]["digits"])
        if here and (value or joins or opens) and not twice:
            run.append(here)
            continue
        if run:
            yield text[run[0].start() : run[-1].end()], list(_readings([m[0].casefold() for m in run]))
            run = [here] if here and twice else []


def _readings(words: list[str]) -> Iterator[set[Decimal]]:
    """One number; a year or the like, two figures by two; or number after number."""
    yield {_cardinal(words)}
    parts = [part for part in _parts(words) if part is not None]
    for head in range(1, len(parts)):
        high, low = sum(parts[:head], Decimal(0)), sum(parts[head:], Decimal(0))
        if 10 <= high < 100 and low < 100:
            yield {high * 100 + low}
    if len(parts) > 1:
        yield set(parts)
        if all(part == int(part) and 0 <= part < 10 for part in parts):
            yield {Decimal("".join(str(int(part)) for part in parts))}


def _parts(words: list[str]) -> Iterator[Decimal | None]:
    """The value of each word, tens joined with their units."""
    index = 0
    while index < len(words):
        value = _value(words[index])
        if value and 20 <= value < 100 and value % 10 == 0 and index + 1 < len(words):
            unit = _value(words[index + 1])
            if unit is not None and 0 < unit < 10 and words[index] in _TENS:
                yield value + unit
                index += 2
                continue
        yield value
        index += 1


def _value(word: str) -> Decimal | None:
    if found := _NUMBER.fullmatch(word):
        suffix = (found[2] or "").lower()
        return Decimal(found[1].replace(",", "")) * _SUFFIXES.get(suffix, 1)
    return Decimal(_SMALL[word]) if word in _SMALL else None


def _cardinal(words: list[str]) -> Decimal:
    total, current = Decimal(0), Decimal(0)
    whole, _, fraction = " ".join(words).partition(" point ")
    for word in whole.split():
        value = _value(word)
        if word in _SCALES:
            scale = _SCALES[word]
            if scale <= 100:
                current = (current or Decimal(1)) * scale
            else:
                total, current = total + (current or Decimal(1)) * scale, Decimal(0)
        elif value is not None:
            current += value
    tail = fraction.split()
    digits = "".join(str(_SMALL[word]) for word in tail if word in _SMALL)
    number = total + current + Decimal(f"0.{digits}0")
    for word in tail:
        number *= Decimal(_SCALES.get(word, 1))
    return number


# --- names --------------------------------------------------------------------------------------


def _new_names(spoken: str, source: str) -> Iterator[str]:
    known = _vocabulary(source)
    run: list[str] = []
    before: re.Match[str] | None = None
    for token, starts, after in _tokens(spoken):
        strange = _is_name(token[0], after, starts=starts, source=source) and not _knows(known, token[0])
        adjoins = before is not None and not spoken[before.end() : token.start()].strip()
        if run and not (strange and adjoins):
            yield " ".join(run)
            run = []
        if strange and not run and before and adjoins and _may_be_name(before[0], known):
            run.append(before[0])
        if strange:
            run.append(token[0])
        before = token
    if run:
        yield " ".join(run)


def _may_be_name(word: str, known: set[str]) -> bool:
    """Whether a word before a name belongs to it; the first of a sentence was passed over until now."""
    return word[0].isupper() and word.casefold() not in _OPENERS and not _knows(known, word)


def _tokens(text: str) -> Iterator[tuple[re.Match[str], bool, str]]:
    """Each word, whether a sentence starts with it, and the word after it."""
    found = list(_NAME.finditer(text))
    for index, token in enumerate(found):
        before = text[: token.start()].rstrip()
        previous = found[index - 1][0].casefold() if index else ""
        starts = not before or (before[-1] in '.!?:;—–"“”(' and previous not in _TITLES)
        yield token, starts, found[index + 1][0] if index + 1 < len(found) else ""


def _is_name(word: str, after: str, *, starts: bool, source: str) -> bool:
    """Whether a word looks like a name."""
    bare = re.sub(r"['’]s$", "", word)
    if bare.casefold() in _EVERYDAY or not re.search(r"[A-Z]", bare):
        return False
    if all(part in _SMALL or part in _SCALES for part in bare.casefold().split("-")):
        return False
    if re.search(r"[A-Z0-9]", bare[1:]) and not _NUMBER.fullmatch(bare):
        return True
    if not starts:
        return True
    if bare.casefold() in _OPENERS or re.search(rf"\b{re.escape(bare.lower())}\b", source):
        return False
    return bare != word or (after in _DOES and not bare.endswith(("s", "ing", "ly")))


def _vocabulary(source: str) -> set[str]:
    """The words that names may be made of, and the initials of the source's names."""
    words = [token[0] for token in _NAME.finditer(source)]
    known: set[str] = set()
    for word in words:
        known.update(_forms(word))
    for run in re.findall(r"(?:\b[A-Z][\w-]*[ -]?){2,6}", source):
        initials = "".join(part[0] for part in re.split(r"[ -]", run) if part)
        for start in range(len(initials)):
            known.update(initials[start:end].casefold() for end in range(start + 2, len(initials) + 1))
    return known


def _forms(word: str) -> Iterable[str]:
    """A word as it may be written elsewhere: without possessive, dots, hyphens, and a final s."""
    bare = re.sub(r"['’]s$", "", word.casefold())
    joined = re.sub(r"[_.'’-]", "", bare)
    forms = {bare, joined, *re.split(r"[_.'’-]", bare)}
    return {form for f in forms if f for form in (f, f.removesuffix("s"))}


def _knows(known: set[str], word: str) -> bool:
    bare = re.sub(r"['’]s$", "", word.casefold())
    joined = re.sub(r"[_.'’-]", "", bare)
    if known & {bare, joined, joined.removesuffix("s")}:
        return True
    parts = [part for part in re.split(r"[_.'’-]", bare) if part]
    if not re.search(r"\d", bare):
        return len(parts) > 1 and all(known & {part, part.removesuffix("s")} for part in parts)
    halves = [("".join(parts[:i]), "".join(parts[i:])) for i in range(1, len(parts))]
    return any({head, tail} <= known and not tail.isdigit() for head, tail in halves)


# --- quotations ---------------------------------------------------------------------------------


def _new_quotations(spoken: str, source: str) -> Iterator[str]:
    words = f" {_plain(source)} "
    for found in _QUOTATION.finditer(spoken):
        quoted = found[1] or found[2]
        if f" {_plain(quoted)} " not in words:
            yield quoted


def _plain(text: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", re.sub(r"['’*]", "", text.casefold())))

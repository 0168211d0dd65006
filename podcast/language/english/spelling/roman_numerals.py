"""Roman numerals of rulers, wars, bowls, titles and parts."""

from __future__ import annotations

import re

from podcast.language.english.spelling.numerals import cardinal, ordinal
from podcast.language.english.spelling.rule import Rule, before, last_word

_ROMAN = re.compile(r"X{0,3}(?:IX|IV|V?I{0,3})")
_LONG_ROMAN = re.compile(r"M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
_RULERS = frozenset(
    "King Queen Pope Emperor Tsar Czar Prince Charles Elizabeth Louis Henry George Edward "
    "Richard William James Philip Paul Benedict Francis Pius Leo Napoleon Frederick Catherine "
    "Nicholas Alexander Wilhelm Innocent John Gregory Clement Urban Ivan Peter Felipe Carlos "
    "Juan Haakon Harald Olav Christian Gustav Gustaf Oscar Albert Leopold Otto Henri Ramses "
    "Ptolemy Darius Cyrus Xerxes Mary Margaret Margrethe Rama Hassan Abdullah Mohammed Faisal "
    "Alfonso Ferdinand Franz Joseph Rudolf Sigismund Vladimir Robert Stephen Boniface Sixtus "
    "Julius Celestine Adrian Eugene Justinian Theodosius Constantine Elizabeth Tutmose "
    "Amenhotep Thutmose Selim Mehmed Suleiman Murad Kamehameha Sobhuza Mswati Zog Isabel "
    "Isabella Maria Ludwig Friedrich Emmanuel Umberto Rainier Hussein Pedro Afonso Manuel "
    "Casimir Kenneth Baldwin".split()
)
_PARTS = frozenset(
    "Phase Part Type Class Volume Book Act Chapter Title Tier Level Stage Appendix Section "
    "Grade War Saturn Titan Mark Article Scene Schedule Division Annex Figure Table Apollo "
    "Gemini Unit Category Episode Session Round Auto GTA Civilization Fighter Scrolls Fantasy "
    "Quest Rocky Vatican Geneva Basel Solvency Kingdom Souls Diablo Protocol Canto Psalm "
    "Sonnet Symphony Group Region Zone District Corps".split()
)
# Here numerals may be long, as in `Super Bowl LVIII`.
_GREAT_PARTS = frozenset(
    "Bowl WrestleMania Wrestlemania Chapter Psalm Volume Vol Book Article Title Part Section "
    "Sonnet Olympiad Games Canto Super".split()
)
_NOT_NAMES = frozenset("A An In Of On For With And This That By".split())
_SPEAKER_VERBS = re.compile(
    r"'|\s(?:am|have|had|will|would|think|thought|know|knew|do|did|want|wanted|can|could|feel|"
    r"felt|like|liked|"
    r"love|loved|hate|see|saw|mean|need|wrote|write|read|made|make|hear|heard|use|used|play|"
    r"played|call|"
    r"remember|recall|should|must|may|might|never|always|also|was told)\b"
)
_REIGNS = re.compile(
    r"[,.;:!?)]|'s\b|$|\s(?:of|ruled|reigned|died|became|and\s(?!I\b)|was\s(?!told))"
)
_SMALL_PARTS = frozenset(
    "scene chapter part page volume act book section appendix phase type stage tier title "
    "article class grade level table figure".split()
)


def _value(numeral: str) -> int:
    values = [_VALUES[letter] for letter in numeral]
    return sum(-a if a < b else a for a, b in zip(values, [*values[1:], 0], strict=True))


def _long(match: re.Match[str]) -> str:
    numeral = match[0]
    is_next = re.search(
        r"Bowl (?:[A-Z][a-z]+(?:-[a-z]+)?|[IVXLC]+),? (?:and|or|to) $", before(match, 40)
    )
    if (last_word(match) not in _GREAT_PARTS and not is_next) or not _LONG_ROMAN.fullmatch(
        numeral
    ):
        return numeral
    return cardinal(str(_value(numeral))).capitalize()


def _single(match: re.Match[str]) -> str:
    """`Part V`, `Article I`, `George V`, `Elizabeth I`; but not `Charles, I said`."""
    word = last_word(match)
    is_pronoun = match[0] == "I" and _SPEAKER_VERBS.match(match.string, match.end())
    if word in _PARTS and not is_pronoun:
        return cardinal(str(_value(match[0]))).capitalize()
    if word not in _RULERS or word in ("King", "Queen", "Prince"):
        return match[0]
    if match[0] == "I" and not _REIGNS.match(match.string, match.end()):
        return match[0]
    return f"the {ordinal(str(_value(match[0])))}"


def _small(match: re.Match[str]) -> str:
    numeral = match[0].upper()
    if last_word(match).lower() not in _SMALL_PARTS or not _ROMAN.fullmatch(numeral):
        return match[0]
    return cardinal(str(_value(numeral)))


def _several(match: re.Match[str]) -> str:
    numeral, word = match[0], last_word(match)
    if numeral == "XX" or not _ROMAN.fullmatch(numeral):
        return numeral
    figures = str(_value(numeral))
    if word.lower() == "the":
        return ordinal(figures)
    if word in _RULERS:
        return f"the {ordinal(figures)}"
    return (
        cardinal(figures).capitalize()
        if word[:1].isupper() and word not in _NOT_NAMES
        else numeral
    )


RULES = (
    Rule(
        "long Roman numeral",
        ("Super Bowl LVIII began.", "Super Bowl Fifty-eight began."),
        r"[IVXLC](?<=\s[IVXLC])[IVXLC]*[LC][IVXLC]*\b(?![-.]\w|'(?!s\b)\w)|"
        r"[LC](?<=\s[LC])[IVXLC]*\b(?![-.]\w|'(?!s\b)\w)",
        _long,
        "LC",
    ),
    Rule(
        "Roman numeral of one letter",
        (
            "Phase I, Part V, Article I and George V.",
            "Phase One, Part Five, Article One and George the fifth.",
        ),
        r"[IVX](?<=\s[IVX])\b(?!\.\w|'(?!s\b)\w)",
        _single,
        "IVX",
    ),
    Rule(
        "Roman numeral",
        (
            "World War II, EIS XIII, Charles III, the XXI century.",
            "World War Two, EIS Thirteen, Charles the third, the twenty-first century.",
        ),
        r"[IVX](?<=\s[IVX])[IVX]+\b(?![-.]\w|'(?!s\b)\w)",
        _several,
        "IVX",
    ),
    Rule(
        "small Roman numeral",
        ("Scene ii and chapter iv.", "Scene two and chapter four."),
        r"[ivx](?<=\s[ivx])[ivx]*\b(?![-.]\w|'(?!s\b)\w)",
        _small,
        "ivx",
    ),
)

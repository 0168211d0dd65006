"""Words whose sound follows from their sense, which no tag tells.

`lead pipes`, `a tear in the wing`, `Nice`.

Each is answered with a word that always sounds as this one does there.
"""

from __future__ import annotations

from functools import cache

from podcast.language.english.accents import without_accents
from podcast.language.english.tagged_sentence import (
    AUXILIARIES,
    BE,
    DETERMINERS,
    SUBJECTS,
    TaggedSentence,
)
from podcast.language.english.tagger import NOUNS
from podcast.language.english.word_data import load


def find_homophone(sentence: TaggedSentence, place: int) -> str:
    """Find a word that sounds as the one there does in its sense.

    Empty where it sounds as usual.
    """
    word, written = sentence.word(place), sentence.words[place]
    if word.endswith("oë"):
        return word[:-1] + "ey"
    if word in _LOANS:
        return _LOANS[word]

    name = written if written.isascii() else without_accents(written)
    if name in _sounds_of_names():
        return _sounds_of_names()[name]

    find = _SENSES.get(written) or _SENSES.get(word)
    return find(sentence, place) if find else ""


def _sound_of_lead(sentence: TaggedSentence, place: int) -> str:
    return "led" if _is_metal(sentence, place) else ""


def _sound_of_polish(sentence: TaggedSentence, place: int) -> str:
    """`Polish the lens` opens a sentence; else it is of Poland."""
    return "polish" if sentence.tag(place + 1) in ("DT", "PRP$", "PRP") else ""


def _sound_of_tear(sentence: TaggedSentence, place: int) -> str:
    return sentence.word(place).replace("tear", "tare") if _is_rip(sentence, place) else ""


def _sound_of_bass(sentence: TaggedSentence, place: int) -> str:
    return "" if _nearby(sentence, place) & _FISHING else "base"


def _sound_of_bow(sentence: TaggedSentence, place: int) -> str:
    is_of_ship = _nearby(sentence, place) & _SHIPS
    is_taken = set(sentence.small[max(place - 4, 0) : place]) & _TAKEN
    return sentence.word(place).replace("bow", "bough") if is_of_ship or is_taken else ""


def _sound_of_row(sentence: TaggedSentence, place: int) -> str:
    """`a row over the budget`, `a bitter row` are quarrels."""
    if sentence.tag(place) not in NOUNS or sentence.word(place - 1) in _NUMBERED_ROWS:
        return ""
    following = sentence.word(place + 1)
    is_of_words = sentence.word(place - 1) in _BITTER or following in _QUARRELS
    return sentence.word(place).replace("row", "rau") if is_of_words else ""


def _sound_of_does(sentence: TaggedSentence, place: int) -> str:
    """`two does` are deer: a number never stands before the verb."""
    is_counted = sentence.tag(place - 1) == "CD" and sentence.word(place - 1) != "one"
    is_herd = (
        _joined_to(sentence, place, -1) in _DEER or _joined_to(sentence, place, 1) in _DEER
    )
    return "doughs" if is_counted or is_herd else ""


def _joined_to(sentence: TaggedSentence, place: int, step: int) -> str:
    """The word on the other side of an `and` or `or` beside it."""
    is_joined = sentence.word(place + step) in ("and", "or")
    return sentence.word(place + 2 * step) if is_joined else ""


def _sound_of_axes(sentence: TaggedSentence, place: int) -> str:
    """`They carried axes`, `it axes 500 jobs`; else they are of a graph."""
    is_deed = sentence.tag(place) == "VBZ" and sentence.tag(place + 1) in _OBJECT_TAGS
    return "axe's" if is_deed or _nearby(sentence, place) & _TOOLS else ""


def _sound_of_resume(sentence: TaggedSentence, place: int) -> str:
    """`Send your resume`: after an article or a possessive it is a paper."""
    is_paper = sentence.word(place - 1) in DETERMINERS or sentence.word(place + 1) in _PAPERS
    return "rezzoomay" if is_paper and sentence.word(place - 1) != "that" else ""


def _sound_of_bases(sentence: TaggedSentence, place: int) -> str:
    return "" if sentence.word(place + 1) in ("of", "for") else "base's"


def _sound_of_town(sentence: TaggedSentence, place: int) -> str:
    is_town = sentence.tag(place) in NOUNS and sentence.word(place - 1) in _INTO_TOWN
    return _TOWNS[sentence.words[place]] if is_town else ""


_TOWNS = {"Nice": "niece", "Reading": "redding"}
# Words as they are written, or in small letters.
_SENSES = {
    "lead": _sound_of_lead,
    "Polish": _sound_of_polish,
    "tear": _sound_of_tear,
    "tears": _sound_of_tear,
    "bass": _sound_of_bass,
    "bow": _sound_of_bow,
    "bows": _sound_of_bow,
    "bases": _sound_of_bases,
    "row": _sound_of_row,
    "rows": _sound_of_row,
    "does": _sound_of_does,
    "axes": _sound_of_axes,
    "resume": _sound_of_resume,
    "Nice": _sound_of_town,
    "Reading": _sound_of_town,
}


def _nearby(sentence: TaggedSentence, place: int) -> set[str]:
    return set(sentence.small[max(place - 4, 0) : place + 5])


@cache
def _sounds_of_names() -> dict[str, str]:
    table: dict[str, str] = load("name_sounds")["names"]
    return table


def _is_rip(sentence: TaggedSentence, place: int) -> bool:
    """Tell whether a `tear` is a hole: `a tear in the wing`, `wear and tear`."""
    before, after = sentence.word(place - 1), sentence.word(place + 1)
    if before in _RIPPED or (before == "and" and sentence.word(place - 2) == "wear"):
        return True
    has_place = after == "in" and sentence.word(place + 2) in DETERMINERS
    return has_place and sentence.tag(place) in NOUNS


def _is_metal(sentence: TaggedSentence, place: int) -> bool:
    """Tell whether `lead` is what pipes were made of."""
    before, after = sentence.word(place - 1), sentence.word(place + 1)
    if after in _LEAD_THINGS or before in _HOLDING or _is_in_a_thing(sentence, place):
        return True
    if before in AUXILIARIES | SUBJECTS | DETERMINERS:
        return False
    if before == "of" and sentence.word(place - 2) in _AMOUNTS_OF_METAL:
        return True

    nearby = _nearby(sentence, place)
    if place == 0 and after in BE:
        return bool(nearby & (_METALS | _LEAD_THINGS))
    return bool(nearby & _METALS) and sentence.tag(place) not in ("VBZ", "VBD", "VBP")


def _is_in_a_thing(sentence: TaggedSentence, place: int) -> bool:
    """Tell whether it goes on as in `the lead in the pipes`."""
    things = set(sentence.small[place + 2 : place + 5])
    return sentence.word(place + 1) == "in" and bool((_LEAD_THINGS | _POLLUTED) & things)


_HOLDING = frozenset("much contain contains containing contained".split())
# Words that no dictionary has, and that the rules for letters get wrong.
_LOANS = {
    "tête": "tet",
    "à": "ah",
    "messrs": "messers",
    "messrs.": "messers",
    "ctrl": "control",
    "resent": "rezent",
}
_LEAD_THINGS = frozenset(
    "roof roofs roofing sheeting flashing shielding apron aprons pigment pigments glaze "
    "glazes ingot ingots smelter smelters pipe pipes paint paints blood soil poisoning "
    "battery batteries bullet bullets acid acid-based content contamination exposure shot "
    "weights solder mine mines levels service".split()
)
_METALS = frozenset(
    "copper zinc tin mercury arsenic cadmium metal metals toxic ore blood water toys spices "
    "chocolate soil dust petrol gasoline plumbing".split()
)
_POLLUTED = frozenset(
    "water drinking soil paint toys dust petrol gasoline spices chocolate".split()
)
_AMOUNTS_OF_METAL = frozenset(
    "made trace traces level levels amount amounts concentration concentrations gram grams "
    "ton tons tonnes micrograms milligrams parts dose doses ounces pounds block blocks sheet "
    "sheets".split()
)
_RIPPED = frozenset(
    "ligament muscle acl meniscus hamstring cuff retina retinal tendon fabric skin cartilage "
    "mcl achilles".split()
)
_FISHING = frozenset("fish fishing sea striped caught river lake largemouth".split())
_SHIPS = frozenset("ship ship's stern boat boat's vessel vessel's deck hull".split())
_TAKEN = frozenset("took take takes taking final".split())
_NUMBERED_ROWS = frozenset("front back top bottom first second third last".split())
_BITTER = frozenset(
    "blazing bitter furious heated diplomatic political angry fierce public escalating racism "
    "trade visa tariff tax".split()
)
_QUARRELS = frozenset(
    "over about broke erupts erupted between deepens deepened escalates escalated "
    "rumbles".split()
)
_DEER = frozenset("bucks fawns deer stags".split())
_OBJECT_TAGS = frozenset("CD NN NNS JJ DT PRP$".split())
_TOOLS = frozenset(
    "knives hammers swords machetes picks saws shovels chainsaws axe wood timber carried "
    "carrying wielding armed battle ice throwing sharp steel".split()
)
_PAPERS = frozenset("gap gaps builder review writer tips".split())
_INTO_TOWN = frozenset("in of to from near for".split())

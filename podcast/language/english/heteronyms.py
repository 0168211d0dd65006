"""Words that are spelled alike and said in two ways: "they use it", "the use of it".

A tagger decides most of them. It errs where a sentence is short or a word is rare as what it is there, so
what stands around a word corrects it; and some words sound by their sense, which no tag tells: `lead pipes`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from podcast.language.english.accents import without_accents
from podcast.language.english.tagger import FINITE_VERBS, NOUNS, VERBS, tag_words
from podcast.language.english.word_data import load


class Reading(NamedTuple):
    """How a word is to be read."""

    tag: str
    """Its part of speech: `VBP`."""
    sounds_like: str = ""
    """A word that sounds as this one does here; empty where its tag tells."""


def read_words(words: Sequence[str]) -> list[Reading]:
    """Read the words and marks of one sentence."""
    sentence = _Sentence(words, tag_words(words))
    for place, word in enumerate(sentence.small):
        if word in _TWO_SOUNDS:
            sentence.tags[place] = _corrected_tag(sentence, place)
        elif word == "a":
            sentence.tags[place] = "NN" if _is_letter(sentence, place) else "DT"
    return [
        Reading(sentence.tags[place], _homophone(sentence, place))
        for place in range(len(sentence.words))
    ]


class _Sentence:
    """Words with what is known of them so far."""

    def __init__(self, words: Sequence[str], tags: Sequence[str]) -> None:
        self.words = words
        self.small = [word.lower() for word in words]
        self.tags = list(tags)
        if self.tags[:1] == ["VBZ"] and self.small[0].endswith("s"):
            self.tags[0] = "NNS"  # Hardly a sentence opens with `records`, the verb.

    def word(self, place: int) -> str:
        """The word there in small letters; empty outside the sentence."""
        return self.small[place] if 0 <= place < len(self.small) else ""

    def tag(self, place: int) -> str:
        return self.tags[place] if 0 <= place < len(self.tags) else ""

    def before(self, place: int) -> int:
        """The place before; `not` and adverbs such as `often` are skipped, and the subject of a question."""
        place -= 1
        while self.word(place) in _PREVERBAL:
            place -= 1
        asks = self.word(place) in _SUBJECTS and self.word(place - 1) in _QUESTION_VERBS
        return place - 1 if asks else place

    def has_finite_verb(self, without: int) -> bool:
        """Whether the clause around a place has another verb that a clause can stand on."""
        first, last = self._clause(without)
        return any(
            self.tags[place] in FINITE_VERBS
            for place in range(first, last)
            if place != without and not self._in_relative_clause(place, first)
        )

    def _clause(self, place: int) -> tuple[int, int]:
        first = place
        while first > 0 and self.words[first - 1] not in _CLAUSE_MARKS:
            first -= 1
        last = place
        while last < len(self.words) and self.words[last] not in _CLAUSE_MARKS:
            last += 1
        return first, last

    def _in_relative_clause(self, place: int, first: int) -> bool:
        return any(self.tags[at] in ("WDT", "WP") for at in range(max(first, place - 2), place))


_CLAUSE_MARKS = frozenset(". ! ? ; : , — –".split())
_PREVERBAL = frozenset(
    "not n't often always usually never also still now then rarely mostly just really".split()
)
_QUESTION_VERBS = frozenset("do does did will would can could should must may might".split())
_SUBJECTS = frozenset("i you we they he she it who people many most some others".split())
_BASE_SUBJECTS = frozenset("i you we they who people many most some others".split())
_DETERMINERS = frozenset(
    "the a an this that these those its their our your my his her no any every each another".split()
)
_OBJECTS = frozenset("it them him her us me you itself themselves each every".split()) | (
    _DETERMINERS - {"that"}
)
_AUXILIARIES = frozenset(
    "to will would can could may might must shall should do does did don't doesn't didn't cannot "
    "let lets".split()
)


def _corrected_tag(sentence: _Sentence, place: int) -> str:
    """The tag of a word of two sounds, after a look at what stands around it."""
    word = sentence.word(place)
    special = _SPECIAL.get(word)
    return special(sentence, place) if special else _usual_tag(sentence, place)


def _usual_tag(sentence: _Sentence, place: int) -> str:
    word, tag = sentence.word(place), sentence.tag(place)
    verb_tag = "VBZ" if word.endswith("s") else "VBP"
    noun_tag = "NNS" if word.endswith("s") else "NN"
    before, after = sentence.before(place), place + 1

    if sentence.word(before) in _BE and tag in ("VB", "VBP"):
        return "JJ"
    if _must_be_verb(sentence, place, before):
        return tag if tag in VERBS else "VB"
    if _cannot_be_verb(sentence, place):
        is_noun = tag in VERBS or (tag == "JJ" and word not in _ADJECTIVES)
        return noun_tag if is_noun else tag
    if tag in VERBS:
        return _kept_verb(sentence, place, noun_tag)
    if _subject_before(sentence, before, word) and _verb_goes_on(sentence, after):
        return verb_tag
    if not sentence.has_finite_verb(place) and _could_be_verb(sentence, before, after, word):
        return verb_tag
    return tag


_ADJECTIVES = frozenset(
    "animate appropriate approximate compact content converse deliberate diffuse elaborate frequent intimate "
    "invalid legitimate moderate perfect present separate subject subordinate upset".split()
)


def _must_be_verb(sentence: _Sentence, place: int, before: int) -> bool:
    """Whether an auxiliary or a bare command makes it one: `will house`, `Use the`."""
    word, following = sentence.word(before), sentence.word(place + 1)
    if word in _AUXILIARIES and not sentence.word(place).endswith("s"):
        # "Access to use of water", "a rise to record levels" have a noun there.
        goes_on = following in _OBJECTS or sentence.tag(place + 1) in _OBJECT_TAGS
        return word != "to" or sentence.tag(place) in VERBS or (goes_on and following != "of")
    if word in _HELP and (sentence.word(place) in _ADJECTIVES or following in _OBJECTS):
        return True
    opens = before < 0 or sentence.word(before) in ("and", "please", '"', "“")
    return opens and (following in _OBJECTS) and not sentence.word(place).endswith("s")


_HELP = frozenset("help helps helped helping".split())
_OBJECT_TAGS = frozenset("PRP PRP$ DT CD JJ NNS NNP".split())


def _cannot_be_verb(sentence: _Sentence, place: int) -> bool:
    """Whether it stands right after an article, a possessive, or a preposition."""
    before = sentence.word(place - 1)
    if before in ("the", "a", "an", "its", "their", "our", "your", "my", "his", "no", "every"):
        return sentence.tag(place) not in ("VBN", "VBG")
    return sentence.tag(place - 1) in ("POS", "PRP$", "IN") and before not in (
        "that",
        "than",
        "if",
        "as",
        "so",
    )


def _kept_verb(sentence: _Sentence, place: int, noun_tag: str) -> str:
    """The tag of what the tagger takes for a verb: a noun where a verb cannot stand."""
    if _is_part_of_name(sentence, place) or _ends_compound(sentence, place):
        return noun_tag
    if (
        sentence.tag(place) == "VB"
        and place
        and sentence.tag(place + 1) in ("VBN", "VBD", "VBZ", "MD")
    ):
        return noun_tag
    after = sentence.tag(place + 1)
    is_compound = sentence.tag(place - 1) in ("JJ", "CD", "NN") and after in FINITE_VERBS
    return (
        noun_tag if is_compound and sentence.tag(place) in FINITE_VERBS else sentence.tag(place)
    )


def _is_part_of_name(sentence: _Sentence, place: int) -> bool:
    """Whether it is written large among others, as in `Advanced Research Projects Agency`."""
    is_large = [word[:1].isupper() for word in sentence.words]
    is_headline = 2 * sum(is_large) > sum(word[:1].isalpha() for word in sentence.words)
    return place > 0 and is_large[place] and not is_headline


def _ends_compound(sentence: _Sentence, place: int) -> bool:
    """Whether it closes a clause that has its verb, as in `it changes data use, ...`."""
    if sentence.tag(place) not in ("VBP", "VBZ") or sentence.tag(place - 1) not in NOUNS:
        return False
    if re.match(r"\w", sentence.word(place + 1)):
        return False
    for at in range(place - 1, -1, -1):
        if sentence.words[at] in _CLAUSE_MARKS or sentence.word(at) in _SUBORDINATORS:
            return False
        if sentence.tag(at) in FINITE_VERBS:
            return True
    return False


_SUBORDINATORS = frozenset(
    "that which who how what where when while if because as and or but than say says said".split()
)


def _subject_before(sentence: _Sentence, before: int, word: str) -> bool:
    subjects = _SUBJECTS if word.endswith("s") else _BASE_SUBJECTS
    if sentence.word(before) in subjects:
        return True
    if word.endswith("s"):
        names_one = sentence.tag(before) == "JJ" and sentence.tag(before - 1) == "DT"
        return names_one or sentence.tag(before) in ("NN", "NNP")
    # A plural that opens a sentence is often taken for an adjective: `Critics object to it`.
    names_many = sentence.tag(before) == "JJ" and _ends_as_plural(sentence.word(before))
    opens_in_plural = (
        before == 0 and sentence.tag(0) == "NNP" and sentence.word(0).endswith("s")
    )
    return names_many or opens_in_plural or sentence.tag(before) in ("NNS", "NNPS")


def _ends_as_plural(word: str) -> bool:
    return word.endswith("s") and not word.endswith(("ss", "us", "is"))


def _verb_goes_on(sentence: _Sentence, after: int) -> bool:
    """Whether what follows is what follows verbs: an object with its article, a pronoun."""
    return sentence.word(after) in _OBJECTS or sentence.tag(after) in (
        "PRP",
        "PRP$",
        "DT",
        "CD",
    )


def _could_be_verb(sentence: _Sentence, before: int, after: int, word: str) -> bool:
    """Whether a clause without another verb can have its verb here."""
    is_last = sentence.word(after) in ("", ".", "!", "?")
    follows = (
        sentence.tag(after) in (*_OBJECT_TAGS, "IN", "TO", "RB", "NN", "RP", "WRB") or is_last
    )
    return _subject_before(sentence, before, word) and follows


# --- words with habits of their own ---------------------------------------------------------------


def _tag_of_read(sentence: _Sentence, place: int) -> str:
    """`They read it every day` against `They read it yesterday`."""
    before = sentence.before(place)
    word = sentence.word(before)
    if word in _AUXILIARIES or word in ("please", "and/or") or before < 0:
        return "VB"
    if word in _HAVE or (word in _BE and sentence.tag(place) in VERBS):
        return "VBN"
    if word in ("he", "she", "it"):
        return "VBD"
    if word in _DETERMINERS or (
        sentence.tag(before) == "JJ" and sentence.tag(before - 1) == "DT"
    ):
        return "NN"
    if word in ("well", "widely", "most"):
        return "VBN"

    if sentence.tag(before) in ("NN", "NNP") and not _is_led_by_verb(sentence, before):
        return "VBD"  # Of one, the present is `reads`.

    rest = set(sentence.small)
    if rest & _PAST_TIMES:
        return "VBD"
    if rest & _HABITS or {"every", "day"} <= rest or {"every", "week"} <= rest:
        return "VB"
    present = sum(tag in ("VBZ", "VBP") for at, tag in enumerate(sentence.tags) if at != place)
    past = sum(tag == "VBD" for at, tag in enumerate(sentence.tags) if at != place)
    if present == past and sentence.tag(place + 1) in ("NNS", "CD"):
        return "VB"
    return "VB" if present > past else "VBD"


def _is_led_by_verb(sentence: _Sentence, place: int) -> bool:
    """Whether a word before makes the next verb a bare one: `can a model read`, `let the public read`."""
    return any(
        word in _AUXILIARIES or word in _HELP or word in _CAUSES
        for word in sentence.small[max(0, place - 6) : place]
    )


_CAUSES = frozenset("make makes made have had watch watched see saw hear heard and or".split())


def _tag_of_used(sentence: _Sentence, place: int) -> str:
    """`He used to live there` against `the method used to train it is new`."""
    if sentence.word(place + 1) != "to":
        return sentence.tag(place)
    before = sentence.before(place)
    if sentence.word(before) in _BE:
        is_accustomed = sentence.tag(place + 2) in (
            "PRP",
            "PRP$",
            "DT",
            "NN",
            "NNS",
            "NNP",
            "VBG",
        )
        return "VBD" if is_accustomed else "VBN"
    if sentence.word(before) in _HAVE:
        return "VBN"
    if sentence.tag(before) in NOUNS and sentence.has_finite_verb(place):
        return "VBN"
    return "VBD"


_HAVE = frozenset("have has had having 've been being".split())
_BE = frozenset("is are was were be been being get got".split())
_PAST_TIMES = frozenset(
    "yesterday ago last once when after before earlier had was were did".split()
)
_HABITS = frozenset(
    "often always usually daily weekly sometimes every rarely never today now".split()
)


def _tag_of_live(sentence: _Sentence, place: int) -> str:
    """`They live there` against `a live show`, `is live`, `goes live`."""
    before, after = sentence.word(sentence.before(place)), sentence.word(place + 1)
    if before in _AUXILIARIES and sentence.word(place - 1) != "not":
        return "JJ" if after in _LIVE_THINGS else "VB"
    if sentence.word(place - 1) in ("it", "them", "him", "her"):
        return "JJ"  # `They watched it live`; of one, the verb is `lives`.
    if before in _SUBJECTS or (
        sentence.tag(place - 1) in ("NNS", "NNPS") and _where(sentence, place)
    ):
        return "VBP"
    if sentence.tag(place) in VERBS and sentence.tag(place - 1) in (
        "NNS",
        "NNPS",
        "WP",
        "WDT",
        "RB",
    ):
        return "VB" if before not in _GOING else "JJ"
    return "JJ"


_LIVE_THINGS = frozenset(
    "music data coverage video audio updates footage streams animals television tv events shows".split()
)
_GOING = frozenset(
    "go goes going went gone is are was were be been streamed broadcast came".split()
)


def _where(sentence: _Sentence, place: int) -> bool:
    """Whether what follows says where, how or for how long somebody lives."""
    return sentence.tag(place + 1) in ("IN", "RB", "TO") and sentence.word(place + 1) not in (
        "on",
    )


def _tag_of_lives(sentence: _Sentence, place: int) -> str:
    """`She lives there` against `many lives`."""
    before = sentence.word(sentence.before(place))
    if before in ("he", "she", "it", "who", "that", "one", "everyone", "nobody", "somebody"):
        return "VBZ"
    if sentence.tag(place - 1) in ("NN", "NNP") and (
        sentence.tag(place) == "VBZ" or not sentence.has_finite_verb(place)
    ):
        return "VBZ"
    return "NNS"


def _tag_of_minute(sentence: _Sentence, place: int) -> str:
    """`a minute change` against `a minute passed`, `a five-minute talk`."""
    after = sentence.word(place + 1)
    before = sentence.word(place - 1)
    if before in _BE and not re.match(r"\w", after):
        return "JJ"
    if sentence.tag(place - 1) == "CD" or before in (
        "-",
        "per",
        "every",
        "each",
        "last",
        "next",
    ):
        return "NN"
    return "JJ" if after in _TINY_THINGS or before in ("very", "so", "too", "most") else "NN"


_TINY_THINGS = frozenset(
    "dose doses speck specks size sizes hole holes gap gaps error errors sample samples insect insects "
    "amount amounts change changes crack cracks crystals detail details difference differences droplets "
    "fraction fractions fragments grains levels movements particle particles parts pieces quantities "
    "quantity scale shifts structures trace traces variation variations".split()
)


def _tag_of_close(sentence: _Sentence, place: int) -> str:
    """`They close it`, `the close of trading` against `close to it`, `a close race`."""
    before, after = sentence.word(sentence.before(place)), sentence.word(place + 1)
    if after in ("to", "by", "enough", "friend", "friends", "race", "look", "ties", "call"):
        return "VB" if before in _AUXILIARIES and after not in ("to", "call", "ties") else "JJ"
    if before in _AUXILIARIES or before in _BASE_SUBJECTS:
        return "VB"
    if after in ("of", "at", "down") and before in ("the", "market", "a", "by"):
        return "NN"
    if before == "the" and sentence.word(place - 2) in _AROUND and not re.match(r"\w", after):
        return "NN"
    if sentence.tag(place - 1) in ("NNS", "NNPS") and (
        after in ("at", "on", "in", "down", "their", "the")
        or not sentence.has_finite_verb(place)
    ):
        return "VB"
    return sentence.tag(place)


_AROUND = frozenset("at by near after before since until from into".split())


_PUT = frozenset("put puts putting".split())


def _tag_of_use(sentence: _Sentence, place: int) -> str:
    """`what use it has`, `put it to use`, and else as of any word of two sounds."""
    earlier = sentence.small[max(0, place - 6) : place]
    is_put_to = earlier[-1:] == ["to"] and _PUT & set(earlier)
    if earlier[-1:] == ["what"] or (is_put_to and not _verb_goes_on(sentence, place + 1)):
        return "NN"
    return _usual_tag(sentence, place)


def _tag_of_content(sentence: _Sentence, place: int) -> str:
    """`He is content` against `the content`, `content creators`."""
    before, after = sentence.word(sentence.before(place)), sentence.word(place + 1)
    if after.endswith(("self", "selves")):
        return "VB"
    is_state = before in _BE or before in (
        "seem",
        "seems",
        "seemed",
        "feel",
        "feels",
        "felt",
        "remain",
    )
    return "JJ" if is_state and sentence.tag(place + 1) not in NOUNS and after != "is" else "NN"


def _tag_of_wound(sentence: _Sentence, place: int) -> str:
    """`They wound it up`, `it was wound` against `the wound`."""
    before = sentence.word(sentence.before(place))
    if before in _BE or before in _HAVE:
        return "VBN"
    return "VBD" if before in _SUBJECTS else sentence.tag(place)


def _tag_of_affect(sentence: _Sentence, place: int) -> str:
    """The verb, but for `a flat affect`, a word of doctors."""
    is_noun = sentence.tag(place - 1) in ("DT", "PRP$", "JJ") and not _ends_as_plural(
        sentence.word(place - 1)
    )
    return "NN" if is_noun and place > 0 else "VB"


def _tag_of_dogged(sentence: _Sentence, place: int) -> str:
    """`a dogged fight` against `dogged by doubt`."""
    return "JJ" if sentence.tag(place - 1) in ("DT", "PRP$") else "VBN"


def _tag_of_learned(sentence: _Sentence, place: int) -> str:
    """`the learned judge` against `they learned`, `a learned habit`."""
    return "JJ" if sentence.word(place + 1) in _SCHOLARS else "VBD"


_SCHOLARS = frozenset(
    "judge judges professor men man woman women friend friends society societies journal journals scholar "
    "scholars counsel".split()
)

_SPECIAL = {
    "wound": _tag_of_wound,
    "use": _tag_of_use,
    "affect": _tag_of_affect,
    "dogged": _tag_of_dogged,
    "learned": _tag_of_learned,
    "content": _tag_of_content,
    "read": _tag_of_read,
    "used": _tag_of_used,
    "live": _tag_of_live,
    "lives": _tag_of_lives,
    "minute": _tag_of_minute,
    "close": _tag_of_close,
}


def _is_letter(sentence: _Sentence, place: int) -> bool:
    """Whether an A is the letter, as in `Series A` and `A: Yes`, and not the article."""
    before, after = sentence.word(place - 1), sentence.word(place + 1)
    following = sentence.words[place + 1] if after else ""
    if not re.match(r"\w", after) and after not in ('"', "“", "'", "‘", "("):
        return True
    if sentence.words[place] == "a":
        return False
    if "-" in (before, after):
        return True  # `Y-M-C-A and`, `T-R-N-A form`
    if _is_capital(following) or (
        after in ("and", "or") and _is_capital(_text(sentence, place + 2))
    ):
        return True
    if before in ("an", "the", "a", "that", "this") or before in _LETTERED_THINGS:
        return True
    if before in ("and", "or") and _is_capital(_text(sentence, place - 2)):
        return True
    opens = not re.match(r"\w", before) or not before
    if opens or (_text(sentence, place - 1)[:1].isupper() and following[:1].isupper()):
        return opens and after in ("is", "was", "stands")
    return True


def _text(sentence: _Sentence, place: int) -> str:
    return sentence.words[place] if 0 <= place < len(sentence.words) else ""


def _is_capital(word: str) -> bool:
    return len(word) == 1 and word.isupper() and word not in ("I", "A")


_LETTERED_THINGS = frozenset(
    "series plan option group team vitamin hepatitis type class grade section exhibit level block category "
    "influenza part row gate terminal version variant model share shares point question answer phase "
    "appendix schedule route line floor".split()
)


# --- senses that no tag tells ---------------------------------------------------------------------


def _homophone(sentence: _Sentence, place: int) -> str:
    """A word that sounds as the one there does in its sense; empty where it sounds as usual."""
    word, after = sentence.word(place), sentence.word(place + 1)
    written = sentence.words[place]
    if word.endswith("oë"):
        return word[:-1] + "ey"
    if word in _LOANS:
        return _LOANS[word]
    name = _sounds_of_names().get(written if written.isascii() else without_accents(written))
    if name:
        return name

    nearby = set(sentence.small[max(place - 4, 0) : place + 5])
    if word == "lead":
        return "led" if _is_metal(sentence, place, nearby) else ""
    if written == "Polish" and sentence.tag(place + 1) in ("DT", "PRP$", "PRP"):
        return "polish"
    if word in ("tear", "tears") and _is_rip(sentence, place):
        return "tare" if word == "tear" else "tares"
    if word == "bass":
        return "" if nearby & _FISHING else "base"
    if word in ("bow", "bows") and nearby & _SHIPS:
        return "bough" if word == "bow" else "boughs"
    if word == "bases":
        return "" if after in ("of", "for") else "base's"
    if (
        written == "Nice"
        and sentence.tag(place) in NOUNS
        and sentence.word(place - 1) in _INTO_TOWN
    ):
        return "niece"
    if (
        written == "Reading"
        and sentence.tag(place) in NOUNS
        and sentence.word(place - 1) in _INTO_TOWN
    ):
        return "redding"
    return ""


@cache
def _sounds_of_names() -> dict[str, str]:
    table: dict[str, str] = load("name_sounds")["names"]
    return table


def _is_rip(sentence: _Sentence, place: int) -> bool:
    """Whether a `tear` is a hole: `a tear in the wing`, `wear and tear`."""
    before, after = sentence.word(place - 1), sentence.word(place + 1)
    is_worn = before == "and" and sentence.word(place - 2) == "wear"
    is_hole = (
        after == "in"
        and sentence.word(place + 2) in _DETERMINERS
        and sentence.tag(place) in NOUNS
    )
    return is_worn or is_hole or before in _RIPPED


def _is_metal(sentence: _Sentence, place: int, nearby: set[str]) -> bool:
    """Whether `lead` is what pipes were made of."""
    before, after = sentence.word(place - 1), sentence.word(place + 1)
    is_in_a_thing = after == "in" and _LEAD_THINGS & set(sentence.small[place + 2 : place + 5])
    if (
        is_in_a_thing
        or after in _LEAD_THINGS
        or before
        in (
            "much",
            "contain",
            "contains",
            "containing",
            "contained",
        )
    ):
        return True
    if before in _AUXILIARIES or before in _SUBJECTS or before in _DETERMINERS:
        return False
    if before == "of" and sentence.word(place - 2) in _AMOUNTS_OF_METAL:
        return True
    if place == 0 and after in _BE:
        return bool(nearby & (_METALS | _LEAD_THINGS))
    return bool(nearby & _METALS) and sentence.tag(place) not in ("VBZ", "VBD", "VBP")


_LOANS = {
    "tête": "tet",
    "à": "ah",
    "messrs": "messers",
    "messrs.": "messers",
    "ctrl": "control",
    "resent": "rezent",
}
"""Words that no dictionary has, and that the rules for letters get wrong."""
_LEAD_THINGS = frozenset(
    "pipe pipes paint paints blood soil poisoning battery batteries bullet bullets acid acid-based content "
    "contamination exposure shot weights solder mine mines levels service".split()
)
_METALS = frozenset(
    "copper zinc tin mercury arsenic cadmium metal metals toxic ore blood water toys spices "
    "chocolate soil dust petrol gasoline plumbing".split()
)
_AMOUNTS_OF_METAL = frozenset(
    "made trace traces level levels amount amounts concentration concentrations gram grams ton tons tonnes "
    "micrograms milligrams parts dose doses ounces pounds block blocks sheet sheets".split()
)
_RIPPED = frozenset(
    "ligament muscle acl meniscus hamstring cuff retina retinal tendon fabric skin cartilage mcl achilles".split()
)
_FISHING = frozenset("fish fishing sea striped caught river lake largemouth".split())
_SHIPS = frozenset("ship ship's stern boat boat's vessel vessel's deck hull".split())
_INTO_TOWN = frozenset("in of to from near for".split())

_TWO_SOUNDS = frozenset(
    """
    abstract abuse abuses addict addicts advocate advocates affect affects affiliate affiliates aggregate
    aggregates alternate alternates animate appropriate approximate articulate associate associates
    attribute attributes augment certificate close combine combines commune compact compacts compound
    compounds compress concert conduct conducts confederate confines conflict conflicts conscript
    conscripts console consoles construct constructs content contents contest contests contract contracts
    contrast contrasts converse convert converts convict convicts coordinate coordinates correlate
    correlates decrease decreases defect defects delegate delegates deliberate desert deserts dictate
    dictates diffuse digest digests discard discards discharge discount discounts dispute document
    documents duplicate duplicates elaborate entrance entrances escort escorts estimate estimates excise
    excuse excuses exploit exploits export exports extract extracts ferment fragment fragments graduate
    graduates house houses implant implants import imports incense incline increase increases initiate
    initiates insert inserts insult insults intimate intrigue invalid invalids invite invites isolate
    isolates laminate legitimate live lives minute misconduct misuse misuses moderate moderates mouth
    object objects offset offsets overhaul overhauls overlap overlaps override overrides overthrow
    overturn overuse perfect perfects perfume permit permits pervert postulate precipitate predicate
    present presents proceeds produce progress progresses project projects purport read rebel rebels
    rebound rebounds recall recalls record records refill refund refunds refuse reject rejects relapse
    relapses relay relays remake remakes replay replays replicate reprint reprints reset resets retake
    retakes rethink reuse rewrite segment segments separate separates subject subjects subordinate
    subordinates survey surveys suspect suspects syndicate tear tears torment transfer transfers transform
    transplant transplants transport transports underestimate update upgrade upset upsets use used uses
    wind winds wound dogged learned
    abstracts approximates augments buffet certificates closer complement complements compliment compliments
    conglomerate consort degenerate discharges diagnoses excises imprint incorporate inclines intimates mediate
    mouths nominate overestimate overestimates overuses perforate precipitates recoil refills refresh remit
    replicates retest reuses revert segregate situate supplement supplements syndicates torments transforms
    triplicate undertaking warehouse warehouses implement implements merchandise misconducts
    """.split()
)
"""Words whose sound their tag decides."""

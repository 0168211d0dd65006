"""Words that are spelled alike and said in two ways: "they use it", "the use of it".

A tagger decides most of them. It errs where a sentence is short or a word is rare as what it is
there, so what stands around a word corrects it; and some words sound by their sense, which no
tag tells: `lead pipes`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from podcast.language.english.homophones import find_homophone
from podcast.language.english.tagged_sentence import (
    AUXILIARIES,
    BASE_SUBJECTS,
    BE,
    CLAUSE_MARKS,
    DETERMINERS,
    HAVE,
    OBJECTS,
    SUBJECTS,
    TaggedSentence,
)
from podcast.language.english.tagger import FINITE_VERBS, NOUNS, VERBS, tag_words


class Reading(NamedTuple):
    """How a word is to be read."""

    tag: str
    """Its part of speech: `VBP`."""
    sounds_like: str = ""
    """A word that sounds as this one does here; empty where its tag tells."""


def read_words(words: Sequence[str]) -> list[Reading]:
    """Read the words and marks of one sentence."""
    sentence = TaggedSentence(words, tag_words(words))
    for place, word in enumerate(sentence.small):
        if word in _TWO_SOUNDS:
            sentence.tags[place] = _corrected_tag(sentence, place)
        elif word == "a":
            sentence.tags[place] = "NN" if _is_letter(sentence, place) else "DT"
    return [
        Reading(sentence.tags[place], find_homophone(sentence, place))
        for place in range(len(sentence.words))
    ]


def _corrected_tag(sentence: TaggedSentence, place: int) -> str:
    """The tag of a word of two sounds, after a look at what stands around it."""
    word = sentence.word(place)
    special = _SPECIAL.get(word)
    return special(sentence, place) if special else _usual_tag(sentence, place)


def _usual_tag(sentence: TaggedSentence, place: int) -> str:
    word, tag = sentence.word(place), sentence.tag(place)
    noun_tag = _noun_tag(word)
    before = sentence.before(place)

    is_verb = tag in VERBS
    if sentence.word(before) in BE and tag in ("VB", "VBP"):
        return "JJ"
    if _must_be_verb(sentence, place, before):
        return tag if is_verb else "VB"
    if _cannot_be_verb(sentence, place):
        return noun_tag if is_verb or _is_false_adjective(word, tag) else tag
    if is_verb:
        return _kept_verb(sentence, place, noun_tag)
    return _verb_after_all(sentence, place) or tag


def _noun_tag(word: str) -> str:
    return "NNS" if word.endswith("s") else "NN"


def _is_false_adjective(word: str, tag: str) -> bool:
    return tag == "JJ" and word not in _ADJECTIVES


def _verb_after_all(sentence: TaggedSentence, place: int) -> str:
    """The tag of a verb that the tagger took for something else; empty where it is none."""
    word, before, after = sentence.word(place), sentence.before(place), place + 1
    verb_tag = "VBZ" if word.endswith("s") else "VBP"
    if _subject_before(sentence, before, word) and _verb_goes_on(sentence, after):
        return verb_tag
    if not sentence.has_finite_verb(place) and _could_be_verb(sentence, before, after, word):
        return verb_tag
    return ""


_ADJECTIVES = frozenset(
    "animate appropriate approximate compact content converse deliberate diffuse elaborate "
    "frequent intimate "
    "invalid legitimate moderate perfect present separate subject subordinate upset".split()
)


def _must_be_verb(sentence: TaggedSentence, place: int, before: int) -> bool:
    """Whether an auxiliary or a bare command makes it one: `will house`, `Use the`."""
    word, following = sentence.word(before), sentence.word(place + 1)
    is_bare = not sentence.word(place).endswith("s")
    if word in AUXILIARIES and is_bare:
        return word != "to" or _is_infinitive(sentence, place)

    takes_object = following in OBJECTS
    if word in _HELP:
        return takes_object or sentence.word(place) in _ADJECTIVES
    opens = before < 0 or word in ("and", "please", '"', "“")
    return opens and takes_object and is_bare


def _is_infinitive(sentence: TaggedSentence, place: int) -> bool:
    """Whether a verb follows `to`.

    "access to use of water", "a rise to record levels" have a noun.
    """
    following = sentence.word(place + 1)
    goes_on = following in OBJECTS or sentence.tag(place + 1) in _OBJECT_TAGS
    return sentence.tag(place) in VERBS or (goes_on and following != "of")


_HELP = frozenset("help helps helped helping".split())
_OBJECT_TAGS = frozenset("PRP PRP$ DT CD JJ NNS NNP".split())


def _cannot_be_verb(sentence: TaggedSentence, place: int) -> bool:
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


def _kept_verb(sentence: TaggedSentence, place: int, noun_tag: str) -> str:
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


def _is_part_of_name(sentence: TaggedSentence, place: int) -> bool:
    """Whether it is written large among others, as in `Advanced Research Projects Agency`."""
    is_large = [word[:1].isupper() for word in sentence.words]
    is_headline = 2 * sum(is_large) > sum(word[:1].isalpha() for word in sentence.words)
    return place > 0 and is_large[place] and not is_headline


def _ends_compound(sentence: TaggedSentence, place: int) -> bool:
    """Whether it closes a clause that has its verb, as in `it changes data use, ...`."""
    if sentence.tag(place) not in ("VBP", "VBZ") or sentence.tag(place - 1) not in NOUNS:
        return False
    if re.match(r"\w", sentence.word(place + 1)):
        return False
    for at in range(place - 1, -1, -1):
        if sentence.words[at] in CLAUSE_MARKS or sentence.word(at) in _SUBORDINATORS:
            return False
        if sentence.tag(at) in FINITE_VERBS:
            return True
    return False


_SUBORDINATORS = frozenset(
    "that which who how what where when while if because as and or but than say says said".split()
)


def _subject_before(sentence: TaggedSentence, before: int, word: str) -> bool:
    subjects = SUBJECTS if word.endswith("s") else BASE_SUBJECTS
    if sentence.word(before) in subjects:
        return True
    if word.endswith("s"):
        names_one = sentence.tag(before) == "JJ" and sentence.tag(before - 1) == "DT"
        return names_one or sentence.tag(before) in ("NN", "NNP")
    return sentence.tag(before) in ("NNS", "NNPS") or _is_unseen_plural(sentence, before)


def _is_unseen_plural(sentence: TaggedSentence, place: int) -> bool:
    """Whether the tagger took a plural for an adjective or a name: `Critics object to it`."""
    if sentence.tag(place) == "JJ":
        return _ends_as_plural(sentence.word(place))
    return place == 0 and sentence.tag(0) == "NNP" and sentence.word(0).endswith("s")


def _ends_as_plural(word: str) -> bool:
    return word.endswith("s") and not word.endswith(("ss", "us", "is"))


def _verb_goes_on(sentence: TaggedSentence, after: int) -> bool:
    """Whether what follows is what follows verbs: an object with its article, a pronoun."""
    return sentence.word(after) in OBJECTS or sentence.tag(after) in (
        "PRP",
        "PRP$",
        "DT",
        "CD",
    )


def _could_be_verb(sentence: TaggedSentence, before: int, after: int, word: str) -> bool:
    """Whether a clause without another verb can have its verb here."""
    is_last = sentence.word(after) in ("", ".", "!", "?")
    follows = (
        sentence.tag(after) in (*_OBJECT_TAGS, "IN", "TO", "RB", "NN", "RP", "WRB") or is_last
    )
    return _subject_before(sentence, before, word) and follows


# --- words with habits of their own ---------------------------------------------------------


def _tag_of_read(sentence: TaggedSentence, place: int) -> str:
    """`They read it every day` against `They read it yesterday`."""
    before = sentence.before(place)
    word = sentence.word(before)
    if _is_read_by_now(sentence, before, place):
        return "VBN"
    if word in _BARE_OPENERS:
        return "VB"
    if word in ("he", "she", "it"):
        return "VBD"
    if word in DETERMINERS or sentence.tags[max(before - 1, 0) : before + 1] == ["DT", "JJ"]:
        return "NN"
    if sentence.tag(before) in ("NN", "NNP") and not _is_led_by_verb(sentence, before):
        return "VBD"  # Of one, the present is `reads`.
    return _tense_of_read(sentence, place)


def _is_read_by_now(sentence: TaggedSentence, before: int, place: int) -> bool:
    """Whether it is done: `have read`, `was read`, `Have you read it?`."""
    word = sentence.word(before)
    if word in SUBJECTS:
        return sentence.word(before - 1) in ("have", "has", "had")
    return word in _DONE_BEFORE or (word in BE and sentence.tag(place) in VERBS)


def _tense_of_read(sentence: TaggedSentence, place: int) -> str:
    """The tense of `they read it`, as words of time and the other verbs tell it."""
    rest = set(sentence.small)
    if rest & _PAST_TIMES:
        return "VBD"
    if rest & _HABITS:
        return "VB"

    other_tags = [*sentence.tags[:place], *sentence.tags[place + 1 :]]
    present = other_tags.count("VBZ") + other_tags.count("VBP")
    past = other_tags.count("VBD")
    if present == past and sentence.tag(place + 1) in ("NNS", "CD"):
        return "VB"
    return "VB" if present > past else "VBD"


_DONE_BEFORE = HAVE | {"well", "widely", "most"}
_BARE_OPENERS = AUXILIARIES | {"please", "and/or", ""}


def _is_led_by_verb(sentence: TaggedSentence, place: int) -> bool:
    """Whether a word before makes the next verb a bare one.

    `can a model read`, `let the public read`.
    """
    return any(
        word in AUXILIARIES or word in _HELP or word in _CAUSES
        for word in sentence.small[max(0, place - 6) : place]
    )


_CAUSES = frozenset("make makes made have had watch watched see saw hear heard and or".split())


def _tag_of_used(sentence: TaggedSentence, place: int) -> str:
    """`He used to live there` against `the method used to train it is new`."""
    if sentence.word(place + 1) != "to":
        return sentence.tag(place)
    before = sentence.before(place)
    if sentence.word(before) in BE:
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
    if sentence.word(before) in HAVE:
        return "VBN"
    if sentence.tag(before) in NOUNS and sentence.has_finite_verb(place):
        return "VBN"
    return "VBD"


_PAST_TIMES = frozenset(
    "yesterday ago last once when after before earlier had was were did".split()
)
_HABITS = frozenset(
    "often always usually daily weekly sometimes every each rarely never today now".split()
)


def _tag_of_live(sentence: TaggedSentence, place: int) -> str:
    """`They live there` against `a live show`, `is live`, `goes live`."""
    before, after = sentence.word(sentence.before(place)), sentence.word(place + 1)
    if before in AUXILIARIES and sentence.word(place - 1) != "not":
        return "JJ" if after in _LIVE_THINGS else "VB"
    if sentence.word(place - 1) in ("it", "them", "him", "her"):
        return "JJ"  # `They watched it live`; of one, the verb is `lives`.
    if before in SUBJECTS:
        return "VBP"
    return "VB" if _plural_lives(sentence, place) else "JJ"


def _plural_lives(sentence: TaggedSentence, place: int) -> bool:
    """Whether several live there: `people live in it`, `those who live there`."""
    tag_before = sentence.tag(place - 1)
    if tag_before in ("NNS", "NNPS") and _where(sentence, place):
        return True
    follows_subject = tag_before in ("NNS", "NNPS", "WP", "WDT", "RB")
    is_going = sentence.word(sentence.before(place)) in _GOING
    return follows_subject and sentence.tag(place) in VERBS and not is_going


_LIVE_THINGS = frozenset(
    "music data coverage video audio updates footage streams animals television tv events shows".split()
)
_GOING = frozenset(
    "go goes going went gone is are was were be been streamed broadcast came".split()
)


def _where(sentence: TaggedSentence, place: int) -> bool:
    """Whether what follows says where, how or for how long somebody lives."""
    return sentence.tag(place + 1) in ("IN", "RB", "TO") and sentence.word(place + 1) not in (
        "on",
    )


def _tag_of_lives(sentence: TaggedSentence, place: int) -> str:
    """`She lives there` against `many lives`."""
    before = sentence.word(sentence.before(place))
    if before in ("he", "she", "it", "who", "that", "one", "everyone", "nobody", "somebody"):
        return "VBZ"
    if sentence.word(place + 1) in ("matter", "were", "are", "have"):
        return "NNS"  # `Black lives matter`: of what lives, that would be `matters`.
    if sentence.tag(place - 1) in ("NN", "NNP") and (
        sentence.tag(place) == "VBZ" or not sentence.has_finite_verb(place)
    ):
        return "VBZ"
    return "NNS"


def _tag_of_minute(sentence: TaggedSentence, place: int) -> str:
    """`a minute change` against `a minute passed`, `a five-minute talk`."""
    after = sentence.word(place + 1)
    before = sentence.word(place - 1)
    if before in BE and not re.match(r"\w", after):
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
    "dose doses speck specks size sizes hole holes gap gaps error errors sample samples insect "
    "insects "
    "amount amounts change changes crack cracks crystals detail details difference differences "
    "droplets "
    "fraction fractions fragments grains levels movements particle particles parts pieces "
    "quantities "
    "quantity scale shifts structures trace traces variation variations".split()
)


def _tag_of_close(sentence: TaggedSentence, place: int) -> str:
    """`They close it`, `the close of trading` against `close to it`, `a close race`."""
    before, after = sentence.word(sentence.before(place)), sentence.word(place + 1)
    if after in _NEAR_THINGS:
        return "VB" if before in AUXILIARIES and after not in ("to", "call", "ties") else "JJ"
    if before in AUXILIARIES or before in BASE_SUBJECTS:
        return "VB"
    if _is_end(sentence, place):
        return "NN"
    if sentence.tag(place - 1) in ("NNS", "NNPS") and (
        after in ("at", "on", "in", "down", "their", "the")
        or not sentence.has_finite_verb(place)
    ):
        return "VB"
    return sentence.tag(place)


def _is_end(sentence: TaggedSentence, place: int) -> bool:
    """Whether it is the end of trading, as in `the close of the day`."""
    before, after = sentence.word(sentence.before(place)), sentence.word(place + 1)
    if after in ("of", "at", "down"):
        return before in ("the", "market", "a", "by")
    is_last = not re.match(r"\w", after)
    return is_last and before == "the" and sentence.word(place - 2) in _AROUND


_NEAR_THINGS = frozenset("to by enough friend friends race look ties call".split())
_AROUND = frozenset("at by near after before since until from into".split())


_PUT = frozenset("put puts putting".split())


def _tag_of_use(sentence: TaggedSentence, place: int) -> str:
    """`what use it has`, `put it to use`, and else as of any word of two sounds."""
    earlier = sentence.small[max(0, place - 6) : place]
    is_put_to = earlier[-1:] == ["to"] and _PUT & set(earlier)
    if earlier[-1:] == ["what"] or (is_put_to and not _verb_goes_on(sentence, place + 1)):
        return "NN"
    return _usual_tag(sentence, place)


def _tag_of_content(sentence: TaggedSentence, place: int) -> str:
    """`He is content` against `the content`, `content creators`."""
    before, after = sentence.word(sentence.before(place)), sentence.word(place + 1)
    if after.endswith(("self", "selves")):
        return "VB"
    is_state = before in BE or before in (
        "seem",
        "seems",
        "seemed",
        "feel",
        "feels",
        "felt",
        "remain",
    )
    return "JJ" if is_state and sentence.tag(place + 1) not in NOUNS and after != "is" else "NN"


def _tag_of_wound(sentence: TaggedSentence, place: int) -> str:
    """`They wound it up`, `it was wound` against `the wound`."""
    before = sentence.word(sentence.before(place))
    if before in BE or before in HAVE:
        return "VBN"
    return "VBD" if before in SUBJECTS else sentence.tag(place)


def _tag_of_dove(sentence: TaggedSentence, place: int) -> str:
    """`Shares dove 9%` against `a dove of peace`."""
    moves = sentence.tag(place + 1) in ("IN", "CD", "RB", "TO", "RP", "DT")
    has_subject = sentence.word(place - 1) in SUBJECTS or sentence.tag(place - 1) in NOUNS
    is_only_verb = not sentence.has_finite_verb(place)
    return "VBD" if moves and has_subject and is_only_verb else sentence.tag(place)


def _tag_of_affect(sentence: TaggedSentence, place: int) -> str:
    """The verb, but for `a flat affect`, a word of doctors."""
    is_noun = sentence.tag(place - 1) in ("DT", "PRP$", "JJ") and not _ends_as_plural(
        sentence.word(place - 1)
    )
    return "NN" if is_noun and place > 0 else "VB"


def _tag_of_dogged(sentence: TaggedSentence, place: int) -> str:
    """`a dogged fight` against `dogged by doubt`."""
    return "JJ" if sentence.tag(place - 1) in ("DT", "PRP$") else "VBN"


def _tag_of_learned(sentence: TaggedSentence, place: int) -> str:
    """`the learned judge` against `they learned`, `a learned habit`."""
    return "JJ" if sentence.word(place + 1) in _SCHOLARS else "VBD"


_SCHOLARS = frozenset(
    "judge judges professor men man woman women friend friends society societies journal "
    "journals scholar "
    "scholars counsel".split()
)

_SPECIAL = {
    "wound": _tag_of_wound,
    "dove": _tag_of_dove,
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


def _is_letter(sentence: TaggedSentence, place: int) -> bool:
    """Whether an A is the letter, as in `Series A` and `A: Yes`, and not the article."""
    before, after = sentence.word(place - 1), sentence.word(place + 1)
    if not re.match(r"\w", after) and after not in ('"', "“", "'", "‘", "("):
        return True
    if sentence.words[place] == "a":
        return False
    if "-" in (before, after):
        return True  # `Y-M-C-A and`, `T-R-N-A form`
    if before in _LETTERED_THINGS or _is_beside_letter(sentence, place):
        return True
    return _is_letter_by_place(sentence, place)


def _is_beside_letter(sentence: TaggedSentence, place: int) -> bool:
    """Whether another letter stands beside it: `A B`, `A and B`, `B or A`."""
    before, after = _text(sentence, place - 1), _text(sentence, place + 1)
    if _is_capital(after):
        return True
    follows = after in ("and", "or") and _is_capital(_text(sentence, place + 2))
    return follows or (before in ("and", "or") and _is_capital(_text(sentence, place - 2)))


def _is_letter_by_place(sentence: TaggedSentence, place: int) -> bool:
    """Whether a large A within a sentence, or before `is`, is the letter.

    In titles it is the article.
    """
    before, following = _text(sentence, place - 1), _text(sentence, place + 1)
    if not re.match(r"\w", before):
        return following.lower() in ("is", "was", "stands")
    return not (before[:1].isupper() and following[:1].isupper())


def _text(sentence: TaggedSentence, place: int) -> str:
    return sentence.words[place] if 0 <= place < len(sentence.words) else ""


def _is_capital(word: str) -> bool:
    return len(word) == 1 and word.isupper() and word not in ("I", "A")


_LETTERED_THINGS = frozenset(
    "an the a that this "
    "series plan option group team vitamin hepatitis type class grade section exhibit level "
    "block category "
    "influenza part row gate terminal version variant model share shares point question answer "
    "phase "
    "appendix schedule route line floor".split()
)


# Words whose sound their tag decides.
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
    dove triplicate undertaking warehouse warehouses implement implements merchandise misconducts
    """.split()
)

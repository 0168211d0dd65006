"""Rules that give a participle before or behind its subject a sentence of its own.

`Founded by two sailors, it sells maps` is `It was founded by two sailors. It sells maps.`
"""

from __future__ import annotations

import re

from podcast.language.english.tagger import TaggedWord
from podcast.language.english.word_data import first_large
from podcast.write.template.grammar import Parsed, close, has_open_quote, parse_sentence
from podcast.write.template.halves import HEAVY, has_parallel, is_longer
from podcast.write.template.rewritten import Rewritten
from podcast.write.template.things import THINGS

_OPENING_PARTICIPLE = re.compile(
    r"""
    (?P<participle>Founded|Developed|Created|Built|Designed|Launched|Released|Introduced
      |Directed|Written
      |Organized|Organised|Hosted|Trained|Tested|Named|Equipped|Powered|Led|Backed|Supported
      |Priced)
    (?P<phrase>\ [^,]+(?:,\ (?:and|or|an?)\ [^,]+)?),[ ]
    (?P<subject>it|they|(?:[Tt]he|[Tt]his|[Ii]ts)\ (?:[\w-]+\ ){0,3}?[\w-]+
      |[A-Z][\w-]+(?:\ [A-Z\d][\w-]*){0,3})
    \ (?P<rest>(?:also\ |now\ )?[a-z]+\b.*)
    """,
    re.VERBOSE,
)
_ACTIVE_OPENING = re.compile(
    r"""
    (?P<participle>Aiming|Featuring|Offering|Incorporating|Combining|Emphasizing|Emphasising
      |Highlighting|Advocating|Covering|Addressing)
    (?P<phrase>\ [^;:]+?),[ ]
    (?P<subject>it|(?:[Tt]he|[Tt]his|[Ii]ts)\ (?:[\w-]+\ ){0,3}?[\w-]+)
    \ (?P<rest>(?:also\ )?[a-z]+s\b.*)
    """,
    re.VERBOSE,
)
_ACTIVE_VERBS = {
    "Aiming": "aims",
    "Featuring": "features",
    "Offering": "offers",
    "Incorporating": "incorporates",
    "Combining": "combines",
    "Emphasizing": "emphasizes",
    "Emphasising": "emphasises",
    "Highlighting": "highlights",
    "Advocating": "advocates",
    "Covering": "covers",
    "Addressing": "addresses",
}


def divide_at_active_opening(sentence: str) -> Rewritten | None:
    """Give `Featuring ten ships, it shows` two sentences: `It features ten ships. It shows`."""
    match = _ACTIVE_OPENING.fullmatch(sentence)
    if not match or not is_longer(sentence, 16) or has_open_quote(match["phrase"]):
        return None

    subject, rest = match["subject"], match["rest"]
    main = _find_verb(match)
    if main is None or main.tag != "VBZ" or has_parallel(match["phrase"]):
        return None
    if _say_again(subject, main.text, match["participle"]) != "It":
        return None
    verb = _ACTIVE_VERBS[match["participle"]]
    first = f"{first_large(subject)} {verb}{match['phrase']}"
    return Rewritten((close(first), close(f"It {rest}")))


_IS_NOW = frozenset("Led Backed Supported Powered Equipped Named Priced Designed Built".split())
# These may be said of a person: then a name does not tell whether the person still is.
_OF_PEOPLE = frozenset("Led Backed Supported Named Priced".split())
# These are said of things alone: then a single name is `it`.
_OF_THINGS = frozenset(
    "Founded Developed Created Built Launched Released Designed Powered".split()
)


def divide_at_opening(sentence: str) -> Rewritten | None:
    """Divide behind a participle at the beginning.

    `Founded by two sailors, it sells` becomes `It was founded by two sailors. It sells`.
    """
    match = _OPENING_PARTICIPLE.fullmatch(sentence)
    if not match or not is_longer(sentence, 12) or has_open_quote(match["phrase"]):
        return None

    subject, rest, participle = match["subject"], match["rest"], match["participle"]
    main = _find_verb(match)
    again = _say_again(subject, main.text, participle) if main else ""
    if not again:
        return None

    is_now = participle in _IS_NOW
    copula = {("They", True): "are", ("They", False): "were"}.get((again, is_now))
    copula = copula or ("is" if is_now else "was")
    opening = f"{first_large(subject)} {copula} {participle.lower()}{match['phrase']}"
    return Rewritten((close(opening), close(f"{again} {rest}")))


def _find_verb(match: re.Match[str]) -> TaggedWord | None:
    """The main verb, where it stands right behind its subject and the opening has none."""
    if parse_sentence(match["phrase"]).first_finite() is not None:
        return None
    subject = first_large(match["subject"])
    clause = parse_sentence(f"{subject} {match['rest']}")
    at = clause.first_finite()
    if at is None or clause.words[at].start > len(subject) + len(" also "):
        return None
    return clause.words[at]


def _say_again(subject: str, verb: str, participle: str) -> str:
    """The subject a second time: a pronoun where it can only be a thing, else its name.

    Or nothing.
    """
    if subject.lower() in ("it", "they"):
        return first_large(subject)

    is_one = _is_singular(verb)
    if re.match(r"(?:the|this|its)\b", subject, re.IGNORECASE):
        is_thing = re.search(rf"\b(?:{THINGS})$", subject) is not None
        return "It" if is_one and is_thing else ""
    return _say_name_again(subject, participle, is_one=is_one)


def _say_name_again(name: str, participle: str, *, is_one: bool) -> str:
    is_single_name = " " not in name and not name.endswith("s")
    if is_single_name and participle in _OF_THINGS:
        return "It"
    is_known = participle not in _OF_PEOPLE and (is_one or is_single_name)
    return name if is_known else ""


def _is_singular(verb: str) -> bool:
    """Tell whether a verb can only have one subject: `sells`, `has`."""
    return re.search(r"(?<!s)s$", verb) is not None


def _is_of_one(verb: TaggedWord) -> bool:
    """Tell whether a verb may have one subject: `sells`; `may` and `sold` have one form."""
    return _is_singular(verb.text) or verb.tag in ("MD", "VBD")


_ASIDE = re.compile(
    r"""
    (?P<subject>(?:The|This|Its)\ [^,]{2,50}|[A-Z][\w’'-]*(?:\ [A-Z\d][\w-]*){0,3}),[ ]
    (?P<aside>(?:led|managed|organized|organised|hosted|powered)\ by\ [^,]+
      |(?:scheduled|set|due)\ for\ [^,]+|(?:based|built)\ on\ [^,]+|detailed\ in\ [^,]+
      |(?:developed|founded|created|introduced|built|invented)\ by\ [^,]+
      (?:,\ [^,]+,?\ and\ [^,]+)?),[ ]
    (?P<rest>[a-z].*)
    """,
    re.VERBOSE,
)
_HAS_PASSED = frozenset("developed founded created introduced invented".split())


def divide_at_aside(sentence: str) -> Rewritten | None:
    """Tell what stands between a subject and its verb after it: `It is led by`."""
    match = _ASIDE.fullmatch(sentence)
    if not match or not is_longer(sentence, HEAVY) or has_open_quote(match["subject"]):
        return None

    subject, aside, rest = match["subject"], match["aside"], match["rest"]
    whole = f"{subject} {rest}"
    verb = _find_verb_at(whole, len(subject) + 1)
    if verb is None or not _is_of_one(verb):
        return None
    if _names_several(parse_sentence(subject)) or not _can_follow(aside, rest):
        return None

    copula = _choose_copula(aside, verb)
    return Rewritten((close(whole), close(f"It {copula} {aside}")))


def _find_verb_at(sentence: str, start: int) -> TaggedWord | None:
    """Find the sentence's first finite verb, if it begins at `start`, in characters."""
    clause = parse_sentence(sentence)
    at = clause.first_finite()
    if at is None or clause.words[at].start != start:
        return None
    return clause.words[at]


def _choose_copula(aside: str, verb: TaggedWord) -> str:
    # What was founded or introduced is over, though the sentence speaks of today.
    if aside.split(maxsplit=1)[0] in _HAS_PASSED or verb.tag == "VBD":
        return "was"
    return "is"


def _can_follow(aside: str, rest: str) -> bool:
    """Tell whether `It is` and the aside are clear behind the rest of the sentence.

    Behind `was closed amid quarrels, including one over its director` it is not clear who was
    led.
    """
    if parse_sentence(aside).first_finite():
        return False
    return "," not in rest or aside.split()[1] != "by"


def _names_several(subject: Parsed) -> bool:
    return subject.words[-1].tag in ("NNS", "NNPS") or any(
        word.tag == "CC" for word in subject.words
    )

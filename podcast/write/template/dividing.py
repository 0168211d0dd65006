"""Rules that make two sentences of a long one, where the grammar is certain.

The first half is the main clause, the second says its subject again: `It also covers`, `That enables`.
"""

from __future__ import annotations

import re

from podcast.language.english.tagger import FINITE_VERBS, NAMES, NOUNS
from podcast.language.english.word_data import first_large
from podcast.write.template.grammar import (
    HEDGES,
    NEGATIONS,
    Parsed,
    close,
    has_open_quote,
    has_quote,
    is_clause,
    parse_sentence,
)
from podcast.write.template.rewritten import Rewritten

LONG = 30
"""A sentence of more words than this is divided where the grammar is certain."""
HEAVY = 22
"""A sentence of more words than this is divided where its parts say different things."""
SHORTEST_HALF = 5
"""Words that each half has at least."""


def _is_longer(sentence: str, words: int) -> bool:
    return len(sentence.split()) > words


def _halves_fit(left: str, right: str, least: int = SHORTEST_HALF) -> bool:
    """Whether both halves have words enough, and no quotation is torn."""
    if has_open_quote(left) or has_open_quote(right):
        return False
    return min(len(left.split()), len(right.split())) >= least


def _is_unsure(parsed: Parsed) -> bool:
    """Whether a clause hedges or denies: what hangs on it would be hedged or denied as well."""
    return parsed.has_any(HEDGES | NEGATIONS) or any(word.tag == "MD" for word in parsed.words)


_OPENS_WITH_CONDITION = re.compile(
    r"(?:If|When|While|Although|Though|As|After|Before|Since|Because|Once|Unless|Despite|With|By"
    r"|Whether|Without|Unlike|Given)\b"
)
_REACHES_OVER = re.compile(
    r"\b(?:that|whether|if|because|says?|said|argues?|warns?|believes?|notes?|claims?|stated?|states)\b"
)


def _depends(left: str) -> bool:
    """Whether what stands before a comma hangs on what follows, or reaches over it."""
    return bool(_OPENS_WITH_CONDITION.match(left) or _REACHES_OVER.search(left))


_PARALLEL = re.compile(r", (?:and |or )?(?:\w+ly )?\w+ing |\b(?:and|or) (?:\w+ly )?\w+ing ")
"""A second participle beside the first: it would be left without its subject."""


# --- clauses ------------------------------------------------------------------------------------


def divide_at_semicolon(sentence: str) -> Rewritten | None:
    """Make two sentences of what a semicolon parts, where each half is a clause."""
    if "; " not in sentence or has_quote(sentence) or "(" in sentence or ":" in sentence:
        return None

    halves = [re.sub(r"^(?:and|however,) ", "", half) for half in sentence.split("; ")]
    if not all(is_clause(half) and len(half.split()) >= 4 for half in halves):
        return None
    return Rewritten(tuple(close(first_large(half)) for half in halves))


_JOINT = re.compile(r", (?P<joint>and|but) (?=[\w“\"])")


def divide_at_clause(sentence: str) -> Rewritten | None:
    """Divide a long sentence before `, and` or `, but` with a clause of its own on either side."""
    if not _is_longer(sentence, LONG) or has_quote(sentence):
        return None

    for match in _JOINT.finditer(sentence):
        left, right = sentence[: match.start()], sentence[match.end() :]
        if len(left.split()) < 8 or len(right.split()) < 6 or _depends(left):
            continue
        is_list = ", " in left and match["joint"] == "and"
        if is_list or not _starts_clause(right) or not is_clause(left):
            continue
        opening = "But " if match["joint"] == "but" else ""
        second = first_large(opening + right)
        further = divide_at_clause(second)
        return Rewritten((close(left), *(further.sentences if further else (second,))))
    return None


def _starts_clause(right: str) -> bool:
    """Whether a clause starts here: its subject, then its finite verb, with no comma between."""
    parsed = parse_sentence(first_large(right))
    at = parsed.first_finite()
    if at is None or not 1 <= at <= 6:
        return False

    subject = parsed.words[:at]
    breaks_off = (",", "that", "which", "who", "to")
    if any(word.text in breaks_off or word.tag in _NO_SUBJECT for word in subject):
        return False
    return subject[-1].tag in NOUNS or subject[-1].tag in ("PRP", "RB", "EX")


_NO_SUBJECT = ("IN", "VBG", "VB", "TO")


_WHICH = re.compile(r"(?P<noun>\b[a-z][\w-]*), which (?P<verb>[a-z]+(?:s)?) ")


def divide_at_which(sentence: str) -> Rewritten | None:
    """Give a clause with `which` at the end of a long sentence the noun that it is about."""
    match = _WHICH.search(sentence)
    if not match or not _is_longer(sentence, HEAVY) or has_quote(sentence):
        return None

    left, right = sentence[: match.end("noun")], sentence[match.start("verb") :]
    main, clause = parse_sentence(left), parse_sentence(f"This {right}")
    noun, verb = main.words[-1], clause.words[1]
    if verb.tag not in ("VBZ", "VBP", "VBD") or noun.tag not in ("NN", "NNS"):
        return None
    if not _is_only_noun(main) or _is_unsure(main) or _depends(left) or not is_clause(left):
        return None
    if not _halves_fit(left, right, 6) or re.search(r",(?! and| or)", right):
        return None

    agrees = {"NN": "VBZ", "NNS": "VBP"}[noun.tag]
    if verb.tag not in (agrees, "VBD"):
        return None
    pointer = "That" if noun.tag == "NN" else "Those"
    return Rewritten((close(left), close(f"{pointer} {noun.text} {right}")))


def _is_only_noun(main: Parsed) -> bool:
    """Whether the noun at the end is what `which` must mean: no other one hangs together with it."""
    verb = main.first_finite()
    if verb is None:
        return False
    behind = main.words[verb + 1 :]
    return not any(word.tag in ("IN", "CC", "TO", "VBN", "VBG", ",") for word in behind)


# --- participles at the end ---------------------------------------------------------------------

_AIM = re.compile(r", aiming to (?=[a-z]+ )")


def divide_at_aim(sentence: str) -> Rewritten | None:
    """Give the aim at the end of a long sentence a sentence of its own."""
    match = _AIM.search(sentence)
    if not match or not _is_longer(sentence, 14) or has_quote(sentence):
        return None

    left, right = sentence[: match.start()], sentence[match.end() :]
    if not is_clause(left) or _depends(left):
        return None
    if re.search(r",(?! and| or)", right) and re.search(r", \w+ing ", right):
        return None
    if not _halves_fit(left, right, 3):
        return None
    return Rewritten((close(left), close(f"The aim is to {right}")))


_AMONG = re.compile(r"(?P<noun>\b[a-z]+s), including (?=[\w“\"])")


def divide_at_including(sentence: str) -> Rewritten | None:
    """Give a list of examples at the end of a long sentence a sentence of its own."""
    match = _AMONG.search(sentence)
    if not match or not _is_longer(sentence, LONG) or has_quote(sentence):
        return None

    left, right = sentence[: match.end("noun")], sentence[match.end() :]
    has_verbs = any(word.tag in FINITE_VERBS | {"VBG"} for word in parse_sentence(right).words)
    if parse_sentence(left).words[-1].tag != "NNS" or has_verbs or " and " not in right:
        return None
    if not is_clause(left) or _depends(left) or len(left.split()) < 8:
        return None
    return Rewritten((close(left), close(f"Among them are {right}")))


_TELLING_VERBS = {
    "emphasizing": "emphasize",
    "emphasising": "emphasise",
    "highlighting": "highlight",
    "discussing": "discuss",
    "covering": "cover",
    "exploring": "explore",
    "noting": "note",
    "stressing": "stress",
    "addressing": "address",
    "detailing": "detail",
    "featuring": "feature",
    "offering": "offer",
    "incorporating": "incorporate",
    "advocating": "advocate",
    "focusing": "focus",
    "targeting": "target",
    "using": "use",
}
"""What a text, an event or a thing does besides."""
_ALSO_DOES = re.compile(rf", (?:and )?(?P<verb>{'|'.join(_TELLING_VERBS)}) (?=\w)")
_THINGS = "|".join(
    """
    guide report study paper article piece survey post event conference session update webinar course
    list summary overview workshop program programme tool system platform model benchmark framework
    feature app service project bill law initiative proposal exhibition museum festival book film album
    show library site tracker technology robot satellite company firm startup method approach device
    chip algorithm network dataset mission collaboration partnership legislation strategy suite summit
    software hub funding act rule agreement deal plan campaign bridge ship train building
    """.split()
)
_THING = re.compile(rf"(?:The|This|Its) (?:[\w-]+ ){{0,3}}?(?:{_THINGS})(?= (?:also )?\w+s\b)")
"""A subject that can only be `it`."""


_PRONOUN = re.compile(r"(?:He|She|It|They)(?= )")


def divide_at_tail(sentence: str) -> Rewritten | None:
    """Give what a text, a thing or `she` also does a sentence: `, emphasizing` is `It also`."""
    match = _ALSO_DOES.search(sentence)
    pronoun = _PRONOUN.match(sentence)
    if not match or not (pronoun or _THING.match(sentence)) or not _is_longer(sentence, 21):
        return None

    left, right = sentence[: match.start()], sentence[match.end() :]
    main = parse_sentence(left)
    if _is_unsure(main) or "," in left or _depends(left) or not is_clause(left):
        return None
    if _PARALLEL.search(right) or not _halves_fit(left, right):
        return None

    base = _TELLING_VERBS[match["verb"]]
    subject = pronoun[0] if pronoun else "It"
    verb = _in_tense(base, main, is_plural=subject == "They")
    if not verb:
        return None
    also = "" if main.has_any(frozenset({"also"})) else "also "
    return Rewritten((close(left), close(f"{subject} {also}{verb} {right}")))


def _in_tense(verb: str, main: Parsed, *, is_plural: bool) -> str:
    """A verb in the tense of the main clause; empty where that is neither present nor past."""
    at = main.first_finite()
    tag = main.words[at].tag if at is not None else ""
    is_perfect = any(word.tag == "VBN" for word in main.words[(at or 0) + 1 : (at or 0) + 3])
    if is_perfect or tag not in ("VBZ", "VBP", "VBD"):
        return ""
    if tag == "VBD":
        return f"{verb}d" if verb.endswith("e") else f"{verb}ed"
    return verb if is_plural else _third_person(verb)


def _third_person(verb: str) -> str:
    return f"{verb}es" if verb.endswith(("s", "sh", "ch", "x", "z")) else f"{verb}s"


_EFFECTS = {
    "enabling": "enables",
    "allowing": "allows",
    "reducing": "reduces",
    "making": "makes",
    "helping": "helps",
    "improving": "improves",
    "simplifying": "simplifies",
    "enhancing": "enhances",
    "boosting": "boosts",
    "streamlining": "streamlines",
    "facilitating": "facilitates",
    "raising": "raises",
    "leading to": "leads to",
    "ensuring": "ensures",
}
_SPEAKS = frozenset(
    "advocated proposed recommended suggested emphasizes emphasises highlights discusses explores "
    "underscores calls advises urges encourages promotes envisions shows demonstrates finds "
    "reveals indicates showing".split()
)
"""Verbs of a sentence that only tells of something: its effect would be the telling's."""
_CONSEQUENCE = re.compile(rf", (?P<verb>{'|'.join(_EFFECTS)}) (?=\w)")


def divide_at_consequence(sentence: str) -> Rewritten | None:
    """Give what follows from a long sentence a sentence of its own: `, enabling` is `That enables`.

    Only where the main clause is said as a fact of the present: under a hedge, an aim or a condition the
    consequence is hedged as well.
    """
    match = _CONSEQUENCE.search(sentence)
    if not match or not _is_longer(sentence, HEAVY):
        return None

    left, right = sentence[: match.start()], sentence[match.end() :]
    main = parse_sentence(left)
    at = main.first_finite()
    if at is None or main.words[at].tag not in ("VBZ", "VBP"):
        return None
    is_perfect = any(word.tag == "VBN" for word in main.words[at + 1 : at + 3])
    if main.has_any(_SPEAKS) or is_perfect:
        return None
    if _is_unsure(main) or _depends(left) or not is_clause(left) or _ends_in_participles(left):
        return None
    if _PARALLEL.search(right) or not _halves_fit(left, right):
        return None
    return Rewritten((close(left), close(f"That {_EFFECTS[match['verb']]} {right}")))


def _ends_in_participles(left: str) -> bool:
    """Whether a participle stands after the last comma: the effect may be of it alone."""
    return (
        "," in left
        and re.match(r" (?:\w+ly )?\w+(?:ing|ed)\b", left.rpartition(",")[2]) is not None
    )


_WITH = re.compile(r", with (?=[\w$€£“\"])")
_STATES = {
    "warning": "warn",
    "indicating": "indicate",
    "showing": "show",
    "including": "include",
    "leading": "lead",
    "featuring": "feature",
    "offering": "offer",
}


def divide_at_with(sentence: str) -> Rewritten | None:
    """Give `, with the North leading in` at the end of a sentence a verb: `The North leads in`."""
    match = _WITH.search(sentence)
    if not match or not _is_longer(sentence, 18):
        return None

    left, right = sentence[: match.start()], sentence[match.end() :]
    main, absolute = parse_sentence(left), parse_sentence(right)
    at = next((at for at, word in enumerate(absolute.words) if word.text in _STATES), None)
    if at is None or not 1 <= at <= 8 or not _is_plain_phrase(absolute, at):
        return None
    verb = main.first_finite()
    if verb is None or main.words[verb].tag not in ("VBZ", "VBP"):
        return None
    if (
        _is_unsure(main)
        or _depends(left)
        or not is_clause(left)
        or not _halves_fit(left, right)
    ):
        return None

    head = absolute.words[at - 1]
    base = _STATES[absolute.words[at].text]
    said = base if head.tag in ("NNS", "NNPS") else _third_person(base)
    subject = right[: absolute.words[at].start].strip()
    rest = right[absolute.words[at].end :]
    if _PARALLEL.search(rest):
        return None
    return Rewritten((close(left), close(f"{first_large(subject)} {said}{rest}")))


def _is_plain_phrase(parsed: Parsed, end: int) -> bool:
    """Whether the words before `end` are one noun phrase of which the last word is the head."""
    words = parsed.words[:end]
    if words[-1].tag not in (*NOUNS, "VBG"):
        return False
    if any(word.tag in NAMES for word in words):
        return False
    return not any(word.tag in ("IN", "CC", "TO", ",", "VBN", "WDT") for word in words)


# --- participles at the beginning ---------------------------------------------------------------

_OPENING_PARTICIPLE = re.compile(
    r"""
    (?P<participle>Founded|Developed|Created|Built|Designed|Launched|Released|Introduced|Directed|Written
      |Organized|Organised|Hosted|Trained|Tested|Named|Equipped|Powered|Led|Backed|Supported|Priced)
    (?P<phrase>\ [^,]+(?:,\ (?:and|or)\ [^,]+)?),[ ]
    (?P<subject>it|they|(?:[Tt]he|[Tt]his|[Ii]ts)\ (?:[\w-]+\ ){0,3}?[\w-]+|[A-Z][\w-]+(?:\ [A-Z\d][\w-]*){0,3})
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
    if not match or not _is_longer(sentence, 16) or has_open_quote(match["phrase"]):
        return None

    subject, rest = match["subject"], match["rest"]
    clause = parse_sentence(f"{first_large(subject)} {rest}")
    at = clause.first_finite()
    if at is None or clause.words[at].tag != "VBZ" or _PARALLEL.search(match["phrase"]):
        return None
    if clause.words[at].start > len(subject) + len(" also "):
        return None
    if parse_sentence(match["phrase"]).first_finite() is not None:
        return None

    again = _say_again(subject, clause.words[at].text, match["participle"])
    verb = _ACTIVE_VERBS[match["participle"]]
    if again != "It":
        return None
    first = f"{first_large(subject)} {verb}{match['phrase']}"
    return Rewritten((close(first), close(f"It {rest}")))


_IS_NOW = frozenset("Led Backed Supported Powered Equipped Named Priced Designed Built".split())
_OF_PEOPLE = frozenset("Led Backed Supported Named Priced".split())
"""These may be said of a person: then a name does not tell whether the person still is."""


def divide_at_opening(sentence: str) -> Rewritten | None:
    """Give `Founded by two sailors, it sells` two sentences: `It was founded by two sailors.`"""
    match = _OPENING_PARTICIPLE.fullmatch(sentence)
    if not match or not _is_longer(sentence, 12) or has_open_quote(match["phrase"]):
        return None
    if parse_sentence(match["phrase"]).first_finite() is not None:
        return None

    subject, rest, participle = match["subject"], match["rest"], match["participle"]
    clause = parse_sentence(f"{first_large(subject)} {rest}")
    at = clause.first_finite()
    if at is None or clause.words[at].start > len(subject) + len(" also "):
        return None
    again = _say_again(subject, clause.words[at].text, participle)
    if not again:
        return None

    is_now = participle in _IS_NOW
    copula = {("They", True): "are", ("They", False): "were"}.get((again, is_now))
    copula = copula or ("is" if is_now else "was")
    opening = f"{first_large(subject)} {copula} {participle.lower()}{match['phrase']}"
    return Rewritten((close(opening), close(f"{again} {rest}")))


def _say_again(subject: str, verb: str, participle: str) -> str:
    """The subject a second time: a pronoun where it can only be a thing, else its name; or nothing."""
    if subject.lower() in ("it", "they"):
        return first_large(subject)

    is_one = re.search(r"(?<!s)s$", verb) is not None
    if re.match(r"(?:the|this|its)\b", subject, re.IGNORECASE):
        is_thing = re.search(rf"\b(?:{_THINGS})$", subject) is not None
        return "It" if is_one and is_thing else ""

    is_single_name = " " not in subject and not subject.endswith("s")
    is_known = participle not in _OF_PEOPLE and (is_one or is_single_name)
    return subject if is_known else ""


_ASIDE = re.compile(
    r"""
    (?P<subject>(?:The|This|Its)\ [^,]{2,50}|[A-Z][\w’'-]*(?:\ [A-Z\d][\w-]*){0,3}),[ ]
    (?P<aside>(?:led|managed|organized|organised|hosted|powered)\ by\ [^,]+
      |(?:scheduled|set|due)\ for\ [^,]+|(?:based|built)\ on\ [^,]+|detailed\ in\ [^,]+
      |(?:developed|founded|created|introduced|built|invented)\ by\ [^,]+(?:,\ [^,]+,?\ and\ [^,]+)?),[ ]
    (?P<rest>[a-z].*)
    """,
    re.VERBOSE,
)
_HAS_PASSED = frozenset("developed founded created introduced invented".split())


def divide_at_aside(sentence: str) -> Rewritten | None:
    """Tell what stands between a subject and its verb after it: `It is led by`."""
    match = _ASIDE.fullmatch(sentence)
    if not match or not _is_longer(sentence, HEAVY) or has_open_quote(match["subject"]):
        return None

    subject, aside, rest = match["subject"], match["aside"], match["rest"]
    whole = f"{subject} {rest}"
    clause = parse_sentence(whole)
    at = clause.first_finite()
    if at is None or clause.words[at].start != len(subject) + 1:
        return None
    verb = clause.words[at].text
    if not re.search(r"(?<!s)s$", verb) and clause.words[at].tag != "MD":
        return None
    if (
        _names_several(parse_sentence(subject))
        or parse_sentence(aside).first_finite() is not None
    ):
        return None

    is_over = aside.split()[0] in _HAS_PASSED or clause.words[at].tag == "VBD"
    copula = "was" if is_over or verb == "was" else "is"
    return Rewritten((close(whole), close(f"It {copula} {aside}")))


def _names_several(subject: Parsed) -> bool:
    return subject.words[-1].tag in ("NNS", "NNPS") or any(
        word.tag == "CC" for word in subject.words
    )

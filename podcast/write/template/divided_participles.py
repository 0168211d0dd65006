"""Rules that give a participle at the end of a sentence a subject and a sentence of its own.

`The report describes the pier, emphasizing its age` is `The report describes the pier. It also
emphasizes its age.` What the whole clause brings about is said of it: `That enables`.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from podcast.language.english.tagger import NAMES, TaggedWord
from podcast.language.english.word_classes import find_lemma, inflect_verb
from podcast.write.template.grammar import close, parse_sentence
from podcast.write.template.halves import Halves, cut_sentence, has_parallel, is_longer
from podcast.write.template.rewritten import Rewritten
from podcast.write.template.things import THINGS

# A sentence of so many words is said in one breath.
LONGEST_WHOLE = 17

# What a text or an event does besides.
_TELLS = frozenset(
    "emphasizing emphasising highlighting discussing exploring noting stressing addressing "
    "detailing advocating focusing targeting underscoring".split()
)
# What a thing does besides.
_DOES = frozenset(
    "offering providing incorporating employing using outperforming surpassing integrating "
    "capturing overcoming".split()
)
# What only a thing with parts does; behind another subject its object may do it.
_HAS = frozenset("covering featuring".split())

_EFFECTS = frozenset(
    "enabling allowing reducing making helping improving simplifying enhancing boosting "
    "streamlining facilitating raising ensuring prompting causing increasing accelerating "
    "lowering strengthening showing demonstrating proving indicating reflecting eliminating "
    "minimizing".split()
)
_PROVES = frozenset("showing demonstrating proving indicating reflecting".split())
# What a deed brings about.
_WITH_PREPOSITION = frozenset(("leading to", "resulting in", "contributing to"))

_TAIL = re.compile(
    r", (?:and )?(?:thereby |thus )?"
    r"(?P<manner>significantly |greatly |dramatically |effectively |particularly |further )?"
    r"(?P<verb>[a-z]+ing)(?P<to> to| in)? (?=[\w“\"$€£])"
)
_PRONOUN = re.compile(r"(?:He|She|It|They)(?= )")
# A subject that can only be `it`.
_THING = re.compile(
    rf"""
    (?:The|This|Its|Their|An?|Another|[A-Z][\w-]*['’]s)[ ]
    (?:(?!(?:of|for|from|in|on|by|at|to|with|and|or)\b)[\w'’.-]+\ ){{0,5}}?
    (?:{THINGS})
    (?:\ (?:of|for|from|in|on|by|to|between|with)\ [^,]+)?
    """,
    re.VERBOSE | re.IGNORECASE,
)
# Verbs of a sentence that only tells of something: its effect would be the telling's.
_SPEAKS = frozenset(
    "advocated proposed recommended suggested emphasizes emphasises highlights discusses "
    "looks examines covers considers reviews details "
    "explores future underscores calls advises urges encourages promotes envisions shows "
    "demonstrates finds reveals indicates showing highlighted emphasized showed "
    "demonstrated describes described tells told explains explained outlines reports reported "
    "how why what".split()
)


def divide_at_tail(sentence: str) -> Rewritten | None:
    """Give what a text, a thing or `she` also does a sentence: `, emphasizing` is `It also`."""
    return _divide_at_last(sentence, _divide_deed)


def divide_at_consequence(sentence: str) -> Rewritten | None:
    """Give what follows from a sentence one of its own: `, enabling` is `That enables`.

    Only where the main clause is said as a fact: under a hedge, an aim or a condition the
    consequence is hedged as well.
    """
    return _divide_at_last(sentence, _divide_effect)


_Divide = Callable[[re.Match[str], Halves], Rewritten | None]


def _divide_at_last(sentence: str, divide: _Divide) -> Rewritten | None:
    """Divide before the last participle behind a comma at which that is certain."""
    if not is_longer(sentence, LONGEST_WHOLE):
        return None
    for match in reversed(list(_TAIL.finditer(sentence))):
        halves = _cut_at(sentence, match)
        divided = divide(match, halves) if halves else None
        if divided:
            return divided
    return None


def _divide_deed(match: re.Match[str], halves: Halves) -> Rewritten | None:
    if match["verb"] not in _TELLS | _DOES | _HAS:
        return None
    if match["verb"] not in _TELLS and ("," in halves.left or halves.main.has_any(_SPEAKS)):
        return None  # `discusses the tricks of thieves, using` is done by the thieves.

    subject = _find_pronoun(halves, needs_thing=match["verb"] in _HAS)
    said = _say_finite(match, halves, is_plural=subject == "They")
    if not subject or not said:
        return None
    also = _say_also(match, halves, subject)
    return Rewritten((close(halves.left), close(f"{subject} {also}{said}")))


def _say_also(match: re.Match[str], halves: Halves, subject: str) -> str:
    """`also` where somebody does or says one thing after another."""
    if match["manner"] or halves.main.has_any(frozenset({"also"})):
        return ""
    return "also " if match["verb"] in _TELLS or subject not in ("It", "They") else ""


def _divide_effect(match: re.Match[str], halves: Halves) -> Rewritten | None:
    if not _is_effect(match) or halves.main.has_any(_SPEAKS):
        return None
    # `has opened, allowing`: what it allows goes on.
    goes_on = match["verb"] in ("allowing", "enabling") and _find_tense(halves) == "VBN"
    said = _say_finite(match, halves, is_plural=False, tense="VBZ" if goes_on else "")
    if not said:
        return None

    # `This gate opens at noon, allowing` is done by the gate: it needs no `that` after `this`.
    is_of_thing = halves.left.startswith("This ") and _find_pronoun(halves, needs_thing=True)
    says_it = re.match(r"(?:it|them|its|their)\b", halves.right)
    subject = "It" if is_of_thing and not says_it else "That"
    return Rewritten((close(halves.left), close(f"{subject} {said}")))


def _is_effect(match: re.Match[str]) -> bool:
    if match["to"]:
        return f"{match['verb']}{match['to']}" in _WITH_PREPOSITION
    return match["verb"] in _EFFECTS


def _cut_at(sentence: str, match: re.Match[str]) -> Halves | None:
    """The halves, where the first is said as a fact and the participle is certainly of it."""
    is_effect = _is_effect(match)
    # `a model that finds ships, showing great success` is said of the model.
    may_be_relative = is_effect and match["verb"] not in _PROVES
    halves = cut_sentence(
        sentence, match.start(), match.end(), least=3, may_be_relative=may_be_relative
    )
    if halves is None or not _is_done(halves):
        return None
    tense = _find_tense(halves)
    return halves if tense in _TENSES and (is_effect or tense != "VBN") else None


def _is_done(halves: Halves) -> bool:
    """Whether the first half says what is so, and the second hangs on it alone."""
    if not halves.is_sure or _ends_in_participles(halves.left):
        return False
    if _IS_INTENDED.search(halves.left, _place_of_verb(halves)):
        return False
    return _find_tense(halves) != "VBD" or not _LASTS.search(halves.right)


_LASTS = re.compile(
    r"\b(?:until|till|next|soon|later|from now|by (?:the end|20\d\d)|"
    r"this (?:week|month|year))\b"
)
"""What reaches beyond the deed: who opened a gate until May has not only `allowed` it."""


def _place_of_verb(halves: Halves) -> int:
    at = halves.main.first_finite()
    return halves.main.words[at].start if at is not None else 0


# What is meant to be done, whose effects are only meant as well.
_IS_INTENDED = re.compile(
    r"\b(?:initiatives?|efforts?|strategy|bid|plans?|attempts?|push|campaign|programme?) to\b"
)
_TENSES = ("VBZ", "VBP", "VBD", "VBN")


def _find_tense(halves: Halves) -> str:
    """The tag of the main verb, which `is opened` has too; `VBN` for `has opened`."""
    at = halves.main.first_finite()
    verb = halves.main.words[at] if at is not None else None
    if verb is None:
        return ""
    if verb.text in ("has", "have") and not halves.tense:
        return "VBN"
    return verb.tag


def _ends_in_participles(left: str) -> bool:
    """Tell whether a participle stands after the last comma: the effect may be of it alone."""
    last = left.rpartition(",")[2]
    return "," in left and re.match(r" (?:and )?(?:\w+ly )?\w+(?:ing|ed)\b", last) is not None


def _find_pronoun(halves: Halves, *, needs_thing: bool) -> str:
    """The pronoun for the subject of the main clause; empty where that is not certain."""
    pronoun = _PRONOUN.match(halves.left)
    if pronoun:
        return pronoun[0]

    verb = halves.main.first_finite() or 0
    subject = _without_adverbs(halves.main.words[:verb])
    if not subject or any(word.text in (",", ":", ";") for word in subject):
        return ""
    text = halves.left[: subject[-1].end]
    if _THING.fullmatch(text):
        return "It"
    return "" if needs_thing else _find_plural(subject) or _find_name(subject, text)


def _without_adverbs(words: tuple[TaggedWord, ...]) -> tuple[TaggedWord, ...]:
    while words and words[-1].tag == "RB":
        words = words[:-1]
    return words


def _find_plural(subject: tuple[TaggedWord, ...]) -> str:
    """`They` for several things or people that are no names."""
    has_name = any(word.tag in NAMES for word in subject)
    is_nested = any(word.tag in ("IN", "VBN", "VBG", "WDT", "WP", "CC") for word in subject)
    is_plural = subject[-1].tag == "NNS"
    return "They" if is_plural and not has_name and not is_nested else ""


_TITLES = frozenset(
    "CEO CFO CTO President Chairman Chairwoman Director Minister Senator".split()
)


def _find_name(subject: tuple[TaggedWord, ...], text: str) -> str:
    """A subject that is nothing but a name, without an office before it."""
    tokens = text.split()
    if len(tokens) == 3 and tokens[0] in _TITLES:
        tokens = tokens[1:]
    is_name = all(word.tag in NAMES and word.text[:1].isupper() for word in subject)
    return " ".join(tokens) if is_name and len(tokens) <= 2 else ""


_PAIR = re.compile(
    r"(?P<first>[^,;]+?),? and (?P<verb>[a-z]+ing) (?P<rest>[^,;]+(?:, [^,;]+)*)"
)


def _say_finite(
    match: re.Match[str], halves: Halves, *, is_plural: bool, tense: str = ""
) -> str:
    """The participle as a finite verb, with what hangs on it; empty where not certain.

    It has the tense of the main clause, unless another is given.
    """
    tense = tense or _find_tense(halves)
    verb = _inflect(match["verb"], tense, is_plural=is_plural)
    rest = halves.right
    if has_parallel(rest):
        rest = _say_pair_finite(rest, tense, is_plural=is_plural)
    if not verb or not rest:
        return ""
    return f"{match['manner'] or ''}{verb}{match['to'] or ''} {rest}"


def _say_pair_finite(rest: str, tense: str, *, is_plural: bool) -> str:
    """`tea and selling maps` as `tea and sells maps`: both of a pair are finite."""
    pair = _PAIR.fullmatch(rest)
    if pair is None or _GERUND.search(pair["first"]) or _GERUND.search(pair["rest"]):
        return ""
    second = _inflect(pair["verb"], tense, is_plural=is_plural).removeprefix("has ")
    if not second or not _is_participle(pair["verb"], rest):
        return ""
    return f"{pair['first']} and {second} {pair['rest']}"


_GERUND = re.compile(r"\b\w+ing\b")


def _is_participle(word: str, text: str) -> bool:
    tags = {tagged.tag for tagged in parse_sentence(text).words if tagged.text == word}
    return tags == {"VBG"}


def _inflect(participle: str, tense: str, *, is_plural: bool) -> str:
    """A verb in the tense of the main clause: `enables`, `enabled`; empty where it has none."""
    lemma = find_lemma(participle, "VERB")
    if lemma is None:
        return ""
    if tense == "VBN":
        return f"has {inflect_verb(lemma, 'VBN')}"
    if tense == "VBD":
        return inflect_verb(lemma, "VBD")
    return lemma if is_plural else inflect_verb(lemma, "VBZ")

"""Rules that say who speaks before what is said: a listener cannot look back."""

from __future__ import annotations

import re

from podcast.language.english.tagger import NAMES
from podcast.language.english.word_data import first_large
from podcast.write.template.grammar import is_clause, parse_sentence
from podcast.write.template.rewritten import Rewritten

_SPEECH = r"(?:said|says|added|adds|wrote|writes|explained|explains|noted|notes|argued|argues)"
_PLAIN_STARTS = frozenset(
    "the a an this these that those it its they their there he she his her some many most "
    "several about more at in on nearly almost over under both all each every no few one two "
    "three four five six seven eight nine ten".split()
)

# Behind one word in capitals these tell that it is a name, and no noun at the beginning.
_AUXILIARIES = frozenset("has have had is are was were will would can could may might".split())


def _small_start(claim: str) -> str:
    """A clause as it goes on after `said that`; empty where its first word may be a name."""
    first = claim.split(maxsplit=1)[0]
    if first.lower() in _PLAIN_STARTS:
        return claim[0].lower() + claim[1:]
    if not first[0].isalpha():
        return claim

    words = parse_sentence(claim).words
    goes_on = words[1].text in _AUXILIARIES or words[1].text[:1].isupper()
    is_name = words[0].tag in NAMES and goes_on
    return claim if is_name else ""


def _is_speaker(words: str) -> bool:
    """Tell whether words name who speaks: no verb among them, a noun or pronoun as head.

    Behind a comma more may be said of them: `Ana Silva, who built it`.
    """
    parsed = parse_sentence(re.sub(r", (?:who|which) .+$", "", words))
    if not parsed.words or len(words.split()) > 14 or parsed.first_finite() is not None:
        return False
    head = parsed.words[0]
    return head.text[:1].isupper() or head.tag in ("DT", "PRP", "PRP$", "NN", "NNS")


_QUOTATION = re.compile(
    rf"""
    (?P<open>["“])(?P<words>[^"“”]+),(?P<close>["”])[ ]
    (?:(?P<verb>{_SPEECH})\ (?P<after>[^"“”]+?)
      |(?P<before>[^"“”,]+?)\ (?P<verb_last>{_SPEECH}))\.
    """,
    re.VERBOSE,
)


def say_speaker_first(sentence: str) -> Rewritten | None:
    """Say who speaks before the quotation.

    `"It floats," said Ana.` becomes `Ana said: "It floats."`
    """
    match = _QUOTATION.fullmatch(sentence)
    if not match:
        return None

    speaker, verb = (match["after"] or match["before"]), (match["verb"] or match["verb_last"])
    if not _is_speaker(speaker):
        return None
    comma = "," if "," in speaker else ""
    quotation = f"{match['open']}{match['words']}.{match['close']}"
    return Rewritten((f"{first_large(speaker)}{comma} {verb}: {quotation}",))


_REPORTED = re.compile(
    r"""
    (?P<claim>[^"“”,;:]+),[ ]
    (?:(?P<speaker>[^"“”,;:]+?)\ (?P<verb>said|says|announced|reported|reports)
      |(?P<verb_first>said|says|reported|reports)\ (?P<speaker_last>[^"“”;:]+?))
    (?P<when>\ on\ \w+day|\ (?:this|last)\ (?:week|month|year)|\ today|\ yesterday)?\.
    """,
    re.VERBOSE,
)


def say_source_first(sentence: str) -> Rewritten | None:
    """Say who reports before what.

    `Porto pays, Ana said.` becomes `Ana said that Porto pays.`
    """
    match = _REPORTED.fullmatch(sentence)
    if not match or not is_clause(match["claim"]):
        return None

    speaker = match["speaker"] or match["speaker_last"]
    claim = _small_start(match["claim"])
    if not claim or not _is_speaker(speaker):
        return None
    comma = "," if "," in speaker else ""
    said = f"{match['verb'] or match['verb_first']}{match['when'] or ''}"
    return Rewritten((f"{first_large(speaker)}{comma} {said} that {claim}.",))


_ACCORDING = re.compile(r"(?P<claim>[^\"“”,;:]+), according to (?P<source>[^\"“”,;:]+)\.")
_JOINED = re.compile(r"\b(?:and|but|while|although|because|if)\b")


def say_according_first(sentence: str) -> Rewritten | None:
    """Say `According to` at the beginning, where it is of the whole sentence."""
    match = _ACCORDING.fullmatch(sentence)
    if not match or not is_clause(match["claim"]) or _JOINED.search(match["claim"]):
        return None
    if len(match["source"].split()) > 8 or not _is_speaker(match["source"]):
        return None

    claim = _small_start(match["claim"])
    return Rewritten((f"According to {match['source']}, {claim}.",)) if claim else None

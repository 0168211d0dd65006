"""Forms for engines: model names in words, initialisms that no engine takes for words.

The forms were chosen by asking two grapheme-to-phoneme converters (Misaki's tables, espeak-ng):
`GPT` and `LLMs` are right in both, `AGI` and `US` are words to one of them, `A-G-I` and `U-S`
are letters to both; a lone `A` is an article unless a hyphen follows.
"""

from __future__ import annotations

import re
from itertools import pairwise

from podcast.language.english.sentence_splitter import ends_after_initials, is_initial
from podcast.language.english.spelling.acronyms import (
    is_stressed_word,
    say_acronym,
    spell_letters,
)
from podcast.language.english.spelling.numerals import cardinal, model_number, plural
from podcast.language.english.spelling.romanization import romanize
from podcast.language.english.spelling.rule import Rule

# Joined words that both converters know as one.
_ONE = frozenset(
    "GitHub JavaScript LinkedIn MacBook PayPal PowerPoint TikTok WordPress YouTube".split()
)
_ELEMENTS = (
    "He|Li|Be|Ne|Na|Mg|Al|Si|Cl|Ar|Ca|Ti|Cr|Mn|Fe|Co|Ni|Cu|Zn|Ga|Ge|As|Se|Br|Sr|Zr|Mo|Ag|Cd|"
    "In|Sn|Sb|Te|Ba|Hf|Pt|Au|Hg|Pb|H|B|C|N|O|F|P|S|K|V|I|W|U"
)


def _initialism(match: re.Match[str]) -> str:
    return say_acronym(match[1], match[2])


def _formula(match: re.Match[str]) -> str:
    """`NaCl`, `TiO2`: the letters of the elements and the figures."""
    formula = match[0]
    if (
        formula in _NO_FORMULA
        or re.fullmatch(r"[A-Z]+s?", formula)
        or not re.search("[a-z]", formula)
    ):
        return formula
    pieces = re.findall(r"[A-Za-z]+|\d+", formula)
    return " ".join(
        cardinal(piece) if piece.isdigit() else spell_letters(piece) for piece in pieces
    )


_NO_FORMULA = frozenset("CoCo InCo CoOp".split())


def _mixed_letters(match: re.Match[str]) -> str:
    return match[0] if match[0] in _KNOWN_MIXED else spell_letters(match[1]) + (match[2] or "")


_KNOWN_MIXED = frozenset("ViT fMRI iOS iPad eSIM PhD PhDs".split())


def _initial(match: re.Match[str]) -> str:
    """The letter of a name without its stop, which would be a pause."""
    return match[0][0] if is_initial(match.string, match.start() + 1) else match[0]


def _last_initials(match: re.Match[str]) -> str:
    """`U.S.` before another sentence: letters, and the stop of the sentence."""
    if match.end() == len(match.string) or not ends_after_initials(match.string, match.end()):
        return match[0]
    return f"{match[0].replace('.', '-')[:-1]}."


def _joined(match: re.Match[str]) -> str:
    if match[0] in _ONE:
        return match[0]
    return re.sub(r"(?<=[a-z]{2})(?=[A-Z])|(?<=[A-Z]{2})(?=[A-Z][a-z]{2})", " ", match[0])


_PIECE = re.compile(r"\d+|[A-Z]+(?![a-z])|[A-Z]?[^\W\d_A-Z]+|[A-Z]|\.|\W")


_SAID_OTHERWISE = {"k8s": "Kubernetes", "K8s": "Kubernetes"}


def _piece_of_name(piece: str) -> str:
    """`fp` of `fp16` is letters: no vowel makes it a word."""
    if len(piece) == 1:
        return piece.upper()
    if len(piece) == 2 and is_stressed_word(piece):
        return spell_letters(piece)
    return spell_letters(piece) if re.fullmatch("[b-df-hj-np-tv-xz]{2,3}", piece) else piece


def _figures_of_name(figures: str) -> str:
    """Five figures in two parts: `i7-14700K` as `fourteen seven hundred`."""
    if len(figures) == 5 and figures[0] != "0" and figures[2] != "0":
        return f"{cardinal(figures[:2])} {model_number(figures[2:])}"
    return model_number(figures)


def _name(match: re.Match[str]) -> str:
    name = match[0]
    if name in _SAID_OTHERWISE:
        return _SAID_OTHERWISE[name]
    return _join_pieces(_say_pieces(_PIECE.findall(name)))


def _say_pieces(pieces: list[str]) -> list[str]:
    words: list[str] = []
    for piece in pieces:
        if piece.isdigit():
            words.append(_figures_of_name(piece))
        elif piece == ".":
            words.append("point")
        elif piece == "s" and len(words) > 1:
            words[-1] = plural(words[-1])
        elif piece.isalpha():
            words.append(_piece_of_name(piece))
    return words


def _join_pieces(words: list[str]) -> str:
    """Join with spaces, but a lone `A` with hyphens, lest it be said as an article."""
    said = "".join(words[:1])
    for before, word in pairwise(words):
        if before == "A":
            said += "-" + word.replace(" ", "-")
        elif word == "A":
            said += "-A"
        else:
            said += " " + word
    return said


RULES = (
    Rule(
        "accented letters",
        ("A café in Łódź, the paper Правда.", "A cafe in Lodz, the paper Pravda."),
        r"[^\x00-\x7f]+",
        lambda match: romanize(match[0]),
    ),
    Rule(
        "initial",
        ("By J. R. R. Tolkien and Ann B. Poe.", "By J R R Tolkien and Ann B Poe."),
        # Not behind `U-`: those letters are spelled already, and their stop is the sentence's.
        r"(?<![\w.'])(?<![A-Z]-)[A-Z]\.(?=\s[A-Z])",
        _initial,
        ".",
    ),
    Rule(
        "initials at an end",
        ("It is in the U.S. The firm grew.", "It is in the U-S. The firm grew."),
        r"(?<![\w.])(?:[A-Z]\.){2,}(?=\s)",
        _last_initials,
        ".",
    ),
    Rule(
        "initials in a question",
        ("Is it in the U.S.?", "Is it in the U-S?"),
        r"(?<![\w.])(?:[A-Z]\.)+[A-Z](?=[?!])",
        lambda match: match[0].replace(".", "-"),
        "?!",
    ),
    Rule(
        "chemical formula",
        ("Salt is NaCl, rust is Fe2O3.", "Salt is N-A-C-L, rust is F-E two O three."),
        rf"(?<![\w.-])(?:(?:{_ELEMENTS})\d{{0,2}}){{2,8}}(?![\w])",
        _formula,
    ),
    Rule(
        "GPT-4o",
        ("GPT-4o and GPT-4o mini.", "GPT four oh and GPT four oh mini."),
        r"(?i)\b(gpt)-?(\d+(?:\.\d+)?)o\b",
        lambda m: f"{m[1].upper()}-{m[2]} oh",
    ),
    Rule(
        "gpt in small letters",
        ("The gpt-4 model.", "The GPT four model."),
        r"\bgpt(?=-?\d)",
        "GPT",
    ),
    Rule(
        "o1",
        ("Then o3 and o1-preview.", "Then oh three and oh one preview."),
        r"\bo(?=[1-9]\b)",
        "oh ",
        "o",
    ),
    Rule(
        "two for to",
        ("A Text2Image or seq2seq net.", "A Text to Image or seq to seq net."),
        r"(?<=[A-Za-z]{2})2(?=[A-Za-z]{2})",
        " to ",
        "2",
    ),
    Rule(
        "by in a name",
        ("The 8x7B one.", "The eight by seven B one."),
        r"x(?<=\dx)(?=\d)",
        " by ",
        "x",
    ),
    Rule(
        "version in a name",
        ("On IPv6 and ARMv8.", "On IP V six and Arm V eight."),
        r"(?<=[A-Z]{2})v(?=\d)",
        " V ",
        "v",
    ),
    Rule(
        "name with figures",
        (
            "An H100, the A100, a B2 and GPT-3.5.",
            "An H one hundred, the A-one-hundred, a B two and GPT three point five.",
        ),
        r"\w(?<!\w\w)(?:(?<=\d)|(?=[\w.-]{0,99}\d))(?:\w|[.-](?=\w))*+",
        _name,
        "0123456789",
    ),
    Rule(
        "other figures",
        ("It is X-7_B.", "It is X seven B."),
        r"\d+",
        lambda m: f" {cardinal(m[0]) if m[0].isascii() else ' '} ",
    ),
    Rule(
        "joined words",
        ("The MemoryMamba net.", "The Memory Mamba net."),
        r"""(?x)
        [A-Z](?<!\w\w)
        (?:
            [A-Z]+(?=[A-Z][a-z]{2})   # `LLMBench`: letters, then a word
            | [a-z]+(?=[A-Z])         # `MemoryMamba`: two words
        )
        (?:[A-Z][a-z]{2,})*(?:[A-Z]{2,}s?)?\b
        """,
        _joined,
    ),
    Rule(
        "letters large and small",
        ("The AfD, a GmbH, xAI and mRNA.", "The A-F-D, a G-M-B-H, X-A-I and M-R-N-A."),
        r"""(?x)
        (?<![\w.'&-])
        (
            [A-Z][a-z][A-Z]                        # `AfD`
            | [a-z][A-Z]{2,3}                      # `xAI`, `mRNA`
            | (?=[A-Za-z]*[A-Z][a-z]*[A-Z])        # `GmbH`: consonants alone
            [B-DF-HJ-NP-TV-XZ][b-df-hj-np-tv-xzB-DF-HJ-NP-TV-XZ]{1,3}[A-Z](?<=[a-z][A-Z])
        )
        (s)?(?![\w&])
        """,
        _mixed_letters,
    ),
    Rule(
        "PhD",
        ("Two PhDs met.", "Two P-H-D's met."),
        r"\bPhD(s?)\b",
        lambda m: "P-H-D" + ("'s" if m[1] else ""),
        "D",
    ),
    Rule("AT and T", ("With AT&T.", "With A-T and T."), r"\bAT and T\b", "A-T and T", "A"),
    Rule(
        "initialism",
        ("The AGI, the US and ELIZA.", "The A-G-I, the U-S and Eliza."),
        r"([A-Z](?<![\w.&']\w)[A-Z]+)(s|)(?![\w&]|\.[A-Z])",
        _initialism,
    ),
    Rule("plain AM", ("At nine AM sharp.", "At nine A-M sharp."), r"\bAM\b", "A-M", "A"),
)

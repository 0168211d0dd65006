"""What only engines need: model names in words, initialisms so that no engine takes them for words.

The forms were chosen by asking two grapheme-to-phoneme converters (Misaki's tables, espeak-ng): `GPT` and
`LLMs` are right in both, `AGI` and `US` are words to one of them, `A-G-I` and `U-S` are letters to both;
a lone `A` is an article unless a hyphen follows.
"""

from __future__ import annotations

import re

from podcast.language.english.accents import without_accents
from podcast.language.english.spelling.capitals import pronounceable
from podcast.language.english.spelling.numerals import cardinal, model_number, plural
from podcast.language.english.spelling.rule import Rule

_LETTERS = frozenset(
    "ABC AI AMD API CEO CES CIA CIO DIY EU IBM IP IRS ISP LA MIT NSA OCR OEM OK OS PR SUV UAE UCLA UI UK "
    "UN URL USA USB USD".split()
)
"""Both converters say these as letters as they stand."""
_READ = frozenset(
    "RAG RAM ROM LAN WAN SIM PIN GIF NIM GAN NASA NATO AIDS ASEAN COVID NVIDIA BERT LORA PIXAR IKEA POD "
    "DEV SOTA FIFA UEFA CLIP BLEU ROUGE DALL YOLO JPEG CAD CAM ZIP MRNA OPEC NAFTA SWAT".split()
)
"""These are said as words."""
_ONE = frozenset("GitHub JavaScript LinkedIn MacBook PayPal PowerPoint TikTok WordPress YouTube".split())
"""Joined words that both converters know as one."""
_TITLES = frozenset(("MR", "MS", "DR", "ST"))
_PAIR = re.compile("(?!EA|EE|OO|OU)[AEIOU]{2}")
_CALM = frozenset(
    "NOT ALL NEW THE AND BUT FOR NOW YOU ARE IS NO SO DO GO ON IN OF TO OR BY AT WE HE MY BE IF AS UP AN "
    "CAN HOW WHY ANY ONE TWO OUR OUT OFF YES GET HAS HAD WAS BIG TOP END BAD LET SAY SEE TRY USE".split()
)


def _initialism(match: re.Match[str]) -> str:
    word, ending = match[1], match[2]
    if word in _CALM and not ending:
        return word.lower()
    if word in _READ or word in _LETTERS:
        return match[0]
    if len(word) > 7 or (
        len(word) > 3 and pronounceable(word) and not (len(word) == 4 and _PAIR.search(word))
    ):
        return word.capitalize() + ending
    tempting = word in _TITLES or word[0] in "AEIOU" or pronounceable(word) or pronounceable(word[-3:])
    return "-".join(word) + ending if tempting and ending != "s" else match[0]


def _joined(match: re.Match[str]) -> str:
    if match[0] in _ONE:
        return match[0]
    return re.sub(r"(?<=[a-z]{2})(?=[A-Z])|(?<=[A-Z]{2})(?=[A-Z][a-z]{2})", " ", match[0])


_PIECE = re.compile(r"\d+|[A-Z]+(?![a-z])|[A-Z]?[^\W\d_A-Z]+|[A-Z]|\.|\W")


def _name(match: re.Match[str]) -> str:
    name = match[0]
    words: list[str] = []
    for piece in _PIECE.findall(name):
        if piece.isdigit():
            words.append(model_number(piece))
        elif piece == ".":
            words.append("point")
        elif piece == "s" and words and len(words) > 1:
            words[-1] = plural(words[-1])
        elif piece.isalpha():
            words.append(piece.upper() if len(piece) == 1 else piece)
    said = ""
    for before, word in zip(["", *words], words, strict=False):
        if not said:
            said = word
        elif before == "A":
            said += "-" + word.replace(" ", "-")
        elif word == "A":
            said += "-A"
        else:
            said += " " + word
    return said


RULES = (
    Rule(
        "letters of others",
        ("A café in Łódź says 你好.", "A cafe in Lodz says Ni Hao."),
        r"[^\x00-\x7f]+",
        lambda match: without_accents(match[0]),
    ),
    Rule(
        "GPT-4o",
        ("GPT-4o and GPT-4o mini.", "GPT four oh and GPT four oh mini."),
        r"(?i)\b(gpt)-?(\d+(?:\.\d+)?)o\b",
        lambda m: f"{m[1].upper()}-{m[2]} oh",
    ),
    Rule("gpt in small letters", ("The gpt-4 model.", "The GPT four model."), r"\bgpt(?=-?\d)", "GPT"),
    Rule(
        "o1", ("Then o3 and o1-preview.", "Then oh three and oh one preview."), r"\bo(?=[1-9]\b)", "oh ", "o"
    ),
    Rule(
        "two for to",
        ("A Text2Image or seq2seq net.", "A Text to Image or seq to seq net."),
        r"(?<=[A-Za-z]{2})2(?=[A-Za-z]{2})",
        " to ",
        "2",
    ),
    Rule("by in a name", ("The 8x7B one.", "The eight by seven B one."), r"x(?<=\dx)(?=\d)", " by ", "x"),
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
        r"[A-Z](?<!\w\w)(?:[A-Z]+(?=[A-Z][a-z]{2})|[a-z]+(?=[A-Z]))(?:[A-Z][a-z]{2,})*(?:[A-Z]{2,}s?)?\b",
        _joined,
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

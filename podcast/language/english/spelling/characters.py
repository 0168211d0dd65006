"""Unicode's variety becomes the few characters that the rules know."""

from __future__ import annotations

import html
import re
import unicodedata

_SAID = {
    **dict.fromkeys("‘’‚‛´ʼ＇", "'"),
    # The okina of Hawaiian is a stop in the throat, which no voice has.
    "ʻ": "",
    **dict.fromkeys("“”„‟«»〝〞", '"'),
    **dict.fromkeys("‐‑⁃﹣−", "-"),
    **dict.fromkeys("‒–﹘", "–"),
    **dict.fromkeys("—―⸺⸻", "—"),
    **dict.fromkeys("•‣◦▪●", " • "),
    **dict.fromkeys("·∙⋅・", " "),
    **dict.fromkeys("™®©℠", ""),
    **dict.fromkeys("→⇒⟶➡➔", " to "),
    **dict.fromkeys("≈≃∼", " about "),
    **dict(
        zip(
            "½⅓⅔¼¾⅛⅜⅝⅞",
            (" 1/2", " 1/3", " 2/3", " 1/4", " 3/4", " 1/8", " 3/8", " 5/8", " 7/8"),
            strict=True,
        )
    ),
    **dict(zip("。、，！？：；", (". ", ", ", ", ", "! ", "? ", ": ", "; "), strict=True)),
    "…": "...",
    "⭐": "★",
    "∆": "Delta",
    "№": "No. ",
    "¶": " paragraph ",
    "℃": "°C",
    "℉": "°F",
    "º": "°",
    "µ": "μ",
    "≤": " at most ",
    "≥": " at least ",
    "≠": " is not ",
    "±": " plus or minus ",
    "÷": " divided by ",
    "∞": " infinity ",
    "∈": " in ",
    "∉": " not in ",
    "∀": " for all ",
    "∃": " there is ",
    "∪": " union ",
    "∩": " intersection ",
    "∝": " proportional to ",
    "∴": " therefore ",
    "≡": " is equivalent to ",
    "≅": " about ",
    "≪": " much less than ",
    "≫": " much greater than ",
    "↔": " to ",
    "‰": " per mille ",
    "⁄": "/",
}
# Signs that rules know.
_KEPT = frozenset("€£¥₹₩¢₿₽₺₴₫₦₱₪฿₵₸₾₼₡₭৳₲°–—×§√∛∂∇∑∏∫′″★☆❤♥")
_POWERS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺", "0123456789-+")
_POWER = re.compile("[⁻⁺]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+")
# Formats, halves of pairs, private and unassigned characters.
_UNSEEN = frozenset(("Cf", "Cs", "Co", "Cn"))
_LINE_ENDS = frozenset("\n\x0b\x0c\r\x85\u2028\u2029")
_VARIATIONS = frozenset(range(0xFE00, 0xFE10)) | {0x20E3}


class _Characters(dict[int, str]):
    """A table for `str.translate` that works out a character when it first meets it."""

    def __missing__(self, code: int) -> str:
        self[code] = said = self._say(chr(code))
        return said

    @staticmethod
    def _say(char: str) -> str:
        if char in _SAID:
            return _SAID[char]
        kind = unicodedata.category(char)
        if (char.isascii() and kind != "Cc") or char in _KEPT:
            return char
        if _is_unseen(char, kind):
            return ""
        if kind == "Nd":
            return str(unicodedata.decimal(char))
        if kind[0] in "CZ":
            return "\n" if char in _LINE_ENDS else " "
        return _plain_letter(char, kind)


def _is_unseen(char: str, kind: str) -> bool:
    return ord(char) in _VARIATIONS or kind in _UNSEEN or char == "\0"


def _plain_letter(char: str, kind: str) -> str:
    """Letters of another width or style, such as `ℝ`, `①`, `ｆ`, as plain ones."""
    plain_char = unicodedata.normalize("NFKC", char)
    if plain_char.isascii():
        return plain_char
    return char if kind[0] in "LM" else " "


_CHARACTERS = _Characters()
# Emoji and other pictures, formats and controls: no words are lost with them.
_SILENT_ON_PURPOSE = frozenset("So Cf Cc Sk".split())
_MARKS_OF_PRINT = frozenset("†‡¡¿※")
_CONSONANTS_ONLY = (
    "ARABIC",
    "HEBREW",
    "SYRIAC",
    "THAANA",
    "DEVANAGARI",
    "BENGALI",
    "TAMIL",
    "THAI",
    "LAO",
    "KHMER",
)


def find_unsayable(text: str) -> list[str]:
    """The signs and letters of a text that English has no words for, each once, in their order.

    They are signs that no rule knows, and letters of scripts whose vowels are not written:
    romanized, those would be noise.
    """
    unsayable: dict[str, None] = {}
    for char in unicodedata.normalize("NFC", html.unescape(text)):
        kind = unicodedata.category(char)
        is_sign = kind[0] in "SP" and kind not in _SILENT_ON_PURPOSE and char not in _SAID
        is_lost_sign = (
            is_sign and char not in _MARKS_OF_PRINT and _CHARACTERS[ord(char)].isspace()
        )
        is_noise = kind == "Lo" and unicodedata.name(char, "").startswith(_CONSONANTS_ONLY)
        if is_lost_sign or is_noise:
            unsayable[char] = None
    return list(unsayable)


def plain(text: str) -> str:
    """Make entities characters, and these the few that the rules know: no emoji."""
    if "&" in text:
        text = html.unescape(text)
    if text.isascii() and text.isprintable():
        return text
    text = _POWER.sub(lambda match: f"^{match[0].translate(_POWERS)}", text)
    return unicodedata.normalize("NFC", text).translate(_CHARACTERS)

"""Tell that a text is in another language than English, by its letters and its commonest words."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

_SCRIPTS = {
    "CJK": "Chinese",
    "HIRAGANA": "Japanese",
    "KATAKANA": "Japanese",
    "HANGUL": "Korean",
    "CYRILLIC": "Russian or another language in Cyrillic letters",
    "GREEK": "Greek",
    "ARABIC": "Arabic",
    "HEBREW": "Hebrew",
    "DEVANAGARI": "Hindi",
    "THAI": "Thai",
}
_WORDS = {
    "English": "the of and to in is that for it was with as on are by be this from have not at which or",
    "German": "der die das und ist nicht mit von den ein eine zu auf für dem sich des wird auch im es",
    "French": "le la les des est et une dans que pour qui pas sur au par plus avec ce il sont du",
    "Spanish": "el la los las de que y en un una por con para es del se no su al como más",
    "Italian": "il di che è la per un una con del della non si le dei alla sono gli da nel",
    "Portuguese": "o que de não uma os do da em para com por as dos mais no na se foi ao",
    "Dutch": "de het een van en is dat op te zijn met voor niet aan er door ook bij naar om",
    "Polish": "w i na z nie się jest do że to o po przez od dla jak przy oraz które",
    "Swedish": "och att det som en på är av för med till den har inte om ett var från men",
}
"""Words of a language that stand in each of its texts."""
_READ = 20_000
"""Characters that are looked at."""
_LEAST_LETTERS = 20
_LEAST_WORDS = 30
_CLEARLY = 2.0
"""A language is another when its words are so many times as frequent as those of English."""


def find_other_language(text: str) -> str:
    """The language that the text is plainly in; empty when it is English, or too short to tell."""
    text = text[:_READ]
    return _by_script(text) or _by_words(text)


def _by_script(text: str) -> str:
    letters = [sign for sign in text if sign.isalpha()]
    if len(letters) < _LEAST_LETTERS or text.isascii():
        return ""

    counts = Counter(unicodedata.name(sign, "").split(" ")[0].split("-")[0] for sign in letters)
    foreign = {script: count for script, count in counts.items() if script in _SCRIPTS}
    # A sign of Chinese says as much as half a word.
    weight = sum(count * (2 if script in ("CJK", "HANGUL") else 1) for script, count in foreign.items())
    if weight <= counts.get("LATIN", 0):
        return ""

    kana = foreign.get("HIRAGANA", 0) + foreign.get("KATAKANA", 0)
    if kana > 0.05 * sum(foreign.values()):
        return "Japanese"
    return _SCRIPTS[max(foreign, key=lambda script: foreign[script])]


def _by_words(text: str) -> str:
    words = Counter(re.findall(r"[^\W\d_]+", text.casefold()))
    if words.total() < _LEAST_WORDS:
        return ""
    frequency = {language: sum(words[word] for word in common.split()) for language, common in _WORDS.items()}
    best = max(frequency, key=lambda language: frequency[language])
    is_other = frequency[best] > max(_CLEARLY * frequency["English"], 0.1 * words.total())
    return best if best != "English" and is_other else ""

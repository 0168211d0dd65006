"""Find the language of a text that is plainly not English, by its letters and short words.

Meant for whole posts: a quotation, a name or a loan word in another language changes nothing.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

# First word of a letter's Unicode name to the language that has it.
_SCRIPTS = {
    "CJK": "Chinese",
    "HIRAGANA": "Japanese",
    "KATAKANA": "Japanese",
    "HANGUL": "Korean",
    "CYRILLIC": "a language in Cyrillic letters",
    "GREEK": "Greek",
    "ARABIC": "a language in Arabic letters",
    "HEBREW": "Hebrew",
    "DEVANAGARI": "a language in Devanagari letters",
    "BENGALI": "Bengali",
    "TAMIL": "Tamil",
    "TELUGU": "Telugu",
    "THAI": "Thai",
    "GEORGIAN": "Georgian",
    "ARMENIAN": "Armenian",
}

_ENGLISH = frozenset(
    "the and of to in is that it was for are with as his they be at this have from or had by "
    "but what were we when your can said there use an each which she how their if will other "
    "about out many then them these so some her would make like into him has two more no "
    "could my than been who its now did get a i not on any you so do no".split()
)

_WORDS = {
    "German": "der die das und ist nicht ein eine einen einem einer mit für auf von den dem "
    "des sich auch wird im zu es wie nach bei aus durch sind wurde werden haben hat noch nur "
    "oder aber als wenn kann über in was so an",
    "French": "le la les des est une un et du que qui dans pour sur pas par plus au aux avec "
    "ce cette il elle sont ne se sa son ses ont été mais nous vous leur où soit",
    "Spanish": "el la los las de que y en un una es por con para del se no al lo su como más "
    "pero sus le ya está este esta son fue ha muy",
    "Italian": "il lo la gli le di che è e un una per con non del della dei delle nel nella "
    "sono si da al alla come più anche ha ma",
    "Portuguese": "o os as de que e um uma em para com não do da dos das no na por mais é ao "
    "se foi como mas são está seu sua",
    "Dutch": "de het een en van ik te dat die niet zijn op aan met voor er maar om ook als "
    "dan zij bij nog uit wordt naar heeft hij deze is in was we",
    "Swedish": "och att det som en på är av för med den till inte om ett han men var jag från "
    "så kan när har de ska eller",
    "Danish or Norwegian": "og det at en den til er som på de med for ikke der var han av af "
    "et har fra men om seg sig vi ble blev",
    "Finnish": "ja on ei että se oli hän ovat mutta kun niin myös joka mitä tai sekä ole olla",
    "Polish": "i w na z nie do się że jest to o jak po co ale za od przez dla są był przy "
    "może czy",
    "Czech": "a se v na je že s z do o to i ve pro ale jako by jsem po jsou bylo také podle",
    "Turkish": "ve bir bu da de için ile çok daha olarak olan gibi kadar sonra ama ne var",
    "Romanian": "și în de la cu pe o un care este nu din a fost mai sunt că pentru ca",
    "Hungarian": "a az és hogy nem is egy van ez de csak már meg volt ki lesz mint el",
    "Indonesian": "yang dan di itu dengan untuk tidak ini dari dalam akan pada juga saya ke "
    "karena ada",
    "Vietnamese": "và của là có trong được cho không các một người đã với những để này",
}
_STOP_WORDS = {language: frozenset(words.split()) for language, words in _WORDS.items()}

# Characters of a text that are looked at.
_MOST_READ = 50_000
_FEWEST_WORDS = 8
_FEWEST_HITS = 3
# Words of the other language that a text must have.
_FEWEST_DIFFERENT = 2
# Share of words that are a language's commonest, in a text of that language; 0.25 and more is
# usual.
_LEAST_SHARE = 0.15
# Share of letters that are not Latin, from which on a text is not English.
_FOREIGN_LETTERS = 0.4


def find_other_language(text: str) -> str:
    """Name the language that the text is plainly in.

    Empty where that is English, or nobody can say.
    """
    letters = filter(str.isalpha, text[:_MOST_READ])
    scripts = Counter(map(_script_of, letters))
    latin = scripts.pop("LATIN", 0)
    foreign = sum(scripts.values())
    if foreign >= _FEWEST_WORDS and foreign > _FOREIGN_LETTERS * (foreign + latin):
        return _language_of(scripts)
    return _find_latin_language(text)


def _language_of(scripts: Counter[str]) -> str:
    # Japanese writes most nouns in Chinese characters; its own letters stand between them.
    if scripts["HIRAGANA"] + scripts["KATAKANA"] > 0.1 * scripts["CJK"] > 0:
        return "Japanese"
    script, _ = scripts.most_common(1)[0]
    return _SCRIPTS.get(script, f"a language in {script.capitalize()} letters")


def _script_of(letter: str) -> str:
    return "LATIN" if letter.isascii() else unicodedata.name(letter, "UNKNOWN").split()[0]


def _find_latin_language(text: str) -> str:
    words = re.findall(r"[^\W\d_]+", text[:_MOST_READ].lower())
    if len(words) < _FEWEST_WORDS:
        return ""

    counts = Counter(words)
    least = max(_FEWEST_HITS, _LEAST_SHARE * len(words))
    best, most = "", 0
    for language, stop_words in _STOP_WORDS.items():
        # Words that both languages have, "in" or "was", tell nothing.
        score = _count_hits(counts, stop_words - _ENGLISH)
        english = sum(counts[word] for word in _ENGLISH - stop_words)
        if score >= least and score > most and score > 2 * english:
            best, most = language, score
    return best


def _count_hits(counts: Counter[str], words: frozenset[str]) -> int:
    """How often the words come together; 0 where too few different ones do."""
    hits = [counts[word] for word in words if word in counts]
    return sum(hits) if len(hits) >= _FEWEST_DIFFERENT else 0

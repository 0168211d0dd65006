"""Split English text into sentences, as it is written and as it is spoken.

There is one splitter for the whole package: the writer, the fact check, the engines and the
newsroom agree on where a sentence ends.
"""

from __future__ import annotations

import re
from itertools import accumulate

from podcast.language.english.tagger import tag_text

# A name or a number follows these; none of them ends a sentence.
_NEVER_LAST = frozenset(
    "Mr Mrs Ms Mx Dr Prof Profs Gen Sen Sens Rep Reps Gov Govs Lt Col Maj Cpl Pvt Capt Cmdr "
    "Adm Sgt Rev Hon Pres Supt Atty Asst Assoc Messrs Mmes Fr Bros vs cf approx incl e.g i.e "
    "a.k.a v c eds viz resp".split()
)
# These do not end a sentence where a figure follows.
_BEFORE_NUMBER = frozenset(
    "No Nos no nos Fig Figs fig figs Eq Eqs eq Sec Secs sec Ch ch Vol vol pp p pt Pt Art art "
    "Tab Ver ver Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec ca est".split()
)
_BEFORE_DATE = frozenset("Mon Tue Tues Wed Thu Thur Thurs Fri Sat Sun".split())
# These end a sentence only before a word that usually opens one.
_SOMETIMES_LAST = frozenset(
    "St Mt Ft Ave Blvd Rd Inc Ltd Co Cos Corp Assn Univ Dept Jr Sr Esq al etc Ph.D dept govt "
    "est Ariz Calif Colo Conn Fla Ill Ind Kan Mass Mich Minn Okla Ore Penn Tenn Tex Va Wash "
    "Wis".split()
)
# Words that open a sentence far more often than a name: they decide after `U.S.` and the
# like.
_STARTERS = frozenset(
    "A About Above According Across Additionally After Again Against All Almost Along Already "
    "Also Although Among An And Another Any Anyone Are As At Because Before Behind Below "
    "Besides Between Both But By Can Consequently Could Critics Currently Despite Did Do Does "
    "During Each Early Either Even Eventually Every Everyone Everything Experts Few Fewer "
    "Finally First For Former Four From Further Furthermore Given Had Half Has Have He Her "
    "Here His How However Hundreds I If Importantly In Indeed Initially Instead Into Is It "
    "Its Just Last Later Less Like Many Maybe Meanwhile Millions Moreover More Most Much Must "
    "My Nearly Neither Never Nevertheless Next No Nobody None Nonetheless Nor Not Nothing "
    "Notably Now Of Often On Once One Only Or Other Others Our Out Over Overall People "
    "Perhaps Police Previously Prices Rather Recently Researchers Sales Scientists Second "
    "Several Shares She Should Similarly Since Six So Some Someone Something Sometimes Soon "
    "Still Subsequently Such Ten Than That The Their Then There Thereafter Therefore These "
    "They Third This Those Though Thousands Three Through Throughout Thus To Today Together "
    "Tomorrow Tonight Too Towards Two Under Unfortunately Unlike Until Up Upon Usually Was We "
    "Well Were What Whatever When Whenever Where Whereas Whether Which While Who Whose Why "
    "Will With Within Without Would Yes Yesterday Yet You Your".split()
)
# After `5 p.m.` these go on with the time; any other word in capitals opens a sentence.
_TIME_FOLLOWS = frozenset(
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April "
    "May June July August September October November December ET EST EDT CT CST CDT MT MST "
    "MDT PT PST PDT GMT UTC BST CET CEST IST JST AEST Eastern Central Mountain Pacific".split()
)
# After one of these, a capital is a letter and no initial of a name: `vitamin D. Milk has
# it.`
_LETTERED = frozenset(
    "a an the plan vitamin vitamins hepatitis option group series grade class type team "
    "exhibit appendix point part section level tier variant category letter answer got "
    "grades".split()
)
_SHOUTED_NAMES = frozenset("Yahoo! Jeopardy! Yum! Joomla! Panic! Oliver! Moulin!".split())

# A run of signs is tried once, from its beginning: its tails would take quadratic time.
_END = re.compile(r"(?<![.!?])[.!?]++[\"'”’)\]]*+\s+")
_LAST_WORD = re.compile(r"\S*$")
_DOTTED = re.compile(r"(?:[A-Za-z]\.){2,}")
_NEXT_WORD = re.compile(r"[\"'“‘(\[]*([^\W\d_]*)")
_NEXT_FIGURE = re.compile(r"[~<>]?\d")
_INITIAL = re.compile(r"[A-Z]\.(?!\w)")
_NUMBER_ALONE = re.compile(r"\d{1,3}\.\s*")
_PLACE_BEFORE = re.compile(r"[A-Z]\w+,\s+\S*$")
_PART_OF_DISTRICT = frozenset(
    "Circuit Council Court Mayor Attorney Metro Police National Superior Department United "
    "Public".split()
)
_IN_COUNTRY = re.compile(
    r"\b(?:in|into|across|throughout|within|inside|outside|around|from)\s+the\s+(?:[A-Z]\.)+$"
)
# Plurals that are parts or offices of a country: after `in the U.S.` they go on with its
# name.
_SERVICES = frozenset(
    "Airways Archives Attorneys Bankers Courts Customs Fisheries Forces Labs Marines Marshals "
    "Masters Postals Rangers Representatives Senators Sports States Trials Veterans".split()
)
_PLURALS = ("NNS", "NNPS")
# `VB` as well: so the tagger calls the verb of `Buyers pay more`.
_PLURAL_VERBS = ("MD", "VBP", "VBD", "VB")
# Characters before a full stop that are looked at.
_REACH = 60


def split_sentences(text: str) -> list[str]:
    """Split a text where its sentences end.

    Joined by single spaces, the sentences are the text again; white space is taken as single
    spaces. Titles, initials (`J. R. R. Tolkien`), abbreviations before a name or a number, and
    `wait... what` do not end a sentence.
    """
    text = " ".join(text.split())
    sentences: list[str] = []
    start = 0

    for end in _END.finditer(text):
        if _ends_sentence(text, start, end):
            sentences.append(text[start : end.end()].rstrip())
            start = end.end()

    if start < len(text):
        sentences.append(text[start:])
    return sentences


def count_words_to_ends(text: str) -> list[int]:
    """Count the words up to each sentence's end; words are parted by white space."""
    counts = (len(sentence.split()) for sentence in split_sentences(text))
    return list(accumulate(counts))


def starts_sentence(text: str, at: int) -> bool:
    """Tell whether what follows an abbreviation is a new sentence.

    Nothing, or a word that usually opens one.
    """
    rest = text[at : at + 40].lstrip()
    return not rest or _word_at(rest, 0) in _STARTERS


def ends_after_initials(text: str, end: int) -> bool:
    """Tell whether the abbreviation before `end` ends its sentence: `U.S.`, `D.C.`, `p.m.`."""
    rest = text[end : end + _REACH].lstrip()
    if not rest:
        return True

    word = _word_at(rest, 0)
    if not word or word[0].islower():
        return False
    initials = _last_word(text, max(0, end - _REACH), end).strip("\"'“‘()[]")
    return _initials_end(text, initials, end, word)


def is_initial(text: str, stop: int) -> bool:
    """Tell whether the capital before the full stop at `stop` is an initial of a name."""
    word = _word_at(text, stop + 2)
    return bool(word) and not _full_stop_ends(text, text[stop - 1], stop, stop + 2, word)


def _ends_sentence(text: str, start: int, end: re.Match[str]) -> bool:
    word = _word_at(text, end.end())
    if word and word[0].islower() and not _is_camel(text, end.end()):
        return False

    written = _last_word(text, max(start, end.start() - _REACH), end.start() + 1)
    written = written.lstrip("\"'“‘([")
    if not end[0].startswith(".") or end[0].startswith(".."):
        return written not in _SHOUTED_NAMES or word in _STARTERS

    # "1." opens an item of a list.
    if _NUMBER_ALONE.fullmatch(text, start, end.end()):
        return False
    return _full_stop_ends(text, written[:-1], end.start(), end.end(), word)


def _word_at(text: str, at: int) -> str:
    """The letters at a place, after marks that open a quotation; empty before a figure."""
    match = _NEXT_WORD.match(text, at)
    return match[1] if match else ""


def _last_word(text: str, start: int, end: int) -> str:
    """Everything up to `end` without white space, as far back as `start`."""
    match = _LAST_WORD.search(text, start, end)
    return match[0] if match else ""


def _full_stop_ends(text: str, abbreviation: str, stop: int, after: int, word: str) -> bool:
    """Tell whether the full stop at `stop`, before the word at `after`, ends a sentence."""
    if abbreviation in _NEVER_LAST or _goes_on(text, abbreviation, after, word):
        return False
    if len(abbreviation) == 1 and abbreviation.isupper():
        # "J. R. R. Tolkien": an initial that another follows.
        if _INITIAL.match(text, after):
            return False
        return word in _STARTERS or _is_letter(text, stop - 1)
    if _DOTTED.fullmatch(f"{abbreviation}."):
        return _initials_end(text, f"{abbreviation}.", stop + 1, word)
    if abbreviation in _SOMETIMES_LAST and word:
        return word in _STARTERS
    return True


def _goes_on(text: str, abbreviation: str, after: int, word: str) -> bool:
    """Tell whether a number or a date belongs to an abbreviation: `No. 5`, `Mon. Jan. 8`."""
    if abbreviation in _BEFORE_NUMBER and _NEXT_FIGURE.match(text, after):
        return True
    if abbreviation not in _BEFORE_DATE:
        return False
    return word in _TIME_FOLLOWS or word[:3] in _BEFORE_NUMBER


def _initials_end(text: str, initials: str, end: int, word: str) -> bool:
    """Tell whether `U.S.`, `D.C.`, `p.m.` before `word` ends its sentence."""
    if word in _STARTERS:
        return True
    if initials.lower() in ("a.m.", "p.m."):
        return bool(word) and word not in _TIME_FOLLOWS
    if initials == "D.C.":
        before = text[max(0, end - _REACH) : end]
        return bool(_PLACE_BEFORE.search(before)) and word not in _PART_OF_DISTRICT
    return _subject_follows(text, end, word)


def _subject_follows(text: str, end: int, word: str) -> bool:
    """Tell whether a plural with its verb follows: "in the U.S. Participants will get it"."""
    # Without a place before, the plural belongs to the country: "U.S. Senators have asked".
    if not word.endswith("s") or word in _SERVICES:
        return False
    if not _IN_COUNTRY.search(text, max(0, end - _REACH), end):
        return False

    tagged = tag_text(text[end : end + _REACH].strip())
    if len(tagged) < 2:
        return False
    return tagged[0].tag in _PLURALS and tagged[1].tag in _PLURAL_VERBS


def _is_letter(text: str, at: int) -> bool:
    """Tell whether the capital at `at` is a letter of its own, `Plan B`, and no initial."""
    words = text[max(0, at - 30) : at].split()
    return bool(words) and words[-1].lower() in _LETTERED


def _is_camel(text: str, at: int) -> bool:
    """Tell whether the word at `at` is a name such as iPhone, xAI or eBay."""
    return bool(re.match(r"[a-z]{1,2}[A-Z]", text[at : at + 4]))

"""Tell whether an amount stands before its noun.

`a $40 plan`, `two $5 bills`, `the 500mg dose`.
"""

from __future__ import annotations

import re

from podcast.language.english.spelling.rule import last_word

_ARTICLES = frozenset("a an A An".split())
_DETERMINERS = frozenset(
    "the this that these those its his her their our your my each every another no one's new "
    "first second third last next final whole entire single initial additional extra separate "
    "similar record proposed planned recent latest current original same only".split()
)
_COUNTS = frozenset(
    "one two three four five six seven eight nine ten eleven twelve several many few some "
    "dozen hundred both multiple various all other more".split()
)
_NO_NOUNS = frozenset(
    # Function words, and adverbs and adjectives that follow an amount.
    "a an the and or but nor so yet if than then as at by for from in into of off on onto out "
    "over per plus minus since through to toward towards under until up upon via with within "
    "without versus vs like unlike about above across after against along among around before "
    "behind below beneath beside between beyond down during near past despite except inside "
    "outside throughout because although though while when where whether which who whom whose "
    "what that this these those there here it he she they we you i me him her them us its his "
    "their our your my is are was were be been being am has have had do does did will would "
    "can could may might must shall should not no never also too very just only even still "
    "again already almost nearly about away ago apart long wide tall deep high thick heavy "
    "old young big large small more less fewer most least later earlier longer shorter faster "
    "slower higher lower further farther closer cheaper better worse larger smaller bigger "
    "deeper taller wider thicker heavier lighter hotter colder north south east west "
    "northeast northwest southeast southwest each apiece total extra worth back ahead today "
    "tomorrow yesterday tonight now once twice together alone instead altogether overall "
    # Verbs that follow an amount as its predicate, or a clause about it.
    "went goes go came comes come made make makes took takes take gave gives give spent lost "
    "paid sought won built sent sold left owed due went rose fell grew held kept put set cut "
    "met got get gets say says said remain remains seem seems become becomes became mean "
    "means meant need needs may equals begin begins began stay stays buy buys bought earn "
    "earns cover covers help helps helped let lets allow allows".split()
)
_ING_NOUNS = frozenset(
    "funding training building financing holding offering opening ceiling meeting listing "
    "filing saving savings spending pricing wedding clothing housing engineering ruling swing "
    "ring string wing king screening cooling lighting landing parking packing painting "
    "drawing recording".split()
)
_PRICED = frozenset(
    "account acquisition agreement app apartment award bail bailout bet bid bill bond bonus "
    "bottle bounty box bribe budget burger buyback buyout camera campaign campus card chair "
    "charge check cheque chip coin commitment company complex contract contribution coupon "
    "credit cut deal debt deficit deposit device discount donation drone drug endowment "
    "equipment exit expansion expense facility factory fare fee fine firm fortune fraud fund "
    "funding gadget game gap gift giveaway grant headset hole home house increase industry "
    "infusion initiative injection inheritance investment invoice jackpot judgment kit lab "
    "laptop lawsuit line loan loss machine mansion market meal menu merger mill mine mission "
    "model mortgage note order package part payday payment payout penalty pension phone pill "
    "plan plant pledge pool portfolio position prize product profit program programme project "
    "property purchase question raise ransom rebate refund reward round salary sale scam "
    "scheme scholarship seed series server service settlement share shirt shortfall "
    "smartphone stake startup stipend subscription subsidy suit surplus swing tab tablet tag "
    "takeover target tariff tax ticket tier tip toy trade tranche upgrade valuation value "
    "verdict voucher wage watch windfall range write-down writedown".split()
)
_MEASURED = frozenset(
    "adapter allowance antenna aperture arc array bandwidth bar barrel battery beam bed belt "
    "block bomb bottle break bridge buffer bulb cable camera cap car card channel charger "
    "chip clip clock coil column computer contract corridor course crane crater dam delay "
    "detour diet disc disk display distance dose drive drop drill drone engine episode "
    "exercise exposure extension fence file film fund gap gun hike hole image interval "
    "journey laser lead lease lens limit line link load loan loop machine marathon march mark "
    "mast meal memory missile monitor mortgage motor network note nozzle orbit pace pack "
    "panel parcel pause perch period phone pill pipe pipeline plan plant plate pole pool "
    "probe process processor pump race radar radius ramp range rate reactor relay resolution "
    "ride rise road robot rocket roll room rope route run sail sample screen seat segment "
    "sensor sentence server session shift shot signal sleep slope span speed sprint square "
    "stake statue steak stick stop strait stretch strip supply surge swim tablet tank tape "
    "telescope term timer tower track trail train transmitter trek trial trip truck tube "
    "tunnel turbine vessel service wind gust node jack socket plug port video wafer walk wall "
    "wave wavelength window wing wire yacht yield zone Treasury Treasurys".split()
)
# Words with a capital at the start of a sentence, after which a figure counts.
NOT_NAMES = frozenset(
    "A An The In Of On For With And But Or Nor This That These Those By At To From Some About "
    "Over Under Only Nearly Almost Around Roughly Up Its Their Our His Her We They He She It "
    "You I Is Are Was Were Has Have Had Raised Raises Spent Spends Earned Lost Loses Costs "
    "Cost Paid Pays Adds Added Sold Sells Has Had Gets January February March April May June "
    "July August September October November December Monday Tuesday Wednesday Thursday Friday "
    "Saturday Sunday More Than All Another Each Every If When While As So Then Between "
    "Through Per Plus Minus Another Additional Just Even Still Also First Last Next".split()
)
# After one of these, a price and a plural are things at that price: `they sell $3 tacos`.
_TAKES_GOODS = frozenset(
    "sell sells sold buy buys bought eat ate order ordered serve serves served offer offers "
    "offered with make makes drank drink wear wears wore print prints hand hands handed issue "
    "issued like into".split()
)
_PERIODIC = re.compile(r"\s(?:monthly|weekly|daily|yearly|annual|quarterly|one-time)\s([a-z]+)")
_NOUN = re.compile(r"(?:\s|-)?([A-Za-z][a-z]*)")


def stands_before_noun(match: re.Match[str], money: bool = False) -> bool:
    """Tell whether an amount is said in the singular as it describes the noun that follows.

    After an article any word will do; after another determiner, a word that can be a noun;
    after neither, only one of the nouns that are often priced or measured.
    """
    following = match.string[match.end() : match.end() + 40]
    before = last_word(match)
    if before in _ARTICLES:
        return bool(_ANY_WORD.match(following))

    word = _noun_of(following)
    if not word or not _can_be_noun(word):
        return False
    if before.lower() in _DETERMINERS or before.endswith(("'s", "s'")):
        return True
    if _singular(word) in (_PRICED if money else _MEASURED):
        return True
    counting = _COUNTS | _TAKES_GOODS if money else _COUNTS
    return word.endswith("s") and before.lower() in counting


_ANY_WORD = re.compile(r"\s?(?!(?:to|and|or)\b)[A-Za-z]")


def _noun_of(following: str) -> str:
    """The word that stands where a noun would, in `a $5 monthly fee` the second; or empty."""
    noun = _PERIODIC.match(following) or _NOUN.match(following)
    return noun[1] if noun and following[:1] in (" ", "-") else ""


def stands_before_measured_noun(word: str) -> bool:
    """Tell whether a length may stand before the word: `5m waves`, not `5m vaccines`."""
    return _singular(word) in _MEASURED or word in _NO_NOUNS


def _can_be_noun(word: str) -> bool:
    if word in _NO_NOUNS or (word[0].isupper() and word not in _MEASURED):
        return False
    if word.endswith("ing"):
        return word in _ING_NOUNS
    return not word.endswith(("ly", "ed", "ors", "ers"))


def _singular(word: str) -> str:
    if word.endswith(("ies", "ches", "shes", "sses", "xes")):
        return word[:-3] + "y" if word.endswith("ies") else word[:-2]
    return word.removesuffix("s") if not word.endswith("ss") else word

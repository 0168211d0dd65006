"""Abbreviations and marks of enumerations."""

from __future__ import annotations

import re

from podcast.language.english.sentence_splitter import starts_sentence
from podcast.language.english.spelling.numerals import cardinal
from podcast.language.english.spelling.rule import Rule, before
from podcast.language.english.spelling.units import UNITS

_TITLES = {
    "Dr": "Doctor",
    "Prof": "Professor",
    "Profs": "Professors",
    "Gen": "General",
    "Sen": "Senator",
    "Sens": "Senators",
    "Rep": "Representative",
    "Reps": "Representatives",
    "Gov": "Governor",
    "Lt": "Lieutenant",
    "Col": "Colonel",
    "Capt": "Captain",
    "Sgt": "Sergeant",
    "Rev": "Reverend",
    "Hon": "Honorable",
    "Pres": "President",
    "Maj": "Major",
    "Cpl": "Corporal",
    "Pvt": "Private",
    "Adm": "Admiral",
    "Cmdr": "Commander",
    "Cdr": "Commander",
    "Ens": "Ensign",
    "Pfc": "Private First Class",
    "Dep": "Deputy",
    "Dir": "Director",
    "Drs": "Doctors",
    "Gens": "Generals",
    "Mme": "Madame",
    "Mx": "Mix",
    "Mlle": "Mademoiselle",
    "Mons": "Monsieur",
    "Supt": "Superintendent",
    "Insp": "Inspector",
    "Det": "Detective",
    "Atty": "Attorney",
    "Asst": "Assistant",
    "Sec": "Secretary",
    "Assoc": "Associate",
    "Msgr": "Monsignor",
    "Amb": "Ambassador",
    "Brig": "Brigadier",
    "Rt": "Right",
    "Fr": "Father",
    "Govs": "Governors",
    "Mt": "Mount",
    "Ft": "Fort",
}
_WORDS = {
    "e.g.": "for example",
    "eg.": "for example",
    "i.e.": "that is",
    "ie.": "that is",
    "etc.": "and so on",
    "vs.": "versus",
    "v.s.": "versus",
    "et al.'s": "and colleagues'",
    "et al.": "and colleagues",
    "approx.": "approximately",
    "cf.": "compare",
    "a.k.a.": "also known as",
    "aka": "also known as",
    "w/o": "without",
    "w/": "with",
    "w.r.t.": "with respect to",
    "wrt": "with respect to",
    "YTD": "year to date",
    "YoY": "year on year",
    "yoy": "year on year",
    "QoQ": "quarter on quarter",
    "qoq": "quarter on quarter",
    "MoM": "month on month",
    "y/y": "year on year",
    "q/q": "quarter on quarter",
    "m/m": "month on month",
    "resp.": "respectively",
    "incl.": "including",
    "excl.": "excluding",
    "est.": "estimated",
    "dept.": "department",
    "Dept.": "Department",
    "govt.": "government",
    "Univ.": "University",
    "Inc.": "Incorporated",
    "Corp.": "Corporation",
    "Ltd.": "Limited",
    "Co.": "Company",
    "Cos.": "Companies",
    "Bros.": "Brothers",
    "S.p.A.": "S-P-A",
    "Assn.": "Association",
    "Univs.": "Universities",
    "ret.": "retired",
    "Ret.": "Retired",
    "Jr.": "Junior",
    "Sr.": "Senior",
    "Esq.": "Esquire",
    "Ph.D.": "PhD",
    "Ph.D": "PhD",
    "Ph.Ds": "PhDs",
    "Ave.": "Avenue",
    "Blvd.": "Boulevard",
    "Rd.": "Road",
    "int'l": "international",
    "Int'l": "International",
    "gov't": "government",
    "Gov't": "Government",
    "ass'n": "association",
    "Ass'n": "Association",
    "nat'l": "national",
    "Nat'l": "National",
    "dep't": "department",
    "Dep't": "Department",
    "sec'y": "secretary",
    "cont'd": "continued",
    "b/c": "because",
    "c/o": "care of",
    "w/in": "within",
    "intl.": "international",
    "Intl.": "International",
    "natl.": "national",
    "avg.": "average",
    "assoc.": "association",
    "asst.": "assistant",
    "mgr.": "manager",
    "mgmt.": "management",
    "ext.": "extension",
    "tel.": "telephone",
    "prev.": "previously",
    "orig.": "originally",
    "pop.": "population",
    "yrs.": "years",
    "mos.": "months",
    "viz.": "namely",
    "Hwy.": "Highway",
    "Pkwy.": "Parkway",
    "Ln.": "Lane",
    "Apt.": "Apartment",
    "Bldg.": "Building",
    "Mfg.": "Manufacturing",
    "Intl": "International",
    "min.": "minutes",
    "hrs.": "hours",
    "vol.": "volume",
    "ed.": "edition",
    "misc.": "miscellaneous",
    "temp.": "temperature",
    "max.": "maximum",
    "mfr.": "manufacturer",
    "mfrs.": "manufacturers",
    "distr.": "distribution",
    "mktg.": "marketing",
    "pct.": "percent",
    "req.": "required",
    "qty.": "quantity",
    "admin.": "administration",
    "Dem.": "Democrat",
    "adj.": "adjusted",
    "Ct.": "Court",
    "Amdt.": "Amendment",
    "pcs.": "pieces",
    "qtr.": "quarter",
    "qtrs.": "quarters",
    "vs": "versus",
    "pts": "points",
}
_COUNTED = {
    "no": "number",
    "nos": "numbers",
    "fig": "figure",
    "figs": "figures",
    "eq": "equation",
    "sec": "section",
    "secs": "sections",
    "eqs": "equations",
    "chap": "chapter",
    "arts": "articles",
    "ch": "chapter",
    "vol": "volume",
    "vols": "volumes",
    "pp": "pages",
    "p": "page",
    "pt": "part",
    "art": "article",
    "ver": "version",
    "tab": "table",
    "prop": "proposition",
    "op": "opus",
    "mk": "mark",
    "yr": "year",
    "para": "paragraph",
    "paras": "paragraphs",
    "ex": "exhibit",
    "exh": "exhibit",
    "app": "appendix",
    "reg": "regulation",
    "bk": "book",
    "ep": "episode",
    "cat": "category",
    "rev": "revision",
    "amdt": "amendment",
    "div": "division",
    "cl": "clause",
    "rm": "room",
    "ste": "suite",
    "rte": "route",
    "wk": "week",
}


_LETTERED = {
    "App": "Appendix",
    "Ex": "Exhibit",
    "Exh": "Exhibit",
    "Fig": "Figure",
    "Tab": "Table",
    "Sec": "Section",
    "Pt": "Part",
    "Sched": "Schedule",
}


_COUNT_BEFORE = re.compile(
    r"""
    (?:
        \d                                                            # `5 min.`
        | \b(?:one|two|three|four|five|six|seven|eight|nine|ten       # `five min.`
            |fifteen|twenty|thirty|forty|fifty|sixty|few|half|per)    # `a few min.`
    )
    [\s-]?$
    """,
    re.VERBOSE,
)
_FIGURE_FOLLOWS = re.compile(r":?\s\+?\d")
_WORD_FOLLOWS = re.compile(r"\s+\w")


def _abbreviation(match: re.Match[str]) -> str:
    short = match[0]
    if _is_other_use(match):
        return short
    if short in ("min.", "Min.") and not _COUNT_BEFORE.search(before(match, 12)):
        return "Minimum" if short[0] == "M" else "minimum"

    said = _WORDS.get(short) or _WORDS.get(short[:1].lower() + short[1:])
    if said is None:
        return short
    if short[0].isupper():
        said = said[0].upper() + said[1:]
    return said + _mark_after(match, said)


def _is_other_use(match: re.Match[str]) -> bool:
    """Part of a rate (`ft./min.`), a word at an end (`pop.`) or a unit behind a figure."""
    short = match[0]
    if before(match, 1) == "/":
        return True
    if short in _BEFORE_FIGURES:
        return not _FIGURE_FOLLOWS.match(match.string[match.end() : match.end() + 4])
    is_minute = short == "min." and not _COUNT_BEFORE.search(before(match, 12))
    is_time = short in _TIMES and not is_minute
    return is_time and bool(re.search(r"\d[\s-]?$", before(match, 2)))


def _mark_after(match: re.Match[str], said: str) -> str:
    """The mark after the words: the stop belongs to the abbreviation, or to both."""
    short = match[0]
    if not short.endswith("."):
        return ""
    if said in ("that is", "for example"):
        following = match.string[match.end() : match.end() + 9]
        return "," if _WORD_FOLLOWS.match(following) else ""
    if short in _MIDDLE:
        return ""
    return "." if starts_sentence(match.string, match.end()) else ""


# Abbreviations only where a figure follows; else `pop.` is a word at an end.
_BEFORE_FIGURES = frozenset("pop. ext. tel.".split())
# After a figure these are units, which have a rule of their own.
_TIMES = frozenset("min. hrs. yrs. mos.".split())
# No sentence ends with these.
_MIDDLE = frozenset("a.k.a. vs. cf. approx. v.s. w.r.t. resp. incl. excl. feat.".split())

_STATES = dict(
    item.split("=")
    for item in (
        # Postal codes, then the short forms of newspapers.
        "AL=Alabama AK=Alaska AZ=Arizona AR=Arkansas CA=California CO=Colorado "
        "CT=Connecticut DE=Delaware FL=Florida GA=Georgia HI=Hawaii ID=Idaho IL=Illinois "
        "IN=Indiana IA=Iowa KS=Kansas KY=Kentucky LA=Louisiana ME=Maine MD=Maryland "
        "MA=Massachusetts MI=Michigan MN=Minnesota MS=Mississippi MO=Missouri MT=Montana "
        "NE=Nebraska NV=Nevada NH=New_Hampshire NJ=New_Jersey NM=New_Mexico NY=New_York "
        "NC=North_Carolina ND=North_Dakota OH=Ohio OK=Oklahoma OR=Oregon PA=Pennsylvania "
        "RI=Rhode_Island SC=South_Carolina SD=South_Dakota TN=Tennessee TX=Texas UT=Utah "
        "VT=Vermont VA=Virginia WA=Washington WV=West_Virginia WI=Wisconsin WY=Wyoming "
        "Ala=Alabama Ariz=Arizona Ark=Arkansas Calif=California Colo=Colorado "
        "Conn=Connecticut Del=Delaware Fla=Florida Ga=Georgia Ill=Illinois Ind=Indiana "
        "Kan=Kansas Ky=Kentucky La=Louisiana Md=Maryland Mass=Massachusetts Mich=Michigan "
        "Minn=Minnesota Miss=Mississippi Mo=Missouri Mont=Montana Neb=Nebraska Nev=Nevada "
        "Okla=Oklahoma Ore=Oregon Pa=Pennsylvania Tenn=Tennessee Tex=Texas "
        "Va=Virginia Vt=Vermont Wash=Washington Wis=Wisconsin Wyo=Wyoming"
    ).split()
)
_STATE_NAMES = "|".join(sorted(set(_STATES.values()))).replace("_", " ")
_CITY = re.compile(r"\b[A-Z][a-z]{3,},\s$")
_PARTIES = {"R": "Republican", "D": "Democrat", "I": "independent"}


def _state(match: re.Match[str]) -> str:
    short = (match[1] or match[2]).replace(".", "").replace(" ", "")
    state = _STATES.get(short)
    if state is None or not _CITY.search(before(match, 30)):
        return match[0]
    at_end = match[2] and not match.string[match.end() :].strip()
    return state.replace("_", " ") + ("." if at_end else "")


def _party_of(match: re.Match[str]) -> str:
    place = match[2]
    state = _STATES.get(place.replace(".", ""), place)
    return f"{_PARTIES[match[1]]} of {state.replace('_', ' ')}"


def _bare_state(match: re.Match[str]) -> str:
    """`in Mass.`, without a city before it."""
    state = _STATES.get(match[1] or match[2] or match[3])
    if state is None:
        return match[0]
    return state.replace("_", " ") + ("" if match.string[match.end() :] else ".")


def _party(match: re.Match[str]) -> str:
    state = _STATES.get(match[2].replace(".", ""))
    if state is None:
        return match[0]
    return f", {_PARTIES[match[1]]} of {state.replace('_', ' ')},"


def _ends_clause(match: re.Match[str]) -> bool:
    return not re.match(r"\s[a-z]", match.string[match.end() : match.end() + 2])


def _title(match: re.Match[str]) -> str:
    said = _TITLES.get(match[0][:-1])
    if said is None:
        return match[0]
    return said if match.string[match.end()].isspace() else f"{said} "


def _count(match: re.Match[str]) -> str:
    said = _COUNTED[match[1].lower()]
    head = before(match).rstrip()
    opens = not head or head[-1] in ".!?:"
    # `No. 5` is written large anywhere, which says nothing.
    is_large = match[1][0].isupper() and (opens or match[1] not in ("No", "Nos"))
    return said.capitalize() if is_large else said


_SERIES = (
    tuple(str(number) for number in range(1, 30)),
    tuple("i ii iii iv v vi vii viii ix x xi xii".split()),
    tuple("abcdefgh"),
)


def _enumeration(match: re.Match[str]) -> str:
    """`(2)` goes when `(1)` or `(3)` is near; a comma stands for it where there is no mark."""
    mark, item = match.groups()
    head, tail = before(match, 500), match.string[match.end() : match.end() + 500]
    place = _find_place(item, head, tail)
    if place is None or _REFERENCE.search(head):
        return match[0]

    is_joined = mark or place == 0 or _JOINT.search(head)
    return mark if is_joined else ","


def _find_place(item: str, head: str, tail: str) -> int | None:
    """Find the item's place in a series with a neighbour in the text; None for none."""
    for series in _SERIES:
        if item not in series:
            continue
        place = series.index(item)
        earlier, later = series[:place][-1:], series[place + 1 :][:1]
        if earlier and f"{earlier[0]})" in head:
            return place
        if later and f"{later[0]})" in tail:
            return place
    return None


# `see (4)` speaks of an item, and is none.
_REFERENCE = re.compile(
    r"\b(?:see|section|step|table|figure|equation|part|item|point|in)$", re.IGNORECASE
)
_JOINT = re.compile(r"(?:\b(?:and|or|then)|[.!?])$")


_STREETS = {"Dr": "Drive", "Sq": "Square", "Pl": "Place", "Ter": "Terrace", "Cres": "Crescent"}


def _street(match: re.Match[str]) -> str:
    """`40 Elm Dr.`: the short word for a street behind its name."""
    stop = "." if starts_sentence(match.string, match.end()) else ""
    return f"{match[1]} {_STREETS[match[2]]}{stop}"


_SIDES = {"N": "North", "S": "South", "E": "East", "W": "West"}


def _saint_or_street(match: re.Match[str]) -> str:
    ends = starts_sentence(match.string, match.end())
    named = re.search(r"(?:\b[A-Z]\w*|\d(?:st|nd|rd|th))\s*$", before(match))
    is_before_name = re.match(r"\s[A-Z]", match.string[match.end() : match.end() + 3])
    if is_before_name and not (named and ends):
        return "Saint"
    return "Street." if ends else "Street"


def _unit_of_word(match: re.Match[str]) -> str:
    one, many = UNITS[match[2]]
    return match[1] + (one if match[1].endswith("-") or match[1].lower() == "one " else many)


def _part_of_figure(match: re.Match[str]) -> str:
    figures, first, last = match.groups()
    said = f"{cardinal(figures)} {first.upper()}"
    return f"{said} to {last.upper()}" if last else said


RULES = (
    Rule(
        "mark of an enumeration",
        (
            "It is (1) fair, (2) open, and (3) safe, see (4).",
            "It is fair, open, and safe, see four.",
        ),
        r"([,;:.]?)\s*(?<!\w)\(?(\d{1,2}|[a-h]|[ivx]{1,4})\)(?=\s)",
        _enumeration,
        ")",
    ),
    Rule(
        "editor's note",
        ("Ed. note: it is old.", "Editor's note: it is old."),
        r"\b([Ee])d\.(?=\s[Nn]ote\b)",
        r"\1ditor's",
        ".",
    ),
    Rule(
        "estimate",
        (
            "It beat est. of $2, est. 1999.",
            "It beat estimates of two dollars, established nineteen ninety-nine.",
        ),
        r"\b([Ee])st\.(?=\sof\b|\s(?:in\s)?(?:1[5-9]|20)\d\d\b)",
        lambda match: (
            f"{match[1]}st"
            + ("imates" if match.string[match.end() : match.end() + 3] == " of" else "ablished")
        ),
        ".",
    ),
    Rule(
        "years of age",
        (
            "A 16-yo coder, 5 y.o., 30 yrs old.",
            "A sixteen-year-old coder, five years old, thirty years old.",
        ),
        r"(?<=\d)(\s?-?\s?)(?:y\.?/?o\b\.?(?!\w)|yrs?[\s-]old\b)",
        lambda match: (
            "-year-old" if "-" in match[1] or not _ends_clause(match) else " years old"
        ),
        "y",
    ),
    Rule(
        "initials in small letters",
        ("By e.e. cummings.", "By E E cummings."),
        r"""(?x)
        (?<![\w.])
        (?!e\.g|i\.e|a\.m|p\.m|w\.r|a\.k|c\.f|n\.b|q\.v|s\.t|p\.p)  # abbreviations of words
        ([a-z])\.\s?([a-z])\.(?=\s[a-z]{3})
        """,
        lambda match: f"{match[1]} {match[2]}".upper(),
        ".",
    ),
    Rule(
        "party and state",
        (
            "Gov. Poe (R., Tex.) and Rep. Hu (D-CA).",
            "Governor Poe, Republican of Texas, and Representative Hu, Democrat of California.",
        ),
        r"\(([RDI])(?:\.?,\s?|[-–]|\.-)([A-Z][A-Za-z.]{1,6}?)\.?\)",
        _party,
        "(",
    ),
    Rule(
        "state",
        (
            "In Austin, Tex., and Boise, ID, today.",
            "In Austin, Texas, and Boise, Idaho, today.",
        ),
        r"""(?x)
        (?<=[a-z],\s)
        (?:
            ([A-Z]{2})(?![\w.'’-])                       # `Boise, ID`
            (?=,|\.(?:\s|$)|\s\d{5}\b|\s[a-z]|$)         # perhaps before its postal code
            | (
                (?:[NSW]\.\s?)?[A-Z][a-z]{1,4}          # `Austin, Tex.`, `Fargo, N. Dak.`
                | [NSWR]\.[A-Z]                          # `Albany, N.Y.`
            )
            \.(?=,|\s[a-z]|\s\d{5}|$)
        )
        """,
        _state,
        ",",
    ),
    Rule(
        "street by its short form",
        ("It is at 40 Elm Dr. in Bath.", "It is at forty Elm Drive in Bath."),
        r"((?:\d\s|\b(?i:at|on|in|near|off)\s)[A-Z][a-z]+(?:\s[A-Z][a-z]+)?)\s(Dr|Sq|Pl|Ter|"
        r"Cres)\."
        r"(?!\s(?!Suite|Apt)[A-Z][a-z]+\s(?:[A-Z]|said|says))",
        _street,
        ".",
    ),
    Rule(
        "side of a land",
        ("N. Korea met W. Virginia.", "North Korea met West Virginia."),
        r"\b([NSEW])\.\s?(?=(?:Korean?s?|African?s?|America|Carolina|Dakota|Ireland|Virginia|"
        r"Yorkshire|Sudan|Bank|Macedonia|Wales|Timor|Germany|Pacific|Atlantic)\b)",
        lambda match: f"{_SIDES[match[1]]} ",
        ".",
    ),
    Rule(
        "side of a street",
        ("It is at 12 W. 4th St. now.", "It is at twelve West fourth Street now."),
        r"(?<=\d )([NSEW])\.\s(?=\d{1,3}(?:st|nd|rd|th)\b|[A-Z][a-z]+\s(?:St|Ave|Rd|Blvd|Dr|"
        r"Street|"
        r"Avenue|Road|Drive|Boulevard)\b)",
        lambda match: f"{_SIDES[match[1]]} ",
        ".",
    ),
    Rule(
        "mark with a numeral",
        ("The Mk II and Mk. III.", "The Mark Two and Mark Three."),
        r"\bMk\.?\s(?=[IVX]+\b)",
        "Mark ",
        "M",
    ),
    Rule(
        "state behind a word of place",
        (
            "He left Ill. and lives in Mass. now.",
            "He left Ill. and lives in Massachusetts now.",
        ),
        r"(?<=\b[Ii]n )([A-Z][a-z]{3,4}|Ill|Fla|Tex|Pa|Va)\.(?=\s[a-z]|,|$)|"
        r"(?<=\b[Oo]f )([A-Z][a-z]{3,4}|Ill|Fla|Tex)\.(?=\s[a-z]|,|$)|"
        r"(?<=from )([A-Z][a-z]{3,4}|Ill|Fla|Tex|Pa|Va)\.(?=\s[a-z]|,|$)",
        _bare_state,
        ".",
    ),
    Rule(
        "unit behind a number word",
        ("A five-yr. plan of two hrs. each.", "A five-year plan of two hours each."),
        r"\b((?i:one|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|thirty|forty|"
        r"fifty|sixty|"
        r"several|few|half|hundred)[\s-])(yr|hr|mo|wk|min|sec|ft|lb|oz|mi)s?\.(?=\s[a-z]|[,;]|"
        r"-)",
        _unit_of_word,
        ".",
    ),
    Rule(
        "world war",
        ("In WWI and WW2.", "In World War One and World War Two."),
        r"\bWW(?:(II|2)|(?:I|1))(?!\w)",
        lambda match: f"World War {'Two' if match[1] else 'One'}",
        "W",
    ),
    Rule(
        "number without its stop",
        ("He wore the No 10 shirt.", "He wore the number ten shirt."),
        r"(?<=[a-z] )No (?=\d{1,3}(?![\w.]))",
        "number ",
        "N",
    ),
    Rule(
        "title",
        ("Dr. Li met Prof. Chen.", "Doctor Li met Professor Chen."),
        r"[A-Z](?<!\w\w)([a-z]{1,4})\.(?=\s?[A-Z])",
        _title,
        ".",
    ),
    Rule(
        "title without a name",
        (
            "The Sgt. at arms met the Gov. and Vice Adm. Poe's aide.",
            "The Sergeant at arms met the Governor and Vice Admiral Poe's aide.",
        ),
        r"\b(Sgt|Gen|Adm|Gov|Sen|Rep|Capt|Col|Lt|Prof|Cmdr|Maj|Cpl|Rev)\.(?='s\b|"
        r"\s(?:[aA]t\s[aA]rms|and|or|who|said|"
        r"says|was|is|has|had|met|did|will)\b)",
        lambda match: _TITLES[match[1]],
        ".",
    ),
    Rule(
        "party and state without brackets",
        ("Sen. Poe, R-Ohio, left.", "Senator Poe, Republican of Ohio, left."),
        rf"(?<=[a-z], )([RDI])-({_STATE_NAMES}|[A-Z][a-z]{{2,4}}\.|[A-Z]{{2}}|"
        rf"[A-Z]\.[A-Z]\.)(?=,)",
        _party_of,
        "-",
    ),
    Rule(
        "saint or street",
        ("St. Louis has a Wall St. too.", "Saint Louis has a Wall Street too."),
        r"\bSt\.",
        _saint_or_street,
        ".",
    ),
    Rule(
        "counted thing",
        ("See No. 5 and Fig. 2.", "See number five and Figure two."),
        rf"\b({'|'.join(_COUNTED)}|"
        rf"{'|'.join(word.capitalize() for word in _COUNTED)})\.\s?(?=\(?\d)",
        lambda match: _count(match) + " ",
        ".",
    ),
    Rule(
        "part of a figure",
        ("See Figs. 3b-d and Fig. 2a.", "See Figures three B to D and Figure two A."),
        r"(?:(?<=igure )|(?<=igures )|(?<=[Tt]able )|(?<=[Pp]anel )|(?<=quation )|(?<=ection ))"
        r"(\d{1,2})([a-z])(?:\s?[-–]\s?([a-z]))?(?!\w)",
        _part_of_figure,
    ),
    Rule(
        "reporter of cases",
        ("In 5 F.3d 20 it held.", "In five F third twenty it held."),
        r"\b(F|P|A|So|N\.?E|S\.?E)\.\s?([23])d\b",
        lambda match: f"{match[1].replace('.', '')} {'second' if match[2] == '2' else 'third'}",
        "d",
    ),
    Rule(
        "lettered appendix",
        ("See App. B and Ex. C.", "See Appendix B and Exhibit C."),
        r"\b(App|Ex|Exh|Fig|Tab|Sec|Pt|Sched)\.\s(?=[A-Z](?!\w|\.\w|\.\s[A-Z]))",
        lambda match: f"{_LETTERED[match[1]]} ",
        ".",
    ),
    Rule(
        "supreme court",
        ("The Sup. Ct. ruled.", "The Supreme Court ruled."),
        r"\bSup\.\sCt\.",
        "Supreme Court",
        ".",
    ),
    Rule(
        "abbreviation",
        (
            "Tools, e.g. hammers vs. nails, etc.",
            "Tools, for example, hammers versus nails, and so on.",
        ),
        r"[A-Za-z](?<![\w.]\w)(?:t al|[A-Za-z]*+(?:\.[A-Za-z]+)*+)\.(?:'s\b|(?!\w))",
        _abbreviation,
        ".",
    ),
    Rule(
        "abbreviation with an apostrophe",
        ("An int'l gov't ass'n.", "An international government association."),
        r"""(?x)
        \b(?:int'l|gov't|ass'n|nat'l|dep't|sec'y|cont'd)(?!\w)
        | \b(?:Int'l|Gov't|Ass'n|Nat'l|Dep't)(?!\w)          # at the start, or in a name
        """,
        lambda match: _WORDS[match[0]],
        "'",
    ),
    Rule(
        "versus",
        ("Acme v. Poe goes on.", "Acme versus Poe goes on."),
        r"(?<=\w\s)v\.(?=\s[A-Z])",
        "versus",
        "v",
    ),
    Rule(
        "with in short",
        ("Pies w/cream.", "Pies with cream."),
        r"\bw/(?=[a-z]{3,}\b)",
        "with ",
        "/",
    ),
    Rule(
        "abbreviation without a stop",
        (
            "Ours vs theirs, aka it, w/o us.",
            "Ours versus theirs, also known as it, without us.",
        ),
        r"""(?x)
        \b(?:vs|aka|wrt|Ph\.Ds?)\b
        | \bw/(?:o\b|in\b)?                                # `w/`, `w/o`, `w/in`
        | (?<![\w/])(?:b/c|c/o|y/y|q/q|m/m)(?![\w/])       # but not a path `a/b/c`
        | \b(?:YTD|YoY|yoy|QoQ|qoq|MoM)\b
        | (?<=percentage[ ])pts\b                          # points alone are of print or a score
        """,
        lambda match: _WORDS[match[0]],
        "vw.k/YyQqMp",
    ),
)

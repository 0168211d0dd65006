"""Money, percentages, measures and magnitudes."""

from __future__ import annotations

import re

from podcast.language.english.sentence_splitter import starts_sentence
from podcast.language.english.spelling.modifiers import stands_before_noun
from podcast.language.english.spelling.numerals import (
    FREE_NUMBER,
    NUMBER,
    TO,
    cardinal,
    fraction,
    number,
    number_span,
    plural,
)
from podcast.language.english.spelling.rule import Rule, before, last_word
from podcast.language.english.spelling.units import DOTTED_UNIT, UNIT, UNITS

_MAGNITUDES = {
    **dict.fromkeys("k K".split(), "thousand"),
    **dict.fromkeys("m M mn Mn MM mm mln Mln mio Mio Mio. mil MLN".split(), "million"),
    **dict.fromkeys("b B bn Bn BN bln Bln bil Mrd mrd Mrd. Md".split(), "billion"),
    **dict.fromkeys("t T tn Tn trn tril".split(), "trillion"),
    **dict.fromkeys("cr Cr Cr. cr.".split(), "crore"),
    **dict.fromkeys("L lac lacs lakhs".split(), "lakh"),
}
_SHORT_MAGNITUDE = "|".join(
    re.escape(short) for short in sorted(_MAGNITUDES, key=len, reverse=True) if short != "L"
)
_MAGNITUDE = r"(?:(?i:lakh crore|hundred|thousand|million|billion|trillion|lakh|crore))"
_CURRENCIES = {
    "$": ("dollar", "dollars", "cent"),
    "€": ("euro", "euros", "cent"),
    "£": ("pound", "pounds", "penny"),
    "¥": ("yen", "yen", ""),
    "₹": ("rupee", "rupees", "paisa"),
    "₩": ("won", "won", ""),
    "₿": ("bitcoin", "bitcoin", ""),
    "₽": ("ruble", "rubles", ""),
    "₺": ("lira", "lira", ""),
    "₴": ("hryvnia", "hryvnias", ""),
    "₫": ("dong", "dong", ""),
    "₦": ("naira", "naira", ""),
    "₱": ("peso", "pesos", ""),
    "₪": ("shekel", "shekels", ""),
    "฿": ("baht", "baht", ""),
    "₵": ("cedi", "cedis", ""),
    "₸": ("tenge", "tenge", ""),
    "₾": ("lari", "lari", ""),
    "₼": ("manat", "manat", ""),
    "₡": ("colon", "colones", ""),
    "₭": ("kip", "kip", ""),
    "৳": ("taka", "taka", ""),
    "₲": ("guarani", "guaranies", ""),
    "R$": ("real", "reais", ""),
    "CHF": ("Swiss franc", "Swiss francs", ""),
    "SEK": ("Swedish krona", "Swedish kronor", ""),
    "NOK": ("Norwegian krone", "Norwegian kroner", ""),
    "DKK": ("Danish krone", "Danish kroner", ""),
    "PLN": ("zloty", "zlotys", ""),
    "CZK": ("Czech koruna", "Czech korunas", ""),
    "HUF": ("forint", "forints", ""),
    "CNY": ("yuan", "yuan", ""),
    "RMB": ("yuan", "yuan", ""),
    "CN¥": ("yuan", "yuan", ""),
    "ZAR": ("rand", "rand", ""),
    "BRL": ("real", "reais", ""),
    "MXN": ("Mexican peso", "Mexican pesos", ""),
    "RUB": ("ruble", "rubles", ""),
    "IDR": ("rupiah", "rupiah", ""),
    "MYR": ("ringgit", "ringgit", ""),
    "THB": ("baht", "baht", ""),
    "AED": ("dirham", "dirhams", ""),
    "SAR": ("riyal", "riyals", ""),
    "ILS": ("shekel", "shekels", ""),
    "NGN": ("naira", "naira", ""),
    "KES": ("Kenyan shilling", "Kenyan shillings", ""),
    "EGP": ("Egyptian pound", "Egyptian pounds", ""),
    "PKR": ("Pakistani rupee", "Pakistani rupees", ""),
    "ARS": ("Argentine peso", "Argentine pesos", ""),
    "VND": ("dong", "dong", ""),
    "UAH": ("hryvnia", "hryvnias", ""),
    "BTC": ("bitcoin", "bitcoin", ""),
    "ETH": ("ether", "ether", ""),
}
_SIGNS = "$€£¥₹₩₿₽₺₴₫₦₱₪฿₵₸₾₼₡₭৳₲"
_ANY_SIGN = f"[{_SIGNS}]"
_LANDS = {
    "US": "",
    "A": "Australian ",
    "AU": "Australian ",
    "C": "Canadian ",
    "CA": "Canadian ",
    "HK": "Hong Kong ",
    "NZ": "New Zealand ",
    "S": "Singapore ",
    "SG": "Singapore ",
    "NT": "New Taiwan ",
    "MX": "Mexican ",
    "": "",
}
_CODES = {
    "USD": "US$",
    "EUR": "€",
    "GBP": "£",
    "JPY": "¥",
    "INR": "₹",
    "CAD": "CA$",
    "AUD": "AU$",
    "HKD": "HK$",
    "KRW": "₩",
    "SGD": "S$",
    "NZD": "NZ$",
    "TWD": "NT$",
    **{code: code for code in _CURRENCIES if len(code) == 3 and code.isalpha()},
}
_CODE_CURRENCIES = "|".join(code for code in _CURRENCIES if len(code) == 3 and code.isalpha())
# Currencies that are written as words or letters.
_WORD_SIGNS = {
    "kr": "kroner",
    "Kč": "koruna",
    "zł": "zlotys",
    "Rp": "rupiah",
    "RM": "ringgit",
    "Tk": "taka",
    "KSh": "Kenyan shillings",
    "Ksh": "Kenyan shillings",
    "Dh": "dirhams",
    "Dhs": "dirhams",
    "Ft": "forints",
    "R": "rand",
}
_PAID_BY = {
    "pcm": "per calendar month",
    "pppn": "per person per night",
    "pp": "per person",
    "ppn": "per person per night",
    "pw": "per week",
    "pa": "per year",
    "p.a.": "per year",
    "p.w.": "per week",
    "ph": "per hour",
}
_CENTS = {"cent": "cents", "penny": "pence", "paisa": "paise"}


def _money_parts(sign: str) -> tuple[str, tuple[str, str, str]]:
    """The land of a currency, as a word with a space, and its names."""
    if sign in _CURRENCIES:
        return "", _CURRENCIES[sign]
    land, names = _LANDS[sign[:-1]], _CURRENCIES[sign[-1]]
    if sign == "MX$":
        names = ("peso", "pesos", "")
    return land, names


def _money(match: re.Match[str]) -> str:
    sign, first, second, size, more, hyphen = match.groups()
    land, names = _money_parts(sign)
    if size:
        said = _large_sum(match, land, names)
    elif not second and names[2] and _CENTS_BEHIND.search(first):
        said = _sum_with_cents(match, land, names)
    else:
        is_one = _is_attribute(match, hyphen) or (first == "1" and not second)
        said = f"{number_span(first, second)} {land}{names[0 if is_one else 1]}"

    said = f"more than {said}" if more else said
    return f"{said} " if hyphen else said


_CENTS_BEHIND = re.compile(r"\.\d\d$")


def _sum_with_cents(match: re.Match[str], land: str, names: tuple[str, str, str]) -> str:
    said = _coins(match[2], land, names)
    # `The $0.99 app`: cents alone have their singular before a noun, as dollars have.
    if match[2].startswith("0.") and _is_attribute(match, match[6]):
        return said.replace(_CENTS[names[2]], names[2])
    return said


def _large_sum(match: re.Match[str], land: str, names: tuple[str, str, str]) -> str:
    """`$5 bn.`, whose stop is the abbreviation's, and the sentence's where another begins."""
    _, first, second, size, _, hyphen = match.groups()
    magnitude = _MAGNITUDES.get(size, size.lower())
    unit = names[0 if _is_attribute(match, hyphen) else 1]
    ends = size.endswith(".") and starts_sentence(match.string, match.end())
    return f"{number_span(first, second)} {magnitude} {land}{unit}{'.' if ends else ''}"


_RATE_OF_NOUN = re.compile(r"per-[a-z]+\s[a-z]")


def _is_attribute(match: re.Match[str], hyphen: str | None) -> bool:
    """Tell whether a sum describes the noun behind it: `a $5-million plan`, `the $5 plan`."""
    following = match.string[match.end() : match.end() + 20]
    if hyphen and last_word(match) in ("the", "The") and _RATE_OF_NOUN.match(following):
        return True
    if hyphen and not re.match(r"per|a-\w+\b(?!\s[a-z])|plus(?!\s[a-z])", following):
        return True
    return stands_before_noun(match, money=True)


def _coins(figures: str, land: str, names: tuple[str, str, str]) -> str:
    """`5.01` as `five dollars and one cent`."""
    one, many, cent = names
    whole, _, cents = figures.replace(",", "").partition(".")
    parts = []
    if int(whole):
        parts.append(f"{cardinal(whole)} {land}{one if whole == '1' else many}")
    if int(cents):
        parts.append(f"{cardinal(str(int(cents)))} {cent if cents == '01' else _CENTS[cent]}")
    return " and ".join(parts) or f"zero {land}{many}"


def _word_money(match: re.Match[str]) -> str:
    """`kr 500`, `500 zł`, `R5bn`."""
    sign, figures, size = match[1] or match[6], match[2] or match[4], match[3] or match[5]
    if sign == "R" and not size:
        return match[0]
    magnitude = f" {_MAGNITUDES.get(size, size.lower())}" if size else ""
    return f"{number(figures)}{magnitude} {_WORD_SIGNS[sign]}"


_AMOUNT_BEHIND = re.compile(
    rf"\s?(?:US)?[^\w\s]?{NUMBER}[\s-]?(?:{_MAGNITUDE}|(?:{_SHORT_MAGNITUDE}))(?!\w)"
)


def _to_money(match: re.Match[str]) -> str:
    """`$2-$3 billion` is left to the rule of money, for both are billions."""
    head = before(match, 25)
    bare_amount = head[-1:].isdigit()
    if bare_amount and _AMOUNT_BEHIND.match(match.string, match.end()):
        return "-"
    if _PREFIX.search(head) or (bare_amount and _ONE_SUM.search(head)):
        return "-"
    return " to "


# `a sub-$500 phone` is no range.
_PREFIX = re.compile(r"\b(?:[Ss]ub|[Pp]re|[Mm]id|[Nn]on|[Ll]ow|[Hh]igh|[Nn]ear)$")
# `a £40-£60 voucher` has its currency once.
_ONE_SUM = re.compile(rf"\b[Aa]n?\s{_ANY_SIGN}{NUMBER}$")
_SIDES = {"N": "north", "S": "south", "E": "east", "W": "west"}


def _indian_magnitude(match: re.Match[str]) -> str:
    said = " crore" if match[1][0] in "Cc" else " lakh"
    if match[1][-1] == "." and starts_sentence(match.string, match.end()):
        return f"{said}."
    return said


def _percent(match: re.Match[str]) -> str:
    first, second, more = match.groups()
    before = "more than " if more else ""
    return f"{before}{number_span(first, second)} percent"


def _unit(match: re.Match[str]) -> str:
    first, second, gap, unit = match.groups()
    return _measure(match, first, second, gap, UNITS[unit])


_COUNT_WORDS = frozenset(
    "one two three four five six seven eight nine ten many some several few all".split()
)


def _figures_of_one_kind(match: re.Match[str]) -> str:
    counted = last_word(match).lower() in _COUNT_WORDS
    return plural(cardinal(match[1])) if counted else match[0]


def _part_of_unit(match: re.Match[str]) -> str:
    whole, top, bottom, gap, unit = match.groups()
    names = UNITS[" ".join(re.sub(r"\.[\s-]?|-", " ", unit).split())]
    name = names[1] if whole and gap != "-" and not stands_before_noun(match) else names[0]
    return f"{fraction(whole, top, bottom)} {name}" + ("." if _stop_ends(match) else "")


def _stop_ends(match: re.Match[str]) -> bool:
    """Tell whether the stop that was taken with a unit ends the sentence too."""
    following = match.string[match.end() : match.end() + 3]
    return match[0].endswith(".") and (
        not following.strip() or bool(re.match(r"\s[A-Z]", following))
    )


def _rate_alone(rate: str) -> str:
    counted, _, per = rate.partition("/")
    return f"{UNITS[counted][1]} per {UNITS[per][0]}"


# At an end, `in.` behind a figure is inches only after one of these: `He put 10 in.`
_MEASURING = frozenset("= is of by x at measures grew rose fell gained shrank another".split())


_MIDDLE = re.compile(r"\s[a-z]|[,;)]")


def _dotted_unit(match: re.Match[str]) -> str:
    first, second, gap, unit = match.groups()
    names = UNITS[" ".join(re.sub(r"\.[\s-]?|-", " ", unit).split())]
    said = _measure(match, first, second, gap, names)

    following = match.string[match.end() : match.end() + 3]
    is_put_in = not _MIDDLE.match(following) and last_word(match) not in _MEASURING
    if unit == "in" and gap != "-" and is_put_in:
        return match[0]
    ends = gap != "-" and (
        not following.strip(" \"')") or re.match(r"[\"')]*\s[\"'(]?[A-Z]", following)
    )
    return f"{said}." if ends else said


def _measure(
    match: re.Match[str],
    first: str,
    second: str | None,
    gap: str | None,
    names: tuple[str, str],
) -> str:
    one, many = names
    amount = number_span(first, second)
    following = match.string[match.end() : match.end() + 2]
    if gap == "-" or re.match(r"-[a-z]", following) or stands_before_noun(match):
        return f"{amount}{'-' if gap == '-' else ' '}{one}"
    return f"{amount} {one if first == '1' and not second else many}"


def _magnitude(match: re.Match[str]) -> str:
    first, second, size, more = match.groups()
    said = number_span(first, second)
    return f"{'more than ' if more else ''}{said} {_MAGNITUDES[size]}"


_CURRENCY_OF_PAIR = {
    "USD": "dollar",
    "EUR": "euro",
    "GBP": "pound",
    "JPY": "yen",
    "INR": "rupee",
    "AUD": "Australian dollar",
    "CAD": "Canadian dollar",
    "NZD": "New Zealand dollar",
} | {code: names[0] for code, names in _CURRENCIES.items() if len(code) == 3 and code.isalpha()}


_WARMTH = re.compile(
    r"""(?xi)
    \d\s?F\b
    | \b(?:
        bak\w+ | roast\w* | ovens? | (?:pre)?heat\w* | cook\w* | fry\w* | grill\w* | simmer\w* | fan
        | degrees? | temperatures? | warm\w* | cool\w* | freez\w* | froze\w* | melt\w* | boil\w*
        | hot | cold | summer | winter | weather | forecast | mercury | climate | thermometer
        | paris[ ](?:agreement|goal|target) | hits? | reach(?:ed|es)? | topped | above | below
    )\b
    """
)


def _celsius(match: re.Match[str]) -> str:
    """`180C` near a word of warmth; elsewhere it is a gate or a seat."""
    if not _WARMTH.search(match.string):
        return match[0]
    return f"{number_span(match[1], match[2])} degrees Celsius"


def _pair(match: re.Match[str]) -> str:
    """`EUR/USD` as `euro dollar`, as dealers say it."""
    first, second = match.groups()
    if first not in _CURRENCY_OF_PAIR or second not in _CURRENCY_OF_PAIR:
        return match[0]
    return f"{_CURRENCY_OF_PAIR[first]} {_CURRENCY_OF_PAIR[second]}"


def _feet_and_inches(match: re.Match[str]) -> str:
    """`5 ft 11 in tall`, `her 5ft 4in frame`."""
    feet, inches = cardinal(match[1]), cardinal(match[2])
    if stands_before_noun(match):
        return f"{feet}-foot-{inches}"
    return f"{feet} {'foot' if match[1] == '1' else 'feet'} {inches} inches"


RULES = (
    Rule(
        "pair of currencies",
        ("The EUR/USD rate fell.", "The euro dollar rate fell."),
        r"\b([A-Z]{3})/([A-Z]{3})(?![\w/])",
        _pair,
        "/",
    ),
    Rule(
        "minus",
        ("At -5 degrees.", "At minus five degrees."),
        r"-(?<![\w)\]\"'%-]-)(?<!\d\s-)(?=\.?\d|[$€£¥₹₩₿])",
        "minus ",
        "-",
    ),
    Rule(
        "more than",
        ("If >50 agree.", "If more than fifty agree."),
        r">\s?(?=[~$€£¥]?\d)",
        " more than ",
        ">",
    ),
    Rule(
        "less than",
        ("If <5 agree.", "If less than five agree."),
        r"<\s?(?=[~$€£¥]?\d)",
        " less than ",
        "<",
    ),
    Rule(
        "about",
        ("Some ~5 of them.", "Some five of them."),
        r"~\s?(?=[$€£¥]?\d)",
        " about ",
        "~",
    ),
    Rule(
        "plus", ("A +35 rise.", "A plus thirty-five rise."), r"(?<![\w+])\+(?=\d)", "plus ", "+"
    ),
    Rule(
        "sign of a currency alone",
        ("The ₺ slid against the €.", "The lira slid against the euro."),
        rf"(?<=[Tt]he )([{_SIGNS}])(?=\s[a-z]|[.,;])",
        lambda match: _CURRENCIES[match[1]][0],
        _SIGNS,
    ),
    Rule(
        "loss in brackets",
        ("Net was $(3.2)m.", "Net was minus three point two million dollars."),
        rf"([{_SIGNS}])\(({NUMBER})\)(?=\s?(?:[mb]n?|million|billion)?\b|[\s.,])",
        r"minus \1\2",
        "(",
    ),
    Rule(
        "currency in letters",
        (
            "It is kr 500, 20 zł or R5bn.",
            "It is five hundred kroner, twenty zlotys or five billion rand.",
        ),
        rf"\b(kr|Rp|RM|Tk|K[Ss]h|Dhs?|R)\.?\s?({NUMBER})(?:\s?({_MAGNITUDE}|m|bn|tn|"
        rf"k)(?!\w))?(?!\w|-\w)|"
        rf"{FREE_NUMBER}(?:\s?({_MAGNITUDE}|m|bn|tn|k))?\s(kr|zł|Kč|Ft)(?!\w)",
        _word_money,
        "krRTKDłčF",
    ),
    Rule(
        "paid by the month",
        (
            "It is £1,850pcm or £50pp.",
            "It is one thousand eight hundred and fifty pounds per calendar month or fifty "
            "pounds per person.",
        ),
        rf"([{_SIGNS}]{NUMBER}(?:\s?(?:[kmb]n?|million))?|%)\s?(pcm|pppn|ppn|pp|pw|pa|ph|"
        rf"p\.[aw]\.)(?![\w])",
        lambda match: f"{match[1]} {_PAID_BY[match[2]]}",
        "p",
    ),
    Rule(
        "rupees",
        ("It cost Rs. 500.", "It cost five hundred rupees."),
        r"\bRs\.?\s?(?=\d)",
        "₹",
        "R",
    ),
    Rule(
        "Indian magnitude",
        (
            "It cost 3 Cr. rupees and Rs 5 lakhs.",
            "It cost three crore rupees and five lakh rupees.",
        ),
        r"(?<=\d)\s?(Cr\.?|cr\.|[Cc]rores|[Ll]akhs|lacs?)(?!\w)",
        _indian_magnitude,
        "Ccl",
    ),
    Rule(
        "currency code before",
        (
            "Some EUR 5 million and CHF 20m.",
            "Some five million euros and twenty million Swiss francs.",
        ),
        rf"[A-Z](?<!\w\w)[A-Z]{{2}}(?<={'|'.join(_CODES)})\s?(?=\d)",
        lambda match: _CODES[match[0].strip()],
        "0123456789",
    ),
    Rule(
        "currency code after",
        (
            "Some 3m GBP and 5 million CHF.",
            "Some three million pounds and five million Swiss francs.",
        ),
        rf"{FREE_NUMBER}(\s?(?:[kKmMbB]n?|{_MAGNITUDE})?)\s?({'|'.join(_CODES)})\b",
        lambda match: _CODES[match[3]] + match[1] + match[2],
    ),
    Rule(
        "currency sign after",
        ("It costs 5 €, not 100$.", "It costs five euros, not one hundred dollars."),
        rf"{FREE_NUMBER}(?:{TO}({NUMBER}))?(\s?(?:{_MAGNITUDE}|mln|Mio\.?|Mrd\.?|bn|"
        rf"[mk]))?\s?({_ANY_SIGN})(?![\w\d])",
        lambda match: (
            f"{match[4]}{match[1]}{'-' + match[2] if match[2] else ''}{match[3] or ''}"
        ),
        _SIGNS,
    ),
    Rule(
        "cents",
        ("It costs 99¢, or a 5¢ stamp.", "It costs ninety-nine cents, or a five cent stamp."),
        rf"{FREE_NUMBER}(?:{TO}({NUMBER}))?\s?¢",
        lambda match: (
            number(match[1])
            + (f" to {number(match[2])}" if match[2] else "")
            + (
                " cent"
                if match[1] == "1" or stands_before_noun(match, money=True)
                else " cents"
            )
        ),
        "¢",
    ),
    Rule(
        "pence",
        ("A stamp costs 95p.", "A stamp costs ninety-five pence."),
        r"(?<![\w.,-])(\d{1,2})p(?![\w-])(?=[.,;:!?)]|\s[a-z]|$)(?!\s(?:video|display|"
        r"resolution|screen|stream))",
        lambda match: f"{cardinal(match[1])} {'penny' if match[1] == '1' else 'pence'}",
        "p",
    ),
    Rule(
        "cents by their letter",
        ("It is 50c a cup.", "It is fifty cents a cup."),
        r"(?<![\w.,/-])(\d{1,3})c(?=\s(?:an?|per|each|on|off|more|less|apiece)\b)",
        lambda match: f"{cardinal(match[1])} {'cent' if match[1] == '1' else 'cents'}",
        "c",
    ),
    Rule(
        "money between two sizes",
        ("A $3M–5M round.", "A three to five million dollar round."),
        rf"({_ANY_SIGN}{NUMBER})({_SHORT_MAGNITUDE}){TO}({NUMBER})\2(?!\w)",
        r"\1-\3\2",
        _SIGNS,
    ),
    Rule(
        "from money to money",
        ("It cost $5M-$9M.", "It cost five million dollars to nine million dollars."),
        rf"(?<=[\w.%])(?:\s[-–—]\s|[-–—]\s?)(?=(?:US|AU?|CA?|HK|NZ|S)?{_ANY_SIGN}\d)",
        _to_money,
        _SIGNS,
    ),
    Rule(
        "money",
        (
            "A $125 million deal, €1.2bn, US$1.5-2 billion.",
            "A one hundred and twenty-five million dollar deal, one point two billion euros, "
            "one point five to two billion dollars.",
        ),
        rf"(?<![A-Za-z])((?:US|AU?|CA?|HK|NZ|NT|SG?|R|MX)?\$|CN¥|[{_SIGNS[1:]}]|"
        rf"(?:{_CODE_CURRENCIES})(?=\s?\d))\s?"
        rf"({NUMBER})(?:{TO}(?:US)?{_ANY_SIGN}?({NUMBER})(?!\.?\d))?"
        rf"(?:[\s-]?({_MAGNITUDE}|(?:{_SHORT_MAGNITUDE}))(?!\w))?(\+(?!\w))?(-(?=[a-z]))?",
        _money,
    ),
    Rule(
        "part of a percent",
        (
            "Growth of 3½% and 1/4%.",
            "Growth of three and a half percent and one quarter percent.",
        ),
        r"(?<![\w.,/-])(?:(\d{1,3})\s)?([1-9])/(2|3|4|5|8)\s?%",
        lambda match: f"{fraction(*match.groups())} percent",
        "/",
    ),
    Rule(
        "percent",
        ("Up 20-30%, or 7.5%.", "Up twenty to thirty percent, or seven point five percent."),
        rf"{FREE_NUMBER}(?:(?:\s?%)?{TO}({NUMBER}))?(?:\s?(?:%|pct\b\.?)|pc\b)(\+(?!\w))?",
        _percent,
        "%p",
    ),
    Rule(
        "more than a measure",
        ("It ran 100+ km.", "It ran more than one hundred kilometers."),
        rf"{FREE_NUMBER}\+(?=\s?(?:{UNIT})(?![\w^/]))",
        r"more than \1",
        "+",
    ),
    Rule(
        "tons",
        ("It weighs 1.2 t of steel.", "It weighs one point two tons of steel."),
        rf"{FREE_NUMBER}\s?t(?=\sof\b|\s?CO|[.,;]?$|[.,;]\s)",
        lambda match: f"{number(match[1])} {'ton' if match[1] == '1' else 'tons'}",
        "t",
    ),
    Rule(
        "blood pressure",
        (
            "It was 120/80 mmHg.",
            "It was one hundred and twenty over eighty millimeters of mercury.",
        ),
        r"(?<![\w.,/-])(\d{2,3})/(\d{2,3})\s?mm\s?Hg\b",
        lambda match: f"{cardinal(match[1])} over {cardinal(match[2])} millimeters of mercury",
        "/",
    ),
    Rule(
        "feet and inches by letters",
        ("He is 5 ft 11 in tall.", "He is five feet eleven inches tall."),
        r"(?<![\w.,-])(\d{1,2})\s?ft\.?,?\s(\d{1,2})\s?in\b\.?(?=\s[a-z]|[,;)])",
        _feet_and_inches,
        "f",
    ),
    Rule(
        "square and cubic",
        ("Some 10 sq. miles.", "Some ten square miles."),
        r"(?<=\d\s)(?:sq|cu)\.?\s(?=miles?|feet|foot|meters?|inch|yards?|kilometers?)",
        lambda match: "square " if match[0][0] == "s" else "cubic ",
        "sc",
    ),
    Rule(
        "side of the globe",
        ("At 30°N, 45° W.", "At thirty degrees north, forty-five degrees west."),
        rf"{FREE_NUMBER}°\s?([NSEW])(?!\w)",
        lambda match: f"{number(match[1])} degrees {_SIDES[match[2]]}",
        "°",
    ),
    Rule(
        "Celsius by its letter",
        (
            "Bake at 180C (350F).",
            "Bake at one hundred and eighty degrees Celsius, three hundred and fifty degrees "
            "Fahrenheit.",
        ),
        rf"{FREE_NUMBER}(?:{TO}({NUMBER}))?C(?![\w+#-])",
        _celsius,
        "C",
    ),
    Rule(
        "Fahrenheit",
        ("It was 98.6F.", "It was ninety-eight point six degrees Fahrenheit."),
        rf"{FREE_NUMBER}F(?![\w-])",
        lambda match: f"{number(match[1])} degrees Fahrenheit",
        "F",
    ),
    Rule(
        "figures of one kind",
        ("Roll three 3s and two 7s.", "Roll three threes and two sevens."),
        r"(?<![\w.,$-])(\d)s\b(?!\s(?:of|later|long|ago))",
        _figures_of_one_kind,
        "s",
    ),
    Rule(
        "barrels behind a magnitude",
        ("Some 300k bpd flow.", "Some three hundred thousand barrels per day flow."),
        r"(?<=[\dkKmM]|n)\s?(?:bpd|b/d|bbl/d)(?!\w)",
        " barrels per day",
        "b",
    ),
    Rule(
        "part of a unit",
        (
            "Add 1/4 tsp. to 2 1/2 in. of it.",
            "Add one quarter teaspoon to two and a half inches of it.",
        ),
        rf"(?<![\w.,/-])(?:(\d{{1,3}})\s)?([1-9]\d?)/(2|3|4|5|8|10|16|32)(\s|-)?({DOTTED_UNIT}|"
        rf"{UNIT})(?![\w/])\.?",
        _part_of_unit,
        "/",
    ),
    Rule(
        "unit with a stop",
        (
            "Use 2 tbsp. of oil in a 5,000 sq. ft. lab.",
            "Use two tablespoons of oil in a five thousand square foot lab.",
        ),
        rf"{FREE_NUMBER}(?:{TO}({NUMBER}))?(\s|-)?({DOTTED_UNIT})\.(?!\w)",
        _dotted_unit,
        ".",
    ),
    Rule(
        "days by their letter",
        ("Water it every 7-10 d.", "Water it every seven to ten days."),
        rf"{FREE_NUMBER}(?:{TO}({NUMBER}))?\sd(?=[.,;)]|$|\s(?:after|later|of|post|at|in|per|"
        rf"and|before)\b)",
        lambda match: (
            number_span(match[1], match[2]) + (" day" if match[0] == "1 d" else " days")
        ),
        "d",
    ),
    Rule(
        "caliber",
        ("A .22-cal. rifle.", "A twenty-two caliber rifle."),
        r"(?<![\w.])0?\.(\d\d)[\s-]?cal(?:iber\b|ibre\b|\b\.?)",
        lambda match: f"{cardinal(match[1])} caliber",
        "c",
    ),
    Rule(
        "unit of a rate alone",
        ("Speeds in km/h and m/s.", "Speeds in kilometers per hour and meters per second."),
        r"(?<![\w/.-])(?<!\d\s)(km/h|m/s|[kMGT]B/s|mg/kg|g/km|mg/dL|W/kg)(?![\w/])",
        lambda match: _rate_alone(match[1]),
        "/",
    ),
    Rule(
        "unit to unit",
        (
            "Keep it at 4°C–8°C, in 5km-10km.",
            "Keep it at four to eight degrees Celsius, in five to ten kilometers.",
        ),
        rf"{FREE_NUMBER}\s?({UNIT}){TO}({NUMBER})\s?\2(?![\w^])",
        lambda match: f"{match[1]}-{match[3]} {match[2]}",
        "-–—",
    ),
    Rule(
        "unit",
        (
            "It ran 5 km at 360°C with 24 GB.",
            "It ran five kilometers at three hundred and sixty degrees Celsius with "
            "twenty-four gigabytes.",
        ),
        rf"{FREE_NUMBER}(?:{TO}({NUMBER}))?(\s|-)?({UNIT})(?![\w^])(?!-[A-Z]|\.\w)",
        _unit,
    ),
    Rule(
        "times as much",
        ("It is 10x faster.", "It is ten times faster."),
        rf"{FREE_NUMBER}(?:{TO}({NUMBER}))?\s?(?:[x×]|(?<!\d\d\d\d)X)(?!\w|\s?\d)",
        lambda match: number_span(match[1], match[2]) + " times",
        "xX×",
    ),
    Rule(
        "size of a model",
        (
            "Llama 3.1 405B and Llama 2 70B.",
            "Llama three point one, four hundred and five B and Llama two, seventy B.",
        ),
        rf"\s(?<=\d\s)({NUMBER})([BM])(?!\w)",
        lambda match: f", {number(match[1])} {match[2]}",
        "BM",
    ),
    Rule(
        "magnitude",
        ("Some 70B weights, 10k users.", "Some seventy billion weights, ten thousand users."),
        rf"{FREE_NUMBER}(?:{TO}({NUMBER}))?\s?(k|(?<!\b[248])K|M|MM|mn|Mn|b|B|bn|Bn|T|"
        rf"tn)(\+)?(?!\w)(?!-[A-Z\d]|\.[A-Z])",
        _magnitude,
        "kKMmbBTt",
    ),
)

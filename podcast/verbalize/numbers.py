"""Figures: phones, dates, times, money, percentages, units, ranges, ordinals, fractions, versions, years."""

from __future__ import annotations

import re

from podcast.verbalize.numerals import cardinal, decimal, digits, model_number, ordinal, plural, year
from podcast.verbalize.rule import Rule
from podcast.verbalize.sentences import starts_sentence

_FREE = r"(?<!\w)(?<!\d[.,])" + "".join(
    rf"(?<![A-Za-z]{figures}-)" for figures in ("", r"\d", r"\d\d", r"\d\d\d")
)
"""Before a number: not inside a name (`GPT4`, `GPT-4`, `K2-65B`) or another number."""
_N = r"(?:\d{1,3}(?:,\d{3})++(?!\d)|\d++)(?:\.\d++)?"
_TO = r"\s?(?:-|–|—)\s?"
_DET = r"(?:\b([Aa]n?)\s)?"
"""An article makes what follows an attribute: `a $5 fee`, `a 5 km run` take the singular."""

# --- words of amounts ---------------------------------------------------------------------------

_MAGNITUDES = {
    "k": "thousand",
    "K": "thousand",
    "m": "million",
    "M": "million",
    "mn": "million",
    "Mn": "million",
    "MM": "million",
    "mm": "million",
    "b": "billion",
    "B": "billion",
    "bn": "billion",
    "Bn": "billion",
    "BN": "billion",
    "t": "trillion",
    "T": "trillion",
    "tn": "trillion",
}
_MAGNITUDE = r"(?:(?i:hundred|thousand|million|billion|trillion))"
_CURRENCIES = {
    "$": ("dollar", "dollars", "cent"),
    "€": ("euro", "euros", "cent"),
    "£": ("pound", "pounds", "penny"),
    "¥": ("yen", "yen", ""),
    "₹": ("rupee", "rupees", "paisa"),
    "₩": ("won", "won", ""),
}
_LANDS = {
    "US": "",
    "A": "Australian ",
    "AU": "Australian ",
    "C": "Canadian ",
    "CA": "Canadian ",
    "HK": "Hong Kong ",
    "NZ": "New Zealand ",
    "S": "Singapore ",
    "NT": "New Taiwan ",
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
}
_CENTS = {"cent": "cents", "penny": "pence", "paisa": "paise"}


def _number(figures: str) -> str:
    return decimal(figures.replace(",", ""))


def _money(match: re.Match[str]) -> str:
    article, sign, first, second, size, more, hyphen = match.groups()
    land, mark = _LANDS[sign[:-1]], sign[-1]
    one, many, cent = _CURRENCIES[mark]
    size = _MAGNITUDES.get(size or "", (size or "").lower())
    before = f"{article} " if article else ""
    if more:
        before += "more than "
    amount = _number(first) + (f" to {_number(second)}" if second else "")
    following = match.string[match.end() : match.end() + 4]
    attribute = (
        not following.startswith(("per", "a-")) if hyphen else article and re.match(r"\s[a-z]", following)
    )
    tail = " " if hyphen else ""
    if size:
        return f"{before}{amount} {size} {land}{one if attribute else many}{tail}"
    whole, point, cents = first.replace(",", "").partition(".")
    if point and len(cents) == 2 and not second and cent:
        parts = []
        if int(whole):
            parts.append(f"{cardinal(whole)} {land}{one if whole == '1' else many}")
        if int(cents):
            parts.append(f"{cardinal(str(int(cents)))} {cent if cents == '01' else _CENTS[cent]}")
        return before + (" and ".join(parts) or f"zero {land}{many}") + tail
    alone = attribute or (first == "1" and not second)
    return f"{before}{amount} {land}{one if alone else many}{tail}"


def _percent(match: re.Match[str]) -> str:
    first, second, more = match.groups()
    said = _number(first) + (f" to {_number(second)}" if second else "")
    return f"{'more than ' if more else ''}{said} percent"


_UNITS = {
    "km": ("kilometer", "kilometers"),
    "m": ("meter", "meters"),
    "cm": ("centimeter", "centimeters"),
    "mm": ("millimeter", "millimeters"),
    "μm": ("micrometer", "micrometers"),
    "nm": ("nanometer", "nanometers"),
    "mi": ("mile", "miles"),
    "ft": ("foot", "feet"),
    "yd": ("yard", "yards"),
    "sq ft": ("square foot", "square feet"),
    "km^2": ("square kilometer", "square kilometers"),
    "m^2": ("square meter", "square meters"),
    "m^3": ("cubic meter", "cubic meters"),
    "kg": ("kilogram", "kilograms"),
    "g": ("gram", "grams"),
    "mg": ("milligram", "milligrams"),
    "μg": ("microgram", "micrograms"),
    "lb": ("pound", "pounds"),
    "lbs": ("pound", "pounds"),
    "oz": ("ounce", "ounces"),
    "km/h": ("kilometer per hour", "kilometers per hour"),
    "kph": ("kilometer per hour", "kilometers per hour"),
    "mph": ("mile per hour", "miles per hour"),
    "m/s": ("meter per second", "meters per second"),
    "°C": ("degree Celsius", "degrees Celsius"),
    "°F": ("degree Fahrenheit", "degrees Fahrenheit"),
    "°": ("degree", "degrees"),
    "KB": ("kilobyte", "kilobytes"),
    "kB": ("kilobyte", "kilobytes"),
    "MB": ("megabyte", "megabytes"),
    "GB": ("gigabyte", "gigabytes"),
    "TB": ("terabyte", "terabytes"),
    "PB": ("petabyte", "petabytes"),
    "MB/s": ("megabyte per second", "megabytes per second"),
    "GB/s": ("gigabyte per second", "gigabytes per second"),
    "TB/s": ("terabyte per second", "terabytes per second"),
    "kbps": ("kilobit per second", "kilobits per second"),
    "Mbps": ("megabit per second", "megabits per second"),
    "Gbps": ("gigabit per second", "gigabits per second"),
    "Hz": ("hertz", "hertz"),
    "kHz": ("kilohertz", "kilohertz"),
    "MHz": ("megahertz", "megahertz"),
    "GHz": ("gigahertz", "gigahertz"),
    "W": ("watt", "watts"),
    "kW": ("kilowatt", "kilowatts"),
    "MW": ("megawatt", "megawatts"),
    "GW": ("gigawatt", "gigawatts"),
    "kWh": ("kilowatt hour", "kilowatt hours"),
    "MWh": ("megawatt hour", "megawatt hours"),
    "GWh": ("gigawatt hour", "gigawatt hours"),
    "TWh": ("terawatt hour", "terawatt hours"),
    "mAh": ("milliamp hour", "milliamp hours"),
    "V": ("volt", "volts"),
    "dB": ("decibel", "decibels"),
    "Nm": ("newton meter", "newton meters"),
    "N m": ("newton meter", "newton meters"),
    "N.m": ("newton meter", "newton meters"),
    "ns": ("nanosecond", "nanoseconds"),
    "μs": ("microsecond", "microseconds"),
    "ms": ("millisecond", "milliseconds"),
    "s": ("second", "seconds"),
    "sec": ("second", "seconds"),
    "secs": ("second", "seconds"),
    "min": ("minute", "minutes"),
    "mins": ("minute", "minutes"),
    "h": ("hour", "hours"),
    "hr": ("hour", "hours"),
    "hrs": ("hour", "hours"),
    "L": ("liter", "liters"),
    "ml": ("milliliter", "milliliters"),
    "mL": ("milliliter", "milliliters"),
    "px": ("pixel", "pixels"),
    "fps": ("frame per second", "frames per second"),
    "rpm": ("revolution per minute", "revolutions per minute"),
    "MP": ("megapixel", "megapixels"),
    "FLOPS": ("flop", "flops"),
    "TFLOPS": ("teraflop", "teraflops"),
    "PFLOPS": ("petaflop", "petaflops"),
    "TOPS": ("trillion operations per second", "trillion operations per second"),
    "ppm": ("part per million", "parts per million"),
}
_UNIT = "|".join(re.escape(unit) for unit in sorted(_UNITS, key=len, reverse=True))


def _unit(match: re.Match[str]) -> str:
    article, first, second, gap, unit = match.groups()
    one, many = _UNITS[unit]
    amount = _number(first) + (f" to {_number(second)}" if second else "")
    before = f"{article} " if article else ""
    following = match.string[match.end() : match.end() + 2]
    attribute = gap == "-" or re.match(r"-[a-z]", following) or (article and re.match(r"\s[a-z]", following))
    if attribute:
        return f"{before}{amount}{'-' if gap == '-' else ' '}{one}"
    return f"{before}{amount} {one if first == '1' and not second else many}"


def _magnitude(match: re.Match[str]) -> str:
    first, second, size, more = match.groups()
    said = _number(first) + (f" to {_number(second)}" if second else "")
    return f"{'more than ' if more else ''}{said} {_MAGNITUDES[size]}"


# --- dates and times ----------------------------------------------------------------------------

_MONTHS = "January February March April May June July August September October November December".split()
_MONTH = (
    r"(Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?"
    r"|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\b\.?"
)
_DAYS = {day[:3]: day for day in "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()}


def _month(name: str) -> str:
    return next(month for month in _MONTHS if month.startswith(name[:3]))


def _day_month_year(day: str, month: int, years: str) -> str:
    return f"the {ordinal(str(int(day)))} of {_MONTHS[month - 1]}, {year(years)}"


def _iso_date(match: re.Match[str]) -> str:
    years, month, day = match.groups()
    if not (1 <= int(month) <= 12 and 1 <= int(day) <= 31):
        return f"{cardinal(years)}, {cardinal(str(int(month)))}, {cardinal(str(int(day)))}"
    return _day_month_year(day, int(month), years)


def _slash_date(match: re.Match[str]) -> str:
    month, day, years = match.groups()
    if int(month) > 12:
        month, day = day, month
    if not (1 <= int(month) <= 12 and 1 <= int(day) <= 31):
        return f"{cardinal(match[1])}, {cardinal(match[2])}, {year(years)}"
    return _day_month_year(day, int(month), years)


def _month_day(match: re.Match[str]) -> str:
    name, day, until, years = match.groups()
    said = f"{_month(name)} {ordinal(str(int(day)))}" + (f" to {ordinal(until)}" if until else "")
    return said + (f", {year(years)}" if years else "")


def _day_month(match: re.Match[str]) -> str:
    the, day, until, name, years = match.groups()
    said = ordinal(str(int(day))) + (f" to {ordinal(until)}" if until else "")
    return f"{the or 'the '}{said} of {_month(name)}" + (f", {year(years)}" if years else "")


def _weekday(match: re.Match[str]) -> str:
    return _DAYS[match[1][:3]] + ("," if match[2] else "")


def _half(match: re.Match[str], half: str) -> str:
    """`a.m.` as `AM`, keeping the stop when it also ends the sentence."""
    stop = "." if half.endswith(".") and starts_sentence(match.string, match.end()) else ""
    return f" {half[0].upper()}M{stop}"


def _clock(match: re.Match[str]) -> str:
    hour, minute, second, half = match.groups()
    said = cardinal(str(int(hour)))
    if int(minute):
        said += f" {'oh ' if minute[0] == '0' else ''}{cardinal(str(int(minute)))}"
    elif second is None and not half:
        said += " o'clock" if 1 <= int(hour) <= 12 else " hundred"
    if second is not None:
        said += f" and {cardinal(str(int(second)))} seconds"
    return said + (_half(match, half) if half else "")


def _hour(match: re.Match[str]) -> str:
    hour, until, half = match.groups()
    return cardinal(hour) + (f" to {cardinal(until)}" if until else "") + _half(match, half)


def _decade(match: re.Match[str]) -> str:
    return plural(year(match[1]) if len(match[1]) == 4 else cardinal(match[1]))


def _years(match: re.Match[str]) -> str:
    return f"{year(match[1])} to {year(match[2]) if len(match[2]) == 4 else _short_year(match[2])}"


def _short_year(figures: str) -> str:
    return cardinal(figures) if figures[0] != "0" else f"oh {cardinal(figures[1])}"


_DATING = frozenset(
    "in since of by from until till before after during early mid late circa around year to through between "
    "spring summer autumn fall winter".split()
) | {month.lower() for month in _MONTHS}
_COUNTED = re.compile(r"\s(?:[a-z]+s|people|men|women|children|percent|different|new|more)\b(?!')")


def _year_or_number(match: re.Match[str]) -> str:
    figures = match[1]
    before = match.string[max(0, match.start() - 20) : match.start()].split()
    dated = bool(before) and before[-1].strip(".,(").lower() in _DATING
    round_number = figures.endswith("00") or int(figures) < 1900
    if round_number and not dated and (int(figures) < 1900 or _COUNTED.match(match.string, match.end())):
        return cardinal(figures)
    return year(figures)


# --- other shapes -------------------------------------------------------------------------------


def _phone(match: re.Match[str]) -> str:
    groups = re.findall(r"\d+", match[0])
    plus = "plus " if match[0].startswith("+") else ""
    return plus + ", ".join(digits(group) for group in groups)


def _fraction(match: re.Match[str]) -> str:
    whole, top, bottom = match.groups()
    if int(bottom) > 10 and bottom not in ("12", "16", "20", "32", "64", "100") or int(top) >= int(bottom):
        said = f"{cardinal(top)} {'out of' if int(top) <= int(bottom) else 'over'} {cardinal(bottom)}"
        return f"{cardinal(whole)} {said}" if whole else said
    names = {"2": "half", "4": "quarter"}
    below = names.get(bottom) or ordinal(bottom)
    if int(top) > 1:
        below = {"half": "halves"}.get(below, f"{below}s")
    if whole:
        part = f"{'a' if top == '1' else cardinal(top)} {below}"
        return f"{_number(whole)} and {part}"
    return f"{cardinal(top)} {below}"


def _version(match: re.Match[str]) -> str:
    said = " point ".join(cardinal(part) for part in match[2].split("."))
    return f"version {said}" if match[1] else said


def _range(match: re.Match[str]) -> str:
    return f"{_number(match[1])} to {_number(match[2])}"


def _bare(match: re.Match[str]) -> str:
    return _number(match[1])


RULES = (
    Rule(
        "list of figures",
        ("Use 1,2 or 3.", "Use one, two or three."),
        r"(?<=\d),(?!\d{3}(?!\d))(?=\d)",
        ", ",
        ",",
    ),
    Rule(
        "phone number",
        ("Call +1 (555) 010-0199.", "Call plus one, five five five, zero one zero, zero one nine nine."),
        r"(?<![\w$€£.,-])(?:\+\d{1,3}[\s-]?)?(?:\(\d{3}\)\s?|\d{3}[-\s])\d{3}[-\s]\d{4}(?![\w-])"
        r"|(?<![\w.,-])1-\d{3}-\d{3}-\d{4}(?!\w)|(?<![\w.,-])\d{3}-\d{4}(?![\w-])|(?<!\w)\+\d{2,3}(?:\s\d{2,4}){2,5}(?!\w)",
        _phone,
    ),
    Rule(
        "ISO date",
        ("On 2024-05-22 it began.", "On the twenty-second of May, twenty twenty-four it began."),
        r"(?:(?<=\bthe )|(?<!\w))(\d{4})-(\d{2})-(\d{2})(?![\w-])",
        _iso_date,
        "-",
    ),
    Rule(
        "date with slashes",
        ("Due 5/22/2024.", "Due the twenty-second of May, twenty twenty-four."),
        r"(?<![\w/])(\d{1,2})/(\d{1,2})/(\d{4})(?![\w/])",
        _slash_date,
        "/",
    ),
    Rule(
        "month and day",
        ("It opens on Feb. 14, 2024.", "It opens on February fourteenth, twenty twenty-four."),
        rf"\b{_MONTH}\s(\d{{1,2}})(?:st|nd|rd|th)?(?:{_TO}(\d{{1,2}})(?:st|nd|rd|th)?)?"
        r"(?:,?\s(\d{4}))?(?![\w%])(?![.,:]\d)",
        _month_day,
    ),
    Rule(
        "day and month",
        ("On 22 May, 2024.", "On the twenty-second of May, twenty twenty-four."),
        rf"(?:\b([Tt]he\s)|(?<![\w.,-]))(\d{{1,2}})(?:st|nd|rd|th)?(?:{_TO}(\d{{1,2}})(?:st|nd|rd|th)?)?"
        rf"(?:\sof)?\s{_MONTH}(?:,?\s(\d{{4}}))?(?!\w)",
        _day_month,
    ),
    Rule(
        "short month",
        ("In Sept. 2023.", "In September twenty twenty-three."),
        r"\b(Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.(?=\s\d|\s[a-z])",
        lambda match: _month(match[1]),
    ),
    Rule(
        "short weekday",
        ("On Wed., the show began.", "On Wednesday, the show began."),
        r"\b(Mon|Tues?|Wed|Thu(?:rs)?|Fri|Sat|Sun)\.(?:(,)|(?=\s(?:January|February|March|April|May|June|July|August"
        r"|September|October|November|December)))",
        _weekday,
        ".",
    ),
    Rule(
        "range of times",
        ("Open 9:00-17:30.", "Open nine o'clock to seventeen thirty."),
        rf"(?<=:\d\d)(\s?[ap]\.?m\.?)?{_TO}(?=\d{{1,2}}:\d\d)",
        r"\1 to ",
        ":",
    ),
    Rule(
        "clock",
        ("It began at 3:05 p.m. on Monday.", "It began at three oh five PM on Monday."),
        r"(?<![\w:.,])(\d{1,2}):([0-5]\d)(?::(\d\d)(?:\.\d+)?)?(?:\s?([AaPp]\.?[Mm](?:\.|\b)))?(?![\w:])",
        _clock,
        ":",
    ),
    Rule(
        "hour",
        ("From 1-3PM, and at 9 a.m. sharp.", "From one to three PM, and at nine AM sharp."),
        rf"{_FREE}(\d{{1,2}})(?:{_TO}(\d{{1,2}}))?\s?([AaPp]\.?[Mm](?:\.|\b))(?!\w)",
        _hour,
        "mM",
    ),
    Rule(
        "decade",
        ("The 1990s, or '90s.", "The nineteen nineties, or nineties."),
        r"(?<![\w.,$])'?([12]\d\d0|[2-9]0)'?s(?!\w)",
        _decade,
        "s",
    ),
    Rule(
        "years from to",
        ("From the 2023-24 season.", "From the twenty twenty-three to twenty-four season."),
        rf"{_FREE}((?:1[1-9]|20)\d\d){_TO}((?:1[1-9]|20)\d\d|\d\d)(?![\w%])(?![.,-]\d)",
        _years,
    ),
    Rule(
        "minus",
        ("At -5 degrees.", "At minus five degrees."),
        r"(?<![\w)\]\"'-])(?<!\d\s)-(?=\.?\d|[$€£¥])",
        "minus ",
        "-",
    ),
    Rule(
        "more than", ("If >50 agree.", "If more than fifty agree."), r">\s?(?=[~$€£¥]?\d)", " more than ", ">"
    ),
    Rule(
        "less than", ("If <5 agree.", "If less than five agree."), r"<\s?(?=[~$€£¥]?\d)", " less than ", "<"
    ),
    Rule("about", ("Some ~5 of them.", "Some about five of them."), r"~\s?(?=[$€£¥]?\d)", " about ", "~"),
    Rule("plus", ("A +35 rise.", "A plus thirty-five rise."), r"(?<![\w+])\+(?=\d)", "plus ", "+"),
    Rule(
        "currency code",
        ("Some EUR 5 million or 3m GBP.", "Some five million euros or three million pounds."),
        rf"\b({'|'.join(_CODES)})\s?(?=\d)|{_FREE}({_N}\s?(?:[kKmMbB]n?|{_MAGNITUDE})?)\s?({'|'.join(_CODES)})\b",
        lambda match: _CODES[match[1] or match[3]] + (match[2] or ""),
    ),
    Rule(
        "money",
        (
            "A $125 million deal, €1.2bn, US$1.5-2 billion.",
            "A one hundred and twenty-five million dollar deal, one point two billion euros, "
            "one point five to two billion dollars.",
        ),
        rf"{_DET}(?<![A-Za-z])((?:US|AU?|CA?|HK|NZ|NT|S)?\$|[€£¥₹₩])\s?({_N})(?:{_TO}(?:US)?[$€£¥₹₩]?({_N})(?!\.?\d))?"
        rf"(?:[\s-]?({_MAGNITUDE}|[kKMBT]|bn|Bn|BN|MM|mm|mn|Mn|m|tn|b)(?!\w))?(\+(?!\w))?(-(?=[a-z]))?",
        _money,
        "$€£¥₹₩",
    ),
    Rule(
        "percent",
        ("Up 20-30%, or 7.5%.", "Up twenty to thirty percent, or seven point five percent."),
        rf"{_FREE}({_N})(?:{_TO}({_N}))?\s?%(\+(?!\w))?",
        _percent,
        "%",
    ),
    Rule(
        "twenty-four seven",
        ("Open 24/7.", "Open twenty-four seven."),
        r"(?<![\w/])(24/7|9/11)(?![\w/])",
        lambda match: "twenty-four seven" if match[1][0] == "2" else "nine eleven",
        "/",
    ),
    Rule(
        "unit",
        (
            "It ran 5 km at 360°C with 24 GB.",
            "It ran five kilometers at three hundred and sixty degrees Celsius with twenty-four gigabytes.",
        ),
        rf"{_DET}{_FREE}({_N})(?:{_TO}({_N}))?(\s|-)?({_UNIT})(?![\w^])(?!-[A-Z]|\.\w)",
        _unit,
    ),
    Rule(
        "times as much",
        ("It is 10x faster.", "It is ten times faster."),
        rf"{_FREE}({_N})(?:{_TO}({_N}))?\s?[xX×](?!\w|\s?\d)",
        lambda match: _number(match[1]) + (f" to {_number(match[2])}" if match[2] else "") + " times",
        "xX×",
    ),
    Rule(
        "dimensions",
        ("A 1920x1080 screen.", "A one thousand nine hundred and twenty by one thousand and eighty screen."),
        rf"{_FREE}({_N})\s?[x×]\s?({_N})(?!\w)",
        lambda match: f"{_number(match[1])} by {_number(match[2])}",
        "x×",
    ),
    Rule(
        "ratio",
        ("A 16:9 frame.", "A sixteen to nine frame."),
        r"(?<![\w:.,])(\d{1,3}):(\d{1,3})(?![\w:])",
        _range,
        ":",
    ),
    Rule(
        "fraction",
        ("Use 3/4 cup and 2 1/2 eggs.", "Use three quarters cup and two and a half eggs."),
        r"(?:(?<![\w.,/-])(\d{1,3})\s)?(?<![\w.,/-])([1-9]\d?)/([2-9]|[1-9]\d|100)(?![\w/])(?!\.\d)",
        _fraction,
        "/",
    ),
    Rule(
        "ordinal",
        ("The 21st century.", "The twenty-first century."),
        rf"{_FREE}(\d{{1,3}}(?:,\d{{3}})*|\d{{1,6}})(?:st|nd|rd|th)(?!\w)",
        lambda match: ordinal(match[1].replace(",", "")),
        "tnr",
    ),
    Rule(
        "size of a model",
        ("Llama 3.1 405B and Llama 2 70B.", "Llama three point one, four hundred and five B and Llama two, seventy B."),
        rf"(?<=\d)\s({_N})([BM])(?!\w)",
        lambda match: f", {_number(match[1])} {match[2]}",
        "BM",
    ),
    Rule("number sign", ("We are #1.", "We are number one."), r"#\s?(?=\d)", "number ", "#"),
    Rule(
        "magnitude",
        ("Some 70B weights, 10k users.", "Some seventy billion weights, ten thousand users."),
        rf"{_FREE}({_N})(?:{_TO}({_N}))?\s?(?<!\b[248])(k|K|M|MM|mn|Mn|b|B|bn|Bn|T|tn)(\+)?(?!\w)(?!-[A-Z])",
        _magnitude,
        "kKMmbBTt",
    ),
    Rule(
        "version",
        ("Python v3.11.2 is out.", "Python version three point eleven point two is out."),
        r"(?<![\w.,-])(?:([vV])\.?\s?(?=\d)|(?=\d++\.\d++\.\d))(\d++(?:\.\d++)*)(?!\w)",
        _version,
    ),
    Rule(
        "version of a program",
        ("Python 3.11 on Ubuntu 24.04.", "Python three point eleven on Ubuntu twenty-four point oh four."),
        r"\b(Python|CUDA|Ubuntu|Kubernetes|Django|PHP|Go|Rust|Linux|kernel|[Vv]ersion)\s(\d{1,2})\.(\d\d)(?!\w)(?!\.\d)",
        lambda match: f"{match[1]} {cardinal(match[2])} point {_short_year(match[3])}",
    ),
    Rule(
        "model number",
        ("An RTX 4090 in a Boeing 737.", "An RTX forty ninety in a Boeing seven thirty-seven."),
        r"\b(RTX|GTX|RX|Arc|Ryzen|Core|Xeon|Radeon|GeForce|Snapdragon|Dimensity|Boeing|Airbus|Flight|Route|Highway"
        r"|Room|Formula|Fortune|Russell|Nikkei|Xbox|Order|Directive|Docket|Case|SB|AB|HB|HR|S\.B\.|A\.B\.|H\.B\.|H\.R\.)\s(\d{3,6})(?![\w,])(?!\.\d)",
        lambda match: f"{match[1]} {model_number(match[2])}",
    ),
    Rule(
        "from to",
        ("Read pages 10–12.", "Read pages ten to twelve."),
        rf"{_FREE}({_N}){_TO}({_N})(?!\w)(?!-\d)",
        _range,
        "-–—",
    ),
    Rule(
        "short year",
        ("The class of '24.", "The class of twenty-four."),
        r"(?<!\w)'(\d\d)(?!\w)",
        lambda match: _short_year(match[1]),
        "'",
    ),
    Rule(
        "year",
        (
            "In 1999, 1,200 came; 2024 was better.",
            "In nineteen ninety-nine, one thousand two hundred came; twenty twenty-four was better.",
        ),
        rf"{_FREE}((?:1[1-9]|20)\d\d)(?![\w%])(?![.,]\d)(?!-(?!year|\d))",
        _year_or_number,
    ),
    Rule(
        "more than a number",
        ("Some 250+ firms.", "Some more than two hundred and fifty firms."),
        rf"{_FREE}({_N})\+(?!\w)",
        lambda match: f"more than {_number(match[1])}",
        "+",
    ),
    Rule(
        "decimal without zero",
        ("Only .5 left.", "Only zero point five left."),
        r"(?<![\w.,])(?=\.\d)",
        "0",
        ".",
    ),
    Rule(
        "number",
        ("An 8-hour day of 1,200 jobs.", "An eight-hour day of one thousand two hundred jobs."),
        rf"{_FREE}({_N})(?!\w)",
        _bare,
    ),
)

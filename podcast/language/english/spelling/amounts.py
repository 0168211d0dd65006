"""Money, percentages, measures and magnitudes."""

from __future__ import annotations

import re

from podcast.language.english.spelling.numerals import FREE_NUMBER, NUMBER, TO, cardinal, number
from podcast.language.english.spelling.rule import Rule, last_word

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


def _is_attribute(match: re.Match[str], following: str) -> bool:
    """`a $5 fee`, `a 5 km run`: what stands between an article and a noun takes the singular."""
    return last_word(match) in ("a", "an", "A", "An") and bool(re.match(r"\s?[a-z]", following))


def _money(match: re.Match[str]) -> str:
    sign, first, second, size, more, hyphen = match.groups()
    land, mark = _LANDS[sign[:-1]], sign[-1]
    one, many, cent = _CURRENCIES[mark]
    size = _MAGNITUDES.get(size or "", (size or "").lower())
    before = "more than " if more else ""
    amount = number(first) + (f" to {number(second)}" if second else "")
    following = match.string[match.end() : match.end() + 4]
    attribute = (hyphen and not following.startswith(("per", "a-"))) or _is_attribute(match, following)
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
    said = number(first) + (f" to {number(second)}" if second else "")
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
    first, second, gap, unit = match.groups()
    one, many = _UNITS[unit]
    amount = number(first) + (f" to {number(second)}" if second else "")
    following = match.string[match.end() : match.end() + 2]
    if gap == "-" or re.match(r"-[a-z]", following) or _is_attribute(match, following):
        return f"{amount}{'-' if gap == '-' else ' '}{one}"
    return f"{amount} {one if first == '1' and not second else many}"


def _magnitude(match: re.Match[str]) -> str:
    first, second, size, more = match.groups()
    said = number(first) + (f" to {number(second)}" if second else "")
    return f"{'more than ' if more else ''}{said} {_MAGNITUDES[size]}"


RULES = (
    Rule(
        "minus",
        ("At -5 degrees.", "At minus five degrees."),
        r"-(?<![\w)\]\"'-]-)(?<!\d\s-)(?=\.?\d|[$€£¥])",
        "minus ",
        "-",
    ),
    Rule(
        "more than", ("If >50 agree.", "If more than fifty agree."), r">\s?(?=[~$€£¥]?\d)", " more than ", ">"
    ),
    Rule(
        "less than", ("If <5 agree.", "If less than five agree."), r"<\s?(?=[~$€£¥]?\d)", " less than ", "<"
    ),
    Rule("about", ("Some ~5 of them.", "Some five of them."), r"~\s?(?=[$€£¥]?\d)", " about ", "~"),
    Rule("plus", ("A +35 rise.", "A plus thirty-five rise."), r"(?<![\w+])\+(?=\d)", "plus ", "+"),
    Rule(
        "currency code before",
        ("Some EUR 5 million.", "Some five million euros."),
        rf"[A-Z](?<!\w\w)[A-Z]{{2}}(?<={'|'.join(_CODES)})\s?(?=\d)",
        lambda match: _CODES[match[0].strip()],
        "0123456789",
    ),
    Rule(
        "currency code after",
        ("Some 3m GBP.", "Some three million pounds."),
        rf"{FREE_NUMBER}(\s?(?:[kKmMbB]n?|{_MAGNITUDE})?)\s?({'|'.join(_CODES)})\b",
        lambda match: _CODES[match[3]] + match[1] + match[2],
    ),
    Rule(
        "from money to money",
        ("It cost $5M-$9M.", "It cost five million dollars to nine million dollars."),
        r"[-–—](?<=\w.)(?=[$€£¥₹])",
        " to ",
        "$€£¥₹",
    ),
    Rule(
        "money",
        (
            "A $125 million deal, €1.2bn, US$1.5-2 billion.",
            "A one hundred and twenty-five million dollar deal, one point two billion euros, "
            "one point five to two billion dollars.",
        ),
        rf"(?<![A-Za-z])((?:US|AU?|CA?|HK|NZ|NT|S)?\$|[€£¥₹₩])\s?({NUMBER})(?:{TO}(?:US)?[$€£¥₹₩]?({NUMBER})(?!\.?\d))?"
        rf"(?:[\s-]?({_MAGNITUDE}|[kKMBT]|bn|Bn|BN|MM|mm|mn|Mn|m|tn|b)(?!\w))?(\+(?!\w))?(-(?=[a-z]))?",
        _money,
        "$€£¥₹₩",
    ),
    Rule(
        "percent",
        ("Up 20-30%, or 7.5%.", "Up twenty to thirty percent, or seven point five percent."),
        rf"{FREE_NUMBER}(?:{TO}({NUMBER}))?\s?%(\+(?!\w))?",
        _percent,
        "%",
    ),
    Rule(
        "unit",
        (
            "It ran 5 km at 360°C with 24 GB.",
            "It ran five kilometers at three hundred and sixty degrees Celsius with twenty-four gigabytes.",
        ),
        rf"{FREE_NUMBER}(?:{TO}({NUMBER}))?(\s|-)?({_UNIT})(?![\w^])(?!-[A-Z]|\.\w)",
        _unit,
    ),
    Rule(
        "feet and inches",
        ("He is 5'11\" tall.", "He is five foot eleven tall."),
        r"(\d(?<!\w\d))'\s?(\d{1,2})\"",
        lambda match: f"{cardinal(match[1])} foot {cardinal(match[2])}",
        "'",
    ),
    Rule(
        "times as much",
        ("It is 10x faster.", "It is ten times faster."),
        rf"{FREE_NUMBER}(?:{TO}({NUMBER}))?\s?[xX×](?!\w|\s?\d)",
        lambda match: number(match[1]) + (f" to {number(match[2])}" if match[2] else "") + " times",
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
        rf"{FREE_NUMBER}(?:{TO}({NUMBER}))?\s?(k|(?<!\b[248])K|M|MM|mn|Mn|b|B|bn|Bn|T|tn)(\+)?(?!\w)(?!-[A-Z])",
        _magnitude,
        "kKMmbBTt",
    ),
)

"""Times of day, spans of hours, durations."""

from __future__ import annotations

import re

from podcast.language.english.sentence_splitter import ends_after_initials
from podcast.language.english.spelling.numerals import FREE, TO, cardinal, decimal
from podcast.language.english.spelling.rule import Rule


def clock_words(hour: str, minute: str) -> str:
    """Say a time of day: `9`, `05` as `nine oh five`."""
    said = cardinal(str(int(hour)))
    if int(minute):
        return f"{said} {'oh ' if minute[0] == '0' else ''}{cardinal(str(int(minute)))}"
    return said + (" o'clock" if 1 <= int(hour) <= 12 else " hundred")


def _half(match: re.Match[str], half: str) -> str:
    """`a.m.` as `AM`, keeping the stop when it also ends the sentence."""
    stop = "." if half.endswith(".") and ends_after_initials(match.string, match.end()) else ""
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


def _duration(match: re.Match[str]) -> str:
    amounts = {unit: amount for unit, amount in match.groupdict().items() if amount}
    return " ".join(
        f"{cardinal(str(int(amount)))} {unit}{'' if int(amount) == 1 else 's'}"
        for unit, amount in amounts.items()
    )


def _race_time(match: re.Match[str]) -> str:
    """`2:03:15.4` in hours, minutes and seconds."""
    hours, minutes, seconds = match.groups()
    said = f"{_count(minutes, 'minute')} {decimal(seconds.lstrip('0'))} seconds"
    return f"{_count(hours, 'hour')} {said}" if hours else said


def _count(figures: str, unit: str) -> str:
    amount = int(figures)
    return f"{cardinal(str(amount))} {unit}{'' if amount == 1 else 's'}"


RULES = (
    Rule(
        "hours of two zones",
        ("Live at 9/8c on Fox.", "Live at nine, eight central on Fox."),
        r"(?<![\w/])(1?\d)/(1?\d)\s?c(?!\w)",
        lambda match: f"{cardinal(match[1])}, {cardinal(match[2])} central",
        "/",
    ),
    Rule(
        "hours and minutes",
        (
            "It lasted 1h30m, then 2h 5min.",
            "It lasted one hour thirty minutes, then two hours five minutes.",
        ),
        r"(?<![\w.,$-])(?:(?P<day>\d{1,3})\s?d\s?)?(?P<hour>\d{1,3})\s?h(?:rs?|ours?)?\s?"
        r"(?P<minute>\d{1,2})\s?m(?:ins?)?(?:\s?(?P<second>\d{1,2})\s?s(?:ecs?)?)?(?!\w)",
        _duration,
        "h",
    ),
    Rule(
        "minutes and seconds",
        ("It lasted 3m20s.", "It lasted three minutes twenty seconds."),
        r"(?<![\w.,$-])(?P<minute>\d{1,3})\s?m(?:ins?)?\s?(?P<second>\d{1,2})\s?s"
        r"(?:ecs?)?(?!\w)",
        _duration,
        "m",
    ),
    Rule(
        "days and hours",
        ("It lasted 2d 4h.", "It lasted two days four hours."),
        r"(?<![\w.,$-])(?P<day>\d{1,3})\s?d\s?(?P<hour>\d{1,2})\s?h(?:rs?)?(?!\w)",
        _duration,
        "d",
    ),
    Rule(
        "clock with a stop",
        ("Doors at 6.30pm.", "Doors at six thirty PM."),
        r"(?<![\w.,:])(\d{1,2})\.([0-5]\d)(?=\s?[ap]\.?m\b)|"
        r"(?<=[Aa]t )(1?\d|2[0-3])\.([0-5]\d)(?=\s(?:on|in\sthe|tonight|every|each|sharp|local|"
        r"GMT|BST)\b)",
        lambda match: f"{match[1] or match[3]}:{match[2] or match[4]}",
        ".",
    ),
    Rule(
        "range of hours",
        ("Open 9am-5pm, or 5–6:30 p.m.", "Open nine AM to five PM, or five to six thirty PM."),
        r"(?<=\d)(\s?[apAP]\.?[mM]\.?)\s?[-–—]\s?(?=\d{1,2}(?::\d\d)?\s?[apAP]\.?[mM])|"
        r"(?<=\d)\s?[-–—]\s?(?=\d{1,2}:\d\d\s?[ap]\.?m)|"
        r"(?<=:\d\d)\s?[-–—]\s?(?=\d{1,2}\s?[ap]\.?m)|"
        r"(?<=\bnoon)\s?[-–—]\s?(?=\d{1,2})|(?<=\d)(\s?[ap]\.?m\.?)\s?[-–—]\s?(?=(?:noon|"
        r"midnight|close|late)\b)",
        lambda match: f"{match[1] or match[2] or ''} to ",
        "-–—",
    ),
    Rule(
        "range of times",
        ("Open 9:00-17:30.", "Open nine o'clock to seventeen thirty."),
        rf"(?<=:\d\d)(\s?[ap]\.?m\.?)?{TO}(?=\d{{1,2}}:\d\d)",
        r"\1 to ",
        ":",
    ),
    Rule(
        "time of a race",
        (
            "She swam it in 1:52.4.",
            "She swam it in one minute fifty-two point four seconds.",
        ),
        r"(?<![\w:.,])(?:(\d{1,2}):)?(\d{1,2}):([0-5]\d\.\d{1,3})(?![\w:])",
        _race_time,
        ":",
    ),
    Rule(
        "clock",
        ("It began at 3:05 p.m. on Monday.", "It began at three oh five PM on Monday."),
        r"(\d(?<![\w:.,]\d)\d?):([0-5]\d)(?::(\d\d)(?:\.\d+)?)?(?:\s?([AaPp]\.?[Mm](?:\.|"
        r"\b)))?(?![\w:])",
        _clock,
        ":",
    ),
    Rule(
        "hour",
        ("From 1-3PM, and at 9 a.m. sharp.", "From one to three PM, and at nine AM sharp."),
        rf"(\d{FREE}\d?)(?:{TO}(\d{{1,2}}))?\s?([AaPp]\.?[Mm](?:\.|\b))(?!\w)",
        _hour,
        "mM",
    ),
    Rule(
        "half of the day",
        ("Be it a.m. or p.m. there.", "Be it AM or PM there."),
        r"\b([ap])\.m\.(?=\s[a-z]|,)",
        lambda match: f"{match[1].upper()}M",
        ".",
    ),
)

"""Emphasis, addresses, handles and hashtags in a line."""

from __future__ import annotations

import re

from podcast.language.english.spelling.rule import Rule

_TLD = "com|org|net|edu|gov|io|ai|AI|Ai|co|uk|UK|eu|dev|app|news|tv|info|de|fr|jp|cn|ca|au|ch|tech|xyz|blog"
_LETTERED = frozenset("ai io uk eu tv us".split())
# These are domains only before a path: `bit.ly/3xYz`, but not `end.it`.
_SHORT_TLD = "ly|me|gg|to|it|es|nl|se|no|fi|pl|br|in|us|sh|so|is|fm|am|la|be|at|st|gl|cc|sg|nz|za|kr|ru|mx|ie|pt"


def _domain(name: str) -> str:
    """`www.example.co.uk` as `example dot co dot UK`."""
    parts = [part for part in re.split(r"\.+", name.removeprefix("www.")) if part]
    last = parts[-1] if parts else ""
    if len(parts) > 1 and last.lower() in _LETTERED:
        parts[-1] = last.upper()
    return " dot ".join(parts)


def _url(match: re.Match[str]) -> str:
    stop = match[2][-1:] if match[2][-1:] in tuple(".,;:!?") else ""
    name = match[1]
    if not match[2] and name.endswith("."):
        stop = "."
    return _domain(name) + stop


def _email(match: re.Match[str]) -> str:
    user = re.sub(
        r"[._+-]+", lambda mark: {".": " dot ", "-": " dash "}.get(mark[0], " "), match[1]
    )
    return f"{user.strip()} at {_domain(match[2])}"


def _hashtag(match: re.Match[str]) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", match[1])


def _forum(match: re.Match[str]) -> str:
    name = (
        re.sub(r"(?<=[a-z])(?=[A-Z])|_", " ", match[2])
        .replace("LLa MA", "LLaMA")
        .replace("LLaMA", "Llama")
    )
    return f"{match[1].upper()} slash {name}"


_KEYS = {"Ctrl": "Control", "Cmd": "Command", "Esc": "Escape", "Del": "Delete"}

RULES = (
    Rule(
        "key of a keyboard",
        ("Press Ctrl+C or Esc.", "Press Control plus C or Escape."),
        r"\b(Ctrl|Cmd)\b|\b(Esc|Del)(?=\s(?:key|to)\b|[+]|\.?$)",
        lambda match: _KEYS[match[0]],
        "CED",
    ),
    Rule(
        "this folder",
        ("Run ./build first.", "Run build first."),
        r"(?<!\S)\./(?=\w)",
        "",
        "/",
    ),
    Rule(
        "emoticon",
        ("It won :-) and lost ;-( :D.", "It won and lost."),
        r"\s(?:[:;=]['-]?[()DPp|]+|[xX]D|:'\()(?=[\s.,!?]|$)",
        "",
        ":;=D",
    ),
    Rule("code tick", ("Run `make` first.", "Run make first."), r"`+", "", "`"),
    Rule(
        "star of a telephone",
        ("Dial *67 first.", "Dial star sixty-seven first."),
        r"\b([Dd]ial|[Pp]ress|[Ee]nter)\s\*(?=\d)",
        r"\1 star ",
        "*",
    ),
    Rule(
        "emphasis",
        ("A **very *bold* one**.", "A very bold one."),
        r"(?<![\w*])\*{1,3}(?=\S)([^*\n]+)(?<=\S)\*{1,3}(?!\w)",
        r"\1",
        "*",
    ),
    Rule(
        "letter and star",
        ("The Q* project.", "The Q star project."),
        r"\b([A-Z])\*(?![\w*])",
        r"\1 star",
        "*",
    ),
    Rule(
        "underlined",
        ("An _odd_ one.", "An odd one."),
        r"(?<!\w)_{1,3}(?=\S)([^_\n]+)(?<=\S)_{1,3}(?!\w)",
        r"\1",
        "_",
    ),
    Rule(
        "web address",
        ("See https://www.example.org/a?b=c, now.", "See example dot org, now."),
        r"(?i)(?<![\w/])(?:(?:https?|ftp)://|www\.)([\w.-]+)((?:[:/?#][^\s<>\"()]*)?)",
        _url,
        ":wW",
    ),
    Rule(
        "e-mail address",
        ("Ask jane.doe@example.org.", "Ask jane dot doe at example dot org."),
        r"(?<![\w.+-])(?:mailto:)?([\w.+-]++)@((?:[\w-]++\.)+[A-Za-z]{2,})",
        _email,
        "@",
    ),
    Rule(
        "bare domain",
        ("It is on arxiv.org/abs today.", "It is on arxiv dot org today."),
        rf"(?<![\w@.-])((?:[\w-]++\.)+(?:{_TLD}))(?![\w-])((?:/[^\s<>\"()]*)?)",
        _url,
        ".",
    ),
    Rule(
        "short address",
        ("See bit.ly/3xYz for more.", "See bit dot ly for more."),
        rf"(?<![\w@.-])((?:[\w-]++\.)+(?:{_SHORT_TLD}))(/[^\s<>\"()]*)",
        _url,
        "/",
    ),
    Rule(
        "forum",
        ("On r/LocalLLaMA and by u/spez.", "On R slash Local Llama and by U slash spez."),
        r"(?<![\w/.])/?([ru])/([A-Za-z]\w{2,20})(?![\w/])",
        _forum,
        "/",
    ),
    Rule(
        "handle", ("Follow @jane_doe.", "Follow at jane doe."), r"(?<![\w@])@(?=\w)", "at ", "@"
    ),
    Rule(
        "C sharp",
        ("Written in C#.", "Written in C sharp."),
        r"\b([CF])#(?!\w)",
        r"\1 sharp",
        "#",
    ),
    Rule(
        "hashtag",
        ("It is #MachineLearning day.", "It is Machine Learning day."),
        r"#([A-Za-z]\w*)",
        _hashtag,
        "#",
    ),
    Rule(
        "exclamation of a name",
        ("Yahoo! and Jeopardy! won.", "Yahoo and Jeopardy won."),
        r"\b(Yahoo|Jeopardy|Yum|Joomla)!(?=\s(?:[a-z]|Inc))",
        r"\1",
        "!",
    ),
    Rule(
        "dollar for an S",
        ("By Ty Dolla $ign.", "By Ty Dolla sign."),
        r"(?<!\w)\$(?=[a-z]{2})",
        "s",
        "$",
    ),
    Rule(
        "name of a field",
        ("The user_id field.", "The user ID field."),
        r"_id(?=\b)(?!_)",
        " ID",
        "_",
    ),
    Rule("underscore", ("The max_tokens knob.", "The max tokens knob."), r"_+", " ", "_"),
    Rule(
        "times sign",
        ("It is 3 * 4.", "It is three times four."),
        r"(?<=\d)\s?[*]\s?(?=\d)",
        " times ",
        "*",
    ),
    Rule("star", ("Terms* apply.", "Terms apply."), r"\*+", "", "*"),
)

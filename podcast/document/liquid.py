"""Takes Liquid and HTML out of a post, line for line: what is left is Markdown on the same lines."""

from __future__ import annotations

import html
import re
import unicodedata

_LIQUID = re.compile(
    r"\{%-?\s*(?P<hidden>comment|raw)\b(?:(?!%\}).)*%\}(?P<inner>.*?)"
    r"(?:\{%-?\s*end(?P=hidden)\b(?:(?!%\}).)*%\}|\Z)"
    r"|\{%-?(?P<tag>(?:(?!%\}|\{%).)*)%\}"
    r"|\{\{-?(?P<output>(?:(?!\}\}|\{\{).)*)\}\}",
    re.DOTALL,
)
_ASSIGN = re.compile(r"assign\s+([\w-]+)\s*=\s*(.+)", re.DOTALL)
_POST_URL = re.compile(r"post_url\s+(?:\S*/)?(\d{4})-(\d{2})-(\d{2})-(\S+)")
_FILTERED = re.compile(
    r"(?:(?P<quote>[\"'])(?P<text>.*?)(?P=quote)|(?P<name>[\w.-]+))"
    r"(?P<filters>(?:\s*\|\s*\w+(?:\s*:\s*(?:\"[^\"]*\"|'[^']*'|[\w.-]+))?)*)",
    re.DOTALL,
)
_FILTER = re.compile(r"\|\s*(\w+)(?:\s*:\s*(?:\"([^\"]*)\"|'([^']*)'|([\w.-]+)))?")

_TAG = r"""</?[a-zA-Z][\w:-]*(?:\s+[^\s"'<>/=]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'=<>`]+))?)*\s*/?>"""
_UNHEARD = r"script|style|iframe|video|audio|object|svg|template|noscript"
_HTML = re.compile(
    # Code keeps what it shows.
    r"(?P<code>^[ ]{0,3}(?P<fence>`{3,}|~{3,})[^\n]*\n(?:.*\n)*?(?:[ ]{0,3}(?P=fence)[`~]*[ \t]*$|\Z)"
    r"|(?<!`)(?P<ticks>`+)(?!`)(?:(?!\n[ \t]*\n)[\s\S])*?(?<!`)(?P=ticks)(?!`))"
    r"|(?P<image>!\[(?:[^][]|\[[^][]*\])*\](?:\([^()\n]*(?:\([^()\n]*\)[^()\n]*)*\)|\[[^][]*\]))"
    r"|<(?P<address>(?:https?://|mailto:)[^\s<>]+)>"
    r"|(?P<unheard><!--[\s\S]*?(?:-->|\Z)"
    rf"|<(?P<element>{_UNHEARD})\b[^>]*>[\s\S]*?(?:</(?P=element)\s*>|\Z))"
    r"|^[ \t]*<blockquote\b(?P<attributes>[^>]*)>(?P<quote>(?:(?!</?blockquote\b)[\s\S])*)</blockquote\s*>"
    rf"|(?P<indent>^[ \t]*)?(?P<tags>{_TAG}(?:[ \t]*{_TAG})*)(?P<space>[ \t]*)",
    re.MULTILINE | re.IGNORECASE,
)
_EMBED = re.compile(
    r"class\s*=\s*[\"']?[^\"'>]*(?:tweet|embed|instagram|tiktok|bluesky|mastodon)", re.IGNORECASE
)
_INLINE = re.compile(
    r"</?(?:a|abbr|b|cite|code|del|em|font|i|img|ins|kbd|mark|q|s|small|span|strong|sub|sup|u|var|wbr)\b",
    re.I,
)
_EMPTY_LINK = re.compile(r"\[([^][\n]*)\]\([ \t]*\)|\[[ \t]*\]\([^()\n]*\)")
_TOC = re.compile(r"^(?:[*+-]|\d+\.)[ \t]+.*\n\{:\s*toc\s*\}[ \t]*$", re.MULTILINE)
_ATTRIBUTES = re.compile(r"[ \t]*\{(?::[^{}\n]*|#[\w-]+)\}[ \t]*$", re.MULTILINE)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def clean(markdown: str) -> str:
    """The Markdown of a post without Liquid, HTML, images, embeds and kramdown's attribute lists.

    Every line stays the line it was. Addresses made by Liquid are worked out, HTML quotes become
    Markdown quotes, and code keeps what it shows.
    """
    return _without_html(render_liquid(_CONTROL.sub("", markdown)))


def clean_line(text: str) -> str:
    """A value of the front matter as plain text: no Liquid, no HTML, no character entities, one line."""
    return " ".join(html.unescape(clean(text)).split())


def slugify(text: str) -> str:
    """Jekyll's `slugify` filter, mode `default`: letters, marks and digits, lower-case, joined by hyphens.

    https://jekyllrb.com/docs/liquid/filters/#options-for-the-slugify-filter
    """
    kept = (c if (k := unicodedata.category(c))[0] in "LM" or k == "Nd" else " " for c in text)
    return "-".join("".join(kept).lower().split())


def render_liquid(text: str) -> str:
    """What Liquid would print, as far as a post alone can tell: literals, `assign`, and the filters that
    make addresses. Everything that only the site knows prints nothing. Line breaks stay."""
    names: dict[str, str] = {}

    def value(expression: str) -> str:
        found = _FILTERED.fullmatch(expression.strip())
        if not found:
            return ""
        result = names.get(found["name"], "") if found["name"] else found["text"]
        for name, double, single, variable in _FILTER.findall(found["filters"]):
            argument = double or single or names.get(variable, "")
            if name == "append":
                result += argument
            elif name == "slugify":
                result = slugify(result)
            elif name in ("relative_url", "absolute_url") and "://" not in result:
                result = "/" + result.lstrip("/")
        return result

    def printed(match: re.Match[str]) -> str:
        if match["hidden"]:
            return match["inner"] if match["hidden"] == "raw" else _lines(match)
        if match["output"] is not None:
            return value(match["output"].rstrip("-")).replace("\n", " ") + _lines(match)
        tag = match["tag"].strip().removesuffix("-").strip()
        if assign := _ASSIGN.fullmatch(tag):
            names[assign[1]] = value(assign[2])
        elif post := _POST_URL.fullmatch(tag):
            return "/" + "/".join(post.groups()) + _lines(match)
        elif tag.startswith(("highlight", "endhighlight")):
            return "```" + _lines(match)
        return _lines(match)

    return _LIQUID.sub(printed, text)


def _without_html(text: str) -> str:
    def plain(match: re.Match[str]) -> str:
        if match["code"]:
            return match[0]
        if match["address"]:
            return match["address"].removeprefix("mailto:")
        if match["unheard"] or match["image"]:
            return _lines(match)
        if match["quote"] is not None:
            if _EMBED.search(match["attributes"]):
                return _lines(match)
            # The line of the closing tag stays empty, or the next quote would join this one.
            quote = _without_html(match["quote"])
            said = quote.rstrip()
            start = "\n" * match["attributes"].count("\n")
            return start + "> " + said.replace("\n", "\n> ") + quote[len(said) :]
        breaks = "\n" * match["tags"].count("\n")
        if match["indent"] is not None:
            return breaks
        apart = match["space"] or not all(_INLINE.match(tag) for tag in re.findall(r"<[^<]*", match["tags"]))
        return breaks + (" " if apart else "")

    text = _HTML.sub(plain, text)
    text = _EMPTY_LINK.sub(r"\1", text)
    text = _TOC.sub("\n", text)
    return _ATTRIBUTES.sub("", text)


def _lines(match: re.Match[str]) -> str:
    """The line breaks of what is taken out, so that every other line keeps its number."""
    return "\n" * match[0].count("\n")

"""Read HTML as events: tags with attributes, and the text between them as written."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Literal

# After so many openings that are no tags, only a plain one is tried: each looks up to the
# text's end.
_MOST_BROKEN = 50
_PLAIN_TAG = re.compile(r"""<[a-zA-Z](?:[^<>"']|"[^"<>]{0,500}+"|'[^'<>]{0,500}+'){0,1000}+>""")


# Stands for `&` while the source is parsed: text keeps its character references as they are
# written, for the parser does not say whether `&copy` had a semicolon.
_AMPERSAND = "\ufdd0"


@dataclass(frozen=True, slots=True)
class HtmlEvent:
    """One part of HTML source."""

    kind: Literal["open", "close", "text", "comment"]
    source: str
    """As it is written, character references kept."""
    line: int
    """Counted from 0, within the HTML."""
    tag: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)
    closed: bool = False
    """True for a tag that closes itself: `<br/>`."""


def read_html(source: str) -> list[HtmlEvent]:
    """The events of a piece of HTML. Tags need not be balanced."""
    reader = _Reader()
    try:
        reader.feed(source.replace("&", _AMPERSAND))
        reader.close()
    except AssertionError:
        # The standard library's parser gives up so on `<![` with no name after it.
        return [HtmlEvent("text", source, 0)]
    return reader.events


class _Reader(HTMLParser):
    """Collects events; text keeps its character references, for Markdown reads them."""

    def __init__(self) -> None:
        # Without conversion, text comes in pieces as soon as it is parsed.
        super().__init__(convert_charrefs=False)
        self.events: list[HtmlEvent] = []
        self._unclosed: set[str] = set()
        """Kinds of marked text whose end the rest of the source does not have: it is searched
        for once."""
        self._broken = 0
        """Openings so far that look like tags and are none."""

    def parse_starttag(self, i: int) -> int:
        if self._broken >= _MOST_BROKEN and not _PLAIN_TAG.match(self.rawdata, i):
            return -1
        end = super().parse_starttag(i)
        self._broken += end < 0
        return end

    def parse_comment(self, i: int, report: bool = True) -> int:
        return self._parse_once(
            "comment", lambda: super(_Reader, self).parse_comment(i, report)
        )

    def parse_pi(self, i: int) -> int:
        return self._parse_once("instruction", lambda: super(_Reader, self).parse_pi(i))

    def _parse_once(self, kind: str, parse: Callable[[], int]) -> int:
        if kind in self._unclosed:
            return -1
        end = parse()
        if end < 0:
            self._unclosed.add(kind)
        return end

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._add_tag(tag, attrs, closed=False)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._add_tag(tag, attrs, closed=True)

    def handle_endtag(self, tag: str) -> None:
        self.events.append(HtmlEvent("close", f"</{tag}>", self._line, tag))

    def handle_data(self, data: str) -> None:
        self._add_text(data)

    def handle_comment(self, data: str) -> None:
        self._add_comment(f"<!--{data}-->")

    def handle_decl(self, decl: str) -> None:
        self._add_comment(f"<!{decl}>")

    def handle_pi(self, data: str) -> None:
        self._add_comment(f"<?{data}>")

    def unknown_decl(self, data: str) -> None:
        self._add_comment(f"<![{data}]>")

    @property
    def _line(self) -> int:
        return self.getpos()[0] - 1

    def _add_tag(self, tag: str, attrs: list[tuple[str, str | None]], closed: bool) -> None:
        source = _restore(self.get_starttag_text() or f"<{tag}>")
        values = {name: html.unescape(_restore(value or "")) for name, value in attrs}
        self.events.append(HtmlEvent("open", source, self._line, tag, values, closed))

    def _add_comment(self, source: str) -> None:
        self.events.append(HtmlEvent("comment", _restore(source), self._line))

    def _add_text(self, data: str) -> None:
        text = _restore(data)
        last = self.events[-1] if self.events else None
        if last and last.kind == "text":
            self.events[-1] = HtmlEvent("text", last.source + text, last.line)
        else:
            self.events.append(HtmlEvent("text", text, self._line))


def _restore(text: str) -> str:
    return text.replace(_AMPERSAND, "&")

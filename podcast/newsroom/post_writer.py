"""An Edition as the magazine's Markdown post: what the reader of posts reads back as it is."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator, Sequence

from podcast.model import Edition, Headline, Person, Story
from podcast.util.xml_text import clean

# What a reader, and the reader of posts, knows a paper by.
_MARK = "(paper)"


def render(
    edition: Edition, *, created: dt.datetime, processing: dt.timedelta, version: str
) -> str:
    """The post of the edition, valid for Jekyll.

    `created` is when it was made, and `processing` how long that took.

    `make` later puts the episode's model and cost in the place of the edition's, so these stand
    a second time under keys of their own where a model was paid.
    """
    parts = [
        *_front(edition, processing, version),
        *(line for story in edition.stories for line in _story_lines(story)),
        *_others(edition.others),
        *_details(edition.staff, created),
    ]
    return "\n".join(parts) + "\n"


def _front(edition: Edition, processing: dt.timedelta, version: str) -> Iterator[str]:
    headers = "<br />".join(f" * {_entities(story.title)}" for story in edition.stories)
    cost = f"{edition.cost:.4f}" if edition.cost else "0.0"
    yield "---"
    yield "layout: post"
    yield f"title: {_quoted(_entities(edition.title))}"
    yield f"subtitle: {_quoted(_entities(edition.subtitle))}"
    yield f"date: {edition.date.isoformat()}"
    yield f"model: {_quoted(edition.model or 'extractive')}"
    yield f"cost: {cost}"
    yield f"processing: {_quoted(str(processing))}"
    yield f"version: {_quoted(version)}"
    yield f"headers: {_quoted(headers)}"
    if edition.model:
        yield f"desk_model: {_quoted(edition.model)}"
        yield f"desk_cost: {cost}"
    yield "---"


def _quoted(value: str) -> str:
    """The value for YAML.

    JSON's strings are its own, and JSON's escapes hide what YAML cannot hold.
    """
    return json.dumps(clean(value), ensure_ascii=False)


def _story_lines(story: Story) -> Iterator[str]:
    yield ""
    yield f"# {_inline(story.title)}"

    source = _show_source(story)
    mark = f" {_MARK}" if story.paper else ""
    if story.reporter or source:
        yield f"_Summarized by: {story.reporter}_{mark}{source}"

    if story.previous or story.covered:
        yield from _list_earlier(story)

    yield ""
    yield markdown(story.body.text)


def _show_source(story: Story) -> str:
    """The name of the story's source in brackets, linked where the story has a link."""
    name = _inline(story.source)
    if not name and story.paper:
        name = "paper"
    if story.link:
        return f" [[{name or 'source'}]({_address(story.link)})]"
    return f" [{name}]" if name else ""


def _list_earlier(story: Story) -> Iterator[str]:
    """The related headlines of earlier editions, and where the story was told before."""
    yield "<blockquote class='previous-titles' markdown='1' >"
    yield "**Previous headlines:**"
    yield ""
    for headline in story.previous:
        yield _dated(headline, " * ")
    if story.covered:
        yield ""
        yield _dated(story.covered, "Covered before: ")
    yield "</blockquote>"


def _dated(headline: Headline, before: str) -> str:
    """A headline of an earlier edition, linked wherever the site stands."""
    address = _address(headline.link.lstrip("/")).replace("'", "%27")
    target = f"'{address}' | relative_url"
    link = f"[{_inline(headline.title)}]({{{{ {target} }}}})"
    return f"{before}{link} {headline.date or ''}".rstrip()


def _others(others: Sequence[Headline]) -> Iterator[str]:
    if not others:
        return
    yield ""
    yield "**Other headlines:**"
    for headline in others:
        shown = _inline(headline.title)
        mark = f" {_MARK}" if headline.paper else ""
        yield (
            f"* [{shown}]({_address(headline.link)}){mark}"
            if headline.link
            else f"* {shown}{mark}"
        )


def _details(staff: Sequence[Person], created: dt.datetime) -> Iterator[str]:
    yield ""
    yield "---"
    yield "### Technical details"
    yield f"Created at: {created.day} {created:%B, %Y, %H:%M:%S}, using `{{{{ page.model }}}}`."
    yield ""
    yield "Processing time: {{ page.processing }}, cost: {{ page.cost }}$"
    if not staff:
        return
    yield "<details>"
    yield "<summary>The Staff</summary>"
    yield '<div markdown="1">'
    for person in staff:
        yield f"Editor: {person.name}" if person.role == "editor" else f"{person.name}:"
        yield ""
        yield "```"
        yield re.sub(r"\{(?=[{%])", "{ ", person.persona.replace("```", "'''")) or "."
        yield "```"
        yield ""
    yield "</div>"
    yield "</details>"


def _entities(text: str) -> str:
    """Text for the front matter, which themes put into HTML as it is."""
    return _TEMPLATE_SIGN.sub(_reference, re.sub(r"&(?=#?\w)", "&amp;", text))


def _reference(sign: re.Match[str]) -> str:
    return _ENTITIES.get(sign[0], f"&#{ord(sign[0])};")


_ENTITIES = {"<": "&lt;"}
# Signs with which templates, components and formulas begin.
_TEMPLATE_SIGN = re.compile(r"[<{\[\\]|%(?=%)|^(?=(?:im|ex)port\s)[ie]")
_SPECIAL = re.compile(r"[\\`_|~]|(?<!\S)#|#(?!\S)")
_OPENING = re.compile(r"[<{[\]*]")
# A sign that would begin or end a formula, or a superscript: kramdown would show a backslash
# before it.
_DOLLAR = re.compile(r"\$(?=[^\s\d])|(?<=\S)\$(?!\d)|\^")
# The first sign of a line that MDX takes for a program's, or Python-Markdown for a notice.
_STATEMENT = re.compile(r"^(?:(?=(?:im|ex)port\s)[ie]|(?=!!!)!|(?=\?\?\?)\?)", re.MULTILINE)
_STARTING = re.compile(r"^([>+=:-]|\d+(?=[.)]))", re.MULTILINE)
# The first colon of an emoji code.
_EMOJI = re.compile(r":(?=[a-z+-][\w+-]*:)")
# What begins a row of digits so long that the reader of posts leaves it out as a hash.
_HASH = re.compile(r"[0-9a-f](?=[0-9a-f]{11})")
# The first letter of an address. A title is linked as a whole, if at all.
_ADDRESS = re.compile(r"h(?=ttps?://)|w(?=ww\.)")


def markdown(text: str) -> str:
    """Plain text as Markdown that shows the same in kramdown and CommonMark, after Liquid."""
    text = _SPECIAL.sub(lambda match: f"\\{match[0]}", _amp(text))
    # Two backslashes before a bracket open a formula in some dialects.
    text = re.sub(r"\\\\(?=[()])", "&#92;", text)
    text = text.replace("%%", "%&#37;")
    for signs in (_HASH, _OPENING, _EMOJI, _DOLLAR, _STATEMENT):
        text = signs.sub(_reference, text)
    return _STARTING.sub(lambda m: f"{m[1]}\\" if m[1].isdigit() else f"\\{m[1]}", text)


def _inline(text: str) -> str:
    """Text for a line of Markdown that is linked, or not, as a whole."""
    return _ADDRESS.sub(_reference, markdown(" ".join(clean(text).split())))


def _amp(text: str) -> str:
    return re.sub(r"&(?=#?\w+;)", "&amp;", text)


def _address(link: str) -> str:
    """An address that ends neither a Markdown link nor begins Liquid."""
    codes = {
        " ": "%20",
        "(": "%28",
        ")": "%29",
        "<": "%3C",
        ">": "%3E",
        "{": "%7B",
        "}": "%7D",
        "\\": "%5C",
        '"': "%22",
    }
    # A sign of percent that begins no code could begin a remark, as two of them do in some
    # notes.
    link = re.sub(r"%(?![0-9A-Fa-f]{2})", "%25", link)
    return "".join(codes.get(sign, sign) for sign in link if sign.isprintable())

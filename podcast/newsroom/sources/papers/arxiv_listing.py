"""arXiv's own lists of papers, as HTML and as copied from the page, from any line on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from podcast.document.plain_text import join_lines
from podcast.model import Item
from podcast.newsroom.sources.papers.paper_item import ARXIV_ID, make_paper, split_names

if TYPE_CHECKING:
    from lxml.html import HtmlElement

# The line with which an entry begins: `[3] arXiv:2405.00003 (cross-list from cs.CL) [pdf,
# html, other]`.
_ENTRY = re.compile(rf"^\s*(?:\[\d+\]\s*)?arXiv:\s?({ARXIV_ID})\b(.*)$", re.IGNORECASE)
_SECTION = re.compile(r"^\s*(new|cross|replace)[\w-]*\s+(?:submissions|lists)\b", re.IGNORECASE)
_LABEL = re.compile(
    r"""^\s*
    (title|authors?|comments|subjects|journal-ref|doi|report-no|msc-class|acm-class|cite\ as
    |abstract)
    \s*:\s*(.*)$""",
    re.IGNORECASE | re.VERBOSE,
)
_REPLACED = re.compile(r"\(replaced\b", re.IGNORECASE)
_CHROME = re.compile(
    r"""
    (?: \[?\s*+(?:view\ )?(?:pdf|html|tex\ source|other\ formats?|ps|other)\b .{0,80}
    | \[submitted\ on\b .* | submission\ history .* | from:\ .* | total\ of\ \d+\ entries .*
    | showing\ (?:up\ to|new)\b .* | \(or\ arxiv: .* | \[v\d+\] .* | focus\ to\ learn\ more .*
    )
    """,
    re.IGNORECASE | re.VERBOSE,
)
# Labels whose text may go on in the next line.
_CONTINUED = ("title", "author", "authors")
_LEAST_ABSTRACT = 20


def is_listing(text: str) -> bool:
    """Tell whether the text was copied from arXiv: an entry's first line, or its labels."""
    lines = text.splitlines()
    labels = {match[1].lower() for line in lines if (match := _LABEL.match(line))}
    has_entry = any(_ENTRY.match(line) for line in lines)
    return ("title" in labels and has_entry) or {"title", "authors", "subjects"} <= labels


def read_text(text: str) -> tuple[list[Item], list[str]]:
    """Read the papers, and say what was left out."""
    items: list[Item] = []
    replaced = 0
    for section, lines in _split_entries(text):
        head = _ENTRY.match(lines[0])
        if section == "replace" or (head and _REPLACED.search(head[2])):
            replaced += 1
        elif item := _read_listed_paper(lines):
            items.append(item)
    return items, _say_replaced(replaced)


def read_tree(tree: HtmlElement) -> tuple[list[Item], list[str]]:
    """Read the papers of the page at arxiv.org/list/; none when it is another page."""
    items: list[Item] = []
    section, replaced = "new", 0
    for node in tree.iter("h3", "dt"):
        if node.tag == "h3":
            found = _SECTION.match(node.text_content())
            section = found[1].lower() if found else section
            continue
        entry = node.getnext()
        if entry is None or entry.tag != "dd":
            continue
        if section == "replace" or _REPLACED.search(node.text_content()):
            replaced += 1
        elif item := _read_pair(node, entry):
            items.append(item)
    return items, _say_replaced(replaced)


def _say_replaced(count: int) -> list[str]:
    if not count:
        return []
    return [f"{count} of the papers are new versions of old ones, and left out"]


# --- copied text ----------------------------------------------------------------------------


def _split_entries(text: str) -> Iterator[tuple[str, list[str]]]:
    """The lines of each entry, with the section that it stands in.

    The first may lack its beginning.
    """
    section, entry_section = "new", "new"
    lines: list[str] = []
    for line in text.splitlines():
        heading = _SECTION.match(line)
        # Where the numbers of the entries were not copied, a second title begins the next.
        is_second_title = _is_title(line) and any(map(_is_title, lines))
        if heading or _ENTRY.match(line) or is_second_title:
            if lines:
                yield entry_section, lines
            lines = []
            section = heading[1].lower() if heading else section
            entry_section = section
        if not heading:
            lines.append(line)
    if lines:
        yield entry_section, lines


def _is_title(line: str) -> bool:
    label = _LABEL.match(line)
    return label is not None and label[1].lower() == "title"


def _read_listed_paper(lines: list[str]) -> Item | None:
    head = _ENTRY.match(lines[0])
    fields, paragraphs = _read_fields(lines[1:] if head else lines)
    title = join_lines(fields.get("title", ""))
    if not title:
        return None

    abstract = fields.get("abstract", "") + " " + " ".join(paragraphs)
    if len(abstract.split()) < _LEAST_ABSTRACT:
        abstract = ""
    authors = split_names(fields.get("authors", fields.get("author", "")))
    link = f"https://arxiv.org/abs/{head[1]}" if head else ""
    return make_paper(title, abstract, link, authors)


def _read_fields(lines: list[str]) -> tuple[dict[str, str], list[str]]:
    """What stands behind labels, by the label, and the lines of paragraphs without one."""
    fields: dict[str, str] = {}
    paragraphs: list[str] = []
    label, is_open = "", False
    for line in lines:
        if found := _LABEL.match(line):
            label, is_open = found[1].lower(), True
            fields[label] = found[2]
        elif not line.strip():
            is_open = False
            paragraphs.append("")
        elif _CHROME.fullmatch(line.strip()):
            is_open = False
        elif is_open and label in _CONTINUED and not _is_prose(line):
            fields[label] += f" {line.strip()}"
        elif label:
            is_open = False
            paragraphs.append(line)
    return fields, paragraphs


def _is_prose(line: str) -> bool:
    """Tell whether the line is of an abstract that follows without an empty line."""
    return len(line.split()) > 25 or len(re.findall(r"\b[a-z]+\b", line)) > 12


# --- HTML -----------------------------------------------------------------------------------


def _read_pair(head: HtmlElement, entry: HtmlElement) -> Item | None:
    found = re.search(
        rf"arxiv:\s?({ARXIV_ID})|/abs/({ARXIV_ID})", _with_links(head), re.IGNORECASE
    )
    title = _field(entry, "list-title")
    if not (found and title):
        return None
    names = [a.text_content() for a in entry.xpath(".//*[contains(@class, 'list-authors')]//a")]
    abstract = next((p.text_content() for p in entry.iter("p")), "")
    link = f"https://arxiv.org/abs/{found[1] or found[2]}"
    return make_paper(
        title, abstract, link, names or split_names(_field(entry, "list-authors"))
    )


def _with_links(node: HtmlElement) -> str:
    return " ".join([node.text_content(), *(a.get("href") or "" for a in node.iter("a"))])


def _field(entry: HtmlElement, name: str) -> str:
    """The text of the field without its label."""
    for node in entry.iter("div"):
        if name in (node.get("class") or "").split():
            return re.sub(r"^\s*(?:Title|Authors?):\s*", "", node.text_content())
    return ""

"""Title, authors, date and site of a web page, by what it says of itself."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from podcast.document.plain_text import join_lines

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    Json = dict[str, "Json"] | list["Json"] | str | int | float | bool | None

_TITLES = (
    "citation_title",
    "og:title",
    "twitter:title",
    "dc.title",
    "dcterms.title",
    "parsely-title",
)
_SITES = ("og:site_name", "application-name", "al:android:app_name", "citation_journal_title")
_AUTHORS = (
    "citation_author", "author", "article:author", "parsely-author", "dc.creator",
    "dcterms.creator", "sailthru.author", "byl",
)  # fmt: skip
_DATES = (
    "article:published_time", "datepublished", "citation_publication_date", "citation_date",
    "date", "dc.date", "dc.date.issued", "dcterms.created", "parsely-pub-date", "pubdate",
    "publish-date", "publish_date", "og:published_time", "sailthru.date",
    "article:modified_time",
)  # fmt: skip
_SUMMARIES = ("og:description", "description", "twitter:description", "dc.description")
_ABSTRACTS = ("citation_abstract", "dc.description.abstract", "dcterms.abstract")
# Types of schema.org that are something to read.
_ARTICLES = re.compile(r"Article|Posting|Report|WebPage$|Review$|Recipe$")
_LOGO = re.compile(
    r"(?:^|[\s_-])(?:logo|brand\w*|masthead|sitename|(?:site|blog|header)[_-]?(?:title|name|"
    r"logo))(?:$|[\s_-])",
    re.IGNORECASE,
)
_ENTRY = re.compile(
    r"(?:entry|post|article|page|story|content)[_-]*(?:title|headline|heading)|headline", re.I
)
_PARTED = re.compile(r"\s+(?:[|·•–—»«:]|::|-)\s+")
_BYLINE = re.compile(
    r"(?:^|[\s_-])(?:author|byline|p-author|vcard|fn)(?:$|[\s_-])", re.IGNORECASE
)
_NO_AUTHOR = re.compile(r"https?://|@|\badmin\b|\bstaff\b$|^\W*$", re.IGNORECASE)
_BY = re.compile(r"^(?:(?:written|posted|published) )?by:?\s+", re.IGNORECASE)
_MOST_NAMES = 20
# Words; fewer are its heading.
_LEAST_ABSTRACT = 10
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})|\b((?:19|20)\d\d)([01]\d)([0-3]\d)\b")


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What a page says of itself; empty where it says nothing."""

    title: str
    site: str
    authors: tuple[str, ...]
    date: dt.date | None
    summary: str
    abstract: str
    """Of a paper's page."""
    is_paper: bool


def read_page_facts(tree: HtmlElement) -> PageFacts:
    """Read what the page says of itself: meta elements, JSON-LD, and its headings."""
    meta = _read_meta(tree)
    data = next(_read_articles(tree), {})
    site = _first(meta, _SITES) or _read_name(data.get("publisher"))
    abstract = _first(meta, _ABSTRACTS)
    is_paper = "citation_title" in meta and bool("citation_author" in meta or abstract)
    return PageFacts(
        title=_find_title(tree, meta, data, site),
        site=site,
        authors=_find_authors(tree, meta, data),
        date=_find_page_date(tree, meta, data),
        summary=_first(meta, _SUMMARIES),
        abstract=abstract or _visible_abstract(tree) if is_paper else "",
        is_paper=is_paper,
    )


# --- title ----------------------------------------------------------------------------------


def _find_title(
    tree: HtmlElement, meta: dict[str, list[str]], data: dict[str, Json], site: str
) -> str:
    """The page's own title, without its site's name."""
    logos = _find_logos(tree)
    named = [*(meta[key][0] for key in _TITLES if key in meta), _string(data.get("headline"))]
    printed = join_lines(tree.findtext(".//title") or "")
    headings = _headings(tree)
    for title in [*named, *headings]:
        short = _without_site(title, site, logos)
        if short and short.casefold() not in logos | {site.casefold()}:
            return short
    return _without_site(printed, site, logos) or printed or next(iter(logos and headings), "")


def _find_logos(tree: HtmlElement) -> set[str]:
    """Texts of headings that name the site, in small letters."""
    logos: set[str] = set()
    for heading in tree.iter("h1", "h2"):
        if _is_logo(heading):
            logos.add(_node_text(heading).casefold())
    return logos - {""}


def _headings(tree: HtmlElement) -> list[str]:
    """Headings that can be the page's title, the likeliest first."""
    printed = join_lines(tree.findtext(".//title") or "").casefold()
    repeated: list[str] = []
    marked: list[str] = []
    first: list[str] = []
    for node in tree.iter("h1", "h2", "h3"):
        text = _node_text(node)
        if not text or _is_logo(node) or _is_aside(node):
            continue
        if text.casefold() in printed:
            repeated.append(text)
        if _ENTRY.search(node.get("class") or ""):
            marked.append(text)
        if node.tag == "h1":
            first.append(text)
    return [*repeated, *marked, *first]


def _is_logo(heading: HtmlElement) -> bool:
    """Tell whether the heading names the site.

    By its class, or as a link to the site's front page.
    """
    chain = [heading, *heading.iterancestors("a", "div", "header")][:3]
    for node in [*chain, *heading]:
        if _LOGO.search(f"{node.get('class') or ''} {node.get('id') or ''}"):
            return True
    links = [*heading.iter("a"), *heading.iterancestors("a")]
    return any(_is_front(link.get("href") or "") for link in links)


def _is_front(address: str) -> bool:
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return False
    return parts.path in ("", "/", "./", "../", "/index.html", "index.html") and not (
        parts.query or parts.fragment
    )


def _is_aside(heading: HtmlElement) -> bool:
    return next(heading.iterancestors("nav", "aside", "footer", "form"), None) is not None


def _without_site(title: str, site: str, logos: set[str]) -> str:
    """The title without the site's name, which stands before or after a sign."""
    parts = _PARTED.split(title)
    names = logos | ({site.casefold()} if site else set())
    if len(parts) > 1 and parts[-1].casefold() in names:
        end = title.rfind(parts[-1])
        return re.sub(r"[\s|·•–—»«:-]+$", "", title[:end])
    if len(parts) > 1 and parts[0].casefold() in names:
        return re.sub(r"^[\s|·•–—»«:-]+", "", title[len(parts[0]) :])
    return title


# --- authors and date -----------------------------------------------------------------------


def _find_authors(
    tree: HtmlElement, meta: dict[str, list[str]], data: dict[str, Json]
) -> tuple[str, ...]:
    """The page's authors, by the surest of the places where a page names them."""
    named = next((meta[key] for key in _AUTHORS if key in meta), [])
    places = (_names_in_data(data), named, _linked_author(tree), _printed_author(tree))
    for names in places:
        people = [_person(name) for name in names]
        if authors := tuple(dict.fromkeys(filter(None, people)))[:_MOST_NAMES]:
            return authors
    return ()


def _names_in_data(data: dict[str, Json]) -> list[str]:
    authors = data.get("author") or data.get("creator")
    if not isinstance(authors, list):
        authors = [authors]
    return [_read_name(author) for author in authors]


def _linked_author(tree: HtmlElement) -> list[str]:
    """The text of the first link marked `rel="author"`."""
    for node in tree.iter("a"):
        if "author" in (node.get("rel") or "").split():
            return [_node_text(node)]
    return []


def _printed_author(tree: HtmlElement) -> list[str]:
    """The text of the first byline; others belong to what the page recommends."""
    for node in tree.iter("span", "p", "div", "a", "address"):
        if _is_byline(node):
            return [_node_text(node)]
    return []


def _is_byline(node: HtmlElement) -> bool:
    marks = f"{node.get('class') or ''} {node.get('itemprop') or ''}"
    return bool(_BYLINE.search(marks)) and 0 < len(_node_text(node).split()) <= 6


def _person(name: str) -> str:
    """The name, the right way round; empty when it is none."""
    name = _BY.sub("", join_lines(name))
    if _NO_AUTHOR.search(name) or len(name) > 80:
        return ""
    last, comma, first = name.partition(", ")
    # `Lovelace, Ada` is one person; `Ada Lovelace, Charles Babbage, ...` are several.
    if comma and "," not in first and len(last.split()) < 3:
        return f"{first} {last}"
    return name


def _find_page_date(
    tree: HtmlElement, meta: dict[str, list[str]], data: dict[str, Json]
) -> dt.date | None:
    words = [
        _string(data.get("datePublished")),
        *(word for key in _DATES for word in meta.get(key, [])),
        _string(data.get("dateCreated")),
        *(str(node.get("datetime") or "") for node in tree.iter("time")),
    ]
    for word in words:
        day = read_date(word)
        if day:
            return day
    return None


def read_date(text: str) -> dt.date | None:
    """The day that a date in figures names; None when it names none."""
    found = _ISO.search(text)
    if not found:
        return None
    year, month, day = (int(part) for part in found.groups() if part)
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


# --- what the page says ---------------------------------------------------------------------


def _read_meta(tree: HtmlElement) -> dict[str, list[str]]:
    meta: dict[str, list[str]] = {}
    for node in tree.iter("meta"):
        content = join_lines(node.get("content") or "")
        name = node.get("property") or node.get("name") or node.get("itemprop") or ""
        if name and content:
            meta.setdefault(name.strip().casefold(), []).append(content)
    return meta


def _read_articles(tree: HtmlElement) -> Iterator[dict[str, Json]]:
    """What JSON-LD says of the article."""
    for script in tree.iter("script"):
        if (script.get("type") or "").strip().lower() != "application/ld+json":
            continue
        try:
            value = json.loads(script.text or "")
        except (ValueError, RecursionError):
            continue
        for thing in _things(value):
            if _ARTICLES.search(_string(thing.get("@type"))) and "headline" in thing:
                yield thing


def _things(value: Json) -> Iterator[dict[str, Json]]:
    if isinstance(value, dict):
        value = [value, *_list(value.get("@graph"))]
    for one in _list(value):
        if isinstance(one, dict):
            yield one


def _list(value: Json) -> list[Json]:
    if isinstance(value, list):
        return value
    return []


def _string(value: Json) -> str:
    if isinstance(value, list):
        return " ".join(one for one in value if isinstance(one, str))
    if isinstance(value, str):
        return join_lines(value)
    return ""


def _read_name(value: Json) -> str:
    """The name of a person or a company, given as a text or as a thing."""
    if isinstance(value, list):
        value = next(iter(value), None)
    if isinstance(value, dict):
        return _string(value.get("name"))
    return _string(value)


def _visible_abstract(tree: HtmlElement) -> str:
    """The abstract that the page of a paper shows."""
    for node in tree.iter("blockquote", "div", "section", "p", "span"):
        if re.search(
            r"(?:^|[\s_-])abstract(?:$|[\s_-])",
            f"{node.get('class') or ''} {node.get('id') or ''}",
        ):
            text = re.sub(r"^Abstract\b[:.\s]*", "", _node_text(node))
            if len(text.split()) >= _LEAST_ABSTRACT:
                return text
    return ""


def _first(meta: dict[str, list[str]], keys: tuple[str, ...]) -> str:
    for key in keys:
        if key in meta:
            return meta[key][0]
    return ""


def _node_text(node: HtmlElement) -> str:
    return join_lines(node.text_content())

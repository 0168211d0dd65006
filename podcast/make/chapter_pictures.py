"""A story's picture in its post becomes the picture of its chapter, for apps that show one."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from urllib.parse import urljoin, urlsplit

from podcast.model import Chapter, Edition, LeftOut, Story
from podcast.util.addresses import page_address, secure

# Endings of pictures that apps show: no vector graphics, which badges and marks mostly are.
_SHOWN_ENDINGS = (".jpg", ".jpeg", ".png", ".webp")

_ADDRESS = re.compile(
    r"""
    # Markdown: ![alt](address "title"), where the address may begin with a Liquid variable.
    !\[ [^\]]* \] \( \s* <? (?P<markdown> \{\{.*?\}\}[^)\s>]* | [^)\s>]+ )

    # An attribute: <img src=..>, and Hugo's {{< figure src=.. >}}.
    | \b src \s* = \s* ["']? (?P<attribute> [^"'\s>]+ )
    """,
    re.VERBOSE,
)
_SITE_VARIABLE = re.compile(r"\{\{-?\s*site\.(?:baseurl|url)\s*-?\}\}/?")
_SITE_FILTER = re.compile(
    r"""
    \{\{-? \s*
    ["'] (?P<path>[^"']+) ["']
    \s* \| \s* (?:relative|absolute)_url    # Jekyll's filters for a path below the site.
    \s* -?\}\}
    """,
    re.VERBOSE,
)


def add_pictures(
    chapters: Sequence[Chapter], edition: Edition, post_url: str, link: str
) -> tuple[Chapter, ...]:
    """Give each chapter the first picture of the story that it tells.

    `post_url` and `link` are the show's: where its posts and its site are.
    """
    page = ""
    if post_url:
        page = page_address(post_url, "", edition.slug, edition.date)

    pictured: list[Chapter] = []
    for chapter in chapters:
        story = _find_story(chapter, edition.stories)
        if story is None:
            pictured.append(chapter)
            continue
        picture = find_picture(story.body.left_out, page, link)
        pictured.append(replace(chapter, image=picture))
    return tuple(pictured)


def find_picture(left_out: Iterable[LeftOut], page: str, site: str) -> str:
    """Find the address of the first picture that apps can show; empty where there is none.

    A path is taken from the post's `page`, or from the `site`; one that is relative to a page
    that nobody knows leads nowhere.
    """
    for part in left_out:
        if part.kind != "picture":
            continue
        match = _ADDRESS.search(part.text)
        if match is None:
            continue
        written = html.unescape(match["markdown"] or match["attribute"])
        address = secure(_resolve_address(written, page, site))
        if urlsplit(address).path.lower().endswith(_SHOWN_ENDINGS):
            return address
    return ""


def _resolve_address(written: str, page: str, site: str) -> str:
    """Complete the address of a picture; empty where it cannot be known."""
    root = site.removesuffix("/") + "/"
    filtered = _SITE_FILTER.fullmatch(written)
    if filtered:
        return urljoin(root, str(filtered["path"]).lstrip("/"))
    if _SITE_VARIABLE.match(written):
        return urljoin(root, _SITE_VARIABLE.sub("", written, count=1))
    if "{" in written:
        # Some other template, which only the blog's generator can fill in.
        return ""

    if not page and written.startswith("/"):
        return urljoin(root, written)
    return urljoin(page, written)


def _find_story(chapter: Chapter, stories: Iterable[Story]) -> Story | None:
    """Find the story that a chapter tells, by its source or else by its title."""
    for story in stories:
        if chapter.link and chapter.link == story.link:
            return story
    for story in stories:
        if story.title == chapter.title:
            return story
    return None

"""The picture of a story in its post becomes the picture of its chapter, for apps that show one."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from urllib.parse import urljoin, urlsplit

from podcast.model import Chapter, Edition, LeftOut, Story
from podcast.util.addresses import page_address, secure

_SHOWN = (".jpg", ".jpeg", ".png", ".webp")
"""Endings of pictures that apps show: no vector graphics, which badges and marks mostly are."""

_ADDRESS = re.compile(
    r"""
    !\[ [^\]]* \] \( \s* <? (?P<markdown> \{\{.*?\}\}[^)\s>]* | [^)\s>]+ )   # ![alt](address "title")
    | \b src \s* = \s* ["']? (?P<attribute> [^"'\s>]+ )                      # <img src=..>, {{< figure src=.. >}}
    """,
    re.VERBOSE,
)
_SITE_VARIABLE = re.compile(r"\{\{-?\s*site\.(?:baseurl|url)\s*-?\}\}/?")
_SITE_FILTER = re.compile(
    r"""\{\{-?\s*["'](?P<path>[^"']+)["']\s*\|\s*(?:relative|absolute)_url\s*-?\}\}"""
)


def add_pictures(
    chapters: Sequence[Chapter], edition: Edition, post_url: str, link: str
) -> tuple[Chapter, ...]:
    """Give each chapter the first picture of the story that it tells.

    `post_url` and `link` are the show's: where its posts and its site are.
    """
    page = page_address(post_url, "", edition.slug, edition.date) if post_url else ""
    pictures = {
        id(story): find_picture(story.body.left_out, page, link) for story in edition.stories
    }
    return tuple(
        replace(chapter, image=pictures[id(story)])
        if (story := _find_story(chapter, edition.stories))
        else chapter
        for chapter in chapters
    )


def find_picture(left_out: Iterable[LeftOut], page: str, site: str) -> str:
    """Find the address of the first picture that apps can show; empty where there is none.

    A path is taken from the post's `page`, or from the `site`; one that is relative to a page that nobody
    knows leads nowhere.
    """
    for part in left_out:
        found = _ADDRESS.search(part.text) if part.kind == "picture" else None
        if found is None:
            continue
        written = html.unescape(found["markdown"] or found["attribute"])
        address = secure(_resolve(written, page, site))
        if urlsplit(address).path.lower().endswith(_SHOWN):
            return address
    return ""


def _resolve(written: str, page: str, site: str) -> str:
    """The whole address of a picture; empty where it cannot be known."""
    root = site if site.endswith("/") else f"{site}/"
    if filtered := _SITE_FILTER.fullmatch(written):
        return urljoin(root, str(filtered["path"]).lstrip("/"))
    if _SITE_VARIABLE.match(written):
        return urljoin(root, _SITE_VARIABLE.sub("", written, count=1))
    if "{" in written:
        return ""
    base = page or (root if written.startswith("/") else "")
    return urljoin(base, written)


def _find_story(chapter: Chapter, stories: Iterable[Story]) -> Story | None:
    """The story that a chapter tells, by its source or else by its title."""
    for story in stories:
        if chapter.link and chapter.link == story.link:
            return story
    return next((story for story in stories if story.title == chapter.title), None)

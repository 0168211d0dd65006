"""A story's picture in its post becomes the picture of its chapter, for apps that show one."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from podcast.make.episode_image import find_blog_file
from podcast.model import Chapter, Edition, LeftOut, Story
from podcast.tag import picture_type
from podcast.util.addresses import page_address, secure

# Endings of pictures that apps show: no vector graphics, which badges and marks mostly are.
_SHOWN_ENDINGS = (".jpg", ".jpeg", ".png", ".webp")

# The largest picture that a chapter gets in the MP3.
PICTURE_BYTES = 100_000
# All of an episode's: with a cover of 512 kB its tag stays below what players read.
MOST_BYTES = 400_000

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
    for written in _list_written(left_out):
        address = secure(_resolve_address(written, page, site))
        if urlsplit(address).path.lower().endswith(_SHOWN_ENDINGS):
            return address
    return ""


def _list_written(left_out: Iterable[LeftOut]) -> Iterator[str]:
    """List the addresses of pictures, as a post has them."""
    for part in left_out:
        match = _ADDRESS.search(part.text)
        if part.kind == "picture" and match is not None:
            yield html.unescape(match["markdown"] or match["attribute"])


def embed_pictures(
    chapters: Sequence[Chapter], edition: Edition, folder: Path
) -> tuple[tuple[Chapter, ...], dict[str, bytes]]:
    """Give each chapter its story's picture in the MP3, where that is a small file of the blog.

    The chapters, and the pictures by what `Chapter.picture` says. They are taken as they are:
    to draw them smaller would give other bytes with each version of the library, and so a new
    MP3. `folder` is the show's.
    """
    embedded: list[Chapter] = []
    pictures: dict[str, bytes] = {}
    for chapter in chapters:
        story = _find_story(chapter, edition.stories)
        data = _read_picture(story.body.left_out, edition, folder) if story else b""
        digest = sha256(data).hexdigest()[:16]
        size = sum(map(len, pictures.values())) + len(data)
        if data and (digest in pictures or size <= MOST_BYTES):
            pictures[digest] = data
            embedded.append(replace(chapter, picture=digest))
        else:
            embedded.append(chapter)
    return tuple(embedded), pictures


def has_small_picture(edition: Edition, folder: Path) -> bool:
    """Tell whether a story has a picture that `embed_pictures` would take."""
    return any(_read_picture(story.body.left_out, edition, folder) for story in edition.stories)


def _read_picture(left_out: Iterable[LeftOut], edition: Edition, folder: Path) -> bytes:
    """Read the first picture of a story that lies in the blog's folder and is small enough."""
    for written in _list_written(left_out):
        filtered = _SITE_FILTER.fullmatch(written)
        inside = str(filtered["path"]) if filtered else _SITE_VARIABLE.sub("", written, count=1)
        path = find_blog_file(folder, edition, inside.partition("?")[0])
        if path is None or not path.resolve().is_relative_to(folder):
            continue
        if path.stat().st_size <= PICTURE_BYTES:
            data = path.read_bytes()
            if picture_type(data):
                return data
    return b""


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

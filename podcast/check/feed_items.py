"""An item of the feed, for itself and against the record and the files that it names."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from email.utils import format_datetime, parsedate_to_datetime
from typing import TYPE_CHECKING

from podcast.check import chapter_forms as chapters
from podcast.check import web_pages as pages
from podcast.check.disclosures import check_item_declaration
from podcast.check.fault import Fault
from podcast.check.podcast_tags import (
    PSC,
    all_of,
    check_podcast_tags,
    file_of,
    lengths,
    size_at,
    text_of,
    words,
)
from podcast.model import Episode, Show
from podcast.publish import Store
from podcast.publish.audio_place import enclosure_address
from podcast.publish.chapters import description_lines
from podcast.util.addresses import page_address
from podcast.util.files import media_type
from podcast.util.xml_text import one_line

if TYPE_CHECKING:
    from lxml.etree import _Element

ENCLOSED = "audio/mpeg"
# HTML that Apple shows in a description.
SHOWN = frozenset(["p", "ol", "ul", "li", "a", "b", "i", "strong", "em", "br"])
_TRANSCRIPTS = {
    "text/vtt",
    "application/x-subrip",
    "application/srt",
    "application/json",
    "text/html",
    "text/plain",
}
_DURATION = re.compile(r"\d+|(\d+:)?\d{1,2}:\d\d")
_CHAPTER_LINE = re.compile(r"^\s*(\((?:\d+:)?\d\d:\d\d\) .*?)\s*$", re.MULTILINE)
# "Normal play time" of RFC 2326 section 3.6, as Podlove Simple Chapters 1.2 asks for it.
_NPT = re.compile(r"(?:(?:(\d+):)?(\d\d?):)?(\d\d?)(?:\.(\d{1,3}))?")


def check_item(
    show: Show, store: Store, name: str, item: _Element, episode: Episode
) -> Iterator[Fault]:
    """An item for itself, and against the record and the files."""
    at = episode.slug
    yield from _title(name, show.title, text_of(item, "title"), episode)
    guid = item.find("guid")
    if guid is not None and guid.get("isPermaLink") != "false":
        yield Fault(name, f"{at}: isPermaLink is not false, but its guid is no address", "C4")
    yield from _audio(show, store, name, item, episode)
    yield from _date(name, item, episode)
    yield from _length(name, text_of(item, "itunes:duration"), episode)
    yield from lengths(name, item, at)
    yield from _description(name, text_of(item, "description"), episode)

    link = text_of(item, "link")
    expected_link = page_address(show.edition.post_url, show.url, episode.slug, episode.date)
    if link != expected_link:
        yield Fault(name, f"{at}: its link is {link!r}, not {expected_link!r}", "C11")
    yield from _apple_tags(name, at, item)
    yield from check_item_declaration(name, item, episode)
    for what in check_podcast_tags(item):
        yield Fault(name, f"{at}: {what}", "D1")
    yield from words(name, item)
    for bite in all_of(item, "podcast:soundbite"):
        yield from _soundbite(name, bite, episode)
    yield from _alternates(show, store, name, item, episode)
    if episode.art:
        yield from _art(show.url, store, name, item, episode)
    yield from _linked(show.url, store, name, item, episode)
    yield from _simple_chapters(name, item, episode)


def _title(name: str, show_title: str, title: str, episode: Episode) -> Iterator[Fault]:
    """Apple and PSP-1 want neither the number nor the show's name in it.

    Apps show them beside it.
    """
    at = episode.slug
    expected = one_line(episode.title)
    if title != (expected or str(episode.date)):
        yield Fault(name, f"{at}: its title is {title!r}, not {expected!r}", "C2")
    is_numbered = re.match(r"(episode\s*|ep\.?\s*|#)\d+", title, re.IGNORECASE)
    if is_numbered or show_title.casefold() in title.casefold():
        yield Fault(name, f"{at}: its title has a number or the show's name", "C15", "warning")


def _length(name: str, duration: str, episode: Episode) -> Iterator[Fault]:
    """The length as the W3C's validator reads it, within a second of the record's."""
    at = episode.slug
    if not _DURATION.fullmatch(duration):
        what = f"{at}: itunes:duration {duration!r} is not a length in seconds"
        yield Fault(name, what, "C9")
    elif abs(_in_seconds(duration) * 1000 - episode.duration) > 1000:
        recorded = f"the record says {episode.duration / 1000:.1f} s"
        yield Fault(name, f"{at}: itunes:duration is {duration}; {recorded}", "L5")


def _apple_tags(name: str, at: str, item: _Element) -> Iterator[Fault]:
    if text_of(item, "itunes:explicit") not in ("true", "false", ""):
        yield Fault(name, f"{at}: itunes:explicit is neither true nor false", "C12")
    for tag in ("itunes:episode", "itunes:season"):
        number = text_of(item, tag)
        if number and not re.fullmatch("[1-9][0-9]*", number):
            yield Fault(name, f"{at}: {tag} {number!r} is not a whole number above 0", "C13")
    kind = text_of(item, "itunes:episodeType")
    if kind not in ("", "full", "trailer", "bonus"):
        yield Fault(name, f"{at}: itunes:episodeType is {kind!r}", "C14")


def _art(
    url: str, store: Store, name: str, item: _Element, episode: Episode
) -> Iterator[Fault]:
    for image in all_of(item, "itunes:image"):
        address = str(image.get("href"))
        if file_of(url, address) != episode.art:
            what = f"{episode.slug}: its art is {image.get('href')}, not {episode.art}"
            yield Fault(name, what, "J1")
    yield from pages.check_cover(store, episode.art)


def _audio(
    show: Show, store: Store, name: str, item: _Element, episode: Episode
) -> Iterator[Fault]:
    at = episode.slug
    if len(item.findall("enclosure")) != 1:
        yield Fault(
            name, f"{at}: {len(item.findall('enclosure'))} enclosures; one is wanted", "C5"
        )
        return
    enclosure = enclosure_of(item)
    url, length, kind = (enclosure.get(key, "") for key in ("url", "length", "type"))
    wanted = enclosure_address(show, episode.audio)
    if url != wanted:
        yield Fault(name, f"{at}: its enclosure is {url}, not {wanted}", "C5")
    size = store.size(episode.audio) if url == wanted else None
    if size is None:
        yield Fault(name, f"{at}: its enclosure {url} is not among the published files", "C16")
    elif length != str(size):
        yield Fault(
            name, f"{at}: its enclosure's length is {length}; the file has {size} bytes", "C17"
        )
    if kind != ENCLOSED or not url.endswith(".mp3"):
        yield Fault(
            name, f"{at}: its enclosure is of type {kind!r}, which does not fit an .mp3", "C18"
        )


def _soundbite(name: str, bite: _Element, episode: Episode) -> Iterator[Fault]:
    """Source: the podcast namespace, tag "soundbite"."""
    try:
        start, length = (float(bite.get(key, "")) for key in ("startTime", "duration"))
    except ValueError:
        yield Fault(
            name, f"{episode.slug}: a soundbite without its start and duration in seconds", "D8"
        )
        return
    if start < 0 or length <= 0 or (start + length) * 1000 > episode.duration + 1:
        what = f"a soundbite from {start} s, {length} s long, is not inside the episode"
        yield Fault(name, f"{episode.slug}: {what}", "D8")
    elif not 15 <= length <= 120:
        what = f"{episode.slug}: a soundbite is {length} s long; 15 to 120 are wanted"
        yield Fault(name, what, "D8", "warning")


def _alternates(
    show: Show, store: Store, name: str, item: _Element, episode: Episode
) -> Iterator[Fault]:
    """Other files of the same sound, as long as they are ours."""
    named: set[str] = set()
    for enclosure in all_of(item, "podcast:alternateEnclosure"):
        for source in all_of(enclosure, "podcast:source"):
            file = _find_alternate(show, str(source.get("uri")), episode)
            if file:
                named.add(file)
                yield from _alternate(store, name, episode.slug, enclosure, file)
    if episode.opus and f"{episode.stem}.opus" not in named:
        yield Fault(name, f"{episode.slug}: its Opus file is not in it: podcast feed", "D1")


def _alternate(
    store: Store, name: str, at: str, enclosure: _Element, file: str
) -> Iterator[Fault]:
    size = store.size(file)
    length = enclosure.get("length")
    if size is None:
        yield Fault(name, f"{at}: {file} is not among the published files", "C16")
    elif length != str(size):
        yield Fault(name, f"{at}: the length of {file} is {length}; it has {size} bytes", "C17")

    kind = enclosure.get("type")
    if kind != media_type(file):
        yield Fault(name, f"{at}: {file} is of type {media_type(file)}, not {kind}", "C18")


def _find_alternate(show: Show, address: str, episode: Episode) -> str:
    """The published file of an alternate address; empty for an address elsewhere."""
    opus = f"{episode.stem}.opus"
    return opus if address == enclosure_address(show, opus) else file_of(show.url, address)


def _date(name: str, item: _Element, episode: Episode) -> Iterator[Fault]:
    said = text_of(item, "pubDate")
    try:
        moment = parsedate_to_datetime(said)
    except ValueError:
        yield Fault(
            name, f"{episode.slug}: pubDate {said!r} is not a date as RFC 2822 has it", "C7"
        )
        return
    if said[:4] != format_datetime(moment)[:4] or moment.tzinfo is None:
        yield Fault(
            name, f"{episode.slug}: pubDate {said!r} has the wrong weekday or no zone", "C7"
        )
    elif moment != episode.published.replace(microsecond=0):
        what = f"pubDate is {said!r}; the record says {episode.published.isoformat()}"
        yield Fault(name, f"{episode.slug}: {what}", "C7")


def _description(name: str, description: str, episode: Episode) -> Iterator[Fault]:
    at = episode.slug
    if not description:
        yield Fault(name, f"{at}: it has no description", "C10", "warning")
    tags = set(re.findall(r"</?([a-zA-Z][\w-]*)", description)) - SHOWN
    if tags:
        listed = ", ".join(sorted(tags))
        what = f"{at}: its description has tags that Apple does not show: {listed}"
        yield Fault(name, what, "C10")
    if difference := _find_chapter_difference(description, episode):
        yield Fault(name, f"{at}: the chapters in its description: {difference}", "L3")


def _find_chapter_difference(description: str, episode: Episode) -> str:
    """Say how the `(MM:SS) Title` lines, which Spotify reads, differ from the record's.

    Else empty.
    """
    raw_lines = _CHAPTER_LINE.findall(_to_plain_text(description))
    lines = [" ".join(line.split()) for line in raw_lines]
    expected = [" ".join(line.split()) for line in description_lines(episode)]
    if lines == expected:
        return ""

    # Apple takes 4000 bytes: long notes are cut there, and with them the last chapters.
    is_cut = len(description.encode()) > 3000 and raw_lines == expected[: len(raw_lines)]
    if is_cut:
        return ""

    for raw_line, wanted in zip(raw_lines, expected, strict=False):
        if raw_line != wanted:
            return f"{raw_line!r}, not {wanted!r}"
    return f"{len(raw_lines)} chapters; the record has {len(expected)}"


def _to_plain_text(description: str) -> str:
    with_line_ends = re.sub(r"<br ?/?>|</p>|</li>", "\n", description)
    return html.unescape(re.sub(r"<[^>]*>", "", with_line_ends))


def _linked(
    base: str, store: Store, name: str, item: _Element, episode: Episode
) -> Iterator[Fault]:
    """Chapters and transcripts that the item leads to."""
    at = episode.slug
    chapter_lists = all_of(item, "podcast:chapters")
    if not chapter_lists:
        yield Fault(name, f"{at}: it has no podcast:chapters", "D2", "warning")
    for link in chapter_lists:
        address, kind = link.get("url", ""), link.get("type")
        if kind != "application/json+chapters":
            yield Fault(name, f"{at}: podcast:chapters is of type {kind!r}", "D2")
        if size_at(base, store, address) is None:
            what = f"the chapters {link.get('url')} are not among the published files"
            yield Fault(name, f"{at}: {what}", "D2")

    transcripts = all_of(item, "podcast:transcript")
    # Apple takes WebVTT before SubRip, and shows the speakers of WebVTT alone.
    if "text/vtt" not in [link.get("type") for link in transcripts]:
        yield Fault(name, f"{at}: it has no transcript in WebVTT", "D3", "warning")
    for link in transcripts:
        address, kind = link.get("url", ""), link.get("type")
        if kind not in _TRANSCRIPTS:
            yield Fault(name, f"{at}: a transcript is of type {kind!r}", "D3")
        if size_at(base, store, address) is None:
            what = f"the transcript {link.get('url')} is not among the published files"
            yield Fault(name, f"{at}: {what}", "D3")


def _simple_chapters(name: str, item: _Element, episode: Episode) -> Iterator[Fault]:
    root = item.find(f"{{{PSC}}}chapters")
    if root is None:
        return
    found: list[chapters.ChapterRow] = []
    for element in root:
        start = _NPT.fullmatch(element.get("start", ""))
        if not start or not element.get("title"):
            yield Fault(name, f"{episode.slug}: a psc:chapter without a start or a title", "G4")
            return
        hours, minutes, seconds, parts = start.groups("0")
        whole = (int(hours) * 60 + int(minutes)) * 60 + int(seconds)
        found.append((whole * 1000 + int(parts.ljust(3, "0")), None, element.get("title", "")))
    yield from chapters.compare(
        name, f"{episode.slug}: psc", found, chapters.chapter_rows(episode.chapters)
    )


def enclosure_of(item: _Element) -> dict[str, str]:
    """Attributes of the item's first enclosure; none where it has none."""
    enclosure = item.find("enclosure")
    attributes: dict[str, str] = {}
    if enclosure is not None:
        for key, value in enclosure.attrib.items():
            attributes[str(key)] = str(value)
    return attributes


def _in_seconds(said: str) -> int:
    total = 0
    for part in said.split(":"):
        total = total * 60 + int(part)
    return total

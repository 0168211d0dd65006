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
SHOWN = frozenset(["p", "ol", "ul", "li", "a", "b", "i", "strong", "em", "br"])
"""HTML that Apple shows in a description."""
_TRANSCRIPTS = {
    "text/vtt",
    "application/x-subrip",
    "application/srt",
    "application/json",
    "text/html",
    "text/plain",
}
_DURATION = re.compile(r"\d+|(\d+:)?\d{1,2}:\d\d")
_NPT = re.compile(r"(?:(?:(\d+):)?(\d\d?):)?(\d\d?)(?:\.(\d{1,3}))?")


def check_item(
    show: Show, store: Store, name: str, item: _Element, episode: Episode
) -> Iterator[Fault]:
    """An item for itself, and against the record and the files."""
    at = episode.slug
    title = text_of(item, "title")
    if title != (one_line(episode.title) or str(episode.date)):
        yield Fault(
            name, f"{at}: its title is {title!r}, not {one_line(episode.title)!r}", "C2"
        )
    if show.title.casefold() in title.casefold() or re.match(
        r"(episode\s*|ep\.?\s*|#)\d+", title, re.IGNORECASE
    ):
        yield Fault(name, f"{at}: its title has a number or the show's name", "C15", "warning")
    if (guid := item.find("guid")) is not None and guid.get("isPermaLink") != "false":
        yield Fault(name, f"{at}: isPermaLink is not false, but its guid is no address", "C4")
    yield from _audio(show, store, name, item, episode)
    yield from _date(name, item, episode)
    said = text_of(item, "itunes:duration")
    if not _DURATION.fullmatch(said):
        yield Fault(name, f"{at}: itunes:duration {said!r} is not a length in seconds", "C9")
    elif abs(_in_seconds(said) * 1000 - episode.duration) > 1000:
        what = (
            f"{at}: itunes:duration is {said}; the record says {episode.duration / 1000:.1f} s"
        )
        yield Fault(name, what, "L5")
    yield from lengths(name, item, at)
    yield from _description(name, text_of(item, "description"), episode)
    link = text_of(item, "link")
    expected_link = page_address(show.edition.post_url, show.url, episode.slug, episode.date)
    if link != expected_link:
        yield Fault(name, f"{at}: its link is {link!r}, not {expected_link!r}", "C11")
    if text_of(item, "itunes:explicit") not in ("true", "false", ""):
        yield Fault(name, f"{at}: itunes:explicit is neither true nor false", "C12")
    for tag in ("itunes:episode", "itunes:season"):
        if (number := text_of(item, tag)) and not re.fullmatch("[1-9][0-9]*", number):
            yield Fault(name, f"{at}: {tag} {number!r} is not a whole number above 0", "C13")
    if text_of(item, "itunes:episodeType") not in ("", "full", "trailer", "bonus"):
        yield Fault(
            name, f"{at}: itunes:episodeType is {text_of(item, 'itunes:episodeType')!r}", "C14"
        )
    yield from check_item_declaration(name, item, episode)
    for what in check_podcast_tags(item):
        yield Fault(name, f"{at}: {what}", "D1")
    yield from words(name, item)
    for bite in all_of(item, "podcast:soundbite"):
        yield from _soundbite(name, bite, episode)
    yield from _alternates(show, store, name, item, episode)
    for image in all_of(item, "itunes:image"):
        if episode.art and file_of(show.url, str(image.get("href"))) != episode.art:
            yield Fault(name, f"{at}: its art is {image.get('href')}, not {episode.art}", "J1")
    if episode.art:
        yield from pages.check_cover(store, episode.art)
    yield from _linked(show.url, store, name, item, episode)
    yield from _simple_chapters(name, item, episode)


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
        what = f"{episode.slug}: a soundbite from {start} s, {length} s long, is not inside the episode"
        yield Fault(name, what, "D8")
    elif not 15 <= length <= 120:
        what = f"{episode.slug}: a soundbite is {length} s long; 15 to 120 are wanted"
        yield Fault(name, what, "D8", "warning")


def _alternates(
    show: Show, store: Store, name: str, item: _Element, episode: Episode
) -> Iterator[Fault]:
    """Other files of the same sound, as long as they are ours."""
    at = episode.slug
    named = set()
    for enclosure in all_of(item, "podcast:alternateEnclosure"):
        for source in all_of(enclosure, "podcast:source"):
            named.add(file := _find_alternate(show, str(source.get("uri")), episode))
            size = store.size(file) if file else None
            if file and size is None:
                yield Fault(name, f"{at}: {file} is not among the published files", "C16")
            elif file and enclosure.get("length") != str(size):
                what = f"{at}: the length of {file} is {enclosure.get('length')}; it has {size} bytes"
                yield Fault(name, what, "C17")
            if file and enclosure.get("type") != media_type(file):
                what = (
                    f"{at}: {file} is of type {media_type(file)}, not {enclosure.get('type')}"
                )
                yield Fault(name, what, "C18")
    if episode.opus and f"{episode.stem}.opus" not in named:
        yield Fault(name, f"{at}: its Opus file is not in it: podcast feed", "D1")


def _find_alternate(show: Show, address: str, episode: Episode) -> str:
    """The published file that an alternate address stands for; empty for an address elsewhere."""
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
        what = f"{episode.slug}: pubDate is {said!r}; the record says {episode.published.isoformat()}"
        yield Fault(name, what, "C7")


def _description(name: str, said: str, episode: Episode) -> Iterator[Fault]:
    at = episode.slug
    if not said:
        yield Fault(name, f"{at}: it has no description", "C10", "warning")
    tags = set(re.findall(r"</?([a-zA-Z][\w-]*)", said)) - SHOWN
    if tags:
        yield Fault(
            name,
            f"{at}: its description has tags that Apple does not show: {', '.join(sorted(tags))}",
            "C10",
        )
    plain = html.unescape(re.sub(r"<[^>]*>", "", re.sub(r"<br ?/?>|</p>|</li>", "\n", said)))
    found = re.findall(r"^\s*(\((?:\d+:)?\d\d:\d\d\) .*?)\s*$", plain, re.MULTILINE)
    wanted = [" ".join(line.split()) for line in description_lines(episode)]
    cut = len(said.encode()) > 3000 and found == wanted[: len(found)]
    if [" ".join(line.split()) for line in found] != wanted and not cut:
        one = next(
            (f"{a!r}, not {b!r}" for a, b in zip(found, wanted, strict=False) if a != b), ""
        )
        what = one or f"{len(found)} chapters; the record has {len(wanted)}"
        yield Fault(name, f"{at}: the chapters in its description: {what}", "L3")


def _linked(
    base: str, store: Store, name: str, item: _Element, episode: Episode
) -> Iterator[Fault]:
    """Chapters and transcripts that the item leads to."""
    at = episode.slug
    lists = all_of(item, "podcast:chapters")
    if not lists:
        yield Fault(name, f"{at}: it has no podcast:chapters", "D2", "warning")
    for link in lists:
        if link.get("type") != "application/json+chapters":
            yield Fault(name, f"{at}: podcast:chapters is of type {link.get('type')!r}", "D2")
        if size_at(base, store, link.get("url", "")) is None:
            yield Fault(
                name,
                f"{at}: the chapters {link.get('url')} are not among the published files",
                "D2",
            )
    transcripts = all_of(item, "podcast:transcript")
    if not any(link.get("type") == "text/vtt" for link in transcripts):
        yield Fault(name, f"{at}: it has no transcript in WebVTT", "D3", "warning")
    for link in transcripts:
        if link.get("type") not in _TRANSCRIPTS:
            yield Fault(name, f"{at}: a transcript is of type {link.get('type')!r}", "D3")
        if size_at(base, store, link.get("url", "")) is None:
            yield Fault(
                name,
                f"{at}: the transcript {link.get('url')} is not among the published files",
                "D3",
            )


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
    found = item.find("enclosure")
    return (
        {} if found is None else {str(key): str(value) for key, value in found.attrib.items()}
    )


def _in_seconds(said: str) -> int:
    total = 0
    for part in said.split(":"):
        total = total * 60 + int(part)
    return total

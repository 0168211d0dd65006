"""The feed as directories and apps read it, and against the records and the files that it names.

Sources: RSS 2.0, Apple's "A podcaster's guide to RSS", PSP-1, the podcast namespace's docs (1.0).
"""

from __future__ import annotations

import datetime as dt
import re
import uuid
from collections import Counter
from collections.abc import Iterator, Sequence
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from podcast.check import web_pages as pages
from podcast.check.disclosures import declares
from podcast.check.fault import Fault
from podcast.check.feed_items import check_item, enclosure_of
from podcast.check.podcast_tags import (
    NAMESPACES,
    all_of,
    check_podcast_tags,
    file_of,
    lengths,
    name_of,
    text_of,
    words,
)
from podcast.model import Episode, Show
from podcast.publish import Store
from podcast.util.addresses import public

if TYPE_CHECKING:
    from lxml.etree import _Element

FEED = "feed.xml"
GUIDS = uuid.UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6")
"""The podcast namespace's own, for podcast:guid."""
LARGEST = 5_000_000
"""Bytes that the W3C's validator takes."""


def check_feed(
    show: Show,
    store: Store,
    episodes: Sequence[Episode],
    *,
    whole: bool,
    now: dt.datetime | None,
) -> Iterator[Fault]:
    """The feed and its archives; without `whole`, only the items of the given episodes."""
    names = [
        FEED,
        *sorted((n for n in store.names() if re.fullmatch(r"feed-\d+\.xml", n)), key=_number)[
            ::-1
        ],
    ]
    items: list[tuple[str, _Element]] = []
    for name in names:
        channel, faults = _channel_of(store, name)
        yield from faults
        if channel is None:
            continue
        items += [(name, item) for item in channel.findall("item")]
        if whole:
            yield from _document(show.url, store.read(name) or b"", name, channel)
            yield from _channel(show.url, show.guid, store, name, channel)
            if show.feed.ai_content and not declares(channel):
                what = "the channel does not say that voices are synthetic (podcast:txt ai-content)"
                yield Fault(name, what, "B11")
    if whole:
        for name in names:
            yield from _items(name, [item for of, item in items if of == name], episodes, now)
        if archives := len(names) - 1:
            listed = sum(name == FEED for name, _ in items)
            what = f"it lists the newest {listed} of {len(episodes)} episodes; {archives} archives have the rest"
            yield Fault(FEED, what, severity="remark")
    # Of an item that an archive has too, the feed's own is looked at; both are held against the record.
    by_guid = {text_of(item, "guid"): (name, item) for name, item in reversed(items)}
    for episode in episodes:
        if episode.guid in by_guid:
            yield from check_item(show, store, *by_guid[episode.guid], episode)
        elif items or whole:
            yield Fault(FEED, f"{episode.slug} is not in it: podcast feed", "C3")


def _number(name: str) -> int:
    return int(re.sub(r"\D", "", name) or 0)


def _channel_of(store: Store, name: str) -> tuple[_Element | None, list[Fault]]:
    from lxml import etree

    content = store.read(name)
    if content is None:
        return None, [Fault(name, "the feed is missing: podcast feed", "A1")]
    try:
        root = etree.fromstring(
            content, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
        )
    except etree.XMLSyntaxError as error:
        return None, [Fault(name, f"not well-formed: {error}", "A1")]
    found = root.findall("channel")
    if root.tag != "rss" or root.get("version") != "2.0" or len(found) != 1:
        return None, [Fault(name, "not an rss element of version 2.0 with one channel", "A1")]
    return found[0], []


def _document(url: str, content: bytes, name: str, channel: _Element) -> Iterator[Fault]:
    if not re.match(rb"<\?xml [^>]*encoding=[\"']utf-8[\"']", content, re.IGNORECASE):
        yield Fault(name, "no XML declaration that says UTF-8", "A2")
    root = channel.getparent()
    assert root is not None
    for prefix, uri in NAMESPACES.items():
        if root.nsmap.get(prefix) != uri:
            yield Fault(
                name, f"the namespace {prefix} is {root.nsmap.get(prefix)!r}, not {uri!r}", "A3"
            )
    links = [link for link in all_of(channel, "atom:link") if link.get("rel") == "self"]
    address = public(url, name)
    if [(link.get("href"), link.get("type")) for link in links] != [
        (address, "application/rss+xml")
    ]:
        said = ", ".join(str(link.get("href")) for link in links) or "none"
        yield Fault(
            name, f"its link to itself (atom:link rel=self) is {said}, not {address}", "A4"
        )
    for element in channel.iter():
        yield from _addresses(name, element, secure=address.startswith("https:"))
        text = "" if len(element) else element.text or ""
        if isinstance(element.tag, str) and text != text.strip():
            yield Fault(name, f"white space around the value of {name_of(element)}", "B12")
    if len(content) > LARGEST:
        yield Fault(name, f"it has {len(content)} bytes; 5 MB is the most", "A9", "warning")


def _addresses(name: str, element: _Element, secure: bool) -> Iterator[Fault]:
    found = [
        element.get(key)
        for key in ("url", "href", "uri", "image")
        if element.get(key) is not None
    ]
    if element.tag in ("link", "url", "comments", "docs"):
        found.append(element.text or "")
    for address in map(str, found):
        parts = urlsplit(address)
        if not parts.scheme or not (parts.netloc or parts.scheme == "mailto"):
            yield Fault(
                name, f"{name_of(element)}: {address!r} is not an absolute address", "A7"
            )
        elif not re.fullmatch(r"[!-~]+", address):
            yield Fault(
                name, f"{name_of(element)}: {address!r} has spaces or is not ASCII", "A6"
            )
        elif (
            secure
            and parts.scheme == "http"
            and name_of(element) not in ("link", "docs", "url")
        ):
            yield Fault(name, f"{name_of(element)}: {address} is not https", "A5")


def _channel(
    url: str, guid: str, store: Store, name: str, channel: _Element
) -> Iterator[Fault]:
    for tag in ("title", "description", "link", "language", "itunes:explicit", "itunes:author"):
        if not text_of(channel, tag):
            yield Fault(name, f"the channel has no {tag}", "B1")
    categories = all_of(channel, "itunes:category")
    if not categories or not categories[0].get("text"):
        yield Fault(name, "the channel has no itunes:category", "B1")
    images = all_of(channel, "itunes:image")
    if not images:
        yield Fault(name, "the channel has no itunes:image", "B1")
    elif not (art := file_of(url, str(images[0].get("href")))):
        yield Fault(
            name, f"the cover {images[0].get('href')} is not among the published files", "B1"
        )
    elif name == FEED:
        yield from pages.check_cover(store, art)
    if text_of(channel, "itunes:explicit") not in ("true", "false", ""):
        yield Fault(
            name,
            f"itunes:explicit is {text_of(channel, 'itunes:explicit')!r}, not true or false",
            "B2",
        )
    if (
        not re.fullmatch(
            r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", language := text_of(channel, "language")
        )
        and language
    ):
        yield Fault(name, f"{language!r} is no language as ISO 639 has it", "B3")
    yield from lengths(name, channel, "the channel")
    guid = text_of(channel, "podcast:guid")
    try:
        if uuid.UUID(guid).version != 5:
            yield Fault(name, f"podcast:guid {guid} is not a UUIDv5", "B5")
    except ValueError:
        yield Fault(name, f"podcast:guid {guid!r} is not a UUID", "B5")
    else:
        if guid and guid != guid:
            yield Fault(name, f"podcast:guid is {guid}, not the show's {guid}", "B5")
        own = uuid.uuid5(GUIDS, public(url, FEED).partition("://")[2].rstrip("/"))
        if guid != str(own):
            what = f"podcast:guid {guid} is not made from the feed's address; right if the show has moved"
            yield Fault(name, what, "B6", "warning")
    if text_of(channel, "itunes:type") not in ("", "episodic", "serial"):
        yield Fault(name, f"itunes:type is {text_of(channel, 'itunes:type')!r}", "B9")
    if text_of(channel, "itunes:type") == "serial":
        for item in all_of(channel, "item"):
            if not text_of(item, "itunes:episode"):
                what = (
                    f"a serial show's episode {text_of(item, 'title')!r} has no itunes:episode"
                )
                yield Fault(name, what, "B9")
    for update in all_of(channel, "podcast:updateFrequency"):
        yield from _frequency(name, update.get("rrule", ""))
    for what in check_podcast_tags(channel):
        yield Fault(name, what, "D1")
    yield from words(name, channel)


def _frequency(name: str, rule: str) -> Iterator[Fault]:
    from dateutil.rrule import rrulestr  # type: ignore[import-untyped]

    try:
        if rule:
            rrulestr(rule)
    except ValueError as error:
        yield Fault(
            name, f"podcast:updateFrequency {rule!r} is no recurrence rule: {error}", "D7"
        )


def _items(
    name: str, items: Sequence[_Element], episodes: Sequence[Episode], now: dt.datetime | None
) -> Iterator[Fault]:
    """What holds between the items of one document; an archive may have some that the feed lists too."""
    known = {episode.guid for episode in episodes}
    for tag, found, rule in (
        ("guid", [text_of(item, "guid") for item in items], "C3"),
        ("enclosure address", [enclosure_of(item).get("url", "") for item in items], "C6"),
    ):
        for value, times in Counter(found).items():
            if value and times > 1:
                yield Fault(name, f"{times} items have the {tag} {value}", rule)
    moments = []
    for item in items:
        guid, title = text_of(item, "guid"), text_of(item, "title")
        if not guid:
            yield Fault(name, f"{title!r} has no guid", "C3")
        elif guid not in known:
            yield Fault(name, f"{title!r} has no record: podcast feed", "C3")
        try:
            moment = parsedate_to_datetime(text_of(item, "pubDate"))
        except ValueError:
            continue
        moments.append(moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC))
        if now and moments[-1] > now:
            yield Fault(name, f"{title!r} is from the future: {text_of(item, 'pubDate')}", "C8")
    if moments != sorted(moments, reverse=True):
        yield Fault(name, "its items are not in order, the newest first", "C19")

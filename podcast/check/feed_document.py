"""Check the feed as directories and apps read it, and against its records and files.

Sources: RSS 2.0, Apple's "A podcaster's guide to RSS", PSP-1, the podcast namespace's docs
(1.0).
"""

from __future__ import annotations

import datetime as dt
import re
import uuid
from collections import Counter
from collections.abc import Iterator, Sequence, Set
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
# The podcast namespace's own, for podcast:guid.
GUIDS = uuid.UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6")
# Bytes that the W3C's validator takes.
LARGEST = 5_000_000


def check_feed(
    show: Show,
    store: Store,
    episodes: Sequence[Episode],
    *,
    whole: bool,
    now: dt.datetime | None,
) -> Iterator[Fault]:
    """The feed and its archives; without `whole`, only the items of the given episodes."""
    names = _list_feeds(store)
    items: list[tuple[str, _Element]] = []
    for name in names:
        channel, faults = _channel_of(store, name)
        yield from faults
        if channel is None:
            continue

        items += [(name, item) for item in channel.findall("item")]
        if whole:
            yield from _check_document(show, store, name, channel)
    if whole:
        yield from _check_lists(names, items, episodes, now)
    yield from _check_own_items(show, store, items, episodes, whole=whole)


def _list_feeds(store: Store) -> list[str]:
    """The feed, then its archives from the newest to the oldest, which has number 1."""
    archives = [name for name in store.names() if re.fullmatch(r"feed-\d+\.xml", name)]
    return [FEED, *sorted(archives, key=_number, reverse=True)]


def _check_document(show: Show, store: Store, name: str, channel: _Element) -> Iterator[Fault]:
    yield from _document(show.url, store.read(name) or b"", name, channel)
    yield from _channel(show.url, show.guid, store, name, channel)
    if show.feed.ai_content and not declares(channel):
        what = "the channel does not say that voices are synthetic (podcast:txt ai-content)"
        yield Fault(name, what, "B11")


def _check_lists(
    names: Sequence[str],
    items: Sequence[tuple[str, _Element]],
    episodes: Sequence[Episode],
    now: dt.datetime | None,
) -> Iterator[Fault]:
    """The items of each document beside one another."""
    for name in names:
        own_items = [item for document, item in items if document == name]
        yield from _items(name, own_items, episodes, now)

    if archives := len(names) - 1:
        listed = sum(document == FEED for document, _ in items)
        counts = f"it lists the newest {listed} of {len(episodes)} episodes"
        yield Fault(FEED, f"{counts}; {archives} archives have the rest", severity="remark")


def _check_own_items(
    show: Show,
    store: Store,
    items: Sequence[tuple[str, _Element]],
    episodes: Sequence[Episode],
    *,
    whole: bool,
) -> Iterator[Fault]:
    """The item of each episode."""
    # Of an item that an archive has too, the feed's own is looked at; both are held
    # against the record.
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
    address = public(url, name)
    yield from _namespaces(name, channel)
    yield from _self_link(name, channel, address)
    for element in channel.iter():
        yield from _addresses(name, element, secure=address.startswith("https:"))
        # An element with others in it has white space for the eye alone.
        text = "" if len(element) else element.text or ""
        if isinstance(element.tag, str) and text != text.strip():
            yield Fault(name, f"white space around the value of {name_of(element)}", "B12")
    if len(content) > LARGEST:
        yield Fault(name, f"it has {len(content)} bytes; 5 MB is the most", "A9", "warning")


def _namespaces(name: str, channel: _Element) -> Iterator[Fault]:
    """The prefixes on the root.

    With a wrong address, apps are blind to all tags of that namespace.
    """
    root = channel.getparent()
    assert root is not None
    for prefix, uri in NAMESPACES.items():
        declared = root.nsmap.get(prefix)
        if declared != uri:
            yield Fault(name, f"the namespace {prefix} is {declared!r}, not {uri!r}", "A3")


def _self_link(name: str, channel: _Element, address: str) -> Iterator[Fault]:
    """PSP-1 wants one atom:link to the canonical address: directories follow it."""
    links = [link for link in all_of(channel, "atom:link") if link.get("rel") == "self"]
    described = [(link.get("href"), link.get("type")) for link in links]
    if described != [(address, "application/rss+xml")]:
        given = ", ".join(str(href) for href, _ in described) or "none"
        what = f"its link to itself (atom:link rel=self) is {given}, not {address}"
        yield Fault(name, what, "A4")


def _addresses(name: str, element: _Element, secure: bool) -> Iterator[Fault]:
    """Addresses in an element: absolute, in ASCII, and https where the feed is."""
    addresses: list[str] = []
    for key in ("url", "href", "uri", "image"):
        if element.get(key) is not None:
            addresses.append(str(element.get(key)))
    if element.tag in ("link", "url", "comments", "docs"):
        addresses.append(element.text or "")
    for address in addresses:
        if fault := _find_address_fault(name_of(element), address, secure):
            what, rule = fault
            yield Fault(name, f"{name_of(element)}: {what}", rule)


def _find_address_fault(tag: str, address: str, secure: bool) -> tuple[str, str] | None:
    """What is wrong with an address, and the rule; None when nothing is."""
    parts = urlsplit(address)
    if not parts.scheme or not (parts.netloc or parts.scheme == "mailto"):
        return f"{address!r} is not an absolute address", "A7"
    if not re.fullmatch(r"[!-~]+", address):
        return f"{address!r} has spaces or is not ASCII", "A6"

    # People follow these by a click; browsers refuse mixed content only where a page loads it.
    is_followed = tag in ("link", "docs", "url")
    if secure and parts.scheme == "http" and not is_followed:
        return f"{address} is not https", "A5"
    return None


def _channel(
    url: str, guid: str, store: Store, name: str, channel: _Element
) -> Iterator[Fault]:
    for tag in ("title", "description", "link", "language", "itunes:explicit", "itunes:author"):
        if not text_of(channel, tag):
            yield Fault(name, f"the channel has no {tag}", "B1")
    categories = all_of(channel, "itunes:category")
    if not categories or not categories[0].get("text"):
        yield Fault(name, "the channel has no itunes:category", "B1")
    yield from _channel_art(url, store, name, channel)
    yield from _channel_words(name, channel)
    yield from lengths(name, channel, "the channel")
    yield from _show_guid(url, guid, name, text_of(channel, "podcast:guid"))
    yield from _show_type(name, channel)
    for update in all_of(channel, "podcast:updateFrequency"):
        yield from _frequency(name, update.get("rrule", ""))
    for what in check_podcast_tags(channel):
        yield Fault(name, what, "D1")
    yield from words(name, channel)


def _channel_art(url: str, store: Store, name: str, channel: _Element) -> Iterator[Fault]:
    images = all_of(channel, "itunes:image")
    if not images:
        yield Fault(name, "the channel has no itunes:image", "B1")
        return

    address = images[0].get("href")
    art = file_of(url, str(address))
    if not art:
        yield Fault(name, f"the cover {address} is not among the published files", "B1")
    elif name == FEED:  # Archives name the same cover, which one look is enough for.
        yield from pages.check_cover(store, art)


def _channel_words(name: str, channel: _Element) -> Iterator[Fault]:
    """Values that are words of a list.

    Apple refuses `yes`, `no` and `clean`, which it took before 2019.
    """
    explicit = text_of(channel, "itunes:explicit")
    if explicit not in ("true", "false", ""):
        yield Fault(name, f"itunes:explicit is {explicit!r}, not true or false", "B2")

    language = text_of(channel, "language")
    if language and not re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", language):
        yield Fault(name, f"{language!r} is no language as ISO 639 has it", "B3")


def _show_guid(url: str, own_guid: str, name: str, guid: str) -> Iterator[Fault]:
    """The show's identity in the podcast namespace, tag "guid".

    A UUIDv5, set once and kept for ever.
    """
    try:
        version = uuid.UUID(guid).version
    except ValueError:
        yield Fault(name, f"podcast:guid {guid!r} is not a UUID", "B5")
        return

    if version != 5:
        yield Fault(name, f"podcast:guid {guid} is not a UUIDv5", "B5")
    if own_guid and guid != own_guid:
        yield Fault(name, f"podcast:guid is {guid}, not the show's {own_guid}", "B5")

    # The namespace makes it from the address without scheme and trailing slash; a show
    # that moves keeps it.
    from_address = uuid.uuid5(GUIDS, public(url, FEED).partition("://")[2].rstrip("/"))
    if guid != str(from_address):
        origin = f"podcast:guid {guid} is not made from the feed's address"
        yield Fault(name, f"{origin}; right if the show has moved", "B6", "warning")


def _show_type(name: str, channel: _Element) -> Iterator[Fault]:
    kind = text_of(channel, "itunes:type")
    if kind not in ("", "episodic", "serial"):
        yield Fault(name, f"itunes:type is {kind!r}", "B9")
    if kind != "serial":
        return

    # Apple sorts a serial show by the numbers of its episodes.
    for item in all_of(channel, "item"):
        if not text_of(item, "itunes:episode"):
            title = text_of(item, "title")
            yield Fault(name, f"a serial show's episode {title!r} has no itunes:episode", "B9")


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
    """What holds between the items of one document.

    An archive may have some that the feed lists too.
    """
    yield from _repeated(name, "guid", [text_of(item, "guid") for item in items], "C3")
    # Apple drops all but one of the items with the same enclosure.
    addresses = [enclosure_of(item).get("url", "") for item in items]
    yield from _repeated(name, "enclosure address", addresses, "C6")

    record_guids = {episode.guid for episode in episodes}
    moments: list[dt.datetime] = []
    for item in items:
        yield from _check_guid(name, item, record_guids)

        moment = _read_moment(text_of(item, "pubDate"))
        if moment is None:
            continue  # Its own check says so.
        moments.append(moment)
        if now and moment > now:  # AntennaPod takes the date away.
            title, date = text_of(item, "title"), text_of(item, "pubDate")
            yield Fault(name, f"{title!r} is from the future: {date}", "C8")

    if moments != sorted(moments, reverse=True):
        yield Fault(name, "its items are not in order, the newest first", "C19")


def _check_guid(name: str, item: _Element, record_guids: Set[str]) -> Iterator[Fault]:
    guid, title = text_of(item, "guid"), text_of(item, "title")
    if not guid:
        yield Fault(name, f"{title!r} has no guid", "C3")
    elif guid not in record_guids:
        yield Fault(name, f"{title!r} has no record: podcast feed", "C3")


def _repeated(name: str, tag: str, values: Sequence[str], rule: str) -> Iterator[Fault]:
    for value, times in Counter(values).items():
        if value and times > 1:
            yield Fault(name, f"{times} items have the {tag} {value}", rule)


def _read_moment(date: str) -> dt.datetime | None:
    """The moment of an RFC 2822 date, in UTC where it has no zone; None for what is none."""
    try:
        moment = parsedate_to_datetime(date)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)

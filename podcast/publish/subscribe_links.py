"""Where listeners follow a show: its pages in directories, and apps that open its feed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from podcast.model import SUBSCRIBE_SERVICES
from podcast.util.addresses import ascii_address


@dataclass(frozen=True, slots=True)
class SubscribeLink:
    """One place to follow a show."""

    name: str
    address: str
    opens_app: bool = False
    """True where the address leads nowhere on a machine without that app."""


# Pages that follow from a show's number in Apple's directory.
_BY_APPLE_ID = {
    "overcast": "https://overcast.fm/itunes{}",
    "pocketcasts": "https://pca.st/itunes/{}",
}

# What opens an app with a feed, where the show has no page there.
_SCHEMES = {"apple": "podcast://{}", "pocketcasts": "pktc://subscribe/{}"}


def list_subscribe_links(url: str, pages: Mapping[str, str]) -> tuple[SubscribeLink, ...]:
    """Every place but the feed itself: the show's own pages first, then apps."""
    return tuple(_list_links(url, pages))


def _list_links(url: str, pages: Mapping[str, str]) -> Iterator[SubscribeLink]:
    known = dict(pages)
    if number := re.search(r"/id(\d+)", known.get("apple", "")):
        for service, pattern in _BY_APPLE_ID.items():
            known.setdefault(service, pattern.format(number[1]))
    for service, name in SUBSCRIBE_SERVICES.items():
        if service in known:
            yield SubscribeLink(name, known[service])

    host = urlsplit(ascii_address(url))
    feed = host.netloc + quote(host.path) + "feed.xml"
    for service, pattern in _SCHEMES.items():
        if service not in known:
            yield SubscribeLink(
                SUBSCRIBE_SERVICES[service], pattern.format(feed), opens_app=True
            )
    yield SubscribeLink("AntennaPod", f"antennapod-subscribe://{feed}", opens_app=True)

"""The feed's namespaces: how elements are found, and where each podcast.

Tag may stand, and with what.

Source: the docs of the podcast namespace (https://podcastindex.org/namespace/1.0), one page a
tag.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

from podcast.check.fault import Fault
from podcast.config import CREATIVE_COMMONS
from podcast.errors import PublishError
from podcast.publish import Store
from podcast.util.addresses import public
from podcast.util.files import published_name

if TYPE_CHECKING:
    from lxml.etree import _Element

NAMESPACE = "https://podcastindex.org/namespace/1.0"
NAMESPACES = {
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "podcast": NAMESPACE,
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
}
PSC = "http://podlove.org/simple-chapters"
# Characters of a tag's text, where its page sets a limit.
LONGEST = 128


@dataclass(frozen=True, slots=True)
class _Tag:
    parents: str
    required: str = ""
    once: bool = False
    text: str = ""
    """Words that its text must be one of; `*` any text, at most LONGEST; empty: not looked
    at."""


_MEDIA = "podcast music video film audiobook newsletter blog publisher course mixed"
_TAGS = {
    "alternateEnclosure": _Tag("item liveItem", "type"),
    "block": _Tag("channel", text="yes no"),
    "chapters": _Tag("item", "url type", once=True),
    "chat": _Tag("channel item liveItem", "server protocol"),
    "contentLink": _Tag("liveItem", "href"),
    "episode": _Tag("item liveItem", once=True),
    "funding": _Tag("channel item", "url", text="*"),
    "guid": _Tag("channel", once=True),
    "image": _Tag("channel item liveItem", "href"),
    "images": _Tag("channel item liveItem", "srcset", once=True),
    "integrity": _Tag("alternateEnclosure", "type value", once=True),
    "license": _Tag("channel item", once=True, text="*"),
    "liveItem": _Tag("channel", "status start"),
    "location": _Tag("channel item liveItem", text="*"),
    "locked": _Tag("channel", once=True, text="yes no"),
    "medium": _Tag(
        "channel", once=True, text=_MEDIA + " " + " ".join(f"{m}L" for m in _MEDIA.split())
    ),
    "person": _Tag("channel item liveItem", text="*"),
    "podping": _Tag("channel", once=True),
    "podroll": _Tag("channel", once=True),
    "publisher": _Tag("channel", once=True),
    "remoteItem": _Tag("channel podroll publisher valueTimeSplit", "feedGuid"),
    "season": _Tag("item liveItem", once=True),
    "socialInteract": _Tag("channel item liveItem", "protocol"),
    "soundbite": _Tag("item", "startTime duration", text="*"),
    "source": _Tag("alternateEnclosure", "uri"),
    "trailer": _Tag("channel", "url pubdate", text="*"),
    "transcript": _Tag("item liveItem", "url type"),
    "txt": _Tag("channel item liveItem"),
    "updateFrequency": _Tag("channel", once=True, text="*"),
    "value": _Tag("channel item liveItem", "type method"),
    "valueRecipient": _Tag("value valueTimeSplit", "type address split"),
    "valueTimeSplit": _Tag("value", "startTime duration"),
}
# Tags that must hold at least one of another.
_CHILDREN = {
    "alternateEnclosure": "source",
    "podroll": "remoteItem",
    "publisher": "remoteItem",
    "value": "valueRecipient",
}


@cache
def _roles() -> dict[str, list[str]]:
    return tomllib.loads(Path(__file__).with_name("roles.toml").read_text(encoding="utf-8"))


def words(name: str, parent: _Element) -> Iterator[Fault]:
    """What apps have no word for.

    Roles that the Podcast Taxonomy lacks, licences without their address.
    """
    for person in all_of(parent, "podcast:person"):
        role, group = person.get("role", "host").lower(), person.get("group", "cast").lower()
        if role not in _roles().get(group, ()):
            what = f"the Podcast Taxonomy has no {role!r} in {group!r}"
            yield Fault(name, f"podcast:person {person.text!r}: {what}", "D4", "warning")
    for licence in all_of(parent, "podcast:license"):
        if not licence.get("url") and not CREATIVE_COMMONS.fullmatch(
            (licence.text or "").lower()
        ):
            yield Fault(name, f"podcast:license {licence.text!r} has no url", "D5", "warning")


def check_podcast_tags(parent: _Element) -> Iterator[str]:
    """Find faults in the podcast: tags of a channel or an item, its items left aside."""
    from lxml.etree import QName

    inside = QName(parent).localname
    counted: Counter[str] = Counter()
    for element in parent:
        # Comments have no name.
        if not isinstance(element.tag, str) or QName(element).namespace != NAMESPACE:
            continue
        name = QName(element).localname
        tag = _TAGS.get(name)
        if tag is None:
            yield f"podcast:{name} is not a tag of the podcast namespace"
            continue

        counted[name] += 1
        if inside not in tag.parents.split():
            yield f"podcast:{name} may not stand in {inside}"
        if tag.once and counted[name] == 2:
            yield f"podcast:{name} stands more than once in {inside}"
        yield from _check_content(name, tag, element)
        yield from check_podcast_tags(element)


def _check_content(name: str, tag: _Tag, element: _Element) -> Iterator[str]:
    """A tag's attributes, its text, and the tag that it has to hold."""
    for attribute in tag.required.split():
        if not element.get(attribute):
            yield f"podcast:{name} has no {attribute}"

    text = element.text or ""
    if tag.text == "*":
        if len(text) > LONGEST:
            yield f"podcast:{name} has {len(text)} characters; {LONGEST} is the most"
    elif tag.text and text not in tag.text.split():
        yield f"podcast:{name} is {text!r}"

    child = _CHILDREN.get(name)
    if child and element.find(f"{{{NAMESPACE}}}{child}") is None:
        yield f"podcast:{name} holds no podcast:{child}"


def lengths(name: str, parent: _Element, at: str) -> Iterator[Fault]:
    """Name elements whose texts are longer than directories take."""
    for element in parent:
        text = element.text or ""
        if name_of(element) in ("description", "itunes:summary"):
            if len(text.encode()) > 4000:
                yield Fault(
                    name,
                    f"{at}: its description has {len(text.encode())} bytes; 4000 is the most",
                    "B4",
                )
        elif (
            len(text) > 255
            and not len(element)
            and name_of(element) not in ("content:encoded", "link")
        ):
            yield Fault(
                name,
                f"{at}: {name_of(element)} has {len(text)} characters; 255 is the most",
                "B4",
            )


def file_of(url: str, address: str) -> str:
    """The published file's name that an address stands for; empty for an address elsewhere."""
    base = public(url, "")
    if not address.startswith(base):
        return ""
    try:
        return str(published_name(unquote(address.removeprefix(base))))
    except PublishError:
        return ""


def size_at(url: str, store: Store, address: str) -> int | None:
    """Bytes of the published file at an address; None when there is none."""
    name = file_of(url, address)
    return store.size(name) if name else None


def all_of(parent: _Element, tag: str) -> list[_Element]:
    """All children of the name, with its prefix."""
    return parent.findall(tag, NAMESPACES)


def text_of(parent: _Element, tag: str) -> str:
    """The text of the first child of the name; empty where there is none."""
    return parent.findtext(tag, "", NAMESPACES) or ""


def name_of(element: _Element) -> str:
    """An element's name with the prefix that people know."""
    from lxml.etree import QName

    name = QName(element)
    prefix = next(
        (p for p, uri in (NAMESPACES | {"psc": PSC}).items() if uri == name.namespace), ""
    )
    return f"{prefix}:{name.localname}" if prefix else name.localname

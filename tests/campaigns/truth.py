"""What must hold of a show at every moment, whoever killed whatever."""

from __future__ import annotations

import hashlib
import io
import json
import re
import shutil
import subprocess
import tempfile
from collections.abc import Container, Iterator, Mapping
from pathlib import Path

import feedparser  # type: ignore[import-untyped]
from lxml import etree, html
from mutagen.mp3 import MP3

from tests.campaigns.shows import URL

_VARIES = re.compile(
    rb'''("processing":[ ]|"seal":[ ]|^processing:[ ]|^Created[ ]at:[ ]).*$ | "replaced":[ ]"[^"]*"''',
    re.MULTILINE | re.VERBOSE,
)
"""Each run has its own time and takes its own, and says so in record and post; its seal is over both."""
_NEIGHBOURS = re.compile(
    rb'<nav class="around".*?</nav>\n?|<!-- presscast [^\n]*-->\n', re.DOTALL
)
"""A page gets its links to the episodes beside it when they come, and its checksum with them."""
_FEEDS = "feeds/"
Files = Mapping[str, bytes]


def same(one: bytes | None, other: bytes | None) -> bool:
    """Whether two files are the same but for how long they took."""
    if one is None or other is None:
        return one is other
    return one == other or _what_stays(one) == _what_stays(other)


def _what_stays(content: bytes) -> bytes:
    return _VARIES.sub(b"", _NEIGHBOURS.sub(b"", content))


def differences(one: Files, other: Files) -> list[str]:
    """The names of files that are not the same in both."""
    return sorted(name for name in {*one, *other} if not same(one.get(name), other.get(name)))


def faults(now: Files, old: Files, new: Files, between: Container[str] = ()) -> Iterator[str]:
    """What is wrong with a show's files between two of its states; `between`: files with more than two."""
    for name, content in now.items():
        hidden = Path(name).name.startswith(".")
        if (
            not hidden
            and name not in between
            and not any(same(content, then.get(name)) for then in (old, new))
        ):
            yield f"{name}: neither the old one nor the new one"
    yield from (f"{name}: it is gone" for name in old if name in new and name not in now)
    feed = {
        name[len(_FEEDS) :]: content for name, content in now.items() if name.startswith(_FEEDS)
    }
    yield from feed_faults(feed)
    before, after = (_items(then.get("feeds/feed.xml", b"<rss/>")) for then in (old, new))
    for guid, item in _items(feed.get("feed.xml", b"<rss/>")).items():
        if item not in (before.get(guid), after.get(guid)):
            yield f"feed.xml: the item {guid} is neither the old one nor the new one"
        then = old if item == before.get(guid) else new
        if before.get(guid) == after.get(guid):
            continue
        for name in _named(item):
            if not same(now.get(f"feeds/{name}"), then.get(f"feeds/{name}")):
                yield f"{name}: not of the version that the feed speaks of"


def feed_faults(published: Files, url: str = URL) -> Iterator[str]:
    """What a listener would trip over: `published` is the folder of the feed, by name, `url` its address."""
    if "feed.xml" not in published:
        yield "feed.xml: there is none"
        return
    parsed = feedparser.parse(published["feed.xml"])
    if parsed.bozo:
        yield f"feed.xml: {parsed.bozo_exception}"
    guids = [entry.id for entry in parsed.entries]
    if len(guids) != len(set(guids)):
        yield "feed.xml: an episode is there twice"
    records = [json.loads(content) for name, content in published.items() if _is_record(name)]
    sums = {record["sha256"] for record in records}
    for entry in parsed.entries:
        (enclosure,) = entry.enclosures
        name = enclosure.href.removeprefix(url)
        content = published.get(name)
        if content is None:
            yield f"{name}: the feed names it, and it is not there"
            continue
        if len(content) != int(enclosure.length):
            yield f"{name}: {len(content)} bytes, and the feed says {enclosure.length}"
        seconds = _opened(content)
        if seconds is None:
            yield f"{name}: no player opens it"
        elif (
            round(seconds) != int(entry.itunes_duration)
            and abs(seconds - int(entry.itunes_duration)) > 0.6
        ):
            yield f"{name}: {seconds} s, and the feed says {entry.itunes_duration}"
        own = next((record for record in records if record["guid"] == entry.id), None)
        if own is None:
            yield f"{name}: its episode has no record"
        elif own["bytes"] == len(content) and hashlib.sha256(content).hexdigest() not in sums:
            yield f"{name}: not the bytes whose checksum its record has"
    for guid, item in _items(published["feed.xml"]).items():
        yield from (
            f"{name}: the item {guid} names it, and it is not there"
            for name in _named(item, url) - {*published}
        )
    for name, content in published.items():
        if name.endswith(".html"):
            page = html.document_fromstring(content)
            for address in page.xpath("//audio/@src | //track/@src"):
                if address.removeprefix(url) not in published:
                    yield f"{name}: it plays {address}, which is not there"


def leftovers(now: Files) -> list[str]:
    """Temporary files that nobody will remove."""
    return [name for name in now if name.endswith(".part")]


def takes(show: Path) -> dict[str, tuple[int, int]]:
    """The takes that are kept whole, each with inode and time of change: spoken again, both change."""
    kept = {}
    for sidecar in (show / ".podcast" / "takes").glob("*/*.json"):
        sound = sidecar.with_suffix(".wav")
        try:
            note = json.loads(sidecar.read_bytes())
            if hashlib.sha256(sound.read_bytes()).hexdigest() == note["sha256"]:
                kept[sound.name] = (sound.stat().st_ino, sound.stat().st_mtime_ns)
        except (OSError, ValueError, KeyError):
            continue
    return kept


def _is_record(name: str) -> bool:
    return (
        re.fullmatch(r"\d{4}-\d\d-\d\d-[^/]*(?<!\.chapters)(?<!\.transcript)\.json", name)
        is not None
    )


def _items(feed: bytes) -> dict[str, bytes]:
    return {
        item.findtext("guid") or "": etree.tostring(item)
        for item in etree.fromstring(feed).iter("item")
    }


def _named(item: bytes, url: str = URL) -> set[str]:
    """The published files that an item names, but for its page, which goes with the show."""
    found = re.findall(re.escape(url.encode()) + rb'([^"#<]+)', item)
    return {name.decode() for name in found if not re.search(rb"(?<!transcript)\.html$", name)}


def _opened(content: bytes) -> float | None:
    return _seconds(hashlib.sha256(content).hexdigest(), content)


_KNOWN: dict[str, float | None] = {}


def _seconds(digest: str, content: bytes) -> float | None:
    if digest not in _KNOWN:
        _KNOWN[digest] = _probed(content)
    return _KNOWN[digest]


def _probed(content: bytes) -> float | None:
    """The length that two other readers agree on; None when either refuses."""
    try:
        length = MP3(io.BytesIO(content)).info.length
    except Exception:
        return None
    if not shutil.which("ffprobe"):
        return float(length)
    words = ["ffprobe", "-v", "error", "-show_entries", "format=duration", "-of", "csv=p=0"]
    with tempfile.NamedTemporaryFile(suffix=".mp3") as file:
        file.write(content)
        file.flush()
        asked = subprocess.run([*words, file.name], capture_output=True, check=False)
    told = asked.stdout.decode().strip()
    if asked.returncode or asked.stderr or not re.fullmatch(r"[\d.]+", told):
        return None
    return float(length) if abs(float(told) - length) < 0.2 else None

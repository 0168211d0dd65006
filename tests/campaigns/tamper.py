"""Tamperings with what is published, one at a time: `podcast check` has to name each."""

from __future__ import annotations

import copy
import dataclasses
import hashlib
import json
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from lxml import etree, html

from podcast.check import Fault, check_store
from podcast.config import load_show
from podcast.model import Show
from podcast.publish import Store
from podcast.registry import open_store
from tests.campaigns.crash import Tally
from tests.campaigns.shows import a_show, make

SETTINGS = """\
numbering = "all"
opus = true
episode_art = true
funding = "https://hours.example/give"
license = "cc-by-4.0"
location = "Lisbon"
geo = "geo:38.7,-9.1"
verify = "proof"
hub = "https://127.0.0.1:9/"
enclosure_prefix = "https://op3.dev/e/"
keep = "9 episodes"
"""
DETAILS = """\
episode_type: bonus
season: 3
episode: 12
explicit: true
"""
"""Front matter of each post of the show that is tampered with."""
PICTURE = "![What it looks like](https://hours.example/pictures/thing.jpg)"
APART = """\
private = true
audio_url = "https://audio.example/"
audio_store = "file://{audio}"
"""
"""Settings of the private show whose audio is apart."""
TOKEN = "4f1c9a7be2d05386"


@dataclasses.dataclass(frozen=True)
class Tampering:
    """A change of one published file."""

    name: str
    file: str
    change: Callable[[bytes], bytes | None]
    """New content; None removes the file."""


def tamperings(feeds: Path) -> Iterator[Tampering]:
    """Every kind of change of every kind of file."""
    names = sorted(path.name for path in feeds.iterdir() if not path.name.startswith("."))
    slug = min(
        name.removesuffix(".json") for name in names if re.fullmatch(r"[\w-]+\.json", name)
    )
    own = [name for name in names if name.startswith(slug)]
    shared = [name for name in names if re.match(r"feed|index|cover", name)]
    for name in (*own, *shared):
        yield Tampering(f"{name}: removed", name, lambda _content: None)
        yield Tampering(f"{name}: emptied", name, lambda _content: b"")
        yield Tampering(f"{name}: cut", name, lambda content: content[: len(content) * 3 // 4])
        yield Tampering(f"{name}: a byte flipped", name, _flip)
        yield Tampering(f"{name}: bytes added", name, lambda content: content + b"<!-- x -->")
    for added in (
        f"{slug}.extra.html",
        "feed-9.xml",
        "evil.html",
        "evil.js",
        f"{slug}.deadbeef.mp3",
    ):
        yield Tampering(f"{added}: added", added, lambda _content: b"<script>alert(1)</script>")
    yield from _of_feed((feeds / "feed.xml").read_bytes())
    for page in (f"{slug}.html", "index.html"):
        yield from _of_page(page, (feeds / page).read_bytes())
    yield from _of_record(f"{slug}.json", (feeds / f"{slug}.json").read_bytes())
    yield from _of_lines(own)
    yield from _of_tag(f"{slug}.mp3")


def _flip(content: bytes) -> bytes:
    # In a record's middle may be a hash of its post, which nobody can prove: its words come later.
    at = len(content) * 2 // 3
    return content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :]


def _of_feed(content: bytes) -> Iterator[Tampering]:
    """Each element of another name or place, and each of its attributes: otherwise, removed, doubled."""
    seen: set[str] = set()
    tree = etree.fromstring(content)
    for number, element in enumerate(tree.iter()):
        if not isinstance(element.tag, str) or element.tag in ("rss", "channel"):
            continue
        parent = element.getparent()
        assert parent is not None
        path = f"{etree.QName(parent).localname}/{etree.QName(element)}"
        if path in seen:
            continue
        seen.add(path)
        label = re.sub(r"\{[^}]*\}", "", path)
        if element.text and element.text.strip():
            yield _in_feed(f"{label}: other text", number, _retext)
        for key in element.attrib:
            yield _in_feed(f"{label}@{key}: other value", number, _revalue(str(key)))
            yield _in_feed(f"{label}@{key}: removed", number, _unvalue(str(key)))
        yield _in_feed(f"{label}: removed", number, lambda e: e.getparent().remove(e))
        yield _in_feed(f"{label}: twice", number, lambda e: e.addnext(copy.copy(e)))
    for tag, text in (
        ("{https://podcastindex.org/namespace/1.0}block", "yes"),
        (
            "{http://www.itunes.com/dtds/podcast-1.0.dtd}new-feed-url",
            "https://evil.example/feed.xml",
        ),
        ("{http://www.itunes.com/dtds/podcast-1.0.dtd}block", "Yes"),
        ("{http://www.itunes.com/dtds/podcast-1.0.dtd}complete", "Yes"),
        ("{https://podcastindex.org/namespace/1.0}locked", "no"),
        ("ttl", "525600"),
        ("item", ""),
    ):
        yield _in_feed(f"channel: {etree.QName(tag).localname} added", 1, _adding(tag, text))


def _in_feed(name: str, number: int, act: Callable[[Any], object]) -> Tampering:
    def change(content: bytes) -> bytes:
        tree = etree.fromstring(content)
        act(list(tree.iter())[number])
        whole: bytes = etree.tostring(tree, xml_declaration=True, encoding="UTF-8")
        return whole

    return Tampering(f"feed.xml: {name}", "feed.xml", change)


def _retext(element: Any) -> None:
    element.text = f"{element.text}x"


def _revalue(key: str) -> Callable[[Any], None]:
    return lambda element: element.set(key, f"{element.get(key)}0")


def _unvalue(key: str) -> Callable[[Any], None]:
    def act(element: Any) -> None:
        del element.attrib[key]

    return act


def _adding(tag: str, text: str) -> Callable[[Any], None]:
    def act(channel: Any) -> None:
        etree.SubElement(channel, tag).text = text

    return act


def _of_page(name: str, content: bytes) -> Iterator[Tampering]:
    """An attribute of each kind of element, its text, and what an attacker would add."""
    seen: set[tuple[str, str]] = set()
    for number, element in enumerate(html.document_fromstring(content).iter()):
        if not isinstance(element.tag, str):
            continue
        for key in element.attrib:
            if (element.tag, str(key)) in seen or element.tag in ("html", "body"):
                continue
            seen.add((element.tag, str(key)))
            label = f"{element.tag}@{key}"
            yield _in_page(name, label, number, _revalue(str(key)))
    for old, new in (
        (b"</head>", b"<script src='https://evil.example/x.js'></script></head>"),
        (b"</body>", b"<img src='https://evil.example/track.gif'></body>"),
        (b"<body>", b"<body onload='alert(1)'>"),
        (b"<title>", b"<title>Buy "),
        (b"default-src 'none'", b"default-src *"),
        (b"feed.xml", b"https://evil.example/feed.xml"),
    ):
        label = f"{old.decode()} becomes {new.decode()[:30]}"
        yield Tampering(f"{name}: {label}", name, _replacing(old, new))


def _in_page(name: str, label: str, number: int, act: Callable[[Any], None]) -> Tampering:
    def change(content: bytes) -> bytes:
        tree = html.document_fromstring(content)
        act(list(tree.iter())[number])
        return html.tostring(tree)

    return Tampering(f"{name}: {label}", name, change)


def _replacing(old: bytes, new: bytes) -> Callable[[bytes], bytes]:
    return lambda content: content.replace(old, new, 1)


def _of_record(name: str, content: bytes) -> Iterator[Tampering]:
    """Each key otherwise, removed; and a key that no record has."""
    for key, value in json.loads(content).items():
        yield Tampering(f"{name}: {key}: removed", name, _in_record(key, None))
        yield Tampering(f"{name}: {key}: other value", name, _in_record(key, _other(value)))
    yield Tampering(f"{name}: a key more", name, _in_record("evil", 1))


def _in_record(key: str, value: object) -> Callable[[bytes], bytes]:
    def change(content: bytes) -> bytes:
        record = json.loads(content)
        if value is None:
            del record[key]
        else:
            record[key] = value
        return json.dumps(record).encode()

    return change


def _other(value: object) -> object:
    if isinstance(value, str):
        return f"{value}x"
    if isinstance(value, list):
        return value[:-1] or [{}]
    if isinstance(value, dict):
        return {key: _other(inside) for key, inside in value.items()}
    return value + 1 if isinstance(value, int | float) else 1


def _of_lines(names: list[str]) -> Iterator[Tampering]:
    """A word said otherwise, a time moved, in each text."""
    for name in names:
        if re.search(r"\.(vtt|srt|transcript\.json|transcript\.html|chapters\.json)$", name):
            yield Tampering(
                f"{name}: another word", name, _replacing(b"microphones", b"telephones")
            )
            yield Tampering(f"{name}: another title", name, _replacing(b"The ", b"the "))
            yield Tampering(
                f"{name}: another time",
                name,
                lambda c: re.sub(rb"00[:.,]|\d\.\d", b"7.7", c, count=1),
            )


def _of_tag(name: str) -> Iterator[Tampering]:
    """Frames otherwise, and added, the record made to agree with the file."""
    for old, new in (
        (b"TIT2", b"TIT3"),
        (b"TALB", b"TOAL"),
        (b"APIC", b"PRIV"),
        (b"CTOC", b"XTOC"),
    ):
        yield Tampering(f"{name}: {old.decode()} is {new.decode()}", name, _replacing(old, new))


def campaign(folder: Path, every: int = 1) -> Tally:
    """Try each `every`th tampering with a show of two episodes; a loss is one that nobody names."""
    tally = Tally("tampering")
    feeds = a_show(folder, posts=2, published=0, settings=SETTINGS) / "feeds"
    for number, path in enumerate(sorted((folder / "posts").glob("*.md"))):
        text = path.read_text("utf-8").replace("date:", f"{DETAILS}date:", 1)
        told = text.replace("episode: 12", f"episode: {12 + number}")
        path.write_text(told.replace("\n\nA ", f"\n\n{PICTURE}\n\nA ", 1), "utf-8")
    said = make(folder, "--all")
    assert said.code == 0, said.output
    _try_all(tally, folder, feeds, list(tamperings(feeds))[::every])
    return tally


def apart(folder: Path) -> Tally:
    """Try what is special of a private show whose audio has a place of its own."""
    tally = Tally("tampering, private and apart")
    audio = folder.absolute().parent / f"{folder.name}-audio"
    a_show(folder, posts=1, published=0, settings=APART.format(audio=audio))
    toml = folder / "podcast.toml"
    toml.write_text(toml.read_text("utf-8").replace("/feeds/", f"/feeds/{TOKEN}/"), "utf-8")
    said = make(folder, "--all")
    assert said.code == 0, said.output

    feeds = folder / "feeds" / TOKEN
    (mp3,) = audio.glob("*.mp3")
    _try_all(tally, folder, feeds, list(_of_private(feeds)))
    _try_all(tally, folder, audio, list(_of_audio(mp3.name)))
    return tally


def _of_private(feeds: Path) -> Iterator[Tampering]:
    """What would lead others to the show, or its listeners elsewhere."""
    yield Tampering("sitemap.xml: added", "sitemap.xml", lambda _content: b"<urlset/>")
    for path in sorted(feeds.glob("*.html")):
        if path.name.endswith(".transcript.html"):
            continue
        for old, new in (
            (b"noindex", b"index"),
            (b"https://audio.example", b"https://evil.example"),
            (b"</body>", b'<a href="feed.xml">RSS</a></body>'),
        ):
            label = f"{path.name}: {old.decode()} becomes {new.decode()}"
            yield Tampering(label, path.name, _replacing(old, new))
    for old, new in (
        (b"https://audio.example/", b"https://evil.example/"),
        (b"<itunes:block>Yes</itunes:block>", b""),
        (b"<podcast:block>yes</podcast:block>", b""),
    ):
        label = f"feed.xml: {old.decode()} becomes {new.decode()}"
        yield Tampering(label, "feed.xml", _replacing(old, new))


def _of_audio(name: str) -> Iterator[Tampering]:
    """Changes of the file in its own place."""
    yield Tampering(f"{name}: removed where it is", name, lambda _content: None)
    yield Tampering(f"{name}: a byte flipped where it is", name, _flip)
    yield Tampering(f"{name}: cut where it is", name, lambda content: content[:-400])


def _try_all(tally: Tally, folder: Path, place: Path, wanted: Sequence[Tampering]) -> None:
    """Try tamperings with the files of a place, one at a time."""
    show = load_show(folder)
    store = open_store(show)
    quiet = check_store(show, store, None)
    known = {(fault.file, fault.what) for fault in quiet}
    tally.losses += [f"untouched: {fault}" for fault in quiet if fault.severity == "error"]
    for tampering in wanted:
        path = place / tampering.file
        before = path.read_bytes() if path.exists() else None
        after = tampering.change(before or b"")
        if after is not None and before is not None and _sum(after) == _sum(before):
            continue
        if after is None:
            path.unlink()
        else:
            path.write_bytes(after)
        faults = [
            fault for fault in _found(show, store) if (fault.file, fault.what) not in known
        ]
        is_error = any(fault.severity == "error" for fault in faults)
        named = any(fault.file == tampering.file for fault in faults)
        tally.attempts += 1
        if not (is_error or (named and before is None)):
            tally.losses.append(f"{tampering.name}: {faults}")
        if before is None:
            path.unlink()
        else:
            path.write_bytes(before)


def _found(show: Show, store: Store) -> list[Fault]:
    """What `check` finds; nothing, where it falls over what it reads."""
    try:
        return check_store(show, store, None)
    except Exception as error:
        return [Fault("check", f"{type(error).__name__}: {error}", severity="crash")]


def _sum(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()

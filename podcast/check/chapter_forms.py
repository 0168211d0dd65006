"""Chapters in their three forms, and the tag that holds one of them: all must say what the record says.

Sources: ID3v2.3.0 (id3.org), ID3v2 Chapter Frame Addendum 1.0, Podcasting 2.0 JSON chapters 1.2.
"""

from __future__ import annotations

import io
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import Any

from podcast.check.disclosures import check_tag_declaration
from podcast.check.fault import Fault
from podcast.check.mp3_file import tag_size
from podcast.model import Chapter, Episode
from podcast.publish import Store
from podcast.util.xml_text import one_line

REPEATED = frozenset({"CHAP", "TXXX"})
FRAMES = REPEATED | set(
    "TIT2 TALB TPE1 TCON TYER TDAT TLAN TLEN COMM WOAF APIC CTOC TRCK TPOS".split()
)
"""Frames of the tag that presscast writes, and those of them that there may be more than one of."""

ChapterRow = tuple[int, int | None, str]
"""Start and end in milliseconds (None where the form has no ends), and title."""


def chapter_rows(chapters: Sequence[Chapter]) -> list[ChapterRow]:
    """The record's chapters as the other forms are compared with."""
    return [(chapter.start, chapter.end, one_line(chapter.title)) for chapter in chapters]


def compare(
    file: str, form: str, found: Sequence[ChapterRow], wanted: Sequence[ChapterRow]
) -> Iterator[Fault]:
    """At most one fault: the first difference from the record's chapters (rules L2 and L3)."""
    if len(found) != len(wanted):
        yield Fault(file, f"{form}: {len(found)} chapters; the record has {len(wanted)}", "L2")
        return
    for number, (one, other) in enumerate(zip(found, wanted, strict=True), 1):
        for what, mine, theirs in zip(("starts at", "ends at", "is"), one, other, strict=True):
            if mine is None or (
                mine == theirs if isinstance(mine, str) else abs(mine - int(theirs or 0)) <= 1
            ):
                continue
            said = f"{mine!r}" if isinstance(mine, str) else f"{mine} ms"
            told = f"{theirs!r}" if isinstance(theirs, str) else f"{theirs} ms"
            yield Fault(
                file, f"{form}: chapter {number} {what} {said}; the record says {told}", "L2"
            )
            return


def check_json(store: Store, episode: Episode) -> Iterator[Fault]:
    """The chapters' JSON, for itself and against the record."""
    name = f"{episode.stem}.chapters.json"
    content = store.read(name)
    if content is None:
        yield Fault(name, "the file is missing", "D2")
        return
    try:
        document = json.loads(content)
        if not isinstance(document["version"], str):
            yield Fault(name, "its version is not text", "G1")
        found: list[ChapterRow] = [
            (
                _ms(row["startTime"]),
                _ms(row["endTime"]) if "endTime" in row else None,
                row["title"],
            )
            for row in document["chapters"]
        ]
        rows: list[dict[str, Any]] = document["chapters"]
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        yield Fault(name, f"not JSON chapters: {type(error).__name__} {error}", "G1")
        return
    yield from _in_order(name, "JSON", found, episode)
    yield from compare(name, "JSON", found, chapter_rows(episode.chapters))
    yield from _as_apps_like_it(name, found)
    for row in rows:
        for key in ("url", "img"):
            if not str(row.get(key, "https://")).startswith("https://"):
                yield Fault(name, f"the {key} of {row['title']!r} is not https", "G3")


def _as_apps_like_it(name: str, found: Sequence[ChapterRow]) -> Iterator[Fault]:
    if found and len(found) < 3:
        yield Fault(name, f"{len(found)} chapters; Spotify and Apple want 3", "F18", "warning")
    for number, (start, _, title) in enumerate(found, 1):
        if len(title) > 40:
            what = f"the title of chapter {number} has {len(title)} characters; apps show 40"
            yield Fault(name, what, "F18", "warning")
        if start % 1000:
            what = f"chapter {number} starts at {start} ms; apps jump to whole seconds"
            yield Fault(name, what, "G6", "warning")


def check_tag(mp3: bytes, title: str, author: str, episode: Episode) -> Iterator[Fault]:
    """The ID3v2.3 tag: what players show, and its chapters, for themselves and against the record."""
    from mutagen import MutagenError
    from mutagen.id3 import ID3

    name, size = episode.audio, tag_size(mp3)
    if not size:
        yield Fault(name, "it has no ID3v2 tag", "F1")
        return
    if mp3[3] != 3:
        yield Fault(
            name, f"its tag is ID3v2.{mp3[3]}; Apple reads chapters of ID3v2.3 alone", "F1"
        )
        return
    if mp3[5]:
        yield Fault(
            name, "its tag is unsynchronised or extended, which AntennaPod cannot read", "F2"
        )
    if size > 1_000_000:
        yield Fault(name, f"its tag has {size} bytes; 1 MB is the most", "F6")
    try:
        tag: Any = ID3(  # type: ignore[no-untyped-call]
            fileobj=io.BytesIO(mp3[:size]), translate=False, load_v1=False
        )
    except MutagenError as error:
        yield Fault(name, f"its tag cannot be read: {error}", "F1")
        return
    for key, what, wanted in (
        ("TIT2", "title", one_line(episode.title)),
        ("TALB", "show", one_line(title)),
        ("TPE1", "author", one_line(author)),
    ):
        said = str(tag[key]) if key in tag else ""
        if said != wanted:
            # A show may have another title or owner now; nobody needs to hear its old episodes anew for that.
            severity = "error" if key == "TIT2" or not said else "warning"
            yield Fault(
                name, f"the {what} in its tag is {said!r}, not {wanted!r}", "L1", severity
            )
    for key, number in (("TRCK", episode.details.number), ("TPOS", episode.details.season)):
        said, wanted = str(tag.get(key, "")), str(number or "")
        if said != wanted:
            yield Fault(name, f"{key} in its tag is {said!r}, not {wanted!r}", "L1")
    if not any(picture.type == 3 for picture in tag.getall("APIC")):
        yield Fault(name, "its tag has no front cover", "F5")
    yield from check_tag_declaration(name, tag, episode)
    raw = list(frames(mp3[:size]))
    for frame, count in Counter(frame for frame, _ in raw).items():
        if frame not in FRAMES:
            yield Fault(
                name, f"its tag has a frame {frame}, which presscast does not write", "L1"
            )
        elif count > 1 and frame not in REPEATED:
            yield Fault(name, f"its tag has {count} frames {frame}; one is wanted", "L1")
    yield from _tag_chapters(name, tag, raw, episode)


def frames(tag: bytes) -> Iterator[tuple[str, bytes]]:
    """The frames of an ID3v2.3 tag in the order of the file: id and content."""
    position = 10
    while position + 10 <= len(tag) and tag[position] != 0:
        size = int.from_bytes(tag[position + 4 : position + 8], "big")
        yield (
            tag[position : position + 4].decode("latin-1"),
            tag[position + 10 : position + 10 + size],
        )
        position += 10 + size


def _tag_chapters(
    name: str, tag: Any, raw: Sequence[tuple[str, bytes]], episode: Episode
) -> Iterator[Fault]:
    ids: list[str] = []
    found: list[ChapterRow] = []
    for content in (content for key, content in raw if key == "CHAP"):
        element, _, rest = content.partition(b"\0")
        ids.append(element.decode("latin-1"))
        start, end, *offsets = (int.from_bytes(rest[i : i + 4], "big") for i in range(0, 16, 4))
        if offsets != [0xFFFFFFFF] * 2:
            yield Fault(
                name,
                f"chapter {ids[-1]!r} has byte offsets; players then ignore its times",
                "F14",
            )
        inside = tag.get(f"CHAP:{ids[-1]}")
        title = str(inside.sub_frames["TIT2"]) if inside and "TIT2" in inside.sub_frames else ""
        if not title:
            yield Fault(name, f"chapter {ids[-1]!r} has no title", "F15")
        for link in inside.sub_frames.getall("WXXX") if inside else ():
            if set(link.url) & set("+%"):
                what = f"chapter {ids[-1]!r} links to {link.url}, which AntennaPod decodes into another address"
                yield Fault(name, what, "F19", "warning")
        found.append((start, end, title))
    if len(set(ids)) != len(ids) or any(len(element) >= 100 for element in ids):
        yield Fault(name, "the ids of its chapters are not unique and below 100 bytes", "F8")
    if found != sorted(found, key=lambda chapter: chapter[0]):
        order = ", ".join(str(start) for start, _, _ in found)
        yield Fault(
            name,
            f"its chapters do not lie in the order of time: they start at {order} ms",
            "F10",
        )
    starts = dict(zip(ids, (start for start, _, _ in found), strict=True))
    found.sort(key=lambda chapter: chapter[0])
    yield from _in_order(name, "ID3", found, episode)
    yield from compare(name, "ID3", found, chapter_rows(episode.chapters))
    yield from _contents(name, tag.getall("CTOC"), sorted(starts, key=starts.__getitem__))


def _contents(name: str, tables: Sequence[Any], in_time: list[str]) -> Iterator[Fault]:
    if len(tables) != 1:
        yield Fault(name, f"its tag has {len(tables)} tables of contents; apps want one", "F16")
        return
    (table,) = tables
    if int(table.flags) != 3:
        yield Fault(name, "its table of contents is not marked as top-level and ordered", "F16")
    if list(table.child_element_ids) != in_time:
        yield Fault(
            name, "its table of contents does not list all chapters in the order of time", "F17"
        )


def _in_order(
    file: str, form: str, found: Sequence[ChapterRow], episode: Episode
) -> Iterator[Fault]:
    """First at 0, ascending without gap or overlap, each longer than nothing, inside the sound."""
    rules = {"ID3": ("F12", "F9", "F13"), "JSON": ("G2", "G2", "G2")}[form]
    if found and found[0][0] != 0:
        yield Fault(
            file, f"{form}: the first chapter starts at {found[0][0]} ms, not at 0", rules[0]
        )
    for number, ((start, end, _), after) in enumerate(zip_longest(found, found[1:]), 1):
        if (end is not None and end <= start) or (after and after[0] <= start):
            yield Fault(
                file, f"{form}: chapter {number} does not end after it starts", rules[1]
            )
        elif after and end is not None and end != after[0]:
            yield Fault(
                file, f"{form}: chapter {number} does not end where the next one starts", "F11"
            )
    if found and max(found[-1][0], found[-1][1] or 0) > episode.duration:
        yield Fault(file, f"{form}: the last chapter ends after the episode", rules[2])


def _ms(seconds: float) -> int:
    return round(seconds * 1000)

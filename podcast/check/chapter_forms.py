"""Chapters in their three forms, and the tag that holds one of them.

All must say what the record says.

Sources: ID3v2.3.0 (id3.org), ID3v2 Chapter Frame Addendum 1.0, Podcasting 2.0 JSON chapters
1.2.
"""

from __future__ import annotations

import hashlib
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
# Frames of the tag that presscast writes, and those of them that there may be more than one
# of.
FRAMES = REPEATED | set(
    "TIT2 TALB TPE1 TCON TYER TDAT TLAN TLEN COMM WOAF APIC CTOC TRCK TPOS".split()
)

# The rules for the first chapter, the order, and the last one, by form.
_ORDER_RULES = {"ID3": ("F12", "F9", "F13"), "JSON": ("G2", "G2", "G2")}

# Start and end in milliseconds (None where the form has no ends), and title.
ChapterRow = tuple[int, int | None, str]


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

    for number, (row, expected) in enumerate(zip(found, wanted, strict=True), 1):
        if difference := _find_row_difference(row, expected):
            yield Fault(file, f"{form}: chapter {number} {difference}", "L2")
            return


def _find_row_difference(row: ChapterRow, expected: ChapterRow) -> str:
    """Say what is otherwise in a chapter than in the record; empty where nothing is."""
    start, end, title = row
    expected_start, expected_end, expected_title = expected
    # Forms that count in seconds with three decimals may be off by one in the last.
    if abs(start - expected_start) > 1:
        return f"starts at {start} ms; the record says {expected_start} ms"
    if end is not None and abs(end - (expected_end or 0)) > 1:
        return f"ends at {end} ms; the record says {expected_end} ms"
    if title != expected_title:
        return f"is {title!r}; the record says {expected_title!r}"
    return ""


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
        found = list(map(_read_json_chapter, document["chapters"]))
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


def _read_json_chapter(row: dict[str, Any]) -> ChapterRow:
    end = _ms(row["endTime"]) if "endTime" in row else None
    return _ms(row["startTime"]), end, row["title"]


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
    """The ID3v2.3 tag.

    What players show, and its chapters, for themselves and against the record.
    """
    from mutagen import MutagenError
    from mutagen.id3 import ID3

    name, size = episode.audio, tag_size(mp3)
    if not size:
        yield Fault(name, "it has no ID3v2 tag", "F1")
        return
    # In ID3v2.4 frames of 128 bytes and more have synchsafe sizes, over which Apple's
    # reader falls.
    if mp3[3] != 3:
        what = f"its tag is ID3v2.{mp3[3]}; Apple reads chapters of ID3v2.3 alone"
        yield Fault(name, what, "F1")
        return
    # The flags of ID3v2.3 section 3.1.
    if mp3[5]:
        what = "its tag is unsynchronised or extended, which AntennaPod cannot read"
        yield Fault(name, what, "F2")
    if size > 1_000_000:
        yield Fault(name, f"its tag has {size} bytes; 1 MB is the most", "F6")
    try:
        tag: Any = ID3(  # type: ignore[no-untyped-call]
            fileobj=io.BytesIO(mp3[:size]), translate=False, load_v1=False
        )
    except MutagenError as error:
        yield Fault(name, f"its tag cannot be read: {error}", "F1")
        return

    yield from _tag_texts(name, tag, title, author, episode)
    yield from _tag_numbers(name, tag, episode)
    if all(picture.type != 3 for picture in tag.getall("APIC")):
        yield Fault(name, "its tag has no front cover", "F5")
    yield from check_tag_declaration(name, tag, episode)
    raw = list(frames(mp3[:size]))
    yield from _tag_frames(name, raw)
    yield from _tag_chapters(name, tag, raw, episode)


def _tag_texts(
    name: str, tag: Any, title: str, author: str, episode: Episode
) -> Iterator[Fault]:
    for key, what, value in (
        ("TIT2", "title", episode.title),
        ("TALB", "show", title),
        ("TPE1", "author", author),
    ):
        wanted = one_line(value)
        text = str(tag.get(key, ""))
        if text != wanted:
            # A show may have another title or owner now; nobody needs to hear its
            # old episodes anew for that.
            severity = "error" if key == "TIT2" or not text else "warning"
            difference = f"the {what} in its tag is {text!r}, not {wanted!r}"
            yield Fault(name, difference, "L1", severity)


def _tag_numbers(name: str, tag: Any, episode: Episode) -> Iterator[Fault]:
    for key, number in (("TRCK", episode.details.number), ("TPOS", episode.details.season)):
        text, wanted = str(tag.get(key, "")), str(number or "")
        if text != wanted:
            yield Fault(name, f"{key} in its tag is {text!r}, not {wanted!r}", "L1")


def _tag_frames(name: str, raw: Sequence[tuple[str, bytes]]) -> Iterator[Fault]:
    """Frames that we do not write, and such as ID3v2.3 allows once."""
    counts = Counter(frame for frame, _ in raw)
    for frame, count in counts.items():
        if frame not in FRAMES:
            what = f"its tag has a frame {frame}, which presscast does not write"
            yield Fault(name, what, "L1")
        elif count > 1 and frame not in REPEATED:
            yield Fault(name, f"its tag has {count} frames {frame}; one is wanted", "L1")


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
    """CHAP and CTOC frames as players find them (ID3v2 Chapter Frame Addendum, 3.1 and 3.2)."""
    ids: list[str] = []
    rows: list[ChapterRow] = []
    for key, content in raw:
        if key != "CHAP":
            continue
        element, _, rest = content.partition(b"\0")
        ids.append(element.decode("latin-1"))
        start, end, *offsets = (int.from_bytes(rest[i : i + 4], "big") for i in range(0, 16, 4))
        # All bits set: the times count, not the bytes.
        if offsets != [0xFFFFFFFF] * 2:
            what = f"chapter {ids[-1]!r} has byte offsets; players then ignore its times"
            yield Fault(name, what, "F14")
        inside = tag.get(f"CHAP:{ids[-1]}")
        yield from _chapter_frames(name, ids[-1], inside)
        rows.append((start, end, _title_inside(inside)))
    yield from _chapter_ids(name, ids)

    in_time = sorted(rows, key=lambda chapter: chapter[0])
    # Players such as ffprobe and eyeD3 list chapters in the order of the file.
    if rows != in_time:
        order = ", ".join(str(start) for start, _, _ in rows)
        what = f"its chapters do not lie in the order of time: they start at {order} ms"
        yield Fault(name, what, "F10")
    yield from _in_order(name, "ID3", in_time, episode)
    yield from compare(name, "ID3", in_time, chapter_rows(episode.chapters))
    yield from _pictures_inside(name, tag, ids, episode.chapters)

    starts = dict(zip(ids, (start for start, _, _ in rows), strict=True))
    yield from _contents(name, tag.getall("CTOC"), sorted(starts, key=starts.__getitem__))


def _pictures_inside(
    name: str, tag: Any, ids: Sequence[str], chapters: Sequence[Chapter]
) -> Iterator[Fault]:
    """Compare the picture within each CHAP frame with the record."""
    for element, chapter in zip(ids, chapters, strict=False):
        inside = tag.get(f"CHAP:{element}")
        pictures: list[Any] = []
        if inside:
            pictures = inside.sub_frames.getall("APIC")
        digests = [hashlib.sha256(each.data).hexdigest()[:16] for each in pictures]
        if digests != [chapter.picture] * bool(chapter.picture):
            yield Fault(name, f"chapter {element!r} has another picture than its record says")


def _title_inside(chapter: Any) -> str:
    """The title within a CHAP frame; empty where it has none."""
    if not chapter or "TIT2" not in chapter.sub_frames:
        return ""
    return str(chapter.sub_frames["TIT2"])


def _chapter_frames(name: str, element: str, chapter: Any) -> Iterator[Fault]:
    """The frames within a chapter: music-metadata drops one without a title."""
    if not _title_inside(chapter):
        yield Fault(name, f"chapter {element!r} has no title", "F15")
    if not chapter:
        return
    for link in chapter.sub_frames.getall("WXXX"):
        if set(link.url) & set("+%"):
            address = f"{link.url}, which AntennaPod decodes into another address"
            yield Fault(name, f"chapter {element!r} links to {address}", "F19", "warning")


def _chapter_ids(name: str, ids: Sequence[str]) -> Iterator[Fault]:
    is_unique = len(set(ids)) == len(ids)
    longest = max(map(len, ids), default=0)
    if not is_unique or longest >= 100:
        what = "the ids of its chapters are not unique and below 100 bytes"
        yield Fault(name, what, "F8")


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
    """The first at 0, ascending without gap or overlap, none empty, inside the sound."""
    if not found:
        return
    rule_first, rule_order, rule_last = _ORDER_RULES[form]
    first_start = found[0][0]
    if first_start != 0:
        what = f"{form}: the first chapter starts at {first_start} ms, not at 0"
        yield Fault(file, what, rule_first)

    for number, (row, next_row) in enumerate(zip_longest(found, found[1:]), 1):
        start, end, _ = row
        next_start = next_row[0] if next_row else None
        if _is_empty(start, end, next_start):  # Media3 drops such a chapter.
            what = f"{form}: chapter {number} does not end after it starts"
            yield Fault(file, what, rule_order)
        elif None not in (end, next_start) and end != next_start:
            what = f"{form}: chapter {number} does not end where the next one starts"
            yield Fault(file, what, "F11")

    last_start, last_end, _ = found[-1]
    if max(last_start, last_end or 0) > episode.duration:
        yield Fault(file, f"{form}: the last chapter ends after the episode", rule_last)


def _is_empty(start: int, end: int | None, next_start: int | None) -> bool:
    """Tell whether a chapter has no time.

    It ends, or the next one starts, before it can be heard.
    """
    if end is not None and end <= start:
        return True
    return next_start is not None and next_start <= start


def _ms(seconds: float) -> int:
    return round(seconds * 1000)

"""`podcast check`: silent about a good show, and naming what was broken in a bad one."""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import io
import json
import re
import shutil
import struct
import uuid
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import builders
import published
import pytest
from PIL import Image

from podcast.check import Fault, check_store
from podcast.check.chapter_forms import frames
from podcast.check.mp3_file import check_mp3 as audio
from podcast.check.mp3_file import header, measure, tag_size, walk
from podcast.model import Disclosure, Episode, PostHashes, Show
from podcast.publish import rebuild_feed
from podcast.publish.episode_record import dump, load
from podcast.publish.stores.folder import FolderStore

SLUG = "2024-06-03-harbours-that-listen"
MP3, JSON, VTT, SRT = f"{SLUG}.mp3", f"{SLUG}.chapters.json", f"{SLUG}.vtt", f"{SLUG}.srt"
ANEW = "Write it anew: podcast feed"
NOW = dt.datetime(2024, 6, 4, tzinfo=dt.UTC)


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("good")
    published.a_published_show(folder)
    return folder


class Copy:
    """A copy of the good show, to break."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.show: Show = builders.a_show(folder)
        self.store = FolderStore(folder / "feeds")

    def edit(self, name: str, change: Callable[[bytes], bytes]) -> None:
        path = self.folder / "feeds" / name
        before = path.read_bytes()
        path.write_bytes(change(before))
        assert path.read_bytes() != before

    def swap(self, name: str, old: str, new: str, count: int = 1) -> None:
        self.edit(name, lambda content: content.replace(old.encode(), new.encode(), count))

    def record(self) -> Episode:
        return load(self.store.read(f"{SLUG}.json") or b"", f"{SLUG}.json")

    def rerecord(self, **changes: object) -> None:
        """Change the record, and rebuild all that follows from it."""
        self.store.write(f"{SLUG}.json", dump(dataclasses.replace(self.record(), **changes)))  # type: ignore[arg-type]
        rebuild_feed(self.show, self.store)

    def remake(self, change: Callable[[bytes], bytes]) -> None:
        """Change the MP3, and make its record, its feed and its post agree with the change."""
        self.edit(MP3, change)
        mp3 = self.store.read(MP3) or b""
        self.rerecord(bytes=len(mp3), sha256=hashlib.sha256(mp3).hexdigest())
        post = self.folder / "posts" / f"{SLUG}.md"
        post.write_text(
            re.sub(r"bytes: \d+", f"bytes: {len(mp3)}", post.read_text(encoding="utf-8"))
        )

    def faults(self, date: dt.date | None = None) -> list[Fault]:
        return [
            f for f in check_store(self.show, self.store, date, NOW) if f.severity == "error"
        ]

    def found(self) -> set[tuple[str, str]]:
        """File and rule of every fault, but for those that only say that a file is not what it should be."""
        return {
            (fault.file, fault.rule) for fault in self.faults() if not fault.what.endswith(ANEW)
        }

    def warnings(self) -> set[tuple[str, str]]:
        return {
            (f.file, f.rule)
            for f in check_store(self.show, self.store, None, NOW)
            if f.severity == "warning"
        }


@pytest.fixture
def copy(original: Path, tmp_path: Path) -> Copy:
    for part in ("feeds", "assets", "posts"):
        shutil.copytree(original / part, tmp_path / part)
    return Copy(tmp_path)


def test_a_good_show_has_no_fault(copy: Copy) -> None:
    """What the stages make passes, of one date and of all; twice the same answer."""
    assert copy.faults() == []
    assert copy.faults(dt.date(2024, 6, 3)) == []
    assert check_store(copy.show, copy.store, None, NOW) == check_store(
        copy.show, copy.store, None, NOW
    )


def test_placeholders_are_reminded_of(copy: Copy) -> None:
    """Addresses of example.org and localhost are warnings, once a key; real ones are not."""
    placeholders = [
        f.what for f in check_store(copy.show, copy.store, None) if f.file == "podcast.toml"
    ]
    assert [what.split()[0] for what in placeholders] == ["url", "link", "email"]
    copy.show = dataclasses.replace(
        copy.show,
        url="http://localhost:8000/",
        link="https://quay.press/",
        email="desk@quay.press",
    )
    assert [
        f.what.split()[0]
        for f in check_store(copy.show, copy.store, None)
        if f.file == "podcast.toml"
    ] == ["url"]


def test_a_show_may_have_another_title(copy: Copy) -> None:
    """Episodes made under the show's old title and owner are right; that their tags say so is a warning."""
    copy.show = dataclasses.replace(copy.show, title="The Late Quay", author="Late Quay Press")
    rebuild_feed(copy.show, copy.store)
    assert copy.faults() == []
    tags = [
        fault for fault in check_store(copy.show, copy.store, None, NOW) if fault.rule == "L1"
    ]
    assert {fault.severity for fault in tags} == {"warning"}
    assert len(tags) >= 2


def test_a_date_without_an_episode_is_said(copy: Copy) -> None:
    """Checking a date that was never made is one fault, with the remedy."""
    (fault,) = copy.faults(dt.date(2023, 1, 1))
    assert "podcast make --date 2023-01-01" in fault.what


# --- files ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (MP3, {(MP3, "C16"), ("feed.xml", "C16")}),
        (JSON, {(JSON, "D2"), ("feed.xml", "D2")}),
        (VTT, {(VTT, "D3"), ("feed.xml", "D3")}),
        (SRT, {(SRT, "D3"), ("feed.xml", "D3")}),
        (f"{SLUG}.transcript.json", {(f"{SLUG}.transcript.json", "D3"), ("feed.xml", "D3")}),
        (f"{SLUG}.transcript.html", {(f"{SLUG}.transcript.html", "D3"), ("feed.xml", "D3")}),
        (f"{SLUG}.html", {(f"{SLUG}.html", "K1")}),
        (f"{SLUG}.json", {("feed.xml", "C3")}),
        ("index.html", {("index.html", "")}),
        ("feed.xml", {("feed.xml", "A1"), ("feed.xml", "C3")}),
    ],
)
def test_a_missing_file_is_named(copy: Copy, name: str, expected: set[tuple[str, str]]) -> None:
    """Each published file, when it is gone, and where the feed still leads to it."""
    copy.store.delete(name)
    assert copy.found() == expected


def test_strangers_and_leftovers_are_named(copy: Copy) -> None:
    """A file of no episode and a half-written one are warnings."""
    copy.store.write("2020-01-01-gone.mp3", b"x")
    (copy.folder / "feeds" / ".x.mp3.ab12.part").write_bytes(b"half")
    assert copy.faults() == []
    assert {("2020-01-01-gone.mp3", ""), (".x.mp3.ab12.part", "")} <= copy.warnings()


def test_an_unreadable_record_is_named(copy: Copy) -> None:
    """A record that is no JSON is a fault of the record, and the feed's item has none."""
    copy.edit(f"{SLUG}.json", lambda content: content[:200])
    assert copy.found() == {(f"{SLUG}.json", ""), ("feed.xml", "C3")}


def test_a_wrong_record_of_bytes_or_sum_is_named(copy: Copy) -> None:
    """One flipped bit in the sound shows in the sum alone."""
    copy.edit(MP3, lambda mp3: mp3[:-150] + bytes([mp3[-150] ^ 1]) + mp3[-149:])
    assert copy.found() == {(MP3, "")}
    assert "sha256" in copy.faults()[0].what


# --- the sound ------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", ["from", "post_hash", "seal"])
def test_a_flipped_byte_of_a_record_is_named(copy: Copy, key: str) -> None:
    """What a record says of its post's stories is proved by its seal, and the seal by the rest."""
    sources = PostHashes("0badcafe0badcafe", ("00c0ffee00c0ffee",))
    copy.rerecord(sources=sources, disclosure=Disclosure(is_synthetic=False, spoken=""))
    before = copy.faults()
    at = rf'("{key}": \[?\s*")(.)'
    copy.edit(
        f"{SLUG}.json",
        lambda content: re.sub(
            at.encode(), lambda m: m[1] + (b"f" if m[2] != b"f" else b"e"), content, count=1
        ),
    )
    added = [fault for fault in copy.faults() if fault not in before]
    assert {fault.file for fault in added} == {f"{SLUG}.json"}


def audio_start(mp3: bytes) -> int:
    """The first byte after the Info frame."""
    at = tag_size(mp3)
    info = header(mp3, at)
    assert info
    return at + info.size


def test_a_truncated_mp3_is_named(copy: Copy) -> None:
    """A cut file: its length in record and feed, its last frame, its Info frame, its duration."""
    copy.edit(MP3, lambda mp3: mp3[:-10_000])
    assert copy.found() == {
        (MP3, "C17"),
        (MP3, "E1"),
        (MP3, "E5"),
        (MP3, "L5"),
        ("feed.xml", "C17"),
    }
    assert any("lacks" in fault.what for fault in copy.faults())


def test_lost_sync_is_named_with_its_place(copy: Copy) -> None:
    """Bytes between two frames are found, though record and feed agree with the file."""
    at = []

    def insert(mp3: bytes) -> bytes:
        at.append(audio_start(mp3) + 288 * 100)
        return mp3[: at[0]] + b"junk" + mp3[at[0] :]

    copy.remake(insert)
    assert copy.found() == {(MP3, "E1"), (MP3, "E5")}
    assert any(f"no frame at byte {at[0]}" in fault.what for fault in copy.faults())


def test_a_dropped_frame_is_counted(copy: Copy) -> None:
    """Two frames less than the Info frame says are a fault; the rest plays."""
    copy.remake(lambda mp3: mp3[: -288 * 2])
    assert copy.found() == {(MP3, "E5")}


def test_a_missing_info_frame_is_named(copy: Copy) -> None:
    """Without it, players guess the length."""
    copy.remake(lambda mp3: mp3[: tag_size(mp3)] + mp3[audio_start(mp3) :])
    assert (MP3, "E5") in copy.found()
    assert any("no Info frame" in fault.what for fault in copy.faults())


def test_a_frame_of_another_bit_rate_is_named(copy: Copy) -> None:
    """One frame of 64 kbit/s among 96 makes the file one of variable bit rate."""

    def slip(mp3: bytes) -> bytes:
        at = audio_start(mp3)
        frame = mp3[at : at + 288]
        return (
            mp3[:at]
            + frame[:2]
            + bytes([5 << 4 | frame[2] & 0x0F])
            + frame[3:192]
            + mp3[at + 288 :]
        )

    copy.remake(slip)
    assert (MP3, "E2") in copy.found()


@pytest.mark.parametrize(
    "extra",
    [b"TAG" + bytes(125), b"APETAGEX" + struct.pack("<IIII", 2000, 32, 0, 0) + bytes(8)],
)
def test_tags_that_players_take_for_sound_are_named(copy: Copy, extra: bytes) -> None:
    """ID3v1 and APE tags at the end, and nothing else wrong with the file."""
    copy.remake(lambda mp3: mp3 + extra)
    assert copy.found() == {(MP3, "E6")}


def test_what_is_no_mp3_is_named(copy: Copy) -> None:
    """A text file under the name of an episode."""
    copy.remake(lambda mp3: b"this is not sound " * 1000)
    assert copy.found() == {(MP3, "E1"), (MP3, "F1")}


def test_sound_that_does_not_decode_is_named(copy: Copy) -> None:
    """A frame whose header is sound and whose inside is not."""
    copy.remake(
        lambda mp3: mp3[: (at := len(mp3) - 288 * 400) + 4] + b"\xff" * 36 + mp3[at + 40 :]
    )
    assert copy.found() == {(MP3, "E7")}


def test_a_wrong_duration_in_the_record_is_named(copy: Copy) -> None:
    """Two seconds more than are there: against the counted frames."""
    copy.rerecord(duration=copy.record().duration + 2000)
    assert {(MP3, "L5")} == {found for found in copy.found() if found[0] == MP3}


def test_loudness_is_measured_not_believed(copy: Copy) -> None:
    """A record that boasts is found out, and so is a quiet file."""
    copy.rerecord(loudness=dataclasses.replace(copy.record().loudness, lufs=-14.0))
    assert copy.found() == {(MP3, "I1")}
    silence = published.silent_mp3()
    assert measure(silence)[0].lufs < -60


def test_a_rate_a_bit_rate_and_a_peak_that_players_dislike_are_named() -> None:
    """MPEG-2 at 24 kHz and 32 kbit/s, at full scale."""
    square = (b"\xff\x7f" * 30 + b"\x00\x80" * 30) * 800
    loud = published.an_mp3(square, rate=24_000, bitrate=32)
    assert {"E3", "E4", "I2"} <= {fault.rule for fault in audio(loud, builders.an_episode())}


def test_the_walk_counts_what_ffprobe_would(copy: Copy) -> None:
    """Frames, rate and channels of the good file; its length to the millisecond of the record's."""
    stream = walk(copy.store.read(MP3) or b"")
    assert not isinstance(stream, str)
    assert (stream.first.rate, stream.first.channels, stream.bitrates) == (48_000, 1, {96})
    assert abs(stream.duration - copy.record().duration) <= 1
    assert stream.faults == ()


# --- tag and chapters -----------------------------------------------------------------------------


def retag(
    change: Callable[[list[tuple[str, bytes]]], list[tuple[str, bytes]]],
) -> Callable[[bytes], bytes]:
    """Change the frames of the tag, and write it again as ID3v2.3."""

    def apply(mp3: bytes) -> bytes:
        size = tag_size(mp3)
        body = b"".join(
            key.encode() + len(content).to_bytes(4, "big") + b"\0\0" + content
            for key, content in change(list(frames(mp3[:size])))
        )
        length = bytes(len(body) >> shift & 0x7F for shift in (21, 14, 7, 0))
        return b"ID3\x03\x00\x00" + length + body + mp3[size:]

    return apply


def only(
    key: str, change: Callable[[bytes], bytes]
) -> Callable[[list[tuple[str, bytes]]], list[tuple[str, bytes]]]:
    return lambda found: [(k, change(content) if k == key else content) for k, content in found]


def without(key: str) -> Callable[[list[tuple[str, bytes]]], list[tuple[str, bytes]]]:
    return lambda found: [(k, content) for k, content in found if k != key]


def reordered(found: list[tuple[str, bytes]]) -> list[tuple[str, bytes]]:
    chapters = [frame for frame in found if frame[0] == "CHAP"]
    return [frame for frame in found if frame[0] != "CHAP"] + [
        chapters[1],
        chapters[0],
        *chapters[2:],
    ]


@pytest.mark.parametrize(
    ("change", "rules"),
    [
        (lambda found: found, set()),
        (reordered, {"F10"}),
        (without("CTOC"), {"F16"}),
        (only("CTOC", lambda c: c[:4] + b"\x00" + c[5:]), {"F16"}),
        (
            only("CTOC", lambda c: c[:5] + bytes([c[5] - 1]) + c[6:].partition(b"\0")[2]),
            {"F17"},
        ),
        (only("CHAP", lambda c: c[:15] + bytes(8) + c[23:]), {"F14"}),
        (only("CHAP", lambda c: c[:23]), {"F15", "L2"}),
        (only("CHAP", lambda c: b"chp000\0" + c[7:]), {"F8", "F17", "L2"}),
        (
            only(
                "CHAP", lambda c: c[:7] + b"\0\0\0\x01" + c[11:] if c[7:11] == bytes(4) else c
            ),
            {"F12"},
        ),
        (only("CHAP", lambda c: c.replace(b"Harbours", b"Harvests")), {"L2"}),
        (without("CHAP"), {"F17", "L2"}),
        (without("APIC"), {"F5"}),
        (only("TIT2", lambda c: b"\x00Another title"), {"L1"}),
        (only("APIC", lambda c: c + bytes(1_000_000)), {"F6"}),
        (only("CHAP", lambda c: c[:11] + c[7:11] + c[15:]), {"F9", "L2"}),
        (
            only(
                "CHAP", lambda c: c[:11] + b"\0\0\x01\0" + c[15:] if c[7:11] == bytes(4) else c
            ),
            {"F11", "L2"},
        ),
        (
            only("CHAP", lambda c: c[:11] + b"\x7f" + c[12:] if c.startswith(b"chp003") else c),
            {"F13", "L2"},
        ),
    ],
)
def test_a_fault_in_the_tag_is_named(
    copy: Copy,
    change: Callable[[list[tuple[str, bytes]]], list[tuple[str, bytes]]],
    rules: set[str],
) -> None:
    """Order, table of contents, offsets, titles, ids, start, title, chapters, cover."""
    if not rules:
        assert retag(change)(copy.store.read(MP3) or b"") == copy.store.read(MP3)
        return
    copy.remake(retag(change))
    assert copy.found() == {(MP3, rule) for rule in rules}


def test_an_unsynchronised_tag_is_named(copy: Copy) -> None:
    """AntennaPod cannot read one."""
    copy.remake(lambda mp3: mp3[:5] + b"\x80" + mp3[6:])
    assert (MP3, "F2") in copy.found()


def test_a_link_that_does_not_arrive_is_a_warning(copy: Copy) -> None:
    """AntennaPod decodes the addresses of chapters."""
    copy.remake(retag(only("CHAP", lambda c: c.replace(b"https://", b"https%3A"))))
    assert copy.faults() == []
    assert (MP3, "F19") in copy.warnings()


def test_an_id3v24_tag_is_named(copy: Copy) -> None:
    """Apple misreads its sizes."""
    copy.remake(lambda mp3: mp3[:3] + b"\x04" + mp3[4:])
    assert copy.found() == {(MP3, "F1")}


def test_swapped_chapters_are_named(copy: Copy) -> None:
    """Two titles swapped in the JSON differ from the record."""

    def swap(content: bytes) -> bytes:
        document = json.loads(content)
        one, two = document["chapters"][1:3]
        one["title"], two["title"] = two["title"], one["title"]
        return json.dumps(document).encode()

    copy.edit(JSON, swap)
    assert copy.found() == {(JSON, "L2")}
    assert "chapter 2" in copy.faults()[0].what


@pytest.mark.parametrize(
    ("change", "rules"),
    [
        (lambda rows: rows.reverse(), {"G2", "L2"}),
        (lambda rows: rows.pop(), {"L2"}),
        (lambda rows: rows[0].update(startTime=1), {"G2", "L2"}),
        (lambda rows: rows[1].update(url="http://example.org/"), {"G3"}),
        (lambda rows: rows[1].pop("title"), {"G1"}),
    ],
)
def test_broken_json_chapters_are_named(
    copy: Copy, change: Callable[[list[dict[str, object]]], None], rules: set[str]
) -> None:
    """Order, count, first start, links, and titles."""

    def apply(content: bytes) -> bytes:
        document = json.loads(content)
        change(document["chapters"])
        return json.dumps(document).encode()

    copy.edit(JSON, apply)
    assert {rule for file, rule in copy.found() if file == JSON} >= rules
    assert {file for file, _ in copy.found()} == {JSON}


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        (lambda rows: rows[1].update(startTime=6.5), "G6"),
        (
            lambda rows: rows[1].update(
                title="Harbours that listen, and what they then have to say"
            ),
            "F18",
        ),
        (lambda rows: rows.__delitem__(slice(2, None)), "F18"),
    ],
)
def test_chapters_that_apps_do_not_show_well_are_a_warning(
    copy: Copy, change: Callable[[list[dict[str, object]]], None], rule: str
) -> None:
    """Starts between seconds, long titles, and too few of them."""

    def apply(content: bytes) -> bytes:
        document = json.loads(content)
        change(document["chapters"])
        return json.dumps(document).encode()

    copy.edit(JSON, apply)
    assert (JSON, rule) in copy.warnings()


def test_a_guid_made_of_another_address_is_a_warning(copy: Copy) -> None:
    """Right for a show that has moved, wrong for a new one."""
    assert ("feed.xml", "B6") in copy.warnings()
    own = str(
        uuid.uuid5(
            uuid.UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6"), "example.org/feeds/feed.xml"
        )
    )
    copy.show = dataclasses.replace(copy.show, guid=own)
    rebuild_feed(copy.show, copy.store)
    assert ("feed.xml", "B6") not in copy.warnings()


# --- transcripts ----------------------------------------------------------------------------------


@pytest.mark.parametrize("ending", ["vtt", "srt", "transcript.json", "transcript.html", "html"])
def test_an_edited_word_is_named(copy: Copy, ending: str) -> None:
    """One word of one form of the transcript, and which."""
    name = f"{SLUG}.{ending}"
    copy.edit(name, lambda content: content.replace(b"propeller", b"propellor"))
    assert copy.found() == {(name, "L4")}
    assert "'propellor'; the record says 'propeller'" in copy.faults()[0].what


def test_a_shifted_cue_is_named(copy: Copy) -> None:
    """A cue that begins in the pause before its first word still ascends, but lies."""
    text = (copy.store.read(VTT) or b"").decode()
    times = re.findall(r"00:00:(\d\d\.\d{3}) --> 00:00:(\d\d\.\d{3})", text)
    start = next(b for (_, a), (b, _) in pairwise(times) if float(b) - float(a) > 0.3)
    copy.swap(VTT, f"{start} -->", f"{float(start) - 0.2:06.3f} -->")
    assert copy.found() == {(VTT, "L4")}


@pytest.mark.parametrize(
    ("name", "change", "rule"),
    [
        (VTT, lambda c: c.replace(b"WEBVTT", b"WEBVTF"), "H2"),
        (VTT, lambda c: b"\xff" + c, "H2"),
        (VTT, lambda c: c.replace(b"<v Tomas Okoye>", b""), "H2"),
        (VTT, lambda c: c.replace(b"<v Tomas Okoye>", b"<v Irene Falk>"), "H6"),
        (VTT, lambda c: c.replace(b" --> 00:00:", b" --> 00:09:"), "H4"),
        (VTT, lambda c: re.sub(rb" --> \S+", b" --> 00:00:00.000", c, count=1), "H5"),
        (SRT, lambda c: c.replace(b"\n\n2\n", b"\n\n3\n"), "H9"),
        (SRT, lambda c: c.replace(b"Thanks,", b"Thanks: a:"), "H9"),
        (f"{SLUG}.transcript.json", lambda c: c.replace(b'"segments"', b'"parts"'), "H12"),
    ],
)
def test_a_transcript_that_apps_refuse_is_named(
    copy: Copy, name: str, change: Callable[[bytes], bytes], rule: str
) -> None:
    """Signature, encoding, voices, order, numbering, colons, keys."""
    copy.edit(name, change)
    assert (name, rule) in copy.found()
    assert {file for file, _ in copy.found()} == {name}


@pytest.mark.parametrize(("name", "rule"), [(VTT, "H7"), (SRT, "H10")])
def test_rows_too_long_for_a_screen_are_a_warning(copy: Copy, name: str, rule: str) -> None:
    """All of a cue in one row: readable, and no more what the record gives; not as the namespace asks."""
    copy.edit(name, lambda content: re.sub(rb"([a-z,]) ?\n([a-z])", rb"\1 \2", content))
    assert [fault.file for fault in copy.faults() if fault.what.endswith(ANEW)] == [name]
    assert (name, rule) in copy.warnings()


def test_a_record_whose_words_cannot_be_read_is_named(copy: Copy) -> None:
    """The head of a record may be good and its words not."""
    copy.edit(
        f"{SLUG}.json", lambda content: content.replace(b'"times": [', b'"times": ["x", ')
    )
    assert copy.found() == {(f"{SLUG}.json", "")}


# --- the feed -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ("</rss>", "", "A1"),
        ("encoding='UTF-8'", "encoding='ISO-8859-1'", "A2"),
        ("http://www.w3.org/2005/Atom", "http://www.w3.org/2005/atom", "A3"),
        ('feed.xml" rel="self"', 'other.xml" rel="self"', "A4"),
        ('href="https://example.org/feeds/cover', 'href="http://example.org/feeds/cover', "A5"),
        (
            "https://example.org/2024/06/03/harbours",
            "https://example.org/2024 06/03/harbours",
            "A6",
        ),
        ("<link>https://example.org/</link>", "<link>/index.html</link>", "A7"),
        ("<itunes:author>Quayside Press</itunes:author>", "", "B1"),
        ("<itunes:explicit>false", "<itunes:explicit>no", "B2"),
        ("<language>en", "<language>english_", "B3"),
        ("<title>The Quayside Hour", "<title>" + "x" * 300, "B4"),
        ("<podcast:guid>0e4ce3a1-3a5b-5f0e", "<podcast:guid>0e4ce3a1-3a5b-4f0e", "B5"),
        ("<podcast:guid>0e4ce3a1-3a5b-5f0e", "<podcast:guid>0e4ce3a2-3a5b-5f0e", "B5"),
        ('purpose="ai-content"', 'purpose="other"', "B11"),
        ("<itunes:author>Quayside", "<itunes:author> Quayside", "B12"),
        ("<title>Harbours", "<title>Harbors", "C2"),
        ('<guid isPermaLink="false">', "<guid>", "C4"),
        ('type="audio/mpeg"', 'type="audio/mp3"', "C18"),
        ("<pubDate>Mon, 03", "<pubDate>Tue, 03", "C7"),
        ("<pubDate>Mon, 03 Jun 2024 06:00:00 +0000", "<pubDate>2024-06-03", "C7"),
        ("<itunes:duration>", "<itunes:duration>1", "L5"),
        ("<itunes:duration>", "<itunes:duration>about ", "C9"),
        ("<podcast:medium>podcast", "<podcast:medium>radio", "D1"),
        ("<podcast:locked ", "<podcast:fence ", "A1"),
        ("<podcast:medium>podcast</podcast:medium>", "<podcast:fence/>", "D1"),
        ('type="application/json+chapters"', 'type="application/json"', "D2"),
        ("application/x-subrip", "text/srt", "D3"),
        ('psc:chapter start="00:00:04.000"', 'psc:chapter start="00:00:05.000"', "L2"),
        ("(00:04) Harbours", "(00:05) Harbours", "L3"),
        ("<itunes:type>episodic", "<itunes:type>daily", "B9"),
        ("<itunes:type>episodic", "<itunes:type>serial", "B9"),
        ("<enclosure ", '<enclosure url="https://quay.press/x.mp3"/><enclosure ', "C5"),
        ("&lt;ul&gt;", "&lt;div&gt;", "C10"),
        (
            "</itunes:duration>\n      <itunes:explicit>false",
            "</itunes:duration><itunes:explicit>no",
            "C12",
        ),
        ("<itunes:duration>", "<itunes:episode>0</itunes:episode><itunes:duration>", "C13"),
        ("<itunes:episodeType>full", "<itunes:episodeType>whole", "C14"),
        (
            "<podcast:medium>",
            '<podcast:updateFrequency rrule="FREQ=NOW">x</podcast:updateFrequency><podcast:medium>',
            "D7",
        ),
        (
            "<itunes:duration>",
            '<podcast:soundbite startTime="99" duration="20">x</podcast:soundbite><itunes:duration>',
            "D8",
        ),
        ('psc:chapter start="00:00:04.000"', 'psc:chapter start="soon"', "G4"),
    ],
)
def test_a_fault_in_the_feed_is_named(copy: Copy, old: str, new: str, rule: str) -> None:
    """One change in the feed, the rule that it breaks, and no other file accused."""
    copy.swap("feed.xml", old, new)
    assert ("feed.xml", rule) in copy.found()
    assert {file for file, _ in copy.found()} == {"feed.xml"}


def test_a_wrong_length_in_the_feed_is_named(copy: Copy) -> None:
    """The enclosure's length is compared with the file."""
    copy.edit(
        "feed.xml", lambda content: re.sub(rb'length="(\d+)"', rb'length="\g<1>0"', content)
    )
    assert copy.found() == {("feed.xml", "C17")}


def test_two_items_of_one_guid_are_named(copy: Copy) -> None:
    """A second item with the same guid and enclosure."""

    def double(content: bytes) -> bytes:
        start, end = content.index(b"<item>"), content.index(b"</item>") + 7
        return content[:end] + content[start:end] + content[end:]

    copy.edit("feed.xml", double)
    assert copy.found() == {("feed.xml", "C3"), ("feed.xml", "C6")}


def test_items_out_of_order_are_named(copy: Copy) -> None:
    """An older item before a newer one."""

    def add(content: bytes) -> bytes:
        start, end = content.index(b"<item>"), content.index(b"</item>") + 7
        newer = content[start:end].replace(b"Mon, 03 Jun 2024 06", b"Mon, 03 Jun 2024 09")
        return content[:end] + newer + content[end:]

    copy.edit("feed.xml", add)
    assert ("feed.xml", "C19") in copy.found()


def test_what_validators_and_directories_dislike_is_a_warning(copy: Copy) -> None:
    """A feed above 5 MB, a title with the show's name, a heavy cover."""
    (cover,) = (name for name in copy.store.names() if name.startswith("cover"))
    copy.rerecord(title=f"Tonight on {copy.show.title}")
    copy.edit(cover, lambda content: content + bytes(600_000))
    copy.edit(
        "feed.xml", lambda content: content.replace(b"</rss>", b" " * 5_000_000 + b"</rss>")
    )
    assert {(cover, "J4"), ("feed.xml", "A9"), ("feed.xml", "C15")} <= copy.warnings()


def test_roles_and_licences_that_apps_do_not_know_are_warnings(copy: Copy) -> None:
    """A role that the Podcast Taxonomy lacks, and a licence that says nowhere what it is."""
    assert not {("feed.xml", "D4"), ("feed.xml", "D5")} & copy.warnings()
    copy.swap("feed.xml", 'role="reporter"', 'role="wordsmith"')
    copy.swap(
        "feed.xml",
        "<podcast:medium>",
        "<podcast:license>ours</podcast:license><podcast:medium>",
    )
    assert {("feed.xml", "D4"), ("feed.xml", "D5")} <= copy.warnings()
    copy.swap(
        "feed.xml", "<podcast:license>", '<podcast:license url="https://quay.press/ours">'
    )
    assert ("feed.xml", "D5") not in copy.warnings()


def test_an_episode_from_the_future_is_named(copy: Copy) -> None:
    """Only when the caller says what time it is."""
    early = dt.datetime(2024, 6, 1, tzinfo=dt.UTC)
    assert [
        (f.file, f.rule)
        for f in check_store(copy.show, copy.store, None, early)
        if f.severity == "error"
    ] == [("feed.xml", "C8")]


# --- pages, cover, post ---------------------------------------------------------------------------


def test_a_page_that_plays_something_else_is_named(copy: Copy) -> None:
    """The player's source is the episode's MP3."""
    copy.edit(f"{SLUG}.html", lambda content: content.replace(b'src="2024-', b'src="2023-'))
    assert copy.found() == {(f"{SLUG}.html", "K1")}


def test_a_page_without_its_feed_is_named(copy: Copy) -> None:
    """Readers subscribe through link rel=alternate."""
    for name in (f"{SLUG}.html", "index.html"):
        copy.edit(name, lambda content: content.replace(b'rel="alternate"', b'rel="other"'))
    assert copy.found() == {(f"{SLUG}.html", "K6"), ("index.html", "K6")}


def test_an_index_that_forgets_an_episode_is_named(copy: Copy) -> None:
    """Every episode's page is linked."""
    copy.edit(
        "index.html", lambda content: content.replace(SLUG.encode() + b".html", b"other.html")
    )
    assert copy.found() == {("index.html", "")}


@pytest.mark.parametrize(
    ("size", "mode", "kind", "rule"),
    [
        ((1400, 1401), "RGB", "JPEG", "J2"),
        ((1200, 1200), "RGB", "JPEG", "J2"),
        ((1400, 1400), "CMYK", "JPEG", "J3"),
        ((1400, 1400), "RGB", "PNG", "J1"),
    ],
)
def test_a_cover_that_directories_refuse_is_named(
    copy: Copy, size: tuple[int, int], mode: str, kind: str, rule: str
) -> None:
    """Shape, size, colours, and a name that lies."""
    (name,) = (name for name in copy.store.names() if name.startswith("cover"))
    data = io.BytesIO()
    Image.new(mode, size).save(data, kind)
    copy.store.write(name, data.getvalue())
    assert copy.found() == {(name, rule)}


def test_a_cut_cover_is_named(copy: Copy) -> None:
    """Half a JPEG opens, but does not decode."""
    (name,) = (name for name in copy.store.names() if name.startswith("cover"))
    copy.edit(name, lambda content: content[: len(content) // 2])
    assert copy.found() == {(name, "J1")}


@pytest.mark.parametrize(
    "change",
    [r"bytes: \d+@bytes: 1", r"duration: .*@duration: '10:00'", "audio: .*@audio: other.mp3"],
)
def test_a_post_that_tells_otherwise_is_named(copy: Copy, change: str) -> None:
    """Audio, bytes and duration in the front matter are the episode's."""
    pattern, new = change.split("@")
    post = copy.folder / "posts" / f"{SLUG}.md"
    text = post.read_text(encoding="utf-8")
    post.write_text(re.sub(pattern, new, text), encoding="utf-8")
    assert post.read_text(encoding="utf-8") != text
    assert copy.found() == {(f"posts/{SLUG}.md", "C11")}

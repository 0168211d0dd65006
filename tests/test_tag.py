"""The tag as four readers see it, and byte by byte: each pitfall of ID3 and chapters has its test."""

from __future__ import annotations

import hashlib
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import eyed3
import imageio_ffmpeg
import lameenc
import pytest
from builders import HOSTILE, a_show, an_episode
from mutagen.id3 import ID3

from podcast.errors import StitchError, TagError
from podcast.model import Chapter, DurationMs, Episode
from podcast.tag import write_tagged_mp3

JPEG = b"\xff\xd8\xff\xe0" + bytes(2000) + b"\xff\xd9"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(2000)


def frames_of_sound(seconds: int = 4) -> bytes:
    encoder = lameenc.Encoder()
    encoder.set_channels(1)
    encoder.set_in_sample_rate(48_000)
    encoder.set_bit_rate(96)
    encoder.silence()
    return bytes(encoder.encode(bytes(96_000 * seconds))) + bytes(encoder.flush())


SOUND = frames_of_sound()


@pytest.fixture
def mp3(tmp_path: Path) -> Path:
    path = tmp_path / "episode.mp3"
    path.write_bytes(SOUND)
    return path


@pytest.fixture
def cover(tmp_path: Path) -> Path:
    path = tmp_path / "cover.jpg"
    path.write_bytes(JPEG)
    return path


def parts(raw: bytes) -> Iterator[tuple[str, bytes, bytes]]:
    """Frames as ID3v2.3.0 section 3.3 has them: id, flags, content. Sizes are plain 32-bit numbers."""
    position = 0
    while position < len(raw):
        name, size = (
            raw[position : position + 4].decode("ascii"),
            raw[position + 4 : position + 8],
        )
        assert re.fullmatch("[A-Z0-9]{4}", name)
        end = position + 10 + int.from_bytes(size, "big")
        assert end <= len(raw)
        yield name, raw[position + 8 : position + 10], raw[position + 10 : end]
        position = end


def header(data: bytes) -> tuple[bytes, bytes, bytes]:
    """The tag's header, its frames, and what follows it."""
    assert data[:3] == b"ID3"
    assert all(byte < 128 for byte in data[6:10])
    size = sum(byte << shift for byte, shift in zip(data[6:10], (21, 14, 7, 0), strict=True))
    return data[:10], data[10 : 10 + size], data[10 + size :]


def chapter_parts(raw: bytes) -> list[tuple[str, tuple[int, ...], dict[str, bytes]]]:
    """Element id, (start, end, offset, offset) and sub-frames of each CHAP, in the order of the file."""
    found = []
    for name, _, content in parts(raw):
        if name == "CHAP":
            element, rest = content.split(b"\0", 1)
            numbers = tuple(int.from_bytes(rest[i : i + 4], "big") for i in range(0, 16, 4))
            found.append((element.decode(), numbers, {n: c for n, _, c in parts(rest[16:])}))
    return found


def chapters(
    titles: list[str], links: list[str] | None = None, length: int = 1000
) -> tuple[Chapter, ...]:
    return tuple(
        Chapter(title, DurationMs(i * length), DurationMs((i + 1) * length), link)
        for i, (title, link) in enumerate(zip(titles, links or [""] * len(titles), strict=True))
    )


UNEVEN = [
    "A title that is much longer than the others, so that its frame is too",
    "B",
    "See",
    "Twelve bytes",
] * 4
"""Sixteen titles whose order by length is not that of time."""


def ffmpeg_chapters(path: Path) -> list[tuple[float, float, str]]:
    exe = imageio_ffmpeg.get_ffmpeg_exe()
    told = subprocess.run(
        [exe, "-hide_banner", "-i", str(path)], capture_output=True, check=False
    ).stderr.decode(errors="replace")
    found = re.findall(
        r"Chapter #0:\d+: start ([\d.]+), end ([\d.]+)\s+Metadata:\s+title\s+: (.*)", told
    )
    return [(float(start), float(end), title) for start, end, title in found]


def test_the_frames_of_sound_are_untouched(mp3: Path, cover: Path, tmp_path: Path) -> None:
    """What follows the tag are the frames as they came, nothing lies between, and the checksum is of all."""
    digest = write_tagged_mp3(
        mp3, [SOUND[:1000], b"", SOUND[1000:]], an_episode(), a_show(tmp_path), cover
    )
    head, _, rest = header(mp3.read_bytes())
    assert rest == SOUND
    assert hashlib.sha256(mp3.read_bytes()).hexdigest() == digest
    assert head[3:6] == b"\x03\x00\x00", "version 2.3, no unsynchronisation, no extended header"


def test_the_file_is_replaced_and_the_same_episode_gives_the_same_bytes(
    mp3: Path, cover: Path, tmp_path: Path
) -> None:
    """What was there is gone; without a change not one byte differs."""
    write_tagged_mp3(mp3, [SOUND], an_episode(), a_show(tmp_path), cover)
    once = mp3.read_bytes()
    write_tagged_mp3(mp3, [SOUND], an_episode(title="Another"), a_show(tmp_path), None)
    assert mp3.read_bytes() != once
    write_tagged_mp3(mp3, [SOUND], an_episode(), a_show(tmp_path), cover)
    assert mp3.read_bytes() == once
    assert once.count(b"ID3\x03") == 1


def test_what_players_show(mp3: Path, cover: Path, tmp_path: Path) -> None:
    """eyeD3 reads title, show, author, genre, date, language, picture and description."""
    episode, show = an_episode(), a_show(tmp_path)
    write_tagged_mp3(mp3, [SOUND], episode, show, cover)
    read = eyed3.load(mp3).tag
    assert read.version == (2, 3, 0)
    assert (read.title, read.album, read.artist) == (episode.title, show.title, show.author)
    assert read.genre.name == "Podcast"
    assert read.recording_date.year == 2024
    (comment,) = read.comments
    assert (comment.text, comment.lang) == (episode.subtitle, b"eng")
    (picture,) = read.images
    assert (picture.picture_type, picture.mime_type, picture.image_data) == (
        3,
        "image/jpeg",
        JPEG,
    )
    mutagen = ID3(mp3)
    assert str(mutagen["TDRC"]) == "2024-06-03", "TYER and TDAT, as mutagen translates them"
    assert str(mutagen["TLEN"]) == str(episode.duration)
    assert str(mutagen["TLAN"]) == "eng"
    assert mutagen["WOAF"].url == "https://example.org/2024/06/03/harbours-that-listen"


def test_a_png_is_called_one(mp3: Path, tmp_path: Path) -> None:
    """The MIME type is told from the picture, not from its name."""
    (tmp_path / "cover.jpg").write_bytes(PNG)
    write_tagged_mp3(mp3, [SOUND], an_episode(), a_show(tmp_path), tmp_path / "cover.jpg")
    assert ID3(mp3)["APIC:"].mime == "image/png"


def test_chapters_lie_in_the_order_of_time(mp3: Path, tmp_path: Path) -> None:
    """Frames of unequal sizes stay in time order in the bytes, under ids that sort the same way."""
    episode = an_episode(chapters=chapters(UNEVEN))
    write_tagged_mp3(mp3, [SOUND], episode, a_show(tmp_path), None)
    found = chapter_parts(header(mp3.read_bytes())[1])
    assert [numbers[0] for _, numbers, _ in found] == [c.start for c in episode.chapters]
    ids = [element for element, _, _ in found]
    assert ids == sorted(set(ids))
    assert all(len(element) < 100 for element in ids)


def test_ffmpeg_and_eyed3_and_mutagen_list_the_same_chapters(
    mp3: Path, cover: Path, tmp_path: Path
) -> None:
    """Three readers agree with the episode on every start, end and title."""
    episode = an_episode(chapters=chapters(["Grüße aus Köln", *UNEVEN, "東京"]))
    write_tagged_mp3(mp3, [SOUND], episode, a_show(tmp_path), cover)
    expected = [(int(c.start), int(c.end), c.title) for c in episode.chapters]
    assert [
        (round(s * 1000), round(e * 1000), t) for s, e, t in ffmpeg_chapters(mp3)
    ] == expected
    eyed = [(*map(int, c.times), c.title) for c in eyed3.load(mp3).tag.chapters]
    assert eyed == expected
    mutagen = sorted(ID3(mp3).getall("CHAP"), key=lambda c: c.start_time)
    assert [(c.start_time, c.end_time, str(c.sub_frames["TIT2"])) for c in mutagen] == expected


def test_every_chapter_has_a_title_times_and_no_offsets(mp3: Path, tmp_path: Path) -> None:
    """Byte offsets say that the times count; a chapter without a title would be dropped by players."""
    write_tagged_mp3(
        mp3, [SOUND], an_episode(chapters=chapters(UNEVEN)), a_show(tmp_path), None
    )
    for _, (start, end, *offsets), inside in chapter_parts(header(mp3.read_bytes())[1]):
        assert start < end
        assert offsets == [0xFFFFFFFF, 0xFFFFFFFF]
        assert "TIT2" in inside


def test_one_ordered_top_level_table_lists_all_chapters(mp3: Path, tmp_path: Path) -> None:
    """The table of contents has flags 3 and as many children as there are chapters, in time order."""
    episode = an_episode(chapters=chapters([f"Number {i}" for i in range(255)], length=10))
    write_tagged_mp3(mp3, [SOUND], episode, a_show(tmp_path), None)
    raw = header(mp3.read_bytes())[1]
    (table,) = [content for name, _, content in parts(raw) if name == "CTOC"]
    _, rest = table.split(b"\0", 1)
    assert rest[0] == 3
    assert rest[1] == 255
    assert rest[2:].split(b"\0")[:255] == [
        element.encode() for element, _, _ in chapter_parts(raw)
    ]


def test_more_chapters_than_a_table_holds_are_refused(mp3: Path, tmp_path: Path) -> None:
    """256 chapters end in a TagError that says the limit, and the file is as it was."""
    episode = an_episode(chapters=chapters([str(i) for i in range(256)]))
    with pytest.raises(TagError, match="at most 255"):
        write_tagged_mp3(mp3, [SOUND], episode, a_show(tmp_path), None)
    assert mp3.read_bytes() == SOUND


def test_chapter_links_are_latin_1_and_only_what_arrives(mp3: Path, tmp_path: Path) -> None:
    """A link's description is in Latin-1; links that AntennaPod would decode to others are left out."""
    links = [
        "https://example.org/a?b=c",
        "https://example.org/a+b",
        "https://example.org/a%20b",
        "",
        "https://ü.de/",
        "javascript:alert(1)",
    ]
    write_tagged_mp3(
        mp3, [SOUND], an_episode(chapters=chapters(["t"] * 6, links)), a_show(tmp_path), None
    )
    found = [inside.get("WXXX") for _, _, inside in chapter_parts(header(mp3.read_bytes())[1])]
    assert found[0] is not None
    assert found[0].rstrip(b"\0") == b"\0chapter url\0https://example.org/a?b=c"
    assert found[1:] == [None] * 5


def test_text_is_latin_1_or_utf_16_with_its_mark(mp3: Path, tmp_path: Path) -> None:
    """Encodings 2 and 3 belong to ID3v2.4: no text has them, in the tag or in its chapters."""
    show = a_show(tmp_path, title="Größe", author="Plain")
    write_tagged_mp3(
        mp3,
        [SOUND],
        an_episode(title="東京", chapters=chapters(["Straße", "plain"])),
        show,
        None,
    )
    raw = header(mp3.read_bytes())[1]
    inner = [
        (name, content)
        for _, _, inside in chapter_parts(raw)
        for name, content in inside.items()
    ]
    texts = [(n, c) for n, _, c in parts(raw) if n.startswith("T")] + [
        i for i in inner if i[0].startswith("T")
    ]
    assert len(texts) > 8
    for name, content in texts:
        assert content[0] in (0, 1), name
        assert content[0] == 0 or content[1:3] in (b"\xff\xfe", b"\xfe\xff"), name
    assert str(ID3(mp3)["TIT2"]) == "東京"


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_any_text_is_held_on_one_line(mp3: Path, tmp_path: Path, text: str) -> None:
    """Whatever a title holds, four readers still find the chapters, and no frame is left open."""
    episode = an_episode(title=text, subtitle=text, chapters=chapters([text, "x", text]))
    write_tagged_mp3(mp3, [SOUND], episode, a_show(tmp_path, title=text, author=text), None)
    raw = header(mp3.read_bytes())[1]
    assert len(list(parts(raw))) >= 10
    assert len(ffmpeg_chapters(mp3)) == 3
    title = str(ID3(mp3)["TIT2"])
    assert "\n" not in title
    assert "\0" not in title
    assert len(title) <= 255


def test_an_episode_without_chapters_has_no_table(mp3: Path, tmp_path: Path) -> None:
    """No chapters: neither CHAP nor an empty CTOC, which players stumble over."""
    write_tagged_mp3(mp3, [SOUND], an_episode(chapters=()), a_show(tmp_path), None)
    assert {name for name, _, _ in parts(header(mp3.read_bytes())[1])} & {
        "CHAP",
        "CTOC",
    } == set()


@pytest.mark.parametrize(
    ("language", "code"), [("en-us", "eng"), ("DE", "deu"), ("tlh", "und")]
)
def test_the_language_is_in_three_letters(
    mp3: Path, tmp_path: Path, language: str, code: str
) -> None:
    """Feeds speak ISO 639-1, tags ISO 639-2."""
    write_tagged_mp3(mp3, [SOUND], an_episode(), a_show(tmp_path, language=language), None)
    assert str(ID3(mp3)["TLAN"]) == code


def broken(case: str, mp3: Path, tmp_path: Path) -> tuple[Path, Episode, Path | None]:
    path: dict[str, Any] = {
        "a cover of 1.2 MB": lambda: (tmp_path / "big.jpg").write_bytes(
            JPEG + bytes(1_200_000)
        ),
        "a cover that is text": lambda: (tmp_path / "big.jpg").write_text("no picture"),
        "no cover where one is named": lambda: None,
    }
    path[case]()
    return mp3, an_episode(), tmp_path / "big.jpg"


@pytest.mark.parametrize(
    ("case", "says"),
    [
        ("a cover of 1.2 MB", "1,000,000"),
        ("a cover that is text", "neither a JPEG nor a PNG"),
        ("no cover where one is named", "cannot be read"),
    ],
)
def test_a_cover_that_will_not_do_is_named_and_nothing_is_written(
    mp3: Path, tmp_path: Path, case: str, says: str
) -> None:
    """The error names the cover's file; the MP3 is as it was, and nothing lies beside it."""
    _, episode, cover = broken(case, mp3, tmp_path)
    with pytest.raises(TagError, match=says) as caught:
        write_tagged_mp3(mp3, [SOUND], episode, a_show(tmp_path), cover)
    assert "big.jpg" in str(caught.value)
    assert mp3.read_bytes() == SOUND
    assert not list(tmp_path.glob(".*"))


def test_a_place_that_cannot_be_written_is_an_error_of_ours(tmp_path: Path) -> None:
    """A file where a folder belongs ends in a TagError with the path."""
    (tmp_path / "file").write_text("")
    with pytest.raises(TagError, match=r"none\.mp3"):
        write_tagged_mp3(
            tmp_path / "file" / "none.mp3", [SOUND], an_episode(), a_show(tmp_path), None
        )


def test_frames_that_fail_leave_the_file_as_it_was(mp3: Path, tmp_path: Path) -> None:
    """What goes wrong while frames are made passes through, and nothing lies beside the file."""

    def failing() -> Iterator[bytes]:
        yield SOUND[:1000]
        raise StitchError("turn 7")

    with pytest.raises(StitchError, match="turn 7"):
        write_tagged_mp3(mp3, failing(), an_episode(), a_show(tmp_path), None)
    assert mp3.read_bytes() == SOUND
    assert not list(tmp_path.glob(".*"))

"""Stage 5: the MP3 is written, its ID3v2.3 tag first.

Players show the tag, and jump to its chapters. Version 2.3, since Apple misreads the sizes of
version 2.4. Sources: ID3v2.3.0 (id3.org) and the ID3v2 Chapter Frame Addendum 1.0.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType
from typing import Any

from podcast.errors import TagError
from podcast.model import Chapter, Episode, Show
from podcast.util.addresses import ascii_address, page_address
from podcast.util.files import reason, replacing
from podcast.util.xml_text import one_line

# Bytes of a whole tag that every player reads.
LARGEST = 1_000_000
# A table of contents counts its entries in one byte.
MOST_CHAPTERS = 255
# Bytes that are written, and read for the checksum, at once.
BLOCK = 1 << 20
# The byte offset that tells readers to take the times.
NOWHERE = 0xFFFFFFFF
# Flags of a table of contents.
TOP_LEVEL, ORDERED = 2, 1

# Kinds of pictures (ID3v2.3.0, section 4.15).
FRONT_COVER, OTHER_PICTURE = 3, 0

# ISO 639-1, as feeds have it, to ISO 639-2, as tags have it; others are `und`, undetermined.
LANGUAGES = {
    "ar": "ara", "bg": "bul", "ca": "cat", "cs": "ces", "da": "dan", "de": "deu",
    "el": "ell", "en": "eng", "es": "spa", "et": "est", "eu": "eus", "fa": "fas",
    "fi": "fin", "fr": "fra", "ga": "gle", "gl": "glg", "he": "heb", "hi": "hin",
    "hr": "hrv", "hu": "hun", "id": "ind", "is": "isl", "it": "ita", "ja": "jpn",
    "ko": "kor", "lt": "lit", "lv": "lav", "nb": "nob", "nl": "nld", "no": "nor",
    "pl": "pol", "pt": "por", "ro": "ron", "ru": "rus", "sk": "slk", "sl": "slv",
    "sr": "srp", "sv": "swe", "th": "tha", "tr": "tur", "uk": "ukr", "vi": "vie",
    "zh": "zho",
}  # fmt: skip


def write_tagged_mp3(
    mp3: Path,
    stream: Iterable[bytes],
    episode: Episode,
    show: Show,
    cover: Path | None,
    pictures: Mapping[str, bytes] = MappingProxyType({}),
) -> str:
    """Write the tag and the frames of `stream` as the file `mp3`; its SHA-256, in hex.

    `pictures` are those of chapters, each by what `Chapter.picture` says.

    The file is there when it is whole. A power cut may still lose it: who publishes it settles
    it. The same episode and frames give the same bytes. Raises TagError when the cover cannot
    be read or is not what it should be, the tag is too large, or the file cannot be written.
    """
    rendered = _render_tag(episode, show, cover, pictures)
    digest = sha256()
    try:
        with (
            replacing(mp3, sync=False) as beside,
            beside.open("wb") as file,
            ThreadPoolExecutor(1) as thread,
        ):
            digested = thread.submit(digest.update, rendered)
            file.write(rendered)
            for block in _blocks(stream):
                digested.result()
                digested = thread.submit(digest.update, block)
                file.write(block)
            digested.result()
    except OSError as error:
        raise TagError(f"{mp3}: cannot be written: {reason(error)}") from error
    return digest.hexdigest()


def _blocks(stream: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes in pieces of BLOCK at least, but for the last."""
    held: list[bytes] = []
    size = 0
    for piece in stream:
        held.append(piece)
        size += len(piece)
        if size >= BLOCK:
            yield b"".join(held)
            held, size = [], 0
    yield b"".join(held)


def _render_tag(
    episode: Episode, show: Show, cover: Path | None, pictures: Mapping[str, bytes]
) -> bytes:
    """Render the whole tag, without padding."""
    import mutagen.id3

    id3: Any = mutagen.id3  # Its classes have no types.
    tag = id3.ID3()
    for frame in _text_frames(id3, episode, show):
        tag.add(frame)
    if episode.disclosure:
        declared = "true" if episode.disclosure.is_synthetic else "false"
        tag.add(id3.TXXX(desc="ai-content", **_encode_text(declared)))
    page = page_address(show.edition.post_url, show.url, episode.slug, episode.date)
    tag.add(id3.WOAF(url=page))
    if cover:
        tag.add(_picture_frame(id3, _read_cover(cover), FRONT_COVER))
    for frame in _chapter_frames(id3, episode.chapters, pictures):
        tag.add(frame)

    file = io.BytesIO()
    # No padding: the tag is written once, and the same episode gives the same bytes.
    tag.save(file, v1=0, v2_version=3, padding=lambda _: 0)
    rendered = _sort_chapters(file.getvalue())
    if len(rendered) > LARGEST:
        much = f"with the cover {cover}" if cover else "with its chapters"
        what = f"{much} its tag has {len(rendered):,} bytes, and players read {LARGEST:,}"
        raise TagError(f"{episode.audio}: {what}. Save the cover smaller")
    return rendered


def _text_frames(id3: Any, episode: Episode, show: Show) -> Iterator[Any]:
    """Give the frames that hold text, by the names of ID3v2.3.0, section 4.2."""
    language = LANGUAGES.get(show.language.split("-")[0].lower(), "und")
    texts = {
        "TIT2": episode.title,
        "TALB": show.title,
        "TPE1": show.author,
        "TCON": "Podcast",
        "TYER": f"{episode.date:%Y}",
        "TDAT": f"{episode.date:%d%m}",
        "TLAN": language,
        "TLEN": str(episode.duration),
        "TRCK": str(episode.details.number or ""),
        "TPOS": str(episode.details.season or ""),
    }
    for name, text in texts.items():
        if text or name not in ("TRCK", "TPOS"):
            yield getattr(id3, name)(**_encode_text(text))
    yield id3.COMM(lang=language, desc="", **_encode_text(episode.subtitle or show.description))


def _chapter_frames(
    id3: Any, chapters: tuple[Chapter, ...], pictures: Mapping[str, bytes]
) -> Iterator[Any]:
    """Write the frames of the chapters and of their table of contents, if there are any."""
    if len(chapters) > MOST_CHAPTERS:
        raise TagError(
            f"{len(chapters)} chapters are too many: a tag lists at most {MOST_CHAPTERS}"
        )
    for index, chapter in enumerate(chapters):
        inside = [id3.TIT2(**_encode_text(chapter.title))]
        if _arrives(chapter.link):
            inside.append(id3.WXXX(encoding=0, desc="chapter url", url=chapter.link))
        if chapter.picture:
            inside.append(_picture_frame(id3, pictures[chapter.picture], OTHER_PICTURE))
        yield id3.CHAP(
            element_id=_element(index),
            start_time=int(chapter.start),
            end_time=int(chapter.end),
            start_offset=NOWHERE,
            end_offset=NOWHERE,
            sub_frames=inside,
        )
    if chapters:
        children = [_element(index) for index in range(len(chapters))]
        yield id3.CTOC(
            element_id="toc",
            flags=TOP_LEVEL | ORDERED,
            child_element_ids=children,
            sub_frames=[],
        )


def _element(index: int) -> str:
    """A chapter's id: unique, and sorted as text it is sorted by time."""
    return f"chp{index:03}"


def _arrives(link: str) -> bool:
    """Tell whether players get a link as it was written.

    AntennaPod decodes `%` and `+`, and ID3 has Latin-1 alone.
    """
    return link.isascii() and bool(ascii_address(link)) and not set(link) & set("%+ \t\r\n")


def _encode_text(value: str) -> dict[str, Any]:
    """Give a text on one line, in Latin-1 where ASCII will do.

    Else it is in UTF-16 with its byte order mark.
    """
    line = one_line(value)
    return {"encoding": 0 if line.isascii() else 1, "text": [line]}


def _read_cover(cover: Path) -> bytes:
    try:
        data = cover.read_bytes()
    except OSError as error:
        raise TagError(f"{cover}: the cover cannot be read ({error.strerror})") from error
    if not picture_type(data):
        raise TagError(f"{cover}: the cover is neither a JPEG nor a PNG")
    return data


def picture_type(data: bytes) -> str:
    """Tell the MIME type of a JPEG or PNG by its content; empty for what is neither."""
    if data.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    return "image/png" if data.startswith(b"\x89PNG\r\n\x1a\n") else ""


def _picture_frame(id3: Any, data: bytes, kind: int) -> Any:
    return id3.APIC(encoding=0, mime=picture_type(data), type=kind, desc="", data=data)


def _sort_chapters(tag: bytes) -> bytes:
    """The same tag with its chapters in the order of their ids, which is that of time.

    mutagen sorts frames by their size (its issue 506), and players list chapters in the file's
    order.
    """
    frames = list(_split_frames(tag))
    places = [place for place, frame in enumerate(frames) if frame.startswith(b"CHAP")]
    # Behind its header of ten bytes each begins with its id.
    chapters = sorted((frames[place] for place in places), key=lambda frame: frame[10:])
    for place, chapter in zip(places, chapters, strict=True):
        frames[place] = chapter
    return tag[:10] + b"".join(frames)


def _split_frames(tag: bytes) -> Iterator[bytes]:
    """The frames of an ID3v2.3 tag, with their headers (section 3.3)."""
    position = 10
    while position < len(tag):
        end = position + 10 + int.from_bytes(tag[position + 4 : position + 8], "big")
        yield tag[position:end]
        position = end

"""What others' programs find in what is published; each also sees a sample that is broken.

Programs count only where they are installed: `npm ci` in tests/others, Debian's mp3val, mpg123, ffmpeg,
newsboat, gPodder and Java.
"""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import builders
import eyed3
import feedparser
import hostile
import html5lib
import jsonschema
import podcastparser
import published
import pysrt
import pysubs2
import pytest
import srt
import webvtt
from mutagen.mp3 import MP3
from test_chapters import SCHEMA as CHAPTERS
from test_pages import NASTY, nasty
from test_transcripts import SCHEMA as SEGMENTS
from tools import OTHERS, there

from podcast.model import Episode, Show
from podcast.publish.feed import make_entry
from podcast.publish.pages import embed_page, episode_page, index_page, preview_page, snippet
from podcast.publish.report import report_page
from podcast.publish.transcripts import transcript_html
from podcast.serve import serve_folder

NODE = there("node", OTHERS / "node_modules")
NU = OTHERS / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"

Made = tuple[Show, Path, Episode]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """A show, its published folder, and its one episode."""
    folder = tmp_path_factory.mktemp("show")
    show, _, episode = published.a_published_show(folder)
    return show, folder / "feeds", episode


def run(*words: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    command, environment = [str(word) for word in words], {**os.environ, **environment}
    return subprocess.run(
        command, check=False, capture_output=True, text=True, timeout=120, env=environment
    )


def node(script: str, path: Path) -> Any:
    """What a script of tests/others prints of a file; None when it fails."""
    done = run("node", OTHERS / script, path)
    return json.loads(done.stdout) if done.returncode == 0 else None


def with_a_hole(mp3: Path, folder: Path) -> Path:
    """A copy of an MP3 with a frame and a half of it overwritten."""
    content = bytearray(mp3.read_bytes())
    at = len(content) * 2 // 3
    content[at : at + 432] = bytes(432)
    (broken := folder / "broken.mp3").write_bytes(content)
    return broken


def with_a_cut_feed(feeds: Path, folder: Path) -> Path:
    """A folder with a copy of the feed whose last third is missing."""
    folder.mkdir()
    content = (feeds / "feed.xml").read_bytes()
    (folder / "feed.xml").write_bytes(content[: len(content) * 2 // 3])
    return folder


REFUSALS = (
    html5lib.html5parser.ParseError,
    jsonschema.ValidationError,
    podcastparser.FeedParseError,
    pysrt.InvalidItem,
    srt.SRTParseError,
    webvtt.errors.MalformedFileError,
)


def is_html(page: str) -> bool:
    """Whether html5lib takes it without complaint."""
    return bool(html5lib.HTMLParser(strict=True).parse(page))


@pytest.mark.parametrize(
    ("ending", "read", "old", "new"),
    [
        ("feed.xml", lambda text: feedparser.parse(text.encode()).bozo, "</channel>", ""),
        (
            "feed.xml",
            lambda text: podcastparser.parse("x:", io.StringIO(text)),
            "</channel>",
            "",
        ),
        (".vtt", lambda text: len(webvtt.from_string(text)), "WEBVTT", "WEBVTF"),
        (".vtt", lambda text: [c.voice for c in webvtt.from_string(text)], "<v ", "<b "),
        (".srt", lambda text: len(list(srt.parse(text))), "\n\n2\n00", "\n\n2\nOO"),
        (
            ".srt",
            lambda text: len(pysrt.from_string(text, error_handling=pysrt.ERROR_RAISE)),
            " --> ",
            " -> ",
        ),
        (".srt", lambda text: len(pysubs2.SSAFile.from_string(text, format_="srt")), ",", ""),
        (
            ".chapters.json",
            lambda text: jsonschema.validate(json.loads(text), CHAPTERS),
            "startTime",
            "start",
        ),
        (
            ".transcript.json",
            lambda text: jsonschema.validate(json.loads(text), SEGMENTS),
            "speaker",
            "who",
        ),
        (".html", is_html, "</ol>", "</p>"),
        (".transcript.html", is_html, "</cite>", "</time>"),
    ],
    ids="feedparser podcastparser webvtt-py voices srt pysrt pysubs2 chapters segments page words".split(),
)
def test_a_reader_in_python_sees_what_is_broken(
    made: Made, ending: str, read: Callable[[str], Any], old: str, new: str
) -> None:
    """It reads what is published; where that is broken in one place, it refuses it or reads otherwise."""
    _, feeds, episode = made
    text = (feeds / (episode.slug + ending if ending.startswith(".") else ending)).read_text(
        "utf-8"
    )
    assert old in text
    assert outcome(read, text) not in (outcome(read, text.replace(old, new, 1)), "refused")


def outcome(read: Callable[[str], object], text: str) -> object:
    """What the reader says of it."""
    try:
        return read(text)
    except REFUSALS:
        return "refused"


def test_eyed3_and_mutagen_see_a_lost_chapter(made: Made, tmp_path: Path) -> None:
    """Both list the record's chapters, and one fewer of a file with a broken CHAP frame."""
    content = (made[1] / made[2].audio).read_bytes()
    (broken := tmp_path / "broken.mp3").write_bytes(content.replace(b"CHAP", b"CHXP", 1))
    for path, count in (
        (made[1] / made[2].audio, len(made[2].chapters)),
        (broken, len(made[2].chapters) - 1),
    ):
        assert (
            len(list(eyed3.load(path).tag.chapters))
            == len(MP3(path).tags.getall("CHAP"))
            == count
        )


class TestFeedsmith:
    """The feed, as feedsmith reads it."""

    __test__ = NODE

    def test_it_reads_the_episode(self, made: Made) -> None:
        """Title, guid, enclosure, length, chapters, transcripts, people and soundbite are the record's."""
        _, feeds, episode = made
        (item,) = node("feed.mjs", feeds / "feed.xml")["items"]
        assert (item["title"], item["guid"]["value"]) == (episode.title, episode.guid)
        (enclosure,) = item["enclosures"]
        assert (enclosure["length"], enclosure["type"]) == (episode.bytes, "audio/mpeg")
        assert item["itunes"]["duration"] == round(episode.duration / 1000)
        make_entry = [chapter["title"] for chapter in item["psc"]["chapters"]]
        assert make_entry == [chapter.title for chapter in episode.chapters]
        assert {t["type"] for t in item["podcast"]["transcripts"]} >= {
            "text/vtt",
            "application/json",
        }
        assert [p["display"] for p in item["podcast"]["persons"]] == [
            p.name for p in episode.people
        ]

    def test_it_reads_the_show(self, made: Made) -> None:
        """What directories list a show by."""
        show, feeds, _ = made
        feed = node("feed.mjs", feeds / "feed.xml")
        assert (feed["title"], feed["itunes"]["author"]) == (show.title, show.author)
        assert (feed["podcast"]["guid"], feed["podcast"]["locked"]["value"]) == (
            show.guid,
            True,
        )
        (itself,) = [link for link in feed["atom"]["links"] if link["rel"] == "self"]
        assert itself["href"] == f"{show.url}feed.xml"

    def test_it_sees_a_cut(self, made: Made, tmp_path: Path) -> None:
        """A feed whose end is missing is refused."""
        assert node("feed.mjs", with_a_cut_feed(made[1], tmp_path / "cut") / "feed.xml") is None


class TestMusicMetadata:
    """The MP3, as music-metadata reads it."""

    __test__ = NODE

    def test_it_reads_the_tag(self, made: Made) -> None:
        """Title, show, cover and every chapter with its times are the record's; the length is counted."""
        show, feeds, episode = made
        found = node("tag.mjs", feeds / episode.audio)
        assert (found["common"]["title"], found["common"]["album"]) == (
            episode.title,
            show.title,
        )
        assert [picture["type"] for picture in found["common"]["picture"]] == ["Cover (front)"]
        chapters = [(c["title"], round(c["start"] * 1000)) for c in found["format"]["chapters"]]
        assert chapters == [(c.title, c.start) for c in episode.chapters]
        assert abs(found["format"]["duration"] * 1000 - episode.duration) < 50

    def test_it_sees_a_chapter_without_title(self, made: Made, tmp_path: Path) -> None:
        """A CHAP frame whose title is gone is not listed."""
        content = (made[1] / made[2].audio).read_bytes()
        at = content.index(b"CHAP")
        title = content.index(b"TIT2", at)
        (broken := tmp_path / "broken.mp3").write_bytes(
            content[:title] + b"TXX2" + content[title + 4 :]
        )
        assert len(node("tag.mjs", broken)["format"]["chapters"]) < len(made[2].chapters)


class TestCaptions:
    """The WebVTT, as node-webvtt reads it, strictly."""

    __test__ = NODE

    def test_it_reads_the_cues_that_webvtt_py_reads(self, made: Made) -> None:
        """The same cues at the same times."""
        path = made[1] / f"{made[2].slug}.vtt"
        cues = [(round(c["start"], 3), round(c["end"], 3)) for c in node("captions.mjs", path)]
        others = [(c.start_in_seconds, c.end_in_seconds) for c in webvtt.read(str(path))]
        assert len(cues) == len(others) > 3
        assert [int(start) for start, _ in cues] == [int(start) for start, _ in others]

    def test_it_sees_a_cue_that_ends_before_it_starts(self, made: Made, tmp_path: Path) -> None:
        """A strict reader refuses it."""
        first, arrow, rest = (
            (made[1] / f"{made[2].slug}.vtt").read_text(encoding="utf-8").partition(" --> ")
        )
        (broken := tmp_path / "broken.vtt").write_text(
            f"{first}{arrow}00:00:00.000{rest[12:]}", "utf-8"
        )
        assert node("captions.mjs", broken) is None


class TestMp3val:
    """The MP3, as mp3val walks it."""

    __test__ = there("mp3val")

    def test_it_finds_nothing(self, made: Made) -> None:
        """Constant bit rate, MPEG-1, an ID3v2 tag, and no complaint."""
        said = run("mp3val", made[1] / made[2].audio).stdout
        assert "WARNING" not in said
        assert "(MPEG 1 Layer III), +ID3v2, CBR" in said

    def test_it_sees_a_hole(self, made: Made, tmp_path: Path) -> None:
        """Some bytes that are no frame are a complaint."""
        assert "WARNING" in run("mp3val", with_a_hole(made[1] / made[2].audio, tmp_path)).stdout


class TestMpg123:
    """The MP3, as mpg123 decodes it."""

    __test__ = there("mpg123")

    def test_it_decodes_all(self, made: Made) -> None:
        """No lost sync, no error, to the end."""
        done = run("mpg123", "-t", made[1] / made[2].audio)
        assert (done.returncode, "finished" in done.stderr) == (0, True)
        assert not any(
            word in done.stderr for word in ("resync", "Illegal", "error", "Warning")
        )

    def test_it_sees_a_hole(self, made: Made, tmp_path: Path) -> None:
        """Some bytes that are no frame are told of."""
        assert (
            "resync"
            in run("mpg123", "-t", with_a_hole(made[1] / made[2].audio, tmp_path)).stderr
        )


class TestFfprobe:
    """The MP3, as ffprobe reads it."""

    __test__ = there("ffprobe")

    def test_it_reads_the_chapters(self, made: Made) -> None:
        """The record's chapters in their order, the stream's format, and the length."""
        found = self.probe(made[1] / made[2].audio)
        chapters = [
            (c["tags"]["title"], round(float(c["start_time"]) * 1000))
            for c in found["chapters"]
        ]
        assert chapters == [(c.title, c.start) for c in made[2].chapters]
        stream = next(s for s in found["streams"] if s["codec_type"] == "audio")
        assert (stream["codec_name"], stream["sample_rate"], stream["channels"]) == (
            "mp3",
            "48000",
            1,
        )
        assert abs(float(found["format"]["duration"]) * 1000 - made[2].duration) < 60

    def test_it_sees_a_lost_chapter(self, made: Made, tmp_path: Path) -> None:
        """A file with a broken CHAP frame has one chapter fewer."""
        content = (made[1] / made[2].audio).read_bytes()
        (broken := tmp_path / "broken.mp3").write_bytes(content.replace(b"CHAP", b"CHXP", 1))
        assert len(self.probe(broken)["chapters"]) == len(made[2].chapters) - 1

    @staticmethod
    def probe(path: Path) -> Any:
        flags = [
            "-v",
            "error",
            "-of",
            "json",
            "-show_chapters",
            "-show_streams",
            "-show_format",
        ]
        return json.loads(run("ffprobe", *flags, path).stdout)


class TestNu:
    """The pages, as the Nu HTML checker of WHATWG and W3C reads them."""

    __test__ = there("java", NU)

    def test_it_finds_no_error(self, made: Made, tmp_path: Path) -> None:
        """Pages, frame, transcript, report, preview and snippet are valid, also of texts made to break out."""
        _, feeds, episode = made
        pages = [
            feeds / "index.html",
            feeds / f"{episode.slug}.html",
            feeds / f"{episode.slug}.transcript.html",
            feeds / f"{episode.slug}.embed.html",
        ]
        for i, text in enumerate(NASTY.values()):
            odd, its = (
                builders.a_show(tmp_path, title=text, author=text, description=text),
                nasty(text),
            )
            blog = f'<!doctype html><html lang="en"><title>Blog</title>{snippet(odd, its, "plain")}</html>'
            made_of_it = (
                episode_page(odd, its),
                index_page(odd, [make_entry(odd, its)]),
                transcript_html(odd.language, its),
                report_page(odd, its),
                embed_page(odd, its),
                preview_page(odd),
                blog,
            )
            for k, page in enumerate(made_of_it):
                (path := tmp_path / f"{i}-{k}.html").write_text(page, encoding="utf-8")
                pages.append(path)
        assert self.errors(*pages) == []

    def test_it_sees_a_false_page(self, made: Made, tmp_path: Path) -> None:
        """A list with a paragraph in it, and an image that says nothing, are errors."""
        text = (made[1] / "index.html").read_text(encoding="utf-8")
        (broken := tmp_path / "broken.html").write_text(
            text.replace("<ol>", "<ol><p>x</p>"), encoding="utf-8"
        )
        assert "not allowed as child of element" in " ".join(self.errors(broken))

    @staticmethod
    def errors(*pages: Path) -> list[str]:
        done = run(
            shutil.which("java") or "",
            "-jar",
            NU,
            "--format",
            "json",
            "--exit-zero-always",
            *pages,
        )
        found = json.loads(done.stderr)["messages"]
        return [f"{Path(m['url']).name}: {m['message']}" for m in found if m["type"] == "error"]


class TestCanIEmail:
    """The mail, held against what caniemail.com knows of mail clients."""

    __test__ = there("node", OTHERS / "node_modules" / "caniemail")

    CLIENTS = (
        "apple-mail.ios", "apple-mail.macos", "gmail.android", "gmail.ios", "gmail.desktop-webmail",
        "outlook.windows", "outlook.outlook-com", "outlook.ios", "outlook.android",
        "yahoo.desktop-webmail", "aol.desktop-webmail", "samsung-email.android",
    )  # fmt: skip

    MAY_LACK = frozenset({
        "color-scheme meta tag", "color-scheme CSS property", "@media",  # it is light there
        "border-radius",  # the button has corners there
        "overflow-wrap", "word-break", "white-space", "overflow",  # where a word is broken
        "system-ui, ui-serif, ui-sans-serif, ui-rounded, ui-monospace",  # Arial follows
        "height property",  # the picture has it as an attribute as well
    })  # fmt: skip
    """Without these the mail looks plainer, and nothing of it is lost."""

    def test_every_client_shows_the_mail(self, tmp_path: Path) -> None:
        """What a client lacks of it changes its look and nothing else."""
        lacking = self.lacking(hostile.mail_page(tmp_path, hostile.a_show(tmp_path / "show")))
        assert set(lacking) == set(self.CLIENTS)
        assert {client: bad for client, bad in lacking.items() if bad} == {}

    def test_it_sees_what_a_client_lacks(self, tmp_path: Path) -> None:
        """A script, a form and a layout that Outlook knows nothing of."""
        page = hostile.mail_page(tmp_path, hostile.a_show(tmp_path / "show"))
        text = page.read_text(encoding="utf-8")
        bad = '<form><input type="text"></form><div style="display:flex;position:fixed">x</div>'
        page.write_text(text.replace("</body>", f"{bad}</body>"), encoding="utf-8")
        assert len(self.lacking(page)["outlook.windows"]) >= 2

    def lacking(self, page: Path) -> dict[str, set[str]]:
        """What each client lacks of a mail, but for what it may."""
        done = run("node", OTHERS / "mail.mjs", page, *self.CLIENTS)
        assert done.returncode == 0, done.stderr
        found = json.loads(done.stdout)
        return {client: set(titles) - self.MAY_LACK for client, titles in found.items()}


class TestNewsboat:
    """The feed, as newsboat reads it over HTTP."""

    __test__ = there("newsboat")

    def test_it_lists_the_episode(self, made: Made, tmp_path: Path) -> None:
        """One article, whose MP3 it puts into its queue."""
        said, queue = self.read(made[1], tmp_path)
        assert said == "1 unread articles"
        assert made[2].audio in queue

    def test_it_sees_a_lost_enclosure(self, made: Made, tmp_path: Path) -> None:
        """Of an article without one, it has nothing to download."""
        (feeds := tmp_path / "feeds").mkdir()
        text = (
            (made[1] / "feed.xml")
            .read_text(encoding="utf-8")
            .replace("<enclosure", "<enclosed")
        )
        (feeds / "feed.xml").write_text(text, encoding="utf-8")
        assert self.read(feeds, tmp_path) == ("1 unread articles", "")

    @staticmethod
    def read(feeds: Path, home: Path) -> tuple[str, str]:
        """What it says after a reload, and its queue of downloads."""
        with serve_folder(feeds, port=0) as server:
            (urls := home / "urls").write_text(f"{server.address}feed.xml\n")
            (settings := home / "config").write_text("podcast-auto-enqueue yes\n")
            files = ["-u", urls, "-C", settings, "-c", home / "cache.db"]
            done = run("newsboat", *files, "-x", "reload", "print-unread", HOME=str(home))
        return done.stdout.strip(), "".join(path.read_text() for path in home.rglob("queue"))


class TestGpodder:
    """The feed, as gPodder's command line subscribes to it and downloads it."""

    __test__ = there("gpo")

    def test_it_downloads_the_episode(self, made: Made, tmp_path: Path) -> None:
        """The MP3 that it saves is ours, byte for byte."""
        show, feeds, episode = made
        copy = shutil.copytree(feeds, tmp_path / "feeds")
        with serve_folder(copy, port=0) as server:
            text = (
                (copy / "feed.xml")
                .read_text(encoding="utf-8")
                .replace(show.url, server.address)
            )
            (copy / "feed.xml").write_text(text, encoding="utf-8")
            saved = self.saved(f"{server.address}feed.xml", tmp_path)
        assert saved == [(feeds / episode.audio).read_bytes()]

    def test_it_sees_a_cut(self, made: Made, tmp_path: Path) -> None:
        """Of a feed whose end is missing, it downloads nothing."""
        with serve_folder(with_a_cut_feed(made[1], tmp_path / "feeds"), port=0) as server:
            assert self.saved(f"{server.address}feed.xml", tmp_path) == []

    @staticmethod
    def saved(address: str, folder: Path) -> list[bytes]:
        home = {"HOME": str(folder), "GPODDER_HOME": str(folder / "gpodder")}
        run("gpo", "subscribe", address, **home)
        run("gpo", "download", **home)
        return [path.read_bytes() for path in (folder / "gpodder").rglob("*.mp3")]

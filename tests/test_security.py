# ruff: noqa: E501
"""What docs/security.md promises: whoever supplies what, and what must not come of it.

What one module holds by itself is tested beside it (test_serve, test_stores, test_pages ...); here
are the attacks that go through several.
"""

from __future__ import annotations

import datetime as dt
import gzip
import json
import os
import re
import shutil
import subprocess
import sys
import tracemalloc
import zlib
from html import unescape
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import builders
import feedparser
import hostile
import pytest
import webvtt
import yaml
from lxml import etree, html
from papers import web

from podcast.check import check_store
from podcast.config import load_show
from podcast.errors import (
    ConfigError,
    PodcastError,
    PublishError,
    ReadError,
    SourceError,
    StitchError,
)
from podcast.make.scripts import script_path
from podcast.model import EarlierAudio, SourceText
from podcast.newsroom.fetcher import Fetcher
from podcast.publish import load_episodes
from podcast.publish.episode_record import dump, load
from podcast.publish.post_facts import with_facts
from podcast.publish.stores.folder import FolderStore
from podcast.read.posts import read_post
from podcast.registry import open_items
from podcast.services.openai_client import Service
from podcast.speak.casting import load_cast, load_voices
from podcast.speak.lexicon import load_lexicon
from podcast.stitch.ffmpeg import decode_audio, ffmpeg_exe
from podcast.write.script_file import parse

REPOSITORY = Path(__file__).parent.parent


# --- what answers over HTTP -----------------------------------------------------------------------


def packed(body: bytes, how: str) -> object:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Encoding", how)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    return answer


def zeros(megabytes: int) -> bytes:
    """So many megabytes of zeros, in gzip."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    return b"".join(
        [*(packer.compress(bytes(1 << 20)) for _ in range(megabytes)), packer.flush()]
    )


@pytest.mark.parametrize("how", ["gzip", "gzip, gzip", "deflate", "br"])
def test_no_answer_unpacks_without_end(how: str, tmp_path: Path) -> None:
    """200 MB packed once, and packed twice into a thousand bytes: refused before they are in memory."""
    once = zeros(200)
    body = gzip.compress(once) if "," in how else once
    with web({"/": packed(body, how)}) as (address, _):  # type: ignore[dict-item]
        tracemalloc.start()
        try:
            with pytest.raises(
                SourceError, match="larger than 10 MB" if how == "gzip" else "is packed as"
            ):
                Fetcher(tmp_path, allow_private=True).fetch(f"{address}/")
            assert tracemalloc.get_traced_memory()[1] < 40_000_000
        finally:
            tracemalloc.stop()


def test_what_is_packed_once_is_unpacked(tmp_path: Path) -> None:
    """A page in gzip arrives whole; one that is cut off, or is no gzip, is refused."""
    page = ("Words of a page. " * 5000).encode()
    whole = gzip.compress(page)
    pages = {
        "/": packed(whole, "gzip"),
        "/cut": packed(whole[:-20], "gzip"),
        "/no": packed(page, "gzip"),
    }
    with web(pages) as (address, _):  # type: ignore[arg-type]
        fetcher = Fetcher(tmp_path, allow_private=True)
        assert fetcher.fetch(f"{address}/")[0] == page
        for path in ("/cut", "/no"):
            with pytest.raises(SourceError, match="the server's answer is broken"):
                fetcher.fetch(f"{address}{path}")


INNER = """
import sys, threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from podcast.errors import SourceError
from podcast.newsroom.fetcher import Fetcher

asked = []

class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        asked.append(self.headers["Host"] + self.path)
        to = self.path.partition("?")[2]
        self.send_response(302 if to else 200)
        if to:
            self.send_header("Location", to)
        self.send_header("Content-Length", "4")
        self.end_headers()
        self.wfile.write(b"page")

    def log_message(self, *_):
        pass

for host in ("93.184.216.34", "127.0.0.1", "10.1.2.3", "169.254.169.254"):
    threading.Thread(target=HTTPServer((host, 80), Handler).serve_forever, daemon=True).start()
fetcher = Fetcher(Path(sys.argv[1]))
assert fetcher.fetch("http://public.example/a")[0] == b"page"
assert fetcher.fetch("http://public.example/b?/a")[0] == b"page"
asked.clear()
inside = ["inside.example", "both.example", "127.0.0.1", "10.1.2.3", "169.254.169.254", "0", "0x7f.1", "0177.0.0.1",
    "[::ffff:a9fe:a9fe]", "[::127.0.0.1]", "[64:ff9b::a01:203]", "[64:ff9b:1::a01:203]", "[fec0::1]", "inside.example."]
for host in inside:
    for address in (f"http://{host}/", f"http://public.example/c?http://{host}/"):
        try:
            fetcher.fetch(address)
        except SourceError:
            continue
        raise AssertionError(address)
assert {one for one in asked if "/c?" not in one} == set(), asked
print(len(inside))
"""
HOSTS = "93.184.216.34 public.example\n10.1.2.3 inside.example\n93.184.216.34 both.example\n10.1.2.3 both.example\n"
OWN_NETWORK = ["unshare", "--map-root-user", "--net", "--mount"]


@pytest.mark.skipif(
    not shutil.which("unshare")
    or subprocess.run([*OWN_NETWORK, "true"], check=False, capture_output=True).returncode,
    reason="no network namespace of one's own can be had here",
)
def test_no_redirect_and_no_name_leads_inside(tmp_path: Path) -> None:
    """From a public address (in a network of the test's own), no redirect and no name reaches a private one.

    Names that are at a private address, or at a public and a private one; numbers in hex and octal; IPv4 in
    IPv6, the metadata service of clouds, translators, site-local addresses.
    """
    (tmp_path / "hosts").write_text(HOSTS, encoding="utf-8")
    (tmp_path / "inner.py").write_text(INNER, encoding="utf-8")
    setup = (
        "ip link set lo up && for a in 93.184.216.34 10.1.2.3 169.254.169.254; do ip addr add $a/32 dev lo; done && "
        'mount --bind "$1/hosts" /etc/hosts && exec "$2" "$1/inner.py" "$1/kept"'
    )
    command = [*OWN_NETWORK, "sh", "-c", setup, "sh", str(tmp_path), sys.executable]
    where = os.environ | {"PYTHONPATH": str(REPOSITORY)}
    done = subprocess.run(
        command, check=False, capture_output=True, text=True, env=where, timeout=60
    )
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 10


def test_an_address_with_a_password_is_not_asked(tmp_path: Path) -> None:
    """It would be printed as a story's source; the message does not repeat it."""
    with web({"/": b"page"}) as (address, seen):
        with pytest.raises(SourceError) as caught:
            Fetcher(tmp_path, allow_private=True).fetch(address.replace("//", "//me:hunter2@"))
        assert seen == []
    assert "hunter2" not in str(caught.value)


# --- XML ------------------------------------------------------------------------------------------


def entities(tail: str, declared: str) -> str:
    return (
        f'<?xml version="1.0"?><!DOCTYPE rss [{declared}]>\n<rss version="2.0"><channel><title>t {tail}</title><item>'
        f"<title>Tugs {tail}</title><link>https://a.example/</link><description>{'Words. ' * 40}{tail}</description>"
        "</item></channel></rss>"
    )


def laughs() -> str:
    """Entities that stand for ten of the one before: ten billion laughs."""
    steps = (f'<!ENTITY l{i} "{f"&l{i - 1};" * 10}">' for i in range(1, 11))
    return entities("&l10;", f'<!ENTITY l0 "ha">{"".join(steps)}')


def test_no_entity_is_expanded(tmp_path: Path) -> None:
    """Neither of a source nor of a feed in a store: no laughs in memory, no file of this machine."""
    secret = tmp_path / "secret.txt"
    secret.write_text("hunter2", encoding="utf-8")
    outside = entities("&x;", f'<!ENTITY x SYSTEM "{secret.as_uri()}">')
    parameter = entities("&x;", f'<!ENTITY % p SYSTEM "{secret.as_uri()}"> %p; <!ENTITY x "y">')
    include = f'<html xmlns:xi="http://www.w3.org/2001/XInclude"><h1>T</h1><xi:include href="{secret.as_uri()}"/></html>'
    show = builders.a_show(tmp_path / "show")
    store = FolderStore(tmp_path / "show" / "feeds")
    tracemalloc.start()
    try:
        for text in (laughs(), outside, parameter, include):
            for start in ("", '<?xml version="1.0"?>\n<rss version="2.0"></rss>'):
                try:
                    said = repr(open_items(SourceText("feed", start + text), as_note=False))
                except PodcastError as error:
                    said = str(error)
                assert "hunter2" not in said
                assert len(said) < 5000
            store.write("feed.xml", text.encode())
            faults = repr(
                check_store(show, store, None, dt.datetime(2026, 1, 1, tzinfo=dt.UTC))
            )
            assert "hunter2" not in faults
            assert len(faults) < 50_000
        assert tracemalloc.get_traced_memory()[1] < 60_000_000
    finally:
        tracemalloc.stop()


# --- YAML, TOML, JSON -----------------------------------------------------------------------------

BOMB = "a0: &a0 [ha, ha]\n" + "".join(
    f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 10)}]\n" for i in range(1, 10)
)
MERGE = "a0: &a0 {x: 1}\n" + "".join(
    f"a{i}: &a{i}\n  <<: [{', '.join([f'*a{i - 1}'] * 10)}]\n" for i in range(1, 10)
)
DEEP = "[" * 100_000
BODY = "\n## A\n\n**X:** Hello.\n"


@pytest.mark.parametrize(
    "front",
    [
        f"{BOMB}title: *a9\n",
        f"{MERGE}title: x\n",
        f"title: {'[' * 3000}\n",
        f"title: {'[' * 3000}{']' * 3000}\n",
    ],
    ids=["title", "merge", "open", "closed"],
)
def test_yaml_does_not_explode(front: str, tmp_path: Path) -> None:
    """Aliases that stand for billions of words, and brackets without end: one line, at once."""
    text = f"---\n{front}date: 2024-06-03\n---\n{BODY}"
    with pytest.raises(PodcastError, match=r"s\.md:\d+: "):
        parse(text, tmp_path / "s.md")
    (post := tmp_path / "2024-06-03-x.md").write_text(text, encoding="utf-8")
    with pytest.raises(ReadError, match=r"x\.md:\d+: "):
        read_post(post)


@pytest.mark.parametrize(
    "line", [f"x = {DEEP}", f"x = {DEEP}{DEEP.replace('[', ']')}", f"{'a.' * 100_000}a = 1", "x = " + "{a=" * 50_000],
    ids=["open", "closed", "dotted", "tables"],
)  # fmt: skip
def test_toml_does_not_hang(line: str, tmp_path: Path) -> None:
    """podcast.toml, voices, cast, lexicon and front matter nested without end: one line."""
    for name in ("podcast.toml", "cast.toml", "lexicon.toml", "voice.toml"):
        (tmp_path / name).write_text(line, encoding="utf-8")
    for act in (
        lambda: load_show(tmp_path),
        lambda: load_cast(tmp_path / "cast.toml"),
        lambda: load_lexicon(tmp_path / "lexicon.toml"),
        lambda: load_voices(tmp_path),
    ):
        with pytest.raises(ConfigError, match=r"\.toml: "):
            act()
    text = f"+++\ntitle = 'x'\n{line}\n+++\n{BODY}"
    (post := tmp_path / "2024-06-03-x.md").write_text(text, encoding="utf-8")
    with pytest.raises(ReadError, match="front matter is not TOML"):
        read_post(post)
    with pytest.raises(PublishError, match="front matter is not TOML"):
        with_facts(text.encode(), {"audio": "x.mp3"})


def test_a_record_nested_without_end_is_refused() -> None:
    """Also one that closes all its brackets."""
    for content in (
        b"[" * 200_000,
        b"[" * 200_000 + b"]" * 200_000,
        b'{"format": ' + b"9" * 50_000 + b"}",
    ):
        with pytest.raises(PublishError, match="not a record"):
            load(content, "2024-06-03-x.json")


# --- names of files -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    ["2024-06-03-..%2f..%2fetc", "2024-06-03-..\\..\\x", "2024-06-03-<script>", "2024-06-03-'; rm -rf ~", "2024-06-03-\u202ex"],
)  # fmt: skip
def test_a_post_does_not_choose_where_files_go(name: str, tmp_path: Path) -> None:
    """The slug is letters, digits and hyphens, whatever the file is called and its front matter asks for."""
    front = "title: ../../x\nslug: ../../x\npermalink: /../../x\naudio: ../../x.mp3\nname: /etc/x\npath: ../x\n"
    (tmp_path / f"{name}.md").write_text(
        f"---\n{front}---\n\n# A\n\nWords.\n", encoding="utf-8"
    )
    edition = read_post(tmp_path / f"{name}.md")
    assert re.fullmatch(r"2024-06-03-[a-z0-9-]+", edition.slug)
    show = builders.a_show(tmp_path)
    assert script_path(show, edition).parent == tmp_path / "scripts"


@pytest.mark.parametrize(
    "bad", ["../x.mp3", "/etc/passwd", "a/b.jpg", "..\\x", "s3://x/y", "a\0b"]
)
@pytest.mark.parametrize("key", ["art", "before", "slug", "remade"])
def test_a_record_does_not_name_files_elsewhere(key: str, bad: str, tmp_path: Path) -> None:
    """Of a store that others write to: a record whose names would leave it is refused with its key."""
    good = builders.an_episode(remade="0a1b2c3d", earlier_audio=(EarlierAudio("x.mp3", None),))
    values = json.loads(dump(good)) | {key: bad}
    store = FolderStore(tmp_path)
    store.write(f"{good.slug}.json", json.dumps(values).encode())
    with pytest.raises(PublishError, match=key):
        load_episodes(store)


# --- an edition made to break out -----------------------------------------------------------------


@pytest.fixture(scope="module")
def broken_out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that holds nothing but the show of a hostile edition, made and published."""
    folder = tmp_path_factory.mktemp("hostile")
    hostile.a_show(folder)
    return folder


def test_a_hostile_edition_stays_in_its_show(broken_out: Path) -> None:
    """Every name it was given is a plain one, inside the show; making it again and checking it find nothing."""
    show = broken_out / "show"
    assert [path.name for path in broken_out.iterdir()] == ["show"]
    for path in (show / "feeds").iterdir():
        assert re.fullmatch(
            r"2024-06-03-[a-z0-9-]+\.[a-z.]+[0-9a-z]|cover-\w+\.jpg|icon-\d+-\w+\.(jpg|png)|feed\.xml|"
            r"index\.html|sitemap\.xml|site\.webmanifest",
            path.name,
        )
    before = {path: path.read_bytes() for path in (show / "feeds").iterdir()}
    again = hostile.say("make", "--show", show, "--date", hostile.DATE, "--engine", "silence")
    assert "unchanged: " in again.output
    hostile.say("feed", "--show", show)
    assert {path: path.read_bytes() for path in (show / "feeds").iterdir()} == before
    assert "error" not in hostile.say("check", "--show", show).output


def test_a_hostile_edition_is_data_in_every_form(broken_out: Path) -> None:
    """Feed, pages, mail, transcripts, chapters and front matter hold its words as words."""
    show = broken_out / "show"
    [audio] = (show / "feeds").glob("*.mp3")
    post = next((show / "posts").iterdir()).read_text(encoding="utf-8")
    front, _, body = post.removeprefix("---\n").partition("\n---\n")
    facts = yaml.safe_load(front)
    # A value that the post had already is its author's: it is left as it is, and nothing is made of it.
    assert (facts["audio"], facts["permalink"]) == ("../../../etc/passwd", hostile.BREAKS[6])
    assert audio.parent == show / "feeds"
    assert body == hostile.post().split("\n---\n", 1)[1]

    feed = etree.fromstring(
        (show / "feeds" / "feed.xml").read_bytes(), etree.XMLParser(resolve_entities=False)
    )
    assert len(feed.findall("channel/item")) == 1
    said = feedparser.parse((show / "feeds" / "feed.xml").read_bytes(), sanitize_html=False)
    pages = {
        path.name: path.read_text(encoding="utf-8") for path in (show / "feeds").glob("*.html")
    }
    pages["notes of the feed"] = said.entries[0].summary
    pages["report"] = hostile.say("report", "--show", show, "--date", hostile.DATE).output
    pages["snippet"] = hostile.say("embed", "--show", show, "--date", hostile.DATE).output
    for name, page in pages.items():
        for element in html.document_fromstring(page).iter(etree.Element):
            is_data = element.get("type") == "application/ld+json"
            if element.tag in ("script", "style") and not is_data:
                assert hostile.MARK not in (element.text or ""), name
            for key, value in element.attrib.items():
                assert not key.startswith("on"), name
                assert key not in ("href", "src") or not value.strip().startswith(
                    "javascript:"
                ), name

    [captions] = (show / "feeds").glob("*.vtt")
    record = audio.with_suffix(".json")
    episode = load(record.read_bytes(), record.name)
    cues = webvtt.read(str(captions)).captions
    assert all(
        0 <= cue.start_in_seconds <= cue.end_in_seconds <= episode.duration / 1000
        for cue in cues
    )
    assert unescape(" ".join(cue.text for cue in cues)).split() == [
        word.text for line in episode.lines for word in line.words
    ]


# --- ffmpeg ---------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def private(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Sound that nobody named: a second of a tone, in several formats."""
    folder = tmp_path_factory.mktemp("private")
    for ending in ("wav", "mp3", "aac", "flac", "ogg", "opus", "m4a"):
        source = ["-f", "lavfi", "-i", "sine=frequency=440:duration=1"]
        subprocess.run(
            [ffmpeg_exe(), "-loglevel", "error", *source, f"{folder}/tone.{ending}"], check=True
        )
    return folder


@pytest.mark.parametrize("ending", ["mp3", "flac", "m4a", "wav", "ogg", "aac"])
@pytest.mark.parametrize("kind", ["concat", "concat here", "hls", "dash", "sdp", "lavfi"])
def test_an_asset_does_not_name_other_files(
    kind: str, ending: str, private: Path, tmp_path: Path
) -> None:
    """A playlist that poses as a sting is no sound, whatever it names, and asks no server."""
    asset = tmp_path / f"opening.{ending}"
    shutil.copy(private / "tone.mp3", tmp_path / "beside.mp3")
    with web({"/tone.mp3": (private / "tone.mp3").read_bytes()}) as (address, seen):
        hls = "#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-TARGETDURATION:2\n#EXT-X-MEDIA-SEQUENCE:0\n"
        hls += "".join(
            f"#EXTINF:1,\n{name}\n"
            for name in (private / "tone.mp3", "beside.mp3", f"{address}/tone.mp3")
        )
        text = {
            "concat": f"ffconcat version 1.0\nfile '{private}/tone.wav'\nfile '{address}/tone.mp3'\n",
            "concat here": "ffconcat version 1.0\nfile beside.mp3\n",
            "hls": f"{hls}#EXT-X-ENDLIST\n",
            "dash": f'<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static" '
            f'mediaPresentationDuration="PT1S"><Period><AdaptationSet mimeType="audio/mp4"><Representation id="1">'
            f"<BaseURL>{address}/tone.mp3</BaseURL></Representation></AdaptationSet></Period></MPD>",
            "sdp": f"v=0\no=- 0 0 IN IP4 127.0.0.1\nc=IN IP4 127.0.0.1\nm=audio {address.rpartition(':')[2]} RTP/AVP 14\n",
            "lavfi": "sine=frequency=440:duration=1\n",
        }[kind]
        asset.write_text(text, encoding="utf-8")
        with pytest.raises(StitchError, match="cannot be played"):
            decode_audio(asset, 48_000, 7)
        assert seen == []


@pytest.mark.parametrize("ending", ["wav", "mp3", "aac", "flac", "ogg", "opus", "m4a"])
def test_sound_is_heard_whatever_its_file_is_called(
    ending: str, private: Path, tmp_path: Path
) -> None:
    """Names that are protocols, options or filters elsewhere are names: the tone is there."""
    for name in (
        f"concat:a|b.{ending}",
        f"-i http:x.{ending}",
        f"http:x,volume=0[a];%d.{ending}",
        f"pipe:0.{ending}",
    ):
        shutil.copy(private / f"tone.{ending}", asset := tmp_path / name)
        assert len(decode_audio(asset, 48_000, 7)) > 48_000


# --- secrets --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("store", "sftp://me:hunter2@host.example/feeds"),
        ("cache", "simplecache::ftp://me:hunter2@host.example/takes"),
        ("url", "https://me:hunter2@host.example/feeds/"),
        ("hub", "https://me@host.example/"),
    ],
)
def test_no_password_stands_in_the_settings(key: str, value: str, tmp_path: Path) -> None:
    """podcast.toml is published with the blog: an address that holds a password is refused, unrepeated."""
    lines = {"title": "T", "author": "A", "email": "a@b.example", "description": "D"}
    lines |= {"url": "https://a.example/feeds/", "link": "https://a.example/"} | {key: value}
    (tmp_path / "podcast.toml").write_text(
        "".join(f'{k} = "{v}"\n' for k, v in lines.items()), encoding="utf-8"
    )
    with pytest.raises(ConfigError, match=rf"{key}: has .*password") as caught:
        load_show(tmp_path)
    assert "hunter2" not in str(caught.value)


def no_key() -> str:
    return "sk-none"


def test_the_address_of_a_service_is_told_without_its_password() -> None:
    """OPENAI_BASE_URL may hold one for a proxy."""
    service = Service(no_key, "http://me:hunter2@127.0.0.1:9/v1")
    assert "hunter2" not in str(service.refusal(500, None, "x", "m")) + str(service.late())

"""The feed: what RSS, Apple, PSP-1 and Podcasting 2.0 demand, read back by others' parsers."""

from __future__ import annotations

import datetime as dt
import email.utils
import io
import re
import uuid
from collections.abc import Iterable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import feedparser
import podcastparser
import pytest
from builders import HOSTILE, a_show, an_episode
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from podcast.config import change_settings
from podcast.make.production import bare_title
from podcast.model import (
    Chapter,
    Credit,
    Disclosure,
    DurationMs,
    Episode,
    Headline,
    Show,
    SourceNote,
)
from podcast.publish.feed import feeds as feeds_of
from podcast.publish.feed import make_entry
from podcast.publish.show_notes import description, render_show_notes
from podcast.util.addresses import ascii_address, secure
from podcast.util.xml_text import one_line

SHOW = a_show(Path("/show"), cover="cover-0123abcd.jpg", subcategory="")
NS = {
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "podcast": "https://podcastindex.org/namespace/1.0",
    "psc": "http://podlove.org/simple-chapters",
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
}


def feeds(show: Show, episodes: Iterable[Episode]) -> dict[str, bytes]:
    return feeds_of(show, [make_entry(show, episode) for episode in episodes])


def feed(show: Show = SHOW, *episodes: Episode) -> bytes:
    return feeds(show, episodes or [an_episode()])["feed.xml"]


def channel(content: bytes) -> Any:
    root = etree.fromstring(content)
    assert root.tag == "rss"
    assert root.get("version") == "2.0"
    (found,) = root
    return found


def text(parent: Any, path: str) -> str:
    (found,) = parent.findall(path, NS)
    return found.text or ""


def many(count: int, **changes: Any) -> list[Episode]:
    start = dt.datetime(2020, 1, 1, 6, tzinfo=dt.UTC)
    return [
        an_episode(
            slug=f"2020-{i:05}",
            guid=str(uuid.UUID(int=i)),
            published=start + dt.timedelta(days=i),
            lines=(),
            **changes,
        )
        for i in range(count)
    ]


def test_the_document_is_what_parsers_want() -> None:
    """XML declaration in UTF-8, exact namespaces declared on `<rss>`, one channel."""
    content = feed()
    assert re.match(rb"<\?xml version='1.0' encoding='UTF-8'\?>\n<rss ", content)
    assert etree.fromstring(content).nsmap == NS
    assert channel(content).tag == "channel"


def test_the_channel_is_complete() -> None:
    """All that Apple, PSP-1, Spotify and Podcasting 2.0 ask of a channel, each once."""
    show = a_show(
        Path("/show"),
        cover="cover-0123abcd.jpg",
        category="News",
        subcategory="Tech News",
        locked=True,
    )
    found = channel(feed(show))
    self_link = found.find("atom:link[@rel='self']", NS)
    assert self_link.get("href") == "https://example.org/feeds/feed.xml"
    assert self_link.get("type") == "application/rss+xml"
    assert text(found, "title") == "The Quayside Hour"
    assert text(found, "link") == "https://example.org/"
    assert text(found, "language") == "en"
    assert text(found, "copyright") == "Quayside Press"
    assert text(found, "generator") == "presscast"
    assert text(found, "itunes:author") == "Quayside Press"
    assert text(found, "itunes:explicit") == "false"
    assert text(found, "itunes:type") == "episodic"
    assert text(found, "itunes:owner/itunes:name") == "Quayside Press"
    assert text(found, "itunes:owner/itunes:email") == "desk@example.org"
    assert [c.get("text") for c in found.iterfind("itunes:category", NS)] == ["News"]
    assert [c.get("text") for c in found.iterfind("itunes:category/itunes:category", NS)] == [
        "Tech News"
    ]
    art = "https://example.org/feeds/cover-0123abcd.jpg"
    assert found.find("itunes:image", NS).get("href") == art
    assert found.find("podcast:image", NS).get("href") == art
    assert text(found, "image/url") == art
    assert text(found, "podcast:guid") == show.guid
    assert text(found, "podcast:locked") == "yes"
    assert found.find("podcast:locked", NS).get("owner") == "desk@example.org"
    assert text(found, "podcast:medium") == "podcast"
    assert text(found, "podcast:txt[@purpose='ai-content']") == "true"
    assert text(found, "lastBuildDate") == "Mon, 03 Jun 2024 06:00:00 +0000"


def test_settings_reach_the_channel() -> None:
    """Explicit, unlocked, human: as the show says."""
    found = channel(feed(a_show(Path("/show"), explicit=True, locked=False, ai_content=False)))
    assert text(found, "itunes:explicit") == "true"
    assert text(found, "item/itunes:explicit") == "true"
    assert text(found, "podcast:locked") == "no"
    assert found.find("podcast:txt", NS) is None
    assert found.find("itunes:image", NS) is None
    assert "synthetic" not in text(found, "item/content:encoded")


@pytest.mark.parametrize(
    ("show_declares", "items", "expected"),
    [
        (True, (None,), ["true"]),
        (True, (False,), ["true"]),
        (False, (True, None), ["true"]),
        (False, (False, False), ["false"]),
        (False, (False, None), []),
        (False, (None,), []),
    ],
)
def test_a_show_declares_what_its_items_prove(
    show_declares: bool, items: tuple[bool | None, ...], expected: list[str]
) -> None:
    """True when any is synthetic or the owner says so, false when all declare that, else nothing."""
    show = a_show(Path("/show"), ai_content=show_declares)
    entries = [
        make_entry(
            show, an_episode(disclosure=None if state is None else Disclosure(state, ""))
        )
        for state in items
    ]
    found = channel(feeds_of(show, entries)["feed.xml"])
    assert [txt.text for txt in found.findall("podcast:txt", NS)] == expected
    said = [item.findtext("podcast:txt", None, NS) for item in found.findall("item")]
    assert sorted(map(str, said)) == sorted(
        str(state if state is None else str(state).lower()) for state in items
    )


def test_an_item_is_complete() -> None:
    """All that is asked of an item, each once."""
    item = channel(feed()).find("item")
    base = "https://example.org/feeds/2024-06-03-harbours-that-listen"
    assert text(item, "title") == text(item, "itunes:title") == "Harbours that listen"
    assert text(item, "guid") == "7f0f3a52-6a1b-5a53-9a35-0d5d9a6f0a11"
    assert item.find("guid").get("isPermaLink") == "false"
    (enclosure,) = item.findall("enclosure")
    assert dict(enclosure.attrib) == {
        "url": f"{base}.mp3",
        "length": "4096",
        "type": "audio/mpeg",
    }
    moment = email.utils.parsedate_to_datetime(text(item, "pubDate"))
    assert moment == dt.datetime(2024, 6, 3, 6, tzinfo=dt.UTC)
    assert text(item, "pubDate").startswith("Mon, ")
    assert text(item, "itunes:duration") == "51"
    assert text(item, "itunes:episodeType") == "full"
    assert text(item, "link") == "https://example.org/2024/06/03/harbours-that-listen"
    assert item.find("itunes:image", NS) is not None
    chapters = item.find("podcast:chapters", NS)
    assert dict(chapters.attrib) == {
        "url": f"{base}.chapters.json",
        "type": "application/json+chapters",
    }
    transcripts = {t.get("type"): t.get("url") for t in item.iterfind("podcast:transcript", NS)}
    assert transcripts == {
        "text/vtt": f"{base}.vtt",
        "application/x-subrip": f"{base}.srt",
        "application/json": f"{base}.transcript.json",
        "text/html": f"{base}.transcript.html",
    }
    people = [
        (p.text, p.get("role"), p.get("group")) for p in item.iterfind("podcast:person", NS)
    ]
    assert people == [
        ("Irene Falk", "host", "cast"),
        ("Tomas Okoye", "reporter", "cast"),
        ("Mei-Lin D'Souza", "reporter", "cast"),
    ]
    assert item.find("psc:chapters", NS).get("version") == "1.2"


def test_the_description_has_stories_and_chapters() -> None:
    """Sources are linked, and the chapters stand one a line from 00:00."""
    words = text(channel(feed()).find("item"), "description")
    assert '<a href="https://example.org/source/1">example.org</a>' in words
    make_entry = re.findall(
        r"^(?:<p>)?\((\d\d:\d\d)\) ([^<]+)(?:<br>|</p>)$", words, re.MULTILINE
    )
    assert make_entry == [
        ("00:00", "Tonight"),
        ("00:11", "Harbours that listen"),
        ("00:31", "A kettle with a memory"),
        ("00:45", "Good night"),
    ]


def test_two_parsers_read_the_same_episodes() -> None:
    """feedparser and podcastparser agree with the records, newest first."""
    episodes = [*many(3), an_episode()]
    content = feeds(SHOW, episodes)["feed.xml"]
    newest = sorted(episodes, key=lambda e: e.published, reverse=True)
    read = feedparser.parse(content)
    assert not read.bozo
    assert [entry.id for entry in read.entries] == [e.guid for e in newest]
    assert [entry.enclosures[0].href for entry in read.entries] == [
        f"https://example.org/feeds/{e.slug}.mp3" for e in newest
    ]
    assert [
        dt.datetime(*entry.published_parsed[:6], tzinfo=dt.UTC) for entry in read.entries
    ] == [e.published for e in newest]
    other = podcastparser.parse("https://example.org/feeds/feed.xml", io.BytesIO(content))
    assert other["title"] == SHOW.title
    assert other["cover_url"] == "https://example.org/feeds/cover-0123abcd.jpg"
    assert [
        (e["guid"], e["total_time"], e["enclosures"][0]["file_size"]) for e in other["episodes"]
    ] == [(e.guid, 51, 4096) for e in newest]


def test_the_same_records_give_the_same_bytes() -> None:
    """Neither the clock nor the order of the records is in the feed."""
    episodes = many(5)
    assert feeds(SHOW, episodes) == feeds(SHOW, episodes[::-1])
    assert feeds(SHOW, []) == feeds(SHOW, [])


def test_a_show_without_episodes_has_a_feed() -> None:
    """An empty feed parses, and has no items."""
    content = feeds(SHOW, [])["feed.xml"]
    assert not feedparser.parse(content).bozo
    assert channel(content).findall("item") == []
    assert text(channel(content), "lastBuildDate") == "Thu, 01 Jan 1970 00:00:00 +0000"


def test_dates_of_any_zone_are_right() -> None:
    """A moment keeps its instant, whatever its zone."""
    zone = dt.timezone(dt.timedelta(hours=5, minutes=53, seconds=28))
    moment = dt.datetime(2024, 12, 31, 23, 30, tzinfo=zone)
    item = channel(feed(SHOW, an_episode(published=moment))).find("item")
    assert text(item, "pubDate") == "Tue, 31 Dec 2024 17:36:32 +0000"


class Tags(HTMLParser):
    """The tags of a description, and whether they nest."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: set[str] = set()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, _attrs: object) -> None:
        self.seen.add(tag)
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def tags(html: str) -> set[str]:
    parser = Tags()
    parser.feed(html)
    parser.close()
    assert parser.open == []
    return parser.seen


@pytest.mark.parametrize("odd", HOSTILE)
def test_hostile_text_stays_text(odd: str) -> None:
    """Whatever titles, names and descriptions hold, the feed parses and no tag of theirs appears."""
    episode = an_episode(
        title=odd,
        subtitle=odd,
        people=(Credit(odd, "editor", "v"), Credit(odd, "other", "v")),
        notes=(SourceNote(odd, odd, odd, "https://example.org/" + odd),),
        others=(Headline(odd, odd),),
        chapters=(Chapter(odd, DurationMs(0), DurationMs(50_840), odd, odd),),
    )
    show = a_show(
        Path("/show"), title=odd, author=odd, description=odd, copyright=odd, cover="c.jpg"
    )
    content = feed(show, episode)
    read = feedparser.parse(content)
    assert not read.bozo
    found = channel(content)
    item = found.find("item")
    assert text(item, "title") == text(item, "itunes:title")
    assert len(text(found, "description").encode()) <= 4000
    for element in found.iter():
        for value in (element.text or "", *element.attrib.values()):
            if element.tag not in ("description", f"{{{NS['content']}}}encoded"):
                assert len(value.strip()) <= 255
                assert len(element) or value == value.strip()
    for html in [element.text for element in item.iterfind("content:encoded", NS)] + [
        text(item, "description")
    ]:
        assert tags(html) <= {"p", "ul", "li", "b", "a", "br"}


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300), st.integers(0, 60), st.integers(100, 4000))
def test_a_description_is_cut_at_whole_items(odd: str, count: int, limit: int) -> None:
    """Within its bytes, in allowed tags that nest, with as many whole items as fit."""
    notes = tuple(
        SourceNote(f"{i} {odd}", "Irene Falk", "example.org", f"https://example.org/{i}")
        for i in range(count)
    )
    episode = an_episode(subtitle=odd, notes=notes)
    html = description(episode, limit)
    assert len(html.encode()) <= limit
    assert tags(html) <= {"p", "ul", "li", "b", "a", "br"}
    assert html.count("<li>") == html.count("</li>") == html.count("</a>")
    assert render_show_notes(SHOW.feed.ai_content, episode).count("<li>") == count + len(
        episode.others
    )


def test_addresses_are_ascii_and_absolute() -> None:
    """Spaces, umlauts, other scripts and IPv6 come out as addresses; what is none comes out empty."""
    assert (
        ascii_address("https://example.org/a b/ü?q=ä#ö")
        == "https://example.org/a%20b/%C3%BC?q=%C3%A4#%C3%B6"
    )
    assert ascii_address("https://bücher.example:8080/%C3%BC+1?a=b&c=%20") == (
        "https://xn--bcher-kva.example:8080/%C3%BC+1?a=b&c=%20"
    )
    assert ascii_address("http://[::1]:8000/x") == "http://[::1]:8000/x"
    assert secure("http://arxiv.org/pdf/2405.12933v1") == "https://arxiv.org/pdf/2405.12933v1"
    for wrong in (
        "javascript:alert(1)",
        "/relative",
        "",
        "ftp://x/y",
        "https://",
        "https://[::1",
        "https://x:99999/",
    ):
        assert ascii_address(wrong) == ""


def test_every_address_of_the_feed_is_ascii() -> None:
    """Also of an episode whose name is not, on a host whose name is not."""
    show = a_show(
        Path("/show"), url="https://bücher.example/größe/", cover="cover-0123abcd.jpg"
    )
    content = feed(show, an_episode(slug="2024-06-03-größe und mehr"))
    addresses = re.findall(rb'(?:url|href)="([^"]+)"', content) + re.findall(
        rb"<(?:link|url)>([^<]+)", content
    )
    assert len(addresses) > 10
    for address in addresses:
        assert re.fullmatch(rb"https://[!-~]+", address)


@pytest.mark.parametrize(
    ("given_", "limit", "expected"),
    [
        ("  one\n two\t three ", 255, "one two three"),
        ("harbours that listen", 15, "harbours that…"),
        ("h" * 20, 10, "h" * 9 + "…"),
        ("a\x00b\ufffec", 255, "abc"),
    ],
)
def test_values_are_one_line(given_: str, limit: int, expected: str) -> None:
    """Values have no outer white space, no control characters, and are cut at a word."""
    assert one_line(given_, limit) == expected


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("The Quayside Hour: Moths by ear", "Moths by ear"),
        ("the quayside hour #12 – Moths by ear", "Moths by ear"),
        ("Episode 7: Moths | The Quayside Hour", "Moths"),
        ("Ep. 7 - Moths", "Moths"),
        ("7 moths of the Quayside Hour", "7 moths of the Quayside Hour"),
        ("The Quayside Hour", "The Quayside Hour"),
        ("Episode 7", "Episode 7"),
        ("Tonight: moths", "Tonight: moths"),
    ],
)
def test_a_title_has_neither_name_nor_number(title: str, expected: str) -> None:
    """What is set apart in front or at the end goes; a title is never emptied."""
    assert bare_title(title, "The Quayside Hour") == expected


def along(pages: dict[str, bytes]) -> list[list[str]]:
    """The guids of each page that an app finds from `feed.xml` on, by the links of RFC 5005."""
    seen: list[list[str]] = []
    name = "feed.xml"
    for _ in pages:
        found = channel(pages[name])
        links = {
            link.get("rel"): link.get("href").rsplit("/", 1)[1]
            for link in found.iterfind("atom:link", NS)
        }
        assert links["self"] == name
        assert links.get("next") == links.get("prev-archive")
        assert links.get("current", "feed.xml") == "feed.xml"
        seen.append([text(item, "guid") for item in found.iterfind("item")])
        if "prev-archive" not in links:
            break
        name = links["prev-archive"]
    return seen


@pytest.mark.parametrize("count", [299, 300, 301, 399, 400, 401, 503])
def test_one_leaves_the_feed_as_one_comes(count: int) -> None:
    """The feed lists the newest 300, in order; with its archives, all, the older ones once."""
    episodes = many(count)
    newest_first = [episode.guid for episode in reversed(episodes)]
    pages = feeds(SHOW, episodes)
    listed, *archived = along(pages)
    assert listed == newest_first[:300]
    assert len(archived) == len(pages) - 1
    whole = [guid for page in archived for guid in page]
    assert whole == newest_first[count - len(whole) :]
    assert set(listed) | set(whole) == set(newest_first)


def test_a_feed_has_a_size_that_apps_take() -> None:
    """Long notes shorten the list; no page passes 3 MB."""
    note = SourceNote(
        "A title " * 20, "Irene Falk", "example.org", "https://example.org/" + "x" * 2000
    )
    episodes = many(260, notes=(note,) * 12)
    pages = feeds(SHOW, episodes)
    assert list(pages)[-1] == "feed.xml"
    assert max(map(len, pages.values())) < 3_000_000
    assert len(pages["feed.xml"]) > 2_700_000
    listed, *archived = along(pages)
    assert {guid for page in (listed, *archived) for guid in page} == {e.guid for e in episodes}


@pytest.mark.parametrize("feed_items", [1, 7, 300])
def test_an_archive_stays_as_it_is(feed_items: int) -> None:
    """New episodes change no archive that was there; apps that page by `next` find the way too."""
    show = change_settings(SHOW, feed_items=feed_items)
    episodes = many(420)
    before = feeds(show, episodes[:320])
    for count in (321, 360, 420):
        after = feeds(show, episodes[:count])
        fixed = list(before)[:-2]
        assert [
            name for name in fixed if channel_items(before[name]) != channel_items(after[name])
        ] == []
        before = after
    read = podcastparser.parse(
        "https://example.org/feeds/feed.xml", io.BytesIO(after["feed.xml"])
    )
    assert read["paged_feed_next"] == f"https://example.org/feeds/feed-{len(after) - 1}.xml"


def channel_items(page: bytes) -> list[str]:
    return [text(item, "guid") for item in channel(page).iterfind("item")]


def test_a_show_that_moves_hides_or_ends_says_so() -> None:
    """Three settings, each one tag; none of them without."""
    address = "https://new.example/feed.xml"
    found = channel(
        feed(a_show(Path("/show"), new_feed_url=address, block=True, complete=True))
    )
    assert text(found, "itunes:new-feed-url") == address
    assert (text(found, "itunes:block"), text(found, "itunes:complete")) == ("Yes", "Yes")
    plain = channel(feed())
    assert [
        plain.find(f"itunes:{tag}", NS) for tag in ("new-feed-url", "block", "complete")
    ] == [None] * 3


def test_the_feed_needs_no_lines() -> None:
    """With and without the lines of its episodes it is the same."""
    assert feed() == feed(SHOW, an_episode(lines=()))


def test_notes_are_said_once_where_they_fit() -> None:
    """Notes that Apple takes whole are the description; longer ones are cut there and whole in the content."""
    episode = an_episode(disclosure=Disclosure(is_synthetic=True, spoken=""))
    short = channel(feed(SHOW, episode)).find("item")
    assert "Presented by Irene Falk" in text(short, "description")
    assert short.find("content:encoded", NS) is None

    others = tuple(Headline(f"Headline {i}", f"https://example.org/{i}") for i in range(80))
    long = channel(feed(SHOW, an_episode(disclosure=episode.disclosure, others=others))).find(
        "item"
    )
    assert len(text(long, "description").encode()) <= 4000
    assert "Presented by Irene Falk" not in text(long, "description")
    assert "Presented by Irene Falk" in text(long, "content:encoded")
    assert "Headline 79" in text(long, "content:encoded")

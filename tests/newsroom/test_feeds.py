"""Feeds of every kind: what is news, what is told of an entry, and what is left out and said."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest
from papers import podcast, web

from podcast.errors import SourceError
from podcast.model import Item, SourceText
from podcast.read.posts import read_post
from podcast.registry import open_items

DATE = "2024-06-03"
CRANE = "A crane of forty metres came by barge on Tuesday. It will lift the heavy turbine parts from June on."
FERRY = "The ferry sails every forty minutes from June. Evening boats are back after three years of rest."


def rss(*entries: str) -> str:
    return f"<rss version='2.0'><channel><title>Port</title>{''.join(entries)}</channel></rss>"


def entry(title: str, text: str, day: str = "03 Jun 2024", path: str = "") -> str:
    shown = f"<title>{title}</title>" if title else ""
    link = f"https://port.example/{path or title.partition(' ')[0].lower()}"
    date = f"<pubDate>{day} 08:00:00 GMT</pubDate>" if day else ""
    return f"<item>{shown}<link>{link}</link>{date}<description><![CDATA[{text}]]></description></item>"


def read(text: str) -> tuple[Item, ...]:
    found = open_items(SourceText("a feed", text, "https://port.example/feed"))
    assert found
    return found.items


@pytest.fixture(scope="session")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("feeds") / "show"
    result = podcast(
        "init", folder, "--title", "Small Hours", "--author", "The desk",
        "--email", "desk@hours.example", "--url", "https://hours.example/feeds/",
    )  # fmt: skip
    assert result.exit_code == 0, result.output
    for path in (folder / "posts").iterdir():
        path.unlink()
    return folder


@pytest.fixture
def show(fresh: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(fresh, tmp_path / "show"))


def edition(show: Path, feed: str, *words: str, date: str = DATE) -> list[str]:
    """The titles of the edition's stories; none when there is no edition."""
    result = podcast(
        "edition", "--show", show, "--date", date, "--from", "-", *words, stdin=feed.encode()
    )
    assert result.exit_code == 0, result.output
    posts = list((show / "posts").glob(f"{date}-*.md"))
    return sorted(story.title for post in posts for story in read_post(post).stories)


# --- what is news -------------------------------------------------------------------------------

TWO_DAYS = rss(
    entry("Crane comes", CRANE), entry("Ferry sails", FERRY, "01 Jun 2024"),
    entry("Storm closes the port", "All ships stay outside because of the storm of the year.", "03 Jan 2015"),
    entry("Tomorrow's fair", "The fair opens tomorrow with a parade of ships and a market.", "04 Jun 2024"),
)  # fmt: skip


def test_an_entry_counts_by_its_date(show: Path) -> None:
    """Where no edition was before, entries of two days are news; older ones and later ones are not."""
    assert edition(show, TWO_DAYS) == ["Crane comes", "Ferry sails"]


def test_news_begins_at_the_last_edition(show: Path) -> None:
    """An edition of a day takes what appeared since the last, and nothing that one told."""
    assert edition(
        show, rss(entry("Crane comes", CRANE, "25 May 2024")), date="2024-05-25"
    ) == ["Crane comes"]
    later = rss(
        entry("Crane comes", CRANE, "25 May 2024"), entry("Ferry sails", FERRY, "26 May 2024")
    )
    assert edition(show, later) == ["Ferry sails"]


def test_a_day_is_the_shows_own(show: Path) -> None:
    """An entry of the late evening in New York is of that day there, though Greenwich has the next one."""
    late = entry("Crane comes", CRANE).replace("03 Jun 2024 08:00", "04 Jun 2024 02:30")
    dated = entry("Ferry sails", FERRY).replace("08:00:00 GMT", "00:00:00 GMT")
    assert edition(show, rss(late), "--dry-run") == []
    settings = (show / "podcast.toml").read_text(encoding="utf-8")
    zoned = re.sub(r"(?m)^timezone = .*$", 'timezone = "America/New_York"', settings)
    (show / "podcast.toml").write_text(zoned, encoding="utf-8")
    assert edition(show, rss(late, dated)) == ["Crane comes", "Ferry sails"]


def test_a_window_is_a_setting(show: Path) -> None:
    """`news_days` and `--days` say how many days back an entry is news."""
    settings = (show / "podcast.toml").read_text(encoding="utf-8")
    (show / "podcast.toml").write_text(f"news_days = 1\n{settings}", encoding="utf-8")
    assert edition(show, TWO_DAYS) == ["Crane comes"]
    assert "Ferry sails" in edition(show, TWO_DAYS, "--days", "3", "--rewrite")


def test_a_day_without_news_makes_no_edition(show: Path) -> None:
    """Where nothing is new, no post is written, the run is green, and says so; `make` as well."""
    old = rss(entry("Crane comes", CRANE, "01 May 2024"))
    before = sorted((show / "posts").iterdir())
    for command in ("edition", "make"):
        result = podcast(
            command, "--show", show, "--date", DATE, "--from", "-", stdin=old.encode()
        )
        assert (result.exit_code, "nothing is new since 2024-06-01" in result.stderr) == (
            0,
            True,
        ), result.output
    assert sorted((show / "posts").iterdir()) == before
    words = ("edition", "--show", show, "--date", DATE, "--from", "-", "--json")
    assert json.loads(podcast(*words, stdin=old.encode()).stdout)["post"] is None


def test_what_was_told_is_told_again_on_demand_alone(show: Path) -> None:
    """A story of an earlier edition is left out, unless --keep-covered brings it back with its mark."""
    feed = rss(entry("Crane comes", CRANE, ""))
    assert edition(show, feed, date="2024-06-02") == ["Crane comes"]
    assert edition(show, feed) == []
    assert edition(show, feed, "--keep-covered") == ["Crane comes"]


def test_a_bad_source_stops_no_other(show: Path, tmp_path: Path) -> None:
    """What is wrong with one source is said in its line, and the edition is made of the rest."""
    pages = {"/good": rss(entry("Crane comes", CRANE)).encode(), "/bad": b"<rss><channel>"}
    with web(pages) as (address, _):  # type: ignore[arg-type]
        outlines = "".join(
            f"<outline type='rss' xmlUrl='{address}/{name}'/>"
            for name in ("bad", "gone", "good")
        )
        opml = tmp_path / "feeds.opml"
        opml.write_text(
            f"<?xml version='1.0'?><opml version='2.0'><body><outline>{outlines}</outline></body></opml>"
        )
        result = podcast(
            "edition",
            "--show",
            show,
            "--date",
            DATE,
            "--from",
            opml,
            "--from",
            tmp_path / "no",
            "--allow-private",
        )
    assert result.exit_code == 0, result.output
    said = [line for line in result.stderr.splitlines() if line.startswith("podcast: ")]
    assert [
        part in line for part, line in zip(("/bad", "404", "cannot be read"), said, strict=True)
    ] == [True] * 3


def test_short_entries_are_briefs(show: Path) -> None:
    """An entry of fewer than 25 words is a story with its text, and said to be a brief."""
    feed = rss(entry("Late ferry", "The ferry is late today by an hour, says the harbour."))
    result = podcast(
        "edition", "--show", show, "--date", DATE, "--from", "-", stdin=feed.encode()
    )
    assert "told as briefs, for they have fewer than 25 words: Late ferry" in result.stderr
    (story,) = read_post(next((show / "posts").glob(f"{DATE}-*.md"))).stories
    assert story.body.text == "The ferry is late today by an hour, says the harbour."


def test_a_title_of_signs_alone_is_none(show: Path) -> None:
    """An entry whose title is only an emoji's code takes its text's first words as its title."""
    text = (
        "The ferry is late today by an hour. The harbour says that fog lay on the water, and that "
        "the boat will come when the pilot can see the mole again, at noon or so."
    )
    feed = rss(entry(":smile:", text))
    podcast("edition", "--show", show, "--date", DATE, "--from", "-", stdin=feed.encode())
    (story,) = read_post(next((show / "posts").glob(f"{DATE}-*.md"))).stories
    assert "ferry" in story.title
    assert "the pilot can see the mole" in story.body.text


# --- what is told of an entry -------------------------------------------------------------------


@pytest.mark.parametrize(
    "tail",
    [
        "<p>The post <a>Crane</a> appeared first on <a href='y'>Port</a>.</p>",
        "<p>The post Crane first appeared on Port.</p>",
        " Read more", " <a href='x'>Continue reading <span>Crane</span> →</a>",
        "<p>Click here to find out more.</p>",
        " The captain said that it would [&#8230;]", " The captain said that it ...", " And then…",
        "<p>Originally published at port.example.</p>", "<p>Tags: cranes, ports</p>",
        "<p>Read the full story at Port</p>",
        "<h3>How it works</h3>", "<pre><code>lift(10)</code></pre>",
        "<p>Subscribe to our newsletter for more.</p>",
    ],
)  # fmt: skip
def test_what_feeds_add_is_not_told(tail: str) -> None:
    """Where a post appeared, how to read on, an end that is cut off, headings and code are no part of it."""
    (item,) = read(
        rss(
            entry(
                "Crane", f"<p>{CRANE}{tail if tail.startswith(' ') else f'</p>{tail}<p>'}</p>"
            )
        )
    )
    assert item.text == CRANE


@pytest.mark.parametrize(
    "text",
    [
        f"{CRANE} The port reads more books than before.",
        f"{CRANE} Click here and there is what the crane does all day.",
    ],
)
def test_sentences_that_only_look_so_stay(text: str) -> None:
    """A sentence that has the words of an invitation in it, and says something, is told."""
    (item,) = read(rss(entry("Crane", text)))
    assert item.text.startswith(CRANE)


def test_feeds_without_titles_have_notes() -> None:
    """A note's title is its first sentence; crumbs are no notes."""
    feed = rss(
        entry("", f"<p>The crane is here. {CRANE}</p>", path="1"),
        entry("", "<p>Ha!</p>", path="2"),
    )
    (item,) = read(feed)
    assert (item.title, item.text) == ("The crane is here", f"The crane is here. {CRANE}")


def test_a_json_feed_is_a_feed() -> None:
    """Entries of a JSON Feed have title, text, link, date and author; one in plain text keeps its signs."""
    entries = [
        {"id": "1", "url": "https://port.example/1", "title": "Crane & co", "content_html": f"<p>{CRANE}</p>",
         "date_published": "2024-06-03T08:00:00Z", "authors": [{"name": "Ada Ro"}]},
        {"id": "2", "url": "/2", "content_text": "Fish & chips <3 at the port today.\n\nRain tomorrow."},
    ]  # fmt: skip
    first, second = read(
        json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": entries})
    )
    assert (first.title, first.text, str(first.date), first.authors) == (
        "Crane & co",
        CRANE,
        "2024-06-03",
        ("Ada Ro",),
    )
    assert (second.link, second.text) == (
        "https://port.example/2", "Fish & chips <3 at the port today.\n\nRain tomorrow.",
    )  # fmt: skip


def test_small_faults_are_survived() -> None:
    """An entity of HTML, a lone ampersand and a stray byte cost no entry, and the fault is said."""
    feed = rss(
        f"<item><title>A&nbsp;crane & more</title><description>{CRANE}</description></item>"
    )
    found = open_items(SourceText("a feed", f"<?xml version='1.0'?>{feed}"))
    assert found
    assert (found.items[0].title, found.items[0].text) == ("A crane & more", CRANE)
    assert "broken XML" in found.notices[0]


def test_new_papers_are_told_from_old_ones() -> None:
    """arXiv's feed says which papers are new versions: they are left out and counted."""
    entries = [
        f"<item><title>Paper {kind}</title><link>https://arxiv.org/abs/2405.0000{i}</link><description>"
        f"arXiv:2405.0000{i}v1 Announce Type: {kind} \nAbstract: {CRANE}</description></item>"
        for i, kind in enumerate(("new", "cross", "replace", "replace-cross"))
    ]
    found = open_items(SourceText("a feed", rss(*entries)))
    assert found
    assert [(item.title, item.text, item.paper) for item in found.items] == [
        ("Paper new", CRANE, True), ("Paper cross", CRANE, True),
    ]  # fmt: skip
    assert "2 of the papers are new versions" in found.notices[0]


def test_a_feed_in_another_language_is_refused_as_that(show: Path) -> None:
    """Entries that are not in English are counted; where all are not, the language is named."""
    text = "Der Kran kam am Dienstag mit dem Schiff und steht auf der Mole, wo hundert Leute auf ihn gewartet haben. Er ist nicht zu laut und wird von der Stadt bezahlt."  # noqa: E501
    result = podcast(
        "edition",
        "--show",
        show,
        "--date",
        DATE,
        "--from",
        "-",
        stdin=rss(entry("Der Kran", text)).encode(),
    )
    assert (result.exit_code, "German" in result.stderr) == (1, True), result.output
    assert edition(show, rss(entry("Der Kran", text), entry("Crane comes", CRANE))) == [
        "Crane comes"
    ]


def test_a_feed_without_entries_is_said() -> None:
    """A feed that holds nothing is one line with its name."""
    with pytest.raises(SourceError, match=r"^a feed: this feed has no entry"):
        read(rss())


def test_an_entry_that_ends_inside_its_link_is_said() -> None:
    """A feed that its own parser gives up is one line with its name."""
    torn = "<item><title>Crane</title><link>https://port.example/1</item></link></item>"
    with pytest.raises(
        SourceError, match=r"^a feed: this feed is broken XML: an element is out"
    ):
        read(rss(torn))

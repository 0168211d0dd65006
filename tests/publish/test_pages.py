"""The pages as documents: what they hold, what they link, and that no text breaks out of them."""

from __future__ import annotations

import base64
import dataclasses
import datetime as dt
import gzip
import hashlib
import json
import random
import re
import time
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import builders
import html5lib
import pytest

from podcast.model import Credit, DurationMs, Episode, Headline, Line, SourceNote, Word
from podcast.publish.cover import ICON_SIZES, icon_name
from podcast.publish.pages import embed_page, episode_page, index_page, snippet

HTML = "{http://www.w3.org/1999/xhtml}"

NASTY = {
    "script": "<script>window.hit=1</script>",
    "end of data": "]]></script><script>window.hit=1</script><!--",
    "quotes": "\"'><img src=x onerror=window.hit=1> {{ 7*7 }} {% raw %}",
    "entities": "AT&T &lt;b&gt; &#x3c;script&#x3e;",
    "right to left": "\u202eمرحبا\u202c \u2067שלום\u2069",
    "emoji": "👩🏽‍🚀 🎙️ 🇺🇳",
    "controls": "a\x00b\x0bc\x1bd\x7fe\x85f\ufffe",
    "long": "word " * 2000,
    "one word": "x" * 10_000,
    "dots": "../../etc/passwd",
}


def parse(page: str) -> html5lib.treebuilders.base.Node:
    """The tree as a browser builds it; markup that browsers would have to mend raises."""
    return html5lib.HTMLParser(strict=True).parse(page)


def each(page: str, tag: str) -> list[html5lib.treebuilders.base.Node]:
    return list(parse(page).iter(f"{HTML}{tag}"))


def words(element: html5lib.treebuilders.base.Node) -> str:
    return "".join(element.itertext())


def test_a_page_plays_without_script(tmp_path: Path) -> None:
    """One audio element with controls and captions, in the same folder; the whole transcript is text."""
    episode = builders.an_episode()
    page = episode_page(builders.a_show(tmp_path), episode)
    (audio,) = each(page, "audio")
    assert audio.get("src") == episode.audio
    assert audio.get("controls") == ""
    (track,) = each(page, "track")
    assert (track.get("kind"), track.get("src")) == ("captions", f"{episode.slug}.vtt")
    text = words(parse(page))
    for line in episode.lines:
        assert " ".join(word.text for word in line.words) in text
        assert line.speaker in text


def test_chapters_and_passages_are_links_to_their_time(tmp_path: Path) -> None:
    """`#t=SECONDS`, for every chapter and every passage."""
    episode = builders.an_episode()
    page = episode_page(builders.a_show(tmp_path), episode)
    targets = {a.get("href") for a in each(page, "a")}
    for chapter in episode.chapters:
        assert f"#t={chapter.start / 1000:g}" in targets
    for line in episode.lines:
        assert f"#t={line.start / 1000:g}" in targets


def test_every_word_has_its_time(tmp_path: Path) -> None:
    """The rows of times, summed, are the starts of the words to a hundredth of a second."""
    episode = builders.an_episode()
    page = episode_page(builders.a_show(tmp_path), episode)
    (data,) = (s for s in each(page, "script") if s.get("type") == "application/json")
    rows = json.loads(words(data))
    said = [s for s in each(page, "span") if s.get("class") == "said"]
    assert len(rows) == len(said) == len(episode.lines)
    for (end, *steps), span, line in zip(rows, said, episode.lines, strict=True):
        assert len(steps) == len(words(span).split(" ")) == len(line.words)
        assert end == round(line.end / 10)
        at = 0
        for step, word in zip(steps, line.words, strict=True):
            at += step
            assert abs(at * 10 - word.start) <= 5


def test_links_within_the_show_are_relative(tmp_path: Path) -> None:
    """Every link that a page needs is a plain file name, and resolves to the public address."""
    show, episode = builders.a_show(tmp_path, cover="cover-12345678.jpg"), builders.an_episode()
    published = {f"{episode.slug}.{e}" for e in ("mp3", "html", "vtt", "srt")} | {
        "index.html",
        "feed.xml",
        "site.webmanifest",
        *(icon_name(show.cover, size) for size in ICON_SIZES),
    }
    for page in (episode_page(show, episode), index_page(show, [episode])):
        own = set()
        for element in parse(page).iter():
            for key in ("src", "href"):
                value = element.get(key) if isinstance(element.tag, str) else None
                if value and not urlsplit(value).scheme and not value.startswith("#"):
                    own.add(value)
                    assert urljoin(show.url + "x.html", value) == show.url + value
        assert own <= published
        assert {"feed.xml", episode.audio, icon_name(show.cover, 320)} <= own


def test_a_page_loads_nothing_from_others(tmp_path: Path) -> None:
    """No address of another host in anything that loads by itself; the policy forbids it as well."""
    page = episode_page(builders.a_show(tmp_path), builders.an_episode())
    tree = parse(page)
    for tag in ("img", "audio", "track", "script", "iframe", "video", "source"):
        for element in tree.iter(f"{HTML}{tag}"):
            assert not urlsplit(element.get("src") or "").netloc
    (style,) = each(page, "style")
    assert "url(" not in words(style)
    assert "@import" not in words(style)
    (policy,) = (
        m.get("content")
        for m in each(page, "meta")
        if m.get("http-equiv") == "Content-Security-Policy"
    )
    assert policy.startswith("default-src 'none';")
    assert "unsafe" not in policy


def test_the_policy_allows_exactly_the_pages_own_script_and_style(tmp_path: Path) -> None:
    """The hashes are of what stands in the page."""
    for page in (
        episode_page(builders.a_show(tmp_path), builders.an_episode()),
        index_page(builders.a_show(tmp_path), []),
    ):
        for tag in ("script", "style"):
            content = re.findall(rf"<{tag}>(.*?)</{tag}>", page, re.DOTALL)
            assert len(content) == 1
            digest = base64.b64encode(hashlib.sha256(content[0].encode()).digest()).decode()
            assert f"{tag}-src 'sha256-{digest}'" in page


def test_cards_and_addresses_are_absolute(tmp_path: Path) -> None:
    """What social networks and search engines read: absolute, and of this page."""
    show, episode = builders.a_show(tmp_path, cover="cover-12345678.jpg"), builders.an_episode()
    page = episode_page(show, episode)
    cards = {m.get("property") or m.get("name"): m.get("content") for m in each(page, "meta")}
    assert cards["og:title"] == episode.title
    assert cards["og:url"] == f"{show.url}{episode.slug}.html"
    assert cards["og:image"] == cards["twitter:image"] == show.url + show.cover
    assert cards["og:audio"] == show.url + episode.audio
    links = {link.get("rel"): link for link in each(page, "link")}
    assert links["canonical"].get("href") == cards["og:url"]
    assert links["alternate"].get("type") == "application/rss+xml"
    assert urljoin(show.url, links["alternate"].get("href")) == f"{show.url}feed.xml"
    (html,) = each(page, "html")
    assert html.get("lang") == show.language


def test_an_eight_minute_episode_fits_into_25_kb(tmp_path: Path) -> None:
    """1,200 words with their times, player, style and script, as a server sends them: packed."""
    dice = random.Random(4)
    # As many different words as such an episode has, and as uneven in length.
    known = [
        "".join(dice.choices("etaoinshrdlucmfwyp", k=dice.randint(2, 9))) for _ in range(500)
    ]
    turns = [
        (k // 4, f"Person {k % 5}", " ".join(dice.choices(known, k=40))) for k in range(32)
    ]
    lines = builders.lines(turns, pace=370)
    chapters, duration = builders.chapters(lines, [f"Chapter {i}" for i in range(8)])
    episode = builders.an_episode(lines=lines, chapters=chapters, duration=duration)
    assert sum(len(line.words) for line in lines) > 1200
    assert duration > 8 * 60_000
    assert (
        len(gzip.compress(episode_page(builders.a_show(tmp_path), episode).encode())) < 25_000
    )


def test_a_thousand_episodes_are_listed_quickly(tmp_path: Path) -> None:
    """The index of 1,000 episodes takes well below a second of CPU."""
    show, one = builders.a_show(tmp_path), builders.an_episode(lines=())
    episodes = [
        dataclasses.replace(one, slug=f"{one.date - dt.timedelta(days=i)}-news")
        for i in range(1000)
    ]
    index_page(show, episodes[:1])
    started = time.process_time()
    page = index_page(show, episodes)
    assert time.process_time() - started < 0.5
    assert all(f'href="{episode.slug}.html"' in page for episode in episodes)


def test_the_index_plays_the_latest_and_lists_all(tmp_path: Path) -> None:
    """One player, of the first episode given; each episode has its page and its MP3."""
    one = builders.an_episode()
    two = builders.an_episode(slug="2024-06-02-seals", title="On the hearing of seals")
    page = index_page(builders.a_show(tmp_path), [one, two])
    (audio,) = each(page, "audio")
    assert audio.get("src") == one.audio
    targets = [a.get("href") for a in each(page, "a")]
    for episode in (one, two):
        assert {f"{episode.slug}.html", episode.audio} <= set(targets)


def test_an_index_without_episodes_says_so(tmp_path: Path) -> None:
    """A new show has a page too."""
    page = index_page(builders.a_show(tmp_path), [])
    assert each(page, "audio") == []
    assert "No episode" in page


def nasty(text: str) -> Episode:
    """An episode in which every text is that one."""
    token = text.split() or ["x"]
    line = Line(
        text,
        0,
        DurationMs(100),
        DurationMs(900),
        tuple(Word(t, DurationMs(100), DurationMs(200)) for t in token),
    )
    chapters = tuple(
        dataclasses.replace(chapter, title=text, link=text)
        for chapter in builders.an_episode().chapters
    )
    return builders.an_episode(
        title=text,
        subtitle=text,
        chapters=chapters,
        lines=(line,),
        people=(Credit(text, text, "voice"),),
        notes=(
            SourceNote(text, text, text, text),
            SourceNote(text, text, text, "javascript:window.hit=1"),
        ),
        others=(
            Headline(text, "data:text/html,<script>window.hit=1</script>"),
            Headline(text, "\tjavascript:1"),
        ),
    )


@pytest.mark.parametrize("text", NASTY.values(), ids=NASTY.keys())
def test_no_text_becomes_markup(text: str, tmp_path: Path) -> None:
    """Titles, names, words and links of any content: valid HTML, our own scripts alone, no handler, no
    script address."""
    show = builders.a_show(tmp_path, title=text, author=text, description=text, copyright=text)
    episode = nasty(text)
    pages = [episode_page(show, episode), index_page(show, [episode])]
    pages.append(f"<!doctype html><title>x</title>{snippet(show, episode, 'plain')}")
    pages += [
        embed_page(show, episode),
        f"<!doctype html><title>x</title>{snippet(show, episode, 'html')}",
    ]
    for page, scripts in zip(pages, (3, 2, 1, 1, 0), strict=True):
        tree = parse(page)
        assert len(list(tree.iter(f"{HTML}script"))) == scripts
        for element in tree.iter():
            if not isinstance(element.tag, str):
                continue
            assert not any(str(key).startswith("on") for key in element.attrib)
            for key in ("href", "src"):
                scheme = urlsplit((element.get(key) or "").strip()).scheme
                assert scheme in {
                    "",
                    "http",
                    "https",
                    "podcast",
                    "pktc",
                    "antennapod-subscribe",
                }


def test_a_show_overrides_templates_file_by_file(tmp_path: Path) -> None:
    """A footer of one's own style changes that file alone, and the policy follows."""
    show, episode = builders.a_show(tmp_path), builders.an_episode()
    before = episode_page(show, episode)
    own = tmp_path / "other" / "assets" / "templates"
    own.mkdir(parents=True)
    (own / "style.css").write_text("body{color:rebeccapurple}", encoding="utf-8")
    (own / "subscribe.html.j2").write_text("<p>{{ show.title }}, by mail</p>", encoding="utf-8")
    after = episode_page(dataclasses.replace(show, folder=tmp_path / "other"), episode)
    assert "rebeccapurple" in after
    assert "The Quayside Hour, by mail" in after
    assert len(each(after, "audio")) == len(each(before, "audio")) == 1
    (style,) = re.findall(r"<style>(.*?)</style>", after, re.DOTALL)
    assert base64.b64encode(hashlib.sha256(style.encode()).digest()).decode() in after


def test_the_embedded_page_is_small(tmp_path: Path) -> None:
    """Player and all, it is below half of what a page may weigh, and leads to page and feed."""
    show, episode = builders.a_show(tmp_path), builders.an_episode()
    page = embed_page(show, episode)
    assert len(gzip.compress(page.encode())) < 9_500
    targets = {a.get("href") for a in each(page, "a")}
    assert {f"{episode.slug}.html", "feed.xml"} <= targets


def test_subscribe_links_are_the_settings(tmp_path: Path) -> None:
    """A show's pages come first; Overcast and Pocket Casts follow from Apple's number; where a page is
    known, no app is opened in its place."""
    apple = "https://podcasts.apple.com/us/podcast/quayside/id1234567890"
    show = builders.a_show(
        tmp_path, subscribe={"spotify": "https://open.spotify.com/show/x", "apple": apple}
    )
    found = {words(a): (a.get("href"), a.get("class")) for a in each(index_page(show, []), "a")}
    assert found["Apple Podcasts"] == (apple, None)
    assert found["Spotify"] == ("https://open.spotify.com/show/x", None)
    assert found["Overcast"] == ("https://overcast.fm/itunes1234567890", None)
    assert found["Pocket Casts"] == ("https://pca.st/itunes/1234567890", None)
    assert found["AntennaPod"][1] == "app"
    assert found["RSS"][0] == "feed.xml"


@pytest.mark.parametrize("kind", ["hugo", "pelican"])
def test_the_themes_snippets_are_of_no_episode(tmp_path: Path, kind: str) -> None:
    """They ask each post for its audio, and frame the page of that episode."""
    snippet_ = snippet(builders.a_show(tmp_path), builders.an_episode(), kind)
    assert builders.an_episode().slug not in snippet_
    assert "audio" in snippet_
    assert 'src="https://example.org/feeds/' in snippet_
    assert ".embed.html" in snippet_


def test_the_plain_snippet_stands_alone(tmp_path: Path) -> None:
    """Absolute addresses, nothing loaded before it is played, chapters that need no script."""
    show, episode = builders.a_show(tmp_path), builders.an_episode()
    page = f"<!doctype html><title>x</title>{snippet(show, episode, 'plain')}"
    (audio,) = each(page, "audio")
    assert (audio.get("src"), audio.get("preload")) == (show.url + episode.audio, "none")
    targets = [a.get("href") for a in each(page, "a")]
    for chapter in episode.chapters:
        assert f"{show.url}{episode.slug}.html#t={chapter.start / 1000:g}" in targets


def test_the_jekyll_include_reads_the_post(tmp_path: Path) -> None:
    """It speaks of `page.audio`, of no episode in particular, and its Liquid is balanced."""
    include = snippet(builders.a_show(tmp_path), builders.an_episode(), "jekyll")
    assert "page.audio" in include
    assert builders.an_episode().slug not in include
    for opening, closing in (("if", "endif"), ("capture", "endcapture")):
        assert len(re.findall(rf"{{% {opening} ", include)) == len(
            re.findall(rf"{{% {closing} ", include)
        )
    assert include.count("{{") == include.count("}}")
    assert "https://example.org/feeds/" in include


def test_the_same_episode_gives_the_same_page(tmp_path: Path) -> None:
    """Rebuilding changes no byte."""
    show, episode = builders.a_show(tmp_path), builders.an_episode()
    assert episode_page(show, episode) == episode_page(show, episode)
    assert index_page(show, [episode]) == index_page(show, [episode])

"""Real blogs, built by the programs that blogs are built with, around posts that `make` wrote back to.

Collected only where Jekyll, Hugo, Chromium and its driver are installed.
"""

from __future__ import annotations

import json
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import lxml.html
import pytest
from click.testing import CliRunner
from test_browser import browser, run, wait
from tools import there

from podcast.cli import main
from podcast.serve import serve_folder

__all__ = ["browser"]

REPOSITORY = Path(__file__).parent.parent.parent
DATE = "2024-05-22"
INCLUDE = "{% include podcast.html %}"


def podcast(*words: str | Path) -> str:
    result = CliRunner().invoke(main, [str(word) for word in words])
    assert result.exit_code == 0, result.output
    return result.stdout


def a_show(folder: Path, url: str, **settings: str) -> None:
    """A new show in the folder of a blog, with settings of its own."""
    words = [
        "--title",
        "Small Hours",
        "--author",
        "The desk",
        "--email",
        "desk@hours.example",
        "--url",
        url,
    ]
    podcast("init", folder, *words)
    toml = folder / "podcast.toml"
    text = toml.read_text(encoding="utf-8").replace('posts = "posts"\n', "")
    lines = "".join(f"{key} = '{value}'\n" for key, value in settings.items())
    toml.write_text(lines + text, encoding="utf-8")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def build(*words: str | Path, folder: Path) -> None:
    done = subprocess.run(
        list(map(str, words)), cwd=folder, check=False, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr


class TestJekyll:
    """A blog of one layout, whose posts get the player through our include."""

    __test__ = there("jekyll", "chromium", "chromedriver")

    @pytest.fixture(scope="class")
    @staticmethod
    def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
        blog = tmp_path_factory.mktemp("jekyll")
        port = free_port()
        a_show(blog, f"http://127.0.0.1:{port}/feeds/", posts="_posts", include=INCLUDE)
        for name in ("_posts", "_layouts", "_includes"):
            (blog / name).mkdir()
        shutil.copy(next((REPOSITORY / "posts").glob(f"{DATE}-*.md")), blog / "_posts")
        (blog / "_config.yml").write_text(
            "permalink: /:title/\nexclude: [scripts, voices, podcast.toml]\n", encoding="utf-8"
        )
        layout = "<!doctype html><link rel=icon href=data:,><title>{{ page.title }}</title>{{ content }}"
        (blog / "_layouts" / "post.html").write_text(layout, encoding="utf-8")
        podcast("make", "--show", blog, "--date", DATE, "--engine", "silence")
        snippet = podcast("embed", "--show", blog, "--kind", "jekyll")
        (blog / "_includes" / "podcast.html").write_text(snippet, encoding="utf-8")
        build("jekyll", "build", "--quiet", folder=blog)
        with serve_folder(blog / "_site", port=port) as server:
            yield server.address, blog

    def test_the_post_asks_for_the_player_once(self, site: tuple[str, Path]) -> None:
        """However often the episode is made; and the edition that is read is the one without the line."""
        (post,) = (site[1] / "_posts").iterdir()
        before = post.read_bytes()
        assert before.count(INCLUDE.encode()) == 1
        said = podcast("make", "--show", site[1], "--date", DATE, "--engine", "silence")
        assert said.startswith("unchanged")
        assert post.read_bytes() == before

    def test_the_built_post_plays(self, site: tuple[str, Path], browser: Any) -> None:
        """Chromium plays the MP3 on the page that Jekyll built; its length is the post's duration."""
        from selenium.webdriver.common.keys import Keys

        (post,) = (site[1] / "_posts").iterdir()
        browser.get_log("browser")
        browser.get(f"{site[0]}{post.stem[11:]}/")
        browser.switch_to.frame(browser.find_element("css selector", "iframe"))
        browser.find_element("css selector", ".toggle").send_keys(Keys.SPACE)
        wait(browser, "audio.currentTime > 0.3")
        minutes, seconds = re.findall(
            rb'^duration: "(\d+):(\d+)"', post.read_bytes(), re.MULTILINE
        )[0]
        assert round(run(browser, "return audio.duration")) == int(minutes) * 60 + int(seconds)
        address = browser.find_element("css selector", "h1 a").get_attribute("href")
        browser.switch_to.default_content()
        assert len(browser.find_elements("css selector", "iframe")) == 1
        browser.get(address)
        wait(browser, "document.querySelectorAll('.chapters a').length > 3")
        assert not (site[1] / "_site" / "scripts").exists()
        assert [
            entry for entry in browser.get_log("browser") if "/feeds/" in entry["message"]
        ] == []


class TestEditions:
    """A blog whose posts the newsroom wrote, with titles that mean something to YAML, Liquid and kramdown."""

    __test__ = there("jekyll")

    TITLES = (
        'Tugs: it\'s GPT-4.5 - a & b, "quoted" {{ page.title }}',
        "3 ways to C++ & C# | 10% of *what* a_b {% raw %} <b>costs</b>",
        "{::comment} Größe [x](y) ^1 $$ {: .class}",
    )
    NEWS = (
        "The harbour opened a school for tug pilots on Monday, and twelve pupils learn on old boats.",
        "A ferry between the islands of the north was late all week, for its engine needed a new pump.",
        "Bakers of the capital measure dough with a motor, and each loaf of rye rises as the table says.",
    )

    @pytest.fixture(scope="class")
    @staticmethod
    def pages(tmp_path_factory: pytest.TempPathFactory) -> list[Any]:
        """What Jekyll makes of the editions of two days, the second of which tells it all again."""
        blog = tmp_path_factory.mktemp("editions")
        a_show(blog, "https://hours.example/feeds/", posts="_posts")
        (blog / "_posts").mkdir()
        told = zip(TestEditions.TITLES, TestEditions.NEWS, strict=True)
        entries = [{"title": title, "summary": f"{text} {text}"} for title, text in told]
        (blog / "papers.json").write_text(json.dumps(entries), encoding="utf-8")
        for date in ("2024-06-03", "2024-06-04"):
            podcast(
                "edition",
                "--show",
                blog,
                "--date",
                date,
                "--from",
                blog / "papers.json",
                "--keep-covered",
            )
        (blog / "_config.yml").write_text(
            "permalink: pretty\nexclude: [scripts, voices, podcast.toml]\n", encoding="utf-8"
        )
        (blog / "_layouts").mkdir()
        layout = (
            "<!doctype html><meta charset=utf-8><title>{{ page.title }}</title>{{ content }}"
        )
        (blog / "_layouts" / "post.html").write_text(layout, encoding="utf-8")
        build("jekyll", "build", "--quiet", folder=blog)
        return [
            lxml.html.parse(str(path), lxml.html.HTMLParser(encoding="utf-8")).getroot()
            for path in sorted((blog / "_site").rglob("2024/06/*/*/index.html"))
        ]

    def test_jekyll_shows_what_was_written(self, pages: list[Any]) -> None:
        """Every title stands on the page as the source has it, and the staff's personas in blocks of code."""
        for page in pages:
            shown = [" ".join(heading.text_content().split()) for heading in page.iter("h1")]
            curly = str.maketrans("‘’“”", "''\"\"")
            assert sorted(title.translate(curly) for title in shown) == sorted(self.TITLES)
            assert all(name in page.text_content() for name in ("Helena Brandt", "Samuel Osei"))
            assert len(list(page.iter("pre"))) == 4
            assert page.findtext(".//title")

    def test_links_to_earlier_headlines_arrive(self, pages: list[Any]) -> None:
        """The link of a story that was told before leads to the heading that told it."""
        earlier, later = pages
        links = [a.get("href") for a in later.xpath("//blockquote//a")]
        assert len(links) == 3
        places = {heading.get("id") for heading in earlier.iter("h1")}
        assert all(link.startswith("/2024/06/03/") for link in links)
        assert {unquote(link.partition("#")[2]) for link in links} == places


URL = "https://hours.example/feeds/"


def require_frame(page: str, title: str, feeds: Path) -> None:
    """A built page frames the player of its episode, under its title, and sets no colour of a text."""
    (frame,) = lxml.html.fromstring(page).iter("iframe")
    assert frame.get("title") == title
    assert frame.get("src", "").startswith(URL)
    assert (feeds / frame.get("src").removeprefix(URL)).is_file()
    assert not re.search(r"\bcolor:", frame.get("style"))


class TestHugo:
    """A blog with TOML above its posts, whose theme reads what `make` wrote there."""

    __test__ = there("hugo")

    def test_the_theme_finds_the_facts(self, tmp_path: Path) -> None:
        """Hugo reads audio, bytes and duration as the record has them, and the post's own keys as before."""
        a_show(tmp_path, URL, posts="content/posts")
        sample = next((REPOSITORY / "posts").glob(f"{DATE}-*.md")).read_text(encoding="utf-8")
        (post := tmp_path / "content" / "posts" / "moths" / "index.md").parent.mkdir(
            parents=True
        )
        body = sample.split("\n---\n", 1)[1].replace("{{", "{ {").replace("{%", "{ %")
        front = (
            f'+++\ntitle = "Moths by Ear" # ours\ndate = {DATE}\n[params]\nmood = "late"\n+++\n'
        )
        post.write_text(front + body, encoding="utf-8")
        podcast("make", "--show", tmp_path, "--date", DATE, "--engine", "silence")
        (tmp_path / "config.toml").write_text(
            'title = "Small Hours"\ndisableKinds = ["taxonomy", "term", "RSS", "home", "section"]\n'
        )
        (layouts := tmp_path / "layouts" / "_default").mkdir(parents=True)
        keys = ("audio", "bytes", "duration", "params.mood")
        single = "{{ .Title }}" + "".join(f"|{{{{ .Params.{key} }}}}" for key in keys)
        single += '|{{ partial "podcast.html" . }}'
        (layouts / "single.html").write_text(single, encoding="utf-8")
        (partials := tmp_path / "layouts" / "partials").mkdir()
        snippet = podcast("embed", "--show", tmp_path, "--kind", "hugo")
        (partials / "podcast.html").write_text(snippet, encoding="utf-8")
        (post.parent.parent / "silent.md").write_text("+++\ntitle = 'Silent'\n+++\nNo audio.")
        build("hugo", "--quiet", folder=tmp_path)
        said = (
            (tmp_path / "public" / "posts" / "moths" / "index.html")
            .read_text(encoding="utf-8")
            .split("|")
        )
        mp3 = tmp_path / "feeds" / f"{DATE}-moths.mp3"
        assert said[:3] == ["Moths by Ear", mp3.name, str(mp3.stat().st_size)]
        assert re.fullmatch(r"\d\d:\d\d", said[3])
        assert said[4] == "late"
        require_frame(said[5], "Moths by Ear", tmp_path / "feeds")
        silent = tmp_path / "public" / "posts" / "silent" / "index.html"
        assert "iframe" not in silent.read_text(encoding="utf-8")
        assert post.read_text(encoding="utf-8").startswith(
            '+++\ntitle = "Moths by Ear" # ours\n'
        )


def test_pelican_finds_the_facts(tmp_path: Path) -> None:
    """Pelican reads what `make` wrote into lines of `Key: value`, and publishes the MP3 with the blog."""
    a_show(tmp_path, URL, posts="content")
    sample = next((REPOSITORY / "posts").glob(f"{DATE}-*.md")).read_text(encoding="utf-8")
    (post := tmp_path / "content" / "moths.md").parent.mkdir()
    front = f"Title: Moths by Ear\nDate: {DATE}\nTags: night, insects\nMood: late\n\n"
    post.write_text(front + sample.split("\n---\n", 1)[1], encoding="utf-8")
    podcast("make", "--show", tmp_path, "--date", DATE, "--engine", "silence")
    keys = ("title", "audio", "bytes", "duration", "mood", "tags|join(' ')")
    (templates := tmp_path / "theme" / "templates").mkdir(parents=True)
    (templates / "article.html").write_text(
        "|".join(f"{{{{ article.{key} }}}}" for key in keys) + '|{% include "podcast.html" %}'
    )
    snippet = podcast("embed", "--show", tmp_path, "--kind", "pelican")
    (templates / "podcast.html").write_text(snippet, encoding="utf-8")
    (tmp_path / "pelicanconf.py").write_text(
        "PATH = '.'\nARTICLE_PATHS = ['content']\nSTATIC_PATHS = ['feeds']\nTIMEZONE = 'UTC'\n"
        "THEME = 'theme'\nDIRECT_TEMPLATES = []\nTAG_SAVE_AS = CATEGORY_SAVE_AS = AUTHOR_SAVE_AS = None\n"
        "FEED_ALL_ATOM = CATEGORY_FEED_ATOM = None\n",
        encoding="utf-8",
    )
    build(sys.executable, "-m", "pelican", "--fatal=errors", folder=tmp_path)
    said = (tmp_path / "output" / "moths-by-ear.html").read_text(encoding="utf-8").split("|")
    mp3 = tmp_path / "output" / "feeds" / f"{DATE}-moths.mp3"
    assert said[:3] == ["Moths by Ear", mp3.name, str(mp3.stat().st_size)]
    assert re.fullmatch(r"\d\d:\d\d", said[3])
    assert said[4:6] == ["late", "night insects"]
    require_frame(said[6], "Moths by Ear", tmp_path / "feeds")
    assert post.read_text(encoding="utf-8").startswith(front.removesuffix("\n"))

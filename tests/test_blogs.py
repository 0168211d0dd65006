"""Real blogs, built by the programs that blogs are built with, around posts that `make` wrote back to.

Collected only where Jekyll, Hugo, Chromium and its driver are installed.
"""

from __future__ import annotations

import re
import shutil
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from test_browser import browser, run, wait
from tools import there

from podcast.cli import main
from podcast.serve import serve

__all__ = ["browser"]

REPOSITORY = Path(__file__).parent.parent
DATE = "2024-05-22"
INCLUDE = "{% include podcast.html %}"


def podcast(*words: str | Path) -> str:
    result = CliRunner().invoke(main, [str(word) for word in words])
    assert result.exit_code == 0, result.output
    return result.stdout


def a_show(folder: Path, url: str, **settings: str) -> None:
    """A new show in the folder of a blog, with settings of its own."""
    words = ["--title", "Small Hours", "--author", "The desk", "--email", "desk@hours.example", "--url", url]
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
    done = subprocess.run(list(map(str, words)), cwd=folder, check=False, capture_output=True, text=True)
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
        with serve(blog / "_site", port=port) as server:
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
        browser.find_element("css selector", "audio").send_keys(Keys.SPACE)
        wait(browser, "audio.currentTime > 0.3")
        minutes, seconds = re.findall(rb'^duration: "(\d+):(\d+)"', post.read_bytes(), re.MULTILINE)[0]
        assert round(run(browser, "return audio.duration")) == int(minutes) * 60 + int(seconds)
        assert f"{int(minutes):02}:{int(seconds):02}" in browser.page_source
        assert len(browser.find_elements("css selector", "audio")) == 1
        browser.find_element("link text", "Chapters and transcript").click()
        wait(browser, "document.querySelectorAll('.chapters a').length > 3")
        assert not (site[1] / "_site" / "scripts").exists()
        assert [entry for entry in browser.get_log("browser") if "/feeds/" in entry["message"]] == []


class TestHugo:
    """A blog with TOML above its posts, whose theme reads what `make` wrote there."""

    __test__ = there("hugo")

    def test_the_theme_finds_the_facts(self, tmp_path: Path) -> None:
        """Hugo reads audio, bytes and duration as the record has them, and the post's own keys as before."""
        a_show(tmp_path, "https://hours.example/feeds/", posts="content/posts")
        sample = next((REPOSITORY / "posts").glob(f"{DATE}-*.md")).read_text(encoding="utf-8")
        (post := tmp_path / "content" / "posts" / "moths" / "index.md").parent.mkdir(parents=True)
        body = sample.split("\n---\n", 1)[1].replace("{{", "{ {").replace("{%", "{ %")
        front = f'+++\ntitle = "Moths by Ear" # ours\ndate = {DATE}\n[params]\nmood = "late"\n+++\n'
        post.write_text(front + body, encoding="utf-8")
        podcast("make", "--show", tmp_path, "--date", DATE, "--engine", "silence")
        (tmp_path / "config.toml").write_text(
            'title = "Small Hours"\ndisableKinds = ["taxonomy", "term", "RSS", "home", "section"]\n'
        )
        (layouts := tmp_path / "layouts" / "_default").mkdir(parents=True)
        keys = ("audio", "bytes", "duration", "params.mood")
        single = "{{ .Title }}" + "".join(f"|{{{{ .Params.{key} }}}}" for key in keys)
        (layouts / "single.html").write_text(single, encoding="utf-8")
        build("hugo", "--quiet", folder=tmp_path)
        said = (tmp_path / "public" / "posts" / "moths" / "index.html").read_text(encoding="utf-8").split("|")
        mp3 = tmp_path / "feeds" / f"{DATE}-moths.mp3"
        assert said[:3] == ["Moths by Ear", mp3.name, str(mp3.stat().st_size)]
        assert re.fullmatch(r"\d\d:\d\d", said[3])
        assert said[4] == "late"
        assert post.read_text(encoding="utf-8").startswith('+++\ntitle = "Moths by Ear" # ours\n')

"""`podcast init`: in an empty folder, in a blog, and at a terminal."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
import tomllib
from pathlib import Path

import feedparser
import pytest
import yaml
from click.testing import CliRunner, Result
from PIL import Image

from podcast.cli import main


def podcast(*words: str | Path) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


def settings_of(folder: Path) -> dict[str, object]:
    return tomllib.loads((folder / "podcast.toml").read_text(encoding="utf-8"))


def test_the_quick_start_leads_to_an_episode(tmp_path: Path) -> None:
    """As the README has it: `init`, then `make --new`, then a feed with one episode."""
    show = tmp_path / "myshow"
    assert podcast("init", show).exit_code == 0

    made = podcast("make", "--show", show, "--new", "--engine", "silence")

    assert made.exit_code == 0, made.output
    assert len(feedparser.parse((show / "feeds" / "feed.xml").read_bytes()).entries) == 1
    again = podcast("make", "--show", show, "--new", "--engine", "silence")
    assert again.exit_code == 0
    assert "nothing new" in again.output


def test_the_cover_is_a_baseline_jpeg(tmp_path: Path) -> None:
    """Directories ask for a cover that is no progressive JPEG."""
    assert podcast("init", tmp_path).exit_code == 0
    with Image.open(tmp_path / "assets" / "cover.jpg") as cover:
        assert cover.format == "JPEG"
        assert "progressive" not in cover.info


BLOGS = {
    "jekyll": (
        "_config.yml",
        "title: Peat and Stone\nauthor:\n  name: Ada Loon\n  email: ada@peat.test\nurl: https://peat.test\n"
        "baseurl: /log\npermalink: pretty\n",
        {
            "title": "Peat and Stone",
            "author": "Ada Loon",
            "email": "ada@peat.test",
            "url": "https://peat.test/log/feeds/",
            "link": "https://peat.test/log/",
            "posts": "_posts",
            "post_url": "https://peat.test/log/{year}/{month}/{day}/{slug}/",
        },
    ),
    "jekyll with a pattern": (
        "_config.yml",
        "title: Peat\nurl: https://peat.test\npermalink: /:year/:title.html\n",
        {"post_url": "https://peat.test/{year}/{slug}.html"},
    ),
    "jekyll with categories in its pattern": (
        "_config.yml",
        "title: Peat\nurl: https://peat.test\npermalink: /:collection/:title/\n",
        {"post_url": None},
    ),
    "hugo": (
        "hugo.toml",
        'baseURL = "https://tide.test"\ntitle = "Tide Tables"\n[params]\nauthor = "Oskar Finch"\n',
        {
            "title": "Tide Tables",
            "presenter": "Oskar Finch",
            "url": "https://tide.test/feeds/",
            "posts": "content/posts",
            "post_url": "https://tide.test/posts/{slug}/",
        },
    ),
    "hugo with permalinks": (
        "config.yaml",
        'baseURL: "https://tide.test/"\ntitle: Tides\npermalinks:\n  posts: /:year/:filename/\n',
        {"post_url": "https://tide.test/{year}/{slug}/"},
    ),
    "pelican": (
        "pelicanconf.py",
        "import os\nAUTHOR = 'Mara Linde'\nSITENAME = 'Low Water'\nSITEURL = 'https://low.test'\n"
        "PATH = 'content'\nSLUGIFY_SOURCE = 'basename'\nARTICLE_URL = '{date:%Y}/{slug}/'\n"
        "KEY = os.environ['NOT_SET']\n",
        {
            "title": "Low Water",
            "author": "Mara Linde",
            "posts": "content",
            "post_url": "https://low.test/{year}/{slug}/",
        },
    ),
}


@pytest.mark.parametrize("blog", BLOGS)
def test_a_blogs_own_settings_are_read(blog: str, tmp_path: Path) -> None:
    """Title, author, address, folder of posts and their addresses come from the blog's settings file."""
    name, text, expected = BLOGS[blog]
    (tmp_path / name).write_text(text, encoding="utf-8")

    result = podcast("init", tmp_path)

    assert result.exit_code == 0, result.output
    settings = settings_of(tmp_path)
    assert {key: settings.get(key) for key in expected} == expected


def test_pelicans_settings_are_never_run(tmp_path: Path) -> None:
    """`pelicanconf.py` is parsed for its literals; no line of it is executed."""
    trap = tmp_path / "executed"
    text = f"open({str(trap)!r}, 'w')\nSITENAME = 'Low Water'\n"
    (tmp_path / "pelicanconf.py").write_text(text, encoding="utf-8")

    assert podcast("init", tmp_path).exit_code == 0

    assert settings_of(tmp_path)["title"] == "Low Water"
    assert not trap.exists()


@pytest.mark.parametrize(
    "text",
    [
        "title: Peat\n",
        "title: Peat",
        "exclude: [README.md]\ntitle: Peat\n",
        "exclude: []\ntitle: Peat\n",
        "exclude:\n  - README.md\n  - tmp\ntitle: Peat\n",
        "exclude:\n- README.md\n\ntitle: Peat # a remark\n",
        "title: Peat\nexclude: # what is not for readers\n    - README.md\n",
    ],
)
def test_a_jekyll_site_leaves_the_shows_files_out(text: str, tmp_path: Path) -> None:
    """Scripts, voices and settings are excluded, what was excluded stays so, every other line stays."""
    config = tmp_path / "_config.yml"
    config.write_text(text, encoding="utf-8")
    excluded_before = yaml.safe_load(text).get("exclude") or []

    assert podcast("init", tmp_path).exit_code == 0

    after = config.read_text(encoding="utf-8")
    assert {"scripts", "voices", "podcast.toml", *excluded_before} <= set(
        yaml.safe_load(after)["exclude"]
    )
    lines = [line for line in text.splitlines() if not line.startswith("exclude: [")]
    assert [line for line in after.splitlines() if line in lines] == lines

    assert podcast("init", tmp_path).exit_code == 0
    assert config.read_text(encoding="utf-8") == after


def test_an_exclude_that_is_not_understood_is_left_and_said(tmp_path: Path) -> None:
    """A list written in another way is not touched; the owner is told what to add."""
    config = tmp_path / "_config.yml"
    text = "patterns: &hidden\n  - tmp\nexclude: *hidden\n"
    config.write_text(text, encoding="utf-8")

    result = podcast("init", tmp_path)

    assert result.exit_code == 0
    assert config.read_text(encoding="utf-8") == text
    assert "add to exclude: scripts, voices, podcast.toml" in result.output


def test_a_terminal_checks_each_answer_at_once(tmp_path: Path) -> None:
    """A wrong mail address is asked for again, the other answers stay, and the address gets its https."""
    answers = [
        "Night Ferry",
        "The desk",
        "no mail",
        "desk@ferry.test",
        "ferry.test/feeds",
        "Ada Loon",
    ]
    mother, child = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "podcast", "init", tmp_path / "show"],
        stdin=child, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip
    os.write(mother, "".join(f"{answer}\n" for answer in answers).encode())
    output, _ = process.communicate(timeout=60)
    os.close(mother)
    os.close(child)

    assert process.returncode == 0, output
    assert "'no mail' is not a mail address" in output
    settings = settings_of(tmp_path / "show")
    assert settings["title"] == "Night Ferry"
    assert settings["email"] == "desk@ferry.test"
    assert settings["url"] == "https://ferry.test/feeds/"
    assert settings["presenter"] == "Ada Loon"


@pytest.mark.parametrize(
    ("words", "code", "what"),
    [
        (["--since", "2024-05-02", "--until", "2024-05-01"], 1, "is after --until 2024-05-01"),
        (
            ["--since", "2001-01-01", "--until", "2001-02-01"],
            1,
            "no edition there, or none between",
        ),
    ],
)
def test_dates_that_hold_nothing_are_an_error(
    words: list[str], code: int, what: str, tmp_path: Path
) -> None:
    """Several editions were asked for and there is none: why, and 2 where the question itself is wrong."""
    assert podcast("init", tmp_path).exit_code == 0

    result = podcast("make", "--show", tmp_path, "--engine", "silence", *words)

    assert result.exit_code == code
    assert what in result.output


@pytest.mark.parametrize(
    "written", ["2024-05-22", "22 May 2024", "May 22, 2024", "22 may 2024"]
)
def test_dates_may_be_in_words(written: str, tmp_path: Path) -> None:
    """A date is understood as people write it in English."""
    assert podcast("init", tmp_path).exit_code == 0
    result = podcast("script", "--show", tmp_path, "--date", written)
    assert "no post of 2024-05-22" in result.output


@pytest.mark.parametrize("name", ["cover.png", "cover.jpeg", "Cover.JPG"])
def test_a_cover_that_is_there_is_the_shows(name: str, tmp_path: Path) -> None:
    """`init` draws none beside it, whatever its format; beside one that directories refuse, it does."""
    (assets := tmp_path / "assets").mkdir()
    (assets / name).write_bytes(b"the owner's")
    assert podcast("init", tmp_path, "--title", "Small Hours").exit_code == 0
    assert [path.name for path in assets.iterdir() if path.stem.lower() == "cover"] == [name]


def test_beside_a_cover_that_directories_refuse_one_is_drawn(tmp_path: Path) -> None:
    """The site's WebP stays, and the show has a JPEG."""
    (assets := tmp_path / "assets").mkdir()
    (assets / "cover.webp").write_bytes(b"the site's")
    assert podcast("init", tmp_path, "--title", "Small Hours").exit_code == 0
    assert (assets / "cover.jpg").is_file()
    assert (assets / "cover.webp").read_bytes() == b"the site's"

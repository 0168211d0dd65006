"""Only what a blog publishes becomes an episode: drafts, hidden, expired and coming posts stay inside."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from podcast.cli import main

BODY = "\n# The lighthouse\nThe keeper painted the door of the lighthouse green, and the ships were glad.\n"

WITHHELD = {
    "Jekyll, unpublished": (
        "2024-03-02-a.md",
        "---\ntitle: A\npublished: false\n---\n",
        "published: false",
    ),
    "Jekyll, in words": (
        "2024-03-02-a.md",
        "---\ntitle: A\npublished: no\n---\n",
        "published: no",
    ),
    "Jekyll, drafts": ("_drafts/2024-03-02-a.md", "---\ntitle: A\n---\n", "_drafts"),
    "Jekyll, drafts by topic": (
        "_drafts/sea/2024-03-02-a.md",
        "---\ntitle: A\n---\n",
        "_drafts",
    ),
    "Hugo, draft": (
        "a.md",
        "---\ntitle: A\ndate: 2024-03-02\ndraft: true\n---\n",
        "draft: true",
    ),
    "Hugo, draft in TOML": (
        "a.md",
        '+++\ntitle = "A"\ndate = 2024-03-02\ndraft = true\n+++\n',
        "draft: true",
    ),
    "Hugo, ahead": (
        "a.md",
        "---\ntitle: A\ndate: 2024-03-02\npublishDate: 2199-01-01\n---\n",
        "2199-01-01 00:00",
    ),
    "Hugo, ahead in TOML": (
        "a.md",
        '+++\ntitle = "A"\ndate = 2024-03-02\npublishDate = 2199-01-01T09:00:00Z\n+++\n',
        "2199-01-01 09:00",
    ),
    "Hugo, expired": (
        "a.md",
        "---\ntitle: A\ndate: 2024-03-02\nexpiryDate: 2024-04-01\n---\n",
        "expired at 2024-04-01",
    ),
    "Pelican, draft": ("a.md", "Title: A\nDate: 2024-03-02\nStatus: draft\n", "Status: draft"),
    "Pelican, hidden": (
        "a.md",
        "title: A\ndate: 2024-03-02\nstatus: Hidden\n",
        "status: hidden",
    ),
    "Pelican, ahead": ("a.md", "Title: A\nDate: 2199-03-02 10:00\n", "2199-03-02 10:00"),
    "dated ahead by name": ("2199-03-02-a.md", "---\ntitle: A\n---\n", "2199-03-02 00:00"),
    "dated ahead inside": (
        "2024-03-02-a.md",
        "---\ntitle: A\ndate: 2199-03-02\n---\n",
        "2199-03-02 00:00",
    ),
}


def podcast(*words: str | Path) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


def write_post(show: Path, name: str, front: str) -> Path:
    path = show / "posts" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(front + BODY, encoding="utf-8")
    return path


def episodes(show: Path) -> list[str]:
    return sorted(path.name for path in (show / "feeds").glob("*.mp3"))


@pytest.mark.parametrize("kind", WITHHELD)
def test_what_the_blog_withholds_gives_no_episode(show: Path, kind: str) -> None:
    """By `--all`, `--since`, `--date`, `--post`, dry or not: nothing is written, and the reason is said."""
    name, front, reason = WITHHELD[kind]
    path = write_post(show, name, front)
    date = "2199-03-02" if "\nDate: 2199" in front or name.startswith("2199") else "2024-03-02"
    before = sorted(show.rglob("*"))

    for selection in (("--all",), ("--since", "2024-01-01"), ("--all", "--dry-run")):
        result = podcast("make", "--show", show, "--engine", "silence", *selection)
        assert result.exit_code == 0, result.output
        assert "left out" in result.output
        assert reason.lower() in result.output.lower()

    for selection in (
        ("--date", date),
        ("--post", str(path)),
        ("--post", str(path), "--dry-run"),
    ):
        result = podcast("make", "--show", show, "--engine", "silence", *selection)
        assert result.exit_code == 1
        assert reason.lower() in result.stderr.lower()
        assert (
            len([line for line in result.stderr.splitlines() if line.startswith("podcast: ")])
            == 1
        )

    assert episodes(show) == []
    assert [path for path in sorted(show.rglob("*")) if ".podcast" not in path.parts] == before


def test_a_draft_may_have_a_script(show: Path) -> None:
    """`podcast script` writes a draft's script, for it publishes nothing."""
    path = write_post(show, "2024-03-02-a.md", "---\ntitle: A\ndraft: true\n---\n")
    result = podcast("script", "--show", show, "--post", path)
    assert result.exit_code == 0, result.output
    assert Path(result.stdout.strip()).is_file()


@pytest.mark.parametrize(
    "front",
    [
        "draft: false\npublished: true\nstatus: shipped",
        "publishDate: 2024-03-01\nexpiryDate: 2199-01-01",
        "published: 2024-03-01",
    ],
)
def test_what_the_blog_shows_is_made(show: Path, front: str) -> None:
    """Keys that withhold nothing, and a status of the author's own meaning, are no hindrance."""
    write_post(show, "2024-03-02-a.md", f"---\ntitle: A\n{front}\n---\n")
    assert podcast("make", "--show", show, "--all", "--engine", "silence").exit_code == 0
    assert episodes(show) == ["2024-03-02-a.mp3"]


def test_the_published_one_of_two_posts_is_the_dates(show: Path) -> None:
    """A draft beside the day's post does not make its date ambiguous."""
    write_post(show, "2024-03-02-a.md", "---\ntitle: A\n---\n")
    write_post(show, "2024-03-02-b.md", "---\ntitle: B\ndraft: true\n---\n")
    assert (
        podcast("make", "--show", show, "--date", "2024-03-02", "--engine", "silence").exit_code
        == 0
    )
    assert episodes(show) == ["2024-03-02-a.mp3"]


@pytest.mark.parametrize(
    ("change", "said"),
    [("draft: true", "draft: true"), ("expiryDate: 2024-04-01", "expired"), ("", "gone")],
)
def test_check_tells_of_a_post_that_was_taken_back(show: Path, change: str, said: str) -> None:
    """An episode whose post became a draft, expired or is gone is named by `check`; no mail is made of it."""
    path = write_post(show, "2024-03-02-a.md", "---\ntitle: A\n---\n")
    assert podcast("make", "--show", show, "--all", "--engine", "silence").exit_code == 0
    if change:
        path.write_text(
            path.read_text("utf-8").replace("title: A\n", f"title: A\n{change}\n"), "utf-8"
        )
    else:
        path.unlink()

    found = json.loads(podcast("check", "--show", show, "--json").stdout)
    (fault,) = [fault for fault in found if "its post" in fault["what"]]
    assert said in fault["what"]
    assert fault["severity"] == ("error" if change else "warning")
    assert (
        podcast(
            "mail", "--show", show, "--date", "2024-03-02", "--out", show / "a.eml"
        ).exit_code
        == 1
    )

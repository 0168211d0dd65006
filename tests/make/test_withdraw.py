"""`podcast list` and `podcast withdraw`: an episode taken back for good, and numbers that stay."""

from __future__ import annotations

import datetime as dt
import http.server
import json
import re
import threading
from pathlib import Path
from typing import Any

import feedparser  # type: ignore[import-untyped]
import pytest
from click.testing import CliRunner, Result

from podcast.cli import main
from podcast.config import load_show
from podcast.make import remove_expired_audio

DAYS = ("2024-06-03", "2024-06-04", "2024-06-05")


def podcast(*words: str | Path) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


def run(*words: str | Path) -> str:
    result = podcast(*words)
    assert result.exit_code == 0, result.output
    return result.output


def post(title: str) -> str:
    return f"""---
layout: post
title: {title}
---
# {title} at dawn

The crews of the harbour counted {len(title)} boats before sunrise, and wrote each of them down by hand.

# A kettle in {title}

The kettle of the pilot house has been mended twice this year, and nobody knows who paid for it.
"""


@pytest.fixture
def show(tmp_path: Path) -> Path:
    """A show of three posts, which numbers its episodes."""
    folder = tmp_path / "show"
    run(
        "init", folder, "--title", "Quay", "--author", "Desk", "--email", "desk@quay.press",
        "--url", "https://quay.press/feeds/", "--presenter", "Ines Okafor",
    )  # fmt: skip
    for path in (folder / "posts").glob("*.md"):
        path.unlink()
    for day, title in zip(DAYS, ("Lanterns", "Anchors", "Buoys"), strict=True):
        (folder / "posts" / f"{day}-{title.lower()}.md").write_text(
            post(title), encoding="utf-8"
        )
    settings = folder / "podcast.toml"
    text = settings.read_text(encoding="utf-8")
    text = re.sub(r"(?m)^numbering = .*\n", "", text)
    settings.write_text(
        f'numbering = "all"\nengine = "silence"\ncatch_up = 3660\n{text}', encoding="utf-8"
    )
    return folder


def make(show: Path, *words: str) -> list[dict[str, Any]]:
    result = podcast("make", "--show", show, *words, "--json", "-q")
    assert result.exit_code == 0, result.output
    found: list[dict[str, Any]] = json.loads(result.stdout)
    return found


def numbers(show: Path) -> dict[str, str]:
    feed = feedparser.parse((show / "feeds" / "feed.xml").read_bytes())
    return {entry.title: entry.itunes_episode for entry in feed.entries}


def listed(show: Path) -> dict[str, dict[str, Any]]:
    return {each["slug"]: each for each in json.loads(run("list", "--show", show, "--json"))}


def test_a_withdrawn_episode_is_gone_and_stays_away(show: Path) -> None:
    """Feed, index, files and the post's facts are as before it was made; `--all` and `--new` leave it out."""
    slug = "2024-06-04-anchors"
    source = show / "posts" / f"{slug}.md"
    before = source.read_bytes()
    make(show, "--all")
    others = {
        path.name: path.read_bytes()
        for path in (show / "feeds").iterdir()
        if not path.name.startswith((slug, "feed", "index", "sitemap"))
        and (path.suffix != ".html" or ".transcript" in path.name)
    }
    assert b"audio:" in source.read_bytes()

    run("withdraw", "--show", show, "--date", DAYS[1])
    assert source.read_bytes() == before
    assert [path.name for path in (show / "feeds").glob(f"{slug}*")] == []
    assert slug not in (show / "feeds" / "feed.xml").read_text("utf-8")
    pages = [*(show / "feeds").glob("*.html"), show / "feeds" / "sitemap.xml"]
    assert [page.name for page in pages if slug in page.read_text("utf-8")] == []
    assert (
        others.items()
        <= {path.name: path.read_bytes() for path in (show / "feeds").iterdir()}.items()
    )

    states = {each["edition"]: each["state"] for each in make(show, "--all")}
    assert states == {DAYS[0]: "unchanged", DAYS[1]: "left out", DAYS[2]: "unchanged"}
    assert make(show, "--new") == []
    refused = podcast("make", "--show", show, "--date", DAYS[1])
    assert refused.exit_code == 1
    assert f"podcast withdraw --date {DAYS[1]} --undo" in refused.stderr
    checked = podcast("check", "--show", show, "--json")
    assert slug not in checked.output


def test_a_renamed_post_does_not_bring_it_back(show: Path) -> None:
    """The post of a withdrawn episode is known again by what it says, whatever its name and its date."""
    make(show, "--all")
    run("withdraw", "--show", show, "--date", DAYS[1])
    (show / "posts" / "2024-06-04-anchors.md").rename(show / "posts" / "2024-06-07-moorings.md")
    assert {each["edition"]: each["state"] for each in make(show, "--all")}[
        "2024-06-07"
    ] == "left out"


def test_an_episode_made_again_has_another_file_name(show: Path) -> None:
    """After --undo it keeps guid, moment and number; its audio is another file, though it sounds the same."""
    make(show, "--all")
    slug = "2024-06-04-anchors"
    record = json.loads((show / "feeds" / f"{slug}.json").read_bytes())
    run("withdraw", "--show", show, "--date", DAYS[1])
    assert podcast("withdraw", "--show", show, "--date", DAYS[0], "--undo").exit_code == 1
    run("withdraw", "--show", show, "--date", DAYS[1], "--undo")
    assert listed(show)[slug]["state"] == "to be made again"

    make(show, "--new")
    again = json.loads((show / "feeds" / f"{slug}.json").read_bytes())
    assert [again[key] for key in ("guid", "published", "numbers")] == [
        record[key] for key in ("guid", "published", "numbers")
    ]
    assert listed(show)[slug]["state"] == "published"
    assert listed(show)[slug]["address"] != f"https://quay.press/feeds/{slug}.mp3"
    assert not (show / "feeds" / f"{slug}.mp3").exists()
    assert list((show / "feeds").glob("undone-*")) == []

    # The third time, the audio has a name that neither of the others had.
    second = listed(show)[slug]["address"]
    run("withdraw", "--show", show, "--date", DAYS[1])
    run("withdraw", "--show", show, "--date", DAYS[1], "--undo")
    make(show, "--new")
    assert listed(show)[slug]["address"] not in (second, f"https://quay.press/feeds/{slug}.mp3")


def test_a_withdrawal_that_was_broken_off_is_finished(show: Path) -> None:
    """When only the withdrawal was remembered, `podcast feed` takes out the rest."""
    make(show, "--all")
    slug = "2024-06-04-anchors"
    files = {path: path.read_bytes() for path in (show / "feeds").glob(f"{slug}*")}
    source = show / "posts" / f"{slug}.md"
    with_facts = source.read_bytes()
    run("withdraw", "--show", show, "--date", DAYS[1])
    for path, content in files.items():
        path.write_bytes(content)
    source.write_bytes(with_facts)
    assert "podcast feed" in podcast("check", "--show", show).output
    run("feed", "--show", show)
    assert list((show / "feeds").glob(f"{slug}*")) == []
    assert b"audio:" not in source.read_bytes()


def test_a_number_is_given_once(show: Path) -> None:
    """An edition that is made late gets the next number; nobody else's changes, also by a withdrawal."""
    (show / "posts" / "2024-06-01-early.md").write_text(post("Early"), encoding="utf-8")
    for day in DAYS:
        podcast("make", "--show", show, "--date", day)
    assert numbers(show) == {"Lanterns": "1", "Anchors": "2", "Buoys": "3"}
    run("withdraw", "--show", show, "--date", DAYS[2])
    podcast("make", "--show", show, "--date", "2024-06-01")
    assert numbers(show) == {"Lanterns": "1", "Anchors": "2", "Early": "4"}


def test_editions_made_side_by_side_are_numbered_by_date(show: Path) -> None:
    """Whichever is ready first: the oldest is number 1."""
    make(show, "--all", "--jobs", "3")
    assert numbers(show) == {"Lanterns": "1", "Anchors": "2", "Buoys": "3"}


def test_what_was_published_without_a_number_keeps_the_one_that_its_feed_gave(
    show: Path,
) -> None:
    """Records of an older presscast have none; it counted by date, and so do they, once."""
    make(show, "--all")
    for path in (show / "feeds").glob("*.json"):
        if path.name.count(".") == 1:
            record = json.loads(path.read_bytes())
            del record["numbers"]
            path.write_text(json.dumps(record), encoding="utf-8")
    run("feed", "--show", show)
    assert numbers(show) == {"Lanterns": "1", "Anchors": "2", "Buoys": "3"}
    (show / "posts" / "2024-06-01-early.md").write_text(post("Early"), encoding="utf-8")
    make(show, "--new")
    assert numbers(show) == {"Lanterns": "1", "Anchors": "2", "Buoys": "3", "Early": "4"}


def test_the_list_says_what_is_published(show: Path) -> None:
    """Number, date, title, length, bytes, address and state of each, the newest first."""
    make(show, "--all")
    run("withdraw", "--show", show, "--date", DAYS[2])
    found = listed(show)
    assert list(found) == ["2024-06-05-buoys", "2024-06-04-anchors", "2024-06-03-lanterns"]
    one = found["2024-06-03-lanterns"]
    assert (one["number"], one["date"], one["title"], one["state"]) == (
        1,
        DAYS[0],
        "Lanterns",
        "published",
    )
    assert one["bytes"] == (show / "feeds" / "2024-06-03-lanterns.mp3").stat().st_size
    assert one["duration_ms"] > 1000
    assert one["address"] == "https://quay.press/feeds/2024-06-03-lanterns.mp3"
    text = run("list", "--show", show)
    assert "withdrawn  Buoys" in text
    assert "published  Lanterns  https://quay.press/feeds/2024-06-03-lanterns.mp3" in text


@pytest.mark.parametrize(
    ("front", "name"),
    [
        ('+++\ntitle = "Lamps"\n# mine\ntags = ["sea"]\n+++\n', "2024-06-09-lamps.md"),
        ("Title: Lamps\nTags: sea\n\n", "2024-06-09-lamps.md"),
        ("---\r\ntitle: Lamps # mine\r\ntags:\r\n- sea\r\n---\r\n", "2024-06-09-lamps.md"),
        (
            '---\ntitle: "Lamps"\nsubtitle: >\n  Two\n  lines\n# the end\n---\n',
            "2024-06-09-lamps.md",
        ),
    ],
)
def test_a_post_is_as_it_was_before(show: Path, front: str, name: str) -> None:
    """Facts leave front matter of each kind without another byte."""
    path = show / "posts" / name
    body = post("Lamps").partition("---\n")[2].partition("---\n")[2]
    path.write_bytes((front + body).encode())
    before = path.read_bytes()
    run("make", "--show", show, "--post", path)
    assert path.read_bytes() != before
    run("withdraw", "--show", show, "--post", path)
    assert path.read_bytes() == before


def say_more(show: Path, day: str, words: str) -> None:
    """A person edits the last line of a script, so that the episode has other audio."""
    (path,) = (show / "scripts").glob(f"{day}-*[a-z].md")
    lines = path.read_text(encoding="utf-8").splitlines()
    last = max(number for number, line in enumerate(lines) if line.startswith("**"))
    lines[last] += f" {words}"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def of_its_audio(show: Path, slug: str) -> set[str]:
    """The MP3 of an episode, and the files that go with it: all but its record and its pages."""
    found = {path.name for path in (show / "feeds").glob(f"{slug}*")}
    return found - {f"{slug}.json", f"{slug}.html", f"{slug}.embed.html"}


def assert_proved(show: Path) -> None:
    """`check` finds nothing wrong."""
    listed = podcast("check", "--show", show, "--json").stdout.partition("\n]\n")[0] + "\n]"
    errors = [fault for fault in json.loads(listed) if fault["severity"] == "error"]
    assert errors == []


def test_what_an_old_feed_names_stays(show: Path) -> None:
    """What was replaced stays for `keep_replaced` days with its transcripts and chapters, through remakes."""
    make(show, "--new")
    slug = "2024-06-04-anchors"
    before = of_its_audio(show, slug)
    assert len(before) == 6
    for words in ("Good night to the harbour.", "And good morning."):
        say_more(show, DAYS[1], words)
        run("make", "--show", show, "--date", DAYS[1])
    assert before < of_its_audio(show, slug)
    assert len(of_its_audio(show, slug)) == 18
    run("feed", "--show", show)
    assert len(of_its_audio(show, slug)) == 18
    strays = [
        line
        for line in podcast("check", "--show", show).output.splitlines()
        if "no episode" in line
    ]
    assert strays == []

    loaded, now = load_show(show), dt.datetime.now(dt.UTC)
    remove_expired_audio(loaded, now + dt.timedelta(days=13))
    assert len(of_its_audio(show, slug)) == 18
    remove_expired_audio(loaded, now + dt.timedelta(days=15))
    assert len(of_its_audio(show, slug) - before) == 6
    assert_proved(show)


def test_audio_of_an_unknown_time_stays_until_it_is_known(show: Path) -> None:
    """Of what an older presscast replaced, the days count from the next remake on."""
    make(show, "--new")
    slug = "2024-06-04-anchors"
    first = of_its_audio(show, slug)
    say_more(show, DAYS[1], "Good night to the harbour.")
    run("make", "--show", show, "--date", DAYS[1])
    record = show / "feeds" / f"{slug}.json"
    values = json.loads(record.read_bytes())
    del values["earlier_audio"], values["seal"]
    record.write_text(json.dumps(values), encoding="utf-8")

    much_later = dt.datetime.now(dt.UTC) + dt.timedelta(days=400)
    remove_expired_audio(load_show(show), much_later)
    assert first <= of_its_audio(show, slug)

    say_more(show, DAYS[1], "And good morning.")
    run("make", "--show", show, "--date", DAYS[1])
    assert first <= of_its_audio(show, slug)
    remove_expired_audio(load_show(show), much_later)
    assert not first & of_its_audio(show, slug)


def test_what_cannot_be_removed_now_fails_no_run(show: Path) -> None:
    """The episode is published: replaced audio waits for a run that can read all records."""
    make(show, "--new")
    slug = "2024-06-04-anchors"
    first = of_its_audio(show, slug)
    say_more(show, DAYS[1], "Good night to the harbour.")
    run("make", "--show", show, "--date", DAYS[1])
    broken = show / "feeds" / "2024-06-09-broken.json"
    broken.write_text("{", encoding="utf-8")

    later = dt.datetime.now(dt.UTC) + dt.timedelta(days=15)
    remove_expired_audio(load_show(show), later)
    assert first < of_its_audio(show, slug)
    broken.unlink()
    remove_expired_audio(load_show(show), later)
    assert not first & of_its_audio(show, slug)


def test_a_wrong_episode_is_replaced_at_once(show: Path) -> None:
    """With --replace-now nothing of the old audio is left, and making again changes nothing."""
    make(show, "--new")
    slug = "2024-06-04-anchors"
    before = of_its_audio(show, slug)
    say_more(show, DAYS[1], "Good night to the harbour.")
    run("make", "--show", show, "--date", DAYS[1], "--replace-now")
    assert not before & of_its_audio(show, slug)
    assert "unchanged" in run("make", "--show", show, "--date", DAYS[1])
    assert_proved(show)


def test_a_hub_is_told_by_itself(show: Path) -> None:
    """`podcast ping` tells the hub after a deployment; a show without one is told what is missing."""
    heard: list[bytes] = []

    class Hub(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            heard.append(self.rfile.read(int(self.headers["content-length"])))
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    assert "names no hub" in podcast("ping", "--show", show).output
    with http.server.HTTPServer(("127.0.0.1", 0), Hub) as server:
        threading.Thread(target=server.handle_request, daemon=True).start()
        settings = show / "podcast.toml"
        text = settings.read_text(encoding="utf-8")
        settings.write_text(
            f'hub = "http://127.0.0.1:{server.server_port}/"\n{text}', encoding="utf-8"
        )
        run("ping", "--show", show)
    (form,) = heard
    assert b"hub.url=https%3A%2F%2Fquay.press%2Ffeeds%2Ffeed.xml" in form

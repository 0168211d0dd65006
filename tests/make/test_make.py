"""`podcast make`, end to end, as its owner runs it: the silence engine speaks, everything else is real."""

from __future__ import annotations

import json
import re
import shutil
import time
from pathlib import Path

import feedparser  # type: ignore[import-untyped]
import pytest
from click.testing import CliRunner, Result

from podcast.cli import main
from podcast.config import load_show

REPOSITORY = Path(__file__).parent.parent.parent
DATE = "2024-05-22"


def podcast(*words: str | Path) -> Result:
    """Run the command in this process; its output is on the result."""
    return CliRunner().invoke(main, [str(word) for word in words])


def tree(folder: Path) -> dict[str, tuple[int, bytes]]:
    """Every file below a folder with its time of change and its bytes; the working folder left out."""
    files = (
        path for path in folder.rglob("*") if path.is_file() and ".podcast" not in path.parts
    )
    return {
        str(path.relative_to(folder)): (path.stat().st_mtime_ns, path.read_bytes())
        for path in files
    }


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A show with the sample posts and one episode made; tests copy it."""
    folder = tmp_path_factory.mktemp("made") / "show"
    result = podcast(
        "init", folder, "--title", "Small Hours", "--author", "The desk",
        "--email", "desk@hours.example", "--url", "https://hours.example/feeds/",
    )  # fmt: skip
    assert result.exit_code == 0, result.output
    for first in (folder / "posts").glob("*.md"):
        first.unlink()
    for post in (REPOSITORY / "posts").glob("*.md"):
        shutil.copy(post, folder / "posts")
    result = podcast("make", "--show", folder, "--date", DATE, "--engine", "silence")
    assert result.exit_code == 0, result.output
    return folder


@pytest.fixture
def show(made: Path, tmp_path: Path) -> Path:
    """A copy of the made show, for one test to change."""
    return Path(shutil.copytree(made, tmp_path / "show"))


def record(show: Path, date: str = DATE) -> dict[str, object]:
    """The record of a date's only episode."""
    (path,) = [p for p in (show / "feeds").glob(f"{date}-*.json") if p.name.count(".") == 1]
    return dict(json.loads(path.read_text(encoding="utf-8")))


def script_of(show: Path) -> Path:
    (path,) = (show / "scripts").glob(f"{DATE}-*.md")
    return path


def make(show: Path, *words: str) -> Result:
    return podcast("make", "--show", show, "--engine", "silence", *words)


def test_a_client_finds_the_episode_whole(show: Path) -> None:
    """A feed reader sees one episode, whose file exists with the length, type and duration it says."""
    feed = feedparser.parse((show / "feeds" / "feed.xml").read_bytes())
    (entry,) = feed.entries
    (enclosure,) = entry.enclosures
    audio = show / "feeds" / enclosure.href.rpartition("/")[2]
    assert int(enclosure.length) == audio.stat().st_size
    assert enclosure.type == "audio/mpeg"
    assert int(entry.itunes_duration) == round(int(str(record(show)["duration"])) / 1000)


def test_check_agrees(show: Path) -> None:
    """What `make` published, `check` proves right; it exits 0."""
    result = podcast("check", "--show", show)
    assert result.exit_code == 0, result.output


def test_the_post_gets_the_facts_and_nothing_else(show: Path) -> None:
    """Only lines of the facts are added to the post's front matter; every other byte is as it was."""
    (post,) = (show / "posts").glob(f"{DATE}-*.md")
    before = (REPOSITORY / "posts" / post.name).read_bytes().splitlines(keepends=True)
    after = post.read_bytes().splitlines(keepends=True)
    added = [line for line in after if line not in before]
    assert [line for line in after if line not in added] == before
    keys = {line.partition(b":")[0].decode() for line in added}
    assert keys == {
        "audio",
        "duration",
        "bytes",
        "model",
        "cost",
        "processing",
        "version",
        "headers",
    }


def test_making_again_changes_nothing(show: Path) -> None:
    """A second make speaks no take, and writes no file, not even with the same bytes."""
    before = tree(show)
    result = make(show, "--date", DATE, "--json")
    facts = json.loads(result.stdout)
    assert (facts["spoken"], facts["changed"]) == (0, False)
    assert tree(show) == before


def test_one_edited_line_is_one_take(show: Path) -> None:
    """After one line of the script was edited, one take is spoken, and the episode keeps its guid."""
    guid = record(show)["guid"]
    script = script_of(show)
    text = script.read_text(encoding="utf-8")
    *_, line = re.findall(r"^\*\*.+?:\*\* .+$", text, flags=re.MULTILINE)
    script.write_text(
        text.replace(line, f"{line} Mind the step on your way out."), encoding="utf-8"
    )
    facts = json.loads(make(show, "--date", DATE, "--json").stdout)
    assert (facts["spoken"], facts["changed"], facts["guid"]) == (1, True, guid)
    feed = (show / "feeds" / "feed.xml").read_text(encoding="utf-8")
    [transcript] = [path for path in (show / "feeds").glob("*.vtt") if path.name in feed]
    assert "Mind the step" in " ".join(transcript.read_text(encoding="utf-8").split())
    assert len(feedparser.parse((show / "feeds" / "feed.xml").read_bytes()).entries) == 1


def test_a_name_never_gets_other_audio(show: Path) -> None:
    """Remade audio has its own name: the file that the feed named stays until it names the new one.

    What was replaced stays for `keep_replaced` days, for caches that know no other yet.
    """
    feeds, heard = show / "feeds", []
    for words in ("Mind the step.", "Close the door.", "Mind the cat."):
        heard.append({path.name: path.read_bytes() for path in feeds.glob("*.mp3")})
        script = script_of(show)
        script.write_text(
            script.read_text(encoding="utf-8").rstrip() + f" {words}\n", encoding="utf-8"
        )
        assert make(show, "--date", DATE).exit_code == 0
        now = {path.name: path.read_bytes() for path in feeds.glob("*.mp3")}
        assert now.items() >= heard[-1].items()
        (entry,) = feedparser.parse((feeds / "feed.xml").read_bytes()).entries
        named = entry.enclosures[0].href.rpartition("/")[2]
        assert named not in heard[-1]
        assert set(now) == {named, *heard[-1]}
        assert {path.stem for path in feeds.glob("*.vtt")} == {Path(name).stem for name in now}
        (post,) = (show / "posts").glob(f"{DATE}-*.md")
        assert f"audio: {named}\n" in post.read_text(encoding="utf-8")
    assert podcast("check", "--show", show).exit_code == 0
    assert podcast("feed", "--show", show).exit_code == 0
    assert {path.name for path in feeds.glob("*.mp3")} == set(now)


def test_dry_run_changes_nothing(show: Path) -> None:
    """A dry run of an edition that was never made says what it would do, and leaves every file alone."""
    before = tree(show)
    result = make(show, "--date", "2024-05-21", "--dry-run")
    assert result.exit_code == 0
    assert "nothing was changed" in result.output
    assert tree(show) == before


def test_a_broken_post_changes_nothing(show: Path) -> None:
    """A post that became malformed ends in one line with file and line; what is published stays."""
    (post,) = (show / "posts").glob(f"{DATE}-*.md")
    post.write_text(
        post.read_text(encoding="utf-8").replace("title:", "title: [", 1), encoding="utf-8"
    )
    before = tree(show)
    result = make(show, "--date", DATE)
    assert result.exit_code == 1
    (line,) = result.stderr.splitlines()
    assert re.match(rf"podcast: .*{re.escape(post.name)}:\d+: ", line)
    assert tree(show) == before


def test_a_renamed_post_keeps_its_episode(show: Path) -> None:
    """A post under a new slug keeps guid and moment of publication; of the old slug, page and record go."""
    old = record(show)
    (post,) = (show / "posts").glob(f"{DATE}-*.md")
    post.rename(post.with_name(f"{DATE}-a-better-name.md"))
    script_of(show).rename(show / "scripts" / f"{DATE}-a-better-name.md")
    assert make(show, "--date", DATE).exit_code == 0
    new = record(show)
    assert (new["guid"], new["published"]) == (old["guid"], old["published"])
    left = {
        path.name.removeprefix(str(old["slug"]))
        for path in (show / "feeds").glob(f"{old['slug']}.*")
    }
    assert ".mp3" in left
    assert left.isdisjoint({".html", ".json"})
    assert podcast("check", "--show", show).exit_code == 0
    before = tree(show)
    assert make(show, "--date", DATE).exit_code == 0
    assert tree(show) == before


def test_two_posts_of_a_date_are_two_episodes(show: Path) -> None:
    """A second post of a date must be named with --post, and becomes an episode of its own."""
    (post,) = (show / "posts").glob(f"{DATE}-*.md")
    second = post.with_name(f"{DATE}-evening-edition.md")
    shutil.copy(post, second)
    result = make(show, "--date", DATE)
    assert result.exit_code == 1
    assert "--post" in result.stderr
    assert make(show, "--post", str(second)).exit_code == 0
    entries = feedparser.parse((show / "feeds" / "feed.xml").read_bytes()).entries
    assert len({entry.id for entry in entries}) == 2


def test_all_goes_on_past_a_bad_edition(show: Path) -> None:
    """`--all` makes what it can, names what failed, and exits 1."""
    broken = "---\ntitle: 'not closed\n---\nWords."
    (show / "posts" / "2024-05-23-broken.md").write_text(broken, encoding="utf-8")
    result = make(show, "--all")
    assert result.exit_code == 1
    assert "2024-05-23" in result.stderr.splitlines()[-1]
    assert len(feedparser.parse((show / "feeds" / "feed.xml").read_bytes()).entries) == 3


def test_an_unknown_speaker_is_named(show: Path) -> None:
    """A name misspelt in an edited script is an error with its line and a guess, not a new voice."""
    script = script_of(show)
    name = str(record(show)["people"][0]["name"])  # type: ignore[index]
    text = script.read_text(encoding="utf-8")
    script.write_text(text.replace(f"**{name}:**", f"**{name}e:**", 1), encoding="utf-8")
    result = make(show, "--date", DATE)
    assert result.exit_code == 1
    assert re.search(rf"{re.escape(script.name)}:\d+: .*{re.escape(name)}", result.stderr)


def test_a_rewrite_keeps_the_old_script(show: Path) -> None:
    """`script --rewrite` writes anew and keeps what was there beside it."""
    script = script_of(show)
    script.write_text(
        script.read_text(encoding="utf-8") + "\n<!-- mine -->\n", encoding="utf-8"
    )
    assert podcast("script", "--show", show, "--date", DATE, "--rewrite").exit_code == 0
    assert "<!-- mine -->" not in script.read_text(encoding="utf-8")
    (old,) = (show / "scripts").glob("*.1.md")
    assert "<!-- mine -->" in old.read_text(encoding="utf-8")


def test_an_edition_without_people_is_read_by_the_presenter(show: Path) -> None:
    """`--post` takes any Markdown post; the show's presenter reads it."""
    post = show / "note.md"
    post.write_text(
        "---\ntitle: A note\ndate: 2024-06-01\n---\n\n# Rain\n\nIt rained for three days on the coast.\n",
        encoding="utf-8",
    )
    assert make(show, "--post", str(post)).exit_code == 0
    presenter = load_show(show).edition.presenter
    assert [person["name"] for person in record(show, "2024-06-01")["people"]] == [presenter]  # type: ignore[attr-defined]


def test_feed_rebuilds_the_same_bytes(show: Path) -> None:
    """With feed, pages, transcripts and chapters gone, `feed` writes the very same from the records."""
    feeds = show / "feeds"
    before = {path.name: path.read_bytes() for path in feeds.iterdir()}
    for path in feeds.iterdir():
        if path.suffix in {".xml", ".html", ".vtt", ".srt"} or path.name.endswith(
            ".chapters.json"
        ):
            path.unlink()
    assert podcast("feed", "--show", show).exit_code == 0
    assert {path.name: path.read_bytes() for path in feeds.iterdir()} == before


@pytest.mark.parametrize(
    "words",
    [
        ["make"],
        ["make", "--date", "someday"],
        ["make", "--date", DATE, "--all"],
        ["mak"],
        ["embed"],
    ],
)
def test_wrong_use_exits_2(words: list[str]) -> None:
    """What the command line cannot mean is exit code 2, not 1."""
    assert podcast(*words).exit_code == 2


def test_no_show_is_one_line(tmp_path: Path) -> None:
    """Outside a show, one line says how to start one."""
    result = podcast("make", "--show", tmp_path, "--date", DATE)
    assert (result.exit_code, len(result.stderr.splitlines())) == (1, 1)
    assert "podcast init" in result.stderr


def test_init_leaves_what_is_there(show: Path) -> None:
    """`init` in an existing show changes none of its files."""
    before = tree(show)
    assert podcast("init", show).exit_code == 0
    after = tree(show)
    assert {name: after[name] for name in before} == before


def test_init_keeps_jekyll_from_a_show_but_not_from_its_blog(tmp_path: Path) -> None:
    """GitHub Pages serves a new show as it is, and builds a Jekyll blog as before."""
    (tmp_path / "blog").mkdir()
    (tmp_path / "blog" / "_config.yml").write_text("permalink: pretty\n")
    for folder in ("show", "blog"):
        assert podcast("init", tmp_path / folder).exit_code == 0
    assert (tmp_path / "show" / ".nojekyll").exists()
    assert not (tmp_path / "blog" / ".nojekyll").exists()


def test_init_refuses_what_no_directory_takes(tmp_path: Path) -> None:
    """A mail address that is none is wrong use, and no show is left half made."""
    result = podcast("init", tmp_path / "new", "--email", "nobody")
    assert result.exit_code == 2
    assert "email" in result.stderr
    assert not (tmp_path / "new" / "podcast.toml").exists()


def test_voices_and_say(show: Path, tmp_path: Path) -> None:
    """`voices` lists who has which voice; `say` speaks as a person of the cast, into a WAV file."""
    people = [
        name
        for voice in json.loads(podcast("voices", "--show", show, "--json").stdout)
        for name in voice["people"]
    ]
    assert len(people) == len(set(people)) >= 4
    out = tmp_path / "hear.wav"
    result = podcast(
        "say", "--show", show, "--engine", "silence", "--out", out, people[0], "Good morning."
    )
    assert result.exit_code == 0, result.output
    assert out.read_bytes()[:4] == b"RIFF"
    result = podcast(
        "say", "--show", show, "--engine", "silence", f"{people[0]}x", "Good morning."
    )
    assert (result.exit_code, people[0] in result.stderr) == (1, True)


def test_embed_names_the_audio(show: Path) -> None:
    """The plain snippet plays the episode's file from its public address; the usual one has its page."""
    slug = record(show)["slug"]
    framed = podcast("embed", "--show", show, "--date", DATE).stdout
    assert f'src="https://hours.example/feeds/{slug}.embed.html"' in framed
    assert (show / "feeds" / f"{slug}.embed.html").is_file()
    snippet = podcast("embed", "--show", show, "--date", DATE, "--kind", "plain").stdout
    assert f"https://hours.example/feeds/{record(show)['slug']}.mp3" in snippet


def test_doctor_says_what_is_there(show: Path) -> None:
    """The doctor finds the show, its voices, its posts and ffmpeg."""
    findings = {
        f["what"]: f for f in json.loads(podcast("doctor", "--show", show, "--json").stdout)
    }
    assert all(findings[what]["good"] for what in ("show", "voices", "posts", "ffmpeg"))


@pytest.mark.parametrize("command", sorted(main.commands))
def test_help_teaches_by_example(command: str) -> None:
    """Each command's help has an example that starts with `podcast` and the command's name."""
    result = podcast(command, "--help")
    assert re.search(rf"Examples?:\n.*podcast {command}\b", result.output, flags=re.DOTALL)


def test_profile_tells_what_each_stage_took(show: Path) -> None:
    """Every stage with its seconds and bytes, which add up to the run's; takes and MP3 are in them."""
    started = time.perf_counter()
    result = make(show, "--date", "2024-05-21", "--profile", "--json")
    wall = time.perf_counter() - started
    facts = json.loads(result.stdout)
    stages = facts["profile"]
    assert list(stages) == ["read", "write", "speak", "stitch", "tag", "publish"]
    assert all(stage["wall"] >= 0 and stage["cpu"] >= 0 for stage in stages.values())
    assert 0.5 * wall < sum(stage["wall"] for stage in stages.values()) <= wall
    takes = sum(path.stat().st_size for path in (show / ".podcast" / "takes").rglob("*.wav"))
    assert stages["speak"]["written"] > takes / 3, (
        "two of three editions' takes are of other runs"
    )
    assert stages["tag"]["written"] >= facts["bytes"]
    said = [
        line
        for line in result.stderr.splitlines()
        if not line.startswith(("speaking", "podcast:"))
    ]
    rows = [line.split()[0] for line in said]
    assert rows == ["stage", *stages, "all"]


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        (
            "episode.html.j2",
            b"<p>\n{% if %}",
            "episode.html.j2:2: TemplateSyntaxError: Expected an expression",
        ),
        ("index.html.j2", b"{{ show.titel }}", "index.html.j2:1: UndefinedError: "),
        ("index.html.j2", b"{% include 'no.such' %}", "index.html.j2:1: TemplateNotFound: "),
        ("base.html.j2", b"{{ 1 / 0 }}", "base.html.j2:1: ZeroDivisionError: "),
        ("style.css", b"\xff", "assets/templates: UnicodeDecodeError: "),
    ],
)
def test_a_fault_in_an_owners_template_is_told(
    show: Path, name: str, text: bytes, said: str
) -> None:
    """With its file and line; what is published stays as it was, and so does the script that was edited."""
    before = tree(show / "feeds")
    (own := show / "assets" / "templates").mkdir()
    (own / name).write_bytes(text)
    script = script_of(show)
    script.write_text(
        script.read_text(encoding="utf-8").replace("Good", "Very good", 1), encoding="utf-8"
    )
    result = make(show, "--date", DATE)
    *_, line = result.stderr.splitlines()
    assert (result.exit_code, line.startswith("podcast: ")) == (1, True), result.output
    assert said in line
    assert tree(show / "feeds") == before

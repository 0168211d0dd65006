"""Stage 1 and its adapter for posts: what is written becomes an Edition, what is wrong is told in a line."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import os
import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from podcast.document.block_builder import plain_document
from podcast.document.liquid_values import slugify
from podcast.errors import ReadError
from podcast.model import Edition, LeftOut, Story
from podcast.read import find_edition
from podcast.read.posts import JekyllSource, read_post

DATA = Path(__file__).parent.parent / "data" / "posts"
SAMPLES = Path(__file__).parent.parent.parent / "posts"
GOLDEN = sorted(p for p in DATA.iterdir() if p.suffix in (".md", ".markdown"))
HEAD = "---\ntitle: A Title\ndate: 2024-05-22\n---\n"
UNSPEAKABLE = re.compile(
    r"\{\{|\}\}|\{%|%\}|<|twitter\.com|Loading:|!\[|Previous headlines|Summarized by"
)


def comparable(edition: Edition) -> object:
    """The edition as JSON would hold it, without the path and the text."""
    value = dataclasses.asdict(edition)
    del value["path"], value["post_text"]
    value["left_out"] = [shown(part) for part in edition.left_out]
    for told, story in zip(value["stories"], edition.stories, strict=True):
        told["body"] = [
            f"{block.line} {block.kind}: {block.text}" for block in story.body.blocks
        ]
        told["left_out"] = [shown(part) for part in story.body.left_out]
    return json.loads(json.dumps(value, default=str))


def shown(part: LeftOut) -> str:
    return f"{part.line} {part.kind}: {part.text}"


def texts(edition: Edition) -> Iterator[str]:
    """Every title and body."""
    yield from (edition.title, edition.subtitle)
    for story in edition.stories:
        yield from (story.title, story.body.text)
        yield from (headline.title for headline in (*story.previous, *story.see_also))
    yield from (headline.title for headline in edition.others)


def post(folder: Path, text: str | bytes, name: str = "post.md") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


@pytest.mark.parametrize("path", GOLDEN, ids=lambda p: p.stem)
def test_a_post_becomes_the_edition_beside_it(path: Path) -> None:
    """Every part of a post is found, and nothing else: the edition is the one in the JSON file."""
    assert comparable(read_post(path)) == json.loads(
        path.with_suffix(".json").read_text(encoding="utf-8")
    )


@pytest.mark.parametrize("path", GOLDEN, ids=lambda p: p.stem)
def test_line_ends_and_byte_order_mark_change_nothing(path: Path, tmp_path: Path) -> None:
    """A post saved by an editor on Windows is the same edition, on the same lines."""
    windows = b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n")
    assert comparable(read_post(post(tmp_path, windows, path.name))) == comparable(
        read_post(path)
    )


def test_the_samples_are_whole_editions() -> None:
    """Each has an editor, signed and sourced stories, earlier headlines that exist, and speakable text."""
    source = JekyllSource(SAMPLES)
    editions = {date: find_edition(source, date) for _, date in source.posts_by_date()}
    sample = editions[dt.date(2024, 5, 22)]
    assert len(sample.stories) == 4
    assert [person.role for person in sample.staff] == [
        "editor",
        "reporter",
        "reporter",
        "reporter",
    ]
    assert 300 <= sum(len(story.body.text.split()) for story in sample.stories) <= 360
    for edition in editions.values():
        assert all(person.persona for person in edition.staff)
        for story in edition.stories:
            assert story.reporter
            assert story.link.startswith("https://")
            for earlier in story.previous:
                assert earlier.date
                earlier_edition = editions[earlier.date]
                page, _, anchor = earlier.link.partition("#")
                assert (
                    page
                    == f"/{earlier_edition.slug[:10].replace('-', '/')}/{earlier_edition.slug[11:]}"
                )
                assert anchor in {slugify(told.title) for told in earlier_edition.stories}
        assert not [text for text in texts(edition) if UNSPEAKABLE.search(text)]


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("", 1, "no date"),
        ("# A story\n\nIts text.\n", 1, "no date"),
        ("---\ntitle: x\n\n# A story\n", 1, "not closed"),
        ("---\ntitle: x\nsubtitle: a: b\n---\n# A\n\nb\n", 3, "not YAML"),
        ("---\r\ntitle: x\r\nsubtitle: 'a\r\n---\r\n# A\r\n\r\nb\r\n", 3, "not YAML"),
        ("---\ntitle: x\na: &a [x, x]\nb: [*a, *a]\n---\n# A\n\nb\n", 4, "alias"),
        ("---\ntitle: x\nb: " + "[" * 3000 + "\n---\n# A\n\nb\n", 2, "nested too deeply"),
        ("---\ntitle: x\nsubtitle: a\x07b\n---\n# A\n\nb\n", 3, "U+0007"),
        ("---\n- title\n- date\n---\n# A\n\nb\n", 2, "no list of keys"),
        ("---\njust words\n---\n# A\n\nb\n", 2, "no list of keys"),
        ("---\ntitle: [a]\ndate: 2024-05-22\n---\n# A\n\nb\n", 2, "title is not text"),
        ("---\ntitle: x\n---\n# A\n\nb\n", 1, "no date"),
        ("---\ntitle: x\ndate:\n---\n# A\n\nb\n", 1, "no date"),
        ("---\ntitle: x\n\ndate: 2024-13-01\n---\n# A\n\nb\n", 4, "'2024-13-01' is no date"),
        ("---\ntitle: x\ndate: [2024]\n---\n# A\n\nb\n", 3, "date is not text"),
        (HEAD, 5, "without a story"),
        (HEAD + "<!-- # A -->\n{% include player.html %}\n", 7, "without a story"),
        (
            HEAD
            + "# A\n_Summarized by: B C_ [[d.org](http://d.org)]\n\n## Trending on Twitter\n",
            9,
            "without a story",
        ),
        (HEAD + "## A\n\n### B\n", 8, "without a story"),
        (HEAD.encode() + b"# A\r\n\r\ncaf\xe9\r\n", 7, "0xe9 is not UTF-8"),
        ((HEAD + "# A\n\nb\n").encode("utf-16"), 1, "0xff is not UTF-8"),
    ],
    ids=lambda value: value if isinstance(value, str) and "\n" not in value else "",
)
def test_a_malformed_post_is_told_with_its_line(
    text: str | bytes, line: int, what: str, tmp_path: Path
) -> None:
    """What is wrong ends in one line: file, line, what, remedy; and the file is not touched."""
    path = post(tmp_path, text)
    before = path.read_bytes()
    with pytest.raises(ReadError) as caught:
        read_post(path)
    error = caught.value
    assert (error.path, error.line) == (path, line)
    assert what in error.what
    assert error.remedy
    assert "\n" not in str(error)
    assert str(error).startswith(f"{path}:{line}: ")
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_what_is_no_post_file_is_told(tmp_path: Path) -> None:
    """A folder, a missing file, a device and a file that is too large are refused without being read."""
    large = tmp_path / "large.md"
    with large.open("wb") as file:
        file.truncate(10_000_001)
    fifo = tmp_path / "fifo.md"
    os.mkfifo(fifo)
    for path, what in (
        (tmp_path, "folder"),
        (tmp_path / "none.md", "no such file"),
        (tmp_path / "large.md" / "below.md", "cannot be read"),
        (large, "10.0 MB"),
        (fifo, "no ordinary file"),
    ):
        with pytest.raises(ReadError, match=what):
            read_post(path)


if os.geteuid() != 0:  # root may read everything

    def test_a_post_without_permission_is_told(tmp_path: Path) -> None:
        """A post that may not be read is told with the remedy."""
        path = post(tmp_path, HEAD + "# A\n\nb\n")
        path.chmod(0)
        with pytest.raises(ReadError, match="chmod"):
            read_post(path)


@pytest.mark.parametrize(
    ("name", "date", "slug"),
    [
        ("2024-06-01-Some Words & More!.md", "2024-06-01", "2024-06-01-some-words-more"),
        ("2024-06-01-élan-vital.markdown", "2024-06-01", "2024-06-01-elan-vital"),
        ("notes.txt", "2024-05-22", "2024-05-22-notes"),
        ("000_ab.txt", "2024-05-22", "2024-05-22-000-ab"),
        ("日本.md", "2024-05-22", "2024-05-22-edition"),
    ],
)
def test_the_slug_is_safe_and_begins_with_the_date(
    name: str, date: str, slug: str, tmp_path: Path
) -> None:
    """The date is the file name's, else the front matter's; the slug is ASCII letters, digits and hyphens."""
    edition = read_post(post(tmp_path, HEAD + "# A\n\nb\n", name))
    assert (str(edition.date), edition.slug) == (date, slug)


@pytest.mark.parametrize(
    ("written", "time"),
    [
        ("2024-05-22", None),
        ("20240522", None),
        ("2024-05-22 09:00:00", "2024-05-22T09:00:00"),
        ("2024-05-22T09", "2024-05-22T09:00:00"),
        ("2024-05-22 09:00:00 +0200", "2024-05-22T09:00:00+02:00"),
        ("2024-05-22 09:00 -03:30", "2024-05-22T09:00:00-03:30"),
        ("2024-05-22T09:00:00Z", "2024-05-22T09:00:00+00:00"),
        ("2024-05-22 09:00:00 UTC", "2024-05-22T09:00:00+00:00"),
    ],
)
def test_the_moment_counts_when_a_time_is_given(
    written: str, time: str | None, tmp_path: Path
) -> None:
    """A time gives the moment of publication, with its zone if it has one; a date alone gives none."""
    edition = read_post(post(tmp_path, f"---\ndate: {written}\n---\nText.\n"))
    assert edition.date == dt.date(2024, 5, 22)
    assert edition.time == (dt.datetime.fromisoformat(time) if time else None)


def test_what_liquid_and_html_hide_is_never_read(tmp_path: Path) -> None:
    """Comments, scripts, embeds and raw tags leave no word, and words set in HTML stay."""
    body = (
        "# A\n\n<!-- hidden --> seen {% comment %}hidden{% endcomment %}{{ site.hidden }}\n"
        "<style>hidden</style><svg><text>hidden</text></svg>\n"
        '<blockquote class="twitter-tweet"><p>hidden</p></blockquote>\n'
        '<p title="hidden > hidden">seen</p> <b>seen</b>\n![hidden](hidden.png "hidden")\n'
        "<details>\n    <summary>seen</summary>\n    <p>seen</p>\n</details>\n<script>\nhidden"
    )
    story = read_post(post(tmp_path, HEAD + body)).stories[0]
    assert "hidden" not in story.body.text
    assert "<" not in story.body.text
    assert story.body.text.split() == ["seen"] * 5


@pytest.mark.parametrize(
    "piece",
    [
        "<!--",
        "<a b='",
        "{{",
        "{% raw %}",
        "<script>",
        "<blockquote>\n",
        "`x",
        "![a](",
        "```\n\n",
    ],
)
def test_unclosed_markup_takes_time_in_proportion(piece: str, tmp_path: Path) -> None:
    """A tag that is opened thousands of times and never closed does not hold the reader up."""
    path = post(tmp_path, HEAD + "# A\n\nText.\n\n" + piece * 10_000)
    start = time.process_time()
    assert read_post(path).stories[0].body.text.startswith("Text.")
    assert time.process_time() - start < 4


def test_a_folder_of_posts_is_found_by_date(tmp_path: Path) -> None:
    """Posts are found by the date in their names, also below the folder, and other files are no posts."""
    text = "---\ntitle: x\n---\n# A\n\nb\n"
    names = (
        "2024-05-03-c.md",
        "more/2024-05-01-a.markdown",
        "2024-05-02-b.txt",
        "about.md",
        "2024-02-31-x.md",
    )
    for name in names:
        post(tmp_path, text, name)
    source = JekyllSource(tmp_path)
    assert [date for _, date in source.posts_by_date()] == [
        dt.date(2024, 5, 1),
        dt.date(2024, 5, 3),
    ]
    assert (
        find_edition(source, dt.date(2024, 5, 1)).path
        == tmp_path / "more" / "2024-05-01-a.markdown"
    )


def test_a_date_without_a_post_is_told_with_the_nearest(tmp_path: Path) -> None:
    """No post of a date names the nearest three there are, two of a date name both, no folder is told."""
    for day in ("01", "02", "03", "09"):
        post(tmp_path, HEAD, f"2024-05-{day}-x.md")
    post(tmp_path, HEAD, "2024-05-09-y.md")
    source = JekyllSource(tmp_path)
    with pytest.raises(
        ReadError, match=r"no post of 2024-05-04\. .*: 2024-05-01, 2024-05-02, 2024-05-03$"
    ):
        source.read(dt.date(2024, 5, 4))
    with pytest.raises(
        ReadError, match=r"2024-05-09-x\.md and 2024-05-09-y\.md\. .*--post FILE"
    ):
        source.read(dt.date(2024, 5, 9))
    with pytest.raises(ReadError, match="no such folder"):
        JekyllSource(tmp_path / "none").posts_by_date()
    (empty := tmp_path / "empty").mkdir()
    with pytest.raises(ReadError, match=r"2024-05-04-title\.md"):
        JekyllSource(empty).read(dt.date(2024, 5, 4))


class OneEdition:
    """A source that has one edition whatever the date."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition

    def read(self, date: dt.date) -> Edition:
        return self.edition

    def posts_by_date(self) -> list[tuple[Path, dt.date]]:
        return [(Path("a.md"), self.edition.date)]


def test_every_source_is_held_to_what_later_stages_rely_on() -> None:
    """An edition of another date, without a story, or with an empty one goes no further."""
    day = dt.date(2024, 5, 22)
    story = Story("A", plain_document("b"), line=7)
    sound = Edition(day, "2024-05-22-x", "X", (story,))
    assert find_edition(OneEdition(sound), day) is sound
    for edition, what in (
        (dataclasses.replace(sound, date=dt.date(2024, 5, 23)), "edition of 2024-05-23"),
        (dataclasses.replace(sound, stories=()), "no story"),
        (
            dataclasses.replace(
                sound, stories=(story, Story("C", plain_document(" "), line=9))
            ),
            ":9: .*'C' has no text",
        ),
        (
            dataclasses.replace(sound, stories=(Story(" ", plain_document("b")),)),
            "has no title",
        ),
    ):
        with pytest.raises(ReadError, match=what):
            find_edition(OneEdition(edition), day)


def test_slugify_is_jekylls() -> None:
    """Anchors of earlier headlines are made as Jekyll makes them."""
    assert (
        slugify("Liam's 2.5-hour “Talk” – été | C++, a_b") == "liam-s-2-5-hour-talk-été-c-a-b"
    )


if corpus := os.environ.get("PRESSCAST_CORPUS"):
    CORPUS = sorted(
        path for path in Path(corpus).iterdir() if path.suffix in (".md", ".markdown")
    )

    @pytest.mark.parametrize("path", CORPUS, ids=lambda p: p.stem)
    def test_a_real_edition_is_read_whole(path: Path) -> None:
        """Stories, headlines and staff are as many as their marks in the file, and all text is speakable."""
        raw = path.read_text(encoding="utf-8")
        edition = read_post(path)
        told, _, after = raw.partition("**Other headlines:**")
        links = re.findall(r"\]\((https?://\S+?)\)\]$", told, re.MULTILINE)
        assert [story.link for story in edition.stories] == links
        titles = [" ".join(t.split()) for t in re.findall(r"^# (.*)$", told, re.MULTILINE)]
        assert [story.title for story in edition.stories] == titles
        signed = re.findall(r"^_Summarized by: (.*?)_", told, re.MULTILINE)
        assert [story.reporter for story in edition.stories] == signed
        assert all(story.source for story in edition.stories)
        icons = sum("pdf.png" in line for line in told.splitlines())
        assert sum(story.paper for story in edition.stories) == icons
        previous = [headline for story in edition.stories for headline in story.previous]
        assert len(previous) == len(re.findall(r"^ \* \[", told, re.MULTILINE))
        assert all(
            h.date and re.fullmatch(r"/\d{4}/\d\d/\d\d/[\w-]+#\S+", h.link) for h in previous
        )
        see_also = sum(len(story.see_also) for story in edition.stories)
        assert see_also == len(re.findall(r"^(?:> )?\* \[", told, re.MULTILINE))
        others = re.findall(r"^\* \[.*?\]\((http\S+)\)(?: \(\S+\))?$", after, re.MULTILINE)
        assert [headline.link for headline in edition.others] == others
        people = re.findall(r"^(?:Editor: )?([^\n:`]+):?\n\n```$", after, re.MULTILINE)
        assert [person.name for person in edition.staff] == people
        assert edition.editor
        assert all(p.persona and not p.persona.startswith("{") for p in edition.staff)
        assert not [text for text in texts(edition) if UNSPEAKABLE.search(text)]

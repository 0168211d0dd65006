"""The post's front matter: it gets the episode's facts, and no other byte of the post changes."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path

import pytest
import yaml
from builders import an_episode
from hypothesis import given, settings
from hypothesis import strategies as st

from podcast.errors import PublishError
from podcast.model import DurationMs, SourceNote, Usd
from podcast.publish.post_facts import facts, with_facts
from podcast.read.posts import read_post

SAMPLES = Path(__file__).parent.parent.parent / "posts"
KEYS = ("audio", "duration", "bytes", "model", "cost", "processing", "version", "headers")
FACTS: Mapping[str, str | int | float] = {
    "audio": "2024-05-22-moths.mp3",
    "duration": "07:49",
    "bytes": 1879917,
    "model": "template",
    "cost": 1.22,
    "processing": "0:02:50.813208",
    "version": "0.1.10",
    "headers": " * Moths by Ear<br /> * A Library of Silence",
}
WRITTEN = (
    "audio: 2024-05-22-moths.mp3\n"
    'duration: "07:49"\n'
    "bytes: 1879917\n"
    "model: template\n"
    "cost: 1.22\n"
    'processing: "0:02:50.813208"\n'
    'version: "0.1.10"\n'
    'headers: " * Moths by Ear<br /> * A Library of Silence"\n'
)


def front(post: bytes) -> dict[str, object]:
    """The front matter as YAML reads it."""
    head = re.split(
        rb"^(?:---|\.\.\.)[ \t]*\r?$", post.removeprefix(b"\xef\xbb\xbf"), flags=re.MULTILINE
    )[1]
    return yaml.safe_load(head.decode()) or {}


def test_missing_facts_are_added_before_the_closing_line() -> None:
    """A post without facts gets them all, in their formats, at the end of its front matter."""
    post = b'---\ntitle: "T"\n---\n# A\n\nb'
    assert with_facts(post, FACTS) == f'---\ntitle: "T"\n{WRITTEN}---\n# A\n\nb'.encode()


def test_facts_that_are_there_already_leave_the_post_as_it_is() -> None:
    """Writing the same facts again changes not a byte."""
    post = f"---\n{WRITTEN}title: T\n---\nbody\n".encode()
    assert with_facts(post, FACTS) == post


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("audio: a", "audio: n.mp3"),
        ("audio:", "audio: n.mp3"),
        ("audio:   a   # why", "audio:   n.mp3   # why"),
        ("audio: # why", "audio: n.mp3 # why"),
        ('audio: "a # b: \\" c"  # why', "audio: n.mp3  # why"),
        ("audio: 'it''s\n  two lines'", "audio: n.mp3"),
        ("audio: plain\n  goes on", "audio: n.mp3"),
        ("audio: |\n  a\n\n  b\n\n# why", "audio: n.mp3\n\n# why"),
        ("audio: >- # why\n  a\n  b", "audio: n.mp3 # why"),
        ("audio:\n  - a\n  - b # last\n# why", "audio: n.mp3 # last\n# why"),
        ("audio:\n- a\n- - b", "audio: n.mp3"),
        ("audio:\n  # why\n  a: {b: [1,\n 2]}", "audio: n.mp3\n  # why"),
        ("audio: [a,\n  b]\n", "audio: n.mp3\n"),
        ("'audio' : !!str a", "'audio' : n.mp3"),
        ("audio: a\naudio: b", "audio: n.mp3\naudio: n.mp3"),
    ],
)
@pytest.mark.parametrize("eol", ["\n", "\r\n"])
@pytest.mark.parametrize("opening", ["---\n", "\ufeff--- \n"])
def test_an_old_value_is_replaced_where_it_is(
    old: str, new: str, eol: str, opening: str
) -> None:
    """The value goes, however it was written; its key, the comments and everything around it stay."""
    around = "title: 'T'  \n{}\n\ntags: [a, b]   # c\n--- \r\n\xff body \n---\naudio: body"
    before, after = (
        (opening + around.format(value)).replace("\r\n", "\n").replace("\n", eol).encode()
        for value in (old, new)
    )
    assert with_facts(before, {"audio": "n.mp3"}) == after


def test_only_top_level_keys_are_facts() -> None:
    """The same word deeper down, in a text or in the body is not the key."""
    post = b"---\nplayer:\n  audio: deep\ntext: |\n  audio: text\n---\naudio: body\n"
    expected = (
        b"---\nplayer:\n  audio: deep\ntext: |\n  audio: text\naudio: n.mp3\n---\naudio: body\n"
    )
    assert with_facts(post, {"audio": "n.mp3"}) == expected


@pytest.mark.parametrize(
    "value",
    [
        'a "quoted" \\ word',
        "two\nlines\r\n---\naudio: x",
        "{{ site.secret }} {% include x %} {{{",
        "# no comment: it's a - value",
        "\u2028\u2029\x85\x00\x1b\x7f\ufeff\U0001f399 é",
        "yes",
        "1e3",
        "0xab",
        "0b11",
        "12:30",
        "2024-05-22",
        "1_000",
        "null",
        "~",
        "*alias",
        "",
        " ",
    ],
)
def test_text_stays_text(value: str) -> None:
    """No value breaks out of its line, starts Liquid, or is read as a number, a date or a truth."""
    post = with_facts(b"---\ntitle: T\n---\n", {"model": value})
    assert front(post) == {"title": "T", "model": value}
    assert post.count(b"\n") == 4
    assert b"{{" not in post
    assert b"{%" not in post


@pytest.mark.parametrize("value", [0, -3, 10**20, 0.0, 1.22, 1e-7, 1e22, -0.5])
def test_numbers_stay_numbers(value: float) -> None:
    """Integers and decimals are read back as what they are; zero cost is kept."""
    read = front(with_facts(b"---\n---\n", {"cost": value}))["cost"]
    assert read == value
    assert type(read) is type(value)


@pytest.mark.parametrize(
    ("post", "what"),
    [
        (b"# no front matter\n", "no front matter"),
        (b"---\ntitle: never closed\n", "no front matter"),
        (b"---\ntitle: 'open\n---\n", "not YAML"),
        (b"---\n- a list\n---\n", "no lines"),
        (b"---\n{title: T}\n---\n", "no lines"),
        (b"---\ntitle: &t T\naudio: *t\n---\n", "alias"),
        (b"---\ntitle: \xff\n---\n", "not UTF-8"),
        (b"---\n? audio\n: old\n---\n", "posts/x.md"),
        (b"---\naudio: &a old\ntitle: *a\n---\n", "alias"),
    ],
)
def test_a_front_matter_that_cannot_take_facts_is_told(post: bytes, what: str) -> None:
    """What cannot be written to safely is refused, by the post's name, with nothing returned."""
    with pytest.raises(
        PublishError, match=rf"posts/x\.md.*{what}" if what != "posts/x.md" else what
    ):
        with_facts(post, {"audio": "n.mp3", "cost": float("nan")}, "posts/x.md")


def test_the_facts_of_an_episode_have_their_formats() -> None:
    """Duration to the second, money to the cent, stories as a line of HTML, the rest as it is."""
    notes = tuple(
        SourceNote(title, "R", "s", "https://example.org")
        for title in ("A & B", "1 < 2", 'C "D"')
    )
    episode = an_episode(notes=notes, duration=DurationMs(469_501), bytes=7, model="m-1")
    assert facts(episode) == {
        "audio": "2024-06-03-harbours-that-listen.mp3",
        "duration": "07:50",
        "bytes": 7,
        "model": "m-1",
        "cost": 0.26,
        "processing": "0:00:07.250000",
        "version": "0.1.0",
        "headers": ' * A & B<br /> * 1 &lt; 2<br /> * C "D"',
    }


@pytest.mark.parametrize(
    ("milliseconds", "duration"),
    [
        (400, "00:01"),
        (59_499, "00:59"),
        (59_501, "01:00"),
        (3_599_501, "1:00:00"),
        (36_061_000, "10:01:01"),
    ],
)
def test_the_duration_is_rounded(milliseconds: int, duration: str) -> None:
    """`MM:SS` below an hour, `H:MM:SS` from there on."""
    assert facts(an_episode(duration=DurationMs(milliseconds)))["duration"] == duration


def test_no_cost_is_written_as_such() -> None:
    """An episode that cost nothing says 0.0, not nothing."""
    free = facts(an_episode(cost_writing=Usd(0.0), cost_speaking=Usd(0.0)))
    assert b"\ncost: 0.0\n" in with_facts(b"---\ntitle: T\n---\n", free)


@pytest.mark.parametrize("path", sorted(SAMPLES.glob("*.md")), ids=lambda p: p.stem)
def test_a_sample_with_facts_is_the_same_edition(path: Path, tmp_path: Path) -> None:
    """A post with its facts is read into the same stories, now further down by the added lines."""
    made = tmp_path / path.name
    made.write_bytes(with_facts(path.read_bytes(), facts(an_episode())))
    old, new = read_post(path), read_post(made)
    assert [s.body.text for s in new.stories] == [s.body.text for s in old.stories]
    assert (new.title, new.staff, new.others) == (old.title, old.staff, old.others)


WORD = st.text(alphabet="abc XYZ019.,-'#:{}[]\"\\é&*!|>%@`\t", max_size=12)
COMMENT = st.sampled_from(["", "  # a comment", "   "])
BLANK = st.sampled_from(["", "\n", "# a comment line\n", "\n  # indented\n\n"])


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\t", "\\t") + '"'


VALUES = st.one_of(
    st.tuples(
        st.sampled_from([" plain", " 3", " 1.5", " 2024-05-22", "", " true", " a\n  b"]),
        COMMENT,
    ).map("".join),
    st.tuples(WORD.map(lambda t: f" {_quoted(t)}"), COMMENT).map("".join),
    WORD.map(lambda t: " '" + t.replace("'", "''") + "'"),
    st.tuples(
        st.sampled_from([" |", " >-", " |+"]), st.lists(WORD, min_size=1, max_size=3)
    ).map(lambda p: p[0] + "".join(f"\n   x{line}" for line in p[1])),
    st.lists(WORD, min_size=1, max_size=3).map(
        lambda ts: "".join(f"\n  - {_quoted(t)}" for t in ts)
    ),
    st.lists(WORD, min_size=1, max_size=3).map(
        lambda ts: "".join(f"\n- {_quoted(t)}" for t in ts)
    ),
    st.lists(WORD, max_size=3).map(
        lambda ts: " [" + ",\n   ".join(_quoted(t) for t in ts) + "]"
    ),
    st.tuples(WORD, WORD).map(
        lambda p: f"\n  audio: {_quoted(p[0])}\n  deep: {{x: {_quoted(p[1])}}}"
    ),
)
ENTRIES = st.lists(
    st.tuples(
        st.sampled_from([*KEYS, "title", "subtitle", "date", "tags", "layout"]), VALUES, BLANK
    ),
    max_size=8,
    unique_by=lambda entry: entry[0],
)
NEW = st.fixed_dictionaries(
    {},
    optional={
        key: st.one_of(
            st.text(st.characters(exclude_categories=["Cs"]), max_size=20),
            st.integers(),
            st.floats(allow_nan=False, allow_infinity=False),
        )
        for key in KEYS
    },
)


@settings(max_examples=300, deadline=None)
@given(
    entries=ENTRIES, new=NEW, body=st.binary(max_size=40), eol=st.sampled_from(["\n", "\r\n"])
)
def test_every_front_matter_takes_every_fact(
    entries: list[tuple[str, str, str]],
    new: dict[str, str | int | float],
    body: bytes,
    eol: str,
) -> None:
    """The new facts are read back, other keys and the body are the same bytes, and once is enough."""
    lines = [
        f"{key}:{value}\n{blank}".replace("\n", eol).encode() for key, value, blank in entries
    ]
    opening, closing = f"---{eol}".encode(), f"---{eol}".encode()
    post = opening + b"".join(lines) + closing + body
    result = with_facts(post, new)

    assert front(result) == front(post) | new
    assert result.startswith(opening)
    assert result.endswith(closing + body)
    head = result[len(opening) : len(result) - len(closing + body)]
    one_line = b":[^\r\n]*" + eol.encode()
    expected = b"".join(
        key.encode() + one_line + re.escape(blank.replace("\n", eol).encode())
        if key in new
        else re.escape(line)
        for (key, _, blank), line in zip(entries, lines, strict=True)
    )
    present = {key for key, _, _ in entries}
    added = b"".join(key.encode() + one_line for key in new if key not in present)
    assert re.fullmatch(expected + added, head)
    assert with_facts(result, new) == result


if corpus := os.environ.get("PRESSCAST_CORPUS"):

    @pytest.mark.parametrize("path", sorted(Path(corpus).glob("*.md")), ids=lambda p: p.stem)
    def test_a_real_post_takes_its_own_facts_without_a_change(path: Path) -> None:
        """The formats are the magazine's own: its posts' facts written again change not a byte."""
        post = path.read_bytes()
        own = {key: value for key, value in front(post).items() if key in KEYS}
        assert with_facts(post, own) == post

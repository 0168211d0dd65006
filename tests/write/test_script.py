"""The script file: what is rendered parses back the same; what people write is understood or refused."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from podcast.errors import ScriptError
from podcast.model import Pause, Script, ScriptChapter, Sting, Turn, Usd
from podcast.write.script_file import check_speakers, load, parse, render

DATA = Path(__file__).parent.parent / "data" / "scripts"
HERE = Path("scripts/2024-05-22-brief.md")
HEAD = "---\ntitle: Brief\ndate: 2024-05-22\n---\n"

AWKWARD = st.sampled_from(
    [
        "## ",
        "# ",
        "**X:** ",
        "**",
        ":**",
        "[pause 1s]",
        "[sting]",
        "<!--",
        "-->",
        "---",
        "\\",
        '"',
        "'",
        ": ",
        "<!-- source: x -->",
        "(amused) ",
        "(",
    ]
)
PLAIN = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\r\n"), min_size=1, max_size=20
)
LINE = (
    st.lists(AWKWARD | PLAIN, min_size=1, max_size=4)
    .map("".join)
    .filter(lambda text: bool(text) and text == text.strip())
)
ADDRESS = st.just("") | LINE.filter(lambda text: "\ufeff" not in text)
DIRECTION = st.just("") | st.from_regex(r"[a-z]{2,8}( [a-z]{2,8})?", fullmatch=True)
TURN = st.builds(Turn, LINE, LINE, direction=DIRECTION)
ITEM = TURN | st.just(Sting()) | st.builds(Pause, st.floats(0, 30))
CHAPTER = st.builds(
    lambda title, before, turn, after, source, note: ScriptChapter(
        title, (*before, turn, *after), source, note
    ),
    LINE,
    st.lists(ITEM, max_size=2),
    TURN,
    st.lists(ITEM, max_size=3),
    ADDRESS,
    ADDRESS,
)
SCRIPT = st.builds(
    Script,
    title=LINE,
    date=st.dates(),
    chapters=st.lists(CHAPTER, min_size=1, max_size=3).map(tuple),
    writer=st.just("") | LINE,
    model=st.just("") | LINE,
    cost=st.floats(0, 100).map(Usd),
)


@settings(max_examples=150, deadline=None)
@given(SCRIPT)
@example(
    Script(
        "---",
        dt.date(2024, 5, 22),
        (ScriptChapter("a \\", (Turn("X:**\\", "<!-- a --> \\<!-- b \\"),), "a-->b"),),
    )
)
def test_what_is_rendered_parses_back_the_same(script: Script) -> None:
    """No text that fits on a line, however odd, is changed by saving and reading a script."""
    assert parse(render(script), HERE) == script


@settings(max_examples=40, deadline=None)
@given(SCRIPT)
def test_rendering_is_settled_at_once(script: Script) -> None:
    """Rendering a parsed script again changes no byte, so saving does not disturb a file under review."""
    text = render(script)
    assert render(parse(text, HERE)) == text


@settings(max_examples=40, deadline=None)
@given(SCRIPT)
def test_files_from_windows_read_the_same(script: Script) -> None:
    """A byte order mark and CRLF line ends make no difference."""
    assert parse("\ufeff" + render(script).replace("\n", "\r\n"), HERE) == script


def test_what_people_write_is_understood() -> None:
    """Wrapped lines, missing or many blank lines, notes, and a colon outside the bold are all understood."""
    text = (DATA / "written-by-hand.md").read_text()
    script = parse(text, HERE)
    assert render(script) == (DATA / "written-by-hand.rendered.md").read_text()
    assert [chapter.source for chapter in script.chapters] == [
        "",
        "https://example.org/one?a=1&b=2",
    ]


@pytest.mark.parametrize(
    "line",
    [
        "**Ada Fields** (amused): Good (mostly) morning.",
        "**Ada Fields:** (amused) Good (mostly) morning.",
    ],
)
def test_a_direction_after_the_name_is_not_said(line: str) -> None:
    """It is found wherever people put it, and kept apart from what is said."""
    (turn,) = parse(f"{HEAD}\n## One\n\n{line}\n", HERE).turns
    assert (turn.speaker, turn.direction, turn.text) == (
        "Ada Fields",
        "amused",
        "Good (mostly) morning.",
    )


def test_a_direction_on_a_line_of_its_own_is_refused() -> None:
    """Nobody would know whom it directs."""
    with pytest.raises(ScriptError, match=r"\[laughs\].*within what somebody says"):
        parse(f"{HEAD}\n## One\n\n**Ada Fields:** Good.\n[laughs]\n", HERE)


def test_each_turn_knows_its_line() -> None:
    """A turn carries the line at which it starts, for messages about it."""
    text = (DATA / "written-by-hand.md").read_text()
    lines = text.split("\n")
    for turn in parse(text, HERE).turns:
        line = lines[turn.line - 1]
        assert line.strip("* :").startswith(turn.speaker) or line.startswith(turn.text[:10])


def test_notes_are_never_spoken() -> None:
    """HTML comments vanish wherever they stand, and an escaped one is plain text."""
    script = parse(
        f"{HEAD}## One\n**A:** x <!-- no --> y<!-- no\nno --> z\n<!-- no -->\nw \\<!-- yes -->\n",
        HERE,
    )
    assert [turn.text for turn in script.turns] == ["x y z w <!-- yes -->"]


FAULTS = [
    ("## One\n**A:** x\n", 1, "no front matter", "---"),
    ("---\ntitle: x\n", 1, "no end", "---"),
    ("---\ntitle: a: b\ndate: 2024-05-22\n---\n## One\n**A:** x\n", 2, "not YAML", "quotes"),
    ("---\n- a\n---\n## One\n**A:** x\n", 1, "no 'key: value'", "title"),
    ("---\ndate: 2024-05-22\n---\n## One\n**A:** x\n", 1, "no title", "title: ..."),
    (
        "---\ntitle: x\ndate: tomorrow\n---\n## One\n**A:** x\n",
        3,
        "'tomorrow' is not a date",
        "YYYY-MM-DD",
    ),
    (
        "---\ntitle: x\ndate: 2024-13-41\n---\n## One\n**A:** x\n",
        3,
        "is not a date",
        "YYYY-MM-DD",
    ),
    ("---\ntitle: x\n---\n## One\n**A:** x\n", 1, "no date", "YYYY-MM-DD"),
    (
        "---\ntitle: x\ndate: 2024-05-22\ncost: dear\n---\n## One\n**A:** x\n",
        4,
        "not an amount",
        "0.12",
    ),
    (
        "---\ntitle: x\ndate: 2024-05-22\ncost: .nan\n---\n## One\n**A:** x\n",
        4,
        "not an amount",
        "0.12",
    ),
    (
        "---\ntitle: [x]\ndate: 2024-05-22\n---\n## One\n**A:** x\n",
        2,
        "title is not text",
        "quotes",
    ),
    (
        "---\na: &a [x, x]\ntitle: *a\n---\n## One\n**A:** x\n",
        3,
        "an alias (*name) is not allowed",
        "",
    ),
    (f"---\ntitle: {'[' * 5000}\n---\n## One\n", 1, "nested too deeply", ""),
    (f"{HEAD}**A:** x\n## One\n", 5, "before the first chapter", "## Title"),
    (f"{HEAD}## One\nx\n", 6, "nobody says this", "**Ada Fields:**"),
    (f"{HEAD}## One\n**A:** x\n\n## Two\ny\n", 9, "nobody says this", "**Ada Fields:**"),
    (f"{HEAD}## One\n**A:**\n\n**B:** x\n", 6, "A says nothing", "delete"),
    (f"{HEAD}## One\n\n## Two\n**A:** x\n", 5, "'One' is empty", "delete"),
    (f"{HEAD}## One\n**A:** x\n## Two\n", 7, "'Two' is empty", "delete"),
    (f"{HEAD}", None, "no chapter", "## Welcome"),
    (f"{HEAD}## One\n[sting]\n", None, "nobody says anything", "turn"),
    (f"{HEAD}# One\n**A:** x\n", 5, "'# One' is no chapter", "## Title"),
    (f"{HEAD}## One\n**A:** x\n[stign]\n", 7, "'[stign]' is unknown", "Did you mean [sting]?"),
    (
        f"{HEAD}## One\n**A:** x\n[pawse 2s]\n",
        7,
        "'[pawse 2s]' is unknown",
        "Did you mean [pause 0.8s]?",
    ),
    (f"{HEAD}## One\n**A:** x\n[music]\n", 7, "unknown", "[sting]"),
    (f"{HEAD}## One\n**A:** x\n[pause long]\n", 7, "'long' is no number", "[pause 0.8s]"),
    (f"{HEAD}## One\n**A:** x\n[pause 31s]\n", 7, "31 seconds", "from 0 to 30"),
    (f"{HEAD}## One\n**A:** x\n[pause -1s]\n", 7, "-1 seconds", "from 0 to 30"),
    (f"{HEAD}## One\n**A:** x\n[pause nans]\n", 7, "nan seconds", "from 0 to 30"),
    (f"{HEAD}## One\n**A:** x\n<!-- for ever\n", 7, "no end", "-->"),
]


@pytest.mark.parametrize("title", ["1984", "No", "0x1f", "!!x", "2024-05-22", "~"])
def test_a_title_stays_what_is_written(title: str) -> None:
    """YAML's other values are titles too; a tag alone is nothing."""
    script = f"---\ntitle: {title}\ndate: 2024-05-22\n---\n## One\n**A:** x\n"
    if title == "!!x":
        with pytest.raises(ScriptError, match=":2: the script has no title"):
            parse(script, HERE)
    else:
        assert parse(script, HERE).title == title


def test_a_script_in_another_encoding_is_told(tmp_path: Path) -> None:
    """What is not UTF-8 is named with its line."""
    path = tmp_path / "script.md"
    path.write_bytes(b"---\ntitle: caf\xe9\n")
    with pytest.raises(ScriptError, match=r"script\.md:2: byte 0xe9 is not UTF-8"):
        load(path)


@pytest.mark.parametrize(("text", "line", "what", "remedy"), FAULTS)
def test_faults_name_the_line_and_the_remedy(
    text: str, line: int | None, what: str, remedy: str
) -> None:
    """A script that cannot be read ends in one line: file, line, what is wrong, what to do."""
    with pytest.raises(ScriptError) as caught:
        parse(text, HERE)
    error = caught.value
    assert (error.line, error.path) == (line, HERE)
    assert what in str(error)
    assert remedy in str(error)
    assert "\n" not in str(error)


@settings(max_examples=100, deadline=None)
@given(st.lists(AWKWARD | PLAIN | st.just("\n"), max_size=12).map("".join))
def test_any_text_is_read_or_refused(text: str) -> None:
    """Whatever stands in a script, reading it gives a script or a ScriptError, nothing else."""
    for candidate in (
        text,
        HEAD + "## One\n" + text,
        "---\n" + text + "\n---\n## One\n**A:** x",
    ):
        try:
            assert parse(candidate, HERE).turns
        except ScriptError:
            continue


def test_a_speaker_who_is_not_in_the_cast_is_named_with_a_guess() -> None:
    """A slip in a name of an edited script is found before a voice is looked for."""
    script = parse(f"{HEAD}## One\n**Ada Fields:** x\n\n**Ada Feilds:** y\n", HERE)
    with pytest.raises(
        ScriptError,
        match=r"brief\.md:8: 'Ada Feilds' is not in the cast\. Did you mean 'Ada Fields'\?",
    ):
        check_speakers(script, HERE, ["Ada Fields", "Ben Okoro"])
    check_speakers(script, HERE, ["Ada Fields", "Ada Feilds"])

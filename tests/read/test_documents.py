"""What a post holds is known by its type: nothing is lost, nothing moves, and no markup is heard."""

# ruff: noqa: E501

from __future__ import annotations

import datetime as dt
import os
import re
import time
import tracemalloc
from pathlib import Path

import pytest
from conservation import find_lost, find_lost_signs
from dialects import PARTS, Part, Shape, make_posts, write_body

from podcast.document.markdown_reader import parse_markdown
from podcast.errors import ReadError
from podcast.model import Block, Edition
from podcast.read.posts import JekyllSource, PostForm, read_post

POSTS = list(make_posts())
CORPUS = (
    sorted(Path(os.environ["PRESSCAST_CORPUS"]).glob("*.md"))
    if "PRESSCAST_CORPUS" in os.environ
    else []
)
JUNK = re.compile(
    r"""
      \{[%{:<./#] | [%>}]\} | </?[a-zA-Z][\w-]*[\ />] | \]\( | !\[ | :{3} | `{3} | (?m:^\#+\ ) | \*\* | &\w+;
    | \[\[ | \]\] | \[\^ | \[[@!] | (?m:^\|) | (?<!\w):[a-z_]+:(?!\w) | https?:// | [\U000f0000-\U000ffffd\u2e31]
    | (?m:^(?:import|export)\ .*from) | \[\ ?[xX]?\]\  | \bTOC\b | [0-9a-f]{32}
    """,
    re.VERBOSE,
)
"""Signs of markup, attribute lists, shortcodes, addresses and hashes that a listener must not hear."""


def text_of(edition: Edition) -> str:
    return "\n\n".join(f"{story.title}\n\n{story.body.text}" for story in edition.stories)


def read(folder: Path, shape: Shape, body: str) -> Edition:
    path = folder / shape.path
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(shape.front + body, encoding="utf-8")
    source = JekyllSource(folder)
    assert source.passed_over() == []
    return source.read(dt.date(2024, 3, 5))


@pytest.mark.parametrize(
    ("name", "shape", "parts"), POSTS, ids=lambda value: value if isinstance(value, str) else ""
)
def test_a_post_of_any_generator_comes_in_whole(
    name: str, shape: Shape, parts: tuple[Part, ...], tmp_path: Path
) -> None:
    """It is found by its date, in order, without markup, and what is not heard is listed."""
    body = write_body(parts)
    edition = read(tmp_path, shape, body)
    text = " ".join(text_of(edition).split())
    heard = ["It began in the spring.", *(" ".join(part.heard.split()) for part in parts)]
    places = [text.find(sentence) for sentence in heard]
    assert -1 not in places, (heard[places.index(-1)], text)
    assert places == sorted(places)
    assert text.count("Plain words follow it.") == 3
    kinds = {part.kind for story in edition.stories for part in story.body.left_out}
    assert {part.left_out for part in parts if part.left_out} <= kinds
    assert not JUNK.findall(text_of(edition))
    assert not find_lost(body, parse_markdown(body))


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.markdown[:30])
def test_nothing_of_a_part_is_lost(part: Part) -> None:
    """Each letter, digit and sign is in a Span or in a LeftOut, and each LeftOut has its line and its reason."""
    document = parse_markdown(part.markdown, first_line=11)
    assert not find_lost(part.markdown, document)
    assert not find_lost_signs(part.markdown, document)
    lines = range(11, 12 + part.markdown.count("\n"))
    assert all(left.line in lines and left.reason for left in document.left_out)


@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.stem)
def test_nothing_of_the_corpus_is_lost(path: Path) -> None:
    """The same holds for each post of the folder that PRESSCAST_CORPUS names."""
    body = path.read_text(encoding="utf-8").split("---\n", 2)[-1]
    document = parse_markdown(body)
    assert not find_lost(body, document)
    assert not find_lost_signs(body, document)


def post(folder: Path, text: str, name: str = "2024-03-05-harbour.md") -> Edition:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return read_post(path)


def test_an_essay_is_one_piece_of_its_author(tmp_path: Path) -> None:
    """Without bylines and level-1 headings, the first author tells all sections, and all are credited."""
    head = "---\ntitle: On cranes\nauthors: [Ana Silva, Ben Ode]\n---\n"
    edition = post(
        tmp_path,
        f"{head}I saw one.\n\n## The arm\n\nIt is long.\n\n## Picture\n\n![A](a.png)\n",
    )
    assert (edition.kind, edition.authors) == ("essay", ("Ana Silva", "Ben Ode"))
    assert [(s.title, s.reporter) for s in edition.stories] == [
        ("On cranes", "Ana Silva"),
        ("The arm", "Ana Silva"),
    ]
    assert [person.name for person in edition.staff if person.role == "editor"] == ["Ana Silva"]
    assert [(part.kind, part.line) for part in edition.left_out if part.kind == "section"] == [
        ("section", 11)
    ]


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("By Maria Gomez", ("Maria Gomez",)),
        ("_Written by Maria Gomez and Jo Li_", ("Maria Gomez", "Jo Li")),
        ("By the sea it was cold.", ()),
    ],
)
def test_an_essay_may_be_signed_in_words(
    line: str, names: tuple[str, ...], tmp_path: Path
) -> None:
    """A line `By NAME` is a byline; a sentence that begins with the word is none."""
    edition = post(tmp_path, f"---\ntitle: On cranes\n---\n{line}\n\nI saw one.\n")
    assert (edition.kind, edition.authors) == ("essay", names)
    assert (line in edition.stories[0].body.text) == (not names)


def test_several_headings_without_bylines_are_a_bulletin(tmp_path: Path) -> None:
    """Level-1 sections stay stories; the presenter reads them, whoever wrote the post."""
    edition = post(
        tmp_path,
        "---\ntitle: News\nauthor: Ana\n---\n# One\n\nA word.\n\n# Two\n\nMore words.\n",
    )
    assert (edition.kind, edition.authors) == ("bulletin", ())
    assert [(story.title, story.reporter) for story in edition.stories] == [
        ("One", ""),
        ("Two", ""),
    ]


def test_a_show_has_a_byline_of_its_own(tmp_path: Path) -> None:
    """A pattern with {name} signs the stories of its posts."""
    path = tmp_path / "2024-03-05-harbour.md"
    text = "---\ntitle: News\n---\n# One\n_Report: Ana Silva (desk)_\n\nA word.\n\n# Two\n*Report: Jo (desk)*\n\nMore.\n"
    path.write_text(text, encoding="utf-8")
    edition = read_post(path, PostForm(byline="_Report: {name} (desk)_"))
    assert [story.reporter for story in edition.stories] == ["Ana Silva", "Jo"]


def test_a_section_with_a_picture_alone_is_left_out_and_said(tmp_path: Path) -> None:
    """Its neighbours are told; the section is listed with its line."""
    text = "---\ntitle: News\n---\n# One\n\nA word.\n\n# Two\n\n![A](a.png)\n\n# Three\n\nMore words.\n"
    edition = post(tmp_path, text)
    assert [story.title for story in edition.stories] == ["One", "Three"]
    assert [(part.text, part.line) for part in edition.left_out if part.kind == "section"] == [
        ("Two", 8)
    ]


def test_what_is_left_out_keeps_its_place() -> None:
    """An empty block of its kind stands where code, a picture, an embed or a formula stood."""
    text = (
        "Run:\n\n```\nx\n```\n\n![A](a.png)\n\n<iframe src='/v'></iframe>\n\n$$\nx\n$$\n\nEnd."
    )
    blocks = parse_markdown(text).blocks
    assert [block.kind for block in blocks] == [
        "paragraph",
        "code",
        "figure",
        "embed",
        "math",
        "paragraph",
    ]
    assert all(not block.text for block in blocks[1:5])


def test_the_parts_of_a_table_and_a_list_have_types() -> None:
    """Rows and cells, items and lists in items: a writer needs no Markdown."""
    table, items = parse_markdown(
        "| A | B |\n|---|---|\n| 1 | 2 |\n\n1. One\n   - Two\n"
    ).blocks
    assert [[cell.text for cell in row.children] for row in table.children] == [
        ["A", "B"],
        ["1", "2"],
    ]
    assert items.ordered
    assert kinds(items) == ["list", "item", "paragraph", "list", "item", "paragraph"]


def kinds(block: Block) -> list[str]:
    return [block.kind, *(kind for child in block.children for kind in kinds(child))]


@pytest.mark.parametrize(
    ("path", "front", "slug"),
    [
        ("2024-03-19-bare.md", "", "2024-03-19-bare"),
        ("20240319-tight.md", "", "2024-03-19-tight"),
        ("2024-03-19_under.md", "", "2024-03-19-under"),
        ("2024/03/19/folder.md", "", "2024-03-19-folder"),
        ("a/2024-03-19-bundle/index.md", "", "2024-03-19-bundle"),
        ("late.md", "date: 2024-03-19 23:30 EST", "2024-03-19-late"),
        ("half.md", "date: 2024-03-19 9:30 PM", "2024-03-19-half"),
        ("point.md", "date: 2024.3.19", "2024-03-19-point"),
        ("own.md", "dateadded: 2024/3/19", "2024-03-19-own"),
        ("102-2024-mar-19.md", "", "2024-03-19-102"),
        ("weekly-2024-03-19.md", "", "2024-03-19-weekly"),
        ("19-March-2024.md", "", "2024-03-19-edition"),
        ("weekly-2020-03-19.md", "date: 2024-03-19", "2024-03-19-weekly-2020-03-19"),
    ],
)
def test_a_date_is_found_where_blogs_write_it(
    path: str, front: str, slug: str, tmp_path: Path
) -> None:
    """In the name, the folders, a bundle's folder or the front matter; the slug carries it once."""
    file = tmp_path / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(
        (f"---\n{front}\n---\n" if front else "") + "# Words\n\nSome of them.\n",
        encoding="utf-8",
    )
    edition = JekyllSource(tmp_path, PostForm(date_keys=("dateadded",))).read(
        dt.date(2024, 3, 19)
    )
    assert (edition.slug, edition.title) == (slug, "Words")


def test_a_translation_beside_its_original_is_no_second_post(tmp_path: Path) -> None:
    """Hugo and Zola keep them side by side: the date has one post, and the others are named."""
    for name in ("index.md", "index.fr.md", "index.zh-CN.md"):
        (tmp_path / name).write_text("---\ndate: 2024-03-19\n---\nWords.\n", encoding="utf-8")
    (tmp_path / "node.js.md").write_text("---\ndate: 2024-03-20\n---\nA.\n", encoding="utf-8")
    source = JekyllSource(tmp_path)
    assert source.read(dt.date(2024, 3, 19)).path == tmp_path / "index.md"
    assert source.read(dt.date(2024, 3, 20)).slug == "2024-03-20-node-js"
    assert [reason for _, reason in source.passed_over()] == [
        "it is a translation (fr)",
        "it is a translation (zh-CN)",
    ]


def test_front_matter_may_close_with_a_longer_line(tmp_path: Path) -> None:
    """Hugo takes more than three hyphens; what stands under the line is the text."""
    edition = post(tmp_path, "---\ntitle: Tides\ndate: 2024-03-05\n--------\nIt is high.\n")
    assert (edition.title, text_of(edition)) == ("Tides", "Tides\n\nIt is high.")


def test_a_quotation_may_begin_with_a_figure() -> None:
    """`>2024` opens one, and so does `>90%` where the next line is of a quotation as well."""
    for text in (">2024 was good.", "> 90% is a lot.", ">90% of them\n>agreed."):
        assert [block.kind for block in parse_markdown(text).blocks] == ["quotation"]


def test_a_post_of_embeds_alone_is_refused_with_what_it_has(tmp_path: Path) -> None:
    """Its owner reads why there is nothing to tell."""
    with pytest.raises(ReadError, match=r"without a story \(it has: 1 × template tag\)"):
        post(tmp_path, "---\ntitle: Plots\n---\n{% notebook plots.ipynb %}\n")


def test_what_is_passed_over_is_named_with_its_reason(tmp_path: Path) -> None:
    """A page without a date and a file with a wrong one are listed, and counted where a date has no post."""
    (tmp_path / "about.md").write_text("---\ntitle: About\n---\nUs.\n", encoding="utf-8")
    (tmp_path / "wrong.md").write_text("---\ndate: soon\n---\nSo.\n", encoding="utf-8")
    (tmp_path / "2024-03-19-a.md").write_text("Words.\n", encoding="utf-8")
    source = JekyllSource(tmp_path)
    reasons = {path.name: reason for path, reason in source.passed_over()}
    assert reasons == {"about.md": "the post has no date", "wrong.md": "'soon' is no date"}
    with pytest.raises(Exception, match=r"2 files passed over.*nearest there are: 2024-03-19"):
        source.read(dt.date(2024, 3, 20))


def test_a_long_post_is_read_fast_and_in_little_memory() -> None:
    """A post of 100 kB takes half a second of processor time and 150 MB."""
    body = "".join(write_body(POSTS[number][2]) for number in range(len(POSTS)))
    text = (body * 10)[:100_000]
    parse_markdown("Warm up.")
    assert seconds_to_parse(text) < 0.5

    tracemalloc.start()
    parse_markdown(text)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 150e6


UNCLOSED = (
    "<!-- ", "<!--\n", "{/*", "~", "[1] ", "<iframe>", "{::comment}", "%%a", "%%", "{{", "[[", "[", "![", "[^", "^[", "]",
    "<x a='}", "<div>\n<x a='}", "`", "` ", "`a``", "```\n", "import a\n", "\\begin{a}\n", "{% raw %}", "<?", "$a", "\\(x=", "[a](", "**a", "<b>",
)  # fmt: skip


@pytest.mark.parametrize("unit", UNCLOSED)
def test_openings_that_nothing_closes_take_no_long_time(unit: str) -> None:
    """100 kB of them take less than two seconds: reading does not grow with the square of what is repeated."""
    parse_markdown("Warm up.")
    assert seconds_to_parse(unit * (100_000 // len(unit))) < 2


def seconds_to_parse(text: str) -> float:
    """Processor time; the better of two, for machines that do other things."""
    times = []
    for _ in range(2):
        started = time.process_time()
        parse_markdown(text)
        times.append(time.process_time() - started)
    return min(times)


@pytest.mark.parametrize(
    "unit", ["<div>\n<!", "<p><?", "<div><![", "<div>\n<div <", "<table><!x"]
)
def test_tags_within_what_looks_like_tags_end(unit: str) -> None:
    """Text between tags is read as Markdown only so deep: the rest is text."""
    assert parse_markdown(unit * 200)


def test_a_table_may_end_in_an_empty_line_of_a_quotation() -> None:
    """Also where the text ends there, without a line break."""
    (quotation,) = parse_markdown("> |a|\n> |-|\n> |b|\n>").blocks
    assert quotation.text == "a b"


def test_a_byline_in_a_quotation_leaves_the_quotation(tmp_path: Path) -> None:
    """A signed block whose text is in blocks of its own keeps them."""
    edition = post(
        tmp_path, "---\ntitle: News\n---\n# One\n\n> Summarized by: Ana Silva\n\nA word.\n"
    )
    assert edition.stories[0].reporter == "Ana Silva"
    assert "A word." in edition.stories[0].body.text


@pytest.mark.parametrize(
    ("body", "titles"),
    [
        (
            "# Cranes of the town\n\nI saw one.\n\n## The arm\n\nIt is long.\n",
            ["Cranes of the town", "The arm"],
        ),
        ("I saw one.\n\n# The arm\n\nIt is long.\n", ["On cranes", "The arm"]),
        ("## The arm\n\nIt is long.\n\n# The end\n\nIt went.\n", ["The arm", "The end"]),
        ("![A](a.png)\n\n_By Ana Silva_\n\n# On cranes\n\nI saw one.\n", ["On cranes"]),
    ],
)
def test_a_heading_of_an_essay_stays_where_it_is(
    body: str, titles: list[str], tmp_path: Path
) -> None:
    """Above the text it is the first part's title; further on it begins a part, and no text moves."""
    edition = post(tmp_path, f"---\ntitle: On cranes\n---\n{body}")
    assert edition.title == "On cranes"
    assert [story.title for story in edition.stories] == titles


def test_braces_are_expressions_in_mdx_alone() -> None:
    """Its constants are said, what only the site knows is left out; elsewhere braces are text."""
    document = parse_markdown(
        "export const year = 2024\n\nIn {year}{' '}we saw {props.count} boats."
    )
    assert document.text == "In 2024 we saw boats."
    assert "{props.count}" in [part.text for part in document.left_out]
    assert parse_markdown("A set {x} of {a, b}.").text == "A set {x} of {a, b}."


def test_remarks_between_percent_signs_are_obsidians() -> None:
    """They are left out of a note with links of a wiki, and text elsewhere."""
    text = "It grew %%really%% fast."
    assert parse_markdown(text).text == text
    note = parse_markdown(f"{text} See [[Cranes]].")
    assert note.text == "It grew fast. See Cranes."
    assert [part.text for part in note.left_out if part.kind == "comment"] == ["%%really%%"]


def test_a_draft_without_a_date_has_the_one_that_is_given(tmp_path: Path) -> None:
    """Only in `_drafts/`, and only where it has no date of its own."""
    drafts = tmp_path / "_drafts"
    drafts.mkdir()
    form = PostForm(draft_date=dt.date(2024, 3, 9))
    for path in (drafts / "idea.md", drafts / "2024-03-05-old.md", tmp_path / "about.md"):
        path.write_text("# An idea\n\nSome words.\n", encoding="utf-8")
    assert read_post(drafts / "idea.md", form).slug == "2024-03-09-idea"
    assert read_post(drafts / "2024-03-05-old.md", form).date == dt.date(2024, 3, 5)
    with pytest.raises(ReadError, match="the post has no date"):
        read_post(tmp_path / "about.md", form)
    assert JekyllSource(tmp_path, form).posts_by_date() == [
        (drafts / "2024-03-05-old.md", dt.date(2024, 3, 5))
    ]

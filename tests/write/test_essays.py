"""An essay, a list of links and formulas as they are heard: nothing leads to nothing, nothing is junk."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from builders import a_show
from click.testing import CliRunner, Result

from podcast.cli import main
from podcast.language.english.spelling.latex import say_formula
from podcast.model import Cast, Script, Voice
from podcast.read.posts import read_post
from podcast.write import compose_script
from podcast.write.template import TemplateWriter

HEAD = "---\ntitle: The harbour\nauthor: Ana Silva\n---\n"


def write(folder: Path, body: str) -> Script:
    path = folder / "2024-03-05-harbour.md"
    path.write_text(HEAD + body, encoding="utf-8")
    edition = read_post(path)
    assert edition.date == dt.date(2024, 3, 5)
    voice = Voice("ana", "Ana", "A voice.", "feminine", "british", 150, "plain")
    cast = Cast({"Ana Silva": voice}, presenter="Ana Silva")
    return compose_script(edition, cast, TemplateWriter(), a_show(folder))


def heard(script: Script) -> str:
    return " ".join(turn.text for turn in script.turns)


@pytest.mark.parametrize(
    ("formula", "said"),
    [
        (r"$h = \frac{a}{b}$", "h equals a over b"),
        ("$p < 0.05$", "p is less than 0.05"),
        (r"$10\%$", "10%"),
        (r"$\sum_{i=1}^{n} x_i^2$", ""),
        (r"$\hat{x}$", ""),
        (r"$\frac{\frac{a}{b}}{c}$", ""),
    ],
)
def test_a_formula_is_said_or_it_is_not(formula: str, said: str) -> None:
    """Words carry a simple one; for any other there are none."""
    assert say_formula(formula) == said


def test_a_sentence_with_a_formula_beyond_words_is_left_out(tmp_path: Path) -> None:
    """Its neighbours are heard; no command of LaTeX ever is."""
    body = r"The height is $h = \frac{a}{b}$ today. It sums $\sum_i x_i$ of them. It rose."
    script = write(tmp_path, body)
    assert "The height is h equals a over b today. It rose." in heard(script)
    assert "sum" not in heard(script)
    assert r"\sum_i" in script.chapters[0].note


def test_an_address_in_a_list_goes_with_its_label(tmp_path: Path) -> None:
    """Nothing leads to it: neither the label nor, when no item is left, the sentence before the list."""
    body = "It is here. Find us at:\n\n* **Site**: https://a.example\n* Mail: <mailto:me@a.example>\n"
    script = write(
        tmp_path,
        f"{body}\nIt ends.\n\n- Blog: <https://b.example>\n- We open at nine every day.\n",
    )
    text = heard(script)
    assert "It is here. It ends." in " ".join(text.split("\n"))
    assert "We open at nine every day." in text
    assert not any(word in text for word in ("Find us", "Site", "Mail", "Blog", "example"))


def test_linked_news_say_where_they_are_from(tmp_path: Path) -> None:
    """Each item with its host; once, where all are from one."""
    news = "* [The crane of the yard turned red](https://{}/1)\n* [Are the ferries free on Sundays?](https://{}/2)\n"
    assert (
        "The crane of the yard turned red, from a.example. Are the ferries free on Sundays? From b.example."
    ) in heard(write(tmp_path, news.format("a.example", "b.example")))
    assert heard(write(tmp_path, news.format("a.example", "a.example"))).count("a.example") == 1


@pytest.mark.parametrize(
    "heading", ["How to start the crane", "What runs the port", "This week in the yard"]
)
def test_an_authors_heading_names_its_chapter(heading: str, tmp_path: Path) -> None:
    """As it is, where it fits."""
    script = write(tmp_path, f"It began.\n\n## {heading}\n\nIt went on.\n")
    assert script.chapters[1].title == heading


def podcast(*words: str | Path) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


def test_numbers_and_names_that_the_script_lacks_are_listed(tmp_path: Path) -> None:
    """`podcast script -v` names each with its line and sentence, also of an edited script."""
    show = tmp_path / "show"
    made = podcast(
        "init", show, "--title", "Hours", "--author", "Desk", "--email", "desk@hours.example"
    )
    assert made.exit_code == 0, made.output
    post = show / "posts" / "2024-03-05-harbour.md"
    post.write_text(f"{HEAD}It holds 40 boats of Oslo.\n\nIt went on.\n", encoding="utf-8")
    said = podcast("script", "--show", show, "--post", post, "-v")
    assert "detail" not in said.output
    script = show / "scripts" / "2024-03-05-harbour.md"
    script.write_text(
        script.read_text(encoding="utf-8").replace("40 boats of Oslo", "boats"),
        encoding="utf-8",
    )
    said = podcast("script", "--show", show, "--post", post, "-v")
    assert (
        "line 5: detail: It holds 40 boats of Oslo. (the script does not have 40, Oslo)"
        in said.output
    )

"""`podcast say --explain`: how a text is said, without a show and without a sound."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from podcast.cli import main


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def explain(*words: str) -> Result:
    result = CliRunner().invoke(main, ["say", "--explain", *words])
    assert result.exit_code == 0, result.output
    return result


def test_the_spoken_text_comes_first_then_each_word(tmp_path: Path) -> None:
    """The first line is all that is said; a row for each written word says how, by which rule, its sounds."""
    first, *rows = explain("They use GPT-4o for $3.").output.splitlines()
    assert first == "They use GPT four oh for three dollars."
    assert [row.split()[0] for row in rows] == ["They", "use", "GPT-4o", "for", "$3."]
    assert "three dollars." in rows[-1]
    assert "money" in rows[-1]
    assert "jˈuz" in rows[1]
    assert list(tmp_path.iterdir()) == []


def test_a_program_reads_the_same() -> None:
    """One text is an object of `spoken` and `words`; several are a list of such."""
    one = json.loads(explain("--json", "The use of it.").output)
    assert one["spoken"] == "The use of it."
    assert one["words"][1] == {
        "written": "use",
        "spoken": "use",
        "rule": "",
        "phonemes": "jˈus",
    }
    several = json.loads(explain("--json", "Use it.", "It is [laughs] 5%.").output)
    assert [entry["spoken"] for entry in several] == ["Use it.", "It is five percent."]
    assert several[1]["directions"] == ["laughs"]
    assert {key for entry in several for word in entry["words"] for key in word} == {
        "written",
        "spoken",
        "rule",
        "phonemes",
    }


def test_a_word_of_the_lexicon_says_so(tmp_path: Path) -> None:
    """The lexicon that comes along is asked; the show's own where there is one."""
    (word,) = json.loads(explain("--json", "arXiv").output)["words"]
    assert (word["spoken"], word["rule"]) == ("archive", "lexicon")
    (tmp_path / "voices").mkdir()
    (tmp_path / "voices" / "lexicon.toml").write_text('[words]\n"arXiv" = "ar kive"\n')
    (word,) = json.loads(explain("--json", "arXiv").output)["words"]
    assert word["spoken"] == "ar kive"


def test_a_text_may_begin_with_a_minus() -> None:
    """It is no option."""
    assert explain("-5 degrees today.").output.startswith("Minus five degrees today.\n")


def test_names_with_accents_are_found_either_way() -> None:
    """The lexicon's Nguyen is said for Nguyễn."""
    words = json.loads(explain("--json", "Ask Nguyễn.").output)["words"]
    assert (words[1]["spoken"], words[1]["rule"]) == ("Win.", "lexicon")


def test_without_explain_a_name_and_a_text_are_needed() -> None:
    """One word alone is wrong use, and says what is missing."""
    result = CliRunner().invoke(main, ["say", "Hello."])
    assert result.exit_code == 2
    assert "NAME and a TEXT" in result.output

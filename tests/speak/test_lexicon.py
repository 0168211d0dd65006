"""A lexicon fixes how words sound, and only those words."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from podcast.errors import ConfigError
from podcast.language.english.spelling import verbalize
from podcast.speak.lexicon import Lexicon, load_lexicon

OURS = Path(__file__).parent.parent.parent / "voices" / "lexicon.toml"
LEXICON = Lexicon(
    {"arXiv": "archive", "linux": "linnux", "GPT-4o": "omni", "GPT-4": "four", "C++": "see"}
)


@pytest.mark.parametrize(
    ("written", "sound"),
    [
        ("On arXiv.", "On archive."),
        ("On arxiv and ARXIV.", "On arxiv and ARXIV."),
        ("Linux, linux, LINUX", "linnux, linnux, linnux"),
        ("arXivist and myarXiv", "arXivist and myarXiv"),
        ("arXiv's papers", "archive's papers"),
        ("GPT-4o, GPT-4 and GPT-4.", "omni, four and four."),
        ("GPT-4x", "GPT-4x"),
        ("C++ code, C+", "see code, C+"),
        ("", ""),
    ],
)
def test_whole_words_sound_as_the_lexicon_says(written: str, sound: str) -> None:
    """Whole words only, the longest first; a word with a capital in its own shape only."""
    assert LEXICON.apply(written) == sound


@given(st.text())
def test_an_empty_lexicon_changes_nothing(text: str) -> None:
    """Without words, any text stays as it is."""
    assert Lexicon().apply(text) == text


@given(st.dictionaries(st.text(min_size=1), st.text(min_size=1), max_size=5), st.text())
def test_any_word_may_stand_in_a_lexicon(words: dict[str, str], text: str) -> None:
    """Signs in a word are signs, never a pattern; nothing raises."""
    assert isinstance(Lexicon(words).apply(text), str)


def test_a_lexicon_travels_to_other_processes() -> None:
    """A pickled lexicon works as before."""
    assert pickle.loads(pickle.dumps(LEXICON)).apply("arXiv") == "archive"


def test_a_missing_file_is_an_empty_lexicon(tmp_path: Path) -> None:
    """A show needs no lexicon."""
    assert load_lexicon(tmp_path / "none.toml") == Lexicon()


@pytest.mark.parametrize(
    ("content", "parts"),
    [
        ('words = "no"', ["words: must be a table"]),
        ('[word]\n"a" = "b"', ["word: not known", "[words]"]),
        (
            '[words]\n"a" = 3\n"b" = ""\n" " = "x"',
            ["words.a: ", "words.b: ", "the word is empty"],
        ),
        ("[words]\na = b\n", ["not valid TOML", "line 2"]),
        (b"[words]\n\xff", ["0xff is not UTF-8", "line 2"]),
    ],
)
def test_faults_are_named_with_file_and_word(
    tmp_path: Path, content: str | bytes, parts: list[str]
) -> None:
    """Every fault is told in one error, each line with the file, and what is wrong."""
    path = tmp_path / "lexicon.toml"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(ConfigError) as caught:
        load_lexicon(path)
    lines = str(caught.value).splitlines()
    assert all(line.startswith(str(path)) for line in lines)
    assert all(part in str(caught.value) for part in parts)


def test_our_lexicon_loads_and_survives_verbalizing() -> None:
    """The file that comes with presscast has words, and each respelling reaches the engine as it stands."""
    words = load_lexicon(OURS).words
    assert len(words) >= 40
    assert {word: verbalize(sound) for word, sound in words.items()} == dict(words)


def test_our_lexicon_does_not_undo_itself() -> None:
    """A respelling is not respelled again: applying the lexicon twice gives the same."""
    lexicon = load_lexicon(OURS)
    for word in lexicon.words:
        once = lexicon.apply(f"Now {word} is here.")
        assert lexicon.apply(once) == once != f"Now {word} is here."

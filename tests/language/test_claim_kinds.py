"""The fact check's rules are held to examples, to tellings written apart from them, to everyday speech."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from podcast.language.english.claims import Kind, SourceFacts, check_sentences, load_kinds

DATA = Path(__file__).parent.parent / "data" / "claims"
MOST_REFUSED = 0.05
FEWEST_CAUGHT = 0.6


@dataclass(frozen=True)
class Telling:
    """A sentence or two about a story."""

    kind: str
    text: str
    is_true: bool
    source: SourceFacts


def tellings(name: str) -> Iterator[Telling]:
    """The tellings of a file, true and untrue by turns."""
    for story in tomllib.loads((DATA / name).read_text(encoding="utf-8"))["story"]:
        source = SourceFacts(
            f"{story['title']}\n\n{story['body']}",
            known_names=(story["reporter"], story["source"]),
            known_days=(story["date"],),
        )
        for pair in story["pairs"]:
            yield Telling(pair["kind"], pair["honest"], True, source)
            yield Telling(pair["kind"], pair["untrue"], False, source)


def stories(name: str) -> dict[str, SourceFacts]:
    """The file's stories by their titles."""
    return {
        telling.source.text.partition("\n")[0]: telling.source for telling in tellings(name)
    }


@pytest.mark.parametrize("kind", load_kinds(), ids=lambda kind: kind.name)
def test_a_kind_finds_its_examples(kind: Kind) -> None:
    """What `kinds.toml` gives as untrue is found, and as that kind."""
    source = SourceFacts(kind.source)
    missed = [
        sentence
        for sentence in kind.found
        if kind.name not in {finding.kind for finding in check_sentences(sentence, source)}
    ]
    assert missed == []


@pytest.mark.parametrize("kind", load_kinds(), ids=lambda kind: kind.name)
def test_a_kind_passes_its_counter_examples(kind: Kind) -> None:
    """What `kinds.toml` gives as fair passes all rules."""
    source = SourceFacts(kind.source)
    assert [
        finding for sentence in kind.fair for finding in check_sentences(sentence, source)
    ] == []


def test_every_finding_is_of_a_known_kind() -> None:
    """Each kind that a rule names has its entry in `kinds.toml`."""
    known = {kind.name for kind in load_kinds()}
    found = {
        finding.kind
        for name in ("seen.toml", "unseen.toml", "lively.toml")
        for telling in tellings(name)
        for finding in check_sentences(telling.text, telling.source)
    }
    assert found <= known


@pytest.mark.parametrize("name", ["seen.toml", "unseen.toml", "lively.toml"])
def test_true_tellings_pass_and_untrue_ones_are_found(name: str) -> None:
    """Of tellings written apart from the rules 5% of the true are refused at most, 60% of the false found."""
    every = list(tellings(name))
    faulty = {id(telling) for telling in every if check_sentences(telling.text, telling.source)}
    refused = [telling.text for telling in every if telling.is_true and id(telling) in faulty]
    caught = [
        telling.text for telling in every if not telling.is_true and id(telling) in faulty
    ]
    assert len(refused) <= MOST_REFUSED * len(every) / 2, refused
    assert len(caught) >= FEWEST_CAUGHT * len(every) / 2


def test_everyday_speech_passes_on_every_story() -> None:
    """A hundred phrases of everyday radio and more claim nothing of any story."""
    phrases = (DATA / "phrases.txt").read_text(encoding="utf-8").splitlines()
    sources = stories("seen.toml") | stories("unseen.toml") | stories("lively.toml")
    found = {
        phrase: finding.what
        for source in sources.values()
        for phrase in phrases
        for finding in check_sentences(phrase, source)
    }
    assert len(phrases) >= 100
    assert found == {}


def test_a_story_supports_its_own_sentences() -> None:
    """Nothing is found in a story that is told in its own words."""
    sources = stories("seen.toml") | stories("unseen.toml") | stories("lively.toml")
    assert [
        f for source in sources.values() for f in check_sentences(source.text, source)
    ] == []

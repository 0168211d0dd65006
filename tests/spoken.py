"""Score how written sentences are said against the readings that are right.

    python -m tests.spoken FILE.tsv [more files]

A file has a heading line and the columns `kind`, `input` (with `\\n` for a line end) and `accepted`: readings
with ` | ` between them. A reading is met when it is a contiguous part of what is said, compared without case,
commas, hyphens and the words and, a, an, the. Letters may be set apart or not: `P M` is `PM`.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from podcast.language.english.spelling import verbalize
from podcast.speak.lexicon import load_lexicon

_UNHEARD = frozenset(("and", "a", "an", "the"))
_LEXICON = Path(__file__).parent.parent / "voices/lexicon.toml"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A written sentence with the readings that are right for it."""

    kind: str
    written: str
    accepted: tuple[str, ...]

    def accepts(self, spoken: str) -> bool:
        """Whether one of the readings is a part of `spoken`."""
        return any(
            _pattern(reading, unheard).search(" ".join(_words(spoken, unheard)))
            for reading in self.accepted
            for unheard in (_UNHEARD, _UNHEARD - {"a"})
        )


def read_sentences(path: Path) -> Iterator[Sentence]:
    """Read the sentences of a file of tab-separated values."""
    for line in path.read_text("utf-8").splitlines()[1:]:
        kind, written, accepted = line.split("\t")[:3]
        yield Sentence(kind, written.replace("\\n", "\n"), tuple(accepted.split("|")))


def say(written: str) -> str:
    """What an engine is given for a written sentence, with the lexicon that comes with presscast."""
    return verbalize(load_lexicon(_LEXICON).apply(written))


def _words(text: str, unheard: frozenset[str]) -> list[str]:
    text = re.sub(r"['’]", "", text.lower())
    return [word for word in re.findall(r"[^\W_]+", text) if word not in unheard]


def _pattern(reading: str, unheard: frozenset[str]) -> re.Pattern[str]:
    letters = "".join(_words(reading, unheard))
    return re.compile(rf"\b{' ?'.join(map(re.escape, letters))}\b")


def main(paths: list[str]) -> None:
    """Print the sentences that are said wrong, and how many are right."""
    for path in map(Path, paths):
        sentences = list(read_sentences(path))
        wrong = [
            (sentence, said)
            for sentence in sentences
            if not sentence.accepts(said := say(sentence.written))
        ]
        for sentence, said in wrong:
            print(
                f"[{sentence.kind}] {sentence.written!r}\n    said:  {said}\n    right: {sentence.accepted}"
            )
        print(f"{path}: {len(sentences) - len(wrong)} of {len(sentences)} right")


if __name__ == "__main__":
    main(sys.argv[1:])

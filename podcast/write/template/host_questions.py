"""What the host asks or says between a reporter's sentences.

A question is asked only where the sentence after it answers it; what answers what is decided by the words of
that sentence. Where none fits, the host says something that is true before any sentence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import takewhile

from podcast.language.english.tagger import NAMES, NOUNS, TaggedWord
from podcast.language.english.word_data import load
from podcast.write.template.grammar import LONGEST_SENTENCE, parse_sentence


@dataclass(frozen=True, slots=True)
class Question:
    """A kind of question, and the sentences that answer it."""

    key: str
    """The list of phrases: `ask.money`."""
    pattern: re.Pattern[str]
    weight: int
    """How well it sounds; the better question breaks the report."""
    unless: re.Pattern[str] | None = None

    def is_answered_by(self, sentence: str) -> bool:
        """Whether the sentence answers it."""
        if self.unless is not None and self.unless.search(sentence):
            return False
        return bool(self.pattern.search(sentence))


@cache
def questions() -> tuple[Question, ...]:
    """Read the questions of `questions.toml`."""
    return tuple(
        Question(
            f"{row['key']}",
            re.compile(row["pattern"], re.VERBOSE),
            int(row["weight"]),
            re.compile(row["unless"], re.VERBOSE) if "unless" in row else None,
        )
        for row in load("questions")["question"]
    )


_FIGURE = re.compile(
    r"""
    (?:(?i:about|around|over|up\ to|more\ than|nearly|almost|some|at\ least|roughly)\ )?
    (?:[$€£]\d+(?:[.,]\d+)*(?:\ (?:million|billion|trillion)|[KMB]n?)?(?![\w.,]*\w)
      | \d[\d.,]*(?:%|\ percent)
      | \d{1,3}(?:,\d{3})+(?:\ [a-z]+s)\b
      | \d+(?:\.\d+)?\ (?:million|billion|trillion)(?:\ [a-z]+s)\b)
    """,
    re.VERBOSE,
)


_IN_RANGE = re.compile(
    r"(?:[\d%$€£][.,]?\s?(?:-|–|to|and|or)\s?|[\d.,–-]|\b(?:from|between|under|below|than)\s|[<>≤≥~])$"
)
"""What stands before a figure that is half of something: repeated alone it would say another thing."""


def new_name(sentence: str, said: str) -> str | None:
    """The name that the sentence begins with, where it was not said before."""
    parsed = parse_sentence(sentence)
    run = list(takewhile(_is_large, parsed.words))
    if not run or len(run) > 4 or len(run) == len(parsed.words):
        return None
    if len(run) == 1 and run[0].tag not in NAMES:
        return None
    name = sentence[: run[-1].end]
    if sentence[run[-1].end : run[-1].end + 1] == "-":
        return None
    following = parsed.words[len(run)]
    if following.tag not in ("POS", "VBZ", "VBD", "MD", "VBP", ",") or len(name) < 3:
        return None
    return name if name not in said and not _NO_NAME.match(name) else None


def _is_large(word: TaggedWord) -> bool:
    """Whether the word may belong to a name: large, and no verb or pronoun."""
    return word.text[:1].isupper() and word.tag in NOUNS | {"JJ", "CD"}


_NO_NAME = re.compile(
    r"""
    (?:January|February|March|April|May|June|July|August|September|October|November|December
      |Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|Today
      |AI|Generative|Artificial|Machine|Deep|Large|Humanoid|Foundation|Some|Many|Big|Most|Early|Researchers|Experts|Companies|Users|CEO|Additionally|Dr)\b
    """,
    re.VERBOSE,
)


def changes_subject(sentence: str, said: str) -> bool:
    """Whether the sentence starts with a name that was not said before."""
    match = re.match(r"(?P<word>[A-Z][\w&.-]+)", sentence)
    if not match:
        return False
    first = parse_sentence(sentence).words[0]
    return first.tag in NAMES and match["word"] not in said


def new_thing(sentence: str) -> str | None:
    """The definite noun phrase that is the sentence's subject: `the event`."""
    parsed = parse_sentence(sentence)
    at = parsed.first_finite()
    if at is None or not 2 <= at <= 4 or parsed.words[0].text != "The":
        return None
    subject = parsed.words[:at]
    if subject[-1].tag not in ("NN", "NNS") or any(
        word.tag not in ("DT", "JJ", "NN", "NNS") for word in subject
    ):
        return None
    return None if subject[-1].text in _NO_THING else "the" + sentence[3 : subject[-1].end]


_NO_THING = frozenset(
    "authors author researchers scientists paper study article guide report results findings piece update "
    "funds move".split()
)


def last_figure(passage: str) -> str | None:
    """The last figure of a passage, with its bound: `up to 91.2%`."""
    ending = passage[-LONGEST_SENTENCE:]
    matches = [match for match in _FIGURE.finditer(ending) if not _IN_RANGE.search(ending[: match.start()])]
    if not matches:
        return None
    figure = matches[-1][0].strip().rstrip(".,")
    return figure[0].lower() + figure[1:]


_PERSON = re.compile(
    r"""
    ^(?:(?:[A-Z]\w+\ )?(?:CEO|CTO|GM|Chief\ \w+\ Officer|President|Director|Dr\.|Prof\.|Professor
       |(?:Tech\ )?Secretary|Governor|Commander|Senator|Co-founder|Chairman|Chair|Minister)\ )?
    (?P<person>[A-Z][a-z]+(?:\ [A-Z]\.)?(?:\ [A-Z][\w'’-]+){1,2})
    (?:,[^,]*,|\ (?:of|from|at)\ [A-Z][\w\ ]{2,25})?
    \ (?:also\ )?
    (?:said|says|emphasi[sz]e[sd]|highlight(?:s|ed)|stresse[sd]|note[sd]|state[sd]|argue[sd]|add(?:s|ed)
      |expresse[sd]|claim(?:s|ed)|warn(?:s|ed)|explain(?:s|ed)|acknowledge[sd]|believe[sd]|describe[sd])\b
    """,
    re.VERBOSE,
)


def quoted_person(sentence: str) -> str | None:
    """The name of the person whose words or view the sentence gives, if it starts with one."""
    match = _PERSON.match(sentence[:LONGEST_SENTENCE])
    if not match:
        return None
    parsed = parse_sentence(sentence)
    start = match.start("person")
    tags = [word.tag for word in parsed.words if start <= word.start < match.end("person")]
    return match["person"] if tags and all(tag in ("NNP", "NNPS") for tag in tags) else None


def best_question(sentence: str) -> Question | None:
    """The question of most weight that the sentence answers."""
    beginning = sentence[:LONGEST_SENTENCE]
    fitting = [question for question in questions() if question.is_answered_by(beginning)]
    return max(fitting, key=lambda question: question.weight) if fitting else None

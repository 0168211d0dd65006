"""What the host asks or says between a reporter's sentences.

A question is asked only where the sentence after it answers it; what answers what is decided by the words of
that sentence. Where none fits, the host says something that is true before any sentence.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from podcast.write.template.grammar import parse_sentence

Test = Callable[[str], bool]


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


def _words(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.VERBOSE)


_SUM = r"[$€£]\s?\d[\d.,]*\s?(?:million|billion|trillion|thousand|[KMBkmb]n?\b)?"

QUESTIONS: tuple[Question, ...] = (
    Question("ask.critics", _words(r"^(?:However,\ |But\ |Still,\ )?(?:Some\ |Many\ )?(?:[Cc]ritics|[Oo]pponents|[Ss]keptics)\b"), 9),
    Question(
        "ask.catch",
        _words(
            r"""^(?:However|But|Still|Nevertheless|Yet)\b,?
            | ^(?:Despite|Limitations|Challenges|Concerns)\b
            | ^(?:The\ )?(?:main\ |key\ |biggest\ )?(?:challenges|limitations|drawbacks|downsides|risks)\b
            | ^There\ are\ concerns\b"""
        ),
        9,
        _words(r"^(?:But|Still)\ (?:also|it|they)?\ ?(?:promises|offers)|^Despite\ (?:its|the|their)\ success"),
    ),
    Question(
        "ask.money",
        _words(rf"(?:raised|secured|invested|funding|investment|revenue|worth|valued|spent|received|totaling|exceed\w*).{{0,60}}{_SUM}"
               rf"|{_SUM}.{{0,40}}(?:in\ funding|investment|in\ seed|round|in\ revenue|grant)"),
        8,
    ),
    Question("ask.price", _words(rf"\b(?:priced|price|costs?|sells)\b.{{0,30}}{_SUM}"), 8),
    Question("ask.speakers", _words(r"^(?:Keynote\ |Notable\ |Featured\ )?(?:[Ss]peakers|[Pp]resenters|[Kk]eynotes)\b.*\binclude"), 8),
    Question(
        "ask.before",
        _words(r"^(?:Traditional|Existing|Previous|Conventional|Earlier|Current|Most\ existing)\ (?:\w+\ ){0,3}(?:methods|approaches|models|"
               r"systems|techniques|algorithms|tools|solutions)\b.*\b(?:struggle|often|only|require|limited|fail|face|rely|suffer)"),
        8,
    ),
    Question("ask.steps", _words(r"\b(?:involves|consists\ of|has|includes|follows)\ (?:two|three|four|five|six|seven)\ (?:steps|stages|phases)\b"), 8),
    Question(
        "ask.results",
        _words(
            r"""^(?:In\ )?(?:[Ee]xtensive\ |[Ee]arly\ |[Pp]reliminary\ |[Bb]enchmark\ )?(?:[Rr]esults|[Ee]xperiments|[Tt]ests|[Tt]esting|[Ee]valuations?)\b
            | ^(?:Tested|Evaluated)\ on\b
            | \b(?:significantly\ |consistently\ )?outperform(?:s|ed)?\b
            | ^The\ results\ (?:show|indicate|suggest)"""
        ),
        7,
        _words(r"\b(?:could|may|might|aims|promis)"),
    ),
    Question(
        "ask.findings",
        _words(r"^(?:The\ )?(?:study|survey|findings|report|research|analysis|poll|authors|researchers)\ (?:also\ )?"
               r"(?:found|find|finds|reveals?|revealed|shows?|showed|discovered|suggests?|indicates?|concludes?)\b"),
        7,
    ),
    Question("ask.conclusion", _words(r"^(?:It|He|She|The\ (?:study|paper|piece|guide|report|article|author))\ concludes?\b|^Ultimately,"), 7),
    Question(
        "ask.when",
        _words(
            r"""\b(?:will|is\ set\ to|are\ set\ to|is\ expected|plans\ to|scheduled|starting|available|debut|launch|
               takes?\ place|held)\b.{0,60}
            \b(?:(?:by|on|from|in|until|before|starting)\ )(?:(?:early|late|mid)[ -])?
            (?:January|February|March|April|May|June|July|August|September|October|November|December|
               (?:next|this)\ (?:week|month|year|spring|summer|fall|autumn|winter)|20\d\d|later\ this\ year)"""
        ),
        6,
        _words(r"[$€£%]|\balso\b"),
    ),
    Question("ask.aim", _words(r"^(?:The\ (?:aim|goal|purpose|idea|hope)\ (?:is|was)|(?:It|They|This|The\ \w+(?:\ \w+)?)\ (?:aims?|seeks?)\ to\ )"), 6),
    Question(
        "ask.method",
        _words(
            r"""^(?:By\ \w+ing\b
            | (?:It|They|The\ (?:system|model|method|tool|framework|approach|technique|team|authors|researchers|technology|architecture)
               |This\ (?:system|model|method|tool|framework|approach|technique)|[A-Z][\w-]+)\ 
              (?:uses|use|employs|works\ by|combines|leverages|integrates|relies\ on|incorporates|builds\ on)\b
            | (?:Using|Utilizing|Employing)\b)"""
        ),
        6,
    ),
    Question(
        "ask.inside",
        _words(r"^(?:Key|Other|New|Notable|Its|The)?\ ?(?:[Kk]ey\ |[Mm]ain\ )?(?:[Ff]eatures|[Aa]dditions|[Pp]roducts|[Hh]ighlights|[Ii]nnovations|[Mm]easures|"
               r"[Ee]xhibits|[Oo]fferings|[Tt]opics|[Pp]oints|[Cc]omponents|[Pp]rojects|[Cc]ontributions|[Dd]evelopments)\ (?:\w+\ ){0,4}?include"
               r"|^(?:It|The\ (?:suite|Hub|program|report|guide|list|list|event|initiative|kit|platform))\ (?:includes|covers|features|offers|contains)\b"),
        6,
    ),
    Question(
        "ask.uses",
        _words(r"^(?:Potential|Possible|Future|Its\ potential|The)?\ ?(?:[Uu]ses|[Aa]pplications)\ (?:include|range|are)\b"),
        6,
    ),
    Question("ask.who", _words(r"^(?:Founded|Led|Developed|Created|Supported|Backed|Funded)\ by\b|^(?:Key\ )?(?:[Pp]artners|[Ii]nvestors|[Bb]ackers|[Cc]ompanies\ like|[Nn]otable\ investors)\b"), 6),
    Question(
        "ask.next",
        _words(
            r"""^(?:Future|Next|Upcoming|Looking\ ahead)\b
            | ^(?:The\ \w+(?:\ \w+)?|[A-Z][\w&]+(?:\ [A-Z]\w+)?|It|They)\ (?:also\ )?(?:plans?\ to|intends?\ to|expects?\ to)\b"""
        ),
        5,
        _words(r"^It\ will\ be"),
    ),
    Question("ask.example", _words(r"^For\ (?:example|instance),|\bFor\ instance,"), 7),
    Question("ask.why", _words(r"^(?:This\ is\ (?:due\ to|because)|The\ reason|That\ is\ because)\b|^(?:This|The)\ (?:growth|surge|rise|shift|increase|change|decline)\ is\ (?:attributed|driven|fueled|due)"), 7),
    Question(
        "ask.figures",
        _words(r"\d(?:[\d.,]*)\s?(?:%|percent|x\b|times|-fold)|\b\d{1,3}(?:,\d{3})+\b|\b\d+(?:\.\d+)?\s(?:million|billion|trillion)\b"),
        5,
    ),
    Question(
        "ask.means",
        _words(r"^(?:This|That|These|Such\ an?)\ (?:\w+\ ){0,2}?(?:enables?|allows?|means|lets|makes|gives|helps|reduces|could|reflects?|indicates?|suggests?)\b"),
        4,
    ),
    Question("ask.does", _words(r"^It\ (?:also\ )?(?:can|provides|offers|supports|handles|performs|predicts|generates|lets|helps|allows|enables)\b"), 3),
    Question(
        "ask.also",
        _words(r"^(?:It|They|He|She|The\ \w+(?:\ \w+)?|[A-Z][\w&]+(?:\ [A-Z]\w+)?)\ also\b|^(?:Other|Another|Also|In\ addition|On\ top)\b|^And\ finally,"),
        4,
    ),
)

_FIGURE = re.compile(
    r"""
    (?:(?:about|around|over|up\ to|more\ than|nearly|almost|some|at\ least|roughly)\ )?
    (?:[$€£]\d[\d.,]*(?:\ ?(?:million|billion|trillion))? (?![\w.]\d)
      | \d[\d.,]*(?:%|\ percent)
      | \d{1,3}(?:,\d{3})+(?:\ [a-z]+s)\b
      | \d+(?:\.\d+)?\ (?:million|billion|trillion)(?:\ [a-z]+s)\b)
    """,
    re.VERBOSE,
)


def new_name(sentence: str, said: str) -> str | None:
    """The name that the sentence begins with, where it was not said before."""
    parsed = parse_sentence(sentence)
    run = []
    for word in parsed.words:
        if word.tag not in ("NNP", "NNPS") or not word.text[:1].isupper():
            break
        run.append(word)
    if not run or len(run) > 4 or len(run) == len(parsed.words):
        return None
    name = sentence[: run[-1].end]
    following = parsed.words[len(run)]
    if following.tag not in ("POS", "VBZ", "VBD", "MD", "VBP", ",") or len(name) < 3:
        return None
    return name if name not in said and not _NO_NAME.match(name) else None


_NO_NAME = re.compile(
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December|Monday|Tuesday|Wednesday|"
    r"Thursday|Friday|Saturday|Sunday|Today|AI|Researchers|Experts|Companies|Users|CEO|Additionally|Dr)\b"
)


def new_thing(sentence: str) -> str | None:
    """The definite noun phrase that is the sentence's subject: `the event`."""
    parsed = parse_sentence(sentence)
    at = parsed.first_finite()
    if at is None or not 2 <= at <= 4 or parsed.words[0].text != "The":
        return None
    subject = parsed.words[:at]
    if subject[-1].tag not in ("NN", "NNS") or any(word.tag not in ("DT", "JJ", "NN", "NNS") for word in subject):
        return None
    return "the" + sentence[3 : subject[-1].end]


def last_figure(passage: str) -> str | None:
    """The last figure of a passage, with its bound: `up to 91.2%`."""
    figures = [match[0].strip() for match in _FIGURE.finditer(passage)]
    return figures[-1].rstrip(".,") if figures else None


_PERSON = re.compile(
    r"""^(?:(?:CEO|CTO|GM|Chief\ \w+\ Officer|President|Director|Dr\.|Prof\.|Professor|Secretary|Tech\ Secretary|
        Governor|Commander|Senator|Co-founder|Chairman|Chair|Minister)\ )?
        (?P<person>[A-Z][a-z]+(?:\ [A-Z]\.)?(?:\ [A-Z][\w'’-]+){1,2})
        (?:,[^,]*,|\ (?:of|from|at)\ [A-Z][\w ]{2,25})?\ 
        (?:also\ )?(?:said|says|emphasi[sz]e[sd]|highlight(?:s|ed)|stresse[sd]|note[sd]|state[sd]|argue[sd]|add(?:s|ed)|expresse[sd]|
           claim(?:s|ed)|warn(?:s|ed)|explain(?:s|ed)|acknowledge[sd]|believe[sd]|described?|describes)\b""",
    re.VERBOSE,
)


def quoted_person(sentence: str) -> str | None:
    """The name of the person whose words or view the sentence gives, if it starts with one."""
    match = _PERSON.match(sentence)
    if not match:
        return None
    parsed = parse_sentence(sentence)
    start = match.start("person")
    tags = [word.tag for word in parsed.words if start <= word.start < match.end("person")]
    return match["person"] if tags and all(tag in ("NNP", "NNPS") for tag in tags) else None


def best_question(sentence: str) -> Question | None:
    """The question of most weight that the sentence answers."""
    fitting = [question for question in QUESTIONS if question.is_answered_by(sentence)]
    return max(fitting, key=lambda question: question.weight) if fitting else None

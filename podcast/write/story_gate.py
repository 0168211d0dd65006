"""Which stories of an edition are told.

What is broken, doubled, or no news at all is left out, and said.

Only what is certain is left out. An edition in which most titles do not belong to their texts
is broken.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from podcast.errors import WriteError
from podcast.language.english.sentence_splitter import split_sentences
from podcast.language.english.tfidf import stems
from podcast.language.english.word_classes import find_lemma
from podcast.model import Edition, LeftOut, Script, Story, Turn
from podcast.write.passed_dates import date_has_passed, tells_of_years_to_come

# An edition with fewer words says nothing where they are a stock line.
STOCK_WORDS = 40
# The share of a title's weight that its text has where the two belong together.
GOOD_FIT = 0.34
# The share up to which they certainly do not.
NO_FIT = 0.15
# The share of three-word sequences that two tellings of one story have in common.
SAME_TEXT = 0.85
# The share of its three-word sequences that a script has which told a story.
TOLD_TEXT = 0.5
# Words that say something which a title must have before it can be found not to fit.
SURE_TITLE = 4
# Words that a text must have before it can be found not to fit its title.
SURE_TEXT = 25

# Words that the message of a failed query has at most.
LONGEST_MESSAGE = 120

# Messages of machines. A person of the news who could not open a door is none.
_FAILED = re.compile(
    r"""
    ^[^.]{0,60}\b(?:query|search|request)\b[^.]{0,40}\b(?:did\ not|didn't|does\ not)
      \ return\b[^.]{0,40}
      \b(?:results?|information|content|articles?|data|anything)\b
    | ^[^.]{0,60}\bno\ (?:relevant\ )?(?:results?|content|articles?)\ (?:were\ |was\ )?
      (?:found|returned|available)\b
    | (?:^|\.\ )(?:(?:I|We)\ (?:was\ |were\ |am\ )?)?
        (?:could\ not|couldn't|unable\ to|cannot|can't|failed\ to)
      \ (?:access|retrieve|fetch|load|open|summari[sz]e|provide|browse|complete|assist)\b
    | \b(?:page|article|content|url|link|website|document)\ (?:could\ not|cannot|can't)\ be
      \ (?:accessed|retrieved|fetched|loaded|opened|found|summari[sz]ed)\b
    | \bas\ an\ AI\ (?:language\ )?(?:model|assistant)\b
    | ^\s*(?:I'm|I\ am)\ (?:sorry,?\ but\ I|unable\ to)\b
    | \b(?:404\W+(?:error|not\ found)|error\W+404|page\ not\ found|access\ denied
        |enable\ javascript)\b
    | \b(?:verify\ (?:that\ )?you\ are\ (?:a\ )?human)\b
    """,
    re.VERBOSE | re.IGNORECASE,
)
_STOCK = re.compile(
    r"""
    \bno\ (?:new\ )?(?:news|stories|posts?|updates?|edition|episode|issue)\b[^.]{0,20}
      \b(?:today|yet|this|here)\b
    | \b(?:come|check)\ back\ (?:tomorrow|later|soon|again)\b | \bcoming\ soon\b
    | \bstay\ tuned\b
    | \bwatch\ this\ space\b | \bunder\ construction\b | \bwork\ in\ progress\b
    | \bnothing\ to\ report\b
    | \blorem\ ipsum\b | ^\W*hello,?\ world\b | \bto\ be\ (?:written|continued|announced)\b
    | \bplaceholder\b | ^\W*(?:todo|tbd|tba|test)\b | \bthis\ is\ a\ (?:test|sample)\ post\b
    """,
    re.VERBOSE | re.IGNORECASE,
)
_JOB_TITLE = re.compile(
    r"""
    \b(?:job|jobs|vacancy|vacancies|careers?|hiring|internship)\b
    | \b(?:engineer|scientist|developer|manager|analyst|researcher|director|specialist
        |associate)\b
      \ *(?:,|\(|-|–|\||at\b|$)
    """,
    re.VERBOSE | re.IGNORECASE,
)
_JOB_TEXT = re.compile(
    r"""
    \b(?:responsibilities|qualifications|applicants?|candidates?|apply|salary|full-time
      |part-time|role|position
      |years\ of\ experience|equal\ opportunity|benefits\ package|resume|hiring
      |join\ (?:our|the)\ team|job)\b
    """,
    re.VERBOSE | re.IGNORECASE,
)
_JOB_WORDS = 4
# Words of an offer, not of news about jobs.
_JOB_OFFER = re.compile(
    r"""
    \b(?:responsibilities|qualifications|apply|years\ of\ experience|equal\ opportunity
      |benefits\ package
      |resume|join\ (?:our|the)\ team)\b
    """,
    re.VERBOSE | re.IGNORECASE,
)
_FORUM = re.compile(
    r"\b(?:developers?|community|user|users|support|discussion) forums?\b|\bforums\s*$|"
    r"\bstack overflow\s*$|\bdiscussion #\d+|\bissue #\d+|"
    r"^\s*(?:\[(?:solved|question|help)\]|(?:solved|question|help):)|^r/\w+",
    re.IGNORECASE,
)
_FORUM_HOST = re.compile(
    r"(?:^|\.)(?:forums?|community|discuss|answers|stackoverflow|reddit|quora)\."
)
_CHANGES = re.compile(
    r"\brelease notes\b|\bchange ?log\b|\bdocument history\b|\bversion history\b|\bpatch "
    r"notes\b|\bwhat's new in v?\d",
    re.IGNORECASE,
)
_VERSION = re.compile(r"\bv?\d+\.\d+|\bv\d+\b|\b20\d\d-\d\d\b")
_CHANGE = re.compile(
    r"\b(?:fix(?:es|ed)?|bugs?|adds?|added|deprecated|removed|version|improve[sd]?|updated?)\b",
    re.IGNORECASE,
)
_CHANGE_WORDS = 3
_HOUSEKEEPING_TITLE = re.compile(
    r"""
    ^\W*(?:cookies?\ (?:policy|notice|settings)|privacy\ (?:policy|notice)|terms\ (?:of|and)\b
      |(?:subscribe|sign\ (?:up|in)|log\ ?in|register)\b|(?:contact|about)\ us\W*$)
    """,
    re.VERBOSE | re.IGNORECASE,
)
_HOUSEKEEPING_TEXT = re.compile(
    r"""
    \b(?:cookies|subscribe|unsubscribe|sign\ up|log\ in|our\ newsletter
      |terms\ of\ (?:service|use)|privacy\ policy
      |your\ (?:e-?mail|account|password))\b
    """,
    re.VERBOSE | re.IGNORECASE,
)
_HOUSEKEEPING_WORDS = 2
_TOPIC_TITLE = re.compile(
    r"\blatest news (?:&|and) (?:videos|photos)\b|\bnews, (?:photos|videos)\b"
    r"|^on the agenda\b|\bpage \d+\s*$",
    re.IGNORECASE,
)
_TOPIC_TEXT = re.compile(
    r"""
    ^(?:The\ |This\ )?[^.,]{0,80}\b(?:website|web\ site|site|homepage|page|section
      |portal)\b[^.,]{0,40}
      \ (?:features?|covers?|offers?|provides?|presents?)\ (?:[\w-]+\ ){0,5}?
        (?:articles|topics|stories)\b
    | ^[^.,]{0,60}\ covers\ (?:many|various|several|an?\ (?:wide|broad|diverse)
        \ (?:range|array)\ of)
      \ topics\b[^.,]{0,40}\ (?:articles|posts|pages)\b
    """,
    re.VERBOSE,
)
# An address that names a section of a site, and no article.
_FOLDER = re.compile(
    r"""
    https?://[^/]+/(?:(?:news|topics?|tags?|categor(?:y|ies)|sections?|agenda|archives?|search
      |latest)/
      (?:[A-Za-z_]+/)*)?
    """,
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Sifted:
    """An edition with the stories that are told, and those that are not."""

    edition: Edition
    left_out: tuple[LeftOut, ...]


def sift_stories(
    edition: Edition, earlier: Sequence[Script] = (), *, keep_all: bool = False
) -> Sifted:
    """Leave out what is certainly no story, and gather the papers of one reporter.

    `earlier` are the show's scripts of the days before: a story that they told with the same
    source in the same words is left out. With `keep_all` nothing is. Raises WriteError, with
    the list, where most titles do not fit their texts, and where there is nothing to say.
    """
    if keep_all:
        return Sifted(
            dataclasses.replace(edition, stories=tuple(gather_papers(edition.stories))), ()
        )
    if edition.kind == "essay":
        if is_stock(edition):
            raise WriteError(_nothing(edition, ()))
        return Sifted(edition, ())
    _refuse_broken(edition)

    repeats = _find_repeats(edition, earlier)
    told: list[Story] = []
    left_out: list[LeftOut] = []
    for story in edition.stories:
        reason = _reason_against(story, told) or repeats.get(story.link, "")
        reason = reason or _say_passed(story, edition.date)
        if reason:
            left_out.append(LeftOut("story", story.title, reason, story.line))
        else:
            told.append(story)

    sifted = dataclasses.replace(edition, stories=tuple(gather_papers(told)))
    if not told or is_stock(sifted):
        raise WriteError(_nothing(edition, left_out))
    return Sifted(sifted, tuple(left_out))


def _say_passed(story: Story, today: dt.date) -> str:
    return "its date has passed" if has_passed(story, today) else ""


def _refuse_broken(edition: Edition) -> None:
    """Raise WriteError, with the list, where most titles do not fit their texts."""
    sourced = [story for story in edition.stories if not _is_own(story)]
    misfits = [story for story in sourced if title_fit(story) < GOOD_FIT]
    certain = [story for story in misfits if title_fit(story) <= NO_FIT]
    if len(certain) >= 2 and len(misfits) * 2 > len(edition.stories):
        raise WriteError(_broken(edition, misfits))


def _find_repeats(edition: Edition, earlier: Sequence[Script]) -> dict[str, str]:
    """The addresses of stories that an earlier script told, with when it did.

    None where most were told: an edition that is told again is meant to be.
    """
    repeats: dict[str, str] = {}
    for story in edition.stories:
        reason = _told_before(story, earlier)
        if reason:
            repeats[story.link] = reason
    return {} if len(repeats) * 2 > len(edition.stories) else repeats


def count_told(edition: Edition) -> int:
    """How many stories of an edition are told; all where the gate refuses it."""
    try:
        return len(sift_stories(edition).edition.stories)
    except WriteError:
        return len(edition.stories)


def is_stock(edition: Edition) -> bool:
    """Tell whether the edition has nothing but a stock line, or no words at all."""
    text = " ".join(story.body.text for story in edition.stories)
    return not re.search(r"\w", text) or (
        len(text.split()) < STOCK_WORDS and bool(_STOCK.search(text))
    )


def gather_papers(stories: Sequence[Story]) -> list[Story]:
    """The stories in their order, but papers of one reporter one after the other."""
    ordered: list[Story] = []
    for story in stories:
        mates = [
            place
            for place, other in enumerate(ordered)
            if other.paper and other.reporter == story.reporter
        ]
        if story.paper and mates:
            ordered.insert(mates[-1] + 1, story)
        else:
            ordered.append(story)
    return ordered


def _reason_against(story: Story, told: Sequence[Story]) -> str:
    """Why the story is left out; empty when it is told."""
    own = next((reason for is_it, reason in _CHECKS if is_it(story)), "")
    return own or _find_earlier(story, told)


def _find_earlier(story: Story, told: Sequence[Story]) -> str:
    """Where the story was told before: in this edition, or an earlier one."""
    for other in told:
        if is_same_story(story, other):
            return f"it is the same story as '{other.title}'"
    if story.covered is None:
        return ""
    date = story.covered.date
    return f"the edition of {date} told it" if date else "it was told before"


def _is_own(story: Story) -> bool:
    """Tell whether a story is the blog's own.

    Its author chose the title, and no machine mixed it up.
    """
    return not (story.link or story.source or story.reporter)


def _has_no_text(story: Story) -> bool:
    return not re.search(r"\w", story.body.text)


def _is_message(story: Story) -> bool:
    """Tell whether a text is what a machine says that found nothing."""
    text = story.body.text
    return len(text.split()) < LONGEST_MESSAGE and bool(_FAILED.search(text[:600]))


def _is_misplaced(story: Story) -> bool:
    """Tell whether a text is surely another's: a title that plays with words may fit none."""
    if _is_own(story) or title_fit(story) > NO_FIT:
        return False
    if len(story.body.text.split()) < SURE_TEXT:
        return False
    title = re.findall(r"[\w'’-]+", story.title)
    names_something = any(re.search(r"[A-Z].*[A-Z]|\d", word) for word in title)
    return names_something or any(_is_told(word.lower()) for word in title[1:])


def _is_told(word: str) -> bool:
    """Tell whether a title's word can be the verb of its news: `returns`, `will`."""
    if word in ("will", "is", "are"):
        return True
    has_ending = word.endswith("s") and find_lemma(word, "VERB") not in (None, word)
    return has_ending and find_lemma(word, "NOUN") != word


def is_topic_page(story: Story) -> bool:
    """Tell whether a story tells what a site's home or topic page lists."""
    if _TOPIC_TITLE.search(story.title) or _TOPIC_TEXT.search(story.body.text[:400]):
        return True
    return title_fit(story, least=3) == 0.0 and _FOLDER.fullmatch(story.link) is not None


def has_passed(story: Story, today: dt.date) -> bool:
    """Tell whether a story tells as its news what is over on the edition's day.

    Its first sentence does, or it looks forward to this year while another sentence looks
    forward to one before it.
    """
    sentences = split_sentences(story.body.text[:4000])
    if not sentences:
        return False
    if date_has_passed(sentences[0], today):
        return True
    stale = any(date_has_passed(sentence, today) for sentence in sentences[1:])
    return stale and tells_of_years_to_come(sentences[0], today)


def _told_before(story: Story, earlier: Sequence[Script]) -> str:
    """Say when an earlier script told the story: the same address and most of its words."""
    words = _shingles(story.body.text)
    if not story.link or len(words) < 12:
        return ""
    for script in earlier:
        for chapter in script.chapters:
            if chapter.source != story.link:
                continue
            spoken = " ".join(item.text for item in chapter.items if isinstance(item, Turn))
            if len(words & _shingles(spoken)) >= TOLD_TEXT * len(words):
                return f"the script of {script.date} told it"
    return ""


def _is_job(story: Story) -> bool:
    if not _JOB_TITLE.search(story.title) or not _JOB_OFFER.search(story.body.text):
        return False
    return len(_words_of(_JOB_TEXT, story.body.text)) >= _JOB_WORDS


def _lists_changes(story: Story) -> bool:
    if not _CHANGES.search(story.title):
        return False
    return (
        bool(_VERSION.search(story.title))
        or len(_words_of(_CHANGE, story.body.text)) >= _CHANGE_WORDS
    )


def _is_housekeeping(story: Story) -> bool:
    """Tell whether a site speaks to its visitors: of cookies, accounts, newsletters."""
    if not _HOUSEKEEPING_TITLE.search(story.title):
        return False
    return len(_words_of(_HOUSEKEEPING_TEXT, story.body.text)) >= _HOUSEKEEPING_WORDS


def _words_of(pattern: re.Pattern[str], text: str) -> set[str]:
    return {match[0].lower() for match in pattern.finditer(text)}


def _is_thread(story: Story) -> bool:
    if _is_own(story):
        return False
    return bool(_FORUM.search(story.title) or _FORUM_HOST.search(_host(story)))


def _host(story: Story) -> str:
    match = re.match(r"\w+://([^/]+)", story.link)
    return match[1] if match else story.source


# What a story may be that is none, and how that is said.
_CHECKS: tuple[tuple[Callable[[Story], bool], str], ...] = (
    (_has_no_text, "it has no text that can be read aloud"),
    (_is_message, "its text is the message of a failed query"),
    (_is_misplaced, "its text does not belong to its title"),
    (_is_job, "it is a job advertisement"),
    (_is_thread, "it is a thread of a forum"),
    (_lists_changes, "it is a list of changes"),
    (is_topic_page, "it is a page that lists stories"),
    (_is_housekeeping, "it is a page for a site's visitors"),
)


def is_same_story(story: Story, other: Story) -> bool:
    """Tell whether two stories of an edition are one.

    The same address and text, or nearly the same text.
    """
    if story.title and story.title == other.title and story.body.text == other.body.text:
        return True
    mine, theirs = _shingles(story.body.text), _shingles(other.body.text)
    if len(mine) < 12 or len(theirs) < 12:
        return False
    return len(mine & theirs) >= SAME_TEXT * min(len(mine), len(theirs))


def _shingles(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.lower())
    return {tuple(words[at : at + 3]) for at in range(len(words) - 2)}


_GENERAL = frozenset(
    "ai gen generative artificial intelligence model models new latest top best news how what "
    "why your 2023 2024 2025 2026 2027 technology tech innovation innovations future unveils "
    "introduces announces launches using via".split()
)


def title_fit(story: Story, least: int = SURE_TITLE) -> float:
    """The share of the title's weight that the text has, from 0 to 1.

    1 for one of fewer than `least` words.

    A title is judged by the words that make it different from others. Words such as `GPT-4`
    weigh double.
    """
    weights = _title_weights(story.title)
    if len(weights) < least:
        return 1.0
    text = story.body.text
    known = set(_stems_of(text)) | {initials.lower() for initials in _initials(text)}
    found = sum(weight for stem, weight in weights.items() if stem in known)
    return found / sum(weights.values())


def _title_weights(title: str) -> Counter[str]:
    weights: Counter[str] = Counter()
    title = title[:300]
    bare = re.sub(r"\s(?:\||--|·|-|–)\s[^|·]{2,30}$", "", title)
    for word in re.findall(r"[^\W_][\w'’.-]*", bare):
        stem = _stem(word)
        if stem and word.lower() not in _GENERAL:
            weights[stem] = 2 if re.search(r"[A-Z].*[A-Z]|\d", word) else 1
    return weights


def _stems_of(text: str) -> Iterator[str]:
    for word in re.findall(r"[^\W_][\w'’.-]*", text):
        stem = _stem(word)
        if stem:
            yield stem
        for part in re.split(r"[-/.]", word):
            yield _stem(part)


def _stem(word: str) -> str:
    found = stems(word)
    return next(iter(found), "") if found else ""


def _initials(text: str) -> Iterator[str]:
    """The initials of names of several words: `NTSB` for its full name."""
    for run in re.findall(r"(?:\b[A-Z][\w-]*[ -]?){2,6}", text):
        yield "".join(part[0] for part in re.split(r"[ -]", run) if part)


def _broken(edition: Edition, misfits: Sequence[Story]) -> str:
    listed = "; ".join(f"line {story.line}: '{story.title}'" for story in misfits)
    where = edition.path or edition.slug
    counted = f"{len(misfits)} of {len(edition.stories)} titles"
    return (
        f"{where}: the edition is broken: {counted} do not belong to their texts ({listed}). "
        "Mend the post, or make it all the same with --force"
    )


def _nothing(edition: Edition, left_out: Sequence[LeftOut]) -> str:
    where = edition.path or edition.slug
    reasons = "".join(f" Line {out.line}: '{out.text}': {out.reason}." for out in left_out)
    return (
        f"{where}: it has nothing to say, so there is no episode.{reasons} "
        "Write more, or use --force"
    )

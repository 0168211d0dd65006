"""Chapter titles of at most forty characters that are whole: nothing is ever cut with dots."""

from __future__ import annotations

import re
from collections.abc import Iterator

from podcast.language.english.tagger import NOUNS, tag_text, tag_words
from podcast.language.english.word_data import first_large, words
from podcast.write.template.compress import core
from podcast.write.template.subjects import subject_name

MOST = 40
"""The longest chapter title, in characters: Spotify and Apple cut longer ones."""

LONGEST_TITLE = 300
"""Characters of a title that are looked at."""
_DOTS = re.compile(r"\s*(?:\.\.\.|…)\s*$")
_MARKS = re.compile(r"\[[^\[\]]{1,20}\]|\((?:video|pdf|audio)\)|[™®©]", re.IGNORECASE)
_SITE = re.compile(r"\s+(?:[|·•]|--|—|–|-)\s+[^|·•]+$")
_WEAK_END = re.compile(
    r"\b(?:a|an|the|and|or|but|of|for|to|in|on|at|by|as|with|from|into|via|over|under|amid|"
    r"after|before|than|that|this|its|"
    r"their|our|your|is|are|was|be|will|may|can|could|how|new|towards?|through|using|first|"
    r"most|top|based|like|s)$",
    re.IGNORECASE,
)


_UNFINISHED = re.compile(
    r"""
    \bto\ (?:focus|catch|compete|help|make|build|use|get|combat|supply|unveil|receive|deploy|mitigate|give
        |take|train|cut|boost|protect|create|bring|offer|provide|keep|find|put|let|incorporate)$
    | ^(?:How|Why|When|Where|What|With|As|Despite|On\ the|After|While|Amid|By|In|These\ are|This)\b
    | \b(?:ways|things|reasons|tips|steps|latest|new|best|innovating|pioneering|reshaping|named|recently
        |companies|players|closest|largest|biggest)$
    | \b(?:how|why|what|that|which|like)\ \w+$
    | [&/-]$
    """,
    re.VERBOSE | re.IGNORECASE,
)


def strip_title(title: str) -> str:
    """The title without what a page adds: a site's name, `[Video]`, dots at its end."""
    title = " ".join(_MARKS.sub(" ", title[:LONGEST_TITLE]).replace("*", "").split())
    title = _DOTS.sub("", title)
    site = _SITE.search(title)
    if site and site.start() >= 12 and len(site[0].split()) <= 7:
        title = title[: site.start()]
    return title.strip(" |·-–—,:.")


def is_cut(title: str) -> bool:
    """Whether the title lost its end."""
    return bool(_DOTS.search(title[-60:]))


def chapter_title(
    title: str, first_sentence: str = "", fallback: str = "", body: str = ""
) -> str:
    """A whole title in at most forty characters that says what the story is about.

    Candidates are the title and its whole parts, a name with what the title says of it, what the title's verb
    has as its object, and the first sentence's core. The one that says most of the story's words wins; else
    `fallback`.
    """
    stripped = re.sub(r"\s*\([^()]*\)", "", strip_title(title))
    first_sentence = first_sentence[:LONGEST_TITLE]
    if not is_cut(title) and _stands_as_it_is(stripped, f"{first_sentence} {body}"):
        return first_large(stripped)
    candidates = [
        *_title_candidates(stripped, body, cut=is_cut(title)),
        *_sentence_candidates(first_sentence),
    ]
    topic = topic_words(stripped, first_sentence, body)
    best, best_score = "", LEAST_SAID
    for place, (raw, worth) in enumerate(candidates):
        text = raw.strip(" ,;:'‘’\"")
        if not _is_good(text) or (" " not in text and text != stripped):
            continue
        score = worth + said_of(text, topic) - 0.01 * place
        if score > best_score:
            best, best_score = text, score
    introduced, subject = _names_of(first_sentence, body)
    best = best or introduced or _name_and_matter(subject, _noun_phrase(first_sentence, topic))
    return first_large(best) or fallback


def short_title(title: str) -> str:
    """The longest beginning of a post's title that is whole and short enough; empty when there is none."""
    stripped = strip_title(title)
    if is_cut(title) or "?" in stripped:
        return ""
    candidates = [head for head in (stripped, *_beginnings(stripped)) if _is_good(head)]
    return first_large(max(candidates, key=len, default=""))


def shares_words(title: str, text: str) -> bool:
    """Whether a third of the words of a title that say something are in the text."""
    lower = text.lower()
    telling = [
        word for word in re.findall(r"[a-z]{4,}", title.lower()) if _says_something(word)
    ]
    shared = [word for word in telling if word[: 4 if len(word) < 7 else 5] in lower]
    return bool(shared) and 3 * len(shared) >= len(telling)


def _stands_as_it_is(title: str, text: str) -> bool:
    """Whether a title is whole, short and no question: then its author knew best."""
    if not 12 <= len(title) <= MOST or "?" in title or re.search(r"[|…]|\d{4}$", title):
        return False
    return len(title.split()) > 2 and shares_words(title, text)


def _name_and_matter(name: str, matter: str) -> str:
    """`Jan Leike: key safety researcher`, where both are known and short enough."""
    together = f"{name}: {matter}"
    apart = set(name.lower().split()).isdisjoint(matter.lower().split())
    if name and matter and apart and len(together) <= MOST:
        return together
    return name or matter


def _noun_phrase(sentence: str, topic: dict[str, float]) -> str:
    """The noun phrase of a sentence that says most of its story, of two words or more."""
    chunks: list[str] = []
    start = end = 0
    for word in tag_text(sentence):
        is_verb = word.text.lower() in words("headline_verbs")
        joins = (word.tag in NOUNS or word.tag == "JJ") and not is_verb
        if joins and end and sentence[end : word.start] == " ":
            end = word.end
        elif joins and not re.search(
            r"-$|\b(?:for|of) $", sentence[max(0, word.start - 5) : word.start]
        ):
            start, end = word.start, word.end
        else:
            chunks.append(sentence[start:end])
            start = end = 0
    chunks.append(sentence[start:end])
    bare = [_NEEDLESS.sub("", f"{chunk} ").strip() for chunk in chunks]
    plain = [chunk for chunk in bare if chunk[:1].islower() or len(chunk.split()) > 2]
    if bare[0] and bare[0].split()[-1].islower():
        plain.insert(0, bare[0])
    whole = [
        chunk for chunk in plain if " " in chunk and _is_good(chunk) and _ends_with_noun(chunk)
    ]
    best = max(whole, key=lambda chunk: said_of(chunk, topic), default="")
    return best if said_of(best, topic) >= LEAST_PHRASE else ""


LEAST_PHRASE = 1.6
"""How much of its story a noun phrase says at least: two of its words."""


LEAST_SAID = 0.9
"""How much of its story a chapter title says at least."""
_WHOLE, _CLAUSE, _NAMED_PART, _PART, _OBJECT, _CORE = 2.0, 1.6, 1.0, 0.4, -0.5, 1.0
"""What kinds of candidates are worth besides the words they have."""
_NEVER = -100.0


def topic_words(title: str, first_sentence: str, body: str) -> dict[str, float]:
    """What the words of a title say of the story: most where title and text both have them."""
    text = f"{first_sentence} {body}".lower()
    titled = title.lower()
    weights: dict[str, float] = {}
    for word in set(re.findall(r"[^\W_][\w+]*", f"{title} {first_sentence}".lower())):
        if len(word) < 2 or word in words("small") or word in _EMPTY_WORDS:
            continue
        matters = (word in titled and word[:6] in text) or text.count(word) > 2
        weights[word] = 1.0 if matters else 0.6 if word in text else 0.2
    return weights


def said_of(text: str, topic: dict[str, float]) -> float:
    """How much of its story a title says."""
    said = set(re.findall(r"[^\W_][\w+]*", text.lower()))
    return sum(weight for word, weight in topic.items() if word in said)


_EMPTY_WORDS = frozenset(
    "ai artificial intelligence generative new global study future latest today news 2023 2024 2025 "
    "landscape revolution innovation technologies technology advancements "
    "breakthrough breakthroughs s inc co using via "
    "has have had is are was were will may can recent recently significant groundbreaking".split()
)


def _title_candidates(title: str, body: str, *, cut: bool) -> Iterator[tuple[str, float]]:
    """What can stand for a title, each with what its kind is worth."""
    head, colon, tail = title.partition(": ")
    if not cut and "?" not in title:
        yield title, _WHOLE
    for candidate in _candidates(title, cut=cut):
        count = len(candidate.split())
        in_text = candidate.lower() in body.lower()
        short = 0.5 if count < 3 and not in_text else 0.0
        yield candidate, _worth_of(candidate) + in_text * (2.0 if count > 2 else 0.8) - short
    is_name = bool(re.search(r"[A-Z].*[A-Z]|\d", head)) and not _HAS_EVENT.fullmatch(head)
    if colon and is_name and len(head.split()) <= 3:
        yield from ((f"{head}: {part}", _NAMED_PART) for part in _noun_parts(tail, cut=cut))
    elif not colon:
        yield from ((part, _PART) for part in _noun_parts(title, cut=cut))
    said = _SAYS_WHO.match(title)
    if said:
        yield said["what"], _CLAUSE
    about = _ABOUT.search(title)
    if about and _finite_at(title) is None and not cut:
        yield from ((part, _PART) for part in [about["what"], *_beginnings(about["what"])[-1:]])
    for part in [title, tail] if colon else [title]:
        if "?" not in part:
            yield from _clause_candidates(re.sub(r"^How ", "", part), body, cut=cut)


_SAYS_WHO = re.compile(r"(?P<what>[^,]{15,60}), (?:says?|said|warns?|argues?) ")
_ABOUT = re.compile(
    r"\b(?:[Pp]ress conference|[Ww]orkshop|[Pp]anel|[Ww]ebinar|[Cc]onference|[Ss]ummit"
    r"|[Ll]essons|[Gg]uide|[Hh]ow) "
    r"(?:on|about|to|for) (?P<what>.+)"
)
_HAS_EVENT = re.compile(
    r"(?:\w+ ){0,3}(?:conference|panel|workshop|webinar|guide|study|report|portfolio)",
    re.IGNORECASE,
)


def _noun_parts(text: str, *, cut: bool) -> Iterator[str]:
    """A phrase without a verb of its own, also without the gerund that it begins with, and its beginnings."""
    bare = re.sub(r"^(?:(?:[A-Z][a-z]+ing|The|A|An|[Nn]ew|[\w-]+-inspired) )+", "", text)
    for phrase in dict.fromkeys((text, bare)):
        if _finite_at(phrase) is None:
            yield from [*([] if cut else [phrase]), *_beginnings(phrase)]


def _clause_candidates(part: str, body: str, *, cut: bool) -> Iterator[tuple[str, float]]:
    """A title's clause, its subject by name, and what its verb has as its object."""
    at = _finite_at(part)
    if at is None:
        return
    tokens = part.split()
    subject, verb, rest = _name_in(tokens[:at], body), tokens[at], " ".join(tokens[at + 1 :])
    objects = [*([] if cut else [rest]), *_beginnings(rest)]
    for thing in objects:
        bare = re.sub(r"^(?:its|the|an?|their) ", "", thing, flags=re.IGNORECASE)
        if re.search(r", \w+ing\b|^(?:and|or|,) ", thing) or not _says_something(thing):
            continue
        yield squeeze(f"{subject} {verb} {thing}"), _CLAUSE
        if (
            verb.lower() not in _LINKING
            and re.match(r"[A-Z0-9$€£]", part)
            and len(bare.split()) > 2
        ):
            yield squeeze(f"{subject}: {bare}"), _NAMED_PART - 0.4
            yield squeeze(bare), _OBJECT


def _name_in(subject: list[str], body: str) -> str:
    """The end of a subject that the text has as a name, without what a headline puts before it."""
    if not words("small").isdisjoint(word.lower() for word in subject):
        return " ".join(subject)
    for start in range(len(subject)):
        name = " ".join(subject[start:])
        if name[:1].isupper() and re.search(rf"\b{re.escape(name)}\b", body):
            return name
    return " ".join(subject)


def _says_something(text: str) -> bool:
    found = [word for word in re.findall(r"[a-z0-9][\w+-]*", text.lower()) if len(word) > 1]
    return any(word not in _EMPTY_WORDS and word not in words("small") for word in found)


_LINKING = frozenset(
    "is are was were be may might can could will would must should has have had said says named aims".split()
)


def _sentence_candidates(sentence: str) -> Iterator[tuple[str, float]]:
    """The core of the first sentence, and what it introduces by name."""
    for most in (7, 9, 12):
        short = (core(sentence, most) or "").rstrip(".")
        if short:
            yield short, _CORE
            yield squeeze(short), _CORE
            at = _finite_at(short)
            if at is not None:
                yield (
                    squeeze(
                        re.sub(
                            r"^(?:[a-z]+ed )?(?:its|the|an?|their) ",
                            "",
                            " ".join(short.split()[at + 1 :]),
                        )
                    ),
                    _OBJECT,
                )
    work = _WORK_IS.search(sentence)
    if work:
        yield f"{work['name']}, {work['what']}", _NAMED_PART


def _names_of(sentence: str, body: str) -> tuple[str, str]:
    """The name of several words that a sentence introduces, and the one that it begins with."""
    introduced = _INTRODUCED.search(sentence)
    name = introduced["name"] if introduced and " " in introduced["name"] else ""
    subject = re.sub(r"^the ", "", subject_name(sentence, body) or "")
    return (name if _is_good(name) else "", subject if _is_good(subject) else "")


_INTRODUCED = re.compile(
    r"\b(?:called|introduces?|introduced|presents?|proposes?|unveils?|unveiled|launched|developed) "
    r"(?:the |an? )?"
    r"(?P<name>[A-Z][\w.]*(?:-[A-Z0-9]\w*)*(?: [A-Z0-9][\w.]*){0,4})(?![\w-])"
)
"""What a first sentence introduces by its name."""


_WORK_IS = re.compile(
    r"(?P<name>\b[A-Z][\w-]+(?: [A-Z][\w-]+){0,2})(?:, or \w+)?(?:,| is) (?P<what>an? (?:[\w-]+ ){1,4}?"
    r"(?:model|method|system|tool|framework|benchmark|dataset|algorithm|robot|platform|index|chip|startup))\b"
)
"""A name and what it is: `SnapKV, a new technique`."""


def _worth_of(candidate: str) -> float:
    at = _finite_at(candidate)
    if at is not None:
        return _CLAUSE if _says_something(" ".join(candidate.split()[at + 1 :])) else _NEVER
    return _CLAUSE if candidate.endswith("?") else _PART


_NEEDLESS = re.compile(
    r"\b(?:new|latest|innovative|groundbreaking|revolutionary|pioneering|major|significant|advanced|powerful"
    r"|unique|comprehensive|inaugural|first-ever|cutting-edge|game-changing|recently"
    r"|(?<!and )generative(?= AI\b)"
    r"|humanoid(?= robots?\b)|AI-(?:controlled|powered|driven)) ",
    re.IGNORECASE,
)
"""Words that a headline can do without: what it names is the same without them."""


def squeeze(text: str) -> str:
    """The text as a headline: without articles, then without needless words, until it is short enough."""
    short = text
    for pattern in (_ARTICLE, _NEEDLESS):
        for match in reversed(list(pattern.finditer(short))):
            if len(short) > MOST:
                short = short[: match.start()] + short[match.end() :]
    return short if len(short) <= MOST else text


_ARTICLE = re.compile(r"(?<= )(?:the|an?|its|their|his|her) (?!own\b)", re.IGNORECASE)


def _candidates(title: str, *, cut: bool) -> list[str]:
    head, colon, tail = title.partition(": ")
    whole = [] if cut else [title]
    if re.search(r"\?", title):
        question = title.split("?", maxsplit=1)[0] + "?"
        whole = [question, *whole]
    if colon:
        named = len(head.split()) <= 3
        parts = [head, tail] if named or len(head) <= MOST else [tail, head]
        if len(head) > MOST and ", " in head:
            parts = [head]
        if cut:
            parts = [head]
        whole += parts
    parts = [part for part in re.split(r" [-–—|] ", title) if part != title][1:]
    whole += [part for part in parts if _finite_at(part) is not None]
    whole += [part for part in re.split(r"(?<=[a-z])\. ", title)[:1] if part != title]
    found = list(whole)
    if "?" not in title:
        for part in [*whole, *([title] if cut else [])]:
            at = _finite_at(part)
            found += [
                head for head in _beginnings(part) if at is None or len(head.split()) > at
            ]
    return [part for part in found if not _HAS_EVENT.fullmatch(part)]


_JOINT = re.compile(
    r"""
    ,?[ ](?:of[ ]its[ ]own|to|for|with|amid|after|as|in|on|at|by|via|through|using|from|that|which
      |aiming|while|into
      |across|under|of|and|against|over)[ ]
    | ,[ ] | [ ]-[ ] | [ ]–[ ] | ;[ ] | [ ](?=[a-z]{3,}ing[ ])
    """,
    re.VERBOSE | re.IGNORECASE,
)


def _beginnings(title: str) -> list[str]:
    """The title up to each joint, the longest first: a verb with its object, or a name.

    A cut before `and` loses half of a pair: it comes last. A cut before `of` is none.
    """
    clause = _finite_at(title)
    least = clause + 2 if clause is not None else 2
    heads: list[str] = []
    pairs: list[str] = []
    for match in sorted(_JOINT.finditer(title), key=lambda match: -match.start()):
        head, joint = title[: match.start()], match[0].strip(" ,").lower()
        if joint == "of" or len(head.split()) < least or not _ends_with_noun(head):
            continue
        if match[0] == " " and clause is not None:
            continue
        if joint == "and":
            pairs.append(head)
        else:
            heads.append(head)
    return heads + [
        pair for pair in pairs if len(pair.split()) >= 3 and not _PREPOSITION.search(pair)
    ]


_PREPOSITION = re.compile(r" (?:of|in|on|for|with|at|by|from|to|against|over)\b", re.IGNORECASE)


def _ends_with_noun(head: str) -> bool:
    """Whether the last word can end a title; large letters tell the tagger nothing, so they go."""
    if re.search(r"[A-Z].*[A-Z]|\d|\W$", head.rsplit(maxsplit=1)[-1]):
        return True
    tokens = [
        token if re.search(r"[A-Z].*[A-Z]|\d", token) else token.lower()
        for token in head.split()
    ]
    return tag_words(tokens)[-1] not in (
        "JJ",
        "JJR",
        "JJS",
        "RB",
        "VB",
        "VBZ",
        "VBG",
        "IN",
        "DT",
        "CC",
        "PRP$",
    )


def _finite_at(title: str) -> int | None:
    """The place of the title's verb, counted in words; None for a title without one."""
    tokens = [token.strip(",;:'\"“”‘’") for token in title.split()]
    verbs = words("headline_verbs") | words("plain_verbs")
    for at in range(1, len(tokens)):
        if tokens[at].lower() in verbs and tokens[at - 1].lower() not in words("small"):
            return at
    return None


_SAYS_NOTHING = re.compile(
    r"""
    \b(?:at[ ](?:the[ ])?forefront|new[ ]era|latest[ ]advancements)\b
    | ^(?:\w+[ ])?closest$
    | ^(?:last|this|next|every|each)[ ]\w+$
    """,
    re.VERBOSE | re.IGNORECASE,
)
_ASKS = re.compile(r"(?:Is|Are|Was|Were|Can|Could|Do|Does|Did|Will|Would|Should)\b")
_JOINS_ARTICLE = re.compile(
    r"(?:\b(?:of|in|on|for|with|at|by|from|to|and|as|into|behind|under|over)|,|:) (?:an?|the) ",
    re.IGNORECASE,
)


def _is_good(title: str) -> bool:
    if (
        not 3 <= len(title) <= MOST
        or _WEAK_END.search(title)
        or not re.search(r"[^\W\d_]{2}", title)
    ):
        return False
    balanced = (
        title.count('"') % 2 == 0
        and title.count("“") == title.count("”")
        and title.count("(") == title.count(")")
    )
    apostrophes = len(re.findall(r"(?<!\w)['‘]", title)) == len(
        re.findall(r"(?<=\w)['’](?!\w)", title)
    )
    if _ASKS.match(title) and not title.endswith("?"):
        return False
    if (
        _UNFINISHED.search(title)
        or _SAYS_NOTHING.search(title)
        or title.endswith((",", ";", ":"))
    ):
        return False
    if (
        re.search(r"\w (?:an?|the) ", title)
        and _finite_at(title) is None
        and not _JOINS_ARTICLE.search(title)
    ):
        return False
    return balanced and (
        apostrophes or ("‘" not in title and not re.search(r"(?<!\w)'", title))
    )

"""A paper as an Item: its LaTeX gone, its address where its id is known."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from urllib.parse import urlsplit

from podcast.document.plain_text import join_lines
from podcast.document.tex_text import untex
from podcast.model import Item

# As https://info.arxiv.org/help/arxiv_identifier.html has it, new and old.
ARXIV_ID = r"(?:\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})(?:v\d+)?"
ARXIV_LINK = re.compile(
    rf"""
    (?: (?:https?://)?(?:\b\w{{1,20}}\.)?arxiv\.org/(?:abs|pdf|html|format)/
      | (?:https?://)?huggingface\.co/papers/ | \barxiv:\s* )
    ({ARXIV_ID})""",
    re.IGNORECASE | re.VERBOSE,
)
# An address at which a paper stands.
PAPER_LINK = re.compile(
    r"""
    (?:https?:)?// (?:\w[\w-]*\.)* (?:
      arxiv\.org/(?:abs|pdf|html)/ | openreview\.net/(?:forum|pdf)\? | huggingface\.co/papers/
    | alphaxiv\.org/abs/ | semanticscholar\.org/paper/ | biorxiv\.org/content/
    | doi\.org/10\. | aclanthology\.org/\w
    | medrxiv\.org/content/ | papers\.nips\.cc/paper | proceedings\.mlr\.press/v
    | openaccess\.thecvf\.com/content
    | dl\.acm\.org/doi/ | ieeexplore\.ieee\.org/(?:abstract/)?document/ | hal\.science/
    | ssrn\.com/abstract | nature\.com/articles/ | sciencedirect\.com/science/article/
    | link\.springer\.com/(?:article|chapter)/
    ) \S*
    | https?://\S{1,300}\.pdf\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
_ABSTRACT = re.compile(r"^\s*abstract\s*[:.—–-]?\s+(?=\S)", re.IGNORECASE)


def make_paper(
    title: str,
    abstract: str,
    link: str = "",
    authors: Iterable[str] = (),
    date: dt.date | None = None,
) -> Item:
    """Make an Item of a paper. A link of arXiv becomes that of its abstract."""
    if found := ARXIV_LINK.match(link):
        link = f"https://arxiv.org/abs/{found[1]}"
    names = (join_lines(untex(name)) for name in authors)
    return Item(
        join_lines(untex(title)),
        join_lines(untex(_ABSTRACT.sub("", abstract))),
        link,
        _host(link),
        date=date,
        paper=True,
        authors=tuple(dict.fromkeys(filter(None, names))),
    )


def split_names(text: str) -> list[str]:
    """The names of a list such as "Ada Ferro, Bo Lind and Chi Nwosu"."""
    text = re.sub(
        r"(?i)^(?:by|authors?:)\s*|,?\s+et al\.?$|\s*\([^()]*\)", "", join_lines(text)
    )
    names = re.split(r"\s*(?:[,;·]\s*(?:and\s+)?|\band\b|&)\s*", text)
    return [name for name in names if re.search(r"[^\W\d_]", name)]


def _host(link: str) -> str:
    try:
        return urlsplit(link).hostname or ""
    except ValueError:
        return ""

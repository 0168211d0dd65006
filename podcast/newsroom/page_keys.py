"""Addresses of one page, however they are written."""

from __future__ import annotations

import re

# Parts of a query that only count visits.
_COUNTING = re.compile(r"(?:utm_\w+|ref|source|fbclid|gclid|trk|cmpid)(?:=|$)")
_ARXIV = re.compile(
    r"(?:\w+\.)?arxiv\.org/(?:abs|pdf|html|format)/"
    # The number, which before April 2007 had its archive in front: `hep-th/9901001`.
    r"((?:[\w.-]+/)?\d[\d.]+?\d)(?:v\d+)?(?:\.pdf)?"
)


def page_key(link: str) -> str:
    """Reduce the address to what two addresses of one page share.

    No scheme, no `www.`, no visit counters.

    All of arXiv's addresses of a paper have one key.
    """
    bare = re.sub(r"^https?://(?:www\.)?|#.*$", "", link)
    page, _, query = bare.partition("?")
    wanted = "&".join(part for part in query.split("&") if part and not _COUNTING.match(part))
    page = page.rstrip("/")
    if paper := _ARXIV.fullmatch(page):
        return f"arxiv.org/{paper[1]}"
    return f"{page}?{wanted}" if wanted else page

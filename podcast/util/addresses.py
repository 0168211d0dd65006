"""Addresses as feeds and apps can take them: absolute, ASCII."""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache
from urllib.parse import quote, urlsplit, urlunsplit

from podcast.util.xml_text import clean

_URL_SAFE = "/:@!$&'()*+,;=~-._%"
"""What stands as it is in the path of an address (RFC 3986 section 3.3), and `%`: encoded
already."""


def is_placeholder(address: str) -> bool:
    """Tell whether an address, of the web or of mail, stands on a host that leads nowhere (RFC 2606)."""
    host = (
        address.rpartition("@")[2] if "://" not in address else urlsplit(address).hostname or ""
    )
    return (
        re.search(r"(^|\.)(example\.(org|com|net)|example|invalid|test|localhost)$", host)
        is not None
    )


def is_loopback(address: str) -> bool:
    """Tell whether an address leads to this very machine."""
    host = urlsplit(address).hostname or ""
    return (
        host in ("localhost", "::1") or re.fullmatch(r"127(?:\.\d{1,3}){3}", host) is not None
    )


def public(base: str, name: str) -> str:
    """The public address of a published file: ASCII, absolute."""
    return ascii_address(base) + quote(name)


def page_address(pattern: str, base: str, slug: str, date: dt.date) -> str:
    """The public address of the page about `slug`.

    By `pattern`, else the page of that name under `base`.

    `pattern` may hold `{year} {month} {day} {slug}`, the last without its date.
    """
    year, month, day = date.isoformat().split("-")
    words = slug.removeprefix(f"{date}-")
    filled = pattern.format(year=year, month=month, day=day, slug=words)
    return ascii_address(filled) or public(base, f"{slug}.html")


@lru_cache(maxsize=4096)
def ascii_address(address: str) -> str:
    """An absolute http or https address in ASCII; empty when it is none.

    Hosts go to Punycode, other characters are percent-encoded; what is encoded already stays.
    """
    try:
        parts = urlsplit(clean(address).strip())
        if parts.scheme not in ("http", "https") or not parts.hostname:
            return ""
        host = parts.hostname if ":" not in parts.hostname else f"[{parts.hostname}]"
        netloc = host if host.isascii() else host.encode("idna").decode()
        netloc = quote(netloc, safe="[]:.-_") + (f":{parts.port}" if parts.port else "")
    except ValueError:
        return ""
    path, query, fragment = (
        quote(part, safe=_URL_SAFE + extra)
        for part, extra in ((parts.path, ""), (parts.query, "?"), (parts.fragment, "?"))
    )
    return urlunsplit((parts.scheme, netloc, path, query, fragment))


def secure(address: str) -> str:
    """The address in ASCII, over https: chapter links of http are refused under an https feed.

    The show notes keep a source's address as it was printed.
    """
    return re.sub("^http:", "https:", ascii_address(address))

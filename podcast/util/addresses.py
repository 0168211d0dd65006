"""Addresses as feeds and apps can take them: absolute, ASCII."""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache
from urllib.parse import quote, urlsplit, urlunsplit

from podcast.util.xml_text import clean

# Characters of a path that are not encoded (RFC 3986, 3.3); a `%` shows what is already.
_URL_SAFE = "/:@!$&'()*+,;=~-._%"

_RESERVED_HOST = re.compile(r"(^|\.)(example\.(org|com|net)|example|invalid|test|localhost)$")
_LOOPBACK = re.compile(r"127(?:\.\d{1,3}){3}")


def is_placeholder(address: str) -> bool:
    """Tell whether an address of the web or of mail leads nowhere (RFC 2606)."""
    if "://" in address:
        host = urlsplit(address).hostname or ""
    else:
        host = address.rpartition("@")[2]
    return _RESERVED_HOST.search(host) is not None


def is_loopback(address: str) -> bool:
    """Tell whether an address leads to this very machine."""
    host = urlsplit(address).hostname or ""
    return host in ("localhost", "::1") or _LOOPBACK.fullmatch(host) is not None


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
        netloc = quote(_ascii_host(parts.hostname), safe="[]:.-_")
        if parts.port:
            netloc += f":{parts.port}"
    except ValueError:
        return ""

    path = quote(parts.path, safe=_URL_SAFE)
    # Only in a path does a question mark begin something else.
    query = quote(parts.query, safe=f"{_URL_SAFE}?")
    fragment = quote(parts.fragment, safe=f"{_URL_SAFE}?")
    return urlunsplit((parts.scheme, netloc, path, query, fragment))


def _ascii_host(host: str) -> str:
    """A host in Punycode, an IPv6 address in brackets. Raises ValueError."""
    if ":" in host:
        return f"[{host}]"
    return host if host.isascii() else host.encode("idna").decode()


def secure(address: str) -> str:
    """The address in ASCII, over https: chapter links of http are refused under an https feed.

    The show notes keep a source's address as it was printed.
    """
    return re.sub("^http:", "https:", ascii_address(address))

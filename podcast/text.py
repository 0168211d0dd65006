"""Words and addresses as XML, HTML and podcast apps can take them."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import quote, urlsplit, urlunsplit

from podcast.model import DurationMs, Episode, Show

_FORBIDDEN = re.compile("[^\t\n\r\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 section 2.2 has no place for, and the control characters that it discourages."""

CREATIVE_COMMONS = re.compile(r"cc0-1\.0|cc-by(-nc)?(-nd|-sa)?-(1|2|2\.5|3|4)(\.0)?")
"""The licences that podcast:license names without their address."""

_URL_SAFE = "/:@!$&'()*+,;=~-._%"
"""What stands as it is in the path of an address (RFC 3986 section 3.3), and `%`: encoded already."""


def clean(text: str) -> str:
    """The text without characters that XML cannot hold."""
    return text if text.isprintable() else _FORBIDDEN.sub("", text)


def one_line(text: str, limit: int = 255) -> str:
    """The text on one line without outer white space, cut to `limit` characters at a word.

    255 is what Apple and PSP-1 allow every value but descriptions.
    """
    line = " ".join(clean(text).split())
    if len(line) <= limit:
        return line
    head = line[: limit - 1]
    at = head.rfind(" ")
    return (head[:at] if at > limit // 2 else head).rstrip() + "…"


def bare_title(title: str, show: str) -> str:
    """An episode's title without the show's name and a number in front of it, which have tags of their own.

    Apple and PSP-1 ask for it. Only what a mark sets apart goes, and never all: `Small Hours #3: Moths`.
    """
    name, number = re.escape(one_line(show)), r"(?:episode|ep\.?|#)\s*\d+"
    before = rf"(?:{name}[\s:|–—,-]*(?:{number})?|{number})\s*[:|–—-]\s+"
    return re.sub(rf"^{before}(?=\S)|(?<=\S)\s+[|–—-]\s+{name}$", "", title, flags=re.IGNORECASE)


def public(base: str, name: str) -> str:
    """The public address of a published file: ASCII, absolute."""
    return ascii_address(base) + quote(name)


def link_of(show: Show, episode: Episode) -> str:
    """The public address of an episode's post where the show knows it, else of the episode's page."""
    year, month, day = episode.date.isoformat().split("-")
    slug = episode.slug.removeprefix(f"{episode.date}-")
    post = show.post_url.format(year=year, month=month, day=day, slug=slug)
    return ascii_address(post) or public(show.url, f"{episode.slug}.html")


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


def seconds(time: DurationMs) -> float:
    """Milliseconds as seconds; a whole number stays whole in JSON."""
    return time // 1000 if time % 1000 == 0 else time / 1000


def clock(time: DurationMs, mark: str = ".") -> str:
    """`HH:MM:SS.mmm` as WebVTT, SRT (mark `,`) and Normal Play Time write it."""
    minutes, ms = divmod(time, 60_000)
    rest = str(100_000 + ms)
    return f"{_hours(minutes)}:{rest[1:3]}{mark}{rest[3:]}"


@lru_cache(maxsize=1024)
def _hours(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


def timestamp(time: DurationMs) -> str:
    """A moment as `MM:SS`, and `H:MM:SS` from one hour on; parts of a second are cut."""
    minutes, second = divmod(time // 1000, 60)
    return f"{minutes:02}:{second:02}" if minutes < 60 else f"{minutes // 60}:{minutes % 60:02}:{second:02}"


def length_of(time: DurationMs) -> str:
    """A duration, written like a moment, to the nearest second."""
    return timestamp(DurationMs(time + 500))

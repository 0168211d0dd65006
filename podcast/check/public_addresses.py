"""What listeners get at the published addresses, asked over the network.

Apple asks for HEAD and byte ranges (podcasters.apple.com/support/823), the podcast namespace
for CORS on chapters and transcripts.
"""

from __future__ import annotations

import datetime as dt
import http.client
import socket
import ssl
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

from podcast.check.fault import Fault
from podcast.model import Episode, Show
from podcast.publish.audio_place import audio_address, enclosure_address
from podcast.publish.feed import FEED
from podcast.publish.published import group_names
from podcast.publish.site_files import SITEMAP
from podcast.util.addresses import public
from podcast.util.files import media_type

# How long a server may take to answer.
SECONDS = 15
# Addresses that are asked at the same time.
AT_ONCE = 8
MOST_HOPS = 5
# Before its certificate ends, an owner wants to know.
SOON = dt.timedelta(days=14)
_MOVED = {301, 302, 303, 307, 308}
_XML = {"application/rss+xml", "application/xml", "text/xml"}
_CAPTIONS = {"application/x-subrip", "application/srt", "text/srt", "text/plain"}
# Media types that apps take for another.
_SAME_TYPES: Mapping[str, set[str]] = {
    "application/rss+xml": _XML,
    "application/x-subrip": _CAPTIONS,
    "application/json+chapters": {"application/json+chapters", "application/json"},
}


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered, after redirects."""

    status: int
    headers: Mapping[str, str]
    """Names in lower case."""
    hops: tuple[str, ...] = ()
    """The addresses that it led to."""
    error: str = ""
    """Why there is no answer; empty when there is one."""


@dataclass(frozen=True, slots=True)
class PublicFile:
    """A file that listeners ask for."""

    name: str
    address: str
    size: int | None = None
    """Bytes that it has to have; None where that is not known."""
    is_read_by_players: bool = False
    """Web players of other sites read it: it needs CORS."""
    has_ranges: bool = field(default=False)
    """Players jump in it."""
    leads_to: str = ""
    """The address to which it may redirect, as one with a prefix does; empty for none."""


def check_public(show: Show, episodes: Sequence[Episode], now: dt.datetime) -> list[Fault]:
    """Ask every address that the feed names.

    The newest episode's files wholly, older audio by HEAD.
    """
    files = list(_list_files(show, episodes))
    with ThreadPoolExecutor(AT_ONCE) as pool:
        answers = list(pool.map(lambda file: list(_check_file(file)), files))
    faults = [fault for found in answers for fault in found]
    return [*faults, *_check_certificate(show.url, now)]


def _list_files(show: Show, episodes: Sequence[Episode]) -> Iterator[PublicFile]:
    url = show.url
    yield PublicFile(FEED, public(url, FEED), is_read_by_players=True)
    yield PublicFile("index.html", public(url, "index.html"))
    if show.cover:
        yield PublicFile(show.cover, public(url, show.cover))
    if not show.feed.private:
        yield PublicFile(SITEMAP, public(url, SITEMAP))
    newest = max(episodes, key=lambda episode: episode.published, default=None)
    for episode in episodes:
        yield PublicFile(
            episode.audio,
            enclosure_address(show, episode.audio),
            episode.bytes,
            has_ranges=episode is newest,
            leads_to=audio_address(url, show.store.audio_url, episode.audio),
        )
    if newest:
        for name in group_names(newest, "texts"):
            yield PublicFile(name, public(url, name), is_read_by_players=True)
        for name in group_names(newest, "page"):
            yield PublicFile(name, public(url, name))


def _check_file(file: PublicFile) -> Iterator[Fault]:
    answer = ask("HEAD", file.address, {"origin": "https://player.invalid"})
    if answer.error:
        yield Fault(file.name, f"{file.address}: {answer.error}", "K12")
        return
    if answer.hops and answer.hops[-1] != file.leads_to:
        is_safe = all(
            hop.startswith("https:") for hop in answer.hops
        ) or file.address.startswith("http:")
        what = f"{file.address} redirects to {answer.hops[-1]}"
        yield Fault(file.name, what, "K12", "warning" if is_safe else "error")
    if answer.status != 200:
        yield Fault(file.name, f"{file.address}: HEAD answers {answer.status}, not 200", "K12")
        return
    yield from _check_headers(file, answer.headers)
    if file.has_ranges:
        yield from _check_range(file)


def _check_headers(file: PublicFile, headers: Mapping[str, str]) -> Iterator[Fault]:
    wanted = media_type(file.name).partition(";")[0]
    kind = headers.get("content-type", "").partition(";")[0].strip().lower()
    if wanted and kind not in _SAME_TYPES.get(wanted, {wanted}):
        yield Fault(
            file.name, f"{file.address} is served as {kind or 'nothing'}, not {wanted}", "K12"
        )
    if file.size is not None and headers.get("content-length") != f"{file.size}":
        length = headers.get("content-length", "no length")
        yield Fault(
            file.name, f"{file.address}: {length}; the file has {file.size} bytes", "K12"
        )
    if file.is_read_by_players and headers.get("access-control-allow-origin") != "*":
        what = "no access-control-allow-origin: *, so that web players cannot read it"
        yield Fault(file.name, f"{file.address}: {what}", "K15", "warning")


def _check_range(file: PublicFile) -> Iterator[Fault]:
    answer = ask("GET", file.address, {"range": "bytes=0-1"})
    if answer.error or answer.status != 206:
        found = answer.error or answer.status
        yield Fault(
            file.name,
            f"{file.address}: asked for two bytes, it answers {found}, not 206",
            "K13",
        )
    elif answer.headers.get("content-range") != f"bytes 0-1/{file.size}":
        found = answer.headers.get("content-range", "nothing")
        yield Fault(
            file.name, f"{file.address}: its range is {found}, not bytes 0-1/{file.size}", "K13"
        )


def ask(method: str, address: str, headers: Mapping[str, str]) -> Answer:
    """Ask an address, and go where it redirects to. Never raises.

    Why it failed is in the answer.
    """
    hops: list[str] = []
    for _ in range(MOST_HOPS + 1):
        try:
            answer = _ask_once(method, address, headers)
        except ssl.SSLCertVerificationError as error:
            return Answer(
                0, {}, tuple(hops), f"its certificate is refused: {error.verify_message}"
            )
        except TimeoutError:
            return Answer(0, {}, tuple(hops), f"no answer within {SECONDS} s")
        except (OSError, http.client.HTTPException, ValueError) as error:
            return Answer(0, {}, tuple(hops), f"no answer: {error or type(error).__name__}")
        if answer.status not in _MOVED or "location" not in answer.headers:
            return Answer(answer.status, answer.headers, tuple(hops))
        address = urljoin(address, answer.headers["location"])
        hops.append(address)
    return Answer(0, {}, tuple(hops), f"it redirects more than {MOST_HOPS} times")


def _ask_once(method: str, address: str, headers: Mapping[str, str]) -> Answer:
    parts = urlsplit(address)
    kind = (
        http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    )
    with closing(kind(parts.hostname or "", parts.port, timeout=SECONDS)) as connection:
        target = parts.path + (f"?{parts.query}" if parts.query else "")
        connection.request(
            method, target or "/", headers={"user-agent": "presscast check", **headers}
        )
        response = connection.getresponse()
        return Answer(
            response.status, {key.lower(): value for key, value in response.getheaders()}
        )


def _check_certificate(url: str, now: dt.datetime) -> Iterator[Fault]:
    """Say when the certificate ends soon; one that is refused is said by each address."""
    parts = urlsplit(url)
    if parts.scheme != "https":
        return
    try:
        with (
            socket.create_connection(
                (parts.hostname or "", parts.port or 443), SECONDS
            ) as plain,
            ssl.create_default_context().wrap_socket(
                plain, server_hostname=parts.hostname
            ) as secure,
        ):
            certificate = secure.getpeercert() or {}
    except OSError:
        return
    ends = dt.datetime.fromtimestamp(
        ssl.cert_time_to_seconds(str(certificate["notAfter"])), dt.UTC
    )
    if ends - now < SOON:
        what = f"the certificate of {parts.hostname} ends on {ends:%Y-%m-%d}. Renew it"
        yield Fault(url, what, "A5", "warning")

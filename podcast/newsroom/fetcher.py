"""Bytes from the web, politely and within limits.

Of time, size, redirects, and of where to connect.
"""

from __future__ import annotations

import ipaddress
import json
import socket
import ssl
import time
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache as once
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpcore
import httpx

from podcast import __version__
from podcast.errors import SourceError
from podcast.util import cache

# A larger answer is refused, while it comes.
MOST_BYTES = 10_000_000
# An answer that is not whole after this time is refused, however steadily it comes.
MOST_SECONDS = 60.0
_REDIRECTS = 5
# The longest silence of a server, in seconds.
_PAUSE = 15.0


class Fetcher:
    """Gets the bytes at addresses.

    What a server says may be kept is kept in a folder and asked for again with its ETag and
    date, so that an unchanged page is not sent twice.
    """

    def __init__(
        self,
        kept: Path,
        *,
        contact: str = "",
        allow_private: bool = False,
        most_bytes: int = MOST_BYTES,
        most_seconds: float = MOST_SECONDS,
    ) -> None:
        self.kept = kept
        """Where answers are kept; safe to delete."""
        self.contact = contact
        """An address at which the owner of a server can learn who asks."""
        self.allow_private = allow_private
        """True when addresses of this machine and of its own network may be asked."""
        self.most_bytes = most_bytes
        self.most_seconds = most_seconds

    def fetch(self, address: str) -> tuple[bytes, str, str]:
        """Get what is at an address.

        Returns the bytes, the charset that the server names, and the address that answered at
        last. Raises SourceError in one line for everything that can go wrong on the way.
        """
        _refuse_password(address)
        old = self._old(address)
        headers = self._make_headers(old[0] if old else {})
        transport = _Transport(self.allow_private, self.most_seconds)
        with (
            _as_source_errors(address),
            httpx.Client(
                transport=transport, headers=headers, timeout=_PAUSE, trust_env=False
            ) as client,
            _last_answer(client, address) as answer,
        ):
            if answer.status_code == httpx.codes.NOT_MODIFIED and old:
                return old[1], old[0]["charset"], old[0]["address"]
            if answer.status_code != httpx.codes.OK:
                what = f"{answer.status_code} {answer.reason_phrase}".strip()
                raise SourceError(f"{address}: the server answered {what}. Check the address")
            data = self._body(address, answer)
            facts = {
                "address": str(answer.url),
                "charset": answer.charset_encoding or "",
                "etag": answer.headers.get("ETag", ""),
                "changed": answer.headers.get("Last-Modified", ""),
            }
        if facts["etag"] or facts["changed"]:
            cache.save(self._path(address), json.dumps(facts).encode() + b"\n" + data)
        return data, facts["charset"], facts["address"]

    def _make_headers(self, old_facts: dict[str, str]) -> dict[str, str]:
        """Say who asks, for what, and which answer is here already."""
        agent = f"presscast/{__version__}"
        if self.contact:
            agent = f"{agent} (+{self.contact})"
        headers = {
            "User-Agent": agent,
            "Accept": "text/html, application/xml, application/json, text/*;q=0.9, */*;q=0.1",
            "Accept-Encoding": "gzip",
        }
        for name, key in _ASKED.items():
            if old_facts.get(key):
                headers[name] = old_facts[key]
        return headers

    def _body(self, address: str, answer: httpx.Response) -> bytes:
        """The answer's bytes, unpacked here.

        Httpx unpacks all that came at once, and as often as told.
        """
        packed = answer.headers.get("Content-Encoding", "").strip().lower() or "identity"
        if packed not in ("identity", "gzip", "x-gzip"):
            raise SourceError(
                f"{address}: the answer is packed as {packed!r}, and gzip was asked for"
            )
        unpack = None if packed == "identity" else zlib.decompressobj(_GZIP)
        data = bytearray()
        for piece in answer.iter_raw(65536):
            # A byte more than may come tells that there is more.
            room = self.most_bytes - len(data) + 1
            try:
                data += unpack.decompress(piece, room) if unpack else piece
            except zlib.error as error:
                raise SourceError(
                    f"{address}: the server's answer is broken: {error}"
                ) from error
            if len(data) > self.most_bytes:
                size = f"{self.most_bytes / 1e6:.0f} MB"
                raise SourceError(
                    f"{address}: the answer is larger than {size}. Name a smaller page"
                )
        if unpack and not unpack.eof:
            raise SourceError(f"{address}: the server's answer is broken: it is cut off")
        return bytes(data)

    def _old(self, address: str) -> tuple[dict[str, str], bytes] | None:
        """The answer that was kept: its facts and its bytes."""
        try:
            head, _, data = (cache.load(self._path(address)) or b"").partition(b"\n")
            return json.loads(head), data
        except ValueError:
            return None

    def _path(self, address: str) -> Path:
        return self.kept / sha256(address.encode()).hexdigest()


def _refuse_password(address: str) -> None:
    """Raise SourceError for what is no address, and for one that holds a password."""
    try:
        host = urlsplit(address).netloc
    except ValueError as error:
        raise SourceError(f"{address}: this is no address: {error}") from error
    if "@" in host:
        # It would be printed as the source of a story.
        shown = address.rpartition("@")[2]
        raise SourceError(f"{shown}: an address with a password is not asked. Leave it out")


# How zlib is told that a gzip header comes first (its manual, inflateInit2).
_GZIP = 16 + zlib.MAX_WBITS
# Headers of a conditional request (RFC 9110, section 13.1) to the facts that they carry.
_ASKED = {"If-None-Match": "etag", "If-Modified-Since": "changed"}


@contextmanager
def _last_answer(client: httpx.Client, address: str) -> Iterator[httpx.Response]:
    """The answer at the end of all redirects, whose own bodies are not read."""
    request = client.build_request("GET", address)
    for _ in range(_REDIRECTS + 1):
        answer = client.send(request, stream=True)
        try:
            if answer.next_request is None:
                yield answer
                return
            request = answer.next_request
        finally:
            answer.close()
    raise httpx.TooManyRedirects("too many redirects", request=request)


@contextmanager
def _as_source_errors(address: str) -> Iterator[None]:
    """The faults of the way as SourceError, with the address and the remedy."""
    try:
        yield
    except (httpx.InvalidURL, httpx.UnsupportedProtocol, httpcore.UnsupportedProtocol) as error:
        raise SourceError(f"{address}: this is no address that starts with https://") from error
    except httpx.TooManyRedirects as error:
        raise SourceError(
            f"{address}: it redirects more than {_REDIRECTS} times. Name where it leads"
        ) from error
    except (httpx.TimeoutException, httpcore.TimeoutException) as error:
        raise SourceError(
            f"{address}: the server did not answer in time. Try again later"
        ) from error
    except (
        httpx.DecodingError,
        httpx.RemoteProtocolError,
        httpcore.RemoteProtocolError,
    ) as error:
        raise SourceError(f"{address}: the server's answer is broken: {error}") from error
    except (
        httpx.HTTPError,
        httpcore.NetworkError,
        httpcore.ProtocolError,
        ssl.SSLError,
    ) as error:
        what = " ".join(str(error).split()) or type(error).__name__
        raise SourceError(
            f"{address}: it cannot be reached: {what}. Check the address"
        ) from error


_trusted = once(httpx.create_ssl_context)


class _Transport(httpx.BaseTransport):
    """What httpx sends with: httpcore, over connections that are watched."""

    def __init__(self, allow_private: bool, most_seconds: float) -> None:
        self._pool = httpcore.ConnectionPool(
            ssl_context=_trusted(),
            network_backend=_Network(allow_private, time.monotonic() + most_seconds),
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        url = request.url
        answer = self._pool.handle_request(
            httpcore.Request(
                method=request.method,
                url=httpcore.URL(
                    scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path
                ),
                headers=request.headers.raw,
                content=request.stream,
                extensions=request.extensions,
            )
        )
        assert isinstance(answer.stream, Iterable)
        return httpx.Response(
            answer.status,
            headers=answer.headers,
            stream=_Body(answer),
            extensions=answer.extensions,
        )

    def close(self) -> None:
        self._pool.close()


class _Body(httpx.SyncByteStream):
    def __init__(self, answer: httpcore.Response) -> None:
        self._answer = answer

    def __iter__(self) -> Iterator[bytes]:
        return self._answer.iter_stream()

    def close(self) -> None:
        self._answer.close()


class _Network(httpcore.NetworkBackend):
    """Connects to the very address that was checked, never to a second look-up's."""

    def __init__(self, allow_private: bool, deadline: float) -> None:
        self._allow_private = allow_private
        self._deadline = deadline
        self._backend = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        try:
            found = {
                str(entry[4][0])
                for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            }
        except (OSError, UnicodeError) as error:
            raise httpcore.ConnectError(f"there is no host {host}") from error
        if not self._allow_private:
            for address in sorted(found):
                if not _is_public(address):
                    raise SourceError(
                        f"{host}: it is at {address}, which is not a public address. "
                        "Allow it with --allow-private if you mean it"
                    )
        problem: httpcore.NetworkError | httpcore.TimeoutException | None = None
        for address in sorted(found, key=lambda word: (":" in word, word)):
            try:
                stream = self._backend.connect_tcp(
                    address, port, _left(self._deadline, timeout), local_address, socket_options
                )
                return _Stream(stream, self._deadline)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                problem = error
        raise problem or httpcore.ConnectError(f"there is no host {host}")


class _Stream(httpcore.NetworkStream):
    """A connection with a deadline: a server that sends a byte now and then is given up."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: float) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, _left(self._deadline, timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, _left(self._deadline, timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        stream = self._stream.start_tls(
            ssl_context, server_hostname, _left(self._deadline, timeout)
        )
        return _Stream(stream, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


def _left(deadline: float, timeout: float | None) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise httpcore.ReadTimeout("the time for an answer is over")
    return left if timeout is None else min(left, timeout)


def _is_public(address: str) -> bool:
    """Tell whether an IP address is public, also where it hides in an IPv6 address."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inside = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if inside is None and ip in _NAT64:
            inside = ipaddress.IPv4Address(int(ip) & 0xFFFF_FFFF)
        if inside is not None:
            return inside.is_global
        # Outside of it lie forms of IPv4 addresses that are no longer used, and networks' own
        # translators.
        return ip.is_global and ip in _UNICAST
    return ip.is_global and not ip.is_multicast


_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
# All of IPv6 that is given to the Internet (IANA, IPv6 Address Space).
_UNICAST = ipaddress.IPv6Network("2000::/3")

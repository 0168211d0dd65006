"""A real S3 service on this machine (moto's), behind a wire that remembers what was put and may be cut."""

from __future__ import annotations

import http.client
import sys
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import nullcontext
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest


class Wire(ThreadingHTTPServer):
    """Hands each request on to the service and its answer back."""

    daemon_threads = True

    def __init__(self, service: int) -> None:
        self.service = service
        self.put: list[str] = []
        """File names in the order in which their upload ended; those of locks left out."""
        self.listings = 0
        """How often a list of all names was asked for."""
        self.cut = ""
        """Uploads of names with this ending break off half-way."""
        self.spoilt = ""
        """Uploads of names with this ending arrive with a byte changed, and no checksum to tell."""
        self.broken = ""
        """Uploads of names with this ending are answered with an error of the service."""
        self.full = ""
        """There is no room for names with this ending."""
        self.slow = 0.0
        """Seconds before each answer."""
        self.turn = threading.Lock()
        """S3 decides on a condition and writes in one step; the service here does not."""
        super().__init__(("127.0.0.1", 0), _Handler)
        threading.Thread(target=self.serve_forever, args=(0.02,), daemon=True).start()

    def break_down(
        self, *, cut: str = "", broken: str = "", full: str = "", slow: float = 0
    ) -> None:
        """Have these faults from now on, and no others."""
        self.cut, self.broken, self.full, self.slow = cut, broken, full, slow

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def refusal(self, name: str) -> int:
        """The status with which an upload of that name is refused; 0 where it is taken."""
        if self.broken and name.endswith(self.broken):
            return HTTPStatus.INTERNAL_SERVER_ERROR
        if self.full and name.endswith(self.full):
            return HTTPStatus.INSUFFICIENT_STORAGE
        return 0

    def handle_error(self, *of: Any) -> None:
        """A client that was killed is no news."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(*of)


class _Handler(BaseHTTPRequestHandler):
    server: Wire
    protocol_version = "HTTP/1.1"

    def _pass(self) -> None:
        name = unquote(urlsplit(self.path).path).rpartition("/")[2]
        self.server.listings += "delimiter=&" in self.path
        length = int(self.headers.get("content-length") or 0)
        if self.command == "PUT" and self.server.cut and name.endswith(self.server.cut):
            self.rfile.read(length // 2)
            self.close_connection = True
            self.connection.close()
            return
        body = self.rfile.read(length)
        time.sleep(self.server.slow)
        if self.command == "PUT" and (status := self.server.refusal(name)):
            self.send_response(status)
            self.send_header("content-length", "0")
            self.end_headers()
            return
        headers = dict(self.headers.items())
        if self.command == "PUT" and self.server.spoilt and name.endswith(self.server.spoilt):
            body = (
                body[: length // 2] + bytes([body[length // 2] ^ 1]) + body[length // 2 + 1 :]
            )
            headers = {
                k: v
                for k, v in headers.items()
                if "checksum" not in k.lower() and k != "Content-MD5"
            }
        onward = http.client.HTTPConnection("127.0.0.1", self.server.service, timeout=20)
        with self.server.turn if self.command == "PUT" else nullcontext():
            onward.request(self.command, self.path, body or None, headers)
            answer = onward.getresponse()
            content = answer.read()
        self.send_response(answer.status)
        for key, value in answer.getheaders():
            if key.lower() not in (
                "transfer-encoding",
                "content-length",
                "connection",
                "date",
                "server",
            ):
                self.send_header(key, value)
        size = answer.getheader("content-length") if self.command == "HEAD" else len(content)
        self.send_header("content-length", str(size or 0))
        self.end_headers()
        self.wfile.write(content)
        onward.close()
        if self.command == "PUT" and not name.startswith("."):
            self.server.put.append(name)

    do_GET = do_HEAD = do_PUT = do_POST = do_DELETE = _pass  # noqa: N815

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture(scope="module")
def s3() -> Iterator[Wire]:
    """The service, with credentials for it in the environment as their owner would set them."""
    from moto.server import ThreadedMotoServer

    service = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    service.start()
    wire = Wire(service.get_host_and_port()[1])
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("AWS_ENDPOINT_URL", wire.address)
        environment.setenv("AWS_ACCESS_KEY_ID", "owner")
        environment.setenv("AWS_SECRET_ACCESS_KEY", "secret")
        environment.setenv("AWS_DEFAULT_REGION", "us-east-1")
        environment.setenv("AWS_MAX_ATTEMPTS", "1")
        yield wire
    wire.shutdown()
    wire.server_close()
    service.stop()


@pytest.fixture
def bucket(s3: Wire) -> str:
    """A new bucket's name."""
    import boto3
    import s3fs

    s3fs.S3FileSystem.clear_instance_cache()
    boto3.client("s3").create_bucket(Bucket=(name := f"show-{uuid.uuid4()}"))
    s3.put.clear()
    s3.cut = ""
    return name

"""`podcast mail`: the edition in a mail, read by Python's own reader, and handed in to a real server."""

from __future__ import annotations

import email
import email.policy
import shutil
import socket
import ssl
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import lxml.html
import pytest
import trustme
from aiosmtpd.controller import Controller  # type: ignore[import-untyped]
from aiosmtpd.handlers import Message  # type: ignore[import-untyped]
from aiosmtpd.smtp import AuthResult  # type: ignore[import-untyped]
from click.testing import CliRunner, Result

from podcast.cli import main

DATE = "2024-06-03"
POST = """---
title: "Tugs & <b>tides</b> &lt;3"
subtitle: "What the harbour learns"
---

# A school for "tug" pilots
_Summarized by: Irene Falk_ [[a.example](https://a.example/tugs?a=1&b=2)]

Twelve **pupils** learn &lt;b&gt;fast&lt;/b&gt; on [old boats](javascript:alert(1)).

# Second

More is said here.

**Other headlines:**
* [Seals & co](https://s.example/x)
"""


def podcast(*words: str | Path, **environment: str) -> Result:
    names = {"PRESSCAST_SMTP": None, "PRESSCAST_MAIL_TO": None} | environment
    return CliRunner(env=names).invoke(main, [str(word) for word in words])


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("mail") / "show"
    podcast(
        "init", folder, "--title", "Small Hours", "--author", "The desk, äöü",
        "--email", "desk@hours.example", "--url", "https://hours.example/feeds/",
    )  # fmt: skip
    (folder / "posts" / f"{DATE}-tugs.md").write_text(POST, encoding="utf-8")
    result = podcast("make", "--show", folder, "--date", DATE, "--engine", "silence")
    assert result.exit_code == 0, result.output
    return folder


@pytest.fixture
def show(published: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(published, tmp_path / "show"))


def read(data: bytes) -> EmailMessage:
    message = email.message_from_bytes(data, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    assert not message.defects
    return message


def written(show: Path, *words: str) -> EmailMessage:
    out = show / "mail.eml"
    result = podcast("mail", "--show", show, "--date", DATE, "--out", out, *words)
    assert result.exit_code == 0, result.output
    return read(out.read_bytes())


def test_the_mail_has_text_and_html_of_the_edition(show: Path) -> None:
    """Both parts tell the stories, their sources, the chapters with their times, and where to listen."""
    message = written(show, "--to", "list@readers.example")
    assert (message["Subject"], message["To"]) == ("Tugs & tides <3", "list@readers.example")
    assert message["From"].addresses[0].display_name == "The desk, äöü"
    assert message["Date"].datetime.date().isoformat() == DATE
    text, html = message.get_body(("plain",)), message.get_body(("html",))
    assert text
    assert html
    words = text.get_content()
    for part in ("Tugs & tides <3", "(00:00)", "https://hours.example/feeds/2024-06-03-tugs.html",
                 'A school for "tug" pilots', "Twelve pupils learn <b>fast</b>", "https://a.example/tugs?a=1&b=2",
                 "Irene Falk", "Seals & co"):  # fmt: skip
        assert part in words
    assert message["List-Unsubscribe"] == "<mailto:desk@hours.example?subject=unsubscribe>"
    assert "Unsubscribe: mailto:desk@hours.example?subject=unsubscribe" in words
    tree = lxml.html.fromstring(html.get_content())
    (art,) = (image.get("src") for image in tree.iter("img"))
    assert (show / "feeds" / art.removeprefix("https://hours.example/feeds/")).is_file()
    links = [a.get("href") for a in tree.iter("a")]
    assert "https://hours.example/feeds/2024-06-03-tugs.html" in links
    assert "https://hours.example/feeds/2024-06-03-tugs.mp3" in links
    assert "https://a.example/tugs?a=1&b=2" in links
    assert "https://hours.example/feeds/2024-06-03-tugs.html#t=0" in links
    assert "mailto:desk@hours.example?subject=unsubscribe" in links
    assert not any(link.startswith("javascript") for link in links)
    assert not list(tree.iter("b"))
    headings = [h.text_content() for h in tree.iter("h2")]
    assert headings == [
        'A school for "tug" pilots',
        "Second",
        "Other headlines",
    ]


@pytest.mark.parametrize("private", [False, True])
def test_a_private_show_says_nowhere_to_follow_it(show: Path, private: bool) -> None:
    """Its mail plays the episode, and names neither the feed nor a directory; another show's names both."""
    toml = show / "podcast.toml"
    settings = toml.read_text("utf-8")
    if private:
        settings = "private = true\n" + settings.replace("/feeds/", f"/feeds/{'4f1c9a7b' * 2}/")
        (show / "feeds").rename(show / "public")
        (show / "feeds").mkdir()
        (show / "public").rename(show / "feeds" / ("4f1c9a7b" * 2))
    page = "https://apps.example/hours"
    toml.write_text(f'{settings}\n[subscribe]\napple = "{page}"\n', "utf-8")

    message = written(show)
    bodies = [message.get_body((kind,)) for kind in ("plain", "html")]
    for body in filter(None, bodies):
        words = body.get_content()
        assert "2024-06-03-tugs.html" in words
        assert ("feed.xml" in words) is not private
        assert (page in words) is not private
        assert ("Follow" in words) is not private
    assert all(bodies)


def test_the_same_mail_is_the_same_bytes(show: Path) -> None:
    """Written twice, the mail keeps its id, and every byte."""
    first = written(show).as_bytes()
    assert written(show).as_bytes() == first


class _Box(Message):  # type: ignore[misc]
    def __init__(self) -> None:
        super().__init__()
        self.got: list[tuple[list[str], bytes]] = []

    def handle_message(self, message: email.message.Message) -> None:
        self.got.append((message["X-RcptTo"].split(", "), message.as_bytes()))


def test_a_server_gets_the_mail(show: Path) -> None:
    """Every receiver of the list gets it, and none sees another; no file is left."""
    box = _Box()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        result = podcast(
            "mail", "--show", show, "--date", DATE, "--send",
            PRESSCAST_SMTP=f"smtp://127.0.0.1:{port}",
            PRESSCAST_MAIL_TO="a@readers.example, b@readers.example",
        )  # fmt: skip
        assert result.exit_code == 0, result.output
        secret = podcast(
            "mail", "--show", show, "--date", DATE, "--send", "--to", "a@readers.example",
            PRESSCAST_SMTP=f"smtp://me:hunter2@127.0.0.1:{port}",
        )  # fmt: skip
    finally:
        controller.stop()
    ((receivers, data),) = box.got
    assert receivers == ["a@readers.example", "b@readers.example"]
    message = read(data)
    assert message["Subject"] == "Tugs & tides <3"
    assert "readers.example" not in str(message["To"])
    assert secret.exit_code == 1
    assert "in the clear" in secret.stderr
    assert "hunter2" not in secret.output
    assert not list(Path().glob("*.eml"))


def test_a_server_with_a_login_gets_it_encrypted(show: Path, tmp_path: Path) -> None:
    """STARTTLS comes before the password; a wrong one and a certificate nobody vouches for are said."""
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(trusted := tmp_path / "ca.pem"))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    seen: list[tuple[bool, bytes]] = []

    def authenticate(
        _server: Any, session: Any, _envelope: Any, _mechanism: str, data: Any
    ) -> AuthResult:
        seen.append((session.ssl is not None, data.password))
        return AuthResult(success=data.password == b"hunter2", handled=False)

    box = _Box()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(
        box,
        hostname="127.0.0.1",
        port=port,
        tls_context=context,
        auth_required=True,
        authenticator=authenticate,
    )
    controller.start()

    def send(password: str, **environment: str) -> Result:
        return podcast(
            "mail", "--show", show, "--date", DATE, "--send", "--to", "a@readers.example",
            PRESSCAST_SMTP=f"smtp://me:{password}@127.0.0.1:{port}", **environment,
        )  # fmt: skip

    try:
        good = send("hunter2", SSL_CERT_FILE=str(trusted))
        wrong = send("hunter3", SSL_CERT_FILE=str(trusted))
        strange = send("hunter2")
    finally:
        controller.stop()
    assert good.exit_code == 0, good.output
    assert [receivers for receivers, _ in box.got] == [["a@readers.example"]]
    assert set(seen) == {(True, b"hunter2"), (True, b"hunter3")}
    assert "535" in wrong.stderr
    assert "certificate verify failed" in strange.stderr
    for result in (wrong, strange):
        assert result.exit_code == 1
        assert len(result.stderr.splitlines()) == 1
        assert "hunter" not in result.stderr


@pytest.mark.parametrize(
    ("words", "environment", "said"),
    [
        (["--date", "2024-06-04"], {}, "no post of 2024-06-04"),
        (["--send", "--date", DATE], {}, "PRESSCAST_SMTP is not set"),
        (
            ["--send", "--date", DATE],
            {"PRESSCAST_SMTP": "smtp://127.0.0.1:1"},
            "nobody is named",
        ),
        (
            ["--send", "--date", DATE, "--to", "a@b.example"],
            {"PRESSCAST_SMTP": "smtp://127.0.0.1:1"},
            "cannot be used",
        ),
        (
            ["--send", "--date", DATE, "--to", "a b"],
            {"PRESSCAST_SMTP": "smtp://127.0.0.1:1"},
            "not a mail address",
        ),
        (["--date", DATE], {"PRESSCAST_SMTP": "http://x:secret@y"}, "write it as smtp://"),
    ],
)
def test_what_cannot_be_sent_is_said(
    show: Path, words: list[str], environment: dict[str, str], said: str
) -> None:
    """One line says what is missing, without a secret."""
    result = podcast("mail", "--show", show, *words, **environment)
    assert result.exit_code == 1
    (line,) = result.stderr.splitlines()
    assert said in line
    assert "secret" not in line

"""A show whose edition is made to break out of everything that is made of it."""

from __future__ import annotations

import email
import email.policy
import os
from email.message import EmailMessage
from pathlib import Path

from click.testing import CliRunner, Result

from podcast.cli import main

DATE = "2024-06-03"
MARK = "window.hit=1"
"""What must never run: a browser in which it did has `window.hit`."""
SCRIPT = f"<script>{MARK}</script>"
BREAKS = (
    SCRIPT,
    f"]]></script>{SCRIPT}<!--",
    f"\"'><img src=x onerror={MARK}>",
    "{{ site.secret }}{% include ../../secret.html %}",
    f"[here](javascript:{MARK})",
    "--> 00:00:00.000 --> 99:00:00.000",
    "../../../etc/passwd",
    "'; [0:a]volume=0[out]; amovie=/etc/passwd",
    '"\naudio: https://evil.example/x.mp3\nx: "',
    "\u202egniklaw\u202c \x07\x1b[31m",
)


def post() -> str:
    """An edition with a break in each place: title, subtitle, headings, names, sources, bodies, headlines."""

    def broken(words: str, at: int) -> str:
        return f"{words} {BREAKS[at % len(BREAKS)]} tonight".replace("\n", " ")

    lines = ["---", "layout: post"]
    lines += [
        f"{key}: {_quoted(broken('Lamps', at))}" for at, key in enumerate(("title", "subtitle"))
    ]
    lines += [f"permalink: {_quoted(BREAKS[6])}", f"audio: {_quoted(BREAKS[6])}", "---", ""]
    for at, text in enumerate(BREAKS):
        flat = text.replace("\n", " ")
        lines += [
            f"# Lamps of street {at} {flat} are counted",
            f"_Summarized by: Ada {flat} Stone_ [[{flat}](https://example.org/{at}?q=<script>{MARK}</script>&quot;)]",
            "<blockquote class='previous-titles' markdown='1' >",
            "**Previous headlines:**",
            "",
            f" * [Older lamps {flat}](javascript:{MARK}) 2024-05-20",
            "</blockquote>",
            "",
            f"The town counted {at + 20} lamps. {text} Nobody had counted them before. {flat} That is all.",
            "",
        ]
    lines += [
        "## Other headlines:",
        *(f"* [{text!r}](javascript:{MARK})" for text in BREAKS),
        "",
    ]
    return "\n".join(lines)


def _quoted(text: str) -> str:
    """As YAML takes it."""
    return "'" + "".join(c for c in text if c.isprintable()).replace("'", "''") + "'"


def a_show(folder: Path) -> Path:
    """That edition made into an episode, in silence, with its mail, snippet and report beside the feed."""
    show = folder / "show"
    say(
        "init",
        show,
        "--title",
        f"Hours {SCRIPT}",
        "--author",
        f"Desk {BREAKS[2]}",
        "--email",
        "desk@hours.example",
    )
    for path in (show / "posts").glob("*.md"):
        path.unlink()
    (show / "posts" / f"{DATE}-..%2f..%2flamps.md").write_text(
        post(), encoding="utf-8", newline="\n"
    )
    say("make", "--show", show, "--date", DATE, "--engine", "silence")
    return show


def say(*words: str | os.PathLike[str], **env: str) -> Result:
    """The command, which must end well."""
    said = CliRunner(env=dict(env)).invoke(main, [str(word) for word in words])
    assert said.exit_code == 0, said.output
    return said


def mail_page(folder: Path, show: Path) -> Path:
    """The HTML of the edition's mail, as a file in the folder."""
    say("mail", "--show", show, "--date", DATE, "--out", folder / "mail.eml")
    content = (folder / "mail.eml").read_bytes()
    mail = email.message_from_bytes(content, policy=email.policy.default)
    part = mail.get_body(("html",))
    assert isinstance(part, EmailMessage)
    (page := folder / "mail.html").write_text(part.get_content(), encoding="utf-8")
    return page

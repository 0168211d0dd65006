"""Values for tests: one sound show and one sound episode, of which a test changes what it is about."""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from podcast.config import change_settings
from podcast.model import (
    Chapter,
    Credit,
    DurationMs,
    EditionSettings,
    Episode,
    FeedSettings,
    Headline,
    Line,
    Loudness,
    Show,
    SourceNote,
    Usd,
    Word,
)

TURNS = (
    (
        0,
        "Irene Falk",
        "Good evening. It is the third of June, and here is what we have for you tonight. "
        "Do harbours learn to listen, and can a kettle keep a secret?",
    ),
    (
        1,
        "Irene Falk",
        "We begin at sea. Tomas?",
    ),
    (
        1,
        "Tomas Okoye",
        "Thanks, Irene. Three harbours put microphones under their quays, and for 14 months they recorded "
        "what passes: ferries, seals, and once a lost anchor. A model now tells a worn propeller from a "
        'sound one, nine times in ten; its makers call the accuracy "good enough to send a diver".',
    ),
    (
        2,
        "Mei-Lin D'Souza",
        "And from the sea to the kitchen: a kettle that was sold with a microphone has been found to keep "
        "its recordings for a day. The maker says that it needed them to know when the water boils.",
    ),
    (
        3,
        "Irene Falk",
        "That was the programme. Every source is on our page. Good night.",
    ),
)
"""(chapter, speaker, text) of the sample episode."""

TITLES = ("Tonight", "Harbours that listen", "A kettle with a memory", "Good night")


def lines(
    turns: Sequence[tuple[int, str, str]] = TURNS, pace: int = 330, pause: int = 400
) -> tuple[Line, ...]:
    """The turns in order: `pace` ms a word, `pause` ms after each turn; chapters on whole seconds."""
    made: list[Line] = []
    now, chapter = 600, 0
    for index, speaker, text in turns:
        if index != chapter:
            now, chapter = -(-now // 1000) * 1000 + 700, index
        words = tuple(
            Word(word, DurationMs(now + i * pace), DurationMs(now + i * pace + pace - 20))
            for i, word in enumerate(text.split())
        )
        end = words[-1].end if words else now
        made.append(Line(speaker, index, DurationMs(now), DurationMs(end), words))
        now = end + pause
    return tuple(made)


def chapters(
    spoken: Sequence[Line], titles: Sequence[str] = TITLES, tail: int = 1200
) -> tuple[tuple[Chapter, ...], DurationMs]:
    """A chapter for each title, from the whole second before its first line; and the length of it all."""
    starts = [0] + [
        next(line.start for line in spoken if line.chapter == i) // 1000 * 1000
        for i in range(1, len(titles))
    ]
    duration = spoken[-1].end + tail
    ends = [*starts[1:], duration]
    made = tuple(
        Chapter(
            title,
            DurationMs(start),
            DurationMs(end),
            link=f"https://example.org/source/{i}" if 0 < i < len(titles) - 1 else "",
        )
        for i, (title, start, end) in enumerate(zip(titles, starts, ends, strict=True))
    )
    return made, DurationMs(duration)


def an_episode(**changes: Any) -> Episode:
    """A sound episode of four chapters and three people, with the given fields changed."""
    spoken = lines()
    parts, duration = chapters(spoken)
    episode = Episode(
        guid="7f0f3a52-6a1b-5a53-9a35-0d5d9a6f0a11",
        slug="2024-06-03-harbours-that-listen",
        date=dt.date(2024, 6, 3),
        published=dt.datetime(2024, 6, 3, 6, 0, tzinfo=dt.UTC),
        title="Harbours that listen",
        subtitle="Microphones under the quay, and a kettle with a memory",
        duration=duration,
        bytes=len(audio()),
        sha256=hashlib.sha256(audio()).hexdigest(),
        chapters=parts,
        lines=spoken,
        people=(
            Credit("Irene Falk", "editor", "harbour"),
            Credit("Tomas Okoye", "reporter", "slate"),
            Credit("Mei-Lin D'Souza", "reporter", "linen"),
        ),
        notes=(
            SourceNote(
                "Harbours that listen",
                "Tomas Okoye",
                "example.org",
                "https://example.org/source/1",
            ),
            SourceNote(
                "A kettle with a memory",
                "Mei-Lin D'Souza",
                "example.org",
                "https://example.org/source/2",
            ),
        ),
        others=(
            Headline("A bridge that counts bicycles", "https://example.org/other/1"),
            Headline("On the hearing of seals", "https://example.org/other/2.pdf", paper=True),
        ),
        loudness=Loudness(lufs=-16.02, true_peak=-1.4),
        engine="silence",
        writer="template",
        model="template",
        cost_writing=Usd(0.0125),
        cost_speaking=Usd(0.25),
        processing="0:00:07.250000",
        version="0.1.0",
    )
    return dataclasses.replace(episode, **changes)


def audio(size: int = 4096) -> bytes:
    """Bytes to stand for an MP3 where nobody listens."""
    return (b"\xff\xfb\x94\x64" + bytes(range(92))) * (size // 96) + bytes(size % 96)


def a_show(folder: Path, **changes: Any) -> Show:
    """A sound show in `folder`, with the given fields changed. Nothing is written."""
    show = Show(
        folder=folder,
        title="The Quayside Hour",
        author="Quayside Press",
        email="desk@example.org",
        description="What was new today in machines that listen, told by the people who read about it.",
        url="https://example.org/feeds/",
        link="https://example.org/",
        guid="0e4ce3a1-3a5b-5f0e-8f5f-6e7a4b7d7c11",
        feed=FeedSettings(copyright="Quayside Press"),
        edition=EditionSettings(post_url="https://example.org/{year}/{month}/{day}/{slug}"),
    )
    return change_settings(show, **changes)


HOSTILE = (
    "<script>alert('x')</script>",
    "]]> & <![CDATA[",
    "a\x00b\x08c\x1bd\x7fe\x85f",
    "\u202eright to left\u202c \u05e9\u05dc\u05d5\u05dd",
    "\U0001f9ed and \U0001f468\u200d\U0001f469\u200d\U0001f467",
    "quotes \" and ' and \u201cthese\u201d",
    "x" * 10_000,
    "many words " * 1_000,
    "--> 00:00:01.000",
    "A: B: C (see [D])",
    "{{ site.url }} {% raw %}",
    "  outer\u00a0space\n\n",
)
"""Texts that break what takes them as they are."""


def write_settings(folder: Path, **settings: Any) -> None:
    """A podcast.toml with these settings, and with what every show needs."""
    needed = dict.fromkeys(("title", "author", "email", "description"), "a@q.fm")
    addresses = dict.fromkeys(("url", "link"), "https://q.fm/")
    lines_ = [
        f"{key} = {json.dumps(value)}\n"
        for key, value in (needed | addresses | settings).items()
    ]
    (folder / "podcast.toml").write_text("".join(lines_), encoding="utf-8")


def a_toml(folder: Path, more: str) -> Path:
    """A show's folder: the settings that every show needs, and more."""
    needed = "".join(f'{key} = "x"\n' for key in ("title", "author", "description"))
    needed += 'email = "a@b.org"\nurl = "https://b.org/feeds/"\nlink = "https://b.org/"\n'
    (folder / "podcast.toml").write_text(needed + more, encoding="utf-8")
    return folder

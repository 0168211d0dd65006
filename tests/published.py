"""A small published show for tests: made by the stages that make real ones, only the speaking is tones."""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import math
import wave
from collections.abc import Iterator
from pathlib import Path

import builders

from podcast.model import (
    DurationMs,
    Episode,
    Script,
    ScriptChapter,
    Show,
    Take,
    Turn,
    Usd,
    Voice,
    Word,
)
from podcast.publish import publish_episode
from podcast.publish.cover import draw_cover
from podcast.publish.stores.folder import FolderStore
from podcast.stitch import OutputFormat, stitch_takes
from podcast.tag import write_tagged_mp3

PACE = 80
"""Milliseconds a word."""
RATE = 24_000
POST = """\
---
layout: post
title: Harbours that listen
---
Words.
"""


def a_published_show(folder: Path) -> tuple[Show, FolderStore, Episode]:
    """A show with one episode of about 20 seconds, its post, and everything that is published of it."""
    show = builders.a_show(folder)
    draw_cover(show.title, folder / "assets" / "cover.jpg", 1400)
    (folder / "takes").mkdir()
    script = Script(
        "Harbours that listen",
        dt.date(2024, 6, 3),
        tuple(
            ScriptChapter(
                title,
                tuple(
                    Turn(speaker, text) for at, speaker, text in builders.TURNS if at == index
                ),
                source=f"https://example.org/source/{index}" if index in (1, 2) else "",
            )
            for index, title in enumerate(builders.TITLES)
        ),
    )
    recording = stitch_takes(
        script,
        _takes(script, folder / "takes"),
        output=OutputFormat(show.sound.rate, show.sound.bitrate),
        stings=folder / "assets",
        folder=folder / ".podcast" / "units" / "episode",
    )
    episode = builders.an_episode(
        duration=recording.duration,
        chapters=recording.chapters,
        lines=recording.lines,
        loudness=recording.loudness,
        engine="espeak",
        waveform=recording.waveform,
    )
    mp3 = folder / ".podcast" / "episode.mp3"
    write_tagged_mp3(mp3, recording.stream, episode, show, folder / "assets" / "cover.jpg")
    content = mp3.read_bytes()
    episode = dataclasses.replace(
        episode, bytes=len(content), sha256=hashlib.sha256(content).hexdigest()
    )
    post = folder / "posts" / f"{episode.slug}.md"
    post.parent.mkdir()
    post.write_text(POST, encoding="utf-8")
    store = FolderStore(folder / "feeds")
    publish_episode(episode, mp3, show, store, post)
    return show, store, episode


def _takes(script: Script, folder: Path) -> Iterator[Take]:
    pitches = {
        name: 180.0 + 60 * i
        for i, name in enumerate({turn.speaker: 0 for turn in script.turns})
    }
    for i, turn in enumerate(script.turns):
        words = turn.text.split()
        voice = Voice(turn.speaker[:4], turn.speaker, "", "neutral", "british", 150, "")
        frames = RATE * PACE * len(words) // 1000
        path = folder / f"{i}.wav"
        with wave.open(str(path), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(RATE)
            file.writeframes(_tones(frames, pitches[turn.speaker]))
        times = tuple(
            Word(word, DurationMs(k * PACE), DurationMs(k * PACE + PACE - 5))
            for k, word in enumerate(words)
        )
        key = hashlib.sha256(turn.text.encode()).hexdigest()
        yield Take(
            turn, voice, key, path, frames, RATE, times, Usd(0.0), cached=False, attempts=1
        )


def _tones(frames: int, pitch: float) -> bytes:
    """A tone with overtones that swells with each word."""
    import numpy as np

    time = np.arange(frames) / RATE
    swell = 0.35 + 0.65 * np.abs(np.sin(math.pi * time * 1000 / PACE))
    sound = sum(np.sin(2 * math.pi * pitch * n * time) / n for n in range(1, 9))
    return bytes((swell * sound * 6000).astype("<i2").tobytes())


def silent_mp3() -> bytes:
    """Two seconds of silence."""
    return an_mp3(bytes(2 * 96_000))


def an_mp3(samples: bytes, rate: int = 48_000, bitrate: int = 96) -> bytes:
    """Mono samples of 16 bits, encoded."""
    import lameenc  # type: ignore[import-untyped]

    encoder = lameenc.Encoder()
    encoder.set_channels(1)
    encoder.set_in_sample_rate(rate)
    encoder.set_bit_rate(bitrate)
    encoder.silence()
    return bytes(encoder.encode(samples)) + bytes(encoder.flush())

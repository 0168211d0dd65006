"""`podcast doctor`: what is installed, what is missing, and the remedy."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path

from podcast.config import load_show, openai_key
from podcast.errors import PodcastError
from podcast.make import load_pool
from podcast.model import Show
from podcast.registry import has_espeak, has_kokoro, open_service
from podcast.services.prices import endings


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at."""

    what: str
    good: bool
    found: str
    remedy: str = ""
    needed: bool = True
    """False for what an episode can be made without."""


def examine(folder: Path, today: dt.date) -> list[Finding]:
    """Look at the machine and the show in `folder`; where the show names OpenAI, ask it for its models."""
    findings = [_python(), _ffmpeg()]
    try:
        show = load_show(folder)
    except PodcastError as error:
        return [*findings, Finding("show", False, str(error))]
    return [
        *findings,
        Finding("show", True, f"{show.title} in {show.folder}"),
        _voices(show),
        _kokoro(show),
        _espeak(),
        *_openai(show, today),
        _posts(show),
    ]


def _python() -> Finding:
    found = ".".join(map(str, sys.version_info[:3]))
    good = sys.version_info >= (3, 11)
    return Finding("python", good, found, "" if good else "presscast needs 3.11 or later")


def _ffmpeg() -> Finding:
    import imageio_ffmpeg  # type: ignore[import-untyped]

    try:
        return Finding("ffmpeg", True, imageio_ffmpeg.get_ffmpeg_version())
    except (RuntimeError, OSError):
        return Finding("ffmpeg", False, "missing", "pip install --force-reinstall imageio-ffmpeg")


def _voices(show: Show) -> Finding:
    try:
        pool = load_pool(show)
    except PodcastError as error:
        return Finding("voices", False, str(error))
    return Finding(
        "voices", bool(pool), f"{len(pool)} in the pool", "" if pool else "podcast init . copies ten"
    )


def _kokoro(show: Show) -> Finding:
    if has_kokoro(show):
        return Finding("kokoro", True, f"installed, onnxruntime {_installed('onnxruntime')}", needed=False)
    return Finding(
        "kokoro", False, "not installed", "pip install 'presscast[local]'", needed=not has_espeak()
    )


def _espeak() -> Finding:
    if has_espeak():
        return Finding("espeak", True, "installed", needed=False)
    return Finding("espeak", False, "not installed", "pip install 'presscast[espeak]'", needed=False)


def _openai(show: Show, today: dt.date) -> Iterator[Finding]:
    """Whether OpenAI's voices and writer can be had, and which configured model stops when."""
    used = show.writer == "openai" or show.engine.startswith("openai")
    if find_spec("openai") is None:
        yield Finding("openai", False, "not installed", "pip install 'presscast[openai]'", needed=used)
        return
    if not used:
        yield Finding("openai", True, "installed; neither engine nor writer asks it", needed=False)
        return
    if not openai_key():
        remedy = "Set the environment variable OPENAI_API_KEY"
        yield Finding("openai", False, "installed, but there is no key", remedy, needed=used)
        return
    from podcast.services.openai_client import ServiceError

    configured = [show.speech_model, show.realtime_model, show.writer_model]
    try:
        warnings = list(endings(open_service().models(), configured, today))
    except (ServiceError, PodcastError) as error:
        yield Finding("openai", False, str(error), needed=used)
        return
    yield Finding("openai", True, f"installed, with a key; {len(configured)} models configured", needed=used)
    for warning in warnings:
        yield Finding("model", False, warning, needed=False)


def _posts(show: Show) -> Finding:
    from podcast.make import posts

    try:
        found = posts(show)
    except PodcastError as error:
        return Finding("posts", False, str(error))
    where = show.path(str(show.posts))
    if not found:
        return Finding("posts", False, f"none in {where}", "Set `posts` in podcast.toml", needed=False)
    return Finding("posts", True, f"{len(found)} in {where}, the newest of {found[-1][1]}")


def _installed(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "of unknown version"

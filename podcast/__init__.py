"""presscast: a written magazine becomes a podcast that people choose to listen to.

Where to find what, from the command to the bytes:

    cli                 words of the command line to calls, errors to text
    config registry     podcast.toml; which adapter a word of it names
    make                an episode, or many: composes the stages below and owns their order
      read              1 a post becomes an Edition
      write             2 an Edition becomes a Script: template/, model/, the script file
      speak             3 a Script becomes Takes: engines/, casting, lexicon, checks, cache
      stitch            4 Takes become one MP3 with chapters
      tag               5 the MP3 gets its ID3 tag
      publish           6 feed, pages, transcripts, the post's facts, cover, mail; stores/
    newsroom            papers, feeds and pages become a written edition: sources/, desks/
    language            what is English about all this: language/english/
    document            Markdown and HTML become plain parts: used by read and newsroom
    frontmatter         read and rewrite front matter: used by read and publish
    services            a model's service: client, budget, prices
    check doctor        is what is published right? is what is needed here?
    init serve          a new show; the published folder over HTTP
    preview_server      the page on which an edition is heard before it is published
    util                files, cache, lock: nothing that knows what a podcast is
    model errors        the words that all the others speak in

`import podcast` offers the names of `__all__`, loaded when they are first used; docs/api.md
shows how.
"""

from importlib import import_module
from typing import TYPE_CHECKING

__version__ = "0.1.0"

if TYPE_CHECKING:
    from podcast.config import load_show
    from podcast.errors import PodcastError
    from podcast.make.one_edition import read_edition
    from podcast.make.python_calls import make_episode, publish_feed, write_script
    from podcast.model import (
        Block,
        Cast,
        Chapter,
        Credit,
        Document,
        DurationMs,
        Edition,
        Episode,
        Headline,
        Item,
        LeftOut,
        Line,
        Loudness,
        Pause,
        Person,
        Script,
        ScriptChapter,
        Show,
        Sound,
        SourceItems,
        SourceText,
        Span,
        Sting,
        Story,
        Take,
        Turn,
        Usd,
        Voice,
        Word,
    )
    from podcast.newsroom.editing import Desk
    from podcast.newsroom.source_kind import SourceKind
    from podcast.publish import Store
    from podcast.publish.stores.folder import FolderStore
    from podcast.read import Source
    from podcast.services.adapter import Adapter, Setup
    from podcast.speak import Engine
    from podcast.write import Writer

# Module to the public names that it holds.
_HOMES = {
    "podcast.config": ("load_show",),
    "podcast.errors": ("PodcastError",),
    "podcast.make.one_edition": ("read_edition",),
    "podcast.make.python_calls": ("make_episode", "publish_feed", "write_script"),
    "podcast.model": (
        "Block",
        "Cast",
        "Chapter",
        "Credit",
        "Document",
        "DurationMs",
        "Edition",
        "Episode",
        "Headline",
        "Item",
        "LeftOut",
        "Line",
        "Loudness",
        "Pause",
        "Person",
        "Script",
        "ScriptChapter",
        "Show",
        "Sound",
        "SourceItems",
        "SourceText",
        "Span",
        "Sting",
        "Story",
        "Take",
        "Turn",
        "Usd",
        "Voice",
        "Word",
    ),
    "podcast.newsroom.editing": ("Desk",),
    "podcast.newsroom.source_kind": ("SourceKind",),
    "podcast.publish": ("Store",),
    "podcast.publish.stores.folder": ("FolderStore",),
    "podcast.read": ("Source",),
    "podcast.services.adapter": ("Adapter", "Setup"),
    "podcast.speak": ("Engine",),
    "podcast.write": ("Writer",),
}

__all__ = [
    "Adapter",
    "Block",
    "Cast",
    "Chapter",
    "Credit",
    "Desk",
    "Document",
    "DurationMs",
    "Edition",
    "Engine",
    "Episode",
    "FolderStore",
    "Headline",
    "Item",
    "LeftOut",
    "Line",
    "Loudness",
    "Pause",
    "Person",
    "PodcastError",
    "Script",
    "ScriptChapter",
    "Setup",
    "Show",
    "Sound",
    "Source",
    "SourceItems",
    "SourceKind",
    "SourceText",
    "Span",
    "Sting",
    "Store",
    "Story",
    "Take",
    "Turn",
    "Usd",
    "Voice",
    "Word",
    "Writer",
    "__version__",
    "load_show",
    "make_episode",
    "publish_feed",
    "read_edition",
    "write_script",
]


def __getattr__(name: str) -> object:
    for module, names in _HOMES.items():
        if name in names:
            value = globals()[name] = getattr(import_module(module), name)
            return value
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})

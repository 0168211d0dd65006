"""The RSS feed: RSS 2.0 with the itunes, podcast, atom, content and psc namespaces.

feedgen writes what RSS itself has; what it has no words for, and what it would write in a way
that validators refuse (`itunes:explicit` as yes or no), is added by an extension of ours.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from podcast.model import (
    Chapter,
    Credit,
    DurationMs,
    EarlierAudio,
    Episode,
    FeedSettings,
    Numbers,
    Show,
    Soundbite,
)
from podcast.publish.audio_place import enclosure_address
from podcast.publish.episode_age import choose_kept
from podcast.publish.formats import OPUS, TEXTS, TRANSCRIPTS
from podcast.publish.listed_number import find_number, gets_number
from podcast.publish.portraits import name_key
from podcast.publish.show_notes import DESCRIPTION_BYTES, description, render_show_notes
from podcast.util.addresses import ascii_address, page_address, public, secure
from podcast.util.time_format import clock, seconds
from podcast.util.xml_text import clean, one_line

if TYPE_CHECKING:
    from lxml.etree import _Element

# The file that people subscribe to.
FEED = "feed.xml"

# Bytes of items in `feed.xml`, at most: an app refused a feed above 3 MB, validators one
# above 5 MB.
FEED_BYTES = 2_800_000

# Items of an archive, at most.
PAGE_ITEMS = 100

NAMESPACES = {
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "podcast": "https://podcastindex.org/namespace/1.0",
    "psc": "http://podlove.org/simple-chapters",
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
}
_NEVER = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_HISTORY = {"fh": "http://purl.org/syndication/history/1.0"}

# Our roles as the Podcast Taxonomy has them, in its group `cast`.
_ROLES = {"editor": "host", "reporter": "reporter"}


@dataclass(frozen=True, slots=True)
class _Tag:
    """An element to be: `name` with one of the prefixes above."""

    name: str
    text: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)
    children: tuple[_Tag, ...] = ()

    def under(self, parent: _Element) -> None:
        from lxml.etree import SubElement

        prefix, name = self.name.split(":")
        space = (NAMESPACES | _HISTORY)[prefix]
        element = SubElement(parent, f"{{{space}}}{name}", dict(self.attributes))
        element.text = self.text or None
        for child in self.children:
            child.under(element)


ItemText = bytes


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """An episode as feed and index list it."""

    guid: str
    slug: str
    stem: str
    """What the names of its files begin with."""
    earlier_audio: tuple[EarlierAudio, ...]
    """As `Episode.earlier_audio`."""
    date: dt.date
    published: dt.datetime
    title: str
    subtitle: str
    duration: DurationMs
    bytes: int
    """Size of its MP3."""
    is_gone: bool
    """As `Episode.is_gone`."""
    is_sealed: bool
    """As `Episode.is_sealed`."""
    hosts: tuple[str, ...]
    """Names of who presents."""
    numbers: Numbers
    is_numbered: bool
    """True where it gets a number by the show's numbering."""
    full_number: tuple[int, int]
    """Season and number of a full episode, as the feed has them; 0 for none."""
    is_synthetic: bool | None
    """What it declares of its voices; None when it declares nothing."""
    item: ItemText
    """Its item, as it stands in the feed."""

    @property
    def audio(self) -> str:
        """File name of the MP3."""
        return f"{self.stem}.mp3"


def make_entry(show: Show, episode: Episode) -> FeedEntry:
    """An episode, whose lines are not needed, as feed and index list it."""
    return FeedEntry(
        guid=episode.guid,
        slug=episode.slug,
        stem=episode.stem,
        earlier_audio=episode.earlier_audio,
        date=episode.date,
        published=episode.published,
        title=episode.title,
        subtitle=episode.subtitle,
        duration=episode.duration,
        bytes=episode.bytes,
        is_gone=episode.is_gone,
        is_sealed=episode.is_sealed,
        hosts=tuple(person.name for person in episode.people if _role(person) == "host"),
        numbers=episode.numbers,
        is_numbered=gets_number(show.feed.serial, episode.details),
        full_number=_full_number(show.feed.numbering, episode),
        is_synthetic=episode.disclosure.is_synthetic if episode.disclosure else None,
        item=_item_text(show, episode),
    )


def feeds(show: Show, episodes: Iterable[FeedEntry]) -> dict[str, bytes]:
    """The feed of all episodes: file name to content, `feed.xml` last.

    `feed.xml` lists the newest `feed_items`, as far as FEED_BYTES hold them: one leaves as one
    comes. Where it does not list all, archives `feed-1.xml` (the oldest), `feed-2.xml` ... do,
    linked as RFC 5005 says. They fill up from the oldest item on, so that an archive changes
    only with an episode in it; the newest of them may have items that `feed.xml` lists as well.
    None lists what the show does not keep.

    The same show and episodes give the same bytes: no clock is read.
    """
    oldest_first = choose_kept(show.store.keep, episodes)
    newest = _choose_newest(oldest_first, show.feed.feed_items)
    archives = _choose_archives(oldest_first, len(newest), show.feed.feed_items)
    names = [f"feed-{number}.xml" for number in range(1, len(archives) + 1)]
    names.append(FEED)

    pages: dict[str, bytes] = {}
    for place, page in enumerate([*archives, newest]):
        pages[names[place]] = _page(show, names, place, page[::-1])
    return pages


def _choose_archives(
    oldest_first: Sequence[FeedEntry], newest: int, most: int
) -> list[list[FeedEntry]]:
    """The pages with an episode that is not among the `newest`, which `feed.xml` lists."""
    unlisted = len(oldest_first) - newest
    archives: list[list[FeedEntry]] = []
    begins_at = 0
    for page in _fill_pages(oldest_first, min(PAGE_ITEMS, most)):
        if begins_at < unlisted:
            archives.append(page)
        begins_at += len(page)
    return archives


def _choose_newest(oldest_first: Sequence[FeedEntry], most: int) -> list[FeedEntry]:
    """Choose what `feed.xml` lists, the oldest first; one episode at least."""
    chosen: list[FeedEntry] = []
    size = 0
    for entry in reversed(oldest_first):
        size += len(entry.item)
        if chosen and (len(chosen) == most or size > FEED_BYTES):
            break
        chosen.append(entry)
    return chosen[::-1]


def _fill_pages(oldest_first: Sequence[FeedEntry], most: int) -> list[list[FeedEntry]]:
    """Part the episodes into archives, from the oldest on."""
    pages: list[list[FeedEntry]] = [[]]
    size = 0
    for entry in oldest_first:
        if pages[-1] and (len(pages[-1]) == most or size + len(entry.item) > FEED_BYTES // 2):
            pages.append([])
            size = 0
        pages[-1].append(entry)
        size += len(entry.item)
    return pages


def is_explicit(is_usual: bool, episode: Episode) -> bool:
    """Tell whether an episode is explicit: as its post says, else as its show."""
    if episode.details.explicit is None:
        return is_usual
    return episode.details.explicit


def is_synthetic(is_declared: bool, episode: Episode) -> bool:
    """Tell whether notes and page call an episode's voices synthetic.

    As it declares, else as its show.
    """
    if episode.disclosure is None:
        return is_declared
    return episode.disclosure.is_synthetic


def _full_number(numbering: str, episode: Episode) -> tuple[int, int]:
    if episode.details.kind != "full":
        return 0, 0
    return find_number(numbering, episode)


def _number_tags(numbering: str, episode: Episode) -> Iterator[_Tag]:
    """The tags that number an episode."""
    season, number = find_number(numbering, episode)
    if season:
        yield _Tag("itunes:season", f"{season}")
        yield _Tag("podcast:season", f"{season}")
    if number:
        yield _Tag("itunes:episode", f"{number}")
        yield _Tag("podcast:episode", f"{number}")


class _ItemTags:
    """Our extension of feedgen: elements at the end of an item."""

    def __init__(self) -> None:
        self.tags: list[_Tag] = []

    def extend_ns(self) -> dict[str, str]:
        return {}

    def extend_rss(self, parent: _Element) -> None:
        for tag in self.tags:
            tag.under(parent)


class _ChannelTags(_ItemTags):
    """Our extension of feedgen: elements in the channel, before its items."""

    def extend_ns(self) -> dict[str, str]:
        if any(tag.name.startswith("fh:") for tag in self.tags):
            return NAMESPACES | _HISTORY
        return NAMESPACES

    def extend_rss(self, parent: _Element) -> None:
        super().extend_rss(parent[0])


def _page(show: Show, names: list[str], i: int, episodes: Sequence[FeedEntry]) -> bytes:
    """The page `names[i]` of the feed; its items newest first."""
    from feedgen.feed import FeedGenerator  # type: ignore[import-untyped]

    generator = FeedGenerator()
    generator.register_extension("more", _ChannelTags, _ItemTags, atom=False)
    generator.title(one_line(show.title))
    # The channel's link is the last one given.
    generator.link(href=public(show.url, names[i]), rel="self", type="application/rss+xml")
    generator.link(href=ascii_address(show.link) or ascii_address(show.url), rel="alternate")
    about = clean(show.description).strip() or one_line(show.title)
    generator.description(about.encode()[:4000].decode(errors="ignore").strip())
    generator.language(show.language)
    generator.generator("presscast")
    # The clock when it is not set; an empty feed was never built.
    generator.lastBuildDate(episodes[0].published.astimezone(dt.UTC) if episodes else _NEVER)
    if show.feed.copyright:
        generator.copyright(one_line(show.feed.copyright))
    if show.cover:
        generator.image(public(show.url, show.cover))
    generator.more.tags = [
        *_channel(show, episodes),
        *_links(show.url, show.feed.hub, names, i),
    ]
    head, end, tail = generator.rss_str(pretty=True).rpartition(b"  </channel>")
    return b"".join([head, *(episode.item for episode in episodes), end, tail])


def _channel(show: Show, episodes: Sequence[FeedEntry]) -> Iterator[_Tag]:
    """What directories and apps want to know of the show."""
    author, email = one_line(show.author), one_line(show.email)
    yield _Tag("itunes:author", author)
    yield from _directory_tags(show.feed)
    owner = (_Tag("itunes:name", author), _Tag("itunes:email", email))
    yield _Tag("itunes:owner", "", {}, owner)
    yield from _cover(show)
    yield _Tag("podcast:guid", show.guid)
    yield _Tag("podcast:locked", "yes" if show.feed.locked else "no", {"owner": email})
    yield _Tag("podcast:medium", "podcast")
    yield from _ai_content(show.feed.ai_content, episodes)
    yield from _offers(show.feed)
    hosts = episodes[0].hosts if episodes else ()
    for name in hosts:
        if one_line(name):
            yield _person(show, name, "host")


def _directory_tags(settings: FeedSettings) -> Iterator[_Tag]:
    """What directories do with the show: where they list it, and whether they do."""
    subcategory = _Tag("itunes:category", "", {"text": settings.subcategory})
    below = (subcategory,) if settings.subcategory else ()
    yield _Tag("itunes:category", "", {"text": settings.category}, below)
    yield _Tag("itunes:explicit", _true(settings.explicit))
    order = "episodic"
    if settings.serial:
        order = "serial"
    yield _Tag("itunes:type", order)
    if settings.new_feed_url:
        yield _Tag("itunes:new-feed-url", ascii_address(settings.new_feed_url))
    if settings.block or settings.private:
        yield _Tag("itunes:block", "Yes")
    if settings.private:
        yield _Tag("podcast:block", "yes")
    if settings.complete:
        yield _Tag("itunes:complete", "Yes")


def _offers(settings: FeedSettings) -> Iterator[_Tag]:
    """What the show says of itself only where its owner set it."""
    if settings.verify:
        yield _Tag("podcast:txt", settings.verify, {"purpose": "verify"})
    if settings.frequency:
        word = settings.frequency.partition(";")[0].removeprefix("FREQ=").capitalize()
        yield _Tag("podcast:updateFrequency", word, {"rrule": settings.frequency})
    if settings.funding:
        yield _Tag("podcast:funding", "Support the show", {"url": settings.funding})
    if settings.license:
        about = {}
        if settings.license_url:
            about["url"] = settings.license_url
        yield _Tag("podcast:license", settings.license, about)
    if settings.location:
        about = {}
        if settings.geo:
            about["geo"] = settings.geo
        yield _Tag("podcast:location", settings.location, about)
    if settings.podroll:
        shows = (
            _Tag("podcast:remoteItem", "", {"feedGuid": guid}) for guid in settings.podroll
        )
        yield _Tag("podcast:podroll", "", {}, tuple(shows))


def _ai_content(is_declared: bool, episodes: Sequence[FeedEntry]) -> Iterator[_Tag]:
    """What the show declares.

    True when any episode does, false only when all declare false, else nothing.

    As the Podcast Standards Project's proposal has it; an owner who declares it for the show is
    believed.
    """
    states = {episode.is_synthetic for episode in episodes}
    if is_declared or True in states:
        yield _Tag("podcast:txt", "true", {"purpose": "ai-content"})
    elif states <= {False}:
        yield _Tag("podcast:txt", "false", {"purpose": "ai-content"})


def _links(url: str, hub: str, names: list[str], i: int) -> Iterator[_Tag]:
    """The hub, and the way to the pages before and after this one.

    RFC 5005, sections 3 (next) and 4.
    """
    ways = []
    if hub and names[i] == FEED:
        yield _Tag("atom:link", "", {"rel": "hub", "href": hub})
    if i > 0:
        ways += [("next", names[i - 1]), ("prev-archive", names[i - 1])]
    if names[i] != FEED:
        yield _Tag("fh:archive")
        ways.append(("current", FEED))
        if names[i + 1] != FEED:
            ways.append(("next-archive", names[i + 1]))
    for rel, name in ways:
        yield _Tag("atom:link", "", {"rel": rel, "href": public(url, name)})


def _item_text(show: Show, episode: Episode) -> bytes:
    """An episode's item, indented as it stands in the feed."""
    from feedgen.entry import FeedEntry  # type: ignore[import-untyped]
    from lxml.etree import Element, SubElement, tostring

    entry = FeedEntry()
    entry.register_extension("more", _ItemTags, atom=False)
    entry.title(one_line(episode.title) or episode.date.isoformat())
    entry.link(href=page_address(show.edition.post_url, show.url, episode.slug, episode.date))
    notes = render_show_notes(is_synthetic(show.feed.ai_content, episode), episode)
    # Items of an older presscast stay as they are.
    if episode.disclosure and len(notes.encode()) <= DESCRIPTION_BYTES:
        entry.description(notes)
    else:
        # Said twice only where the description has to be cut.
        entry.description(description(episode))
        entry.content(notes)
    entry.guid(episode.guid, permalink=False)
    entry.enclosure(enclosure_address(show, episode.audio), str(episode.bytes), "audio/mpeg")
    entry.pubDate(episode.published.astimezone(dt.UTC))
    entry.more.tags = list(_item(show, episode))
    # Within a feed of its own, so that it is indented and its namespaces are declared above it.
    root = Element("rss", nsmap=NAMESPACES)
    SubElement(root, "channel").append(entry.rss_entry())
    text: bytes = tostring(root, encoding="UTF-8", pretty_print=True)
    return text[text.index(b"    <item>") : text.rindex(b"  </channel>")]


def _item(show: Show, episode: Episode) -> Iterator[_Tag]:
    yield from _number_tags(show.feed.numbering, episode)
    yield _Tag("itunes:title", one_line(episode.title) or episode.date.isoformat())
    yield _Tag("itunes:duration", str((episode.duration + 500) // 1000))
    yield _Tag("itunes:explicit", _true(is_explicit(show.feed.explicit, episode)))
    yield _Tag("itunes:episodeType", episode.details.kind)
    yield from _picture(show, episode)
    yield from _text_files(show.url, show.language, episode.stem)
    if episode.soundbite:
        yield _soundbite_tag(episode.soundbite)
    if episode.opus:
        yield _opus_tag(show, episode)
    if episode.disclosure:
        state = _true(episode.disclosure.is_synthetic)
        yield _Tag("podcast:txt", state, {"purpose": "ai-content"})
    yield from _people(show, episode)
    yield _Tag("psc:chapters", "", {"version": "1.2"}, tuple(map(_chapter, episode.chapters)))


def _text_files(url: str, language: str, stem: str) -> Iterator[_Tag]:
    """The addresses of the chapters and of each form of the transcript."""
    address = public(url, f"{stem}.chapters.json")
    media_type = TEXTS["chapters.json"].media_type
    yield _Tag("podcast:chapters", "", {"url": address, "type": media_type})

    for ending, form in TRANSCRIPTS.items():
        about = {
            "url": public(url, f"{stem}.{ending}"),
            "type": form.media_type,
            "language": language,
        }
        if form.is_caption:
            about["rel"] = "captions"
        yield _Tag("podcast:transcript", "", about)


def _soundbite_tag(bite: Soundbite) -> _Tag:
    length = DurationMs(bite.end - bite.start)
    times = {"startTime": str(seconds(bite.start)), "duration": str(seconds(length))}
    # The namespace recommends a title of at most 128 characters.
    return _Tag("podcast:soundbite", one_line(bite.title, 128), times)


def _opus_tag(show: Show, episode: Episode) -> _Tag:
    about = {"type": OPUS, "length": str(episode.opus), "title": "Opus, a small file"}
    address = enclosure_address(show, f"{episode.stem}.opus")
    source = _Tag("podcast:source", "", {"uri": address})
    return _Tag("podcast:alternateEnclosure", "", about, (source,))


def _people(show: Show, episode: Episode) -> Iterator[_Tag]:
    for person in episode.people:
        if one_line(person.name):
            yield _person(show, person.name, _role(person))


def _person(show: Show, name: str, role: str) -> _Tag:
    about = {"role": role, "group": "cast"}
    if page := show.feed.people.get(name):
        about["href"] = page
    if picture := show.portraits.get(name_key(name)):
        about["img"] = public(show.url, picture)
    return _Tag("podcast:person", one_line(name, 128), about)


def _role(person: Credit) -> str:
    return _ROLES.get(person.role, "reporter")


def _chapter(chapter: Chapter) -> _Tag:
    about = {"start": clock(chapter.start), "title": one_line(chapter.title)}
    if link := secure(chapter.link):
        about["href"] = link
    if image := secure(chapter.image):
        about["image"] = image
    return _Tag("psc:chapter", "", about)


def _picture(show: Show, episode: Episode) -> Iterator[_Tag]:
    """The episode's own picture, else the show's."""
    if not episode.art:
        yield from _cover(show)
    elif episode.details.image:
        yield from _art(show.url, episode.art, f"Picture of {episode.title}")
    else:
        yield from _art(show.url, episode.art, f"The headlines of {show.title}")


def _cover(show: Show) -> Iterator[_Tag]:
    if show.cover:
        yield from _art(show.url, show.cover, f"Cover of {show.title}")


def _art(url: str, name: str, words: str) -> Iterator[_Tag]:
    about = {"href": public(url, name), "alt": one_line(words)}
    yield _Tag("itunes:image", "", {"href": about["href"]})
    yield _Tag("podcast:image", "", about | {"aspect-ratio": "1/1", "purpose": "artwork"})


def _true(value: bool) -> str:
    return "true" if value else "false"

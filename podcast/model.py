"""The words of the house as frozen values. This module imports nothing of the project."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, NamedTuple, NewType

DurationMs = NewType("DurationMs", int)
"""A length or a position in time, in whole milliseconds."""

Usd = NewType("Usd", float)
"""Money, in US dollars."""

Fact = str | int | float
"""What a post's front matter says of its episode under one key."""


# --- the show -------------------------------------------------------------------------------


Role = Literal["rundown", "story", "frame", "verify", "desk", "casting"]
"""What a model is asked for. `verify` is asked only where a model is named for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WriterService:
    """Server that the writer's model is asked at: the table `[writer]` of podcast.toml."""

    url: str = ""
    """Address of a server that speaks OpenAI's protocol, up to `/v1`; empty: OpenAI's own."""
    key_env: str | None = None
    """Environment variable that holds the key; empty: the server needs none.

    None: `OPENAI_API_KEY` for OpenAI, no key for a server on this machine."""
    timeout: float = 300.0
    """Seconds to wait for an answer to begin, and for each further part of it."""
    jobs: int | None = None
    """How many answers are asked for at once; None: four,
    and one of a server on this machine."""
    rundown: str = ""
    """Model of this role, as all below; empty: the writer's model."""
    story: str = ""
    frame: str = ""
    verify: str = ""
    """Empty: no model is asked whether the answers are true;
    the rules check them all the same."""
    desk: str = ""
    casting: str = ""
    price_in: float | None = None
    """US$ a million tokens that go in; None: as the price table says."""
    price_out: float | None = None
    """US$ a million tokens that come out; None: as the price table says."""

    def name_model(self, role: Role, usual: str) -> str:
        """Name the model that a role asks."""
        model: str = getattr(self, role)
        return model or usual


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedSettings:
    """What the feed and the pages say of the show, and which files are published."""

    category: str = "Technology"
    """Spelt as in Apple's list."""
    subcategory: str = ""
    explicit: bool = False
    copyright: str = ""
    locked: bool = True
    """podcast:locked: other platforms may not import this feed."""
    ai_content: bool = True
    """podcast:txt purpose=ai-content: voices are synthetic."""
    frequency: str = ""
    """podcast:updateFrequency, a recurrence rule of RFC 5545: `FREQ=DAILY`."""
    numbering: str = ""
    """`all` numbers the episodes from 1 on; `year`
    makes each year a season. Empty: no numbers."""
    serial: bool = False
    """itunes:type `serial`: apps begin at the first episode. Needs `numbering`."""
    people: Mapping[str, str] = field(default_factory=dict, hash=False)
    """Names of people to the addresses of their pages."""
    subscribe: Mapping[str, str] = field(default_factory=dict, hash=False)
    """The show's pages in directories: keys of SUBSCRIBE_SERVICES to addresses."""
    unsubscribe: str = ""
    """The address where a reader leaves the mailing list;
    empty: a mail to the show's address."""
    funding: str = ""
    """The address where listeners can give money."""
    license: str = ""
    """A licence's id, such as `cc-by-4.0`; any other name needs `license_url`."""
    license_url: str = ""
    location: str = ""
    """What the show is about, as a place: `Lisbon`."""
    geo: str = ""
    """That place as RFC 5870 has it: `geo:38.7167,-9.1333`."""
    podroll: tuple[str, ...] = ()
    """podcast:guid of each show that this one recommends."""
    verify: str = ""
    """The text by which a directory finds out
    that the feed is its owner's (podcast:txt purpose=verify)."""
    hub: str = ""
    """A WebSub hub, which tells apps at once; it is pinged whenever something is published."""
    feed_items: int = 300
    """How many episodes `feed.xml` lists, the newest; older ones are in its archives."""
    new_feed_url: str = ""
    """Where the feed is from now on (itunes:new-feed-url): directories and apps follow."""
    block: bool = False
    """itunes:block: Apple's directory does not list the show."""
    private: bool = False
    """Only who is given the address finds the show: no directory,
    no search engine, no subscribe links."""
    enclosure_prefix: str = ""
    """What stands before the address of the audio in the feed, so that somebody counts
    downloads: `https://op3.dev/e/`."""
    complete: bool = False
    """itunes:complete: no more episodes will come."""
    opus: bool = False
    """Publish a small Opus file of each episode beside the MP3."""
    episode_art: bool = False
    """Draw art with the headlines for each episode."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionSettings:
    """Where the written editions are, how they are read, and what they get back."""

    byline: str = ""
    """The line that signs a story in the posts, with `{name}`: `_Summarized by: {name}_`."""
    date_keys: tuple[str, ...] = ()
    """Keys of front matter that hold a post's date, before the usual ones."""
    presenter: str = "The presenter"
    """Who reads posts that name no editor and no reporter."""
    timezone: str = "UTC"
    """IANA name of the zone in which editions are dated."""
    time: dt.time = dt.time(6, 0)
    """Local time of day at which an edition without a time counts as published."""
    posts: Path = Path("posts")
    """Folder of the dated posts, relative to the show's folder: `_posts` in a Jekyll blog."""
    post_url: str = ""
    """Pattern of a post's public address, with {year} {month} {day} {slug}.

    Empty: an episode's link is its own page."""
    facts: str = "keys"
    """Under which keys a post gets its episode's facts.

    `keys`: `audio`, `duration` ...; `prefixed`: `podcast_audio` ...; `none`: it gets none."""
    catch_up: int = 14
    """How many days back `make --new` looks for editions that have no episode yet."""
    include: str = ""
    """A line that is put once at the start of each post's body,
    such as `{% include podcast.html %}`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SoundSettings:
    """The form of the MP3, its pauses, and the line on synthetic voices."""

    pause_reply: float = 0.25
    """Seconds before an answer, and before another person's turn of fewer than eight words."""
    pause_speaker: float = 0.45
    """Seconds before another person's new thought."""
    pause_paragraph: float = 0.4
    """Seconds before the next turn of the same person."""
    rate: int = 48_000
    """Sample rate of the episode, in Hz."""
    bitrate: int = 96
    """Constant bit rate of the MP3, in kbit/s."""
    disclosure: str = "The voices in this programme are synthetic."
    """The line by which the presenter says so, once in each new episode;
    empty: it is not said aloud."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VoiceSettings:
    """Which engine speaks, with which model, and how long its takes are kept."""

    engine: str = "auto"
    """Which engine speaks: `auto`, or the name of an engine that is installed."""
    speech_model: str = "gpt-4o-mini-tts"
    """The model that the engine `openai` asks, at its speech endpoint."""
    realtime_model: str = "gpt-realtime-2.1-mini"
    """The model that the engine `openai-realtime` asks."""
    model_file: Path | None = None
    """A Kokoro ONNX model that the user already has; None takes the installed one."""
    keep_takes: int = 60
    """For how many days a take that no episode uses is kept; 0: for ever."""
    cache_mb: int = 5000
    """How much `.podcast/` may hold before the takes unused for longest go;
    0: as much as it takes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WriterSettings:
    """Who writes the script, and how it is to be."""

    name: str = "template"
    """Which writer writes the script: the name of a writer that is installed."""
    model: str = "gpt-6-luna"
    """The model that the writer `model` asks; `model` in the table `[writer]`."""
    service: WriterService = WriterService()
    """Where it is asked; the other keys of the table `[writer]`."""
    minutes: int = 0
    """How long an episode is to be, about; 0: as long as its stories ask for.

    The writer `template` leaves out the least important sentences; it does not make an episode
    longer."""
    format: str = ""
    """`bulletin` (a host, reporters, a rundown), `conversation` (people talk the stories over),
    `brief` (the news in a few sentences each) or `essay` (one voice, one text); empty: as the
    post is."""
    story_order: str = "post"
    """In which order the writer `template` tells the stories of a bulletin:
    `post`, or `weight`."""
    cohost: str = ""
    """Who talks with the only author of a post where `format` is `conversation`."""
    audience: str = ""
    """Who listens, in the owner's words, for a model that writes: `engineers who cook`."""
    style: str = ""
    """How the show sounds, in the owner's words, for a model that writes: `dry, unhurried`."""
    tell_all: bool = False
    """Tell every story, also those that the gate leaves out,
    and make broken editions: `--force`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewsroomSettings:
    """How a written edition is made from papers, feeds and pages."""

    stories: int = 7
    """How many stories an edition has."""
    papers: int = 2
    """How many of them may be papers when there is other news."""
    words: int = 110
    """The longest summary of a story, in words."""
    news_days: int = 0
    """How many days back an entry of a feed is news.

    0: since the last edition, or two days when there is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreSettings:
    """Where the show is published, and where its machines share takes."""

    address: str = ""
    """Where to publish: an fsspec address such as `s3://bucket/folder`;
    empty: the show's `feeds/`."""
    audio_url: str = ""
    """The public address of the audio, ending in a slash; empty: the show's `url`."""
    audio_address: str = ""
    """Where the audio is published, an fsspec address; empty: with the pages."""
    keep: str = ""
    """How much stays published, the newest: `100 episodes`,
    `365 days`, `5 GB`; empty: everything."""
    keep_removes: str = "feed"
    """What goes of older episodes: `feed`, their items; `both`, their files too."""
    keep_replaced: int = 14
    """Days for which replaced audio stays, with its transcripts and chapters, for caches."""
    timeout: int = 60
    """Seconds that the place may be silent before it counts as gone."""
    cache: str = ""
    """Where all machines that make the show share their takes:
    an fsspec address; empty: each has its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Show:
    """The podcast: its configuration, people, art and feed. Built by `config.load_show`."""

    folder: Path
    """The show's folder, absolute; holds podcast.toml, posts/,
    voices/, scripts/, assets/, feeds/."""
    title: str
    author: str
    email: str
    description: str
    url: str
    """The public address of `feeds/`, ending in a slash."""
    link: str
    """The address of the show's web site."""
    language: str = "en"
    """ISO 639, as Apple wants it: `en`, `en-us`."""
    guid: str = ""
    """podcast:guid, a UUIDv5; set once by `init`, never changed."""
    cover: str = ""
    """File name of the published cover, `cover-<8 hex digits of its sha256>.jpg`: new art, new
    name.

    Set by `publish`, which copies `assets/cover.jpg` (or `.png`) there; empty before."""
    portraits: Mapping[str, str] = field(default_factory=dict)
    """File names of published pictures, by the letters of people's names. Set by `publish`."""
    feed: FeedSettings = field(default_factory=FeedSettings)
    edition: EditionSettings = EditionSettings()
    sound: SoundSettings = SoundSettings()
    voices: VoiceSettings = VoiceSettings()
    writer: WriterSettings = WriterSettings()
    newsroom: NewsroomSettings = NewsroomSettings()
    store: StoreSettings = StoreSettings()
    adapters: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    """Settings of adapters from other packages, by the adapter's name; they check their own."""

    def path(self, *parts: str) -> Path:
        """A path inside the show's folder."""
        return self.folder.joinpath(*parts)

    @property
    def feeds(self) -> Path:
        """The folder where the show is published unless `store` says otherwise.

        A private show's is below `feeds/`, of the name that makes its address hard to guess.
        """
        if not self.feed.private:
            return self.path("feeds")
        return self.path("feeds", self.url.rstrip("/").rpartition("/")[2])


SUBSCRIBE_SERVICES = {
    "apple": "Apple Podcasts",
    "spotify": "Spotify",
    "overcast": "Overcast",
    "pocketcasts": "Pocket Casts",
    "youtube": "YouTube",
    "amazon": "Amazon Music",
}
"""Where listeners follow a show: the word of the settings to the name on pages,
in the order shown."""


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where mail is handed in."""

    host: str
    port: int
    encrypted: bool
    """True for TLS from the first byte; else STARTTLS is used where the server offers it."""
    user: str = ""
    password: str = ""
    """Never sent without encryption."""


# --- texts ----------------------------------------------------------------------------------

SpanKind = Literal[
    "text",
    "emphasis",
    "strong",
    "deleted",
    "code",
    "math",
    "superscript",
    "subscript",
    "address",
    "mention",
    "break",
]
BlockKind = Literal[
    "heading",
    "paragraph",
    "list",
    "item",
    "quotation",
    "table",
    "row",
    "cell",
    "code",
    "math",
    "figure",
    "footnote",
    "definition",
    "term",
    "embed",
    "rule",
]


@dataclass(frozen=True, slots=True)
class Span:
    """A run of characters of one kind within a Block."""

    text: str
    """As a person would type it: character entities resolved,
    Markdown's escapes gone; math between `$`."""
    kind: SpanKind = "text"
    link: str = ""
    """Where it leads; empty for text that is no link."""
    line: int = 0
    """Its line in the source, counted from 1; 0 when unknown."""


@dataclass(frozen=True, slots=True)
class Block:
    """One typed part of a Document."""

    kind: BlockKind
    spans: tuple[Span, ...] = ()
    """Its own text; empty where `children` hold it."""
    children: tuple[Block, ...] = ()
    """Items of a list, blocks of an item or a quotation, rows of a table, cells of a row."""
    line: int = 0
    """Its first line in the source, counted from 1; 0 when unknown."""
    level: int = 0
    """1 to 6 for a heading."""
    ordered: bool = False
    """True for a numbered list."""

    @property
    def text(self) -> str:
        """Its text and its children's on one line."""
        parts = ["".join(" " if span.kind == "break" else span.text for span in self.spans)]
        parts += [child.text for child in self.children]
        return " ".join(" ".join(parts).split())


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Something of a text that is not spoken."""

    kind: str
    """What it is, in words that an owner knows: `code block`,
    `table`, `picture`, `footnote mark`."""
    text: str
    """As the source has it."""
    reason: str
    """Why it is not spoken."""
    line: int = 0
    """Its first line in the source, counted from 1; 0 when unknown."""


@dataclass(frozen=True, slots=True)
class Document:
    """A text as typed parts. Everything of its source is in a Span or in a LeftOut."""

    blocks: tuple[Block, ...] = ()
    left_out: tuple[LeftOut, ...] = ()

    @property
    def text(self) -> str:
        """Its blocks as plain text, parted by empty lines.

        An item of a list and a row have a line each.
        """
        return "\n\n".join(text for block in self.blocks if (text := _lines_of(block)))


def _lines_of(block: Block) -> str:
    if block.kind in ("list", "table"):
        return "\n".join(text for child in block.children if (text := child.text))
    return block.text


# --- what an edition is made of -------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SourceText:
    """What a source answered, before anyone knows which kind it is."""

    name: str
    """How messages call it: a path, an address, or `standard input`."""
    text: str
    address: str = ""
    """Where it came from, for links that are relative to it; empty for files."""
    zone: dt.tzinfo = dt.UTC
    """In which the day of a moment in it counts: the show's."""


@dataclass(frozen=True, slots=True)
class Item:
    """A piece of news or a paper that a source gives: what a Story can be made of."""

    title: str
    """Plain text on one line."""
    text: str
    """Plain text, its paragraphs parted by empty lines;
    empty when the source gives a headline alone."""
    link: str = ""
    source: str = ""
    """The source's name as printed, usually a domain."""
    date: dt.date | None = None
    paper: bool = False
    authors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SourceItems:
    """What one document of a source gives."""

    items: tuple[Item, ...]
    notices: tuple[str, ...] = ()
    """What its owner should know, each one line: what was left out, and why."""
    is_feed: bool = False
    """True when it holds entries of many days, of which only the new ones are news."""


# --- the written edition --------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Headline:
    """A title with its link, told in a line: an earlier story, or another headline."""

    title: str
    link: str = ""
    """Where it leads; site-relative for earlier stories,
    absolute for other headlines, empty when unknown."""
    date: dt.date | None = None
    """The date of the edition that carried it, for earlier stories."""
    paper: bool = False
    """True when the post marks it as a paper (a PDF icon, or a preprint server's address)."""


@dataclass(frozen=True, slots=True)
class Story:
    """One summary of the edition."""

    title: str
    body: Document
    """What is told, without title, byline and previous headlines;
    and what is left out of it."""
    reporter: str = ""
    """The Person who summarised it; empty when the post names none."""
    source: str = ""
    """The source's name as printed, usually a domain: `arxiv.org`."""
    link: str = ""
    """The source's address."""
    paper: bool = False
    """True for a research paper."""
    previous: tuple[Headline, ...] = ()
    """Earlier related headlines, as the post lists them."""
    see_also: tuple[Headline, ...] = ()
    """Related pages elsewhere, as the post lists them."""
    covered: Headline | None = None
    """The headline of an earlier edition that told this very story."""
    line: int = 0
    """The line of its heading in the post, counted from 1."""


@dataclass(frozen=True, slots=True)
class Person:
    """An editor or a reporter."""

    name: str
    role: str = "reporter"
    """`editor` or `reporter`."""
    persona: str = ""


@dataclass(frozen=True, slots=True)
class Publication:
    """Front matter of a post that says whether and when its blog shows it."""

    hidden: str = ""
    """The line that keeps it from being shown, such as `draft:
    true`; empty when there is none."""
    due: tuple[dt.datetime, ...] = ()
    """Moments before which it is not shown; one without a zone is in the show's."""
    expires: dt.datetime | None = None
    """The moment from which on it is not shown any more."""


EpisodeKind = Literal["full", "trailer", "bonus"]
"""itunes:episodeType."""


@dataclass(frozen=True, slots=True)
class EpisodeDetails:
    """Front matter of a post that says how the feed lists its episode."""

    kind: EpisodeKind = "full"
    """`episode_type`."""
    season: int = 0
    """`season`; 0: as the show numbers."""
    number: int = 0
    """`episode`; 0: as the show numbers."""
    explicit: bool | None = None
    """None: as the show."""
    image: str = ""
    """`episode_image`: path of a picture in the blog, as the post has it."""


NO_DETAILS = EpisodeDetails()


@dataclass(frozen=True, slots=True)
class Edition:
    """One dated issue of the magazine."""

    date: dt.date
    slug: str
    """`YYYY-MM-DD-words`: the stem of the post, safe as a file name and in an address."""
    title: str
    stories: tuple[Story, ...]
    subtitle: str = ""
    others: tuple[Headline, ...] = ()
    """The other headlines."""
    left_out: tuple[LeftOut, ...] = ()
    """What the post has outside its stories, and sections with nothing to read."""
    kind: Literal["bulletin", "essay"] = "bulletin"
    """A bulletin has stories of several people, or with a level-1 heading each. An essay is one
    piece.

    An essay's Stories are its sections: the first is what stands before its first level-2
    heading, under the post's title; each further one is a level-2 heading with its text. They
    are chapters without stings and without a hand-over, all told by the essay's first author,
    who is its editor; "I" is that author."""
    authors: tuple[str, ...] = ()
    """Who wrote an essay, as the post says: the first reads it,
    all are credited. Empty: the presenter."""
    staff: tuple[Person, ...] = ()
    """The editor first, then the reporters as listed;
    people who only sign stories are added at the end."""
    path: Path | None = None
    """The post it was read from."""
    time: dt.datetime | None = None
    """The moment of publication when the post gives one; without a zone it is the show's.

    Else None, and the show's time counts."""
    model: str = ""
    """The model that edited it; empty when none did."""
    cost: Usd = Usd(0.0)
    """What editing it cost."""
    post_text: str = field(default="", repr=False, compare=False)
    """The whole post as it was read, with plain line ends: the lines of stories are lines of
    this text, also when the file has got its facts meanwhile. Empty for an edition that was not
    read from a post."""
    publication: Publication = Publication()
    """True when and when its blog shows the post."""
    details: EpisodeDetails = NO_DETAILS

    @property
    def editor(self) -> Person | None:
        """Who presents; None when the post names no editor."""
        return next((person for person in self.staff if person.role == "editor"), None)


@dataclass(frozen=True, slots=True)
class Assignment:
    """A story that the editor gives to a reporter."""

    item: int
    """The item's place among those to choose from, counted from 0."""
    reporter: Person


@dataclass(frozen=True, slots=True)
class Agenda:
    """What the editor decides about a day."""

    title: str
    subtitle: str
    stories: tuple[Assignment, ...]
    """The best first."""
    staff: tuple[Person, ...]
    """Who edits and who reports, those hired for the day included."""
    cost: Usd = Usd(0.0)
    """What deciding cost."""


@dataclass(frozen=True, slots=True)
class Summary:
    """What a reporter makes of an item."""

    text: str
    """Plain text in one paragraph."""
    cost: Usd = Usd(0.0)


# --- voices ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Voice:
    """A sound from the pool: one file `voices/<id>.toml`."""

    id: str
    name: str
    description: str
    presentation: str
    """`feminine`, `masculine` or `neutral`."""
    accent: str
    """`american`, `british` ..."""
    pace: int
    """Words per minute."""
    manner: str
    """The instruction given to engines that take one."""
    engines: Mapping[str, str] = field(default_factory=dict)
    """Its id in engines: {'kokoro': 'af_heart', 'espeak':
    'en-us+f3'}. Others choose one themselves."""


@dataclass(frozen=True, slots=True)
class Cast:
    """Which Person has which Voice."""

    voices: Mapping[str, Voice]
    """Person's name to Voice."""
    presenter: str
    """The name of who presents."""


# --- the script -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Turn:
    """One person saying one passage."""

    speaker: str
    text: str
    """Words as a person writes them, on one line, no Markdown but `*stress*`;
    `[laughs]` is a direction."""
    line: int = field(default=0, compare=False)
    """Its line in the saved script, counted from 1; 0 when it was not read from a file."""
    direction: str = ""
    """How all of it is to be said, for engines that act: `amused`."""


class SaidWord(NamedTuple):
    """A written word and its share of the spoken words."""

    written: str
    """As the script has it, with its punctuation."""
    first: int
    """Index of its first spoken word."""
    last: int
    """Index after its last spoken word; `first` where nothing is said for it."""
    rules: tuple[str, ...] = ()
    """Names of the rules that made it what is said; empty where it is said as written."""


@dataclass(frozen=True, slots=True)
class Utterance:
    """A Turn as an engine gets it: numbers and signs spelled out."""

    text: str
    words: tuple[SaidWord, ...]
    """Every written word in order; together they have every spoken word of `text` once."""
    directions: tuple[str, ...] = ()
    """How it is to be said, for engines that act: `amused`, `laughs`."""


@dataclass(frozen=True, slots=True)
class Pause:
    """`[pause 0.8s]` on a line of its own: silence in place of the usual pause."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Sting:
    """`[sting]` on a line of its own: opening if it comes first, closing if last."""


@dataclass(frozen=True, slots=True)
class ScriptChapter:
    """A `## ` heading and what is said under it."""

    title: str
    items: tuple[Turn | Pause | Sting, ...]
    source: str = ""
    """Address of the story's source; empty for the opening, the close and the like."""
    note: str = ""
    """What a person who reads the script should know of how the chapter was written;
    never spoken."""


@dataclass(frozen=True, slots=True)
class PostHashes:
    """A version of a post: hashes of what is spoken of it."""

    whole: str
    """Of its title, subtitle, stories and headlines."""
    stories: tuple[str, ...]
    """Of each story."""


@dataclass(frozen=True, slots=True)
class Script:
    """What will be said."""

    title: str
    date: dt.date
    chapters: tuple[ScriptChapter, ...]
    writer: str = ""
    """Which writer wrote it; empty when a person did."""
    model: str = ""
    """The model that the writer asked; empty when none."""
    cost: Usd = Usd(0.0)
    """What the writing cost."""
    sources: PostHashes | None = None
    """The version of the post that it was written from; None when it does not say."""
    edited: bool = field(default=False, compare=False)
    """True when a person changed it since it was written, or nobody can know."""

    @property
    def turns(self) -> tuple[Turn, ...]:
        """All turns in the order in which they are spoken."""
        return tuple(i for c in self.chapters for i in c.items if isinstance(i, Turn))


# --- sound ----------------------------------------------------------------------------------


class Word(NamedTuple):
    """A word of the transcript with its time. A tuple, for a show has millions of them."""

    text: str
    """As written in the script, with its punctuation."""
    start: DurationMs
    """From the start of the take, or of the episode, as the holder says."""
    end: DurationMs


@dataclass(frozen=True, slots=True)
class Sound:
    """What an engine answers for one passage."""

    samples: bytes
    """Mono PCM, 16-bit signed little-endian."""
    rate: int
    """Samples a second."""
    words: tuple[Word, ...] = ()
    """Times of the words of the passage as it was given,
    from the start of `samples`; empty: unknown."""
    cost: Usd = Usd(0.0)
    """What the service charged."""
    transcript: str = ""
    """What the engine says that it said; empty when it does not say."""


@dataclass(frozen=True, slots=True)
class Take:
    """The audio of one Turn, kept on disk."""

    turn: Turn
    voice: Voice
    key: str
    """Hex digest of everything that shapes the audio; the stem of its files in the cache."""
    path: Path
    """A WAV file: mono, 16-bit PCM."""
    frames: int
    """Samples in `path`."""
    rate: int
    """Samples a second."""
    words: tuple[Word, ...]
    """Every written word of the turn, its directions left out, timed from the start of `path`.

    Estimated where the engine gave none."""
    cost: Usd
    cached: bool
    """True when it was not spoken anew in this run."""
    attempts: int
    """How often it was spoken until it passed the checks."""

    @property
    def duration(self) -> DurationMs:
        """How long it sounds."""
        return DurationMs(round(self.frames * 1000 / self.rate))


# --- the episode ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Chapter:
    """A part of the episode that apps list and jump to."""

    title: str
    start: DurationMs
    end: DurationMs
    link: str = ""
    """Absolute address, or empty."""
    image: str = ""
    """Absolute address, or empty."""
    picture: str = ""
    """Beginning of the SHA-256 of the picture that the MP3 has for it; empty for none."""


@dataclass(frozen=True, slots=True)
class Line:
    """A Turn as it is heard in the episode: what every transcript is made from."""

    speaker: str
    chapter: int
    """Index of its chapter, counted from 0."""
    start: DurationMs
    end: DurationMs
    words: tuple[Word, ...]
    """Every written word of the turn, timed from the start of the episode."""


@dataclass(frozen=True, slots=True)
class Soundbite:
    """The passage that tells best what the episode is like."""

    title: str
    start: DurationMs
    """From the start of the episode."""
    end: DurationMs


@dataclass(frozen=True, slots=True)
class Loudness:
    """Measured as facts of the encoded file."""

    lufs: float
    """Integrated loudness as heard, in LUFS: a mono file's single-channel reading plus 3.01."""
    true_peak: float
    """In dBTP."""


@dataclass(frozen=True, slots=True)
class Pauses:
    """Seconds of silence between turns, by what passes."""

    reply: float = 0.25
    """Before an answer, and before another person's turn of a few words."""
    speaker: float = 0.45
    """Before another person's new thought."""
    paragraph: float = 0.4
    """Before the next turn of the same person."""


@dataclass(frozen=True, slots=True)
class Numbers:
    """An episode's number under each numbering that its show has had; given once.

    0: none was given.
    """

    show: int = 0
    """Its place in the show (`numbering = "all"`)."""
    year: int = 0
    """Its place in its year (`numbering = "year"`)."""


@dataclass(frozen=True, slots=True)
class Disclosure:
    """What an episode says of how it was made, in feed and tag."""

    is_synthetic: bool
    """podcast:txt purpose=ai-content of its item: its voices are synthetic."""
    spoken: str
    """The line that is said aloud; empty when none is."""


NO_NUMBERS = Numbers()

EARLIER_PAUSES = Pauses(reply=0.6, speaker=0.6, paragraph=0.45)
"""Those of episodes whose record does not say which they have."""


@dataclass(frozen=True, slots=True)
class EpisodeAudio:
    """What `stitch` hands on: the encoded audio and what is known of it from counting."""

    stream: Iterable[bytes] = field(compare=False, repr=False)
    """The MP3 in pieces, as often as it is asked for: Info frame and frames, no tag."""
    frames: int
    """MP3 frames of audio, the Info frame not counted."""
    duration: DurationMs
    """Of the sound, from counted samples."""
    chapters: tuple[Chapter, ...]
    lines: tuple[Line, ...]
    loudness: Loudness
    waveform: tuple[int, ...]
    """As `Episode.waveform`."""


@dataclass(frozen=True, slots=True)
class Credit:
    """A Person as heard in this episode."""

    name: str
    role: str
    """`editor` or `reporter`."""
    voice: str
    """Voice id."""


@dataclass(frozen=True, slots=True)
class SourceNote:
    """A story's source as the show notes list it."""

    title: str
    reporter: str
    source: str
    link: str


INAUDIBLE_ENGINES = frozenset({"silence"})
"""Engines that only stand for one: nobody hears anything of their episodes."""

LEVELS_A_DB = 255 / 50
"""Steps of a waveform's level to a decibel."""


@dataclass(frozen=True, slots=True)
class EarlierAudio:
    """An MP3 that was published, and that other audio replaced."""

    audio: str
    """Its file name."""
    replaced: dt.datetime | None
    """When it was, aware; None where an older presscast did not say."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Episode:
    """The finished MP3's record: the truth from which feed and pages are rebuilt.

    Saved as `<slug>.json`.
    """

    guid: str
    """Never changes, however often the date is remade."""
    slug: str
    date: dt.date
    published: dt.datetime
    """Aware."""
    title: str
    subtitle: str
    duration: DurationMs
    bytes: int
    """Size of the tagged MP3."""
    sha256: str
    """Of the tagged MP3, hex."""
    chapters: tuple[Chapter, ...]
    lines: tuple[Line, ...]
    people: tuple[Credit, ...]
    notes: tuple[SourceNote, ...]
    others: tuple[Headline, ...]
    loudness: Loudness
    engine: str
    writer: str
    model: str
    """The model that wrote the script, or else the edition;
    the writer's name where none did."""
    cost_writing: Usd
    """What editing the edition and writing the script cost."""
    cost_speaking: Usd
    processing: str
    """Wall time of the make that produced the audio, `H:MM:SS.ffffff`."""
    version: str
    """presscast's."""
    soundbite: Soundbite | None = None
    art: str = ""
    """File name of the episode's own art; empty when it has the show's cover."""
    art_small: str = ""
    """File name of a copy of the art in the size that pages show; empty where there is none."""
    retakes: int = 0
    """How often passages were spoken again because a check failed."""
    waveform: tuple[int, ...] = ()
    """How loud each equal part is: 0 at -50 LUFS of one channel and below, LEVELS_A_DB more a
    decibel, 255 at 0 LUFS and above; empty when unknown."""
    opus: int = 0
    """Size of its Opus file, in bytes; 0 when there is none."""
    opus_sha256: str = ""
    """Of its Opus file, hex; empty when there is none, or when an older presscast made it."""
    pauses: Pauses | None = None
    """Between its turns; None for an episode that an older presscast made,
    which has `EARLIER_PAUSES`."""
    post: str = ""
    """Its post's path within the show's folder of posts; empty for a post from elsewhere."""
    remade: str = ""
    """The beginning of the audio's checksum,
    once other audio was published before; else empty."""
    sources: PostHashes | None = None
    """The version of the post that it speaks; None when an older presscast made it."""
    author_keys: tuple[str, ...] = ()
    """Facts that its post does not get, for its author uses their keys for something else."""
    earlier_audio: tuple[EarlierAudio, ...] = ()
    """What its audio replaced, the newest first, kept for apps that know no other yet."""
    numbers: Numbers = NO_NUMBERS
    is_gone: bool = False
    """Its files were removed, for the show keeps newer ones; nothing but its record is left."""
    details: EpisodeDetails = NO_DETAILS
    """What its post says of its item."""
    asked_time: dt.datetime | None = None
    """The moment of publication that its post gave;
    None where it gave none, or none is known."""
    disclosure: Disclosure | None = None
    """None for an episode that an older presscast made: nothing was declared."""
    is_sealed: bool = True
    """True when its record has a checksum of itself; those of older presscasts have none."""

    @property
    def is_audible(self) -> bool:
        """True when there is anything to hear in it."""
        return self.engine not in INAUDIBLE_ENGINES

    @property
    def stem(self) -> str:
        """What the names of its audio, transcripts and chapters begin with.

        A name never gets other audio than it had: whoever reads the feed finds what the feed
        says.
        """
        return f"{self.slug}.{self.remade}" if self.remade else self.slug

    @property
    def audio(self) -> str:
        """File name of the MP3."""
        return f"{self.stem}.mp3"

    @property
    def cost(self) -> Usd:
        """What writing and speaking it cost together."""
        return Usd(self.cost_writing + self.cost_speaking)


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawal:
    """An episode that its owner took back.

    Saved as `withdrawn-<slug>.json`, or `undone-<slug>.json`.
    """

    guid: str
    slug: str
    date: dt.date
    published: dt.datetime
    """When the episode was, aware."""
    title: str
    post: str = ""
    """As `Episode.post`."""
    post_hash: str = ""
    """The whole of its post, by which a renamed one is known again;
    empty when it is not known."""
    numbers: Numbers = NO_NUMBERS
    audio: tuple[str, ...] = ()
    """File names that its audio had: no other audio may get one."""

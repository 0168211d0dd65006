"""What is fed: each kind of input, samples of it, and the calls that the commands make of it."""

from __future__ import annotations

import dataclasses
import datetime as dt
import html
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from podcast.config import load_show
from podcast.document.block_builder import plain_document
from podcast.document.markdown_reader import parse_markdown
from podcast.language.english.sentence_splitter import split_sentences
from podcast.language.english.spelling import spell_out, verbalize
from podcast.make import Crew, plan_episode, rebuild_feed, render_embed, render_report
from podcast.make.editions import EditionOptions, make_edition
from podcast.make.show_paths import load_people, load_pool, load_show_lexicon
from podcast.make.source_gathering import NewsWindow, gather_sources
from podcast.model import Edition, Headline, Person, Story
from podcast.newsroom.fetcher import Fetcher
from podcast.newsroom.related_headlines import Archive
from podcast.newsroom.staff import load_staff
from podcast.publish import episode_record as records
from podcast.publish import load_episodes
from podcast.publish.post_facts import facts, with_facts, with_include
from podcast.read.posts import read_post
from podcast.registry import open_engine, open_store, open_writer
from podcast.services.prices import Budget
from podcast.speak.casting import assign_cast, save_cast
from tests.builders import a_show, an_episode
from tests.papers import PAPERS, listing

DATE = dt.date(2024, 5, 22)
ROOT = Path(__file__).parent.parent.parent
_POST = f"{DATE}-words.md"
_WHOLE = r"the (?:file|post) |it cannot be read|there is no such file|this is (?:a folder|no ordinary file)"


@dataclass(frozen=True, slots=True)
class Target:
    """A kind of input."""

    name: str
    call: Callable[[Path, bytes], object]
    """Takes the input in the show whose folder is the first, which is empty."""
    seeds: Callable[[], list[bytes]]
    """Good samples."""
    says: str = "(?!)"
    """How each line of a PodcastError begins; see `guard.tried`. Never, unless given."""


def put(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


# --- written editions -----------------------------------------------------------------------------


def _posts() -> list[bytes]:
    found = [*(ROOT / "posts").glob("*.md"), *(ROOT / "tests" / "data" / "posts").glob("*.m*")]
    return [path.read_bytes() for path in sorted(found)]


def _body() -> str:
    return (
        sorted((ROOT / "posts").glob("*.md"))[0]
        .read_text(encoding="utf-8")
        .split("\n---\n", 1)[1]
    )


def _hugo() -> list[bytes]:
    head = "title = 'Moths by Ear'\ndate = 2024-05-22T06:30:00+02:00\ndesk_cost = 0.05\ndraft = false\n"
    return [f'+++\n{head}description = "Wings"\n[params]\nto.me = [1]\n+++\n{_body()}'.encode()]


def _pelican() -> list[bytes]:
    return [
        f"Title: Moths by Ear\nDate: 2024-05-22 06:30\nSummary: Wings\n    and more\n\n{_body()}".encode()
    ]


def _json_posts() -> list[bytes]:
    head = '{\n"title": "Moths by Ear",\n"date": "2024-05-22T06:30:00Z",\n"tags": ["a"]\n}\n\n'
    return [f"{head}{_body()}".encode()]


def _nikola() -> list[bytes]:
    head = (
        "<!--\n.. title: Moths by Ear\n.. date: 2024-05-22 06:30:00 UTC\n.. tags: a, b\n-->\n\n"
    )
    return [f"{head}{_body()}".encode()]


def _bare() -> list[bytes]:
    return [f"# Moths by Ear\n\nIt *began*.\n\n{_body()}".encode(), b"Words in a line.\n"]


def _read(folder: Path, data: bytes) -> None:
    """As `podcast make --post FILE` begins. What becomes of the text, `template writer` tries."""
    edition = read_post(put(folder, f"posts/{_POST}", data))
    assert edition.slug.isascii()
    assert all(story.title and story.body.text for story in edition.stories)


def _write_back(folder: Path, data: bytes) -> None:
    """As `podcast make` gives a post its facts: all but those keys stays."""
    name = str(folder / _POST)
    told = with_facts(data, facts(an_episode()), name)
    with_include(told, "{% include episode.html %}", name)


# --- the show's own files -------------------------------------------------------------------------


def _script(folder: Path, data: bytes) -> None:
    """As `podcast make --dry-run` with a script that somebody edited."""
    edition = _sample_edition()
    put(folder, f"scripts/{edition.slug}.md", data)
    show = a_show(folder)
    budget = Budget(None)
    plan_episode(
        show,
        edition,
        Crew(
            engine=open_engine("silence", show, budget),
            writer=open_writer("template", show, budget),
            now=_now,
        ),
    )


def _sample_edition() -> Edition:
    people = (Person("Ada Fields", "editor"), Person("Ben Okoro"), Person("Irene Falk"))
    story = Story(
        "Moths by ear",
        plain_document("They hear wings."),
        "Ben Okoro",
        link="https://example.org/",
    )
    return Edition(DATE, f"{DATE}-words", "Moths by ear", (story,), staff=people)


def _scripts() -> list[bytes]:
    made = (ROOT / "tests" / "data" / "scripts" / "written-by-hand.md").read_bytes()
    plain = (
        "---\ntitle: Moths by ear\ndate: 2024-05-22\ncost: 0.01\nwriter: template\n---\n\n## Welcome\n\n"
        "[sting]\n\n"
        "**Ada Fields:** Good evening. It's 22 May 2024.\nStill me.\n\nAnd again.\n\n[pause 0.8s]\n\n"
        "## Moths\n<!-- source: https://example.org/ -->\n<!-- note: plain -->\n"
        "**Ben Okoro:** 50% of *them* hear. <!-- no -->\n"
    )
    return [made, plain.encode()]


def _settings(folder: Path, data: bytes) -> None:
    put(folder, "podcast.toml", data)
    repr(load_show(folder))


def _show_files() -> list[bytes]:
    full = (
        'title = "A"\nauthor = "B"\nemail = "a@b.example"\ndescription = "C"\nurl = "https://a.example/feeds/"\n'
        'link = "https://a.example/"\nlanguage = "en-us"\ncategory = "Technology"\n'
        'timezone = "Europe/Zurich"\n'
        'post_url = "https://a.example/{year}/{month}/{day}/{slug}"\nfrequency = "FREQ=DAILY;COUNT=5"\n'
        "time = 06:00:00\n"
        'numbering = "year"\ngeo = "geo:38.7,-9.1"\nlocation = "Lisbon"\nlicense = "cc-by-4.0"\n'
        "stories = 5\nrate = 48000\n"
        'podroll = ["0e4ce3a1-3a5b-5f0e-8f5f-6e7a4b7d7c11"]\nposts = "_posts"\nexplicit = false\nbitrate = 96\n'
        '[people]\n"Ada Fields" = "https://a.example/ada"\n'
    )
    return [(ROOT / "podcast.toml").read_bytes(), full.encode()]


def _voice(folder: Path, data: bytes) -> None:
    put(folder, "voices/a.toml", data)
    load_pool(a_show(folder))


def _cast(folder: Path, data: bytes) -> None:
    """As a new person gets a voice, and an entry."""
    path = put(folder, "voices/cast.toml", data)
    show = a_show(folder)
    known = load_people(show)
    assign_cast(
        [Person(name) for name in [*known, "Ada Fields"]], load_pool(show), known, "Ben Okoro"
    )
    save_cast(path, {"Ada Fields": "alder", 'A "B" \\ C': "birch"})
    assert load_people(show)["Ada Fields"]


def _lexicon(folder: Path, data: bytes) -> None:
    put(folder, "voices/lexicon.toml", data)
    load_show_lexicon(a_show(folder)).apply(
        "The GPT-4o of Linux, linux and arXiv: a (b) c. " * 20
    )


def _staff(folder: Path, data: bytes) -> None:
    load_staff(put(folder, "voices/staff.toml", data))


def _toml(name: str) -> Callable[[], list[bytes]]:
    return lambda: [path.read_bytes() for path in sorted((ROOT / "voices").glob(name))]


def _voices() -> list[bytes]:
    not_voices = ("cast.toml", "lexicon.toml", "staff.toml")
    return [
        path.read_bytes()
        for path in sorted((ROOT / "voices").glob("*.toml"))
        if path.name not in not_voices
    ][:3]


def _casts() -> list[bytes]:
    return [
        b'# who\n[people]\n"Ada Fields" = "alder"\n"Ben Okoro" = "birch" # ours\n',
        b"",
        b'people."A" = "alder"\n',
    ]


def _record(folder: Path, data: bytes) -> None:
    """As `podcast feed`, `report` and `embed` do with a record in `feeds/`."""
    episode = an_episode()
    put(folder, "assets/cover.jpg", b"\xff\xd8 a cover")
    put(folder, f"feeds/{episode.audio}", b"audio")
    put(folder, f"feeds/{episode.slug}.json", data)
    show = a_show(
        folder,
        numbering="year",
        frequency="FREQ=DAILY",
        podroll=("0e4ce3a1-3a5b-5f0e-8f5f-6e7a4b7d7c11",),
    )
    load_episodes(open_store(show), lines=True)
    rebuild_feed(show)
    render_embed(show, None, None, "jekyll")
    render_report(show, episode.date, None)


def _records() -> list[bytes]:
    episode = an_episode()
    return [
        records.dump(episode),
        records.dump(dataclasses.replace(episode, waveform=(1, 255), opus=5)),
    ]


# --- sources of an edition ------------------------------------------------------------------------


def _source(file: str) -> Callable[[Path, bytes], object]:
    """As `podcast edition --from FILE`: and what is written is read back."""

    def call(folder: Path, data: bytes) -> None:
        put(folder, file, data)
        named = folder / file.split("/", maxsplit=1)[0]
        made = make_edition(
            a_show(folder), DATE, [str(named)], EditionOptions(), budget=Budget(None), now=_now,
            stdin=lambda: data,
        )  # fmt: skip
        assert made.path
        again = read_post(made.path)
        assert [s.reporter for s in again.stories] == [s.reporter for s in made.edition.stories]

    return call


def _gathered(folder: Path, data: bytes) -> None:
    """A list of addresses: only what may be asked is asked."""
    gather_sources(
        [str(put(folder, "list.txt", data))],
        Fetcher(folder / ".podcast" / "fetched"),
        lambda: data,
        NewsWindow(DATE, DATE),
        Archive(()),
    )


def _now() -> dt.datetime:
    return dt.datetime(2024, 5, 22, 6, tzinfo=dt.UTC)


def _papers_text() -> list[bytes]:
    return [listing().encode()]


def _papers_json() -> list[bytes]:
    papers = [
        {
            "title": title,
            "paper": {
                "id": f"2402.0000{i}", "title": title, "summary": abstract, "authors": [{"name": "Ada Ro"}],
                "publishedAt": "2024-02-05T10:00:00.000Z",
            },
        }
        for i, (title, abstract) in enumerate(PAPERS[:4])
    ]  # fmt: skip
    return [json.dumps(papers, indent=1).encode(), json.dumps({"dailyPapers": papers}).encode()]


def _papers_html() -> list[bytes]:
    articles = "".join(
        f'<article><a href="/papers/2402.0000{i}"><img alt="x"></a><h3><a href="/papers/2402.0000{i}">{title}'
        f"</a></h3>\n<p>{abstract}</p><div>12 likes</div></article>\n"
        for i, (title, abstract) in enumerate(PAPERS[:4])
    )
    data = html.escape(_papers_json()[1].decode())
    return [
        f"<html><head><title>Daily Papers</title></head><body><nav>x</nav>{articles}</body></html>".encode(),
        f'<!doctype html><html><body><main><div data-props="{data}"></div></main></body></html>'.encode(),
    ]


def _atom() -> list[bytes]:
    entries = "".join(
        f"<entry><id>http://arxiv.org/abs/2402.0000{i}v1</id><title>{html.escape(title)}</title>\n"
        f'<link href="http://arxiv.org/abs/2402.0000{i}v1" rel="alternate" type="text/html"/>\n'
        f"<summary>{html.escape(abstract)}</summary><published>2024-05-21T10:00:00Z</published>"
        "<author><name>Ada Ro</name></author></entry>\n"
        for i, (title, abstract) in enumerate(PAPERS[:4])
    )
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom"><title>q</title>'
    return [f"{head}{entries}</feed>".encode()]


def _rss() -> list[bytes]:
    items = "".join(
        f"<item><title>{html.escape(title)}</title><link>https://news.example/{i}</link>\n"
        f"<description>&lt;p&gt;{html.escape(abstract)}&lt;/p&gt;</description><author>a@b.example</author>"
        f"<pubDate>Tue, 21 May 2024 10:00:00 GMT</pubDate>"
        f"<content:encoded><![CDATA[<p>{html.escape(abstract)} &amp; more.</p>]]></content:encoded></item>\n"
        for i, (title, abstract) in enumerate(PAPERS[:4])
    )
    head = "<rss version='2.0' xmlns:content='http://purl.org/rss/1.0/modules/content/'><channel><title>n</title>"
    return [f"<?xml version='1.0'?>\n{head}{items}</channel></rss>".encode()]


def _pages() -> list[bytes]:
    paragraphs = "".join(f"<p>{html.escape(abstract)}</p>\n" for _, abstract in PAPERS[:3])
    head = (
        "<meta charset='utf-8'><title>A page</title><meta property='og:title' content='Moths by ear'>"
        "<meta name='author' content='Ada Ro'><meta name='date' content='2024-05-01'>"
    )
    return [
        f"<!doctype html><html><head>{head}</head><body><h1>Moths</h1><div>{paragraphs}</div></body>".encode()
    ]


def _json_feed() -> list[bytes]:
    entries = [
        {"id": f"{i}", "url": f"https://news.example/{i}", "title": title,
         "content_html": f"<p>{abstract}</p>", "date_published": "2024-05-21T10:00:00Z",
         "authors": [{"name": "Ada Ro"}]}
        for i, (title, abstract) in enumerate(PAPERS[:3])
    ]  # fmt: skip
    return [
        json.dumps(
            {"version": "https://jsonfeed.org/version/1.1", "items": entries}, indent=1
        ).encode()
    ]


def _listings() -> list[bytes]:
    copied = "\n\n".join(
        f"[{i}] arXiv:2402.0000{i} [pdf, html, other]\nTitle: {title}\nAuthors: Ada Ro, Bo Lind\n"
        f"Subjects: Machine Learning (cs.LG)\n\n{abstract}"
        for i, (title, abstract) in enumerate(PAPERS[:3])
    )
    bibtex = "\n".join(
        f"@article{{ro{i},\n title = {{{title}}},\n author = {{Ro, Ada and Lind, Bo}},\n"
        f" eprint = {{2402.0000{i}}},\n abstract = {{{abstract}}}\n}}"
        for i, (title, abstract) in enumerate(PAPERS[:3])
    )
    table = "| Paper | Link |\n| --- | --- |\n" + "\n".join(
        f"| **{title}** - {abstract} | [Paper](https://arxiv.org/abs/2402.0000{i}) |"
        for i, (title, abstract) in enumerate(PAPERS[:3])
    )
    return [copied.encode(), bibtex.encode(), table.encode()]


def _notes() -> list[bytes]:
    front = "---\ntitle: Moths by ear\nurl: https://example.org/moths\ndate: 2024-05-01\nauthor: Ada Ro\n---\n"
    text = (
        "Moths hear *wings* before they see them. Ten of them were asked about it in a barn last week. "
        * 3
    )
    return [
        f"{front}{text}".encode(),
        f"# Moths by ear\n\n{text}\n\nSee <https://example.org/moths>.\n".encode(),
    ]


def _lists() -> list[bytes]:
    return [b"# mine\nhttp://127.0.0.1/a\nhttps://[::1]:80/b?c=d#e\nhttp://10.0.0.1\n"]


# --- any text -------------------------------------------------------------------------------------


def _text(data: bytes) -> str:
    return data.decode("utf-8", "surrogatepass" if data.isascii() else "replace")


def _spoken(_folder: Path, data: bytes) -> None:
    text = data.decode("utf-8", "surrogateescape")
    assert all(type(sentence) is str for sentence in split_sentences(spell_out(text)))
    left = set(verbalize(text)) & set("0123456789<>[]{}|*#`")
    assert not left, f"{left} is left"


def _told(folder: Path, data: bytes) -> None:
    """An edition with this text everywhere: the template writer makes a script of it."""
    text = _text(data)
    line = " ".join(text.split()) or "Moths"
    stories = (
        Story(
            line,
            parse_markdown(text.strip() or "Words."),
            "Ben Okoro",
            line[:20],
            link=f"https://example.org/{line[:9]}",
        ),
        Story(
            line[:60],
            plain_document("They hear wings."),
            paper=True,
            previous=(Headline(line, "", DATE),),
        ),
    )
    people = (Person("Ada Fields", "editor", line), Person("Ben Okoro", persona=text))
    edition = Edition(
        DATE,
        f"{DATE}-words",
        line,
        stories,
        line,
        (Headline(line), Headline(line[:80])),
        people,
    )
    show, budget = a_show(folder), Budget(None)
    plan_episode(
        show,
        edition,
        Crew(
            engine=open_engine("silence", show, budget),
            writer=open_writer("template", show, budget),
            now=_now,
        ),
    )


def _texts() -> list[bytes]:
    bodies = [
        "GPT-4o costs $125 million, up 70% (see [3]) in Q1 2024; e.g. **bold** `code` and a [b](https://a.example).",
        "On May 22, 2024 at 5:30 p.m., U.S. Sen. J. Smith (R-TX) paid €3.50-4 for 1/2 lb. of 10^6 $\\alpha$.",
        "## Heading\n\n- One, 1st\n- Two: 3x faster\n\n> A *quote* by Dr. Li et al. [1, 2]\n\n1. first\n2. two\n",
    ]
    return [
        *(body.encode() for body in bodies),
        *(abstract.encode() for _, abstract in PAPERS[:4]),
    ]


_KEYED = (
    r"(?:: .*(?:: | \.\.\. )|: (?:not valid TOML.*line \d+|cannot be read|write each person))"
)
_PLACED = r"(?::\d+: |: )"


def _post(name: str, seeds: Callable[[], list[bytes]]) -> Target:
    return Target(name, _read, seeds, rf"{{show}}/posts/{_POST}(?::\d+: |: (?:{_WHOLE}))")


def _given(name: str, file: str, seeds: Callable[[], list[bytes]]) -> Target:
    return Target(
        name,
        _source(file),
        seeds,
        f"{{show}}/{re.escape(file)}{_PLACED}|no item has|the sources give|nothing is new since|"
        "everything that the sources|https?://",
    )


def _voices_file(
    name: str, call: Callable[[Path, bytes], object], seeds: Callable[[], list[bytes]]
) -> Target:
    return Target(name, call, seeds, rf"(?:{{show}}/voices/)?{re.escape(name)}{_KEYED}")


_SCRIPT_SAYS = (
    rf"{{show}}/scripts/{DATE}-words\.md(?::\d+: |: (?:the script has no chapter|nobody says))"
    r"|turn \d+ .*line \d+ of the script"
)
_RECORD_SAYS = r"2024-06-03-harbours-that-listen\.json: (?:[\w.\[\]]+: |not a record: |format )"

TARGETS: tuple[Target, ...] = (
    _post("posts, YAML", _posts),
    _post("posts, TOML", _hugo),
    _post("posts, lines", _pelican),
    _post("posts, JSON", _json_posts),
    _post("posts, Nikola", _nikola),
    _post("posts, none", _bare),
    Target(
        "posts written back",
        _write_back,
        lambda: [*_posts(), *_hugo(), *_pelican(), *_json_posts(), *_nikola()],
        rf"{{show}}/{_POST}: ",
    ),
    Target("scripts", _script, _scripts, _SCRIPT_SAYS),
    Target("podcast.toml", _settings, _show_files, r"{show}/podcast\.toml" + _KEYED),
    _voices_file("a.toml", _voice, _voices),
    _voices_file("cast.toml", _cast, _casts),
    _voices_file("lexicon.toml", _lexicon, _toml("lexicon.toml")),
    _voices_file("staff.toml", _staff, _toml("staff.toml")),
    Target("records", _record, _records, _RECORD_SAYS),
    _given("papers, text", "papers.txt", _papers_text),
    _given("papers, HTML", "papers.html", _papers_html),
    _given("papers, JSON", "papers.json", _papers_json),
    _given("Atom of arXiv", "feed.xml", _atom),
    _given("RSS", "feed.xml", _rss),
    _given("JSON Feed", "feed.json", _json_feed),
    _given("lists of papers", "list.txt", _listings),
    _given("web pages", "page.html", _pages),
    _given("folders of notes", "notes/note.md", _notes),
    Target(
        "lists of addresses",
        _gathered,
        _lists,
        r"{show}/list\.txt" + _PLACED + r"|https?://\S|\S+: it is at",
    ),
    Target("verbalize", _spoken, _texts),
    Target("template writer", _told, _texts),
)

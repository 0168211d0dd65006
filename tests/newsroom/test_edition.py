"""`podcast edition`, end to end: sources to the post, and the post read back."""

from __future__ import annotations

import datetime as dt
import gzip
import itertools
import json
import re
import select
import shutil
import time
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
import trustme
import yaml
from builders import HOSTILE, a_show
from hypothesis import example, given, settings
from hypothesis import strategies as st
from papers import PAPERS, listing, moved, podcast, tree, web

from podcast.document.block_builder import plain_document
from podcast.errors import EditError
from podcast.language.english.claims import SourceFacts, check_sentences
from podcast.model import Edition, Headline, Item, Person, Story
from podcast.newsroom.desks.offline import TemplateDesk
from podcast.newsroom.desks.offline.summary import summarise
from podcast.newsroom.editing import Archive, edit, sift
from podcast.newsroom.fetcher import Fetcher
from podcast.newsroom.post_writer import render
from podcast.read.posts import read_post

DATE = "2024-06-03"
NEWS = (
    "The harbour of Port Ellis opened a school for tug pilots on Monday. Twelve pupils will learn on three "
    "old boats, and a fourth is promised for spring. The town pays half of the cost, which is two million "
    "pounds a year. Fishermen fear for their berths."
)


@pytest.fixture(scope="session")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("newsroom") / "show"
    result = podcast(
        "init", folder, "--title", "Small Hours", "--author", "The desk",
        "--email", "desk@hours.example", "--url", "https://hours.example/feeds/",
    )  # fmt: skip
    assert result.exit_code == 0, result.output
    return folder


@pytest.fixture
def show(fresh: Path, tmp_path: Path) -> Path:
    folder = Path(shutil.copytree(fresh, tmp_path / "show"))
    (tmp_path / "papers.txt").write_text(listing(), encoding="utf-8")
    return folder


def post_of(show: Path, date: str = DATE) -> Path:
    (path,) = (show / "posts").glob(f"{date}-*.md")
    return path


def write(show: Path, *words: str | Path, stdin: bytes = b"", date: str = DATE) -> Edition:
    result = podcast("edition", "--show", show, "--date", date, *words, stdin=stdin)
    assert result.exit_code == 0, result.output
    return read_post(post_of(show, date))


def test_a_pasted_page_becomes_an_edition(show: Path, tmp_path: Path) -> None:
    """Every paper is a story or a headline; stories are the paper's own sentences, told of its authors, and
    signed by the staff."""
    edition = write(show, "--from", tmp_path / "papers.txt", "--stories", "2", "--words", "60")
    assert len(edition.stories) == 2
    assert {s.title for s in edition.stories} | {h.title for h in edition.others} == {
        t for t, _ in PAPERS
    }
    told = " ".join(abstract for _, abstract in PAPERS)
    for tex, text in (("\\%", "%"), ("{\\em six}", "six"), ("$10^{4}$", "10^4")):
        told = told.replace(tex, text)
    reporters = {person.name for person in edition.staff if person.role == "reporter"}
    for story in edition.stories:
        assert story.paper
        assert 15 < len(story.body.text.split()) <= 60
        assert story.reporter in reporters
        own = re.sub(r"^The authors|(?<=\. )They", "We", story.body.text)
        assert all(sentence in told for sentence in re.split(r"(?<=\.) ", own))
    assert len(reporters) == 3
    assert edition.editor


def test_the_same_sources_give_the_same_edition(show: Path, tmp_path: Path) -> None:
    """Made twice, an edition differs in nothing but when it was made."""
    first = write(show, "--from", tmp_path / "papers.txt")
    second = write(show, "--from", tmp_path / "papers.txt", "--rewrite")
    assert first == second


def test_news_goes_before_papers(show: Path, tmp_path: Path) -> None:
    """With other news there are at most so many papers; without, papers may fill the edition."""
    notes = tmp_path / "notes"
    notes.mkdir()
    (notes / "tugs.md").write_text(f"# A school for tug pilots\n\n{NEWS}\n", encoding="utf-8")
    edition = write(show, "--from", tmp_path / "papers.txt", "--from", notes, "--papers", "1")
    assert sorted(story.paper for story in edition.stories) == [False, True]
    assert all(
        write(show, "--from", tmp_path / "papers.txt", "--papers", "1", "--rewrite")
        .stories[i]
        .paper
        for i in range(3)
    )


def test_from_standard_input_and_feed(show: Path) -> None:
    """`-` reads what is piped in, whichever kind it is."""
    feed = f"<rss version='2.0'><channel><item><title>Tugs</title><link>https://a.example/t</link><description>{NEWS}</description></item></channel></rss>"
    (story,) = write(show, "--from", "-", stdin=feed.encode()).stories
    assert (story.title, story.source, story.link, story.paper) == (
        "Tugs",
        "a.example",
        "https://a.example/t",
        False,
    )


def test_a_feed_of_titles_alone_is_refused_with_a_remedy(show: Path) -> None:
    """There is nothing to tell in it: the remedy is a list of the pages behind the titles."""
    titles = "".join(
        f"<item><title>{title}</title><link>https://a.example/{title[:4]}</link></item>"
        for title in ("Tugs are back", "Ferry runs again")
    )
    feed = f"<rss version='2.0'><channel>{titles}</channel></rss>"
    result = podcast(
        "edition", "--show", show, "--date", DATE, "--from", "-", stdin=feed.encode()
    )
    assert result.exit_code == 1
    assert "2 titles without a text, such as that of https://a.example/Tugs" in result.stderr
    assert "name it with --from" in result.stderr


def test_an_edition_is_not_overwritten(show: Path, tmp_path: Path) -> None:
    """A date that has a post is refused; `--rewrite` keeps the old one where nothing reads it as a post."""
    (show / "posts" / f"{DATE}-mine.md").write_text(
        "---\ntitle: Mine\n---\n\n# A\n\nB c.\n", encoding="utf-8"
    )
    before = tree(show)
    result = podcast(
        "edition", "--show", show, "--date", DATE, "--from", tmp_path / "papers.txt"
    )
    assert result.exit_code == 1
    assert "--rewrite" in result.stderr.splitlines()[-1]
    assert tree(show) == before
    write(show, "--from", tmp_path / "papers.txt", "--rewrite")
    kept = show / "posts" / f"{DATE}-mine.md.~1~"
    assert kept.read_bytes() == before[f"posts/{DATE}-mine.md"]
    assert post_of(show).name == f"{DATE}-mine.md"


def test_a_dry_run_writes_nothing(show: Path, tmp_path: Path) -> None:
    """`--dry-run --json` says what the edition would be."""
    before = tree(show)
    result = podcast(
        "edition",
        "--show",
        show,
        "--date",
        DATE,
        "--from",
        tmp_path / "papers.txt",
        "--dry-run",
        "--json",
    )
    facts = json.loads(result.stdout)
    assert (facts["post"], facts["items"], len(facts["stories"])) == (None, 3, 3)
    assert tree(show) == before


def test_sources_become_an_episode_in_one_run(show: Path, tmp_path: Path) -> None:
    """`make --from` writes the edition, makes the episode, and, run again, changes nothing."""
    words = (
        "make",
        "--show",
        show,
        "--date",
        DATE,
        "--from",
        tmp_path / "papers.txt",
        "--engine",
        "silence",
        "--json",
    )
    first = podcast(*words)
    assert first.exit_code == 0, first.output
    assert (
        yaml.safe_load(post_of(show).read_text(encoding="utf-8").split("---")[1])["audio"]
        == json.loads(first.stdout)["audio"]
    )
    before = tree(show)
    again = podcast(*words)
    assert json.loads(again.stdout)["changed"] is False
    assert tree(show) == before
    assert podcast("check", "--show", show).exit_code == 0


# --- the post -----------------------------------------------------------------------------------

NASTY = (
    *(words for words in HOSTILE if len(words) < 100),
    'A "quoted" title: with | pipes, [brackets](x) and {: .class}',
    "1. Not a list", "# Not a heading", "{{ page.title }} {% include x.html %}",
    "a_b_c *d* `e` ~~f~~ &amp; &lt;g&gt;",
    "<!-- hidden --> <b>bold</b>", "Ends with \\", "{% raw %}", "🦭 seals", "=== equal", "'single' {#id}",
    "Other headlines:x", "--- rule", "export const seals = 9", "import Seal from 'seals'", "2^nd^ seal",
    r"a \(b\) c", "10^6 seals", "$x^2$ seals", "import duties rise", "!!! seals", "??? seals",
)  # fmt: skip


@pytest.mark.parametrize("words", NASTY)
def test_what_is_written_is_read_back(words: str, tmp_path: Path) -> None:
    """Titles, reporters, sources, links, bodies, headlines and staff survive the post, whatever they hold."""
    shown = " ".join(re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]", "", words).split())
    day = dt.date(2024, 6, 1)
    staff = (
        Person("Irene Falk", "editor", "You edit."),
        Person("Mei-Lin D'Souza", "reporter", "You report, {{ so }}."),
    )
    story = Story(
        title=shown,
        body=plain_document(f"{shown} stands here. So does {shown}\n\n{shown}"),
        reporter="Mei-Lin D'Souza",
        source="example.org",
        link="https://example.org/a_(b)?c={d}",
        paper=True,
        previous=(
            Headline(shown, "/2024/06/01/earlier#x", day),
            Headline("Plain", "/2024/06/01/earlier#plain", day),
        ),
        covered=Headline("Told", "/2024/06/01/earlier#told", day),
    )
    edition = Edition(
        date=dt.date(2024, 6, 3), slug="2024-06-03-x", title=shown, subtitle=shown, stories=(story, story),
        others=(Headline(shown, "https://example.org/o", paper=True), Headline(shown)), staff=staff,
    )  # fmt: skip
    path = tmp_path / "2024-06-03-x.md"
    moment = dt.datetime(2024, 6, 3, 5, 0, tzinfo=dt.UTC)
    path.write_text(
        render(edition, created=moment, processing=dt.timedelta(seconds=2), version="1"),
        encoding="utf-8",
    )
    read = read_post(path)
    assert (read.title, read.subtitle) == (shown, shown)
    assert [s.title for s in read.stories] == [shown, shown]
    for got in read.stories:
        assert got.body.text == story.body.text
        assert (got.reporter, got.source, got.paper) == (story.reporter, story.source, True)
        assert got.link == "https://example.org/a_%28b%29?c=%7Bd%7D"
        assert [(h.title, h.date) for h in got.previous] == [(shown, day), ("Plain", day)]
        assert got.previous[1].link == "/2024/06/01/earlier#plain"
        assert got.covered == story.covered
    assert [(h.title, h.link, h.paper) for h in read.others] == [
        (shown, "https://example.org/o", True),
        (shown, "", False),
    ]
    assert [(p.name, p.role) for p in read.staff] == [(p.name, p.role) for p in staff]


SIGNS = """
    a B 7 word stars** ** * _ __ ` ``` ~ ~~ # ## - -- + = == > | \\ / ! !!! ? : ; . , ( ) [ ] [[ ]]
    { } {{ }} {% %} {: } {# < > <b> </b> <!-- --> &amp; &lt &copy & &Ten ^ [^1] [^1]: :smile: :+1:
    [ ] [1] [x](y) ![a](b) $ $x^2$ $5 @ada 1. 2) %% 8f3a9c1b7d4e8f3a9c1b7d4e https://a.example/b_c
    [TOC] ::: import export [!NOTE] [@smith]
""".split()
SIGNED = st.lists(st.sampled_from([*SIGNS, " ", " ", "\n\n"]), min_size=1, max_size=8).map(
    "".join
)


@given(body=SIGNED, title=SIGNED)
@settings(max_examples=60, deadline=None)
@example(body="[ ] task **bold [^1] :smile:", title="[[wiki]] {x}")
@example(
    body="See commit 8f3a9c1b7d4e8f3a9c1b7d4e.\n\n1. one", title="&Ten <b> https://a.example/b"
)
def test_the_text_of_a_feed_is_no_markdown(
    body: str, title: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Whatever signs a text has, an edition that is written with it reads back with the same letters."""
    title = f"On {' '.join(title.split())}".strip()
    story = Story(title, plain_document(f"Moths {body}"), "Ada Ro", link="https://a.example/")
    written = Edition(
        dt.date(2024, 6, 3), "2024-06-03-x", title, (story,), "", (Headline(title),)
    )
    path = tmp_path_factory.getbasetemp() / "2024-06-03-x.md"
    moment = dt.datetime(2024, 6, 3, 5, 0, tzinfo=dt.UTC)
    path.write_text(render(written, created=moment, processing=dt.timedelta(), version="1"))

    read = read_post(path)
    assert [story.title for story in read.stories] == [title]
    assert read.stories[0].body.text == story.body.text
    assert [headline.title for headline in read.others] == [title]
    assert read.title == title


def test_front_matter_is_what_the_magazine_has(show: Path, tmp_path: Path) -> None:
    """A YAML reader finds the magazine's keys, the cost a number and the date a date."""
    write(show, "--from", tmp_path / "papers.txt")
    front = yaml.safe_load(post_of(show).read_text(encoding="utf-8").split("---\n")[1])
    assert list(front) == [
        "layout",
        "title",
        "subtitle",
        "date",
        "model",
        "cost",
        "processing",
        "version",
        "headers",
    ]
    assert (front["date"], front["cost"], front["model"]) == (
        dt.date(2024, 6, 3),
        0.0,
        "extractive",
    )
    assert front["headers"].count("<br />") == 2


# --- the desk -----------------------------------------------------------------------------------

STAFF = (
    Person("Eve", "editor"),
    Person("Sea", "reporter", "Your beat is ships, harbours, tides, fish and seabirds."),
    Person("Bread", "reporter", "Your beat is bread, flour, dough, bakers and ovens."),
)


def desk(
    items: list[Item], archive: Archive = lambda item: (None, ()), drop_covered: bool = False
) -> Edition:
    show = a_show(Path("nowhere"), words=80)
    found = sift(items, archive, drop_covered=drop_covered)
    day = dt.date(2024, 6, 3)
    return edit(found, TemplateDesk(), date=day, staff=STAFF, archive=archive, show=show)


def test_stories_go_to_the_reporter_whose_beat_they_are() -> None:
    """The persona's words find the story's words."""
    edition = desk([Item(title, text, paper=True) for title, text in PAPERS[:2]])
    assert {s.title.split()[0]: s.reporter for s in edition.stories} == {
        "Counting": "Sea",
        "Kneading": "Bread",
    }


def test_one_story_told_twice_is_one() -> None:
    """The same link, the same title, or nearly the same text is one item; the longer telling stays."""
    title, text = PAPERS[0]
    items = [
        Item("Short", "Gannets are counted.", "https://www.a.example/x?utm_source=y"),
        Item("Other title", text, "http://a.example/x/"),
        Item(title, text),
        Item(PAPERS[1][0].upper(), PAPERS[1][1][:300]),
        Item(*PAPERS[1]),
    ]
    edition = desk(items)
    assert len(edition.stories) + len(edition.others) == 2


def test_a_headline_without_text_is_no_story() -> None:
    """Items without enough text are headlines; with nothing else there is no edition."""
    assert len(desk([Item("Bare", ""), Item(*PAPERS[0])]).others) == 1
    with pytest.raises(EditError, match="no item has a text"):
        desk([Item("Bare", "")])


def test_covered_stories_are_marked_or_dropped() -> None:
    """What was told before carries the earlier headline, and goes when it is told to."""
    told = Headline("Told", "/2024/06/01/x#told", dt.date(2024, 6, 1))

    def archive(item: Item) -> tuple[Headline | None, tuple[Headline, ...]]:
        return (told, ()) if item.title == PAPERS[0][0] else (None, ())

    items = [Item(*paper) for paper in PAPERS]
    assert [s.covered for s in desk(items, archive=archive).stories if s.covered] == [told]
    assert PAPERS[0][0] not in {
        s.title for s in desk(items, archive=archive, drop_covered=True).stories
    }


def test_a_summary_is_whole_sentences_within_its_limit() -> None:
    """No summary is longer than its limit, or holds a sentence that the text has not."""
    for (title, abstract), words in itertools.product(PAPERS, (20, 40, 60, 500)):
        text = re.sub(r"\b[Ww]e |[Oo]ur ", "they ", abstract)
        summary = summarise(Item(title, text), words)
        assert 0 < len(summary.split()) <= words
        assert summary.removesuffix("…").rstrip(".") in text or all(
            part in text for part in re.split(r"(?<=[.]) ", summary)
        )


def test_a_text_that_only_leads_to_a_list_is_told() -> None:
    """What ends in a colon is left out beside whole sentences, and told where there is nothing else."""
    lead = (
        "The harbour names the boats that may leave the basin before the tide turns on Monday:"
    )
    assert summarise(Item("Boats", lead), 60) == lead
    assert summarise(Item("Boats", f"{lead}\n\nNine may."), 60) == "Nine may."


ABSTRACT = (
    "Recent years have seen a wave of tide gauges. We all need harbours that are deep enough. However, these "
    "gauges drift with the mud (Holm and Rao, 2021). In this paper, we propose to weigh them each spring. "
    "First, we measure the drift of nine gauges, which allowed us to map it. Moreover, our results show that "
    "it falls by 40% when divers clean the pipes. Our method costs less than our neighbours pay for paint. "
    "We hope that it paves the way for others. Our code is available on a web page."
)


def test_a_paper_is_told_of_its_authors() -> None:
    """What was found and done goes first, in the third person, without openings, citations and loose ties."""
    paper = Item("Tide gauges", ABSTRACT, paper=True)
    assert summarise(paper, 38) == (
        "The authors propose to weigh them each spring. They measure the drift of nine gauges, which allowed "
        "them to map it. Moreover, their results show that it falls by 40% when divers clean the pipes."
    )
    whole = summarise(paper, 500)
    assert whole.startswith(
        "Recent years have seen a wave of tide gauges. We all need harbours"
    )
    assert "However, these gauges drift with the mud. The authors propose" in whole
    assert whole.endswith(
        "Their method costs less than our neighbours pay for paint. "
        "They hope that it paves the way for others."
    )
    for words in range(20, 120, 7):
        assert not check_sentences(summarise(paper, words), SourceFacts(ABSTRACT))
        assert summarise(paper, words).partition(", ")[0] not in ("However", "Moreover")


def test_news_keeps_its_words() -> None:
    """Who says "we" in an article is its author: left out where others speak, else named."""
    text = f"{NEWS} We are proud of our tugs, and we propose to build more of our boats here next year."
    said = summarise(Item("Tugs", text), 45)
    assert said in NEWS
    assert summarise(Item("Tugs", text), 500) == (
        f"{NEWS} The author writes that they are proud of their tugs, and they propose to build more of "
        "their boats here next year."
    )


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "I was glad to go. My dog was not.",
            "The author writes that they were glad to go. Their dog was not.",
        ),
        ("The boat sank. We saw it.", "The boat sank. The author writes that they saw it."),
        ("“I saw it,” said Ann Poe.", "“I saw it,” said Ann Poe."),
        ("World War I ended it.", "World War I ended it."),
        ("Lions and tigers, oh my!", "Lions and tigers, oh my!"),
        ("The US joined us in May.", "The author writes that the US joined them in May."),
        (
            "I also am tired, and I'm late.",
            "The author writes that they also are tired, and they are late.",
        ),
        (
            "Should I go there? I did so at once.",
            "The author asks: Should they go there? They did so at once.",
        ),
    ],
)
def test_an_authors_life_is_not_the_reporters(text: str, told: str) -> None:
    """What an author says of themself is told as theirs; quotations and numerals stay."""
    assert summarise(Item("A boat", text), 100) == told
    assert summarise(Item("A boat", text, authors=("Ada Ro",)), 100) == told.replace(
        "The author", "Ada Ro"
    )


def test_a_book_is_no_burden() -> None:
    """Of a text of a million words the beginning is read: all its sentences side by side are 25 gigabytes."""
    text = " ".join(
        f"Boat {i} left harbour {i % 97} at noon with {i} crates of fish."
        for i in range(80_000)
    )
    assert summarise(Item("Boats", text), 60).startswith("Boat 0 left harbour 0")


@pytest.mark.parametrize(
    ("staff", "said"),
    [
        ("[[people]]\nname = 1\n", "people 1: name: 1"),
        ('[[people]]\nname = "A"\nrole = "boss"\n', "none of editor, reporter"),
        ('[[people]]\nname = "A"\nrole = "editor"\n', "0 reporters"),
        (
            '[[people]]\nname = "A"\nrole = "editor"\n[[people]]\nname = "A"\nbeat = "x"\n',
            "twice",
        ),
        ("people = 3", "[[people]]"),
        ("[", "not valid TOML"),
    ],
)
def test_faults_of_the_staff_are_said(
    show: Path, tmp_path: Path, staff: str, said: str
) -> None:
    """A newsroom that cannot be is said with its file, and nothing is written."""
    (show / "voices" / "staff.toml").write_text(staff, encoding="utf-8")
    before = tree(show)
    result = podcast(
        "edition", "--show", show, "--date", DATE, "--from", tmp_path / "papers.txt"
    )
    assert result.exit_code == 1
    assert said in result.stderr
    assert "staff.toml" in result.stderr
    assert tree(show) == before


# --- bad input ----------------------------------------------------------------------------------


def drip(handler: BaseHTTPRequestHandler) -> None:
    """An answer that ends when the other side hangs up: a byte, fifty times a second."""
    handler.send_response(200)
    handler.end_headers()
    while not select.select([handler.connection], [], [], 0.02)[0]:
        handler.wfile.write(b".")


def huge(handler: BaseHTTPRequestHandler) -> None:
    """Two gigabytes, for whoever wants them."""
    handler.send_response(200)
    handler.send_header("Content-Length", str(2 << 30))
    handler.end_headers()
    for _ in range(2 << 10):
        handler.wfile.write(b"x" * (1 << 20))


def bomb(handler: BaseHTTPRequestHandler) -> None:
    """A gigabyte in a megabyte."""
    handler.send_response(200)
    handler.send_header("Content-Encoding", "gzip")
    handler.end_headers()
    handler.wfile.write(gzip.compress(bytes(1 << 28), 9))


def klingon(handler: BaseHTTPRequestHandler) -> None:
    """A text in an encoding that nobody knows, and of no known kind."""
    handler.send_response(200)
    handler.send_header("Content-Type", "text/plain; charset=klingon")
    handler.end_headers()
    handler.wfile.write(b"nuqneH")


def broken(handler: BaseHTTPRequestHandler) -> None:
    """What says that it is compressed, and is not."""
    handler.send_response(200)
    handler.send_header("Content-Encoding", "gzip")
    handler.end_headers()
    handler.wfile.write(b"plain")


def failing(handler: BaseHTTPRequestHandler) -> None:
    handler.send_error(500)


def test_bad_sources_are_one_line_and_leave_nothing(show: Path, tmp_path: Path) -> None:
    """Whatever is wrong with a source, one line says so with its name, and no file is written."""
    many = "\n\n".join(
        f"Paper number {i} of a page\n\n{'Words of an abstract. ' * 20}{i}"
        for i in range(10_000)
    )
    pages = {
        "/empty": b"", "/none": b"new\n\nSubscribe\n\nDaily Papers", "/xml": b"<rss><channel>",
        "/pdf": b"%PDF-1.7 " * 50, "/loop": moved("/loop"), "/huge": huge, "/bomb": bomb,
        "/ftp": moved("ftp://x.example/"), "/klingon": klingon, "/gzip": broken, "/500": failing,
        "/many": many.encode(), "/dead": lambda handler: None, "/list": b"http://127.0.0.1:9/nobody\n",
    }  # fmt: skip
    wanted = {
        "/empty": "it is empty", "/none": "no paper", "/xml": "broken XML", "/pdf": "a PDF",
        "/loop": "redirects", "/huge": "larger than 10 MB", "/bomb": "larger than 10 MB",
        "/ftp": "no address", "/many": "10000 items", "/dead": "broken",
        "/list": "cannot be reached", "/gone": "404", "/klingon": "no paper, no feed",
        "/gzip": "answer is broken", "/500": "answered 500",
    }  # fmt: skip
    before = tree(show)
    with web(pages) as (address, _):  # type: ignore[arg-type]
        for path, words in wanted.items():
            result = podcast(
                "edition",
                "--show",
                show,
                "--date",
                DATE,
                "--from",
                f"{address}{path}",
                "--allow-private",
            )
            assert result.exit_code == 1, (path, result.output)
            (line,) = result.stderr.splitlines()
            assert line.startswith("podcast: ")
            assert words in line, line
        assert tree(show) == before


def test_hosts_that_cannot_be_trusted_or_found_are_one_line(show: Path) -> None:
    """A certificate nobody vouches for, a server without TLS, a name without a host: one line each."""
    before = tree(show)
    with web({"/": listing().encode()}) as (address, seen):
        with web({"/": listing().encode()}, trustme.CA().issue_cert("127.0.0.1")) as (
            secret,
            _,
        ):
            wanted = {
                f"{secret}/": "certificate verify failed",
                address.replace("http:", "https:"): "cannot be reached",
                f"https://{'a' * 64}.example/": "there is no host",
            }
            for source, words in wanted.items():
                result = podcast(
                    "edition",
                    "--show",
                    show,
                    "--date",
                    DATE,
                    "--from",
                    source,
                    "--allow-private",
                )
                assert result.exit_code == 1
                (line,) = result.stderr.splitlines()
                assert words in line
        assert seen == []
    assert tree(show) == before


def test_an_answer_without_end_is_given_up(tmp_path: Path) -> None:
    """A server that sends a byte now and then is left when the time is over, not when it stops."""
    with web({"/": drip}) as (address, _):
        started = time.monotonic()
        with pytest.raises(Exception, match="did not answer in time"):
            Fetcher(tmp_path, allow_private=True, most_seconds=0.5).fetch(f"{address}/")
        assert time.monotonic() - started < 5


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "[::1]", "0.0.0.0", "[::ffff:127.0.0.1]", "2130706433"]
)
def test_private_addresses_are_refused(show: Path, host: str) -> None:
    """An address of this machine is not asked unless allowed, however it is written."""
    with web({"/": listing().encode()}) as (address, seen):
        port = address.rpartition(":")[2]
        result = podcast(
            "edition", "--show", show, "--date", DATE, "--from", f"http://{host}:{port}/"
        )
        assert result.exit_code == 1
        assert "--allow-private" in result.stderr
        assert seen == []


def test_unchanged_pages_are_not_sent_twice(show: Path, tmp_path: Path) -> None:
    """A page with an ETag is asked for with it the next time; 304 gives what was kept."""

    def page(handler: BaseHTTPRequestHandler) -> None:
        body = b"" if handler.headers.get("If-None-Match") == '"v1"' else listing().encode()
        handler.send_response(200 if body else 304)
        handler.send_header("ETag", '"v1"')
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    with web({"/papers": page}) as (address, seen):
        first = write(show, "--from", f"{address}/papers", "--allow-private")
        second = write(show, "--from", f"{address}/papers", "--allow-private", "--rewrite")
    assert first.stories == second.stories
    assert [headers.get("If-None-Match") for _, headers in seen] == [None, '"v1"']
    assert seen[0][1]["User-Agent"].startswith("presscast/")
    assert "hours.example" in seen[0][1]["User-Agent"]


def test_a_list_of_addresses_is_fetched(show: Path, tmp_path: Path) -> None:
    """Each page of a plain list becomes an item, with the address that answered."""
    page = f"<html><body><h1>Tugs &amp; schools</h1><article><p>{NEWS}</p></article></body></html>".encode()
    with web({"/a": moved("/b"), "/b": page}) as (address, _):  # type: ignore[dict-item]
        (tmp_path / "list.txt").write_text(f"# today\n{address}/a\n", encoding="utf-8")
        (story,) = write(show, "--from", tmp_path / "list.txt", "--allow-private").stories
    assert (story.title, story.link, story.source) == (
        "Tugs & schools",
        f"{address}/b",
        "127.0.0.1",
    )


@pytest.mark.parametrize("address", ["http://[", "http://", "http://$"])
def test_what_is_no_address_is_said(show: Path, address: str) -> None:
    """A line that only begins like an address is named, and nothing is written."""
    before = tree(show)
    result = podcast(
        "edition", "--show", show, "--date", DATE, "--from", "-", stdin=f"{address}\n"
    )
    assert (result.exit_code, tree(show)) == (1, before)
    assert address in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_a_part_of_the_magazine_is_no_story(show: Path) -> None:
    """A page copied from the magazine itself: what only heads a part of it is not told as news."""
    page = f"# Other headlines:\n\n{NEWS}\n"
    note = show / "note.md"
    note.write_text(page, encoding="utf-8")
    result = podcast("edition", "--show", show, "--date", DATE, "--from", note)
    assert (result.exit_code, "no item has a text" in result.stderr) == (1, True), result.output


@pytest.mark.parametrize("words", [["--date", DATE], ["--from", "x"]])
def test_wrong_use_is_said(show: Path, words: list[str]) -> None:
    """Without a date or a source it is wrong use."""
    assert podcast("edition", "--show", show, *words).exit_code == 2

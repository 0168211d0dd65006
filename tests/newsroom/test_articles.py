"""Web pages: the article of each shape that the web has, and what a page says of itself."""

from __future__ import annotations

from statistics import mean

import pytest
from web_pages import WebPage, make_pages, word_f1

from podcast.errors import SourceError
from podcast.model import Item, SourceItems, SourceText
from podcast.registry import open_items

PAGES = make_pages()
FIRST = "The crane came by barge on Tuesday and stands on the north quay since noon, where a hundred waited."
SECOND = "It will lift the heavy parts of the turbines from June on, ten tons at a time, in any wind."
BODY = f"<p>{FIRST}</p><p>{SECOND}</p>"


def read(page: str, address: str = "https://port.example/crane") -> SourceItems:
    found = open_items(SourceText("a page", page, address))
    assert found
    return found


def read_item(page: str, address: str = "https://port.example/crane") -> Item:
    (item,) = read(page, address).items
    return item


def test_there_are_sixty_pages() -> None:
    """The measure is over sixty pages, two of each of thirty shapes."""
    assert len({page.name for page in PAGES}) == len({page.html for page in PAGES}) == 60


def test_articles_come_whole_and_alone() -> None:
    """Over all shapes, word F1 is at least 0.92 on average."""
    assert mean(word_f1(read_item(page.html).text, page.text) for page in PAGES) >= 0.92


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_no_page_is_lost(page: WebPage) -> None:
    """No page is below 0.5, and each has its own title, not its site's."""
    item = read_item(page.html)
    assert word_f1(item.text, page.text) >= 0.5
    if not page.name.startswith("old_tables-0"):
        assert item.title == page.title


@pytest.mark.parametrize(
    "head",
    [
        "<title>The crane came</title>",
        "<title>The crane came | Port Post</title><meta property='og:site_name' content='Port Post'>",
        "<title>Port Post: all of it</title><meta property='og:title' content='The crane came'>",
        "<title>x</title><script type='application/ld+json'>"
        '{"@graph": [{"@type": "NewsArticle", "headline": "The crane came"}]}</script>',
        "<title>Port Post</title><meta property='og:title' content='Port Post'>"
        "<meta property='og:site_name' content='Port Post'>",
    ],
    ids=["title", "suffix", "og", "json-ld", "site"],
)
def test_a_title_is_the_pages_own(head: str) -> None:
    """Meta elements, JSON-LD, headings and the title without its site are asked, in that order."""
    item = read_item(
        f"<html><head>{head}</head><body><article><h1>The crane came</h1>{BODY}</article></body>"
    )
    assert item.title == "The crane came"


@pytest.mark.parametrize(
    ("head", "authors", "date"),
    [
        (
            "<meta name='author' content='Ada Ro'><meta name='date' content='2024-05-21'>",
            ("Ada Ro",), "2024-05-21",
        ),
        (
            "<script type='application/ld+json'>"
            '[{"@type": "BlogPosting", "headline": "x y", "author": [{"name": "Ada Ro"},'
            ' {"name": "Bo Lind"}], "datePublished": "2024-05-21T09:00:00+02:00"}]</script>',
            ("Ada Ro", "Bo Lind"), "2024-05-21",
        ),
        ("<meta property='article:author' content='https://social.example/ada'>", (), "None"),
    ],
)  # fmt: skip
def test_authors_and_dates_come_from_metadata(
    head: str, authors: tuple[str, ...], date: str
) -> None:
    """Who wrote a page and when is what it says of itself; an address is nobody's name."""
    item = read_item(
        f"<html><head><title>Crane</title>{head}</head><body><article>{BODY}</article></body>"
    )
    assert (item.authors, str(item.date)) == (authors, date)


def test_the_page_of_a_paper_is_a_paper() -> None:
    """A page that cites itself as a paper gives its abstract, its authors as one says them, and no LaTeX."""
    head = (
        "<title>[2405.1] Quiet $k$</title><meta name='citation_title' content='Quiet $k$ Routers'>"
        "<meta name='citation_author' content='Ferro, Ada'><meta name='citation_author' content='Lind, Bo'>"
        "<meta name='citation_date' content='2024/05/20'>"
    )
    abstract = f"<blockquote class='abstract'><span>Abstract:</span> {FIRST}</blockquote>"
    item = read_item(
        f"<html><head>{head}</head><body><h1>x</h1>{abstract}<p>Download PDF</p></body>"
    )
    assert (item.title, item.text, item.paper) == ("Quiet k Routers", FIRST, True)
    assert (item.authors, str(item.date)) == (("Ada Ferro", "Bo Lind"), "2024-05-20")


@pytest.mark.parametrize(
    ("title", "text", "language"),
    [
        ("新起重机到港", "星期二上午，一台四十米高的起重机乘驳船到达北码头，约一百人在岸边。", "Chinese"),
        ("新しいクレーン", "火曜日の朝、高さ四十メートルのクレーンがはしけで北埠頭に到着した。", "Japanese"),
        ("Новый кран", "Во вторник утром кран высотой сорок метров прибыл на барже.", "Cyrillic"),
        (
            "Der neue Kran",
            "Der Kran kam am Dienstag mit dem Schiff und steht seit dem Mittag auf der Mole, wo hundert "
            "Leute auf ihn gewartet haben. Er wird die schweren Teile der Anlagen heben, und die alte ist "
            "nicht mehr im Dienst.",
            "German",
        ),
    ],
)  # fmt: skip
def test_another_language_is_said(title: str, text: str, language: str) -> None:
    """A page in another language is refused as that, not as empty."""
    with pytest.raises(SourceError, match=language):
        read(
            f"<html><head><title>{title}</title></head><body><article><p>{text}</p></article></body></html>"
        )


def test_foreign_words_are_no_other_language() -> None:
    """An English page that quotes others and names them in their letters is English."""
    text = f"{FIRST} Its maker, 上海振华重工, calls it “der große Kran von der alten Mole”. {SECOND}"
    assert (
        "上海振华重工"
        in read_item(f"<html><body><h1>A crane</h1><p>{text}</p></body></html>").text
    )


def test_a_page_that_gives_little_says_so() -> None:
    """Where less than a third of what a page shows is its article, its owner is told."""
    cells = "".join(f"<tr><td>Word {i}</td><td>Other word {i}</td></tr>" for i in range(90))
    page = f"<html><body><h1>Crane</h1><article>{BODY}</article><table>{cells}</table></body></html>"
    (notice,) = read(page).notices
    assert notice.startswith("a page: only ")
    assert (
        read(f"<html><body><h1>Crane</h1><article>{BODY}</article></body></html>").notices == ()
    )

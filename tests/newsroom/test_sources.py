"""What the newsroom is made from: every kind of source, recognised by what it holds."""

from __future__ import annotations

import contextlib
import html
import json
import time
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from papers import PAPERS, listing

from podcast.document.decoding import decode_text
from podcast.document.html_tree import fragment_to_document
from podcast.document.tex_text import untex
from podcast.errors import SourceError
from podcast.model import Item, SourceItems, SourceText
from podcast.registry import open_items

TITLES = [title for title, _ in PAPERS]


def items(text: str, name: str = "a source", address: str = "") -> list[Item]:
    return list(gathered(text, name, address).items)


def gathered(text: str, name: str = "a source", address: str = "") -> SourceItems:
    return open_items(SourceText(name, text, address)) or SourceItems(())


def as_json() -> str:
    return json.dumps(
        [
            {"title": title, "paper": {"id": f"2402.0000{i}", "title": title, "summary": abstract,
             "authors": [{"name": "Ada Ro"}], "publishedAt": "2024-02-05T10:00:00.000Z"}}
            for i, (title, abstract) in enumerate(PAPERS)
        ]
    )  # fmt: skip


def as_props() -> str:
    data = html.escape(json.dumps({"dailyPapers": json.loads(as_json())}))
    return (
        f'<!doctype html><html><body><main><div data-props="{data}"></div></main></body></html>'
    )


def as_articles() -> str:
    articles = "".join(
        f'<article><a href="/papers/2402.0000{i}"><img alt="x"></a>'
        f'<h3><a href="/papers/2402.0000{i}">{title}</a></h3>'
        f"<p>{abstract}</p><div>12 likes</div></article>"
        for i, (title, abstract) in enumerate(PAPERS)
    )
    return f"<html><head><title>Daily Papers</title></head><body><nav>Log in</nav>{articles}</body></html>"


def as_atom() -> str:
    entries = "".join(
        f"<entry><id>http://arxiv.org/abs/2402.0000{i}v1</id>"
        f"<title>{title.replace(' ', chr(10) + '  ', 1)}</title>"
        f'<link href="http://arxiv.org/abs/2402.0000{i}v1" rel="alternate" type="text/html"/>'
        f"<summary>{abstract}</summary><published>2024-02-05T10:00:00Z</published>"
        "<author><name>Ada Ro</name></author></entry>"
        for i, (title, abstract) in enumerate(PAPERS)
    )
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom"><title>q</title>{entries}</feed>'


@pytest.mark.parametrize("kind", [listing, as_json, as_props, as_articles, as_atom])
def test_a_list_of_papers_is_found_whole_in_every_dress(kind: Callable[[], str]) -> None:
    """Text, JSON, HTML and Atom of one list give the same papers, whole, in order, and without LaTeX."""
    found = items(kind())
    assert [item.title for item in found] == TITLES
    assert all(item.paper for item in found)
    assert found[0].text.startswith("Seabird colonies")
    assert found[0].text.endswith("code.example/gannets.")
    assert "2.4% on average" in found[0].text
    assert "at six photographs" in found[0].text
    assert "over 10^4 batches" in found[1].text
    if kind is not listing:
        assert [item.link.rpartition("/")[2].removesuffix("v1") for item in found] == [
            f"2402.0000{i}" for i in range(3)
        ]


def test_papers_that_are_there_twice_are_one() -> None:
    """A paper that a page lists twice, in other capitals, is taken once."""
    title, abstract = PAPERS[1]
    assert len(items(f"{listing()}\n\n{title.upper()}\n\n{abstract}")) == len(PAPERS)


def test_an_abstract_of_several_paragraphs_stays_whole() -> None:
    """Paragraphs that follow an abstract without a title between belong to it."""
    more = "A second paragraph follows. " + PAPERS[2][1]
    found = items(listing().replace(PAPERS[0][1], f"{PAPERS[0][1]}\n\n{more}"))
    assert [item.title for item in found] == TITLES
    assert found[0].text.endswith("explain most of this agreement.")


def test_authors_and_addresses_beside_a_paper_are_taken() -> None:
    """A line of names and an arXiv address between title and abstract are its authors and its link."""
    text = "\n\n".join(
        [TITLES[0], "Ada Ro, Bo Lindqvist and Chi Nwosu", "arXiv:2402.00001", PAPERS[0][1]]
    )
    (item,) = items(text)
    assert (item.title, item.authors, item.link) == (
        TITLES[0], ("Ada Ro", "Bo Lindqvist", "Chi Nwosu"), "https://arxiv.org/abs/2402.00001",
    )  # fmt: skip


RSS = """<?xml version="1.0" encoding="ISO-8859-1"?>
<rss version="2.0"><channel><title>T</title><link>https://news.example/</link>
<item><title>Caf&#233; robots &amp;amp; their tips</title><link>/robots?utm_source=x</link>
<description>&lt;p&gt;One paragraph.&lt;/p&gt;&lt;script&gt;evil()&lt;/script&gt;
&lt;p&gt;Two &lt;b&gt;bold&lt;/b&gt; words.&lt;/p&gt;</description>
<pubDate>Mon, 05 Feb 2024 08:00:00 GMT</pubDate></item>
<item><description>no title</description></item></channel></rss>"""


def test_a_feed_gives_its_entries_as_plain_text() -> None:
    """An entry's HTML becomes paragraphs, its link absolute; one without a title is no item."""
    (item,) = items(RSS, address="https://news.example/feed.xml")
    assert (item.title, item.text) == (
        "Café robots & their tips",
        "One paragraph.\n\nTwo bold words.",
    )
    assert item.link == "https://news.example/robots?utm_source=x"
    assert (item.source, str(item.date), item.paper) == ("news.example", "2024-02-05", False)


def test_a_page_is_its_article() -> None:
    """A web page is its title and its article; navigation, scripts, captions and footers stay away."""
    text = "<p>" + "</p><p>".join(abstract for _, abstract in PAPERS[1:]) + "</p>"
    page = (
        '<html><head><meta property="og:title" content="Dough &amp; current">'
        '<meta property="article:published_time" content="2024-02-05T01:00:00Z"></head><body>'
        "<nav><p>Home of many words that nobody wants to read in a story</p></nav><h1>Other</h1>"
        f"<div><div class=x>{text}"
        "<figure><p>A caption of at least eight words, for the eye alone.</p></figure></div></div>"
        "<footer><p>All rights reserved by somebody with a very long name</p></footer>"
        "<script>var words = 1</script></body></html>"
    )
    (item,) = items(page, address="https://bread.example/dough")
    assert (item.title, str(item.date), item.source) == (
        "Dough & current",
        "2024-02-05",
        "bread.example",
    )
    assert item.text.split("\n\n") == [" ".join(abstract.split()) for _, abstract in PAPERS[1:]]


def test_a_note_is_read_with_its_front_matter_or_without() -> None:
    """A Markdown note gives its title, its text without Markdown, and the first address in it."""
    (item,) = items(
        "---\ntitle: Tea & rain\nurl: https://tea.example/x\ndate: 2024-02-05\n---\n\nIt **rained** on [us](https://a.example).\n"
    )
    assert (item.title, item.text, item.link, str(item.date)) == (
        "Tea & rain",
        "It rained on us.",
        "https://tea.example/x",
        "2024-02-05",
    )
    (item,) = items(
        "# Tea\n\nIt {% include x.html %}is >90% water.[^1]\n\n```\ncode\n```\n\n[^1]: So.\n"
    )
    assert (item.title, item.text) == ("Tea", "It is >90% water.")
    (item,) = items("# Tea\n\n- leaves\n- water, see https://tea.example/y.\n")
    assert (item.title, item.text, item.link) == (
        "Tea",
        "leaves\n\nwater, see https://tea.example/y.",
        "https://tea.example/y",
    )


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('[{"paper": {"title": "x"', "a source:1: this is broken JSON"),
        ('{"papers": []}', "lists no paper"),
        ("[" * 100_000, "a source"),
        ("<rss><channel><item><titel>x</titel></channel></rss>", "this feed is broken XML"),
        ("<rss><channel><item><title>&#1114112;</title></item></channel></rss", "this feed is broken XML"),
        ("<feed xmlns='http://www.w3.org/2005/Atom'></feed>", "no entry"),
        ('{"version": "https://jsonfeed.org/version/1.1", "items": []}', "no entry"),
        ("<html><body><nav>Home</nav></body></html>", "this page has no text"),
        ("# A heading alone\n", "this note has no text"),
        ("---\na: [\n---\nx", "a source:3: the front matter is not YAML"),
        (f'[{{"likes": {"9" * 5000}}}]', "a number of too many digits"),
    ],
    ids="json no-json deep xml character feed json-feed page note front number".split(),
)  # fmt: skip
def test_what_is_broken_is_said_in_one_line(text: str, words: str) -> None:
    """A broken source is one line with its name and what is wrong."""
    with pytest.raises(SourceError) as caught:
        items(text)
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_link_that_is_no_address_is_left_out() -> None:
    """A host that the standards forbid is no reason to fail: the entry, or the note, has no link then."""
    (entry,) = items(
        RSS.replace("/robots?utm_source=x", "http://[x"), address="https://news.example/"
    )
    (note,) = items("# Tea\n\nSee http://a\u2100b/ for more.\n")
    assert (entry.link, note.link) == ("", "")


@pytest.mark.parametrize(
    "text",
    [
        "<!---->" * 5000 + "x",
        "<?xml" + " " * 50_000,
        " " * 50_000 + "x",
        "1" * 50_000 + "x",
        "arXiv:" * 8000,
    ],
    ids=["comments", "declaration", "spaces", "figures", "announced"],
)
def test_long_runs_take_no_time(text: str) -> None:
    """No pattern that looks at a source goes back over a run of signs again and again."""
    began = time.process_time()
    with contextlib.suppress(SourceError):
        items(text)
    assert time.process_time() - began < 2


def test_chrome_alone_is_no_paper() -> None:
    """A page of papers without one gives nothing."""
    assert (
        items("new\n\nSubscribe\n\nDaily Papers\n\nby AK and the research community\n\n12")
        == []
    )


@pytest.mark.parametrize(
    ("data", "charset", "text"),
    [
        ("café".encode(), "", "café"),
        ("café".encode("utf-8-sig"), "", "café"),
        ("café".encode("utf-16"), "", "café"),
        ("“café”".encode("cp1252"), "iso-8859-1", "“café”"),
        (b'<meta charset="iso-8859-1">caf\xe9', "", '<meta charset="iso-8859-1">café'),
        (b"a\r\nb\rc", "", "a\nb\nc"),
        (b"caf\xe9 \x96 \x93so\x94", "", "café – “so”"),
        (b"x", "klingon", "x"),
        ("港口的新起重机".encode("gb18030"), "gb2312", "港口的新起重机"),
        ('<meta charset="gb2312">镕'.encode("gbk"), "", '<meta charset="gb2312">镕'),
        ("波止場の新しいクレーン".encode("shift_jis"), "x-sjis", "波止場の新しいクレーン"),
        ("caf\u00e9".encode() + b"\x92s", "utf-8", "café’s"),
        ("港".encode("gbk") + b"\xff a", "gbk", "港\ufffd a"),
        ('<meta charset="utf-16">café'.encode(), "", '<meta charset="utf-16">café'),
        (
            b"one\x00 stray byte of a hundred others that stand here, for a page has more than this",
            "",
            "one stray byte of a hundred others that stand here, for a page has more than this",
        ),
    ],
)
def test_bytes_are_read_as_they_are_written(data: bytes, charset: str, text: str) -> None:
    """The byte order mark decides, then the server's word, then the document's own, then UTF-8.

    Names of encodings mean what they mean in browsers, and a byte that does not fit refuses no page.
    """
    assert decode_text("x", data, charset) == text


@pytest.mark.parametrize(
    ("data", "charset"),
    [(b"\x00\x01", ""), (b"%PDF-1.7\n", ""), (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0", "")],
)
def test_what_is_no_text_is_said(data: bytes, charset: str) -> None:
    """A PDF, a picture and other binary data are one line with the name."""
    with pytest.raises(SourceError, match=r"^x: [^\n]+\. (Save|Name) "):
        decode_text("x", data, charset)


@pytest.mark.parametrize(
    ("tex", "text"),
    [
        (r"26.89\% of $\alpha$-fair", "26.89% of α-fair"),
        (r"a 360{\deg} view, $360^{\circ}$", "a 360° view, 360°"),
        (r"the {\em status quo}, \emph{or \textbf{so}}", "the status quo, or so"),
        (
            r"Erd\H{o}s, Poincar\'e, G\"{o}del, na\"{\i}ve, Ha\v{c}ek",
            "Erdős, Poincaré, Gödel, naïve, Haček",
        ),
        (r"$O(n^2)$ in $\mathcal{L}_{2}$, $\sim$30, $2\times$", "O(n^2) in L_2, ~30, 2×"),
        (r"it costs $5 and then $10 more", "it costs $5 and then $10 more"),
        (r"as shown~\cite{x2024}, see \href{https://a.example}{here}", "as shown, see here"),
        (
            "as in prior work [3, 12], with values in [1, 2]",
            "as in prior work, with values in [1, 2]",
        ),
        ("``quoted'' and `x`", '"quoted" and `x`'),
    ],
)
def test_latex_becomes_letters(tex: str, text: str) -> None:
    """Leftovers of LaTeX become what they show, and money stays money."""
    assert untex(tex) == text


@given(st.text(alphabet=st.sampled_from(list("ab \\{}$^_%'\"`~c<>&;\n")), max_size=60))
def test_tidying_takes_any_text(text: str) -> None:
    """Whatever a page leaves behind, tidying neither fails nor hangs."""
    untex(text)
    fragment_to_document(text)

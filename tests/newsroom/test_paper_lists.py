"""Lists of papers in every form: each paper one item with its own title, link, authors and abstract."""

from __future__ import annotations

import json

import pytest

from podcast.model import SourceItems, SourceText
from podcast.registry import open_items

QUIET = (
    "Routers that say little need half of the messages of chatty ones and lose one percent of accuracy. "
    "The code and the logs of all forty runs are released with a small tool to repeat them at home."
)
MAPS = (
    "A robot that only hears can draw a map of a flat in ten minutes, and errs by eight centimetres. "
    "It fails where carpets swallow the echo, and there are three ways to notice it in time."
)
COPIED = f"""[1] arXiv:2405.00001 [pdf, html, other]
Title: Quiet Routers Learn Faster
Authors: Ada Ferro, Bo Lind
Comments: 9 pages, 4 figures
Subjects: Machine Learning (cs.LG); Networking (cs.NI)

{QUIET}

[2] arXiv:2405.00002 (cross-list from cs.CL) [pdf, other]
Title: Maps Drawn by
Listening
Authors: Di Wu,
Ed Poe
Subjects: Robotics (cs.RO)

{MAPS}
"""
LISTED = f"""<html><body><h1>Machine Learning</h1><dl id="articles">
<h3>New submissions (showing 2 of 2 entries)</h3>
<dt><a name="item1">[1]</a> <a href="/abs/2405.00001" title="Abstract">arXiv:2405.00001</a> [<a>pdf</a>]</dt>
<dd><div class="meta"><div class="list-title mathjax"><span class="descriptor">Title:</span>
Quiet Routers Learn Faster</div><div class="list-authors"><a>Ada Ferro</a>, <a>Bo Lind</a></div>
<p class="mathjax">{QUIET}</p></div></dd>
<dt><a href="/abs/2405.00002">arXiv:2405.00002</a></dt>
<dd><div class="list-title">Title: Maps Drawn by Listening</div><div class="list-authors"><a>Di Wu</a>,
<a>Ed Poe</a></div><p>{MAPS}</p></dd>
<h3>Replacement submissions (showing 1 of 1 entries)</h3>
<dt><a href="/abs/2301.00003">arXiv:2301.00003</a> (replaced)</dt>
<dd><div class="list-title">Title: Old One</div></dd></dl></body></html>"""
SCHOLAR = json.dumps(
    {"total": 2, "data": [
        {"title": "Quiet Routers Learn Faster", "abstract": QUIET, "externalIds": {"ArXiv": "2405.00001"},
         "url": "https://www.semanticscholar.org/paper/a",
         "authors": [{"name": "Ada Ferro"}, {"name": "Bo Lind"}]},
        {"title": "Maps Drawn by Listening", "abstract": MAPS, "externalIds": {"ArXiv": "2405.00002"},
         "authors": [{"name": "Di Wu"}, {"name": "Ed Poe"}]},
    ]}
)  # fmt: skip
BIBTEX = f"""% exported
@article{{ferro2024,
  title = {{Quiet {{R}}outers Learn Faster}},
  author = {{Ferro, Ada and Lind, Bo}},
  eprint = "2405.00001", archivePrefix = "arXiv", year = 2024,
  abstract = {{{QUIET}}}
}}
@misc{{wu2024, title = "Maps Drawn by Listening", author = "Wu, Di and Ed Poe",
  url = {{https://arxiv.org/abs/2405.00002}},
  abstract = "{MAPS}"}}
"""
LIST = f"""# Papers of the week

Some words before the list.

- [Quiet Routers Learn Faster](https://arxiv.org/abs/2405.00001) (Ada Ferro, Bo Lind): {QUIET}
- **Maps Drawn by Listening** (Di Wu, Ed Poe) [[paper](https://arxiv.org/pdf/2405.00002)]
  [[code](https://a.example/x)] {MAPS}
"""
LINK = "[Paper](https://arxiv.org/abs/2405.0000"
TABLE = f"""| No | Paper | Authors | Summary | Links |
| --- | --- | --- | --- | --- |
| 1 | **Quiet Routers Learn Faster** | Ada Ferro, Bo Lind | {QUIET} | {LINK}1) |
| 2 | **Maps Drawn by Listening** | Di Wu, Ed Poe | {MAPS} | {LINK}2), [Code](https://a.example) |
"""
HEADINGS = f"""# Reading list

## [Quiet Routers Learn Faster](https://arxiv.org/abs/2405.00001)

*Ada Ferro, Bo Lind*

{QUIET}

## Maps Drawn by Listening ([pdf](https://arxiv.org/pdf/2405.00002))

Di Wu, Ed Poe

{MAPS}
"""
FORMS = {
    "copied": COPIED, "listed": LISTED, "scholar": SCHOLAR, "bibtex": BIBTEX, "list": LIST, "table": TABLE,
    "headings": HEADINGS,
}  # fmt: skip


def read(text: str, name: str = "a source") -> SourceItems:
    found = open_items(SourceText(name, text))
    assert found
    return found


@pytest.mark.parametrize(
    ("form", "name"),
    [
        *((form, "a source") for form in FORMS),
        *((form, "papers.md") for form in ("list", "table", "headings")),
    ],
)
def test_each_paper_is_one_item(form: str, name: str) -> None:
    """Title, link, authors and abstract are each paper's own, whatever the list's form and name."""
    papers = read(FORMS[form], name).items
    assert all(paper.paper for paper in papers)
    assert [(paper.title, paper.link) for paper in papers] == [
        ("Quiet Routers Learn Faster", "https://arxiv.org/abs/2405.00001"),
        ("Maps Drawn by Listening", "https://arxiv.org/abs/2405.00002"),
    ]
    assert [paper.authors for paper in papers] == [
        ("Ada Ferro", "Bo Lind"),
        ("Di Wu", "Ed Poe"),
    ]
    assert [paper.text for paper in papers] == [QUIET, MAPS]


@pytest.mark.parametrize("start", range(len(COPIED.splitlines()) - 4))
def test_a_list_is_read_from_any_line_on(start: int) -> None:
    """Where copying began in the middle of a paper, the next ones are whole."""
    papers = read("\n".join(COPIED.splitlines()[start:])).items
    last = papers[-1]
    if start <= 9:
        assert last.text == MAPS
        assert last.title == "Maps Drawn by Listening"
    assert len({paper.title for paper in papers}) == len(papers) <= 2


def test_new_versions_are_left_out_and_said() -> None:
    """Replacements in arXiv's list are no news; how many there are is said."""
    assert read(LISTED).notices == (
        "a source: 1 of the papers are new versions of old ones, and left out",
    )
    copied = (
        COPIED
        + "\nReplacement submissions (showing 1 of 1 entries)\n[3] arXiv:2301.00003 (replaced)\nTitle: Old\n"
    )
    found = read(copied)
    assert (len(found.items), len(found.notices)) == (2, 1)


def test_openreview_is_read_by_its_answers_and_its_page() -> None:
    """Both versions of OpenReview's notes, and its list as HTML, link each paper's forum."""
    new = {"id": "abc", "forum": "abc", "content": {
        "title": {"value": "Quiet Routers"}, "authors": {"value": ["Ada Ferro"]},
        "abstract": {"value": QUIET},
    }}  # fmt: skip
    content = {"title": "Maps", "authors": ["Di Wu"], "abstract": MAPS}
    old = {"id": "def", "forum": "def", "content": content}
    page = "".join(
        f'<li><div class="note"><h4><a href="/forum?id={key}">{title}</a></h4>'
        f'<div class="note-authors">{author}</div><div class="note-content">'
        f"<strong>Abstract:</strong> <span>{text}</span></div></div></li>"
        for key, title, author, text in (
            ("abc", "Quiet Routers", "Ada Ferro", QUIET),
            ("def", "Maps", "Di Wu", MAPS),
        )
    )
    for text in (
        json.dumps({"notes": [new, old]}),
        f"<html><body><ul>{page}</ul></body></html>",
    ):
        assert [(p.title, p.link, p.authors, p.text) for p in read(text).items] == [
            ("Quiet Routers", "https://openreview.net/forum?id=abc", ("Ada Ferro",), QUIET),
            ("Maps", "https://openreview.net/forum?id=def", ("Di Wu",), MAPS),
        ]


@pytest.mark.parametrize("between", ["\n\n", "\n"])
def test_addresses_in_a_pasted_list_are_the_papers(between: str) -> None:
    """Each paper has the one that stands under its title, after it, or under its abstract."""
    lines = (
        "Quiet Routers Learn Faster", "Ada Ferro, Bo Lind", "https://openreview.net/forum?id=abc1",
        "Published: 1 May 2024", QUIET, "Maps Drawn by Listening (https://openreview.net/forum?id=def2)",
        "Di Wu, Ed Poe", MAPS, "Moths Heard by Ear", "Chi Nwosu, Di Wu", QUIET, "https://doi.org/10.1000/182",
    )  # fmt: skip
    assert [(p.title, p.link, len(p.authors)) for p in read(between.join(lines)).items] == [
        ("Quiet Routers Learn Faster", "https://openreview.net/forum?id=abc1", 2),
        ("Maps Drawn by Listening", "https://openreview.net/forum?id=def2", 2),
        ("Moths Heard by Ear", "https://doi.org/10.1000/182", 2),
    ]


def test_authors_beside_a_title_are_no_part_of_it() -> None:
    """A list says `Title, Author et al.` in many ways, with a year and a conference or without."""
    written = {
        "Quiet": "Quiet Routers Learn Faster, Ferro et al. [link](URL)",
        "Loud": "Loud Routers Learn Faster (Ferro et al., NeurIPS 2024) [paper](URL)",
        "Slow": "Slow Routers Learn Faster by Ferro et al. URL",
        "Old": "Ferro et al. (2024). Old Routers Learn Faster. [pdf](URL)",
        "New": '[Ferro et al. "New Routers Learn Faster", 2024](URL)',
        "Small": "[Small Routers Learn Faster](URL), Ferro et al., ICML'24",
        "Large": "Ferro et al.: Large Routers Learn Faster [pdf](URL)",
    }
    lines = (
        f"- {line}".replace("URL", f"https://arxiv.org/abs/2405.0000{number}")
        for number, line in enumerate(written.values())
    )
    papers = read("\n".join(lines)).items
    assert [(paper.title, paper.authors, paper.link[-1]) for paper in papers] == [
        (f"{word} Routers Learn Faster", ("Ferro",), str(number))
        for number, word in enumerate(written)
    ]


def test_a_note_with_a_link_to_a_paper_stays_a_note() -> None:
    """One paper in a note's text makes no list of papers of it."""
    (item,) = read(
        "# A week of boats\n\nI read [one](https://arxiv.org/abs/2405.00001) and liked it.\n",
        "a.md",
    ).items
    assert (item.title, item.text) == ("A week of boats", "I read one and liked it.")


@pytest.mark.parametrize(
    ("tex", "text"),
    [
        (r"$\mathcal{O}(n\log n)$ steps", "O(n log n) steps"),
        (r"when $k \ll n$, and $\Theta(n)$ on $95\%$", "when k ≪ n, and Θ(n) on 95%"),
        (r"\textbf{Code} is at \url{https://a.example/x}", "Code is at https://a.example/x"),
    ],
)
def test_formulas_of_papers_are_read(tex: str, text: str) -> None:
    """What arXiv's answers hold of LaTeX becomes what it shows."""
    feed = (
        "<feed xmlns='http://www.w3.org/2005/Atom'><title>ArXiv Query: x</title><entry>"
        "<title>On steps</title><id>http://arxiv.org/abs/2405.00009v1</id><link href='http://arxiv.org/abs/2405.00009v1'/>"
        f"<summary>{tex}</summary></entry></feed>"
    )
    (item,) = read(feed).items
    assert item.text == text

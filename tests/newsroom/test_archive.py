"""Earlier headlines: what a local search finds related, what was told before, and what is left alone."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from papers import PAPERS

from podcast.document.block_builder import plain_document
from podcast.model import Edition, Item, Story
from podcast.newsroom.post_index import recall
from podcast.newsroom.related_headlines import Archive, anchor
from podcast.read.posts import read_post
from podcast.util import cache

EARLIER = (
    (
        "2024-05-20",
        "Gannets return to the northern cliffs",
        "The colony of gannets has 3,000 nests this spring, which ornithologists counted from an aircraft.",
        "https://sea.example/gannets",
    ),
    (
        "2024-05-21",
        "A bakery that bakes by motor current",
        "A mixer's motor current tells bakers when the dough is ready, and the loaf rises as predicted.",
        "https://bread.example/x",
    ),
    (
        "2024-05-22",
        "Harbour school for tug pilots opens",
        "Twelve pupils learn on three old boats in Port Ellis.",
        "https://a.example/story?id=5",
    ),
    *(
        (
            "2024-05-24",
            f"Minutes of meeting number {i}",
            f"The committee met about item {i} and adjourned.",
            "",
        )
        for i in range(12)
    ),
)


def archive() -> Archive:
    return Archive(
        Edition(
            dt.date.fromisoformat(day),
            f"{day}-the-day",
            "T",
            (Story(title, plain_document(body), link=link),),
        )
        for day, title, body, link in reversed(EARLIER)
    )


def test_related_headlines_are_found_dated_and_linked() -> None:
    """What shares the telling words comes first, with its date and the address of its place on its page."""
    covered, related = archive().search(Item(*PAPERS[0]))
    assert covered is None
    assert related[0].title == "Gannets return to the northern cliffs"
    assert related[0].date == dt.date(2024, 5, 20)
    assert related[0].link == "/2024/05/20/the-day#gannets-return-to-the-northern-cliffs"
    assert (
        archive().search(Item(*PAPERS[1]))[1][0].title == "A bakery that bakes by motor current"
    )


def test_what_is_not_related_is_not_shown() -> None:
    """A story that has nothing in common with earlier ones shows none, and never more than three."""
    assert archive().search(
        Item("Volcano on Io erupts", "Lava plumes rise over Loki Patera.")
    ) == (None, ())
    assert archive().search(Item("", "")) == (None, ())
    assert (
        len(
            archive().search(
                Item("Minutes of a meeting", "The committee met about an item and adjourned.")
            )[1]
        )
        <= 3
    )


@pytest.mark.parametrize(
    ("title", "link"),
    [
        ("Another title for it", "http://www.sea.example/gannets/?utm_source=x"),
        ("GANNETS return to the Northern cliffs!", "https://elsewhere.example/y"),
    ],
)
def test_a_story_that_was_told_is_known_and_never_related_to_itself(
    title: str, link: str
) -> None:
    """The same address or the same title is the same story: it is covered, and not among the related."""
    covered, related = archive().search(Item(title, EARLIER[0][2], link))
    assert covered
    assert covered.title == EARLIER[0][1]
    assert EARLIER[0][1] not in {headline.title for headline in related}


def test_two_dresses_of_one_paper_are_one() -> None:
    """arXiv's page, its PDF and its versions are one paper."""
    story = Story("A b c", plain_document("D."), link="http://arxiv.org/pdf/2405.12933v1")
    told = Archive([Edition(dt.date(2024, 5, 1), "2024-05-01-x", "T", (story,))])
    assert told.search(Item("Other words here", "E.", "https://arxiv.org/abs/2405.12933"))[0]
    assert not told.search(Item("Other words here", "E.", "https://arxiv.org/abs/2405.12934"))[
        0
    ]
    assert not archive().search(Item("Other words here", "E.", "https://a.example/story?id=6"))[
        0
    ]


@pytest.mark.parametrize(
    "text",
    [
        '"quoted" OR NEAR(',
        "a* AND ^b: -c",
        "日本語 の 見出し",
        "'; DROP TABLE stories; --",
        "🦭",
    ],
)
def test_any_words_can_be_searched(text: str) -> None:
    """Nothing that a story says stops the search."""
    archive().search(Item(text, text))


@pytest.mark.parametrize(
    ("title", "place"),
    [
        ("It's GPT-4.5 - a & b: C/D “q” — 10%", "its-gpt-45---a--b-cd-q--10"),
        ("3 ways to C++, Größe a_b ...", "3-ways-to-c-größe-a_b-"),
    ],
)
def test_a_place_is_what_jekyll_calls_it(title: str, place: str) -> None:
    """The address of a story within its page is the id that kramdown 2.4, which Jekyll runs, gave it."""
    assert anchor(title) == place


def test_posts_are_remembered_until_they_change(tmp_path: Path) -> None:
    """A post is read once; a changed one again; a broken one, and a broken memory, stop nothing."""
    first, broken = tmp_path / "2024-05-01-a.md", tmp_path / "2024-05-02-b.md"
    first.write_text("---\ntitle: A\n---\n\n# Tea\n\nLeaves.\n", encoding="utf-8")
    broken.write_text("---\ntitle: [\n---\n\nTea.\n", encoding="utf-8")
    kept = tmp_path / "kept.json"
    (edition,) = recall([first, broken], kept, read_post)
    assert (edition.date, edition.stories[0].title) == (dt.date(2024, 5, 1), "Tea")
    memory = cache.load(kept)
    assert memory
    cache.save(kept, memory.replace(b"Leaves", b"Twigs"))
    assert recall([first, broken], kept, read_post)[0].stories[0].body.text == "Twigs."
    first.write_text("---\ntitle: A\n---\n\n# Coffee\n\nRoasted beans.\n", encoding="utf-8")
    assert recall([first, broken], kept, read_post)[0].stories[0].title == "Coffee"
    kept.write_text("[", encoding="utf-8")
    assert recall([first], kept, read_post)[0].stories[0].title == "Coffee"

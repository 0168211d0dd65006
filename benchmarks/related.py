"""How well the archive finds related headlines, judged by those that real editions linked.

    python benchmarks/related.py POSTS            # a folder of posts with "Previous headlines"
    python benchmarks/related.py POSTS --misses   # and what was linked, found, and shown besides

An edition's links are counted where they lead into the folder, and only earlier editions are searched.
Where an edition links one such headline, two of three that are shown cannot be among its own, so the most
that precision could be is printed beside it; random headlines are the floor.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from pathlib import Path

from podcast.document.liquid_values import slugify
from podcast.errors import PodcastError
from podcast.model import Edition, Headline, Item
from podcast.newsroom.related_headlines import MOST, Archive
from podcast.read.posts import read_post


@dataclass(frozen=True, slots=True)
class Judged:
    """One story: what its edition linked, and what the archive finds."""

    title: str
    linked: dict[str, str]
    """Slugs of the headlines that the edition linked, to their titles."""
    found: tuple[Headline, ...]
    pool: int
    """How many earlier stories there were to choose from."""

    @property
    def hits(self) -> int:
        return sum(slugify(headline.title) in self.linked for headline in self.found)


def judge(editions: list[Edition]) -> list[Judged]:
    """Every story whose edition linked an earlier one of these editions."""
    judged = []
    for edition in editions:
        earlier = [one for one in editions if one.date < edition.date]
        known = {slugify(story.title) for one in earlier for story in one.stories}
        archive = Archive(earlier)
        for story in edition.stories:
            linked = {
                slugify(h.title): h.title for h in story.previous if slugify(h.title) in known
            }
            if linked:
                found = archive.search(Item(story.title, story.body, story.link))[1]
                judged.append(Judged(story.title, linked, found, len(known)))
    return judged


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("posts", type=Path)
    parser.add_argument(
        "--misses", action="store_true", help="list what was linked and not found"
    )
    options = parser.parse_args()
    editions = []
    for path in sorted(options.posts.glob("*.md")):
        try:
            editions.append(read_post(path))
        except PodcastError as error:
            print(f"left out: {error}")
    judged = judge(editions)
    if not judged:
        raise SystemExit(f"{options.posts}: no edition links an earlier one of this folder")
    if options.misses:
        for one in judged:
            print(f"\n{one.title}")
            for key, title in one.linked.items():
                mark = (
                    "+" if key in {slugify(headline.title) for headline in one.found} else "-"
                )
                print(f"  {mark} {title}")
            for headline in one.found:
                if slugify(headline.title) not in one.linked:
                    print(f"  ? {headline.title}")
        print()
    links = sum(len(one.linked) for one in judged)
    shown = sum(len(one.found) for one in judged)
    hits = sum(one.hits for one in judged)
    most = sum(min(len(one.linked), len(one.found)) for one in judged)
    slots = sum(min(len(one.linked), MOST) for one in judged)
    chance = sum(len(one.found) * len(one.linked) / one.pool for one in judged)
    print(f"{len(editions)} editions, {len(judged)} stories with {links} links among them")
    print(f"shown {shown}, of which linked {hits}; by chance {chance:.1f}")
    print(
        f"precision at {MOST}: {hits / shown:.2f} of what is shown; it could be {most / shown:.2f} at most"
    )
    print(
        f"precision at {MOST}, with every place filled, could be {slots / MOST / len(judged):.2f} at most"
    )
    print(f"recall at {MOST}: {hits / links:.2f}; it could be {slots / links:.2f} at most")


if __name__ == "__main__":
    main()

"""Feed and pages of a show with very many episodes: rebuilding all, and adding one.

    python benchmarks/feed.py 1000 [10000]

Each episode is as long as a daily one: 30 passages, 1,100 words. Prints seconds on the clock and of all
cores, and memory: the most that the process and those that help it held at one moment (RSS, looked at
every 20 ms; what they share counts for each).
First is a rebuild into a folder that holds records and audio alone, then one with nothing to do, then one
more episode is published; last, the show gets another title, which all pages and the feed show.
"""

from __future__ import annotations

import argparse
import dataclasses
import datetime as dt
import itertools
import multiprocessing
import os
import sys
import tempfile
import threading
import time
import uuid
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

import builders
from measure import held, used

from podcast.model import Episode
from podcast.publish import episode_record as record
from podcast.publish import publish_episode, rebuild_feed
from podcast.publish.stores.folder import FolderStore

CHILDREN = multiprocessing.get_context("spawn")
"""Processes that are counted as ours."""
START = dt.datetime(1990, 1, 1, 6, tzinfo=dt.UTC)
WORDS = "the boat that listens to the harbour heard a seal before anybody in the town had one this year".split()


def episodes(count: int) -> Iterator[Episode]:
    """The whole of one episode, and what makes each other one differ."""
    turns = [
        (
            chapter,
            ("Irene Falk", "Tomas Okoye", "Mei-Lin D'Souza")[k % 3],
            " ".join((WORDS * 2)[k : k + 19]) + " so " * 18,
        )
        for chapter in range(6)
        for k in range(5)
    ]
    spoken = builders.lines(turns)
    parts, duration = builders.chapters(
        spoken, [f"Story number {i} of the day" for i in range(6)]
    )
    whole = builders.an_episode(lines=spoken, chapters=parts, duration=duration)
    for i in range(count):
        day = START + dt.timedelta(days=i)
        slug = f"{day.date()}-harbours-that-listen"
        guid = str(uuid.UUID(int=i))
        yield dataclasses.replace(whole, guid=guid, slug=slug, date=day.date(), published=day)


def measured(count: int, folder: str) -> Iterator[tuple[str, float, float, float]]:
    """What was done, and its seconds, CPU seconds and MB at most."""
    show = builders.a_show(Path(folder))
    (show.folder / "assets").mkdir()
    (show.folder / "assets" / "cover.jpg").write_bytes(b"cover")
    (mp3 := show.folder / "a.mp3").write_bytes(builders.audio())
    feeds = show.folder / "feeds"
    feeds.mkdir()
    whole = episodes(count + 1)
    for episode in itertools.islice(whole, count):
        (feeds / f"{episode.slug}.json").write_bytes(record.dump(episode))
        (feeds / episode.audio).hardlink_to(mp3)
    new = next(whole)
    store = FolderStore(feeds)

    def rebuilt(title: str = show.title) -> None:
        with ProcessPoolExecutor(mp_context=CHILDREN) as executor:
            rebuild_feed(dataclasses.replace(show, title=title), store, executor)

    for what, act in (
        ("rebuild, all new", rebuilt),
        ("rebuild, nothing to do", rebuilt),
        ("one episode more", lambda: publish_episode(new, mp3, show, store)),
        ("feed and pages anew", lambda: rebuilt("Another title")),
    ):
        started, before = time.perf_counter(), used()
        with watched() as seen:
            act()
        wall, cpu = time.perf_counter() - started, used() - before
        yield what, wall, cpu, max(seen) / 1024


@contextmanager
def watched() -> Iterator[list[int]]:
    """Collects what this process and those below it hold, in kilobytes, until the block ends."""
    seen, done = [held(os.getpid())], threading.Event()

    def look() -> None:
        while not done.wait(0.02):
            seen.append(held(os.getpid()))

    (thread := threading.Thread(target=look)).start()
    try:
        yield seen
    finally:
        done.set()
        thread.join()


def report(count: int, folder: str) -> None:
    for what, wall, cpu, memory in measured(count, folder):
        print(
            f"{count:6} episodes: {what:24} {wall:6.2f} s  {cpu:6.2f} s of CPU  {memory:4.0f} MB"
        )
    size = max(path.stat().st_size for path in Path(folder, "feeds").glob("feed*.xml")) / 1e6
    print(f"largest feed {size:.2f} MB")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("counts", nargs="+", type=int)
    for count in parser.parse_args().counts:
        with tempfile.TemporaryDirectory() as folder:
            process = multiprocessing.get_context("spawn").Process(
                target=report, args=(count, folder)
            )
            process.start()
            process.join()


if __name__ == "__main__":
    main()

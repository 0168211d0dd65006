"""Shows to break: of short editions, spoken in silence."""

from __future__ import annotations

import datetime as dt
import random
import re
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.campaigns.process import Ran, podcast

PEOPLE = (
    "Ines Okafor",
    "Tomas Lindqvist",
    "Amara Diallo",
    "Jonas Weber",
    "Priya Raman",
    "Mateus Carvalho",
)
THINGS = (
    "harbour",
    "kettle",
    "library",
    "bridge",
    "orchard",
    "clock",
    "tram",
    "museum",
    "seal",
    "lamp",
)
FIRST = dt.date(2024, 5, 1)
URL = "https://hours.example/feeds/"


def date(number: int) -> str:
    """The date of the edition of that number, from 0."""
    return str(FIRST + dt.timedelta(days=number))


def post(number: int, people: Sequence[str] = PEOPLE, day: str = "") -> str:
    """An edition of two stories by some of these people; the same number gives the same text."""
    pick = random.Random(number)
    editor, *reporters = pick.sample(people, 3)
    stories = []
    for reporter in reporters:
        thing, other = pick.sample(THINGS, 2)
        count = pick.randrange(3, 90)
        stories.append(
            f"# The {thing} that heard a {other}\n"
            f"_Summarized by: {reporter}_ [[example.org](https://example.org/{thing}/{number})]\n\n"
            f"A {thing} was fitted with {count} microphones. What it heard first was a {other}.\n"
        )
    staff = "\n\n".join(f"{name}:\n\n```\nYou report.\n```" for name in reporters)
    title = f"Edition {number}: the {THINGS[number % len(THINGS)]}"
    return (
        f'---\ntitle: "{title}"\ndate: {day or date(number)}\n---\n\n'
        + "\n".join(stories)
        + "\n---\n### Technical details\n<details>\n<summary>The Staff</summary>\n\n"
        + f"Editor: {editor}\n\n```\nYou edit.\n```\n\n{staff}\n\n</details>\n"
    )


def a_show(folder: Path, posts: int, published: int, settings: str = "") -> Path:
    """A show with so many posts, of which the first ones are published; `settings` lead its podcast.toml."""
    said = podcast(
        "init", folder, "--title", "Small Hours", "--author", "The desk",
        "--email", "desk@hours.example", "--url", URL,
    )  # fmt: skip
    assert said.code == 0, said.output
    toml = folder / "podcast.toml"
    toml.write_text(settings + toml.read_text(encoding="utf-8"), encoding="utf-8")
    for path in (folder / "posts").glob("*.md"):
        path.unlink()
    for number in range(posts):
        path = folder / "posts" / f"{date(number)}-edition-{number}.md"
        path.write_text(post(number), encoding="utf-8")
    if published:
        said = make(folder, "--until", date(published - 1))
        assert said.code == 0, said.output
    return folder


def make(show: Path, *words: str, **more: object) -> Ran:
    """Run `podcast make` on the show, in silence."""
    return podcast("make", "--show", show, "--engine", "silence", *words, **more)


def copied(show: Path, to: Path) -> Path:
    """A copy, in place of what was there; times of change are kept, for caches go by them."""
    shutil.rmtree(to, ignore_errors=True)
    return Path(shutil.copytree(show, to, symlinks=True))


def edit_script(
    show: Path, number: int, words: str = "And mind the step on your way out."
) -> None:
    """A person edits the last line of a saved script."""
    edit_script_of(show, date(number), words)


def edit_script_of(show: Path, day: str, words: str) -> None:
    (path,) = (show / "scripts").glob(f"{day}-*[a-z0-9].md")
    text = path.read_text(encoding="utf-8")
    *_, line = re.findall(r"^\*\*.+?:\*\* .+$", text, flags=re.MULTILINE)
    path.write_text(text.replace(line, f"{line} {words}"), encoding="utf-8")


def files(folder: Path) -> Mapping[str, bytes]:
    """Every file below a folder by its name in it, hidden ones too; the working folder left out."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".podcast" not in path.relative_to(folder).parts
    }

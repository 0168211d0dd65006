"""How a person says where a story comes from; what nobody can say is not said."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from podcast.language.english.word_data import load
from podcast.model import Story

_TITLE_SITE = re.compile(r"\s(?:\||-|–|—|·)\s(?P<site>[^|·–—]+)$")


@dataclass(frozen=True, slots=True)
class SpokenSource:
    """A source as a person says it. Everything is empty where it is not to be spoken."""

    kind: str = ""
    """`press`, `platform`, `owner`, `research`, `notice`, `wire`; a key of sources.toml."""
    name: str = ""
    """After "from": `Forbes`, `a post on LinkedIn`, `NVIDIA's own site`."""
    place: str = ""
    """After "a paper" or "an article": `on arXiv`, `in Forbes`."""


def spoken_source(story: Story) -> SpokenSource:
    """Look the domain up; else take the site's name in the title, where the domain agrees."""
    labels = _find_labels(story.link, story.source)
    kind, name = _look_up(labels)
    return _spoken_source(kind, name) if name else _site_of_title(story.title, labels)


def say_outlet(link: str) -> str:
    """The name of the outlet to which a link leads; empty where it is not known."""
    kind, name = _look_up(_find_labels(link, ""))
    return name if kind == "press" else ""


def _find_labels(link: str, source: str) -> list[str]:
    host = (urlsplit(link).hostname or source or "").lower().removeprefix("www.")
    return host.split(".")


def _look_up(labels: list[str]) -> tuple[str, str]:
    """Kind and name of the longest domain that the table has; empty where it has none."""
    table = load("sources")
    for start in range(len(labels) - 1):
        domain = ".".join(labels[start:])
        for kind, names in table.items():
            if domain in names:
                return kind, names[domain]
    return "", ""


def _spoken_source(kind: str, name: str) -> SpokenSource:
    if kind == "platform":
        return SpokenSource(kind, f"a post on {name}", f"on {name}")
    if kind == "owner":
        said = (
            f"the site of {name}"
            if name.startswith("the ")
            else f"{_possessive(name)} own site"
        )
        return SpokenSource(kind, said, f"on {said}")
    if kind == "research":
        return SpokenSource(kind, name, f"on {name}")
    if kind == "notice":
        return SpokenSource(kind, f"a notice on {name}", f"on {name}")
    if kind == "wire":
        return SpokenSource(kind, name, "")
    place = f"from {name}" if _ON_AIR.search(name) else f"in {name}"
    return SpokenSource(kind, name, place)


# Broadcasters and agencies: nothing stands in them.
_ON_AIR = re.compile(
    r"\b(?:BBC|CBC|CNN|CNBC|NPR|NBC|CBS|ABC|PBS|Sky News|Al Jazeera|Reuters|Bloomberg"
    r"|Associated Press|Deutsche Welle|France 24|Euronews|AFP|Xinhua)\b"
)


def _site_of_title(title: str, labels: list[str]) -> SpokenSource:
    """The site's name at a title's end, where its words make the domain: `... | TechNode`."""
    match = _TITLE_SITE.search(title[-100:])
    if not match:
        return SpokenSource()
    site = match["site"].strip(" .")
    joined = re.sub(r"[^a-z0-9]", "", site.lower().removeprefix("the "))
    domain = "".join(labels).replace("-", "")
    if len(joined) < 4 or joined not in domain or len(site.split()) > 5:
        return SpokenSource()
    return SpokenSource("press", site, f"in {site}")


def _possessive(name: str) -> str:
    return f"{name}'" if name.endswith("s") else f"{name}'s"

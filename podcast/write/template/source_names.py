"""How a person says where a story comes from."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from podcast.language.english.word_data import load
from podcast.model import Story

_GENERIC = {"www", "blog", "blogs", "news", "en", "m", "co", "com", "org", "net", "gov", "ac", "edu"}


def said_source(story: Story) -> str:
    """The source as one says it after "from": `Forbes`, `a post on LinkedIn`; empty when it has none."""
    kind, name = _known(story)
    if not name:
        return ""
    if kind == "platform":
        return f"a post on {name}"
    if kind == "owner":
        return f"the site of {name}" if name.startswith("the ") else f"{_possessive(name)} own site"
    if kind == "research":
        return f"{'a paper' if story.paper else 'an article'} on {name}"
    if kind == "notice":
        return f"a notice on {name}"
    return name


def said_place(story: Story) -> str:
    """Where the story's paper is to be found, as one says it: `arXiv`; empty when it has no source."""
    return _known(story)[1]


def _known(story: Story) -> tuple[str, str]:
    host = (urlsplit(story.link).hostname or story.source or "").lower().removeprefix("www.")
    if not host:
        return "", ""
    labels = host.split(".")
    for start in range(len(labels) - 1):
        domain = ".".join(labels[start:])
        for kind, names in load("sources").items():
            if domain in names:
                return kind, names[domain]
    return "press", _read_out(labels, f"{story.title} {story.body.text}")


def _read_out(labels: list[str], text: str) -> str:
    """A domain as the story itself writes its owner's name, or as it is read: `evolve etfs dot com`."""
    name = next((label for label in reversed(labels[:-1]) if label not in _GENERIC), labels[0])
    tokens = re.findall(r"[A-Za-z0-9]+", text)
    for size in (1, 2, 3, 4):
        for start in range(len(tokens) - size + 1):
            window = tokens[start : start + size]
            if "".join(window).lower() == name.replace("-", "") and window[0][0].isupper():
                return f"the site of {' '.join(window)}"
    return f"the site {name.replace('-', ' ')} dot {' dot '.join(labels[labels.index(name) + 1 :])}"


def _possessive(name: str) -> str:
    return f"{name}'" if name.endswith("s") else f"{name}'s"

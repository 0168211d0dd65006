"""The words of the pages: one file, all of them used, and none in the templates beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import podcast
from podcast.language.english.word_data import load

PUBLISH = Path(podcast.__file__).parent / "publish"
TEMPLATES = PUBLISH / "templates"
OWN_NAMES = {"RSS", "MP", "Opus", "VTT", "SRT", "presscast", "US$", "dB", "MB"}


def list_words() -> Iterator[str]:
    for key, value in load("page_words").items():
        if key in ("player", "script", "preview_script", "report"):
            yield from value
        else:
            yield key


def test_every_word_is_used() -> None:
    """No template and no script lacks it: what nobody says any more goes."""
    files = [*TEMPLATES.iterdir(), *PUBLISH.glob("*.py")]
    source = "\n".join(path.read_text(encoding="utf-8") for path in files)
    unused = [word for word in list_words() if not re.search(rf"\b{word}\b", source)]
    assert unused == []


def test_templates_have_no_words_of_their_own() -> None:
    """What a page says is in `page_words.toml`, where it is read at once and told in plain English."""
    found: dict[str, list[str]] = {}
    for path in TEMPLATES.glob("*.html.j2"):
        text = path.read_text(encoding="utf-8")
        text = re.sub(r"(?s)<style>.*?</style>|\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", "", text)
        shown = re.findall(
            r">([^<>]+)<|(?:aria-label|placeholder|label|alt)=\"([^\"]+)\"", text
        )
        words = {
            word
            for pair in shown
            for part in pair
            for word in re.findall(r"[^\W\d_]+\$?", part)
        }
        if own := sorted(words - OWN_NAMES):
            found[path.name] = own
    assert found == {}

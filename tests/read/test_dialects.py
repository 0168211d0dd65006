"""Posts of Hugo and Pelican are read, and get their facts, as faithfully as Jekyll's."""

from __future__ import annotations

import datetime as dt
import json
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path

import markdown
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_post import FACTS, KEYS, SAMPLES

from podcast.errors import PublishError, ReadError
from podcast.publish.post_facts import has_front_matter, with_facts, with_include
from podcast.read.posts import JekyllSource, read_post

SAMPLE = next(SAMPLES.glob("2024-05-22-*.md")).read_text(encoding="utf-8")
BODY = SAMPLE.split("\n---\n", 1)[1]
HUGO = '+++\ntitle = "Moths by Ear"\ndate = 2024-05-22T06:30:00+02:00\ndescription = "Wings"\n[params]\n+++\n'
PELICAN = "Title: Moths by Ear\nDate: 2024-05-22 06:30\nSummary: Wings\n\n"
TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), max_size=20)
NEW = st.fixed_dictionaries(
    {},
    optional={
        key: st.one_of(
            TEXT, st.integers(-(2**60), 2**60), st.floats(-1e9, 1e9, allow_nan=False)
        )
        for key in KEYS
    },
)


def toml(post: bytes) -> dict[str, object]:
    """The front matter as Python's own TOML reader has it."""
    return tomllib.loads(
        post.removeprefix(b"\xef\xbb\xbf").decode().replace("\r\n", "\n").split("+++")[1]
    )


def meta(post: bytes) -> dict[str, list[str]]:
    """The front matter as Python-Markdown, which Pelican uses, has it."""
    reader = markdown.Markdown(extensions=["meta"])
    reader.convert(post.decode("utf-8-sig"))
    found: dict[str, list[str]] = reader.Meta
    return found


@pytest.mark.parametrize("front", [HUGO, PELICAN], ids=["hugo", "pelican"])
@pytest.mark.parametrize(
    "name", ["moths.md", "2024-05-22-moths.md", "2024-05-22-moths/index.md", "moths/index.md"]
)
def test_the_edition_is_the_same_whatever_is_above_it(
    front: str, name: str, tmp_path: Path
) -> None:
    """Date, slug, title and stories are those of the Jekyll post, wherever the date is written."""
    (path := tmp_path / "content" / name).parent.mkdir(parents=True, exist_ok=True)
    path.write_text(front + BODY, encoding="utf-8")
    edition = JekyllSource(tmp_path / "content").read(dt.date(2024, 5, 22))
    (jekyll := tmp_path / "2024-05-22-moths.md").write_text(SAMPLE, encoding="utf-8")
    expected = read_post(jekyll)
    assert (edition.slug, edition.title, edition.subtitle) == (
        "2024-05-22-moths",
        "Moths by Ear",
        "Wings",
    )
    assert [(s.title, s.body.text) for s in edition.stories] == [
        (s.title, s.body.text) for s in expected.stories
    ]
    lines = (path.read_text(encoding="utf-8")).splitlines()
    assert all(lines[story.line - 1].startswith("# ") for story in edition.stories)
    assert JekyllSource(tmp_path / "content").posts_by_slug() == {"2024-05-22-moths": path}


@pytest.mark.parametrize(
    "front",
    [
        """---js
{
  title: 'Dots of "dawn"', // the post's
  date: new Date("2021-03-04"),
  tags: ['a', "b's",],
}
---
""",
        "---javascript\nmodule.exports = { title: `Dots of \"dawn\"`, date: '2021-03-04' };\n---\n",
        '---json\n{"title": "Dots of \\"dawn\\"", "date": "2021-03-04"}\n---\n',
        ';;;\n"title": "Dots of \\"dawn\\"",\n"date": "2021-03-04"\n;;;\n',
        "---toml\ntitle = 'Dots of \"dawn\"'\ndate = 2021-03-04\n---\n",
        '--- yaml\ntitle: Dots of "dawn"\ndate: 2021-03-04\n---\n',
    ],
)
def test_front_matter_may_name_its_language(front: str, tmp_path: Path) -> None:
    """An object of JavaScript is read like one of JSON; facts are not written into any of these."""
    (path := tmp_path / "x.md").write_text(f"{front}Some words.\n", encoding="utf-8")
    edition = read_post(path)
    assert (edition.title, edition.date) == ('Dots of "dawn"', dt.date(2021, 3, 4))
    assert edition.stories[0].body.text == "Some words."
    assert not has_front_matter(path.read_bytes())


def test_an_impossible_date_gives_way_to_another(tmp_path: Path) -> None:
    """A day that is in no calendar is named as left out where name or front matter has a date as well."""
    for name, date in (("2021-03-01-x.md", "2021-02-29"), ("2021-02-29-x.md", "2021-03-01")):
        (path := tmp_path / name).write_text(f"---\ndate: {date}\n---\nWords.\n")
        edition = read_post(path)
        assert edition.date == dt.date(2021, 3, 1)
        assert [part.text for part in edition.left_out] == ["2021-02-29"]


def test_a_moment_with_a_zone_counts(tmp_path: Path) -> None:
    """TOML's own dates are read as the moment that they are."""
    (path := tmp_path / "moths.md").write_text(HUGO + BODY, encoding="utf-8")
    assert read_post(path).time == dt.datetime(2024, 5, 22, 4, 30, tzinfo=dt.UTC)


def test_pages_without_a_date_are_no_posts(tmp_path: Path) -> None:
    """Section pages, drafts without a date and a page about the blog are passed over."""
    for name, text in {
        "_index.md": HUGO,
        "about.md": "Title: About\n\nUs.",
        "notes.md": "Nothing above.",
    }.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert JekyllSource(tmp_path).posts_by_date() == []


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ('+++\ntitle = "x"\n', 1, "not closed"),
        ('+++\ntitle = "x"\nwords = \n+++\n', 3, "not TOML"),
        ("+++\ndate = 2024-05-22\ntitle = 5\n+++\n# A\n\nb\n", 3, "title is not text"),
        ("Title: x\nDate: yesterday\n\n# A\n\nb\n", 2, "no date"),
        ('+++\ntitle = "x"\ndate = 2021-02-29\n+++\n', 3, "not TOML: Invalid date or datetime"),
        ("---js\nconst title = 'x';\n---\n# A\n\nb\n", 1, "is a program"),
        ("---js\n{ title: `x ${1 + 1}` }\n---\n# A\n\nb\n", 1, "is a program"),
        ("---coffee\ntitle: 'x'\n---\n# A\n\nb\n", 1, "is in coffee"),
        ("---json\n{}\n# A\n\nb\n", 1, "not closed"),
        ("---\ntitle: x\npubDate: 2021-02-30\n---\n# A\n\nb\n", 3, "'2021-02-30' is no date"),
        ("---\npermalink: /2021/02/29/x/\n---\n# A\n\nb\n", 2, "'2021/02/29' is no date"),
    ],
)
def test_a_fault_is_told_with_its_line(text: str, line: int, what: str, tmp_path: Path) -> None:
    """As for YAML: file, line, what is wrong."""
    (path := tmp_path / "x.md").write_text(text, encoding="utf-8")
    with pytest.raises(ReadError, match=what) as caught:
        read_post(path)
    assert caught.value.line == line


@pytest.mark.parametrize("eol", ["\n", "\r\n"])
def test_toml_gets_the_facts_before_its_tables(eol: str) -> None:
    """New keys are top-level ones; comments, order and every other byte stay; once is enough."""
    post = '+++\n# mine\ntitle = "T"  # why\naudio = \'old\' # keep\n\n[params]\naudio = "deep"\n+++\nbody\n'
    before = post.replace("\n", eol).encode()
    after = with_facts(before, FACTS)
    assert toml(after) == toml(before) | dict(FACTS)
    assert after.endswith(f'[params]{eol}audio = "deep"{eol}+++{eol}body{eol}'.encode())
    assert after.startswith(
        f'+++{eol}# mine{eol}title = "T"  # why{eol}audio = "2024-05-22-moths.mp3" # keep'.encode()
    )
    assert after.count(b"\n") == after.count(eol.encode())
    assert with_facts(after, FACTS) == after


@pytest.mark.parametrize("eol", ["\n", "\r\n"])
def test_pelican_gets_the_facts_at_the_end_of_its_lines(eol: str) -> None:
    """Old values go with their further lines, keys keep their spelling, and the body stays."""
    before = "Title: T\nAudio:old\n    more\nTags: a, b\n\nAudio: body\n".replace(
        "\n", eol
    ).encode()
    after = with_facts(before, FACTS)
    assert after.startswith(
        f"Title: T{eol}Audio: 2024-05-22-moths.mp3{eol}Tags: a, b{eol}duration: 07:49{eol}".encode()
    )
    assert after.endswith(f"{eol}{eol}Audio: body{eol}".encode())
    read = meta(after)
    assert {key: read[key] for key in KEYS} == {key: [str(FACTS[key]).strip()] for key in KEYS}
    assert with_facts(after, FACTS) == after


@pytest.mark.parametrize("eol", ["\n", "\r\n"])
def test_json_gets_the_facts_at_the_end_of_its_object(eol: str) -> None:
    """Old values are replaced where they are, every other byte stays, and what was added can be taken out."""
    post = '{\n "title": "T",\n "audio" : "old",\n "tags": ["a", {"audio": "deep"}]\n}\nbody } "audio": 1\n'
    before = post.replace("\n", eol).encode()
    after = with_facts(before, FACTS)
    read, _ = json.JSONDecoder().raw_decode(after.decode())
    assert read == {"title": "T", "tags": ["a", {"audio": "deep"}]} | dict(FACTS)
    assert after.startswith(
        f'{{{eol} "title": "T",{eol} "audio" : "2024-05-22-moths.mp3",{eol}'.encode()
    )
    assert after.endswith(f'{eol}}}{eol}body }} "audio": 1{eol}'.encode())
    assert after.count(b"\n") == after.count(eol.encode())
    assert with_facts(after, FACTS) == after
    assert with_include(before, "{{ player }}").endswith(
        f'}}{eol}{eol}{{{{ player }}}}{eol}body }} "audio": 1{eol}'.encode()
    )


@pytest.mark.parametrize("eol", ["\n", "\r\n"])
def test_nikola_gets_the_facts_within_its_comment(eol: str) -> None:
    """No fact ends the comment that the lines stand in."""
    before = "<!--\n.. title: T\n.. audio:old\n-->\n\n.. audio: body\n".replace(
        "\n", eol
    ).encode()
    after = with_facts(before, {"audio": "n.mp3", "headers": " * a --> b"})
    lines = [
        "<!--",
        ".. title: T",
        ".. audio: n.mp3",
        ".. headers: * a --&gt; b",
        "-->",
        "",
        ".. audio: body",
        "",
    ]
    assert after.decode().split(eol) == lines


@settings(max_examples=150, deadline=None)
@given(old=NEW, new=NEW, body=st.binary(max_size=30))
def test_every_json_takes_every_fact(
    old: Mapping[str, object], new: Mapping[str, str | int | float], body: bytes
) -> None:
    """The facts are read back, other keys and the body are as they were, and once is enough."""
    post = json.dumps({"title": "T", **old}).encode() + b"\n" + body
    try:
        post.decode()
    except UnicodeDecodeError:
        return
    after = with_facts(post, new)
    read, end = json.JSONDecoder().raw_decode(after.decode())
    assert read == {"title": "T", **old, **new}
    assert after.decode()[end:].encode() == b"\n" + body
    assert with_facts(after, new) == after


@settings(max_examples=150, deadline=None)
@given(old=NEW, new=NEW, body=st.binary(max_size=30))
def test_every_toml_takes_every_fact(
    old: Mapping[str, object], new: Mapping[str, str | int | float], body: bytes
) -> None:
    """The facts are read back, other keys and the body are as they were, and once is enough."""
    import tomlkit

    post = (
        b"+++\n"
        + tomlkit.dumps({"title": "T", **old, "params": {"audio": "deep"}}).encode()
        + b"+++\n"
        + body
    )
    after = with_facts(post, new)
    assert tomllib.loads(re.split(rb"^\+\+\+\n", after, flags=re.MULTILINE)[1].decode()) == {
        "title": "T", **old, **new, "params": {"audio": "deep"}
    }  # fmt: skip
    assert after.endswith(b"+++\n" + body)
    assert with_facts(after, new) == after


@settings(max_examples=150, deadline=None)
@given(new=NEW, body=TEXT)
def test_every_pelican_post_takes_every_fact(
    new: Mapping[str, str | int | float], body: str
) -> None:
    """Each value is one line, the body is as it was, and once is enough."""
    post = f"Title: T\nsubtitle: S\n\n{body}".encode()
    try:
        after = with_facts(post, new)
    except PublishError:
        assert not all(str(value).isprintable() for value in new.values())
        return
    head, _, rest = after.decode().partition("\n\n")
    assert rest == body
    assert head.splitlines()[:2] == ["Title: T", "subtitle: S"]
    assert head.splitlines()[2:] == [
        f"{key}: {' '.join(str(value).split())}" for key, value in new.items()
    ]
    assert with_facts(after, new) == after


@pytest.mark.parametrize(
    ("post", "expected"),
    [
        ("---\ntitle: T\n---\n# A\n", "---\ntitle: T\n---\n\n{% x %}\n# A\n"),
        (
            "---\r\ntitle: T\r\n---\r\n\r\n# A\r\n",
            "---\r\ntitle: T\r\n---\r\n\r\n{% x %}\r\n\r\n# A\r\n",
        ),
        ("+++\ntitle = 'T'\n+++\n# A", "+++\ntitle = 'T'\n+++\n\n{% x %}\n# A"),
        ("Title: T\n\n# A", "Title: T\n\n{% x %}\n\n# A"),
        ("---\ntitle: T\n---\n# A\n\n{% x %}\n", "---\ntitle: T\n---\n# A\n\n{% x %}\n"),
    ],
)
def test_the_include_is_put_once(post: str, expected: str) -> None:
    """After the front matter, unless it stands somewhere in the post already."""
    once = with_include(post.encode(), "{% x %}")
    assert once.decode() == expected
    assert with_include(once, "{% x %}") == once

"""A story's picture in its post is its chapter's, in JSON and psc; what leads nowhere is no picture."""

from __future__ import annotations

import io
import json
import random
import re
from pathlib import Path

import eyed3
import pytest
from click.testing import CliRunner
from lxml import etree
from mutagen.id3 import ID3
from PIL import Image

from podcast.cli import main
from podcast.make.chapter_pictures import find_picture
from podcast.model import LeftOut

run = CliRunner().invoke
PAGE = "https://blog.example/2024/05/22/rain/"
SITE = "https://blog.example/site"
PSC = "{http://podlove.org/simple-chapters}chapter"


@pytest.mark.parametrize(
    ("source", "address"),
    [
        ("![A quay](/assets/quay.jpg)", "https://blog.example/assets/quay.jpg"),
        ('![A quay](quay.PNG "At dawn")', "https://blog.example/2024/05/22/rain/quay.PNG"),
        ("![](<https://cdn.example/q.webp>)", "https://cdn.example/q.webp"),
        ('<img alt="x" src="http://cdn.example/q.jpg?w=9&amp;h=8">', "https://cdn.example/q.jpg?w=9&h=8"),
        ('{{< figure src="/q.jpeg" title="T" >}}', "https://blog.example/q.jpeg"),
        ("![q]({{ site.baseurl }}/img/q.jpg)", "https://blog.example/site/img/q.jpg"),
        ('![q]({{ "/img/q.jpg" | relative_url }})', "https://blog.example/site/img/q.jpg"),
        ("![badge](https://ci.example/state.svg)", ""),
        ("![q]({{ page.hero }})", ""),
        ("![inline](data:image/png;base64,AAAA.png)", ""),
        ("![x](javascript:alert(1).png)", ""),
    ],
)  # fmt: skip
def test_pictures_of_every_form_are_found(source: str, address: str) -> None:
    """Markdown, HTML, Hugo and Jekyll; from the post's page, the site, or anywhere else."""
    assert find_picture([LeftOut("picture", source, "seen")], PAGE, SITE) == address


def test_a_relative_picture_of_an_unknown_page_is_none() -> None:
    """Without `post_url` nobody knows where `quay.jpg` is; the next picture is taken."""
    parts = [
        LeftOut("code block", "![no](https://cdn.example/no.jpg)", "code"),
        LeftOut("picture", "![no](quay.jpg)", "seen"),
        LeftOut("picture", "![yes](/yes.jpg)", "seen"),
    ]
    assert find_picture(parts, "", SITE) == "https://blog.example/yes.jpg"


@pytest.fixture
def blog(tmp_path: Path) -> Path:
    """A show without posts."""
    folder = tmp_path / "show"
    url = "https://hours.example/feeds/"
    assert run(main, ["init", str(folder), "--url", url]).exit_code == 0
    for sample in (folder / "posts").glob("*"):
        sample.unlink()
    return folder


def write_post(blog: Path, kettle: str, bridge: str, words: str = "at night") -> None:
    """An edition of two stories, each with its picture."""
    stories = [
        f"# The {thing} that hums\n_Summarized by: {name}_ [[example.org](https://example.org/{thing})]\n\n"
        f"{picture}\n\nA {thing} in the old town hums {words}, and the neighbours have begun to listen.\n"
        for thing, name, picture in (
            ("kettle", "Ann Lee", kettle),
            ("bridge", "Bob Ray", bridge),
        )
    ]
    post = blog / "posts" / "2024-05-22-hum.md"
    post.write_text("---\ntitle: What hums\n---\n\n" + "\n".join(stories), "utf-8")


def make(blog: Path) -> str:
    made = run(main, ["make", "--show", str(blog), "--engine", "silence", "--all", "--force"])
    assert made.exit_code == 0, made.output
    return made.output


def test_a_chapter_has_its_storys_picture(blog: Path) -> None:
    """JSON chapters and psc agree; a story without a picture has none; the script still lists it as left out."""
    write_post(blog, "![A kettle](https://cdn.example/kettle.jpg)", "")
    make(blog)

    feeds = blog / "feeds"
    rows = json.loads((feeds / "2024-05-22-hum.chapters.json").read_text("utf-8"))["chapters"]
    pictures = [row["img"] for row in rows if "img" in row]
    assert pictures == ["https://cdn.example/kettle.jpg"]
    assert [row["url"] for row in rows if "img" in row] == ["https://example.org/kettle"]
    chapters = etree.parse(str(feeds / "feed.xml")).iter(PSC)
    assert [chapter.get("image") for chapter in chapters if chapter.get("image")] == pictures

    said = run(main, ["script", "--show", str(blog), "--date", "2024-05-22", "-v"])
    assert "kettle.jpg" in said.output


def drawn(size: int) -> bytes:
    """A PNG of about so many bytes, which cannot be made smaller."""
    side = max(1, round((size / 3) ** 0.5))
    image = Image.frombytes("RGB", (side, side), random.Random(7).randbytes(3 * side * side))
    image.save(file := io.BytesIO(), "PNG")
    return file.getvalue()


def test_a_small_picture_is_in_the_mp3(blog: Path) -> None:
    """mutagen and eyeD3 find it in its chapter; a large one stays in JSON and psc alone; `check` compares."""
    (blog / "assets" / "kettle.png").write_bytes(small := drawn(40_000))
    (blog / "assets" / "bridge.png").write_bytes(drawn(120_000))
    write_post(blog, "![A kettle](/assets/kettle.png)", "![A bridge](/assets/bridge.png)")
    make(blog)

    mp3 = blog / "feeds" / "2024-05-22-hum.mp3"
    inside = {
        str(c.sub_frames["TIT2"]): c.sub_frames.getall("APIC") for c in ID3(mp3).getall("CHAP")
    }
    pictures = {title: frame.data for title, frames in inside.items() for frame in frames}
    assert list(pictures.values()) == [small]
    assert "kettle" in next(iter(pictures))
    eyed = {c.title: c.sub_frames.get(b"APIC") for c in eyed3.load(mp3).tag.chapters}
    assert {title: frames[0].image_data for title, frames in eyed.items() if frames} == pictures

    assert "another picture" not in run(main, ["check", "--show", str(blog)]).output
    record = blog / "feeds" / "2024-05-22-hum.json"
    text = re.sub(
        '"picture": "[0-9a-f]{16}"', '"picture": "0123456789abcdef"', record.read_text()
    )
    record.write_text(text, encoding="utf-8")
    assert (
        "another picture than its record says"
        in run(main, ["check", "--show", str(blog)]).output
    )


def test_an_older_episode_gets_its_pictures_with_its_next_change(blog: Path) -> None:
    """A picture alone is no reason to publish an episode again, under another name."""
    write_post(blog, "![A kettle](/assets/kettle.png)", "")
    make(blog)
    (blog / "assets" / "kettle.png").write_bytes(drawn(1_000))
    assert "unchanged" in make(blog)

    write_post(blog, "![A kettle](/assets/kettle.png)", "", "by day")
    make(blog)
    record = json.loads((blog / "feeds" / "2024-05-22-hum.json").read_bytes())
    assert [chapter.get("picture", "") for chapter in record["chapters"]].count("") == 3
    assert "unchanged" in make(blog)

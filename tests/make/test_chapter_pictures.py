"""A story's picture in its post is its chapter's, in JSON and psc; what leads nowhere is no picture."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from lxml import etree

from podcast.cli import main
from podcast.make.chapter_pictures import find_picture
from podcast.model import LeftOut

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


def test_a_chapter_has_its_storys_picture(tmp_path: Path) -> None:
    """JSON chapters and psc agree; a story without a picture has none; the script still lists it as left out."""
    folder = tmp_path / "show"
    run = CliRunner().invoke
    url = "https://hours.example/feeds/"
    assert run(main, ["init", str(folder), "--url", url]).exit_code == 0
    for sample in (folder / "posts").glob("*"):
        sample.unlink()
    stories = [
        f"# The {thing} that hums\n_Summarized by: {name}_ [[example.org](https://example.org/{thing})]\n\n"
        f"{picture}\n\nA {thing} in the old town hums at night, and the neighbours have begun to listen.\n"
        for thing, name, picture in (
            ("kettle", "Ann Lee", "![A kettle](https://cdn.example/kettle.jpg)"),
            ("bridge", "Bob Ray", ""),
        )
    ]
    post = folder / "posts" / f"{dt.date(2024, 5, 22)}-hum.md"
    post.write_text("---\ntitle: What hums\n---\n\n" + "\n".join(stories), "utf-8")
    made = run(main, ["make", "--show", str(folder), "--engine", "silence", "--all", "--force"])
    assert made.exit_code == 0, made.output

    feeds = folder / "feeds"
    rows = json.loads((feeds / "2024-05-22-hum.chapters.json").read_text("utf-8"))["chapters"]
    pictures = [row["img"] for row in rows if "img" in row]
    assert pictures == ["https://cdn.example/kettle.jpg"]
    assert [row["url"] for row in rows if "img" in row] == ["https://example.org/kettle"]
    chapters = etree.parse(str(feeds / "feed.xml")).iter(PSC)
    assert [chapter.get("image") for chapter in chapters if chapter.get("image")] == pictures

    said = run(main, ["script", "--show", str(folder), "--date", "2024-05-22", "-v"])
    assert "kettle.jpg" in said.output

"""The production report: its figures are the record's, and the page stands alone."""

from __future__ import annotations

import re
from pathlib import Path

import builders
from click.testing import CliRunner
from lxml import html
from test_pages import NASTY, nasty

from podcast.cli import main
from podcast.publish.report import report_page


def test_its_figures_are_the_records(tmp_path: Path) -> None:
    """Each voice's words and pace, each chapter's start and words, level, retakes and cost, as counted."""
    episode = builders.an_episode(retakes=3, waveform=tuple(range(0, 250, 10)))
    tree = html.document_fromstring(report_page(builders.a_show(tmp_path), episode))
    _, (voices, chapters, made) = tree, tree.findall(".//table")
    cells = [[cell.text_content() for cell in row] for row in voices.findall("tbody/tr")]
    rows = {row[0]: row for row in cells}
    for name in {line.speaker for line in episode.lines}:
        lines = [line for line in episode.lines if line.speaker == name]
        count, time = (
            sum(len(line.words) for line in lines),
            sum(line.end - line.start for line in lines),
        )
        assert rows[name][4:] == [str(count), str(round(count * 60_000 / time))]
    assert [row[1].text_content() for row in chapters.findall("tbody/tr")] == [
        c.title for c in episode.chapters
    ]
    words = [int(row[3].text) for row in chapters.findall("tbody/tr")]
    assert sum(words) == sum(len(line.words) for line in episode.lines)
    facts = {row[0].text: row[1].text for row in made.findall("tbody/tr")}
    assert facts["Lines spoken again"] == "3"
    assert facts["Voices"] == "silence, 0.2500 US$"
    assert "-16.0 LUFS" in tree.text_content()


def test_the_level_is_drawn_in_the_colour_of_who_speaks(tmp_path: Path) -> None:
    """A stroke for each part, as high as it is loud: in its voice's colour, or in none between voices."""
    episode = builders.an_episode(waveform=tuple(range(5, 205)))
    tree = html.document_fromstring(report_page(builders.a_show(tmp_path), episode))
    colours = {
        dot.getnext().text: dot.get("class").split()[1] for dot in tree.find_class("dot")
    }
    paths = tree.xpath("//*[@class='level']//path[not(@class='marks')]")
    drawn = {
        int(x): (path.get("class"), int(height))
        for path in paths
        for x, height in re.findall(r"M(\d+) 255v-(\d+)", path.get("d"))
    }
    assert [height for _, (_, height) in sorted(drawn.items())] == list(episode.waveform)
    for x, (colour, _) in drawn.items():
        at = (x + 0.5) * episode.duration / 200
        heard = [line.speaker for line in episode.lines if line.start <= at < line.end]
        assert colour == (colours[heard[0]] if heard else None)


def test_it_stands_alone_and_runs_nothing(tmp_path: Path) -> None:
    """Nothing is loaded, and no text, however it is made, becomes a script."""
    for text in NASTY.values():
        tree = html.document_fromstring(
            report_page(builders.a_show(tmp_path, title=text), nasty(text))
        )
        assert (
            tree.xpath("//script | //img | //link | //@src | //@*[starts-with(name(), 'on')]")
            == []
        )


def test_an_episode_without_words_has_one(tmp_path: Path) -> None:
    """Silence has a report too."""
    assert "0 words a minute" in report_page(
        builders.a_show(tmp_path), builders.an_episode(lines=())
    )


def test_no_episode_is_told(tmp_path: Path) -> None:
    """A date without an episode is one line and exit code 1."""
    assert CliRunner().invoke(main, ["init", str(tmp_path / "show")]).exit_code == 0
    result = CliRunner().invoke(
        main, ["report", "--show", str(tmp_path / "show"), "--date", "2024-05-22"]
    )
    assert (result.exit_code, "no episode of 2024-05-22" in result.stderr) == (1, True)

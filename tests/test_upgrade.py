"""A show that an older presscast made lives on: same episodes, same names, same voices."""

from __future__ import annotations

import json
import os
import tarfile
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from podcast.cli import main

FIXTURE = Path(__file__).parent / "data" / "show-858dd55.tar.xz"
"""Two episodes that version 858dd55 made with espeak, one of a script that a person edited."""


def podcast(*words: str | Path) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


@pytest.fixture
def show(tmp_path: Path) -> Path:
    with tarfile.open(FIXTURE) as archive:
        archive.extractall(tmp_path, filter="data")
        for member in archive.getmembers():
            # The segment cache knows takes by their times in nanoseconds; tarfile restores seconds.
            seconds, _, fraction = member.pax_headers.get("mtime", str(member.mtime)).partition(
                "."
            )
            moment = int(seconds) * 10**9 + int(fraction.ljust(9, "0")[:9])
            os.utime(tmp_path / member.name, ns=(moment, moment))
    return tmp_path / "legacy"


def published(show: Path) -> dict[str, tuple[str, str, str]]:
    """Each episode's guid, checksum and audio, by its slug."""
    records = [path for path in (show / "feeds").glob("*.json") if path.name.count(".") == 1]
    found = [json.loads(path.read_text(encoding="utf-8")) for path in records]
    assert len(found) == 2
    return {
        record["slug"]: (record["guid"], record["sha256"], path.name)
        for record, path in zip(found, records, strict=True)
    }


def test_an_episode_that_is_made_again_gets_the_pauses_of_today(show: Path) -> None:
    """Its record says which pauses it has, and it is shorter; the one that was not touched stays."""
    script = sorted((show / "scripts").glob("*.md"))[0]
    lines = script.read_text("utf-8").splitlines()
    spoken = [number for number, line in enumerate(lines) if line.startswith("**")]
    lines[spoken[-1]] += " Good night."
    script.write_text("\n".join(lines) + "\n", "utf-8")

    assert podcast("make", "--show", show, "--all").exit_code == 0
    records = [path for path in (show / "feeds").glob("*.json") if path.name.count(".") == 1]
    found = [json.loads(path.read_text(encoding="utf-8")).get("pauses") for path in records]
    assert found.count(None) == 1
    assert {"reply": 0.25, "speaker": 0.45, "paragraph": 0.4} in found


def test_an_old_show_is_unchanged_and_right(show: Path) -> None:
    """`make --all` makes nothing anew, `check` finds no fault, and guids, audio, scripts and cast stay."""
    before = published(show)
    scripts = {path.name: path.read_text("utf-8") for path in (show / "scripts").glob("*.md")}
    cast = (show / "voices" / "cast.toml").read_text("utf-8")

    made = podcast("make", "--show", show, "--all")
    assert made.exit_code == 0, made.output
    assert made.output.count("unchanged") == 2

    checked = podcast("check", "--show", show)
    assert checked.exit_code == 0, checked.output

    assert published(show) == before
    assert (show / "voices" / "cast.toml").read_text("utf-8") == cast
    for path in (show / "scripts").glob("*.md"):
        spoken = [
            line for line in path.read_text("utf-8").splitlines() if line.startswith("**")
        ]
        assert spoken == [
            line for line in scripts[path.name].splitlines() if line.startswith("**")
        ]


def test_old_records_are_sealed_by_feed(show: Path) -> None:
    """`check` says how many have none; `feed` seals them and moves nothing else; then any change is seen."""
    before = published(show)
    assert "2 records of an older presscast" in podcast("check", "--show", show).output

    assert podcast("feed", "--show", show).exit_code == 0
    assert "older presscast" not in podcast("check", "--show", show).output
    assert published(show) == before
    made = podcast("make", "--show", show, "--all")
    assert made.output.count("unchanged") == 2

    record = show / "feeds" / next(iter(before.values()))[2]
    values = record.read_text("utf-8").replace('"retakes": 0', '"retakes": 1')
    record.write_text(values, "utf-8")
    assert (
        f"{record.name}: it is not as presscast writes it"
        in podcast("check", "--show", show).output
    )

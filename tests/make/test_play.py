"""`podcast make --play`: a stand-in for the player writes down what it hears; a real one plays it."""

from __future__ import annotations

import os
import shutil
import wave
from pathlib import Path

import pytest
from standin.mouth import mouth
from test_many import new, podcast, start, until
from tools import there

__all__ = ["new"]

PAUSE = 22_050
"""Bytes of silence after each take: half a second at 22,050 Hz."""


@pytest.fixture
def show(new: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(new, tmp_path / "show"))


@pytest.fixture
def voice(tmp_path: Path) -> tuple[Path, dict[str, str]]:
    """The stand-ins' folder, and the environment in which they are espeak-ng and ffplay."""
    folder = tmp_path / "mouth"
    environment = mouth(folder)
    player = folder / "bin" / "ffplay"
    player.write_text(f"#!/bin/sh\nexec cat > {folder}/heard\n", encoding="utf-8")
    player.chmod(0o755)
    return folder, environment


def last_words(show: Path, environment: dict[str, str]) -> str:
    """The last sentence of the script."""
    out, _ = podcast("script", "--show", show, "--date", "2024-05-22", environment=environment)
    return Path(out.strip()).read_text(encoding="utf-8").strip().rpartition(". ")[2][:20]


def test_the_beginning_is_heard_before_the_end_is_spoken(
    show: Path, voice: tuple[Path, dict[str, str]]
) -> None:
    """The player has sound while the last passage is held back; in the end it has had every take."""
    folder, environment = voice
    (folder / "hold").write_text(last_words(show, environment), encoding="utf-8")
    words = ("make", "--show", show, "--date", "2024-05-22", "--engine", "espeak", "--play")
    run = start(*words, environment=environment)
    until(lambda: (folder / "held").exists() and (folder / "heard").stat().st_size > 100_000)
    assert not list((show / "feeds").glob("*.mp3"))
    (folder / "hold").unlink()
    out, err = run.communicate(timeout=60)
    assert run.returncode == 0, out + err
    takes = list((show / ".podcast" / "takes").rglob("*.wav"))
    with wave.open(str(folder / "heard"), "rb") as heard:
        assert (heard.getnchannels(), heard.getsampwidth(), heard.getframerate()) == (1, 2, 22_050)
    sound = sum(take.stat().st_size - 44 for take in takes)
    assert (folder / "heard").stat().st_size == 44 + sound + len(takes) * PAUSE


def test_a_player_that_is_closed_stops_no_episode(show: Path, voice: tuple[Path, dict[str, str]]) -> None:
    """When the listener closes the player at once, the episode is made and published all the same."""
    folder, environment = voice
    (folder / "bin" / "ffplay").write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    words = ("make", "--show", show, "--date", "2024-05-22", "--engine", "silence", "--play")
    podcast(*words, environment=environment)
    assert len(list((show / "feeds").glob("*.mp3"))) == 1


def test_without_a_player_the_remedy_is_named(show: Path, tmp_path: Path) -> None:
    """No player on the PATH: one line names some, before anything is spoken."""
    (tmp_path / "empty").mkdir()
    environment = {**os.environ, "PATH": str(tmp_path / "empty")}
    words = ("make", "--show", show, "--date", "2024-05-22", "--engine", "silence", "--play")
    _, err = podcast(*words, environment=environment, code=1)
    assert "ffplay" in err
    assert len(err.splitlines()) == 1
    assert not (show / ".podcast" / "takes").exists()


if there("ffplay"):

    def test_a_real_player_takes_it(show: Path) -> None:
        """ffplay plays the stream to its end, with a sound device that goes nowhere."""
        (show / "scripts").mkdir(exist_ok=True)
        script = show / "scripts" / "2024-05-22-moths-by-ear-and-a-library-of-silence.md"
        script.write_text(
            "---\ntitle: Short\ndate: 2024-05-22\n---\n## One\n**Noor Haddad:** Good evening.\n",
            encoding="utf-8",
        )
        environment = {**os.environ, "SDL_AUDIODRIVER": "dummy", "SDL_VIDEODRIVER": "dummy"}
        words = ("make", "--show", show, "--date", "2024-05-22", "--engine", "silence", "--play")
        _, err = podcast(*words, environment=environment)
        assert "Invalid data" not in err

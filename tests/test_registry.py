"""Adapters by entry points: ours, and those of a package that nobody here knows of."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

import pytest

from podcast.errors import ConfigError
from podcast.registry import GROUPS, Kind, adapter_names, load_named

REPOSITORY = Path(__file__).parent.parent
POST = """---
title: Lanterns on the quay
---
# Lanterns keep their light
_Summarized by: Imre Sandell_ [[quay.example](https://quay.example/lanterns)]

Three old lanterns on the quay were lit again last night. The council paid for the glass.
"""


@pytest.mark.parametrize(
    ("kind", "names"),
    [
        ("engine", {"espeak", "hibari", "kokoro", "openai", "openai-realtime", "silence"}),
        ("writer", {"model", "template"}),
        ("desk", {"model", "template"}),
        ("source", {"feed", "note", "page", "papers"}),
        ("store", {"folder", "fsspec"}),
        ("language", {"en"}),
    ],
)
def test_what_we_declare_can_be_loaded(kind: Kind, names: set[str]) -> None:
    """Our own adapters come in by entry points, as those of others do."""
    assert names <= set(adapter_names(kind))
    assert all(load_named(kind, name) for name in names)


@pytest.mark.parametrize("kind", list(GROUPS))
def test_an_unknown_name_is_answered_with_those_that_there_are(kind: Kind) -> None:
    """The error lists what is installed."""
    first = adapter_names(kind)[0]
    with pytest.raises(
        ConfigError, match=f"{kind}: there is no 'nosuch'. Take one of .*{first}"
    ):
        load_named(kind, "nosuch")


def test_a_package_adds_an_engine_and_a_store(tmp_path: Path) -> None:
    """Installed into a fresh environment, 40 lines of another package speak and publish an episode.

    Help, doctor and the validation of podcast.toml know them; nothing of presscast is edited.
    """
    python = _fresh_environment(tmp_path)
    show = tmp_path / "show"
    _run(python, "init", show, "--title", "Quay", "--author", "Desk", "--email", "desk@quay.example",
         "--url", "https://quay.example/feeds/")  # fmt: skip
    (show / "posts" / "2024-06-03-lanterns.md").write_text(POST, encoding="utf-8")
    settings = show / "podcast.toml"
    words = 'engine = "tone"\nstore = "shelf://quay"\n'
    table = "\n[adapters.tone]\npitch = 220\n"
    settings.write_text(words + settings.read_text(encoding="utf-8") + table, encoding="utf-8")

    _run(python, "make", "--show", show, "--date", "2024-06-03")
    published = {path.name for path in (show / "shelves" / "quay").iterdir()}
    assert {"feed.xml", "2024-06-03-lanterns.mp3"} <= published
    assert "all that is published is right" in _run(python, "check", "--show", show)

    assert "tone" in _run(python, "make", "--help")
    findings = json.loads(_run(python, "doctor", "--show", show, "--json"))
    assert {"engine tone"} <= {finding["what"] for finding in findings if finding["good"]}
    # Its setting reaches it: at another pitch, every take is another one.
    right = settings.read_text(encoding="utf-8")
    settings.write_text(right.replace("pitch = 220", "pitch = 330"), encoding="utf-8")
    plan = _run(python, "make", "--show", show, "--date", "2024-06-03", "--dry-run", "--json")
    facts = json.loads(plan[plan.index("{") : plan.rindex("}") + 1])
    assert facts["takes_to_speak"] == facts["takes"] > 0

    settings.write_text(right.replace("[adapters.tone]", "[adapters.tune]"), encoding="utf-8")
    fault = _run(python, "voices", "--show", show, code=1)
    assert "adapters: no adapter 'tune' is installed. Did you mean 'tone'?" in fault
    settings.write_text(right.replace("pitch =", "pich ="), encoding="utf-8")
    fault = _run(python, "make", "--show", show, "--date", "2024-06-03", code=1)
    assert "podcast.toml: adapters.tone: " in fault
    assert "podcast.toml: adapters.tone: " in _run(python, "doctor", "--show", show, code=1)
    settings.write_text(right.replace('"tone"', '"tome"'), encoding="utf-8")
    fault = _run(python, "voices", "--show", show, code=1)
    assert "engine: there is no 'tome'. Did you mean 'tone'?" in fault


def _fresh_environment(folder: Path) -> Path:
    """Make an environment with what this one has, and install the package into it."""
    venv.create(folder / "venv", with_pip=True)
    python = folder / "venv" / "bin" / "python"
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    packages = folder / "venv" / "lib" / version / "site-packages"
    here = "\n".join(path for path in sys.path if path.endswith("-packages"))
    (packages / "here.pth").write_text(here, encoding="utf-8")
    source = shutil.copytree(REPOSITORY / "tests" / "packages" / "tones", folder / "tones")
    install = (
        "-m",
        "pip",
        "install",
        "-q",
        "--no-index",
        "--no-deps",
        "--no-build-isolation",
        str(source),
    )
    subprocess.run([python, *install], check=True, capture_output=True)
    return python


def _run(python: Path, *words: str | Path, code: int = 0) -> str:
    """Run the command in the environment; all that it prints."""
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(python.parent),
        "PYTHONPATH": str(REPOSITORY),
    }
    command = [python, "-m", "podcast", *words]
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout + done.stderr

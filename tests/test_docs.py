"""The pages: links lead somewhere, commands are as help has them, the site and the packages build."""

from __future__ import annotations

import email
import re
import shutil
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

import podcast
from podcast.cli import main

REPOSITORY = Path(__file__).parent.parent
PAGES = sorted([*REPOSITORY.glob("*.md"), *(REPOSITORY / "docs").glob("*.md")])
LINK = re.compile(r"\]\(([^)\s#]+)(?:#[^)]*)?\)")


def links_in(page: Path) -> Iterator[str]:
    """The addresses of a page's links and pictures, without what stands in code."""
    text = re.sub(
        r"^```.*?^```$", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL
    )
    text = re.sub(r"^(?: {4}|\t).*$", "", text, flags=re.MULTILINE)
    yield from LINK.findall(re.sub(r"`[^`\n]+`", "", text))


def commands() -> dict[str, click.Command]:
    """Each command of the command line by its name, as help lists them."""
    assert isinstance(main, click.Group)
    context = click.Context(main)
    listed = {name: main.get_command(context, name) for name in main.list_commands(context)}
    return {name: command for name, command in listed.items() if command}


def rows_of_readme() -> dict[str, str]:
    """The README's table of commands: name to its whole row."""
    text = (REPOSITORY / "README.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `podcast (\w+)[^\n]*$", text, re.MULTILINE)
    lines = re.findall(r"^\| `podcast \w+[^\n]*$", text, re.MULTILINE)
    return dict(zip(rows, lines, strict=True))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_to_a_file_leads_to_one(page: Path) -> None:
    """Links that are no addresses on the web name files that are there, seen from the page."""
    relative = [link for link in links_in(page) if not re.match(r"[a-z]+:", link)]
    assert [link for link in relative if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_file_of_the_project_that_a_page_names_is_there(page: Path) -> None:
    """Paths below the project's own folders exist; `NAME` and `hum` stand for what a reader would write."""
    text = page.read_text(encoding="utf-8")
    paths = re.findall(r"`((?:podcast|tests|docs|benchmarks|\.ci|\.github)/[\w./-]+)`", text)
    own = [
        path
        for path in paths
        if "NAME" not in path and Path(path).stem not in ("hum", "podcast")
    ]
    assert [path for path in own if not (REPOSITORY / path).exists()] == []


def test_the_readme_names_every_command() -> None:
    """Its table has a row for each command of `podcast --help`, and none for others."""
    assert sorted(rows_of_readme()) == sorted(commands())


@pytest.mark.parametrize("name", sorted(rows_of_readme()))
def test_the_readme_names_only_options_that_there_are(name: str) -> None:
    """A row of the table names options of its own command alone, where it does not name another."""
    known = {option for parameter in commands()[name].params for option in parameter.opts}
    made = {option for parameter in commands()["make"].params for option in parameter.opts}
    cells = re.findall(r"`([^`]+)`", rows_of_readme()[name])

    for cell in cells:
        options = set(re.findall(r"--[a-z-]+", cell))
        assert options <= (made if cell.startswith("make ") else known), cell


def test_the_site_builds(tmp_path: Path) -> None:
    """MkDocs, strict, finds every page, link and heading; no page asks another host for scripts or styles."""
    site = tmp_path / "site"
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(site)]

    done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr
    pages = {
        page.parent.name: page.read_text(encoding="utf-8") for page in site.rglob("index.html")
    }
    assert {
        "tutorial",
        "architecture",
        "glossary",
        "contributing",
        "changelog",
        "troubleshooting",
    } <= set(pages)
    public_names = set(podcast.__all__) - {"__version__"}
    assert [
        name for name in public_names if f'id="{name.lower()}"' not in pages["reference"]
    ] == []
    loaded = re.compile(r"<(?:script|link)[^>]*(?:src|href)=\"https?://[^\"]*\.(?:js|css)")
    assert [name for name, text in pages.items() if loaded.search(text)] == []


def test_wheel_and_source_package_are_fit_for_a_registry(tmp_path: Path) -> None:
    """Twine, strict, takes both; their page has no link into the repository; types and voices are there."""
    ignored = shutil.ignore_patterns(
        ".git", ".venv*", ".podcast", "node_modules", "__pycache__", "feeds"
    )
    shutil.copytree(REPOSITORY, tmp_path / "checkout", ignore=ignored)
    build = [
        sys.executable,
        "-m",
        "build",
        "--no-isolation",
        "--outdir",
        str(tmp_path / "dist"),
        ".",
    ]
    subprocess.run(build, cwd=tmp_path / "checkout", check=True, capture_output=True)
    packages = sorted((tmp_path / "dist").iterdir())

    done = subprocess.run(
        [sys.executable, "-m", "twine", "check", "--strict", *packages],
        capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert done.returncode == 0, done.stdout + done.stderr
    wheel, source = packages[0], packages[1]
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        metadata = email.message_from_bytes(
            archive.read(next(n for n in names if n.endswith("/METADATA")))
        )
    assert {"podcast/py.typed", "podcast/defaults/voices/ember.toml"} <= set(names)
    assert metadata["Author"]
    assert [link for link in LINK.findall(str(metadata.get_payload())) if ":" not in link] == []
    with tarfile.open(source) as archive:
        assert any(name.endswith("/CONTRIBUTING.md") for name in archive.getnames())

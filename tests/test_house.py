"""The plan of the house: who may import whom, and what the door may load."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "podcast"
STAGES = {"edit", "read", "write", "speak", "stitch", "tag", "publish"}
ADAPTERS = {"sources", "writers", "engines", "stores"}
TOOLS = {"cache", "files", "prices", "faithful", "openai_service", "terms", "tidy", "toml"}
"""What several adapters need: no stage, no adapter, and nothing below them but the words of the house."""


def imports(path: Path) -> set[str]:
    """The names below `podcast` that a module imports: `model`, `engines.kokoro`."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            assert node.level == 0, f"{path}: imports are absolute"
            if node.module == "podcast":
                found |= {f"podcast.{alias.name}" for alias in node.names}
            else:
                found.add(node.module)
    return {name.removeprefix("podcast.") for name in found if name.startswith("podcast.")}


def part(path: Path) -> str:
    """The part of the house a module belongs to: `speak` for speak.py, `engines` for engines/kokoro.py."""
    return path.relative_to(PACKAGE).with_suffix("").parts[0]


def top(name: str) -> str:
    return name.partition(".")[0]


MODULES = sorted(PACKAGE.rglob("*.py"))


@pytest.mark.parametrize("name", ["model", "errors"])
def test_what_everything_speaks_of_imports_nothing_of_the_house(name: str) -> None:
    """`model` and `errors` import nothing internal."""
    assert imports(PACKAGE / f"{name}.py") == set()


@pytest.mark.parametrize(
    "path", [m for m in MODULES if part(m) in STAGES], ids=lambda m: str(m.relative_to(PACKAGE))
)
def test_a_stage_stands_alone(path: Path) -> None:
    """A stage imports no other stage, no adapter, and neither config, make nor cli."""
    forbidden = (STAGES - {part(path)}) | ADAPTERS | {"config", "make", "cli", "adapters"}
    assert {top(name) for name in imports(path)} & forbidden == set()


@pytest.mark.parametrize(
    "path", [m for m in MODULES if part(m) in ADAPTERS], ids=lambda m: str(m.relative_to(PACKAGE))
)
def test_an_adapter_knows_only_the_words_of_the_house(path: Path) -> None:
    """Adapters import only model, errors, tools, and their own package."""
    own = ".".join(path.relative_to(PACKAGE).parts[:2]).removesuffix(".py")
    others = {
        name
        for name in imports(path)
        if top(name) not in {"model", "errors"} | TOOLS and not name.startswith(own)
    }
    assert others == set()


@pytest.mark.parametrize("name", sorted(TOOLS))
def test_a_tool_knows_only_the_words_of_the_house(name: str) -> None:
    """Tools import only model, errors, and how files are written."""
    assert {top(name) for name in imports(PACKAGE / f"{name}.py")} <= {"model", "errors", "files"}


@pytest.mark.parametrize("path", MODULES, ids=lambda m: str(m.relative_to(PACKAGE)))
def test_nothing_imports_the_command_line(path: Path) -> None:
    """Only `cli` itself knows `cli`."""
    if part(path) not in {"cli", "__main__"}:
        assert "cli" not in {top(name) for name in imports(path)}


@pytest.mark.parametrize("path", MODULES, ids=lambda m: str(m.relative_to(PACKAGE)))
def test_only_the_door_reads_clock_and_environment(path: Path) -> None:
    """Wall clock and environment are read in `cli` and `config` alone."""
    if part(path) in {"cli", "config"}:
        return
    source = path.read_text(encoding="utf-8")
    for word in ("os.environ", "os.getenv", "datetime.now", "date.today", "utcnow", "time.time("):
        assert word not in source, f"{path.name} reads {word}"


def test_help_loads_no_heavy_library() -> None:
    """The door opens without numpy, the neural runtime, XML, images or templates."""
    code = "import sys, podcast.cli; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout
    heavy = {"numpy", "onnxruntime", "openai", "lxml", "PIL", "jinja2", "mutagen", "feedgen", "soxr", "yaml"}
    assert heavy & set(loaded.split()) == set()


def test_the_map_of_the_house_names_every_room() -> None:
    """The package's own page says where everything in `podcast/` is, and names nothing that is not there."""
    import podcast

    lines = [line.strip() for line in (podcast.__doc__ or "").splitlines() if line.startswith("    ")]
    rooms = {part(module) for module in MODULES} - {"__init__", "__main__"}
    assert rooms - set(" ".join(lines).replace(",", " ").split()) == set()
    assert {name for line in lines for name in line.split("  ")[0].split()} <= rooms

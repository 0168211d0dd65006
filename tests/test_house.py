"""The plan of the house: who may import whom, and what the door may load."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "podcast"
STAGES = {"read", "write", "speak", "stitch", "tag", "publish", "newsroom"}
SHARED = {"model", "errors", "document", "language", "frontmatter", "services", "util"}
"""What several stages use: no stage, and nothing that composes them."""
COMPOSERS = {"make", "cli", "registry", "config", "check", "doctor", "init", "serve"}
ADAPTERS = {
    "read.posts",
    "write.template",
    "write.model",
    "speak.engines",
    "publish.stores",
    "newsroom.sources",
    "newsroom.desks",
}
ENTRY_POINTS = ("podcast/__init__.py", "podcast/__main__.py")


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


def dotted(path: Path) -> str:
    """The module's name below `podcast`: `speak.engines.silence`, a package's without `__init__`."""
    return ".".join(path.relative_to(PACKAGE).with_suffix("").parts).removesuffix(".__init__")


def adapter(path: Path) -> str:
    """The room of adapters that a module is in; empty when it is in none."""
    name = dotted(path)
    return next((room for room in ADAPTERS if name == room or name.startswith(f"{room}.")), "")


@pytest.mark.parametrize(
    "path", [m for m in MODULES if part(m) in STAGES], ids=lambda m: str(m.relative_to(PACKAGE))
)
def test_a_stage_stands_alone(path: Path) -> None:
    """A stage imports no other stage, and neither config nor what composes stages."""
    forbidden = (STAGES - {part(path)}) | COMPOSERS
    assert {top(name) for name in imports(path)} & forbidden == set()


@pytest.mark.parametrize(
    "path", [m for m in MODULES if part(m) in SHARED], ids=lambda m: str(m.relative_to(PACKAGE))
)
def test_a_shared_room_knows_no_stage(path: Path) -> None:
    """What several stages use imports no stage, and neither config nor what composes stages."""
    assert {top(name) for name in imports(path)} & (STAGES | COMPOSERS) == set()


@pytest.mark.parametrize(
    "path", [m for m in MODULES if part(m) == "util"], ids=lambda m: m.stem
)
def test_util_does_not_know_what_a_podcast_is(path: Path) -> None:
    """`util` imports errors and itself, and nothing else of the project."""
    assert {top(name) for name in imports(path)} <= {"errors", "util", "__version__"}


@pytest.mark.parametrize(
    "path", [m for m in MODULES if adapter(m)], ids=lambda m: str(m.relative_to(PACKAGE))
)
def test_an_adapter_knows_no_other_adapter(path: Path) -> None:
    """An adapter imports no adapter of another room."""
    others = tuple(f"{room}." for room in ADAPTERS - {adapter(path)})
    assert {name for name in imports(path) if f"{name}.".startswith(others)} == set()


def test_no_two_modules_share_a_stem() -> None:
    """A file's name alone says which module is meant."""
    stems = [path.stem for path in MODULES if path.stem not in ("__init__", "__main__")]
    assert sorted({stem for stem in stems if stems.count(stem) > 1}) == []


def is_command(function: ast.FunctionDef) -> bool:
    """Whether a function is a command of click's, which is named as the user types it."""
    return any(
        ast.unparse(decorator).startswith("click.") for decorator in function.decorator_list
    )


def test_no_function_is_named_as_its_module_or_package() -> None:
    """A name means one thing: `stitch` is a package, `stitch_takes` what it does."""
    doubles = []
    for path in MODULES:
        names = set(dotted(path).split("."))
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if (
                isinstance(node, ast.FunctionDef)
                and node.name in names
                and not is_command(node)
            ):
                doubles.append(f"{dotted(path)}.{node.name}")
    assert doubles == []


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
    for word in (
        "os.environ",
        "os.getenv",
        "datetime.now",
        "date.today",
        "utcnow",
        "time.time(",
    ):
        assert word not in source, f"{path.name} reads {word}"


GROUPS = {"feed", "edition", "sound", "voices", "writer", "newsroom", "store"}
"""Groups of a show's fields."""
USED_FIELDS = 3
"""A function that uses fewer of a show's fields takes them instead of the show."""


def fields_used(function: ast.FunctionDef, name: str) -> set[str] | None:
    """Which fields of a parameter a function uses; None when it hands the whole on.

    A field of a group bears the group's name: `feed.hub`.
    """
    owners = {
        node.value: node.attr
        for node in ast.walk(function)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Attribute)
    }
    fields = set()
    reads, uses = 0, 0
    for node in ast.walk(function):
        if isinstance(node, ast.Name) and node.id == name:
            reads += 1
        is_use = isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)
        if is_use and node.value.id == name:
            uses += 1
            field = owners.get(node) if node.attr in GROUPS else None
            fields.add(f"{node.attr}.{field}" if field else node.attr)
    return None if reads > uses else fields


def is_misled(fields: set[str]) -> bool:
    """True when the fields themselves, or one group of them, would do."""
    return len(fields) < USED_FIELDS or len({field.partition(".")[0] for field in fields}) == 1


def takes_show(function: ast.FunctionDef) -> bool:
    arguments = [*function.args.args, *function.args.kwonlyargs]
    return any(each.arg == "show" and each.annotation for each in arguments)


@pytest.mark.parametrize("path", MODULES, ids=lambda m: str(m.relative_to(PACKAGE)))
def test_what_is_passed_is_what_is_used(path: Path) -> None:
    """A show goes only where three of its fields in two groups are used, or where it goes on as a whole.

    Methods keep their seam's signature; the command line and `show_paths` are about shows.
    """
    if part(path) == "cli" or path.stem in ("show_paths", "due_editions", "essay"):
        return
    functions = [
        node
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef) and takes_show(node)
    ]
    fields = {function.name: fields_used(function, "show") for function in functions}
    assert {
        name for name, used in fields.items() if used is not None and is_misled(used)
    } == set()


def test_help_loads_no_heavy_library() -> None:
    """The door opens without numpy, the neural runtime, XML, images or templates."""
    code = "import sys, podcast.cli; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, text=True
    ).stdout
    heavy = {
        "numpy",
        "onnxruntime",
        "openai",
        "lxml",
        "PIL",
        "jinja2",
        "mutagen",
        "feedgen",
        "soxr",
        "yaml",
    }
    assert heavy & set(loaded.split()) == set()


def test_the_map_of_the_house_names_every_room() -> None:
    """The package's own page says where everything in `podcast/` is, and names nothing that is not there."""
    import podcast

    lines = [
        line.strip() for line in (podcast.__doc__ or "").splitlines() if line.startswith("    ")
    ]
    rooms = {part(module) for module in MODULES} - {"__init__", "__main__"}
    assert rooms - set(" ".join(lines).replace(",", " ").split()) == set()
    assert {name for line in lines for name in line.split("  ")[0].split()} <= rooms


@pytest.mark.parametrize(
    ("missing", "words", "extra"),
    [
        ("httpx", ["edition", "--date", "2024-06-03", "--from", "news.txt"], "newsroom"),
        ("trafilatura", ["edition", "--date", "2024-06-03", "--from", "page.html"], "newsroom"),
        ("uvicorn", ["serve"], "serve"),
    ],
)
def test_a_library_of_an_extra_that_is_missing_is_said_with_the_remedy(
    missing: str, words: list[str], extra: str, tmp_path: Path
) -> None:
    """One line names the extra; no traceback."""
    settings = 'title = "A"\nauthor = "B"\nemail = "a@b.example"\ndescription = "C"\n'
    settings += 'url = "https://b.example/feeds/"\nlink = "https://b.example/"\n'
    (tmp_path / "podcast.toml").write_text(settings, encoding="utf-8")
    (tmp_path / "posts").mkdir()
    (tmp_path / "feeds").mkdir()
    (tmp_path / "feeds" / "feed.xml").write_text("<rss/>", encoding="utf-8")
    page = "<html><head><title>A</title></head><body><article><h1>Lanterns</h1><p>The lanterns burn.</p>"
    (tmp_path / "page.html").write_text(page, encoding="utf-8")
    code = f"import sys; sys.modules[{missing!r}] = None; from podcast.cli import main; main({words!r})"
    environment = {"PYTHONPATH": str(PACKAGE.parent), "PATH": os.environ["PATH"]}
    command = [sys.executable, "-c", code]
    done = subprocess.run(
        command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert f"pip install 'presscast[{extra}]'" in done.stderr
    assert "Traceback" not in done.stderr

"""A hook of MkDocs: the page `reference.md`, written from the docstrings of the public names.

The sources are read, not imported: the site builds where presscast's libraries are not installed.
"""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

REPOSITORY = Path(__file__).parent.parent
Definition = ast.ClassDef | ast.FunctionDef
HEAD = """\
# Reference

Everything that `import podcast` offers, from its docstrings. [From Python](api.md) shows how it is
used. All else may change at any time.
"""


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the page."""
    parts = [HEAD, *(describe(module, name) for module, name in public_names())]
    files.append(File.generated(config, "reference.md", content="\n\n".join(parts)))
    return files


def public_names() -> list[tuple[str, str]]:
    """List the names that the package's own `__init__` imports for type checkers, each with its module."""
    tree = parse_module("podcast")
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    named = [
        (node.module, alias.name)
        for node in imports
        if node.module and node.module.startswith("podcast.")
        for alias in node.names
    ]
    # Functions first: they are what one calls; classes are what one gets.
    return sorted(named, key=lambda pair: (pair[1][0].isupper(), pair[1]))


def parse_module(name: str) -> ast.Module:
    """Parse a module, or the `__init__` of a package."""
    path = REPOSITORY.joinpath(*name.split("."))
    file = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    return ast.parse(file.read_text(encoding="utf-8"))


def describe(module: str, name: str) -> str:
    """Describe a name where it is defined, through modules that only pass it on."""
    body = parse_module(module).body
    for node, follower in zip(body, [*body[1:], None], strict=True):
        if isinstance(node, Definition) and node.name == name:
            return describe_definition(node)
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == name:
            return f"## {name}\n\n`{ast.unparse(node)}`\n\n{find_text_below(follower)}"
        if isinstance(node, ast.ImportFrom) and name in [alias.name for alias in node.names]:
            return describe(node.module or "", name)
    raise LookupError(f"{module} does not define {name}")


def describe_definition(node: Definition) -> str:
    """Write a heading, the signature, the docstring, and what belongs to a class."""
    text = f"## {node.name}\n\n"
    if isinstance(node, ast.FunctionDef):
        return text + f"```python\n{signature(node)}\n```\n\n{docstring(node)}"

    members = [*describe_fields(node), *describe_methods(node)]
    return text + docstring(node) + "\n\n" + "\n".join(members)


def docstring(node: Definition) -> str:
    """Give a docstring without its indentation."""
    return ast.get_docstring(node) or ""


def signature(node: ast.FunctionDef) -> str:
    """Write a function's first line as its source has it, without the colon."""
    returns = f" -> {ast.unparse(node.returns)}" if node.returns else ""
    return f"def {node.name}({ast.unparse(node.args)}){returns}"


def describe_fields(node: ast.ClassDef) -> Iterator[str]:
    """List the fields of a class, each with the docstring below it."""
    for field, follower in zip(node.body, [*node.body[1:], None], strict=True):
        if not (isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name)):
            continue
        if field.target.id.startswith("_"):
            continue

        text = find_text_below(follower)
        line = f"- `{field.target.id}: {ast.unparse(field.annotation)}`"
        yield f"{line}: {text}" if text else line


def find_text_below(node: ast.stmt | None) -> str:
    """Give the docstring of a field or constant: a string on the lines below it."""
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return one_line(str(node.value.value))
    return ""


def describe_methods(node: ast.ClassDef) -> Iterator[str]:
    """List the public methods and properties of a class."""
    for method in node.body:
        if isinstance(method, ast.FunctionDef) and not method.name.startswith("_"):
            decorators = [ast.unparse(decorator) for decorator in method.decorator_list]
            shown = (
                method.name
                if "property" in decorators
                else signature(method).removeprefix("def ")
            )
            text = one_line(docstring(method))
            yield f"- `{shown}`: {text}" if text else f"- `{shown}`"


def one_line(text: str) -> str:
    """Join the lines of a docstring, for an item of a list."""
    return " ".join(inspect.cleandoc(text).split())

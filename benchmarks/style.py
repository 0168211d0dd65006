"""Measure how a tree of Python reads: names, paragraphs, comments, complexity.

    python benchmarks/style.py                     # this checkout's package
    python benchmarks/style.py ../before ../now    # folders of other checkouts, side by side

Each argument is a folder; its `podcast/` is measured where it has one, else the folder itself. Needs radon,
which the extra `dev` brings. Nothing of a tree is imported. Function names are those at the top of a
module: a method has the name that its seam gives it. `local names` are counted once in each function.
"""

from __future__ import annotations

import argparse
import ast
import io
import sys
import tokenize
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from statistics import mean

from radon.complexity import cc_visit  # type: ignore[import-untyped]

LONG_LINE = 96
"""Columns that a line may have."""
COMPLEX = 10
"""Complexity that a function may have."""
SHARED_BY = 3
"""A function name in so many modules is one that a reader cannot place."""

FunctionNode = ast.FunctionDef | ast.AsyncFunctionDef
COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


@dataclass
class Counts:
    """What is counted in all modules of a tree."""

    lines: int = 0
    long_lines: int = 0
    comment_lines: int = 0
    lines_in_functions: int = 0
    blank_lines_in_functions: int = 0
    conditional_expressions: int = 0
    comprehensions: int = 0
    function_names: list[str] = field(default_factory=list)
    local_names: list[str] = field(default_factory=list)
    modules_of_name: Counter[str] = field(default_factory=Counter)
    complexities: list[int] = field(default_factory=list)


def count_words(name: str) -> int:
    """Count the words of a name in snake case."""
    return len([word for word in name.split("_") if word])


def find_functions(tree: ast.Module) -> list[FunctionNode]:
    """List all functions and methods of a module, also those within others."""
    return [node for node in ast.walk(tree) if isinstance(node, FunctionNode)]


def find_own_nodes(function: FunctionNode) -> Iterator[ast.AST]:
    """Yield the nodes of a function, without those of functions and classes within it."""
    pending = list(ast.iter_child_nodes(function))
    while pending:
        node = pending.pop()
        yield node
        if not isinstance(node, FunctionNode | ast.ClassDef | ast.Lambda):
            pending.extend(ast.iter_child_nodes(node))


def find_local_names(function: FunctionNode) -> set[str]:
    """Collect the names that a function binds itself; its parameters are not among them."""
    stored = {
        node.id
        for node in find_own_nodes(function)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
    }
    return {name for name in stored if count_words(name)}


def find_comment_lines(source: str) -> set[int]:
    """Collect the numbers of lines on which a `#` comment stands."""
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    return {token.start[0] for token in tokens if token.type == tokenize.COMMENT}


def find_body_lines(
    functions: Iterable[FunctionNode], tree: ast.Module
) -> tuple[set[int], set[int]]:
    """Collect the numbers of the lines within functions, and of the lines within multi-line strings."""
    in_functions: set[int] = set()
    for function in functions:
        in_functions |= set(
            range(function.lineno, (function.end_lineno or function.lineno) + 1)
        )

    in_strings: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant | ast.JoinedStr) and node.end_lineno != node.lineno:
            in_strings |= set(range(node.lineno, (node.end_lineno or node.lineno) + 1))
    return in_functions, in_strings


def count_module(counts: Counts, source: str) -> None:
    """Add one module's figures."""
    tree = ast.parse(source)
    lines = source.splitlines()
    functions = find_functions(tree)
    in_functions, in_strings = find_body_lines(functions, tree)
    blank_lines = {number for number, line in enumerate(lines, 1) if not line.strip()}

    counts.lines += len(lines)
    counts.long_lines += sum(len(line) > LONG_LINE for line in lines)
    counts.comment_lines += len(find_comment_lines(source))
    counts.lines_in_functions += len(in_functions)
    counts.blank_lines_in_functions += len((in_functions & blank_lines) - in_strings)

    for node in ast.walk(tree):
        counts.conditional_expressions += isinstance(node, ast.IfExp)
        counts.comprehensions += isinstance(node, COMPREHENSIONS)

    # Methods are left out: a seam gives them their names, in each adapter the same.
    names = [node.name.strip("_") for node in tree.body if isinstance(node, FunctionNode)]
    counts.function_names += names
    counts.modules_of_name.update(set(names))
    for function in functions:
        counts.local_names += find_local_names(function)

    # radon lists a class beside its methods: only what can be called has a complexity of its own.
    blocks = cc_visit(source)
    counts.complexities += [block.complexity for block in blocks if block.letter in "FM"]


def count_tree(folder: Path) -> Counts:
    """Count everything in the package of a checkout, or in a folder of modules."""
    package = folder / "podcast"
    modules = sorted((package if package.is_dir() else folder).rglob("*.py"))
    if not modules:
        sys.exit(f"{folder}: no Python there")

    counts = Counts()
    for module in modules:
        count_module(counts, module.read_text(encoding="utf-8"))
    return counts


def share(part: float, whole: float, of: int = 100) -> float:
    """Give `part` of each hundred (or thousand) of the whole."""
    return of * part / whole if whole else 0.0


def figures(counts: Counts) -> dict[str, str]:
    """Name each figure with its value."""
    short_names = sum(count_words(name) == 1 for name in counts.function_names)
    long_locals = sum(count_words(name) > 1 for name in counts.local_names)
    shared_names = sum(number >= SHARED_BY for number in counts.modules_of_name.values())
    too_complex = sum(complexity > COMPLEX for complexity in counts.complexities)

    return {
        "lines": f"{counts.lines}",
        "functions named by one word, %": f"{share(short_names, len(counts.function_names)):.0f}",
        "local names of two or more words, %": f"{share(long_locals, len(counts.local_names)):.1f}",
        "conditional expressions per 1,000 lines": (
            f"{share(counts.conditional_expressions, counts.lines, 1000):.1f}"
        ),
        "comprehensions per 1,000 lines": f"{share(counts.comprehensions, counts.lines, 1000):.1f}",
        "blank lines inside functions, %": (
            f"{share(counts.blank_lines_in_functions, counts.lines_in_functions):.1f}"
        ),
        "lines with a # comment, %": f"{share(counts.comment_lines, counts.lines):.1f}",
        f"function names in {SHARED_BY} or more modules": f"{shared_names}",
        f"lines over {LONG_LINE} columns, %": f"{share(counts.long_lines, counts.lines):.1f}",
        "cyclomatic complexity, mean": f"{mean(counts.complexities):.2f}",
        f"functions of complexity above {COMPLEX}": f"{too_complex}",
    }


def main() -> None:
    """Print a table with a column for each tree."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    here = Path(__file__).parent.parent
    parser.add_argument("folders", nargs="*", type=Path, default=[here], metavar="FOLDER")
    folders: list[Path] = parser.parse_args().folders

    columns = [figures(count_tree(folder)) for folder in folders]
    names = [folder.resolve().name for folder in folders]
    print(f"| figure | {' | '.join(names)} |")
    print(f"| --- |{' --: |' * len(names)}")
    for name in columns[0]:
        print(f"| {name} | {' | '.join(column[name] for column in columns)} |")


if __name__ == "__main__":
    main()

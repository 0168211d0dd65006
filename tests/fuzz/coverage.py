"""Feed a target with what reaches new lines: `python -m tests.fuzz.coverage "posts, YAML" --count 10000`.

Needs `pip install atheris`, which has no wheel for every system; so no other part of the tests asks for it.
Inputs that were of use stay in `--corpus` for the next run.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import atheris  # type: ignore[import-not-found]

with atheris.instrument_imports(include=["podcast"]):
    from tests.fuzz.targets import TARGETS

from tests.fuzz.guard import Found, tried, watch
from tests.fuzz.mutate import UNITS, spoil


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz.coverage", description=__doc__)
    parser.add_argument("target", choices=[target.name for target in TARGETS])
    parser.add_argument("--count", type=int, default=10_000, help="inputs")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument(
        "--corpus", type=Path, required=True, help="a folder for inputs, made when missing"
    )
    options = parser.parse_args()
    target = next(target for target in TARGETS if target.name == options.target)
    corpus = options.corpus / target.name.replace(" ", "-")
    corpus.mkdir(parents=True, exist_ok=True)
    for number, data in enumerate(target.seeds()):
        (corpus / f"seed-{number}").write_bytes(data)
    words = corpus.with_suffix(".dict")
    words.write_text("".join(f'"{_quoted(unit)}"\n' for unit in UNITS), encoding="ascii")
    found: dict[tuple[str, str], Found] = {}
    inputs = 0

    def feed(data: bytes) -> None:
        nonlocal inputs
        inputs += 1
        wrong = tried(target.call, target.says, data)
        if wrong and (wrong.kind, wrong.where) not in found:
            found[wrong.kind, wrong.where] = wrong
            (
                options.corpus / f"{target.name.replace(' ', '-')}-found-{len(found)}"
            ).write_bytes(data)
            print(f"{wrong}\n  {data[:120]!r} ({len(data)} bytes)", flush=True)
        if inputs == options.count:
            print(f"{target.name}: {inputs} inputs, {len(found)} found", flush=True)

    def changed(data: bytes, most: int, seed: int) -> bytes:
        """Half by the structure of what is read, half by bits."""
        if seed % 2:
            return bytes(atheris.Mutate(data, most))
        return spoil(data, [(seed >> 8, seed), (seed >> 16, seed >> 3)][: 1 + seed // 2 % 2])[
            :most
        ]

    flags = [
        f"-runs={options.count}",
        f"-seed={options.seed}",
        "-max_len=20000",
        "-timeout=300",
        f"-dict={words}",
    ]
    atheris.Setup(
        [sys.argv[0], *flags, "-verbosity=0", str(corpus)], feed, custom_mutator=changed
    )
    watch()
    atheris.Fuzz()


def _quoted(unit: str) -> str:
    return "".join(f"\\x{byte:02x}" for byte in unit.encode("utf-8", "surrogatepass"))


if __name__ == "__main__":
    main()

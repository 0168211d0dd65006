"""Feed every target by the thousand: `python -m tests.fuzz --count 10000`, or `--growth`.

Prints what each took, and everything that is wrong, once, with the shortest input that shows it (saved below
`--keep`). Exits 1 when there is something.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

import hypothesis
from hypothesis import HealthCheck, Phase

from tests.fuzz import growth
from tests.fuzz.guard import Found, tried, watch
from tests.fuzz.mutate import spoilt
from tests.fuzz.targets import TARGETS, Target


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("targets", nargs="*", help="only targets whose name holds one of these")
    parser.add_argument("--count", type=int, default=10_000, help="inputs for each target")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument(
        "--keep", type=Path, help="a folder for inputs that show something wrong"
    )
    parser.add_argument(
        "--growth",
        action="store_true",
        help="look instead for what grows faster than its input",
    )
    options = parser.parse_args()
    chosen = [
        t
        for t in TARGETS
        if not options.targets or any(word in t.name for word in options.targets)
    ]
    watch()
    wrong = 0
    for target in chosen:
        started = time.process_time()
        count, found = (
            growth.fed(target) if options.growth else fed(target, options.count, options.seed)
        )
        took = time.process_time() - started
        print(
            f"{target.name:<22}{count:>9} inputs{len(found):>4} found{took:>8.0f} s", flush=True
        )
        for number, (what, data) in enumerate(found.values()):
            print(f"  {what}\n    {data[:120]!r} ({len(data)} bytes)", flush=True)
            if options.keep:
                options.keep.mkdir(parents=True, exist_ok=True)
                (options.keep / f"{target.name.replace(' ', '-')}-{number}").write_bytes(data)
        wrong += len(found)
    sys.exit(bool(wrong))


def fed(
    target: Target, count: int, seed: int
) -> tuple[int, dict[tuple[str, str], tuple[Found, bytes]]]:
    """How many inputs the target took, and each thing that is wrong with the shortest input that shows it."""
    found: dict[tuple[str, str], tuple[Found, bytes]] = {}
    inputs = 0

    @hypothesis.seed(seed)
    @hypothesis.settings(
        max_examples=count, deadline=None, database=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @hypothesis.given(spoilt(target.seeds()))
    def feed(data: bytes) -> None:
        nonlocal inputs
        inputs += 1
        if wrong := tried(target.call, target.says, data):
            key = (wrong.kind, wrong.where)
            if key not in found or len(data) < len(found[key][1]):
                found[key] = (wrong, data)

    feed()
    return inputs, found


if __name__ == "__main__":
    main()

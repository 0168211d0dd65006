"""How time and memory grow with an episode's length and the number of episodes; drawn in docs/growth.svg.

    python benchmarks/growth.py                         # 8 minutes to 8 hours, 10 to 10,000 episodes
    python benchmarks/growth.py --episodes 10 100 1000

Seconds are of processor time, of all cores and with ffmpeg's, so that other work on the machine counts
little. Each size is measured in a process of its own, whose most memory is given; "one take changed" and the
rebuilds follow upon what stands before them. The exponent is that of a power of the size, fitted to all
sizes (least squares of the logarithms), and from the last size but one to the last: 1 grows in step, 0 not at
all.
"""

from __future__ import annotations

import argparse
import json
import math
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

import feed
import stitch
from measure import machine

ROOT = Path(__file__).parent.parent
SECONDS = 7.0
"""Of a take."""
COLOURS = ("#0b6e99", "#c4501b", "#3f7f3f", "#7a4fa3")
WIDTH, HEIGHT, LEFT, TOP = 300, 200, 60, 84
"""Of a panel, in pixels, and of the room beside and above it."""


@dataclass
class Panel:
    """One diagram: curves by their name, each a list of sizes and values."""

    title: str
    unit: str
    curves: dict[str, list[tuple[float, float]]] = field(default_factory=dict)

    def add(self, name: str, size: float, value: float) -> None:
        self.curves.setdefault(name, []).append((size, value))


def exponent(points: list[tuple[float, float]]) -> float:
    """Of the power of the size that fits best."""
    xs, ys = ([math.log(each) for each in axis] for axis in zip(*points, strict=True))
    x0, y0 = sum(xs) / len(xs), sum(ys) / len(ys)
    return sum((x - x0) * (y - y0) for x, y in zip(xs, ys, strict=True)) / sum(
        (x - x0) ** 2 for x in xs
    )


def stitching(minutes: list[float]) -> tuple[Panel, Panel]:
    time, memory = Panel("CPU seconds to stitch", "minutes"), Panel("MB to stitch", "minutes")
    for size in minutes:
        count = int(size * 7.5)
        with tempfile.TemporaryDirectory() as name:
            stitch.make_takes(Path(name, "takes"), count, SECONDS)
            for what, changed in (("cold", -1), ("one take changed", 20)):
                run = stitch.child("--run", name, count, SECONDS, changed)
                time.add(what, run["minutes"], run["cpu"])
                memory.add(what, run["minutes"], run["memory"])
    return time, memory


def feeding(counts: list[int]) -> tuple[Panel, Panel]:
    time, memory = (
        Panel("CPU seconds for feed and pages", "episodes"),
        Panel("MB for feed and pages", "episodes"),
    )
    for count in counts:
        command = [sys.executable, __file__, "--feed", str(count)]
        found = subprocess.run(command, stdout=subprocess.PIPE, check=True)
        for what, _, cpu, most in json.loads(found.stdout):
            time.add(what, count, cpu)
            memory.add(what, count, most)
    return time, memory


def drawn(panels: list[Panel]) -> str:
    """The panels as SVG, two to a row, both axes logarithmic."""
    rows = -(-len(panels) // 2)
    width, height = 2 * (WIDTH + LEFT) + 40, rows * (HEIGHT + 2 * TOP)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        'font-family="sans-serif" font-size="11" role="img">',
        "<title>How time and memory grow</title>",
        f'<rect width="{width}" height="{height}" fill="#fff"/>',
    ]
    for index, panel in enumerate(panels):
        left, top = LEFT + index % 2 * (WIDTH + LEFT), TOP + index // 2 * (HEIGHT + 2 * TOP)
        parts += [f'<g transform="translate({left} {top})">', *_panel(panel), "</g>"]
    return "\n".join([*parts, "</svg>", ""])


def _panel(panel: Panel) -> list[str]:
    points = [point for curve in panel.curves.values() for point in curve]
    (x0, x1), (y0, y1) = (
        (math.floor(math.log10(min(axis)) + 1e-9), math.ceil(math.log10(max(axis)) - 1e-9))
        for axis in zip(*points, strict=True)
    )

    def x(size: float) -> float:
        return round((math.log10(size) - x0) / (x1 - x0) * WIDTH, 1)

    def y(value: float) -> float:
        return round(HEIGHT - (math.log10(value) - y0) / max(1, y1 - y0) * HEIGHT, 1)

    parts = [f'<text x="0" y="-66" font-size="13" font-weight="bold">{panel.title}</text>']
    for power in range(x0, x1 + 1):
        parts.append(f'<path d="M{x(10**power)} 0v{HEIGHT}" stroke="#ddd"/>')
        parts.append(
            f'<text x="{x(10**power)}" y="{HEIGHT + 16}" text-anchor="middle">{10**power:,}</text>'
        )
    for power in range(y0, y1 + 1):
        parts.append(f'<path d="M0 {y(10**power)}h{WIDTH}" stroke="#ddd"/>')
        parts.append(
            f'<text x="-6" y="{y(10**power) + 4}" text-anchor="end">{10**power:,g}</text>'
        )
    parts.append(f'<text x="{WIDTH}" y="{HEIGHT + 32}" text-anchor="end">{panel.unit}</text>')
    for index, (name, curve) in enumerate(panel.curves.items()):
        line = " ".join(f"{x(a)},{y(b)}" for a, b in curve)
        colour = COLOURS[index]
        parts.append(
            f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="2"/>'
        )
        parts += [f'<circle cx="{x(a)}" cy="{y(b)}" r="3" fill="{colour}"/>' for a, b in curve]
        parts.append(
            f'<text y="{14 * index - 50}" fill="{colour}">{name}: exponent {exponent(curve):.2f}</text>'
        )
    return parts


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--minutes", type=float, nargs="+", default=[8, 80, 480])
    parser.add_argument("--episodes", type=int, nargs="+", default=[10, 100, 1000, 10_000])
    parser.add_argument("--feed", type=int, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.feed:
        with tempfile.TemporaryDirectory() as name:
            print(json.dumps(list(feed.measured(chosen.feed, name))))
        return
    print(machine())
    panels = [*stitching(chosen.minutes), *feeding(chosen.episodes)]
    for panel in panels:
        print(panel.title)
        for name, curve in panel.curves.items():
            values = "  ".join(f"{size:,.0f}: {value:.2f}" for size, value in curve)
            print(
                f"  {name:24} {values}  exponent {exponent(curve):.2f}, last {exponent(curve[-2:]):.2f}"
            )
    (ROOT / "docs" / "growth.svg").write_text(drawn(panels), encoding="utf-8")


if __name__ == "__main__":
    main()

"""The progress that commands show on standard error: of one episode, or of many."""

from __future__ import annotations

import sys
import time

import click

from podcast.cli.options import is_quiet

# Seconds after which a log hears of something slow again.
SILENCE = 30.0
# Characters of the bar on a terminal.
BAR_WIDTH = 24
# Characters of a detail beside the bar, so that both stay on one line of a terminal.
DETAIL_WIDTH = 60


class Progress:
    """Says on standard error what is being done, how far, and for how long still.

    A bar on a terminal; elsewhere a line at each quarter, so that a log stays readable. What
    has a detail is slow: each of its steps is a line, and so is half a minute without one.
    """

    def __init__(self) -> None:
        self._stage = ""
        self._started = time.monotonic()
        self._last_step = (-1, -1)
        self._last_line_at = 0.0
        self._on_terminal = sys.stderr.isatty()

    def __call__(self, stage: str, done: int, total: int, detail: str = "", /) -> None:
        """Show how far a stage is: `done` of `total`."""
        if is_quiet():
            return
        if stage != self._stage:
            self._begin_stage(stage)

        if self._on_terminal:
            self._draw_bar(done, total, detail)
        elif self._is_news(done, total, detail):
            self._write_line(done, total, detail)

    def close(self) -> None:
        """End the bar's line."""
        if self._stage and self._on_terminal:
            click.echo("", err=True)
        self._stage = ""

    def _begin_stage(self, stage: str) -> None:
        if self._stage:
            self.close()
            self._started = time.monotonic()
        self._stage, self._last_step = stage, (-1, -1)

    def _draw_bar(self, done: int, total: int, detail: str) -> None:
        width = BAR_WIDTH * done // max(total, 1)
        bar = "█" * width + "·" * (BAR_WIDTH - width)
        line = f"{self._stage:<12} {bar} {done}/{total}{self._estimate_rest(done, total)}"
        if detail:
            line = f"{line}  {detail[:DETAIL_WIDTH]}"

        # Back to the line's beginning, and clear it: a longer line was there before.
        click.echo(f"\r\x1b[K{line}", err=True, nl=False)

    def _write_line(self, done: int, total: int, detail: str) -> None:
        line = f"{self._stage}: {done} of {total}"
        if detail:
            line = f"{line}, {detail}"
        click.echo(f"{line}{self._estimate_rest(done, total)}", err=True)

    def _is_news(self, done: int, total: int, detail: str) -> bool:
        """Tell whether a log should have a line of it, and remember that it has."""
        quarter = 4 * done // max(total, 1)
        step = (done if detail else quarter, quarter)
        has_waited = time.monotonic() - self._last_line_at > SILENCE
        if step == self._last_step and not (detail and has_waited):
            return False
        self._last_step, self._last_line_at = step, time.monotonic()
        return True

    def _estimate_rest(self, done: int, total: int) -> str:
        if not 0 < done < total:
            return ""
        seconds = (time.monotonic() - self._started) / done * (total - done)
        return f", {round(seconds)} s left"


class EditionsProgress:
    """Says on standard error how editions made side by side get on, at each quarter."""

    def __init__(self, total: int) -> None:
        self._total = total
        self._ended = 0
        self._started = time.monotonic()
        self._shown_quarters: dict[str, int] = {}

    def show_takes(self, name: str, done: int, total: int) -> None:
        """Show how many of an edition's takes are there, at each quarter."""
        quarter = 4 * done // total
        if quarter != self._shown_quarters.get(name) and not is_quiet():
            self._shown_quarters[name] = quarter
            click.echo(f"{name}: speaking: {done} of {total}", err=True)

    def end_edition(self, name: str, fault: str) -> None:
        """Say what an edition failed for, if it did, and how many are still to come."""
        self._ended += 1
        for line in fault.splitlines():
            click.echo(f"podcast: {name}: {line}", err=True)
        if is_quiet():
            return

        remaining = self._total - self._ended
        line = f"editions: {self._ended} of {self._total}"
        if remaining:
            seconds = (time.monotonic() - self._started) / self._ended * remaining
            line = f"{line}, {round(seconds)} s left"
        click.echo(line, err=True)

    def show_waiting(self, owner: str) -> None:
        """Say for which other run this one waits."""
        if not is_quiet():
            click.echo(f"waiting for {owner}", err=True)

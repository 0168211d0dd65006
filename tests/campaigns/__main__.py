"""Run the campaigns by hand: `python -m tests.campaigns crash --seed 7`."""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from tests.campaigns import crash, faults, pairs, remote, tamper, together, year
from tests.campaigns.shows import a_show


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.campaigns", description=__doc__)
    parser.add_argument("campaign", choices=CAMPAIGNS, nargs="+")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument(
        "--attempts", type=int, default=200, help="over all cases of a campaign"
    )
    parser.add_argument(
        "--acts", type=int, help="crash: before how many acts of each case; all unless given"
    )
    parser.add_argument("--days", type=int, default=365, help="year: how many; at least 30")
    parser.add_argument("--case", default="", help="crash: only cases whose name holds this")
    parser.add_argument(
        "-v", "--verbose", action="store_true", help="say how each attempt ended"
    )
    options = parser.parse_args()
    started = time.monotonic()
    print(f"{'attack':<34}{'attempts':>9}{'losses':>8}{'ways':>6}{'in vain':>9}")
    attempts = losses = 0
    with tempfile.TemporaryDirectory() as folder:
        for name in options.campaign:
            for tally in CAMPAIGNS[name](options, Path(folder) / name):
                print(
                    f"{tally.case:<34}{tally.attempts:>9}{len(tally.losses):>8}"
                    f"{len(tally.moments):>6}{tally.late:>9}",
                    flush=True,
                )
                for loss in tally.losses:
                    print(f"  {loss}", file=sys.stderr, flush=True)
                if options.verbose:
                    for moment, count in tally.moments.most_common():
                        print(f"  {count:>4} {moment}", flush=True)
                attempts, losses = attempts + tally.attempts, losses + len(tally.losses)
    print(f"{'together':<34}{attempts:>9}{losses:>8}")
    print(f"seed {options.seed}, {time.monotonic() - started:.0f} s")
    sys.exit(bool(losses))


def crashes(options: argparse.Namespace, folder: Path) -> Iterator[crash.Tally]:
    """SIGKILL at random moments of each case, and before each thing that is done to a file."""
    cases = [case for case in crash.cases(4, 5) if options.case in case.name]
    base, pick = crash.baseline(folder / "base"), random.Random(options.seed)
    for case in cases:
        moments = -(-options.attempts // len(cases))
        yield crash.campaign(
            base, case, folder / "work", pick, moments=moments, acts=options.acts
        )


def disks(options: argparse.Namespace, folder: Path) -> Iterator[crash.Tally]:
    base, pick = crash.baseline(folder / "base"), random.Random(options.seed)
    for case in faults.cases(4, 5):
        yield faults.full_disk(base, case, folder / "work", pick, options.attempts // 3)


def denials(_options: argparse.Namespace, folder: Path) -> Iterator[crash.Tally]:
    base = crash.baseline(folder / "base")
    for case in faults.cases(4, 5):
        yield faults.read_only(base, case, folder / "work")


def caches(options: argparse.Namespace, folder: Path) -> Iterator[crash.Tally]:
    base, pick = a_show(folder / "base", posts=1, published=1), random.Random(options.seed)
    for case in faults.CACHED:
        yield faults.spoilt_caches(base, case, folder / "work", pick, options.attempts // 2)


def runs(options: argparse.Namespace, folder: Path) -> Iterator[crash.Tally]:
    start, pick = a_show(folder / "base", posts=10, published=0), random.Random(options.seed)
    for _ in range(max(1, options.attempts // 40)):
        yield together.one_date(start, folder / "work", 10)
        yield together.many_dates(start, folder / "work", 10)
        yield together.many_dates(start, folder / "work", 10, pick, kills=5)
    yield together.stale_lock(start, folder / "work", 10)


def uploads(options: argparse.Namespace, folder: Path) -> Iterator[crash.Tally]:
    """SIGKILL during uploads to a folder by its address, and to a bucket."""
    base, pick = crash.baseline(folder / "base"), random.Random(options.seed)
    first, remade, *_ = crash.cases(4, 5)
    moments = options.attempts // 4
    with remote.bucket() as there:
        for place in (remote.Place((folder / "there").as_uri()), there):
            for case in (first, remade):
                yield remote.campaign(base, case, folder / "work", pick, moments, place)


def years(options: argparse.Namespace, folder: Path) -> Iterator[crash.Tally]:
    """`--days` of editions, each day's make an attempt to lose something; then what a day cost."""
    lived = year.campaign(folder / "show", random.Random(options.seed), options.days, looks=15)
    yield lived.tally
    print(year.growth(lived.costs))


def changes(_options: argparse.Namespace, folder: Path) -> Iterator[crash.Tally]:
    """Each kind of change of each published file, one at a time, against `podcast check`."""
    yield tamper.campaign(folder / "show")
    yield tamper.apart(folder / "apart")


def machines(options: argparse.Namespace, folder: Path) -> Iterator[crash.Tally]:
    """`--attempts` pairs of machines that publish at once: to a folder, a bucket, a server by SFTP."""
    for place in ("folder", "bucket", "sftp"):
        with pairs.open_place(place, folder / place / "there") as (store, owner):
            yield pairs.campaign(folder / place, store, options.attempts, place, owner)


CAMPAIGNS = {
    "crash": crashes,
    "upload": uploads,
    "disk": disks,
    "denied": denials,
    "cache": caches,
    "pairs": machines,
    "tamper": changes,
    "together": runs,
    "year": years,
}


if __name__ == "__main__":
    main()

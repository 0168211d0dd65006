"""SIGKILL during the upload to a place that others read: a folder by its address, and a bucket."""

from __future__ import annotations

import logging
import random
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import fsspec  # type: ignore[import-untyped]

from tests.campaigns.crash import Case, Tally
from tests.campaigns.process import Ran
from tests.campaigns.shows import copied, files
from tests.campaigns.truth import Files, differences, faults, takes
from tests.standin.s3 import Wire


class Place:
    """What is published at an address: here a folder's."""

    def __init__(self, url: str, **options: Any) -> None:
        self.url = url
        self._files, root = fsspec.url_to_fs(url, **options)
        self._root = f"{root}/"

    def run(self, case: Case, show: Path, pick: random.Random, kill_before: int = -1) -> Ran:
        """Run the case, which publishes here, until it is about to do this act here; its acts are noted."""
        return case.run(show, watch=Path(self._root), kill_before=kill_before)

    def files(self) -> dict[str, bytes]:
        self._files.invalidate_cache()
        names = self._files.find(self._root) if self._files.exists(self._root) else []
        return {
            f"feeds/{name.removeprefix(self._root)}": self._files.cat_file(name)
            for name in names
        }

    def hold(self, wanted: Files) -> None:
        """Let it hold what is below `feeds/` in `wanted`, and nothing else."""
        there = self.files()
        for name in there.keys() - wanted.keys():
            self._files.rm_file(self._root + name.removeprefix("feeds/"))
        for name, content in wanted.items():
            if there.get(name) != content:
                path = self._root + name.removeprefix("feeds/")
                self._files.makedirs(path.rpartition("/")[0], exist_ok=True)
                self._files.pipe_file(path, content)


class Bucket(Place):
    """A bucket of an S3 service on this machine, behind a wire that counts what was put."""

    def __init__(self, service: int) -> None:
        owner = {
            "key": "owner",
            "secret": "secret",
            "endpoint_url": f"http://127.0.0.1:{service}",
        }
        fsspec.filesystem("s3", **owner).mkdir("show")
        super().__init__("s3://show/feeds", use_listings_cache=False, **owner)
        self._wire = Wire(service)

    @property
    def credentials(self) -> dict[str, str]:
        """What its owner has in the environment."""
        return {
            "AWS_ENDPOINT_URL": self._wire.address,
            "AWS_ACCESS_KEY_ID": "owner",
            "AWS_SECRET_ACCESS_KEY": "secret",
            "AWS_DEFAULT_REGION": "us-east-1",
        }

    def run(self, case: Case, show: Path, pick: random.Random, kill_before: int = -1) -> Ran:
        """As a folder's, but an act is an upload, and the end comes some moments after the one before."""
        env = self.credentials
        self._wire.put.clear()

        def now() -> bool:
            if len(self._wire.put) < kill_before:
                return False
            time.sleep(pick.uniform(0, 0.02))
            return True

        ran = case.run(show, env=env, kill_when=now if kill_before >= 0 else None)
        return Ran(
            ran.code, ran.output, ran.seconds, tuple(f"put {name}" for name in self._wire.put)
        )

    def close(self) -> None:
        self._wire.shutdown()
        self._wire.server_close()


@contextmanager
def bucket() -> Iterator[Bucket]:
    from moto.server import ThreadedMotoServer

    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    service = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    service.start()
    try:
        there = Bucket(service.get_host_and_port()[1])
        yield there
        there.close()
    finally:
        service.stop()


def campaign(
    base: Path, case: Case, folder: Path, pick: random.Random, moments: int, place: Place
) -> Tally:
    """Kill a case at so many moments of its upload to `place`; look at what others are served there."""
    tally = Tally(f"{case.name}, {place.url.partition(':')[0]}")
    start = copied(base, folder / "start")
    case.before(start)
    toml = start / "podcast.toml"
    toml.write_text(
        f'store = "{place.url}"\n{toml.read_text(encoding="utf-8")}', encoding="utf-8"
    )
    published = {
        name: content for name, content in files(start).items() if name.startswith("feeds/")
    }
    for path in (start / "feeds").iterdir():
        path.unlink()

    def begun() -> Path:
        place.hold(published)
        return copied(start, folder / "show")

    def now(show: Path) -> dict[str, bytes]:
        """All files but those that an upload left under a hidden name: nobody is served them."""
        there = {**files(show), **place.files()}
        return {
            name: content
            for name, content in there.items()
            if not Path(name).name.startswith(".")
        }

    show = begun()
    old = now(show)
    whole = place.run(case, show, pick)
    assert whole.code == 0, whole.output
    new = now(show)
    for _ in range(moments):
        show = begun()
        ran = place.run(case, show, pick, pick.randrange(len(whole.acts)))
        if not ran.killed:
            tally.late += 1
            continue
        tally.attempts += 1
        left = now(show)
        arrived = [
            name for name in left if name.startswith("feeds/") and left[name] != old.get(name)
        ]
        feed = "new" if "feeds/feed.xml" in arrived else "old"
        tally.moments[f"{len(arrived)} of the files arrived, the feed is the {feed} one"] += 1
        tally.losses += faults(left, old, new)
        kept = takes(show)
        if (again := place.run(case, show, pick)).code:
            tally.losses.append(f"the next run fails: {again.output}")
        tally.losses += [
            f"{name}: not healed by the next run" for name in differences(now(show), new)
        ]
        tally.losses += [
            f"take {key[:12]}: spoken twice" for key in kept if takes(show)[key] != kept[key]
        ]
    return tally

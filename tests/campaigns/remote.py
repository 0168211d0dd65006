"""SIGKILL during the upload to a place that others read: a folder by its address, and a bucket."""

from __future__ import annotations

import logging
import random
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import Any

import fsspec  # type: ignore[import-untyped]

from tests.campaigns.crash import Case, Tally
from tests.campaigns.shows import copied, files
from tests.campaigns.truth import Files, differences, faults, takes

Env = Mapping[str, str]
_HERE: Env = MappingProxyType({})


@contextmanager
def bucket() -> Iterator[tuple[str, Env, dict[str, Any]]]:
    """A bucket of an S3 service on this machine: its address, and what leads there from outside and here."""
    from moto.server import ThreadedMotoServer

    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    service = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    service.start()
    address = f"http://127.0.0.1:{service.get_host_and_port()[1]}"
    env = {
        "AWS_ENDPOINT_URL": address,
        "AWS_ACCESS_KEY_ID": "owner",
        "AWS_SECRET_ACCESS_KEY": "secret",
        "AWS_DEFAULT_REGION": "us-east-1",
    }
    options = {"key": "owner", "secret": "secret", "endpoint_url": address, "use_listings_cache": False}
    try:
        fsspec.filesystem("s3", **options).mkdir("show")
        yield "s3://show/feeds", env, options
    finally:
        service.stop()


class Place:
    """What is published at an address."""

    def __init__(self, url: str, options: Mapping[str, Any] = MappingProxyType({})) -> None:
        self._files, root = fsspec.url_to_fs(url, **options)
        self._root = f"{root}/"

    def files(self) -> dict[str, bytes]:
        self._files.invalidate_cache()
        names = self._files.find(self._root) if self._files.exists(self._root) else []
        return {f"feeds/{name.removeprefix(self._root)}": self._files.cat_file(name) for name in names}

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


def campaign(
    base: Path,
    case: Case,
    folder: Path,
    pick: random.Random,
    moments: int,
    url: str,
    env: Env = _HERE,
    options: Mapping[str, Any] = MappingProxyType({}),
) -> Tally:
    """Kill a case that publishes to `url` at so many random moments; look at what others are served there."""
    tally = Tally(f"{case.name}, {url.partition(':')[0]}")
    place = Place(url, options)
    start = copied(base, folder / "start")
    case.before(start)
    toml = start / "podcast.toml"
    toml.write_text(f'store = "{url}"\n{toml.read_text(encoding="utf-8")}', encoding="utf-8")
    published = {name: content for name, content in files(start).items() if name.startswith("feeds/")}
    for path in (start / "feeds").iterdir():
        path.unlink()

    def begun() -> Path:
        place.hold(published)
        return copied(start, folder / "show")

    def now(show: Path) -> dict[str, bytes]:
        """All files but those that an upload left under a hidden name: nobody is served them."""
        there = {**files(show), **place.files()}
        return {name: content for name, content in there.items() if not Path(name).name.startswith(".")}

    show = begun()
    old = now(show)
    whole = case.run(show, env=env)
    assert whole.code == 0, whole.output
    new, lasts = now(show), whole.seconds
    for _ in range(moments):
        show = begun()
        ran = case.run(show, env=env, kill_after=pick.uniform(0.2, 1) * lasts)
        if not ran.killed:
            tally.late += 1
            lasts = 0.9 * lasts + 0.1 * ran.seconds
            continue
        tally.attempts += 1
        left = now(show)
        tally.moments[
            "the feed is the new one" if left["feeds/feed.xml"] != old["feeds/feed.xml"] else "old"
        ] += 1
        tally.losses += faults(left, old, new)
        kept = takes(show)
        if (again := case.run(show, env=env)).code:
            tally.losses.append(f"the next run fails: {again.output}")
        tally.losses += [f"{name}: not healed by the next run" for name in differences(now(show), new)]
        tally.losses += [f"take {key[:12]}: spoken twice" for key in kept if takes(show)[key] != kept[key]]
    return tally

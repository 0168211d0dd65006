"""Where this presscast was installed from, so that another machine can install the same."""

from __future__ import annotations

import json
import re
import subprocess
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

NAME = "presscast"
EXTRAS = "local,newsroom,s3"
# Mark in a workflow whose source of presscast the owner has to fill in; `doctor` looks for
# it.
FILL_IN = "FILL-IN-WHERE-PRESSCAST-COMES-FROM"

_GIT_SSH = re.compile(r"(?:ssh://)?git@([^:/]+)[:/](.+)")


def find_requirement() -> str:
    """Find the requirement by which pip installs the presscast that is running.

    A presscast that was installed from an index is asked for by its version; one from a
    repository, or from a checkout of one, by repository and commit (PEP 610, direct_url.json).
    `FILL_IN` stands in for a source that no other machine can reach.
    """
    try:
        installed = distribution(NAME)
    except PackageNotFoundError:
        return _unknown()
    written = installed.read_text("direct_url.json")
    if written is None:
        return f"{NAME}[{EXTRAS}]=={installed.version}"

    source = json.loads(written)
    if "vcs_info" in source:
        return _from_git(str(source["url"]), str(source["vcs_info"]["commit_id"]))
    if "dir_info" in source:
        return _from_checkout(Path(url2pathname(urlsplit(str(source["url"])).path)))
    return _unknown()


def _from_checkout(folder: Path) -> str:
    """The remote repository and the commit of a checkout."""
    address = _ask_git(folder, "remote", "get-url", "origin")
    commit = _ask_git(folder, "rev-parse", "HEAD")
    if not address or not commit:
        return _unknown()
    return _from_git(address, commit)


def _from_git(address: str, commit: str) -> str:
    if match := _GIT_SSH.fullmatch(address):
        address = f"https://{match[1]}/{match[2]}"
    parts = urlsplit(address)
    if (
        parts.scheme != "https"
        or "@" in parts.netloc
        or not re.fullmatch(r"[0-9a-f]{40}", commit)
    ):
        return _unknown()
    return f"{NAME}[{EXTRAS}] @ git+{address}@{commit}"


def _unknown() -> str:
    return f"{NAME}[{EXTRAS}] @ git+https://{FILL_IN}"


def _ask_git(folder: Path, *words: str) -> str:
    """Ask git; empty where there is no git or no repository."""
    try:
        done = subprocess.run(  # noqa: S603 - the words are ours, and no shell reads them
            ["git", "-C", str(folder), *words],  # noqa: S607 - the owner's own git
            check=False,
            capture_output=True,
            text=True,
            timeout=10,
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    if done.returncode != 0:
        return ""
    return done.stdout.strip()

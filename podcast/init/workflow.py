"""The workflow that makes a show's episodes on GitHub's machines."""

from __future__ import annotations

import json
import re
from pathlib import Path

from podcast.init.install_source import find_requirement

_HOSTING = {
    "branch": """\
# Let GitHub Pages serve the branch: the feed is then at
# https://OWNER.github.io/REPOSITORY/feeds/feed.xml. Pages allows a site 1 GB, about 130
# episodes of ten minutes; `podcast check` warns before. With `store` in podcast.toml the audio
# goes to a bucket instead.""",
    "action": """\
# The second job publishes feeds/ by GitHub Pages' own action: choose "GitHub Actions" as the
# source in the repository's settings. Pages allows a site 1 GB, about 130 episodes of ten
# minutes; `podcast check` warns before.""",
}

_STORE_ENV = """
        env: # for `store` in podcast.toml; empty otherwise
          AWS_ACCESS_KEY_ID: ${{ secrets.AWS_ACCESS_KEY_ID }}
          AWS_SECRET_ACCESS_KEY: ${{ secrets.AWS_SECRET_ACCESS_KEY }}
          AWS_DEFAULT_REGION: ${{ vars.AWS_DEFAULT_REGION || 'us-east-1' }}"""

_DEPLOY = """
  deploy:
    name: Publish on GitHub Pages
    needs: episode
    if: ${{ !cancelled() }}
    runs-on: ubuntu-latest
    timeout-minutes: 15
    permissions:
      contents: read
      pages: write # to deploy
      id-token: write # to prove to Pages where the deployment comes from
    environment:
      name: github-pages
      url: ${{ steps.deployment.outputs.page_url }}
    steps:
      - name: Check out what was pushed
        uses: actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683 # v4.2.2
        with:
          ref: ${{ github.ref_name }}
          persist-credentials: false

      - name: Gather the published folder
        env:
          FOLDER: @FOLDER@
        run: |
          mkdir -p "site/$FOLDER"
          cp -r "$FOLDER/feeds" "site/$FOLDER/feeds"

      - name: Upload
        uses: actions/upload-pages-artifact@56afc609e74202658d3ffba0e8f6dda462b719fa # v3.0.1
        with:
          path: site

      - name: Deploy
        id: deployment
        uses: actions/deploy-pages@d6db90164ac5ed86f2b6aed7e0febac5b3c0c03e # v4.0.5
"""


def find_repository(folder: Path) -> Path:
    """Find the repository that `folder` is in; the folder itself when it is in none."""
    resolved = folder.resolve()
    for parent in (resolved, *resolved.parents):
        if (parent / ".git").exists():
            return parent
    return resolved


def workflow_path(repository: Path, folder: Path) -> Path:
    """Where the show's workflow lies. GitHub reads workflows at the repository's top alone."""
    return repository / ".github" / "workflows" / f"{_workflow_name(repository, folder)}.yml"


def write_workflow(repository: Path, folder: Path, *, pages: str) -> str:
    """Write the workflow of the show in `folder`.

    `pages` is `branch` or `action`, the way Pages gets the files.
    """
    subfolder = folder.resolve().relative_to(repository).as_posix()
    template = Path(__file__).with_name("workflow.yml").read_text(encoding="utf-8")
    values = {
        "HOSTING": _HOSTING[pages],
        "DEPLOY": _DEPLOY if pages == "action" else "",
        "STORE_ENV": _STORE_ENV,
        "NAME": _workflow_name(repository, folder),
        "FOLDER": _quote(subfolder),
        "CACHE": _quote(f"{subfolder}/.podcast" if subfolder != "." else ".podcast"),
        "REQUIREMENT": find_requirement(),
    }
    for name, value in values.items():
        template = template.replace(f"@{name}@", value)
    return template.rstrip("\n") + "\n"


def _workflow_name(repository: Path, folder: Path) -> str:
    """`podcast`, with the folder's name where the show is not at the repository's top."""
    subfolder = folder.resolve().relative_to(repository).as_posix()
    words = re.sub(r"[^a-z0-9]+", "-", subfolder.lower()).strip("-")
    return f"podcast-{words}" if words else "podcast"


def _quote(path: str) -> str:
    """A path as YAML takes it, whatever it holds. JSON's strings are YAML's."""
    return path if re.fullmatch(r"[\w./-]+", path) else json.dumps(path)

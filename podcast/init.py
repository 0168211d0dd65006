"""`podcast init`: the files of a new show."""

from __future__ import annotations

import shutil
from pathlib import Path

from podcast.config import FILE, feed_guid, load_show
from podcast.errors import ConfigError
from podcast.publish.cover import draw_cover
from podcast.util.files import write_atomic
from podcast.util.package_data import defaults
from podcast.util.toml_files import quoted

PLACEHOLDERS = {
    "title": "My Magazine",
    "author": "The editors",
    "email": "owner@example.org",
    "url": "https://example.org/feeds/",
}
"""What a new show says until its owner says better; `check` reminds of addresses on example.org."""

_TOML = """\
# The show. `podcast check` says what is still a placeholder.

title = {title}
author = {author}
email = {email}
description = {description}
language = "en"

# Spelt as in Apple's list.
category = "News"
subcategory = "Daily News"

# The public address of feeds/, and of the magazine's own site.
url = {url}
link = {link}

# Set once, kept for ever: apps know the show by it.
guid = {guid}

# Who reads posts that name neither editor nor reporter.
presenter = {author}

# Where the dated posts are: "_posts" in a Jekyll blog.
posts = "posts"

# When an edition without a time of its own counts as published.
timezone = "UTC"
time = 06:00:00

# How often an episode comes, as RFC 5545 says it.
frequency = "FREQ=DAILY"

# What else a feed can say and do; docs/settings.md tells of each.
# numbering = "year"
# episode_art = true
# opus = true
# include = "{{% include podcast.html %}}"
# funding = "https://..."
# license = "cc-by-4.0"
# location = "Lisbon"
# podroll = ["podcast:guid of a show that you recommend"]
# hub = "https://pubsubhubbub.appspot.com/"

# People's own pages, by name.
[people]
"""

_WORKFLOW = """\
# Makes the day's episode every morning, checks it, and commits what is new. Let GitHub Pages serve the
# branch: the feed is then at https://OWNER.github.io/REPOSITORY/feeds/feed.xml. Or set `store` in
# podcast.toml to a bucket, and give its credentials as this repository's secrets.
name: podcast
on:
  schedule:
    - cron: "0 6 * * *"
  workflow_dispatch:
permissions:
  contents: write
concurrency: podcast
jobs:
  episode:
    runs-on: ubuntu-latest
    env:
      AWS_ACCESS_KEY_ID: ${{ secrets.AWS_ACCESS_KEY_ID }}
      AWS_SECRET_ACCESS_KEY: ${{ secrets.AWS_SECRET_ACCESS_KEY }}
      AWS_DEFAULT_REGION: ${{ vars.AWS_DEFAULT_REGION || 'us-east-1' }}
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-python@v5
        with:
          python-version: "3.12"
      - uses: actions/cache@v4
        with:
          path: .podcast
          key: takes-${{ github.run_id }}
          restore-keys: takes-
      - run: pip install 'presscast[local,s3]'
      - run: podcast make --date today
      - run: podcast check --date today
      - run: |
          git config user.name podcast
          git config user.email podcast@users.noreply.github.com
          git add --all
          git diff --cached --quiet || git commit -m "Episode of $(date -u +%F)"
          git push
"""

_IGNORE = """\
.podcast/
"""


def init_show(folder: Path, *, title: str, author: str, email: str, url: str) -> list[Path]:
    """Write the files of a new show into `folder`; files that exist are left as they are.

    Returns the paths written. Raises ConfigError, with nothing written, when a value cannot be.
    """
    url = url if url.endswith("/") else f"{url}/"
    link = url.removesuffix("feeds/")
    toml = _TOML.format(
        title=quoted(title),
        author=quoted(author),
        email=quoted(email),
        description=quoted(f"{title}, the magazine, as a podcast."),
        url=quoted(url),
        link=quoted(link),
        guid=quoted(feed_guid(f"{url}feed.xml")),
    )
    written = []
    if not (path := folder / FILE).exists():
        write_atomic(path, toml)
        try:
            load_show(folder)
        except ConfigError:
            path.unlink()
            raise
        written.append(path)
    for name in ("posts", "scripts", "feeds"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    for name in ("voices", "assets"):
        for source in sorted(defaults(name).iterdir()):
            if source.is_file() and source.name not in _NOT_COPIED:
                written += _copied(source, folder / name / source.name)
    if not (cover := folder / "assets" / "cover.jpg").exists():
        draw_cover(title, author, cover)
        written.append(cover)
    texts = {folder / ".github" / "workflows" / "podcast.yml": _WORKFLOW, folder / ".gitignore": _IGNORE}
    if not (folder / "_config.yml").exists():
        # Else GitHub Pages has Jekyll build the branch, which stumbles over Liquid in the posts.
        texts[folder / ".nojekyll"] = ""
    for path, text in texts.items():
        if not path.exists():
            write_atomic(path, text)
            written.append(path)
    return written


_NOT_COPIED = {"cast.toml", "cover.jpg", "make_stings.py"}
"""Files of presscast's own show among the defaults."""


def _copied(source: Path, target: Path) -> list[Path]:
    if target.exists():
        return []
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)
    return [target]

"""The files of a new show."""

from __future__ import annotations

import datetime as dt
import shutil
from dataclasses import dataclass
from pathlib import Path

from podcast.config import FILE, UNTIL_ADDRESS, feed_guid, load_show, new_guid
from podcast.errors import ConfigError, PublishError
from podcast.init.blog_settings import Blog
from podcast.init.install_source import FILL_IN
from podcast.init.jekyll_exclude import exclude_from_site
from podcast.init.workflow import find_repository, workflow_path, write_workflow
from podcast.publish.cover import draw_cover, find_cover
from podcast.util.files import write_atomic
from podcast.util.package_data import defaults
from podcast.util.toml_files import quoted

# Settings of a new show until its owner says better; `check` reminds of addresses on
# example.org.
PLACEHOLDERS = {
    "title": "My Magazine",
    "author": "The editors",
    "email": "owner@example.org",
    "url": "https://example.org/feeds/",
    "presenter": "Robin Vale",
}

# Files of presscast's own show among the defaults.
_NOT_COPIED = {"cast.toml", "cover.jpg", "make_stings.py"}

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
guid = {guid}{until_address}

# Who reads posts that name neither editor nor reporter.
presenter = {presenter}

# Where the dated posts are: "_posts" in a Jekyll blog.
posts = {posts}
{post_url}
# When an edition without a time of its own counts as published.
timezone = "UTC"
time = 06:00:00

# For how many days a take that no episode uses is kept in .podcast/.
keep_takes = 30

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

_NO_POST_URL = """
# A post's public address, so that episodes link to their posts: {year} {month} {day} {slug} are
# filled in.
# post_url = "https://example.org/{year}/{month}/{day}/{slug}.html"
"""

_SAMPLE_POST = """\
---
title: "Two Small Stories to Begin With"
subtitle: "A kettle that waits, and a path that moved"
date: {date}
---

# Kettle Learns to Wait for Its Owner
_Summarized by: Mara Linde_ [[kitchen.example.org](https://kitchen.example.org/kettle)]

A workshop in Brookfield has built a kettle that keeps water just below boiling until somebody
is in the room. It uses 40% less power than one that is boiled twice. The makers say that it
cannot yet tell a person from a large dog.

# Footpath Moves Nine Metres Overnight
_Summarized by: Oskar Finch_ [[coast.example.org](https://coast.example.org/path)]

A landslip at Tern Head carried 9 m of footpath down to the beach, with its bench and its
signpost still standing. The council will open a new path on the landward side by May. Nobody
was hurt.

### Technical details

**The Staff**

Editor: {presenter}

Warm and brief. Asks what a story means for the people in it.

Reporter: Mara Linde

Practical; likes things that can be taken apart.

Reporter: Oskar Finch

Patient, and fond of weather.
"""

_IGNORE = ".podcast/\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewShow:
    """Settings of a new show, from its owner or from the blog."""

    title: str
    author: str
    email: str
    url: str
    """The public address of `feeds/`."""
    presenter: str
    link: str = ""
    """The site's address; empty: `url` without `feeds/`."""
    description: str = ""
    posts: str = "posts"
    post_url: str = ""


def init_show(
    folder: Path,
    new: NewShow,
    today: dt.date,
    *,
    blog: Blog | None = None,
    pages: str = "branch",
) -> tuple[list[Path], list[str]]:
    """Write the files of a new show into `folder`; files that exist are left as they are.

    `pages` is how GitHub Pages gets the files: from the `branch`, or by its `action`. Returns
    the paths written, and what the owner has to do by hand. Raises ConfigError, with nothing
    written, when a value cannot be.
    """
    written = _write_settings(folder, new)
    for name in (new.posts, "scripts", "feeds"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    written += _copy_defaults(folder)
    if not _has_cover(folder / "assets"):
        draw_cover(new.title, cover := folder / "assets" / "cover.jpg")
        written.append(cover)

    repository = find_repository(folder)
    texts = {
        workflow_path(repository, folder): write_workflow(repository, folder, pages=pages),
        folder / ".gitignore": _IGNORE,
    }
    if blog is None:
        # Else GitHub Pages has Jekyll build the branch, which stumbles over Liquid in the
        # posts.
        texts[repository / ".nojekyll"] = ""
        if not any((folder / new.posts).iterdir()):
            yesterday = today - dt.timedelta(days=1)
            sample = _SAMPLE_POST.format(date=yesterday, presenter=new.presenter)
            texts[folder / new.posts / f"{yesterday}-two-small-stories.md"] = sample
    for path, text in texts.items():
        if not path.exists():
            write_atomic(path, text)
            written.append(path)

    return written, [*_list_remarks(new, blog), *_fill_in(workflow_path(repository, folder))]


def _copy_defaults(folder: Path) -> list[Path]:
    """Copy the voices and assets that come with presscast; the paths written."""
    written: list[Path] = []
    for name in ("voices", "assets"):
        for source in sorted(defaults(name).iterdir()):
            if source.is_file() and source.name not in _NOT_COPIED:
                written += _copy_file(source, folder / name / source.name)
    return written


def _write_settings(folder: Path, new: NewShow) -> list[Path]:
    path = folder / FILE
    if path.exists():
        return []

    url = f"{new.url.removesuffix('/')}/"
    # A guid is made of the feed's address; as long as that is unknown, of chance.
    guid, until_address = feed_guid(f"{url}feed.xml"), ""
    if new.url == PLACEHOLDERS["url"]:
        guid, until_address = new_guid(), f"  {UNTIL_ADDRESS}"
    post_url = _NO_POST_URL
    if new.post_url:
        post_url = f"\n# A post's public address.\npost_url = {quoted(new.post_url)}\n"

    text = _TOML.format(
        title=quoted(new.title),
        author=quoted(new.author),
        email=quoted(new.email),
        description=quoted(new.description or f"{new.title}, the magazine, as a podcast."),
        url=quoted(url),
        link=quoted(new.link or url.removesuffix("feeds/")),
        guid=quoted(guid),
        until_address=until_address,
        presenter=quoted(new.presenter),
        posts=quoted(new.posts),
        post_url=post_url,
    )
    write_atomic(path, text)
    try:
        load_show(folder)
    except ConfigError:
        path.unlink()
        raise
    return [path]


def _list_remarks(new: NewShow, blog: Blog | None) -> list[str]:
    """Changes in the blog, and what its owner has to do for it."""
    if blog is None:
        return []
    if blog.generator == "Jekyll":
        return [exclude_from_site(blog.settings_file)]

    remarks = []
    if blog.generator == "Hugo":
        remarks.append(
            "Hugo publishes feeds/ when hugo.toml mounts it: [[module.mounts]] "
            "source = 'feeds', target = 'static/feeds'; and 'static' likewise"
        )
    else:
        remarks.append(
            "Pelican publishes feeds/ with STATIC_PATHS = ['feeds'] where PATH is '.'"
        )
    if not new.post_url:
        remarks.append(
            f"{blog.settings_file.name} does not tell a post's address by its file name: "
            "set post_url in podcast.toml for episodes to link to their posts"
        )
    return remarks


def _fill_in(workflow: Path) -> list[str]:
    if workflow.is_file() and FILL_IN in workflow.read_text(encoding="utf-8"):
        return [f"{workflow}: write where presscast comes from in place of {FILL_IN}"]
    return []


def _has_cover(assets: Path) -> bool:
    """Tell whether a cover is there that directories take.

    Beside another one, such as a WebP, one is drawn.
    """
    try:
        return find_cover(assets) is not None
    except PublishError:
        return False


def _copy_file(source: Path, target: Path) -> list[Path]:
    if target.exists():
        return []
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)
    return [target]

"""Commands about the show as a whole: init, feed, check, serve, embed, doctor."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

from podcast.cli.init_questions import ask_about_show
from podcast.cli.options import (
    answer,
    date_option,
    json_option,
    now,
    post_option,
    require_one,
    show_option,
    warn_of_placeholders,
)
from podcast.config import load_show, settle_guid
from podcast.errors import CheckError, PodcastError
from podcast.model import Show

if TYPE_CHECKING:
    from podcast.check import Fault
    from podcast.doctor import Finding
    from podcast.write.fact_check import ScriptFault


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option("--title", help="The show's title.")
@click.option("--author", help="Who makes it.")
@click.option("--email", help="Where directories write to, to verify that the show is yours.")
@click.option("--url", help="The public address that feeds/ will have.")
@click.option("--presenter", help="Who presents: a name that is spoken in every episode.")
@click.option(
    "--pages",
    type=click.Choice(["branch", "action"]),
    default="branch",
    show_default=True,
    help="How GitHub Pages gets the files in the workflow: from the branch, "
    "or by its own action.",
)
@json_option
def init(folder: Path, pages: str, as_json: bool, **given: str | None) -> None:
    """Start a new show in FOLDER.

    In the folder of a Jekyll, Hugo or Pelican blog, its settings give title, author, address
    and posts. What is not given is asked for on a terminal; elsewhere it becomes a placeholder
    that `podcast check` reminds of. Files that exist are left as they are.

    \b
    Examples:
      podcast init myshow
      podcast init . --title "Small Hours" --author "Ines Okafor" \\
        --email desk@smallhours.example --url https://smallhours.example/feeds/
    """
    from podcast.init import NewShow, find_blog, init_show

    blog = find_blog(folder)
    if blog:
        click.echo(f"podcast: {blog.settings_file}: a blog of {blog.generator}", err=True)
    values = ask_about_show(given, blog)
    new = NewShow(**values)
    if blog:
        new = dataclasses.replace(
            new,
            link=blog.link,
            description=blog.description,
            posts=blog.posts,
            post_url=blog.post_url,
        )

    written, remarks = init_show(folder, new, now().date(), blog=blog, pages=pages)
    if as_json:
        answer({"written": written, "remarks": remarks})
        return
    for path in written:
        click.echo(path)
    for remark in remarks:
        click.echo(f"podcast: {remark}", err=True)
    shown = ""
    if folder.resolve() != Path.cwd():
        shown = f" --show {folder}"
    click.echo(f"podcast: next: podcast make --new{shown}", err=True)


@click.command()
@show_option
@click.option(
    "--audio-from", metavar="ADDRESS", default="", help="Bring the audio along from there."
)
@click.option(
    "--remove-old-audio",
    is_flag=True,
    help="Remove the audio from where it was before it moved.",
)
@json_option
def feed(folder: Path, audio_from: str, remove_old_audio: bool, as_json: bool) -> None:
    """Rebuild the feed and all pages from the episodes' records.

    When `audio_store` is set, the audio is copied there before the feed names it; what is at
    the old place stays until you say otherwise.

    \b
    Examples:
      podcast feed --show myshow
      podcast feed --audio-from s3://old/audio
      podcast feed --remove-old-audio
    """
    from podcast.make import rebuild_feed, remove_expired_audio

    show = settle_guid(load_show(folder))
    episodes = rebuild_feed(show, audio_from, removes_old_audio=remove_old_audio)
    remove_expired_audio(show, now())
    if as_json:
        answer({"episodes": episodes, "feed": f"{show.url}feed.xml"})
    else:
        click.echo(f"{episodes} episodes in the feed")


@click.command()
@show_option
@date_option
@post_option
@click.option(
    "--script", "of_script", is_flag=True, help="Hold an edition's script against its post."
)
@click.option(
    "--public", is_flag=True, help="Ask the published addresses too, over the network."
)
@json_option
def check(
    folder: Path,
    date: dt.date | None,
    post: Path | None,
    of_script: bool,
    public: bool,
    as_json: bool,
) -> None:
    """Prove that what is published is right; say what is not, and exit with 1.

    All files are held against what the episodes' records, the settings and the assets give.
    With --public, the published addresses are asked: HEAD, ranges, types, CORS, redirects,
    certificate.

    With --script: find the sentences of an edition's script that its post does not support,
    before anything is paid for speaking them.

    \b
    Examples:
      podcast check
      podcast check --date 2024-05-22
      podcast check --public
      podcast check --script --date 2024-05-22
    """
    from podcast.check import check_addresses, check_show

    if of_script:
        _check_script(load_show(folder), date, post, as_json)
        return
    if post is not None:
        raise click.UsageError("--post goes with --script")
    show = load_show(folder)
    faults = check_show(show, date, now())
    if public:
        faults += check_addresses(show, now())
    _answer_faults(faults, as_json)

    errors = [fault for fault in faults if fault.severity == "error"]
    if errors:
        raise CheckError(f"{len(errors)} faults in what is published")
    if not as_json:
        click.echo("all that is published is right")


def _answer_faults(faults: Sequence[Fault], as_json: bool) -> None:
    """Print the faults, a line each, or all of them for a program."""
    if as_json:
        keys = ("file", "what", "rule", "severity")
        answer([{key: getattr(fault, key) for key in keys} for fault in faults])
        return
    for fault in faults:
        line = f"{fault.severity}: {fault.file}: {fault.what}"
        if fault.rule:
            line = f"{line} ({fault.rule})"
        click.echo(line)


def _check_script(show: Show, date: dt.date | None, post: Path | None, as_json: bool) -> None:
    """Print what a script says and its post does not.

    Raises CheckError where there is anything.
    """
    from podcast.make import check_saved_script, read_edition

    edition = read_edition(show, require_one(date, post, "edition"))
    path, faults = check_saved_script(show, edition)

    if as_json:
        answer([_fault_facts(path, fault) for fault in faults])
    else:
        _say_script_faults(path, faults)

    if faults:
        raise CheckError(
            f"{len(faults)} statements of {path.name} are not supported by its post"
        )
    if not as_json:
        click.echo(f"{path}: nothing in it is known to be untrue")


def _say_script_faults(path: Path, faults: Sequence[ScriptFault]) -> None:
    for fault in faults:
        click.echo(f"{path}:{fault.line}: {fault.speaker}: {fault.finding.sentence}")
        click.echo(f"  {fault.finding.kind}: {fault.finding.what}")
        if fault.finding.source:
            click.echo(f"  source: {fault.finding.source}")


def _fault_facts(path: Path, fault: ScriptFault) -> dict[str, object]:
    return {
        "file": str(path),
        "line": fault.line,
        "chapter": fault.chapter,
        "speaker": fault.speaker,
        "sentence": fault.finding.sentence,
        "kind": fault.finding.kind,
        "what": fault.finding.what,
        "source": fault.finding.source,
    }


@click.command()
@show_option
@click.option(
    "--host",
    default="0.0.0.0",  # noqa: S104 - a phone in the same network is to reach it.
    show_default=True,
    help="The address to listen on.",
)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535))
def serve(folder: Path, host: str, port: int) -> None:
    """Serve the published folder over HTTP, for a look on a phone in the same network.

    For previews: it has no encryption and no access control.

    \b
    Examples:
      podcast serve
      podcast serve --host 127.0.0.1 --port 8080
    """
    from podcast.serve import announce, serve_folder
    from podcast.util.extras import needs_extra

    show = load_show(folder)
    if show.store.address:
        raise PodcastError(
            f"this show publishes to {show.store.address}; only a folder can be served"
        )
    with needs_extra("serve", "podcast serve"):
        server = serve_folder(show.feeds, host, port)
    with server:
        click.echo(announce(server))
        with suppress(KeyboardInterrupt):
            server.wait()


@click.command()
@show_option
@date_option
@post_option
@click.option(
    "--kind",
    type=click.Choice(["html", "plain", "jekyll", "hugo", "pelican"]),
    default="html",
    show_default=True,
    help="An iframe, plain HTML that needs none, or a snippet for a theme.",
)
@json_option
def embed(
    folder: Path, date: dt.date | None, post: Path | None, kind: str, as_json: bool
) -> None:
    """Print the snippet that puts an episode's player into a page.

    \b
    Examples:
      podcast embed --date 2024-05-22
      podcast embed --kind jekyll > _includes/podcast.html
      podcast embed --kind hugo > layouts/partials/podcast.html
    """
    from podcast.make import render_embed

    # A theme's snippet asks the theme for its post.
    if kind in ("html", "plain"):
        require_one(date, post, "episode")
    show = load_show(folder)
    snippet = render_embed(show, date, post, kind)
    if as_json:
        answer({"kind": kind, "snippet": snippet})
    else:
        click.echo(snippet)
    warn_of_placeholders(show)


@click.command()
@show_option
@date_option
@post_option
@click.option(
    "--out", type=click.Path(path_type=Path, dir_okay=False), help="Write it to this file."
)
@json_option
def report(
    folder: Path, date: dt.date | None, post: Path | None, out: Path | None, as_json: bool
) -> None:
    """Print an episode's production report: level, voices,
    pace, retakes, cost, chapters; one HTML page.

    \b
    Example:
      podcast report --date 2024-05-22 --out report.html
    """
    from podcast.make import render_report
    from podcast.util.files import write_atomic

    require_one(date, post, "episode")
    page = render_report(load_show(folder), date, post)
    if out:
        write_atomic(out, page)
    if as_json:
        answer({"file": out} if out else {"page": page})
    else:
        click.echo(out or page)


@click.command()
@show_option
@json_option
def doctor(folder: Path, as_json: bool) -> None:
    """Say what is installed and what is missing, with the remedy for each fault.

    \b
    Example:
      podcast doctor
    """
    from podcast.doctor import examine

    findings = examine(folder, now().date())
    if as_json:
        keys = ("what", "good", "found", "remedy")
        answer([{key: getattr(finding, key) for key in keys} for finding in findings])
    else:
        for finding in findings:
            _say_finding(finding)

    if not all(finding.good or not finding.needed for finding in findings):
        raise PodcastError("the show cannot be made here as it is")


def _say_finding(finding: Finding) -> None:
    mark = "no"
    if finding.good:
        mark = "ok"
    line = f"{mark:<4}{finding.what}: {finding.found}"
    if finding.remedy:
        line = f"{line}. {finding.remedy}"
    click.echo(line)

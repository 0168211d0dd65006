"""What is said and who says it: a saved script as it stands,
or a new one; and the cast of either."""

from __future__ import annotations

import dataclasses
import logging
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from podcast.errors import ScriptError, WriteError
from podcast.make.replaced_episode import earlier_episode
from podcast.make.show_paths import (
    cast_path,
    load_people,
    load_pool,
    posts_path,
    script_path,
    spoken_disclosure,
)
from podcast.model import Cast, Edition, Person, Script, Show, Usd
from podcast.publish import load_episodes
from podcast.read.post_hashes import describe_changes, describe_moves, hash_post
from podcast.registry import open_store
from podcast.speak.casting import cast, save_cast
from podcast.util.files import write_atomic
from podcast.write import Writer, compose_script
from podcast.write.edition_format import choose_format
from podcast.write.fact_check import ScriptFault, check_script
from podcast.write.fallback_note import waits_for_model
from podcast.write.script_file import check_speakers, load, render
from podcast.write.script_origin import with_origin
from podcast.write.spoken_disclosure import add_disclosure, without_disclosure

log = logging.getLogger(__name__)

EARLIER = 14
"""How many earlier scripts a new one is to differ from."""
_DATED = re.compile(r"\d{4}-\d\d-\d\d[^.]*\.md")
"""The name of a script; one that was replaced has a number before its end."""


def written(
    show: Show, edition: Edition, writer: Writer, rewrite: bool, keep: bool = False
) -> tuple[Script, Cast, tuple[str, ...]]:
    """The script, saved; who speaks in it, remembered; and who of them is new."""
    known = load_people(show)
    found = saved(show, edition, known, writer, rewrite=rewrite, keep=keep)
    script, cast_ = found or (None, new_cast(show, edition, known, writer))
    hashes = hash_post(edition, show.edition.include)
    own = script_path(show, edition)
    if script and (path := _find(show, edition)) and path != own:
        path.rename(own)
    if script is None:
        composed = compose_script(edition, cast_, writer, show, earlier_scripts(show, edition))
        composed = add_disclosure(
            composed,
            spoken_disclosure(show),
            cast_.presenter,
            is_essay=choose_format(edition, show.writer.format) == "essay",
        )
        script = dataclasses.replace(composed, sources=hashes)
        _save_script(show, edition, script, keep_old=rewrite)
    elif hashes and script.sources != hashes:
        write_atomic(own, with_origin(own.read_bytes().decode(), hashes))
        script = dataclasses.replace(script, sources=hashes)
    return script, cast_, _remember(show, cast_, known)


def assigned(
    show: Show, edition: Edition, writer: Writer, rewrite: bool, keep: bool = False
) -> tuple[tuple[str, ...], bool]:
    """Give voices to who is new, and write the script where that costs nothing.

    Returns who is new, and whether the script is written. Editions that are made side by side
    are each assigned first, in the order of their dates: neither who sounds how nor what is
    said depends then on which of them is ready first.
    """
    known = load_people(show)
    found = saved(show, edition, known, writer, rewrite=rewrite, keep=keep)
    if found:
        return _remember(show, found[1], known), False

    cast_ = new_cast(show, edition, known, writer)
    if writer.price(edition, cast_, show) != Usd(0.0):
        return _remember(show, cast_, known), False
    _, _, new = written(show, edition, writer, rewrite, keep)
    return new, True


def earlier_scripts(show: Show, edition: Edition) -> list[Script]:
    """The show's scripts of the days before the edition, the latest ones, the oldest first."""
    folder = script_path(show, edition).parent
    dated = [path for path in folder.glob("*.md") if _DATED.fullmatch(path.name)]
    before = sorted(path for path in dated if path.name[:10] < edition.date.isoformat())
    scripts: list[Script] = []
    for path in before[-EARLIER:]:
        try:
            scripts.append(load(path))
        except ScriptError:
            continue  # What is wrong with another day's script is said when that day is made.
    return scripts


def _remember(show: Show, cast_: Cast, known: Mapping[str, str]) -> tuple[str, ...]:
    new = new_voices(cast_, known)
    if new:
        save_cast(cast_path(show), {name: cast_.voices[name].id for name in new})
    return new


def saved(
    show: Show,
    edition: Edition,
    known: Mapping[str, str],
    writer: Writer,
    *,
    rewrite: bool,
    keep: bool,
) -> tuple[Script, Cast] | None:
    """The saved script and the cast of those who speak in it; None when a new one is to be written.

    Raises ScriptError when the post has changed, and only the owner can say what to do.
    """
    path = None if rewrite else _find(show, edition)
    if path is None:
        return None

    script = load(path)
    changes = "" if keep else _find_changes(show, edition, script)
    if changes:
        _require_free_rewrite(show, edition, script, writer, path, changes)
        return None

    if not keep and _should_ask_again(show, edition, script, writer, path):
        return None
    return script, cast_of(show, edition, known, script, path)


def _should_ask_again(
    show: Show, edition: Edition, script: Script, writer: Writer, path: Path
) -> bool:
    """Whether a model may now write what an outage kept it from, and nobody has heard yet.

    An episode that is published stays as it was heard, until the owner says otherwise.
    """
    if writer.name == script.writer or not waits_for_model(script):
        return False

    episodes = load_episodes(open_store(show), edition.date)
    if earlier_episode(posts_path(show), edition, episodes) is None:
        return True
    log.warning("%s: the offline writer wrote it. Have a model write it: --rewrite", path)
    return False


def cast_of(
    show: Show, edition: Edition, known: Mapping[str, str], script: Script, path: Path
) -> Cast:
    """Who has which voice in a script that is saved as `path`.

    Raises ScriptError for an unknown speaker.
    """
    staff = [person.name for person in edition.staff]
    check_speakers(script, path, {*known, *staff, *_tellers(show.edition.presenter, edition)})

    speakers = dict.fromkeys(turn.speaker for turn in script.turns)
    return cast(
        _people(edition, speakers),
        load_pool(show),
        known,
        _presenter(show.edition.presenter, edition),
    )


def _find_changes(show: Show, edition: Edition, script: Script) -> str:
    """Say what changed in the post since the script was written; empty when nothing did.

    A script that does not say what it was written from is held against the record of its
    episode, which knows the titles of its stories. Without a record, it is taken for one of
    this very post.
    """
    hashes = hash_post(edition, show.edition.include)
    if hashes is None:
        return ""
    if script.sources:
        return (
            describe_changes(script.sources, hashes)
            if script.sources.whole != hashes.whole
            else ""
        )

    earlier = earlier_episode(
        posts_path(show), edition, load_episodes(open_store(show), edition.date)
    )
    if earlier is None:
        return ""
    old_titles = [_letters(note.title) for note in earlier.notes]
    new_titles = [_letters(story.title) for story in edition.stories]
    return describe_moves(old_titles, new_titles, "title") if old_titles != new_titles else ""


def _require_free_rewrite(
    show: Show, edition: Edition, script: Script, writer: Writer, path: Path, changes: str
) -> None:
    """Raise ScriptError unless the script is as it was written,
    and writing it anew costs nothing."""
    remedy = "Take the post's new text with --rewrite, or speak the script as it is with --keep-script"
    if script.sources is None or script.edited:
        whose = "this edited script" if script.sources else "this script"
        raise ScriptError(path, None, f"the post of {whose} has changed ({changes})", remedy)

    cost = writer.price(edition, new_cast(show, edition, load_people(show)), show)
    if cost is None or cost or script.cost:
        what = f"its post has changed ({changes}), and writing it anew costs money"
        raise ScriptError(path, None, what, remedy)


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text)).casefold()


def new_cast(
    show: Show, edition: Edition, known: Mapping[str, str], writer: Writer | None = None
) -> Cast:
    """Who has which voice in a new script; `writer` may choose for people who have none yet."""
    tellers = _tellers(show.edition.presenter, edition)
    if choose_format(edition, show.writer.format) == "conversation" and len(tellers) == 1:
        tellers.append(_second_host(tellers[0], (show.writer.cohost, show.edition.presenter)))
    pool, people = load_pool(show), _people(edition, tellers)
    new = [person for person in people if person.name not in known]
    free = {
        id_: voice
        for id_, voice in pool.items()
        if id_ not in {known.get(p.name) for p in people}
    }
    chosen = writer.choose_voices(new, free, show) if writer and new else {}
    return cast(people, pool, {**chosen, **known}, _presenter(show.edition.presenter, edition))


def check_saved_script(show: Show, edition: Edition) -> tuple[Path, tuple[ScriptFault, ...]]:
    """Hold the edition's saved script against its post.
    Raises WriteError when there is none."""
    path = _find(show, edition)
    if path is None:
        raise WriteError(f"{edition.slug} has no script. Write one with podcast script")
    script = without_disclosure(load(path), spoken_disclosure(show))
    names = (show.title, *load_people(show))
    return path, check_script(script, edition, names, earlier_scripts(show, edition))


def new_voices(cast_: Cast, known: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(name for name in cast_.voices if name not in known)


def _find(show: Show, edition: Edition) -> Path | None:
    """The edition's script: under the name of its post,
    or under the one that its post had before."""
    path = script_path(show, edition)
    if path.exists():
        return path
    if not list(path.parent.glob(f"{edition.date}-*.md")):
        return None
    earlier = earlier_episode(
        posts_path(show), edition, load_episodes(open_store(show), edition.date)
    )
    return old if earlier and (old := script_path(show, earlier)).exists() else None


def _save_script(show: Show, edition: Edition, script: Script, *, keep_old: bool) -> None:
    """Save a new script; with `keep_old` the one that it replaces stays beside it under the next free number.

    One that nobody edited, and that was written anew by itself, needs not be kept.
    """
    path = script_path(show, edition)
    if keep_old and path.exists():
        number = 1
        while (old := path.with_suffix(f".{number}.md")).exists():
            number += 1
        write_atomic(old, path.read_bytes())
    write_atomic(path, render(script))


def _presenter(presenter: str, edition: Edition) -> str:
    return edition.editor.name if edition.editor else presenter


def _tellers(presenter: str, edition: Edition) -> list[str]:
    """The presenter, and everyone who signs a story."""
    names = [
        _presenter(presenter, edition),
        *(story.reporter for story in edition.stories if story.reporter),
    ]
    return list(dict.fromkeys(names))


def _second_host(first: str, candidates: Iterable[str]) -> str:
    """Who talks with the only person of an edition."""
    return next((name for name in candidates if name and name != first), "The co-host")


def _people(edition: Edition, names: Iterable[str]) -> list[Person]:
    staff = {person.name: person for person in edition.staff}
    return [staff.get(name, Person(name)) for name in names]

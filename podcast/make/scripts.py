"""The script of an edition and its cast: the one that is saved, or a new one."""

from __future__ import annotations

import dataclasses
import logging
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from podcast.errors import ScriptError, WriteError
from podcast.make.crew import USUAL_RULES, MakingRules
from podcast.make.replaced_episode import find_replaced_episode
from podcast.make.show_paths import (
    cast_path,
    load_people,
    load_pool,
    posts_path,
    script_path,
    spoken_disclosure,
)
from podcast.model import Cast, Edition, Episode, Person, Script, Show, Usd, Voice
from podcast.publish import load_episodes
from podcast.read.post_hashes import describe_changes, describe_moves, hash_post
from podcast.registry import open_store
from podcast.speak.casting import assign_cast, save_cast
from podcast.util.files import write_atomic
from podcast.write import Writer, compose_script
from podcast.write.edition_format import choose_format
from podcast.write.fact_check import ScriptFault, check_script
from podcast.write.fallback_note import waits_for_model
from podcast.write.script_file import check_speakers, load, render
from podcast.write.script_origin import with_origin
from podcast.write.spoken_disclosure import add_disclosure, without_disclosure

log = logging.getLogger(__name__)

# How many earlier scripts a new one is to differ from.
MOST_EARLIER_SCRIPTS = 14

# The name of a script; one that was replaced has a number before its end.
_SCRIPT_NAME = re.compile(r"\d{4}-\d\d-\d\d[^.]*\.md")


@dataclass(frozen=True, slots=True)
class ReadyScript:
    """A script that is saved, and who speaks in it."""

    script: Script
    cast: Cast
    new_voices: tuple[str, ...]
    """People who were given a voice for it."""


def provide_script(
    show: Show, edition: Edition, writer: Writer, rules: MakingRules = USUAL_RULES
) -> ReadyScript:
    """Find the edition's script or write one; save it, and who has which voice in it.

    Raises PodcastError.
    """
    voice_ids = load_people(show)
    saved = find_saved_script(show, edition, voice_ids, writer, rules)
    if saved is not None:
        script = _bring_up_to_date(show, edition, saved[0])
        return ReadyScript(script, saved[1], _remember_voices(show, saved[1], voice_ids))

    cast = choose_cast(show, edition, voice_ids, writer)
    composed = compose_script(edition, cast, writer, show, load_earlier_scripts(show, edition))
    composed = disclose_voices(show, edition, composed, cast)
    script = dataclasses.replace(composed, sources=hash_post(edition, show.edition.include))
    _save_new_script(show, edition, script, keep_old=rules.rewrite)
    return ReadyScript(script, cast, _remember_voices(show, cast, voice_ids))


def _bring_up_to_date(show: Show, edition: Edition, script: Script) -> Script:
    """Give a saved script the name and the hashes that its post has now."""
    path = script_path(show, edition)
    saved_path = _find_script(show, edition)
    if saved_path and saved_path != path:
        saved_path.rename(path)

    hashes = hash_post(edition, show.edition.include)
    if not hashes or script.sources == hashes:
        return script
    write_atomic(path, with_origin(path.read_bytes().decode(), hashes))
    return dataclasses.replace(script, sources=hashes)


def disclose_voices(show: Show, edition: Edition, script: Script, cast: Cast) -> Script:
    """Add the show's line that the voices are synthetic, where it wants one."""
    is_essay = choose_format(edition, show.writer.format) == "essay"
    return add_disclosure(script, spoken_disclosure(show), cast.presenter, is_essay=is_essay)


def assign_voices(
    show: Show, edition: Edition, writer: Writer, rules: MakingRules
) -> tuple[tuple[str, ...], bool]:
    """Give voices to who is new, and write the script where that costs nothing.

    Returns who is new, and whether the script was written. Editions that are made side by side
    are each assigned first, in the order of their dates: neither who sounds how nor what is
    said depends then on which of them is ready first.
    """
    voice_ids = load_people(show)
    saved = find_saved_script(show, edition, voice_ids, writer, rules)
    if saved:
        return _remember_voices(show, saved[1], voice_ids), False

    cast = choose_cast(show, edition, voice_ids, writer)
    if writer.price(edition, cast, show) != Usd(0.0):
        return _remember_voices(show, cast, voice_ids), False
    return provide_script(show, edition, writer, rules).new_voices, True


def load_earlier_scripts(show: Show, edition: Edition) -> list[Script]:
    """Load the show's latest scripts from before the edition's day, the oldest first."""
    day = edition.date.isoformat()
    paths: list[Path] = []
    for path in script_path(show, edition).parent.glob("*.md"):
        if _SCRIPT_NAME.fullmatch(path.name) and path.name[:10] < day:
            paths.append(path)

    scripts: list[Script] = []
    for path in sorted(paths)[-MOST_EARLIER_SCRIPTS:]:
        try:
            scripts.append(load(path))
        except ScriptError:
            # What is wrong with another day's script is said when that day is made.
            continue
    return scripts


def find_saved_script(
    show: Show,
    edition: Edition,
    voice_ids: Mapping[str, str],
    writer: Writer,
    rules: MakingRules,
) -> tuple[Script, Cast] | None:
    """Find the saved script and its cast; None when a new script is to be written.

    Raises ScriptError when the post has changed, and only the owner can say what to do.
    """
    path = _find_script(show, edition)
    if path is None or rules.rewrite:
        return None

    script = load(path)
    if rules.keep_script:
        return script, choose_saved_cast(show, edition, voice_ids, script, path)

    changes = _find_changes(show, edition, script)
    if changes:
        _require_free_rewrite(show, edition, script, writer, path, changes)
        return None
    if _should_ask_again(show, edition, script, writer, path):
        return None
    return script, choose_saved_cast(show, edition, voice_ids, script, path)


def _should_ask_again(
    show: Show, edition: Edition, script: Script, writer: Writer, path: Path
) -> bool:
    """Tell whether a model may now write what an outage kept it from.

    An episode that is published stays as it was heard, until the owner says otherwise.
    """
    if writer.name == script.writer or not waits_for_model(script):
        return False
    if _find_published_episode(show, edition) is None:
        return True

    log.warning("%s: the offline writer wrote it. Have a model write it: --rewrite", path)
    return False


def choose_saved_cast(
    show: Show, edition: Edition, voice_ids: Mapping[str, str], script: Script, path: Path
) -> Cast:
    """Choose who has which voice in the script that is saved as `path`.

    Raises ScriptError for a speaker that nobody knows.
    """
    presenter = _choose_presenter(show.edition.presenter, edition)
    staff = {person.name for person in edition.staff}
    tellers = _list_tellers(presenter, edition)
    check_speakers(script, path, {*voice_ids, *staff, *tellers})

    speakers = dict.fromkeys(turn.speaker for turn in script.turns)
    people = _find_people(edition, speakers)
    return assign_cast(people, load_pool(show), voice_ids, presenter)


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
        if script.sources.whole == hashes.whole:
            return ""
        return describe_changes(script.sources, hashes)

    episode = _find_published_episode(show, edition)
    if episode is None:
        return ""
    old_titles = [_bare_letters(note.title) for note in episode.notes]
    new_titles = [_bare_letters(story.title) for story in edition.stories]
    if old_titles == new_titles:
        return ""
    return describe_moves(old_titles, new_titles, "title")


def _require_free_rewrite(
    show: Show, edition: Edition, script: Script, writer: Writer, path: Path, changes: str
) -> None:
    """Raise ScriptError unless writing it anew loses nobody's work and costs nothing."""
    remedy = (
        "Take the post's new text with --rewrite, "
        "or speak the script as it is with --keep-script"
    )
    if script.sources is None:
        what = f"the post of this script has changed ({changes})"
        raise ScriptError(path, None, what, remedy)
    if script.edited:
        what = f"the post of this edited script has changed ({changes})"
        raise ScriptError(path, None, what, remedy)

    cost = writer.price(edition, choose_cast(show, edition, load_people(show)), show)
    if cost is None or cost or script.cost:
        what = f"its post has changed ({changes}), and writing it anew costs money"
        raise ScriptError(path, None, what, remedy)


def _bare_letters(text: str) -> str:
    return "".join(filter(str.isalnum, text)).casefold()


def choose_cast(
    show: Show,
    edition: Edition,
    voice_ids: Mapping[str, str],
    writer: Writer | None = None,
) -> Cast:
    """Choose who has which voice in a new script.

    `writer` may choose for people who have none yet.
    """
    presenter = _choose_presenter(show.edition.presenter, edition)
    names = _list_tellers(presenter, edition)
    if choose_format(edition, show.writer.format) == "conversation" and len(names) == 1:
        hosts = (show.writer.cohost, show.edition.presenter)
        names.append(_choose_second_host(names[0], hosts))

    pool = load_pool(show)
    people = _find_people(edition, names)
    new_people = [person for person in people if person.name not in voice_ids]
    chosen: Mapping[str, str] = {}
    if writer and new_people:
        free_voices = _list_free_voices(pool, people, voice_ids)
        chosen = writer.choose_voices(new_people, free_voices, show)
    return assign_cast(people, pool, {**chosen, **voice_ids}, presenter)


def _list_free_voices(
    pool: Mapping[str, Voice], people: Iterable[Person], voice_ids: Mapping[str, str]
) -> dict[str, Voice]:
    """List the voices of the pool that none of the people has."""
    taken = {voice_ids.get(person.name) for person in people}
    return {voice_id: voice for voice_id, voice in pool.items() if voice_id not in taken}


def check_saved_script(show: Show, edition: Edition) -> tuple[Path, tuple[ScriptFault, ...]]:
    """Hold the edition's saved script against its post.

    Raises WriteError when there is none.
    """
    path = _find_script(show, edition)
    if path is None:
        raise WriteError(f"{edition.slug} has no script. Write one with podcast script")

    script = without_disclosure(load(path), spoken_disclosure(show))
    names = (show.title, *load_people(show))
    return path, check_script(script, edition, names, load_earlier_scripts(show, edition))


def list_new_voices(cast: Cast, voice_ids: Mapping[str, str]) -> tuple[str, ...]:
    """List the people of the cast who had no voice before."""
    return tuple(name for name in cast.voices if name not in voice_ids)


def _remember_voices(show: Show, cast: Cast, voice_ids: Mapping[str, str]) -> tuple[str, ...]:
    """Write the voices of new people into cast.toml; their names."""
    names = list_new_voices(cast, voice_ids)
    if names:
        save_cast(cast_path(show), {name: cast.voices[name].id for name in names})
    return names


def _find_script(show: Show, edition: Edition) -> Path | None:
    """Find the edition's script, also under the name that its post had before."""
    path = script_path(show, edition)
    if path.exists():
        return path
    # Records of a whole date are read only where one of them may lead to a script.
    if not list(path.parent.glob(f"{edition.date}-*.md")):
        return None

    episode = _find_published_episode(show, edition)
    if episode is None:
        return None
    old_path = script_path(show, episode)
    return old_path if old_path.exists() else None


def _find_published_episode(show: Show, edition: Edition) -> Episode | None:
    """Find the published episode that one of this edition would replace."""
    same_date = load_episodes(open_store(show), edition.date)
    return find_replaced_episode(posts_path(show), edition, same_date)


def _save_new_script(show: Show, edition: Edition, script: Script, *, keep_old: bool) -> None:
    """Save a script; with `keep_old`, the one that it replaces gets the next free number.

    One that nobody edited, and that was written anew by itself, needs not be kept.
    """
    path = script_path(show, edition)
    if keep_old and path.exists():
        number = 1
        while (old_path := path.with_suffix(f".{number}.md")).exists():
            number += 1
        write_atomic(old_path, path.read_bytes())
    write_atomic(path, render(script))


def _choose_presenter(presenter: str, edition: Edition) -> str:
    return edition.editor.name if edition.editor else presenter


def _list_tellers(presenter: str, edition: Edition) -> list[str]:
    """List the presenter and everyone who signs a story, each once."""
    names = [presenter]
    for story in edition.stories:
        if story.reporter and story.reporter not in names:
            names.append(story.reporter)
    return names


def _choose_second_host(first: str, candidates: Iterable[str]) -> str:
    """Choose who talks with the only person of an edition."""
    for name in candidates:
        if name and name != first:
            return name
    return "The co-host"


def _find_people(edition: Edition, names: Iterable[str]) -> list[Person]:
    staff = {person.name: person for person in edition.staff}
    return [staff.get(name, Person(name)) for name in names]

"""What is published, listed; and an episode taken back, or taken back no more."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from podcast.errors import PublishError
from podcast.make.audio_move import open_with_audio
from podcast.make.published_episode import choose_episode, require_single
from podcast.make.release import tell_hub
from podcast.make.show_paths import cover_of, work_folder
from podcast.model import DurationMs, Episode, Numbers, Show, Withdrawal
from podcast.publish import (
    UNDONE,
    load_episodes,
    load_withdrawals,
    remove_earlier_audio,
    undo_withdrawal,
    withdraw_episode,
)
from podcast.publish.audio_place import audio_address
from podcast.publish.episode_age import choose_kept
from podcast.publish.listed_number import find_number
from podcast.publish.websub import ping
from podcast.registry import open_source, open_store
from podcast.util.lock import only_run


@dataclass(frozen=True, slots=True)
class ListedEpisode:
    """An episode that is published, or was."""

    slug: str
    guid: str
    number: int
    """Under the show's numbering; 0 when it has none."""
    date: dt.date
    title: str
    duration: DurationMs
    """0 when it is not published."""
    bytes: int
    address: str
    """Of its audio; empty when it is not published."""
    state: Literal["published", "out of the feed", "not kept", "withdrawn", "to be made again"]


def list_episodes(show: Show) -> list[ListedEpisode]:
    """List what is published and what was withdrawn, newest first."""
    store = open_store(show)
    numbering = show.feed.numbering
    episodes = load_episodes(store)
    kept_slugs = {episode.slug for episode in choose_kept(show.store.keep, episodes)}
    listed: list[ListedEpisode] = []
    for episode in episodes:
        is_kept = episode.slug in kept_slugs
        listed.append(_list_published(show, episode, is_kept=is_kept))
    for withdrawal in load_withdrawals(store):
        listed.append(_list_withdrawn(numbering, withdrawal, "withdrawn"))
    for withdrawal in load_withdrawals(store, UNDONE):
        listed.append(_list_withdrawn(numbering, withdrawal, "to be made again"))
    return sorted(listed, key=lambda each: (each.date, each.slug), reverse=True)


def _list_published(show: Show, episode: Episode, *, is_kept: bool) -> ListedEpisode:
    address = ""
    if not episode.is_gone:
        address = audio_address(show.url, show.store.audio_url, episode.audio)
    return ListedEpisode(
        slug=episode.slug,
        guid=episode.guid,
        number=find_number(show.feed.numbering, episode)[1],
        date=episode.date,
        title=episode.title,
        duration=episode.duration,
        bytes=episode.bytes,
        address=address,
        state=_find_state(episode, is_kept=is_kept),
    )


def _find_state(
    episode: Episode, *, is_kept: bool
) -> Literal["published", "out of the feed", "not kept"]:
    if episode.is_gone:
        return "not kept"
    return "published" if is_kept else "out of the feed"


def _list_withdrawn(
    numbering: str, withdrawal: Withdrawal, state: Literal["withdrawn", "to be made again"]
) -> ListedEpisode:
    return ListedEpisode(
        slug=withdrawal.slug,
        guid=withdrawal.guid,
        number=_choose_number(numbering, withdrawal.numbers),
        date=withdrawal.date,
        title=withdrawal.title,
        duration=DurationMs(0),
        bytes=0,
        address="",
        state=state,
    )


def _choose_number(numbering: str, numbers: Numbers) -> int:
    return {"all": numbers.show, "year": numbers.year}.get(numbering, 0)


def withdraw(show: Show, date: dt.date | None, post: Path | None) -> Episode:
    """Take the episode of a date, or of a post, back for good. Raises PodcastError."""
    with only_run(work_folder(show), "a withdrawal"):
        # The feed that is written anew names a cover: one is drawn where there is none.
        cover_of(show)
        episode = choose_episode(show, date, post)
        withdraw_episode(show, open_with_audio(show), episode, post)
    tell_hub(show.feed.hub, show.url)
    return episode


def undo(show: Show, date: dt.date | None, post: Path | None) -> Withdrawal:
    """Let a withdrawn episode be made again; it is published by the next `make`.

    Raises PodcastError.
    """
    edition = open_source(show).read_file(post) if post else None
    day = edition.date if edition else date
    with only_run(work_folder(show), "a withdrawal"):
        store = open_store(show)
        withdrawals = [each for each in load_withdrawals(store) if each.date == day]
        if edition:
            withdrawals = [each for each in withdrawals if each.slug == edition.slug]
        if not withdrawals:
            what = f"no episode of {post or date} is withdrawn"
            raise PublishError(f"{what}. `podcast list` says what is")

        withdrawal = require_single(withdrawals, day)
        undo_withdrawal(store, withdrawal.slug)
    return withdrawal


def replace_now(show: Show, slug: str) -> None:
    """Take away at once the audio that an episode's own replaced. Raises PodcastError."""
    with only_run(work_folder(show), "a replacement"):
        remove_earlier_audio(show, open_store(show), slug)


def ping_hub(hub: str, url: str) -> None:
    """Tell the show's hub that its feed has changed.

    Raises PublishError when it does not listen.
    """
    if not hub:
        raise PublishError('the show names no hub. Set one: hub = "https://..."')
    ping(hub, f"{url}feed.xml")

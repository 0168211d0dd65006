"""A written edition becomes a published episode: composes the stages and owns their order.

crew               who makes an episode, and by which rules
show_paths         where things are in a show's folder, and what is loaded from there
preparation        before: the script and who speaks it
production         the long part: takes, stitching, tagging
release            after: publishing, and rebuilding the feed
one_edition        the three in a row, planned or made
preview            an edition's script and sound for its owner's ears
batch              many editions side by side, in processes or on a cluster of Dask
editions           sources become a written edition
edition_mail       a published edition becomes a mail
published_episode  report and snippet of an episode that is published
withdrawals        what is published, listed; an episode taken back
python_calls       what `import podcast` offers
"""

from podcast.make.batch import Outcome, make_many
from podcast.make.crew import Crew, MakingRules
from podcast.make.due_editions import list_unmade
from podcast.make.one_edition import (
    EpisodePlan,
    list_passed_over,
    list_posts,
    make_one,
    plan_episode,
    read_edition,
    save_script,
)
from podcast.make.preview import Preview, PreviewState
from podcast.make.profile import Profile
from podcast.make.published_episode import render_embed, render_report
from podcast.make.release import Made, prune_takes, rebuild_feed, remove_expired_audio
from podcast.make.scripts import check_saved_script
from podcast.make.show_paths import load_people, load_pool
from podcast.make.voice_sample import speak_sample
from podcast.make.withdrawals import (
    ListedEpisode,
    list_episodes,
    ping_hub,
    replace_now,
    undo,
    withdraw,
)
from podcast.registry import open_engine, open_writer

__all__ = [
    "Crew",
    "EpisodePlan",
    "ListedEpisode",
    "Made",
    "MakingRules",
    "Outcome",
    "Preview",
    "PreviewState",
    "Profile",
    "check_saved_script",
    "list_episodes",
    "list_passed_over",
    "list_posts",
    "list_unmade",
    "load_people",
    "load_pool",
    "make_many",
    "make_one",
    "open_engine",
    "open_writer",
    "ping_hub",
    "plan_episode",
    "prune_takes",
    "read_edition",
    "rebuild_feed",
    "remove_expired_audio",
    "render_embed",
    "render_report",
    "replace_now",
    "save_script",
    "speak_sample",
    "undo",
    "withdraw",
]

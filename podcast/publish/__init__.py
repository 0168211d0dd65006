"""Stage 6: an Episode becomes files that apps, browsers and the blog read.

The records are the truth: feed, pages, chapters and transcripts are written from them.

publishing   an episode is published, or all that follows from the records is written again
withdrawing  an episode is taken back
published    how published files are called, found, loaded and rendered
"""

from podcast.publish.earlier_audio import remove_earlier_audio, remove_expired_audio
from podcast.publish.numbering import NumberBook
from podcast.publish.pages import warm_up
from podcast.publish.published import UNDONE, WITHDRAWN, art_name, load_episodes, retire
from podcast.publish.publishing import publish_episode, rebuild_feed
from podcast.publish.soundbite import choose_soundbite
from podcast.publish.store import Store
from podcast.publish.withdrawing import load_withdrawals, undo_withdrawal, withdraw_episode

__all__ = [
    "UNDONE",
    "WITHDRAWN",
    "NumberBook",
    "Store",
    "art_name",
    "choose_soundbite",
    "load_episodes",
    "load_withdrawals",
    "publish_episode",
    "rebuild_feed",
    "remove_earlier_audio",
    "remove_expired_audio",
    "retire",
    "undo_withdrawal",
    "warm_up",
    "withdraw_episode",
]

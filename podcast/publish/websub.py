"""Telling a WebSub hub that the feed has changed, so that apps hear of an episode at once."""

from __future__ import annotations

from urllib.error import URLError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

from podcast.errors import PublishError

# How long a hub may take to answer.
SECONDS = 15


def ping(hub: str, feed: str) -> None:
    """Tell the hub that the feed at this address has changed.

    Raises PublishError when it does not listen.

    WebSub leaves the form to hub and publisher; `hub.mode=publish` is what PubSubHubbub 0.3
    had, and every public hub takes it.
    """
    form = urlencode({"hub.mode": "publish", "hub.url": feed, "hub.topic": feed}).encode()
    try:
        # S310: config takes hubs of http(s) alone.
        with urlopen(Request(hub, form), timeout=SECONDS):  # noqa: S310
            return
    except (URLError, OSError) as error:
        raise PublishError(
            f"the hub {hub} was not told ({error}): apps find the change when they look next"
        ) from error

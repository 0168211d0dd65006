"""What search engines read of a page: schema.org's PodcastSeries and PodcastEpisode as JSON-LD.

https://schema.org/PodcastEpisode
"""

from __future__ import annotations

import json

from markupsafe import Markup

from podcast.model import Episode, Show
from podcast.publish.audio_place import audio_address
from podcast.util.addresses import public
from podcast.util.xml_text import clean

Description = dict[str, object]


def describe_show(show: Show) -> Description:
    """The show as a PodcastSeries."""
    return {
        "@context": "https://schema.org",
        "@type": "PodcastSeries",
        "name": show.title,
        "description": show.description,
        "url": show.url,
        "webFeed": public(show.url, "feed.xml"),
        "inLanguage": show.language,
        "image": public(show.url, show.cover or "cover.jpg"),
        "author": {"@type": "Organization", "name": show.author},
    }


def describe_episode(show: Show, episode: Episode) -> Description:
    """The episode as a PodcastEpisode of its series, with its audio and transcript."""
    transcript = "\n".join(
        f"{line.speaker}: {' '.join(word.text for word in line.words)}"
        for line in episode.lines
    )
    return {
        "@context": "https://schema.org",
        "@type": "PodcastEpisode",
        "name": episode.title,
        "description": episode.subtitle,
        "url": public(show.url, f"{episode.slug}.html"),
        "datePublished": episode.published.isoformat(),
        "inLanguage": show.language,
        "timeRequired": f"PT{round(episode.duration / 1000)}S",
        "partOfSeries": {"@type": "PodcastSeries", "name": show.title, "url": show.url},
        "actor": [{"@type": "Person", "name": person.name} for person in episode.people],
        "associatedMedia": {
            "@type": "AudioObject",
            "contentUrl": audio_address(show.url, show.store.audio_url, episode.audio),
            "encodingFormat": "audio/mpeg",
            "contentSize": str(episode.bytes),
            "duration": f"PT{round(episode.duration / 1000)}S",
            "transcript": transcript,
        },
    }


def as_json(description: Description) -> Markup:
    """The description for a script element: no text in it can end the element."""
    text = json.dumps(description, ensure_ascii=False, separators=(",", ":"))
    escaped = (
        clean(text).replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
    )
    return Markup(escaped)  # noqa: S704 - what could be markup is escaped in the line above

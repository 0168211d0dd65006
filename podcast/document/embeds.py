"""Tell tweets, videos, players, pictures and code from other shortcodes, Liquid tags and elements.

What a site generator or a post embeds is known by its name, or by the class of its element; a listener is
told that it is left out, and as what.
"""

from __future__ import annotations

import re

CODE_TAGS = frozenset(
    "highlight code codeblock mermaid prism snippet katex math chart plantuml".split()
)
_PICTURE_TAGS = frozenset(
    "figure image img picture asset_img photo gallery lightbox responsive_image".split()
)
_EMBED_TAGS = frozenset(
    "youtube vimeo tweet twitter x gist codepen instagram spotify soundcloud embed video audio "
    "jsfiddle "
    "github iframe bilibili peertube mastodon toot podcast player media asciinema stackblitz "
    "replit "
    "codesandbox speakerdeck slideshare".split()
)
VERBATIM_SHORTCODES = CODE_TAGS | {"rawhtml", "raw-html", "html"}
EMBED_CLASS = re.compile(
    r"\b(?:twitter-tweet|twitter-video|instagram-media|tiktok-embed|reddit-\w+|bluesky-embed|"
    r"mastodon-embed"
    r"|wp-embedded-content|fb-post|fb-video|imgur-embed-pub|embedly-card)\b"
)
"""Classes of elements that hold another site's post, such as a tweet."""
ONLY_SITE = "only the site knows what it prints"


def shortcode_kind(name: str) -> tuple[str, str]:
    """The name and the reason for a shortcode that is left out."""
    if name in _PICTURE_TAGS:
        return "picture", "it is to be seen"
    if name in _EMBED_TAGS:
        return "embed", "it is another site's page or player"
    if name in CODE_TAGS:
        return "code block", "code is not read aloud"
    return "shortcode", "only the site knows what it shows"


def liquid_kind(name: str, body: str) -> tuple[str, str]:
    """The name and the reason for a Liquid tag that is left out."""
    kind = shortcode_kind(name)
    if kind[0] != "shortcode":
        return kind
    if name.startswith("include"):
        target = re.sub(r"\.\w+$", "", [*body.split(), "", ""][1].rsplit("/", 1)[-1].lower())
        included = shortcode_kind(next((w for w in re.split(r"[^a-z]+", target) if w), ""))
        if included[0] != "shortcode":
            return included
    return "template tag", ONLY_SITE

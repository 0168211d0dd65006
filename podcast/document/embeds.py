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
    "codesandbox content-ref speakerdeck slideshare".split()
)
VERBATIM_SHORTCODES = CODE_TAGS | {"rawhtml", "raw-html", "html"}
EMBED_CLASS = re.compile(
    r"\b(?:twitter-tweet|twitter-video|instagram-media|tiktok-embed|reddit-\w+|bluesky-embed|"
    r"mastodon-embed"
    r"|kg-(?:bookmark|button|signup|product|header|email|audio|video|file)-card"
    r"|wp-embedded-content|fb-post|fb-video|imgur-embed-pub|embedly-card)\b"
)
"""Classes of elements that hold another site's post, such as a tweet."""
CONTENTS_CLASS = re.compile(r"(?<![\w-])(?:[\w-]+-)?toc(?![\w-])|\btable-of-contents\b")
CAPTION_CLASS = re.compile(r"(?<![\w-])(?:src-block-caption|figure-caption|wp-caption-text)\b")
EMOJI_CLASS = re.compile(r"\bkg-callout-emoji\b")
ONLY_SITE = "only the site knows what it prints"


def find_class_kind(classes: str) -> tuple[str, str] | None:
    """The name and the reason for an element that is left out because of its class."""
    for pattern, kind in _CLASS_KINDS:
        if pattern.search(classes):
            return kind
    return None


_CLASS_KINDS = (
    (EMBED_CLASS, ("embed", "it is another site's post")),
    (CONTENTS_CLASS, ("table of contents", "it belongs to the page, not to the text")),
    (CAPTION_CLASS, ("caption", "it is of a picture or of code")),
    (EMOJI_CLASS, ("emoji code", "it is to be seen")),
)


def shortcode_kind(name: str) -> tuple[str, str]:
    """The name and the reason for a shortcode that is left out."""
    if name in _PICTURE_TAGS:
        return "picture", "it is to be seen"
    if name in _EMBED_TAGS:
        return "embed", "it is another site's page or player"
    if name in CODE_TAGS:
        return "code block", "code is not read aloud"
    return "shortcode", "only the site knows what it shows"


def _name_included(body: str) -> str:
    """The first word of the file that is included: `youtube` of `include embeds/youtube.html`."""
    words = body.split()
    if len(words) < 2:
        return ""
    file_name = words[1].rpartition("/")[2].lower()
    stem = re.sub(r"\.\w+$", "", file_name)
    first = re.search(r"[a-z]+", stem)
    return first[0] if first else ""


def liquid_kind(name: str, body: str) -> tuple[str, str]:
    """The name and the reason for a Liquid tag that is left out."""
    kind = shortcode_kind(name)
    if kind[0] != "shortcode":
        return kind
    if name.startswith("include"):
        included = shortcode_kind(_name_included(body))
        if included[0] != "shortcode":
            return included
    return "template tag", ONLY_SITE

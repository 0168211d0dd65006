"""Sixty web pages in the shapes that the web has, each with the text that its article is."""

from __future__ import annotations

import html
import random
from collections.abc import Callable
from dataclasses import dataclass, field

TOPICS = (
    ("ferry", "harbour", "Marta Holm", "the pier", "tide", "sail"),
    ("bakery", "village", "Jon Aldous", "the oven", "flour", "bake"),
    ("observatory", "valley", "Ines Duarte", "the dome", "starlight", "watch"),
    ("library", "quarter", "Tomas Brandt", "the reading room", "paper", "lend"),
    ("orchard", "county", "Priya Nair", "the cold store", "blossom", "prune"),
    ("tram", "city", "Aoife Byrne", "the depot", "current", "drive"),
)
_SENTENCES = (
    "The {thing} of the {place} opened again on Monday, after {n} months in which nobody could use it.",
    "{person}, who has worked at {spot} for {n} years, says that the {stuff} was never as good as it is now.",
    "People from all over the {place} came to look, and most of them stayed until the evening.",
    "It took {n} workers and a good deal of patience to repair what the storm had broken.",
    "Nobody had expected that the {thing} would cost more than {n} thousand pounds.",
    "The council wants to know by the end of the year whether the {stuff} can be measured in another way.",
    "In the past, those who wanted to {verb} had to wait for a permit, which could take weeks.",
    "A second {thing} is planned for the north of the {place}, but there is no money for it yet.",
    "“We have learned more about the {stuff} in this winter than in ten years before,” {person} told the meeting.",
    "That is why the doors of {spot} stay open at night, and why a light burns there until morning.",
    "Critics point out that the {place} has lost {n} jobs since the old {thing} was closed.",
    "What matters most, according to the report, is how much {stuff} is lost on the way.",
    "The numbers are small, yet they have grown in each of the last {n} years.",
    "Children may {verb} for nothing on Sundays, and their parents pay half of the usual price.",
    "Engineers measured the {stuff} at {n} places and found hardly any difference between them.",
    "Whoever walks past {spot} today sees fresh paint, new windows and a bench that somebody gave.",
    "There were doubts at first, because a similar plan had failed in a neighbouring {place}.",
    "Two students wrote down everything that happened at the {thing} for {n} days, hour by hour.",
    "The rules allow it, the insurers do not mind, and the neighbours have got used to the noise.",
    "If all goes well, the work will be finished before the first frost.",
    "{person} laughs when she is asked how long she wants to go on.",
    "More than {n} letters have arrived since the news got around, and all of them will be answered.",
    "The oldest part of the {thing} dates from a time when the {place} had no electricity.",
    "For the first time, the {stuff} is now compared with what other towns report.",
)
_CHATTER = (
    "I was there with my kids and we loved every minute of it, thanks for the write-up.",
    "Does anybody know whether dogs are allowed inside on weekdays?",
    "This is what happens when you let the council decide anything at all.",
    "Great article, but you forgot to mention the bus that goes there.",
    "My grandfather helped to build the old one and never stopped talking about it.",
)
_TEASERS = (
    "Ten bridges that you should cross before they are gone",
    "Why your kettle is slower than your neighbour's kettle",
    "The quiet return of the paper map",
    "Nine photographs of fog that will calm you down",
    "How a village lost its clock and found another one",
    "What the new parking rules mean for visitors",
)


@dataclass
class Text:
    """An article before it is put into a page."""

    topic: tuple[str, str, str, str, str, str]
    dice: random.Random
    used: list[str] = field(default_factory=list)

    @property
    def title(self) -> str:
        return f"The {self.topic[0]} of the {self.topic[1]} is open again"

    @property
    def author(self) -> str:
        return "Lena Okafor" if self.topic[0] < "l" else "Ruben Castell"

    def sentence(self) -> str:
        left = [one for one in _SENTENCES if one not in self.used] or list(_SENTENCES)
        chosen = self.dice.choice(left)
        self.used.append(chosen)
        thing, place, person, spot, stuff, verb = self.topic
        return chosen.format(
            thing=thing, place=place, person=person, spot=spot, stuff=stuff, verb=verb,
            n=self.dice.choice(("three", "seven", "forty", "ninety", "two hundred", "12", "31", "450")),
        )  # fmt: skip

    def paragraph(self, sentences: int = 3) -> str:
        return " ".join(self.sentence() for _ in range(sentences))

    def paragraphs(self, count: int, sentences: int = 3) -> list[str]:
        return [self.paragraph(sentences) for _ in range(count)]


@dataclass(frozen=True)
class WebPage:
    """A page, and what of it is its article."""

    name: str
    html: str
    title: str
    text: str
    """Paragraphs, items and quotations, without headings, captions, code and tables."""


Shape = Callable[[Text], tuple[str, list[str]]]
"""Makes the body of a page, and gives the paragraphs of its article."""


def p(texts: list[str]) -> str:
    return "".join(f"<p>{html.escape(text, quote=False)}</p>\n" for text in texts)


def links(count: int, dice: random.Random) -> str:
    words = "News Sport Weather Culture Travel Food Money Science Health Opinion Video Jobs Letters Contact".split()
    return "".join(
        f'<li><a href="/s/{i}">{dice.choice(words)} {i}</a></li>' for i in range(count)
    )


def navigation(text: Text, count: int = 12) -> str:
    return f'<nav class="menu"><ul>{links(count, text.dice)}</ul></nav>'


def teasers(text: Text, count: int = 4, tag: str = "div") -> str:
    chosen = text.dice.sample(_TEASERS, count)
    items = "".join(f'<li><a href="/t/{i}">{one}</a></li>' for i, one in enumerate(chosen))
    return f'<{tag} class="related-articles"><h3>More for you</h3><ul>{items}</ul></{tag}>'


def footer() -> str:
    return (
        "<footer><p>© 2024 The Daily Harbour. All rights reserved. No part of this site may be copied without "
        'permission.</p><ul><li><a href="/imprint">Imprint</a></li><li><a href="/privacy">Privacy</a></li></ul></footer>'
    )


def plain(text: Text) -> tuple[str, list[str]]:
    told = text.paragraphs(6)
    return (
        f"{navigation(text)}<article><h1>{text.title}</h1>{p(told)}</article>{footer()}",
        told,
    )


def sections(text: Text) -> tuple[str, list[str]]:
    told = text.paragraphs(6)
    parts = "".join(
        f'<section class="block"><h2>Part {i}</h2><div class="inner"><div>{p(told[i * 2 : i * 2 + 2])}</div></div></section>'
        for i in range(3)
    )
    return f"{navigation(text)}<article><h1>{text.title}</h1>{parts}</article>{footer()}", told


def line_breaks(text: Text) -> tuple[str, list[str]]:
    told = text.paragraphs(5)
    joined = "<br><br>\n".join(html.escape(one, quote=False) for one in told)
    return (
        f'{navigation(text)}<h1>{text.title}</h1><div class="post-body">{joined}</div>{footer()}',
        told,
    )


def logo_heading(text: Text) -> tuple[str, list[str]]:
    told = text.paragraphs(5)
    head = '<header><h1><a href="/">The Daily Harbour</a></h1></header>'
    return (
        f'{head}<main><h2 class="entry-title">{text.title}</h2>{p(told)}</main>{footer()}',
        told,
    )


def related_after(text: Text) -> tuple[str, list[str]]:
    told = text.paragraphs(5)
    return (
        f'{navigation(text)}<div class="story"><h1>{text.title}</h1>{p(told)}</div>{teasers(text, 6)}{footer()}',
        told,
    )


def related_inside(text: Text) -> tuple[str, list[str]]:
    told = text.paragraphs(6)
    box = teasers(text, 3, "aside")
    return (
        f"{navigation(text)}<article><h1>{text.title}</h1>{p(told[:3])}{box}{p(told[3:])}</article>{footer()}",
        told,
    )


def comments(text: Text) -> tuple[str, list[str]]:
    told = text.paragraphs(4)
    said = "".join(
        f'<li class="comment"><div class="comment-author">Reader {i}</div><div class="comment-content"><p>{one}</p></div></li>'
        for i, one in enumerate(_CHATTER)
    )
    return (
        f'<article class="post"><h1>{text.title}</h1><div class="entry-content">{p(told)}</div></article>'
        f'<div id="comments"><h2>5 comments</h2><ol class="comment-list">{said}</ol>'
        f"<form><p>Your email address will not be published.</p></form></div>{footer()}"
    ), told


def discussion(text: Text) -> tuple[str, list[str]]:
    told = text.paragraphs(4)
    said = "".join(f"<p>{one}</p>" for one in _CHATTER)
    return (
        f'<h1>{text.title}</h1><div class="post-body">{p(told)}</div><div class="comments">{said}</div>',
        told,
    )


def big_menu(text: Text) -> tuple[str, list[str]]:
    told = text.paragraphs(5)
    menu = f'<div class="mega-menu"><ul>{links(90, text.dice)}</ul></div>'
    return (
        f"<header>{menu}</header><main><article><h1>{text.title}</h1>{p(told)}</article></main>{menu}{footer()}",
        told,
    )


def cookies(text: Text) -> tuple[str, list[str]]:
    told = text.paragraphs(5)
    banner = (
        '<div id="cookie-banner" class="cookie-consent" role="dialog"><h2>We value your privacy</h2><p>We and our 842 '
        "partners store and access information on your device, such as cookies, and process personal data for "
        "personalised advertising. You can change your choices at any time.</p><button>Accept all</button></div>"
    )
    return (
        f"{banner}{navigation(text)}<article><h1>{text.title}</h1>{p(told)}</article>{footer()}",
        told,
    )


def with_table(text: Text) -> tuple[str, list[str]]:
    told = text.paragraphs(5)
    rows = "".join(
        f"<tr><td>Year {2010 + i}</td><td>{i * 13}</td><td>{i * 7}</td></tr>" for i in range(6)
    )
    table = f"<table><thead><tr><th>Year</th><th>Visits</th><th>Days</th></tr></thead><tbody>{rows}</tbody></table>"
    return (
        f"{navigation(text)}<article><h1>{text.title}</h1>{p(told[:3])}{table}{p(told[3:])}</article>{footer()}",
        told,
    )


def front_page(text: Text) -> tuple[str, list[str]]:
    told = text.paragraphs(6, 2)
    cards = "".join(
        f'<article class="card"><h2><a href="/p/{i}">{text.dice.choice(_TEASERS)}</a></h2><p>{html.escape(one, quote=False)}</p></article>'
        for i, one in enumerate(told)
    )
    return f"{navigation(text)}<main><h1>{text.title}</h1>{cards}</main>{footer()}", told


def manual(text: Text) -> tuple[str, list[str]]:
    told = text.paragraphs(5)
    side = f'<div class="sidebar"><ul class="toctree">{links(25, text.dice)}</ul></div>'
    code = "<pre><code>def open_door(key):\n    return door.open(key, seconds=9)\n</code></pre>"
    note = f'<div class="admonition note"><p class="admonition-title">Note</p><p>{html.escape(told[3], quote=False)}</p></div>'
    body = f"<h1>{text.title}</h1>{p(told[:2])}<h2>Usage</h2>{p(told[2:3])}{code}{note}<h2>See more</h2>{p(told[4:])}"
    pager = '<div class="prev-next"><a href="/a">Previous</a> <a href="/b">Next</a></div>'
    return (
        f'{side}<div role="main" class="document"><div class="body">{body}</div></div>{pager}{footer()}',
        told,
    )


def forum(text: Text) -> tuple[str, list[str]]:
    told = text.paragraphs(6, 2)
    posts = "".join(
        f'<div class="post" id="p{i}"><div class="user"><a href="/u/{i}">user{i}</a> Posts: {i * 31}</div>'
        f'<div class="content"><p>{html.escape(one, quote=False)}</p></div></div>'
        for i, one in enumerate(told)
    )
    return (
        f'{navigation(text)}<div id="thread"><h1>{text.title}</h1>{posts}</div>{footer()}',
        told,
    )


def old_tables(text: Text) -> tuple[str, list[str]]:
    told = text.paragraphs(5)
    joined = "<br><br>".join(html.escape(one, quote=False) for one in told)
    side = "<br>".join(f'<a href="{i}.html">Page {i}</a>' for i in range(9))
    return (
        f'<table width="100%"><tr><td width="150">{side}</td><td><font size="5"><b>{text.title}</b></font><br><br>'
        f'<font size="2">{joined}</font></td></tr></table>'
    ), told


def numbered(text: Text) -> tuple[str, list[str]]:
    first, last = text.paragraph(), text.paragraph()
    items = [text.paragraph(2) for _ in range(5)]
    shown = "".join(f"<li>{html.escape(one, quote=False)}</li>" for one in items)
    body = f"<h1>{text.title}</h1>{p([first])}<ol>{shown}</ol>{p([last])}"
    return f"{navigation(text)}<article>{body}</article>{footer()}", [first, *items, last]


def questions(text: Text) -> tuple[str, list[str]]:
    told = text.paragraphs(4)
    asked = f'<div class="question"><div class="js-post-body"><p>{html.escape(told[0], quote=False)}</p></div></div>'
    answers = "".join(
        f'<div class="answer"><div class="votes">{i * 5}</div><div class="js-post-body">{p([one])}</div></div>'
        for i, one in enumerate(told[1:])
    )
    return (
        f"{navigation(text)}<main><h1>{text.title}</h1>{asked}<h2>3 Answers</h2>{answers}</main>{footer()}",
        told,
    )


def sign_up_inside(text: Text) -> tuple[str, list[str]]:
    told = text.paragraphs(6)
    box = (
        '<div class="newsletter-signup"><h3>Get our letter</h3><p>Sign up for our weekly newsletter and never miss a '
        'story from the harbour.</p><form><input type="email"><button>Sign up</button></form></div>'
    )
    return (
        f"{navigation(text)}<article><h1>{text.title}</h1>{p(told[:2])}{box}{p(told[2:])}</article>{footer()}",
        told,
    )


def pictures(text: Text) -> tuple[str, list[str]]:
    told = text.paragraphs(6)
    figure = '<figure><img src="/a.jpg" alt="A view"><figcaption>The view from the hill at noon. Photo: R. Castell</figcaption></figure>'
    return (
        f"{navigation(text)}<article><h1>{text.title}</h1>{figure}{p(told[:3])}{figure}{p(told[3:])}</article>{footer()}",
        told,
    )


def glossary(text: Text) -> tuple[str, list[str]]:
    told = text.paragraphs(5, 2)
    shown = "".join(
        f"<dt>Word {i}</dt><dd>{html.escape(one, quote=False)}</dd>"
        for i, one in enumerate(told[1:])
    )
    return (
        f"{navigation(text)}<main><h1>{text.title}</h1>{p(told[:1])}<dl>{shown}</dl></main>{footer()}",
        told,
    )


def live(text: Text) -> tuple[str, list[str]]:
    told = text.paragraphs(6, 2)
    shown = "".join(
        f'<div class="live-update"><time datetime="2024-05-21T1{i}:00:00Z">1{i}:00</time><h3>Update</h3>{p([one])}</div>'
        for i, one in enumerate(told)
    )
    return f"{navigation(text)}<article><h1>{text.title}</h1>{shown}</article>{footer()}", told


def interview(text: Text) -> tuple[str, list[str]]:
    told = []
    for _ in range(4):
        told += [
            f"And what does the {text.topic[4]} do to the {text.topic[0]}, year after year?",
            text.paragraph(2),
        ]
    shown = "".join(
        f"<p><strong>{one}</strong></p>" if i % 2 == 0 else p([one])
        for i, one in enumerate(told)
    )
    return f"{navigation(text)}<article><h1>{text.title}</h1>{shown}</article>{footer()}", told


def short_note(text: Text) -> tuple[str, list[str]]:
    told = text.paragraphs(2, 1)
    return (
        f"<header><a href='/'>Home</a></header><main><h1>{text.title}</h1>{p(told)}</main>",
        told,
    )


def divisions(text: Text) -> tuple[str, list[str]]:
    told = text.paragraphs(6)
    shown = "".join(f'<div class="text">{html.escape(one, quote=False)}</div>' for one in told)
    return (
        f'{navigation(text)}<div class="page"><h1>{text.title}</h1><div class="release">{shown}</div></div>{footer()}',
        told,
    )


def spans(text: Text) -> tuple[str, list[str]]:
    told = text.paragraphs(5)
    shown = "".join(
        f'<p><span style="x"><span>{html.escape(one, quote=False)}</span></span></p><p>&nbsp;</p>'
        for one in told
    )
    return (
        f'<div id="wrap">{navigation(text)}<h1>{text.title}</h1><div class="rte">{shown}</div></div>{footer()}',
        told,
    )


def recipe(text: Text) -> tuple[str, list[str]]:
    first = text.paragraph()
    parts = ["200 grams of flour", "3 eggs", "a pinch of salt", "half a litre of milk"]
    steps = [text.paragraph(1) for _ in range(5)]
    shown = "".join(f"<li>{one}</li>" for one in parts)
    done = "".join(f"<li>{html.escape(one, quote=False)}</li>" for one in steps)
    body = f"<h1>{text.title}</h1>{p([first])}<h2>Ingredients</h2><ul>{shown}</ul><h2>Steps</h2><ol>{done}</ol>"
    return f"{navigation(text)}<article>{body}</article>{footer()}", [first, *parts, *steps]


def release_notes(text: Text) -> tuple[str, list[str]]:
    told = [text.paragraph(1) for _ in range(9)]
    parts = "".join(
        f"<h2>Version 2.{i}</h2><ul>"
        + "".join(
            f"<li>{html.escape(one, quote=False)}</li>" for one in told[i * 3 : i * 3 + 3]
        )
        + "</ul>"
        for i in range(3)
    )
    return f"{navigation(text)}<main><h1>{text.title}</h1>{parts}</main>{footer()}", told


def essay(text: Text) -> tuple[str, list[str]]:
    told = text.paragraphs(7)
    quote = f"<blockquote><p>{html.escape(told[2], quote=False)}</p></blockquote>"
    body = f"<h1>{text.title}</h1>{p(told[:2])}{quote}{p(told[3:])}"
    return (
        f'<div class="post-header">By {text.author}</div><div class="content">{body}</div>{footer()}',
        told,
    )


def wiki(text: Text) -> tuple[str, list[str]]:
    told = text.paragraphs(6)
    box = '<table class="infobox"><tr><th>Opened</th><td>1912</td></tr><tr><th>Length</th><td>31 m</td></tr></table>'
    toc = '<div id="toc" class="toc"><h2>Contents</h2><ul><li><a href="#a">1 Past</a></li><li><a href="#b">2 Today</a></li></ul></div>'
    edit = '<span class="mw-editsection">[<a href="/e">edit</a>]</span>'
    body = f"{box}{p(told[:2])}{toc}<h2>Past{edit}</h2>{p(told[2:4])}<h2>Today{edit}</h2>{p(told[4:])}"
    return (
        f'<div id="content"><h1>{text.title}</h1><div class="mw-parser-output">{body}</div></div>{footer()}',
        told,
    )


def letter(text: Text) -> tuple[str, list[str]]:
    told = text.paragraphs(6)
    widget = '<div class="subscription-widget-wrap"><p>Thanks for reading! Subscribe for free to receive new posts.</p></div>'
    body = f"<div class='available-content'><div class='body markup'>{p(told[:3])}{widget}{p(told[3:])}</div></div>"
    return (
        f"<article class='post'><h1 class='post-title'>{text.title}</h1>{body}</article>{footer()}",
        told,
    )


SHAPES: tuple[Shape, ...] = (
    plain, sections, line_breaks, logo_heading, related_after, related_inside, comments, discussion, big_menu, cookies,
    with_table, front_page, manual, forum, old_tables, numbered, questions, sign_up_inside, pictures, glossary,
    live, interview, short_note, divisions, spans, recipe, release_notes, essay, wiki, letter,
)  # fmt: skip


def make_pages() -> list[WebPage]:
    """Two pages of each shape."""
    pages = []
    for number, shape in enumerate(SHAPES):
        for turn in range(2):
            text = Text(
                TOPICS[(number + turn * 3) % len(TOPICS)], random.Random(number * 2 + turn)
            )
            body, told = shape(text)
            head = f'<meta charset="utf-8"><title>{text.title} | The Daily Harbour</title>'
            if turn:
                head += (
                    f'<meta property="og:title" content="{text.title}"><meta property="og:site_name" content="The Daily Harbour">'
                    f'<meta name="author" content="{text.author}"><meta property="article:published_time" content="2024-05-21T08:00:00Z">'
                )
            page = f'<!DOCTYPE html>\n<html lang="en"><head>{head}</head><body>{body}</body></html>'
            pages.append(
                WebPage(f"{shape.__name__}-{turn}", page, text.title, "\n\n".join(told))
            )
    return pages


def word_f1(got: str, wanted: str) -> float:
    """Harmonic mean of precision and recall of words."""
    import re
    from collections import Counter

    ours, theirs = (Counter(re.findall(r"\w+", one.lower())) for one in (got, wanted))
    common = (ours & theirs).total()
    if not common:
        return 0.0
    precision, recall = common / ours.total(), common / theirs.total()
    return 2 * precision * recall / (precision + recall)

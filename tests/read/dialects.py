"""Posts in the shapes of many generators, made of small pieces: a front matter, and parts of a body."""
# ruff: noqa: E501

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple


class Part(NamedTuple):
    """A piece of Markdown, what is heard of it, and what is left out."""

    markdown: str
    heard: str
    left_out: str = ""
    """A kind of what is left out; empty: nothing must be."""


class Shape(NamedTuple):
    """How a generator names a post, and what it writes above it."""

    name: str
    path: str
    front: str


SHAPES = (
    Shape(
        "Jekyll",
        "_posts/2024-03-05-harbour.md",
        '---\nlayout: post\ntitle: "The harbour"\n---\n',
    ),
    Shape(
        "Jekyll, dated",
        "x/harbour.markdown",
        "---\ntitle: The harbour\ndate: 2024-03-05 9:00:00 +0100\n---\n",
    ),
    Shape(
        "Hugo, TOML",
        "posts/harbour.md",
        '+++\ntitle = "The harbour"\ndate = 2024-03-05T08:00:00Z\n+++\n',
    ),
    Shape(
        "Hugo, YAML",
        "posts/harbour/index.md",
        "---\ntitle: The harbour\ndate: 2024-03-05T08:00:00+09:00\n---\n",
    ),
    Shape(
        "Hugo, JSON", "posts/h.md", '{\n"title": "The harbour",\n"date": "2024-03-05"\n}\n\n'
    ),
    Shape("Pelican", "content/harbour.md", "Title: The harbour\nDate: 2024-03-05 08:00\n\n"),
    Shape(
        "Zola",
        "content/harbour.md",
        '+++\ntitle = "The harbour"\ndate = 2024-03-05\n[taxonomies]\n+++\n',
    ),
    Shape(
        "Eleventy", "posts/2024/03/05/harbour.md", "---\ntitle: The harbour\ntags: posts\n---\n"
    ),
    Shape(
        "Astro", "blog/harbour.mdx", "---\ntitle: The harbour\npubDate: 'Mar 05 2024'\n---\n"
    ),
    Shape(
        "Docusaurus",
        "blog/2024-03-05-h/index.mdx",
        "---\nslug: h\ntitle: The harbour\nauthors: [jo]\n---\n",
    ),
    Shape(
        "Hexo", "_posts/harbour.md", "---\ntitle: The harbour\ndate: 2024/03/05 08:00:00\n---\n"
    ),
    Shape(
        "Nikola",
        "posts/h.md",
        "<!--\n.. title: The harbour\n.. date: 2024-03-05 08:00:00 UTC\n-->\n\n",
    ),
    Shape(
        "Quarto", "posts/h/index.qmd", '---\ntitle: "The harbour"\ndate: "March 5, 2024"\n---\n'
    ),
    Shape("Obsidian", "2024-03-05 Harbour.md", "---\ntags: [a]\naliases: []\n---\n"),
    Shape("VitePress", "posts/2024-03-05-harbour.md", ""),
    Shape("MkDocs", "blog/posts/h.md", "---\ndate: 2024-03-05\ncategories:\n  - News\n---\n"),
    Shape(
        "Gatsby",
        "blog/h/index.md",
        '---\ntitle: The harbour\ndate: "2024-03-05T22:12:03.284Z"\n---\n',
    ),
    Shape(
        "Bridgetown",
        "_posts/2024-3-5-h.md",
        "---\ntitle: The harbour\ndate: Tue, 5 Mar 2024 08:00:00 EST\n---\n",
    ),
    Shape("Lektor-like", "b/h.mkd", "---\ntitle: The harbour\nposted: 2024-3-5\n---\n"),
    Shape(
        "Octopress",
        "_posts/h.markdown",
        '---\ntitle: "The harbour"\ndate: 2024-03-05 08:00\n---\n',
    ),
    Shape("Middleman", "b/2024-03-05-h.html.markdown", "---\ntitle: The harbour\n---\n"),
    Shape(
        "Cobalt",
        "posts/h.md",
        "---\ntitle: The harbour\npublished_date: 2024-03-05 08:00:00 +0100\n---\n",
    ),
    Shape(
        "Nuxt",
        "content/h.md",
        "---\ntitle: The harbour\ncreatedAt: 2024-03-05T08:00:00.000Z\n---\n",
    ),
    Shape("SvelteKit", "posts/h.md", "---\ntitle: The harbour\npublished: '2024-03-05'\n---\n"),
    Shape(
        "Next.js", "posts/h.mdx", "---\ntitle: 'The harbour'\npublishedAt: '2024-03-05'\n---\n"
    ),
    Shape("Logseq", "journals/2024_03_05.md", ""),
    Shape("Micro.blog", "2024/03/05/h.md", "---\ntitle: The harbour\ntype: post\n---\n"),
    Shape(
        "Ghost", "h.md", "---\ntitle: The harbour\ncreated_at: 2024-03-05T08:00:00+00:00\n...\n"
    ),
    Shape(
        "Hexo, JSON",
        "_posts/2024-03-05-h.md",
        '{\n "title": "The harbour",\n "tags": ["a", "b"]\n}\n\n',
    ),
    Shape(
        "Metalsmith",
        "b/h.MD",
        "---\ntitle: The harbour\npermalink: /2024/03/05/harbour/\n---\n",
    ),
)

PARTS = (
    Part("The crane came *by* **barge**.", "The crane came by barge."),
    Part("Less than <5% of ships, >90% of boats, ~30% of rafts.", "Less than <5% of ships, >90% of boats, ~30% of rafts."),
    Part("It holds 10^6 grains, C# and R^2, item #3 and [0, 1].", "C# and R^2, item #3 and [0, 1]."),
    Part("It ran (GPT-4o) on 5 * 3 boats.", "It ran (GPT-4o) on 5 * 3 boats."),
    Part("AT&amp;T and 3 &lt; 4 stay.", "AT&T and 3 < 4 stay."),
    Part(">90% of ships and\nthen\n>30 boats left.", ">90% of ships and then >30 boats left."),
    Part("The fix 4be20157ac11f3 is in.", "The fix is in.", "hash"),
    Part("It took **about an hour **to land.", "It took about an hour to land.", "stray mark"),
    Part('See [the plan](https://a.example/p){:target="_blank"} of May.', "See the plan of May.", "attribute list"),
    Part("A box of text.\n{: .note #box}", "A box of text.", "attribute list"),
    Part("A word {% include note.html x=1 %} of it.", "A word of it.", "template tag"),
    Part("{% highlight ruby %}\nputs 1\n{% endhighlight %}\n\nRuby ends.", "Ruby ends.", "code block"),
    Part("{% raw %}Braces stay.{% endraw %}", "Braces stay.", "template tag"),
    Part("{{< youtube abc123 >}}\n\nA film was shown.", "A film was shown.", "embed"),
    Part('{{< figure src="/a.png" caption="A crane" >}}\n\nIt is tall.', "It is tall.", "picture"),
    Part('{{% notice tip %}}\nTake a coat.\n{{% /notice %}}', "Take a coat.", "shortcode"),
    Part('{{ youtube(id="abc") }}\n\nZola ends.', "Zola ends.", "embed"),
    Part("{% quote(author=\"Jo\") %}\nBoats are slow.\n{% end %}", "Boats are slow.", "template tag"),
    Part("{% post_link other %} is older. {% asset_img a.png A %}", "is older.", "picture"),
    Part("import Box from '../Box'\n\nThe box opens.", "The box opens.", "MDX import"),
    Part("export const town = 'Oslo'\n\nIn {town} it rains. <Map at={[1, 2]} />", "In Oslo it rains.", "MDX expression"),
    Part('<Tweet id="1" />\n\nIt was said.', "It was said.", "HTML tag"),
    Part("{/* not this */}\n\nBut that.", "But that.", "comment"),
    Part(":::note[Mind]\n\nThe step is high.\n\n:::", "The step is high.", "container mark"),
    Part('!!! warning "Ice"\n    The quay is wet.', "The quay is wet.", "container mark"),
    Part("> [!NOTE]\n> The bell rings.", "The bell rings.", "callout mark"),
    Part("::: {.callout-tip}\nQuarto boxes.\n:::", "Quarto boxes.", "container mark"),
    Part("```{python}\nx = 1\n```\n\nThe cell ran.", "The cell ran.", "code block"),
    Part("Run it:\n\n```sh\nmake all\n```\n\nIt is done.", "It is done.", "code block"),
    Part("    indented = 1\n\nSo it was.", "So it was.", "code block"),
    Part("![A crane](/c.png)\n\nIt is red.", "It is red.", "picture"),
    Part('<figure><img src="c.png"><figcaption>A crane, by Jo</figcaption></figure>\n\nTall.', "Tall.", "caption"),
    Part("![[crane.png]] and [[Cranes|the cranes]] of old.", "the cranes of old.", "picture"),
    Part("A note[^1] is here.\n\n[^1]: Its text is small.", "A note is here.", "footnote"),
    Part("A note^[Its text is [small](https://a.example/s).] stands there.", "A note stands there.", "footnote"),
    Part("[`4be2015`](https://a.example/commit/4be2015) - The crane was oiled.", "The crane was oiled.", "hash"),
    Part("It was [tall]{.smallcaps} and red.", "It was tall and red.", "attribute list"),
    Part('![A crane](c.png){fig-align="center"}\n\nIt swings.', "It swings.", "attribute list"),
    Part("There were many, `r nrow(cranes)`, of them.", "of them.", "computed value"),
    Part("[[toc]]\n\nThe onset.", "The onset.", "table of contents"),
    Part(":::tip[Mind the step]\n\nIt is high.\n\n:::", "Mind the step\n\nIt is high.", "container mark"),
    Part("![A quay](q.png)\n*The quay at dawn.*\n\nIt was wet.", "It was wet.", "caption"),
    Part("| a | b |\n|---|---|\n| 1 | 2 |\n\n: Ships a year\n\nAll sailed.", "All sailed.", "caption"),
    Part("As @fig-quay shows, it leans.", "As the figure shows, it leans.", "reference"),
    Part("$$\na = b\n$$ {#eq-quay}\n\nBoth are so.", "Both are so.", "formula"),
    Part("*[HTML]: Hyper Text\n\nHTML is old.", "HTML is old.", "abbreviation"),
    Part("The ==best== of [[Cranes#Old|them]] stands. ^a1", "The best of them stands.", "stray mark"),
    Part("Met [[Cranes#Old]] there.\n\n%% not this %%", "Met Cranes there.", "comment"),
    Part("<<< @/snippets/a.js{2}\n\nThe snippet ends.", "The snippet ends.", "code block"),
    Part("Noted<sup><a href=\"#fn1\">†</a></sup> so.", "Noted so.", "footnote mark"),
    Part('<div class="toc">\n<ul><li><a href="#a">Quays</a></li></ul>\n</div>\n\nWe begin.', "We begin.", "table of contents"),
    Part('<div class="kg-card kg-bookmark-card"><a href="https://a.example">A guide</a></div>\n\nSpring.', "Spring.", "embed"),
    Part("export const x = 1\n\nOf {items.map((i) => <b>{i}</b>)} all.", "Of all.", "MDX expression"),
    Part('See {{< ref "old.md" >}}or not.', "See or not.", "shortcode"),
    Part('{% content-ref url="a.md" %}\n[a.md](a.md)\n{% endcontent-ref %}\n\nRead on.', "Read on.", "embed"),
    Part("Frames (210*160*3) of 3*4 cells, and *two* more.", "Frames (210*160*3) of 3*4 cells, and two more."),
    Part("It broke, and commit 4be20157ac11f3 mends it.", "It broke, and a commit mends it.", "hash"),
    Part("Row &#91;1&#93; of it stays.", "Row [1] of it stays."),
    Part("A fact [@li2020, p. 3] holds, and one more [12].", "A fact holds, and one more.", "citation mark"),
    Part("Hooray! :tada: It floats.", "Hooray! It floats.", "emoji code"),
    Part("- [x] Paint it\n- [ ] Sell it", "Paint it", "check box"),
    Part("[TOC]\n\nThe start.", "The start.", "table of contents"),
    Part("* TOC\n{:toc}\n\nThe beginning.", "The beginning.", "table of contents"),
    Part('<blockquote class="twitter-tweet"><p>Wow</p></blockquote>\n\nSo they said.', "So they said.", "embed"),
    Part('<iframe src="https://v.example"></iframe>\n\nA clip ran.', "A clip ran.", "embed"),
    Part("<script>alert(1)</script>\n\nQuiet again.", "Quiet again.", "script"),
    Part("<!-- more -->\n\nThe rest.", "The rest.", "comment"),
    Part("Where $E = mc^2$ holds.\n\n$$\na^2 + b^2\n$$\n\nA proof.", "A proof.", "formula"),
    Part("It costs $5 and then $6 more.", "It costs $5 and then $6 more."),
    Part("Term\n: Its meaning here.", "Its meaning here."),
    Part("H<sub>2</sub>O is wet, and x<sup>2</sup> grows.", "H2O is wet, and x2 grows.", "HTML tag"),
    Part("Press <kbd>Ctrl</kbd> now.<br>Then wait.", "Press Ctrl now. Then wait.", "HTML tag"),
    Part("<details><summary>More</summary>\n\nHidden words.\n\n</details>", "Hidden words.", "HTML tag"),
    Part("<div markdown=\"1\">\nIn *a* box.\n</div>", "In a box.", "HTML tag"),
    Part("1. First\n2. Second", "First"),
    Part("Thanks to @jodoe for it.", "Thanks to @jodoe for it."),
    Part("[a link][ref] of old.\n\n[ref]: https://a.example/x", "a link of old.", "link address"),
)  # fmt: skip


def make_posts() -> Iterator[tuple[str, Shape, tuple[Part, ...]]]:
    """Every shape with every part, three parts a post: each has a name, a shape and its parts."""
    count = len(PARTS)
    for number, shape in enumerate(SHAPES):
        for turn in range(10):
            first = (number * 7 + turn * 5) % count
            parts = tuple(PARTS[(first + step * 11) % count] for step in range(3))
            yield f"{shape.name} {turn}", shape, parts


def write_body(parts: tuple[Part, ...]) -> str:
    """The Markdown of a post: its heading, then the parts with a paragraph after each."""
    middle = "\n\n".join(f"{part.markdown}\n\nPlain words follow it." for part in parts)
    return f"# The harbour\n\nIt began in the spring.\n\n{middle}\n"

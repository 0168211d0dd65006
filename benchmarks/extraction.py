"""How well the article of a web page is found: word F1 against what each page's article is.

    python benchmarks/extraction.py              # sixty pages of our own, in the shapes of the web
    python benchmarks/extraction.py --each       # and each page
    python benchmarks/extraction.py FOLDER       # pages NAME.html, each with its text NAME.txt

resiliparse and readability-lxml are compared where they are installed.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from statistics import mean

from lxml.html import HtmlElement

from podcast.document.html_tree import html_to_document, parse_html, spoken_paragraphs
from podcast.errors import PodcastError
from podcast.model import SourceText
from podcast.newsroom.sources.page_source import read_page

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))
from web_pages import WebPage, make_pages, word_f1


def by_presscast(page: str) -> str:
    try:
        found = read_page(SourceText("a page", page))
    except PodcastError:
        return ""
    return found.items[0].text if found else ""


def by_densest_parent(page: str) -> str:
    """What stood here before: the element with the most words in paragraphs of its own."""
    tree = parse_html("a page", page)
    words: dict[HtmlElement, int] = {}
    for paragraph in tree.iter("p"):
        parent = paragraph.getparent()
        count = len(paragraph.text_content().split())
        if parent is not None and count >= 8:
            words[parent] = words.get(parent, 0) + count
            if (above := parent.getparent()) is not None:
                words[above] = words.get(above, 0) + count // 2
    if not words:
        return ""
    best = max(words, key=lambda element: words[element])
    return "\n\n".join(
        block.text for block in html_to_document(best).blocks if len(block.text.split()) >= 8
    )


def by_trafilatura(page: str) -> str:
    import trafilatura

    found = trafilatura.extract(
        page, output_format="html", include_comments=False, include_formatting=True
    )
    return spoken(found or "")


def by_readability(page: str) -> str:
    from readability import Document

    return spoken(Document(page).summary(html_partial=True))


def by_resiliparse(page: str) -> str:
    from resiliparse.extract.html2text import extract_plain_text

    # It gives plain text alone, in which headings and tables cannot be told from paragraphs.
    return str(extract_plain_text(page, main_content=True, alt_texts=False, list_bullets=False))


def spoken(page: str) -> str:
    return (
        "\n\n".join(spoken_paragraphs(html_to_document(parse_html("a page", page))))
        if page.strip()
        else ""
    )


WAYS: tuple[tuple[str, Callable[[str], str]], ...] = (
    ("presscast", by_presscast),
    ("before: densest parent", by_densest_parent),
    ("trafilatura alone", by_trafilatura),
    ("readability-lxml", by_readability),
    ("resiliparse", by_resiliparse),
)


def read_folder(folder: Path) -> Iterable[WebPage]:
    for path in sorted(folder.glob("*.html")):
        text = path.with_suffix(".txt").read_text(encoding="utf-8")
        yield WebPage(path.stem, path.read_text(encoding="utf-8", errors="replace"), "", text)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--each", action="store_true", help="the figure of each page too")
    options = parser.parse_args()
    pages = list(read_folder(options.folder) if options.folder else make_pages())

    print(f"| {len(pages)} pages | mean F1 | worst | below 0.5 | below 0.9 | seconds |")
    print("| --- | --- | --- | --- | --- | --- |")
    for name, extract in WAYS:
        began = time.process_time()
        try:
            scores = {page.name: word_f1(extract(page.html), page.text) for page in pages}
        except ImportError:
            continue
        seconds = time.process_time() - began
        values = list(scores.values())
        low, poor = sum(value < 0.5 for value in values), sum(value < 0.9 for value in values)
        print(
            f"| {name} | {mean(values):.3f} | {min(values):.2f} | {low} | {poor} | {seconds:.1f} |"
        )
        if options.each:
            for page_name, value in sorted(scores.items(), key=lambda pair: pair[1])[:25]:
                print(f"    {value:.2f} {page_name}")


if __name__ == "__main__":
    main()

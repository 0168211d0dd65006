"""Rules of markdown-it that are asked only where they fit.

Links, pictures and footnotes look for their end themselves, each from its own beginning: in a
row of brackets that nothing closes that takes the square of its length. And a line `>90% of
them` begins with a figure, not with a quotation.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_inline import StateInline

    BlockRule = Callable[[StateBlock, int, int, bool], bool]
    InlineRule = Callable[[StateInline, bool], bool]

# A footnote's mark with more characters is text.
_LONGEST_LABEL = 200
_LAST = "last closing bracket"
_SHARE = re.compile(r">(?:=\s?)?\d[\d.,]*\s?(?:%|percent\b)")
# Within a paragraph these are figures; at its beginning they may open a quotation.
_FIGURE = re.compile(r">=?\d")

_PRODUCT = re.compile(r"\d\*[\da-z]|[a-z)]\*\d", re.IGNORECASE)


def guard_brackets(parser: MarkdownIt) -> None:
    """Let links, pictures and footnotes begin only where a closing bracket follows."""
    rules = {rule.name: rule.fn for rule in parser.inline.ruler.__rules__}
    for name in ("link", "image", "footnote_inline"):
        parser.inline.ruler.at(name, _before_last_bracket(rules[name]))
    parser.inline.ruler.at("footnote_ref", _with_short_label(rules["footnote_ref"]))


def guard_quotations(parser: MarkdownIt) -> None:
    """Let no quotation begin at a figure such as `>90%`."""
    rules = {rule.name: rule for rule in parser.block.ruler.__rules__}
    quotation = rules["blockquote"]
    ask = _not_at_figure(quotation.fn)
    parser.block.ruler.at("blockquote", ask, {"alt": quotation.alt})


def guard_products(parser: MarkdownIt) -> None:
    """Let no emphasis begin or end at a sign of multiplication: `210*160*3`."""
    rules = {rule.name: rule.fn for rule in parser.inline.ruler.__rules__}
    parser.inline.ruler.at("emphasis", _not_in_product(rules["emphasis"]))


def _not_in_product(rule: InlineRule) -> InlineRule:
    def ask(state: StateInline, silent: bool) -> bool:
        at = state.pos
        is_product = state.src[at] == "*" and _PRODUCT.match(state.src, max(0, at - 1))
        return not is_product and rule(state, silent)

    return ask


def _not_at_figure(rule: BlockRule) -> BlockRule:
    def ask(state: StateBlock, first: int, last: int, silent: bool) -> bool:
        start = state.bMarks[first] + state.tShift[first]
        figure = _FIGURE if silent else _SHARE
        goes_on = state.src.startswith(">", state.eMarks[first] + 1)
        if figure.match(state.src, start) and not goes_on:
            return False
        return rule(state, first, last, silent)

    return ask


def _before_last_bracket(rule: InlineRule) -> InlineRule:
    def ask(state: StateInline, silent: bool) -> bool:
        if state.src[state.pos] not in "[!^":
            return False
        return state.pos < _last_bracket(state) and rule(state, silent)

    return ask


def _with_short_label(rule: InlineRule) -> InlineRule:
    def ask(state: StateInline, silent: bool) -> bool:
        if not state.src.startswith("[^", state.pos):
            return False
        end = state.src.find("]", state.pos, state.pos + _LONGEST_LABEL)
        return end >= 0 and rule(state, silent)

    return ask


def _last_bracket(state: StateInline) -> int:
    """Where the last closing bracket of the text is, searched for once."""
    text, place = cast("tuple[str, int]", state.env.get(_LAST, ("", -1)))
    if text is not state.src:
        place = state.src.rfind("]")
        state.env[_LAST] = (state.src, place)
    return place

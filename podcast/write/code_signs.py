"""Signs of inline code, hidden from what takes markup off.

`**/.git` and `{}` are no emphasis and no LaTeX.
"""

from __future__ import annotations

_SIGNS = r"*_{}&#;$" + "\\"
# Private characters: posts are read without them, and the other marks of a writer end before.
_FIRST_HIDDEN = 0xE020
_HIDE = {ord(sign): _FIRST_HIDDEN + place for place, sign in enumerate(_SIGNS)}
_SHOW = {hidden: sign for sign, hidden in _HIDE.items()}


def hide_code_signs(text: str) -> str:
    """Replace the signs of code that would be taken for markup by private characters."""
    return text.translate(_HIDE)


def show_code_signs(text: str) -> str:
    """Bring back the signs that `hide_code_signs` replaced."""
    return text.translate(_SHOW)

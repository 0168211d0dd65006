"""Front matter whose opening line names its language, as gray-matter and Eleventy have it.

`---json`, `---js`, `---toml`, `---yaml`; and JSON between lines of `;;;`.
"""

from __future__ import annotations

import re

NAMED_FENCE = re.compile(r"(?:---[ \t]*(?P<language>[A-Za-z]\w*)|(?P<semicolons>;;;))[ \t]*\n")
_TOKEN = re.compile(
    r"""
      (?P<comment>//[^\n]*|/\*[\s\S]{0,2000}?\*/)
    | (?P<string>"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\$]|\\.)*`)
    | (?P<date>new\s+Date\s*\(\s*(?P<written>"[^"\n]*"|'[^'\n]*')\s*\))
    | (?P<colon>:\s?)
    """,
    re.VERBOSE,
)
_EXPORT = re.compile(r"\s*(?:module\.exports\s*=|export\s+default)\s*(?=\{)")
_OBJECT_END = re.compile(r"\}\s*;?\s*\Z")
# Signs outside of strings that only a program has.
_PROGRAM = re.compile(r"[()`;]|=>|\$\{")


def find_end(text: str, opening: re.Match[str]) -> re.Match[str] | None:
    """Find the closing line of front matter with a language; None when nothing closes it."""
    fence = opening["semicolons"] or "---"
    return re.compile(rf"^{fence}[ \t]*$\n?", re.MULTILINE).search(text, opening.end())


def object_to_yaml(source: str) -> str | None:
    """Rewrite an object of JSON or JavaScript as YAML, line by line; None for a program."""
    inner = _EXPORT.sub("", source, count=1)
    if not inner.lstrip().startswith("{"):
        inner = f"{{{inner}}}"
    if not _OBJECT_END.search(inner):
        return None

    inner = _OBJECT_END.sub("}", inner)
    strings_blanked = _TOKEN.sub(lambda found: "" if not found["colon"] else ":", inner)
    if _PROGRAM.search(strings_blanked):
        return None
    # Tabs may not indent YAML.
    return _TOKEN.sub(_token_to_yaml, inner).replace("\t", " ")


def _token_to_yaml(found: re.Match[str]) -> str:
    if found["comment"]:
        return "\n" * found[0].count("\n")
    if found["colon"]:
        return ": "
    written = found["string"] or found["written"]
    unescaped = re.sub(r"\\(['`])", r"\1", written[1:-1])
    if written[0] != '"':
        unescaped = re.sub(r'(?<!\\)"', r"\"", unescaped)
    return f'"{unescaped}"'.replace("\n", "\\n") + "\n" * found[0].count("\n")

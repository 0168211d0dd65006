"""Decode bytes as browsers do: by the WHATWG's labels, whatever bytes stray in."""

from __future__ import annotations

import codecs
import re

from podcast.errors import SourceError

_DECLARED = re.compile(
    rb"""
    <\?xml [^>]{0,200}? \b encoding \s*=\s* ["'] ([\w.:-]+)
    | <meta [^>]{0,200}? \b charset \s*=\s* ["']? ([\w.:-]+)
    """,
    re.IGNORECASE | re.VERBOSE,
)
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16le"),
    (codecs.BOM_UTF16_BE, "utf-16be"),
)
# Bytes at the beginning that are looked at for a declaration, and for binary data.
_LOOKED_AT = 4096
# Control characters that no text has, but for the escape of ISO-2022-JP.
_BINARY = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
# Share of such characters up to which they are strays.
_MOST_BINARY = 0.02
# Share of bytes above 127 that are not UTF-8, from which the encoding is guessed.
_SNIFFED = 0.5
_GUESSES = ["gb18030", "big5", "shift_jis", "euc_jp", "euc_kr", "cp1251", "cp1252"]
_STRAY = "presscast-stray-bytes"


def decode_text(name: str, data: bytes, charset: str = "") -> str:
    """Decode `data` by its byte order mark, the server's `charset`, or its own declaration.

    Without any of them it is UTF-8. A byte that does not fit is read as Windows-1252 in UTF-8,
    and replaced in other encodings. Raises SourceError, with `name`, for data that is no text.
    """
    _refuse_binary(name, data, charset)
    label, length = _find_label(data, charset)
    text = _decode(data[length:], label)
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")


def _find_label(data: bytes, charset: str) -> tuple[str, int]:
    """The name of Python's codec, and the length of the byte order mark."""
    import webencodings  # type: ignore[import-untyped]

    for mark, label in _MARKS:
        if data.startswith(mark):
            return label, len(mark)

    if charset and (encoding := webencodings.lookup(charset)):
        return str(encoding.codec_info.name), 0

    declared = _DECLARED.search(data[:_LOOKED_AT])
    label = next(filter(None, declared.groups())).decode("ascii", "ignore") if declared else ""
    encoding = webencodings.lookup(label)
    # What declares itself UTF-16 in letters of ASCII is not (HTML, "prescan a byte stream").
    if encoding is None or encoding.name.startswith("utf-16"):
        return "utf-8" if label else _guess(data), 0
    return str(encoding.codec_info.name), 0


def _decode(data: bytes, label: str) -> str:
    if label == "utf-8":
        return data.decode(label, _STRAY)
    # GB 18030 has all that GBK has, and what later browsers write.
    return data.decode("gb18030" if label == "gbk" else label, "replace")


def _guess(data: bytes) -> str:
    """UTF-8, unless so many bytes are not that the text must be in another encoding."""
    import charset_normalizer

    high = sum(byte > 127 for byte in data)
    strays = data.decode("utf-8", "replace").count("\ufffd") if high else 0
    if not high or strays / high < _SNIFFED:
        return "utf-8"

    best = charset_normalizer.from_bytes(data[:50_000], cp_isolation=_GUESSES).best()
    return best.encoding if best and best.multi_byte_usage > 0.2 else "utf-8"


def _refuse_binary(name: str, data: bytes, charset: str) -> None:
    head = data[:_LOOKED_AT]
    is_pdf = head.startswith(b"%PDF")
    is_wide = head.startswith(_MARKS[1][0]) or head.startswith(_MARKS[2][0]) or "16" in charset
    controls = 0 if is_wide else len(_BINARY.findall(head))
    if is_pdf or controls > _MOST_BINARY * len(head):
        kind = "a PDF" if is_pdf else "binary data"
        raise SourceError(
            f"{name}: this is {kind}, not text. Name a page, a feed or a text file"
        )


def _read_stray(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    stray = error.object[error.start : error.end]
    return stray.decode("cp1252", "replace"), error.end


codecs.register_error(_STRAY, _read_stray)

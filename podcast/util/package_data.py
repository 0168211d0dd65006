"""The voices and assets of the package, which `podcast init` copies into a new show."""

from __future__ import annotations

from pathlib import Path


def defaults(name: str) -> Path:
    """The folder `voices` or `assets`.

    Inside the installed package, or of the source tree it runs from.
    """
    package = Path(__file__).parent.parent
    installed = package / "defaults" / name
    return installed if installed.is_dir() else package.parent / name

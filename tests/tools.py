"""Others' programs that tests ask: found here, or a failure where they have to be."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

OTHERS = Path(os.environ.get("PRESSCAST_OTHERS", Path(__file__).parent / "others"))
"""The folder in which `npm ci` installed tests/others/package.json."""


def there(*tools: str | Path) -> bool:
    """Whether all of these programs (by name) and files (by path) are here.

    Tests that need them are not collected where they are not. With PRESSCAST_CI set, none may be missing.
    """
    missing = [t for t in tools if not (shutil.which(t) if isinstance(t, str) else t.exists())]
    if missing and os.environ.get("PRESSCAST_CI"):
        raise RuntimeError(f"not installed: {', '.join(map(str, missing))}")
    return not missing

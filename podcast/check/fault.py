"""What a check finds."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is not right in what is published."""

    file: str
    """Name of the published file, or path of the post."""
    what: str
    """What is wrong, and what was expected."""
    rule: str = ""
    """The rule it breaks, as the project's list of requirements numbers them; empty where none
    does."""
    severity: str = "error"
    """`error`; `warning` for what an app forgives and a person should know; `remark` for what
    is right."""

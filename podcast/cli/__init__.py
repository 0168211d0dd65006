"""The command line: a click group, one command a function."""

from podcast.cli.commands import main

__all__ = ["main"]

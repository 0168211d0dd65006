"""Markdown and HTML become Documents: used by `read` and `newsroom`."""

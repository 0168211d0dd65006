"""Lists of papers, each with its abstract.

Pasted as text, saved as HTML, as JSON, BibTeX or Markdown.
"""

from podcast.newsroom.source_kind import SourceKind
from podcast.newsroom.sources.papers.paper_source import read_papers

__all__ = ["KIND", "read_papers"]

KIND = SourceKind(read_papers, rank=35)

"""Lists of papers, each with its abstract: pasted as text, saved as HTML, as JSON, BibTeX or Markdown."""

from podcast.newsroom.sources.papers.paper_source import read_marked_papers, read_papers

__all__ = ["read_marked_papers", "read_papers"]

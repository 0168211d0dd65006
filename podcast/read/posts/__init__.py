"""Dated Markdown posts, as Jekyll keeps them in `_posts/`, Hugo and Pelican in `content/`."""

from podcast.read.posts.post import PostForm, read_post
from podcast.read.posts.post_folder import JekyllSource

__all__ = ["JekyllSource", "PostForm", "read_post"]

"""`podcast init`: the files of a new show, in an empty folder or in a blog."""

from podcast.init.blog_settings import Blog, find_blog
from podcast.init.new_show import PLACEHOLDERS, NewShow, init_show

__all__ = ["PLACEHOLDERS", "Blog", "NewShow", "find_blog", "init_show"]

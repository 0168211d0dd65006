"""The desk that works offline: stories in their sources' own sentences."""

from podcast.newsroom.desks.offline.template_desk import ADAPTER, TemplateDesk

__all__ = ["ADAPTER", "TemplateDesk"]

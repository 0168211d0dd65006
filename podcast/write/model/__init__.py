"""The writer that has a model: a rundown, stories as talks, and what holds them together."""

from podcast.write.model.model_writer import ADAPTER, ModelWriter

__all__ = ["ADAPTER", "ModelWriter"]

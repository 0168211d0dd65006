"""presscast: a written magazine becomes a podcast that people choose to listen to."""

__version__ = "0.1.0"

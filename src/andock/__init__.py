"""Andock: a region's framework strategy as a living system."""

__version__ = "0.1.0"

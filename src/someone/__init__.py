"""Someone: an operating system that becomes someone."""

__version__ = "0.1.0"

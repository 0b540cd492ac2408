"""The Claude Error Handbook: from a pasted error to the right entry."""

__version__ = "0.1.0"

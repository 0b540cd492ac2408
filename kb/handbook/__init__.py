"""The handbook that readers see: read once from what was published, swapped whole, never changed."""

from kb.handbook.current import Handbook, current

__all__ = ["Handbook", "current"]

"""Other ways to find an entry, each given the same texts and the same pastes."""

from __future__ import annotations

from typing import Protocol

Answer = tuple[str, float]  # a code and how strongly it is meant; scales differ from peer to peer


class Peer(Protocol):
    """`name` says the version."""

    name: str

    def ask(self, text: str) -> Answer | None:
        """The best entry for a paste, or None."""

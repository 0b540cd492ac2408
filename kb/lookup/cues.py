"""By what clients and other products are known in a paste: all their cues asked in one pass."""

from __future__ import annotations

from collections.abc import Sequence

from kb.lookup.rules import Cues
from kb.lookup.scan import Scan


class CueBook:
    """Cues of clients and of look-alikes. Raises BadPattern when one does not compile."""

    def __init__(self, clients: Sequence[Cues], lookalikes: Sequence[Cues]) -> None:
        self._clients = {f"{rule.slug} {n}": rule.slug for rule in clients for n, _ in enumerate(rule.patterns)}
        self._order = {rule.slug: -place for place, rule in enumerate(clients)}
        self._scan = Scan(
            {f"{rule.slug} {n}": cue for rule in clients for n, cue in enumerate(rule.patterns)}
            | {f"other {rule.slug} {n}": cue for rule in lookalikes for n, cue in enumerate(rule.patterns)}
        )

    def read(self, text: str) -> tuple[str | None, bool]:
        """The client with most cues, the first in order when two have as many; whether another product is named."""
        seen = self._scan.names(text)
        clients = [self._clients[name] for name in seen & self._clients.keys()]
        client = max(clients, key=lambda slug: (clients.count(slug), self._order[slug]), default=None)
        return client, len(seen) > len(clients)

"""Small changes made to a text one after another. Each is tried only where the text holds what it changes."""

from __future__ import annotations

from collections.abc import Callable

from kb.lookup.mapped import Mapped
from kb.lookup.scan import Scan

Step = Callable[[Mapped], Mapped]


class Steps:
    """Steps in order, each with the RE2 expression without a match of which it would change nothing.

    `also`: further expressions by name that the caller asks of the text, looked for in the same pass.
    """

    def __init__(
        self, *steps: tuple[str, Step], also: dict[str, str] | None = None, case_sensitive: bool = False
    ) -> None:
        self._steps = steps
        self.scan = Scan({need: need for need, _ in steps} | (also or {}), case_sensitive)

    def __call__(self, view: Mapped) -> Mapped:
        return self.and_names(view)[0]

    def and_names(self, view: Mapped) -> tuple[Mapped, set[str]]:
        """The changed view, and the names of the expressions that match in the text before, between or after."""
        needed = seen = self.scan.names(view.text)
        for need, step in self._steps:
            if need in needed:
                changed = step(view)
                if changed is not view:
                    view, needed = changed, self.scan.names(changed.text)
                    seen = seen | needed
        return view, seen

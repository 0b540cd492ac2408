"""One fault: done, held, undone, healed; and everything that was acknowledged is looked for."""

from __future__ import annotations

import time
from collections import Counter
from contextlib import nullcontext
from dataclasses import dataclass

from cluster import Cluster
from faults.editor import Editor, Edits
from faults.fault import Fault
from faults.load import Load, Told
from faults.watch import Watch, ready, sees

HEALS_WITHIN = 60.0  # seconds; on a machine with nothing else to do a few are enough


@dataclass(frozen=True)
class Outcome:
    """`healed`: seconds from the fault's end until every node is ready and shows an edit made after it; None: never.
    `asked_again`: by nginx, when a process dies on a request.
    """

    fault: Fault
    told: Told
    edits: Edits
    lost: list[int]
    ready: Counter[int]
    healthy: Counter[int]
    named: set[str]
    healed: float | None
    asked_again: bool = True

    def complaints(self) -> list[str]:
        """What should not have been; empty when the fault was borne."""
        allowed = 0 if self.asked_again else self.fault.cuts
        found = [f"a reader failed: {failure}" for failure in self.told.failures[allowed : allowed + 5]]
        found += [f"edit {number} was acknowledged and is lost" for number in self.lost]
        if self.healed is None:
            found.append(f"not healed within {HEALS_WITHIN:.0f} s")
        if self.fault.refuses and not self.edits.refused:
            found.append("no edit was refused")
        return found + self._untruths()

    def _untruths(self) -> list[str]:
        down = self.fault.down
        if self.healthy[503] or self.healthy[500]:
            return [f"/healthz did not stay 200: {dict(self.healthy)}"]
        if down and not any(part.startswith(down) for part in self.named):
            return [f"/readyz never named {down}: {dict(self.ready)} {self.named}"]
        if down == "" and set(self.ready) != {200}:
            return [f"/readyz did not stay 200: {dict(self.ready)} {self.named}"]
        return []


def run(fault: Fault, cluster: Cluster, load: Load, editor: Editor) -> Outcome:
    """Raises Impossible when the fault cannot be done here."""
    with editor.paused() if fault.moves_files else nullcontext():
        fault.prepare(cluster)
    try:
        wait_until_well(cluster, editor)
        load.take(), editor.take()
        with Watch(cluster.nodes) as watch:
            try:
                began = time.monotonic()
                fault.begin(cluster)
                time.sleep(max(0.0, began + fault.seconds - time.monotonic()))
            finally:
                fault.end(cluster)
        healed = wait_until_well(cluster, editor)
        told, edits = load.take(), editor.take()
        lost = missing(cluster, edits.acknowledged)
        seen = (watch.ready, watch.healthy, watch.named)
        return Outcome(fault, told, edits, lost, *seen, healed, cluster.has_nginx)
    finally:
        with editor.paused() if fault.moves_files else nullcontext():
            fault.clear(cluster)


def wait_until_well(cluster: Cluster, editor: Editor) -> float | None:
    """Seconds until every node is ready and shows an edit that was begun from now on; None after HEALS_WITHIN."""
    began = time.monotonic()
    after = editor.newest() + 1  # the one under way may have been begun before
    while time.monotonic() - began < HEALS_WITHIN:
        number = editor.first_after(after)
        if number and all(ready(node)[0] == 200 and sees(node, number) for node in cluster.nodes):
            return time.monotonic() - began
        time.sleep(0.1)
    return None


def missing(cluster: Cluster, numbers: list[int]) -> list[int]:
    """Edits that some node does not show, although every node had time to fetch the newest."""
    end = time.monotonic() + HEALS_WITHIN
    left = numbers
    while left := [number for number in left if not all(sees(node, number) for node in cluster.nodes)]:
        if time.monotonic() > end:
            break
        time.sleep(0.5)
    return left

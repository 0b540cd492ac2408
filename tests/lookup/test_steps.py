"""Steps that are tried only where the text holds what they change."""

from __future__ import annotations

import re

from kb.lookup.mapped import Mapped
from kb.lookup.steps import Step, Steps


def test_a_step_that_is_not_needed_is_not_taken() -> None:
    taken: list[str] = []

    def note(view: Mapped) -> Mapped:
        taken.append(view.text)
        return view

    steps = Steps(("a", note), ("b", note))
    assert steps(Mapped.of("only b")).text == "only b"
    assert taken == ["only b"]


def replacing(old: str, new: str) -> Step:
    return lambda view: view.sub(re.compile(old), new)


def test_what_one_step_uncovers_the_next_one_sees() -> None:
    steps = Steps(("%41", replacing("%41", "A")), ("AA", replacing("AA", "B")))
    assert steps(Mapped.of("%41A")).text == "B"


def test_steps_are_taken_in_order_and_once() -> None:
    steps = Steps(("b", replacing("b", "a")), ("a", replacing("a", "b")))
    assert steps(Mapped.of("ab")).text == "bb"

"""Recordings as symptoms: versions that print the same are one, which stands in place of what was typed alike."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache
from itertools import groupby

from django.conf import settings
from django.utils.translation import override

from kb.content.recordings import Recording
from kb.handbook.labels import RECORDED
from kb.handbook.markup import render_inline
from kb.handbook.types import Html, Symptom

MODES = list(RECORDED)  # the most telling first


def as_symptoms(recordings: Iterable[Recording]) -> list[Symptom]:
    """Those of one entry; of each client the most telling first. Versions that print the same are one."""
    ordered = sorted(recordings, key=_same)
    found = [_symptom(sorted(group, key=_release, reverse=True)) for _, group in groupby(ordered, _same)]
    return [symptom for _, symptom in sorted(found, key=lambda ranked: ranked[0])]


def merged(typed: Sequence[Symptom], recordings: Sequence[Symptom]) -> tuple[tuple[Symptom, ...], tuple[Symptom, ...]]:
    """The symptoms, with the recording in place of each that says the same, and the recordings that are left."""
    left, symptoms = list(recordings), []
    for symptom in typed:
        better = next((recording for recording in left if _says(recording, symptom)), None)
        if better:
            left.remove(better)
        symptoms.append(_in_place(symptom, better) if better else symptom)
    return tuple(symptoms), tuple(left)


def _says(recording: Symptom, typed: Symptom) -> bool:
    """The same text but for numbers, or the end of a traceback of which some was left out."""
    sample = typed.sample.strip()
    return recording.client == typed.client and _unnumbered(recording.sample) in (
        _unnumbered(sample),
        _unnumbered(sample.splitlines()[-1]),
    )


def _in_place(typed: Symptom, recording: Symptom) -> Symptom:
    whole = _unnumbered(recording.sample) == _unnumbered(typed.sample.strip())
    return replace(recording, slug=typed.slug, where=typed.where if whole else recording.where)


def _unnumbered(text: str) -> str:
    """Ports and lengths differ from run to run."""
    return re.sub(r"\d+", "0", text)


def _same(recording: Recording) -> tuple[str, int, str]:
    return recording.client, MODES.index(recording.mode), recording.text


def _release(recording: Recording) -> tuple[int, ...]:
    """A version in the order of numbers: `anthropic 0.84.0` is (0, 84, 0)."""
    return tuple(int(part) for part in recording.version.rpartition(" ")[2].split(".") if part.isdigit())


def _symptom(group: list[Recording]) -> tuple[tuple[str, int, tuple[int, ...]], Symptom]:
    """With its place: by client, then mode, then newest first. `group` is newest first."""
    newest = group[0]
    package, versions = newest.version.rpartition(" ")[0], [one.version.rpartition(" ")[2] for one in group]
    language, _, system = newest.platform.rpartition(", ")
    rank = newest.client, MODES.index(newest.mode), tuple(-part for part in _release(newest))
    return rank, Symptom(
        client=newest.client,
        slug=f"{newest.mode}-{versions[0]}",
        sample=newest.text,
        where=_where(newest.mode),
        provenance="recorded",
        command=newest.command,
        client_version=", ".join(filter(None, [f"{package} {' · '.join(versions)}", language])),
        platform=system,
        seen=newest.recorded,
        source="",
    )


@cache
def _where(mode: str) -> Html:
    """How it was recorded, in every language of the pages; the same for hundreds."""
    found = {}
    for language, _ in settings.LANGUAGES:
        with override(language):
            found[language] = render_inline(str(RECORDED[mode]))
    return found

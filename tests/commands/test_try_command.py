"""`manage.py try`: what an edited or new entry file would move, before it is loaded."""

from __future__ import annotations

import json
import shutil
from importlib import import_module
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from kb.handbook import current
from kb.handbook.trial import tried
from tests import fixture_set
from tests.content.conftest import empty_database, loaded, own_folder, workshop
from tests.content.workshop import Workshop
from tests.fixture_set import change, row

__all__ = ["empty_database", "loaded", "own_folder", "workshop"]
ENTRY = "entries/401-first.yaml"
PAIR = "- pair: [401-first, 429-second]\n  text: no such key\n  why: the key, not a limit\n"


@pytest.fixture
def edited(loaded: Workshop, tmp_path: Path) -> Path:
    """A copy of a published entry file, elsewhere."""
    return Path(shutil.copy(loaded.path(ENTRY), tmp_path / "401-first.yaml"))


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """A paste that the entry knows, one that it does not know yet, and one that is none of ours."""
    rows = [
        {"text": "Error: no such key", "label": "401-first"},
        {"text": "Error: the key is worn out", "label": "401-first"},
        {"text": "Error: no such door", "label": "none"},
    ]
    path = tmp_path / "mine.jsonl"
    path.write_text("".join(json.dumps(item) + "\n" for item in rows), encoding="utf-8")
    return path


def attempt(at: Workshop, *files: Path, corpus: list[Path]) -> str:
    """What the command prints when nothing gets worse."""
    out = StringIO()
    call_command("try", *map(str, files), fixtures=at.folder, corpus=corpus, stdout=out)
    return out.getvalue()


def refusal(at: Workshop, *files: Path, corpus: list[Path]) -> tuple[str, str]:
    """What the command prints when it ends with exit code 1, and its last word."""
    said = StringIO()
    with pytest.raises(CommandError) as raised:
        call_command("try", *map(str, files), fixtures=at.folder, corpus=corpus, stdout=said, stderr=said)
    assert raised.value.returncode == 1
    return said.getvalue(), str(raised.value)


def signature(slug: str, phrase: str, entry: str = "401-first", **more: Any) -> dict[str, Any]:
    given = {"position": 9, "strength": "decisive", "sample": phrase}
    return row("signature", entry=[entry], slug=slug, phrase=phrase, **(given | more))


def test_a_file_as_published_moves_nothing(loaded: Workshop, edited: Path, corpus: Path) -> None:
    told = attempt(loaded, edited, corpus=[corpus])
    assert told.startswith("5 pastes: 0 right before, wrong now")
    assert told.count("\n") == 1


def test_a_new_wording_is_shown_with_what_it_puts_right(loaded: Workshop, edited: Path, corpus: Path) -> None:
    change(edited, lambda rows: rows.append(signature("worn", "the key is worn out")))
    told = attempt(loaded, edited, corpus=[corpus])
    assert "mine.jsonl:2: nothing → 401-first (certain), wanted 401-first: Error: the key is worn out" in told
    assert "1 wrong before, right now" in told


def test_what_gets_worse_comes_first_and_ends_with_exit_code_1(loaded: Workshop, edited: Path, corpus: Path) -> None:
    def edit(rows: list[dict[str, Any]]) -> None:
        rows.append(signature("worn", "the key is worn out"))
        rows.append(signature("door", "no such door"))

    change(edited, edit)
    told, reason = refusal(loaded, edited, corpus=[corpus])
    assert told.startswith("right before, wrong now (1)\n  mine.jsonl:3: nothing → 401-first (certain), wanted none")
    assert told.index("mine.jsonl:3") < told.index("mine.jsonl:2")
    assert reason == "something got worse"


def test_confusables_are_tried_too(loaded: Workshop, edited: Path, tmp_path: Path) -> None:
    pairs = tmp_path / "pairs.yaml"
    pairs.write_text(PAIR, encoding="utf-8")
    assert "0 moved" in attempt(loaded, edited, corpus=[pairs])
    other = tmp_path / "429-second.yaml"
    fixture_set.write(
        tmp_path, {other.name: [fixture_set.entry("429-second"), signature("key", "no such key", "429-second")]}
    )
    told, _ = refusal(loaded, other, corpus=[pairs])
    assert "wanted 401-first and not 429-second: no such key" in told


def test_a_new_file_is_tried_with_its_own_samples(loaded: Workshop, tmp_path: Path, corpus: Path) -> None:
    new = tmp_path / "403-third.yaml"
    rows = [fixture_set.entry("403-third"), signature("door", "the door is shut", "403-third")]
    fixture_set.write(tmp_path, {new.name: rows})
    assert "4 pastes" in attempt(loaded, new, corpus=[corpus])
    change(new, lambda rows: rows[1]["fields"].update(sample="no such key: the door is shut", strength="strong"))
    told, _ = refusal(loaded, new, corpus=[corpus])
    assert "entries/403-third.yaml door: 401-first (certain) → 401-first (certain), wanted 403-third" in told


def test_mistakes_are_shown_as_load_kb_shows_them(loaded: Workshop, edited: Path, corpus: Path) -> None:
    change(edited, lambda rows: rows[0]["fields"].update(colour="red"))
    told, reason = refusal(loaded, edited, corpus=[corpus])
    assert reason == "1 mistakes; nothing was tried"
    shutil.copy(edited, loaded.path(ENTRY))
    assert loaded.refusal().said == told == "entries/401-first.yaml: kb.entry[0] 401-first: colour: unknown key\n"


def test_neither_database_nor_published_handbook_is_touched(loaded: Workshop, edited: Path, corpus: Path) -> None:
    before = loaded.database(), loaded.published(), current().version
    change(edited, lambda rows: rows.append(signature("worn", "the key is worn out")))
    attempt(loaded, edited, corpus=[corpus])
    assert (loaded.database(), loaded.published(), current().version) == before


def test_what_is_tried_is_what_would_be_published(loaded: Workshop) -> None:
    assert tried(loaded.folder, []).version == current().version


@pytest.mark.parametrize("name", ["nothing.yaml", "nothing.jsonl"])
def test_a_file_that_is_not_there_is_named(loaded: Workshop, edited: Path, tmp_path: Path, name: str) -> None:
    missing = tmp_path / name
    files, corpora = ([missing], []) if name.endswith("yaml") else ([edited], [missing])
    assert name in refusal(loaded, *files, corpus=corpora)[1]


def test_the_sealed_corpus_is_never_tried(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    command = import_module("kb.management.commands.try")
    for name in ("a.jsonl", "pairs.yaml", "sealed.jsonl"):
        (tmp_path / name).touch()
    monkeypatch.setattr(command, "CORPUS", tmp_path)
    assert [path.name for path in command._public()] == ["a.jsonl", "pairs.yaml"]

"""`manage.py coverage`: how much of the catalogue and of the SDKs' errors the Handbook knows."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from kb.handbook import current
from kb.handbook.types import NamedCode
from kb.management.commands import coverage

NAMED = NamedCode("key_lost", "401", "KeyLostError", {"en": ""}, {"en": ""})
HEADING = "status\terror_code\tclass\n"


@pytest.fixture(autouse=True)
def one_named_code(monkeypatch: pytest.MonkeyPatch) -> None:
    """The handbook as it is, but its first entry of 401 names one code and no entry another."""
    handbook = current()
    first, *others = (replace(entry, named_codes=()) for entry in handbook.with_status("401"))
    entries = (replace(first, named_codes=(NAMED,)), *others)
    document = replace(handbook.document, entries=entries)
    monkeypatch.setattr(coverage, "current", lambda: replace(handbook, document=document))


def told(folder: Path, text: str) -> list[str]:
    table, out = folder / "errors.tsv", io.StringIO()
    table.write_text(text)
    call_command("coverage", str(table), stdout=out)
    return out.getvalue().splitlines()


def test_what_is_missing_is_listed_and_counted(tmp_path: Path) -> None:
    rows = "401\t-\tA\n401\tkey_lost\tB\n401\tkey_found\tC\n999\t-\tD\n404\tkey_lost\tE\n"
    *missing, total = told(tmp_path, HEADING + rows)
    assert missing[-3:] == ["401 key_found C", "999 - D", "404 key_lost E"]
    assert total.endswith(" · sdk codes 2/5")


def test_a_published_code_without_entry_is_listed(tmp_path: Path) -> None:
    codes = (settings.FIXTURES / "published.txt").read_text("utf-8").split()
    *missing, total = told(tmp_path, HEADING)
    assert "529-overloaded" in missing
    assert total == f"catalogue {len(codes) - len(missing)}/{len(codes)} · sdk codes 0/0"


def test_a_table_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"nowhere\.tsv"):
        call_command("coverage", str(tmp_path / "nowhere.tsv"))


def test_a_line_of_another_shape_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CommandError):
        told(tmp_path, HEADING + "401 two\n")

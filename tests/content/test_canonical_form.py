"""Fixture files have one form: what they say decides how they are written."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from kb.content.canonical import complete, identity
from kb.content.canonical_file import canonical_text
from kb.content.export import FILES
from kb.content.schema import ROWS
from kb.content.yaml_files import fixture_paths, parse
from kb.content.yaml_text import lines
from tests.fixture_set import entry, files, row

TEXT = st.text(st.characters(codec="utf-8") | st.sampled_from("\n\n  '\"\\:#-|>[]{},&*!%@`?0129.\t…字\u2028\x85\x07"))
DATA = st.recursive(
    TEXT | st.booleans() | st.integers(0, 999),
    lambda inner: (
        st.lists(inner.filter(lambda item: not isinstance(item, list)), max_size=3)
        | st.dictionaries(TEXT, inner, min_size=1, max_size=3)
    ),
    max_leaves=6,
)
LOADERS = [yaml.SafeLoader, getattr(yaml, "CSafeLoader", yaml.SafeLoader)]


def test_every_fixture_file_is_in_canonical_form() -> None:
    folder = Path(settings.FIXTURES)
    wrong = [path.name for path in fixture_paths(folder) if canonical_text(_text(path)) != _text(path)]
    assert wrong == [], "run: python manage.py export_kb --format"


def test_the_canonical_form_of_every_fixture_says_the_same_and_is_its_own_canonical_form() -> None:
    for path in fixture_paths(Path(settings.FIXTURES)):
        form = canonical_text(_text(path))
        assert canonical_text(form) == form, path.name
        assert _told(form) == _told(_text(path)), path.name


@pytest.mark.parametrize("loader", LOADERS)
@given(data=st.dictionaries(TEXT, DATA, min_size=1, max_size=3))
def test_any_data_is_read_back_as_it_was_written(loader: type[yaml.SafeLoader], data: dict[str, object]) -> None:
    assert yaml.load("\n".join(lines(data, "    ")) + "\n", loader) == data


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        ("401", '"401"'),
        ("401-invalid-api-key", '"401-invalid-api-key"'),
        ("2026-11-23", '"2026-11-23"'),
        ("1.0.77", '"1.0.77"'),
        ("bedrock-throttled", "bedrock-throttled"),
        ("no", '"no"'),
        ("a: b", '"a: b"'),
        ('{"a": "b"}', '\'{"a": "b"}\''),
        (r"\bkey\b", r"'\bkey\b'"),
        ("“引号”，和标点：", "“引号”，和标点："),
        (True, "true"),
        (3, "3"),
        (["a", "b c"], "[a, b c]"),
        (["401"], '["401"]'),
        ([], "[]"),
    ],
)
def test_a_value_on_one_line_is_quoted_only_where_it_must_be(value: object, wanted: str) -> None:
    assert list(lines({"key": value}, "")) == [f"key: {wanted}"]


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        ("one\ntwo\n", "|\n  one\n  two"),
        ("one\n\ntwo", "|-\n  one\n\n  two"),
        ("  one\n", "|2\n    one"),
        ('it\'s: "so"', '|-\n  it\'s: "so"'),
        (["a: b", "c"], '\n  - "a: b"\n  - c'),
        ([{"a": "b", "c": "d"}], "\n  - a: b\n    c: d"),
    ],
)
def test_longer_values_stand_as_blocks(value: object, wanted: str) -> None:
    assert "\n".join(lines({"key": value}, "")).replace("key: |", "key:|").replace("key:", "", 1) == wanted


def test_keys_stand_in_the_order_of_the_schema_and_defaults_are_left_out() -> None:
    told = entry("401-first", message="", faq=[])["fields"]
    text = canonical_text(
        yaml.dump([{"model": "kb.entry", "fields": dict(reversed(told.items()))}], allow_unicode=True)
    )
    keys = [line.split(":")[0].strip() for line in text.splitlines() if line.startswith("    ") and line[4] != " "]
    assert keys == [name for name in ROWS["kb.entry"].model_fields if name in keys]
    assert not {"message", "faq", "response"} & set(keys)


def test_languages_stand_in_our_order_and_headers_by_name() -> None:
    response = {"status": "401", "headers": {"x-b": "2", "a": "1"}, "body": "{}", "provenance": "observed"}
    told = entry("401-first", title={"fr": "c", "en": "b", "zh-hans": "a"}, response=response)
    text = canonical_text(yaml.dump([told]))
    assert "    title:\n      zh-hans: a\n      en: b\n      fr: c\n" in text
    assert '      headers:\n        a: "1"\n        x-b: "2"\n' in text


def test_rows_stand_by_kind_and_position_with_a_blank_line_between_kinds() -> None:
    rows = files()["entries/401-first.yaml"]
    text = canonical_text(yaml.dump(list(reversed(rows)), allow_unicode=True))
    assert text == canonical_text(yaml.dump(rows, allow_unicode=True))
    assert text.count("\n\n- model: ") == len({row["model"] for row in rows}) - 1


def test_comments_between_rows_stay_above_their_row() -> None:
    one, two = (row("lookalike", slug=name, name="A", cues=["a"]) for name in ("one", "two"))
    said = f"# What this is.\n\n# Group\n{yaml.dump([two])}\n# Another\n{yaml.dump([one])}\n# End\n"
    text = canonical_text(said)
    assert text.startswith("# What this is.\n\n# Group\n- model: kb.lookalike\n  fields:\n    slug: two\n")
    assert "\n\n# Another\n- model: kb.lookalike\n  fields:\n    slug: one\n" in text
    assert text.endswith("\n\n# End\n")
    assert canonical_text(text) == text


@pytest.mark.parametrize("text", ["a: b", "- {model: kb.entry}", "- ["])
def test_what_is_no_fixture_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="file: "):
        canonical_text(text)


def test_every_kind_of_row_has_its_file() -> None:
    in_entries = {name for name, schema in ROWS.items() if "entry" in schema.model_fields} | {"kb.entry"}
    assert set(FILES) == set(ROWS) - in_entries


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def _told(text: str) -> dict[tuple[str, str], dict[str, Any]]:
    """What a file says, without regard to order and defaults."""
    return {identity(row): complete(row.model, row.fields) for row in parse("file", text)[0]}

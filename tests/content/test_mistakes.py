"""`load_kb` names file, key and reason of every mistake, and changes nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.content.workshop import Workshop
from tests.fixture_set import both, change

ENTRY = "entries/401-first.yaml"
# (what is wrong, file, text of the file, what stands there instead, the key that must be named, the reason)
MISTAKES = [
    ("an unknown key", ENTRY, "  message: no such key", "  mesage: no such key", "mesage", "unknown key"),
    ("a missing required key", ENTRY, "    side: you\n", "", "side", "Field required"),
    ("an unknown model", ENTRY, "model: kb.cause", "model: kb.reason", "model", "there is no kb.reason"),
    ("an unknown member of a closed set", ENTRY, "side: you", "side: them", "side", "'relay'"),
    ("a missing language", ENTRY, "    zh-hans: 标题\n", "", "title", "no text in zh-hans"),
    ("an empty language", ENTRY, "en: Mistyped", "en: ' '", "title", "no text in en"),
    ("something that is no language", ENTRY, "zh-hans: 原因", "chinese!: 甲\n      zh-hans: 原因", "title",
     "not a language"),
    ("an unquoted status", ENTRY, "- '401'", "- 401", "statuses.0", "YAML read 401 as int: put it in quotes"),
    ("a status of octal digits", ENTRY, "- '401'", "- 000", "statuses.0", "YAML read 0 as int: put it in quotes"),
    ("an unquoted date", ENTRY, "checked: '2026-11-23'", "checked: 2026-11-23", "checked", "put it in quotes"),
    ("an unquoted version", "models.yaml", "name: A model", "name: 3.5", "name", "YAML read 3.5 as float"),
    ("an unquoted yes", "facts.yaml", "value: api.example.org", "value: on", "value", "YAML read True as bool"),
    ("a text longer than its column", "models.yaml", "name: A model", "name: A model" + " more" * 40, "name",
     "at most"),
    ("a YAML key that stands twice", ENTRY, "  side: you", "  side: you\n    side: plan", "side", "stands twice"),
    ("broken YAML", ENTRY, "statuses:", "statuses: [", "line", "expected"),
    ("a row with other keys", ENTRY, "- model: kb.cause", "- pk: 3\n  model: kb.cause", "[1]", "exactly the keys"),
    ("a pattern that is not RE2", ENTRY, r"key \d+ is unknown", r"(?<=key )\d+", "pattern", "not an RE2 pattern"),
    ("a cue that is not RE2", "clients.yaml", r"\bsecond\b", r"(second)\1", "cues.0", "not an RE2 pattern"),
    ("a phrase without words", ENTRY, "phrase: no such key", "phrase: '{n} … {n}'", "phrase", "has no words"),
    ("an unknown placeholder", ENTRY, "phrase: no such key", "phrase: no such {key}", "phrase", "{key}"),
    ("a phrase that misses its sample", ENTRY, "phrase: no such key", "phrase: no such hat", "sample", "not match"),
    ("a pattern that misses its sample", ENTRY, "sample: key 17", "sample: key x", "sample", "not match"),
    ("neither phrase nor pattern", ENTRY, "    phrase: no such key\n", "", "401-first/message", "phrase or pattern"),
    ("a fact that is not there", ENTRY, "{{fact:api-host}}.", "{{fact:hosts}}.", "meaning.en", "leads nowhere"),
    ("a family without a current model", ENTRY, "{{model:sonnet}}", "{{model:opus}}", "steps.en", "leads nowhere"),
    ("an entry link to nothing", "howtos.yaml", "{{entry:401-first}}", "{{entry:x}}", "steps.en", "leads nowhere"),
    ("a client link to nothing", "howtos.yaml", "{{client:python-sdk}}", "{{client:x}}", "steps.en", "leads nowhere"),
    ("a link of no kind", ENTRY, "{{fact:api-host}}.", "{{page:about}}.", "meaning.en", "leads nowhere"),
    ("a reference in verbatim text", ENTRY, "'Error code:", "'{{fact:api-host}}:", "sample", "verbatim"),
    ("a reference in a title", ENTRY, "en: Mistyped", "en: '{{fact:api-host}}'", "title.en", "takes no references"),
    ("a row of no entry", ENTRY, "model: kb.cause\n  fields:\n    entry:\n    - 401-first",
     "model: kb.cause\n  fields:\n    entry:\n    - 401-none", "entry", "there is no entry 401-none"),
    ("a symptom of no client", ENTRY, "- python-sdk\n    slug: line", "- none\n    slug: line", "client",
     "no client none"),
    ("a neighbour that is not there", ENTRY, "code: 429-second", "code: 429-none", "neighbours", "no entry 429-none"),
    ("a how-to that is not there", ENTRY, "- set-the-key", "- set-no-key", "howtos", "there is no howto set-no-key"),
    ("a spelling of no model", "models.yaml", "model:\n    - claude-sonnet-9", "model:\n    - claude-none", "model",
     "there is no model claude-none"),
    ("a replacement that is not there", "models.yaml", "replacement: claude-sonnet-9", "replacement: claude-none",
     "replacement", "there is no model claude-none"),
    ("a redirect to nothing", "redirects.yaml", "new_code: 401-first", "new_code: x", "new_code", "no entry x"),
    ("a redirect from an entry", "redirects.yaml", "old_code: 401-older", "old_code: 429-second", "old_code", "still"),
    ("two current models of a family", "models.yaml", "family: claude\n", "family: sonnet\n    current: true\n",
     "current", "two models of the family sonnet"),
    ("a recorded sample without its command", ENTRY, "provenance: observed", "provenance: recorded", "401-first",
     "names its command"),
    ("a snippet without an owner", "howtos.yaml", "    howto:\n    - set-the-key\n", "", "howto-code",
     "entry or howto"),
    ("an error code in capitals", ENTRY, "code: key_unknown", "code: KeyUnknown", "named_codes.0.code", "pattern"),
    ("a class that is no error", ENTRY, "exception: KeyUnknownError", "exception: KeyUnknown",
     "named_codes.0.exception", "pattern"),
    ("an error code without its fix in Chinese", ENTRY, "zh-hans: 换一个 Key。", "zh-hans: ' '", "named_codes.0.fix",
     "no text in zh-hans"),
    ("an error code of a status that the entry has not", ENTRY, "status: '401'", "status: '429'",
     "named_codes.0.status", "the entry has no status 429"),
    ("an error code that is named and listed", ENTRY, "- key_lost", "- key_unknown", "401-first",
     "the error code key_unknown stands already in 401-first"),
    ("a word of two groups", "words.yaml", "- the second", "- expires", "words.0", "expires stands already in expired"),
    ("a word without letters", "words.yaml", "- expired", "- '!!'", "words.1", "has neither letters nor"),
    ("words for no client", "words.yaml", "slug: second", "slug: third", "slug", "there is no client third"),
    ("words of no kind", "words.yaml", "kind: trouble", "kind: bother", "kind", "'trouble'"),
    ("a source over plain http", ENTRY, "url: https://", "url: http://", "sources.0.url", "pattern"),
]  # fmt: skip


@pytest.mark.parametrize(("mistake", "file", "was", "becomes", "key", "reason"), MISTAKES, ids=[m[0] for m in MISTAKES])
def test_a_mistake_is_named_and_changes_nothing(
    loaded: Workshop, mistake: str, file: str, was: str, becomes: str, key: str, reason: str
) -> None:
    database, published = loaded.database(), loaded.published()
    replace(loaded.path(file), was, becomes)
    refusal = loaded.refusal()
    told = [line for line in refusal.said.splitlines() if line.startswith(f"{file}: ")]
    assert any(key in line and reason in line for line in told), refusal.said
    assert "nothing was changed" in refusal.reason
    assert refusal.code == 1
    assert (loaded.database(), loaded.published()) == (database, published)


def test_a_code_in_two_files_is_refused(loaded: Workshop) -> None:
    copy = loaded.path("entries/401-third.yaml")
    copy.write_bytes(loaded.path("entries/429-second.yaml").read_bytes())
    said = loaded.refusal().said
    assert "entries/429-second.yaml: kb.entry[0] 429-second" in said
    assert "kb.entry 429-second stands already in entries/401-third.yaml" in said


def test_a_cause_with_the_slug_of_another_is_refused(loaded: Workshop) -> None:
    change(loaded.path(ENTRY), lambda rows: rows.append(rows[1]))
    assert "kb.cause[7] 401-first/mistyped: kb.cause 401-first mistyped stands already in" in loaded.refusal().said


def test_an_error_code_of_two_entries_is_refused(loaded: Workshop) -> None:
    change(loaded.path("entries/429-second.yaml"), lambda rows: rows[0]["fields"].update(error_codes=["key_unknown"]))
    said = loaded.refusal().said
    assert "429-second: the error code key_unknown stands already in 401-first" in said


def test_entries_that_yield_to_each_other_are_refused(loaded: Workshop) -> None:
    codes = ("401-first", "429-second")
    for code, other in (codes, codes[::-1]):
        near = [{"code": other, "difference": both("不同", "Different"), "yields": True}]
        change(loaded.path(f"entries/{code}.yaml"), lambda rows, near=near: rows[0]["fields"].update(neighbours=near))
    said = loaded.refusal().said
    assert "401-first: neighbours: yields in a circle: 401-first → 429-second → 401-first" in said
    assert "429-second: neighbours: yields in a circle: 429-second → 401-first → 429-second" in said


def test_an_entry_that_yields_to_one_that_does_not_is_taken(loaded: Workshop) -> None:
    near = [{"code": "429-second", "difference": both("不同", "Different"), "yields": True}]
    change(loaded.path(ENTRY), lambda rows: rows[0]["fields"].update(neighbours=near))
    assert "published" in loaded.load()


def test_every_mistake_is_told_at_once(loaded: Workshop) -> None:
    replace(loaded.path(ENTRY), "side: you", "side: them")
    replace(loaded.path("facts.yaml"), "value: ", "worth: ")
    refusal = loaded.refusal()
    assert {line.partition(":")[0] for line in refusal.said.splitlines()} == {ENTRY, "facts.yaml"}
    assert refusal.reason.startswith("3 mistakes")


def test_a_file_that_is_no_list_is_refused(loaded: Workshop) -> None:
    loaded.path("facts.yaml").write_text("model: kb.fact\n")
    assert "facts.yaml: the file is not a list of rows" in loaded.refusal().said


def test_a_file_that_is_not_utf_8_is_refused(loaded: Workshop) -> None:
    loaded.path("facts.yaml").write_bytes("- model: 事实\n".encode("gbk"))
    assert "facts.yaml: 'utf-8' codec can't decode" in loaded.refusal().said


def test_a_folder_without_fixtures_is_refused(loaded: Workshop, tmp_path: Path) -> None:
    assert "there are no fixtures here" in Workshop(tmp_path / "nowhere").refusal().said


def replace(path: Path, was: str, becomes: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert was in text
    path.write_text(text.replace(was, becomes, 1), encoding="utf-8")

"""`manage.py sync_models`: new, changed and gone against the fixture; written only when asked, in canonical form."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.management import CommandError, call_command
from pytest_django import Settings

from kb.content.canonical_file import canonical_text
from kb.content.load import read_fixtures
from kb.management.commands import sync_models
from tests import fixture_set
from tests.upstream.fake_host import FakeHost, page, row, serving

LISTED = page(
    row("claude-sonnet-9", display_name="Claude Sonnet 9", max_input_tokens=500000, max_tokens=64000),
    row("claude-opus-10", display_name="Claude Opus 10", line="opus", retires_at="2028-01-02T00:00:00Z"),
    row("gpt-4o"),
    row("claude-opus-5-5-thinking"),
)


@pytest.fixture
def folder(tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small fixture set in canonical form, and the key of the fake host."""
    settings.FIXTURES = fixture_set.write(tmp_path, fixture_set.files())
    path = tmp_path / "models.yaml"
    path.write_text(canonical_text(path.read_text("utf-8")), "utf-8")
    monkeypatch.setattr(sync_models, "today", lambda: date(2026, 11, 23))
    monkeypatch.setenv("KB_MODELS_KEY_FAKE", "fake-key")
    monkeypatch.setenv("ANTHROPIC_API_KEY", "official-key")
    monkeypatch.setenv("KB_MODELS_KEY_OTHER", "other-key")
    return tmp_path


@pytest.fixture
def host(folder: Path, settings: Settings) -> Iterator[FakeHost]:
    with serving(LISTED) as fake:
        settings.MODEL_HOSTS = [f"fake={fake.url}/v1/", "other=https://other.example.org"]
        yield fake


def sync(*options: str) -> str:
    out = io.StringIO()
    call_command("sync_models", *options, stdout=out)
    return out.getvalue()


def models(folder: Path) -> dict[str, dict[str, Any]]:
    rows = yaml.safe_load((folder / "models.yaml").read_text("utf-8"))
    return {row["fields"]["model_id"]: row["fields"] for row in rows if row["model"] == "kb.claudemodel"}


def test_what_is_new_and_changed_is_shown_and_nothing_is_written(host: FakeHost, folder: Path) -> None:
    before = (folder / "models.yaml").read_bytes()
    said = sync("--host", "fake")
    assert "new      claude-opus-10" in said
    assert "changed  claude-sonnet-9: name A model → Claude Sonnet 9" in said
    assert "changed  claude-sonnet-9: context None → 500000" in said
    assert "ignored  2 that are other products or other spellings" in said
    assert "+    context: 500000" in said
    assert (folder / "models.yaml").read_bytes() == before


def test_apply_writes_the_fixture_in_canonical_form(host: FakeHost, folder: Path) -> None:
    assert "written: models.yaml" in sync("--host", "fake", "--apply")
    text = (folder / "models.yaml").read_text("utf-8")
    assert canonical_text(text) == text
    new = models(folder)["claude-opus-10"]
    assert (new["family"], new["name"], new["retires"]) == ("opus", "Claude Opus 10", "2028-01-02")
    assert new["sources"] == [{"title": "GET /v1/models (fake)"}]
    assert models(folder)["claude-sonnet-9"]["output"] == 64000
    read_fixtures(folder)


def test_a_second_apply_finds_nothing(host: FakeHost, folder: Path) -> None:
    sync("--host", "fake", "--apply")
    before = (folder / "models.yaml").read_bytes()
    said = sync("--host", "fake", "--apply")
    assert "new " not in said
    assert "changed " not in said
    assert (folder / "models.yaml").read_bytes() == before


def test_what_is_gone_is_told_and_stays(folder: Path, settings: Settings) -> None:
    with serving(page(row("claude-old-1"))) as fake:
        settings.MODEL_HOSTS = [f"fake={fake.url}"]
        assert "gone     claude-sonnet-9" in sync("--host", "fake", "--apply")
    assert "claude-sonnet-9" in models(folder)


def test_each_host_is_sent_its_own_key(host: FakeHost) -> None:
    sync("--host", "fake")
    assert host.keys == ["fake-key"]


@pytest.mark.parametrize("variable", ["KB_MODELS_KEY_FAKE"])
def test_without_its_own_key_a_host_is_not_asked(
    variable: str, host: FakeHost, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(variable)
    with pytest.raises(CommandError, match=variable):
        sync("--host", "fake")
    assert host.keys == []


@pytest.mark.parametrize(
    "place", ["official=https://evil.example.org", "fake", "fake=ftp://x", "Fake=https://x", "=https://x"]
)
def test_a_host_that_is_not_well_given_is_refused(place: str, folder: Path, settings: Settings) -> None:
    settings.MODEL_HOSTS = [place]
    with pytest.raises(CommandError, match="KB_MODEL_HOSTS"):
        sync()


def test_an_unknown_host_is_named_with_those_there_are(host: FakeHost) -> None:
    with pytest.raises(CommandError, match="there are official, fake, other"):
        sync("--host", "nobody")


@pytest.mark.parametrize("answer", [500, b"<html>", (302, b"", {"location": "https://example.org"})])
def test_a_host_in_trouble_changes_nothing(answer: Any, folder: Path, settings: Settings) -> None:
    before = (folder / "models.yaml").read_bytes()
    with serving(answer) as fake:
        settings.MODEL_HOSTS = [f"fake={fake.url}"]
        with pytest.raises(CommandError, match=r"^fake: "):
            sync("--host", "fake", "--apply")
    assert (folder / "models.yaml").read_bytes() == before

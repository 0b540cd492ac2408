"""What is pinned has hashes and is audited: a vulnerability fails the check, a service that is away does not."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.audit import main

ROOT = Path(__file__).resolve().parents[2]
FINE = {"name": "idna", "version": "3.20", "vulns": []}
BAD = {"name": "old", "version": "1.0", "vulns": [{"id": "PYSEC-2026-1", "fix_versions": ["1.1"]}]}
UNKNOWN = {"name": "own", "skip_reason": "not found"}


def fake(out: str = "", err: str = "", code: int = 0) -> tuple[str, ...]:
    """A command that prints and exits as pip-audit would."""
    return (sys.executable, "-c", f"import sys; sys.stdout.write({out!r}); sys.stderr.write({err!r}); sys.exit({code})")


def report(*rows: dict[str, Any]) -> str:
    return json.dumps({"dependencies": rows, "fixes": []})


@pytest.mark.parametrize(
    ("command", "code", "said"),
    [
        (fake(report(FINE)), 0, "1 packages audited, 0 vulnerabilities known"),
        (fake(report(FINE, BAD), code=1), 1, "old 1.0: PYSEC-2026-1, mended in 1.1"),
        (fake(report(UNKNOWN)), 0, "there is no vulnerability service here"),
        (fake(report(FINE, UNKNOWN)), 0, "the service does not know 1"),
        (fake(err="ConnectionError: Max retries exceeded", code=1), 0, "cannot be reached"),
        (fake(err="ServiceError: 503", code=1), 0, "cannot be reached"),
        (fake(err="ERROR: requirement has no hash", code=1), 1, "requirement has no hash"),
        (fake(out="not JSON", err="a bug", code=1), 1, "a bug"),
    ],
)
def test_the_audit_fails_for_what_is_known_and_for_nothing_else(
    command: tuple[str, ...], code: int, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(str(ROOT / "requirements.txt"), command) == code
    assert said in capsys.readouterr().out


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_every_pin_has_hashes_and_no_registry_is_named(name: str) -> None:
    text = (ROOT / name).read_text("utf-8")
    assert "://" not in text
    pins = [block for block in re.split(r"\n(?=[A-Za-z])", text) if re.match("[A-Za-z]", block)]
    assert len(pins) > 20
    assert [
        pin.split()[0] for pin in pins if not re.match(r"[A-Za-z0-9._-]+(\[[a-z,]+\])?==\S+( ;[^\n]*)? \\\n", pin)
    ] == []
    assert [pin.split()[0] for pin in pins if "--hash=sha256:" not in pin] == []


@pytest.mark.parametrize("name", ["requirements", "requirements-dev"])
def test_what_is_asked_for_is_what_is_pinned(name: str) -> None:
    """Run `make lock` after a change."""
    assert pins(f"{name}.in")
    assert pins(f"{name}.in") <= pins(f"{name}.txt")


def pins(name: str) -> set[str]:
    """`package==version`, the package as registries spell it."""
    found = re.findall(r"(?m)^([A-Za-z0-9._-]+)(?:\[[a-z,]+\])?==(\S+)", (ROOT / name).read_text("utf-8"))
    return {f"{re.sub('[-_.]+', '-', package).lower()}=={version}" for package, version in found}

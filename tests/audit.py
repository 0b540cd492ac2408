"""Known vulnerabilities of what is pinned, told by pip-audit: `python tests/audit.py [requirements file]`.

Exit 1 when one is known or the file is wrong. A service that cannot be reached is said, and is no failure.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

COMMAND = ("pip-audit", "--require-hashes", "--disable-pip", "--format=json", "--progress-spinner=off", "--timeout=10")
LONGEST = 300  # seconds
AWAY = ("ConnectionError", "ConnectTimeout", "ReadTimeout", "Max retries", "SSLError", "ProxyError", "ServiceError",
        "ConnectionRefused", "Failed to resolve")  # fmt: skip


def main(requirements: str, command: tuple[str, ...] = COMMAND) -> int:
    """One package is asked for first: where the service does not know even that, it is not asked for the others."""
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as first:
        first.write(re.split(r"\n(?=[A-Za-z])", Path(requirements).read_text("utf-8"))[0])
        first.flush()
        rows, code = asked(first.name, command)
    if rows is None or all("skip_reason" in row for row in rows):
        return code if rows is None else say("not audited: there is no vulnerability service here", 0)
    rows, code = asked(requirements, command)
    return code if rows is None else judged(rows)


def asked(requirements: str, command: tuple[str, ...]) -> tuple[list[dict[str, Any]] | None, int]:
    """What the service says of each package; None with the exit code when it says nothing."""
    try:
        done = subprocess.run([*command, "-r", requirements], capture_output=True, text=True, timeout=LONGEST)
        return json.loads(done.stdout)["dependencies"], done.returncode
    except subprocess.TimeoutExpired:
        return None, say("not audited: the vulnerability service does not answer", 0)
    except (ValueError, KeyError):
        away = any(word in done.stderr for word in AWAY)
        told = "not audited: the vulnerability service cannot be reached" if away else done.stderr.strip()
        return None, say(told, 0 if away else 1)


def judged(rows: list[dict[str, Any]]) -> int:
    """What the service said of each package."""
    found = [f"{row['name']} {row['version']}: {one['id']}, mended in {', '.join(one['fix_versions']) or 'no version'}"
             for row in rows for one in row.get("vulns", [])]  # fmt: skip
    unknown = sum("skip_reason" in row for row in rows)
    for line in found:
        say(line, 1)
    told = f"{len(rows) - unknown} packages audited, {len(found)} vulnerabilities known"
    return say(told + (f"; the service does not know {unknown}" if unknown else ""), 1 if found else 0)


def say(text: str, code: int) -> int:
    sys.stdout.write(f"pip-audit: {text}\n")
    return code


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:2] or ["requirements.txt"]))

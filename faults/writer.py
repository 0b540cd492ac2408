"""An editor without pause, as a process in a node's environment: `python -m faults.writer`.

Edit number n makes `/e/edit-n` lead to an entry, and is published. One line of JSON is written for each, as soon
as it is acknowledged or refused; from then on an acknowledged edit must never be lost.
"""

from __future__ import annotations

import itertools
import json
import os
import sys
import time

import django

EVERY = 1.0  # seconds


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kb.settings")
    django.setup()
    for number in itertools.count(1):
        began = time.monotonic()
        refused = _edit(number)
        print(json.dumps({"number": number, "refused": refused, "seconds": time.monotonic() - began}), flush=True)
        time.sleep(max(0.0, began + EVERY - time.monotonic()))


def _edit(number: int) -> str:
    """Why it was refused; empty when it is acknowledged."""
    from django.db import connection

    from faults.load import CODE
    from kb.models import Redirect
    from kb.serving.publish import publish

    try:
        Redirect.objects.create(old_code=f"edit-{number}", new_code=CODE)
        publish()
    except OSError as error:  # recorded; only this node's file is missing
        print(f"edit {number}: {error}", file=sys.stderr)
    except Exception as error:
        return f"{type(error).__name__}: {' '.join(str(error).split())[:160]}"
    finally:
        connection.close()
    return ""


if __name__ == "__main__":
    main()

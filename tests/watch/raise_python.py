"""Run by the Python that has the SDK: every error that it knows, raised by a call to the API at argv[1], as JSON."""

import json
import sys
import traceback

import anthropic
from anthropic._error_classes import ERROR_CLASSES


def raised(status: int, code: str | None) -> str:
    """The last lines of the traceback."""
    client = anthropic.Anthropic(api_key="test-key", base_url=sys.argv[1], max_retries=0)
    try:
        client.messages.create(model=f"{status} {code or '-'}", max_tokens=1, messages=[])
    except anthropic.AnthropicError as error:
        return "".join(traceback.format_exception_only(error))
    raise SystemExit(f"{status} {code}: nothing was raised")


def family(kind: type) -> set[type]:
    return {kind}.union(*(family(child) for child in kind.__subclasses__()))


rows = [(str(status), code, kind.__name__, raised(status, code)) for (status, code), kind in ERROR_CLASSES.items()]
others = family(anthropic.AnthropicError) - set(ERROR_CLASSES.values())
sys.stdout.write(json.dumps({"rows": rows, "classes": sorted(kind.__name__ for kind in others)}))

"""`/api/v1/openapi.json`: the API as OpenAPI 3.1 describes it."""

from __future__ import annotations

import json
from typing import Any

from ninja import NinjaAPI

from kb.api import examples, shapes
from kb.problems import CONTENT_TYPE

DESCRIPTION = (
    "From a pasted error of the Claude API to the entry that explains it, and the whole catalogue. "
    "Unofficial: not affiliated with or endorsed by Anthropic. Nothing that is sent is stored."
)
LICENCE = {"name": "MIT (code), CC BY 4.0 (texts)", "url": "https://creativecommons.org/licenses/by/4.0/"}


def document(api: NinjaAPI, base: str) -> dict[str, Any]:
    """The document; `base` is the origin of the one server."""
    made: dict[str, Any] = json.loads(json.dumps(api.get_openapi_schema()))
    made["info"] |= {"description": DESCRIPTION, "license": LICENCE}
    made["servers"] = [{"url": base}]
    made["components"]["schemas"]["Problem"] = shapes.Problem.model_json_schema()
    for path in made["paths"].values():
        path.pop("head", None)  # as GET, without the body; an operation is described once
        for operation in path.values():
            _complete(operation)
    return made


def _complete(operation: dict[str, Any]) -> None:
    operation["responses"].setdefault("400", {"description": "The request cannot be read: too many parameters, say"})
    for status, response in operation["responses"].items():
        if int(status) >= 400:
            response["content"] = _problem(int(status))
        elif status == "200":
            response["content"]["application/json"]["example"] = examples.ANSWERS[operation["operationId"]]


def _problem(status: int) -> dict[str, Any]:
    schema = {"$ref": "#/components/schemas/Problem"}
    return {CONTENT_TYPE: {"schema": schema, "example": examples.problem(status)}}

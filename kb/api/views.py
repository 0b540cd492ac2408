"""`/api/v1/`: the lookup for programs, and what describes the API. Mistakes are answered as RFC 9457 problems."""

from __future__ import annotations

from typing import Annotated, Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, JsonResponse
from ninja import NinjaAPI
from ninja.errors import ValidationError as WrongParameters
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, WithJsonSchema
from pydantic_core import ErrorDetails

from kb.api import catalogue, examples, shapes
from kb.api.answer import as_json, as_json_text
from kb.api.asked import CODE, as_problem, language
from kb.api.document import document
from kb.api.text import as_text
from kb.handbook import current
from kb.handbook.counted import counted_lookup
from kb.pages.context import origin
from kb.problems import Problem, problem

api = NinjaAPI(title="Claude Error Handbook", version="1", docs_url=None, openapi_url=None)
api.add_router("", catalogue.router)
WRONG_BODY = "The body has not the right shape"


def whole(number: Any) -> Any:
    """JSON has one kind of number: 3.0 is the integer 3."""
    return int(number) if isinstance(number, float) and number.is_integer() else number


class LookupIn(BaseModel):
    """The body of a lookup. `lang` defaults to Accept-Language, then English."""

    model_config = ConfigDict(strict=True, extra="forbid")

    text: str
    lang: Annotated[str | None, WithJsonSchema({"anyOf": [CODE, {"type": "null"}]})] = None
    client: str | None = None
    limit: Annotated[int, Field(ge=1, le=10), BeforeValidator(whole)] = 3
    echo: bool = False


BODIES = {
    "requestBody": {
        "required": True,
        "content": {
            "application/json": {
                "schema": LookupIn.model_json_schema(),
                "example": {"text": examples.PASTE, "lang": "en"},
            },
            "text/plain": {
                "schema": {"type": "string", "description": "the paste alone; `?lang=` and `?client=` work"},
                "example": examples.PASTE,
            },
        },
    },
    "parameters": [
        {
            "name": name,
            "in": "query",
            "required": False,
            "description": f"as `{name}` of the JSON body, where the body does not say",
            "schema": schema,
            "example": value,
        }
        for name, schema, value in (("lang", CODE, "en"), ("client", {"type": "string"}, "curl"))
    ],
    "responses": {200: {"content": {"text/plain": {"schema": {"type": "string"}, "example": examples.PLAIN}}}},
}


@api.post(
    "/lookup",
    operation_id="lookup",
    response={
        200: shapes.LookupOut,
        400: shapes.Problem,
        413: shapes.Problem,
        422: shapes.Problem,
        429: shapes.Problem,
    },
    openapi_extra=BODIES,
)
def lookup(request: HttpRequest) -> HttpResponse:
    """From a pasted error to entries. JSON in, JSON out; text/plain in, plain text out."""
    body = _body(request)
    lang = language(request, request.GET.get("lang"))
    if request.content_type == "text/plain":
        return _plain(request, body, lang)
    asked = _parse(body)
    _check_size(asked.text)
    lang = language(request, asked.lang, WRONG_BODY) if asked.lang is not None else lang
    client = asked.client or request.GET.get("client")
    result = counted_lookup(current(), "api_json", asked.text, client, asked.limit)
    answer = as_json(current(), result, lang, origin(request), asked.echo)
    return _unstored(HttpResponse(as_json_text(answer), content_type="application/json"), lang)


JSON = {"ensure_ascii": False}


@api.api_operation(catalogue.READ, "/openapi.json", include_in_schema=False)
def openapi(request: HttpRequest) -> HttpResponse:
    """This API, as OpenAPI 3.1."""
    response = JsonResponse(document(api, origin(request)), json_dumps_params=JSON)
    response["Cache-Control"] = f"public, max-age={catalogue.FRESH}"
    return response


@api.exception_handler(WrongParameters)
def on_wrong_parameters(request: HttpRequest, error: Exception) -> HttpResponse:
    assert isinstance(error, WrongParameters)
    return _unstored(problem(as_problem(error)))


@api.exception_handler(Problem)
def on_problem(request: HttpRequest, error: Exception) -> HttpResponse:
    assert isinstance(error, Problem)
    return _unstored(problem(error))


def _plain(request: HttpRequest, body: bytes, lang: str) -> HttpResponse:
    text = _decode(body)
    _check_size(text)
    result = counted_lookup(current(), "api_text", text, request.GET.get("client"))
    answer = as_text(current(), result, lang, origin(request)) + "\n"
    return _unstored(HttpResponse(answer, content_type="text/plain; charset=utf-8"), lang)


def _body(request: HttpRequest) -> bytes:
    try:
        return request.body
    except RequestDataTooBig:
        raise _too_large() from None


def _parse(body: bytes) -> LookupIn:
    _decode(body)
    try:
        return LookupIn.model_validate_json(body)
    except ValidationError as error:
        mistakes = error.errors(include_url=False, include_input=False, include_context=False)
        if any(mistake["type"] == "json_invalid" for mistake in mistakes):
            raise Problem(400, "The body is not valid JSON", str(mistakes[0]["msg"])) from None
        raise Problem(422, WRONG_BODY, "; ".join(map(_named, mistakes))) from None


def _named(mistake: ErrorDetails) -> str:
    """A mistake with its key, unless the key is not one of ours: it may be anything."""
    if mistake["type"] == "extra_forbidden":
        return f"unknown key; the keys are {', '.join(LookupIn.model_fields)}"
    return f"{'.'.join(map(str, mistake['loc'])) or 'body'}: {mistake['msg']}"


def _decode(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Problem(400, "The body is not UTF-8", f"byte {error.start} cannot be decoded") from None


def _check_size(text: str) -> None:
    if len(text.encode("utf-8", "replace")) > settings.LOOKUP_BYTES:
        raise _too_large()


def _too_large() -> Problem:
    return Problem(413, "The text is too large", f"the limit is {settings.LOOKUP_BYTES} bytes of UTF-8 text")


def _unstored(response: HttpResponse, lang: str = "en") -> HttpResponse:
    response["Cache-Control"] = "no-store"
    response["Content-Language"] = lang
    response["Vary"] = "Accept-Language, Cookie"
    return response

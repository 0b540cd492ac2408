"""What a request asks for: its language, and parameters without a misspelt one among them."""

from __future__ import annotations

from collections.abc import Collection
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Schema
from ninja.errors import ValidationError
from pydantic import Field, WithJsonSchema

from kb.api.shapes import Side
from kb.pages.languages import CODES, known_language, preferred_language
from kb.pages.search import MOST
from kb.problems import Problem

CODE = {"type": "string", "enum": list(CODES)}  # what is promised; other names of these languages are understood, too
Lang = Annotated[
    str | None, WithJsonSchema(CODE), Field(description="otherwise the language of Accept-Language, then English")
]
WRONG = "The parameters have not the right shape"


def example(value: Any) -> dict[str, Any]:
    """An example for the OpenAPI document."""
    return {"example": value}


class LangIn(Schema):
    lang: Lang = Field(None, json_schema_extra=example("en"))


class EntriesIn(LangIn):
    """Filters; each narrows the list."""

    status: Annotated[str, Field(pattern=r"^\d{1,3}$")] | None = Field(
        None, description="an HTTP status, 000 for no answer", json_schema_extra=example("401")
    )
    client: str | None = Field(None, description="a client's slug", json_schema_extra=example("cursor"))
    side: Side | None = Field(None, description="where the cause lies", json_schema_extra=example("you"))
    q: Annotated[str, Field(max_length=MOST)] | None = Field(
        None,
        description="a few words, searched as on the page",
        json_schema_extra=example("bad key"),
    )
    limit: Annotated[int, Field(ge=1, le=1000)] = Field(1000, json_schema_extra=example(20))
    offset: Annotated[int, Field(ge=0)] = Field(0, json_schema_extra=example(0))


class ResolveIn(LangIn):
    id: Annotated[str, Field(min_length=1, max_length=200)] = Field(
        description="any spelling of a model ID", json_schema_extra=example("claude-3.5-sonnet")
    )


def language(request: HttpRequest, asked: str | None, title: str = WRONG) -> str:
    """The language asked for, else the preferred one. An unknown one is a Problem."""
    if asked is None:
        return preferred_language(request)
    lang = known_language(asked)
    if lang is None:
        raise Problem(422, title, "lang: use zh-hans or en")
    return lang


def only(request: HttpRequest, names: Collection[str]) -> None:
    """Refuses parameters that are not ours: a misspelt filter would silently let everything through."""
    if set(request.GET) - set(names):
        raise Problem(422, WRONG, f"unknown parameter; the parameters are {', '.join(names)}")


def as_problem(error: ValidationError) -> Problem:
    """Names each wrong parameter and never repeats its value."""
    wrong = (f"{mistake['loc'][-1]}: {mistake['msg']}" for mistake in error.errors)
    return Problem(422, WRONG, "; ".join(wrong))

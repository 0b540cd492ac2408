"""Errors as RFC 9457 problem details."""

from __future__ import annotations

from http import HTTPStatus

from django.http import JsonResponse

from kb.observe.request_id import request_id

CONTENT_TYPE = "application/problem+json"


class Problem(Exception):
    """A request that cannot be served: status, title, detail. The detail never repeats the paste."""

    def __init__(self, status: int, title: str, detail: str) -> None:
        super().__init__(title)
        self.status, self.title, self.detail = status, title, detail


def problem(error: Problem) -> JsonResponse:
    body = {
        "type": "about:blank",
        "title": error.title,
        "status": error.status,
        "detail": error.detail,
        "reason": HTTPStatus(error.status).phrase,
        "request_id": request_id(),
    }
    response = JsonResponse(body, status=error.status, content_type=CONTENT_TYPE)
    response["Cache-Control"] = "no-store"
    return response

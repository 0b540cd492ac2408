"""Every public page of a handbook, rendered as a reader without cookies gets it."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Mapping
from typing import cast

from django.conf import settings
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpRequest, HttpResponse
from django.middleware.clickjacking import XFrameOptionsMiddleware
from django.middleware.security import SecurityMiddleware
from django.template.response import TemplateResponse
from django.urls import resolve
from django.utils import translation

from kb.handbook.current import Handbook, using
from kb.handbook.snapshot import Page
from kb.handler import Handler
from kb.middleware import content_security_policy, language
from kb.pages.addresses import addresses
from kb.pages.languages import language_of_path
from kb.serving.answer import kept_headers
from kb.serving.encode import stored


def own_origin() -> str:
    """The origin that this node's pages are rendered for; on another one they are rendered on demand."""
    return settings.BASE_URL or f"http://127.0.0.1:{settings.PORT}"


def pages(handbook: Handbook, before: Mapping[str, Page]) -> dict[str, Page]:
    """By address. What is made of the same as `before` is not rendered again."""
    with using(handbook):
        found = {address: _page(address, before.get(address)) for address in addresses(handbook)}
    return {address: page for address, page in found.items() if page}


def _page(address: str, before: Page | None) -> Page | None:
    """None for a page that is not kept: one that shows the provider's status, which changes by itself."""
    with translation.override(language_of_path(address)):
        response = _dressed(_request(address))
        headers = kept_headers(response)
        if headers is None or _is_live(response):
            return None
        made_of = _made_of(response)
        if before and (before.made_of, before.headers) == (made_of, headers):
            return before
        if isinstance(response, TemplateResponse):
            response.render()
        return stored(response.content, headers, made_of)


def _view(request: HttpRequest) -> HttpResponse:
    """What the view answers; a template's answer is not rendered yet."""
    match = resolve(request.path_info)
    answer: HttpResponse = match.func(request, *match.args, **match.kwargs)
    return answer


_dressed: Handler = content_security_policy(cast(Handler, SecurityMiddleware(XFrameOptionsMiddleware(language(_view)))))


def _request(address: str) -> HttpRequest:
    scheme, _, host = own_origin().partition("://")
    name, _, port = host.partition(":")
    return WSGIRequest(
        {
            "REQUEST_METHOD": "GET",
            "PATH_INFO": address,
            "HTTP_HOST": host,
            "HTTP_X_FORWARDED_PROTO": scheme,
            "SERVER_NAME": name,
            "SERVER_PORT": port or {"http": "80", "https": "443"}[scheme],
            "wsgi.url_scheme": scheme,
            "wsgi.input": io.BytesIO(),
        }
    )


def _is_live(response: HttpResponse) -> bool:
    return isinstance(response, TemplateResponse) and bool((response.context_data or {}).get("provider_status"))


def _made_of(response: HttpResponse) -> str:
    """A hash of everything that a template sees: its context is made of frozen values, whose `repr` tells all."""
    if not isinstance(response, TemplateResponse):
        return hashlib.sha256(response.content).hexdigest()[:32]
    return hashlib.sha256(f"{response.template_name}\0{response.context_data!r}".encode()).hexdigest()[:32]

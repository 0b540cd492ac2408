"""Models → gateways, vendors' claims and the tables of the key and endpoint check."""

from __future__ import annotations

from typing import Protocol

from kb import models
from kb.handbook.gateway_types import Claim, EndpointLine, Endpoints, Gateway, Gateways, ShownKey, ShownPlatform, Source
from kb.lookup.endpoints import KeyKind, Platform

Texts = dict[str, str]


class Renderer(Protocol):
    def html(self, value: Texts) -> Texts: ...

    def inline(self, value: Texts) -> Texts: ...


def gateways(renderer: Renderer) -> Gateways:
    """Everything, with references resolved and Markdown rendered by `renderer`."""
    return Gateways(
        routes=tuple(_gateway(row, renderer) for row in models.Gateway.objects.all()),
        claims=tuple(_claim(row, renderer) for row in models.Claim.objects.all()),
        endpoints=Endpoints(
            platforms=tuple(_platform(row, renderer) for row in models.Platform.objects.select_related("route")),
            keys=tuple(_key(row, renderer) for row in models.KeyKind.objects.all()),
            lines=tuple(_line(row, renderer) for row in models.EndpointLine.objects.select_related("client")),
        ),
    )


def _gateway(row: models.Gateway, renderer: Renderer) -> Gateway:
    return Gateway(
        slug=row.slug,
        kind=row.kind,
        name=row.name,
        seen_by=renderer.inline(row.seen_by),
        contract=renderer.inline(row.contract),
        billing=renderer.inline(row.billing),
        privacy=renderer.html(row.privacy),
        regions=renderer.html(row.regions),
        verify=renderer.html(row.verify),
        errors=renderer.html(row.errors),
        sources=tuple(Source(source["title"], source.get("url", "")) for source in row.sources),
        checked=row.checked,
    )


def _claim(row: models.Claim, renderer: Renderer) -> Claim:
    remark = renderer.inline(row.remark)
    return Claim(row.slug, row.vendor, row.claimed, row.aspect, row.of_official, row.of_itself, remark)


def _platform(row: models.Platform, renderer: Renderer) -> ShownPlatform:
    rule = Platform(row.slug, tuple(row.hosts), row.path, row.speaks)
    return ShownPlatform(rule, row.name, row.route.slug, renderer.inline(row.note))


def _key(row: models.KeyKind, renderer: Renderer) -> ShownKey:
    rule = KeyKind(row.slug, tuple(row.prefixes), tuple(row.platforms), tuple(row.perhaps))
    return ShownKey(rule, row.name, renderer.inline(row.note))


def _line(row: models.EndpointLine, renderer: Renderer) -> EndpointLine:
    note = renderer.inline(row.note) if row.note else None
    return EndpointLine(row.slug, row.client.slug, row.speaks, row.where, row.template.rstrip("\n"), note)

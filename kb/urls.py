"""Addresses. What stands in docs/url-contract.md never changes."""

from __future__ import annotations

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path, re_path, register_converter

from kb.api.views import api
from kb.pages import entries, gateways, health, home, machines, models, permalinks, reference, result
from kb.pages.languages import ALIASES, CODES
from kb.pages.redirects import other_language
from kb.replay.views import replay


class Language:
    """One of our languages, as it stands in a path."""

    regex = "|".join(CODES)

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class OtherLanguage(Language):
    """What people write for one of our languages, when it is not the code itself."""

    regex = f"(?!(?:{Language.regex})/)(?i:{'|'.join(sorted((*ALIASES, *CODES), key=len, reverse=True))})"


class Status(Language):
    regex = "[0-9]{3}"


register_converter(Language, "lang")
register_converter(OtherLanguage, "other")
register_converter(Status, "status")

page_urls = [
    path("", home.home, name="home"),
    path("lookup/", result.lookup, name="lookup"),
    path("errors/", entries.index, name="index"),
    path("errors/<slug:code>/", entries.entry, name="entry"),
    path("status/<status:status>/", entries.status, name="status"),
    path("clients/", reference.clients, name="clients"),
    path("clients/<slug:slug>/", reference.client, name="client"),
    path("models/", models.models, name="models"),
    path("gateways/", gateways.gateways, name="gateways"),
    path("gateways/check/", gateways.endpoint_check, name="endpoint-check"),
    path("howtos/", reference.howtos, name="howtos"),
    path("howtos/<slug:slug>/", reference.howto, name="howto"),
    path("about/", reference.about, name="about"),
    path("privacy/", reference.privacy, name="privacy"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.root, name="root"),
    path("e/<path:rest>", permalinks.open_entry, name="permalink"),
    path("api/v1/", api.urls),
    re_path(r"^replay/(?P<code>[A-Za-z0-9-]+)(?:/(?P<rest>.*))?$", replay, name="replay"),
    path("favicon.ico", machines.icon),
    path("robots.txt", machines.robots, name="robots"),
    path("sitemap.xml", machines.sitemap, name="sitemap"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("<lang:lang>/", include(page_urls)),
    path("<other:name>/", other_language, name="other-language"),
    path("<other:name>/<path:rest>", other_language, name="other-language"),
]
if settings.ADMIN:
    from kb.admin.site import site

    urlpatterns.insert(0, path("admin/", site.urls))
handler400 = "kb.pages.errors.bad_request"
handler404 = "kb.pages.entries.not_found"
handler500 = "kb.pages.errors.server_error"

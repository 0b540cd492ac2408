"""Every public page of a handbook."""

from __future__ import annotations

from kb.handbook import Handbook
from kb.pages.languages import CODES


def paths(handbook: Handbook) -> list[str]:
    """Those that search engines may know, in one language, without the language."""
    found = ["", "errors/", "clients/", "models/", "gateways/", "gateways/check/", "howtos/", "about/", "privacy/"]
    found += [f"errors/{entry.code}/" for entry in handbook.listed()]
    found += [f"status/{status}/" for status in handbook.statuses]
    found += [f"clients/{slug}/" for slug in handbook.clients]
    return found + [f"howtos/{slug}/" for slug in handbook.howtos]


def addresses(handbook: Handbook) -> list[str]:
    """All of them, with those of withdrawn entries and those for machines."""
    withdrawn = [f"errors/{entry.code}/" for entry in handbook.document.entries if entry.withdrawn is not None]
    pages = [f"/{lang}/{path}" for lang in CODES for path in paths(handbook) + withdrawn]
    return [*pages, "/robots.txt", "/sitemap.xml", "/api/v1/openapi.json"]

"""The paths of pages, in one place. Permalinks are for ever; pages may move."""

from __future__ import annotations


def entry_url(code: str, lang: str, client: str | None = None) -> str:
    return f"/{lang}/errors/{code}/" + (f"?client={client}#client" if client else "")


def permalink(code: str, client: str | None = None) -> str:
    return f"/e/{code}" + (f"/{client}" if client else "")


def status_url(status: str, lang: str) -> str:
    return f"/{lang}/status/{status}/"


def model_url(model_id: str, lang: str) -> str:
    return f"/{lang}/models/#{model_id}"

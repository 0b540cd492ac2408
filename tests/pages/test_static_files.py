"""What pages load is there: style, script, icon, and what the scripts import."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urljoin

import pytest
from django.conf import settings
from django.test import Client

from tests.pages.reader import page

IMPORT = re.compile(r"""^import\b[^"']*["']([^"']+)["']""", re.MULTILINE)


WITH_SCRIPTS = {"/en/": {"app"}, "/en/models/": {"app", "models"}, "/en/gateways/check/": {"app", "endpoint_page"}}


def loaded(address: str) -> list[str]:
    document = page(address)
    return document.values("script", "src") + [
        tag.attributes["href"] for tag in document.all("link") if tag.attributes["rel"] in ("stylesheet", "icon")
    ]


@pytest.mark.parametrize(("address", "scripts"), WITH_SCRIPTS.items())
def test_everything_that_a_page_loads_is_there_and_may_be_kept(address: str, scripts: set[str]) -> None:
    client = Client()
    names = [url.rpartition("/")[2] for url in loaded(address)]
    assert {name.partition(".")[0] for name in names} == {"style", "icon", *scripts}
    for url in loaded(address):
        response = client.get(url)
        assert response.status_code == 200, url
        assert "immutable" in response["Cache-Control"], url
        assert response["Content-Security-Policy"]


@pytest.mark.parametrize("address", WITH_SCRIPTS)
def test_everything_that_a_script_imports_is_there(address: str) -> None:
    client = Client()
    for url in [url for url in loaded(address) if url.endswith(".js")]:
        source = b"".join(client.get(url)).decode()
        for name in IMPORT.findall(source):
            assert client.get(urljoin(url, name)).status_code == 200, name


@pytest.mark.parametrize("path", sorted((settings.BASE_DIR / "static").glob("*.*")), ids=lambda path: path.name)
def test_no_file_of_ours_names_another_host(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    addresses = set(re.findall(r"(?:https?:)?//[\w-]+\.[\w.-]+", text))
    assert addresses <= {"http://www.w3.org"}

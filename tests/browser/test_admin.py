"""An editor in a real browser: the admin keeps our Content-Security-Policy, and an edit is read a moment later."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import watch
from tests.served import served

PASSWORD = "correct horse battery"


@pytest.fixture
def own_origin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A server of this test alone, with an editor."""
    monkeypatch.setenv("KB_VAR", str(tmp_path))
    monkeypatch.setenv("DATABASE_URL", "")
    monkeypatch.setenv("REDIS_URL", "")
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", PASSWORD)
    who = ["createsuperuser", "--noinput", "--username", "editor", "--email", "editor@example.org"]
    for command in (["prepare"], who):
        subprocess.run([sys.executable, "manage.py", *command], check=True, env=os.environ, capture_output=True)
    with served(
        "--worker-class", "gthread", "--threads", "4", publishes=True
    ) as origin:  # browsers open connections ahead
        yield origin


def test_an_editor_logs_in_edits_and_readers_see_it(browser: Browser, own_origin: str) -> None:
    context = browser.new_context()
    watched = watch(context, own_origin)
    page = watched.page
    page.goto(f"{own_origin}/admin/")
    page.fill("#id_username", "editor")
    page.fill("#id_password", PASSWORD)
    with page.expect_navigation():
        page.click("[type=submit]")
    for where in ("auth/user/", "auth/user/add/", "auth/user/1/change/", "kb/entry/?q=429", "password_change/"):
        page.goto(f"{own_origin}/admin/{where}")
        expect(page.locator("h1").first).to_be_visible()
    page.goto(f"{own_origin}/admin/kb/fact/?q=status-page")
    page.click("#result_list .field-__str__ a")
    text = page.input_value("#id_rows")
    page.fill("#id_rows", text.replace("https://status", "https://{{fact:none}}status"))
    page.click("[name=_save]")
    expect(page.locator(".errorlist").first).to_contain_text("leads nowhere")
    page.goto(f"{own_origin}/admin/kb/client/?q=curl")
    page.click("#result_list .field-__str__ a")
    page.fill("#id_rows", page.input_value("#id_rows").replace("      en: curl", "      en: curl, edited", 1))
    page.click("[name=_save]")
    expect(page.locator(".messagelist")).to_contain_text("was changed successfully")
    assert watched.strangers == []
    assert watched.complaints == []
    page.goto(f"{own_origin}/en/clients/")
    for _ in range(240):  # five seconds on a machine at rest
        if "curl, edited" in (page.text_content("main") or ""):
            break
        page.wait_for_timeout(500)
        page.reload()  # a browser that only goes there again shows for a minute what it has
    assert "curl, edited" in (page.text_content("main") or "")
    context.close()

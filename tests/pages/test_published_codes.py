"""`fixtures/published.txt`: a code once published never answers 404."""

from __future__ import annotations

import re
import shutil
import subprocess

import pytest
from django.conf import settings
from django.test import Client

from kb.handbook import current

PATH = settings.FIXTURES / "published.txt"
ROOT = settings.BASE_DIR


def published() -> list[str]:
    return PATH.read_text(encoding="utf-8").split("\n")[:-1]


def git(*arguments: str) -> str:
    done = subprocess.run(["git", "-C", str(ROOT), *arguments], capture_output=True, text=True, timeout=30)
    return done.stdout if done.returncode == 0 else ""


def test_the_list_is_sorted_has_one_code_to_a_line_and_none_twice() -> None:
    assert PATH.read_text(encoding="utf-8").endswith("\n")
    assert published() == sorted(set(published()))
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", code) for code in published())


def test_every_entry_is_listed() -> None:
    assert set(current().entries) <= set(published())


def test_every_listed_code_has_an_entry_or_a_redirect_to_one() -> None:
    handbook = current()
    for code in published():
        assert handbook.document.redirects.get(code, code) in handbook.entries, code


@pytest.mark.parametrize("prefix", ["/e/", "/en/errors/", "/zh-hans/errors/"])
def test_every_listed_code_leads_to_a_page(prefix: str) -> None:
    client = Client()
    for code in published():
        assert client.get(f"{prefix}{code}", follow=True).status_code == 200, code


def test_no_line_was_ever_removed() -> None:
    if not shutil.which("git") or not git("rev-parse", "--git-dir"):
        pytest.skip("there is no git history here")
    kept = set(published())
    for commit in git("rev-list", "--first-parent", "HEAD", "--", "fixtures/published.txt").split():
        assert set(git("show", f"{commit}:fixtures/published.txt").split()) <= kept, commit

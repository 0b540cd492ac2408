"""`fixtures/published.txt` and `published_anchors.txt`: what was once published never leads nowhere."""

from __future__ import annotations

import re
import shutil
import subprocess

import pytest
from django.conf import settings
from django.test import Client

from kb.handbook import current

CODES, ANCHORS = "published.txt", "published_anchors.txt"
CODE = "[a-z0-9]+(-[a-z0-9]+)*"
SHAPES = {CODES: CODE, ANCHORS: rf"{CODE}#[a-z0-9]+([-._][a-z0-9]+)*"}
ROOT = settings.BASE_DIR


def published(name: str = CODES) -> list[str]:
    return (settings.FIXTURES / name).read_text(encoding="utf-8").split("\n")[:-1]


def anchors() -> set[str]:
    """`<entry>#<anchor>` of every cause and every error code of the handbook."""
    return {
        f"{entry.code}#{anchor}"
        for entry in current().document.entries
        for anchor in (*(cause.slug for cause in entry.causes), *(code.anchor for code in entry.named_codes))
    }


def git(*arguments: str) -> str:
    done = subprocess.run(["git", "-C", str(ROOT), *arguments], capture_output=True, text=True, timeout=30)
    return done.stdout if done.returncode == 0 else ""


@pytest.mark.parametrize("name", SHAPES)
def test_the_list_is_sorted_has_one_name_to_a_line_and_none_twice(name: str) -> None:
    assert (settings.FIXTURES / name).read_text(encoding="utf-8").endswith("\n")
    assert published(name) == sorted(set(published(name)))
    assert [line for line in published(name) if not re.fullmatch(SHAPES[name], line)] == []


def test_every_entry_is_listed() -> None:
    assert set(current().entries) <= set(published())


def test_every_anchor_is_listed() -> None:
    assert sorted(anchors() - set(published(ANCHORS))) == [], f"add these lines to fixtures/{ANCHORS}"


def test_every_listed_anchor_stands_on_the_page_of_its_entry_or_of_the_one_that_took_its_place() -> None:
    redirects = current().document.redirects
    moved = {line: "#".join((redirects.get(code, code), anchor)) for line in published(ANCHORS)
             for code, anchor in [line.split("#")]}  # fmt: skip
    assert [line for line in moved if moved[line] not in anchors()] == []


def test_every_listed_code_has_an_entry_or_a_redirect_to_one() -> None:
    handbook = current()
    for code in published():
        assert handbook.document.redirects.get(code, code) in handbook.entries, code


@pytest.mark.parametrize("prefix", ["/e/", "/en/errors/", "/zh-hans/errors/"])
def test_every_listed_code_leads_to_a_page(prefix: str) -> None:
    client = Client()
    for code in published():
        assert client.get(f"{prefix}{code}", follow=True).status_code == 200, code


@pytest.mark.parametrize("name", SHAPES)
def test_no_line_was_ever_removed(name: str) -> None:
    if not shutil.which("git") or not git("rev-parse", "--git-dir"):
        pytest.skip("there is no git history here")
    kept = set(published(name))
    for commit in git("rev-list", "--first-parent", "HEAD", "--", f"fixtures/{name}").split():
        assert set(git("show", f"{commit}:fixtures/{name}").split()) <= kept, commit

"""Logging in: wrong passwords lock out, cookies are narrow, readers pay nothing for any of it."""

from __future__ import annotations

import secrets
from http.cookies import Morsel
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection
from django.http import HttpResponse
from django.test import Client
from django.utils.module_loading import import_string
from pytest_django import DjangoAssertNumQueries

from kb.admin.middleware import INNER
from tests.admin.conftest import PASSWORD
from tests.test_settings import PRODUCTION, start

LOGIN = "/admin/login/"


def log_in(client: Client, password: str, name: str = "editor", **meta: str) -> HttpResponse:
    return client.post(LOGIN, {"username": name, "password": password}, **meta)  # type: ignore[return-value, arg-type]


def test_the_sixth_wrong_password_of_a_name_from_an_address_is_not_even_looked_at(editor: User) -> None:
    client = Client()
    assert [log_in(client, f"wrong {n}").status_code for n in range(4)] == [200] * 4
    assert log_in(client, "wrong 5").status_code == 429
    refused = log_in(client, PASSWORD)
    assert refused.status_code == 429
    assert refused["Retry-After"] == "900"
    assert "_auth_user_id" not in client.session
    assert log_in(client, PASSWORD, REMOTE_ADDR="198.51.100.9").status_code == 302


def test_a_forged_header_does_not_open_the_lock(editor: User) -> None:
    for n in range(5):
        log_in(Client(), "wrong", REMOTE_ADDR="198.51.100.7", HTTP_X_FORWARDED_FOR=f"203.0.113.{n}")
    forged = log_in(Client(), PASSWORD, REMOTE_ADDR="198.51.100.7", HTTP_X_FORWARDED_FOR="203.0.113.99")
    assert forged.status_code == 429
    behind = log_in(Client(), PASSWORD, REMOTE_ADDR="127.0.0.1", HTTP_X_FORWARDED_FOR="203.0.113.99")
    assert behind.status_code == 302


def test_the_right_password_opens_and_forgets_what_was_wrong(editor: User) -> None:
    client = Client()
    for _ in range(4):
        log_in(client, "wrong")
    assert log_in(client, PASSWORD).status_code == 302
    client.logout()
    assert log_in(client, "wrong").status_code == 200


def test_a_post_without_the_token_of_the_form_is_refused(editor: User) -> None:
    assert log_in(Client(enforce_csrf_checks=True), PASSWORD).status_code == 403


def test_only_staff_get_in(db: None) -> None:
    User.objects.create_user("reader", password=PASSWORD)
    client = Client()
    assert log_in(client, PASSWORD, "reader").status_code == 200
    assert client.get("/admin/").status_code == 302


@pytest.mark.parametrize("where", ["https://evil.example/", "//evil.example", "/\\evil.example", "\x09//evil.example"])
def test_logging_in_leads_nowhere_else(editor: User, where: str) -> None:
    response = Client().post(LOGIN, {"username": "editor", "password": PASSWORD, "next": where})
    assert response.status_code == 302
    assert "evil" not in response["Location"]


def test_editors_do_not_name_editors(editor: User) -> None:
    client = Client()
    client.force_login(editor)
    assert client.get("/admin/auth/user/").status_code == 403
    assert client.get("/admin/kb/entry/").status_code == 200


@pytest.mark.parametrize("password", ["password1234", "123456789012345", "short", "editor-editor"])
def test_a_weak_password_is_refused(password: str) -> None:
    from django.contrib.auth.password_validation import validate_password

    with pytest.raises(ValidationError):
        validate_password(password, User(username="editor-editor"))


def test_cookies_stay_with_this_origin_and_out_of_scripts(editor: User) -> None:
    client = Client()
    client.get(LOGIN)
    log_in(client, PASSWORD)
    cookies: dict[str, Morsel[str]] = dict(client.cookies)
    assert set(cookies) == {"kb_csrf", "kb_session"}
    for cookie in cookies.values():
        assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Strict", "/")
    assert settings.SESSION_COOKIE_AGE <= 4 * 3600


def test_behind_https_cookies_are_bound_to_the_host(tmp_path: Path) -> None:
    names = "s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME, s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE"
    done = start(tmp_path, "-c", f"from kb import settings as s; print({names})", **PRODUCTION)
    assert done.stdout.strip() == "__Host-kb_session __Host-kb_csrf True True"


def test_the_deployment_check_is_clean_with_the_admin(tmp_path: Path) -> None:
    environment = {**PRODUCTION, "KB_SECRET_KEY": secrets.token_urlsafe(64), "KB_ADMIN": "on"}
    done = start(tmp_path, "manage.py", "check", "--deploy", "--fail-level", "WARNING", **environment)
    assert done.returncode == 0, done.stderr


def test_there_is_no_admin_unless_it_is_asked_for(tmp_path: Path) -> None:
    ask = (
        "import django; django.setup(); from django.conf import settings; from kb.urls import urlpatterns;"
        "print(any(str(one.pattern).startswith('admin') for one in urlpatterns),"
        " any('axes' in name or 'session' in name for name in settings.INSTALLED_APPS + settings.MIDDLEWARE))"
    )
    for value, told in (("off", "False False"), ("on", "True True")):
        done = start(tmp_path, "-c", ask, DJANGO_SETTINGS_MODULE="kb.settings", KB_ADMIN=value)
        assert done.stdout.strip() == told, done.stderr


def test_readers_who_are_editors_cost_no_query_and_get_no_cookie(
    editor: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = Client()
    log_in(client, PASSWORD)
    client.cookies["kb_csrf"] = "broken"
    with django_assert_num_queries(0, connection=connection):
        answers = [client.get("/en/"), client.get("/en/errors/"), client.post("/en/lookup/", {"text": "a"})]
    for answer in answers:
        assert answer.status_code == 200
        assert not answer.cookies
        assert "Cookie" not in answer.get("Vary", "")
        assert not hasattr(answer.wsgi_request, "session")


@pytest.mark.parametrize("name", INNER)
def test_the_inner_middlewares_act_only_around_a_request(name: str) -> None:
    """Hooks of other kinds would not be called."""
    kind = import_string(name)
    assert not any(hasattr(kind, hook) for hook in ("process_view", "process_exception", "process_template_response"))


@pytest.mark.parametrize("where", ["/admin/", LOGIN])
def test_without_the_database_editors_are_told_and_readers_notice_nothing(editor: User, where: str) -> None:
    client = Client()
    client.force_login(editor)

    def gone(*_: Any) -> None:
        raise DatabaseError("the server closed the connection")

    with connection.execute_wrapper(gone):
        response = client.get(where)
        posted = log_in(Client(), PASSWORD)
        reader = client.get("/en/")
    assert (response.status_code, posted.status_code, reader.status_code) == (503, 503, 200)
    assert "closed the connection" not in response.content.decode()
    assert "数据库" in response.content.decode()

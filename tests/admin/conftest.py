"""An editor who is logged in, and the small fixture set to edit."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.test import Client

from tests.content.conftest import empty_database, loaded, own_folder, workshop
from tests.content.workshop import Workshop

__all__ = ["empty_database", "loaded", "own_folder", "workshop"]
PASSWORD = "correct horse battery"


@pytest.fixture
def editor(db: None) -> User:
    return User.objects.create_user("editor", password=PASSWORD, is_staff=True)


@pytest.fixture
def desk(editor: User, loaded: Workshop, settings: object) -> Client:
    """The editor's browser, with the small set loaded and its list of permanent anchors beside it."""
    settings.FIXTURES = Path(loaded.folder)  # type: ignore[attr-defined]
    loaded.path("published_anchors.txt").write_text("401-first#mistyped\n")
    client = Client()
    client.force_login(editor)
    return client

"""What editors find at `/admin/`. Staff edit content; superusers name the staff."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import User
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from kb.admin.forms import RowForm
from kb.content.edit import save
from kb.content.schema import ROWS
from kb.handbook.publish import record

PARTS = ("kb.cause", "kb.remedy", "kb.symptom", "kb.signature", "kb.snippet")  # edited with what they belong to


class EditorSite(admin.AdminSite):
    site_title = site_header = _("Claude Error Handbook")
    index_title = _("Content")
    enable_nav_sidebar = False


class RowAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """A row with what belongs to it, as text; checked like a fixture, published with the commit.

    Nothing is deleted here: codes and anchors are permanent.
    """

    form = RowForm
    fields = ("rows", "before")
    actions = None

    def get_search_fields(self, request: HttpRequest) -> tuple[str, ...]:
        return tuple(self.model.KEY)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return site.has_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_module_permission(request)

    has_add_permission = has_module_permission
    has_change_permission = has_view_permission

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: models.Model, form: Any, change: bool) -> None:
        obj.pk = save(form.edit).pk
        obj.refresh_from_db()
        record()  # in the same transaction: saved is published, and the nodes fetch it once it is committed


class StaffAdmin(UserAdmin):  # type: ignore[type-arg]
    """Who may edit. Permissions by model are not used: staff edit all content, superusers also staff."""

    fieldsets = (
        (None, {"fields": ("username", "password")}),
        (_("May"), {"fields": ("is_active", "is_staff", "is_superuser")}),
    )
    filter_horizontal = ()
    list_display = ("username", "is_active", "is_staff", "is_superuser", "last_login")
    list_filter = ()
    actions = None


site = EditorSite()
site.register(User, StaffAdmin)
for name in (name for name in ROWS if name not in PARTS):
    site.register(apps.get_model(name), RowAdmin)

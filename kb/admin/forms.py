"""The form of a row: the text of its fixture file, whole."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from kb.content.edit import Edit, checked, text_of
from kb.content.load import ContentError

ANCHORS = "published_anchors.txt"
AREA = {"rows": 45, "cols": 130, "spellcheck": "false", "autocomplete": "off"}


class RowForm(forms.ModelForm):  # type: ignore[type-arg]
    """`rows` is what the editor writes; `before` is what they were shown, by which a later edit is noticed."""

    rows = forms.CharField(
        label=_("Rows"),
        strip=False,
        widget=forms.Textarea(attrs=AREA),
        help_text=_("As in the fixture files: docs/editing.md explains every key. What you take out is removed."),
    )
    before = forms.CharField(required=False, strip=False, widget=forms.HiddenInput)
    edit: Edit

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._model = self.instance._meta.label_lower
        self._key = str(self.instance) if self.instance.pk else ""
        text = text_of(self._model, self._key) if self._key and not self.is_bound else ""
        self.initial = {"rows": text, "before": text}

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if "rows" in given:
            before = given.get("before", "").replace("\r\n", "\n")
            permanent = Path(settings.FIXTURES) / ANCHORS
            try:
                self.edit = checked(self._model, self._key, given["rows"], before, permanent)
            except ContentError as error:
                self.add_error("rows", [ValidationError(mistake) for mistake in error.mistakes])
        return given

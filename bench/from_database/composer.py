"""An entry read from the models and rendered in one language, with no query for what its page does not show."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from functools import cache

from django.conf import settings

from kb import models
from kb.content.recordings import Recording, read_recordings
from kb.handbook import types
from kb.handbook.compose import Composer
from kb.handbook.markup import plain_text
from kb.handbook.rendered import Rendered

OF_AN_ENTRY = ("cause_set", "remedy_set__client", "symptom_set__client", "snippet_set")


class Titles(dict[str, types.Text]):
    """Titles read one by one, when a text refers to them."""

    def __init__(self, read: Callable[[str], types.Text]) -> None:
        super().__init__()
        self._read = read

    def __missing__(self, key: str) -> types.Text:
        self[key] = self._read(key)
        return self[key]


@cache
def recordings() -> defaultdict[str, list[Recording]]:
    """What stands in files beside the database, read once."""
    found: defaultdict[str, list[Recording]] = defaultdict(list)
    for recording in read_recordings(settings.FIXTURES):
        found[recording.entry].append(recording)
    return found


class OnRequest(Composer):
    """Composes as publishing does, for one request in one language; `rendered` may know HTML from earlier ones."""

    def __init__(self, lang: str, rendered: Rendered) -> None:
        self._lang, self._rendered = lang, rendered
        self.recordings = recordings()
        self.facts = dict(models.Fact.objects.values_list("slug", "value"))
        self.current = dict(models.ClaudeModel.objects.filter(current=True).values_list("family", "model_id"))
        self.titles = {
            "entry": Titles(lambda code: models.Entry.objects.values_list("title", flat=True).get(code=code)),
            "howto": Titles(lambda slug: models.Howto.objects.values_list("title", flat=True).get(slug=slug)),
            "client": Titles(lambda slug: models.Client.objects.values_list("name", flat=True).get(slug=slug)),
        }

    def entry(self, code: str) -> types.Entry:
        """Raises Entry.DoesNotExist."""
        row = models.Entry.objects.prefetch_related(*OF_AN_ENTRY).get(code=code)
        found = self._entry(row)
        summary, retry = found.summary | self._other(row.meaning), found.retry_plain | self._other(row.retry_note)
        return replace(found, summary=summary, retry_plain=retry)

    def text(self, value: types.Text) -> types.Text:
        return super().text({self._lang: types.in_language(value, self._lang)})

    def markdown(self, value: types.Text) -> types.Text:
        return super().markdown({self._lang: types.in_language(value, self._lang)})

    def _other(self, value: types.Text) -> types.Text:
        """Plain text in the other languages: the page offers a reply in each."""
        others = {lang: text for lang, text in value.items() if lang != self._lang}
        return {lang: plain_text(self._rendered.block(text)) for lang, text in super().text(others).items()}

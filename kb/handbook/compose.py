"""Models → the published document: references resolved, Markdown rendered, rules gathered."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import partial
from typing import Any

from django.conf import settings
from django.utils.translation import override

from kb import models
from kb.content.accuracy import read_accuracy
from kb.content.recordings import Recording, read_recordings
from kb.content.references import PAGES, resolve
from kb.handbook import types
from kb.handbook.compose_gateways import gateways
from kb.handbook.labels import PAGE_NAMES
from kb.handbook.markup import plain_text, without_marks
from kb.handbook.recorded import as_symptoms, merged
from kb.handbook.rendered import Rendered
from kb.handbook.rules import gather, model_rule
from kb.handbook.types import Document, Html, Text


class Composer:
    """Resolves references against one reading of the database, and renders what was not rendered before."""

    def __init__(self, rendered: Rendered | None = None) -> None:
        self._rendered = rendered or Rendered()
        self.facts: dict[str, str] = {fact.slug: fact.value for fact in models.Fact.objects.all()}
        self.current: dict[str, str] = {m.family: m.model_id for m in models.ClaudeModel.objects.filter(current=True)}
        self.titles = {
            "entry": {entry.code: entry.title for entry in models.Entry.objects.all()},
            "howto": {howto.slug: howto.title for howto in models.Howto.objects.all()},
            "client": {client.slug: client.name for client in models.Client.objects.all()},
        }
        self.recordings: defaultdict[str, list[Recording]] = defaultdict(list)
        for recording in read_recordings(settings.FIXTURES):
            self.recordings[recording.entry].append(recording)

    def document(self) -> Document:
        howtos = tuple(self._howto(row) for row in models.Howto.objects.prefetch_related("snippet_set"))
        return Document(
            entries=tuple(self._entry(row) for row in _entries()),
            clients=tuple(self._client(row) for row in models.Client.objects.all()),
            howtos=howtos,
            models=tuple(self._model(row) for row in models.ClaudeModel.objects.all()),
            spellings=tuple(self._spelling(row) for row in models.Spelling.objects.select_related("model")),
            facts=self.facts,
            redirects={row.old_code: row.new_code for row in models.Redirect.objects.all()},
            rules=gather(),
            accuracy=read_accuracy(settings.FIXTURES),
            gateways=gateways(self),
        )

    def reference(self, language: str, kind: str, name: str) -> str:
        """What a reference reads as in prose."""
        paths = {"entry": f"errors/{name}/", "howto": f"howtos/{name}/", "page": PAGES.get(name, "")}
        title = self.name(language, kind, name)
        return f"[{title}](/{language}/{paths[kind]})" if kind in paths else title

    def text(self, value: Text) -> Text:
        return {language: resolve(text, partial(self.reference, language)) for language, text in value.items()}

    def markdown(self, value: Text) -> Text:
        """Markdown that reads alone, in a ticket: references as their titles, without links to pages of ours."""
        return {language: resolve(text, partial(self.name, language)).strip() for language, text in value.items()}

    def name(self, language: str, kind: str, name: str) -> str:
        """What a reference is called."""
        if kind == "page":
            return page_name(language, name)
        if kind not in self.titles:
            return self.facts[name] if kind == "fact" else self.current[name]
        title = str(self.titles[kind][name].get(language) or self.titles[kind][name]["en"])
        return f"“{title}”" if language.startswith("zh") and kind == "howto" else title

    def html(self, value: Text) -> Html:
        return {language: self._rendered.block(text) for language, text in self.text(value).items()}

    def inline(self, value: Text) -> Html:
        return {language: self._rendered.inline(text) for language, text in self.text(value).items()}

    def _entry(self, row: models.Entry) -> types.Entry:
        meaning, retry_note = self.html(row.meaning), self.inline(row.retry_note)
        typed = [self._symptom(symptom) for symptom in row.symptom_set.all()]
        symptoms, recordings = merged(typed, as_symptoms(self.recordings[row.code]))
        return types.Entry(
            code=row.code,
            title=row.title,
            message=row.message,
            statuses=tuple(row.statuses),
            error_types=tuple(row.error_types),
            error_codes=tuple(row.error_codes),
            named_codes=tuple(self._named_code(code) for code in row.named_codes),
            exceptions=tuple(row.exceptions),
            side=row.side,
            retry=row.retry,
            retry_note=retry_note,
            retry_plain={language: plain_text(html) for language, html in retry_note.items()},
            meaning=meaning,
            summary={language: plain_text(html) for language, html in meaning.items()},
            response=types.Response(**row.response) if row.response else None,
            causes=tuple(self._cause(cause) for cause in row.cause_set.all()),
            remedies=tuple(self._remedy(remedy) for remedy in row.remedy_set.all()),
            symptoms=symptoms,
            recordings=recordings,
            snippets=self._snippets(row.snippet_set.all()),
            neighbours=tuple(types.Neighbour(n["code"], self.inline(n["difference"])) for n in row.neighbours),
            faq=tuple(types.Question(self.text(q["question"]), self.html(q["answer"])) for q in row.faq),
            article_note=self.html(row.article_note) if row.article_note else None,
            sources=_sources(row.sources),
            checked=row.checked,
            withdrawn=self.html(row.withdrawn) if row.withdrawn else None,
        )

    def _named_code(self, code: dict[str, Any]) -> types.NamedCode:
        means, fix = self.inline(code["means"]), self.inline(code["fix"])
        return types.NamedCode(code["code"], code["status"], code["exception"], means, fix)

    def _cause(self, row: models.Cause) -> types.Cause:
        return types.Cause(row.slug, row.title, self.html(row.check_steps), self.html(row.fix_steps))

    def _remedy(self, row: models.Remedy) -> types.Remedy:
        markdown = self.markdown(row.steps)
        plain = {language: without_marks(text) for language, text in markdown.items()}
        return types.Remedy(row.client.slug, self.html(row.steps), markdown, plain, tuple(row.howtos))

    def _symptom(self, row: models.Symptom) -> types.Symptom:
        return types.Symptom(
            client=row.client.slug,
            slug=row.slug,
            sample=row.sample.rstrip("\n"),
            where=self.inline(row.where),
            provenance=row.provenance,
            command=row.command,
            client_version=row.client_version,
            platform=row.platform,
            seen=row.seen,
            source=row.source,
        )

    def _snippets(self, rows: Iterable[models.Snippet]) -> tuple[types.Snippet, ...]:
        return tuple(self._snippet(row) for row in sorted(rows, key=lambda row: (row.position, row.slug)))

    def _snippet(self, row: models.Snippet) -> types.Snippet:
        code = resolve(row.code, partial(self.reference, "en")).rstrip("\n")
        html = self._rendered.code(code, row.language)
        return types.Snippet(row.slug, row.language, row.title, code, html, row.runnable, row.needs)

    def _howto(self, row: models.Howto) -> types.Howto:
        snippets = self._snippets(row.snippet_set.all())
        return types.Howto(row.slug, row.title, self.html(row.steps), snippets, _sources(row.sources), row.checked)

    def _client(self, row: models.Client) -> types.Client:
        shows = self.html(row.shows)
        return types.Client(row.slug, row.name, row.kind, row.platforms, shows, _sources(row.sources), row.checked)

    def _model(self, row: models.ClaudeModel) -> types.Model:
        return types.Model(
            rule=model_rule(row),
            name=row.name,
            restricted=row.restricted,
            not_before=row.not_before,
            bedrock=row.bedrock,
            vertex=row.vertex,
            openrouter=row.openrouter,
            context=row.context,
            output=row.output,
            rejects=tuple(row.rejects),
            note=self.inline(row.note) if row.note else None,
            sources=_sources(row.sources),
            checked=row.checked,
        )

    def _spelling(self, row: models.Spelling) -> types.Spelling:
        return types.Spelling(row.wrong, row.wanted, row.model.model_id, self.inline(row.reason), row.article_said)


def page_name(language: str, name: str) -> str:
    """What a page is called that prose may link to."""
    with override(language):
        return f"“{PAGE_NAMES[name]}”" if language.startswith("zh") else str(PAGE_NAMES[name])


def _entries() -> Iterable[models.Entry]:
    return models.Entry.objects.prefetch_related(
        "cause_set", "remedy_set__client", "symptom_set__client", "snippet_set"
    )


def _sources(rows: list[dict[str, Any]]) -> tuple[types.Source, ...]:
    return tuple(types.Source(row["title"], row.get("url", "")) for row in rows)

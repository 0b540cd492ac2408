"""The handbook in one language, in the shapes of the API. `base` is the origin that makes links absolute."""

from __future__ import annotations

from dataclasses import dataclass

from kb import __version__
from kb.api import shapes
from kb.handbook import Handbook, types
from kb.handbook.current import today
from kb.handbook.links import entry_url, model_url, permalink
from kb.handbook.markup import plain_text
from kb.handbook.types import in_language
from kb.lookup.result import ModelSuggestion


def versions(handbook: Handbook) -> shapes.Versions:
    return shapes.Versions(engine=__version__, content=handbook.version)


def suggestion(found: ModelSuggestion | None, lang: str, base: str) -> shapes.Suggestion | None:
    if found is None:
        return None
    return shapes.Suggestion(
        given=found.given,
        model=found.model_id,
        status=found.status,
        suggested=found.suggested,
        reason=found.reason,
        url=base + model_url(found.suggested, lang),
    )


@dataclass(frozen=True)
class Teller:
    """Says things of the handbook in one language."""

    lang: str
    base: str

    def line(self, entry: types.Entry) -> shapes.EntryLine:
        return shapes.EntryLine(
            code=entry.code,
            title=in_language(entry.title, self.lang),
            statuses=[int(status) for status in entry.statuses],
            error_types=list(entry.error_types),
            side=entry.side,  # type: ignore[arg-type]
            retry=entry.retry,  # type: ignore[arg-type]
            url=self._page(entry),
            permalink=self.base + permalink(entry.code),
            checked=entry.checked,
        )

    def entry(self, entry: types.Entry, handbook: Handbook) -> shapes.EntryOut:
        return shapes.EntryOut(
            **dict(self.line(entry)),
            message=entry.message,
            error_codes=list(entry.error_codes),
            named_codes=[self._named_code(entry, code) for code in entry.named_codes],
            exceptions=list(entry.exceptions),
            retry_note=self._prose(entry.retry_note),
            meaning=self._prose(entry.meaning),
            response=_response(entry.response) if entry.response else None,
            causes=[self._cause(entry, cause) for cause in entry.causes],
            remedies=[self._remedy(remedy) for remedy in entry.remedies],
            symptoms=[self._symptom(symptom) for symptom in entry.symptoms],
            snippets=[self._snippet(snippet) for snippet in entry.snippets],
            neighbours=[self._neighbour(neighbour) for neighbour in entry.neighbours],
            faq=[self._question(question) for question in entry.faq],
            sources=_sources(entry.sources),
            withdrawn=self._prose(entry.withdrawn) if entry.withdrawn else None,
            lang=self.lang,
            versions=versions(handbook),
        )

    def client(self, client: types.Client) -> shapes.ClientOut:
        return shapes.ClientOut(
            slug=client.slug,
            name=in_language(client.name, self.lang),
            kind=client.kind,
            platforms=client.platforms,
            shows=self._prose(client.shows),
            sources=_sources(client.sources),
            url=f"{self.base}/{self.lang}/clients/{client.slug}/",
            checked=client.checked,
        )

    def model(self, model: types.Model) -> shapes.ModelOut:
        rule = model.rule
        return shapes.ModelOut(
            id=rule.model_id,
            name=model.name,
            family=rule.family,
            status=rule.status(today()),  # type: ignore[arg-type]
            current=rule.current,
            restricted=model.restricted,
            aliases=list(rule.aliases),
            deprecated=rule.deprecated,
            retires=rule.retires,
            not_before=model.not_before,
            replacement=rule.replacement or None,
            bedrock=model.bedrock or None,
            vertex=model.vertex or None,
            openrouter=model.openrouter or None,
            context=model.context,
            output=model.output,
            rejects=list(model.rejects),
            note=self._prose(model.note) if model.note else None,
            sources=_sources(model.sources),
            url=self.base + model_url(rule.model_id, self.lang),
            checked=model.checked,
        )

    def _prose(self, html: types.Html) -> shapes.Prose:
        told = in_language(html, self.lang)
        return shapes.Prose(text=plain_text(told), html=told)

    def _page(self, entry: types.Entry, anchor: str = "") -> str:
        return self.base + entry_url(entry.code, self.lang) + (f"#{anchor}" if anchor else "")

    def _named_code(self, entry: types.Entry, named: types.NamedCode) -> shapes.NamedCode:
        return shapes.NamedCode(
            code=named.code,
            status=int(named.status),
            exception=named.exception,
            means=self._prose(named.means),
            fix=self._prose(named.fix),
            url=self._page(entry, named.anchor),
        )

    def _cause(self, entry: types.Entry, cause: types.Cause) -> shapes.Cause:
        return shapes.Cause(
            slug=cause.slug,
            title=in_language(cause.title, self.lang),
            check=self._prose(cause.check),
            fix=self._prose(cause.fix),
            url=self._page(entry, cause.slug),
        )

    def _remedy(self, remedy: types.Remedy) -> shapes.Remedy:
        return shapes.Remedy(client=remedy.client, steps=self._prose(remedy.steps), howtos=list(remedy.howtos))

    def _symptom(self, symptom: types.Symptom) -> shapes.Symptom:
        return shapes.Symptom(
            client=symptom.client,
            slug=symptom.slug,
            sample=symptom.sample,
            where=self._prose(symptom.where),
            provenance=symptom.provenance,
            command=symptom.command,
            client_version=symptom.client_version,
            platform=symptom.platform,
            seen=symptom.seen,
            source=symptom.source or None,
        )

    def _snippet(self, snippet: types.Snippet) -> shapes.Snippet:
        return shapes.Snippet(
            slug=snippet.slug,
            language=snippet.language,
            title=in_language(snippet.title, self.lang),
            code=snippet.code,
            runnable=snippet.runnable,
            needs=snippet.needs,
        )

    def _neighbour(self, neighbour: types.Neighbour) -> shapes.Neighbour:
        link = self.base + permalink(neighbour.code)
        return shapes.Neighbour(code=neighbour.code, difference=self._prose(neighbour.difference), permalink=link)

    def _question(self, asked: types.Question) -> shapes.Question:
        return shapes.Question(question=in_language(asked.question, self.lang), answer=self._prose(asked.answer))


def _response(sample: types.Response) -> shapes.ResponseSample:
    return shapes.ResponseSample(
        status=int(sample.status), headers=sample.headers, body=sample.body, provenance=sample.provenance
    )


def _sources(sources: tuple[types.Source, ...]) -> list[shapes.Source]:
    return [shapes.Source(title=source.title, url=source.url or None) for source in sources]

"""Dangling references, signatures that do not compile, and other mistakes between rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kb.content.check import natural_key, place
from kb.content.check_endpoints import check_endpoints
from kb.content.references import KINDS, PAGES, references
from kb.content.yaml_files import Row
from kb.lookup.rules import Signature
from kb.lookup.scan import BadPattern, compile_pattern
from kb.lookup.signatures import PatternBook, phrase_pattern
from kb.lookup.wording import matches_sample

TARGETS = {
    "entry": "kb.entry",
    "client": "kb.client",
    "howto": "kb.howto",
    "fact": "kb.fact",
    "model": "kb.claudemodel",
    "route": "kb.gateway",
}
VERBATIM = ("sample", "message", "phrase", "pattern", "title", "template")


def check_links(rows: Sequence[Row]) -> list[str]:
    """Every name a row refers to exists; current models are one per family; codes have one owner."""
    known = {model: {natural_key(row)[0] for row in rows if row.model == model} for model in TARGETS.values()}
    families = [row.fields["family"] for row in rows if row.model == "kb.claudemodel" and row.fields.get("current")]
    known["family"] = set(families)
    known["page"] = set(PAGES)
    mistakes = [mistake for row in rows for mistake in _row(row, known)] + check_endpoints(rows)
    for family in sorted({name for name in families if families.count(name) > 1}):
        mistakes.append(f"models.yaml: kb.claudemodel: current: two models of the family {family} are current")
    return mistakes


def check_codes(rows: Sequence[Row]) -> list[str]:
    """An error code stands in one entry only, once, and with a status that its entry has."""
    return list(_codes([row for row in rows if row.model == "kb.entry"]))


def check_signatures(rows: Sequence[Row]) -> list[str]:
    """Patterns that are not RE2, phrases without words, samples that their own signature does not match."""
    return [mistake for row in rows for mistake in _signature(row)]


def as_signature(row: Row) -> Signature:
    fields = row.fields
    return Signature(
        entry=fields["entry"][0],
        slug=fields["slug"],
        phrase=fields.get("phrase", ""),
        pattern=fields.get("pattern", ""),
        strength=fields["strength"],
        generic=fields.get("generic", False),
        scope=fields.get("scope", "text"),
        model_state=fields.get("model_state", ""),
    )


def _row(row: Row, known: dict[str, set[str]]) -> Iterator[str]:
    for key in ("entry", "client", "howto", "model", "route"):
        named = row.fields.get(key)
        if isinstance(named, list) and named[0] not in known[TARGETS[key]]:
            yield f"{place(row, key)}: there is no {key} {named[0]}"
    for name in row.fields.get("howtos", []):
        if name not in known["kb.howto"]:
            yield f"{place(row, 'howtos')}: there is no howto {name}"
    for neighbour in row.fields.get("neighbours", []):
        if neighbour["code"] not in known["kb.entry"]:
            yield f"{place(row, 'neighbours')}: there is no entry {neighbour['code']}"
    if row.model == "kb.claudemodel" and row.fields.get("replacement", "") not in known["kb.claudemodel"] | {""}:
        yield f"{place(row, 'replacement')}: there is no model {row.fields['replacement']}"
    if row.model == "kb.redirect" and row.fields["new_code"] not in known["kb.entry"]:
        yield f"{place(row, 'new_code')}: there is no entry {row.fields['new_code']}"
    if row.model == "kb.redirect" and row.fields["old_code"] in known["kb.entry"]:
        yield f"{place(row, 'old_code')}: an entry still has this code"
    yield from _references(row, known)


def _references(row: Row, known: dict[str, set[str]]) -> Iterator[str]:
    for path, kind, name in references(row.fields):
        names = known["family"] if kind == "model" else known.get(TARGETS.get(kind, kind), set())
        if path[0] in VERBATIM:
            yield f"{place(row, *path)}: {{{{{kind}:{name}}}}}: this text is verbatim and takes no references"
        elif kind not in KINDS or name not in names:
            yield f"{place(row, *path)}: {{{{{kind}:{name}}}}} leads nowhere"


def _codes(entries: Sequence[Row]) -> Iterator[str]:
    owners: dict[str, str] = {}
    for row in entries:
        named = row.fields.get("named_codes", [])
        for code in (*row.fields.get("error_codes", []), *(code["code"] for code in named)):
            if code in owners:
                yield f"{place(row)}: the error code {code} stands already in {owners[code]}"
            owners.setdefault(code, row.fields["code"])
        for index, code in enumerate(named):
            if code["status"] not in row.fields["statuses"]:
                yield f"{place(row, 'named_codes', index, 'status')}: the entry has no status {code['status']}"


def _signature(row: Row) -> Iterator[str]:
    if row.model == "kb.signature":
        signature = as_signature(row)
        key = "phrase" if signature.phrase else "pattern"
        try:
            if signature.phrase:
                compile_pattern(phrase_pattern(signature.phrase))
            else:
                PatternBook([signature])
        except BadPattern as error:
            yield f"{place(row, key)}: {error}"
            return
        if not matches_sample(signature, row.fields["sample"]):
            yield f"{place(row, 'sample')}: the {key} does not match it"
    elif row.model in ("kb.client", "kb.lookalike"):
        for index, pattern in enumerate(row.fields.get("cues", [])):
            try:
                compile_pattern(pattern)
            except BadPattern as error:
                yield f"{place(row, 'cues', index)}: {error}"

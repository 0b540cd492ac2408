"""A lookup result as short plain text, for terminals and for `curl --data-binary @-`."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import override

from kb.handbook import Handbook
from kb.handbook.labels import RETRY, SIDES
from kb.handbook.links import permalink, status_url
from kb.handbook.markup import plain_text
from kb.handbook.types import Entry, NamedCode, in_language
from kb.lookup.result import Evidence, Result
from kb.printable import printable


def as_text(handbook: Handbook, result: Result, lang: str, base: str) -> str:
    """What it is, whose side it is on, whether waiting helps, the fix, the link."""
    with override(lang):
        lines = [line for match in result.matches[:1] for line in _entry(handbook, match.code, result, lang, base)]
        if result.matches and result.matches[0].confidence == "possible":
            lines.insert(0, _("Not sure. It may be:"))
        if not result.matches:
            lines = [_("Not recognised as an error of the Claude API.")]
        if result.many_errors:
            lines = [_("Many different errors stand in this text. Paste one of them.")]
        if result.status_page:
            lines += [
                "",
                _("Everything about status %s:") % result.status_page
                + " "
                + base
                + status_url(result.status_page, lang),
            ]
        if len(result.matches) > 1:
            lines += ["", _("Or:")]
            lines += [f"  {m.code}  {in_language(handbook.entries[m.code].title, lang)}" for m in result.matches[1:3]]
        if any(redaction.live for redaction in result.redactions):
            lines += ["", _("A key that looks live was in the paste. It was not kept; revoke it all the same.")]
        return printable("\n".join(lines))


def explain(handbook: Handbook, result: Result, lang: str) -> str:
    """Facts, every piece of evidence with weight and span, and what was ruled out."""
    lines = [f"{name}: {value}" for name, value in vars(result.facts).items() if value is not None]
    for match in result.matches:
        lines += ["", f"{match.code}  {match.score:.3f} {match.confidence}"]
        lines += [_weighed(evidence) for evidence in match.evidence]
        lines += [f"  {factor.reason:<12} × {factor.value:.2f}" for factor in match.factors]
    for out in result.ruled_out:
        lines += ["", f"ruled out: {out.code}  {out.score:.3f} ({out.reason})", *map(_weighed, out.evidence)]
    lines.append("")
    lines += [f"redacted: {r.kind} × {r.count}" for r in result.redactions]
    return printable("\n".join(lines).strip()) or "nothing was understood"


def _weighed(evidence: Evidence) -> str:
    return f"  {evidence.kind:<12} {evidence.weight:.2f}  {_span(evidence)}  {evidence.text}"


def _span(evidence: Evidence) -> str:
    return "-" if evidence.end is None else f"[{evidence.start}:{evidence.end}]"


def _entry(handbook: Handbook, code: str, result: Result, lang: str, base: str) -> list[str]:
    entry: Entry = handbook.entries[code]
    remedy = next((r for r in entry.remedies if r.client == result.facts.client), None)
    named = entry.named_code(result.facts.error_code)
    lines = [f"{code}  {in_language(entry.title, lang)}", ""]
    lines += [*_named_code(entry, named, lang, base), ""] if named else []
    lines += [in_language(entry.summary, lang)]
    lines += ["", f"{SIDES[entry.side]} · {RETRY[entry.retry]}", in_language(entry.retry_plain, lang)]
    if remedy:
        lines += ["", in_language(remedy.plain, lang)]
    elif entry.causes:
        lines += ["", *(f"- {in_language(cause.title, lang)}" for cause in entry.causes)]
    suggestion = result.model_suggestion
    if suggestion:
        lines += ["", f"{suggestion.given} → {suggestion.suggested}"]
    return [*lines, "", base + permalink(code, remedy.client if remedy else None)]


def _named_code(entry: Entry, named: NamedCode, lang: str, base: str) -> list[str]:
    """The error code first: what was refused, what to do, where it is explained."""
    means, fix = (plain_text(in_language(text, lang)) for text in (named.means, named.fix))
    return [f"{named.code}: {means}", f"{_('Fix')}: {fix}", f"{base}{permalink(entry.code)}#{named.anchor}"]

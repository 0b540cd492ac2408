"""Words for the closed sets of the content: sides, retry advice, provenance, kinds."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

SIDES = {
    "you": _("On your side"),
    "provider": _("On the provider's side"),
    "network": _("In the network between"),
    "relay": _("At the relay"),
    "plan": _("A limit of the plan"),
}
RETRY = {
    "never": _("Retrying does not help"),
    "after_wait": _("Retrying after a wait helps"),
    "after_fix": _("Retry after the fix"),
}
PAGE_NAMES = {"gateways": _("Ways to reach Claude"), "endpoint-check": _("Key and address check")}
ROUTES = {
    "official": _("official"),
    "cloud": _("cloud platform"),
    "aggregator": _("aggregator"),
    "relay": _("third-party relay"),
    "own": _("run by yourself"),
}
INDICATORS = {
    "none": _("operational"),
    "minor": _("degraded"),
    "major": _("major outage"),
    "critical": _("critical outage"),
    "maintenance": _("under maintenance"),
    "unknown": _("unknown"),
}
PROVENANCE = {
    "recorded": _("recorded from the real client"),
    "observed": _("observed in the wild"),
    "documented": _("from the client's documentation or source"),
    "illustration": _("composed by us, not recorded"),
}
DRAWN = {
    "observed": _("drawn from a report"),
    "documented": _("drawn from documentation"),
    "illustration": _("illustration"),
}
RECORDED = {
    "line": _("The error itself, without the calls that led to it."),
    "i": _("Status line, headers and body (`-i`)."),
    "error": _("What curl itself says (`-sS`)."),
    "s": _("The body alone (`-s`)."),
    "w": _("The body, then the status (`-w`)."),
    "stream-during": _("In the middle of a stream."),
    "stream-before": _("A stream that is refused before it begins."),
    "traceback": _("Uncaught, with the whole traceback."),
    "console": _("All that `console.error` prints of it."),
    "async": _("The asynchronous client, uncaught, with the whole traceback."),
    "converse": _("Asked with `converse` instead of `invoke_model`."),
    "v": _("The whole exchange (`-v`)."),
}
CONFIDENCE = {"certain": _("certain"), "likely": _("likely"), "possible": _("possible")}
CORPORA = {
    "dev": _("labelled pastes, the public two thirds"),
    "sealed": _("the other third, only ever scored in total"),
    "own": _("written after the wordings that clients document"),
    "wild": _("collected in public, wordings then added"),
    "wild2": _("a second such collection, many of other backends"),
    "wild3": _("a third such collection, over most entries"),
    "sweep": _("written for every code, in the style of such collections"),
    "descriptions": _("troubles described in words"),
    "recorded": _("printed by the real clients, by which the wordings were checked"),
    "ocr": _("texts read from screenshots"),
    "claude_code": _("messages that Claude Code prints"),
}
MODEL_STATUS = {
    "active": _("active"),
    "legacy": _("legacy"),
    "deprecated": _("deprecated"),
    "retired": _("retired"),
}
MODEL_REASON = {
    "active": _("This ID is right."),
    "legacy": _("This ID still works."),
    "deprecated": _("This model retires soon; move to the one on the right."),
    "retired": _("This model has been retired; requests for it fail."),
    "platform": _("That is the spelling of a cloud platform or router. The Claude API takes the one on the right."),
    "spelling": _("A common wrong spelling."),
    "prefix": _("A prefix or suffix that the Claude API does not take, or a dot in place of a hyphen."),
    "date": _("There is no such dated form of this model."),
    "word_order": _("A nickname or another order of the words."),
    "description": _("A description, read as the current model that fits it."),
    "typo": _("Probably a typing mistake."),
}
MODEL_FAMILY = {
    "opus": "Opus",
    "sonnet": "Sonnet",
    "haiku": "Haiku",
    "fable": "Fable",
    "mythos": "Mythos",
    "claude": _("Claude 1 and 2"),
}
MODEL_PLATFORM = {"bedrock": "Amazon Bedrock", "vertex": "Google Cloud", "openrouter": "OpenRouter"}
MODEL_REJECTS = {
    "sampling": _("temperature, top_p, top_k other than the default"),
    "sampling_pair": _("temperature and top_p together"),
    "thinking_enabled": _("thinking: enabled (budget_tokens)"),
    "thinking_adaptive": _("thinking: adaptive"),
    "thinking_disabled": _("thinking: disabled"),
    "thinking_disabled_at_xhigh": _("thinking: disabled at effort xhigh or max"),
    "prefill": _("assistant prefill (messages ending with the assistant)"),
    "forced_tool_choice": _("forced tool use (tool_choice any or tool)"),
}
FACTS = {
    "status": _("status"),
    "error_type": _("type"),
    "error_code": _("error code"),
    "message": _("message"),
    "exception": _("exception"),
    "model": _("model"),
    "request_id": _("request id"),
    "retry_after": _("retry after, s"),
    "host": _("host"),
    "client": _("client"),
}
RULED_OUT = {
    "other_product": _("only wording that others use, and another product is spoken of"),
    "too_weak": _("too little speaks for it"),
    "far_behind": _("far behind the first"),
}
FACTORS = {
    "other_status": _("a status it never has"),
    "other_code": _("an error code of something else"),
    "other_speaker": _("another product says that it is its error"),
}
EVIDENCE = {
    "message": _("wording"),
    "error_code": _("error code"),
    "type": _("type"),
    "exception": _("exception"),
    "status": _("status"),
    "host": _("host"),
    "client": _("client"),
    "search": _("search"),
}

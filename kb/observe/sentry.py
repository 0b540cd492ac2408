"""Error reports to Sentry, or what speaks its protocol. Imported only when `SENTRY_DSN` is set.

An event is not cleaned but made anew, out of what cannot hold anything that a reader sent: the types of exceptions,
the frames of our code without variables, the route, the number of the request. Messages of exceptions are left out.
"""

from __future__ import annotations

from typing import Any

import sentry_sdk
from sentry_sdk.integrations import Integration
from sentry_sdk.integrations.dedupe import DedupeIntegration
from sentry_sdk.integrations.django import DjangoIntegration
from sentry_sdk.integrations.threading import ThreadingIntegration
from sentry_sdk.transport import Transport

from kb import __version__
from kb.observe.request_id import request_id

KEPT = ("event_id", "timestamp", "level", "platform", "release", "environment", "server_name", "sdk")
OF_FRAME = ("filename", "function", "module", "lineno", "in_app", "pre_context", "context_line", "post_context")
OF_MECHANISM = ("type", "handled")


def start(dsn: str, transport: type[Transport] | None = None) -> None:
    """Nothing is sent but unhandled exceptions: no traces, sessions, breadcrumbs, logs or counts of the SDK itself."""
    integrations: list[Integration] = [
        DjangoIntegration(transaction_style="function_name", middleware_spans=False, signals_spans=False),
        DedupeIntegration(),
        ThreadingIntegration(propagate_scope=False),
    ]
    sentry_sdk.init(
        dsn,
        transport=transport,
        integrations=integrations,
        default_integrations=False,
        auto_enabling_integrations=False,
        release=__version__,
        debug=False,
        spotlight=False,
        include_local_variables=False,
        max_request_body_size="never",
        max_breadcrumbs=0,
        before_breadcrumb=lambda *_: None,
        traces_sample_rate=None,
        auto_session_tracking=False,
        send_client_reports=False,
        before_send=_made_anew,
        before_send_transaction=lambda *_: None,
    )


def _made_anew(event: Any, hint: dict[str, Any]) -> Any:
    made = _only(event, KEPT)
    made["exception"] = {"values": [_exception(one) for one in event.get("exception", {}).get("values", [])]}
    made["tags"] = {"request_id": request_id()} if request_id() else {}
    return made


def _exception(given: dict[str, Any]) -> dict[str, Any]:
    frames = (given.get("stacktrace") or {}).get("frames", [])
    return {
        **_only(given, ("type", "module")),
        "mechanism": _only(given.get("mechanism") or {}, OF_MECHANISM),
        "stacktrace": {"frames": [_only(frame, OF_FRAME) for frame in frames]},
    }


def _only(given: dict[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    return {name: given[name] for name in names if name in given}

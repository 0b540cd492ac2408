"""What is recorded: every version of a client in its modes, with the errors that tell something there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kb.handbook.types import Entry
from record.cases import Case, Choice, beginning, below_http, every, only

FEW = ("400-prompt-too-long", "401-invalid-api-key", "429-rate-limited", "529-overloaded")
IN_STREAMS = ("500-internal-server-error", "504-gateway-timeout", "529-overloaded")
KINDS = (  # of each status of the API, those that people meet most
    "400-content-filtered",
    "400-credit-balance-too-low",
    "400-invalid-json-body",
    "400-max-tokens-too-large",
    "400-model-does-not-exist",
    "400-organization-disabled",
    "400-prompt-too-long",
    "400-tool-use-without-result",
    "401-invalid-api-key",
    "401-invalid-bearer-token",
    "401-key-endpoint-mismatch",
    "402-billing-error",
    "403-blocked-by-cloudflare",
    "403-oauth-token-revoked",
    "403-request-not-allowed",
    "404-model-not-found",
    "404-wrong-path",
    "413-request-too-large",
    "429-input-tokens-per-minute",
    "429-rate-limited",
    "500-internal-server-error",
    "502-bad-gateway",
    "503-service-unavailable",
    "504-gateway-timeout",
    "529-overloaded",
)
OF_EACH_KIND = only(*KINDS)
RELAYS = beginning("relay-")
CLOUD = beginning("bedrock-", "vertex-")
BELOW = below_http("reset", "refused", "timeout", "tls", "html")
BEFORE = only(*FEW, options="stream=before")
DURING = only(*IN_STREAMS, options="stream=during")
CUT = below_http("cut")


@dataclass(frozen=True)
class Session:
    """One file: a program run for each chosen error. `version` is empty for what is on the machine; `whole`: with
    traceback or stack, else the lines of the error only."""

    client: str
    version: str
    mode: str
    program: str
    choices: tuple[Choice, ...]
    whole: bool = False

    def cases(self, entries: Iterable[Entry]) -> list[Case]:
        known = list(entries)
        return [case for choice in self.choices for case in choice(known)]


def python(version: str, newest: bool = False) -> list[Session]:
    client = "python-sdk"
    lines = Session(client, version, "line", "python_sync.py", (every if newest else OF_EACH_KIND,))
    kinds = (OF_EACH_KIND, BELOW) if newest else (BELOW,)
    found = [
        lines,
        Session(client, version, "traceback", "python_sync.py", kinds, whole=True),
        Session(client, version, "stream-during", "python_stream.py", (DURING, CUT)),
    ]
    if newest:
        found.append(Session(client, version, "stream-before", "python_stream.py", (BEFORE,), whole=True))
        found.append(Session(client, version, "async", "python_async.py", (only(*FEW), BELOW), whole=True))
    return found


def node(version: str, newest: bool = False) -> list[Session]:
    client = "node-sdk"
    kinds = (OF_EACH_KIND, BELOW) if newest else (BELOW,)
    found = [
        Session(client, version, "line", "node_sync.mjs", (every if newest else OF_EACH_KIND,)),
        Session(client, version, "console", "node_sync.mjs", kinds, whole=True),
        Session(client, version, "stream-during", "node_stream.mjs", (DURING, CUT)),
    ]
    if newest:
        found.append(Session(client, version, "stream-before", "node_stream.mjs", (BEFORE,), whole=True))
    return found


def curl() -> list[Session]:
    return [
        Session("curl", "", "s", "curl -s", (OF_EACH_KIND, RELAYS)),
        Session("curl", "", "i", "curl -s -i", (OF_EACH_KIND, RELAYS, CLOUD)),
        Session("curl", "", "v", "curl -s -v", (only(*FEW),)),
        Session("curl", "", "w", "curl -s -w \\n%{http_code}\\n", (only(*FEW), RELAYS)),
        Session("curl", "", "error", "curl -sS", (BELOW,)),
    ]


def wrapper(client: str, version: str, program: str) -> list[Session]:
    """A library with a `_sync` and a `_stream` program."""
    return [
        Session(client, version, "line", f"{program}_sync.py", (OF_EACH_KIND, RELAYS)),
        Session(client, version, "traceback", f"{program}_sync.py", (BELOW,), whole=True),
        Session(client, version, "stream-during", f"{program}_stream.py", (DURING,)),
    ]


SESSIONS = [
    *python("0.40.0"),
    *python("0.84.0"),
    *python("1.17.0"),
    *python("2.12.0", newest=True),
    *node("0.78.0"),
    *node("1.12.0", newest=True),
    *curl(),
    *wrapper("openai-sdk", "3.54.0", "openai"),
    *wrapper("litellm", "1.106.0", "litellm"),
    *wrapper("langchain", "1.7.4", "langchain"),
    Session("bedrock", "1.44.5", "line", "bedrock_invoke.py", (beginning("bedrock-"),)),
    Session("bedrock", "1.44.5", "converse", "bedrock_converse.py", (beginning("bedrock-"),)),
]

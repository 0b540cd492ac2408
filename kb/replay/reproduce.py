"""“Reproduce this”: one line for each client, with a dummy key."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings

from kb.handbook.types import Entry
from kb.replay.failure import replayable
from kb.replay.keys import DUMMY
from kb.replay.sockets import HOST, MODES, PORT


@dataclass(frozen=True)
class Line:
    """`slug` names it on the page; `name` is that of the client, the same in every language."""

    slug: str
    name: str
    code: str


def reproduction(entry: Entry, origin: str) -> list[Line]:
    """How to see the error of an entry; nothing where replay is off or no server is involved."""
    if not settings.REPLAY:
        return []
    if replayable(entry):
        return lines(f"{origin}/replay/{entry.code}")
    mode = next((name for name, mode in MODES.items() if mode.code == entry.code), None)
    if mode is None:
        return []
    scheme = "https" if mode == "tls" else "http"
    begin = Line("socket", "manage.py", f".venv/bin/python manage.py replay_socket {mode}")
    return [begin, *lines(f"{scheme}://{HOST}:{PORT}", stream=mode == "cut")]


def lines(base: str, stream: bool = False) -> list[Line]:
    """curl, Python and Node against a base URL."""
    python = f"anthropic.Anthropic(api_key='{DUMMY}', base_url='{base}').messages.create(model='replay', max_tokens=9"
    python += ", messages=[{'role': 'user', 'content': 'hi'}]"
    node = (
        f"new Anthropic({{ apiKey: '{DUMMY}', baseURL: '{base}' }}).messages.create({{ model: 'replay', max_tokens: 9"
    )
    node += ", messages: [{ role: 'user', content: 'hi' }]"
    python = f"list({python}, stream=True))" if stream else f"{python})"
    node = f"for await (const event of await {node}, stream: true }})) {{}}" if stream else f"await {node} }})"
    return [
        Line("curl", "curl", f"curl -sSi {base}/v1/messages -H 'x-api-key: {DUMMY}' -d '{{}}'"),
        Line("python", "Python", f'python -c "import anthropic; {python}"'),
        Line("node", "Node", f"node --input-type=module -e \"import Anthropic from '@anthropic-ai/sdk'; {node}\""),
    ]

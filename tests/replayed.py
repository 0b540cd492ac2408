"""Base URLs under `/replay/` of a real server, and how many requests came to each."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass

import httpx


@dataclass(frozen=True)
class Endpoint:
    """`url`: the base URL that a client is given; all requests below it are counted together."""

    url: str

    def requests(self) -> int:
        """How many came so far; replay numbers them, and this one is the next."""
        return int(httpx.post(f"{self.url}/v1/messages").headers["X-KB-Replay-Attempt"]) - 1


Replay = Callable[..., Endpoint]


def replay_of(origin: str) -> Replay:
    """Makes an endpoint that answers with an entry: `replay("529-overloaded", times=2, after=7)`."""

    def replay(entry: str, /, **options: object) -> Endpoint:
        given = {**options, "run": secrets.token_hex(4)}
        return Endpoint(f"{origin}/replay/{entry}/" + ",".join(f"{name}={value}" for name, value in given.items()))

    return replay

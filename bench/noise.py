"""Lines as they stand around an error in a log. Made from a seed; none of them is an error itself."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

_SERVICES = ("api", "worker", "gateway", "billing", "scheduler", "ingest", "translator", "web")
_PATHS = (
    "/healthz",
    "/v2/jobs",
    "/static/app.js",
    "/login",
    "/chat/history",
    "/metrics",
    "/items/{n}",
    "/search?q={h}",
)
_MODULES = ("app.main", "app.jobs.sync", "services.cache", "core.pipeline", "store.session", "tasks.report")
_WORDS = (
    "started",
    "finished",
    "queued",
    "flushed",
    "loaded",
    "cache",
    "session",
    "user",
    "batch",
    "document",
    "chunk",
    "page",
    "index",
    "row",
    "file",
    "upload",
    "task",
    "worker",
    "connection",
    "pool",
    "lock",
    "settings",
    "template",
    "migration",
    "thread",
    "stream",
    "buffer",
    "token",
    "budget",
    "message",
    "history",
)
_LINES = (
    "{date} {time},{ms} INFO  [{service}] {module}: {words} id={h} took {n}ms",
    "{date}T{time}.{ms}Z DEBUG {module} - {words}",
    '{ip} - - [{date} {time}] "GET {path} HTTP/1.1" 200 {n} "-" "Mozilla/5.0 (X11; Linux x86_64)"',
    '{{"level":"info","ts":"{date}T{time}Z","logger":"{module}","msg":"{words}","trace":"{h}","ms":{n}}}',
    '  File "/srv/{service}/{module}.py", line {n}, in {word}_{word2}',
    "    {word} = await self._{word2}({word}_id, timeout={n})",
    "    at {word}.{word2} (/srv/{service}/node_modules/{word}/lib/{word2}.js:{n}:{ms})",
    "    at async Promise.all (index {n})",
    "{service}-1  | {time} {words}",
    "[{time}] {words}: {n}/{ms} ({h})",
    "npm info {word}@{n}.{ms}.0 {words}",
    "{date} {time} 第 {n} 批处理完成，用时 {ms} 毫秒，任务 {h}",
    "{date} {time} [信息] {module}：缓存已更新，共 {n} 条",
    "I{n} {time}.{ms} {module}.cc:{n}] {words}",
    "",
)


def lines(seed: int) -> Iterator[str]:
    """Endless log lines, the same for the same seed."""
    random = Random(seed)
    while True:
        yield random.choice(_LINES).format(**_values(random))


def _values(random: Random) -> dict[str, str]:
    return {
        "date": f"2026-11-{random.randint(1, 28):02}",
        "time": f"{random.randint(0, 23):02}:{random.randint(0, 59):02}:{random.randint(0, 59):02}",
        "ms": f"{random.randint(0, 99):02}7",
        "n": str(random.randint(1000, 3999)),
        "h": f"{random.getrandbits(48):012x}",
        "ip": f"10.0.{random.randint(0, 255)}.{random.randint(1, 254)}",
        "service": random.choice(_SERVICES),
        "module": random.choice(_MODULES),
        "path": random.choice(_PATHS),
        "word": random.choice(_WORDS),
        "word2": random.choice(_WORDS),
        "words": " ".join(random.sample(_WORDS, random.randint(3, 9))),
    }


def around(text: str, size: int, seed: int) -> str:
    """The text with log lines before and after it, just under `size` bytes; as it is when already that long."""
    before: list[str] = []
    after: list[str] = []
    room = left = size - byte_length(text)
    turn = room * Random(seed).random()
    for line in lines(seed):
        left -= byte_length(line) + 1
        if left < 0:
            break
        (before if left > turn else after).append(line)
    return "\n".join([*before, text, *after])


def byte_length(text: str) -> int:
    return len(text.encode())

"""Metrics and logs behind gunicorn: the workers of a node are added up, and a dead one takes nothing with it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from django.conf import settings
from prometheus_client.multiprocess import mark_process_dead

from tests.observe.conftest import Values, read
from tests.served import served

FOLDER = Path(settings.VAR) / "metrics"


@pytest.fixture(params=["gunicorn.conf.py", "deploy/gunicorn.conf.py"])
def node(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setenv("KB_METRICS", "on")
    FOLDER.mkdir(exist_ok=True)
    (FOLDER / "counter_1.db").write_bytes(b"of a run before")
    with served("-c", request.param, "--workers", "2") as origin:
        yield origin


def _metrics(origin: str) -> Values:
    with urlopen(f"{origin}/metrics", timeout=10) as answer:
        return read(answer.read().decode())


def _wait(true: Callable[[], bool]) -> None:
    for _ in range(300):
        if true():
            return
        time.sleep(0.1)
    raise AssertionError("it never happened")


def _workers() -> set[int]:
    return {int(file.stem.rpartition("_")[2]) for file in FOLDER.glob("gauge_livesum_*.db")}


def test_workers_are_added_up_and_a_killed_one_is_replaced(node: str) -> None:
    _wait(lambda: len(_workers()) == 2)
    for _ in range(20):
        with urlopen(f"{node}/en/about/", timeout=10):
            pass
    name = 'handbook_request_duration_seconds_count{route="about",status="2xx"}'
    before = _metrics(node)
    assert (before[name], before["handbook_workers"]) == (20, 2)
    assert not (FOLDER / "counter_1.db").exists()

    _wait(lambda: "handbook_publication_id" in _metrics(node))
    _wait(lambda: any(name.startswith("handbook_snapshot_info{") for name in _metrics(node)))  # of the one that answers
    assert sum(value for name, value in _metrics(node).items() if name.startswith("handbook_pages_total")) == 20

    killed = min(_workers())
    os.kill(killed, signal.SIGKILL)
    _wait(lambda: killed not in _workers() and len(_workers()) == 2)
    after = _metrics(node)
    assert (after[name], after["handbook_workers"]) == (20, 2)


def test_what_is_removed_of_a_dead_worker_is_what_the_library_removes(tmp_path: Path) -> None:
    names = ["counter_7.db", "histogram_7.db", "gauge_all_7.db", "gauge_livesum_7.db", "gauge_livemin_7.db",
             "gauge_livesum_77.db", "gauge_liveall_7.db", "gauge_livemostrecent_7.db"]  # fmt: skip
    for name in names:
        (tmp_path / name).touch()
    ours = {file.name for file in tmp_path.glob("gauge_live*_7.db")}
    mark_process_dead(7, str(tmp_path))  # type: ignore[no-untyped-call]
    assert ours == set(names) - {file.name for file in tmp_path.iterdir()}


def test_every_line_of_a_node_is_json_when_asked(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("KB_LOG", "json")
    monkeypatch.setenv("KB_ACCESS_LOG", "on")
    with served("--log-level", "debug") as origin:
        with urlopen(Request(f"{origin}/en/?Zq8mark", headers={"X-Request-ID": "abc"}), timeout=10):
            pass
        with pytest.raises(HTTPError):
            urlopen(Request(f"{origin}/en/", headers={"Zq8mark header": "Zq8mark"}), timeout=10)
    told = [json.loads(line) for line in capfd.readouterr().err.splitlines()]
    assert not [line for line in told if "Zq8mark" in json.dumps(line)]
    assert {"time", "level", "logger", "message"} <= set.intersection(*map(set, told))
    assert [line["route"] for line in told if line.get("request_id") == "abc"] == ["home"]
    assert [line["message"] for line in told if line["level"] == "WARNING"] == ["Invalid request"]


def test_the_configuration_imports_nothing_of_ours() -> None:
    code = (
        "import runpy, sys; runpy.run_path('gunicorn.conf.py'); print([n for n in sys.modules if n.startswith('kb')])"
    )

    done = subprocess.run(
        [sys.executable, "-c", code], cwd=settings.BASE_DIR, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"

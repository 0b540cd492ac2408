"""What nginx does between clients and nodes, shown on nodes that only say what reached them."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpx
import pytest

from cluster.nginx import Nginx
from cluster.programs import Missing, program

LOOKUP = "/api/v1/lookup"
PASTE = {"content": b'{"text": "401"}', "headers": {"content-type": "application/json"}}


class Echo(BaseHTTPRequestHandler):
    """Answers with its name and what it was asked. `/dies` and posts to a dying server end without an answer."""

    protocol_version = "HTTP/1.1"

    def _answer(self) -> None:
        length = int(self.headers.get("content-length") or 0)
        body = self.rfile.read(length)
        server: Any = self.server
        server.asked.append(f"{self.command} {self.path}")
        if server.dies:
            self.close_connection = True
            return
        lacking = self.path == f"/static/of-{'b' if server.title == 'a' else 'a'}.css"
        told = {"node": server.title, "headers": {k.lower(): v for k, v in self.headers.items()}, "size": len(body)}
        answer = json.dumps(told).encode()
        self.send_response(404 if lacking else 200)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    do_GET = do_POST = _answer  # noqa: N815

    def log_message(self, *_: Any) -> None:
        return


class Nodes:
    """Two servers behind nginx."""

    def __init__(self, folder: Path) -> None:
        self.servers: list[Any] = [ThreadingHTTPServer(("127.0.0.1", 0), Echo) for _ in "ab"]
        for server, title in zip(self.servers, "ab", strict=True):
            server.title, server.asked, server.dies = title, [], False
            threading.Thread(target=server.serve_forever, daemon=True).start()
        self.nginx = Nginx(folder, [server.server_address[1] for server in self.servers])
        self.nginx.start()
        self.client = httpx.Client(base_url=self.nginx.url, trust_env=False)

    def stop(self) -> None:
        self.client.close()
        self.nginx.stop()
        for server in self.servers:
            server.shutdown()
            server.server_close()

    def asked(self) -> list[str]:
        return [request for server in self.servers for request in server.asked]


@pytest.fixture
def nodes(tmp_path: Path) -> Iterator[Nodes]:
    try:
        program("nginx", "nginx")
    except Missing as reason:
        pytest.skip(str(reason))
    nodes = Nodes(tmp_path)
    try:
        yield nodes
    finally:
        nodes.stop()


def test_both_nodes_are_asked(nodes: Nodes) -> None:
    assert {nodes.client.get("/en/").json()["node"] for _ in range(6)} == {"a", "b"}


def test_what_a_client_says_about_itself_is_not_believed(nodes: Nodes) -> None:
    lies = {
        "X-Forwarded-For": "10.9.9.9",
        "X-Forwarded-Proto": "https",
        "X-Forwarded-Host": "evil.example",
        "X-Forwarded-Ssl": "on",
        "X-Forwarded-Protocol": "ssl",
        "X-Real-IP": "10.9.9.9",
        "Forwarded": "for=10.9.9.9",
        "Proxy": "http://evil.example",
    }
    headers = nodes.client.get("/en/", headers=lies).json()["headers"]
    assert (headers["x-forwarded-for"], headers["x-forwarded-proto"]) == ("127.0.0.1", "http")
    assert not {"x-forwarded-host", "x-forwarded-ssl", "x-forwarded-protocol", "x-real-ip", "forwarded", "proxy"} & set(
        headers
    )


def test_a_plain_request_id_is_kept_and_any_other_replaced(nodes: Nodes) -> None:
    def passed(given: str) -> str:
        return str(nodes.client.get("/en/", headers={"X-Request-ID": given}).json()["headers"]["x-request-id"])

    assert passed("ticket-0815.a") == "ticket-0815.a"
    assert len(passed("<script>")) == len(passed("x" * 65)) == 32
    assert len(nodes.client.get("/en/").json()["headers"]["x-request-id"]) == 32


@pytest.mark.parametrize("page", ["/en/", "/e/401-invalid-api-key", "/admin/"])
def test_a_page_is_asked_of_another_node_when_one_dies(nodes: Nodes, page: str) -> None:
    nodes.servers[0].dies = True
    assert [nodes.client.get(page).json()["node"] for _ in range(4)] == ["b"] * 4
    assert nodes.servers[0].asked


@pytest.mark.parametrize("page", [LOOKUP, "/en/lookup/", "/zh-hans/lookup/", "/en/gateways/check/"])
def test_a_lookup_is_asked_of_another_node_when_one_dies(nodes: Nodes, page: str) -> None:
    nodes.servers[0].dies = True
    assert [nodes.client.post(page, **PASTE).json()["node"] for _ in range(4)] == ["b"] * 4
    assert nodes.servers[0].asked


@pytest.mark.parametrize("page", ["/admin/kb/entry/1/", "/desk/tickets/", "/anything/else/"])
def test_a_post_that_may_write_is_never_sent_twice(nodes: Nodes, page: str) -> None:
    for server in nodes.servers:
        server.dies = True
    assert nodes.client.post(page, **PASTE).status_code == 503
    assert len(nodes.asked()) == 1


def test_a_node_that_died_is_left_alone_for_a_while(nodes: Nodes) -> None:
    nodes.servers[0].dies = True
    for _ in range(10):
        nodes.client.get("/en/")
    assert len(nodes.servers[0].asked) <= 3


def test_a_node_that_is_back_is_asked_although_all_are_left_alone(nodes: Nodes) -> None:
    for server in nodes.servers:
        server.dies = True
    assert nodes.client.get("/en/").status_code == 503
    nodes.servers[1].dies = False
    assert [nodes.client.get("/en/").json()["node"] for _ in range(4)] == ["b"] * 4


def test_a_static_file_is_taken_from_the_node_that_has_it(nodes: Nodes) -> None:
    for name in "ab":
        for _ in range(6):
            answer = nodes.client.get(f"/static/of-{name}.css")
            assert (answer.status_code, answer.json()["node"]) == (200, name)


def test_when_no_node_answers_the_reader_is_told_so_in_both_languages(nodes: Nodes) -> None:
    for server in nodes.servers:
        server.dies = True
    answer = nodes.client.get("/en/")
    assert (answer.status_code, answer.headers["retry-after"], answer.headers["cache-control"]) == (
        503,
        "5",
        "no-store",
    )
    assert "cannot be reached" in answer.text
    assert "暂时无法访问" in answer.text


def test_a_large_request_reaches_the_service_which_refuses_in_its_own_words(nodes: Nodes) -> None:
    assert nodes.client.post(LOOKUP, content=bytes(1024 * 1024 + 1)).json()["size"] == 1024 * 1024 + 1
    assert nodes.client.post(LOOKUP, content=bytes(1300 * 1024)).status_code == 413


def test_a_slow_client_reaches_no_node_before_its_request_is_whole(nodes: Nodes) -> None:
    with socket.create_connection(("127.0.0.1", nodes.nginx.port)) as slow:
        slow.sendall(f"POST {LOOKUP} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 10\r\n\r\nhalf".encode())
        nodes.client.get("/en/")
        assert not [request for request in nodes.asked() if LOOKUP in request]
        slow.sendall(b"whole.")
        assert slow.recv(100).startswith(b"HTTP/1.1 200")


def test_connections_to_nodes_are_kept_open(nodes: Nodes) -> None:
    assert "connection" not in nodes.client.get("/en/").json()["headers"]

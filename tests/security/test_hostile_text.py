"""Text made to act on a page, in a terminal, in a log line, in a reply to copy: it is shown and does nothing."""

from __future__ import annotations

import json
import logging
import re
from html.parser import HTMLParser
from io import StringIO
from pathlib import Path
from urllib.parse import quote, urljoin, urlsplit

import pytest
from django.core.management import call_command
from django.test import Client

from kb.handbook import current
from kb.pages.reply import report
from kb.printable import printable
from tests.markup import read

ESC, CSI, BEL = "\x1b", "\x9b", "\x07"
TERMINAL = {
    "colours": f"{ESC}[31mred{ESC}[0m",
    "a title": f"{ESC}]0;owned{BEL}",
    "a link": f"{ESC}]8;;https://evil.example{ESC}\\click{ESC}]8;;{ESC}\\",
    "the clipboard": f"{ESC}]52;c;ZXZpbA=={BEL}",
    "a cleared screen": f"{ESC}[2J{ESC}[H",
    "C1": f"{CSI}31m\x9d0;owned\x9c",
    "escaped in JSON": "\\u001b[31m \\u009b31m \\x1b[2J",
    "twice escaped": "\\\\u001b]0;owned\\\\u0007",
    "an entity": "&#27;[31m&#x1b;[2J",
    "backspaces": "safe" + "\b" * 4 + "evil\r",
    "an unfinished sequence": f"{ESC}[9999999999999999999999;" + f"{ESC}]" * 50,
}
DIRECTION = {
    "overrides": "\u202egnirts\u202c \u202dx",
    "isolates": "\u2066a\u2067b\u2068c",
    "marks": "\u200e\u200f\u061c",
    "separators": "a\u2028b\u2029c\u0085d",
}
ERROR = (
    'anthropic.NotFoundError: Error code: 404 - {{"error": {{"type": "not_found_error", "message": "model: {0} {0}"}}}}'
)
ACTS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
HTML = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "' autofocus onfocus=alert(1) x='",
    "</textarea><script>alert(1)</script>",
    "</pre></details><iframe src=//evil.example>",
    "<!--",
    "]]>",
    "{{7*7}}{% now %}",
    "javascript:alert(1)",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "\\u003cscript\\u003ealert(1)\\u003c/script\\u003e",
    "＜script＞alert(1)＜/script＞",
    "[x](javascript:alert(1)) ![x](https://evil.example/x.png)",
    "<https://evil.example>",
]


class Acting(HTMLParser):
    """Tags and attributes of a page that run or load something that is not ours."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.found += [
            name
            for name in given
            if name.startswith("on") or (name in ("style", "srcdoc", "autofocus", "x") and tag not in ("textarea",))
        ]
        self.found += [tag for _ in [0] if tag in ("iframe", "object", "embed", "img", "base", "svg")]
        for name in ("src", "href", "action"):
            value = given.get(name) or ""
            place = urlsplit(urljoin("http://testserver/en/", value))
            self.found += [value for _ in [0] if "evil" in place.netloc or place.scheme in ("javascript", "data")]
        if tag == "script" and not (given.get("src") or "").startswith("/static/"):
            self.found.append("script")


@pytest.mark.parametrize("hostile", [*TERMINAL.values(), *DIRECTION.values()], ids=[*TERMINAL, *DIRECTION])
def test_nothing_that_a_terminal_acts_on_is_printed(hostile: str, tmp_path: Path) -> None:
    paste = f"{ERROR.format(hostile)}\nrequest_id: req_{hostile}\n{hostile}"
    client = Client()
    told = client.post("/api/v1/lookup", paste, content_type="text/plain")
    as_json = client.post("/api/v1/lookup", json.dumps({"text": paste, "echo": True}), content_type="application/json")
    path, printed = tmp_path / "paste", [told.content.decode(), as_json.content.decode()]
    path.write_text(paste, encoding="utf-8")
    for options in ({}, {"json": True}, {"explain": True}, {"json": True, "explain": True}):
        out, err = StringIO(), StringIO()
        call_command("lookup", str(path), stdout=out, stderr=err, **options)
        printed.append(out.getvalue() + err.getvalue())
    assert [text for text in printed if ACTS.search(text)] == []
    assert (told.status_code, as_json.status_code) == (200, 200)


def test_what_is_made_printable_is_the_same_json() -> None:
    text = "".join(map(chr, range(0x20, 0x3000)))
    assert json.loads(printable(json.dumps({"a": text}, ensure_ascii=False))) == {"a": text}


@pytest.mark.parametrize("hostile", [*TERMINAL.values(), *DIRECTION.values()], ids=[*TERMINAL, *DIRECTION])
def test_a_report_to_copy_keeps_one_line_for_each_value(hostile: str) -> None:
    result = current().lookup(f"{ERROR.format(hostile)}\\nModel: forged")
    text = report(result, "en")
    assert len(text.splitlines()) == 7
    assert not ACTS.search(text.replace("\n", ""))


@pytest.mark.parametrize("hostile", HTML)
@pytest.mark.parametrize("lang", ["en", "zh-hans"])
def test_html_and_markdown_in_a_paste_stay_text(hostile: str, lang: str) -> None:
    paste = f"{ERROR.format(hostile)}\n{hostile}\nmodel: {hostile}\nrequest_id: {hostile}"
    page = Client().post(f"/{lang}/lookup/", {"text": paste, "client": hostile}).content.decode()
    assert Acting(page).found == []
    assert (read(page.encode()).faults, read(page.encode()).inline) == ([], [])


@pytest.mark.parametrize("hostile", HTML)
@pytest.mark.parametrize(
    "address",
    [
        "/en/errors/?q={}",
        "/en/errors/?client={}&side={}&status={}",
        "/en/models/?id={}",
        "/en/models/?family={}&sort={}",
        "/en/errors/401-invalid-api-key/?client={}",
        "/en/{}/",
        "/e/{}",
        "/zh-hans/?lang={}&{}={}",
        "/en/errors/{}/",
    ],
)
def test_html_in_an_address_stays_text(hostile: str, address: str) -> None:
    page = Client().get(address.replace("{}", quote(hostile, safe="")))
    assert page.status_code in (200, 302, 404)
    assert [found for found in Acting(page.content.decode()).found if found != "autofocus"] == []


@pytest.mark.parametrize("hostile", HTML)
def test_html_in_a_checked_address_stays_text(hostile: str) -> None:
    page = Client().post("/en/gateways/check/", {"url": f"https://a.example/{hostile}", "key": hostile})
    assert page.status_code in (200, 400)
    assert Acting(page.content.decode()).found == []


@pytest.mark.parametrize(
    "text",
    [
        "e" + "\u0301" * 100_000,
        "".join("Z" + "\u0334\u0352\u030d" * 30 for _ in range(200)),
        "\u202e" * 20_000,
        "\u200b" * 20_000 + "invalid x-api-key",
        "👨‍👩‍👧‍👦" * 2000,
        "\ufdfa" * 3000,
        "ﬃ" * 20_000,
        "\U000e0041" * 10_000,
        "\ufffe\uffff" * 5000,
        "İ" * 20_000,
        "ǆ" * 20_000,
        "\u0344" * 20_000,
        "ᾂ" * 20_000,
    ],
    ids=lambda text: f"U+{ord(text[0]):04X} x {len(text)}",
)
def test_hostile_unicode_is_answered(text: str) -> None:
    page = Client().post("/en/lookup/", {"text": text})
    plain = Client().post("/api/v1/lookup", text[:15_000].encode(), content_type="text/plain; charset=utf-8")
    assert (page.status_code, plain.status_code) == (200, 200)


@pytest.mark.parametrize("path", ["/en/%0d%0aFORGED", "/e/%0aFORGED", "/replay/%0aFORGED", "/api/v1/%0aFORGED%1b[2J"])
def test_no_log_line_is_forged(path: str, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kb.pages.entries.near_codes", lambda *_: 1 / 0)
    with caplog.at_level(logging.DEBUG):
        Client(raise_request_exception=False).get(path)
        Client(raise_request_exception=False).get("/en/", headers={"Host": "evil\r\nFORGED"})
    lines = [
        line
        for record in caplog.records
        if record.name.startswith("django")
        for line in record.getMessage().splitlines()
    ]
    assert [line for line in lines if line.startswith("FORGED") or ESC in line] == []

"""Markdown and code become clean HTML when content is published."""

from __future__ import annotations

import pytest

from kb.handbook.markup import highlight_code, plain_text, render, render_inline


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("one", "<p>one</p>"),
        ("`a` **b** *c*", "<p><code>a</code> <strong>b</strong> <em>c</em></p>"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
        ("1. a\n2. b", "<ol>\n<li>a</li>\n<li>b</li>\n</ol>"),
        ("[a](https://a.example)", '<p><a href="https://a.example" rel="noopener">a</a></p>'),
        ("[a](/en/errors/x/)", '<p><a href="/en/errors/x/" rel="noopener">a</a></p>'),
    ],
)
def test_markdown_is_rendered(source: str, html: str) -> None:
    assert render(source).strip() == html


@pytest.mark.parametrize(
    "source",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        '<a href="javascript:alert(1)">x</a>',
        "[x](javascript:alert(1))",
        "[x](data:text/html,alert)",
        '<p style="color:red">x</p>',
        '<b onclick="x()">x</b>',
        "<style>p{}</style>",
        "<iframe src=https://a.example></iframe>",
    ],
)
def test_what_could_run_or_load_is_taken_out(source: str) -> None:
    html = render(source)
    assert not [
        bad for bad in ("<script", "<img", "javascript:", "data:", "style", "onclick", "<iframe") if bad in html
    ]


def test_a_line_break_between_chinese_characters_is_no_space() -> None:
    assert render("第一行，\n第二行") == "<p>第一行，第二行</p>"
    assert render("first\nsecond") == "<p>first\nsecond</p>"


def test_one_paragraph_can_stand_in_a_line() -> None:
    assert render_inline("see `a`") == "see <code>a</code>"
    assert render_inline("one\n\ntwo") == "<p>one</p>\n<p>two</p>"


@pytest.mark.parametrize(
    "text", ["a & b", "a < b", 'say "x"', "it's", "1 > 0", "&amp; stays", "`<b>` in code"], ids=lambda text: text
)
def test_plain_text_is_what_was_written(text: str) -> None:
    assert plain_text(render(text)) == text.replace("`", "").replace("&amp;", "&")


def test_code_has_classes_and_no_style() -> None:
    html = highlight_code('print("<b>")', "python")
    assert 'class="' in html
    assert "style=" not in html
    assert plain_text(html) == 'print("<b>")'


@pytest.mark.parametrize("language", ["python", "node", "bash", "powershell", "cmd", "json", "http", "text"])
def test_every_language_of_a_snippet_can_be_shown(language: str) -> None:
    assert highlight_code("a = 1", language)

"""Markdown and code → clean HTML, once, when content is published."""

from __future__ import annotations

import re

import nh3
from markdown import Markdown
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import get_lexer_by_name

TAGS = {
    "p",
    "ul",
    "ol",
    "li",
    "a",
    "code",
    "pre",
    "em",
    "strong",
    "br",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "kbd",
}
ATTRIBUTES = {"a": {"href"}, "code": {"class"}, "span": {"class"}}
LEXERS = {"node": "javascript", "cmd": "bat"}
_CJK_BREAK = re.compile(
    r"(?<=[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef])\n(?=[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef])"
)
_LINK = re.compile(r"\[([^\]\n]{1,200})\]\(([^)\s]{1,300})\)")
_MARKS = re.compile(r"`|\*\*")
_MARKUP = re.compile(r"<[^>]{0,400}>")


def render(source: str) -> str:
    """Block Markdown as HTML; a line break between Chinese characters is not a space."""
    html = Markdown(extensions=["fenced_code", "tables", "sane_lists"]).convert(_CJK_BREAK.sub("", source))
    return nh3.clean(html, tags=TAGS, attributes=ATTRIBUTES, url_schemes={"https", "http"}, link_rel="noopener")


def render_inline(source: str) -> str:
    """One paragraph without its `<p>`."""
    html = render(source).strip()
    one = html.startswith("<p>") and html.endswith("</p>") and html.count("<p>") == 1
    return html[3:-4] if one else html


def plain_text(html: str) -> str:
    """What remains of clean HTML when its tags are dropped."""
    text = _MARKUP.sub("", html)
    for entity, char in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&#39;", "'"), ("&amp;", "&")):
        text = text.replace(entity, char)
    return text.strip()


def without_marks(markdown: str) -> str:
    """Markdown as plain text: no backticks or stars, a link as its text and address."""
    return _MARKS.sub("", _LINK.sub(r"\1 (\2)", markdown))


def highlight_code(code: str, language: str) -> str:
    """Code with classes only, no inline style, which the content security policy would refuse."""
    lexer = get_lexer_by_name(LEXERS.get(language, language))
    return highlight(code, lexer, HtmlFormatter(nowrap=True)).rstrip("\n")

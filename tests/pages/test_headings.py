"""Names from code inside headings: set as code, breakable, never markup."""

from __future__ import annotations

import pytest

from kb.handbook import current
from kb.templatetags.handbook import breakable, ticks
from tests.pages.reader import LANGUAGES, page


def test_a_long_code_may_break_between_its_words() -> None:
    assert breakable("api_key_scope") == "api_<wbr>key_<wbr>scope"
    assert breakable("BetaAPIKeyError") == "Beta<wbr>APIKey<wbr>Error"
    assert breakable("<b>&") == "&lt;b&gt;&amp;"


def test_backticks_set_code_and_nothing_else() -> None:
    assert ticks("Is `a < b` empty?") == "Is <code>a &lt; b</code> empty?"
    assert ticks("one ` alone <i>") == "one ` alone &lt;i&gt;"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_cause_and_no_question_shows_a_backtick(lang: str) -> None:
    for entry in current().listed():
        headings = page(f"/{lang}/errors/{entry.code}/").texts.get("h3", [])
        assert not [heading for heading in headings if "`" in heading], entry.code

"""Every marked message has a Chinese text, and the catalogue has none that nothing uses."""

from __future__ import annotations

import re
from functools import cache

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po
from django.conf import settings
from django.utils.translation import gettext, ngettext, override

from tests.messages import marked

PO = settings.BASE_DIR / "locale/zh_Hans/LC_MESSAGES/django.po"
CHINESE = re.compile("[\u4e00-\u9fff]")
SAME = {"Markdown", "curl", "HTTP {{ status }}", "Key"}  # messages that read the same in both languages


@cache
def catalogue() -> Catalog:
    with PO.open("rb") as file:
        return read_po(file, locale="zh_Hans", abort_invalid=True)


def messages() -> list[Message]:
    return [message for message in catalogue() if message.id]


def texts(message: Message) -> tuple[str, ...]:
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ())


def test_messages_are_found_in_templates_and_in_code() -> None:
    places = {place.split("/")[0] for found in marked().values() for place in found}
    assert places == {"templates", "kb"}


def test_every_marked_message_has_a_text() -> None:
    written = {message.id: message for message in messages() if all(texts(message))}
    assert {message: places for message, places in marked().items() if message not in written} == {}


def test_the_catalogue_has_no_message_that_nothing_uses() -> None:
    used = set(marked())
    assert [message.id for message in messages() if message.id not in used] == []
    assert not catalogue().obsolete


def test_no_text_is_a_guess() -> None:
    assert [message.id for message in messages() if message.fuzzy] == []


def test_every_text_is_chinese() -> None:
    plain = [m for m in messages() if not all(CHINESE.search(text) for text in texts(m)) and m.id not in SAME]
    assert [(message.id, texts(message)) for message in plain] == []


def test_placeholders_are_kept() -> None:
    wrong = []
    for message in messages():
        ids = (message.id,) if isinstance(message.id, str) else message.id
        wanted = set(re.findall(r"%\(\w+\)[sd]|%[sd]", ids[-1]))
        if any(set(re.findall(r"%\(\w+\)[sd]|%[sd]", text)) != wanted for text in texts(message)):
            wrong.append(message.id)
    assert wrong == []


def test_the_compiled_catalogue_is_that_of_the_texts() -> None:
    with override("zh-hans"):
        for message in messages():
            if isinstance(message.id, str):
                assert gettext(message.id) == message.string
            else:
                one, many = message.id
                assert ngettext(one, many, 3) == texts(message)[0]


def test_english_needs_no_catalogue() -> None:
    with override("en"):
        assert all(gettext(message.id) == message.id for message in messages() if isinstance(message.id, str))

"""The about page shows the measured figures as they were kept, with intervals and dates, in both languages."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.utils.translation import override

from kb.content.accuracy import Accuracy
from kb.handbook import current
from kb.handbook.current import Handbook
from kb.handbook.labels import CORPORA
from kb.pages.accuracy import LEAST, Figure, shown
from kb.scores import interval
from tests.markup import Page
from tests.pages.reader import LANGUAGES, page


def about(lang: str) -> Page:
    return page(f"/{lang}/about/")


def with_figures(accuracy: Accuracy) -> Handbook:
    return replace(current(), document=replace(current().document, accuracy=accuracy))


def figure(shown: Figure) -> str:
    return f"{shown.share} {shown.within}"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_kept_corpus_is_shown_with_share_interval_and_date(lang: str) -> None:
    text = about(lang).text
    kept = current().document.accuracy.corpus
    assert {"dev", "own", "wild", "wild2"} <= {line.name for line in kept}
    for line in kept:
        assert interval(line.top1, line.rows) in text
        assert interval(line.wrong, line.none) in text
        assert line.measured.isoformat() in text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_tables_have_captions_in_the_page_s_language(lang: str) -> None:
    assert {"accuracy", "by-corpus", "by-client", "by-language"} <= set(about(lang).ids)
    assert ("By client" if lang == "en" else "按客户端") in about(lang).text
    assert ("English" if lang == "en" else "英语") in about(lang).text
    with override(lang):
        assert all(str(CORPORA[line.name]) in about(lang).text for line in current().document.accuracy.corpus)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_clients_have_their_names_and_those_with_few_rows_are_left_out(lang: str) -> None:
    table = next(table for table in shown(current(), lang) if table.slug == "client")
    enough = [line for line in current().document.accuracy.client if line.rows >= LEAST]
    assert [figure(line.top1) for line in table.lines] == [interval(line.top1, line.rows) for line in enough]
    names = [str(line.name) for line in table.lines]
    assert current().clients["python-sdk"].name[lang] in names
    assert "cherry-studio" not in names


def test_a_language_without_a_name_keeps_its_code_and_a_corpus_too() -> None:
    line = replace(current().document.accuracy.corpus[0], name="xx-new")
    tables = shown(with_figures(Accuracy(corpus=(line,), language=(line,))), "en")
    assert [(table.slug, table.lines[0].name) for table in tables] == [("corpus", "xx-new"), ("language", "xx-new")]


def test_collections_stand_in_the_order_of_their_names_and_nothing_counted_is_a_dash() -> None:
    line = replace(current().document.accuracy.corpus[0], none=0, wrong=0, possible=0)
    lines = tuple(replace(line, name=name) for name in ("xx-new", "wild2", "wild", "dev"))
    [table] = shown(with_figures(Accuracy(corpus=lines)), "en")
    wanted = [*(str(CORPORA[name]) for name in ("dev", "wild", "wild2")), "xx-new"]
    assert [str(line.name) for line in table.lines] == wanted
    assert {(line.wrong.share, line.wrong.within) for line in table.lines} == {("–", "")}


def test_without_figures_there_are_no_tables() -> None:
    assert shown(with_figures(Accuracy()), "en") == []

"""The table of models is sorted and filtered where it stands, and the address remembers it."""

from __future__ import annotations

from playwright.sync_api import Browser

from tests.browser.conftest import Watched, watch

SHOWN = "[...document.querySelectorAll('#models tbody tr')].filter(row => !row.hidden).map(row => row.id)"


def shown(site: Watched) -> list[str]:
    ids: list[str] = site.page.evaluate(SHOWN)
    return ids


def test_a_heading_sorts_both_ways_without_leaving_the_page(site: Watched) -> None:
    site.page.goto(f"{site.origin}/en/models/")
    site.page.evaluate("window.stayed = true")
    before = shown(site)
    site.page.click("[data-sort=id]")
    assert shown(site) == sorted(before)
    assert site.page.get_attribute("#models th:first-child", "aria-sort") == "ascending"
    site.page.click("[data-sort=id]")
    assert shown(site) == sorted(before, reverse=True)
    assert site.page.evaluate("window.stayed")
    assert site.page.url.endswith("/en/models/?sort=-id")


def test_the_server_gives_the_same_order_as_the_page(site: Watched) -> None:
    for sort, key in (("id", "id"), ("-id", "id"), ("date", "date"), ("-context", "context"), ("status", "rank")):
        values = f"[...document.querySelectorAll('#models tbody tr')].map(row => row.dataset.{key})"
        site.page.goto(f"{site.origin}/en/models/?sort={sort}")
        by_server = site.page.evaluate(values)
        site.page.goto(f"{site.origin}/en/models/")
        for _ in range(2 if sort.startswith("-") else 1):
            site.page.click(f"[data-sort={sort.removeprefix('-')}]")
        assert site.page.evaluate(values) == by_server, sort


def test_filters_narrow_the_table_and_say_when_nothing_is_left(site: Watched) -> None:
    site.page.goto(f"{site.origin}/zh-hans/models/")
    site.page.select_option("select[name=family]", "haiku")
    site.page.select_option("select[name=status]", "active")
    assert shown(site) == ["claude-haiku-5-5"]
    assert "status=active" in site.page.url
    site.page.select_option("select[name=family]", "claude")
    assert shown(site) == []
    assert site.page.is_visible("[data-empty=models]")


def test_a_bookmarked_filter_can_be_taken_away_again(site: Watched) -> None:
    site.page.goto(f"{site.origin}/en/models/?status=active")
    site.page.select_option("select[name=status]", "")
    site.page.wait_for_selector("#claude-opus-5")
    assert len(shown(site)) > 30


def test_an_id_is_copied_from_its_row(site: Watched) -> None:
    site.page.goto(f"{site.origin}/en/models/")
    site.page.click("[data-copy=id-claude-haiku-5-5]")
    assert site.page.evaluate("navigator.clipboard.readText()") == "claude-haiku-5-5"


def test_without_javascript_the_form_and_the_headings_do_the_same(browser: Browser, origin: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    site = watch(context, origin)
    site.page.goto(f"{origin}/en/models/")
    site.page.select_option("select[name=family]", "fable")
    site.page.click("[data-filters] button")
    site.page.click("[data-sort=id]")
    rows = site.page.locator("#models tbody tr")
    assert [rows.nth(i).get_attribute("id") for i in range(rows.count())] == [
        "claude-fable-5", "claude-fable-5-1", "claude-fable-5-2",
    ]  # fmt: skip
    context.close()


def test_the_table_fits_a_phone(browser: Browser, origin: str) -> None:
    context = browser.new_context(viewport={"width": 320, "height": 700})
    site = watch(context, origin)
    for lang in ("en", "zh-hans"):
        site.page.goto(f"{origin}/{lang}/models/?id=us.anthropic.claude-sonnet-4-5-20250929-v1:0")
        assert site.page.evaluate("document.documentElement.scrollWidth") <= 320
        assert site.page.evaluate("document.getElementById('models').scrollWidth") <= 300
    context.close()

"""Labelled pastes drawn as people photograph them: a card on a phone or in a desktop window, light or dark."""

from __future__ import annotations

import html
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

FLAGS = ["--no-sandbox", "--disable-gpu", "--font-render-hinting=none"]
FONTS = {
    "proportional": "'DejaVu Sans', 'Noto Sans CJK SC', sans-serif",
    "mono": "'DejaVu Sans Mono', 'Noto Sans Mono CJK SC', monospace",
}
COLOURS = {"light": ("#f2f2f7", "#ffffff", "#1c1c1e"), "dark": ("#000000", "#1e1e1e", "#e6e6e6")}


@dataclass(frozen=True)
class Screen:
    """How a paste is drawn. `width` and `size` (of the letters) are in CSS pixels, `scale` in pixels for each."""

    device: str
    width: int
    scale: int
    size: int
    colours: str
    font: str


SCREENS = [
    Screen(device, width, scale, size, colours, font)
    for device, width, scale, size in (("phone", 390, 3, 15), ("desktop", 900, 2, 14))
    for colours in COLOURS
    for font in FONTS
]


@contextmanager
def browser() -> Iterator[Browser]:
    """Debian's Chromium. Raises RuntimeError when it is not installed."""
    chromium = shutil.which("chromium")
    if chromium is None:
        raise RuntimeError("chromium is not installed (apt-get install chromium fonts-noto-cjk)")
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield launched
        launched.close()


def draw(browser: Browser, texts: Sequence[str], folder: Path) -> list[Path]:
    """One image for each text, the kinds of screen taking turns."""
    paths = []
    for number, text in enumerate(texts):
        screen = SCREENS[number % len(SCREENS)]
        page = browser.new_page(
            viewport={"width": screen.width, "height": 200}, device_scale_factor=screen.scale, java_script_enabled=False
        )
        page.set_content(card(text, screen))
        paths.append(folder / f"{number:03}.png")
        page.screenshot(path=paths[-1], full_page=True)
        page.close()
    return paths


def card(text: str, screen: Screen) -> str:
    around, inside, ink = COLOURS[screen.colours]
    style = (
        f"body {{ margin: 0; padding: 16px; background: {around} }}"
        f"pre {{ margin: 0; padding: 16px; border-radius: 12px; background: {inside}; color: {ink};"
        f"font: {screen.size}px/1.5 {FONTS[screen.font]}; white-space: pre-wrap; overflow-wrap: anywhere }}"
    )
    return f"<!doctype html><meta charset=utf-8><style>{style}</style><pre>{html.escape(text)}</pre>"

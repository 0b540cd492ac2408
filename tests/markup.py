"""A page of ours, read as strictly as we mean to write it."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
NOT_IN_P = {
    "article", "aside", "blockquote", "details", "div", "dl", "fieldset", "figure", "footer", "form", "h1", "h2", "h3",
    "header", "hr", "main", "nav", "ol", "p", "pre", "section", "table", "ul",
}  # fmt: skip


@dataclass(frozen=True)
class Tag:
    name: str
    attributes: dict[str, str]


@dataclass
class Page:
    """What was found in a document; `faults` is empty when every tag is closed where it should be."""

    tags: list[Tag] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    texts: dict[str, list[str]] = field(default_factory=dict)
    text: str = ""

    def all(self, name: str, /, **attributes: str) -> list[Tag]:
        """Tags of that name whose attributes have these values; `_` stands for a hyphen."""
        wanted = {key.rstrip("_").replace("_", "-"): value for key, value in attributes.items()}
        return [tag for tag in self.tags if tag.name == name and wanted.items() <= tag.attributes.items()]

    def values(self, name: str, attribute: str) -> list[str]:
        return [tag.attributes[attribute] for tag in self.all(name) if attribute in tag.attributes]

    @property
    def ids(self) -> list[str]:
        return [tag.attributes["id"] for tag in self.tags if "id" in tag.attributes]

    @property
    def heading(self) -> str:
        [heading] = self.texts["h1"]
        return heading

    @property
    def inline(self) -> list[str]:
        """Everything that a strict content security policy refuses."""
        found = [f"<{tag.name} {name}>" for tag in self.tags for name in tag.attributes if name.startswith("on")]
        found += [f"<{tag.name} style>" for tag in self.tags if "style" in tag.attributes]
        found += ["<style>" for _ in self.all("style")]
        found += ["<script> without src" for tag in self.all("script") if "src" not in tag.attributes]
        return found + [
            f"{url}" for tag in self.tags for url in tag.attributes.values() if url.startswith("javascript:")
        ]


def read(document: bytes | str) -> Page:
    reader = _Reader()
    reader.feed(document.decode() if isinstance(document, bytes) else document)
    reader.close()
    reader.page.faults += [f"<{name}> is never closed" for name in reader.open]
    return reader.page


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.page, self.open = Page(), list[str]()
        self.reading: list[tuple[str, list[str]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        self.page.faults += [f"<{tag}> has {name} twice" for name in set(names) if names.count(name) > 1]
        if "p" in self.open and tag in NOT_IN_P:
            self.page.faults.append(f"<{tag}> inside <p>")
        self.page.tags.append(Tag(tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self.open.append(tag)
            self.reading.append((tag, []))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open[-1] != tag:
            self.page.faults.append(f"</{tag}> closes {self.open[-1:]}")
            return
        self.open.pop()
        name, parts = self.reading.pop()
        self.page.texts.setdefault(name, []).append(" ".join("".join(parts).split()))

    def handle_data(self, data: str) -> None:
        self.page.text += data
        for _, parts in self.reading:
            parts.append(data)

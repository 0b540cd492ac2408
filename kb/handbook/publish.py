"""Publishing: the document is composed from the models and written to one file, which every worker reads."""

from __future__ import annotations

import tempfile
from pathlib import Path

from django.conf import settings
from pydantic import TypeAdapter

from kb.handbook.compose import Composer
from kb.handbook.types import Document

ADAPTER: TypeAdapter[Document] = TypeAdapter(Document)


def path() -> Path:
    return Path(settings.VAR) / "handbook.json"


def publish() -> Path:
    """Write the document beside the old one and swap them; a reader sees one or the other, never half."""
    data = ADAPTER.dump_json(Composer().document())
    target = path()
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=target.parent, prefix="handbook-", delete=False) as file:
        file.write(data)
    written = Path(file.name)
    written.chmod(0o644)
    return written.replace(target)

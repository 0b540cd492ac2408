"""Publishing: the document is composed from the models and becomes a row, which every node fetches."""

from __future__ import annotations

import gzip
import hashlib
import json
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction
from pydantic import TypeAdapter

from kb.handbook import rendered
from kb.handbook.compose import Composer
from kb.handbook.types import Document
from kb.models import Publication

ADAPTER: TypeAdapter[Document] = TypeAdapter(Document)
CHANNEL = "kb_published"  # on which PostgreSQL tells every node
KEPT = 10  # publications


@dataclass(frozen=True)
class Published:
    """A publication: its row in the database, the name of its content, and the document as JSON."""

    number: int
    version: str
    document: bytes = field(repr=False)


def path() -> Path:
    """The file that this node serves from."""
    return Path(settings.VAR) / "handbook.zip"


def version_of(document: bytes) -> str:
    """Names the content."""
    return hashlib.sha256(document).hexdigest()[:12]


def composed() -> bytes:
    """The document as the database has it now."""
    known = rendered.load(_markup())
    document = dumped(Composer(known).document())
    rendered.save(_markup(), known)
    return document


def dumped(document: Document) -> bytes:
    """As JSON with sorted keys: PostgreSQL keeps those of a JSON column in an order of its own, SQLite as written."""
    plain = ADAPTER.dump_python(document, mode="json")
    return json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def record() -> Published:
    """Compose and record, unless this is what was published last. Raises DatabaseError."""
    with transaction.atomic():
        document = composed()
        version = version_of(document)
        row = Publication.objects.last()
        if row is None or row.version != version:
            row = Publication.objects.create(version=version, document=gzip.compress(document, 6))
            Publication.objects.filter(pk__lte=row.pk - KEPT).delete()
        _tell()
    return Published(row.pk, version, document)


def newest() -> tuple[int, str] | None:
    """Number and version of what was published last. Raises DatabaseError."""
    return Publication.objects.values_list("pk", "version").last()


def fetch(number: int) -> Published | None:
    """None when there is no such row any more. Raises DatabaseError."""
    row = Publication.objects.filter(pk=number).first()
    return Published(row.pk, row.version, gzip.decompress(row.document)) if row else None


def _tell() -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"NOTIFY {CHANNEL}")


def _markup() -> Path:
    return Path(settings.VAR) / "markup.json"

"""Files of recordings: read as they were written, refused with a reason, noticed when they change."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from pytest_django import Settings

from kb.content.load import read_fixtures, tree_digest
from kb.content.recordings import FOLDER, Recording, parse, read_recordings, unparse
from kb.handbook import current
from tests.content.workshop import Workshop

REAL = Path(__file__).resolve().parents[2] / "fixtures"
HEAD = "client: curl\nversion: curl 8.1.0\nplatform: Linux\nmode: i\ncommand: curl -i\nrecorded: 2026-11-23\n"
ONE = Recording("x-one", "curl", "curl 8.1.0", "Linux", "i", "curl -i", date(2026, 11, 23), "HTTP/1.1 500\n\nbody")


def test_it_reads_as_it_was_written() -> None:
    assert parse(unparse([ONE])) == [ONE]


def test_the_real_files_are_in_the_form_that_is_written() -> None:
    files = sorted((REAL / FOLDER).glob("*.txt"))
    assert files
    assert [path.name for path in files if unparse(parse(path.read_text("utf-8"))) != path.read_text("utf-8")] == []


def test_a_text_that_reads_as_a_mark_is_not_written() -> None:
    with pytest.raises(ValueError, match="reads as a mark"):
        unparse([Recording(**{**vars(ONE), "text": "a\n=== b\nc"})])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (HEAD.replace("mode: i\n", ""), "the head has not exactly the lines"),
        (HEAD.replace("2026-11-23", "yesterday"), "Invalid isoformat string"),
        (f"{HEAD}\n=== x-one\na\n\n=== x-one\nb\n", "an entry stands twice"),
        (f"{HEAD}\n=== x-one\n\n=== x-two\nb\n", "nothing was printed for x-one"),
    ],
)
def test_a_file_that_is_not_right_says_why(text: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        parse(text)


def test_a_recording_of_no_entry_is_refused_with_its_file(loaded: Workshop) -> None:
    write(loaded, f"{HEAD}\n=== no-such-entry\nbody\n")
    assert f"{FOLDER}/a.txt: no-such-entry: there is no such entry" in loaded.refusal().said


def test_recordings_are_published_and_new_ones_are_noticed(loaded: Workshop, settings: Settings) -> None:
    settings.FIXTURES = loaded.folder
    code = next(row.fields["code"] for row in read_fixtures(loaded.folder) if row.model == "kb.entry")
    client = next(row.fields["slug"] for row in read_fixtures(loaded.folder) if row.model == "kb.client")
    before = tree_digest(loaded.folder)
    write(loaded, f"{HEAD}\n=== {code}\nHTTP/1.1 418\n".replace("client: curl", f"client: {client}"))
    assert tree_digest(loaded.folder) != before
    assert loaded.load(if_changed=True).startswith("0 rows loaded")
    assert [one.sample for one in current().entries[code].recordings] == ["HTTP/1.1 418"]
    assert len(read_recordings(loaded.folder)) == 1


def write(workshop: Workshop, text: str) -> None:
    (workshop.folder / FOLDER).mkdir()
    (workshop.folder / FOLDER / "a.txt").write_text(text, "utf-8")

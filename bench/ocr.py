"""How often the lookup is right on what OCR reads from screenshots: `python -m bench.ocr [--save]`.

A hundred labelled pastes, half of them Chinese, are drawn, read by Tesseract and looked up. With `--save` the texts
read become `tests/corpus/ocr.jsonl`, which the tests replay without Tesseract.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import shutil
import subprocess
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bench.catalogue import CORPUS, handbook
from bench.screenshots import SCREENS, browser, draw
from kb.evaluation import Outcome, judge, read_corpus, share

FILES = ("dev.jsonl", "own.jsonl", "wild.jsonl")
EACH = 50  # rows in Chinese, and rows in English
LONGEST = 1200  # characters
LANGUAGES = ("zh", "en")


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.ocr", description="The lookup on texts read by OCR.")
    parser.add_argument("--save", action="store_true", help="keep the texts read as tests/corpus/ocr.jsonl")
    save = parser.parse_args(arguments).save
    if shutil.which("tesseract") is None:
        print("tesseract is not installed (apt-get install tesseract-ocr tesseract-ocr-chi-sim)")
        return 1
    rows = chosen(set(handbook().entries))
    read = [{**row, "text": text, "form": "ocr"} for row, text in zip(rows, texts_read(rows), strict=True)]
    if save:
        lines = [json.dumps(row, ensure_ascii=False) + "\n" for row in read]
        (CORPUS / "ocr.jsonl").write_text("".join(lines), encoding="utf-8")
    print(report([judge(row, handbook().lookup(row["text"])) for row in read]))
    return 0


def chosen(written: set[str]) -> list[dict[str, Any]]:
    """Rows with an entry that were not read by OCR already; always the same ones, by language."""
    rows = [row for name in FILES for row in read_corpus(CORPUS / name)]
    fitting = [r for r in rows if r["label"] in written and len(r["text"]) <= LONGEST and "ocr" not in r["form"]]
    fitting.sort(key=lambda row: hashlib.sha256(row["text"].encode()).digest())
    return [row for lang in LANGUAGES for row in [r for r in fitting if r["lang"] == lang][:EACH]]


def texts_read(rows: Sequence[dict[str, Any]]) -> list[str]:
    """What Tesseract reads from the drawn rows."""
    with TemporaryDirectory() as folder, browser() as chromium, ThreadPoolExecutor(2) as pool:
        return list(pool.map(read, draw(chromium, [row["text"] for row in rows], Path(folder))))


def read(image: Path) -> str:
    command = ["tesseract", str(image), "-", "-l", "eng+chi_sim"]
    done = subprocess.run(command, check=True, capture_output=True, env={**os.environ, "OMP_THREAD_LIMIT": "1"})
    return done.stdout.decode("utf-8", "replace").strip()


def report(outcomes: Sequence[Outcome]) -> str:
    lines = [share("top-1 on texts read by OCR", outcomes, lambda o: o.right)]
    for lang in LANGUAGES:
        lines.append(share(f"  in {lang}", [o for o in outcomes if o.language == lang], lambda o: o.right))
    for number, screen in enumerate(SCREENS):
        name = f"  {screen.device}, {screen.colours}, {screen.font}"
        lines.append(share(name, outcomes[number :: len(SCREENS)], lambda o: o.right))
    lines += [
        f"  {o.label} ← {o.first} ({o.confidence}): {' '.join(o.text.split())[:200]}" for o in outcomes if not o.right
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    raise SystemExit(main())

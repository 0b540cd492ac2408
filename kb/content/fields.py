"""The fields of which fixture rows are made."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

LANGUAGES = ("zh-hans", "en")

Line = Annotated[str, StringConstraints(min_length=1, pattern=r"^[^\n]+$")]
Prose = Annotated[str, StringConstraints(min_length=1)]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(?:[-.][a-z0-9]+)*$", max_length=80)]
Status = Annotated[str, StringConstraints(pattern=r"^\d{3}$")]
Date = Annotated[str, StringConstraints(pattern=r"^20\d\d-[01]\d-[0-3]\d$")]
Url = Annotated[str, StringConstraints(pattern=r"^https://[^\s]+$")]
Position = Annotated[int, Field(ge=1, le=999)]
Key = Annotated[list[Slug], Field(min_length=1, max_length=1)]


def both_languages(text: dict[str, str]) -> dict[str, str]:
    missing = [language for language in LANGUAGES if not text.get(language, "").strip()]
    if missing:
        raise ValueError("no text in " + ", ".join(missing))
    bad = [code for code in text if not re.fullmatch(r"[a-z]{2}(-[a-z0-9]+)*", code)]
    if bad:
        raise ValueError("not a language: " + ", ".join(bad))
    return text


Title = Annotated[dict[str, Line], AfterValidator(both_languages)]
Text = Annotated[dict[str, Prose], AfterValidator(both_languages)]
Provenance = Literal["recorded", "observed", "documented", "illustration"]


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Source(Strict):
    """Where a fact comes from. The URL may be missing for a package read on disk."""

    title: Line
    url: Url | Literal[""] = ""

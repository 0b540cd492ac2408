"""The same error on another day: other ids, dates, counts and models, the same meaning."""

from __future__ import annotations

import re
from random import Random
from string import ascii_letters, digits

from kb.handbook import current
from kb.handbook.current import today
from tests.lookup.disguises import Disguise

ID = re.compile(r"(?<![A-Za-z0-9_])(req|toolu|srvtoolu|msg|org|wrkspc|file)([_-])([A-Za-z0-9]{6,40})(?![A-Za-z0-9_])")
UUID = re.compile(r"(?<![\w-])[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}(?![\w-])")
DAY = re.compile(r"(?<!\d)(20\d\d)([-/])(\d\d)\2(\d\d)(?!\d)")
CLOCK = re.compile(r"(?<![\d:.])([01]\d|2[0-3]):([0-5]\d):([0-5]\d)(?![\d:])")
PLACE = re.compile(r"\b(line |messages\.|content\.|tools\.|\.js:|\.ts:|\.py:)(\d{1,5})\b")
COUNT = re.compile(
    r"(?<![\w.,:/@#=+-])(?<!> )(\d{4,7})(?= ?(?:(?:input |output |prompt )?tokens|\+|>|bytes|characters))"
)
MODEL = re.compile(r"(?<![A-Za-z0-9])claude-[a-z0-9]+(?:[.-][a-z0-9]+)*(?![A-Za-z0-9@-])")


def other_ids(text: str, chance: Random) -> str:
    text = ID.sub(lambda m: m[1] + m[2] + "".join(chance.choices(ascii_letters + digits, k=len(m[3]))), text)
    return UUID.sub(lambda m: re.sub(r"[0-9a-f]", lambda _: chance.choice("0123456789abcdef"), m[0]), text)


def other_dates(text: str, chance: Random) -> str:
    text = DAY.sub(lambda m: f"{m[1]}{m[2]}{chance.randint(1, 12):02}{m[2]}{chance.randint(1, 28):02}", text)
    return CLOCK.sub(lambda _: ":".join(f"{chance.randrange(most):02}" for most in (24, 60, 60)), text)


def other_places(text: str, chance: Random) -> str:
    return PLACE.sub(lambda m: f"{m[1]}{chance.randint(2, 3000)}", text)


def other_counts(text: str, chance: Random) -> str:
    """Counts only grow, and keep their digits: what was over a limit stays over it. Round numbers are limits."""
    return COUNT.sub(lambda m: m[0] if int(m[0]) % 500 == 0 else _more(m[0], chance), text)


def other_models(text: str, chance: Random) -> str:
    """Each model another one of the same standing, the same wherever it stands again."""
    chosen: dict[str, str] = {}
    for name in dict.fromkeys(MODEL.findall(text)):
        standing = next((names for names in _standings().values() if name in names), [name])
        chosen[name] = chance.choice(standing)
    return MODEL.sub(lambda m: chosen[m[0]], text)


def _more(number: str, chance: Random) -> str:
    return str(chance.randint(int(number), 10 ** len(number) - 1))


def _standings() -> dict[str, list[str]]:
    """Model IDs and aliases by what they are today: active, deprecated or retired."""
    groups: dict[str, list[str]] = {}
    for model in current().models.values():
        rule = model.rule
        groups.setdefault(rule.status(today()), []).extend([rule.model_id, *rule.aliases])
    return groups


OTHER_DAYS: dict[str, Disguise] = {
    "other ids": other_ids,
    "other dates": other_dates,
    "other places": other_places,
    "other counts": other_counts,
    "other models": other_models,
}

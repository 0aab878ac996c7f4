"""How long a paper holds, reckoned from the day it is issued."""

from __future__ import annotations

import calendar
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from kantormaya.clock import Duration, Unit
from kantormaya.language.formats import day
from kantormaya.language.texts import Text
from kantormaya.language.working import Validity

DAYS = {Unit.CALENDAR_DAY: 1, Unit.BARE_DAY: 1, Unit.WEEK: 7}
LIFELONG = Text("berlaku seumur hidup", "valid for life")
UNTIL_REVOKED = Text("berlaku sampai dicabut", "valid until revoked")
UNTIL = Text("berlaku sampai {day}", "valid until {day}")


def frame(valid: Validity | None, answers: Mapping[str, Any]) -> dict[str, str]:
    """What the definition and the answers say about validity, as plain words to keep with the draft."""
    if valid is None:
        return {}
    dates = {"until": valid.until, "from": valid.from_, "not_after": valid.not_after}
    known = {key: _written(answers.get(name)) for key, name in dates.items() if name}
    if valid.for_:
        known["for"] = valid.for_.said
    if valid.lifelong or valid.until_revoked:
        known["open"] = "lifelong" if valid.lifelong else "until_revoked"
    return {key: value for key, value in known.items() if value}


def last_day(kept: Mapping[str, str], issued_on: date) -> date | None:
    """The last day on which the paper holds; None where it has no end."""
    ends = [date.fromisoformat(kept[key]) for key in ("until", "not_after") if key in kept]
    if "for" in kept:
        start = date.fromisoformat(kept["from"]) if "from" in kept else issued_on
        ends.append(_after(start, Duration.read(kept["for"])))
    return min(ends, default=None)


def words(kept: Mapping[str, str], issued_on: date) -> Text | None:
    """How long it holds, in words; None for a paper that says nothing about it."""
    if end := last_day(kept, issued_on):
        return UNTIL.format(day=day(end))
    return {"lifelong": LIFELONG, "until_revoked": UNTIL_REVOKED}.get(kept.get("open", ""))


def _after(start: date, duration: Duration) -> date:
    if duration.unit in (Unit.MONTH, Unit.YEAR):
        months = start.year * 12 + start.month - 1 + duration.high * (12 if duration.unit is Unit.YEAR else 1)
        year, month = months // 12, months % 12 + 1
        return date(year, month, min(start.day, calendar.monthrange(year, month)[1]))
    return start + timedelta(days=duration.high * DAYS.get(duration.unit, 1))


def _written(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else str(value or "")

"""Time that does not count, because the office waits for someone else."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from kantormaya.clock.calendars import Calendar

Span = tuple[datetime, datetime]
Days = tuple[date, date]  # the first and the last, both included

_ONE_DAY = timedelta(days=1)
_INSTANT = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Pause:
    """The clock stood still from `since` until `until` (None: it still does), and why."""

    since: datetime
    until: datetime | None
    cause: str


def instant(at: datetime) -> datetime:
    """The same moment in UTC; raises ValueError where it names no zone, for then it is no moment."""
    if at.tzinfo is None:
        raise ValueError("an instant needs a time zone")
    return at.astimezone(UTC)


def union(pauses: Iterable[Pause], start: datetime, now: datetime) -> list[Span]:
    """The paused time after `start`, each moment once, in order; an open pause ends now."""
    spans = sorted(
        (max(instant(pause.since), start), now if pause.until is None else instant(pause.until))
        for pause in pauses
    )
    joined: list[Span] = []
    for since, until in spans:
        if until <= since:
            continue
        if joined and since <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(joined[-1][1], until)
        else:
            joined.append((since, until))
    return joined


def touched_days(spans: list[Span], calendar: Calendar) -> list[Days]:
    """The calendar days of which any moment was paused, as ranges that do not overlap."""
    return _apart(
        [(calendar.local_date(since), calendar.local_date(until - _INSTANT)) for since, until in spans]
    )


def touched_workdays(spans: list[Span], calendar: Calendar) -> list[Days]:
    """Ranges of days whose working days are those of which any office moment was paused."""
    found: list[Days] = []
    for since, until in spans:
        first, last = calendar.local_date(since), calendar.local_date(until - _INSTANT)
        while first <= last and not _is_touched(first, since, until, calendar):
            first += _ONE_DAY
        while first <= last and not _is_touched(last, since, until, calendar):
            last -= _ONE_DAY
        if first <= last:
            found.append((first, last))
    return _apart(found)


def days_in(ranges: list[Days], after: date, through: date, calendar: Calendar | None) -> int:
    """Days of the ranges that lie after one day and through another; with a calendar, only working days."""
    number = 0
    for first, last in ranges:
        before, end = max(first - _ONE_DAY, after), min(last, through)
        if before < end:
            number += calendar.workdays_between(before, end) if calendar else (end - before).days
    return number


def _is_touched(day: date, since: datetime, until: datetime, calendar: Calendar) -> bool:
    return any(since < closes and until > opens for opens, closes in calendar.opens(day))


def _apart(ranges: list[Days]) -> list[Days]:
    """The same days without any of them twice; the ranges come in order."""
    found: list[Days] = []
    for first, last in ranges:
        if found and first <= found[-1][1]:
            first = found[-1][1] + _ONE_DAY
        if first <= last:
            found.append((first, last))
    return found

"""One stretch of time after the other: how each kind of unit runs over a calendar and its pauses."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum
from typing import Literal

from kantormaya.clock.calendars import Calendar
from kantormaya.clock.durations import Duration, DurationFault, Unit
from kantormaya.clock.pauses import Days, Span, days_in, touched_days, touched_workdays

Cell = Literal["ran", "paused", "left", "due", "off"]
MOST_CELLS = 400

_MINUTE = timedelta(minutes=1)
_ONE_DAY = timedelta(days=1)


class Kind(Enum):
    """What is counted: several units run alike."""

    ELAPSED = "minutes by the wall clock"
    OFFICE = "minutes of open office"
    WORKDAYS = "working days"
    DAYS = "calendar days"
    MONTHS = "months, counted as the calendar days they have"


_KINDS = {
    Unit.MINUTE: Kind.ELAPSED,
    Unit.HOUR: Kind.ELAPSED,
    Unit.OFFICE_HOUR: Kind.OFFICE,
    Unit.WORKDAY: Kind.WORKDAYS,
    Unit.CALENDAR_DAY: Kind.DAYS,
    Unit.WEEK: Kind.DAYS,
    Unit.MONTH: Kind.MONTHS,
    Unit.YEAR: Kind.MONTHS,
}
PER = dict.fromkeys(_KINDS, 1) | {Unit.HOUR: 60, Unit.OFFICE_HOUR: 60, Unit.WEEK: 7, Unit.YEAR: 12}


@dataclass(frozen=True, slots=True)
class Leg:
    """When a stretch ends, how much of it is used, and its days where it counts days."""

    due_at: datetime
    used: float
    limit: float
    cells: list[tuple[date, Cell]]


def kind_of(duration: Duration) -> Kind:
    """How a duration runs; raises DurationFault for a bare "hari"."""
    if duration.unit is Unit.BARE_DAY:
        raise DurationFault(
            f"“{duration.said}” bukan hari kerja dan bukan hari kalender: isi reads_hari_as di [promise].",
            f"“{duration.said}” says neither working nor calendar day: set reads_hari_as in [promise].",
        )
    return _KINDS[duration.unit]


def run(
    kind: Kind, amount: int, start: datetime, now: datetime, calendar: Calendar, spans: list[Span]
) -> Leg:
    """One stretch of `amount` minutes, days or months from `start`; `spans` is the union of the pauses."""
    match kind:
        case Kind.ELAPSED:
            used = unpaused(start, now, spans)
            return Leg(elapsed(amount, start, spans), used, amount, [])
        case Kind.OFFICE:
            paused = sum(calendar.office_minutes(max(a, start), max(a, start, min(b, now))) for a, b in spans)
            used = max(0.0, calendar.office_minutes(start, now) - paused)
            return Leg(office_time(amount, start, calendar, spans), used, amount, [])
        case _:
            return _run_days(kind, amount, start, now, calendar, spans)


def _run_days(
    kind: Kind, amount: int, start: datetime, now: datetime, calendar: Calendar, spans: list[Span]
) -> Leg:
    after, today = calendar.local_date(start), calendar.local_date(now)
    if kind is Kind.MONTHS:
        amount = (add_months(after, amount) - after).days
    works = calendar if kind is Kind.WORKDAYS else None
    ranges = touched_workdays(spans, calendar) if works else touched_days(spans, calendar)
    due_on = _nth(amount, after, ranges, works)
    is_over = now >= (_closes(today, calendar) if works else calendar.day_end(today))
    through = today if is_over else today - _ONE_DAY
    used = 0
    if through > after:
        passed = works.workdays_between(after, through) if works else (through - after).days
        used = passed - days_in(ranges, after, through, works)
    return Leg(
        calendar.closes(due_on) if works else calendar.day_end(due_on),
        used,
        amount,
        _cells(after, due_on, through, ranges, works),
    )


def _nth(n: int, after: date, ranges: list[Days], works: Calendar | None) -> date:
    """The n-th unpaused day after `after`: move on by as many days as were paused, until it holds."""
    paused = 0
    while True:
        day = works.workday(after, n + paused) if works else after + timedelta(days=n + paused)
        found = days_in(ranges, after, day, works)
        if found == paused:
            return day
        paused = found


def _cells(
    after: date, due_on: date, through: date, ranges: list[Days], works: Calendar | None
) -> list[tuple[date, Cell]]:
    cells: list[tuple[date, Cell]] = []
    day = after
    while day < due_on and len(cells) < MOST_CELLS:
        day += _ONE_DAY
        cell: Cell = "ran" if day <= through else "left"
        if works and not works.is_workday(day):
            cell = "off"
        elif any(first <= day <= last for first, last in ranges):
            cell = "paused"
        cells.append((day, cell))
    if cells and cells[-1][0] != due_on:
        cells.append((due_on, "ran" if due_on <= through else "left"))
    return cells


def unpaused(a: datetime, b: datetime, spans: list[Span]) -> float:
    """Minutes from a to b that were not paused."""
    return sum((until - since for since, until in _open(a, b, spans)), timedelta()) / _MINUTE


def _open(a: datetime, b: datetime, spans: list[Span]) -> Iterator[Span]:
    """What is left of the time from a to b once the pauses are taken out."""
    for since, until in spans:
        if until <= a:
            continue
        if since >= b:
            break
        if since > a:
            yield a, since
        a = until
    if a < b:
        yield a, b


def elapsed(minutes: int, start: datetime, spans: list[Span]) -> datetime:
    """The moment so many unpaused minutes after `start`."""
    left = minutes * _MINUTE
    for since, until in spans:
        if until <= start:
            continue
        if since - start >= left:
            break
        left -= max(since - start, timedelta())
        start = until
    return start + left


def office_time(minutes: int, start: datetime, calendar: Calendar, spans: list[Span]) -> datetime:
    """The moment so many unpaused minutes of open office after `start`."""
    left, day = minutes * _MINUTE, calendar.local_date(start)
    while True:
        for opens, closes in calendar.opens(day):
            for since, until in _open(max(opens, start), closes, spans):
                if until - since >= left:
                    return since + left
                left -= until - since
        day = calendar.next_workday(day)


def _closes(day: date, calendar: Calendar) -> datetime:
    """The close of office, or the beginning of a day off: nothing of it is still to come."""
    return calendar.closes(day) if calendar.is_workday(day) else calendar.midnight(day)


def add_months(day: date, months: int) -> date:
    """The same day of a later (or earlier) month, or that month's last day where it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))

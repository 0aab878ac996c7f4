"""A second calculator of due dates, written apart from the first: it walks, minute by minute or day by day.

It reads nothing of the package: its own hours, its own holidays, its own zone. Slow, and simple enough to trust.
"""

from __future__ import annotations

import calendar
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import holidays

DAY = timedelta(days=1)
RAMADAN = [
    (date(2024, 3, 12), date(2024, 4, 9)),
    (date(2025, 3, 1), date(2025, 3, 30)),
    (date(2026, 2, 19), date(2026, 3, 20)),
    (date(2027, 2, 8), date(2027, 3, 9)),
    (date(2028, 1, 28), date(2028, 2, 26)),
]
OFF = set(holidays.country_holidays("ID", years=range(2024, 2029), categories=("public", "government")))


def naive_due(n: int, unit: str, start: datetime, zone: str, pauses: list, extensions: list) -> datetime:
    """`pauses` are (since, until) and `extensions` (n, unit), all instants whole minutes."""
    family = {"jam": "menit", "minggu": "hari kalender", "tahun": "bulan"}
    size = {"jam": 60, "jam kerja": 60, "minggu": 7, "tahun": 12}
    stretches = [[family.get(unit, unit), n * size.get(unit, 1)]]
    for more, other in extensions:
        if family.get(other, other) == stretches[0][0]:
            stretches[0][1] += more * size.get(other, 1)
        else:
            stretches.append([family.get(other, other), more * size.get(other, 1)])
    for kind, amount in stretches:
        start = _walk(kind, amount, start, ZoneInfo(zone), pauses)
    return start


def _walk(kind: str, amount: int, start: datetime, zone: ZoneInfo, pauses: list) -> datetime:
    if kind in ("menit", "jam kerja"):
        # Every minute that runs is one less, and its end is due when none is left; odd seconds go one by one.
        at, seconds = start, amount * 60
        while seconds > 0:
            step = 60 if at.second == 0 and seconds >= 60 else 1
            waits = any(since <= at < until for since, until in pauses)
            if not waits and (kind == "menit" or _is_open(at.astimezone(zone))):
                seconds -= step
            at += timedelta(seconds=step)
        return at
    day = start.astimezone(zone).date()
    if kind == "bulan":
        target = day
        for _ in range(amount):
            target += timedelta(days=calendar.monthrange(target.year, target.month)[1] - target.day + 1)
        target += timedelta(days=min(day.day, calendar.monthrange(target.year, target.month)[1]) - 1)
        amount, kind = (target - day).days, "hari kalender"
    while amount > 0:
        day += DAY
        if kind == "hari kerja":
            opens, closes = _hours(day)
            if opens is None:
                continue
        else:
            opens, closes = time(0), None
        begins = datetime.combine(day, opens, zone)
        ends = datetime.combine(day, closes, zone) if closes else datetime.combine(day + DAY, time(0), zone)
        if not any(since < ends and until > begins and since < until for since, until in pauses):
            amount -= 1
    due = ends if kind == "hari kerja" else datetime.combine(day, time(23, 59, 59), zone)
    return due.astimezone(UTC)


def _hours(day: date) -> tuple:
    if day.isoweekday() > 5 or day in OFF:
        return None, None
    is_friday = day.isoweekday() == 5
    if any(first <= day <= last for first, last in RAMADAN):
        return time(8), time(15, 30) if is_friday else time(15)
    return time(7, 30), time(16, 30) if is_friday else time(16)


def _is_open(local: datetime) -> bool:
    opens, closes = _hours(local.date())
    return opens is not None and opens <= local.time() < closes

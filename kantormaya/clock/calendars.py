"""When an office works: weekly hours, the hours of Ramadan, holidays, and the zone they are read in."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, timezone
from functools import cached_property
from itertools import accumulate
from typing import Any

from kantormaya.clock.hours import Hours, Spans
from kantormaya.clock.law import zones


@dataclass(frozen=True)
class Calendar:
    """A numbered version of an office's calendar; a holiday decreed later makes a new version.

    `special_hours` are (first day, last day, hours). All instants that come out are aware and in UTC.
    """

    version: int
    zone: str
    hours: Hours
    special_hours: tuple[tuple[date, date, Hours], ...] = ()
    holidays: Mapping[date, str] = field(default_factory=dict, hash=False)

    def __post_init__(self) -> None:
        if self.zone not in zones():
            raise ValueError(f"{self.zone} is not a zone of Indonesia: choose one of {', '.join(zones())}")
        if not any(self.hours.week):
            raise ValueError("an office that is never open has no working day")

    @classmethod
    def read(cls, raw: Mapping[str, Any]) -> Calendar:
        """The calendar that `written` put into plain data."""
        return cls(
            version=int(raw["version"]),
            zone=raw["zone"],
            hours=Hours.read(raw["hours"]),
            special_hours=tuple(
                (
                    date.fromisoformat(part["from"]),
                    date.fromisoformat(part["until"]),
                    Hours.read(part["hours"]),
                )
                for part in raw["special_hours"]
            ),
            holidays={date.fromisoformat(day): name for day, name in raw["holidays"].items()},
        )

    def written(self) -> dict[str, Any]:
        """The calendar as plain data, for JSON."""
        return {
            "version": self.version,
            "zone": self.zone,
            "hours": self.hours.written(),
            "special_hours": [
                {"from": first.isoformat(), "until": last.isoformat(), "hours": hours.written()}
                for first, last, hours in self.special_hours
            ],
            "holidays": {day.isoformat(): name for day, name in sorted(self.holidays.items())},
        }

    def knows(self, day: date) -> bool:
        """Whether any holiday of that year has been entered; where none has, only weekends are left out."""
        return day.year in self._years_with_holidays

    # -- days --

    def is_workday(self, day: date) -> bool:
        """Whether the office works that day: it has hours, and it is no holiday."""
        n = day.toordinal()
        return n in self._opened[1] or (bool(self.hours.week[day.weekday()]) and n not in self._closed[1])

    def workdays_between(self, a: date, b: date) -> int:
        """Working days after `a` up to and including `b`; negative when `b` comes first."""
        if b < a:
            return -self.workdays_between(b, a)
        return self._workdays_until(b.toordinal()) - self._workdays_until(a.toordinal())

    def next_workday(self, day: date) -> date:
        """The first working day after `day`."""
        return self.workday(day, 1)

    def workday(self, day: date, n: int) -> date:
        """The n-th working day after `day`, or before it where n is negative; n = 0 is no day."""
        if n == 0:
            raise ValueError("the 0th working day is no day")
        first = day.toordinal()
        last = first
        if n > 0:
            rank = self._workdays_until(first) + n
            while self._workdays_until(last) < rank:
                last += 7 * n + 28
        else:
            rank = self._workdays_until(first - 1) + n + 1
            while self._workdays_until(first) >= rank:
                first += 7 * n - 28
        found = bisect_left(range(first, last + 1), rank, key=self._workdays_until)
        return date.fromordinal(first + found)

    # -- hours --

    def spans(self, day: date) -> Spans:
        """The minutes of the day in which the office is open; none on a day off."""
        return self._hours_on(day) if self.is_workday(day) else ()

    def opens(self, day: date) -> list[tuple[datetime, datetime]]:
        """When the office opens and closes that day, as instants; nothing on a day off."""
        start = self.midnight(day)
        return [(start + timedelta(minutes=a), start + timedelta(minutes=b)) for a, b in self.spans(day)]

    def closes(self, day: date) -> datetime:
        """The close of office on a working day; raises ValueError on any other."""
        spans = self.spans(day)
        if not spans:
            raise ValueError(f"the office is closed on {day.isoformat()}")
        return self.midnight(day) + timedelta(minutes=spans[-1][1])

    def office_minutes(self, a: datetime, b: datetime) -> float:
        """Minutes of open office from a to b; negative when b comes first."""
        if b < a:
            return -self.office_minutes(b, a)
        minutes, day, last = 0.0, self.local_date(a), self.local_date(b)
        while day <= last:
            for opens, closes in self.opens(day):
                minutes += max(timedelta(), min(closes, b) - max(opens, a)) / timedelta(minutes=1)
            day = self.next_workday(day)
        return minutes

    # -- the zone --

    def local(self, at: datetime) -> datetime:
        """An instant as the office's wall clock shows it."""
        return at.astimezone(self._offset)

    def local_date(self, at: datetime) -> date:
        """The date on the office's wall when the instant comes."""
        return self.local(at).date()

    def midnight(self, day: date) -> datetime:
        """The instant at which a local day begins."""
        return datetime.combine(day, time(), self._offset).astimezone(UTC)

    def day_end(self, day: date) -> datetime:
        """23:59:59 of a local day, the last moment that still counts."""
        return datetime.combine(day, time(23, 59, 59), self._offset).astimezone(UTC)

    # -- reckoned once and kept --

    @cached_property
    def _offset(self) -> timezone:
        return timezone(timedelta(hours=zones()[self.zone]))

    @cached_property
    def _years_with_holidays(self) -> frozenset[int]:
        return frozenset(day.year for day in self.holidays)

    @cached_property
    def _closed(self) -> tuple[list[int], frozenset[int]]:
        """Days closed although the week would have them open, as ordinals in order and as a set."""
        days = {*self.holidays, *self._special_days}
        closed = [
            d for d in days if self.hours.week[d.weekday()] and (d in self.holidays or not self._hours_on(d))
        ]
        return _sorted(closed)

    @cached_property
    def _opened(self) -> tuple[list[int], frozenset[int]]:
        """Days open although the week would have them closed."""
        days = [d for d in self._special_days if d not in self.holidays]
        return _sorted([d for d in days if not self.hours.week[d.weekday()] and self._hours_on(d)])

    @cached_property
    def _special_days(self) -> frozenset[date]:
        return frozenset(
            date.fromordinal(n)
            for first, last, _ in self.special_hours
            for n in range(first.toordinal(), last.toordinal() + 1)
        )

    @cached_property
    def _open_by_weekday(self) -> tuple[int, ...]:
        """Open days of a week before its 1st, 2nd … 8th day, Monday first."""
        return tuple(accumulate((1 if spans else 0 for spans in self.hours.week), initial=0))

    def _hours_on(self, day: date) -> Spans:
        for first, last, hours in self.special_hours:
            if first <= day <= last:
                return hours.week[day.weekday()]
        return self.hours.week[day.weekday()]

    def _workdays_until(self, ordinal: int) -> int:
        """Working days from day 1 of the era, a Monday, through a day: whole weeks, less the exceptions."""
        weeks, days = divmod(ordinal, 7)
        by_week = weeks * self._open_by_weekday[7] + self._open_by_weekday[days]
        return by_week - bisect_right(self._closed[0], ordinal) + bisect_right(self._opened[0], ordinal)


def _sorted(days: list[date]) -> tuple[list[int], frozenset[int]]:
    ordinals = sorted(day.toordinal() for day in days)
    return ordinals, frozenset(ordinals)

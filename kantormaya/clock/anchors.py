"""Limits that hang on a date in the case, such as "1 hari kalender sebelum pakai_on"."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from kantormaya.clock.calendars import Calendar
from kantormaya.clock.durations import Duration, DurationFault
from kantormaya.clock.legs import PER, Kind, add_months, kind_of, office_time
from kantormaya.clock.pauses import instant

_MINUTE = timedelta(minutes=1)
_ONE_DAY = timedelta(days=1)


def reckon_anchored(duration: Duration, anchor: date | datetime, calendar: Calendar) -> datetime:
    """The limit `duration` before or after a date, whatever pauses there were.

    Hours and minutes run from the edge of the day (its beginning for "sebelum", its end for "sesudah"),
    or from the moment itself where the anchor is one. Raises DurationFault for a date out of reach.
    """
    try:
        return _anchored(duration, anchor, calendar)
    except DurationFault:
        raise
    except (ValueError, OverflowError):
        raise DurationFault(
            f"“{duration.said}”: tanggal {anchor} terlalu jauh.",
            f"“{duration.said}”: the date {anchor} is out of reach.",
        ) from None


def _anchored(duration: Duration, anchor: date | datetime, calendar: Calendar) -> datetime:
    kind, amount = kind_of(duration), duration.high * PER[duration.unit]
    if duration.side is None:
        raise DurationFault(
            f"“{duration.said}” tidak menyebut sebelum atau sesudah tanggal apa.",
            f"“{duration.said}” does not say before or after which date.",
        )
    is_before = duration.side == "sebelum"
    signed = -amount if is_before else amount
    moment = instant(anchor) if isinstance(anchor, datetime) else None
    day = calendar.local_date(moment) if moment else anchor
    match kind:
        case Kind.WORKDAYS:
            return calendar.closes(calendar.workday(day, signed))
        case Kind.DAYS:
            return calendar.day_end(day + timedelta(days=signed))
        case Kind.MONTHS:
            return calendar.day_end(add_months(day, signed))
    edge = moment or calendar.midnight(day if is_before else day + _ONE_DAY)
    if kind is Kind.ELAPSED:
        return edge + signed * _MINUTE
    return _office_before(amount, edge, calendar) if is_before else office_time(amount, edge, calendar, [])


def _office_before(minutes: int, end: datetime, calendar: Calendar) -> datetime:
    left, day = minutes * _MINUTE, calendar.local_date(end)
    while True:
        for opens, closes in reversed(calendar.opens(day)):
            until = min(closes, end)
            if until - opens >= left:
                return until - left
            left -= max(until - opens, timedelta())
        day = calendar.workday(day, -1)

"""The calendar an Indonesian office starts from, before it enters its own changes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from kantormaya.clock.calendars import Calendar
from kantormaya.clock.hours import Hours
from kantormaya.clock.law import office_hours, ramadans


def standard_calendar(years: Iterable[int], zone: str = "Asia/Jakarta", version: int = 1) -> Calendar:
    """Public holidays and joint leave (cuti bersama) of the years, and the office hours of the last of them.

    Islamic dates not decreed yet are estimates ("perkiraan" stands in the name), and the joint leave of later
    years is missing until it is decreed: enter it as a new version.
    """
    from holidays import country_holidays  # slow to import, and only this function needs it

    wanted = frozenset(years)
    if not wanted:
        raise ValueError("a calendar needs at least one year")
    days = country_holidays("ID", years=wanted, categories=("public", "government"), language="id")
    law = office_hours(date(max(wanted), 12, 31))
    ramadan = Hours.read(law["ramadan"])
    return Calendar(
        version=version,
        zone=zone,
        hours=Hours.read(law["regular"]),
        special_hours=tuple((first, last, ramadan) for first, last in ramadans(wanted)),
        holidays={day: str(name) for day, name in sorted(days.items()) if day.year in wanted},
    )

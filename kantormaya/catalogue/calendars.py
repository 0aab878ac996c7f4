"""Versions of the working calendar: published, never changed; a case runs on the version of its submission."""

from __future__ import annotations

from functools import lru_cache

from django.db import transaction

from kantormaya.audit.recording import record
from kantormaya.audit.time import now
from kantormaya.catalogue.fresh import fresh
from kantormaya.catalogue.models import CalendarVersion
from kantormaya.clock import Calendar


def publish_calendar(calendar: Calendar, note: str, by: str) -> Calendar:
    """Store a calendar as the next version; the same calendar twice is the same version."""
    with transaction.atomic():
        last = CalendarVersion.objects.order_by("-number").first()
        data = calendar.written() | {"version": (last.number if last else 0) + 1}
        if last is not None and last.data | {"version": 0} == data | {"version": 0}:
            return calendar_of(last.number)
        made = CalendarVersion.objects.create(
            number=data["version"], data=data, note=note, published_at=now()
        )
        record("publish_calendar", actor=by, number=made.number, note=note)
    return calendar_of(made.number)


@lru_cache(maxsize=64)
def calendar_of(number: int) -> Calendar:
    """The calendar of a version, built once per process; raises LookupError for one that was never published."""
    found = CalendarVersion.objects.filter(number=number).first()
    if found is None:
        raise LookupError(f"calendar version {number} was never published")
    return Calendar.read(found.data)


def current_calendar() -> Calendar:
    """The calendar in force for cases that begin now; raises LookupError where none is published yet."""
    number = _newest()
    if number is None:
        raise LookupError("no calendar is published yet: run `kantor publish` once")
    return calendar_of(number)


@fresh
def _newest() -> int | None:
    return CalendarVersion.objects.order_by("-number").values_list("number", flat=True).first()

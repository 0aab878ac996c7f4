"""Diaries: found by what they are for; days in them closed and opened by the desk."""

from __future__ import annotations

from datetime import date

from kantormaya.audit.recording import record
from kantormaya.audit.time import now
from kantormaya.bookings.models import ClosedDay, Diary
from kantormaya.engine.events import Refused
from kantormaya.language.definition import Definition
from kantormaya.language.texts import Text
from kantormaya.people.models import Agency

REASON = Text(
    "Tulis alasan hari itu ditutup; warga membacanya.", "Write why the day is closed; citizens read it."
)


def diary(definition: Definition, booking: str, resource: str = "") -> Diary:
    """The diary of a booking, made when it is first asked for."""
    task = definition.booking[booking].task
    slug = definition.agency_at(definition.task[task].step) if task else definition.agency
    agency = Agency.objects.get(slug=slug)
    found, _ = Diary.objects.get_or_create(
        agency=agency, service_slug=definition.slug, booking=booking, resource=resource
    )
    return found


def close_day(of: Diary, on: date, reason: str, *, by: str) -> ClosedDay:
    """Nothing more can be booked on that day; what is booked already stays until somebody moves it."""
    reason = reason.strip()[:200]
    if not reason:
        raise Refused(REASON)
    closed, _ = ClosedDay.objects.update_or_create(
        diary=of, on=on, defaults={"reason": reason, "closed_by": by, "closed_at": now()}
    )
    record("diary.closed", actor=by, agency_id=of.agency_id, diary=str(of), on=on.isoformat(), reason=reason)
    return closed


def open_day(of: Diary, on: date, *, by: str) -> None:
    """The day can be booked again."""
    if ClosedDay.objects.filter(diary=of, on=on).delete()[0]:
        record("diary.opened", actor=by, agency_id=of.agency_id, diary=str(of), on=on.isoformat())

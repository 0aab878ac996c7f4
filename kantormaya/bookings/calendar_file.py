"""An appointment as a calendar file (.ics) that any telephone or computer takes in."""

from __future__ import annotations

from datetime import datetime

import icalendar
from django.conf import settings

from kantormaya.audit.time import now
from kantormaya.cases.models import Case


def calendar_file(
    case: Case, booking: str, *, starts_at: datetime, ends_at: datetime | None, changes: int, title: str, place: str, text: str,
    link: str | None = None,
) -> bytes:  # fmt: skip
    """The appointment; taken in again after a change it takes the place of the earlier one (same UID, higher SEQUENCE).

    It carries the code of the case and never the PIN: calendars are shared more than one thinks.
    """
    made = icalendar.Calendar()
    made.add("prodid", "-//Kantor Maya//ID")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    event = icalendar.Event()
    event.add("uid", f"{case.number}-{booking}@{settings.KANTOR_OFFICE_CODE.lower()}.kantormaya")
    event.add("sequence", changes)
    event.add("dtstamp", now())
    event.add("dtstart", starts_at)
    if ends_at is not None:
        event.add("dtend", ends_at)
    event.add("summary", title)
    event.add("location", place)
    event.add("description", text)
    if link:
        event.add("url", link)
    made.add_component(event)
    return bytes(made.to_ical())

"""Places behind the slots of a case: taken before an event is written, given back after one."""

from __future__ import annotations

from django.db import transaction

from kantormaya.bookings.diaries import diary
from kantormaya.bookings.models import ClosedDay
from kantormaya.bookings.places import give_back, take
from kantormaya.cases.models import Case
from kantormaya.clock import Calendar
from kantormaya.engine import booking
from kantormaya.engine.events import Event, Kind, Refused
from kantormaya.engine.state import Booked, State
from kantormaya.language.definition import Definition
from kantormaya.language.texts import Text

FULL = Text(
    "Waktu itu baru saja penuh: {title}. Pilih waktu lain.",
    "That time has just filled up: {title}. Choose another.",
)
CLOSED = Text(
    "Hari itu ditutup: {reason}. Pilih hari lain.", "That day is closed: {reason}. Choose another day."
)
CHOOSES = (Kind.SUBMITTED, Kind.CORRECTED, Kind.BOOKED)


def hold_places(case: Case, definition: Definition, event: Event, calendar: Calendar) -> None:
    """Take the places that an event is about to book; raises Refused, with nothing written, where one is gone.

    Only the database knows whether a place is left, so it is asked before the event exists.
    """
    if event.kind not in CHOOSES:
        return
    slots = {n: b for n, b in event.data.get("slots", {}).items() if b.status != "released"}
    if slots:
        with transaction.atomic():  # all of them or none: nothing else of this act is written yet
            for name, booked in slots.items():
                _hold(case, definition, name, booked, calendar)


def _hold(case: Case, definition: Definition, name: str, booked: Booked, calendar: Calendar) -> None:
    rule, book = definition.booking[name], diary(definition, name, booked.resource)
    closed = ClosedDay.objects.filter(diary=book, on=calendar.local_date(booked.starts_at)).first()
    if closed is not None and booked.ends_at is not None:
        raise Refused(CLOSED.format(reason=closed.reason))
    if take(book, case, booked.starts_at, booked.ends_at, rule.capacity) is None:
        raise Refused(FULL.format(title=rule.title))


def free_places(case: Case, state: State, names: tuple[str, ...]) -> None:
    """Give back the places of bookings that were let go or moved."""
    for name in names:
        now = booking.held(state, name)
        give_back(case, name, but=now.starts_at if now else None)

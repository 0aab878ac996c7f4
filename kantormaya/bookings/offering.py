"""What can be booked in the days to come: the slots the definition makes, less what is taken and closed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from kantormaya.bookings.diaries import diary
from kantormaya.bookings.models import ClosedDay
from kantormaya.bookings.places import free_seats, taken
from kantormaya.clock import Calendar
from kantormaya.engine.slots import Slot, days_of, earliest, offered
from kantormaya.language.definition import Definition
from kantormaya.language.evaluating import Values

DAYS = 10
"""So many working days ahead are offered."""
AFTER_A_SLOT = timedelta(days=40)
"""A slot for days on end reaches beyond the last day that is offered."""


@dataclass(frozen=True)
class Offer:
    """A slot with how many places are left in it."""

    slot: Slot
    free: int


@dataclass(frozen=True)
class Day:
    """A working day with its slots that are still to come; `closed` says why there are none."""

    on: date
    offers: tuple[Offer, ...]
    closed: str = ""

    @property
    def is_full(self) -> bool:
        """Whether nothing is left on it."""
        return not any(offer.free for offer in self.offers)


def offers(
    definition: Definition, booking: str, values: Values, calendar: Calendar, now: datetime, days: int = DAYS
) -> list[Day]:
    """The working days from the first that can still be booked, three statements whatever their number."""
    rule = definition.booking[booking]
    book = diary(definition, booking, str(values.get(rule.resource or "") or ""))
    first = earliest(definition, rule, calendar, now)
    dates = _workdays(calendar, calendar.local_date(first), days)
    closed = dict(ClosedDay.objects.filter(diary=book, on__in=dates).values_list("on", "reason"))
    held = taken(book, calendar.midnight(dates[0]), calendar.midnight(dates[-1]) + AFTER_A_SLOT)
    found = []
    for on in dates:
        slots = [
            slot
            for slot in offered(rule, calendar, on, days_of(rule, values))
            if slot.starts_at >= first and slot.starts_at > now and on not in closed
        ]
        made = tuple(
            Offer(slot, len(free_seats(held, slot.starts_at, slot.ends_at, rule.capacity))) for slot in slots
        )
        if made or on in closed:
            found.append(Day(on, made, closed.get(on, "")))
    return found


def _workdays(calendar: Calendar, first: date, days: int) -> list[date]:
    start = first if calendar.is_workday(first) else calendar.next_workday(first)
    found = [start]
    while len(found) < days:
        found.append(calendar.next_workday(found[-1]))
    return found

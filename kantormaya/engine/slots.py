"""The times a booking offers, and the one that answers ask for. Whether a place is free only the database can say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from kantormaya.clock import Calendar, reckon
from kantormaya.engine.clocks import read
from kantormaya.engine.events import Refused
from kantormaya.language.asking import Booking
from kantormaya.language.definition import Definition
from kantormaya.language.evaluating import Values
from kantormaya.language.texts import Text
from kantormaya.language.words import said_time

NOT_OFFERED = Text(
    "Waktu itu tidak ditawarkan. Pilih waktu lain dari daftar: {title}.",
    "That time is not offered. Choose another from the list: {title}.",
)
TOO_LATE = Text(
    "Sudah terlalu dekat. {title} dipesan, dipindah, atau dibatalkan paling lambat {ahead} sebelumnya.",
    "Too close by now. {title} is booked, moved or cancelled {ahead} ahead at the latest.",
)
BEGUN = Text("Waktu itu sudah lewat: {title}.", "That time is over: {title}.")
MINUTES = {"menit": 1, "jam": 60, "jam kerja": 60}
"""How long a slot may be said: the units that fit into a day."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A time that is offered: from when to when (None: for good), and its session where there are sessions."""

    starts_at: datetime
    ends_at: datetime | None
    session: str = ""


def offered(rule: Booking, calendar: Calendar, day: date, days: int = 1) -> Iterator[Slot]:
    """The slots that begin on a day, in order; none on a day off. `days` is for how many days on end one is booked."""
    more = timedelta(days=days - 1)
    if not calendar.is_workday(day):
        return
    for name, span in rule.sessions.items():
        first, last = (calendar.midnight(day) + _into_the_day(part) for part in span.split("-"))
        yield Slot(first, last + more, name)
    if rule.length is not None and not rule.sessions:
        length = timedelta(minutes=rule.length.high * MINUTES[str(rule.length.unit)])
        for opens, closes in calendar.opens(day):
            begins = opens
            while begins + length <= closes:
                yield Slot(begins, begins + length + more)
                begins += length


def _into_the_day(said: str) -> timedelta:
    hours, minutes = said.split(":")
    return timedelta(hours=int(hours), minutes=int(minutes))


def found(rule: Booking, values: Values, calendar: Calendar, slot: Slot) -> Slot | None:
    """The offered slot that a choice names by its beginning and session; None where there is no such one."""
    days = offered(rule, calendar, calendar.local_date(slot.starts_at), days_of(rule, values))
    return next((s for s in days if (s.starts_at, s.session) == (slot.starts_at, slot.session)), None)


def days_of(rule: Booking, values: Values) -> int:
    """For how many days on end it is booked."""
    return int(values.get(rule.repeat or "") or 1)


def asked(definition: Definition, name: str, values: Values, at: datetime, calendar: Calendar) -> Slot | None:
    """The slot that the answers ask for, None where they ask for none; raises Refused for one that is not offered."""
    rule = definition.booking[name]
    slot = _meant(rule, values, at, calendar)
    if slot is None or is_a_thing(rule):
        return slot
    there = found(rule, values, calendar, slot)
    if there is None:
        raise Refused(NOT_OFFERED.format(title=rule.title))
    return there


def _meant(rule: Booking, values: Values, at: datetime, calendar: Calendar) -> Slot | None:
    if rule.task is not None:
        return None
    if rule.moment is not None:
        moment = values.get(rule.moment)
        return None if moment is None else Slot(moment, None)
    if rule.day is None:
        return None if values.get(rule.resource or "") is None else Slot(at, None)
    day, session = values.get(rule.day), values.get(rule.session or "")
    if day is None or session not in rule.sessions:
        return None
    return Slot(calendar.midnight(day) + _into_the_day(rule.sessions[session][:5]), None, session)


def is_a_thing(rule: Booking) -> bool:
    """Whether a plot or a room is held without a time."""
    return rule.task is None and rule.day is None and rule.moment is None


def answers_of(rule: Booking, slot: Slot, calendar: Calendar) -> dict[str, Any]:
    """What the fields of a booking say when this slot is chosen."""
    if rule.moment is not None:
        return {rule.moment: slot.starts_at}
    if rule.day is not None and rule.session is not None:
        return {rule.day: calendar.local_date(slot.starts_at), rule.session: slot.session}
    return {}


def earliest(definition: Definition, rule: Booking, calendar: Calendar, now: datetime) -> datetime:
    """From when on a slot must begin so that it can be booked, moved or cancelled now."""
    return now if rule.ahead is None else reckon(read(definition, rule.ahead), now, calendar, now=now).due_at


def too_close(
    definition: Definition, rule: Booking, starts_at: datetime, calendar: Calendar, now: datetime
) -> Text | None:
    """Why a slot that begins then can't be booked, moved or cancelled any more, or None."""
    if starts_at <= now:
        return BEGUN.format(title=rule.title)
    if rule.ahead is None or starts_at >= earliest(definition, rule, calendar, now):
        return None
    return TOO_LATE.format(title=rule.title, ahead=said_time(definition, rule.ahead))

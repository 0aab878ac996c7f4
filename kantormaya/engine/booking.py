"""Slots of a case: booked with the application or for a task, moved, confirmed by the first payment, let go again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, Literal

from kantormaya.clock import Calendar
from kantormaya.engine.billing import rebilled
from kantormaya.engine.events import APPLICANT, SYSTEM, Actor, Event, Kind, Refused
from kantormaya.engine.fees import quote
from kantormaya.engine.knowing import freezing, known, role_at
from kantormaya.engine.requiring import arising
from kantormaya.engine.slots import NOT_OFFERED, Slot, answers_of, asked, found, is_a_thing, too_close
from kantormaya.engine.state import Booked, State
from kantormaya.language.asking import Booking
from kantormaya.language.definition import Definition
from kantormaya.language.evaluating import Values
from kantormaya.language.texts import Text

NOTHING = Text("Tidak ada waktu yang dapat dipesan di sini.", "There is no time to book here.")
PAID_FOR = Text(
    "Waktu ini bagian dari yang dibayar: pindahkan waktunya, atau tarik permohonannya.",
    "This time is part of what is paid for: move it, or withdraw the application.",
)
WHY = Text("Tuliskan alasannya.", "Write the reason.")
ON_RECORD = Text("Pertemuan ini sudah dicatat petugas.", "This appointment is on our record as held already.")
NOT_YOURS = Text(
    "Waktu ini hanya dapat dilepas petugas yang menangani perkaranya.",
    "Only those who handle the case can let this time go.",
)


def asked_for(
    definition: Definition, values: Values, at: datetime, calendar: Calendar, names: Mapping[str, Booking] | None = None
) -> dict[str, Booked]:  # fmt: skip
    """What the answers book; raises Refused for a time that is not offered or too close."""
    status = _until_paid(definition, values, calendar)
    made = {}
    for name, rule in (definition.booking if names is None else names).items():
        slot = asked(definition, name, values, at, calendar)
        if slot is not None:
            why = None if is_a_thing(rule) else too_close(definition, rule, slot.starts_at, calendar, at)
            if why is not None:
                raise Refused(why)
            made[name] = Booked(slot.starts_at, slot.ends_at, status, at, _resource(rule, values))
    return made


def _until_paid(definition: Definition, values: Values, calendar: Calendar) -> Literal["held", "confirmed"]:
    """A slot is only held as long as a bill is still to be paid."""
    return "held" if _costs(definition, values, calendar) else "confirmed"


def _costs(definition: Definition, values: Values, calendar: Calendar) -> bool:
    if not definition.fee.bill:
        return False
    quoted = quote(definition, values, calendar)
    return quoted.provisional or quoted.total > 0


def _resource(rule: Booking, values: Values) -> str:
    return str(values.get(rule.resource or "") or "")


def asked_anew(
    definition: Definition, state: State, values: Values, at: datetime, calendar: Calendar
) -> dict[str, Booked]:
    """What changed answers book instead: other slots, and those let go because nothing asks for them any more."""
    before = known(definition, state, calendar)
    changed = {
        name: rule
        for name, rule in definition.booking.items()
        if any(before.get(field) != values.get(field) for field in _reads(rule))
    }
    made = asked_for(definition, values, at, calendar, changed)
    for name in changed:
        old = held(state, name)
        if old is not None:
            now = made.get(name) or replace(old, status="released")
            status = old.status if now.status != "released" else now.status
            made[name] = replace(now, status=status, since=old.since, changes=old.changes + 1)
    return made


def _reads(rule: Booking) -> list[str]:
    return [f for f in (rule.day, rule.session, rule.moment, rule.repeat, rule.resource) if f is not None]


def held(state: State, name: str) -> Booked | None:
    """The slot that a case has of a booking now; one that was let go is none."""
    booked = state.bookings.get(name)
    return None if booked is None or booked.status == "released" else booked


def may_book(definition: Definition, state: State, name: str) -> bool:
    """Whether the case has to do with this booking now: it was asked for in the form, or its task is open."""
    rule = definition.booking[name]
    if not state.is_open or is_a_thing(rule):
        return False
    if rule.task is None:
        return name in state.bookings
    task = state.tasks.get(rule.task)
    return task is not None and task.status == "open"


def why_not_move(
    definition: Definition, state: State, name: str, calendar: Calendar, at: datetime
) -> Text | None:
    """Why the slot of a case has to stay as it is, or None; where there is none yet, one may be chosen."""
    now = held(state, name)
    if now is None:
        return None
    return too_close(definition, definition.booking[name], now.starts_at, calendar, at)


def book(
    definition: Definition, state: State, actor: Actor, name: str, slot: Slot, *, at: datetime, calendar: Calendar
) -> Event:  # fmt: skip
    """The applicant chooses a slot, or another instead of the one before; the answers change with it."""
    if actor.role != APPLICANT or name not in definition.booking or not may_book(definition, state, name):
        raise Refused(NOTHING)
    rule = definition.booking[name]
    there = found(rule, known(definition, state, calendar), calendar, slot)
    if there is None:
        raise Refused(NOT_OFFERED.format(title=rule.title))
    why = why_not_move(definition, state, name, calendar, at) or too_close(
        definition, rule, there.starts_at, calendar, at
    )
    if why is not None:
        raise Refused(why)
    answers = answers_of(rule, there, calendar)
    after = replace(state, answers={**state.answers, **answers})
    values = known(definition, after, calendar)
    data: dict[str, Any] = {
        "booking": name,
        "slots": {name: _booked(definition, state, name, there, values, at, calendar)},
    }
    if answers:
        data["answers"] = answers
        if changed := arising(definition, after, values, calendar):
            data["requirements"] = changed
        if (frozen := freezing(definition, values)) != state.frozen:
            data["frozen"] = frozen
    return Event(Kind.BOOKED, at, actor, data | rebilled(definition, after, values, calendar))


def _booked(
    definition: Definition, state: State, name: str, slot: Slot, values: Values, at: datetime, calendar: Calendar
) -> Booked:  # fmt: skip
    """A slot moved stays held or confirmed as it was, and is not held any longer for being moved."""
    rule, old, now = definition.booking[name], state.bookings.get(name), held(state, name)
    is_settled = rule.task is not None or any(b.status in ("paid", "waived") for b in state.bills.values())
    fresh = "confirmed" if is_settled else _until_paid(definition, values, calendar)
    return Booked(
        slot.starts_at, slot.ends_at, now.status if now else fresh, now.since if now else at, _resource(rule, values),
        old.changes + 1 if old else 0,
    )  # fmt: skip


def why_not_cancel(
    definition: Definition, state: State, actor: Actor, name: str, calendar: Calendar, at: datetime
) -> Text | None:
    """Why this actor can't let a slot go, or None. The applicant can in time, unless it is part of what is paid for."""
    now = held(state, name) if name in definition.booking else None
    if now is None or not state.is_open:
        return NOTHING
    if actor.role == APPLICANT:
        rule, values = definition.booking[name], known(definition, state, calendar)
        if rule.task is not None and not may_book(definition, state, name):
            return ON_RECORD
        if rule.task is None and _costs(definition, values, calendar):
            return PAID_FOR
        return too_close(definition, rule, now.starts_at, calendar, at)
    return None if keeps_appointments(definition, state, actor, calendar) else NOT_YOURS


def keeps_appointments(definition: Definition, state: State, actor: Actor, calendar: Calendar) -> bool:
    """Whether an official has the appointments of this case in hand: the counter, or whoever has its step."""
    role = role_at(definition, state.at, known(definition, state, calendar), calendar)
    here = actor.agency in (None, definition.agency, definition.agency_at(state.at))
    return here and actor.role in ("front_office", role) and actor.role != APPLICANT


def release(
    definition: Definition, state: State, actor: Actor, name: str, reason: str = "", *, at: datetime, calendar: Calendar
) -> Event:  # fmt: skip
    """A slot is let go: by the applicant in time, or by the office with a reason that the applicant reads."""
    why = why_not_cancel(definition, state, actor, name, calendar, at)
    if why is None and actor.role != APPLICANT and not reason.strip():
        why = WHY
    if why is not None:
        raise Refused(why)
    data: dict[str, Any] = {"booking": name, **_unpaid(state, name)}
    return Event(Kind.RELEASED, at, actor, data | ({"reason": reason.strip()} if reason.strip() else {}))


def ran_out(state: State, name: str, at: datetime) -> Event:
    """The time is over for which a slot was held unpaid."""
    return Event(Kind.RELEASED, at, Actor(SYSTEM), {"booking": name, "ran_out": True, **_unpaid(state, name)})


def _unpaid(state: State, name: str) -> dict[str, Any]:
    """The bills for a slot that nobody holds any more are withdrawn: money that comes in later is a refund to decide."""
    bills = tuple(state.open_bills()) if state.bookings[name].status == "held" else ()
    return {"voids": bills} if bills else {}

"""What follows by itself once nothing more is to be done at a step: after payment, after the last signature or initial."""

from __future__ import annotations

from kantormaya.clock import Calendar
from kantormaya.engine.events import APPLICANT, SYSTEM, Actor, Event, Kind
from kantormaya.engine.knowing import known, role_at
from kantormaya.engine.needs import unmet
from kantormaya.engine.office import FORWARD, departure
from kantormaya.engine.state import State
from kantormaya.language.definition import Definition


def following(definition: Definition, state: State, last: Event, calendar: Calendar) -> Event | None:
    """The move that follows `last` by itself, or None.

    A payment step goes on when paid, a signing step when signed, a step of initials with the last initial, and a step
    of the system as soon as its needs are met.
    """
    if not state.is_open or definition.step[state.at].then is None:
        return None
    values = known(definition, state, calendar)
    step, role = definition.step[state.at], role_at(definition, state.at, values, calendar)
    bills_here = any(bill.step == state.at for bill in definition.fee.bill.values())
    tasks = definition.tasks_at(state.at).values()
    finished = (
        role == SYSTEM
        or (last.kind in (Kind.PAID, Kind.WAIVED, Kind.GIVEN) and bills_here and role == APPLICANT)
        or (
            last.kind in (Kind.MOVED, Kind.SUBMITTED)
            and bills_here
            and role == APPLICANT
            and not _asks_more(definition, state.at)
        )
        or (last.kind is Kind.SIGNED and bool(step.signs))
        or (last.kind is Kind.ANSWERED and bool(tasks) and all(task.kind == "initials" for task in tasks))
    )
    if not finished or unmet(definition, state, values, calendar, last.at):
        return None
    return Event(Kind.MOVED, last.at, Actor(SYSTEM), departure(definition, state, FORWARD, values, calendar))


def _asks_more(definition: Definition, step: str) -> bool:
    return any(item.needed_at == f"step.{step}" for item in definition.requirement.values())

"""What follows by itself: a task that turns out to be needed, and the way on once nothing more is to be done at a step."""

from __future__ import annotations

from kantormaya.clock import Calendar
from kantormaya.engine.arriving import asked, on_request
from kantormaya.engine.events import APPLICANT, SYSTEM, Actor, Event, Kind
from kantormaya.engine.knowing import known, role_at
from kantormaya.engine.moving import departure
from kantormaya.engine.needs import unmet
from kantormaya.engine.state import State
from kantormaya.engine.ways import FORWARD
from kantormaya.language.definition import Definition
from kantormaya.language.evaluating import Values, holds

ARRIVED = (Kind.SUBMITTED, Kind.MOVED)
SETTLED = (Kind.PAID, Kind.WAIVED, Kind.GIVEN, Kind.FOUND, Kind.CORRECTED)
TASK_DONE = (Kind.ANSWERED, Kind.CONFIRMED, Kind.TIMED_OUT)


def following(definition: Definition, state: State, last: Event, calendar: Calendar) -> Event | None:
    """The event that follows `last` by itself, or None.

    A task whose condition has come true is asked for. A payment step goes on when all is paid and given, a signing step
    when signed, a step of initials with the last initial, and a step of the system as soon as its needs are met.
    """
    if not state.is_open:
        return None
    values = known(definition, state, calendar)
    arisen = _arisen(definition, state, last, values, calendar)
    if arisen is not None:
        return arisen
    if not _is_finished(definition, state, last, values, calendar):
        return None
    if unmet(definition, state, values, calendar, last.at):
        return None
    return Event(Kind.MOVED, last.at, Actor(SYSTEM), departure(definition, state, FORWARD, calendar, last.at))


def _arisen(
    definition: Definition, state: State, last: Event, values: Values, calendar: Calendar
) -> Event | None:
    for name, task in definition.tasks_at(state.at).items():
        now = state.tasks.get(name)
        idle = now is None or now.status == "not_needed"
        if idle and not on_request(task) and holds(task.when, values, calendar) is True:
            return Event(Kind.ASKED, last.at, Actor(SYSTEM), {"task": name, "asked": asked(task, values)})
    return None


def _is_finished(
    definition: Definition, state: State, last: Event, values: Values, calendar: Calendar
) -> bool:
    """Whether whoever has the step has nothing left to decide there."""
    step = definition.step[state.at]
    if step.then is None:
        return False
    role = role_at(definition, state.at, values, calendar)
    if role == SYSTEM:
        return True
    collects = role == APPLICANT and any(bill.step == state.at for bill in definition.fee.bill.values())
    if collects and last.kind in (*ARRIVED, *SETTLED):
        return True
    if last.kind is Kind.SIGNED:
        return bool(step.signs)
    tasks = definition.tasks_at(state.at).values()
    return last.kind in TASK_DONE and bool(tasks) and all(task.kind == "initials" for task in tasks)

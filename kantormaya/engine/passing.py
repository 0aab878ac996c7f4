"""What the mere passing of time does to a case, exactly as the definition says: remind, escalate, lapse, grant, go on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from kantormaya.clock import Calendar, Reckoning
from kantormaya.engine.arriving import arrival
from kantormaya.engine.clocks import Clocks, due
from kantormaya.engine.events import APPLICANT, SYSTEM, Actor, Event, Kind
from kantormaya.engine.knowing import known, local_date, role_at
from kantormaya.engine.state import State
from kantormaya.language.definition import Definition

WORDS = ("escalate", "remind", "wait", "no_objection")
"""What silence can do besides leading to a step or an outcome."""


def passed(definition: Definition, state: State, calendar: Calendar, now: datetime) -> Event | None:
    """The next thing that time has caused by `now`, or None. Ask again after applying it."""
    if not state.is_open:
        return None
    clocks = due(definition, state, calendar, now)
    for event in _caused(definition, state, calendar, clocks, now):
        return event
    return None


def _caused(
    definition: Definition, state: State, calendar: Calendar, clocks: Clocks, now: datetime
) -> Iterator[Event]:
    rule = definition.promise.correction
    if rule is not None and _over(clocks.correction, now):
        yield from _silence(definition, state, calendar, rule.silence, f"correction.{state.round}", now)
    for name, clock in clocks.tasks.items():
        if _over(clock, now):
            yield from _task_silence(definition, state, name, now)
    if state.correction is None and _over(clocks.step, now):
        step = definition.step[state.at]
        role = role_at(definition, state.at, known(definition, state, calendar), calendar)
        does = step.silence or ("remind" if role == APPLICANT else "escalate")
        yield from _silence(definition, state, calendar, does, f"step.{state.at}.{len(state.visits)}", now)
    if state.promise_ended_at is None:
        yield from _promise(definition, state, calendar, clocks, now)


def _over(clock: Reckoning | None, now: datetime) -> bool:
    return clock is not None and clock.due_at is not None and clock.due_at <= now


def _silence(
    definition: Definition, state: State, calendar: Calendar, does: str, key: str, now: datetime
) -> Iterator[Event]:
    system = Actor(SYSTEM)
    if does in WORDS:
        if key not in state.told:
            yield Event(Kind.REMINDED if does == "remind" else Kind.ESCALATED, now, system, {"key": key})
        return
    values = known(definition, state, calendar)
    kind = Kind.LAPSED if does == "lapsed" else Kind.MOVED
    data = arrival(definition, state, does, values, calendar)
    yield Event(kind, now, system, {"from": state.at, "move": "silence", **data})


def _task_silence(definition: Definition, state: State, name: str, now: datetime) -> Iterator[Event]:
    rule, task = definition.task[name], state.tasks[name]
    if rule.silence == "no_objection":
        silent = tuple(key for key in task.asked if key not in task.answers)
        best = list(rule.possible_answers())[-1]
        yield Event(Kind.TIMED_OUT, now, Actor(SYSTEM), {"task": name, "silent": silent, "counts_as": best})
    elif f"task.{name}" not in state.told:
        kind = Kind.ESCALATED if rule.silence == "escalate" else Kind.REMINDED
        yield Event(kind, now, Actor(SYSTEM), {"key": f"task.{name}", "task": name})


def _promise(
    definition: Definition, state: State, calendar: Calendar, clocks: Clocks, now: datetime
) -> Iterator[Event]:
    clock = clocks.promise
    if clock is None:
        return
    round_ = len(state.extensions)
    for rule in definition.promise.escalate:
        key = f"promise.{rule.after}.{round_}"
        if clock.share >= rule.share and key not in state.told:
            yield Event(Kind.ESCALATED, now, Actor(SYSTEM), {"key": key, "to": rule.to, "after": rule.after})
    if not _over(clock, now):
        return
    if definition.promise.on_silence == "grant":
        granted = next((name for name, end in definition.outcome.items() if end.means == "granted"), None)
        if granted is not None:
            data = {"from": state.at, "move": "silence", "to": granted, "deemed": True}
            yield Event(Kind.MOVED, now, Actor(SYSTEM), data)
    elif f"promise.{round_}" not in state.told:
        yield Event(Kind.ESCALATED, now, Actor(SYSTEM), {"key": f"promise.{round_}", "to": "head_of_office"})


def wakes_at(definition: Definition, state: State, calendar: Calendar, now: datetime) -> datetime | None:
    """The earliest instant after `now` at which time may cause something; None when nothing is waiting on it.

    Shares of a promise (75 %) are looked at once a day, at the opening of the office.
    """
    if not state.is_open:
        return None
    clocks = due(definition, state, calendar, now)
    ends = [
        clock.due_at
        for clock in (clocks.correction, clocks.step, *clocks.tasks.values())
        if clock is not None
    ]
    if clocks.promise is not None and state.promise_ended_at is None and not _paused(state):
        ends.append(clocks.promise.due_at)
        if definition.promise.escalate:
            ends.append(calendar.opens(calendar.next_workday(local_date(now, calendar)))[0][0])
    coming = [end for end in ends if end is not None and end > now]
    return min(coming, default=None)


def _paused(state: State) -> bool:
    return any(wait.until is None for wait in state.waits)

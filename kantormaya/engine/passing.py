"""What the mere passing of time does to a case, exactly as the definition says: remind, escalate, lapse, grant, go on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from math import ceil
from typing import Any

from kantormaya.clock import Calendar, Reckoning, reckon
from kantormaya.engine.arriving import arrival
from kantormaya.engine.booking import ran_out
from kantormaya.engine.clocks import Clocks, due
from kantormaya.engine.events import APPLICANT, SYSTEM, Actor, Event, Kind, Refused
from kantormaya.engine.knowing import known, role_at
from kantormaya.engine.state import State
from kantormaya.language.definition import Definition

A_MINUTE = timedelta(minutes=1)
WORDS = ("escalate", "remind", "wait", "no_objection")
"""What silence can do besides leading to a step or an outcome."""


def passed(definition: Definition, state: State, calendar: Calendar, now: datetime) -> Event | None:
    """The next thing that time has caused by `now`, or None. Ask again after applying it."""
    if not state.is_open:
        return None
    clocks = due(definition, state, calendar, now)
    return next(_caused(definition, state, calendar, clocks, now), None)


def _caused(
    definition: Definition, state: State, calendar: Calendar, clocks: Clocks, now: datetime
) -> Iterator[Event]:
    rule = definition.promise.correction
    if rule is not None and _over(clocks.correction, now):
        key = f"correction.{state.round}.{state.at}"
        yield from _silence(definition, state, calendar, rule.silence, key, APPLICANT, now)
    yield from (ran_out(state, name, now) for name, clock in clocks.holds.items() if _over(clock, now))
    for name, clock in clocks.tasks.items():
        if _over(clock, now):
            yield from _task_silence(definition, state, name, now)
    if state.correction is None and _over(clocks.step, now):
        step = definition.step[state.at]
        role = role_at(definition, state.at, known(definition, state, calendar), calendar)
        does = step.silence or ("remind" if role == APPLICANT else "escalate")
        key = f"step.{state.at}.{len(state.visits)}"
        yield from _silence(definition, state, calendar, does, key, role, now)
    if state.promise_ended_at is None:
        yield from _promise(definition, state, calendar, clocks, now)


def _over(clock: Reckoning | None, now: datetime) -> bool:
    return clock is not None and clock.due_at is not None and clock.due_at <= now


def _silence(
    definition: Definition, state: State, calendar: Calendar, does: str, key: str, role: str, now: datetime
) -> Iterator[Event]:
    """What silence does: a reminder to whoever is silent, a word to the one above, or the way it leads."""
    system = Actor(SYSTEM)
    if does not in WORDS:
        data = _where_silence_leads(definition, state, calendar, does)
        if data is not None:
            kind = Kind.LAPSED if does == "lapsed" else Kind.MOVED
            yield Event(kind, now, system, {"from": state.at, "move": "silence", **data})
            return
    if key in state.told:
        return
    if does == "remind":
        yield Event(Kind.REMINDED, now, system, {"key": key, "to": role})
    else:
        yield Event(Kind.ESCALATED, now, system, {"key": key, "to": _above(definition)})


def _where_silence_leads(
    definition: Definition, state: State, calendar: Calendar, to: str
) -> dict[str, Any] | None:
    """None where it can't be known yet: then somebody has to be told instead."""
    try:
        return arrival(definition, state, to, calendar)
    except Refused:
        return None


def _above(definition: Definition) -> str:
    """Who hears first that something is late."""
    first = min(definition.promise.escalate, key=lambda rule: rule.share, default=None)
    return first.to if first else "head_of_office"


def _task_silence(definition: Definition, state: State, name: str, now: datetime) -> Iterator[Event]:
    rule, task = definition.task[name], state.tasks[name]
    if (
        task.status == "answered"
    ):  # nobody disagreed with the minutes in time: they stand as they were written
        best = list(rule.possible_answers())[-1]
        yield Event(Kind.TIMED_OUT, now, Actor(SYSTEM), {"task": name, "silent": (), "counts_as": best})
        return
    if rule.silence == "no_objection":
        silent = tuple(key for key in task.asked if key not in task.answers)
        best = list(rule.possible_answers())[-1]
        yield Event(Kind.TIMED_OUT, now, Actor(SYSTEM), {"task": name, "silent": silent, "counts_as": best})
        return
    key = f"task.{name}.{task.opened_at.timestamp() if task.opened_at else 0:.0f}"
    if key not in state.told:
        kind = Kind.ESCALATED if rule.silence == "escalate" else Kind.REMINDED
        to = _above(definition) if rule.silence == "escalate" else rule.by[0]
        yield Event(kind, now, Actor(SYSTEM), {"key": key, "task": name, "to": to})


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
            return
    told_at_the_end = any(rule.share >= 1 for rule in definition.promise.escalate)
    if not told_at_the_end and f"promise.{round_}" not in state.told:
        yield Event(Kind.ESCALATED, now, Actor(SYSTEM), {"key": f"promise.{round_}", "to": "head_of_office"})


def wakes_at(definition: Definition, state: State, calendar: Calendar, now: datetime) -> datetime | None:
    """The earliest instant after `now` at which time may cause something; None when nothing is waiting on it.

    What is over already (an act can shorten a limit) is due in a minute, so that nothing ever spins.
    """
    if not state.is_open:
        return None
    clocks = due(definition, state, calendar, now)
    if next(_caused(definition, state, calendar, clocks, now), None) is not None:
        return now + A_MINUTE
    waiting: list[Reckoning | None] = [clocks.correction, *clocks.holds.values()]
    if state.correction is None:
        waiting.append(clocks.step)
    if state.correction is None or not _paused(
        state
    ):  # while the office waits for the correction, so do its tasks
        waiting += clocks.tasks.values()
    ends = [clock.due_at for clock in waiting if clock is not None]
    if clocks.promise is not None and state.promise_ended_at is None and not _paused(state):
        ends += [clocks.promise.due_at, *_shares(definition, clocks.promise, calendar, now)]
    return min((end for end in ends if end > now), default=None)


def _shares(
    definition: Definition, promise: Reckoning, calendar: Calendar, now: datetime
) -> Iterator[datetime]:
    """When each share of the promise that is escalated will have run."""
    rule = promise.rule
    if rule.anchor is not None:
        return
    limit = rule.high + sum(e.duration.high for e in promise.extensions if e.duration.unit == rule.unit)
    for step in definition.promise.escalate:
        part = max(1, ceil(limit * step.share))
        yield reckon(
            replace(rule, low=part, high=part), promise.start, calendar, pauses=promise.pauses, now=now
        ).due_at


def _paused(state: State) -> bool:
    return any(wait.until is None for wait in state.waits)

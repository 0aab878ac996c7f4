"""When a case is due, and why: promise and legal maximum are two clocks, the step's and each task's are others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from kantormaya.clock import Calendar, Duration, Extension, Pause, Reckoning, Unit, reckon, reckon_anchored
from kantormaya.engine.knowing import known
from kantormaya.engine.remembering import remembered
from kantormaya.engine.state import State
from kantormaya.language.definition import Definition
from kantormaya.language.evaluating import Unknown, Values, choose, possible


@dataclass(frozen=True, slots=True)
class Clocks:
    """Every clock that runs on a case. `spans` holds the limits still possible while the promise depends on an open fact."""

    promise: Reckoning | None = None
    legal: Reckoning | None = None
    step: Reckoning | None = None
    correction: Reckoning | None = None
    tasks: Mapping[str, Reckoning] = field(default_factory=dict)
    bills: Mapping[str, Reckoning] = field(default_factory=dict)
    holds: Mapping[str, Reckoning] = field(default_factory=dict)
    spans: tuple[Duration, ...] = ()


def limit(definition: Definition, cases: Any, values: Values, calendar: Calendar) -> Duration | None:
    """The limit that holds; while open, the longest that may; None where the source states none."""
    found = choose(cases, values, calendar)
    if isinstance(found, Unknown):
        durations = [d for d in possible(cases, values, calendar) if isinstance(d, Duration)]
        found = max(durations, key=_rough_length, default=None)
    return read(definition, found) if isinstance(found, Duration) else None


ROUGHLY = {
    Unit.MINUTE: 1, Unit.HOUR: 60, Unit.OFFICE_HOUR: 250, Unit.WORKDAY: 2_000, Unit.CALENDAR_DAY: 1_440, Unit.WEEK: 10_080,
    Unit.MONTH: 43_800, Unit.YEAR: 525_600, Unit.BARE_DAY: 2_000,
}  # fmt: skip
"""Minutes of a unit by the wall clock, only to tell which of several limits is the longest."""


def _rough_length(duration: Duration) -> int:
    return duration.high * ROUGHLY[duration.unit]


def read(definition: Definition, duration: Duration) -> Duration:
    """A duration with the definition's reading of a bare "hari"."""
    hari = definition.promise.reads_hari_as
    return duration.reading(hari) if hari else duration.reading("kerja")


@remembered
def due(definition: Definition, state: State, calendar: Calendar, now: datetime) -> Clocks:
    """All clocks of a case as of `now`; an open pause is reckoned as if it ended now."""
    values = known(definition, state, calendar)
    pauses = tuple(Pause(wait.since, wait.until, wait.cause) for wait in state.waits)
    return Clocks(
        promise=_promise(definition, state, values, calendar, pauses, now),
        legal=_legal(definition, state, values, calendar, pauses, now),
        step=_step(definition, state, values, calendar, pauses, now) if state.is_open else None,
        correction=correction_clock(definition, state, calendar, now),
        tasks=_tasks(definition, state, values, calendar, pauses, now),
        bills=_bills(definition, state, values, calendar, now),
        holds=_holds(definition, state, calendar, now),
        spans=_spans(definition, values, calendar),
    )


def _spans(definition: Definition, values: Values, calendar: Calendar) -> tuple[Duration, ...]:
    open_: tuple[Any, ...] = possible(definition.promise.within, values, calendar)
    return tuple(read(definition, d) for d in open_ if isinstance(d, Duration))


def _reckon(
    duration: Duration, start: datetime | None, values: Values, calendar: Calendar, pauses: tuple[Pause, ...], now: datetime,
    extensions: tuple[Extension, ...] = (),
) -> Reckoning | None:  # fmt: skip
    if duration.anchor is not None:
        day = values.get(duration.anchor)
        return _anchored(duration, day, start or now, calendar, now) if isinstance(day, date) else None
    if start is None:
        return None
    return reckon(duration, start, calendar, pauses=pauses, extensions=extensions, now=now)


def _anchored(duration: Duration, day: date, start: datetime, calendar: Calendar, now: datetime) -> Reckoning:
    """A limit counted from a date the applicant named: no pause moves it."""
    due_at = reckon_anchored(duration, day, calendar)
    used = (now - start) / (due_at - start) if due_at > start else float(now >= due_at)
    return Reckoning(due_at, duration, start, calendar.version, (), (), (), float((due_at - now).days), used)


def _promise(
    definition: Definition,
    state: State,
    values: Values,
    calendar: Calendar,
    pauses: tuple[Pause, ...],
    now: datetime,
) -> Reckoning | None:
    duration = limit(definition, definition.promise.within, values, calendar)
    if duration is None:
        return None
    extensions = tuple(Extension(read(definition, e.duration), e.reason, e.at) for e in state.extensions)
    until = state.promise_ended_at or now
    return _reckon(duration, state.promise_from, values, calendar, pauses, min(until, now), extensions)


def _legal(
    definition: Definition,
    state: State,
    values: Values,
    calendar: Calendar,
    pauses: tuple[Pause, ...],
    now: datetime,
) -> Reckoning | None:
    longest = definition.promise.at_most
    if longest is None or state.promise_from is None:
        return None
    until = min(state.promise_ended_at or now, now)
    return _reckon(read(definition, longest), state.promise_from, values, calendar, pauses, until)


def _step(
    definition: Definition,
    state: State,
    values: Values,
    calendar: Calendar,
    pauses: tuple[Pause, ...],
    now: datetime,
) -> Reckoning | None:
    within = definition.step[state.at].within
    duration = limit(definition, within, values, calendar) if within else None
    if duration is None:
        return None
    own = f"step.{state.at}"
    theirs = any(
        p.cause == own for p in pauses
    )  # the applicant's own time does not wait for the applicant's own bill
    others = tuple(p for p in pauses if p.cause != own and not (theirs and p.cause.startswith("bill.")))
    start, away = _stays(state)
    return _reckon(duration, start, values, calendar, (*others, *away), now)


def _stays(state: State) -> tuple[datetime, tuple[Pause, ...]]:
    """When the step's clock began, and the times it stood still because a kept clock was elsewhere in between."""
    start, kept = state.visits[-1].since, state.visits[-1].kept
    away: list[Pause] = []
    for visit in reversed(state.visits[:-1]):
        if not kept:
            break
        if visit.step == state.at and visit.until is not None:
            if visit.until < start:
                away.append(Pause(visit.until, start, "elsewhere"))
            start, kept = visit.since, visit.kept
    return start, tuple(reversed(away))


def correction_clock(
    definition: Definition, state: State, calendar: Calendar, now: datetime
) -> Reckoning | None:
    """The applicant's time to correct, while a correction is open."""
    rule = definition.promise.correction
    if state.correction is None or rule is None:
        return None
    return reckon(read(definition, rule.within), state.correction.asked_at, calendar, now=now)


def _tasks(
    definition: Definition,
    state: State,
    values: Values,
    calendar: Calendar,
    pauses: tuple[Pause, ...],
    now: datetime,
) -> dict[str, Reckoning]:
    """Each open task's limit; it stands still while the file is being corrected. Minutes that await the applicant's
    agreement get the same time once more, from when they were written."""
    found = {}
    corrections = tuple(p for p in pauses if p.cause == "correction")
    for name, task in state.tasks.items():
        within = definition.task[name].within
        duration = limit(definition, within, values, calendar) if within else None
        start = task.opened_at if task.status == "open" else _awaits_since(state, name)
        if task.status in ("open", "answered") and duration is not None:
            reckoned = _reckon(duration, start, values, calendar, corrections, now)
            if reckoned is not None:
                found[name] = reckoned
    return found


def _awaits_since(state: State, task: str) -> datetime | None:
    since = [w.since for w in state.waits if w.cause == f"confirm.{task}" and w.until is None]
    return since[-1] if since else None


def _bills(
    definition: Definition, state: State, values: Values, calendar: Calendar, now: datetime
) -> dict[str, Reckoning]:
    """By when each open bill is to be paid, where its definition says so."""
    found = {}
    for name, bill in state.open_bills().items():
        limit_ = definition.fee.bill[bill.of].due
        reckoned = (
            _reckon(read(definition, limit_), bill.opened_at, values, calendar, (), now) if limit_ else None
        )
        if reckoned is not None:
            found[name] = reckoned
    return found


def _holds(definition: Definition, state: State, calendar: Calendar, now: datetime) -> dict[str, Reckoning]:
    """Until when each slot is kept that is not paid for yet."""
    return {
        name: reckon(read(definition, hold), booked.since, calendar, now=now)
        for name, booked in state.bookings.items()
        if booked.status == "held" and state.is_open and (hold := definition.booking[name].hold) is not None
    }

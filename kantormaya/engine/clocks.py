"""When a case is due, and why: promise and legal maximum are two clocks, the step's and each task's are others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from kantormaya.clock import Calendar, Duration, Extension, Pause, Reckoning, reckon, reckon_anchored
from kantormaya.engine.knowing import known
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
    spans: tuple[Duration, ...] = ()


def limit(definition: Definition, cases: Any, values: Values, calendar: Calendar) -> Duration | None:
    """The limit that holds; while open, the longest that may; None where the source states none."""
    found = choose(cases, values, calendar)
    if isinstance(found, Unknown):
        durations = [d for d in possible(cases, values, calendar) if isinstance(d, Duration)]
        found = max(durations, key=lambda d: (d.unit in ("bulan", "tahun"), d.high), default=None)
    return read(definition, found) if isinstance(found, Duration) else None


def read(definition: Definition, duration: Duration) -> Duration:
    """A duration with the definition's reading of a bare "hari"."""
    hari = definition.promise.reads_hari_as
    return duration.reading(hari) if hari else duration.reading("kerja")


def due(definition: Definition, state: State, calendar: Calendar, now: datetime) -> Clocks:
    """All clocks of a case as of `now`; an open pause is reckoned as if it ended now."""
    values = known(definition, state, calendar)
    pauses = tuple(Pause(wait.since, wait.until, wait.cause) for wait in state.waits)
    return Clocks(
        promise=_promise(definition, state, values, calendar, pauses, now),
        legal=_legal(definition, state, calendar, pauses, now),
        step=_step(definition, state, values, calendar, pauses, now) if state.is_open else None,
        correction=_correction(definition, state, calendar, now),
        tasks=_tasks(definition, state, values, calendar, now),
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
    definition: Definition, state: State, calendar: Calendar, pauses: tuple[Pause, ...], now: datetime
) -> Reckoning | None:
    longest = definition.promise.at_most
    if longest is None or state.promise_from is None:
        return None
    until = state.promise_ended_at or state.ended_at or now
    return reckon(read(definition, longest), state.promise_from, calendar, pauses=pauses, now=min(until, now))


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
    theirs = any(p.cause == own for p in pauses)  # the applicant's own time does not wait for the applicant's own bill
    others = tuple(p for p in pauses if p.cause != own and not (theirs and p.cause.startswith("bill.")))
    return _reckon(duration, _clock_start(state), values, calendar, others, now)


def _clock_start(state: State) -> datetime:
    """When the step's clock began: at this entry, or at the first of the stays that a kept clock joins."""
    start = state.visits[-1].since
    kept = state.visits[-1].kept
    for visit in reversed(state.visits[:-1]):
        if not kept:
            break
        if visit.step == state.at:
            start, kept = visit.since, visit.kept
    return start


def _correction(definition: Definition, state: State, calendar: Calendar, now: datetime) -> Reckoning | None:
    rule = definition.promise.correction
    if state.correction is None or rule is None:
        return None
    return reckon(read(definition, rule.within), state.correction.asked_at, calendar, now=now)


def _tasks(
    definition: Definition, state: State, values: Values, calendar: Calendar, now: datetime
) -> dict[str, Reckoning]:
    found = {}
    for name, task in state.tasks.items():
        within = definition.task[name].within
        duration = limit(definition, within, values, calendar) if within else None
        if task.status == "open" and duration is not None:
            pauses = tuple(Pause(w.since, w.until, w.cause) for w in state.waits if w.cause == "correction")
            reckoned = _reckon(duration, task.opened_at, values, calendar, pauses, now)
            if reckoned is not None:
                found[name] = reckoned
    return found

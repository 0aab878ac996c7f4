"""`apply`: what an event makes of a state. It decides nothing: what was decided stands in the event."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, Literal

from kantormaya.engine.arriving import dropped, fresh_at, passed_over
from kantormaya.engine.billing import bill_of
from kantormaya.engine.events import Event, Kind
from kantormaya.engine.knowing import result
from kantormaya.engine.state import (
    Answer,
    BillState,
    Correction,
    Deficiency,
    Lengthened,
    State,
    TaskState,
    Visit,
    Wait,
)  # fmt: skip
from kantormaya.language.definition import Definition


def apply(definition: Definition, state: State | None, event: Event) -> State:
    """The state after an event. The first event of a case is SUBMITTED, on no state."""
    if state is None:
        if event.kind is not Kind.SUBMITTED:
            raise ValueError("a case begins with a submission")
        return _submitted(definition, event)
    return _APPLIERS[event.kind](definition, _acted(state, event), event)


def _acted(state: State, event: Event) -> State:
    """Who did the work of a step is remembered with the stay, so that four eyes can be told apart."""
    person, here = event.actor.person, state.visits[-1]
    if event.kind not in OF_THE_STEP or person is None or person in here.persons:
        return state
    return replace(state, visits=(*state.visits[:-1], replace(here, persons=(*here.persons, person))))


OF_THE_STEP = (Kind.CHECKED, Kind.RETURNED, Kind.FOUND, Kind.SIGNED, Kind.MOVED)


def replay(definition: Definition, events: Iterable[Event]) -> State:
    """The state that a case's events make."""
    state: State | None = None
    for event in events:
        state = apply(definition, state, event)
    if state is None:
        raise ValueError("a case without events")
    return state


def _submitted(definition: Definition, event: Event) -> State:
    data = event.data
    state = State(
        about=data["about"],
        at="",
        submitted_at=event.at,
        calendar=data["calendar"],
        answers=data["answers"],
        frozen=data.get("frozen", {}),
        requirements=data["requirements"],
        bookings=data.get("slots", {}),
        promise_from=event.at if definition.promise.from_ == "submitted" else data.get("promise_from"),
    )
    return _arrive(definition, _accepted(definition, state, event), event)


def _accepted(definition: Definition, state: State, event: Event) -> State:
    if not event.data.get("accepts"):
        return state
    starts = state.promise_from is None and definition.promise.from_ == "accepted"
    return replace(state, accepted_at=event.at, promise_from=event.at if starts else state.promise_from)


def _arrive(definition: Definition, state: State, event: Event) -> State:
    """Put the pointer where the event says, with what comes along."""
    data, at, to = event.data, event.at, event.data["to"]
    for step in data.get("passed", ()):
        state = passed_over(definition, state, step)
    visits = state.visits
    if visits and visits[-1].until is None:
        visits = (*visits[:-1], replace(visits[-1], until=at))
    state = replace(
        state, at=to, visits=visits, reason=data.get("reason") or state.reason, waits=_ended(state.waits, f"step.{state.at}", at),
    )  # fmt: skip
    state = _let_go(definition, state, to, at)
    return _end(state, event) if to in definition.ends else _enter(definition, state, event)


def _let_go(definition: Definition, state: State, to: str, at: datetime) -> State:
    """Slots still to come are let go at any end, and those of a task when its step is left."""
    gone = {
        name: replace(booked, status="released")
        for name, booked in state.bookings.items()
        if booked.status != "released"
        and (booked.ends_at is None or booked.starts_at > at)
        and (to in definition.ends or _task_ends(definition, name, state))
    }
    return replace(state, bookings={**state.bookings, **gone}) if gone else state


def _task_ends(definition: Definition, booking: str, state: State) -> bool:
    task = state.tasks.get(definition.booking[booking].task or "")
    return task is not None and task.status not in ("open", "answered")


def _end(state: State, event: Event) -> State:
    at = event.at
    return replace(
        _void(state, tuple(state.open_bills()), at),
        ended_at=at,
        waits=tuple(replace(w, until=at) if w.until is None else w for w in state.waits),
        promise_ended_at=state.promise_ended_at or (at if state.promise_from else None),
        deemed=bool(event.data.get("deemed")),
    )


def _void(state: State, names: Iterable[str], at: datetime) -> State:
    bills, waits = dict(state.bills), state.waits
    for name in names:
        bills[name] = replace(bills[name], status="void", settled_at=at)
        waits = _ended(waits, f"bill.{name}", at)
    return replace(state, bills=bills, waits=waits)


def _enter(definition: Definition, state: State, event: Event) -> State:
    data, at, to = event.data, event.at, event.data["to"]
    state = _void(fresh_at(definition, state, to), data.get("voids", ()), at)
    here = definition.tasks_at(to)
    tasks = {name: task for name, task in state.tasks.items() if name not in here}
    for name, asked in data.get("tasks", {}).items():
        tasks[name] = TaskState("open", tuple(asked), {}, at)
    for name in data.get("idle_tasks", ()):
        tasks[name] = TaskState("not_needed")
    waits = (*state.waits, Wait(data["waits"], at)) if "waits" in data else state.waits
    starts = state.promise_from is None and definition.promise.from_ == f"step.{to}"
    state = replace(
        state, tasks=tasks, waits=waits, visits=(*state.visits, Visit(to, at, None, bool(data.get("keep")))),
        promise_from=at if starts else state.promise_from,
    )  # fmt: skip
    return _billed(state, data.get("bills", {}), at)


def _billed(state: State, amounts: Mapping[str, int], at: datetime) -> State:
    """Bills made (the office waits for them) or changed."""
    bills, waits = dict(state.bills), state.waits
    for name, amount in amounts.items():
        if name in bills:
            bills[name] = replace(bills[name], amount=amount)
        else:
            bills[name] = BillState(bill_of(name), amount, "due", at)
            waits = (*waits, Wait(f"bill.{name}", at))
    return replace(state, bills=bills, waits=waits) if amounts else state


def _ended(waits: tuple[Wait, ...], cause: str, at: datetime) -> tuple[Wait, ...]:
    return tuple(replace(w, until=at) if w.cause == cause and w.until is None else w for w in waits)


def _checked(definition: Definition, state: State, event: Event) -> State:
    held = dict(state.requirements)
    for name in event.data.get("fits", ()):
        held[name] = replace(held[name], status="accepted", reason=None)
    for name, reason in event.data.get("deficient", {}).items():
        held[name] = replace(held[name], status="faulty", reason=reason)
    return replace(state, requirements=held)


def _returned(definition: Definition, state: State, event: Event) -> State:
    items = tuple(Deficiency(**item) for item in event.data["items"])
    held = dict(state.requirements)
    for item in items:
        kind, _, name = item.target.partition(".")
        if kind == "requirement":
            held[name] = replace(held[name], status="faulty", reason=item.reason)
    stops = definition.promise.correction is None or definition.promise.correction.clock == "stops"
    return replace(
        state,
        requirements=held,
        correction=Correction(items, event.at, state.at),
        late_returns=state.late_returns + any(item.late for item in items),
        waits=(*state.waits, Wait("correction", event.at)) if stops else state.waits,
    )


def _corrected(definition: Definition, state: State, event: Event) -> State:
    round_ = state.round + 1
    answers = event.data.get("answers", {})
    state = replace(
        state,
        answers={**state.answers, **answers},
        answer_rounds={**state.answer_rounds, **dict.fromkeys(answers, round_)},
        correction=None,
        round=round_,
        waits=_ended(state.waits, "correction", event.at),
    )
    return _changed(state, event)


def _given(definition: Definition, state: State, event: Event) -> State:
    return replace(state, requirements={**state.requirements, **event.data["requirements"]})


def _found(definition: Definition, state: State, event: Event) -> State:
    return _changed(replace(state, facts={**state.facts, **event.data["facts"]}), event)


def _changed(state: State, event: Event) -> State:
    """What follows from new answers or facts, as it was decided then: requirements, bills, refunds, the promise's start."""
    data = event.data
    state = replace(
        state,
        requirements={**state.requirements, **data.get("requirements", {})},
        frozen=data.get("frozen", state.frozen),
        refunds={**state.refunds, **data["refunds"]} if "refunds" in data else state.refunds,
        promise_from=data.get("promise_from", state.promise_from),
        bookings={**state.bookings, **data["slots"]} if "slots" in data else state.bookings,
    )
    return _billed(_void(state, data.get("voids", ()), event.at), data.get("bills", {}), event.at)


def _booked(definition: Definition, state: State, event: Event) -> State:
    data = event.data
    state = _changed(replace(state, answers={**state.answers, **data.get("answers", {})}), event)
    task = definition.booking[data["booking"]].task
    return _task(state, task, scheduled_for=data["slots"][data["booking"]].starts_at) if task else state


def _released(definition: Definition, state: State, event: Event) -> State:
    name = event.data["booking"]
    gone = replace(state.bookings[name], status="released")
    state = _changed(replace(state, bookings={**state.bookings, name: gone}), event)
    task = definition.booking[name].task
    return _task(state, task, scheduled_for=None) if task else state


def _task(state: State, name: str, **changes: Any) -> State:
    return replace(state, tasks={**state.tasks, name: replace(state.tasks[name], **changes)})


def _scheduled(definition: Definition, state: State, event: Event) -> State:
    return _task(state, event.data["task"], scheduled_for=event.data["on"])


def _asked(definition: Definition, state: State, event: Event) -> State:
    fresh = TaskState("open", tuple(event.data["asked"]), {}, event.at)
    return replace(state, tasks={**state.tasks, event.data["task"]: fresh})


def _shown(definition: Definition, state: State, event: Event) -> State:
    name = event.data["task"]
    return _task(state, name, proofs=(*state.tasks[name].proofs, *event.data["pictures"]))


def _answered(definition: Definition, state: State, event: Event) -> State:
    data = event.data
    name = data["task"]
    proofs = tuple(data.get("proofs", ()))
    answer = Answer(data["answer"], event.at, data.get("note"), tuple(data.get("files", ())), proofs)
    state = _task(state, name, answers={**state.tasks[name].answers, data["from"]: answer})
    if "facts" in data:
        state = _found(definition, state, event)
    if not data.get("completes"):
        return state
    if data.get("awaits_confirmation"):
        state = _task(state, name, status="answered")
        return replace(state, waits=(*state.waits, Wait(f"confirm.{name}", event.at)))
    return _close(definition, state, name, "closed")


def _close(definition: Definition, state: State, name: str, status: str) -> State:
    return _task(state, name, status=status, result=result(definition.task[name], state.tasks[name]))


def _confirmed(definition: Definition, state: State, event: Event) -> State:
    name = event.data["task"]
    state = replace(state, waits=_ended(state.waits, f"confirm.{name}", event.at))
    return _close(definition, state, name, "closed")


def _moved(definition: Definition, state: State, event: Event) -> State:
    data = event.data
    state = _accepted(definition, state, event)
    if "defaults" in data:
        state = replace(state, facts={**state.facts, **data["defaults"]})
    if data.get("ends_promise") and state.promise_ended_at is None:
        state = replace(state, promise_ended_at=event.at)
    if "counts" in data:
        rounds = {**state.rounds, data["counts"]: state.rounds.get(data["counts"], 0) + 1}
        state = replace(state, rounds=rounds)
    return _arrive(definition, _left(definition, state, event.at), event)


def _left(definition: Definition, state: State, at: datetime) -> State:
    """What hung on the step and was not finished is not needed any more; nobody waits for it."""
    gone = dropped(definition, state)
    waits = state.waits
    for cause in (*(f"confirm.{name}" for name in gone), "correction"):
        waits = _ended(waits, cause, at)
    return replace(state, waits=waits, tasks={**state.tasks, **gone}, correction=None)


def _signed(definition: Definition, state: State, event: Event) -> State:
    return replace(state, signed={**state.signed, event.data["product"]: event.data.get("number") or ""})


def _settled(status: Literal["paid", "waived"]) -> Callable[[Definition, State, Event], State]:
    def settle(definition: Definition, state: State, event: Event) -> State:
        name = event.data["bill"]
        bill = replace(state.bills[name], status=status, settled_at=event.at)
        return replace(
            state,
            bills={**state.bills, name: bill},
            bookings={**state.bookings, **event.data.get("slots", {})},
            waits=_ended(state.waits, f"bill.{name}", event.at),
        )

    return settle


def _extended(definition: Definition, state: State, event: Event) -> State:
    added = Lengthened(event.data["duration"], event.data["reason"], event.at)
    return replace(state, extensions=(*state.extensions, added))


def _recalculated(definition: Definition, state: State, event: Event) -> State:
    return replace(state, calendar=event.data["calendar"])


def _rekeyed(definition: Definition, state: State, event: Event) -> State:
    return state  # the PIN is no part of what a case is


def _told(definition: Definition, state: State, event: Event) -> State:
    return replace(state, told=state.told | {event.data["key"]})


def _timed_out(definition: Definition, state: State, event: Event) -> State:
    name = event.data["task"]
    answers = dict(state.tasks[name].answers)
    for key in event.data["silent"]:
        answers[key] = Answer(event.data["counts_as"], event.at)
    state = replace(
        _task(state, name, answers=answers), waits=_ended(state.waits, f"confirm.{name}", event.at)
    )
    return _close(definition, state, name, "timed_out")


_APPLIERS: dict[Kind, Callable[[Definition, State, Event], State]] = {
    Kind.CHECKED: _checked,
    Kind.RETURNED: _returned,
    Kind.CORRECTED: _corrected,
    Kind.GIVEN: _given,
    Kind.FOUND: _found,
    Kind.SCHEDULED: _scheduled,
    Kind.ASKED: _asked,
    Kind.SHOWN: _shown,
    Kind.ANSWERED: _answered,
    Kind.CONFIRMED: _confirmed,
    Kind.MOVED: _moved,
    Kind.SIGNED: _signed,
    Kind.BOOKED: _booked,
    Kind.RELEASED: _released,
    Kind.PAID: _settled("paid"),
    Kind.WAIVED: _settled("waived"),
    Kind.EXTENDED: _extended,
    Kind.RECALCULATED: _recalculated,
    Kind.REKEYED: _rekeyed,
    Kind.REMINDED: _told,
    Kind.ESCALATED: _told,
    Kind.TIMED_OUT: _timed_out,
    Kind.WITHDRAWN: _moved,
    Kind.LAPSED: _moved,
}

"""`apply`: what an event makes of a state. It decides nothing: what was decided stands in the event."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any, Literal

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
    return _APPLIERS[event.kind](definition, state, event)


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
        requirements=data["requirements"],
        answer_rounds={},
        promise_from=event.at if definition.promise.from_ == "submitted" else None,
    )
    return _arrive(definition, state, event)


def _arrive(definition: Definition, state: State, event: Event) -> State:
    """Put the pointer where the event says, with what comes along."""
    data, at = event.data, event.at
    to = data["to"]
    visits = state.visits
    if visits and visits[-1].until is None:
        visits = (*visits[:-1], replace(visits[-1], until=at, person=event.actor.person))
    waits = _ended(state.waits, f"step.{state.at}", at)
    facts = dict(state.facts)
    for passed in data.get("passed", ()):
        facts.update(
            {
                name: None
                for name, field in definition.facts.items()
                if field.step == passed and name not in facts
            }
        )
    if to in definition.ends:
        return replace(
            state, at=to, visits=visits, facts=facts, ended_at=at, reason=data.get("reason") or state.reason,
            waits=tuple(replace(w, until=at) if w.until is None else w for w in waits), correction=None,
            bills={n: replace(b, status="void", settled_at=at) if b.status == "due" else b for n, b in state.bills.items()},
            promise_ended_at=state.promise_ended_at or (at if state.promise_from else None), deemed=bool(data.get("deemed")),
        )  # fmt: skip
    tasks = dict(state.tasks)
    for name, asked in data.get("tasks", {}).items():
        tasks[name] = TaskState("open", tuple(asked), {}, at)
    for name in data.get("idle_tasks", ()):
        tasks[name] = TaskState("not_needed")
    bills = dict(state.bills)
    for name, amount in data.get("bills", {}).items():
        bills[name] = BillState(_bill_of(definition, name), amount, "due", at)
        waits = (*waits, Wait(f"bill.{name}", at))
    if "waits" in data:
        waits = (*waits, Wait(data["waits"], at))
    visits = (*visits, Visit(to, at, None, bool(data.get("keep"))))
    starts = state.promise_from is None and definition.promise.from_ == f"step.{to}"
    return replace(
        state, at=to, visits=visits, waits=waits, facts=facts, tasks=tasks, bills=bills, reason=data.get("reason") or state.reason,
        promise_from=at if starts else state.promise_from,
    )  # fmt: skip


def _bill_of(definition: Definition, name: str) -> str:
    return name if name in definition.fee.bill else name.rsplit("_", 1)[0]


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
    return replace(
        state,
        answers={**state.answers, **event.data.get("answers", {})},
        answer_rounds={**state.answer_rounds, **dict.fromkeys(event.data.get("answers", {}), round_)},
        requirements={**state.requirements, **event.data["requirements"]},
        correction=None,
        round=round_,
        waits=_ended(state.waits, "correction", event.at),
    )


def _given(definition: Definition, state: State, event: Event) -> State:
    return replace(state, requirements={**state.requirements, **event.data["requirements"]})


def _found(definition: Definition, state: State, event: Event) -> State:
    bills = dict(state.bills)
    for name, amount in event.data.get("bills", {}).items():
        bills[name] = replace(bills[name], amount=amount)
    return replace(
        state,
        facts={**state.facts, **event.data["facts"]},
        requirements={**state.requirements, **event.data.get("requirements", {})},
        bills=bills,
        refunds={**state.refunds, **event.data.get("refunds", {})},
    )


def _task(state: State, name: str, **changes: Any) -> State:
    return replace(state, tasks={**state.tasks, name: replace(state.tasks[name], **changes)})


def _scheduled(definition: Definition, state: State, event: Event) -> State:
    return _task(state, event.data["task"], scheduled_for=event.data["on"])


def _asked(definition: Definition, state: State, event: Event) -> State:
    return _task(
        state,
        event.data["task"],
        status="open",
        asked=tuple(event.data["asked"]),
        answers={},
        opened_at=event.at,
    )


def _answered(definition: Definition, state: State, event: Event) -> State:
    data = event.data
    name = data["task"]
    answer = Answer(data["answer"], event.at, data.get("note"), tuple(data.get("files", ())))
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
    data, left = event.data, state.at
    if data.get("accepts"):
        state = replace(state, accepted_at=event.at)
        if state.promise_from is None and definition.promise.from_ == "accepted":
            state = replace(state, promise_from=event.at)
    if "defaults" in data:
        state = replace(state, facts={**state.facts, **data["defaults"]})
    if data.get("ends_promise") and state.promise_ended_at is None:
        state = replace(state, promise_ended_at=event.at)
    if "counts" in data:
        state = replace(
            state, rounds={**state.rounds, data["counts"]: state.rounds.get(data["counts"], 0) + 1}
        )
    unfinished = {n: replace(t, status="not_needed") for n, t in state.tasks.items()
                  if t.status in ("open", "answered") and definition.task[n].step == left}  # fmt: skip
    if unfinished:
        state = replace(state, tasks={**state.tasks, **unfinished})
    return _arrive(definition, state, event)


def _signed(definition: Definition, state: State, event: Event) -> State:
    return replace(state, signed={**state.signed, event.data["product"]: event.data.get("number") or ""})


def _settled(status: Literal["paid", "waived"]) -> Callable[[Definition, State, Event], State]:
    def settle(definition: Definition, state: State, event: Event) -> State:
        name = event.data["bill"]
        bill = replace(state.bills[name], status=status, settled_at=event.at)
        return replace(
            state, bills={**state.bills, name: bill}, waits=_ended(state.waits, f"bill.{name}", event.at)
        )

    return settle


def _extended(definition: Definition, state: State, event: Event) -> State:
    added = Lengthened(event.data["duration"], event.data["reason"], event.at)
    return replace(state, extensions=(*state.extensions, added))


def _recalculated(definition: Definition, state: State, event: Event) -> State:
    return replace(state, calendar=event.data["calendar"])


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
    Kind.ANSWERED: _answered,
    Kind.CONFIRMED: _confirmed,
    Kind.MOVED: _moved,
    Kind.SIGNED: _signed,
    Kind.PAID: _settled("paid"),
    Kind.WAIVED: _settled("waived"),
    Kind.EXTENDED: _extended,
    Kind.RECALCULATED: _recalculated,
    Kind.REMINDED: _told,
    Kind.ESCALATED: _told,
    Kind.TIMED_OUT: _timed_out,
    Kind.WITHDRAWN: _moved,
    Kind.LAPSED: _moved,
}

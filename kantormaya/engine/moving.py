"""The pointer goes on: forward when every need is met, or by a named move."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from kantormaya.clock import Calendar
from kantormaya.engine.arriving import arrival
from kantormaya.engine.clocks import correction_clock
from kantormaya.engine.events import SYSTEM, Actor, Event, Kind, Refused
from kantormaya.engine.knowing import known
from kantormaya.engine.needs import unmet
from kantormaya.engine.state import State
from kantormaya.engine.ways import FORWARD, exits, free_of_needs, needs_reason
from kantormaya.engine.yours import ENDED, mine
from kantormaya.language.definition import Definition
from kantormaya.language.evaluating import Values, holds
from kantormaya.language.texts import Text


def why_not(
    definition: Definition, state: State, move: str, values: Values, calendar: Calendar, at: datetime
) -> Text | None:
    """Why a way out is closed now, or None."""
    rule = definition.step[state.at].move.get(move)
    if (
        rule is not None
        and rule.rounds is not None
        and state.rounds.get(f"{state.at}.{move}", 0) >= rule.rounds
    ):
        return Text(
            "Cara ini sudah dipakai {n} kali, batasnya tercapai.",
            "This has been used {n} times, its limit.",
        ).format(n=rule.rounds)
    if free_of_needs(definition, state.at, move):
        if _is_the_applicants(definition, state, calendar, at):
            return Text(
                "Tunggu: berkas sedang diperbaiki pemohon.", "Wait: the applicant is correcting the file."
            )
        return None
    open_ = unmet(definition, state, values, calendar, at)
    return open_[0].text if open_ else None


def _is_the_applicants(definition: Definition, state: State, calendar: Calendar, at: datetime) -> bool:
    """Whether the applicant's time to correct is still running; where it has no limit, the office may decide."""
    clock = correction_clock(definition, state, calendar, at)
    return clock is not None and at < clock.due_at


def move(
    definition: Definition,
    state: State,
    actor: Actor,
    name: str = FORWARD,
    *,
    reason: str = "",
    at: datetime,
    calendar: Calendar,
) -> Event:
    """The pointer goes on: forward, or by a named move; refuses with the first need that is not met."""
    if not state.is_open:
        raise Refused(ENDED)
    step = definition.step[state.at]
    if name not in exits(definition, step):
        raise Refused(
            Text("Jalan itu tidak ada pada langkah ini.", "There is no such way on from this step.")
        )
    values = known(definition, state, calendar)
    rule = step.move.get(name)
    if rule is not None and rule.by:
        if actor.role not in (*rule.by, SYSTEM):
            raise Refused(Text("Ini bukan wewenang Anda.", "This is not yours to do."))
    else:
        mine(definition, state, actor, calendar)
    if rule is not None and holds(rule.when, values, calendar) is not True:
        raise Refused(
            Text("Jalan itu tidak berlaku untuk perkara ini.", "That way does not apply to this case.")
        )
    if needs_reason(definition, step, name) and not reason.strip():
        raise Refused(Text("Tuliskan alasannya.", "Write the reason."))
    closed = why_not(definition, state, name, values, calendar, at)
    if closed is not None:
        raise Refused(closed)
    return Event(Kind.MOVED, at, actor, departure(definition, state, name, calendar, at, reason))


def departure(
    definition: Definition, state: State, name: str, calendar: Calendar, at: datetime, reason: str = ""
) -> dict[str, Any]:
    """The data of leaving a step by a way out: what leaving decides, and what arriving brings."""
    step, here = definition.step[state.at], state.at
    data: dict[str, Any] = {"from": here, "move": name}
    if reason.strip():
        data["reason"] = reason.strip()
    rule = step.move.get(name)
    if rule is not None and rule.rounds is not None:
        data["counts"] = f"{here}.{name}"
    if rule is not None and rule.clock == "keep":
        data["keep"] = True
    if not free_of_needs(definition, here, name):
        if here == definition.accepting_step and state.accepted_at is None:
            data["accepts"] = True
            state = replace(state, accepted_at=at)
        if step.ends_promise:
            data["ends_promise"] = True
        blank = {n: f.default for n, f in definition.facts.items() if f.step == here and n not in state.facts}
        if blank:
            data["defaults"] = blank
            state = replace(state, facts={**state.facts, **blank})
    return data | arrival(definition, state, exits(definition, step)[name], calendar)

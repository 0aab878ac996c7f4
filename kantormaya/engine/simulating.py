"""A case under a simulated clock: acts by name, time that passes, and what follows by itself. No database, no wall clock."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from kantormaya.clock import Calendar, Duration, reckon
from kantormaya.engine import applicant, office, showing, tasks
from kantormaya.engine import booking as slots
from kantormaya.engine.applying import apply
from kantormaya.engine.clocks import Clocks, due
from kantormaya.engine.events import Actor, Event, Kind, Refused
from kantormaya.engine.fees import Quote, quote
from kantormaya.engine.following import following
from kantormaya.engine.knowing import known
from kantormaya.engine.passing import passed, wakes_at
from kantormaya.engine.requiring import BY_OFFICE, is_due, is_tested, seen_by_office
from kantormaya.engine.slots import Slot
from kantormaya.engine.state import Proof, State
from kantormaya.language.asking import Requirement
from kantormaya.language.definition import Definition
from kantormaya.language.evaluating import About
from kantormaya.language.texts import Text

PATIENCE = timedelta(days=4000)
"""How far a silence is followed before it is said to lead nowhere."""


@dataclass
class Simulation:
    """One simulated case. `act` does one thing at a time; `events` is what a real case would hold."""

    definition: Definition
    calendar: Calendar
    now: datetime
    state: State | None = None
    events: list[Event] = field(default_factory=list)

    def submit(
        self, about: About, answers: Mapping[str, Any], given: Mapping[str, Any] | None = None
    ) -> None:
        """Hand the case in; whatever must be given and is not named is given."""
        event = applicant.submit(
            self.definition,
            about,
            answers,
            handed_in(self.definition, given),
            at=self.now,
            calendar=self.calendar,
        )
        self._happen(event)

    def act(self, name: str, actor: Actor, **what: Any) -> None:
        """One act by its name (see ACTS); raises Refused when the engine refuses it."""
        if self.state is None:
            raise Refused(Text("Perkara belum diajukan.", "The case has not been submitted."))
        self._happen(ACTS[name](self, actor, **what))

    def _happen(self, event: Event | None) -> None:
        while event is not None:
            self.state = apply(self.definition, self.state, event)
            self.events.append(event)
            event = following(self.definition, self.state, event, self.calendar)

    def wait(self, duration: Duration) -> None:
        """Let time pass, and with it whatever time causes."""
        until = reckon(duration, self.now, self.calendar, now=self.now).due_at
        self.wait_until(until or self.now)

    def wait_until(self, until: datetime) -> None:
        """Let time pass up to an instant, doing at each moment what time causes then."""
        while self.state is not None and self.state.is_open:
            self._caused()
            wake = wakes_at(self.definition, self.state, self.calendar, self.now)
            if wake is None or wake > until:
                break
            self.now = wake
        self.now = max(self.now, until)
        self._caused()

    def _caused(self) -> None:
        while self.state is not None:
            event = passed(self.definition, self.state, self.calendar, self.now)
            if event is None:
                return
            self._happen(event)

    def silence(self) -> None:
        """Wait until silence has done more than remind somebody, or the end of patience."""
        assert self.state is not None
        end = self.now + PATIENCE
        while self.state.is_open:
            wake = wakes_at(self.definition, self.state, self.calendar, self.now)
            if wake is None or wake > end:
                raise Refused(
                    Text("Diam tidak membawa perkara ke mana pun.", "Silence leads this case nowhere.")
                )
            self.now, before = wake, len(self.events)
            self._caused()
            if any(event.kind not in (Kind.REMINDED, Kind.ESCALATED) for event in self.events[before:]):
                return

    def clocks(self) -> Clocks:
        """All clocks as of the simulated now."""
        assert self.state is not None
        return due(self.definition, self.state, self.calendar, self.now)

    def fee(self) -> Quote:
        """The fee as far as it is known."""
        assert self.state is not None
        return quote(self.definition, known(self.definition, self.state, self.calendar), self.calendar)


def handed_in(definition: Definition, given: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Something for every requirement one can hand in: named by `given`, else a stand-in file."""
    found: dict[str, Any] = {}
    for name, item in definition.requirement.items():
        if item.kind in BY_OFFICE or is_tested(item) or not item.asked_at_submission:
            continue
        found[name] = _stand_in(name, item)
    return found | dict(given or {})


def _stand_in(name: str, item: Requirement, number: str = "") -> Any:
    if item.kind in ("statement", "check"):
        return True
    count = max([item.count, *(member.count for member in item.one_of.values())])
    return (f"{name}{number}.pdf", *(f"{name}{number}-{n + 1}.pdf" for n in range(1, count)))


def _named(definition: Definition, give: Any, number: str = "") -> Mapping[str, Any]:
    """What is handed in: as it was written, or a stand-in for each requirement of a list."""
    if isinstance(give, Mapping):
        return give
    return {n: _stand_in(n, definition.requirement[n], number) for n in give if n in definition.requirement}


def _check(
    sim: Simulation, actor: Actor, fits: Any = (), deficient: Mapping[str, str] | None = None
) -> Event:
    assert sim.state is not None
    deficient = deficient or {}
    if fits == "all":
        fits = tuple(name for name in _looked_at(sim) if name not in deficient)
    return office.check(
        sim.definition,
        sim.state,
        actor,
        fits=tuple(fits),
        deficient=deficient,
        at=sim.now,
        calendar=sim.calendar,
    )


def _looked_at(sim: Simulation) -> list[str]:
    """Whatever lies on the table now, and what only the office can look up or see."""
    assert sim.state is not None
    items = sim.definition.requirement
    return [
        name for name, held in sim.state.requirements.items()
        if not is_tested(items[name]) and (
            held.status in ("given", "faulty")
            or (held.status == "missing" and seen_by_office(items[name]) and is_due(sim.definition, sim.state, name))
        )
    ]  # fmt: skip


def _return(sim: Simulation, actor: Actor, items: Mapping[str, str] | None = None) -> Event:
    assert sim.state is not None
    return office.give_back(sim.definition, sim.state, actor, items, at=sim.now, calendar=sim.calendar)


def _correct(
    sim: Simulation, actor: Actor, give: Any = None, answers: Mapping[str, Any] | None = None
) -> Event:
    assert sim.state is not None
    given = handed_in(sim.definition) if give is None else _named(sim.definition, give, "-2")
    return applicant.correct(
        sim.definition, sim.state, answers or {}, given, at=sim.now, calendar=sim.calendar
    )


def _give(sim: Simulation, actor: Actor, give: Any = ()) -> Event:
    assert sim.state is not None
    return applicant.give(
        sim.definition, sim.state, _named(sim.definition, give), at=sim.now, calendar=sim.calendar
    )


def _find(sim: Simulation, actor: Actor, facts: Mapping[str, Any]) -> Event:
    assert sim.state is not None
    return office.find(sim.definition, sim.state, actor, facts, at=sim.now, calendar=sim.calendar)


def _move(sim: Simulation, actor: Actor, to: str = office.FORWARD, reason: str = "") -> Event:
    assert sim.state is not None
    return office.move(sim.definition, sim.state, actor, to, reason=reason, at=sim.now, calendar=sim.calendar)


def _sign(sim: Simulation, actor: Actor, product: str) -> Event:
    assert sim.state is not None
    return office.sign(
        sim.definition, sim.state, actor, product, f"SIM-{len(sim.events)}", at=sim.now, calendar=sim.calendar
    )


def _pay(sim: Simulation, actor: Actor, bill: str) -> Event:
    assert sim.state is not None
    return office.settle(sim.definition, sim.state, bill, at=sim.now)


def _waive(sim: Simulation, actor: Actor, bill: str, reason: str) -> Event:
    assert sim.state is not None
    return office.waive(sim.definition, sim.state, actor, bill, reason, at=sim.now, calendar=sim.calendar)


def _extend(sim: Simulation, actor: Actor, reason: str) -> Event:
    assert sim.state is not None
    return office.extend(sim.definition, sim.state, actor, reason, at=sim.now, calendar=sim.calendar)


def _withdraw(sim: Simulation, actor: Actor, reason: str = "") -> Event:
    assert sim.state is not None
    return applicant.withdraw(sim.definition, sim.state, reason, at=sim.now)


def _confirm(sim: Simulation, actor: Actor, task: str) -> Event:
    assert sim.state is not None
    return applicant.confirm(sim.definition, sim.state, task, at=sim.now)


def _show(sim: Simulation, actor: Actor, task: str, pictures: int = 1) -> Event:
    assert sim.state is not None
    before = len(sim.state.tasks[task].proofs) if task in sim.state.tasks else 0
    shown = [
        Proof(f"{task}-{before + n}.jpg", "0" * 64, "CON-TOH", sim.now) for n in range(1, int(pictures) + 1)
    ]
    return showing.show(sim.definition, sim.state, task, shown, at=sim.now)


def _ask(sim: Simulation, actor: Actor, task: str, agencies: Any = ()) -> Event:
    assert sim.state is not None
    return tasks.ask(
        sim.definition, sim.state, actor, task, tuple(agencies), at=sim.now, calendar=sim.calendar
    )


def _schedule(sim: Simulation, actor: Actor, task: str, on: datetime | None = None) -> Event:
    assert sim.state is not None
    on = on or sim.now + timedelta(days=1)
    return tasks.schedule(
        sim.definition, sim.state, actor, task, on.astimezone(UTC), at=sim.now, calendar=sim.calendar
    )


def _answer(
    sim: Simulation,
    actor: Actor,
    task: str,
    answer: str,
    agency: str | None = None,
    note: str = "",
    facts: Mapping[str, Any] | None = None,
) -> Event:
    assert sim.state is not None
    return tasks.answer(
        sim.definition,
        sim.state,
        actor,
        task,
        answer,
        note=note,
        facts=facts,
        agency=agency,
        at=sim.now,
        calendar=sim.calendar,
    )


def _book(sim: Simulation, actor: Actor, booking: str, on: datetime, session: str = "") -> Event:
    assert sim.state is not None
    slot = Slot(on.astimezone(UTC), None, session)
    return slots.book(sim.definition, sim.state, actor, booking, slot, at=sim.now, calendar=sim.calendar)


def _release(sim: Simulation, actor: Actor, booking: str, reason: str = "") -> Event:
    assert sim.state is not None
    return slots.release(sim.definition, sim.state, actor, booking, reason, at=sim.now, calendar=sim.calendar)


ACTS: dict[str, Callable[..., Event]] = {
    "check": _check, "return": _return, "correct": _correct, "give": _give, "find": _find, "move": _move, "sign": _sign,
    "pay": _pay, "waive": _waive, "extend": _extend, "withdraw": _withdraw, "confirm": _confirm, "ask": _ask,
    "schedule": _schedule, "show": _show, "answer": _answer, "book": _book,
    "release": _release,
}  # fmt: skip
"""Every act by the name a walk calls it."""

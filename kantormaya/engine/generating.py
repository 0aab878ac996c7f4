"""Walks for a definition that has none: sample answers, and a way to each outcome found by trying."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from kantormaya.clock import Calendar
from kantormaya.engine.choices import Choice, moves
from kantormaya.engine.events import APPLICANT, SYSTEM, Actor, Refused
from kantormaya.engine.knowing import known, local_date, role_at
from kantormaya.engine.requiring import to_give
from kantormaya.engine.simulating import Simulation, handed_in
from kantormaya.engine.slots import answers_of, earliest, offered
from kantormaya.engine.tasks import runs_until
from kantormaya.engine.walking import AN_HOUR, Walk, Walked
from kantormaya.engine.ways import FORWARD, exits
from kantormaya.expressions import Expression, Unknown
from kantormaya.language.asking import Field
from kantormaya.language.definition import Definition
from kantormaya.language.evaluating import About, DefinitionFault, Values, alternatives, evaluate, holds
from kantormaya.language.texts import Text

LONGEST = 60
"""Steps after which a generated walk gives up."""


@dataclass(frozen=True)
class Aim:
    """What a generated walk tries: a variant, and the outcome it heads for."""

    variant: str | None
    outcome: str


def aims(definition: Definition) -> list[Aim]:
    """The plain way for each variant, and one walk to each other outcome."""
    variants: list[str | None] = list(definition.variants) or [None]
    good = [
        name for name, end in definition.outcome.items() if end.means not in ("refused", "referred", "lapsed")
    ]
    first = good[:1] or list(definition.outcome)[:1]
    plain = [Aim(variant, first[0]) for variant in variants] if first else []
    others = [Aim(variants[0], name) for name in [*definition.outcome, "withdrawn"] if name not in first]
    return plain + others


def generate(definition: Definition, calendar: Calendar, start: datetime) -> Iterator[Walked]:
    """A played walk for each aim; a walk that does not arrive says where it stopped."""
    for aim in aims(definition):
        yield _reach(definition, aim, calendar, start)


def _reach(definition: Definition, aim: Aim, calendar: Calendar, start: datetime) -> Walked:
    title = f"{aim.variant or definition.slug} → {aim.outcome}"
    sim, about = Simulation(definition, calendar, start), about_for(definition, aim.variant)
    answers: dict[str, Any] = {}
    try:
        answers = sample_answers(definition, about, calendar, start)
        sim.submit(about, answers, sample_given(definition, about, answers, calendar, start))
        for _ in range(LONGEST):
            if sim.state is None or not sim.state.is_open:
                break
            sim.wait(AN_HOUR)
            if aim.outcome == "withdrawn":
                sim.act("withdraw", Actor(APPLICANT), reason="—")
            elif not _one_more(sim, aim.outcome):
                break
    except (Refused, DefinitionFault, ValueError) as wrong:
        said = wrong.text if isinstance(wrong, Refused) else Text(str(wrong), str(wrong))
        return Walked(Walk(title, start, about, answers), sim, (said,))
    arrived = sim.state is not None and sim.state.at == aim.outcome
    stuck = Text("berhenti di {at}", "stopped at {at}").format(at=sim.state.at if sim.state else "")
    return Walked(Walk(title, start, about, answers), sim, () if arrived else (stuck,))


def about_for(definition: Definition, variant: str | None) -> About:
    """The plainest applicant a definition allows."""
    party = definition.party.get("applicant")
    return About(variant, definition.channels[0], (*party.kinds, None)[0] if party else "perorangan")


def sample_answers(
    definition: Definition,
    about: About,
    calendar: Calendar,
    at: datetime,
    prefer: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """An answer to each question that is asked, one after the other as conditions open them; the preferred ones first."""
    prefer = prefer or {}
    today, answers = local_date(at, calendar), dict[str, Any]()
    for _ in range(len(definition.questions) + 1):
        values = evaluate(definition, about, answers, {}, submitted_on=today, calendar=calendar)
        for name, field in definition.questions.items():
            bounds = {bounded for bound in (field.min, field.max) if bound for bounded in bound.names}
            waits = bounds & (definition.questions.keys() - answers.keys())  # a date "not before" another one
            if name not in answers and not waits and holds(field.when, values, calendar) is True:
                answers[name] = prefer[name] if name in prefer else sample(field, values, calendar, at)
                answers |= in_a_slot(definition, name, calendar, at)
    return answers


def in_a_slot(definition: Definition, field: str, calendar: Calendar, at: datetime) -> dict[str, Any]:
    """For a question that asks for a time: the first one of the second day that can still be booked."""
    for rule in definition.booking.values():
        if rule.task is None and field in (rule.day, rule.moment):
            day = calendar.next_workday(local_date(earliest(definition, rule, calendar, at), calendar))
            slot = next(offered(rule, calendar, day), None)
            return answers_of(rule, slot, calendar) if slot else {}
    return {}


def sample(field: Field, values: Any, calendar: Calendar, at: datetime) -> Any:
    """A plausible answer of the field's type within its bounds."""
    today = local_date(at, calendar)
    seen = {**values, "today": today}
    low, high = _bound(field.min, seen, calendar), _bound(field.max, seen, calendar)
    if field.type in ("number", "money"):
        return low if low is not None else (min(1.0, high) if isinstance(high, (int, float)) else 1)
    if field.type == "date":
        if isinstance(low, date) and high is None:
            return low + timedelta(days=800)  # what must not be over yet usually holds for a while
        return low or high or today + timedelta(days=30)
    plain: dict[str, Any] = {
        "text": "contoh", "long_text": "contoh", "moment": at + timedelta(days=14), "yes_no": False,
        "place": {"lat": -2.88, "lon": 103.83, "address": "contoh", "village": "16.06.01.1012"}, "region": "16.06.01.1012",
        "nik": "9906015708900001", "nib": "0000000000001", "npwp": "9906015708900001", "nip": "199008172015032001", "phone": "+6281200000000", "email": "pemohon@contoh.example",
    }  # fmt: skip
    if field.type == "choice":
        return next(iter(field.choices))
    if field.type == "choices":
        return (next(iter(field.choices)),)
    if field.type == "rows":
        return ({name: sample(column, values, calendar, at) for name, column in field.columns.items()},)
    return plain[field.type]


def _bound(bound: Expression | None, values: Any, calendar: Calendar) -> Any:
    found = bound.evaluate(values, calendar) if bound else None
    return None if isinstance(found, Unknown) else found


def sample_given(
    definition: Definition, about: About, answers: Any, calendar: Calendar, at: datetime
) -> dict[str, Any]:
    """A stand-in for each requirement of the application; of alternatives the first that is open."""
    values = evaluate(
        definition, about, answers, {}, submitted_on=local_date(at, calendar), calendar=calendar
    )
    values = dict.fromkeys(definition.questions) | values
    return _sampled(definition, tuple(handed_in(definition)), values, calendar)


def _one_more(sim: Simulation, goal: str) -> bool:
    """Do the next sensible thing towards the goal; False when there is nothing to do."""
    assert sim.state is not None
    definition, state, calendar = sim.definition, sim.state, sim.calendar
    led_to = {to for step in definition.step.values() for to in exits(definition, step).values()}
    if definition.ends[goal].means == "lapsed" and goal not in led_to:
        return _fall_silent(sim)
    values = known(definition, state, calendar)
    role = role_at(definition, state.at, values, calendar)
    actor = Actor(role, None if role in (APPLICANT, SYSTEM) else definition.agency_at(state.at))
    open_ = [c for c in moves(definition, state, actor, calendar, sim.now) if c.refused is None]
    ways = {c.id: exits(definition, definition.step[state.at])[c.id] for c in open_ if c.act == "move"}
    ways = dict(
        sorted(ways.items(), key=lambda way: (_distance(definition, way[1], goal), way[0] != FORWARD))
    )
    best = next(iter(ways), None)
    plain = _distance(definition, definition.step[state.at].then or "", goal)
    if best is not None and best != FORWARD and _distance(definition, ways[best], goal) < plain:
        sim.act("move", actor, to=best, reason="contoh")
        return True
    if _others_first(sim) or _work_at_hand(sim, actor, open_):
        return True
    if best is not None:
        sim.act("move", actor, to=best, reason="contoh")
    return best is not None


def _others_first(sim: Simulation) -> bool:
    """What the case waits for from others: agreement, answers, money."""
    assert sim.state is not None
    for name, task in sim.state.tasks.items():
        if task.status == "answered":
            sim.act("confirm", Actor(APPLICANT), task=name)
            return True
        if task.status == "open":
            return _answer(sim, name)
    for bill in sim.state.open_bills():
        sim.act("pay", Actor(APPLICANT), bill=bill)
        return True
    return False


def _work_at_hand(sim: Simulation, actor: Actor, open_: list[Choice]) -> bool:
    """What whoever has the step does before going on: find, check, give, sign."""
    assert sim.state is not None
    definition, state = sim.definition, sim.state
    values = known(definition, state, sim.calendar)
    wanting = [n for n, f in definition.facts.items() if f.step == state.at and n not in values]
    if wanting and actor.role != APPLICANT:
        found = {n: sample(definition.facts[n], values, sim.calendar, sim.now) for n in wanting}
        sim.act("find", actor, facts=found)
        return True
    unchecked = any(held.status in ("given", "missing", "faulty") for held in state.requirements.values())
    if unchecked and any(c.act == "check" for c in open_) and _tick(sim, actor):
        return True
    if gives := to_give(definition, state):
        sim.act("give", Actor(APPLICANT), give=_sampled(definition, gives, values, sim.calendar))
        return True
    if signs := [c.id for c in open_ if c.act == "sign"]:
        sim.act("sign", actor, product=signs[0])
        return True
    return False


def _sampled(
    definition: Definition, names: tuple[str, ...], values: Values, calendar: Calendar
) -> dict[str, Any]:
    """A stand-in for each of these requirements; of alternatives the first that is open."""
    given: dict[str, Any] = {}
    for name in names:
        item = definition.requirement[name]
        open_ = alternatives(item, values, calendar) if item.one_of else {}
        member = next(iter(open_), None)
        one = open_[member] if member else item
        papers = tuple(f"{name}{n or ''}.pdf" for n in range(one.count))
        given[name] = {member: papers} if member else True if item.kind in ("statement", "check") else papers
    return given


def _tick(sim: Simulation, actor: Actor) -> bool:
    try:
        sim.act("check", actor, fits="all")
    except Refused:
        return False
    return True


def _answer(sim: Simulation, name: str) -> bool:
    assert sim.state is not None
    task, now = sim.definition.task[name], sim.state.tasks[name]
    key = next(key for key in now.asked if key not in now.answers)
    actor = Actor(key, sim.definition.agency_at(task.step)) if key in task.by else Actor(task.by[0], key)
    values = known(sim.definition, sim.state, sim.calendar)
    facts = {
        n: sample(sim.definition.field[n], values, sim.calendar, sim.now)
        for n in task.report
        if n not in sim.state.facts
    }
    until = runs_until(sim.definition, sim.state, name, sim.calendar)
    if until is not None:
        sim.wait_until(until)
    sim.act("answer", actor, task=name, answer=list(task.possible_answers())[-1], facts=facts, note="contoh")
    return True


def _fall_silent(sim: Simulation) -> bool:
    """Make the applicant's turn come, and let it pass in silence."""
    assert sim.state is not None
    state = sim.state
    if state.correction is not None:
        sim.silence()
        return True
    role = role_at(sim.definition, state.at, known(sim.definition, state, sim.calendar), sim.calendar)
    actor = Actor(role, None if role in (APPLICANT, SYSTEM) else sim.definition.agency_at(state.at))
    step = sim.definition.step[state.at]
    if role == APPLICANT:
        sim.silence()
    elif step.correction and sim.definition.questions | sim.definition.requirement:
        target = next(
            (f"requirement.{n}" for n, h in state.requirements.items() if h.status == "given"), None
        )
        target = target or f"field.{next(iter(sim.definition.questions))}"
        sim.act("return", actor, items={target: "contoh"})
    else:
        return _one_more(sim, next(iter(sim.definition.outcome)))
    return True


def _distance(definition: Definition, start: str, goal: str) -> int:
    """Steps from `start` to `goal` along any way out; large when there is no way."""
    frontier, seen, far = [start], {start}, 0
    while frontier:
        if goal in frontier:
            return far
        nearby = [
            to
            for name in frontier
            if name in definition.step
            for to in exits(definition, definition.step[name]).values()
        ]
        frontier = [to for to in dict.fromkeys(nearby) if to not in seen]
        seen |= set(frontier)
        far += 1
    return 10_000

"""A case played at random: whatever `moves` allows, by whomever, with time passing, and what must hold after each event."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

from kantormaya.clock import standard_calendar
from kantormaya.engine import (
    APPLICANT,
    SYSTEM,
    Actor,
    Choice,
    Refused,
    State,
    apply,
    due,
    effects,
    event_as_json,
    event_from_json,
    moves,
    pack,
    passed,
    replay,
    turn,
    unpack,
    wakes_at,
)  # fmt: skip
from kantormaya.engine.generating import in_a_slot, sample
from kantormaya.engine.knowing import known
from kantormaya.engine.requiring import is_tested
from kantormaya.engine.simulating import ACTS, Simulation, handed_in
from kantormaya.engine.slots import offered
from kantormaya.engine.ways import FORWARD, turns_away
from kantormaya.language.asking import Field, Requirement
from kantormaya.language.definition import Definition
from kantormaya.language.evaluating import About, alternatives, evaluate, holds

CALENDAR = standard_calendar(range(2024, 2031))
START = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)


def actors(definition: Definition) -> list[Actor]:
    """Everyone who could ever act on a case of this definition."""
    found = {Actor(APPLICANT)}
    for name, step in definition.step.items():
        roles = [case.is_ for case in step.by] + [role for move in step.move.values() for role in move.by]
        found |= {
            Actor(role, definition.agency_at(name), f"{role}-1")
            for role in roles
            if role not in (APPLICANT, SYSTEM)
        }
    for task in definition.task.values():
        homes = task.at if isinstance(task.at, tuple) and task.at != ("chosen",) else ()
        homes = homes or (definition.agency_at(task.step), "dinas-lain")
        found |= {Actor(role, home, f"{role}-1") for role in task.by for home in homes if role != APPLICANT}
    if definition.promise.extension:
        found.add(Actor(definition.promise.extension.by, definition.agency, "atasan"))
    return sorted(found, key=str)


def guess(field: Field, values: Any, at: datetime, luck: Random) -> Any:
    """A random answer of the field's type."""
    if field.type == "choice":
        return luck.choice(list(field.choices))
    if field.type == "choices":
        return tuple(c for c in field.choices if luck.random() < 0.5) or (next(iter(field.choices)),)
    if field.type == "yes_no":
        return luck.random() < 0.5
    if field.type in ("number", "money"):
        least = sample(field, values, CALENDAR, at)
        return least + luck.choice([0, 0, 1, 10, 1000]) if field.max is None else least
    if field.type == "rows":
        return tuple(
            {name: guess(column, values, at, luck) for name, column in field.columns.items()}
            for _ in range(luck.randint(1, 3))
        )
    return sample(field, values, CALENDAR, at)


def applicant_of(definition: Definition, luck: Random) -> About:
    """A random kind of applicant that the service is for."""
    party = definition.party["applicant"]
    return About(
        luck.choice(list(definition.variants)) if definition.variants else None, luck.choice(definition.channels),
        luck.choice(party.kinds or (None,)), luck.random() < 0.3 and party.proxy == "allowed", luck.random() < 0.2 and party.foreigners,
    )  # fmt: skip


def answers_of(definition: Definition, about: About, luck: Random) -> dict[str, Any]:
    """Random answers to all that is asked."""
    answers: dict[str, Any] = {}
    for _ in range(len(definition.questions) + 1):
        values = evaluate(
            definition, about, answers, {}, submitted_on=CALENDAR.local_date(START), calendar=CALENDAR
        )
        for name, field in definition.questions.items():
            if name not in answers and holds(field.when, values, CALENDAR) is True:
                answers[name] = guess(field, values, START, luck)
                answers |= in_a_slot(definition, name, CALENDAR, START)
    return answers


def papers_of(definition: Definition, values: Any, number: str = "") -> dict[str, Any]:
    """Something for every requirement, with an open alternative where there are some."""
    given = handed_in(definition)
    for name, item in definition.requirement.items():
        if name in given and given[name] is not True:
            given[name] = _files(name, number, item)
        open_ = alternatives(item, values, CALENDAR) if item.one_of and name in given else {}
        if open_:
            given[name] = {(member := next(iter(open_))): _files(name, number, open_[member])}
    return given


def _files(name: str, number: str, item: Requirement) -> tuple[str, ...]:
    return tuple(f"{name}{number}-{n}.pdf" for n in range(item.count))


class Play:
    """One random case; `run` plays it and checks what must always hold."""

    def __init__(self, definition: Definition, seed: int) -> None:
        self.definition, self.luck = definition, Random(seed)
        self.sim = Simulation(definition, CALENDAR, START)
        self.actors = actors(definition)
        self.told: list[str] = []

    def run(self, acts: int = 30) -> Play:
        """Hand the case in and do so many things with it."""
        about = applicant_of(self.definition, self.luck)
        answers = answers_of(self.definition, about, self.luck)
        values = evaluate(
            self.definition, about, dict.fromkeys(self.definition.questions) | answers, {},
            submitted_on=CALENDAR.local_date(START), calendar=CALENDAR,
        )  # fmt: skip
        try:
            self.sim.submit(about, answers, papers_of(self.definition, values))
        except Refused:
            return self
        self.holds()
        for _ in range(acts):
            if self.sim.state is None or not self.sim.state.is_open:
                break
            self.something()
            self.holds()
        self.remembers()
        return self

    def something(self) -> None:
        """Time passes, something allowed is done, or something that may be nonsense is tried."""
        fate = self.luck.random()
        if fate < 0.15:
            self.sim.wait_until(self.sim.now + timedelta(hours=self.luck.choice([1, 30, 200, 2000])))
        elif fate < 0.25:
            self.nonsense()
        else:
            self.sim.wait_until(self.sim.now + timedelta(minutes=self.luck.choice([5, 60, 600])))
            if self.sim.state is not None and self.sim.state.is_open:
                self.allowed()

    def allowed(self) -> None:
        """Do one thing that `moves` offers; what it says is closed must be refused, what it says is open must be taken."""
        state = self.state()
        offered = [
            (actor, choice)
            for actor in self.actors
            for choice in moves(self.definition, state, actor, CALENDAR, self.sim.now)
            if choice.act != "withdraw" or self.luck.random() < 0.02
        ]
        assert offered, f"nobody can do anything at {state.at}"
        sensible = [one for one in offered if one[1].refused is None and not self.gives_up(one[1])]
        actor, choice = self.luck.choice(sensible if sensible and self.luck.random() < 0.85 else offered)
        act, what = self.how(actor, choice)
        self.told.append(f"{self.sim.now:%m-%d %H:%M} {state.at} {actor.role} {choice.act} {choice.id}")
        try:
            self.sim.act(act, actor, **what)
        except Refused as refusal:
            assert choice.refused is not None or self.may_be_refused(choice), (refusal.text.en, *self.told)
        else:
            assert choice.refused is None, (choice, *self.told)

    def gives_up(self, choice: Choice) -> bool:
        """Whether a choice leads straight away from granting: taken seldom, so that cases live long."""
        if choice.act == "move" and choice.id != FORWARD:
            return turns_away(
                self.definition, self.state().at, self.definition.step[self.state().at].move[choice.id].to
            )
        return choice.act in ("withdraw", "return", "ask", "extend") and self.luck.random() < 0.7

    def may_be_refused(self, choice: Choice) -> bool:
        """What depends on more than the choice: naming deficiencies, findings, whom to ask, what comes next being known."""
        return choice.act in ("return", "check", "find", "correct", "give", "ask", "book") or (
            choice.act == "move" and any(t.when is not None for t in self.definition.step.values())
        )

    def how(self, actor: Actor, choice: Choice) -> tuple[str, dict[str, Any]]:
        """What an act needs to be done."""
        state, values = self.state(), known(self.definition, self.state(), CALENDAR)
        ways: dict[str, Callable[[], dict[str, Any]]] = {
            "check": lambda: self.looked_at(state),
            "return": lambda: {"items": self.complaints(state)},
            "correct": lambda: {
                "give": papers_of(self.definition, values, "-2"),
                "answers": self.mended(state, values),
            },
            "give": lambda: {
                "give": {choice.id: papers_of(self.definition, values).get(choice.id) or ("x.pdf",)}
            },
            "find": lambda: {
                "facts": self.facts(
                    values, [n for n, f in self.definition.facts.items() if f.step == state.at]
                )
            },
            "move": lambda: {"to": choice.id, "reason": "sebab"},
            "sign": lambda: {"product": choice.id},
            "pay": lambda: {"bill": choice.id},
            "extend": lambda: {"reason": "sebab"},
            "waive": lambda: {"bill": choice.id, "reason": "sebab"},
            "withdraw": lambda: {"reason": ""},
            "confirm": lambda: {"task": choice.id},
            "show": lambda: {"task": choice.id},
            "ask": lambda: {"task": choice.id, "agencies": self.luck.choice([(), ("dinas-lain",)])},
            "schedule": lambda: {"task": choice.id},
            "book": lambda: {"booking": choice.id, **self.slot(choice.id)},
            "release": lambda: {"booking": choice.id, "reason": "sebab"},
            "answer": lambda: self.answer(choice.id, values),
        }
        return choice.act, ways[choice.act]()

    def slot(self, booking: str) -> dict[str, Any]:
        """A time that is offered in the days to come."""
        rule, today = self.definition.booking[booking], CALENDAR.local_date(self.sim.now)
        days = [CALENDAR.workday(today, n) for n in range(2, 9)]
        one = self.luck.choice([slot for day in days for slot in offered(rule, CALENDAR, day)])
        return {"on": one.starts_at, "session": one.session}

    def answer(self, task: str, values: Any) -> dict[str, Any]:
        """An answer, more often a good one."""
        rule = self.definition.task[task]
        said = self.luck.choice([*rule.possible_answers(), *[list(rule.possible_answers())[-1]] * 3])
        return {
            "task": task,
            "answer": said,
            "note": "catatan",
            "facts": self.facts(values, list(rule.report), all_of_them=True),
        }

    def facts(self, values: Any, names: list[str], *, all_of_them: bool = False) -> dict[str, Any]:
        """Findings."""
        fields = {n: self.definition.facts[n] for n in names if n in self.definition.facts}
        return {
            n: guess(field, values, self.sim.now, self.luck)
            for n, field in fields.items()
            if all_of_them or self.luck.random() < 0.9
        }

    def looked_at(self, state: State) -> dict[str, Any]:
        """A check of everything on the table, in which one thing may be found deficient."""
        on_it = [
            n
            for n, h in state.requirements.items()
            if h.status in ("given", "faulty") and not is_tested(self.definition.requirement[n])
        ]
        bad = [self.luck.choice(on_it)] if on_it and self.luck.random() < 0.3 else []
        return {"fits": "all", "deficient": dict.fromkeys(bad, "kurang jelas")}

    def complaints(self, state: State) -> dict[str, str]:
        """What is sent back."""
        asked = [f"requirement.{n}" for n, h in state.requirements.items() if h.status != "not_needed"]
        asked += [f"field.{n}" for n in state.answers]
        return dict.fromkeys(self.luck.sample(asked, min(len(asked), self.luck.randint(0, 2))), "perbaiki")

    def mended(self, state: State, values: Any) -> dict[str, Any]:
        """New answers for what was asked, and for whatever that opens."""
        assert state.correction is not None
        names = [i.target[6:] for i in state.correction.items if i.target.startswith("field.")]
        answers = {n: guess(self.definition.field[n], values, self.sim.now, self.luck) for n in names}
        for _ in range(3):
            after = evaluate(
                self.definition, state.about, {**dict.fromkeys(self.definition.questions), **state.answers, **answers}, state.facts,
                submitted_on=CALENDAR.local_date(START), calendar=CALENDAR,
            )  # fmt: skip
            for name, field in self.definition.questions.items():
                if (
                    name not in state.answers
                    and name not in answers
                    and holds(field.when, after, CALENDAR) is True
                ):
                    answers[name] = guess(field, after, self.sim.now, self.luck)
        return answers

    def nonsense(self) -> None:
        """Somebody tries something: it may be refused, and must not do anything else."""
        state = self.state()
        actor, name = self.luck.choice(self.actors), self.luck.choice(sorted(ACTS))
        what: dict[str, dict[str, Any]] = {
            "check": {"fits": tuple(self.definition.requirement)[:1] or ("x",)}, "find": {"facts": {"tidak_ada": 1}},
            "pay": {"bill": "tidak-ada"}, "waive": {"bill": next(iter(state.bills), "x"), "reason": "r"}, "extend": {"reason": "r"},
            "confirm": {"task": next(iter(self.definition.task), "x")}, "show": {"task": next(iter(self.definition.task), "x")}, "ask": {"task": next(iter(self.definition.task), "x")},
            "schedule": {"task": next(iter(self.definition.task), "x")}, "sign": {"product": next(iter(self.definition.product), "x")},
            "answer": {"task": next(iter(self.definition.task), "x"), "answer": "ngawur"}, "move": {"to": "ke_mana"},
            "return": {"items": {"field.tidak_ada": "r"}}, "give": {"give": ["tidak_ada"]}, "withdraw": {},
            "book": {"booking": "tidak_ada", "on": START}, "release": {"booking": "tidak_ada"},
        }  # fmt: skip
        if name == "withdraw":
            return
        try:
            self.sim.act(name, actor, **what.get(name, {}))
        except Refused as refusal:
            assert refusal.text.id and refusal.text.en

    def state(self) -> State:
        """Where the case stands."""
        assert self.sim.state is not None
        return self.sim.state

    def holds(self) -> None:
        """What must be true of every state that can be reached."""
        definition, state, now = self.definition, self.state(), self.sim.now
        where = definition.step if state.is_open else definition.ends
        assert state.at in where
        assert (state.ended_at is None) == state.is_open
        assert turn(definition, state, CALENDAR)[0] != "" or not state.is_open
        assert all(w.until is not None for w in state.waits) or state.is_open
        assert not state.open_bills() or state.is_open
        assert state.correction is None or state.is_open
        assert len([v for v in state.visits if v.until is None]) == (1 if state.is_open else 0)
        assert {w.cause for w in state.waits if w.until is None} <= (
            {"correction"} | {f"step.{state.at}"} | {f"bill.{n}" for n in state.open_bills()}
            | {f"confirm.{n}" for n, t in state.tasks.items() if t.status == "answered"}
        )  # fmt: skip
        for name, task in state.tasks.items():
            assert task.status not in ("open", "answered") or definition.task[name].step == state.at
        clocks = due(definition, state, CALENDAR, now)
        assert (
            clocks.promise is None
            or clocks.promise.due_at >= clocks.promise.start
            or clocks.promise.rule.anchor
        )
        wake = wakes_at(definition, state, CALENDAR, now)
        assert wake is None or wake > now
        assert passed(definition, state, CALENDAR, now) is None or wake is not None

    def remembers(self) -> None:
        """The events alone, read back from JSON, make the same state, the same due date and the same effects."""
        import json

        definition, events = self.definition, self.sim.events
        read = [event_from_json(json.loads(json.dumps(event_as_json(event)))) for event in events]
        assert read == events
        again = replay(definition, read)
        assert again == self.state()
        assert unpack(json.loads(json.dumps(pack(again)))) == again
        assert due(definition, again, CALENDAR, self.sim.now) == due(
            definition, self.state(), CALENDAR, self.sim.now
        )
        state: State | None = None
        for event in events:
            after = apply(definition, state, event)
            effects(definition, state, event, after)
            state = after

"""What the applicant does: hand in, mend, give what arose, pay, confirm, withdraw. Each returns the event, or refuses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from kantormaya.clock import Calendar
from kantormaya.engine.arriving import arrival
from kantormaya.engine.events import APPLICANT, Actor, Event, Kind, Refused
from kantormaya.engine.knowing import known, local_date, needed
from kantormaya.engine.state import Held, State
from kantormaya.language.asking import Requirement
from kantormaya.language.definition import Definition
from kantormaya.language.evaluating import About, Values, alternatives, evaluate, holds
from kantormaya.language.texts import Text

Given = Mapping[str, Any]
"""For a requirement: the ids of its files (`("a", "b")`), True for a signed statement, or {member: files} for a `one_of`."""

BY_OFFICE = ("original", "thing", "registry")
"""Kinds that nobody can hand in through a page: the office sees or looks them up."""


def submit(
    definition: Definition,
    about: About,
    answers: Mapping[str, Any],
    given: Given,
    *,
    at: datetime,
    calendar: Calendar,
) -> Event:
    """The submission of a complete form; refuses with everything that is missing at once."""
    today = local_date(at, calendar)
    full = {name: answers.get(name) for name in definition.questions}
    values = evaluate(definition, about, full, {}, submitted_on=today, calendar=calendar)
    kept = {
        name: value
        for name, value in answers.items()
        if name in definition.questions and values.get(name) is not None
    }
    missing = [
        f.label
        for n, f in definition.questions.items()
        if f.required and _asked(f, values, calendar) and values.get(n) is None
    ]
    requirements = _requirements(definition, values, given, {}, 0, calendar)
    missing += [
        definition.requirement[n].title for n, held in requirements.items()
        if held.status == "missing" and must_be_given(definition.requirement[n])
    ]  # fmt: skip
    if missing:
        raise Refused(_still_missing(missing))
    before = State(
        about=about,
        at="",
        submitted_at=at,
        calendar=calendar.version,
        answers=kept,
        requirements=requirements,
    )
    data = {"about": about, "answers": kept, "requirements": requirements, "calendar": calendar.version}
    known_values = known(definition, before, calendar)
    return Event(
        Kind.SUBMITTED,
        at,
        Actor(APPLICANT),
        data | arrival(definition, before, definition.start, known_values, calendar),
    )


def _asked(field: Any, values: Values, calendar: Calendar) -> bool:
    return holds(field.when, values, calendar) is True


def must_be_given(item: Requirement) -> bool:
    """Whether the applicant has to hand it in with the application."""
    return (
        item.asked_at_submission
        and not item.optional
        and item.kind not in (*BY_OFFICE, "check")
        and item.if_none is None
    )


def _still_missing(titles: list[Text]) -> Text:
    names = Text("; ".join(t.id for t in titles), "; ".join(t.said("en") for t in titles))
    return Text("Belum lengkap: {names}.", "Still missing: {names}.").format(names=names)


def _requirements(
    definition: Definition,
    values: Values,
    given: Given,
    before: Mapping[str, Held],
    round_: int,
    calendar: Calendar,
) -> dict[str, Held]:
    """How every requirement stands after something was given; what is not needed stays in the file, marked so."""
    stands: dict[str, Held] = {}
    for name, wanted in needed(definition, values, calendar).items():
        item, old = definition.requirement[name], before.get(name)
        if wanted is False:
            stands[name] = Held(
                "not_needed", old.files if old else (), old.member if old else None, old.round if old else 0
            )
        elif given.get(name):
            stands[name] = _held(definition, name, given[name], values, round_, calendar)
        elif item.kind == "check" and item.holds is not None:
            met = item.holds.holds(values, calendar)
            stands[name] = Held("accepted" if met is True else "faulty" if met is False else "missing")
        elif old is None or old.status == "not_needed":
            stands[name] = Held("given" if old and old.files else "missing", old.files if old else ())
        else:
            stands[name] = old
    return stands


def _held(
    definition: Definition, name: str, what: Any, values: Values, round_: int, calendar: Calendar
) -> Held:
    item = definition.requirement[name]
    if isinstance(what, Mapping):
        member, files = next(iter(what.items()))
        if member not in alternatives(item, values, calendar):
            raise Refused(
                Text(
                    "{title}: pilihan itu tidak berlaku di sini.", "{title}: that choice is not open here."
                ).format(title=item.title)
            )
        return Held("given", _files(files), member, round_)
    return Held("given", _files(what), None, round_)


def _files(what: Any) -> tuple[str, ...]:
    return () if what is True else (what,) if isinstance(what, str) else tuple(what)


def arising(definition: Definition, state: State, values: Values, calendar: Calendar) -> dict[str, Held]:
    """The requirements whose standing changes because other things became known."""
    stands = _requirements(definition, values, {}, state.requirements, state.round, calendar)
    return {name: held for name, held in stands.items() if held != state.requirements.get(name)}


def correct(
    definition: Definition,
    state: State,
    answers: Mapping[str, Any],
    given: Given,
    *,
    at: datetime,
    calendar: Calendar,
) -> Event:
    """The mended file: exactly what was asked, all of it, and what newly became due because of it."""
    if state.correction is None:
        raise Refused(Text("Tidak ada yang perlu diperbaiki.", "There is nothing to correct."))
    targets = {item.target for item in state.correction.items}
    changed = {n: v for n, v in answers.items() if f"field.{n}" in targets}
    values = known(definition, _with(state, changed), calendar)
    newly = set(arising(definition, _with(state, changed), values, calendar))
    handed = {n: w for n, w in given.items() if f"requirement.{n}" in targets or n in newly}
    requirements = _requirements(definition, values, handed, state.requirements, state.round + 1, calendar)
    left = [definition.requirement[t[12:]].title for t in sorted(targets) if t.startswith("requirement.")
            and requirements[t[12:]].status not in ("given", "not_needed") and definition.requirement[t[12:]].kind not in BY_OFFICE]  # fmt: skip
    left += [
        definition.field[t[6:]].label
        for t in sorted(targets)
        if t.startswith("field.") and t[6:] not in changed
    ]
    left += [
        definition.requirement[n].title
        for n in sorted(newly)
        if requirements[n].status == "missing" and must_be_given(definition.requirement[n])
    ]
    if left:
        raise Refused(_still_missing(left))
    differing = {n: held for n, held in requirements.items() if held != state.requirements.get(n)}
    return Event(Kind.CORRECTED, at, Actor(APPLICANT), {"answers": changed, "requirements": differing})


def _with(state: State, answers: Mapping[str, Any]) -> State:
    return replace(state, answers={**state.answers, **answers})


def give(definition: Definition, state: State, given: Given, *, at: datetime, calendar: Calendar) -> Event:
    """What arose later, or was asked for at an applicant's step, is handed in."""
    values = known(definition, state, calendar)
    open_ = {n for n, held in state.requirements.items() if held.status == "missing"}
    handed = {n: w for n, w in given.items() if n in open_}
    if not handed:
        raise Refused(Text("Tidak ada berkas yang sedang diminta.", "No paper is being asked for."))
    stands = _requirements(definition, values, handed, state.requirements, state.round, calendar)
    return Event(Kind.GIVEN, at, Actor(APPLICANT), {"requirements": {n: stands[n] for n in handed}})


def withdraw(definition: Definition, state: State, reason: str, *, at: datetime) -> Event:
    """The applicant takes the application back; possible until the end."""
    if not state.is_open:
        raise Refused(Text("Perkara ini sudah selesai.", "This case has ended."))
    return Event(Kind.WITHDRAWN, at, Actor(APPLICANT), {"to": "withdrawn", "reason": reason})


def confirm(definition: Definition, state: State, task: str, *, at: datetime) -> Event:
    """The applicant agrees with the minutes of an inspection."""
    now = state.tasks.get(task)
    if now is None or now.status != "answered":
        raise Refused(
            Text("Tidak ada berita acara yang menunggu persetujuan.", "No minutes are waiting for agreement.")
        )
    return Event(Kind.CONFIRMED, at, Actor(APPLICANT), {"task": task})

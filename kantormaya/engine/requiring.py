"""How every requirement of a case stands: asked or not, given by whom, arisen, fallen away."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kantormaya.clock import Calendar
from kantormaya.engine.events import Refused
from kantormaya.engine.knowing import needed
from kantormaya.engine.state import Held, State
from kantormaya.language.asking import Requirement
from kantormaya.language.definition import Definition
from kantormaya.language.evaluating import Values, alternatives
from kantormaya.language.texts import Text

Given = Mapping[str, Any]
"""For a requirement: the ids of its files (`("a", "b")`), True for a signed statement, or {member: files} for a `one_of`."""

BY_OFFICE = ("original", "thing", "registry")
"""Kinds that nobody can hand in through a page: the office sees or looks them up."""


def is_tested(item: Requirement) -> bool:
    """Whether the answers themselves decide it, and nobody else."""
    return item.kind == "check" and item.holds is not None


def seen_by_office(item: Requirement) -> bool:
    """Whether the office may find it to fit although nothing was handed in."""
    return item.kind in (*BY_OFFICE, "check") or item.if_none is not None


def must_be_given(item: Requirement) -> bool:
    """Whether the applicant has to hand it in with the application."""
    return item.asked_at_submission and not item.optional and not seen_by_office(item)


def standings(
    definition: Definition, values: Values, given: Given, before: Mapping[str, Held], round_: int, calendar: Calendar
) -> dict[str, Held]:  # fmt: skip
    """How every requirement stands after something was given; what is not needed (any more) stays in the file, marked so."""
    stands: dict[str, Held] = {}
    for name, wanted in needed(definition, values, calendar).items():
        item, old = definition.requirement[name], before.get(name)
        if wanted is not True:
            stands[name] = Held("not_needed", old.files, old.member, old.round) if old else Held("not_needed")
        elif is_tested(item):
            stands[name] = _tested(item, values, calendar)
        elif given.get(name):
            stands[name] = _held(item, given[name], values, round_, calendar)
        else:
            stands[name] = _as_before(item, old, values, round_, calendar)
    return stands


def _tested(item: Requirement, values: Values, calendar: Calendar) -> Held:
    met = item.holds.holds(values, calendar) if item.holds else None
    return Held("accepted" if met is True else "faulty" if met is False else "missing")


def _held(item: Requirement, what: Any, values: Values, round_: int, calendar: Calendar) -> Held:
    if not item.one_of:
        return Held("given", _files(what), None, round_)
    open_ = alternatives(item, values, calendar)
    if not isinstance(what, Mapping) and len(open_) == 1:
        what = {next(iter(open_)): what}
    member, files = next(iter(what.items())) if isinstance(what, Mapping) and what else (None, ())
    if member not in open_:
        text = Text(
            "{title}: pilih salah satu yang berlaku di sini.", "{title}: choose one that is open here."
        )
        raise Refused(text.format(title=item.title))
    return Held("given", _files(files), member, round_)


def too_few(item: Requirement, held: Held) -> Text | None:
    """The title with how many are needed and how many came, where what was given is not enough."""
    one = item.one_of.get(held.member or "", item)
    if (
        one.kind != "upload"
        or one.one_of
        or held.status != "given"
        or not held.files
        or len(held.files) >= one.count
    ):
        return None
    return Text(
        "{title} (perlu {n} berkas, baru {has})", "{title} ({n} files are needed, {has} so far)"
    ).format(title=item.title, n=one.count, has=len(held.files))


def _files(what: Any) -> tuple[str, ...]:
    return () if what is True else (what,) if isinstance(what, str) else tuple(what)


def _as_before(item: Requirement, old: Held | None, values: Values, round_: int, calendar: Calendar) -> Held:
    if old is None:
        return Held("missing", round=round_)
    if old.member and old.member not in alternatives(item, values, calendar):
        return Held("missing", round=round_)
    if old.status == "not_needed":
        was_given = bool(old.files or old.member)
        return Held("given", old.files, old.member, old.round) if was_given else Held("missing", round=round_)
    return old


def arising(definition: Definition, state: State, values: Values, calendar: Calendar) -> dict[str, Held]:
    """The requirements whose standing changes because other things became known."""
    stands = standings(definition, values, {}, state.requirements, state.round, calendar)
    return {name: held for name, held in stands.items() if held != state.requirements.get(name)}


def is_due(definition: Definition, state: State, name: str) -> bool:
    """Whether the case has come to where a requirement is asked; one asked for only on request is never due by itself."""
    item = definition.requirement[name]
    if item.on_request is not None:
        return False
    return item.asked_at_submission or item.needed_at.removeprefix("step.") in state.passed_steps()


def to_give(definition: Definition, state: State) -> tuple[str, ...]:
    """What the applicant can hand in now: what arose later, and what is needed where the case is."""
    return tuple(
        name
        for name, held in state.requirements.items()
        if held.status == "missing"
        and is_due(definition, state, name)
        and definition.requirement[name].kind not in BY_OFFICE
        and not is_tested(definition.requirement[name])
    )


def missing_later(definition: Definition, state: State) -> tuple[str, ...]:
    """Requirements of the application that became due after it was handed in, and have not been given."""
    return tuple(name for name in to_give(definition, state) if must_be_given(definition.requirement[name]))

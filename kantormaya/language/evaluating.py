"""What the answers given so far make of a definition: every name's value, and what is asked because of it.

Three-valued throughout: a name that is absent is *not answered yet*, None is *definitely no answer* (not asked, left
blank, or a passed-over step's fact), anything else is the answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, TypeVar

from kantormaya.clock import Calendar
from kantormaya.expressions import Expression, ExpressionFault, Unknown
from kantormaya.language.asking import Field, Requirement, Term
from kantormaya.language.basics import Case
from kantormaya.language.definition import Definition, once

T = TypeVar("T")
Values = dict[str, Any]

GIVEN_NAMES = (
    "variant",
    "channel",
    "applicant_kind",
    "by_proxy",
    "applicant_foreign",
    "submitted_on",
    "accepted_on",
)


class DefinitionFault(ValueError):
    """The definition itself does not decide: no case holds, or several do, or names run in a circle."""


@dataclass(frozen=True, slots=True)
class About:
    """Who applies, for which variant, by which channel: chosen before the form begins."""

    variant: str | None = None
    channel: str = "online"
    applicant_kind: str | None = "perorangan"
    by_proxy: bool = False
    applicant_foreign: bool = False


def names_used(item: Field | Term) -> frozenset[str]:
    """Every name a field or term needs before it can be known."""
    if isinstance(item, Field):
        return item.when.names if item.when else frozenset()
    conditions = [item.when, item.is_, *(case.when for case in item.cases)]
    return frozenset().union(*(c.names for c in conditions if c), {item.of} if item.of else set())


@lru_cache(maxsize=512)
def _order(digest: tuple[tuple[str, frozenset[str]], ...]) -> tuple[str, ...]:
    needs = dict(digest)
    done: list[str] = []
    waiting: list[str] = []

    def visit(name: str) -> None:
        if name in done or name not in needs:
            return
        if name in waiting:
            circle = " → ".join([*waiting[waiting.index(name) :], name])
            raise DefinitionFault(f"names run in a circle: {circle}")
        waiting.append(name)
        for needed in sorted(needs[name]):
            visit(needed)
        waiting.pop()
        done.append(name)

    for name in needs:
        visit(name)
    return tuple(done)


def order(definition: Definition) -> tuple[str, ...]:
    """Fields and terms so that each comes after what it needs; raises DefinitionFault on a circle."""
    items: dict[str, Field | Term] = {**definition.field, **definition.term}
    return _order(tuple((name, names_used(item)) for name, item in items.items()))


@dataclass(frozen=True, slots=True)
class Plan:
    """How a definition is evaluated, found once: the fields everybody is asked, then what hangs on other names, in order."""

    always: tuple[str, ...]
    then: tuple[tuple[str, Field | Term], ...]


@once
def plan(definition: Definition) -> Plan:
    """The plan of a definition; raises DefinitionFault where names run in a circle."""
    items: dict[str, Field | Term] = {**definition.field, **definition.term}
    always = tuple(name for name, field in definition.field.items() if field.when is None)
    return Plan(always, tuple((name, items[name]) for name in order(definition) if name not in always))


def evaluate(
    definition: Definition,
    about: About,
    answers: Mapping[str, Any],
    facts: Mapping[str, Any] | None = None,
    *,
    tasks: Mapping[str, str | None] | None = None,
    submitted_on: date | None = None,
    accepted_on: date | None = None,
    frozen: Mapping[str, Any] | None = None,
    calendar: Calendar | None = None,
) -> Values:
    """Every name that is known: what stands in no key is not answered yet.

    A field whose condition does not hold is None whatever was once typed into it, so switching back loses nothing.
    `frozen` terms keep the value they were given once, whatever the calendar says now.
    """
    values: Values = {
        "variant": about.variant,
        "channel": about.channel,
        "applicant_kind": about.applicant_kind,
        "by_proxy": about.by_proxy,
        "applicant_foreign": about.applicant_foreign,
        **(tasks or {}),
    }
    if submitted_on is not None:
        values["submitted_on"] = submitted_on
    if accepted_on is not None:
        values["accepted_on"] = accepted_on
    given = {**answers, **facts} if facts else answers
    planned = plan(definition)
    values |= {name: given[name] for name in planned.always if name in given}
    for name, item in planned.then:
        if isinstance(item, Field):
            value = _field_value(name, item, given, values, calendar)
        else:
            value = frozen[name] if frozen and name in frozen else _term_value(item, values, calendar)
        if not isinstance(value, Unknown):
            values[name] = value
    return values


def _field_value(
    name: str, field: Field, given: Mapping[str, Any], values: Values, calendar: Calendar | None
) -> Any:
    asked = holds(field.when, values, calendar)
    if asked is False:
        return None
    if isinstance(asked, Unknown):
        return asked
    return given[name] if name in given else Unknown(frozenset({name}))


def _term_value(term: Term, values: Values, calendar: Calendar | None) -> Any:
    wanted = holds(term.when, values, calendar)
    if wanted is not True:
        return None if wanted is False else wanted
    if term.is_ is not None:
        return term.is_.evaluate(values, calendar)
    if term.cases:
        return choose(term.cases, values, calendar)
    if term.of not in values:
        return Unknown(frozenset({term.of or ""}))
    number = values[term.of]
    if number is None:
        return None
    for band in term.bands:
        if band.holds(float(number)):
            return band.is_
    raise DefinitionFault(f"no band holds {number}")


def holds(
    condition: Expression | None, values: Mapping[str, Any], calendar: Calendar | None = None
) -> bool | Unknown:
    """Whether a condition holds; no condition always holds."""
    return True if condition is None else condition.holds(values, calendar)


def choose(
    cases: Iterable[Case[T]] | Any, values: Mapping[str, Any], calendar: Calendar | None = None
) -> T | Unknown:
    """The one case that holds; Unknown while that is open; raises DefinitionFault when none or several do."""
    found: list[T] = []
    fallback: list[T] = []
    missing: set[str] = set()
    for case in cases:
        if case.when is None:
            fallback.append(case.is_)
            continue
        held = case.when.holds(values, calendar)
        if isinstance(held, Unknown):
            missing |= held.names
        elif held:
            found.append(case.is_)
    if len(found) > 1:
        raise DefinitionFault("several cases hold at once")
    if found and not missing:
        return found[0]
    if missing:
        return Unknown(frozenset(missing))
    if fallback:
        return fallback[0]
    raise DefinitionFault("no case holds")


def possible(
    cases: Iterable[Case[T]] | Any, values: Mapping[str, Any], calendar: Calendar | None = None
) -> tuple[T, ...]:
    """The cases that may still come true, in order: the span shown while something is not known yet."""
    open_ = [c for c in cases if c.when is None or c.when.holds(values, calendar) is not False]
    certain = [c for c in open_ if c.when is not None and c.when.holds(values, calendar) is True]
    return tuple(c.is_ for c in (certain[:1] or open_))


def wanted(
    requirement: Requirement, values: Mapping[str, Any], calendar: Calendar | None = None
) -> bool | Unknown:
    """Whether a requirement is asked in this case."""
    return holds(requirement.when, values, calendar)


def alternatives(
    requirement: Requirement, values: Mapping[str, Any], calendar: Calendar | None = None
) -> dict[str, Requirement]:
    """The members of a `one_of` that are open in this case (those not yet decided included)."""
    return {
        name: one for name, one in requirement.one_of.items() if wanted(one, values, calendar) is not False
    }


__all__ = [
    "GIVEN_NAMES", "About", "DefinitionFault", "ExpressionFault", "Unknown", "Values", "alternatives", "choose", "evaluate",
    "holds", "names_used", "order", "possible", "wanted",
]  # fmt: skip

"""Trying values: every combination of answers that could make a difference to some expressions of a definition."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from kantormaya.expressions import (
    All,
    Comparison,
    Expression,
    ExpressionFault,
    Has,
    In,
    Shape,
    Truth,
    constants,
    shape,
)
from kantormaya.expressions import Any as Either
from kantormaya.language.asking import Field
from kantormaya.language.definition import Definition
from kantormaya.language.evaluating import GIVEN_NAMES, About, DefinitionFault, evaluate, names_used

MOST = 20_000
WORK = 24_000
DAY = date(2026, 3, 2)
SIMPLE = ("yes_no", "choice", "choices", "number", "money")


class TooMany(Exception):
    """There are more combinations than may be tried."""


class Weekdays:
    """Monday to Friday: enough of a calendar for finding out whether an expression can be worked out."""

    def workdays_between(self, a: date, b: date) -> int:
        """Working days after `a` up to and including `b`."""
        if b < a:
            return -self.workdays_between(b, a)
        weeks, rest = divmod((b - a).days, 7)
        return weeks * 5 + sum((a + timedelta(days=n + 1)).weekday() < 5 for n in range(rest))


@dataclass
class Tries:
    """The tries for one definition; what is spent on one expression is missing for the others."""

    definition: Definition
    left: int = WORK
    calendar: Weekdays = field(default_factory=Weekdays)
    fields: dict[str, Field] = field(init=False)
    _needs: dict[str, frozenset[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.fields = {name: self._asked(one) for name, one in self.definition.field.items()}

    def _asked(self, one: Field) -> Field:
        """A fact of a step that is passed over is null, as if the step's condition were its own."""
        step = self.definition.step.get(one.step or "")
        if step is None or step.when is None:
            return one
        try:
            both = Expression.read(f"({step.when}) && ({one.when})") if one.when else step.when
        except ExpressionFault:
            return one
        return one.model_copy(update={"when": both})

    def closure(self, names: Iterable[str]) -> tuple[str, ...]:
        """These names and all that decide about them."""
        found: set[str] = set()
        waiting = list(names)
        while waiting:
            name = waiting.pop()
            if name in found:
                continue
            found.add(name)
            if name not in self._needs:
                item = self.fields.get(name) or self.definition.term.get(name)
                self._needs[name] = names_used(item) if item is not None else frozenset()
            waiting += self._needs[name]
        return tuple(sorted(found))

    def of(self, expressions: Iterable[Expression], names: Iterable[str] = ()) -> Iterator[dict[str, Any]]:
        """The values of all names in each combination worth trying; raises TooMany."""
        wanted = list(expressions)
        closure = self.closure([*names, *(name for one in wanted for name in one.names)])
        if unknown := [name for name in closure if not self._is_known(name)]:
            raise DefinitionFault(f"unknown: {unknown[0]}")
        behind = [e for name in closure for e in self._expressions_behind(name)]
        free = [name for name in closure if name not in self.definition.term]
        domains = {name: self.domain(name, wanted + behind) for name in free}
        if math.prod(len(values) for values in domains.values()) > MOST:
            raise TooMany
        parts: dict[str, Any] = {
            **dict(self.definition),
            "field": {name: one for name, one in self.fields.items() if name in closure},
            "term": {name: one for name, one in self.definition.term.items() if name in closure},
        }
        small = Definition.model_construct(**parts)
        cost = 1 + sum(1 + len(one.names) // 3 for one in [*wanted, *behind])
        self.left -= len(closure) * 2
        for combination in itertools.product(*domains.values()):
            self.left -= cost
            if self.left < 0:
                raise TooMany
            try:
                found = self._values(small, dict(zip(domains, combination, strict=True)))
            except (ExpressionFault, DefinitionFault):
                raise
            except (TypeError, ValueError, OverflowError) as error:
                raise DefinitionFault(str(error)) from error
            yield found

    def _is_known(self, name: str) -> bool:
        d = self.definition
        return name in d.field or name in d.term or name in d.task or name in GIVEN_NAMES or name == "today"

    def all_hold(self, conditions: Iterable[Expression], values: Mapping[str, Any]) -> bool:
        """Whether all hold in a try; one that is itself at fault does not (it is told where it stands)."""
        try:
            return all(one.holds(values, self.calendar) is True for one in conditions)
        except ExpressionFault:
            return False

    def _values(self, small: Definition, given: Mapping[str, Any]) -> dict[str, Any]:
        about = About(**{k: given[k] for k in ABOUT if k in given})
        answers = {name: value for name, value in given.items() if name in small.field}
        tasks = {name: value for name, value in given.items() if name in self.definition.task}
        values = evaluate(
            small,
            about,
            answers,
            tasks=tasks,
            submitted_on=given.get("submitted_on", DAY),
            accepted_on=given.get("accepted_on", DAY),
            calendar=self.calendar,  # type: ignore[arg-type]
        )
        return {**values, "today": given.get("today", DAY)}

    def domain(self, name: str, expressions: list[Expression]) -> list[Any]:
        """The values of one name that could make a difference."""
        if name in GIVEN_NAMES or name == "today":
            return self._given(name, expressions)
        if name in self.definition.task:
            return [*self.definition.task[name].possible_answers(), None]
        one = self.definition.field[name]
        values = _of_type(one, name, expressions)
        return values if one.required else [*values, None]

    def _given(self, name: str, expressions: list[Expression]) -> list[Any]:
        applicant = self.definition.party.get("applicant")
        if name == "variant":
            return list(self.definition.variants) or [None]
        if name == "channel":
            return list(self.definition.channels)
        if name == "applicant_kind":
            kinds: list[Any] = list(applicant.kinds) if applicant else [None]
            return [*kinds, None] if applicant and applicant.anonymous else kinds
        if name == "by_proxy":
            return [False, True] if applicant and applicant.proxy == "allowed" else [False]
        if name == "applicant_foreign":
            return [False, True] if applicant and applicant.foreigners else [False]
        return _dates(name, expressions)

    def _expressions_behind(self, name: str) -> list[Expression]:
        one, term = self.fields.get(name), self.definition.term.get(name)
        if one is not None:
            return [one.when] if one.when else []
        if term is None:
            return []
        bounds = [
            b
            for band in term.bands
            for b in (band.from_, band.above, band.up_to, band.below)
            if b is not None
        ]
        about = [Expression.read(f"{term.of} > {bound}") for bound in bounds if term.of]
        return [*(e for e in (term.when, term.is_, *(c.when for c in term.cases)) if e), *about]

    def is_exact(self, expression: Expression) -> bool:
        """Whether the tries prove something: every value that matters is among them."""
        closure = self.closure(expression.names)
        whole = [expression, *(e for name in closure for e in self._expressions_behind(name))]
        kinds = {self.definition.field[n].type for n in closure if n in self.definition.field}
        return kinds <= set(SIMPLE) and all(_shape(e) is not None for e in whole)


_shape = lru_cache(maxsize=4096)(shape)
ABOUT = ("variant", "channel", "applicant_kind", "by_proxy", "applicant_foreign")


def _of_type(one: Field, name: str, expressions: list[Expression]) -> list[Any]:
    if one.type == "yes_no":
        return [True, False]
    if one.type == "choice":
        return list(one.choices)
    if one.type == "choices":
        return [*((choice,) for choice in one.choices), tuple(one.choices)]
    if one.type in ("number", "money"):
        return _numbers(one, name, expressions)
    if one.type == "date":
        return _dates(name, expressions)
    if one.type == "rows":
        row = {column: _of_type(inner, column, [])[0] for column, inner in one.columns.items()}
        return [(row,), (row, row)]
    texts = {
        value
        for e in expressions
        if name in e.names
        for value in _literals(e, name)
        if isinstance(value, str)
    }
    return [*sorted(texts), "teks lain"]


def _numbers(one: Field, name: str, expressions: list[Expression]) -> list[float]:
    step = 1.0 if one.whole or one.type == "money" else 0.01
    marks = {v for e in expressions if name in e.names for v in _literals(e, name) if isinstance(v, float)}
    low, high = _bound(one.min), _bound(one.max)
    values = {v + d for v in marks for d in (-step, 0.0, step)} | {b for b in (low, high) if b is not None}
    values |= {low + step if low is not None else 1.0}
    inside = (v for v in values if (low is None or v >= low) and (high is None or v <= high))
    return sorted({round(v, 4) for v in inside}) or [low or 0.0]


def _bound(expression: Expression | None) -> float | None:
    try:
        return float(expression.source) if expression is not None else None
    except ValueError:
        return None


def _dates(name: str, expressions: list[Expression]) -> list[date]:
    """Around the dates an expression names, and as far from a fixed day as its numbers say in any unit."""
    found = {DAY}
    for expression in expressions:
        if name not in expression.names:
            continue
        for value in _literals(expression, name):
            if isinstance(value, date):
                found |= {_shift(value, d) for d in (-1, 0, 1)}
            elif isinstance(value, float) and 0 < value < 40_000:
                spans = {value, value * 7 / 5, *((value * 30.44, value * 365.25) if value < 130 else ())}
                found |= {
                    _shift(DAY, sign * (round(span) + d))
                    for span in spans
                    for sign in (1, -1)
                    for d in (-1, 2)
                }
    return sorted(found)


def _shift(day: date, days: float) -> date:
    try:
        return day + timedelta(days=int(days))
    except OverflowError:
        return day


def _literals(expression: Expression, name: str) -> set[Any]:
    """The literals a name is compared with; all of an expression's where it is no simple shape."""
    found = _shape(expression)
    return constants(expression) if found is None else set(_beside(found, name))


def _beside(found: Shape, name: str) -> Iterator[Any]:
    match found:
        case Comparison(named, _, literal) if named == name:
            yield literal
        case In(named, literals) if named == name:
            yield from literals
        case Has(named, literal, _) if named == name:
            yield literal
        case Truth(named, negated) if named == name:
            yield not negated
        case All(parts) | Either(parts):
            for part in parts:
                yield from _beside(part, name)

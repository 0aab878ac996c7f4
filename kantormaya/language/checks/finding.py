"""What a check finds, and what every check looks at."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from kantormaya.expressions import Expression
from kantormaya.language.checks.ways import after, forward
from kantormaya.language.definition import Definition
from kantormaya.language.evaluating import GIVEN_NAMES
from kantormaya.language.leaves import Where, leaves_of
from kantormaya.language.messages import Severity
from kantormaya.language.texts import Text
from kantormaya.language.trying import Tries


@dataclass(frozen=True, slots=True)
class Finding:
    """A fault or a doubt at a key path."""

    severity: Severity
    code: str
    where: Where
    fault: Text
    remedy: Text


Pair = tuple[str, str]
"""Indonesian and English."""


def fault(code: str, where: Where, what: Pair, mend: Pair, **values: object) -> Finding:
    """What refuses publication."""
    return Finding("fault", code, where, Text(*what).format(**values), Text(*mend).format(**values))


def doubt(code: str, where: Where, what: Pair, mend: Pair, **values: object) -> Finding:
    """What is published with a warning."""
    return Finding("doubt", code, where, Text(*what).format(**values), Text(*mend).format(**values))


@dataclass
class Ground:
    """One definition being checked. `is_imported`: it repeats a published page, whose gaps are doubts."""

    definition: Definition
    services: frozenset[str] | None = None
    tries: Tries = field(init=False)
    expressions: tuple[tuple[Where, Expression], ...] = field(init=False)
    _after: dict[str, set[str]] = field(default_factory=dict)
    _later: dict[str, set[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.tries = Tries(self.definition)
        self.expressions = tuple(leaves_of(Expression, self.definition))

    @property
    def is_imported(self) -> bool:
        return self.definition.standard.source is not None

    @property
    def is_internal(self) -> bool:
        return self.definition.audience == "internal"

    def gap(self, code: str, where: Where, what: Pair, mend: Pair, **values: object) -> Finding:
        """A fault in a standard of one's own, a doubt in one that repeats a published page."""
        return (doubt if self.is_imported else fault)(code, where, what, mend, **values)

    def knows(self, expression: Expression | None) -> bool:
        """Whether all names of an expression exist (no expression has none)."""
        return expression is None or all(self.is_name(name) for name in self.tries.closure(expression.names))

    def after(self, step: str) -> set[str]:
        """What can come after a step."""
        if step not in self._after:
            self._after[step] = after(self.definition, step)
        return self._after[step]

    def later(self, step: str) -> set[str]:
        """The steps that come after a step when no way back is taken."""
        if not self._later and self.definition.step:
            for name, on in forward(self.definition, self.definition.start).items():  # followers come first
                self._later[name] = {*on, *(far for to in on for far in self._later.get(to, ()))}
        return self._later.get(step, set())

    def is_name(self, name: str) -> bool:
        """Whether an expression may speak of this name."""
        d = self.definition
        return name in GIVEN_NAMES or name in d.field or name in d.term or name in d.task

    def is_target(self, name: str) -> bool:
        """Whether a case can go there: a step or an outcome."""
        return name in self.definition.step or name in self.definition.ends


Findings = Iterator[Finding]


def example(values: dict[str, Any], names: Iterator[str] | list[str] | frozenset[str]) -> str:
    """The answers of a try, for a message."""
    said = [f"{name} = {_shown(values.get(name))}" for name in sorted(names)]
    return ", ".join(said[:6]) or "–"


def _shown(value: Any) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)[:60]

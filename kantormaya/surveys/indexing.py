"""The satisfaction index (IKM): full precision to the end, then two decimals, then the band."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from kantormaya.surveys.questionnaire import Band, Questionnaire, questionnaire


@dataclass(frozen=True)
class Tally:
    """Some answers added up: how many, and the sum of the scores of each element."""

    n: int
    totals: Mapping[str, int]

    def __add__(self, other: Tally) -> Tally:
        keys = dict.fromkeys((*self.totals, *other.totals))
        return Tally(
            self.n + other.n, {key: self.totals.get(key, 0) + other.totals.get(key, 0) for key in keys}
        )


NONE = Tally(0, {})


@dataclass(frozen=True)
class Index:
    """The index of `n` answers: `value` runs from 25.00 to 100.00, `elements` from 1.00 to 4.00."""

    n: int
    value: Decimal
    band: Band
    elements: Mapping[str, Decimal]


def index(tally: Tally, by: Questionnaire | None = None) -> Index | None:
    """The index of the answers, None below the least number that may be shown.

    Each element weighs 1/n of those asked (PermenPANRB 14/2017): the printed 0.11 would lose one percent.
    """
    rules = by or questionnaire()
    if tally.n < rules.least:
        return None
    means = {key: Fraction(total, tally.n) for key, total in tally.totals.items()}
    value = _rounded(sum(means.values(), Fraction()) / len(means) * 25)
    return Index(tally.n, value, rules.band(value), {key: _rounded(mean) for key, mean in means.items()})


def in_groups(days: Iterable[tuple[date, Tally]], least: int) -> list[tuple[date, Tally]]:
    """Whole days joined, in order, into groups of at least `least` answers; what is left over waits for more.

    Figures that only ever grow by such a group never tell what one person answered, not even to someone who looks
    at them every day.
    """
    groups: list[tuple[date, Tally]] = []
    waiting = NONE
    for day, tally in sorted(days, key=lambda one: one[0]):
        waiting += tally
        if waiting.n >= least:
            groups.append((day, waiting))
            waiting = NONE
    return groups


def _rounded(value: Fraction) -> Decimal:
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return exact.quantize(Decimal("0.01"), ROUND_HALF_UP)

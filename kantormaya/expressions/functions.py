"""The functions an expression may call: of their arguments only, never of a database or a clock."""

from __future__ import annotations

import math
from calendar import monthrange
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any, Protocol

from kantormaya.expressions.faults import ExpressionFault


class WorkCalendar(Protocol):
    """All that an expression asks of a calendar."""

    def workdays_between(self, a: date, b: date, /) -> int:
        """Working days after `a` up to and including `b`; negative when `b` comes first."""


def days_between(a: object, b: object) -> float:
    """Calendar days from a to b; negative when b comes first."""
    return float((_day(b) - _day(a)).days)


def months_between(a: object, b: object) -> float:
    """Whole months from a to b, where a month after the 31st ends on the last day of a shorter month."""
    first, last = _day(a), _day(b)
    return float(_months(first, last) if first <= last else -_months(last, first))


def years_between(a: object, b: object) -> float:
    """Whole years from a to b: the age at b of someone born at a."""
    return float(math.trunc(months_between(a, b) / 12))


def total(rows: object, column: object) -> float:
    """The sum of a column; a row that leaves it blank adds nothing."""
    return math.fsum(_number(value) for value in _column(rows, column) if value is not None)


def count(rows: object, column: object = None, value: object = None) -> float:
    """How many rows (or choices) there are, or how many hold `value` in a column."""
    if column is None:
        if not isinstance(rows, list):
            raise ExpressionFault(
                "count(…) menghitung baris atau pilihan.", "count(…) counts rows or choices."
            )
        return float(len(rows))
    return float(sum(held == value for held in _column(rows, column)))


def least(*values: object) -> Any:
    """The smallest of several numbers, or the earliest of several dates."""
    return min(_alike("min", values))


def greatest(*values: object) -> Any:
    """The largest of several numbers, or the latest of several dates."""
    return max(_alike("max", values))


def nonzero(divisor: object) -> float:
    """The divisor itself, once it is known not to be zero: CEL divides by zero without a word."""
    if not (number := _number(divisor)):
        raise ExpressionFault(
            "Dibagi nol: jaga dulu, misalnya `n != 0 && … / n`.",
            "Divided by zero: guard it, as in `n != 0 && … / n`.",
        )
    return number


def round_up(value: object) -> float:
    """The next whole number; the dust of binary fractions (3.0000000000000004) does not count as more."""
    number = _number(value)
    return float(math.ceil(round(number, 9))) if math.isfinite(number) else number


# name → (fewest arguments, most arguments). `date` is read as a literal, `workdays_between` needs a calendar.
FUNCTIONS: Mapping[str, tuple[int, int]] = {
    "date": (1, 1),
    "days_between": (2, 2),
    "workdays_between": (2, 2),
    "months_between": (2, 2),
    "years_between": (2, 2),
    "total": (2, 2),
    "count": (1, 3),
    "min": (2, 20),
    "max": (2, 20),
    "round_up": (1, 1),
}

_PLAIN: Mapping[str, Callable[..., Any]] = {  # `nonzero` is ours alone: no author can write it
    "days_between": days_between,
    "months_between": months_between,
    "years_between": years_between,
    "total": total,
    "count": count,
    "min": least,
    "max": greatest,
    "round_up": round_up,
    "nonzero": nonzero,
}


def callables(
    names: frozenset[str], calendar: WorkCalendar | None, faults: list[ExpressionFault]
) -> dict[str, Callable[..., Any]]:
    """The functions as CEL may call them: null in, null out, and a fault noted instead of raised."""

    def workdays_between(a: object, b: object) -> float:
        if calendar is None:
            raise ExpressionFault(
                "workdays_between memerlukan kalender kerja, dan di sini tidak ada.",
                "workdays_between needs a working calendar, and there is none here.",
            )
        return float(calendar.workdays_between(_day(a), _day(b)))

    def quietly(function: Callable[..., Any]) -> Callable[..., Any]:
        # The library prints what a function raises to stderr and hides it from us.
        def call(*arguments: object) -> Any:
            if any(argument is None for argument in arguments):
                return None
            try:
                return function(*arguments)
            except ExpressionFault as fault:
                faults.append(fault)
            except (ValueError, TypeError, OverflowError, KeyError) as problem:
                faults.append(
                    ExpressionFault(f"Tidak dapat dihitung: {problem}.", f"Can't be reckoned: {problem}.")
                )
            return None

        return call

    return {name: quietly(_PLAIN.get(name, workdays_between)) for name in names}


def _months(first: date, last: date) -> int:
    months = (last.year - first.year) * 12 + last.month - first.month
    is_short = last.day < first.day and last.day < monthrange(last.year, last.month)[1]
    return months - is_short


def _day(value: object) -> date:
    # A date comes in as midnight UTC; a moment always carries an odd microsecond (see expression.py).
    if isinstance(value, datetime) and value.microsecond % 2 == 0:
        return value.date()
    raise ExpressionFault(
        "Fungsi hari dan bulan memerlukan dua tanggal.", "The functions of days and months need two dates."
    )


def _number(value: object) -> float:
    if isinstance(value, float | int) and not isinstance(value, bool):
        return float(value)
    raise ExpressionFault(f"“{value}” bukan angka.", f"“{value}” is not a number.")


def _column(rows: object, column: object) -> list[Any]:
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise ExpressionFault(
            "total dan count memerlukan isian baris.", "total and count need a field of rows."
        )
    if rows and not any(column in row for row in rows):
        raise ExpressionFault(f"Tidak ada kolom “{column}”.", f"There is no column “{column}”.")
    return [row.get(column) for row in rows]


def _alike(name: str, values: tuple[object, ...]) -> tuple[Any, ...]:
    if all(isinstance(value, datetime) for value in values):
        return values
    if any(isinstance(value, datetime) for value in values):
        raise ExpressionFault(
            f"{name}(…) tidak mencampur angka dan tanggal.", f"{name}(…) does not mix numbers and dates."
        )
    return tuple(_number(value) for value in values)

"""Answers on their way into CEL and back."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from kantormaya.expressions.faults import ExpressionFault

Row = Mapping[str, "str | float | bool | date | None"]
Value = bool | float | str | date | datetime | None | Mapping[str, Any] | tuple[Any, ...]


def given(name: str, value: Any) -> Any:
    """An answer as CEL takes it: every number a double, every date midnight UTC, every list a list."""
    kind = type(value)
    if value is None or kind is str or kind is bool:
        return value
    if isinstance(value, int | float | Decimal):
        try:
            number = float(value)
        except OverflowError:
            number = math.inf
        if math.isfinite(number):
            return number
        raise ExpressionFault(f"“{name}” bukan angka yang wajar.", f"“{name}” is not a sensible number.")
    if isinstance(value, datetime):
        return _moment(name, value)
    if isinstance(value, date):
        return datetime.combine(value, time(), UTC)
    if isinstance(value, str):
        return str(value)
    if isinstance(value, Mapping):
        return {str(key): given(f"{name}.{key}", part) for key, part in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [given(name, part) for part in value]
    raise ExpressionFault(
        f"“{name}” tidak dapat dipakai dalam ungkapan.", f"“{name}” can't be used in an expression."
    )


def taken(result: Any, known: Mapping[str, Any]) -> Value:
    """What CEL found, as the program uses it."""
    if result is None or isinstance(result, bool | str):
        return result
    if isinstance(result, int | float):
        if math.isfinite(result):
            return float(result)
        raise ExpressionFault("Hasilnya bukan angka yang wajar.", "The result is not a sensible number.")
    if isinstance(result, datetime):
        if result.microsecond % 2 == 0:
            return result.date()
        return next(
            (m for m in known.values() if isinstance(m, datetime) and _moment("", m) == result), result
        )
    if isinstance(result, timedelta):
        raise ExpressionFault(
            "Selisih dua tanggal ditulis days_between(a, b).",
            "The time between two dates is days_between(a, b).",
        )
    if isinstance(result, dict):
        return {str(key): taken(part, known) for key, part in result.items()}
    if isinstance(result, list):
        return tuple(taken(part, known) for part in result)
    raise ExpressionFault(
        "Hasil ungkapan ini tidak dapat dipakai.", "The result of this expression can't be used."
    )


def _moment(name: str, value: datetime) -> datetime:
    # A moment always goes in with an odd microsecond, so that one at midnight UTC is never taken for a date.
    if value.tzinfo is None:
        raise ExpressionFault(f"“{name}” tanpa zona waktu.", f"“{name}” has no time zone.")
    try:
        return value.astimezone(UTC).replace(microsecond=value.microsecond | 1)
    except OverflowError:
        raise ExpressionFault(f"“{name}” di luar jangkauan.", f"“{name}” is out of reach.") from None

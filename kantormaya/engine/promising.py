"""When the promise begins where the definition hangs it on a date field."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from kantormaya.clock import Calendar
from kantormaya.engine.state import State
from kantormaya.language.definition import Definition
from kantormaya.language.evaluating import Values


def begins_on(definition: Definition, state: State, values: Values, calendar: Calendar) -> dict[str, Any]:
    """`promise_from` for the event that makes the date known or changes it; nothing for every other beginning."""
    if definition.promise.from_ not in definition.field:
        return {}
    day = values.get(definition.promise.from_)
    if not isinstance(day, date):
        return {}
    start = day if isinstance(day, datetime) else calendar.midnight(day)
    return {} if start == state.promise_from else {"promise_from": start}

"""How long and how much, said before anything is handed in."""

from __future__ import annotations

from typing import Any

from kantormaya.clock import Calendar, Duration
from kantormaya.engine.clocks import read
from kantormaya.engine.fees import Line, Quote, quote
from kantormaya.language.components.delivery import FROM
from kantormaya.language.definition import Definition
from kantormaya.language.evaluating import Values, possible
from kantormaya.language.formats import number
from kantormaya.language.texts import Text, joined
from kantormaya.language.words import said_time

UNSAID = Text("tidak disebut dalam standar", "not stated in the standard")


def time_words(definition: Definition, values: Values, calendar: Calendar) -> Text:
    """The promise as far as it is decided: "8 hari kerja", or the span of what it may still be."""
    open_: tuple[Any, ...] = possible(definition.promise.within, values, calendar)
    found = [read(definition, one) for one in open_ if isinstance(one, Duration)]
    if not found:
        return UNSAID
    return joined(dict.fromkeys(said_time(definition, one) for one in found), Text(" atau ", " or "))


ANCHORED = Text("kapan pun diajukan", "whenever it is handed in")


def from_words(
    definition: Definition, values: Values | None = None, calendar: Calendar | None = None
) -> Text:
    """From when the promise counts; a limit that hangs on a date of the case, once that is decided, counts from there."""
    open_: tuple[Any, ...] = possible(definition.promise.within, values, calendar) if values else ()
    if open_ and all(isinstance(one, Duration) and one.anchor for one in open_):
        return ANCHORED
    start = definition.promise.from_
    step = definition.step.get(start.removeprefix("step."))
    field = definition.field.get(start)
    if start in FROM:
        return FROM[start]
    about = step.title if step else field.label if field else Text(start, start)
    return Text("dihitung sejak: {about}", "counted from: {about}").format(about=about)


def fee_of(definition: Definition, values: Values, calendar: Calendar) -> dict[str, Any]:
    """What it costs, as parts/bill.html reads it."""
    found: Quote = quote(definition, values, calendar)
    return {
        "lines": [_line(definition, line) for line in found.lines] if not found.free else [],
        "total": found.total,
        "is_provisional": found.provisional,
        "basis": definition.fee.basis,
        "not_stated": found.not_stated,
    }


def _line(definition: Definition, line: Line) -> dict[str, Any]:
    rule, note = definition.fee.line[line.id], None
    if line.amount is None:
        note = UNSAID if line.said else Text("diketahui setelah diperiksa", "known once it has been checked")
    elif line.units is not None:
        per = rule.per or Text("satuan", "unit")
        note = Text("{n} × {per}", "{n} × {per}").format(n=number(line.units), per=per)
    if line.amount is not None and line.full and line.amount < line.full:
        note = Text("setelah keringanan", "after the reduction")
    return {"title": line.title, "note": note, "amount": line.amount}

"""What was typed into a form: checked by the field's type and bounds, as the values expressions work with."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from kantormaya.expressions import Expression, ExpressionFault, Unknown
from kantormaya.language import formats
from kantormaya.language.asking import Field
from kantormaya.language.readers import READERS, UNREADABLE, is_blank, moment
from kantormaya.language.texts import Text

MOST_ROWS = 100
ZONE = ZoneInfo("Asia/Jakarta")
Values = Mapping[str, Any]


def read(
    field: Field, raw: Any, *, values: Values | None = None, today: date | None = None, zone: ZoneInfo = ZONE
) -> Any | Text:
    """The value of an answer, None for a blank one that may be blank, or a Text saying what is wrong.

    `raw` is what a form or a program sends: a string, a list of strings (choices), a mapping (place) or a list of
    mappings (rows). `values` and `today` let bounds speak of other answers.
    """
    if is_blank(raw):
        return _blank(field)
    if field.type not in ("rows", "place", "choices") and not isinstance(
        raw, (str, int, float, Decimal, date)
    ):
        return UNREADABLE
    found: Any = (
        moment(raw, zone)
        if field.type == "moment"
        else _rows(field, raw)
        if field.type == "rows"
        else READERS[field.type](field, raw)
    )
    if isinstance(found, Text):
        return found
    return _outside(field, found, {**(values or {}), **({"today": today} if today else {})}) or found


def typed(field: Field, name: str, raw: Mapping[str, list[str]]) -> Any:
    """What a posted form says of one field, in the shape `read` takes."""
    if field.type == "choices":
        return [value for value in raw.get(name, []) if value]
    if field.type == "rows":
        return _typed_rows(field, name, raw)
    if field.type == "place":
        return {"address": _last(raw, name), **{p: _last(raw, f"{name}.{p}") for p in ("village", "point")}}
    return _last(raw, name)


def to_json(field: Field, value: Any) -> Any:
    """An answer as JSON keeps it; `from_json` gives the same value again."""
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    if field.type == "rows" and value is not None:
        return [{key: to_json(field.columns[key], cell) for key, cell in row.items()} for row in value]
    return list(value) if isinstance(value, tuple) else value


def from_json(field: Field, value: Any) -> Any:
    """The answer that `to_json` wrote."""
    if value is None:
        return None
    if field.type in ("number", "money"):
        return value if isinstance(value, int) else Decimal(str(value))
    if field.type == "date":
        return date.fromisoformat(value)
    if field.type == "moment":
        return datetime.fromisoformat(value)
    if field.type == "rows":
        return tuple({key: from_json(field.columns[key], cell) for key, cell in row.items()} for row in value)
    return tuple(value) if field.type == "choices" else value


def _blank(field: Field) -> Any | Text:
    if not field.required:
        return None
    if field.type in ("choice", "choices", "yes_no"):
        return Text("Pilih salah satu: {label}", "Choose an answer: {label}").format(label=field.label)
    if field.type == "rows":
        return Text("Isi paling sedikit satu baris: {label}.", "Give at least one line: {label}.").format(
            label=field.label
        )
    return Text("Isi {label}.", "Give {label}.").format(label=field.label)


def _rows(field: Field, raw: Any) -> tuple[dict[str, Any], ...] | Text:
    if not isinstance(raw, (list, tuple)) or not all(isinstance(row, Mapping) for row in raw):
        return UNREADABLE
    if len(raw) > MOST_ROWS:
        return Text("Terlalu banyak baris: paling banyak {n}.", "Too many lines: at most {n}.").format(
            n=MOST_ROWS
        )
    rows = []
    for line, row in enumerate(raw, start=1):
        cells = {name: read(column, row.get(name)) for name, column in field.columns.items()}
        for name, cell in cells.items():
            if isinstance(cell, Text):
                words = Text("Baris {line}, {label}: {problem}", "Line {line}, {label}: {problem}")
                return words.format(line=line, label=field.columns[name].label, problem=cell)
        rows.append(cells)
    return tuple(rows)


def _typed_rows(field: Field, name: str, raw: Mapping[str, list[str]]) -> list[dict[str, Any]]:
    found = re.compile(rf"{re.escape(name)}\.(\d{{1,4}})\.")
    lines = sorted({int(match[1]) for key in raw if (match := found.match(key))})[: MOST_ROWS + 1]
    rows = [{col: typed(one, f"{name}.{n}.{col}", raw) for col, one in field.columns.items()} for n in lines]
    return [row for row in rows if not is_blank(row)]


def _last(raw: Mapping[str, list[str]], name: str) -> str | None:
    values = raw.get(name) or []
    return values[-1] if values else None


def _outside(field: Field, value: Any, values: Values) -> Text | None:
    """Whether a value lies beyond `min` or `max`; of a list the number of entries counts."""
    for bound, is_low in ((field.min, True), (field.max, False)):
        limit = _bound(bound, values)
        if limit is None:
            continue
        measured: Any = Decimal(len(value)) if isinstance(value, tuple) else value
        try:
            is_outside = measured < limit if is_low else measured > limit
        except TypeError:
            continue
        if is_outside:
            words = Text("Paling sedikit {limit}.", "At least {limit}.")
            if isinstance(limit, date):
                words = Text("Tidak sebelum {limit}.", "Not before {limit}.")
                words = words if is_low else Text("Tidak sesudah {limit}.", "Not after {limit}.")
            elif not is_low:
                words = Text("Paling banyak {limit}.", "At most {limit}.")
            return words.format(limit=_limit_words(field, limit))
    return None


def _bound(bound: Expression | None, values: Values) -> Decimal | date | None:
    """The bound as a number or date; None while it hangs on answers not given."""
    if bound is None:
        return None
    try:
        found = bound.evaluate(values)
    except ExpressionFault:
        return None
    if isinstance(found, (Unknown, bool, str)):
        return None
    return Decimal(str(found)) if isinstance(found, float) else found if isinstance(found, date) else None


def _limit_words(field: Field, limit: Decimal | date) -> Text:
    if isinstance(limit, date):
        return formats.day(limit)
    said = formats.rupiah(limit) if field.type == "money" else formats.number(limit)
    unit = f" {field.unit}" if field.unit else ""
    return Text(said.id + unit, said.said("en") + unit)

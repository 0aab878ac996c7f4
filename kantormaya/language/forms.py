"""From the definition to the form of either door: each question as the field parts read it, and what was posted as answers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from kantormaya.language import formats, identity, regions
from kantormaya.language.answers import MOST_ROWS, ZONE, read, typed
from kantormaya.language.asking import Field
from kantormaya.language.plain import whole
from kantormaya.language.texts import Text, joined

Posted = Mapping[str, list[str]]
"""A posted form: every name with all its values."""

AUTOCOMPLETE = {
    "name": "name",
    "phone": "tel",
    "email": "email",
    "address": "street-address",
    "organisation": "organization",
}
YES = Text("Ya", "Yes")
NO = Text("Tidak", "No")


@dataclass(frozen=True)
class Shown:
    """A field as the templates parts/field_* read it."""

    id: str
    name: str
    type: str
    label: Text
    help: Text | None = None
    required: bool = True
    choices: tuple[tuple[str, Text], ...] = ()
    groups: regions.Groups = ()
    value: Any = None
    error: Text | None = None
    unit: str | None = None
    min: str | None = None
    max: str | None = None
    accept: str | None = None
    accept_text: str | Text | None = None
    max_size_text: str | None = None
    is_many: bool = False
    lines: tuple[tuple[Shown, ...], ...] = ()
    autocomplete: str | None = None
    is_fixed: bool = False


def show(
    name: str, field: Field, value: Any = None, *, posted: Posted | None = None, error: Text | None = None,
    lines: list[dict[str, Any]] | None = None,
) -> Shown:  # fmt: skip
    """A question with what was answered, or where a form came back with what was typed into it."""
    if field.type == "rows":
        kept = (
            lines if lines is not None else posted_lines(name, field, posted) if posted is not None else value
        )
        return _show_rows(
            name, field, list(kept or ()) or [{}], error, written=posted is None and lines is None
        )
    stands = typed(field, name, posted) if posted is not None else written(field, value)
    return Shown(
        id=name, name=name, type=field.type, label=field.label, help=field.help, required=field.required,
        choices=tuple(field.choices.items()), value=stands,
        groups=regions.choices() if field.type in ("region", "place") else (), error=error, unit=field.unit,
        autocomplete=AUTOCOMPLETE.get(name),
    )  # fmt: skip


def _show_rows(
    name: str, field: Field, rows: list[dict[str, Any]], error: Text | None, *, written: bool
) -> Shown:
    lines = tuple(
        tuple(
            _cell(f"{name}.{n}.{key}", column, row.get(key), written) for key, column in field.columns.items()
        )
        for n, row in enumerate(rows)
    )
    return Shown(
        id=name, name=name, type="rows", label=field.label, help=field.help, required=field.required, error=error,
        lines=lines,
    )  # fmt: skip


def _cell(name: str, column: Field, value: Any, is_value: bool) -> Shown:
    if is_value:
        return show(name, column, value)
    if isinstance(value, Mapping):  # a place, in its parts
        parts = {name if part == "address" else f"{name}.{part}": [text] for part, text in value.items()}
        return show(name, column, posted=parts)
    return show(name, column, posted={name: value if isinstance(value, list) else [value or ""]})


def posted_lines(name: str, field: Field, posted: Posted | None) -> list[dict[str, Any]]:
    """The lines of a posted list as they were typed, blank ones included."""
    found = re.compile(rf"{re.escape(name)}\.(\d{{1,4}})\.")
    numbers = sorted({int(match[1]) for key in posted or {} if (match := found.match(key))})[: MOST_ROWS + 1]
    return [
        {key: typed(column, f"{name}.{n}.{key}", posted or {}) for key, column in field.columns.items()}
        for n in numbers
    ]


def changed_lines(fields: Mapping[str, Field], posted: Posted) -> dict[str, list[dict[str, Any]]] | None:
    """The lists of a form after its button "add a line" or "remove" was pressed; None when neither was."""
    add, drop = (posted.get(key, [""])[-1] for key in ("tambah", "hapus"))
    target, _, number = (add, "", "") if add else drop.rpartition(".")
    field = fields.get(target)
    if field is None or field.type != "rows":
        return None
    lines = posted_lines(target, field, posted)
    if add:
        lines.append({})
    elif (at := whole(number)) is not None and at < len(lines):
        del lines[at]
    return {target: lines}


def written(field: Field, value: Any) -> Any:
    """An answer as it stands in its input, so that reading it again gives the same answer."""
    if value is None:
        return None
    if field.type == "money":
        return formats.number(value, 0).id
    if field.type == "number":
        return str(value).replace(".", ",") if isinstance(value, (Decimal, float)) else str(value)
    if field.type == "phone":
        return at_home(value)
    if field.type == "place" and isinstance(value, Mapping):
        return {**value, "point": regions.point_words(value)}
    if field.type == "moment" and isinstance(value, datetime):
        return value.astimezone(ZONE).strftime("%Y-%m-%dT%H:%M")
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


def read_fields(
    fields: Mapping[str, Field], posted: Posted, *, values: Mapping[str, Any], today: date | None = None, zone: str = ZONE.key
) -> tuple[dict[str, Any], dict[str, Text]]:  # fmt: skip
    """Answers and problems of the fields on one page; bounds may speak of any other answer."""
    found = {
        name: read(field, typed(field, name, posted), zone=ZoneInfo(zone)) for name, field in fields.items()
    }
    answers = {name: value for name, value in found.items() if not isinstance(value, Text)}
    problems = {name: value for name, value in found.items() if isinstance(value, Text)}
    known = {**values, **answers}
    for name in answers:
        again = read(
            fields[name], typed(fields[name], name, posted), values=known, today=today, zone=ZoneInfo(zone)
        )
        if isinstance(again, Text):
            problems[name] = again
    return {name: value for name, value in answers.items() if name not in problems}, problems


def in_words(field: Field, value: Any) -> Text | None:
    """An answer as one reads it; None for one left blank."""
    if value is None or value == () or value == "":
        return None
    match field.type:
        case "yes_no":
            return YES if value else NO
        case "choice":
            return field.choices.get(value, Text(str(value), str(value)))
        case "choices":
            return joined([field.choices[one] for one in value if one in field.choices], ", ")
        case "money":
            return formats.rupiah(value)
        case "number":
            said, unit = formats.number(value), f" {field.unit}" if field.unit else ""
            return Text(said.id + unit, said.said("en") + unit)
        case "phone":
            return Text(at_home(value), at_home(value))
        case "date":
            return formats.day(value)
        case "moment":
            return formats.moment(value.astimezone(ZONE))
        case "place" if isinstance(value, Mapping):
            return regions.place_words(value)
        case "region":
            return regions.words(value)
        case "nip" | "npwp":
            said_so = identity.as_printed(field.type, value)
            return Text(said_so, said_so)
        case "rows" if isinstance(value, tuple):
            return joined([_row_words(field, row) for row in value], "; ")
    return Text(str(value), str(value))


def at_home(phone: str) -> str:
    """A telephone number as it is dialled here: 0812 3456 7890."""
    if not phone.startswith("+62"):
        return phone
    digits = "0" + phone[3:]
    return " ".join((digits[:4], digits[4:8], digits[8:])).strip()


def _row_words(field: Field, row: Mapping[str, Any]) -> Text:
    cells = []
    for name, column in field.columns.items():
        words = in_words(column, row.get(name))
        if words is not None and column.type == "yes_no":
            words = Text("{label} {words}", "{label} {words}").format(label=column.label, words=words)
        if words is not None:
            cells.append(words)
    return joined(cells, ", ")


def errors_of(fields: list[Shown]) -> list[dict[str, Any]]:
    """What the error summary lists: every problem beside the control it belongs to."""
    return [{"id": one.id, "text": one.error} for one in fields if one.error is not None]

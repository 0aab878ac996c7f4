"""The questions an official answers at the desk, as parts/field_*.html read them, and what was typed read again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone

from kantormaya.language import formats
from kantormaya.language.answers import read, typed
from kantormaya.language.asking import Field
from kantormaya.language.texts import Text

Posted = Mapping[str, list[str]]
BLANK_LINES = 3


@dataclass(frozen=True)
class Shown:
    """A field as the templates read it."""

    id: str
    name: str
    type: str
    label: Text
    help: Text | None = None
    required: bool = True
    choices: tuple[tuple[str, Text], ...] = ()
    value: Any = None
    error: Text | None = None
    unit: str | None = None
    accept: str | None = None
    accept_text: str | Text | None = None
    max_size_text: str | None = None
    is_many: bool = False
    lines: tuple[tuple[Shown, ...], ...] = ()


def show(name: str, field: Field, value: Any, posted: Posted | None, error: Text | None) -> Shown:
    """A question as it stands: with what was typed where a form came back, else with the value known so far."""
    if field.type == "rows":
        return Shown(
            name, name, "rows", field.label, field.help, field.required, error=error,
            lines=_lines(name, field, value, posted),
        )  # fmt: skip
    stands = typed(field, name, posted) if posted is not None else written(value)
    stands = stands.get("address") if isinstance(stands, Mapping) else stands
    return Shown(
        name, name, field.type, field.label, field.help, field.required, tuple(field.choices.items()), stands, error,
        field.unit,
    )  # fmt: skip


def _lines(name: str, field: Field, value: Any, posted: Posted | None) -> tuple[tuple[Shown, ...], ...]:
    """A list with some blank lines to write on; blank ones are left out when it is read."""
    said = list(value or ())
    lines = len(said) + BLANK_LINES
    if posted is not None:
        lines = max([lines, *(int(k.split(".")[1]) + 1 for k in posted if _is_cell(k, name))])
    return tuple(
        tuple(
            show(f"{name}.{n}.{key}", column, said[n].get(key) if n < len(said) else None, posted, None)
            for key, column in field.columns.items()
        )
        for n in range(min(lines, 100))
    )


def _is_cell(key: str, name: str) -> bool:
    return key.startswith(f"{name}.") and key.count(".") >= 2 and key.split(".")[1].isdigit()


def written(value: Any) -> Any:
    """A value as its input holds it, so that reading it again gives the same value."""
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, Decimal | float | int):
        return formats.number(value, None if value != int(value) else 0).id
    if isinstance(value, datetime):
        return f"{timezone.localtime(value):%Y-%m-%dT%H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


def read_all(
    fields: Mapping[str, Field], posted: Posted, values: Mapping[str, Any]
) -> tuple[dict[str, Any], dict[str, Text]]:
    """Values and problems of some fields; what is wrong is said of each."""
    found = {name: read(field, typed(field, name, posted), values=values) for name, field in fields.items()}
    problems = {name: value for name, value in found.items() if isinstance(value, Text)}
    return {n: v for n, v in found.items() if n not in problems and v is not None}, problems


def words(field: Field, value: Any) -> Any:
    """An answer in words, for reading."""
    if value is None:
        return None
    if field.type == "yes_no":
        return Text("Ya", "Yes") if value else Text("Tidak", "No")
    if field.type == "choice":
        return field.choices.get(value, value)
    if field.type == "choices":
        texts = [field.choices.get(one, Text(one, one)) for one in value]
        return Text(", ".join(t.id for t in texts), ", ".join(t.said("en") for t in texts))
    if field.type == "money":
        return formats.rupiah(value)
    if field.type == "number":
        number = formats.number(value)
        return Text(f"{number.id} {field.unit}", f"{number.en} {field.unit}") if field.unit else number
    if field.type == "moment":
        return formats.moment(timezone.localtime(value))
    if field.type == "date":
        return formats.day(value)
    if field.type == "place":
        return value.get("address") if isinstance(value, Mapping) else value
    return _rows(field, value) if field.type == "rows" else value


def _rows(field: Field, value: Any) -> Any:
    if not isinstance(value, tuple | list):
        return value
    lines = [[words(column, row.get(key)) for key, column in field.columns.items()] for row in value]
    said = {
        language: "; ".join(
            ", ".join(_said(cell, language) for cell in line if cell is not None) for line in lines
        )
        for language in ("id", "en")
    }
    return Text(said["id"], said["en"])


def _said(cell: Any, language: str) -> str:
    return cell.said(language) if isinstance(cell, Text) else str(cell)

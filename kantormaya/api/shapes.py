"""What goes in and out in many places: words in two languages, what is asked, what can be done."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict
from pydantic import Field as Key

from kantormaya.api.problems import FAULTY, Wrong
from kantormaya.clock import Calendar
from kantormaya.engine.choices import Choice
from kantormaya.language.answers import ZONE, read
from kantormaya.language.asking import Field
from kantormaya.language.texts import Text

NO_QUESTION = Text("Tidak ditanyakan di sini.", "It is not asked here.")


class Body(BaseModel):
    """What is sent: what is not known is refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Said(BaseModel):
    """Words in Indonesian, and in English where they exist."""

    id: str
    en: str | None = None


def said(text: Text) -> Said:
    """A text as it goes out."""
    return Said(id=text.id, en=text.en)


def said_or_none(text: Text | None) -> Said | None:
    """The same for what may be missing."""
    return said(text) if text is not None else None


class May(BaseModel):
    """One thing that can be done now; `refused` says why it is closed."""

    act: str
    of: str
    label: Said
    will: Said | None
    refused: Said | None
    needs_reason: bool


def may(choice: Choice) -> May:
    """A choice of the engine as it goes out."""
    return May(
        act=choice.act, of=choice.id, label=said(choice.label), will=said_or_none(choice.will),
        refused=said_or_none(choice.refused), needs_reason=choice.reason,
    )  # fmt: skip


class Question(BaseModel):
    """A question of a form."""

    name: str
    type: str
    label: Said
    help: Said | None
    required: bool
    is_conditional: bool
    unit: str | None
    choices: dict[str, Said]
    columns: list["Question"]  # noqa: UP037  it speaks of itself


def question(name: str, field: Field) -> Question:
    """A field as it goes out."""
    return Question(
        name=name, type=field.type, label=said(field.label), help=said_or_none(field.help), required=field.required,
        is_conditional=field.when is not None, unit=field.unit, choices={k: said(v) for k, v in field.choices.items()},
        columns=[question(inner, one) for inner, one in field.columns.items()],
    )  # fmt: skip


Answers = dict[str, Any]
Reason = Key("", max_length=4000)


def read_all(
    fields: Mapping[str, Field], sent: Mapping[str, Any], where: str, *, values: Mapping[str, Any] | None = None,
    today: date | None = None, calendar: Calendar | None = None,
) -> dict[str, Any]:  # fmt: skip
    """Answers as a form would have read them; raises Wrong with all that is wrong at once, by pointer."""
    wrong = {f"/{where}/{name}": NO_QUESTION for name in sent if name not in fields}
    known = {name: raw for name, raw in sent.items() if name in fields}
    zone = ZONE if calendar is None else ZoneInfo(calendar.zone)
    first = {name: read(fields[name], raw, zone=zone) for name, raw in known.items()}
    together = {**(values or {}), **{n: v for n, v in first.items() if not isinstance(v, Text)}}
    found = {
        name: read(fields[name], raw, values=together, today=today, zone=zone) for name, raw in known.items()
    }
    wrong |= {f"/{where}/{name}": value for name, value in found.items() if isinstance(value, Text)}
    if wrong:
        raise Wrong(422, FAULTY.format(n=len(wrong)), wrong)
    return found

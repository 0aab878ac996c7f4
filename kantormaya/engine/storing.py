"""Events and states as JSON and back, exactly: what is read equals what was written."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from kantormaya.clock import Duration, Unit
from kantormaya.engine import state as shapes
from kantormaya.engine.events import Actor, Event, Kind
from kantormaya.language.evaluating import About

_SHAPES = {
    shape.__name__: shape
    for shape in (
        About, shapes.Held, shapes.Deficiency, shapes.Correction, shapes.Answer, shapes.Proof, shapes.TaskState, shapes.BillState,
        shapes.Booked,
        shapes.Visit, shapes.Wait, shapes.Lengthened, shapes.State,
    )
}  # fmt: skip


_PARTS = {
    shape: tuple((one.name, one.default is None) for one in fields(shape)) for shape in _SHAPES.values()
}
"""What each shape is made of, and which of it goes unsaid where there is none."""


def pack(value: Any) -> Any:
    """A value as JSON: dates, instants, durations and our own shapes carry a `$` key that says what they are."""
    kind = type(value)
    if kind is dict:
        return {str(key): pack(item) for key, item in value.items()}
    if value is None or isinstance(value, (str, bool, int, float)):
        return value
    if isinstance(value, Duration):
        return {"$duration": value.said, "unit": str(value.unit)}
    if isinstance(value, datetime):
        return {"$at": value.astimezone(UTC).isoformat()}
    if isinstance(value, date):
        return {"$date": value.isoformat()}
    if isinstance(value, Decimal):
        return {"$decimal": str(value)}
    if kind in _PARTS:
        said = ((name, getattr(value, name), goes_unsaid) for name, goes_unsaid in _PARTS[kind])
        return {"$": kind.__name__} | {
            n: pack(part) for n, part, unsaid in said if not (unsaid and part is None)
        }
    if isinstance(value, (set, frozenset)):
        return {"$set": sorted(value)}
    if isinstance(value, (list, tuple)):
        return [pack(item) for item in value]
    return {str(key): pack(item) for key, item in value.items()}


def unpack(value: Any) -> Any:
    """What `pack` was given; lists come back as tuples."""
    if isinstance(value, list):
        return tuple(unpack(item) for item in value)
    if not isinstance(value, dict):
        return value
    if "$at" in value:
        return datetime.fromisoformat(value["$at"])
    if "$date" in value:
        return date.fromisoformat(value["$date"])
    if "$decimal" in value:
        return Decimal(value["$decimal"])
    if "$set" in value:
        return frozenset(value["$set"])
    if "$duration" in value:
        return replace(Duration.read(value["$duration"]), unit=Unit(value["unit"]))
    if "$" in value:
        return _SHAPES[value["$"]](**{key: unpack(item) for key, item in value.items() if key != "$"})
    return {key: unpack(item) for key, item in value.items()}


def event_as_json(event: Event) -> dict[str, Any]:
    """An event as a JSON object."""
    actor = {"role": event.actor.role, "agency": event.actor.agency, "person": event.actor.person}
    return {
        "kind": str(event.kind),
        "at": event.at.astimezone(UTC).isoformat(),
        "actor": actor,
        "data": pack(event.data),
    }


def event_from_json(raw: dict[str, Any]) -> Event:
    """The event that `event_as_json` wrote."""
    return Event(
        Kind(raw["kind"]), datetime.fromisoformat(raw["at"]), Actor(**raw["actor"]), unpack(raw["data"])
    )

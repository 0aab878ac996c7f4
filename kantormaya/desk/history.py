"""What happened to a case, newest first, in words an official understands at a glance."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils import timezone

from kantormaya.cases.models import Event
from kantormaya.casework.advancing import DID
from kantormaya.desk.opened import Opened
from kantormaya.engine.storing import unpack
from kantormaya.language.definition import CHANNEL_NAMES, Definition
from kantormaya.language.formats import moment, rupiah
from kantormaya.language.forms import in_words
from kantormaya.language.texts import Text, joined
from kantormaya.messages.telling import name_of

KINDS = {
    "returned": "ask-you",
    "lapsed": "late",
    "escalated": "late",
    "timed_out": "late",
    "signed": "done",
    "paid": "done",
}


def history(opened: Opened) -> list[dict[str, Any]]:
    """The events as entries of the timeline."""
    return [_entry(opened, event) for event in opened.past.events]


def _entry(opened: Opened, event: Event) -> dict[str, Any]:
    who = opened.who(event.actor_role, event.actor_agency)
    title = Text("{who} {what}", "{who} {what}").format(who=who, what=DID[event.kind])
    said = list(_said(opened, event.kind, unpack(event.data)))
    text = joined(said, " · ") if said else None
    return {"title": title, "at": event.at, "text": text, "kind": KINDS.get(event.kind, "")}


def _said(opened: Opened, kind: str, data: dict[str, Any]) -> Iterator[Text]:
    """What an event carries, one short piece after the other."""
    definition = opened.now.definition
    if "to" in data and kind != "escalated":
        yield Text("ke {to}", "to {to}").format(to=place(definition, data["to"]))
    if task := definition.task.get(data.get("task", "")):
        yield task.title
        if "answer" in data:
            yield task.possible_answers().get(data["answer"], Text(data["answer"]))
    if "about" in data:
        yield Text("lewat {channel}", "{channel}").format(channel=CHANNEL_NAMES[data["about"].channel])
    for name, booked in data.get("slots", {}).items():
        yield _pair(definition.booking[name].title, moment(timezone.localtime(booked.starts_at)))
    if "booking" in data and "slots" not in data:
        yield definition.booking[data["booking"]].title
    if "on" in data:
        yield moment(timezone.localtime(data["on"]))
    if fits := data.get("fits"):
        yield Text("{n} sesuai", "{n} fit").format(n=len(fits))
    for name, reason in data.get("deficient", {}).items():
        yield _pair(name_of(definition, f"requirement.{name}"), reason)
    for item in data.get("items", ()):
        late = (
            Text(" (dapat dilihat sejak awal)", " (was there to be seen before)")
            if item.get("late")
            else Text("", "")
        )
        yield _pair(
            name_of(definition, item["target"]),
            Text("{r}{late}", "{r}{late}").format(r=item["reason"], late=late),
        )
    for name, value in data.get("facts", {}).items():
        if name in definition.field and value is not None:
            yield _pair(definition.field[name].label, in_words(definition.field[name], value))
    if data.get("number"):
        yield Text(data["number"], data["number"])
    if "amount" in data:
        yield rupiah(data["amount"])
    for key in ("note", "reason"):
        if data.get(key):
            yield Text(f"“{data[key]}”", f"“{data[key]}”")


def place(definition: Definition, name: str) -> Text:
    """A step or an end by its title."""
    return definition.step[name].title if name in definition.step else definition.ends[name].title


def _pair(label: Text, value: Any) -> Text:
    return Text("{label}: {value}", "{label}: {value}").format(label=label, value=value)

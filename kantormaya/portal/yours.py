"""Only what concerns you: two or three questions, and the requirements, fee and time that follow from the answers."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from kantormaya.clock import Calendar
from kantormaya.language.answers import read, typed
from kantormaya.language.asking import Requirement
from kantormaya.language.components.delivery import requirement_item
from kantormaya.language.definition import Definition
from kantormaya.language.evaluating import About, Unknown, Values, alternatives, evaluate, holds, wanted
from kantormaya.language.forms import Posted, Shown, show
from kantormaya.language.texts import Text
from kantormaya.portal.beginning import KIND, VARIANT, about_fields, read_about

PHOTO_OR_PDF = Text("foto atau PDF", "photo or PDF")
PHOTO = Text("foto", "photo")
ONE_OF = Text("salah satu dari:", "one of:")  # as language.components.delivery says it
AS = Text("{title}: {only}", "{title}: {only}")
BY_US = ("registry", "check")


@dataclass(frozen=True)
class Need:
    """One requirement as it concerns this applicant; `when` only while the answers leave it open."""

    title: Text
    when: Text | None
    notes: tuple[Text, ...]
    help: Text | None
    members: tuple[Text, ...]


@dataclass(frozen=True)
class Yours:
    """The questions with their answers, the names known from them, and the requirements."""

    fields: tuple[Shown, ...]
    values: Values
    now: tuple[Need, ...]
    perhaps: tuple[Need, ...]
    later: tuple[Need, ...]
    by_us: tuple[Need, ...]


def yours(definition: Definition, asked: Posted, calendar: Calendar) -> Yours:
    """What follows from the answers in an address; a choice not made yet stands at its first."""
    asked = {**_first_choices(definition), **asked}
    about, _ = read_about(definition, asked)
    fields = [field for field in about_fields(definition, asked, {}) if field.name in (VARIANT, KIND)]
    answers: dict[str, Any] = {}
    first = {name: field for name, field in definition.questions.items() if field.ask_first}
    problems: dict[str, Text] = {}
    for name, field in first.items():
        if asked.get(name, [""])[-1]:
            found = read(field, typed(field, name, asked))
            (problems if isinstance(found, Text) else answers)[name] = found
    values = evaluate(definition, about, answers, calendar=calendar)
    for name, field in first.items():
        if holds(field.when, values, calendar) is True:
            open_ = replace(show(name, field, posted=asked, error=problems.get(name)), required=True)
            fields.append(open_)
    return Yours(tuple(fields), values, **_needs(definition, about, answers, values, calendar))


def _first_choices(definition: Definition) -> dict[str, list[str]]:
    fields = about_fields(definition, {}, {})
    return {field.name: [field.choices[0][0]] for field in fields if field.name in (VARIANT, KIND)}


def _needs(
    definition: Definition, about: About, answers: dict[str, Any], values: Values, calendar: Calendar
) -> dict[str, tuple[Need, ...]]:
    """The requirements in four heaps: asked now, asked perhaps, asked later, looked up by the office."""
    others = [evaluate(definition, other, answers, calendar=calendar) for other in _others(definition, about)]
    heaps: dict[str, list[Need]] = {"now": [], "perhaps": [], "later": [], "by_us": []}
    for name, one in definition.requirement.items():
        held = wanted(one, values, calendar)
        if held is False and all(wanted(one, other, calendar) is False for other in others):
            continue
        heap = "by_us" if one.kind in BY_US else "now" if one.asked_at_submission else "later"
        heap = "perhaps" if heap == "now" and held is not True else heap
        heaps[heap].append(_need(definition, name, one, values, calendar, is_open=held is not True))
    return {heap: tuple(found) for heap, found in heaps.items()}


def _others(definition: Definition, about: About) -> list[About]:
    """The same applicant with a representative, or from abroad: asked only in the form, so open here."""
    party = definition.party["applicant"]
    others = [replace(about, by_proxy=True)] if party.proxy == "allowed" else []
    return [*others, replace(about, applicant_foreign=True)] if party.foreigners else others


def _need(
    definition: Definition, name: str, one: Requirement, values: Values, calendar: Calendar, *, is_open: bool
) -> Need:
    item = requirement_item(definition, one, f"requirement.{name}")
    closed = {
        f"requirement.{name}.one_of.{member}"
        for member in set(one.one_of) - set(alternatives(one, values, calendar))
    }
    members = tuple(part.text for part in item.parts if part.where not in closed)
    only = members[0] if len(members) == 1 and one.one_of else None
    file = one.kind == "upload" and not one.one_of
    kind = [PHOTO_OR_PDF if "pdf" in one.accept else PHOTO] if file else []
    return Need(
        title=AS.format(title=item.text, only=only) if only else item.text,
        when=item.when if is_open else None,
        notes=(
            *kind,
            *(note for note in item.notes if note not in (one.help, one.form, *([ONE_OF] if only else []))),
        ),
        help=one.help,
        members=() if only else members,
    )


def is_settled(found: Yours) -> bool:
    """Whether every question shown has its answer."""
    return all(field.value not in (None, "", []) and field.error is None for field in found.fields)


__all__ = ["Need", "Unknown", "Yours", "is_settled", "yours"]

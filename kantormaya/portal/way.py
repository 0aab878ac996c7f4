"""The way of an application from the first step to the paper, as the definition goes when all is well."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from kantormaya.clock import Calendar, Duration
from kantormaya.language.definition import Definition
from kantormaya.language.evaluating import Unknown, Values, holds, possible
from kantormaya.language.roles import role_name
from kantormaya.language.texts import Text, joined
from kantormaya.language.words import said_time, said_when
from kantormaya.language.working import RegionOf, Step, Task

APPLY = {
    "title": Text("Anda mengajukan dari mana saja", "You apply from anywhere"),
    "who": Text(
        "tanpa akun; bisa disimpan dan dilanjutkan kapan saja",
        "without an account; can be kept and gone on with at any time",
    ),
}
AT_COUNTER = {
    "title": Text("Anda mengajukan di loket", "You apply at the counter"),
    "who": Text("petugas membantu mengisi", "staff help you to fill it in"),
}
IN_NATIONAL = Text(
    "Anda mengajukan di sistem nasional, yang meneruskannya kepada kami",
    "You apply in the national system, which passes it on to us",
)
ALL_AT_ONCE = Text(
    "semua kekurangan disampaikan sekaligus", "you are told of everything that is missing at once"
)
CHECKABLE = Text(
    "PDF dengan kode QR yang dapat diperiksa siapa saja", "a PDF with a QR code that anyone can check"
)
AFTER_SIGNING = ("initials",)


def way(
    definition: Definition, values: Values, calendar: Calendar, names: Mapping[str, str]
) -> list[dict[str, Any]]:
    """The steps as parts/flow.html reads them; `names` are the short names of agencies."""
    steps: list[dict[str, Any]] = [_begins(definition)]
    at: str | None = definition.start
    seen: set[str] = set()
    while at in definition.step and at not in seen:
        seen.add(at)
        step = definition.step[at]
        held = holds(step.when, values, calendar)
        if held is not False:
            steps.append({
                "title": step.title,
                "who": joined(_about(definition, at, step, held, values, calendar, names), " · "),
            })  # fmt: skip
        at = step.then or next(
            (move.to for move in step.move.values() if move.to not in seen and _is_good(definition, move.to)),
            None,
        )
    if at in definition.ends:
        titles = [
            definition.product[name].title
            for name in definition.ends[at].products
            if name in definition.product
            and holds(definition.product[name].when, values, calendar) is not False
        ]
        is_paper = any(
            definition.product[n].kind != "act"
            for n in definition.ends[at].products
            if n in definition.product
        )
        steps.append({
            "title": definition.ends[at].title, "who": joined([*titles, *([CHECKABLE] if is_paper else [])], " · "),
        })  # fmt: skip
    return steps


def _begins(definition: Definition) -> dict[str, Any]:
    if definition.national is not None:
        return {"title": IN_NATIONAL, "who": definition.national.decides}
    return APPLY if "online" in definition.channels else AT_COUNTER


def _is_good(definition: Definition, name: str) -> bool:
    return name in definition.step or definition.ends[name].means in ("granted", "answered", "done")


def _about(
    definition: Definition,
    name: str,
    step: Step,
    held: bool | Unknown,
    values: Values,
    calendar: Calendar,
    names: Mapping[str, str],
) -> Iterator[Text]:
    acting: tuple[str, ...] = possible(step.by, values, calendar)
    roles = [role_name(role) for role in dict.fromkeys(acting)]
    agency = definition.agency_at(name)
    if "applicant" in acting:
        yield Text("Anda", "you")
    else:
        yield joined(roles, " / ")
        yield Text(names.get(agency, agency), names.get(agency, agency))
    open_: tuple[Any, ...] = possible(step.within or (), values, calendar)
    limits = [d for d in open_ if isinstance(d, Duration)]
    if limits:
        yield joined([said_time(definition, limit) for limit in dict.fromkeys(limits)], " / ")
    if isinstance(held, Unknown) and (when := said_when(definition, step)):
        yield when
    if step.in_person:
        yield Text("hadir langsung: {why}", "in person: {why}").format(why=step.in_person)
    if step.correction and name == definition.accepting_step:
        yield ALL_AT_ONCE
    for task in definition.tasks_at(name).values():
        if (
            task.kind not in AFTER_SIGNING
            and not task.on_request
            and holds(task.when, values, calendar) is not False
        ):
            yield _task(task, agency, names)


def _task(task: Task, agency: str, names: Mapping[str, str]) -> Text:
    asked = () if isinstance(task.at, RegionOf) else [one for one in task.at if one != agency]
    by = ", ".join(names.get(one, one) for one in asked)
    said = task.title.said("en")
    if not by or by.casefold() in task.title.id.casefold():
        return Text(task.title.id[:1].lower() + task.title.id[1:], said[:1].lower() + said[1:])
    return Text(f"{task.title.id} ({by})", f"{said} ({by})")

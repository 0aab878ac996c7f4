"""What comes with arriving somewhere: steps passed over, tasks opened, bills made. Decided once, then kept in the event."""

from __future__ import annotations

from typing import Any

from kantormaya.clock import Calendar
from kantormaya.engine.events import APPLICANT, Refused
from kantormaya.engine.fees import bill_amount, quote
from kantormaya.engine.knowing import role_at
from kantormaya.engine.state import State
from kantormaya.language.definition import Definition
from kantormaya.language.evaluating import DefinitionFault, Unknown, Values, holds
from kantormaya.language.texts import Text
from kantormaya.language.working import RegionOf, Task


def destination(
    definition: Definition, target: str, values: Values, calendar: Calendar
) -> tuple[str, tuple[str, ...]]:
    """Where a move to `target` really leads, and the steps passed over on the way."""
    passed: list[str] = []
    while target in definition.step:
        step = definition.step[target]
        stays = holds(step.when, values, calendar)
        if isinstance(stays, Unknown):
            raise Refused(_not_known(definition, stays.names))
        if stays:
            break
        if step.then is None or target in passed:
            raise DefinitionFault(f"step {target} is passed over but does not say where it goes then")
        passed.append(target)
        values = {
            **values,
            **{fact: None for fact, field in definition.facts.items() if field.step == target},
        }
        target = step.then
    return target, tuple(passed)


def arrival(
    definition: Definition, state: State, target: str, values: Values, calendar: Calendar
) -> dict[str, Any]:
    """Everything an event that moves the pointer to `target` has to carry."""
    to, passed = destination(definition, target, values, calendar)
    data: dict[str, Any] = {"to": to}
    if passed:
        data["passed"] = passed
    if to in definition.ends:
        return data
    tasks, idle = _tasks(definition, to, values, calendar)
    if tasks:
        data["tasks"] = tasks
    if idle:
        data["idle_tasks"] = idle
    bills = _bills(definition, state, to, values, calendar)
    if bills:
        data["bills"] = bills
    step = definition.step[to]
    role = role_at(definition, to, values, calendar)
    if (role == APPLICANT and step.clock != "runs") or step.clock == "stops":
        data["waits"] = f"step.{to}"
    return data


def _tasks(
    definition: Definition, step: str, values: Values, calendar: Calendar
) -> tuple[dict[str, Any], tuple[str, ...]]:
    opened: dict[str, Any] = {}
    idle: list[str] = []
    for name, task in definition.tasks_at(step).items():
        wanted = holds(task.when, values, calendar)
        if isinstance(wanted, Unknown):
            raise Refused(_not_known(definition, wanted.names))
        if not wanted:
            idle.append(name)
        elif not task.on_request and task.at != ("chosen",):
            opened[name] = asked(task, values)
        else:
            idle.append(name)
    return opened, tuple(idle)


def asked(task: Task, values: Values) -> tuple[str, ...]:
    """Who answers a task: the agencies it names, else the roles, in order."""
    if isinstance(task.at, RegionOf):
        region = values.get(task.at.region_of)
        return (str(region),) if region else task.by
    return task.at or task.by


def _bills(
    definition: Definition, state: State, step: str, values: Values, calendar: Calendar
) -> dict[str, int]:
    made: dict[str, int] = {}
    found = quote(definition, values, calendar)
    for name, bill in definition.fee.bill.items():
        if bill.step != step:
            continue
        amount = bill_amount(definition, name, found)
        if isinstance(amount, Unknown):
            raise Refused(_not_known(definition, amount.names))
        owed = amount - sum(
            b.amount for b in state.bills.values() if b.of == name and b.status in ("due", "paid", "waived")
        )
        if owed > 0:
            made[name if name not in state.bills else f"{name}_{len(state.bills) + 1}"] = owed
    return made


def _not_known(definition: Definition, names: frozenset[str]) -> Text:
    labels = [definition.field[name].label for name in sorted(names) if name in definition.field]
    said = Text(
        ", ".join(label.id for label in labels) or ", ".join(sorted(names)),
        ", ".join(label.said("en") for label in labels) or ", ".join(sorted(names)),
    )
    return Text(
        "Belum bisa dilanjutkan: {names} belum diisi.",
        "This can't go on yet: {names} has not been filled in.",
    ).format(names=said)

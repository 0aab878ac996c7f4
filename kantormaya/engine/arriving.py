"""What comes with arriving somewhere: steps passed over, tasks opened, bills made. Decided once, then kept in the event."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from kantormaya.clock import Calendar
from kantormaya.engine.billing import left_behind, not_known, opened
from kantormaya.engine.events import APPLICANT, Refused
from kantormaya.engine.knowing import known, role_at
from kantormaya.engine.state import State, TaskState
from kantormaya.language.definition import Definition
from kantormaya.language.evaluating import DefinitionFault, Unknown, Values, holds
from kantormaya.language.working import RegionOf, Task


def arrival(definition: Definition, state: State, target: str, calendar: Calendar) -> dict[str, Any]:
    """Everything an event that moves the pointer of `state` to `target` has to carry."""
    state = replace(state, tasks={**state.tasks, **dropped(definition, state)})
    to, passed = target, tuple[str, ...]()
    while to in definition.step and not _stays(definition, state, to, calendar):
        passed = (*passed, to)
        then = definition.step[to].then
        if then is None or then in passed:
            raise DefinitionFault(f"step {to} is passed over but does not say where it goes then")
        state, to = passed_over(definition, state, to), then
    data: dict[str, Any] = {"to": to}
    if passed:
        data["passed"] = passed
    if definition.accepting_step in passed and state.accepted_at is None:
        data["accepts"] = True
    if to in definition.ends:
        return data
    return data | _brought(definition, state, to, calendar)


def _stays(definition: Definition, state: State, step: str, calendar: Calendar) -> bool:
    rule = definition.step[step].when
    if rule is None:
        return True
    held = holds(rule, known(definition, state, calendar), calendar)
    if isinstance(held, Unknown):
        raise Refused(not_known(definition, held.names))
    return held


def dropped(definition: Definition, state: State) -> dict[str, TaskState]:
    """What hangs on the step where the case is and will not be finished when it leaves."""
    found = {}
    for name in definition.tasks_at(state.at):
        task = state.tasks.get(name) or TaskState("not_needed")
        if name not in state.tasks or task.status in ("open", "answered"):
            found[name] = replace(task, status="not_needed")
    return found


def passed_over(definition: Definition, state: State, step: str) -> State:
    """A step passed over: what was never found there is definitely no answer, or the case would hang."""
    facts = {n: None for n, field in definition.facts.items() if field.step == step and n not in state.facts}
    tasks = {n: TaskState("not_needed") for n in definition.tasks_at(step) if n not in state.tasks}
    return replace(state, facts={**state.facts, **facts}, tasks={**state.tasks, **tasks})


def _brought(definition: Definition, state: State, to: str, calendar: Calendar) -> dict[str, Any]:
    """The tasks that open at a step, the bills made and taken away, and whether the office waits there."""
    voids = left_behind(definition, state, to)
    state = fresh_at(definition, state, to)
    values = known(definition, state, calendar)
    data: dict[str, Any] = {}
    tasks, idle = _tasks(definition, to, values, calendar)
    if tasks:
        data["tasks"] = tasks
    if idle:
        data["idle_tasks"] = idle
    if voids:
        data["voids"] = voids
        gone = {name: replace(state.bills[name], status="void") for name in voids}
        state = replace(state, bills={**state.bills, **gone})
    bills = opened(definition, state, to, values, calendar)
    if bills:
        data["bills"] = bills
    step = definition.step[to]
    if step.clock == "stops" or (
        step.clock != "runs" and role_at(definition, to, values, calendar) == APPLICANT
    ):
        data["waits"] = f"step.{to}"
    return data


def fresh_at(definition: Definition, state: State, step: str) -> State:
    """A step entered anew: a fact that was null because the step had been passed over is asked after all."""
    facts = {
        name: value
        for name, value in state.facts.items()
        if value is not None or name not in definition.facts or definition.facts[name].step != step
    }
    return state if len(facts) == len(state.facts) else replace(state, facts=facts)


def _tasks(
    definition: Definition, step: str, values: Values, calendar: Calendar
) -> tuple[dict[str, Any], tuple[str, ...]]:
    """What opens now, and what surely does not; a task whose condition is still open waits for it (see `following`)."""
    opening: dict[str, Any] = {}
    idle: list[str] = []
    for name, task in definition.tasks_at(step).items():
        wanted = holds(task.when, values, calendar)
        if wanted is True and not on_request(task):
            opening[name] = asked(task, values)
        elif not isinstance(wanted, Unknown):
            idle.append(name)
    return opening, tuple(idle)


def on_request(task: Task) -> bool:
    """Whether a task is done only when an official asks for it."""
    return task.on_request or task.at == ("chosen",)


def asked(task: Task, values: Values) -> tuple[str, ...]:
    """Who answers a task: the agencies it names, else the roles, in order."""
    if isinstance(task.at, RegionOf):
        region = values.get(task.at.region_of)
        return (str(region),) if region else task.by
    return task.at or task.by

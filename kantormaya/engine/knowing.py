"""What is known of a case: the value of every name, who acts, what is asked."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from kantormaya.clock import Calendar
from kantormaya.engine.events import APPLICANT, SYSTEM
from kantormaya.engine.remembering import remembered
from kantormaya.engine.state import State, TaskState
from kantormaya.language.asking import Term
from kantormaya.language.definition import Definition, once
from kantormaya.language.evaluating import DefinitionFault, Unknown, Values, choose, evaluate, wanted
from kantormaya.language.working import Task


def local_date(at: datetime, calendar: Calendar) -> date:
    """The day an instant falls on where the office is."""
    return calendar.local_date(at)


@remembered
def known(definition: Definition, state: State, calendar: Calendar) -> Values:
    """Every name that is known of a submitted case; a question left open at submission is definitely no answer."""
    answers = {name: state.answers.get(name) for name in definition.questions}
    return evaluate(
        definition,
        state.about,
        answers,
        state.facts,
        tasks=_task_results(definition, state),
        submitted_on=local_date(state.submitted_at, calendar),
        accepted_on=local_date(state.accepted_at, calendar) if state.accepted_at else None,
        frozen=state.frozen,
        calendar=calendar,
    )


def _task_results(definition: Definition, state: State) -> dict[str, str | None]:
    return {
        name: task.result if task.status in ("closed", "timed_out") else None
        for name, task in state.tasks.items()
        if name in definition.task and task.status not in ("open", "answered")
    }


def freezing(definition: Definition, values: Values) -> dict[str, Any]:
    """The terms counted in working days, as they are now: a holiday decreed later must not change what was decided."""
    return {name: values[name] for name in _counted_in_workdays(definition) if name in values}


@once
def _counted_in_workdays(definition: Definition) -> tuple[str, ...]:
    return tuple(name for name, term in definition.term.items() if _counts_workdays(term))


def _counts_workdays(term: Term) -> bool:
    conditions = (term.is_, term.when, *(case.when for case in term.cases))
    return any(c is not None and "workdays_between" in c.functions for c in conditions)


def role_at(definition: Definition, step: str, values: Values, calendar: Calendar) -> str:
    """The role that acts at a step; raises DefinitionFault while that is not decided."""
    role = choose(definition.step[step].by, values, calendar)
    if isinstance(role, Unknown):
        raise DefinitionFault(
            f"step {step}: who acts depends on what is not known yet ({', '.join(sorted(role.names))})"
        )
    return role


def turn(definition: Definition, state: State, calendar: Calendar) -> tuple[str, str | None]:
    """Whose turn it is: (role, agency). An open correction is the applicant's turn; an ended case is nobody's ("")."""
    if not state.is_open:
        return "", None
    if state.correction is not None:
        return APPLICANT, None
    role = role_at(definition, state.at, known(definition, state, calendar), calendar)
    return (role, None) if role in (APPLICANT, SYSTEM) else (role, definition.agency_at(state.at))


def needed(definition: Definition, values: Values, calendar: Calendar) -> dict[str, bool | Unknown]:
    """For every requirement whether this case needs it."""
    return {name: wanted(item, values, calendar) for name, item in definition.requirement.items()}


def result(task: Task, state: TaskState) -> str | None:
    """The outcome of a task by its rule: the worst answer, or for a majority the answer most gave (the worse in a tie)."""
    ranks = list(task.possible_answers())
    given = [a.answer for a in state.answers.values()]
    if not given:
        return None
    if task.rule == "majority":
        return max(ranks, key=lambda answer: (given.count(answer), -ranks.index(answer)))
    return min(given, key=ranks.index)

"""Parallel work: ask, schedule, answer. Each returns the event, or refuses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from kantormaya.clock import Calendar, reckon
from kantormaya.engine.arriving import asked as usually_asked
from kantormaya.engine.arriving import on_request
from kantormaya.engine.clocks import read
from kantormaya.engine.events import APPLICANT, Actor, Event, Kind, Refused
from kantormaya.engine.knowing import known
from kantormaya.engine.needs import agreed
from kantormaya.engine.office import found, not_yours
from kantormaya.engine.state import State, TaskState
from kantormaya.engine.yours import mine
from kantormaya.language.definition import Definition
from kantormaya.language.evaluating import Values, holds
from kantormaya.language.texts import Text, joined
from kantormaya.language.working import Task


def ask(
    definition: Definition,
    state: State,
    actor: Actor,
    task: str,
    agencies: tuple[str, ...] = (),
    *,
    at: datetime,
    calendar: Calendar,
) -> Event:
    """A task that is done only on request is asked for, of the agencies chosen; or one not agreed is asked for again."""
    values = mine(definition, state, actor, calendar)
    if not may_ask(definition, state, task, values, calendar):
        raise Refused(Text("Ini tidak dapat diminta sekarang.", "This can't be asked for now."))
    rule = definition.task[task]
    if rule.at == ("chosen",) and not agencies:
        raise Refused(Text("Pilih instansi yang diminta.", "Choose the agency to ask."))
    return Event(
        Kind.ASKED, at, actor, {"task": task, "asked": tuple(agencies) or usually_asked(rule, values)}
    )


def may_ask(definition: Definition, state: State, task: str, values: Values, calendar: Calendar) -> bool:
    """Whether an official can ask for a task now: one done on request, or one that ended without agreement."""
    rule, now = definition.task.get(task), state.tasks.get(task)
    if rule is None or now is None or rule.step != state.at or state.correction is not None:
        return False
    if now.status in ("closed", "timed_out"):
        return not agreed(definition, state, task)
    return now.status == "not_needed" and on_request(rule) and holds(rule.when, values, calendar) is True


def schedule(
    definition: Definition,
    state: State,
    actor: Actor,
    task: str,
    on: datetime,
    *,
    at: datetime,
    calendar: Calendar,
) -> Event:
    """An inspection, meeting or interview gets its time."""
    _open(definition, state, task)
    if not may_answer(definition, state, actor, task) and not_yours(
        definition, state, actor, known(definition, state, calendar), calendar
    ):
        raise Refused(Text("Ini bukan tugas Anda.", "This is not your task."))
    if on <= at:
        raise Refused(Text("Pilih waktu yang akan datang.", "Choose a time to come."))
    return Event(Kind.SCHEDULED, at, actor, {"task": task, "on": on})


def key_of(definition: Definition, state: State, actor: Actor, task: str) -> str | None:
    """Under which name this actor answers a task: the agency or the role that was asked; None when not asked (or answered)."""
    rule, now = definition.task[task], state.tasks[task]
    open_ = [key for key in now.asked if key not in now.answers]
    if rule.order == "chain":
        open_ = open_[:1]
    home = definition.agency_at(rule.step)
    for key in open_:
        if key in rule.by:
            if actor.role == key and (actor.agency in (None, home)):
                return key
        elif actor.role in rule.by and actor.agency in (None, key):
            return key
    return None


def may_answer(definition: Definition, state: State, actor: Actor, task: str) -> bool:
    """Whether a task waits for this actor."""
    now = state.tasks.get(task)
    return now is not None and now.status == "open" and key_of(definition, state, actor, task) is not None


def answer(
    definition: Definition, state: State, actor: Actor, task: str, said: str, *, note: str = "", files: tuple[str, ...] = (),
    facts: Mapping[str, Any] | None = None, agency: str | None = None, at: datetime, calendar: Calendar,
) -> Event:  # fmt: skip
    """One of those asked answers; the last answer (or, in a chain, the worst one) completes the task."""
    rule, now = _open(definition, state, task)
    if agency is not None:
        actor = Actor(actor.role, agency, actor.person)
    key = key_of(definition, state, actor, task)
    if key is None:
        raise Refused(
            Text("Tugas ini tidak menunggu jawaban Anda.", "This task does not wait for your answer.")
        )
    over = runs_until(definition, state, task, calendar)
    if over is not None and at < over:
        raise Refused(Text("Pengumuman ini masih berjalan.", "This announcement is still running."))
    possible = list(rule.possible_answers())
    if said not in possible:
        raise Refused(Text("Pilih salah satu jawaban.", "Choose one of the answers."))
    is_worst = said == possible[0] and len(possible) > 1
    if is_worst and not note.strip():
        raise Refused(Text("Tuliskan alasannya.", "Write the reason."))
    _reported(definition, state, rule, facts or {}, calendar)
    data: dict[str, Any] = {"task": task, "from": key, "answer": said}
    if note.strip():
        data["note"] = note.strip()
    if files:
        data["files"] = tuple(files)
    if now.proofs:
        data["proofs"] = now.proofs
    if facts:
        data |= found(definition, state, facts, calendar)
    if (rule.order == "chain" and is_worst) or set(now.asked) <= {*now.answers, key}:
        data["completes"] = True
        if rule.confirmed_by == APPLICANT:
            data["awaits_confirmation"] = True
    return Event(Kind.ANSWERED, at, actor, data)


def runs_until(definition: Definition, state: State, task: str, calendar: Calendar) -> datetime | None:
    """Until when an announcement has to stand before anything is concluded from it; None for every other task."""
    rule, now = definition.task[task], state.tasks[task]
    start = now.scheduled_for or now.opened_at
    if rule.kind != "announcement" or rule.runs is None or start is None:
        return None
    return reckon(read(definition, rule.runs), start, calendar, now=start).due_at


def _reported(
    definition: Definition, state: State, rule: Task, facts: Mapping[str, Any], calendar: Calendar
) -> None:
    """Raises Refused unless the report fills what it has to, and nothing else."""
    if any(name not in rule.report for name in facts):
        raise Refused(
            Text("Laporan ini hanya mengisi temuannya sendiri.", "A report fills in its own findings only.")
        )
    values = known(definition, replace(state, facts={**state.facts, **facts}), calendar)
    missing = [
        definition.field[n].label for n in rule.report if n not in values and definition.field[n].required
        and definition.field[n].default is None
    ]  # fmt: skip
    if missing:
        names = joined(missing, ", ")
        raise Refused(Text("Isi dulu: {names}.", "Fill in first: {names}.").format(names=names))


def _open(definition: Definition, state: State, task: str) -> tuple[Task, TaskState]:
    now = state.tasks.get(task)
    if now is None or now.status != "open" or not state.is_open:
        raise Refused(Text("Tugas ini tidak sedang terbuka.", "This task is not open."))
    return definition.task[task], now

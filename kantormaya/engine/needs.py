"""What must be true before a case leaves a step forward, each unmet need with its sentence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from kantormaya.clock import Calendar, reckon
from kantormaya.engine.events import APPLICANT
from kantormaya.engine.knowing import role_at
from kantormaya.engine.requiring import is_due, is_tested
from kantormaya.engine.state import State
from kantormaya.engine.ways import only_refuses
from kantormaya.language.definition import Definition
from kantormaya.language.evaluating import Values, holds
from kantormaya.language.texts import Text, joined


class Need(StrEnum):
    """The closed list of needs."""

    NO_CORRECTION = "no_correction"
    REQUIREMENTS = "requirements"
    FACTS = "facts"
    TASKS = "tasks"
    AGREED = "agreed"
    BILLS = "bills"
    SLOTS = "slots"
    SIGNED = "signed"
    REST = "rest"


@dataclass(frozen=True, slots=True)
class Unmet:
    """A need that is not met, in words that say what to do."""

    need: Need
    text: Text


def unmet(
    definition: Definition, state: State, values: Values, calendar: Calendar, at: datetime
) -> tuple[Unmet, ...]:
    """The needs that keep a case from leaving its step forward; where it can only be refused, nothing has to be whole."""
    work = [] if only_refuses(definition, state.at) else [
        *_requirements(definition, state, values, calendar),
        *_bills(definition, state),
        *_slots(definition, state),
    ]  # fmt: skip
    found = [
        *_correction(state),
        *work,
        *_facts(definition, state, values),
        *_tasks(definition, state, values, calendar),
        *_products(definition, state, values, calendar),
        *_rest(definition, state, calendar, at),
    ]
    return tuple(found)


def _correction(state: State) -> list[Unmet]:
    if state.correction is None:
        return []
    return [
        Unmet(
            Need.NO_CORRECTION,
            Text("Masih menunggu perbaikan dari pemohon.", "Still waiting for the applicant's correction."),
        )
    ]


def to_check(definition: Definition, state: State, values: Values, calendar: Calendar) -> tuple[str, ...]:
    """The requirements that must be found to fit before the case leaves its step forward.

    At the accepting step all that were asked at submission; after that whatever came in anew, at the first step of an
    officer; what is deficient, anywhere; at an applicant's step only that they are given.
    """
    officers = role_at(definition, state.at, values, calendar) != APPLICANT
    return tuple(
        name for name, held in state.requirements.items()
        if held.status in ("missing", "given", "faulty") and _holds_up(definition, state, name, officers=officers)
    )  # fmt: skip


def _holds_up(definition: Definition, state: State, name: str, *, officers: bool) -> bool:
    item, held = definition.requirement[name], state.requirements[name]
    if held.status == "faulty" or is_tested(item):
        return held.status == "faulty"  # what the findings decide holds nobody up before they are there
    if not is_due(definition, state, name):
        return held.status == "given" and officers and item.on_request == f"step.{state.at}"
    if held.status == "missing" and item.optional:
        return False
    accepting = item.asked_at_submission and state.at == definition.accepting_step
    came_later = item.asked_at_submission and state.accepted_at is not None
    here = item.needed_at == f"step.{state.at}"
    if held.status == "missing":
        return accepting or came_later or not item.asked_at_submission
    return officers and (accepting or came_later or here)


def _requirements(definition: Definition, state: State, values: Values, calendar: Calendar) -> list[Unmet]:
    open_ = [definition.requirement[name].title for name in to_check(definition, state, values, calendar)]
    if not open_:
        return []
    names = joined(open_)
    return [
        Unmet(
            Need.REQUIREMENTS,
            Text("Syarat belum dinyatakan sesuai: {names}.", "Not yet found to fit: {names}.").format(
                names=names
            ),
        )
    ]


def _facts(definition: Definition, state: State, values: Values) -> list[Unmet]:
    open_ = [
        field.label
        for name, field in definition.facts.items()
        if field.step == state.at and field.required and field.default is None and name not in values
    ]
    if not open_:
        return []
    names = joined(open_, ", ")
    return [Unmet(Need.FACTS, Text("Isi dulu: {names}.", "Fill in first: {names}.").format(names=names))]


def _tasks(definition: Definition, state: State, values: Values, calendar: Calendar) -> list[Unmet]:
    found = []
    for name, task in definition.tasks_at(state.at).items():
        now = state.tasks.get(name)
        if now is None or now.status == "not_needed" or holds(task.when, values, calendar) is False:
            continue
        if now.status in ("open", "answered"):
            text = Text("Menunggu: {title}.", "Waiting for: {title}.")
            found.append(Unmet(Need.TASKS, text.format(title=task.title)))
        elif not agreed(definition, state, name):
            text = Text(
                "{title}: tidak disetujui. Minta lagi setelah diperbaiki, kembalikan, atau tolak.",
                "{title}: not agreed. Ask again once it is mended, send back, or refuse.",
            )
            found.append(Unmet(Need.AGREED, text.format(title=task.title)))
    return found


def agreed(definition: Definition, state: State, name: str) -> bool:
    """Whether a closed task lets the case go on: initials always need it, others when their rule says so."""
    task, now = definition.task[name], state.tasks[name]
    if task.kind != "initials" and task.rule == "all_answered":
        return True
    return now.result != next(iter(task.possible_answers())) or len(task.possible_answers()) == 1


def _bills(definition: Definition, state: State) -> list[Unmet]:
    titles = [
        definition.fee.bill[bill.of].title or Text("Tagihan", "Bill") for bill in state.open_bills().values()
    ]
    return [
        Unmet(Need.BILLS, Text("Belum dibayar: {title}.", "Not paid yet: {title}.").format(title=title))
        for title in titles
    ]


def _slots(definition: Definition, state: State) -> list[Unmet]:
    """Nothing is paid for, and no payment step passed, while the time it is for has been let go."""
    if not any(bill.step == state.at for bill in definition.fee.bill.values()):
        return []
    gone = [
        definition.booking[name].title for name, one in state.bookings.items() if one.status == "released"
    ]
    text = Text("Pilih waktu dulu: {title}.", "Choose a time first: {title}.")
    return [Unmet(Need.SLOTS, text.format(title=title)) for title in gone]


def to_sign(definition: Definition, state: State, values: Values, calendar: Calendar) -> tuple[str, ...]:
    """The products that are signed at the step where the case is and lack their signature."""
    step = definition.step.get(state.at)
    if step is None:
        return ()
    return tuple(
        name
        for name in step.signs
        if name not in state.signed and holds(definition.product[name].when, values, calendar) is True
    )


def _products(definition: Definition, state: State, values: Values, calendar: Calendar) -> list[Unmet]:
    titles = [definition.product[name].title for name in to_sign(definition, state, values, calendar)]
    return [
        Unmet(
            Need.SIGNED,
            Text("Belum ditandatangani: {title}.", "Not signed yet: {title}.").format(title=title),
        )
        for title in titles
    ]


def _rest(definition: Definition, state: State, calendar: Calendar, at: datetime) -> list[Unmet]:
    least = definition.step[state.at].at_least
    if least is None:
        return []
    over = reckon(least, state.entered_at, calendar, now=at).due_at
    if over is None or at >= over:
        return []
    text = Text("Belum boleh: paling cepat setelah {least}.", "Not yet: at the earliest after {least}.")
    return [Unmet(Need.REST, text.format(least=Text(least.words("id"), least.words("en"))))]

"""The road of an application: a few short pages made from the definition, and which of them are done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from kantormaya.audit.time import now
from kantormaya.casework.applying import Filled
from kantormaya.casework.identity import identity
from kantormaya.catalogue.calendars import current_calendar
from kantormaya.clock import Calendar
from kantormaya.engine.knowing import local_date
from kantormaya.engine.requiring import BY_OFFICE, is_tested
from kantormaya.language.asking import Field, Requirement
from kantormaya.language.definition import Definition, once
from kantormaya.language.evaluating import Values, evaluate, holds, names_used, wanted
from kantormaya.language.texts import Text
from kantormaya.portal.papers import lacks

A_PAGE = 4
MOST = 6
"""So many questions stand on one page at most, and so many with those that come up by an answer; a list stands alone."""

WHO = "diri"
STATEMENTS = "pernyataan"
REVIEW = "periksa"


@dataclass(frozen=True)
class Step:
    """One page of the form. `kind`: questions, identity, paper, statements."""

    id: str
    title: Text
    kind: str
    names: tuple[str, ...]
    is_done: bool
    page: tuple[str, ...] = ()
    """Every question that may come up on it; `names` are those asked now."""


@dataclass(frozen=True)
class Road:
    """A draft as it stands: what is known, and the pages that are asked because of it."""

    definition: Definition
    filled: Filled
    values: Values
    calendar: Calendar
    today: date
    steps: tuple[Step, ...]

    def step(self, id: str) -> Step | None:
        """The page with that address, if it is asked now."""
        return next((step for step in self.steps if step.id == id), None)

    def after(self, id: str) -> str:
        """The address of the page that follows; the review after the last."""
        ids = [step.id for step in self.steps]
        here = ids.index(id) if id in ids else -1
        return ids[here + 1] if here + 1 < len(ids) else REVIEW

    def before(self, id: str) -> str | None:
        """The address of the page before; None at the first."""
        ids = [step.id for step in self.steps]
        here = ids.index(id) if id in ids else len(ids)
        return ids[here - 1] if here > 0 else None

    def first_open(self) -> str:
        """The first page that still lacks something; the review when none does."""
        return next((step.id for step in self.steps if not step.is_done), REVIEW)


def road(definition: Definition, filled: Filled) -> Road:
    """The pages of this application, as far as its answers decide them."""
    calendar = current_calendar()
    today = local_date(now(), calendar)
    values = evaluate(definition, filled.about, filled.answers, submitted_on=today, calendar=calendar)
    steps = (
        *_questions(definition, filled, values, calendar),
        *_identity(filled),
        *_papers(definition, filled, values, calendar),
    )
    return Road(definition, filled, values, calendar, today, steps)


def _questions(definition: Definition, filled: Filled, values: Values, calendar: Calendar) -> list[Step]:
    found = []
    pages = question_pages(definition)
    for number, names in enumerate(pages, start=1):
        asked = {
            n: definition.field[n] for n in names if holds(definition.field[n].when, values, calendar) is True
        }
        if asked:
            slot = definition.booking.get(booking_of(definition, names[0]) or "")
            title, kind = (slot.title, "time") if slot else (_title(asked), "questions")
            is_done = _answered(asked, filled.answers)
            found.append(Step(f"isian-{number}", title, kind, tuple(asked), is_done, names))
    return found


def _title(asked: Mapping[str, Field]) -> Text:
    first = next(iter(asked.values()))
    if first.ask_first:
        return Text("Yang menentukan syarat dan biaya Anda", "What decides your requirements and fee")
    return first.label if len(asked) == 1 else Text("Keterangan permohonan", "About the application")


def _answered(fields: Mapping[str, Field], answers: Mapping[str, Any]) -> bool:
    return all(n in answers and (answers[n] is not None or not f.required) for n, f in fields.items())


@once
def question_pages(definition: Definition) -> tuple[tuple[str, ...], ...]:
    """The questions in pages: what is asked first comes first; what hangs on an answer may stand on its page and come up there."""
    ordered = sorted(definition.questions, key=lambda name: not definition.field[name].ask_first)
    pages: list[list[str]] = []
    for name in ordered:
        here = pages[-1] if pages else None
        if here is None or not _fits(definition, here, name):
            pages.append([name])
        else:
            here.append(name)
    return tuple(tuple(page) for page in pages)


def booking_of(definition: Definition, field: str) -> str | None:
    """The booking whose time a question asks for: day and session, or the moment, are chosen together from what is left."""
    for name, rule in definition.booking.items():
        if rule.task is None and field in (rule.day, rule.session, rule.moment):
            return name
    return None


def _fits(definition: Definition, page: list[str], name: str) -> bool:
    field, last = definition.field[name], definition.field[page[-1]]
    if field.ask_first != last.ask_first or "rows" in (field.type, last.type):
        return False
    if booking_of(definition, name) != booking_of(definition, page[-1]):
        return False
    return len(page) < (MOST if hanging(definition, [*page, name]).get(name) else A_PAGE)


def hanging(definition: Definition, page: Sequence[str]) -> dict[str, set[str]]:
    """The questions of a page that hang on others of the same page, each with those."""
    found = {name: reached(definition, names_used(definition.field[name])) & set(page) for name in page}
    return {name: others for name, others in found.items() if others}


def reached(definition: Definition, names: frozenset[str]) -> set[str]:
    """Every field that names lead to, through terms and the conditions of fields."""
    found: set[str] = set()
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name in found:
            continue
        found.add(name)
        item = definition.field.get(name) or definition.term.get(name)
        waiting += names_used(item) if item else ()
    return found


def _identity(filled: Filled) -> list[Step]:
    if filled.about.applicant_kind is None:
        return []
    asked = identity(filled.about)
    title = Text("Siapa Anda", "Who you are")
    return [Step(WHO, title, "identity", tuple(asked), _answered(asked, filled.identity))]


def _papers(definition: Definition, filled: Filled, values: Values, calendar: Calendar) -> list[Step]:
    found, ticked = [], []
    for name, item in to_hand_in(definition, values, calendar).items():
        if item.kind in ("statement", "check") and not item.one_of:
            ticked.append(name)
            continue
        done = name in filled.given and lacks(item, filled.given[name]) is None
        found.append(Step(f"berkas-{name}", item.title, "paper", (name,), done))
    if ticked:
        items = {n: definition.requirement[n] for n in ticked}
        done = all(n in filled.given and lacks(i, filled.given[n]) is None for n, i in items.items())
        title = next(iter(items.values())).title if len(items) == 1 else Text("Pernyataan", "Statements")
        found.append(Step(STATEMENTS, title, "statements", tuple(items), done))
    return found


def to_hand_in(definition: Definition, values: Values, calendar: Calendar) -> dict[str, Requirement]:
    """The requirements that this applicant hands in with the application."""
    return {
        name: item
        for name, item in definition.requirement.items()
        if item.asked_at_submission
        and item.kind not in BY_OFFICE
        and not is_tested(item)
        and wanted(item, values, calendar) is True
    }

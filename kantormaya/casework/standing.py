"""A case opened for reading or for an act: the row, its definition, its state and the calendar it runs on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from kantormaya.audit.time import now
from kantormaya.cases.models import Case
from kantormaya.catalogue.calendars import calendar_of
from kantormaya.catalogue.publishing import definition_of, revision_of
from kantormaya.clock import Calendar
from kantormaya.engine.clocks import Clocks, due
from kantormaya.engine.knowing import known
from kantormaya.engine.state import State
from kantormaya.engine.storing import unpack
from kantormaya.language.definition import Definition
from kantormaya.language.evaluating import Values


@dataclass(frozen=True)
class Standing:
    """How a case stands at an instant."""

    case: Case
    definition: Definition
    state: State
    calendar: Calendar
    at: datetime

    def values(self) -> Values:
        """Every name that is known."""
        return known(self.definition, self.state, self.calendar)

    def clocks(self) -> Clocks:
        """Every clock as of this instant."""
        return due(self.definition, self.state, self.calendar, self.at)


def standing(case: Case) -> Standing:
    """How a case stands now."""
    state: State = unpack(case.state)
    case.revision = revision_of(case.revision_id)
    return Standing(case, definition_of(case.revision), state, calendar_of(state.calendar), now())


def open_case(number: str) -> Standing | None:
    """The case with that staff number, if the scope sees it."""
    case = Case.objects.select_related("agency").filter(number=number).first()
    return standing(case) if case else None


def held_case(code: str) -> Standing | None:
    """The case with that code, if the scope sees it."""
    case = Case.objects.select_related("agency").filter(code=code).first()
    return standing(case) if case else None

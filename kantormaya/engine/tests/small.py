"""Small services written in the tests, and a case of one played by hand."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from kantormaya.clock import Calendar, Duration, standard_calendar
from kantormaya.engine import APPLICANT, Actor, Event, State
from kantormaya.engine.simulating import Simulation
from kantormaya.language.definition import Definition
from kantormaya.language.evaluating import About
from kantormaya.language.reading import load_text

CALENDAR = standard_calendar(range(2024, 2031))
MONDAY = datetime(2026, 6, 1, 2, 0, tzinfo=UTC)
"""Monday 1 June 2026, 09.00 in Sekayu: a holiday (Pancasila), so that counting has something to leave out."""
TUESDAY = datetime(2026, 6, 2, 2, 0, tzinfo=UTC)

CITIZEN = Actor(APPLICANT)
LOKET = Actor("front_office", "dpmptsp", "loket-1")
BACK = Actor("back_office", "dpmptsp", "olah-1")
HEAD = Actor("head_of_office", "dpmptsp", "kepala-1")

BEGINNING = """
slug = "uji"
title = "Uji"
agency = "dpmptsp"
kind = "izin"
[party]
applicant = { kinds = ["perorangan", "badan_usaha"] }
"""
PROMISE = """
[promise]
within = "5 hari kerja"
on_silence = "escalate"
correction = { within = "10 hari kerja", rounds = 2, silence = "lapsed" }
"""
ENDS = """
[outcome]
terbit = { title = "Terbit", means = "granted" }
ditolak = { title = "Ditolak", means = "refused" }
"""
FREE = """
[fee]
free = true
"""
TWO_STEPS = """
[step.periksa]
title = "Periksa"
by = "front_office"
within = "1 hari kerja"
correction = true
then = "putus"
move.tolak = { to = "ditolak" }
[step.putus]
title = "Putus"
by = "back_office"
within = "2 hari kerja"
correction = true
then = "terbit"
move.tolak = { to = "ditolak" }
move.kembali = { to = "periksa", rounds = 1 }
"""


def service(*parts: str, promise: str = PROMISE, ends: str = ENDS, fee: str = FREE) -> Definition:
    """A small service out of its parts."""
    return load_text("\n".join([BEGINNING, promise, *parts, ends, fee]))


class Case(Simulation):
    """A simulated case with short words for what tests do all the time."""

    @property
    def here(self) -> State:
        """Where it stands."""
        assert self.state is not None
        return self.state

    def on(self, days: str) -> Case:
        """Time passes."""
        self.wait(Duration.read(days))
        return self

    def accept(self) -> Case:
        """Everything fits, and on it goes."""
        if any(held.status == "given" for held in self.here.requirements.values()) or any(
            item.kind == "original" or item.if_none for item in self.definition.requirement.values()
        ):
            self.act("check", LOKET, fits="all")
        self.act("move", LOKET)
        return self

    def last(self) -> Event:
        """What happened last."""
        return self.events[-1]

    def due_on(self) -> str | None:
        """The promised day."""
        promise = self.clocks().promise
        return self.calendar.local_date(promise.due_at).isoformat() if promise else None


def case(
    definition: Definition, answers: dict[str, Any] | None = None, *, given: dict[str, Any] | None = None,
    about: About | None = None, at: datetime = TUESDAY, calendar: Calendar = CALENDAR,
) -> Case:  # fmt: skip
    """A case that has just been handed in."""
    simulated = Case(definition, calendar, at)
    simulated.submit(about or About(), answers or {}, given)
    return simulated

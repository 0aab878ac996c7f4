"""A new calendar version: running cases go over to it openly, each by an event, and the applicant is told."""

from __future__ import annotations

from kantormaya.cases.models import Case
from kantormaya.casework.advancing import advance
from kantormaya.casework.standing import Standing
from kantormaya.catalogue.calendars import current_calendar
from kantormaya.engine import office
from kantormaya.engine.events import Event
from kantormaya.people.scopes import scope_system, scoped


def recalculate_open(by: str) -> int:
    """Move every open case to the calendar in force; returns how many run on it now. Safe to run again."""
    calendar = current_calendar()

    def decide(now: Standing) -> Event | None:
        if not now.state.is_open or now.state.calendar == calendar.version:
            return None
        return office.recalculate(now.state, calendar, at=now.at)

    with scoped(scope_system("new calendar")):
        ids = list(Case.objects.filter(ended_at=None).order_by("pk").values_list("pk", flat=True))
    moved = 0
    for case_id in ids:
        with scoped(scope_system("new calendar")):
            moved += (
                advance(case_id, decide, by=by, key=f"calendar-{calendar.version}").state.calendar
                == calendar.version
            )
    return moved

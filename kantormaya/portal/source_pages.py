"""Whose data stand in this house, and the calendar that every clock here counts on."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kantormaya.audit.time import now
from kantormaya.catalogue.calendars import current_calendar
from kantormaya.clock.hours import WEEKDAYS
from kantormaya.engine.knowing import local_date
from kantormaya.language.formats import DAYS
from kantormaya.language.regions import home, title_of
from kantormaya.people.guards import public


@public
@require_safe
def sources(request: HttpRequest) -> HttpResponse:
    """What others made or decreed, with their names and licences; the hours and holidays of this year and the next."""
    calendar = current_calendar()
    year = local_date(now(), calendar).year
    hours = calendar.hours.written()
    context = {
        "regency": title_of(home()), "version": calendar.version,
        "hours": [
            {"label": day, "value": ", ".join(hours[name]).replace(":", ".").replace("-", "–")}
            for name, day in zip(WEEKDAYS, DAYS, strict=True)
            if name in hours
        ],
        "holidays": [(day, name) for day, name in sorted(calendar.holidays.items()) if year <= day.year <= year + 1],
    }  # fmt: skip
    return render(request, "portal/sources.html", context)

"""The appointments of an agency: its diaries with the days to come, and who comes on a day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone

from kantormaya.bookings.agenda import counts, expected
from kantormaya.bookings.diaries import diary
from kantormaya.bookings.meeting import video_link
from kantormaya.bookings.models import ClosedDay, Diary, Place
from kantormaya.catalogue.finding import catalogue
from kantormaya.catalogue.publishing import definition_of
from kantormaya.clock import Calendar
from kantormaya.engine.slots import is_a_thing
from kantormaya.language.asking import Booking
from kantormaya.language.definition import Definition
from kantormaya.language.texts import Text

AHEAD = 10
"""So many working days are shown, as many as citizens can book."""
WAYS = {
    "office": Text("datang ke kantor", "comes to the office"),
    "phone": Text("kita menelepon", "we call"),
    "video": Text("lewat video", "by video"),
}


@dataclass(frozen=True)
class Kept:
    """A diary with what it is for."""

    diary: Diary
    definition: Definition
    rule: Booking

    @property
    def title(self) -> Text:
        """The booking, and of several halls or counters which one."""
        field = self.definition.field.get(self.rule.resource or "")
        which = field.choices.get(self.diary.resource) if field else None
        return Text("{a}: {b}", "{a}: {b}").format(a=self.rule.title, b=which) if which else self.rule.title


def diaries(agency: str) -> list[Kept]:
    """Every diary of an agency: of the services in force, made when they are first looked at."""
    return [
        Kept(diary(definition, name, resource), definition, definition.booking[name])
        for definition, name in _bookings()
        if _agency_of(definition, name) == agency
        for resource in _resources(definition, name)
    ]


def _bookings() -> Iterator[tuple[Definition, str]]:
    for offer in catalogue().offers:
        for name, rule in offer.definition.booking.items():
            if not is_a_thing(rule):
                yield offer.definition, name


def _agency_of(definition: Definition, name: str) -> str:
    task = definition.booking[name].task
    return definition.agency_at(definition.task[task].step) if task else definition.agency


def _resources(definition: Definition, name: str) -> list[str]:
    field = definition.field.get(definition.booking[name].resource or "")
    return list(field.choices) if field is not None else [""]


def comes(agency_id: int, calendar: Calendar, on: date) -> list[dict[str, Any]]:
    """Who comes, is called or meets by video on that day, in order."""
    start = calendar.midnight(on)
    return [_person(place) for place in expected(agency_id, start, start + timedelta(days=1))]


def _person(place: Place) -> dict[str, Any]:
    case, definition = place.case, definition_of(place.case.revision)
    rule = definition.booking[place.diary.booking]
    return {
        "at": timezone.localtime(place.starts_at), "until": timezone.localtime(place.ends_at) if place.ends_at else None,
        "number": case.number, "href": reverse("desk_case", args=[case.number]), "name": case.applicant_name,
        "title": rule.title, "way": WAYS[rule.way],
        "link": video_link(case, place.diary.booking) if rule.way == "video" else None,
    }  # fmt: skip


def days(kept: list[Kept], agency_id: int, calendar: Calendar, now: datetime) -> list[dict[str, Any]]:
    """The days to come of each diary: how many are booked, or why it is closed."""
    today = calendar.local_date(now)
    first = today if calendar.is_workday(today) else calendar.next_workday(today)
    dates = [first, *(calendar.workday(first, n) for n in range(1, AHEAD))]
    booked = counts(agency_id, calendar.midnight(dates[0]), calendar.midnight(dates[-1] + timedelta(days=1)))
    closed = {
        (one.diary_id, one.on): one.reason
        for one in ClosedDay.objects.filter(diary__in=[k.diary for k in kept], on__in=dates)
    }
    found = []
    for one in kept:
        rows: list[dict[str, Any]] = [
            {
                "on": on,
                "n": booked.get((one.diary.pk, on.isoformat()), 0),
                "closed": closed.get((one.diary.pk, on)),
            }
            for on in dates
        ]
        found.append(
            {
                "diary": one.diary, "title": one.title, "service": one.definition.title, "days": rows,
                "n": sum(row["n"] for row in rows), "closed": sum(1 for row in rows if row["closed"]),
            }
        )  # fmt: skip
    return found

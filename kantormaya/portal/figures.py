"""The promise beside the fact: of the cases that ended lately, how many ended in time, and how long they took."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar

from django.core.cache import cache
from django.db.models import Count, DateTimeField, F, Q, QuerySet
from django.db.models.fields.json import KT
from django.db.models.functions import Cast, Coalesce

from kantormaya.audit.time import now
from kantormaya.cases.models import Case
from kantormaya.catalogue.calendars import current_calendar
from kantormaya.clock import Calendar, Duration, Pause, reckon
from kantormaya.engine.storing import unpack
from kantormaya.people.scopes import scope_system, scoped
from kantormaya.surveys.figures import Satisfaction, satisfaction

DAYS = 90
FEW = 5
"""Below so many cases a share says nothing, so none is shown."""
KEPT_FOR = 60
NOT_OURS = ("withdrawn", "lapsed")
WORKDAY = Duration.read("1 hari kerja")
ENDED = Coalesce(Cast(KT("state__promise_ended_at__$at"), DateTimeField()), F("ended_at"))
T = TypeVar("T")


@dataclass(frozen=True)
class Kept:
    """How many cases ended within the last `days` days, how many of them in time, and their working days.

    Half of them took at most `median` working days, nine of ten at most `nine_of_ten`; None where that is not known.
    """

    finished: int
    on_time: int
    days: int = DAYS
    median: int | None = None
    nine_of_ten: int | None = None

    @property
    def is_few(self) -> bool:
        """Too few to speak of a share."""
        return 0 < self.finished < FEW


NONE = Kept(0, 0)


def kept(slug: str | None = None) -> Kept:
    """The promise kept by one service, or by the whole office; the figures are up to a minute old.

    Counted are cases that bore a promise and were ended by the office; time spent waiting for the applicant is no part
    of the due date. What the applicant withdrew or let lapse says nothing about us.
    """
    if slug is None:
        return _fresh("kept", _count)
    return _fresh(f"kept:{slug}", lambda: _each(service_slug=slug).get(slug, NONE))


def kept_by_service(agency_id: int) -> dict[str, Kept]:
    """The same of each service of an agency that finished anything."""
    return _fresh(f"kept-each:{agency_id}", lambda: _each(agency_id=agency_id))


def kept_in_all(each: dict[str, Kept]) -> Kept:
    """Several services together."""
    return Kept(sum(one.finished for one in each.values()), sum(one.on_time for one in each.values()))


def satisfied(agency_id: int) -> Satisfaction:
    """How satisfied people were with an agency and its services; up to a minute old."""
    return _fresh(f"satisfied:{agency_id}", lambda: satisfaction(agency_id))


def _fresh(key: str, count: Callable[[], T]) -> T:
    found: T | None = cache.get(key)
    if found is None:
        found = count()
        cache.set(key, found, KEPT_FOR)
    return found


def _finished(**only: Any) -> QuerySet[Case]:
    since = now() - timedelta(days=DAYS)
    cases = Case.objects.filter(ended_at__gte=since, due_at__isnull=False, **only)
    return cases.exclude(outcome__in=NOT_OURS)


def _count() -> Kept:
    with scoped(scope_system("figures of the promise kept")):
        counted = _finished().aggregate(
            finished=Count("pk"), on_time=Count("pk", filter=Q(due_at__gte=ENDED))
        )
    return Kept(counted["finished"], counted["on_time"])


def _each(**only: Any) -> dict[str, Kept]:
    """By service: a case at a time, since working days can't be counted by the database."""
    with scoped(scope_system("figures of the promise kept")):
        rows = list(
            _finished(**only).values_list(
                "service_slug", "due_at", ENDED, KT("state__promise_from__$at"), "state__waits"
            )
        )
    calendar = current_calendar() if any(began_at for _, _, _, began_at, _ in rows) else None
    found: dict[str, list[tuple[bool, int | None]]] = defaultdict(list)
    for slug, due_at, ended_at, began_at, waits in rows:
        found[slug].append((ended_at <= due_at, _workdays(began_at, ended_at, waits, calendar)))
    return {slug: _kept(of) for slug, of in found.items()}


def _kept(of: list[tuple[bool, int | None]]) -> Kept:
    took = sorted(days for _, days in of if days is not None)
    known = len(took) == len(of)
    return Kept(
        len(of),
        sum(is_on_time for is_on_time, _ in of),
        median=_share(took, 5) if known else None,
        nine_of_ten=_share(took, 9) if known else None,
    )


def _share(sorted_: list[int], tenths: int) -> int:
    """The smallest number that so many tenths do not exceed."""
    return sorted_[-(-len(sorted_) * tenths // 10) - 1]


def _workdays(began_at: str | None, ended_at: datetime, waits: Any, calendar: Calendar | None) -> int | None:
    """The working days a case took, counted as its promise is: from the day after its start, without waiting for the
    applicant."""
    if began_at is None or calendar is None:
        return None
    start = datetime.fromisoformat(began_at)
    if ended_at <= start:
        return 0
    pauses = [Pause(wait.since, wait.until, wait.cause) for wait in unpack(waits or [])]
    day_is_over = calendar.midnight(calendar.local_date(ended_at) + timedelta(days=1))
    return round(1 - reckon(WORKDAY, start, calendar, pauses=pauses, now=day_is_over).remaining)

"""The promise beside the fact: of the cases that ended lately, how many ended in time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.core.cache import cache
from django.db.models import Count, DateTimeField, F, Q
from django.db.models.fields.json import KT
from django.db.models.functions import Cast, Coalesce

from kantormaya.audit.time import now
from kantormaya.cases.models import Case
from kantormaya.people.scopes import scope_system, scoped

DAYS = 90
FEW = 5
"""Below so many cases a share says nothing, so none is shown."""
KEPT_FOR = 60
NOT_OURS = ("withdrawn", "lapsed")


@dataclass(frozen=True)
class Kept:
    """How many cases ended within the last `days` days, and how many of them in time."""

    finished: int
    on_time: int
    days: int = DAYS

    @property
    def is_few(self) -> bool:
        """Too few to speak of a share."""
        return 0 < self.finished < FEW


def kept(slug: str | None = None) -> Kept:
    """The promise kept by one service, or by the whole office; the figures are up to a minute old.

    Counted are cases that bore a promise and were ended by the office; time spent waiting for the applicant is no part
    of the due date. What the applicant withdrew or let lapse says nothing about us.
    """
    found: Kept | None = cache.get(f"kept:{slug}")
    if found is None:
        found = _count(slug)
        cache.set(f"kept:{slug}", found, KEPT_FOR)
    return found


def _count(slug: str | None) -> Kept:
    ended = Cast(KT("state__promise_ended_at__$at"), DateTimeField())
    with scoped(scope_system("figures of the promise kept")):
        cases = Case.objects.filter(ended_at__gte=now() - timedelta(days=DAYS), due_at__isnull=False)
        cases = cases.filter(service_slug=slug) if slug else cases
        counted = cases.exclude(outcome__in=NOT_OURS).aggregate(
            finished=Count("pk"),
            on_time=Count("pk", filter=Q(due_at__gte=Coalesce(ended, F("ended_at")))),
        )
    return Kept(counted["finished"], counted["on_time"])

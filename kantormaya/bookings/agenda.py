"""Who comes when: the places of an agency's diaries on a day, and how full the days to come are."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Count, QuerySet
from django.db.models.functions import TruncDate

from kantormaya.bookings.models import Place


def expected(agency_id: int, since: datetime, until: datetime) -> QuerySet[Place]:
    """The places held between two instants, in the order in which people come, with their cases."""
    held = Place.objects.filter(
        diary__agency_id=agency_id, released_at=None, starts_at__gte=since, starts_at__lt=until
    )
    return held.select_related("diary", "case__revision").order_by("starts_at", "pk")


def counts(agency_id: int, since: datetime, until: datetime) -> dict[tuple[int, str], int]:
    """How many are expected, by diary and local day (ISO)."""
    rows = (
        expected(agency_id, since, until)
        .order_by()
        .annotate(on=TruncDate("starts_at"))
        .values("diary_id", "on")
        .annotate(n=Count("pk"))
    )
    return {(row["diary_id"], row["on"].isoformat()): row["n"] for row in rows}

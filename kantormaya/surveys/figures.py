"""What may be shown of the answers: the index of a service or an agency with its n, and remarks without their writers."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, IntegerField, Sum
from django.db.models.fields.json import KT
from django.db.models.functions import Cast
from django.utils import timezone

from kantormaya.audit.time import now
from kantormaya.people.scopes import scope_system, scoped
from kantormaya.surveys.indexing import NONE, Index, Tally, in_groups, index
from kantormaya.surveys.models import Answer
from kantormaya.surveys.questionnaire import questionnaire


@dataclass(frozen=True)
class Satisfaction:
    """The index of an agency, and of each of its services that has enough answers; None: nothing may be shown yet."""

    index: Index | None
    services: dict[str, Index]


def satisfaction(agency_id: int) -> Satisfaction:
    """How satisfied people were with an agency in the last twelve months.

    Only whole groups of answers count, of days that are over. An agency is the sum of what its services show: a sum
    that held more would tell, by subtraction, what is not shown.
    """
    shown = {slug: sum((tally for _, tally in groups), NONE) for slug, groups in _groups(agency_id).items()}
    services = {slug: found for slug, tally in shown.items() if (found := index(tally)) is not None}
    return Satisfaction(index(sum(shown.values(), NONE)), services)


def remarks(agency_id: int, most: int = 100) -> list[tuple[str, str]]:
    """What people wrote, by service (slug, remark), for the office alone; only of groups that count, in no order."""
    last = {slug: groups[-1][0] for slug, groups in _groups(agency_id).items() if groups}
    with scoped(scope_system("remarks without their writers")):
        written = Answer.objects.filter(agency_id=agency_id, service_slug__in=last, answered_on__gte=_since())
        rows = list(
            written.exclude(remark="")
            .order_by("service_slug", "id")
            .values_list("service_slug", "answered_on", "remark")
        )
    return [(slug, remark) for slug, on, remark in rows if on <= last[slug]][:most]


def _since() -> date:
    return timezone.localdate(now()) - timedelta(days=questionnaire().days)


def _groups(agency_id: int) -> dict[str, list[tuple[date, Tally]]]:
    """Of each service the groups of the last twelve months; a group enters and leaves whole."""
    rules, today, since = questionnaire(), timezone.localdate(now()), _since()
    days: dict[str, list[tuple[date, Tally]]] = defaultdict(list)
    sums = {f"sum_{key}": Sum(Cast(KT(f"scores__{key}"), IntegerField())) for key in rules.elements}
    with scoped(scope_system("the satisfaction index")):
        rows = Answer.objects.filter(agency_id=agency_id, answered_on__lt=today)
        summed: Any = rows.values("service_slug", "answered_on").annotate(n=Count("pk"), **sums)
        for row in summed:
            tally = Tally(row["n"], {key: row[f"sum_{key}"] for key in rules.elements})
            days[row["service_slug"]].append((row["answered_on"], tally))
    return {
        slug: [group for group in in_groups(of, rules.least) if group[0] >= since]
        for slug, of in sorted(days.items())
    }

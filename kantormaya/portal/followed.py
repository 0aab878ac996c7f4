"""A case as its applicant follows it: everything that its one page shows, read in one statement."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest

from kantormaya.audit.gathering import gathered
from kantormaya.cases.models import Case, Elsewhere
from kantormaya.cases.past import Past, before, events_before
from kantormaya.casework.elsewhere import numbers_of
from kantormaya.casework.standing import Standing, standing
from kantormaya.documents.models import Upload
from kantormaya.messages.conversing import conversation
from kantormaya.messages.models import Line
from kantormaya.payments.models import Bill
from kantormaya.permits.models import ISSUED, Paper
from kantormaya.surveys.models import Invitation


@dataclass(frozen=True)
class Followed:
    """A case with what hangs on it."""

    now: Standing
    past: Past
    bills: list[Bill]
    uploads: list[Upload]
    papers: list[Paper]
    lines: list[Line]
    elsewhere: list[Elsewhere]
    invitations: list[Invitation]


@gathered
def _read(its: Any, code: Any, number: Any) -> tuple[QuerySet[Any], ...]:
    return (
        Case.objects.filter(code=code),
        events_before(its, number),
        Bill.objects.filter(case=its).order_by("created_at"),
        Upload.objects.filter(case=its),
        Paper.objects.filter(case=its, state__in=ISSUED).defer("template").order_by("signed_at"),
        conversation(its, for_applicant=True),
        numbers_of(its),
        Invitation.objects.filter(case=its, is_answered=False),
    )


def followed(request: HttpRequest) -> Followed:
    """The case whose code and PIN this browser gave, or 404 where there is none (any more)."""
    found = _read(code=request.case_code, number=before(request.GET.get("sebelum")))  # type: ignore[attr-defined]
    if found is None:
        raise Http404
    case, (events, *others) = found
    return Followed(standing(case), Past.of(case, events), *others)

"""Issued papers of an agency, found by number, code or holder, newest first and a page at a time."""

from __future__ import annotations

from django.conf import settings
from django.db.models import BooleanField, F, Func, Q, QuerySet, Value

from kantormaya.cases.codes import read_code
from kantormaya.permits.models import ISSUED, Paper

A_PAGE = 25


def search(agency_id: int, typed: str = "", *, before: int | None = None) -> tuple[list[Paper], int | None]:
    """The papers that fit, and where the next page begins (None at the end)."""
    papers = Paper.objects.filter(agency_id=agency_id, state__in=ISSUED).defer("template", "data")
    if typed := " ".join(typed.replace("\0", "").split()):
        papers = papers.filter(_fits(typed))
    if before is not None:
        papers = papers.filter(pk__lt=before)
    found = list(papers.order_by("-pk")[: A_PAGE + 1])
    return found[:A_PAGE], found[A_PAGE - 1].pk if len(found) > A_PAGE else None


def of_agency(agency_id: int, pk: int) -> Paper | None:
    """One issued paper of an agency."""
    return _issued(agency_id).filter(pk=pk).first()


def _issued(agency_id: int) -> QuerySet[Paper]:
    return Paper.objects.select_related("agency", "case__revision", "replaces").filter(
        agency_id=agency_id, state__in=ISSUED
    )


def _fits(typed: str) -> Q:
    """By code, the beginning of a number, or the beginning of a holder's name, however it is capitalised."""
    if code := read_code(typed, settings.KANTOR_OFFICE_CODE):
        return Q(code=code)
    spelt = {typed, typed.upper(), typed.title(), typed[:1].upper() + typed[1:]}
    names = Q()
    for one in sorted(spelt):
        names |= Q(_begins("holder", one))
    return Q(_begins("number", typed)) | names


def _begins(column: str, beginning: str) -> Func:
    # starts_with is leakproof and LIKE is not: beneath the wall only the former can use an index
    return Func(F(column), Value(beginning), function="starts_with", output_field=BooleanField())

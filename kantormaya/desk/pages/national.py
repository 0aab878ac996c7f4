"""What passes between this office and the national system: who handed what over, and what that system has heard of it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from kantormaya.cases.models import Case
from kantormaya.desk import lists
from kantormaya.desk.frame import page
from kantormaya.desk.pages.deliveries import delivery
from kantormaya.engine.national import heard
from kantormaya.engine.storing import unpack
from kantormaya.handoff.models import Handoff
from kantormaya.language.definition import Definition
from kantormaya.language.national import NATIONAL
from kantormaya.language.texts import Text
from kantormaya.outbox.models import Message, MessageState
from kantormaya.people.guards import official
from kantormaya.people.models import Post

A_PAGE = 25
ANSWERED = (Text("dijawab saat diterima", "answered as it was taken"), "done")


@official()
@require_GET
def national(request: HttpRequest) -> HttpResponse:
    """Applications handed over to my agency, newest first, each with the report that was sent or waits."""
    post: Post = request.post  # type: ignore[attr-defined]
    before = request.GET.get("sebelum", "")
    found = Handoff.objects.filter(case__agency_id=post.agency_id).order_by("-pk")
    found = found.select_related("case__revision").defer("case__revision__text", "case__revision__files")
    if before.isascii() and before.isdigit() and len(before) < 19:
        found = found.filter(pk__lt=int(before))
    shown = list(found[: A_PAGE + 1])
    older = shown[A_PAGE - 1].pk if len(shown) > A_PAGE else None
    rows = _rows(shown[:A_PAGE])
    waiting = [one for one in rows if one["delivery"]["can_retry"]]
    context = {
        "rows": rows,
        "older": older,
        "is_first": not before,
        "waiting": len(waiting),
        "back": "desk_national",
    }
    return page(request, "national.html", context, here="national")


def _rows(found: list[Handoff]) -> list[dict[str, Any]]:
    cases: dict[int, Case] = {one.pk: one.case for one in found if one.case is not None}
    known = lists.definitions(case.revision_id for case in cases.values())
    told = _told(found)
    return [
        _row(one, case, known[case.revision_id], told.get(case.pk))
        for one in found
        if (case := cases[one.pk])
    ]


def _told(found: list[Handoff]) -> dict[int | None, Message]:
    """The newest report of each case that was not overtaken."""
    reports = Message.objects.filter(channel__in=NATIONAL.system, case_id__in=[one.case_id for one in found])
    newest = reports.exclude(state=MessageState.OVERTAKEN).order_by("case_id", "-pk").distinct("case_id")
    return {one.case_id: one for one in newest}


def _row(one: Handoff, case: Case, definition: Definition, told: Message | None) -> dict[str, Any]:
    word, kind = ANSWERED
    first = {
        "word": word,
        "kind": kind,
        "why": "",
        "next": None,
        "sent_at": one.received_at,
        "can_retry": False,
    }
    return {
        "external_id": one.external_id, "nib": one.nib, "received_at": one.received_at, "number": case.number,
        "href": reverse("desk_case", args=[case.number]), "title": definition.title, "system": NATIONAL.system[one.system].short,
        "stands": NATIONAL.status[heard(definition, unpack(case.state))].said, "delivery": delivery(told) if told else first,
    }  # fmt: skip

"""Who comes today, how full the days to come are, and days closed and opened again."""

from __future__ import annotations

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from kantormaya.audit.time import now
from kantormaya.bookings.diaries import close_day, open_day
from kantormaya.bookings.models import Diary
from kantormaya.catalogue.calendars import current_calendar
from kantormaya.desk.agenda import comes, days, diaries
from kantormaya.desk.frame import page
from kantormaya.desk.pages.case import tell
from kantormaya.engine.events import Refused
from kantormaya.language.plain import whole
from kantormaya.language.texts import Text
from kantormaya.people.guards import official
from kantormaya.people.models import Post

KEEPERS = ("front_office", "section_head", "division_head", "secretary", "head_of_office", "agency_admin")
"""Who may close a day and open it again."""


@official()
@require_GET
def appointments(request: HttpRequest) -> HttpResponse:
    """One day's appointments, and the days to come."""
    return _shown(request, request.GET.get("hari", ""))


def _shown(
    request: HttpRequest, asked: str, problem: Text | None = None, typed: str = "", status: int = 200
) -> HttpResponse:
    post: Post = request.post  # type: ignore[attr-defined]
    calendar, at = current_calendar(), now()
    today = calendar.local_date(at)
    on = _day(asked) or today
    kept = diaries(post.agency.slug)
    context = {
        "on": on, "is_today": on == today, "people": comes(post.agency_id, calendar, on), "diaries": days(kept, post.agency_id, calendar, at),
        "may_close": any(one.role in KEEPERS for one in request.posts), "typed": typed,  # type: ignore[attr-defined]
        "errors": [{"id": "alasan", "text": problem}] if problem else [],
    }  # fmt: skip
    return page(request, "appointments.html", context, here="appointments", status=status)


def _day(typed: str) -> date | None:
    try:
        return date.fromisoformat(typed)
    except ValueError:
        return None


@official(KEEPERS)
@require_POST
def close(request: HttpRequest) -> HttpResponse:
    """Nothing more can be booked on that day."""
    post: Post = request.post  # type: ignore[attr-defined]
    diary, on = _asked(request)
    reason = request.POST.get("alasan", "")
    try:
        close_day(diary, on, reason, by=post.account.username)
    except Refused as refused:
        return _shown(request, "", refused.text, reason, status=422)
    tell(request, Text("Hari itu ditutup untuk pesanan baru.", "The day is closed to new bookings."))
    return redirect("desk_appointments")


@official(KEEPERS)
@require_POST
def reopen(request: HttpRequest) -> HttpResponse:
    """The day can be booked again."""
    post: Post = request.post  # type: ignore[attr-defined]
    diary, on = _asked(request)
    open_day(diary, on, by=post.account.username)
    tell(request, Text("Hari itu dibuka lagi.", "The day is open again."))
    return redirect("desk_appointments")


def _asked(request: HttpRequest) -> tuple[Diary, date]:
    """The diary of this agency and the day that a form names."""
    post: Post = request.post  # type: ignore[attr-defined]
    pk, on = whole(request.POST.get("diari", "")), _day(request.POST.get("hari", ""))
    found = Diary.objects.filter(pk=pk or 0, agency_id=post.agency_id).first()
    if found is None or on is None:
        raise Http404
    return found, on

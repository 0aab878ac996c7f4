"""The page of the form on which a time is chosen: it is taken for good when the application is handed in."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from kantormaya.audit.time import now
from kantormaya.cases.models import Draft
from kantormaya.casework import applying
from kantormaya.engine.events import Refused
from kantormaya.engine.slots import Slot, answers_of, asked, found, too_close
from kantormaya.portal.drafts import back_to, posted
from kantormaya.portal.form_pages import onward, progress
from kantormaya.portal.steps import Road, Step, booking_of
from kantormaya.portal.times import CHOOSE, about, days, first_id, is_left, read_time


def times(request: HttpRequest, draft: Draft, here: Road, step: Step) -> HttpResponse:
    """Show the times that are left, or keep the one chosen."""
    name = booking_of(here.definition, step.names[0]) or ""
    rule, at, problem = here.definition.booking[name], now(), None
    chosen = _kept(here, name)
    if request.method == "POST":
        asked_for = read_time(posted(request))
        slot = found(rule, here.values, here.calendar, asked_for) if asked_for else None
        problem = (
            CHOOSE if slot is None else too_close(here.definition, rule, slot.starts_at, here.calendar, at)
        )
        if slot is not None and problem is None:
            draft = applying.fill(draft, answers=answers_of(rule, slot, here.calendar))
            return onward(request, draft, step.id)
    shown = days(here.definition, name, here.values, here.calendar, at, chosen)
    errors = [{"id": first_id(shown), "text": problem}] if problem else []
    context: dict[str, Any] = {
        "draft": draft, "road": here, "step": step, "rule": rule, "about": about(here.definition, name), "days": shown,
        "is_left": is_left(shown), "errors": errors, "resume": reverse("apply_overview", args=(draft.token,)),
        "back_to": back_to(request), **progress(draft, here, step),
    }  # fmt: skip
    return render(request, "portal/apply_time.html", context, status=422 if errors else 200)


def _kept(here: Road, name: str) -> Slot | None:
    """The time chosen before, as long as it is offered."""
    try:
        return asked(here.definition, name, here.values, now(), here.calendar)
    except Refused:
        return None

"""Choosing, moving and cancelling a time on the page of a case; the calendar file; the example room of the demo."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path
from django.views.decorators.http import require_http_methods, require_safe

from kantormaya.bookings.calendar_file import calendar_file
from kantormaya.bookings.meeting import LENGTH, video_link
from kantormaya.casework import booking
from kantormaya.casework.advancing import Changed
from kantormaya.casework.standing import Standing
from kantormaya.engine.booking import held as held_slot
from kantormaya.engine.events import Refused
from kantormaya.engine.slots import Slot
from kantormaya.language.texts import Text
from kantormaya.people.guards import case_holder, public
from kantormaya.people.readers import language
from kantormaya.portal.acts import done, fresh_key, key_of, seen_by
from kantormaya.portal.appointments import where
from kantormaya.portal.drafts import posted
from kantormaya.portal.receipts import held
from kantormaya.portal.times import CHOOSE, about, days, first_id, is_left, read_time
from kantormaya.portal.track import own_choices

form = require_http_methods(["GET", "HEAD", "POST"])


@case_holder
@form
def choose(request: HttpRequest, name: str) -> HttpResponse:
    """The times that are left; the one chosen is the case's from now on, and the one before is free again."""
    now_ = held(request)
    choice = _choice(now_, "book", name)
    if choice.refused is not None:
        return redirect("track_case")
    problem: Text | None = None
    status = 200
    if request.method == "POST":
        slot = read_time(posted(request))
        try:
            if slot is None:
                raise Refused(CHOOSE)
            booking.book(now_.case.pk, name, slot, key=key_of(request), seen=seen_by(request))
            return done("waktu")
        except Refused as refused:
            problem, status = refused.text, 409 if isinstance(refused, Changed) else 422
            now_ = held(request)
    chosen = _now(now_, name)
    shown = days(now_.definition, name, now_.values(), now_.calendar, now_.at, chosen)
    context: dict[str, Any] = {
        "case": now_.case, "definition": now_.definition, "rule": now_.definition.booking[name], "days": shown,
        "is_left": is_left(shown), "about": about(now_.definition, name), "is_move": chosen is not None,
        "errors": [{"id": first_id(shown), "text": problem}] if problem else [], "key": fresh_key(),
    }  # fmt: skip
    return render(request, "portal/time.html", context, status=status)


@case_holder
@form
def cancel(request: HttpRequest, name: str) -> HttpResponse:
    """Let the time go; asked once more before it is done."""
    now_ = held(request)
    choice = _choice(now_, "release", name)
    errors: list[dict[str, Any]] = []
    if choice.refused is not None:
        return redirect("track_case")
    if request.method == "POST":
        try:
            booking.cancel(now_.case.pk, name, key=key_of(request), seen=seen_by(request))
            return done("waktu_batal")
        except Refused as refused:
            errors = [{"id": "batal", "text": refused.text}]
    context = {
        "case": now_.case, "definition": now_.definition, "rule": now_.definition.booking[name],
        "at": now_.state.bookings[name].starts_at, "errors": errors, "key": fresh_key(),
    }  # fmt: skip
    return render(request, "portal/time_cancel.html", context, status=422 if errors else 200)


@case_holder
@require_safe
def file(request: HttpRequest, name: str) -> HttpResponse:
    """The appointment for one's own calendar."""
    now_ = held(request)
    slot = held_slot(now_.state, name) if name in now_.definition.booking else None
    if slot is None:
        raise Http404
    rule, case = now_.definition.booking[name], now_.case
    link = video_link(case, name) if rule.way == "video" else None
    said = Text(
        "{title}. Kode {code}. Pindahkan atau batalkan di {track}.",
        "{title}. Code {code}. Move or cancel it at {track}.",
    ).format(
        title=now_.definition.title, code=case.code, track=f"{settings.KANTOR_URL}{settings.KANTOR_TRACK_URL}"
    )
    made = calendar_file(
        case, name, starts_at=slot.starts_at, ends_at=slot.ends_at, changes=slot.changes, title=rule.title.said(language()),
        place=link or where(now_, name).said(language()), text=said.said(language()), link=link,
    )  # fmt: skip
    answer = HttpResponse(made, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="janji-{case.number}.ics"'
    return answer


@public
@require_safe
def example_room(request: HttpRequest, room: str) -> HttpResponse:
    """Where a video meeting would be: the demo has no provider of its own."""
    if not settings.KANTOR_DEMO or len(room) != LENGTH:
        raise Http404
    return render(request, "portal/example_room.html", {"room": room})


def _choice(now_: Standing, act: str, name: str) -> Any:
    found = next((c for c in own_choices(now_) if (c.act, c.id) == (act, name)), None)
    if found is None:
        raise Http404
    return found


def _now(now_: Standing, name: str) -> Slot | None:
    """The time the case has, as one of those offered: by its beginning, and its session where there are sessions."""
    slot, rule = held_slot(now_.state, name), now_.definition.booking[name]
    if slot is None:
        return None
    session = now_.state.answers.get(rule.session or "") if rule.sessions else ""
    return Slot(slot.starts_at, None, str(session or ""))


urlpatterns: list[URLPattern] = [
    path("lacak/perkara/janji/<slug:name>/", choose, name="time"),
    path("lacak/perkara/janji/<slug:name>/batal/", cancel, name="time_cancel"),
    path("lacak/perkara/janji/<slug:name>/kalender.ics", file, name="time_file"),
    path("ruang-contoh/<slug:room>/", example_room, name="example_room"),
]

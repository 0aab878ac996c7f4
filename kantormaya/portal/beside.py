"""What stands beside a case for its applicant: numbers in other systems, the mails that were sent, dates for a calendar."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from kantormaya.bookings.calendar_file import calendar_file
from kantormaya.cases.models import Pii
from kantormaya.casework import elsewhere
from kantormaya.casework.identity import contact, masked_address
from kantormaya.casework.standing import Standing
from kantormaya.engine.events import Refused
from kantormaya.engine.storing import unpack
from kantormaya.language.texts import Text
from kantormaya.outbox.models import Message
from kantormaya.outbox.words import STATES
from kantormaya.people.guards import case_holder
from kantormaya.people.readers import language
from kantormaya.portal.receipts import held

SYSTEMS = ("OSS", "SiCANTIK Cloud", "SP4N-LAPOR!", "SIMBG", "SATUSEHAT SDMK")
MOST = 30
DUE = Text("Batas janji kami: {title} ({number})", "Our promise: {title} ({number})")
YOURS = Text("Batas untuk Anda: {title} ({number})", "Your limit: {title} ({number})")


@case_holder
@require_http_methods(["GET", "HEAD", "POST"])
def numbers(request: HttpRequest) -> HttpResponse:
    """Note the number that the same matter has in another system, or take it away."""
    now_ = held(request)
    typed = {name: request.POST.get(name, "") for name in ("sistem", "nomor")}
    errors = []
    if request.method == "POST":
        drop = request.POST.get("hapus", "")
        try:
            if drop:
                elsewhere.forget_number(
                    now_.case, int(drop) if drop.isascii() and drop.isdigit() and len(drop) < 19 else 0
                )
            else:
                elsewhere.note_number(now_.case, typed["sistem"], typed["nomor"])
            return redirect("numbers_elsewhere")
        except Refused as refused:
            errors = [{"id": "nomor" if typed["sistem"].strip() else "sistem", "text": refused.text}]
    context = {
        "case": now_.case, "noted": elsewhere.numbers_of(now_.case), "systems": SYSTEMS, "typed": typed, "errors": errors,
    }  # fmt: skip
    return render(request, "portal/numbers.html", context, status=422 if errors else 200)


@case_holder
@require_safe
def mails(request: HttpRequest) -> HttpResponse:
    """Every mail about this case to its applicant, and whether it was delivered."""
    now_ = held(request)
    pii = Pii.objects.filter(case=now_.case).first()
    _, email = contact(unpack(pii.data) if pii else {})
    found = (
        Message.objects.filter(case_id=now_.case.pk, to=email, channel="email")
        if email
        else Message.objects.none()
    )
    sent = [
        {"message": one, "word": STATES[one.state][0], "kind": STATES[one.state][1]}
        for one in found.order_by("-pk")[:MOST]
    ]
    return render(
        request, "portal/mails.html", {"case": now_.case, "to": masked_address(email), "sent": sent}
    )


@case_holder
@require_safe
def due_file(request: HttpRequest, whose: str) -> HttpResponse:
    """A calendar file with the day by which we promised (`janji`), or by which the applicant has to act (`anda`)."""
    now_ = held(request)
    at = due_days(now_).get(whose)
    if at is None:
        raise Http404
    case, said = now_.case, language()
    words = (YOURS if whose == "anda" else DUE).format(title=now_.definition.title, number=case.number)
    text = Text("Ikuti dengan kode {code} di {link}", "Follow it with the code {code} at {link}")
    link = request.build_absolute_uri(reverse("track"))
    body = calendar_file(
        case, f"batas-{whose}", starts_at=at, ends_at=None, changes=case.version, title=words.said(said), place=case.agency.name,
        text=text.format(code=case.code, link=link).said(said), link=link,
    )  # fmt: skip
    answer = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{whose}-{case.number}.ics"'
    return answer


def due_days(now_: Standing) -> dict[str, Any]:
    """When we are due, and when the applicant is, while the case is open."""
    if not now_.state.is_open:
        return {}
    clocks = now_.clocks()
    is_theirs = now_.state.correction is not None or now_.case.turn == "applicant"
    own = clocks.correction or (clocks.step if is_theirs else None)
    found = {"janji": clocks.promise, "anda": own}
    return {whose: clock.due_at for whose, clock in found.items() if clock is not None}

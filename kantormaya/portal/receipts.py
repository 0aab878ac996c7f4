"""What one keeps after applying: the code, the PIN shown once, the promised day; on the screen and as a PDF."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from kantormaya.cases.models import Pii
from kantormaya.casework.identity import contact, holder_of, masked_address
from kantormaya.casework.standing import Standing, held_case
from kantormaya.engine.storing import unpack
from kantormaya.language.formats import moment
from kantormaya.language.texts import Text
from kantormaya.people.guards import case_holder
from kantormaya.permits.drafting import receipt as receipt_as_pdf
from kantormaya.portal.promises import from_words, time_words
from kantormaya.portal.review import PIN_COOKIE, PIN_SHOWN_FOR
from kantormaya.portal.story import way


@case_holder
@require_safe
def receipt(request: HttpRequest) -> HttpResponse:
    """The receipt; the PIN stands on it for a few minutes after sending, in this browser only."""
    now_ = held(request)
    pin = request.get_signed_cookie(PIN_COOKIE, None, salt=now_.case.code, max_age=PIN_SHOWN_FOR)
    _, email = contact(_identity(now_))
    clocks = now_.clocks()
    context = {
        "case": now_.case, "definition": now_.definition, "pin": pin, "sent_to": masked_address(email),
        "due_at": clocks.promise.due_at if clocks.promise else None,
        "time": time_words(now_.definition, now_.values(), now_.calendar), "counted": from_words(now_.definition, now_.values(), now_.calendar),
        "steps": way(now_), "is_for_someone": pin is not None and now_.state.about.channel != "online",
        "is_phone": now_.state.about.channel == "phone",
    }  # fmt: skip
    return render(request, "portal/receipt.html", context)


@case_holder
@require_safe
def receipt_pdf(request: HttpRequest) -> HttpResponse:
    """The receipt as a paper; without the PIN, which is kept apart from the code, unless the counter prints it for someone."""
    now_ = held(request)
    facts = {
        "Diterima": moment(timezone.localtime(now_.case.submitted_at)).id,
        "Waktu pelayanan": _promised(now_).id,
    }
    pin = request.get_signed_cookie(PIN_COOKIE, None, salt=now_.case.code, max_age=PIN_SHOWN_FOR)
    if pin is not None and now_.state.about.channel == "counter":
        facts["PIN"] = pin
    case, definition = now_.case, now_.definition
    given = [
        definition.requirement[name].title.id
        for name, held_ in now_.state.requirements.items()
        if held_.status == "given"
    ]
    pdf = receipt_as_pdf(
        agency=case.agency, service=definition.title, number=case.number, code=case.code,
        applicant=holder_of(_identity(now_)) or case.applicant_name, received_at=case.submitted_at,
        facts=facts,
        attachments=given,
    )  # fmt: skip
    answer = HttpResponse(pdf, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="tanda-terima-{case.number}.pdf"'
    return answer


def held(request: HttpRequest) -> Standing:
    """The case whose code and PIN this browser gave, or 404 where there is none (any more)."""
    now_ = held_case(request.case_code)  # type: ignore[attr-defined]
    if now_ is None:
        raise Http404
    return now_


def _identity(now_: Standing) -> dict[str, Any]:
    pii = Pii.objects.filter(case=now_.case).first()
    found: dict[str, Any] = unpack(pii.data) if pii else {}
    return found


def _promised(now_: Standing) -> Text:
    promise = now_.clocks().promise
    if promise is not None:
        return Text("paling lambat {at}", "by {at}").format(at=moment(timezone.localtime(promise.due_at)))
    time = time_words(now_.definition, now_.values(), now_.calendar)
    return Text("{time}, {counted}", "{time}, {counted}").format(
        time=time, counted=from_words(now_.definition, now_.values(), now_.calendar)
    )

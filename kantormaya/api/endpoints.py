"""What machines say to the office: call-backs of payment providers, applications of a national system."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_POST

from kantormaya.casework.handoff import receive_application
from kantormaya.casework.settling import settle
from kantormaya.language.texts import Text
from kantormaya.people import limits
from kantormaya.people.guards import system_callback

View = Callable[..., HttpResponse]
LONGEST = 64 * 1024
NOT_HERE = Text(
    "Penyedia pembayaran ini tidak dipakai di kantor ini.", "This office does not use that payment provider."
)
TOO_LONG = Text("Pemberitahuan terlalu panjang.", "The notice is too long.")
LARGEST = 20 * 1024 * 1024  # an application with its files
NO_SYSTEM = Text(
    "Kantor ini tidak tersambung dengan sistem nasional.",
    "This office is not connected with a national system.",
)
TOO_LARGE = Text(
    "Permohonan lebih besar dari 20 MB. Perkecil berkasnya.", "The application is larger than 20 MB. Make its files smaller."
)  # fmt: skip


def heard(view: View) -> View:
    """Not from where too many calls proved nothing; one more that proves nothing is counted."""

    @wraps(view)
    def listening(request: HttpRequest, *args: Any, **named: Any) -> HttpResponse:
        try:
            limits.refuse("call_back", request)
        except limits.TooMany as refused:
            answer = _answer(429, refused.text)
            answer["Retry-After"] = str(refused.seconds)
            return answer
        answer = view(request, *args, **named)
        if answer.status_code in (401, 403):
            limits.wrong("call_back", request)
        return answer

    return listening


@system_callback
@require_POST
@heard
def payment(request: HttpRequest, provider: str) -> HttpResponse:
    """A bank reports money. Only the provider of this office is heard, and only what its signature proves is believed."""
    if provider != settings.KANTOR_PAYMENTS:
        return _answer(404, NOT_HERE)
    if len(request.body) > LONGEST:
        return _answer(413, TOO_LONG)
    confirmation = settle(provider, request.headers, request.body)
    return _answer(
        confirmation.status, confirmation.text, verdict=confirmation.verdict and confirmation.verdict.value
    )


@system_callback
@require_POST
@heard
def application(request: HttpRequest) -> HttpResponse:
    """A national system passes an application on for verification; the same one again is the same case."""
    if not settings.KANTOR_OSS:
        return _answer(404, NO_SYSTEM)
    body = request.read(LARGEST + 1)  # not `request.body`, whose limit is that of a form
    if len(body) > LARGEST:
        return _answer(413, TOO_LARGE)
    taken = receive_application(settings.KANTOR_OSS, request.headers, body)
    problems = {name: {"id": one.id, "en": one.said("en")} for name, one in taken.problems.items()}
    if taken.case is None:
        return _answer(taken.status, taken.text, problems=problems)
    return _answer(
        taken.status, taken.text, number=taken.case.number, code=taken.case.code, pin=taken.pin,
        status=taken.stands, track=f"{settings.KANTOR_URL}{settings.KANTOR_TRACK_URL}",
    )  # fmt: skip


def _answer(http: int, text: Text, **more: object) -> HttpResponse:
    return JsonResponse({"text": {"id": text.id, "en": text.en}, **more}, status=http)

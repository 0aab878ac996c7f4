"""What machines say to the office: call-backs of payment providers."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_POST

from kantormaya.casework.settling import settle
from kantormaya.language.texts import Text
from kantormaya.people.guards import system_callback

LONGEST = 64 * 1024
NOT_HERE = Text(
    "Penyedia pembayaran ini tidak dipakai di kantor ini.", "This office does not use that payment provider."
)
TOO_LONG = Text("Pemberitahuan terlalu panjang.", "The notice is too long.")


@system_callback
@require_POST
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


def _answer(status: int, text: Text, **more: str | None) -> HttpResponse:
    return JsonResponse({"text": {"id": text.id, "en": text.en}, **more}, status=status)

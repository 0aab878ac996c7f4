"""The other side of the demonstration: an example national system that passes applications on and hears what became of them."""

from __future__ import annotations

import json
import logging
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST

from kantormaya.handoff.models import Handoff
from kantormaya.handoff.providers.fake import FakeNational
from kantormaya.handoff.providers.fake.elsewhere import LONGEST, Elsewhere
from kantormaya.handoff.providers.fake.example import example
from kantormaya.language.national import NATIONAL
from kantormaya.language.texts import Text
from kantormaya.people.guards import public, system_callback
from kantormaya.people.scopes import scope_system, scoped

log = logging.getLogger(__name__)

FAKE = "fake"
WAIT = 30
MOST = 10
NOT_TAKEN = Text(
    "Kantor belum dapat dihubungi. Tekan sekali lagi: permohonan yang sama tidak menjadi dua.",
    "The office cannot be reached. Press once more: the same application does not become two.",
)


@public
@require_http_methods(["GET", "HEAD", "POST"])
def national(request: HttpRequest) -> HttpResponse:
    """What the example system knows; its button passes one more application on, over HTTP and signed."""
    _demo_only()
    if request.method != "POST":
        return _page(request)
    number = request.POST.get("nomor", "")
    if not (number.isascii() and number.isdigit() and len(number) < 7):
        raise Http404
    answer = _pass_on(int(number))
    if answer is None:
        return _page(request, refusal=NOT_TAKEN, status=502)
    return _page(request, answer=answer)


@system_callback
@require_POST
def hear(request: HttpRequest) -> HttpResponse:
    """The example system's own door: it believes signed reports only."""
    _demo_only()
    body = request.read(LONGEST + 1)
    return HttpResponse(status=_elsewhere().hear(request.headers, body) if len(body) <= LONGEST else 413)


def _page(
    request: HttpRequest, *, answer: dict[str, Any] | None = None, refusal: Text | None = None, status: int = 200
) -> HttpResponse:  # fmt: skip
    with scoped(scope_system("the example national system looks at what it passed on")):
        passed_on = list(Handoff.objects.select_related("case").order_by("-pk")[:MOST])
        count = Handoff.objects.count()
    told = _elsewhere().told()
    rows = [
        {"handoff": one, "said": _said(told.get(one.external_id)), "report": told.get(one.external_id)} for one in passed_on
    ]  # fmt: skip
    context = {"rows": rows, "answer": answer, "refusal": refusal, "next": 900_000 + count}
    return render(request, "portal/national.html", context, status=status)


def _said(report: dict[str, Any] | None) -> Text:
    """What the system shows to the applicant: the status of the newest report, or that it waits."""
    return NATIONAL.status[report["status"] if report else NATIONAL.heard["open"]].said


def _pass_on(number: int) -> dict[str, Any] | None:
    """Send one example application to the office, outside any transaction; the answer, or None."""
    headers, body = FakeNational().pass_on(example(number))
    call = urllib.request.Request(  # noqa: S310  our own address
        f"{settings.KANTOR_URL}/api/oss/permohonan/", body, headers, method="POST"
    )
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(call, timeout=WAIT) as answer:
            said: dict[str, Any] = json.loads(answer.read())
            return said
    except urllib.error.URLError as fault:
        log.warning("the example national system could not pass an application on: %s", fault)
        return None


def _elsewhere() -> Elsewhere:
    return Elsewhere(Path(settings.KANTOR_DATA) / "oss-contoh.jsonl")


def _demo_only() -> None:
    if not settings.KANTOR_DEMO or settings.KANTOR_OSS != FAKE:
        raise Http404

"""What the applicant does on the page of a case: write, pay, agree, go on, withdraw. Each happens once."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kantormaya.casework import applying
from kantormaya.casework.advancing import Changed
from kantormaya.casework.standing import Standing
from kantormaya.engine.events import APPLICANT, Actor, Refused
from kantormaya.language.plain import whole
from kantormaya.messages.conversing import conversation, say
from kantormaya.payments.billing import how_to_pay
from kantormaya.payments.models import Bill, BillState
from kantormaya.payments.providers import ProviderDown
from kantormaya.people.guards import case_holder
from kantormaya.portal.followed import followed
from kantormaya.portal.paying_for import link_to
from kantormaya.portal.receipts import held
from kantormaya.portal.track import bill_of, letters, own_choices, page_of


def fresh_key() -> str:
    """What a writing form carries so that the act it asks for happens once."""
    return secrets.token_hex(16)


def key_of(request: HttpRequest) -> str:
    """The key of the form that was sent."""
    return (request.POST.get("key") or fresh_key())[:64]


def seen_by(request: HttpRequest) -> int | None:
    """The version of the case that the form was made from."""
    return whole(request.POST.get("seen", ""))


def done(what: str) -> HttpResponse:
    """Back to the case, saying what was done."""
    return redirect(f"{reverse('track_case')}?sudah={what}")


@case_holder
@require_http_methods(["GET", "HEAD", "POST"])
def talk(request: HttpRequest) -> HttpResponse:
    """Write to the office that works on the case."""
    now_ = held(request)
    errors: list[dict[str, Any]] = []
    if request.method == "POST":
        try:
            say(now_.case, Actor(APPLICANT), request.POST.get("pesan", ""), key=key_of(request), by=APPLICANT)
            return done("pesan")
        except Refused as refused:
            errors = [{"id": "pesan", "text": refused.text}]
    context = {
        "case": now_.case, "definition": now_.definition, "letters": letters(conversation(now_.case, for_applicant=True)),
        "key": fresh_key(), "typed": request.POST.get("pesan", ""), "errors": errors,
    }  # fmt: skip
    return render(request, "portal/talk.html", context, status=422 if errors else 200)


@case_holder
@require_safe
def bill(request: HttpRequest, reference: str) -> HttpResponse:
    """A bill: what is paid for, until when, and the way to pay."""
    now_ = held(request)
    found = Bill.objects.filter(case=now_.case, reference=reference).exclude(state=BillState.VOID).first()
    if found is None:
        raise Http404
    context: dict[str, Any] = {"case": now_.case, "definition": now_.definition, "bill": bill_of(found)}
    if found.state == BillState.DUE:
        context["link"] = link_to(found)
        context["at_bank"] = reverse("bank", args=(reference,)) if settings.KANTOR_DEMO else None
        try:
            asked = how_to_pay(found)
            context |= {"words": asked.words, "picture": mark_safe(asked.svg)}  # noqa: S308  drawn by segno
        except ProviderDown as down:
            context["down"] = down.text
    return render(request, "portal/bill.html", context)


@case_holder
@require_POST
def confirm(request: HttpRequest, task: str) -> HttpResponse:
    """Agree with the minutes of an inspection."""
    return _act(request, lambda now_: applying.confirm(now_.case.pk, task, key=key_of(request)), "setuju")


@case_holder
@require_POST
def go_on(request: HttpRequest) -> HttpResponse:
    """What an applicant's step asked is done."""
    return _act(
        request,
        lambda now_: applying.go_on(now_.case.pk, key=key_of(request), seen=seen_by(request)),
        "lanjut",
    )


def _act(request: HttpRequest, act: Callable[[Standing], object], what: str) -> HttpResponse:
    """Do it, or show the case with the sentence why not."""
    now_ = held(request)
    try:
        act(now_)
    except Refused as refused:
        status = 409 if isinstance(refused, Changed) else 422
        context = page_of(followed(request)) | {
            "errors": [{"id": "isi", "text": refused.text}],
            "key": fresh_key(),
        }
        return render(request, "portal/track_case.html", context, status=status)
    return done(what)


@case_holder
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest) -> HttpResponse:
    """Take the application back, with the reason; asked once more before it is done."""
    now_ = held(request)
    errors: list[dict[str, Any]] = []
    if request.method == "POST":
        try:
            applying.withdraw(
                now_.case.pk, request.POST.get("alasan", "").strip()[:1000], key=key_of(request)
            )
            return done("ditarik")
        except Refused as refused:
            errors = [{"id": "alasan", "text": refused.text}]
    elif not any(choice.act == "withdraw" for choice in own_choices(now_)):
        return redirect("track_case")
    context = {
        "case": now_.case, "definition": now_.definition, "key": fresh_key(), "typed": request.POST.get("alasan", ""),
        "errors": errors, "is_paid": any(b.status == "paid" for b in now_.state.bills.values()),
    }  # fmt: skip
    return render(request, "portal/withdraw.html", context, status=422 if errors else 200)

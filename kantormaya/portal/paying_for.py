"""A bill paid by somebody else: whoever has the link sees what it is for and how to pay it, and nothing of the case."""

from __future__ import annotations

from django.conf import settings
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from kantormaya.payments.billing import how_to_pay
from kantormaya.payments.models import Bill, BillState
from kantormaya.payments.providers import ProviderDown
from kantormaya.people.guards import public
from kantormaya.people.scopes import scope_system, scoped

SALT = "tagihan"


def link_to(bill: Bill) -> str:
    """The address under which anybody may pay this bill; references are counted on, so the address is signed."""
    return settings.KANTOR_URL + reverse(
        "pay_for", args=(signing.Signer(salt=SALT).sign(bill.reference or ""),)
    )


@public
@require_safe
def pay_for(request: HttpRequest, token: str) -> HttpResponse:
    """The bill as a stranger to the case may see it."""
    try:
        reference = signing.Signer(salt=SALT).unsign(token)
    except signing.BadSignature:
        raise Http404 from None
    with scoped(scope_system("somebody pays a bill by its link")):
        bill = Bill.objects.filter(reference=reference).exclude(state=BillState.VOID).first()
    if bill is None:
        raise Http404
    context = {"bill": bill, "is_due": bill.state == BillState.DUE}
    if bill.state == BillState.DUE:
        context["at_bank"] = reverse("bank", args=(reference,)) if settings.KANTOR_DEMO else None
        try:
            asked = how_to_pay(bill)
            context |= {"words": asked.words, "picture": mark_safe(asked.svg)}  # noqa: S308  drawn by segno
        except ProviderDown as down:
            context["down"] = down.text
    return render(request, "portal/pay_for.html", context)

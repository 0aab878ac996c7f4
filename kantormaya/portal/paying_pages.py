"""The bank of the demonstration, as its customer sees it: a QRIS code, and a button in place of a telephone."""

from __future__ import annotations

import logging
import urllib.error
import urllib.request
from uuid import uuid4

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_http_methods

from kantormaya.language.texts import Text
from kantormaya.payments.billing import how_to_pay
from kantormaya.payments.models import Bill, BillState
from kantormaya.payments.paying import pay_as_customer
from kantormaya.payments.providers import ProviderDown
from kantormaya.people.guards import public
from kantormaya.people.scopes import scope_system, scoped

log = logging.getLogger(__name__)

DEMO_BANK = "demo_bank"
WAIT = 15
NOT_TOLD = Text(
    "Bank sudah mencatat, tetapi kantor belum dapat dihubungi. Tekan Bayar sekali lagi: tidak akan terbayar dua kali.",
    "The bank has noted it, but the office cannot be reached. Press Pay once more: it will not be paid twice.",
)


@public
@require_http_methods(["GET", "HEAD", "POST"])
def bank(request: HttpRequest, reference: str) -> HttpResponse:
    """The bill at the bank; paying sends the signed call-back over HTTP, as a real bank would."""
    if not settings.KANTOR_DEMO or settings.KANTOR_PAYMENTS != DEMO_BANK:
        raise Http404
    bill = _bill(reference)
    if request.method == "POST" and bill.state == BillState.DUE:
        key = request.POST.get("key", "")[:100] or uuid4().hex
        with scoped(scope_system("a customer of the demo bank pays")):
            headers, body = pay_as_customer(reference, external_id=key)
        if _call_back(headers, body):
            return redirect("bank", reference)
        return _page(request, bill, key, refusal=NOT_TOLD, status=502)
    if request.method == "POST":
        return redirect("bank", reference)
    return _page(request, bill, uuid4().hex)


def _page(
    request: HttpRequest, bill: Bill, key: str, refusal: Text | None = None, status: int = 200
) -> HttpResponse:
    context = {
        "bill": bill, "title": Text(bill.title_id, bill.title_en or None), "key": key, "refusal": refusal,
        "lines": [{"title": Text(line["id"], line["en"] or None), "amount": line["amount"]} for line in bill.lines],
    }  # fmt: skip
    if bill.state == BillState.DUE:
        try:
            ask = how_to_pay(bill)
            context |= {"words": ask.words, "picture": mark_safe(ask.svg)}  # noqa: S308  drawn by segno
        except ProviderDown as down:
            context["refusal"] = down.text
    return render(request, "portal/bank.html", context, status=status)


def _bill(reference: str) -> Bill:
    with scoped(scope_system("a customer of the demo bank looks at a bill")):
        bill = Bill.objects.filter(reference=reference).first()
    if bill is None:
        raise Http404
    return bill


def _call_back(headers: dict[str, str], body: bytes) -> bool:
    """Tell the office, outside any transaction; whether it took the report."""
    address = f"{settings.KANTOR_URL}/api/pembayaran/{DEMO_BANK}/"
    report = urllib.request.Request(address, body, headers, method="POST")  # noqa: S310  our own address
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(report, timeout=WAIT):
            return True
    except urllib.error.URLError as fault:
        log.warning("the demo bank could not tell %s: %s", address, fault)
        return False

"""The treasurer's reconciliation: reports of money that fit no bill, each settled with a reason, and whether the month balances."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from kantormaya.audit.time import now
from kantormaya.casework.settling import count_after_all
from kantormaya.desk.frame import TREASURER, page
from kantormaya.language.formats import rupiah
from kantormaya.language.forms import Shown, errors_of
from kantormaya.language.texts import Text
from kantormaya.payments import reconciling
from kantormaya.payments.models import Payment, Verdict
from kantormaya.payments.providers import title_of
from kantormaya.people.guards import official
from kantormaya.people.models import Post
from kantormaya.people.readers import language
from kantormaya.people.scopes import scope_system, scoped

VERDICTS: dict[str, Text] = {
    Verdict.LATE: Text("terlambat", "late"),
    Verdict.WRONG_AMOUNT: Text("jumlah tidak cocok", "wrong amount"),
    Verdict.DUPLICATE: Text("dibayar dua kali", "paid twice"),
    Verdict.UNKNOWN: Text("tagihan tidak dikenal", "no such bill"),
    Verdict.FORGED: Text("tanda tangan tidak sah", "forged"),
}
COUNT, RETURN, CLOSE = "hitung", "kembalikan", "tutup"
DONE = {
    COUNT: Text(
        "Dihitung sebagai pembayaran; perkaranya berjalan lagi.", "Counted as payment; its case goes on."
    ),
    RETURN: Text("Dicatat sebagai dikembalikan.", "Noted as given back."),
    CLOSE: Text("Laporan ditutup.", "The report is closed."),
}
SETTLED_AS = {
    reconciling.ACCEPTED: Text("dihitung sebagai pembayaran", "counted as payment"),
    reconciling.RETURNED: Text("dikembalikan", "given back"),
    reconciling.CLOSED: Text("ditutup", "closed"),
}
SETTLED = Text(
    "Laporan itu sudah diselesaikan; lihat di bawah oleh siapa.",
    "That report is settled already; see below by whom.",
)
NO_REASON = Text("Tulis alasannya: dibaca pemeriksa nanti.", "Write the reason: an auditor will read it.")
REASON = Text(
    "Alasan terlalu panjang: paling banyak {n} huruf.", "The reason is too long: at most {n} letters."
)
LONGEST = 250
MOST = 100
NOBODYS = "the treasurer looks at money that belongs to no bill"


@official(TREASURER)
@require_GET
def payments(request: HttpRequest) -> HttpResponse:
    """Flagged reports, oldest first: those on our bills, and those on no bill, which nobody else would see."""
    return _page(request)


@official(TREASURER)
@require_POST
def settle(request: HttpRequest, pk: int) -> HttpResponse:
    """One report is counted after all, given back, or closed, with the reason."""
    post: Post = request.post  # type: ignore[attr-defined]
    act, reason = request.POST.get("act", ""), request.POST.get("alasan", "").strip()
    payment = _ours(post).filter(pk=pk).first()
    if payment is None:
        with scoped(scope_system(NOBODYS)):
            payment = _flagged().filter(pk=pk, case=None).first()
    if payment is None:
        messages.info(request, SETTLED.said(language()))
        return redirect("desk_payments")
    if act not in _ways(payment):
        raise Http404
    problem = NO_REASON if not reason else REASON.format(n=LONGEST) if len(reason) > LONGEST else None
    if problem is None:
        try:
            _do(act, payment, post, reason)
        except reconciling.NotCountable as refused:
            problem = refused.text
    if problem is not None:
        return _page(request, typed={pk: reason}, problems={pk: problem}, status=422)
    messages.success(request, DONE[act].said(language()))
    return redirect("desk_payments")


def _do(act: str, payment: Payment, post: Post, reason: str) -> None:
    if act == COUNT:
        count_after_all(payment, post, reason)
        return
    with scoped(scope_system(NOBODYS)):
        settle_ = reconciling.give_back if act == RETURN else reconciling.close
        settle_(payment, actor=post.account.username, reason=reason)


def _ours(post: Post) -> QuerySet[Payment]:
    return _flagged().filter(case__agency_id=post.agency_id)


def _flagged() -> QuerySet[Payment]:
    return reconciling.flagged().select_related("bill", "case")


def _ways(payment: Payment) -> list[str]:
    """What can be done with a report: only money that waits for its bill counts, and a forgery moved none."""
    if payment.verdict == Verdict.FORGED:
        return [CLOSE]
    return [COUNT, RETURN] if reconciling.is_countable(payment) else [RETURN]


def _page(
    request: HttpRequest, *, typed: dict[int, str] | None = None, problems: dict[int, Text] | None = None, status: int = 200
) -> HttpResponse:  # fmt: skip
    post: Post = request.post  # type: ignore[attr-defined]
    settled = Q(settled_at__isnull=False) & (Q(case__agency_id=post.agency_id) | Q(case=None))
    done = Payment.objects.filter(settled).select_related("bill", "case").order_by("-settled_at", "-pk")
    month = timezone.localtime(now()).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    sums = reconciling.reconcile(month, now(), post.agency_id)
    found = list(_ours(post)[:MOST])
    with scoped(scope_system(NOBODYS)):
        found += _flagged().filter(case=None)[:MOST]
        settled_rows = list(done[:20])
    found.sort(key=lambda one: (one.at, one.pk))
    reasons = [_reason(one.pk, (typed or {}).get(one.pk), (problems or {}).get(one.pk)) for one in found]
    rows = [
        {
            "payment": one, "verdict": VERDICTS[one.verdict], "ways": _ways(one), "reason": reason,
            "provider": title_of(one.provider),
        }
        for one, reason in zip(found, reasons, strict=True)
    ]  # fmt: skip
    context = {
        "rows": rows, "settled": [(one, _how(one)) for one in settled_rows], "facts": _facts(sums, found), "month": month,
        "errors": errors_of(reasons),
    }  # fmt: skip
    return page(request, "payments.html", context, here="money", status=status)


def _reason(pk: int, typed: str | None, problem: Text | None) -> Shown:
    label = Text("Alasan", "Reason")
    return Shown(f"alasan-{pk}", "alasan", "text", label, value=typed, max=str(LONGEST), error=problem)


def _how(payment: Payment) -> tuple[Text, str]:
    """How a report was settled, in words, and the reason that was written."""
    for prefix, words in SETTLED_AS.items():
        if payment.settled_as.startswith(prefix):
            return words, payment.settled_as.removeprefix(prefix)
    return Text("diselesaikan", "settled"), payment.settled_as


def _facts(sums: reconciling.Reconciliation, found: list[Payment]) -> list[dict[str, Any]]:
    reports = Text("{n} laporan", "{n} reports")
    bills = Text("{n} tagihan", "{n} bills")
    balance = Text("seimbang dengan yang masuk", "balances with what came in")
    if not sums.balances:
        balance = Text("tidak sama dengan yang masuk", "differs from what came in")
    return [
        {"label": Text("Cocok dengan sendirinya", "Matched by itself"), "value": rupiah(sums.matched), "note": reports.format(n=sums.matched_count)},
        {"label": Text("Dihitung bendahara", "Counted by the treasurer"), "value": rupiah(sums.accepted), "note": reports.format(n=sums.accepted_count)},
        {"label": Text("Perlu dilihat (sejak kapan pun)", "To be looked at (from any time)"), "value": rupiah(sum(one.amount or 0 for one in found)), "note": reports.format(n=len(found))},
        {
            "label": Text("Tagihan lunas", "Bills paid"), "value": rupiah(sums.paid), "is_off": not sums.balances,
            "note": Text("{bills}, {balance}", "{bills}, {balance}").format(bills=bills.format(n=sums.paid_count), balance=balance),
        },
    ]  # fmt: skip

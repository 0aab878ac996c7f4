"""The treasurer's view: what came in, what it was for, and what needs a decision."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Count, QuerySet, Sum

from kantormaya.audit.recording import record
from kantormaya.audit.time import now
from kantormaya.payments.models import Bill, BillState, Payment, Verdict


@dataclass(frozen=True)
class Reconciliation:
    """Sums over a span of time, in whole rupiah; `paid` and `matched` must be equal, or something is amiss."""

    matched: int
    matched_count: int
    paid: int
    paid_count: int
    flagged: int
    flagged_count: int

    @property
    def balances(self) -> bool:
        """Whether every paid bill has its matched report and the other way round."""
        return (self.matched, self.matched_count) == (self.paid, self.paid_count)


def reconcile(since: datetime, until: datetime) -> Reconciliation:
    """Bills paid beside reports matched, from `since` up to before `until`."""
    span = Payment.objects.filter(at__gte=since, at__lt=until)
    matched = _sum(span.filter(verdict=Verdict.MATCHED))
    bills = Bill.objects.filter(
        state__in=[BillState.PAID, BillState.TO_REFUND], paid_at__gte=since, paid_at__lt=until
    )
    return Reconciliation(*matched, *_sum(bills), *_sum(flagged().filter(at__gte=since, at__lt=until)))


def flagged() -> QuerySet[Payment]:
    """Reports that somebody has to look at: late, wrong, twice, unknown, forged; oldest first."""
    return (
        Payment.objects.exclude(verdict=Verdict.MATCHED)
        .filter(settled_at=None)
        .select_related("bill")
        .order_by("at", "pk")
    )


def accept(payment: Payment, *, actor: str, reason: str) -> Bill:
    """Count a flagged report as payment of its bill all the same (late, or another amount), with the reason."""
    with transaction.atomic():
        locked = Payment.objects.select_for_update().get(pk=payment.pk)
        bill = Bill.objects.select_for_update().get(pk=locked.bill_id) if locked.bill_id else None
        if bill is None or bill.state != BillState.DUE or locked.settled_at:
            raise ValueError(f"{locked} cannot be counted: its bill is not due, or it is settled already")
        bill.state, bill.paid_at = BillState.PAID, locked.at
        bill.save(update_fields=["state", "paid_at"])
        _settle(locked, actor, f"diterima / accepted: {reason}")
    return bill


def give_back(payment: Payment, *, actor: str, reason: str) -> Payment:
    """Settle a flagged report by returning the money outside this system, with the reason."""
    with transaction.atomic():
        locked = Payment.objects.select_for_update().get(pk=payment.pk)
        if not locked.settled_at:
            _settle(locked, actor, f"dikembalikan / returned: {reason}")
    return locked


def _settle(payment: Payment, actor: str, how: str) -> None:
    payment.settled_at, payment.settled_by, payment.settled_as = now(), actor, how[:300]
    payment.save(update_fields=["settled_at", "settled_by", "settled_as"])
    record("payment.settled", actor=actor, case_id=payment.case_id, external_id=payment.external_id, how=how)


def _sum(rows: QuerySet[Payment] | QuerySet[Bill]) -> tuple[int, int]:
    found = rows.aggregate(total=Sum("amount"), n=Count("pk"))
    return found["total"] or 0, found["n"]

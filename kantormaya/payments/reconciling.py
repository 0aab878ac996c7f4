"""The treasurer's view: what came in, what it was for, and what needs a decision."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Count, Q, QuerySet, Sum

from kantormaya.audit.recording import record
from kantormaya.audit.time import now
from kantormaya.language.texts import Text
from kantormaya.payments.models import Bill, BillState, Payment, Verdict

ACCEPTED, RETURNED, CLOSED = "diterima / accepted: ", "dikembalikan / returned: ", "ditutup / closed: "


NOT_DUE = Text(
    "Laporan ini tidak dapat dihitung: tagihannya tidak sedang menunggu pembayaran, atau laporan ini sudah diselesaikan.",
    "This report cannot be counted: its bill is not waiting to be paid, or the report is settled already.",
)


class NotCountable(ValueError):
    """A report that can't be settled so, in words for the treasurer."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


@dataclass(frozen=True)
class Reconciliation:
    """Sums over a span of time, in whole rupiah of the bills; what was matched or accepted must equal what is paid."""

    matched: int
    matched_count: int
    accepted: int
    accepted_count: int
    paid: int
    paid_count: int
    flagged: int
    flagged_count: int

    @property
    def balances(self) -> bool:
        """Whether every paid bill has the report that paid it and the other way round."""
        came_in = (self.matched + self.accepted, self.matched_count + self.accepted_count)
        return came_in == (self.paid, self.paid_count)


def reconcile(since: datetime, until: datetime, agency_id: int | None = None) -> Reconciliation:
    """Bills paid beside the reports that paid them, from `since` up to before `until`; of one agency if it is named."""
    whose = Q(case__agency_id=agency_id) if agency_id else Q()
    span = Payment.objects.filter(whose, at__gte=since, at__lt=until)
    bills = Bill.objects.filter(
        whose, state__in=[BillState.PAID, BillState.TO_REFUND], paid_at__gte=since, paid_at__lt=until
    )
    return Reconciliation(
        *_sum(span.filter(verdict=Verdict.MATCHED)),
        *_sum(span.filter(settled_as__startswith=ACCEPTED), "bill__amount"),
        *_sum(bills),
        *_sum(flagged().filter(whose, at__gte=since, at__lt=until)),
    )


def flagged() -> QuerySet[Payment]:
    """Reports that somebody has to look at: late, wrong, twice, unknown, forged; oldest first."""
    return (
        Payment.objects.exclude(verdict=Verdict.MATCHED)
        .filter(settled_at=None)
        .select_related("bill")
        .order_by("at", "pk")
    )


def is_countable(payment: Payment) -> bool:
    """Whether a flagged report can still count: somebody's money (not a forgery), on a bill that waits to be paid."""
    return payment.bill is not None and payment.bill.state == BillState.DUE and not payment.settled_at


def accept(payment: Payment, *, actor: str, reason: str) -> Bill:
    """Count a flagged report as payment of its bill all the same (late, or another amount), with the reason."""
    with transaction.atomic():
        locked = Payment.objects.select_for_update().get(pk=payment.pk)
        bill = Bill.objects.select_for_update().get(pk=locked.bill_id) if locked.bill_id else None
        locked.bill = bill
        if bill is None or not is_countable(locked):
            raise NotCountable(NOT_DUE)
        bill.state, bill.paid_at = BillState.PAID, locked.at
        bill.save(update_fields=["state", "paid_at"])
        _settle(locked, actor, ACCEPTED + reason)
    return bill


def give_back(payment: Payment, *, actor: str, reason: str) -> Payment:
    """Settle a flagged report by returning the money outside this system, with the reason."""
    return _set_aside(payment, actor, RETURNED + reason)


def close(payment: Payment, *, actor: str, reason: str) -> Payment:
    """Settle a report that moved no money (a forgery), with what was found."""
    return _set_aside(payment, actor, CLOSED + reason)


def _set_aside(payment: Payment, actor: str, how: str) -> Payment:
    with transaction.atomic():
        locked = Payment.objects.select_for_update().get(pk=payment.pk)
        if not locked.settled_at:
            _settle(locked, actor, how)
    return locked


def _settle(payment: Payment, actor: str, how: str) -> None:
    payment.settled_at, payment.settled_by, payment.settled_as = now(), actor, how[:300]
    payment.save(update_fields=["settled_at", "settled_by", "settled_as"])
    record("payment.settled", actor=actor, case_id=payment.case_id, external_id=payment.external_id, how=how)


def _sum(rows: QuerySet[Payment] | QuerySet[Bill], amount: str = "amount") -> tuple[int, int]:
    found = rows.aggregate(total=Sum(amount), n=Count("pk"))
    return found["total"] or 0, found["n"]

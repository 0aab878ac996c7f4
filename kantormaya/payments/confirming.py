"""Money reported by a provider: believed only when signed, counted only once, flagged wherever it does not fit."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from kantormaya.audit.recording import record
from kantormaya.audit.time import now
from kantormaya.language.texts import Text
from kantormaya.payments.models import Bill, BillState, Payment, Verdict
from kantormaya.payments.providers import Notice, NoticeRefused, provider

SEEN_OTHERWISE = Text(
    "Nomor transaksi ini sudah dipakai untuk laporan lain.",
    "This transaction number was used for another report.",
)
SAID = {
    Verdict.MATCHED: Text("Pembayaran diterima.", "Payment received."),
    Verdict.LATE: Text(
        "Diterima setelah batas waktu; petugas akan memeriksa.", "Received late; staff will look at it."
    ),
    Verdict.WRONG_AMOUNT: Text(
        "Jumlah tidak sama dengan tagihan; petugas akan memeriksa.",
        "The amount differs from the bill; staff will look.",
    ),
    Verdict.DUPLICATE: Text(
        "Tagihan sudah lunas; kelebihan akan diperiksa petugas.",
        "The bill was paid already; staff will look at it.",
    ),
    Verdict.UNKNOWN: Text(
        "Tagihan tidak dikenal; petugas akan memeriksa.", "No such bill; staff will look at it."
    ),
}


@dataclass(frozen=True)
class Confirmation:
    """What became of a report. `status` is the HTTP answer to the provider; `settles` says that the bill is now paid."""

    status: int
    verdict: Verdict | None
    text: Text
    payment: Payment | None = None
    bill: Bill | None = None
    replayed: bool = False

    @property
    def settles(self) -> bool:
        """Whether the case may go on: the bill is paid by this very report (also when it is reported again)."""
        return self.verdict == Verdict.MATCHED


def confirm(name: str, headers: Mapping[str, str], body: bytes) -> Confirmation:
    """Read, judge and record one call-back; the same report again gives the same answer and changes nothing.

    Needs the system scope: a provider knows no case.
    """
    try:
        notice = provider(name).read(headers, body)
    except NoticeRefused as refused:
        return _refused(name, body, refused)
    with transaction.atomic():
        bill = Bill.objects.select_for_update().filter(reference=notice.reference).first()
        if seen := Payment.objects.filter(provider=name, external_id=notice.external_id).first():
            return _again(seen, notice, bill)
        verdict = _judge(bill, notice)
        payment, is_new = Payment.objects.get_or_create(
            provider=name, external_id=notice.external_id,
            defaults={"bill": bill, "case_id": bill.case_id if bill else None, "amount": notice.amount,
                      "at": notice.at, "verdict": verdict, "raw": dict(notice.raw)},
        )  # fmt: skip
        if not is_new:  # reported twice at the same moment, for a bill we don't know and so could not lock
            return _again(payment, notice, bill)
        if bill and verdict == Verdict.MATCHED:
            bill.state, bill.paid_at = BillState.PAID, notice.at
            bill.save(update_fields=["state", "paid_at"])
        record(
            f"payment.{verdict.value}", actor=name, case_id=payment.case_id, reference=notice.reference,
            amount=notice.amount, external_id=notice.external_id,
        )  # fmt: skip
    return Confirmation(200, verdict, SAID[verdict], payment, bill)


def _judge(bill: Bill | None, notice: Notice) -> Verdict:
    if bill is None:
        return Verdict.UNKNOWN
    if bill.state in (BillState.PAID, BillState.TO_REFUND):
        return Verdict.DUPLICATE
    if bill.state != BillState.DUE or (bill.due_at and notice.at > bill.due_at):
        return Verdict.LATE
    return Verdict.MATCHED if notice.amount == bill.amount else Verdict.WRONG_AMOUNT


def _again(seen: Payment, notice: Notice, bill: Bill | None) -> Confirmation:
    same = seen.amount == notice.amount and seen.raw.get("reference") == notice.reference
    if not same:
        record("payment.conflict", actor=seen.provider, case_id=seen.case_id, external_id=notice.external_id)
        return Confirmation(409, None, SEEN_OTHERWISE)
    verdict = Verdict(seen.verdict)
    return Confirmation(200, verdict, SAID[verdict], seen, bill, replayed=True)


def _refused(name: str, body: bytes, refused: NoticeRefused) -> Confirmation:
    if not refused.forged:
        return Confirmation(400, None, refused.text)
    # What it claims is not believed, so only its fingerprint and beginning are kept for whoever investigates.
    raw: dict[str, Any] = {
        "sha256": hashlib.sha256(body).hexdigest(),
        "begins": body[:300].decode("utf-8", "replace").replace("\0", ""),
    }
    with transaction.atomic():
        payment = Payment.objects.create(provider=name, at=now(), verdict=Verdict.FORGED, raw=raw)
        record("payment.forged", actor=name, sha256=raw["sha256"])
    return Confirmation(401, Verdict.FORGED, refused.text, payment)

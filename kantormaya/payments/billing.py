"""Bills: opened once, waived or withdrawn with a reason, and how to pay them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from kantormaya.audit.recording import record
from kantormaya.audit.time import now
from kantormaya.cases.models import Case
from kantormaya.language.texts import Text
from kantormaya.payments.models import Bill, BillState
from kantormaya.payments.providers import Ask, provider

NOT_DUE = Text(
    "Tagihan {reference} tidak sedang menunggu pembayaran.", "The bill {reference} is not waiting to be paid."
)


class BillRefused(Exception):
    """What can't be done with a bill now, in words for who tried."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.id)
        self.text = text


def open_bill(
    case: Case, bill: str, *, title: Text, lines: Iterable[tuple[Text, int]], amount: int,
    due_at: datetime | None, actor: str, round: int = 1,
) -> Bill:  # fmt: skip
    """The bill of this case, name and round; made at the first call, found again at every later one."""
    if amount <= 0:
        raise ValueError("a bill asks for at least one rupiah; what costs nothing has no bill")
    with transaction.atomic():
        at = now()
        made, is_new = Bill.objects.get_or_create(
            case=case, bill=bill, round=round,
            defaults={
                "title_id": title.id, "title_en": title.en or "", "amount": amount, "due_at": due_at,
                "lines": [{"id": t.id, "en": t.en or "", "amount": a} for t, a in lines], "created_at": at,
            },
        )  # fmt: skip
        if is_new:
            made.reference = f"SKRD{timezone.localdate(at).year}{made.pk:07}"
            made.save(update_fields=["reference"])
            record("bill.opened", actor=actor, case_id=case.pk, reference=made.reference, amount=amount)
    return made


def how_to_pay(bill: Bill) -> Ask:
    """The QRIS code of a bill that is due. Raises BillRefused, or ProviderDown."""
    if bill.state != BillState.DUE or not bill.reference:
        raise BillRefused(NOT_DUE.format(reference=bill.reference))
    return provider(settings.KANTOR_PAYMENTS).ask(bill.reference, bill.amount)


def waive(bill: Bill, *, reason: str, actor: str) -> Bill:
    """Ask no more for a bill, with the reason (an exemption, a decision)."""
    return _close(bill, BillState.WAIVED, "bill.waived", reason, actor)


def void(bill: Bill, *, reason: str, actor: str) -> Bill:
    """Withdraw a bill that should not have been; money that still comes in on it is flagged."""
    return _close(bill, BillState.VOID, "bill.voided", reason, actor)


def to_refund(bill: Bill, *, reason: str, actor: str) -> Bill:
    """Mark a paid bill as owed back to who paid it."""
    return _close(bill, BillState.TO_REFUND, "bill.to_refund", reason, actor, of=BillState.PAID)


def _close(
    bill: Bill, to: BillState, act: str, reason: str, actor: str, of: BillState = BillState.DUE
) -> Bill:
    if not reason.strip():
        raise ValueError("a bill is closed only with a reason")
    with transaction.atomic():
        locked = Bill.objects.select_for_update().get(pk=bill.pk)
        if locked.state == to:
            return locked
        if locked.state != of:
            raise BillRefused(NOT_DUE.format(reference=locked.reference))
        locked.state, locked.reason = to, reason
        locked.save(update_fields=["state", "reason"])
        record(act, actor=actor, case_id=locked.case_id, reference=locked.reference, reason=reason)
    return locked

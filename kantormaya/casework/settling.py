"""Money that came in: a provider's call-back is judged by `payments`, and then the case goes on."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction

from kantormaya.casework.advancing import advance
from kantormaya.casework.standing import Standing
from kantormaya.engine import office
from kantormaya.engine.events import Event
from kantormaya.payments import reconciling
from kantormaya.payments.confirming import Confirmation, confirm
from kantormaya.payments.models import Bill, Payment
from kantormaya.people.models import Post
from kantormaya.people.scopes import scope_system, scoped


def settle(provider: str, headers: Mapping[str, str], body: bytes) -> Confirmation:
    """Take a call-back: record what it says, and when it pays a bill in full, move the case, in one transaction.

    Reported twice, late, with a wrong amount or forged, nothing changes wrongly: staff see it.
    """
    with scoped(scope_system(f"call-back of {provider}")):
        confirmation = confirm(provider, headers, body)
        if confirmation.settles and confirmation.bill is not None:
            _paid(confirmation.bill, provider)
        return confirmation


def count_after_all(payment: Payment, post: Post, reason: str) -> Bill:
    """The treasurer counts a flagged report as payment, with the reason, and the case goes on; raises NotCountable."""
    with transaction.atomic():
        bill = reconciling.accept(payment, actor=post.account.username, reason=reason)
        _paid(bill, post.account.username)
        return bill


def _paid(bill: Bill, provider: str) -> None:
    def decide(now: Standing) -> Event | None:
        due = now.state.bills.get(bill.bill)
        if due is None or due.status != "due":
            return None
        return office.settle(now.definition, now.state, bill.bill, at=now.at)

    advance(bill.case_id, decide, by=provider, key=f"bill-{bill.pk}")

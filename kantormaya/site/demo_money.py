"""How example bills are paid: most at once and once, a few twice or with a slip, so that the treasurer has something to settle."""

from __future__ import annotations

from kantormaya.casework.settling import settle
from kantormaya.payments.models import Bill
from kantormaya.payments.paying import pay_as_customer
from kantormaya.payments.reconciling import give_back
from kantormaya.people.models import Post
from kantormaya.people.scopes import scope_system, scoped

BANK = "demo_bank"


def pay(bill: Bill, treasurer: Post | None, *, is_recent: bool) -> bool:
    """Whether the bill is paid now. Of the recent ones none is, so that a visitor finds some to pay."""
    reference = bill.reference or ""
    if is_recent:
        if bill.pk % 2:
            settle(BANK, *pay_as_customer(reference, bill.amount - 2_500, external_id=f"contoh-{bill.pk}"))
        return False
    settled = settle(BANK, *pay_as_customer(reference, bill.amount)).settles
    if bill.pk % 9 == 4:
        second = settle(BANK, *pay_as_customer(reference, bill.amount)).payment
        if second is not None and treasurer is not None and bill.pk % 2:
            with scoped(scope_system("the example treasurer settles")):
                give_back(second, actor=treasurer.account.username, reason="Dibayar dua kali; dikirim balik.")
    return settled

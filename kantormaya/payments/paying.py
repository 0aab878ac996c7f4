"""What a customer of the demo bank does: pays a bill, after which the bank calls us back."""

from __future__ import annotations

from kantormaya.payments.models import Bill
from kantormaya.payments.providers.demo_bank import DemoBank


def pay_as_customer(
    reference: str, amount: int | None = None, *, external_id: str | None = None
) -> tuple[dict[str, str], bytes]:
    """Headers and body of the signed call-back for a bill; another `amount` plays a mistake, the same `external_id`
    a button pressed twice. Raises Bill.DoesNotExist."""
    asked = Bill.objects.get(reference=reference).amount if amount is None else amount
    return DemoBank().pay(reference, asked, external_id=external_id)

"""The tables of money: what is asked, and what came in on it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class BillState(models.TextChoices):
    """Where a bill stands."""

    DUE = "due", "menunggu pembayaran / to be paid"
    PAID = "paid", "lunas / paid"
    WAIVED = "waived", "dibebaskan / waived"
    VOID = "void", "batal / void"
    TO_REFUND = "to_refund", "harus dikembalikan / to be refunded"


class Bill(models.Model):
    """One amount asked of the applicant of a case, in whole rupiah; `bill` is its name in the definition."""

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, db_index=False, related_name="bills")
    bill = models.CharField(max_length=63)
    round = models.PositiveSmallIntegerField(default=1)
    title_id = models.CharField(max_length=300)
    title_en = models.CharField(max_length=300, blank=True)
    lines = models.JSONField(default=list)
    amount = models.PositiveBigIntegerField()
    due_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=10, choices=BillState, default=BillState.DUE)
    reference = models.CharField(max_length=25, null=True)
    reason = models.TextField(blank=True)
    created_at = models.DateTimeField()
    paid_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["case", "bill", "round"], name="bill_once"),
            models.UniqueConstraint(fields=["reference"], name="bill_reference"),
        )

    def __str__(self) -> str:
        return f"{self.reference} Rp {self.amount}"


class Verdict(models.TextChoices):
    """What we make of money that was reported; only `matched` needs nobody's eyes."""

    MATCHED = "matched", "cocok / matched"
    LATE = "late", "terlambat / late"
    WRONG_AMOUNT = "wrong_amount", "jumlah tidak cocok / wrong amount"
    DUPLICATE = "duplicate", "dibayar dua kali / paid twice"
    UNKNOWN = "unknown", "tagihan tidak dikenal / no such bill"
    FORGED = "forged", "tanda tangan tidak sah / forged"


class Payment(models.Model):
    """One report of money, kept as it came. What is not matched stays flagged until someone settles it."""

    bill = models.ForeignKey(Bill, null=True, on_delete=models.PROTECT, related_name="payments")
    case = models.ForeignKey(
        "cases.Case", null=True, on_delete=models.PROTECT, db_index=False, related_name="+"
    )
    provider = models.CharField(max_length=40)
    external_id = models.CharField(max_length=100, null=True)
    amount = models.PositiveBigIntegerField(null=True)
    at = models.DateTimeField()
    verdict = models.CharField(max_length=12, choices=Verdict)
    raw = models.JSONField(default=dict)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.CharField(max_length=150, blank=True)
    settled_as = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["provider", "external_id"], name="payment_once"),
            models.CheckConstraint(
                condition=Q(verdict="forged", external_id=None)
                | (~Q(verdict="forged") & Q(external_id__isnull=False)),
                name="payment_named",
            ),
        )
        indexes = (
            models.Index(
                fields=["at"], name="payment_flagged", condition=~Q(verdict="matched") & Q(settled_at=None)
            ),
        )

    def __str__(self) -> str:
        return f"{self.provider} {self.external_id}: {self.verdict}"

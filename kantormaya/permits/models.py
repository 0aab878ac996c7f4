"""The tables of what the office issues: papers, and the counters their numbers come from."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class Counter(models.Model):
    """The last number given in one series of an agency, and those that came back from papers voided in time."""

    agency = models.ForeignKey("people.Agency", on_delete=models.PROTECT, db_index=False, related_name="+")
    series = models.CharField(max_length=200)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)
    returned = models.JSONField(default=list)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["agency", "series", "year"], name="counter_series"),)

    def __str__(self) -> str:
        return f"{self.series} {self.year}: {self.last}"


class PaperState(models.TextChoices):
    """Where a paper stands; only a draft may still change its words."""

    DRAFT = "draft", "konsep / draft"
    WAITING = "waiting", "menunggu tanda tangan / waiting for its signature"
    SIGNED = "signed", "berlaku / in force"
    SUSPENDED = "suspended", "dibekukan / suspended"
    REVOKED = "revoked", "dicabut / revoked"
    VOID = "void", "batal / void"


ISSUED = (PaperState.SIGNED, PaperState.SUSPENDED, PaperState.REVOKED)


class Paper(models.Model):
    """One paper of a case: what it says, its number from the moment of signing, its file, and whether it holds."""

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="papers")
    agency = models.ForeignKey(
        "people.Agency", on_delete=models.PROTECT, db_index=False, related_name="papers"
    )
    product = models.CharField(max_length=63)
    item = models.CharField(max_length=63, blank=True)
    kind = models.CharField(max_length=20)
    title_id = models.CharField(max_length=300)
    title_en = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=10, choices=PaperState, default=PaperState.DRAFT)
    pattern = models.CharField(max_length=200)
    number = models.CharField(max_length=120, null=True)
    series = models.ForeignKey(Counter, null=True, on_delete=models.PROTECT, db_index=False, related_name="+")
    sequence = models.PositiveIntegerField(null=True)
    code = models.CharField(max_length=32)
    template = models.TextField()
    template_name = models.CharField(max_length=200)
    data = models.JSONField(default=dict)
    holder = models.CharField(max_length=200)
    holder_key = models.CharField(max_length=64, blank=True, default="")
    holder_limit = models.PositiveSmallIntegerField(null=True)
    holder_tries = models.PositiveSmallIntegerField(default=0)
    holder_locked_until = models.DateTimeField(null=True)
    signatory = models.JSONField(default=dict)
    is_test = models.BooleanField(default=False)
    drafted_at = models.DateTimeField()
    issued_at = models.DateTimeField(null=True)
    issued_on = models.DateField(null=True)
    valid_until = models.DateField(null=True)
    signed_at = models.DateTimeField(null=True)
    sha256 = models.CharField(max_length=64, blank=True)
    revoked_on = models.DateField(null=True)
    reason = models.TextField(blank=True)
    replaces = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="replaced_by")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["agency", "number"], name="paper_number"),
            models.UniqueConstraint(fields=["code"], name="paper_code"),
            models.UniqueConstraint(
                fields=["case", "product", "item"], name="paper_once", condition=~Q(state=PaperState.VOID)
            ),
            models.CheckConstraint(
                condition=Q(state__in=[PaperState.DRAFT, PaperState.VOID]) | Q(number__isnull=False),
                name="paper_numbered",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=ISSUED) | (~Q(sha256="") & Q(signed_at__isnull=False)),
                name="paper_signed",
            ),
        )
        indexes = (
            models.Index(fields=["holder_key"], name="paper_of_holder", condition=~Q(holder_key="")),
            models.Index(
                fields=["agency", "holder"], name="paper_holder", opclasses=["int8_ops", "text_pattern_ops"]
            ),
        )

    def __str__(self) -> str:
        return self.number or f"{self.title_id} ({self.state})"

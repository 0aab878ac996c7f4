"""The table of applications that a national system passed to us."""

from __future__ import annotations

from django.db import models


class Handoff(models.Model):
    """One application of a national system, and the case it became here: one of each, however often it is sent."""

    system = models.CharField(max_length=40)
    external_id = models.CharField(max_length=100)
    case = models.OneToOneField(
        "cases.Case", null=True, on_delete=models.PROTECT, related_name="handoff"
    )  # null only within the transaction that opens the case
    nib = models.CharField(max_length=13)
    digest = models.CharField(max_length=64)
    received_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["system", "external_id"], name="handoff_once"),)

    def __str__(self) -> str:
        return f"{self.system} {self.external_id}"

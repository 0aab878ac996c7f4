"""The audit table: one line per act or look, added and never changed."""

from __future__ import annotations

from django.db import models


class Entry(models.Model):
    """Who did what, when, to which case. The program may add and read lines, nothing else."""

    at = models.DateTimeField()
    actor = models.CharField(max_length=150)
    agency_id = models.BigIntegerField(null=True)
    case_id = models.BigIntegerField(null=True)
    act = models.CharField(max_length=80)
    detail = models.JSONField(default=dict)

    class Meta:
        indexes = (
            models.Index(
                fields=["case_id", "at"], name="audit_case", condition=models.Q(case_id__isnull=False)
            ),
        )

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.actor} {self.act}"

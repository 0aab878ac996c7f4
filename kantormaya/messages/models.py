"""The table of the conversation on a case."""

from __future__ import annotations

from django.db import models


class Line(models.Model):
    """One thing said between the applicant and the office; `internal` lines stay inside the office."""

    case = models.ForeignKey(
        "cases.Case", on_delete=models.PROTECT, db_index=False, related_name="conversation"
    )
    key = models.CharField(max_length=64)
    at = models.DateTimeField()
    by_applicant = models.BooleanField()
    actor = models.CharField(max_length=150)
    role = models.CharField(max_length=60, blank=True)
    agency = models.CharField(max_length=80, blank=True)
    internal = models.BooleanField(default=False)
    text = models.TextField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["case", "key"], name="line_once"),)
        indexes = (models.Index(fields=["case", "at"], name="line_of_case"),)
        ordering = ("at", "id")

    def __str__(self) -> str:
        return self.text[:60]

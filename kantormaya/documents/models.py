"""The table of what people handed in."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class Upload(models.Model):
    """One cleaned file, handed in with a draft or for a case, for one requirement. Never overwritten: replaced."""

    draft_code = models.CharField(max_length=40, blank=True)
    case = models.ForeignKey("cases.Case", null=True, on_delete=models.PROTECT, related_name="uploads")
    requirement = models.CharField(max_length=130)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=4)
    size = models.PositiveBigIntegerField()
    pages = models.PositiveIntegerField(default=1)
    sha256 = models.CharField(max_length=64)
    replaces = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="replaced_by")
    received_at = models.DateTimeField()
    by = models.CharField(max_length=150)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=~Q(draft_code="") | Q(case__isnull=False), name="upload_of_something"
            ),
        )
        indexes = (
            models.Index(fields=["draft_code"], name="upload_draft", condition=~Q(draft_code="")),
            models.Index(fields=["sha256"], name="upload_file"),
        )

    def __str__(self) -> str:
        return self.name

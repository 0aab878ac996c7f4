"""The tables of the survey: an invitation knows its case but no answer, an answer knows no case."""

from __future__ import annotations

import uuid

from django.db import models


class Invitation(models.Model):
    """The one survey of a finished case: whoever holds its code may answer, once."""

    case = models.OneToOneField("cases.Case", on_delete=models.PROTECT, related_name="invitation")
    agency = models.ForeignKey("people.Agency", on_delete=models.PROTECT, db_index=False, related_name="+")
    service_slug = models.CharField(max_length=120)
    title_id = models.CharField(max_length=300)
    title_en = models.CharField(max_length=300, blank=True)
    code = models.CharField(max_length=32)
    invited_at = models.DateTimeField()
    is_answered = models.BooleanField(default=False)  # whether, never when: a time would lead to the answer

    class Meta:
        constraints = (models.UniqueConstraint(fields=["code"], name="invitation_code"),)

    def __str__(self) -> str:
        return f"survey of {self.service_slug}"


class Answer(models.Model):
    """What somebody answered, on a day, about a service. No case, no code, no hour; its id says no order either."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    agency = models.ForeignKey("people.Agency", on_delete=models.PROTECT, db_index=False, related_name="+")
    service_slug = models.CharField(max_length=120)
    answered_on = models.DateField()
    scores = models.JSONField()
    about = models.JSONField(default=dict)
    remark = models.TextField(blank=True)

    class Meta:
        indexes = (models.Index(fields=["agency", "service_slug", "answered_on"], name="answers_of_service"),)

    def __str__(self) -> str:
        return f"{self.service_slug} {self.answered_on}"

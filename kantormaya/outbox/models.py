"""The outbox table: messages to send, once each, and what became of them."""

from __future__ import annotations

from django.db import models


class MessageState(models.TextChoices):
    """Where a message stands."""

    QUEUED = "queued", "menunggu / waiting"
    SENT = "sent", "terkirim / sent"
    FAILED = "failed", "gagal, dicoba lagi / failed, to be tried again"
    GIVEN_UP = "given_up", "tidak terkirim / could not be sent"
    OVERTAKEN = "overtaken", "didahului kabar yang lebih baru / overtaken by newer news"


class Message(models.Model):
    """One message to one person, written in the transaction of the act that it tells about."""

    key = models.CharField(max_length=200)
    channel = models.CharField(max_length=40)
    to = models.CharField(max_length=254)
    subject = models.CharField(max_length=300)
    body = models.TextField()
    language = models.CharField(max_length=8, default="id")
    case_id = models.BigIntegerField(null=True)
    state = models.CharField(max_length=10, choices=MessageState, default=MessageState.QUEUED)
    tries = models.PositiveSmallIntegerField(default=0)
    last_error = models.TextField(blank=True, default="")
    created_at = models.DateTimeField()
    due_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["key"], name="outbox_once"),)
        indexes = (
            models.Index(
                fields=["due_at", "id"],
                name="outbox_waiting",
                condition=models.Q(state__in=["queued", "failed"]),
            ),
            models.Index(fields=["case_id"], name="outbox_case", condition=models.Q(case_id__isnull=False)),
        )

    def __str__(self) -> str:
        return f"{self.channel} → {self.to}: {self.subject}"

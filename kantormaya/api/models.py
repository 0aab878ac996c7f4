"""What the machines' door keeps: the tokens of officials' programs, and the answers it gave to a key."""

from __future__ import annotations

from django.db import models


class Token(models.Model):
    """A program acts for an official at one agency, within scopes. Kept as a digest; shown once, when it is made."""

    digest = models.CharField(max_length=64)
    name = models.CharField(max_length=100)
    account = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="tokens")
    agency = models.ForeignKey("people.Agency", on_delete=models.PROTECT, related_name="tokens")
    scopes = models.JSONField(default=list)
    made_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["digest"], name="token_digest"),)

    def __str__(self) -> str:
        return f"{self.name} ({self.account_id})"


class Answered(models.Model):
    """The answer to a write, by the digest of who asked with which key; kept as long as the case it belongs to.

    `status` 0: still being done. Neither key, body, PIN nor passphrase can be read from it.
    """

    digest = models.CharField(max_length=64)
    body = models.CharField(max_length=64)
    code = models.CharField(max_length=32, blank=True)
    status = models.PositiveSmallIntegerField(default=0)
    answer = models.JSONField(default=dict)
    at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["digest"], name="answered_digest"),)
        indexes = (models.Index(fields=["code"], name="answered_code"),)

    def __str__(self) -> str:
        return f"{self.status} at {self.at:%Y-%m-%d %H:%M}"

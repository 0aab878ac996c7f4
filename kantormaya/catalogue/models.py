"""The tables of what is published: services and their immutable revisions, calendars, profiles of agencies and their charters."""

from __future__ import annotations

from django.db import models


class Service(models.Model):
    """A service that an agency offers; what it promises stands in its revisions."""

    slug = models.CharField(max_length=120)
    agency = models.ForeignKey("people.Agency", on_delete=models.PROTECT, related_name="services")
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["slug"], name="service_slug"),)

    def __str__(self) -> str:
        return self.slug


class Revision(models.Model):
    """One published text of a service. Never changed: cases are pinned to it, and its digest names it."""

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    title = models.CharField(max_length=300)
    text = models.TextField()
    files = models.JSONField(default=dict)
    published_at = models.DateTimeField()
    published_by = models.CharField(max_length=150)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["service", "sha256"], name="same_text_same_revision"),
            models.UniqueConstraint(fields=["service", "number"], name="revision_number"),
        )

    def __str__(self) -> str:
        return f"{self.service_id}@{self.number}"


class CalendarVersion(models.Model):
    """A calendar of office hours and holidays as it was decreed; a later version never moves a due date silently."""

    number = models.PositiveIntegerField()
    data = models.JSONField()
    note = models.CharField(max_length=300)
    published_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["number"], name="calendar_number"),)

    def __str__(self) -> str:
        return f"{self.number}: {self.note}"


class ProfileRevision(models.Model):
    """One published text of what an agency says of itself. Never changed."""

    agency = models.ForeignKey("people.Agency", on_delete=models.PROTECT, related_name="profiles")
    number = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    text = models.TextField()
    published_at = models.DateTimeField()
    published_by = models.CharField(max_length=150)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["agency", "number"], name="profile_number"),)

    def __str__(self) -> str:
        return f"{self.agency_id}@{self.number}"


class Charter(models.Model):
    """The charter of an agency as its head signed it, with the very standards it was signed over. Never changed."""

    agency = models.ForeignKey("people.Agency", on_delete=models.PROTECT, related_name="charters")
    number = models.PositiveIntegerField()
    standards = models.JSONField()
    standards_sha256 = models.CharField(max_length=64)
    signatory = models.JSONField()
    is_test = models.BooleanField(default=False)
    signed_at = models.DateTimeField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["agency", "number"], name="charter_number"),)

    def __str__(self) -> str:
        return f"charter {self.number} of {self.agency_id}"

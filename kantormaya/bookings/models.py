"""The tables of slots: a diary for each booking of a service, the places taken in it, and its closed days."""

from __future__ import annotations

from django.db import models


class Diary(models.Model):
    """Whose time is given out: one booking of one service at an agency, for one of its resources ("" where there are none)."""

    agency = models.ForeignKey(
        "people.Agency", on_delete=models.PROTECT, db_index=False, related_name="diaries"
    )
    service_slug = models.CharField(max_length=120)
    booking = models.CharField(max_length=63)
    resource = models.CharField(max_length=63, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["agency", "service_slug", "booking", "resource"], name="diary_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.service_slug} {self.booking} {self.resource}".strip()


class ClosedDay(models.Model):
    """A working day on which nothing can be booked in a diary, and why."""

    diary = models.ForeignKey(Diary, on_delete=models.PROTECT, db_index=False, related_name="closed_days")
    on = models.DateField()
    reason = models.CharField(max_length=200)
    closed_by = models.CharField(max_length=150)
    closed_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["diary", "on"], name="closed_day_once"),)

    def __str__(self) -> str:
        return f"{self.diary} {self.on}"


class Place(models.Model):
    """One place of a case in a diary. The database lets no two cases have the same seat at overlapping times."""

    diary = models.ForeignKey(Diary, on_delete=models.PROTECT, db_index=False, related_name="places")
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="places")
    seat = models.PositiveIntegerField()  # 1 … capacity
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)  # null: for good
    taken_at = models.DateTimeField()
    released_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (
            models.Index(
                fields=["diary", "starts_at"], name="place_held", condition=models.Q(released_at=None)
            ),
        )

    def __str__(self) -> str:
        return f"{self.diary} {self.starts_at:%Y-%m-%d %H:%M} #{self.seat}"

"""The folder on the table and what happened to it: Case, Event, who takes part, and what is private."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class Case(models.Model):
    """What one person asks for. Its state changes only by events, written by one function above."""

    number = models.CharField(
        max_length=20, db_collation="C"
    )  # "C": beginnings are found along an index everywhere
    code = models.CharField(max_length=32)
    pin_hash = models.CharField(max_length=128)
    pin_tries = models.PositiveSmallIntegerField(default=0)
    locked_until = models.DateTimeField(null=True)
    agency = models.ForeignKey(
        "people.Agency", on_delete=models.PROTECT, db_index=False, related_name="cases"
    )
    service_slug = models.CharField(max_length=120)
    revision = models.ForeignKey(
        "catalogue.Revision", on_delete=models.PROTECT, db_index=False, related_name="cases"
    )
    variant = models.CharField(max_length=60, blank=True)
    title_id = models.CharField(max_length=300)
    title_en = models.CharField(max_length=300, blank=True)
    applicant_name = models.CharField(max_length=120, blank=True, db_collation="C")
    language = models.CharField(max_length=8, default="id")
    at = models.CharField(max_length=60)
    state = models.JSONField(default=dict)
    turn = models.CharField(max_length=60, blank=True)
    turn_agency = models.ForeignKey(
        "people.Agency", null=True, on_delete=models.PROTECT, db_index=False, related_name="turns"
    )
    submitted_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    legal_due_at = models.DateTimeField(null=True)
    step_due_at = models.DateTimeField(null=True)
    wake_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=60, blank=True)
    late_returns = models.PositiveSmallIntegerField(default=0)
    idempotency_key = models.CharField(max_length=64)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["code"], name="case_code"),
            models.UniqueConstraint(fields=["number"], name="case_number"),
            models.UniqueConstraint(fields=["idempotency_key"], name="case_once"),
        )
        indexes = (
            models.Index(fields=["due_at"], name="case_due", condition=Q(ended_at=None)),
            models.Index(fields=["wake_at"], name="case_wake", condition=Q(ended_at=None)),
            models.Index(fields=["ended_at"], name="case_ended", condition=Q(ended_at__isnull=False)),
            models.Index(
                fields=["agency", "submitted_at"], name="case_again", condition=Q(late_returns__gt=0)
            ),
            models.Index(fields=["applicant_name"], name="case_name", condition=Q(ended_at=None)),
        )

    def __str__(self) -> str:
        return self.number


class Event(models.Model):
    """One thing that happened to a case: history, queue and clock at once. Added, never changed."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, db_index=False, related_name="events")
    seq = models.PositiveIntegerField()
    kind = models.CharField(max_length=60)
    at = models.DateTimeField()
    actor = models.CharField(max_length=150)
    actor_role = models.CharField(max_length=60, blank=True)
    actor_agency = models.CharField(max_length=80, blank=True)
    data = models.JSONField(default=dict)
    key = models.CharField(max_length=64, null=True)  # null: not asked for by a person, so never repeated

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["case", "seq"], name="event_seq"),
            models.UniqueConstraint(fields=["case", "key"], name="event_once"),
        )
        ordering = ("case_id", "seq")

    def __str__(self) -> str:
        return f"{self.seq} {self.kind}"


class Capacity(models.TextChoices):
    """What someone is to a case."""

    OFFICE = "office", "instansi penyelenggara / the office that decides"
    OPINION = "opinion", "instansi pemberi pertimbangan / asked for an opinion"
    COUNTER = "counter", "petugas pendamping / handed in for the applicant"
    APPLICANT = "applicant", "pemohon / the applicant"


class Party(models.Model):
    """Who takes part in a case: the wall asks this table, and the inbox is read from it.

    `holder` is the official who took a seat or was given it, with the note it came with; a seat without one is free.
    `waits` (someone outside the agency has to act first), `signs` (a paper waits here for its signature) and `listed` (by
    this seat the case stands in its agency's list, once) are folded from the state, so that no list asks other tables.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, db_index=False, related_name="parties")
    agency = models.ForeignKey(
        "people.Agency", null=True, on_delete=models.PROTECT, db_index=False, related_name="parties"
    )
    capacity = models.CharField(max_length=12, choices=Capacity)
    role = models.CharField(max_length=60, blank=True)
    due_at = models.DateTimeField(null=True)
    open = models.BooleanField(default=True)
    waits = models.BooleanField(default=False)
    signs = models.BooleanField(default=False)
    listed = models.BooleanField(default=False)
    holder = models.ForeignKey(
        "people.Account", null=True, on_delete=models.PROTECT, db_index=False, related_name="seats"
    )
    held_since = models.DateTimeField(null=True)
    given_by = models.ForeignKey(
        "people.Account", null=True, on_delete=models.PROTECT, db_index=False, related_name="+"
    )
    note = models.TextField(blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["case", "agency", "capacity", "role"], name="party_once", nulls_distinct=False
            ),
        )
        indexes = (
            models.Index(
                fields=["agency", "role", "due_at", "case"],
                name="party_desk",
                condition=Q(open=True, waits=False),
            ),
            models.Index(
                fields=["agency", "role", "due_at", "case"],
                name="party_signing",
                condition=Q(open=True, waits=False, signs=True),
            ),
            models.Index(
                fields=["agency", "due_at", "case"], name="party_unit", condition=Q(open=True, listed=True)
            ),
            models.Index(
                fields=["agency", "due_at", "case"],
                name="party_waiting",
                condition=Q(open=True, listed=True, waits=True),
            ),
        )

    def __str__(self) -> str:
        return f"{self.capacity} {self.agency_id or ''}"


class Pii(models.Model):
    """What tells who the applicant is (NIK, name, phone, address …), apart from the other answers from the start."""

    case = models.OneToOneField(Case, primary_key=True, on_delete=models.PROTECT, related_name="pii")
    data = models.JSONField(default=dict)
    email_key = models.CharField(max_length=64, blank=True, default="")

    class Meta:
        indexes = (models.Index(fields=["email_key"], name="pii_email", condition=~Q(email_key="")),)

    def __str__(self) -> str:
        return f"pii of {self.case_id}"


class Elsewhere(models.Model):
    """The number of the same matter in another system (OSS, LAPOR! …), as the applicant notes it beside the case."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, db_index=False, related_name="elsewhere")
    system = models.CharField(max_length=60)
    number = models.CharField(max_length=60)
    noted_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["case", "system", "number"], name="elsewhere_once"),)

    def __str__(self) -> str:
        return f"{self.system} {self.number}"


class MailedLink(models.Model):
    """A link sent to a mail address, as digests of both: it opens that address's cases once, within two hours."""

    digest = models.CharField(max_length=64)
    email_key = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["digest"], name="mailed_link"),)
        indexes = (models.Index(fields=["email_key", "made_at"], name="mailed_link_address"),)

    def __str__(self) -> str:
        return f"link of {self.made_at:%Y-%m-%d %H:%M}"


class Draft(models.Model):
    """An application being filled in; whoever holds its token goes on with it."""

    token = models.CharField(max_length=32)
    service_slug = models.CharField(max_length=120)
    revision = models.ForeignKey(
        "catalogue.Revision", on_delete=models.PROTECT, db_index=False, related_name="drafts"
    )
    variant = models.CharField(max_length=60, blank=True)
    answers = models.JSONField(default=dict)
    pii = models.JSONField(default=dict)
    language = models.CharField(max_length=8, default="id")
    idempotency_key = models.CharField(max_length=64)
    case_code = models.CharField(max_length=32, blank=True)
    begun_by = models.ForeignKey(  # the official who began it at the counter or on the phone
        "people.Post", null=True, on_delete=models.PROTECT, db_index=False, related_name="drafts"
    )
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["token"], name="draft_token"),)
        indexes = (models.Index(fields=["updated_at"], name="draft_age"),)

    def __str__(self) -> str:
        return f"draft of {self.service_slug}"

"""The tables of agencies, units, accounts and the posts they hold."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models


class Agency(models.Model):
    """An office of the government: the one-stop service, a technical agency, a district."""

    slug = models.CharField(max_length=80)
    name = models.CharField(max_length=200)
    short = models.CharField(max_length=60, blank=True)
    kind = models.CharField(max_length=40, blank=True)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="parts")
    contact = models.JSONField(default=dict, blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["slug"], name="agency_slug"),)

    def __str__(self) -> str:
        return self.short or self.name


class Unit(models.Model):
    """A part of an agency: a division, a counter, a team."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="units")
    slug = models.CharField(max_length=80)
    name = models.CharField(max_length=200)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["agency", "slug"], name="unit_slug"),)

    def __str__(self) -> str:
        return self.name


class Accounts(BaseUserManager["Account"]):
    """Makes accounts with a password that is hashed, or none at all."""

    def create_user(
        self, username: str, email: str = "", password: str | None = None, **fields: object
    ) -> Account:
        """A new account; without a password nobody can sign in with one."""
        account = self.model(username=username, email=self.normalize_email(email), **fields)
        account.set_password(password)
        account.save(using=self._db)
        return account


class Account(AbstractBaseUser):
    """An official who signs in. Citizens have none: they hold the code of their case."""

    username = models.CharField(max_length=150, unique=True)
    email = models.EmailField(blank=True)
    name = models.CharField(max_length=150)
    nip = models.CharField(max_length=18, blank=True)
    language = models.CharField(max_length=8, default="id")
    is_active = models.BooleanField(default=True)

    held: list[Post]
    has_second_factor: bool
    """Both only of who is signed in (`signed_in.py`): the posts held today, and whether there is a second factor."""

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["email"]
    objects = Accounts()

    def __str__(self) -> str:
        return self.name

    @property
    def is_staff(self) -> bool:
        """Nobody: the rights of an official are the posts held, not a flag."""
        return False

    def get_full_name(self) -> str:
        """The name that stands under an act."""
        return self.name


class Acting(models.TextChoices):
    """Whether someone holds a role only in another's place, as it then stands before the title on a paper."""

    NO = "", "tetap / holder"
    VACANT = "Plt.", "pelaksana tugas / acting while the office is vacant"
    ABSENT = "Plh.", "pelaksana harian / acting while the holder is away"


class Post(models.Model):
    """The role an account holds at an agency, and from when to when."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="posts")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="posts")
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="posts")
    role = models.CharField(max_length=60)
    acting = models.CharField(max_length=4, choices=Acting, blank=True, default=Acting.NO)
    since_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)

    class Meta:
        indexes = (models.Index(fields=["agency", "role"], name="post_of_agency"),)

    def __str__(self) -> str:
        return f"{self.account} · {self.role} · {self.agency}"


class Tally(models.Model):
    """How often something was done from one place or to one thing, until when it counts; known by digest, so it names nobody."""

    key = models.CharField(max_length=64, primary_key=True)
    count = models.PositiveIntegerField()
    until = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=["until"], name="tally_until"),)

    def __str__(self) -> str:
        return f"{self.key[:8]} {self.count}"

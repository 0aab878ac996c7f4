"""Links sent by mail: who reads the mail of an address opens the cases handed in with it. Good for two hours, once."""

from __future__ import annotations

import secrets
from datetime import timedelta

from django.db.models import QuerySet
from django.utils.crypto import salted_hmac

from kantormaya.audit.time import now
from kantormaya.cases.models import MailedLink

LIVES = timedelta(hours=2)
MOST = 3
"""Links for one address within LIVES: a mailbox is not to be flooded by somebody else."""


def email_key(address: str) -> str:
    """What is kept of a mail address to find its cases; "" for none."""
    address = address.strip().lower()
    return salted_hmac("kantor.email", address, algorithm="sha256").hexdigest() if address else ""


def make_link(key: str) -> str | None:
    """The secret of a new link; None when this address has had enough of them for now."""
    MailedLink.objects.filter(made_at__lt=now() - LIVES).delete()
    if MailedLink.objects.filter(email_key=key).count() >= MOST:
        return None
    secret = secrets.token_urlsafe(24)
    MailedLink.objects.create(digest=_digest(secret), email_key=key, made_at=now())
    return secret


def is_good(secret: str) -> bool:
    """Whether a link can still be used."""
    return _good(secret).exists()


def use_link(secret: str) -> str | None:
    """The digest of the address that a link opens, once; None where it is unknown, used or too old."""
    if not _good(secret).update(used_at=now()):
        return None
    return MailedLink.objects.values_list("email_key", flat=True).get(digest=_digest(secret))


def _good(secret: str) -> QuerySet[MailedLink]:
    return MailedLink.objects.filter(digest=_digest(secret), used_at=None, made_at__gt=now() - LIVES)


def _digest(secret: str) -> str:
    return salted_hmac("kantor.link", secret, algorithm="sha256").hexdigest()

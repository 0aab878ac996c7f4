"""One's own cases, collected by the mail address they were handed in with: a link by mail instead of a password."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings

from kantormaya.audit.recording import record
from kantormaya.cases.links import LIVES, email_key, make_link
from kantormaya.cases.models import Case, Pii
from kantormaya.engine.events import APPLICANT
from kantormaya.language.texts import Text
from kantormaya.outbox.sending import enqueue
from kantormaya.people.scopes import scope_system, scoped

MOST = 200
SUBJECT = Text("Tautan untuk membuka perkara Anda", "The link that opens your cases")
BODY = Text(
    "Ada yang meminta tautan untuk membuka semua permohonan yang diajukan dengan alamat surat ini.\n\n{link}\n\nTautan ini "
    "berlaku {hours} jam dan hanya sekali. Bila bukan Anda yang meminta, abaikan saja; tanpa tautan ini tidak ada yang terbuka. "
    "Jangan teruskan surat ini kepada siapa pun.\n\n{office}",
    "Somebody asked for the link that opens all applications handed in with this mail address.\n\n{link}\n\nThe link is good "
    "for {hours} hours and for one use. If it was not you, do nothing; nothing opens without this link. Do not forward this "
    "mail to anyone.\n\n{office}",
)


def send_link(address: str, *, language: str) -> bool:
    """Mail a link to the address where cases were handed in with it; says whether one was sent.

    Never called while somebody waits for a page: what is answered there, and how soon, must not hang on this.
    """
    key = email_key(address)
    if not key or not _has_cases(key):
        return False
    secret = make_link(key)
    if secret is None:
        return False
    hours = int(LIVES.total_seconds() // 3600)
    body = BODY.format(
        link=f"{settings.KANTOR_URL}{settings.KANTOR_COLLECT_URL}{secret}/",
        hours=hours,
        office=settings.KANTOR_REGENCY,
    )
    enqueue(
        f"link-{secret[:16]}",
        to=address.strip(),
        subject=SUBJECT.said(language),
        body=body.said(language),
        language=language,
    )
    return True


def _has_cases(key: str) -> bool:
    with scoped(scope_system("whether a mail address has cases")):
        return Pii.objects.filter(email_key=key).exists()


def cases_of(key: str) -> list[Case]:
    """The cases handed in with an address, the newest first."""
    if not key:
        return []
    with scoped(scope_system("cases of somebody who opened a mailed link")):
        cases = Case.objects.filter(pii__email_key=key).select_related("revision", "agency").order_by("-pk")
        return list(cases.defer("pin_hash", "revision__files")[:MOST])


def open_one(cases: Iterable[Case], code: str) -> Case | None:
    """One of these cases by its code, opened without a PIN and on record."""
    case = next((one for one in cases if one.code == code), None)
    if case is not None:
        record("case.opened_by_link", actor=APPLICANT, case_id=case.pk)
    return case

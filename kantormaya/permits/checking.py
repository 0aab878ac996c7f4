"""What anyone may ask of a paper by its code: is it ours, and does it still hold? And how it stops holding."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from kantormaya.audit.recording import record
from kantormaya.audit.time import now
from kantormaya.cases.codes import read_code
from kantormaya.language.texts import Text
from kantormaya.people.scopes import Scope, scoped
from kantormaya.permits.models import ISSUED, Paper, PaperState

Standing = Literal["valid", "revoked", "suspended", "expired", "not_ours"]
STANDINGS: dict[str, tuple[Text, str]] = {
    "valid": (Text("berlaku", "in force"), "done"),
    "expired": (Text("habis masa berlaku", "expired"), "stop"),
    "suspended": (Text("dibekukan", "suspended"), "due"),
    "revoked": (Text("dicabut", "revoked"), "late"),
}
"""How an issued paper stands, in a word and its kind."""


@dataclass(frozen=True)
class Status:
    """The public answer: only what stands on the paper itself and is safe to show to whoever holds it."""

    standing: Standing
    title: Text | None = None
    number: str = ""
    holder: str = ""
    agency: str = ""
    signatory: str = ""
    issued_on: date | None = None
    valid_until: date | None = None
    ended_on: date | None = None
    sha256: str = ""
    is_test: bool = False
    code: str = ""
    pk: int | None = None


def status(typed: str) -> Status:
    """The standing of the paper with this code, as typed by a person; opens the public scope for this code alone."""
    code = read_code(typed, settings.KANTOR_OFFICE_CODE)
    if code is None:
        return Status("not_ours")
    with scoped(Scope("public", code=code)):
        paper = Paper.objects.select_related("agency").filter(code=code, state__in=ISSUED).first()
    if paper is None:
        return Status("not_ours")
    return Status(
        standing=standing(paper),
        title=Text(paper.title_id, paper.title_en or None),
        number=paper.number or "",
        holder=paper.holder,
        agency=paper.agency.name,
        signatory=paper.signatory["position"],
        issued_on=paper.issued_on,
        valid_until=paper.valid_until,
        ended_on=paper.revoked_on,
        sha256=paper.sha256,
        is_test=paper.is_test,
        code=code,
        pk=paper.pk,
    )


def standing(paper: Paper) -> Standing:
    """Whether an issued paper holds today; what was revoked or suspended says so even after its last day."""
    if paper.state == PaperState.REVOKED:
        return "revoked"
    if paper.state == PaperState.SUSPENDED:
        return "suspended"
    if paper.state != PaperState.SIGNED:
        return "not_ours"
    if paper.valid_until and paper.valid_until < timezone.localdate(now()):
        return "expired"
    return "valid"


def revoke(paper: Paper, *, reason: str, actor: str) -> Paper:
    """End a paper for good, with the reason; a paper that is revoked already stays as it was."""
    return _end(
        paper, PaperState.REVOKED, "paper.revoked", reason, actor, (PaperState.SIGNED, PaperState.SUSPENDED)
    )


def suspend(paper: Paper, *, reason: str, actor: str) -> Paper:
    """Put a paper out of force until `resume` or `revoke`."""
    return _end(paper, PaperState.SUSPENDED, "paper.suspended", reason, actor, (PaperState.SIGNED,))


def resume(paper: Paper, *, reason: str, actor: str) -> Paper:
    """Put a suspended paper into force again."""
    return _end(paper, PaperState.SIGNED, "paper.resumed", reason, actor, (PaperState.SUSPENDED,))


def _end(
    paper: Paper, to: PaperState, act: str, reason: str, actor: str, allowed: tuple[PaperState, ...]
) -> Paper:
    if not reason.strip():
        raise ValueError("a paper changes its standing only with a reason")
    with transaction.atomic():
        locked = Paper.objects.select_for_update().get(pk=paper.pk)
        if locked.state == to:
            return locked
        if locked.state not in allowed:
            raise ValueError(f"{locked} is {locked.state}: it cannot become {to}")
        locked.state, locked.reason = to, reason
        locked.revoked_on = None if to == PaperState.SIGNED else timezone.localdate(now())
        locked.save(update_fields=["state", "reason", "revoked_on"])
        record(act, actor=actor, case_id=locked.case_id, agency_id=locked.agency_id, reason=reason,
               number=locked.number)  # fmt: skip
    return locked

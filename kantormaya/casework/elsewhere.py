"""Numbers of the same matter in other systems: a note of the applicant beside the case, no part of what moves it."""

from __future__ import annotations

from django.db import transaction
from django.db.models import QuerySet

from kantormaya.audit.recording import record
from kantormaya.audit.time import now
from kantormaya.cases.models import Case, Elsewhere
from kantormaya.engine.events import APPLICANT, Refused
from kantormaya.language.texts import Text

MOST, LONGEST = 5, 60


def numbers_of(case: Case) -> QuerySet[Elsewhere]:
    """What is noted beside a case, oldest first."""
    return Elsewhere.objects.filter(case=case).order_by("pk")


def note_number(case: Case, system: str, number: str) -> None:
    """Note a number; the same twice is noted once. Raises Refused with what is wrong with it."""
    system, number = (" ".join(raw.replace("\0", "").split()) for raw in (system, number))
    if not system or not number:
        raise Refused(Text("Isi nama sistem dan nomornya.", "Give the name of the system and the number."))
    if max(len(system), len(number)) > LONGEST:
        raise Refused(Text("Paling banyak {n} huruf.", "At most {n} characters.").format(n=LONGEST))
    with transaction.atomic():
        Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
        noted = {(one.system, one.number) for one in numbers_of(case)}
        if (system, number) in noted:
            return
        if len(noted) >= MOST:
            words = Text(
                "Paling banyak {n} nomor; hapus satu dahulu.", "At most {n} numbers; remove one first."
            )
            raise Refused(words.format(n=MOST))
        Elsewhere.objects.create(case=case, system=system, number=number, noted_at=now())
        record("note_number", actor=APPLICANT, case_id=case.pk, system=system)


def forget_number(case: Case, pk: int) -> None:
    """Take a note away; nothing happens where it is gone already."""
    with transaction.atomic():
        gone, _ = Elsewhere.objects.filter(case=case, pk=pk).delete()
        if gone:
            record("forget_number", actor=APPLICANT, case_id=case.pk)

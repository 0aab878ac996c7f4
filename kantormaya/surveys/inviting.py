"""Invite the applicant of a finished case to the survey: once, by mail where there is an address, and on its page."""

from __future__ import annotations

from django.conf import settings

from kantormaya.audit.time import now
from kantormaya.audit.together import add
from kantormaya.cases.codes import make_code
from kantormaya.cases.models import Case
from kantormaya.language.texts import Text
from kantormaya.outbox.sending import enqueue
from kantormaya.surveys.models import Invitation

SUBJECT = Text("Bagaimana layanan kami? {title}", "How did we do? {title}")
BODY = Text(
    "Bapak/Ibu {name},\n\n{title} sudah selesai kami kerjakan. Bagaimana layanan kami? Sembilan pertanyaan, kira-kira dua "
    "menit:\n{link}\n\nJawaban Anda tidak kami kaitkan dengan permohonan atau nama Anda.\n\n{office}",
    "Dear {name},\n\nWe have finished our work on {title}. How did we do? Nine questions, about two minutes:\n{link}\n\n"
    "Your answers are not tied to your application or your name.\n\n{office}",
)


def invite(case: Case, *, name: str, email: str) -> None:
    """Invite for a case that has just ended, in the caller's transaction; it ends once, so it is invited and told once."""
    invitation = Invitation(
        case=case, agency_id=case.agency_id, service_slug=case.service_slug, title_id=case.title_id,
        title_en=case.title_en, code=make_code(settings.KANTOR_OFFICE_CODE), invited_at=now(),
    )  # fmt: skip
    add(invitation)
    if email:
        values = {
            "title": Text(case.title_id, case.title_en or None), "name": name, "link": link(invitation),
            "office": settings.KANTOR_REGENCY,
        }  # fmt: skip
        enqueue(
            f"survey-{case.pk}", to=email, subject=SUBJECT.format(**values).said(case.language),
            body=BODY.format(**values).said(case.language), language=case.language, case_id=case.pk,
        )  # fmt: skip


def link(invitation: Invitation) -> str:
    """The address at which the survey is answered."""
    return f"{settings.KANTOR_URL}/survei/{invitation.code}/"

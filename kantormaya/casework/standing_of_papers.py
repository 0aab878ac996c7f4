"""Afterwards: the head of the office suspends a paper, puts it into force again, or ends it; its holder is told why."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from kantormaya.audit.models import Entry
from kantormaya.audit.time import now
from kantormaya.cases.models import Pii
from kantormaya.casework.identity import contact
from kantormaya.engine.events import Refused
from kantormaya.engine.storing import unpack
from kantormaya.language.formats import day
from kantormaya.language.texts import Text
from kantormaya.outbox.sending import enqueue
from kantormaya.people.models import Post
from kantormaya.permits import checking
from kantormaya.permits.models import Paper, PaperState

LONGEST = 2000


@dataclass(frozen=True)
class Change:
    """One thing that can be done to an issued paper: what it does, from which states, and what its holder reads."""

    act: str
    label: Text
    will: Text
    to: PaperState
    of: tuple[PaperState, ...]
    do: Callable[..., Paper]
    subject: Text
    body: Text


SUSPEND = Change(
    "suspend", Text("Bekukan", "Suspend"),
    Text("Surat tidak boleh dipakai sampai diberlakukan lagi. Halaman /cek/ mengatakannya seketika, pemegang diberi tahu.",
         "The paper may not be used until it is put into force again. Its /cek/ page says so at once, the holder is told."),
    PaperState.SUSPENDED, (PaperState.SIGNED,), checking.suspend,
    Text("{title} dibekukan ({number})", "{title} suspended ({number})"),
    Text("{title} nomor {number} dibekukan mulai {at} dan tidak boleh dipakai sampai kami memberlakukannya kembali.",
         "{title} number {number} is suspended from {at} and may not be used until we put it into force again."),
)  # fmt: skip
RESUME = Change(
    "resume", Text("Berlakukan kembali", "Put into force again"),
    Text("Surat berlaku lagi seperti semula, sampai hari terakhirnya.", "The paper holds again as before, until its last day."),
    PaperState.SIGNED, (PaperState.SUSPENDED,), checking.resume,
    Text("{title} berlaku kembali ({number})", "{title} is in force again ({number})"),
    Text("{title} nomor {number} berlaku kembali mulai {at}.", "{title} number {number} is in force again from {at}."),
)  # fmt: skip
REVOKE = Change(
    "revoke", Text("Cabut", "Revoke"),
    Text("Surat berakhir untuk seterusnya; ini tidak dapat dibatalkan. Halaman /cek/ mengatakannya seketika, pemegang diberi tahu.",
         "The paper ends for good; this can't be undone. Its /cek/ page says so at once, the holder is told."),
    PaperState.REVOKED, (PaperState.SIGNED, PaperState.SUSPENDED), checking.revoke,
    Text("{title} dicabut ({number})", "{title} revoked ({number})"),
    Text("{title} nomor {number} dicabut mulai {at} dan tidak boleh dipakai lagi.",
         "{title} number {number} is revoked from {at} and may no longer be used."),
)  # fmt: skip
CHANGES = {change.act: change for change in (SUSPEND, RESUME, REVOKE)}
ROLE = "head_of_office"

LETTER = Text(
    "Bapak/Ibu {name},\n\n{body}\n\nAlasan: {reason}\n\nKeadaan surat ini dapat dilihat siapa pun di {link}. Bila Anda tidak "
    "setuju, tulis kepada kami pada halaman permohonan {case} atau datang ke loket.\n\n{office}",
    "Dear {name},\n\n{body}\n\nReason: {reason}\n\nAnyone can see how this paper stands at {link}. If you do not agree, write "
    "to us on the page of application {case} or come to the counter.\n\n{office}",
)


def changes(paper: Paper, posts: list[Post]) -> list[Change]:
    """What the holder of these posts may do to a paper now: only the head of the agency that issued it."""
    if _head(paper, posts) is None:
        return []
    return [change for change in CHANGES.values() if paper.state in change.of]


def _head(paper: Paper, posts: list[Post]) -> Post | None:
    return next((p for p in posts if p.role == ROLE and p.agency_id == paper.agency_id), None)


def change_standing(paper: Paper, posts: list[Post], act: str, reason: str) -> Paper:
    """Change the standing of a paper with its reason, once, and tell its holder; raises Refused with a sentence."""
    change, head = CHANGES.get(act), _head(paper, posts)
    if change is None or head is None:
        raise Refused(
            Text("Hanya kepala instansi yang menerbitkannya dapat melakukan ini.", "Only the head of the agency that issued it can do this.")
        )  # fmt: skip
    reason = reason.strip()
    if not reason or len(reason) > LONGEST:
        raise Refused(
            Text("Tuliskan alasannya, paling panjang {n} huruf.", "Write the reason, at most {n} letters.").format(n=LONGEST)
        )  # fmt: skip
    with transaction.atomic():
        locked = Paper.objects.select_for_update(of=("self",)).select_related("case").get(pk=paper.pk)
        if locked.state == change.to:
            return locked  # the button was pressed twice
        if locked.state not in change.of:
            raise Refused(
                Text("Surat ini {state}; ini tidak dapat dilakukan lagi.", "This paper is {state}; this can no longer be done.").format(
                    state=Text(*PaperState(locked.state).label.split(" / "))
                )
            )  # fmt: skip
        after = change.do(locked, reason=reason, actor=head.account.username)
        _tell(locked, change, reason)
    return after


def _tell(paper: Paper, change: Change, reason: str) -> None:
    """Mail to the holder; without an address the page of the case says it."""
    pii = Pii.objects.filter(case=paper.case_id).first()
    name, email = contact(unpack(pii.data) if pii else {})
    if not email:
        return
    at, case = now(), paper.case
    said = {
        "title": Text(paper.title_id, paper.title_en or None), "number": paper.number, "at": day(timezone.localdate(at)),
        "name": name, "reason": reason, "link": f"{settings.KANTOR_URL}/cek/{paper.code}", "case": case.number,
        "office": settings.KANTOR_REGENCY,
    }  # fmt: skip
    letter = LETTER.format(**said, body=change.body.format(**said))
    enqueue(
        f"paper-{paper.pk}-{change.act}-{at.isoformat()}", to=email, subject=change.subject.format(**said).said(case.language),
        body=letter.said(case.language), language=case.language, case_id=case.pk,
    )  # fmt: skip


@dataclass(frozen=True)
class Happened:
    """One line of what happened to a paper."""

    act: str
    at: object
    actor: str
    reason: str


def history(paper: Paper) -> list[Happened]:
    """What happened to a paper since it was signed, newest first; from the audit, which nobody can change."""
    lines = Entry.objects.filter(case_id=paper.case_id, act__in=HAPPENED, detail__number=paper.number)
    return [Happened(e.act, e.at, e.actor, e.detail.get("reason", "")) for e in lines.order_by("-at", "-pk")]


HAPPENED: dict[str, Text] = {
    "paper.signed": Text("ditandatangani", "signed"),
    "paper.suspended": Text("dibekukan", "suspended"),
    "paper.resumed": Text("diberlakukan kembali", "put into force again"),
    "paper.revoked": Text("dicabut", "revoked"),
    "paper.followed": Text("dipakai untuk permohonan baru", "used for a new application"),
}

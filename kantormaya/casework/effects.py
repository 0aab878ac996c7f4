"""The table word → function: what the engine says is due, done with the packages below, in the same transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from kantormaya.casework.drafting import draft_paper
from kantormaya.casework.holders import paper_for
from kantormaya.casework.identity import contact
from kantormaya.casework.places import free_places
from kantormaya.casework.seats import asked
from kantormaya.casework.taking import InHand
from kantormaya.catalogue.fresh import fresh
from kantormaya.engine.effects import Due, Effect
from kantormaya.engine.events import Event
from kantormaya.engine.fees import quote
from kantormaya.handoff.reporting import report
from kantormaya.language.texts import Text
from kantormaya.messages.telling import name_of, tell_applicant, tell_office
from kantormaya.payments.billing import open_bill, void, waive
from kantormaya.payments.models import Bill, BillState
from kantormaya.people import roles
from kantormaya.permits import checking
from kantormaya.permits.drafting import void as void_paper
from kantormaya.permits.models import PaperState
from kantormaya.surveys.inviting import invite

holders = fresh(roles.holders)


@dataclass(frozen=True)
class Scene:
    """What just happened: the case as it stands after the event, the event, and who acted."""

    now: InHand
    event: Event
    by: str


def run_effects(now: InHand, dues: Iterable[Due], event: Event, by: str) -> None:
    """Do everything that is due, in order."""
    scene = Scene(now, event, by)
    for due in dues:
        EFFECTS[due.effect](scene, due.of)


def _reached(scene: Scene) -> tuple[str, str]:
    return contact(scene.now.pii.data if scene.now.pii else {})


def _tell_applicant(scene: Scene, of: tuple[str, ...]) -> None:
    name, email = _reached(scene)
    now = scene.now
    codes = [p.code for p in now.papers if p.state == PaperState.SIGNED] if now.state.ended_at else []
    tell_applicant(
        now.case, now.definition, scene.event, now.state, now.clocks(), name=name, email=email, papers=codes
    )


def _tell_office(scene: Scene, of: tuple[str, ...]) -> None:
    now, definition = scene.now, scene.now.definition
    role = scene.event.data.get("to") or "division_head"
    subject = Text("Perlu perhatian: {number} {title}", "Needs attention: {number} {title}")
    subject = subject.format(number=now.case.number, title=definition.title)
    step = definition.step[now.state.at].title if now.state.at in definition.step else definition.title
    body = Text(
        "Waktu untuk “{step}” sudah terpakai atau lewat.", "The time for “{step}” is used up or over."
    ).format(step=step)
    tell_office(
        now.case,
        subject,
        body,
        to=holders(definition.agency_at(now.state.at), role),
        what=f"escalated-{role}",
    )


def _ask_others(scene: Scene, of: tuple[str, ...]) -> None:
    now = scene.now
    for name in of:
        rule = now.definition.task[name]
        for seat in asked(now.definition, now.state, name):
            subject = Text("{task}: {number}", "{task}: {number}").format(
                task=rule.title, number=now.case.number
            )
            body = Text("Anda diminta: {task} untuk {title}.", "You are asked: {task} for {title}.")
            body = body.format(task=rule.title, title=now.definition.title)
            tell_office(
                now.case, subject, body, to=holders(seat.agency or "", seat.role), what=f"task-{name}"
            )


def _open_bills(scene: Scene, of: tuple[str, ...]) -> None:
    for name in of:
        _ask_payment(scene, name, 1)


def _change_bills(scene: Scene, of: tuple[str, ...]) -> None:
    """A bill not yet paid whose amount changed is withdrawn and made anew in the next round."""
    for name in of:
        for old in Bill.objects.filter(case=scene.now.case, bill=name, state=BillState.DUE):
            void(old, reason=CHANGED_FACT.id, actor=scene.by)
            _ask_payment(scene, name, old.round + 1)


def _ask_payment(scene: Scene, name: str, round_: int) -> None:
    now, bill = scene.now, scene.now.state.bills[name]
    rule = now.definition.fee.bill[bill.of]
    lines = quote(now.definition, now.values(), now.calendar).lines
    clock = now.clocks().bills.get(name)
    open_bill(
        now.case, name, title=rule.title or Text("Retribusi {title}", "Levy: {title}").format(title=now.definition.title),
        lines=[(line.title, line.amount or 0) for line in lines if not rule.of or line.id in rule.of], amount=bill.amount,
        due_at=clock.due_at if clock else None, actor=scene.by, round=round_,
    )  # fmt: skip


CHANGED_FACT = Text("Dasar perhitungan berubah.", "What it is reckoned from has changed.")
ENDED = Text(
    "Perkara berakhir atau berjalan tanpa tagihan ini.", "The case ended or went on without this bill."
)
LEFT = Text("Perkara meninggalkan langkah tanda tangan.", "The case left the step where it is signed.")


def _void_bills(scene: Scene, of: tuple[str, ...]) -> None:
    for bill in Bill.objects.filter(case=scene.now.case, bill__in=of, state=BillState.DUE):
        void(bill, reason=ENDED.id, actor=scene.by)


def _waive_bills(scene: Scene, of: tuple[str, ...]) -> None:
    for bill in Bill.objects.filter(case=scene.now.case, bill__in=of, state=BillState.DUE):
        waive(bill, reason=scene.event.data["reason"], actor=scene.by)


def _draft_papers(scene: Scene, of: tuple[str, ...]) -> None:
    for product in of:
        draft_paper(scene.now, product, actor=scene.by)


def _void_drafts(scene: Scene, of: tuple[str, ...]) -> None:
    open_ = (PaperState.DRAFT, PaperState.WAITING)
    for paper in scene.now.papers:
        if paper.product in of and paper.state in open_:
            void_paper(paper, actor=scene.by, reason=LEFT.id)


def _revoke_papers(scene: Scene, of: tuple[str, ...]) -> None:
    now = scene.now
    for name in of:
        product = now.definition.product[name]
        if name not in now.state.signed and product.kind != "act":
            continue
        old = paper_for(now.state.requirements, product.revokes or product.replaces or "")
        if old is not None and old.state in (PaperState.SIGNED, PaperState.SUSPENDED):
            reason = f"{product.title.id} {now.state.signed.get(name, '')}".strip()
            checking.revoke(old, reason=reason, actor=scene.by)


def _report(scene: Scene, of: tuple[str, ...]) -> None:
    now, data = scene.now, scene.event.data
    items = [f"{name_of(now.definition, one['target']).id}: {one['reason']}" for one in data.get("items", ())]
    reason = str(data.get("reason") or now.state.reason or "")
    report(now.case, of[0], at=scene.event.at, reason=reason, items=items)


def _invite_survey(scene: Scene, of: tuple[str, ...]) -> None:
    name, email = _reached(scene)
    invite(scene.now.case, name=name, email=email)


def _free_places(scene: Scene, of: tuple[str, ...]) -> None:
    free_places(scene.now.case, scene.now.state, of)


EFFECTS: dict[Effect, Callable[[Scene, tuple[str, ...]], None]] = {
    Effect.ACKNOWLEDGE: _tell_applicant,
    Effect.TELL_APPLICANT: _tell_applicant,
    Effect.TELL_OFFICE: _tell_office,
    Effect.ASK_OTHERS: _ask_others,
    Effect.OPEN_BILLS: _open_bills,
    Effect.CHANGE_BILLS: _change_bills,
    Effect.VOID_BILLS: _void_bills,
    Effect.WAIVE_BILLS: _waive_bills,
    Effect.DRAFT_PAPERS: _draft_papers,
    Effect.VOID_DRAFTS: _void_drafts,
    Effect.REVOKE_PAPERS: _revoke_papers,
    Effect.FREE_PLACES: _free_places,
    Effect.REPORT: _report,
    Effect.INVITE_SURVEY: _invite_survey,
}

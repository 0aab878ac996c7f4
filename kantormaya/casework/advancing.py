"""`advance`: the only function that writes a case's state. Lock, ask the pure engine, write event and audit, fold, effects."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from django.db import connection, transaction

from kantormaya.audit.recording import record
from kantormaya.audit.together import add, begin, keep, together
from kantormaya.cases.models import Case
from kantormaya.cases.models import Event as Row
from kantormaya.casework.effects import run_effects
from kantormaya.casework.places import hold_places
from kantormaya.casework.seats import agency_ids, seats, take_seats
from kantormaya.casework.standing import Standing
from kantormaya.casework.taking import InHand, again, take_one
from kantormaya.catalogue.calendars import calendar_of
from kantormaya.engine.applying import apply
from kantormaya.engine.clocks import due
from kantormaya.engine.effects import effects
from kantormaya.engine.events import Actor, Event, Refused
from kantormaya.engine.following import following
from kantormaya.engine.knowing import turn
from kantormaya.engine.passing import wakes_at
from kantormaya.engine.storing import event_as_json, pack
from kantormaya.language.texts import Text
from kantormaya.people.roles import role_title

Decide = Callable[[InHand], Event | None]


class Changed(Refused):
    """Someone else acted on the case in between; nothing was done."""


CHANGED = Text(
    "Perkara ini baru saja berubah: {what}. Periksa lagi, lalu ulangi bila masih perlu. Yang Anda ketik tetap ada.",
    "This case has just changed: {what}. Look again, and repeat if it is still needed. What you typed is kept.",
)


def advance(
    case: int | InHand, decide: Decide, *, by: str, key: str | None = None, seen: int | None = None
) -> Standing:
    """Do one act on a case, and what follows by itself, in one transaction.

    The case is given by its id, or in hand already for this very act. `decide` is asked with the locked case for the event (None: nothing to do) and may raise Refused. `key` makes the
    act happen once: with a key seen before, nothing is done again. `seen` is the version the actor looked at: when
    the case has changed since, Changed is raised and nothing is done.
    """
    if not connection.in_atomic_block:
        with transaction.atomic():
            return advance(case, decide, by=by, key=key, seen=seen)
    # no savepoint: whatever refuses does so before anything is written
    now_ = case if isinstance(case, InHand) else take_one(key, id=case)
    if now_ is None:
        raise Case.DoesNotExist(case)
    if now_.is_done:
        return now_
    if seen is not None and seen != now_.case.version:
        raise Changed(CHANGED.format(what=what_happened(now_.case)))
    event = decide(now_)
    if event is None:
        return now_
    hold_places(now_.case, now_.definition, event, now_.calendar)
    (after,) = write([Act(now_, event, by, key)])
    return after


@dataclass(frozen=True)
class Act:
    """An event to be written on a case in hand, who did it, and its key.

    `born` is given with the first event of a new case, and does what has to stand beside it before anything is told.
    """

    now: InHand
    event: Event
    by: str
    key: str | None = None
    born: Callable[[], None] | None = None


def write(acts: Iterable[Act]) -> list[InHand]:
    """Write an event on each of these cases, and round after round the events that follow by themselves.

    However many cases they are, a round is one statement. Returns the cases as they stand then, in the order given.
    """
    stand: dict[int, InHand] = {}
    with together():
        while acts:
            went_on = []
            for act in acts:
                after = _written(act)
                stand[after.case.pk] = after
                next_ = following(after.definition, after.state, act.event, after.calendar)
                if next_ is not None:
                    went_on.append(Act(after, next_, act.by))
            # whatever the round before has written is read again
            fresh = again(act.now for act in went_on) if went_on else []
            acts = [replace(act, now=now_) for act, now_ in zip(went_on, fresh, strict=True)]
    return list(stand.values())


def _written(act: Act) -> InHand:
    now_, event = act.now, act.event
    case, definition, state = now_.case, now_.definition, None if act.born else now_.state
    after = apply(definition, state, event)
    calendar = now_.calendar if after.calendar == now_.calendar.version else calendar_of(after.calendar)
    case.version += 1
    done = replace(now_, state=after, calendar=calendar, at=event.at)
    _fold(done)
    add(Row(case=case, seq=case.version, key=act.key, **_row(event, act.by)))
    record(str(event.kind), actor=act.by, case_id=case.pk, agency_id=case.agency_id, seq=case.version)
    if act.born:
        act.born()
    run_effects(done, effects(definition, state, event, after), event, act.by)
    return done


def _row(event: Event, by: str) -> dict[str, object]:
    said = event_as_json(event)
    return {
        "kind": said["kind"], "at": event.at, "data": said["data"], "actor": by or event.actor.role,
        "actor_role": event.actor.role, "actor_agency": event.actor.agency or "",
    }  # fmt: skip


def _fold(done: InHand) -> None:
    """The columns that lists and sweeps read, folded from the state."""
    case, state, clocks = done.case, done.state, due(done.definition, done.state, done.calendar, done.at)
    role, agency = turn(done.definition, state, done.calendar)
    wanted = seats(done.definition, state, done.calendar, clocks)
    ids = agency_ids(case, {seat.agency for seat in wanted if seat.agency} | ({agency} if agency else set()))
    case.state = pack(state)
    case.at, case.turn, case.turn_agency_id = state.at, role, ids.get(agency or "")
    case.due_at = clocks.promise.due_at if clocks.promise else None
    case.legal_due_at = clocks.legal.due_at if clocks.legal else None
    case.step_due_at = clocks.step.due_at if clocks.step else None
    case.wake_at = wakes_at(done.definition, state, done.calendar, done.at)
    case.ended_at, case.outcome = state.ended_at, state.at if state.ended_at else ""
    case.late_returns = state.late_returns
    if case._state.adding:
        begin(case)
    else:
        keep(case, *FOLDED)
    take_seats(done, wanted, ids)


FOLDED = (
    "version", "state", "at", "turn", "turn_agency", "due_at", "legal_due_at", "step_due_at", "wake_at", "ended_at", "outcome",
    "late_returns",
)  # fmt: skip


def what_happened(case: Case) -> Text:
    """The newest event of a case in a few words."""
    last = Row.objects.filter(case=case).order_by("-seq").first()
    return said(Actor(last.actor_role, last.actor_agency), last.kind) if last else Text("—", "—")


def said(actor: Actor, kind: str) -> Text:
    """An event in a few words: who did what."""
    return Text("{who} {what}", "{who} {what}").format(
        who=WHO.get(actor.role) or role_title(actor.role), what=DID[kind]
    )


WHO = {"applicant": Text("Pemohon", "The applicant"), "system": Text("Sistem", "The system")}
DID: dict[str, Text] = {
    "submitted": Text("mengajukan permohonan", "handed in the application"),
    "checked": Text("memeriksa syarat", "checked the requirements"),
    "returned": Text("mengembalikan berkas untuk diperbaiki", "sent the file back for correction"),
    "corrected": Text("memperbaiki berkas", "corrected the file"),
    "given": Text("menyerahkan syarat", "handed in a requirement"),
    "found": Text("mengisi temuan", "filled in what was found"),
    "scheduled": Text("menetapkan jadwal", "set a time"),
    "asked": Text("meminta pertimbangan", "asked for an opinion"),
    "shown": Text("mengirim foto pemeriksaan", "sent pictures of the inspection"),
    "answered": Text("menjawab", "answered"),
    "confirmed": Text("menyetujui berita acara", "agreed with the minutes"),
    "moved": Text("meneruskan perkara", "passed the case on"),
    "signed": Text("menandatangani", "signed"),
    "booked": Text("memesan waktu", "booked a time"),
    "released": Text("melepas waktu yang dipesan", "let a booked time go"),
    "paid": Text("mencatat pembayaran", "recorded the payment"),
    "waived": Text("membebaskan tagihan", "waived the bill"),
    "extended": Text("memperpanjang waktu", "extended the time"),
    "recalculated": Text("menghitung ulang batas waktu", "recalculated the due date"),
    "rekeyed": Text("membuat PIN baru", "made a new PIN"),
    "reminded": Text("mengingatkan", "sent a reminder"),
    "escalated": Text("melaporkan keterlambatan", "reported a delay"),
    "timed_out": Text("menutup permintaan yang tidak dijawab", "closed a request that was not answered"),
    "withdrawn": Text("menarik permohonan", "withdrew the application"),
    "lapsed": Text("menggugurkan permohonan", "let the application lapse"),
}

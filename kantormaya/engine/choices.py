"""`moves`: exactly what an actor can do with a case now, each saying what it will do; or why not."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from kantormaya.clock import Calendar, Duration
from kantormaya.engine.booking import held, keeps_appointments, may_book, why_not_cancel, why_not_move
from kantormaya.engine.clocks import limit
from kantormaya.engine.events import APPLICANT, Actor
from kantormaya.engine.knowing import known, role_at
from kantormaya.engine.moving import why_not
from kantormaya.engine.needs import to_check, to_sign
from kantormaya.engine.office import may_extend, may_waive, why_not_longer
from kantormaya.engine.requiring import to_give
from kantormaya.engine.returning import found_deficient, why_not_back
from kantormaya.engine.showing import may_show
from kantormaya.engine.state import State
from kantormaya.engine.tasks import key_of, may_answer, may_ask, runs_until
from kantormaya.engine.ways import FORWARD, exits, needs_reason
from kantormaya.engine.yours import four_eyes, not_your_desk
from kantormaya.language.definition import Definition
from kantormaya.language.evaluating import Values, holds
from kantormaya.language.formats import rupiah
from kantormaya.language.texts import Text

Act = Literal[
    "check", "return", "find", "move", "sign", "extend", "waive", "ask", "schedule", "answer", "confirm", "correct", "give", "pay", "show",
    "withdraw", "book", "release",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing an actor can do: `act` on `id` (a move, task, product, bill). `refused` says why it is closed now."""

    act: Act
    id: str
    label: Text
    will: Text | None = None
    refused: Text | None = None
    reason: bool = False
    plain: bool = False


def moves(
    definition: Definition, state: State, actor: Actor, calendar: Calendar, at: datetime
) -> tuple[Choice, ...]:
    """Everything this actor may do with the case now, closed ways with their reason included."""
    if not state.is_open:
        return ()
    values = known(definition, state, calendar)
    if actor.role == APPLICANT:
        return (
            *_applicant(definition, state),
            *_tasks(definition, state, actor, calendar, at),
            *_own_step(definition, state, actor, values, calendar, at),
            *_slots(definition, state, actor, calendar, at),
            WITHDRAW,
        )
    return (
        *_tasks(definition, state, actor, calendar, at),
        *_step(definition, state, actor, values, calendar, at),
        *_special(definition, state, actor, values, calendar, at),
        *_extension(definition, state, actor),
        *_waivers(definition, state, actor),
        *_slots(definition, state, actor, calendar, at),
    )


WITHDRAW = Choice("withdraw", "", Text("Tarik permohonan", "Withdraw the application"), reason=True)


def _applicant(definition: Definition, state: State) -> list[Choice]:
    found = []
    if state.correction is not None:
        n = len(state.correction.items)
        found.append(
            Choice("correct", "", Text("Perbaiki {n} hal", "Correct {n} things").format(n=n), plain=True)
        )
    else:
        found += [_give(definition, name) for name in to_give(definition, state)]
    for name, bill in state.open_bills().items():
        title = bill_title(definition, bill.of)
        found.append(
            Choice("pay", name, Text("Bayar {title}", "Pay {title}").format(title=title), plain=True)
        )
    for name, task in state.tasks.items():
        if may_show(definition, state, name):
            label = Text("Kirim foto: {title}", "Send pictures: {title}")
            found.append(Choice("show", name, label.format(title=definition.task[name].title)))
        if task.status == "answered":
            label = Text("Setujui berita acara: {title}", "Agree with the minutes: {title}")
            found.append(Choice("confirm", name, label.format(title=definition.task[name].title), plain=True))
    return found


def _give(definition: Definition, name: str) -> Choice:
    label = Text("Serahkan {title}", "Hand in {title}").format(title=definition.requirement[name].title)
    return Choice("give", name, label, plain=True)


def _own_step(
    definition: Definition, state: State, actor: Actor, values: Values, calendar: Calendar, at: datetime
) -> list[Choice]:
    """The applicant's own step: where something is collected it goes on by itself, else as any step."""
    if role_at(definition, state.at, values, calendar) != APPLICANT or state.correction is not None:
        return []
    ways = _ways(definition, state, values, calendar, at)
    return [way for way in ways if way.id != FORWARD or not state.open_bills()]


def _tasks(
    definition: Definition, state: State, actor: Actor, calendar: Calendar, at: datetime
) -> list[Choice]:
    found = []
    for name, now in state.tasks.items():
        if now.status != "open" or not may_answer(definition, state, actor, name):
            continue
        rule = definition.task[name]
        if rule.scheduled and now.scheduled_for is None:
            label = Text("Jadwalkan {title}", "Schedule {title}").format(title=rule.title)
            found.append(Choice("schedule", name, label, plain=True))
        found.append(
            Choice(
                "answer",
                name,
                rule.title,
                None,
                _still_runs(definition, state, name, calendar, at),
                plain=True,
            )
        )
    return found


def _still_runs(
    definition: Definition, state: State, task: str, calendar: Calendar, at: datetime
) -> Text | None:
    over = runs_until(definition, state, task, calendar)
    if over is None or at >= over:
        return None
    return Text("Pengumuman ini masih berjalan.", "This announcement is still running.")


def _step(
    definition: Definition, state: State, actor: Actor, values: Values, calendar: Calendar, at: datetime
) -> list[Choice]:
    if not_your_desk(definition, state, actor, values, calendar) is not None:
        return []
    apart = four_eyes(definition, state, actor.person)
    if apart is not None:
        return [replace(way, refused=apart) for way in _ways(definition, state, values, calendar, at)]
    step = definition.step[state.at]
    looks = (
        step.correction
        or state.at == definition.accepting_step
        or to_check(definition, state, values, calendar)
    )
    found = []
    if state.correction is None and looks and _anything_asked(state):
        found.append(Choice("check", "", Text("Periksa syarat", "Check the requirements")))
    if any(field.step == state.at for field in definition.facts.values()):
        found.append(Choice("find", "", Text("Isi temuan", "Fill in what was found")))
    for name, task in definition.tasks_at(state.at).items():
        if may_ask(definition, state, name, values, calendar):
            again = state.tasks[name].status != "not_needed"
            label = (
                Text("Minta lagi: {title}", "Ask again for: {title}")
                if again
                else Text("Minta: {title}", "Ask for: {title}")
            )
            found.append(Choice("ask", name, label.format(title=task.title)))
    unsigned = to_sign(definition, state, values, calendar)
    for name in unsigned:
        label = Text("Tanda tangani {title}", "Sign {title}").format(title=definition.product[name].title)
        found.append(Choice("sign", name, label, plain=True))
    found += [w for w in _ways(definition, state, values, calendar, at) if not unsigned or w.id != FORWARD]
    if step.correction:
        found.append(_return(definition, state))
    return found


def _anything_asked(state: State) -> bool:
    return any(held.status != "not_needed" for held in state.requirements.values())


def _return(definition: Definition, state: State) -> Choice:
    rule = definition.promise.correction
    within = _words(rule.within) if rule else Text("waktu yang wajar", "a reasonable time")
    will = Text(
        "Pemohon mendapat {within}; waktu kami berhenti. Sampaikan semua kekurangan sekaligus ({n} ditandai).",
        "The applicant gets {within}; our time stops. Tell every deficiency at once ({n} marked).",
    )
    if rule is not None and rule.clock == "runs":
        will = Text(
            "Pemohon mendapat {within}; waktu kami tetap berjalan. Sampaikan semua kekurangan sekaligus ({n} ditandai).",
            "The applicant gets {within}; our time runs on. Tell every deficiency at once ({n} marked).",
        )
    n = len(found_deficient(definition, state))
    return Choice(
        "return", "", Text("Kembalikan ke pemohon", "Send back to the applicant"), will.format(within=within, n=n),
        why_not_back(definition, state),
    )  # fmt: skip


def _ways(
    definition: Definition, state: State, values: Values, calendar: Calendar, at: datetime
) -> list[Choice]:
    step = definition.step[state.at]
    found = []
    for name, to in exits(definition, step).items():
        rule = step.move.get(name)
        if rule is not None and (rule.by or holds(rule.when, values, calendar) is not True):
            continue
        found.append(_way(definition, state, name, to, values, calendar, at))
    return found


def _way(
    definition: Definition, state: State, name: str, to: str, values: Values, calendar: Calendar, at: datetime
) -> Choice:
    step = definition.step[state.at]
    rule = step.move.get(name)
    label = (rule.label if rule else None) or label_for(definition, to, name)
    return Choice(
        "move", name, label, what_comes(definition, to, values, calendar), why_not(definition, state, name, values, calendar, at),
        needs_reason(definition, step, name), plain=name == FORWARD,
    )  # fmt: skip


def label_for(definition: Definition, to: str, move: str) -> Text:
    """What the button says when the author gave no label."""
    if to in definition.ends:
        end = definition.ends[to]
        if end.means == "refused":
            return Text("Tolak", "Refuse")
        return Text("Selesaikan: {title}", "Finish: {title}").format(title=end.title)
    if move == FORWARD:
        return Text("Teruskan ke {title}", "Pass on to {title}").format(title=definition.step[to].title)
    return definition.step[to].title


def what_comes(definition: Definition, to: str, values: Values, calendar: Calendar) -> Text | None:
    """What happens when one goes there: who gets it, and how long they have."""
    if to in definition.ends:
        return Text("Perkara berakhir: {title}.", "The case ends: {title}.").format(
            title=definition.ends[to].title
        )
    step = definition.step[to]
    duration = limit(definition, step.within, values, calendar) if step.within else None
    if duration is None:
        return Text("Berikutnya: {title}.", "Next: {title}.").format(title=step.title)
    return Text("{title} mendapat {within}.", "{title} gets {within}.").format(
        title=step.title, within=_words(duration)
    )


def _words(duration: Duration) -> Text:
    return Text(duration.words("id"), duration.words("en"))


def _special(
    definition: Definition, state: State, actor: Actor, values: Values, calendar: Calendar, at: datetime
) -> list[Choice]:
    """Moves that the definition gives to another role than the step's."""
    found = []
    for name, rule in definition.step[state.at].move.items():
        if actor.role in rule.by and holds(rule.when, values, calendar) is True:
            found.append(_way(definition, state, name, rule.to, values, calendar, at))
    return found


def _waivers(definition: Definition, state: State, actor: Actor) -> list[Choice]:
    if not may_waive(definition, actor):
        return []
    label = Text("Bebaskan tagihan: {title}", "Waive the bill: {title}")
    will = Text(
        "{amount} tidak ditagih lagi; pemohon diberi tahu beserta alasannya.",
        "{amount} is asked no more; the applicant is told, with the reason.",
    )
    return [
        Choice("waive", name, label.format(title=bill_title(definition, bill.of)), will.format(amount=rupiah(bill.amount)), reason=True)
        for name, bill in state.open_bills().items()
    ]  # fmt: skip


def bill_title(definition: Definition, of: str) -> Text:
    """What a bill is called."""
    return definition.fee.bill[of].title or Text("Tagihan", "Bill")


def _extension(definition: Definition, state: State, actor: Actor) -> list[Choice]:
    rule = definition.promise.extension
    if rule is None or not may_extend(definition, state, actor):
        return []
    label = Text("Perpanjang janji {within}", "Extend the promise by {within}")
    return [
        Choice(
            "extend",
            "",
            label.format(within=_words(rule.for_)),
            None,
            why_not_longer(definition, state),
            reason=True,
        )
    ]


def _slots(
    definition: Definition, state: State, actor: Actor, calendar: Calendar, at: datetime
) -> list[Choice]:
    """The applicant chooses, moves or cancels a slot; the office lets one go, with a reason."""
    found = []
    for name, rule in definition.booking.items():
        now = held(state, name)
        if actor.role == APPLICANT and may_book(definition, state, name):
            label = (
                Text("Pindahkan: {title}", "Move: {title}")
                if now
                else Text("Pilih waktu: {title}", "Choose a time: {title}")
            )
            closed = why_not_move(definition, state, name, calendar, at)
            found.append(
                Choice("book", name, label.format(title=rule.title), None, closed, plain=now is None)
            )
        is_mine = actor.role == APPLICANT or keeps_appointments(definition, state, actor, calendar)
        if now is not None and is_mine:
            label = Text("Batalkan: {title}", "Cancel: {title}").format(title=rule.title)
            closed = why_not_cancel(definition, state, actor, name, calendar, at)
            found.append(Choice("release", name, label, RELEASED, closed, reason=actor.role != APPLICANT))
    return found


RELEASED = Text(
    "Tempatnya terbuka lagi bagi orang lain; pemohon diberi tahu.",
    "The place is open to others again; the applicant is told.",
)

__all__ = ["Choice", "key_of", "moves"]

"""What officials do: check, send back, find facts, move on, sign, extend. Each returns the event, or refuses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from kantormaya.clock import Calendar
from kantormaya.engine.applicant import arising
from kantormaya.engine.arriving import arrival
from kantormaya.engine.events import APPLICANT, SYSTEM, Actor, Event, Kind, Refused
from kantormaya.engine.fees import bill_amount, quote
from kantormaya.engine.knowing import known, role_at
from kantormaya.engine.needs import to_sign, unmet
from kantormaya.engine.state import State
from kantormaya.language.definition import Definition
from kantormaya.language.evaluating import Values, holds
from kantormaya.language.texts import Text
from kantormaya.language.working import Step

FORWARD = "forward"
WITHOUT_NEEDS = ("refused", "referred", "lapsed")


def not_yours(
    definition: Definition, state: State, actor: Actor, values: Values, calendar: Calendar
) -> Text | None:
    """Why this actor may not act on the step, or None: it takes the step's role, of the step's agency, and another person
    where the definition wants four eyes."""
    if not state.is_open:
        return Text("Perkara ini sudah selesai.", "This case has ended.")
    if actor.role == SYSTEM:
        return None
    role = role_at(definition, state.at, values, calendar)
    step = definition.step[state.at]
    if actor.role != role:
        return Text("Langkah ini dikerjakan oleh {role}.", "This step is done by {role}.").format(
            role=role.replace("_", " ")
        )
    if role != APPLICANT and actor.agency is not None and actor.agency != definition.agency_at(state.at):
        return Text("Langkah ini ada di instansi lain.", "This step is at another agency.")
    earlier = {visit.person for visit in state.visits if visit.step in step.not_by and visit.person}
    if actor.person and actor.person in earlier:
        return Text(
            "Langkah ini harus dikerjakan orang lain (dua pasang mata).",
            "Another person must do this step (four eyes).",
        )
    return None


def _mine(definition: Definition, state: State, actor: Actor, calendar: Calendar) -> Values:
    values = known(definition, state, calendar)
    why = not_yours(definition, state, actor, values, calendar)
    if why is not None:
        raise Refused(why)
    return values


def check(
    definition: Definition, state: State, actor: Actor, *, fits: tuple[str, ...] = (), deficient: Mapping[str, str] | None = None,
    at: datetime, calendar: Calendar,
) -> Event:  # fmt: skip
    """Requirements looked at: each fits, or is deficient for a reason."""
    _mine(definition, state, actor, calendar)
    deficient = dict(deficient or {})
    for name in (*fits, *deficient):
        held = state.requirements.get(name)
        if held is None or held.status == "not_needed":
            raise Refused(
                Text("Syarat {name} tidak diminta di sini.", "Requirement {name} is not asked here.").format(
                    name=name
                )
            )
        by_office = (
            definition.requirement[name].kind in ("original", "thing", "registry")
            or definition.requirement[name].if_none
        )
        if name in fits and held.status == "missing" and not by_office:
            title = definition.requirement[name].title
            raise Refused(
                Text("{title} belum diserahkan.", "{title} has not been handed in.").format(title=title)
            )
    if any(not reason.strip() for reason in deficient.values()):
        raise Refused(Text("Tuliskan apa yang kurang.", "Write what is deficient."))
    if not fits and not deficient:
        raise Refused(Text("Pilih sesuai atau kurang.", "Choose fits or deficient."))
    return Event(Kind.CHECKED, at, actor, {"fits": tuple(fits), "deficient": deficient})


def give_back(
    definition: Definition,
    state: State,
    actor: Actor,
    items: Mapping[str, str] | None = None,
    *,
    at: datetime,
    calendar: Calendar,
) -> Event:
    """The file goes back with **all** deficiencies at once: those found in the check, and `items` {target: reason}.

    One that was there to be seen in an earlier round is marked `late`.
    """
    _mine(definition, state, actor, calendar)
    rule = definition.promise.correction
    if not definition.step[state.at].correction:
        raise Refused(
            Text("Pada langkah ini berkas tidak dikembalikan.", "A file is not sent back at this step.")
        )
    if state.correction is not None:
        raise Refused(
            Text("Berkas sedang diperbaiki pemohon.", "The applicant is already correcting the file.")
        )
    if rule is not None and rule.rounds is not None and state.round >= rule.rounds:
        text = Text(
            "Sudah dikembalikan {n} kali, batasnya {n}. Putuskan sekarang.",
            "Sent back {n} times, which is the limit. Decide now.",
        )
        raise Refused(text.format(n=rule.rounds))
    reasons = {
        f"requirement.{n}": h.reason or "" for n, h in state.requirements.items() if h.status == "faulty"
    }
    reasons |= {f"requirement.{n}": arose(definition, n).id for n in missing_later(definition, state)}
    reasons |= dict(items or {})
    if not reasons or any(not reason.strip() for reason in reasons.values()):
        raise Refused(
            Text("Sebutkan setiap kekurangan dengan alasannya.", "Name every deficiency with its reason.")
        )
    for target in reasons:
        kind, _, name = target.partition(".")
        if name not in (definition.requirement if kind == "requirement" else definition.questions):
            raise Refused(
                Text("{target} bukan bagian formulir ini.", "{target} is not part of this form.").format(
                    target=target
                )
            )
    listed = [{"target": t, "reason": r, "late": _was_visible(state, t)} for t, r in reasons.items()]
    return Event(Kind.RETURNED, at, actor, {"items": listed})


def arose(definition: Definition, name: str) -> Text:
    """What the applicant reads about a requirement that became due after submission."""
    return Text("{title} sekarang diperlukan.", "{title} is needed now.").format(
        title=definition.requirement[name].title
    )


def missing_later(definition: Definition, state: State) -> tuple[str, ...]:
    """Requirements that became due after the file was accepted and have not been given."""
    return tuple(
        name for name, held in state.requirements.items()
        if held.status == "missing" and not definition.requirement[name].optional and state.accepted_at is not None
        and definition.requirement[name].asked_at_submission
        and definition.requirement[name].kind not in ("original", "thing", "registry", "check")
    )  # fmt: skip


def _was_visible(state: State, target: str) -> bool:
    if state.round == 0:
        return False
    kind, _, name = target.partition(".")
    given = state.requirements[name].round if kind == "requirement" else state.answer_rounds.get(name, 0)
    arose_now = kind == "requirement" and state.requirements[name].status == "missing"
    return given < state.round and not arose_now


def find(
    definition: Definition,
    state: State,
    actor: Actor,
    facts: Mapping[str, Any],
    *,
    at: datetime,
    calendar: Calendar,
) -> Event:
    """Facts an officer found at this step; what follows for requirements and bills is decided here."""
    _mine(definition, state, actor, calendar)
    wrong = [
        name for name in facts if name not in definition.facts or definition.facts[name].step != state.at
    ]
    if wrong:
        raise Refused(
            Text("{names} tidak diisi pada langkah ini.", "{names} is not filled in at this step.").format(
                names=", ".join(wrong)
            )
        )
    return Event(Kind.FOUND, at, actor, found(definition, state, facts, calendar))


def found(
    definition: Definition, state: State, facts: Mapping[str, Any], calendar: Calendar
) -> dict[str, Any]:
    """The data of facts found: requirements that arise or fall away, bills that change, refunds to decide."""
    after = replace(state, facts={**state.facts, **facts})
    values = known(definition, after, calendar)
    data: dict[str, Any] = {"facts": dict(facts)}
    changed = arising(definition, after, values, calendar)
    if changed:
        data["requirements"] = changed
    bills, refunds = _rebilled(definition, state, values, calendar)
    return data | ({"bills": bills} if bills else {}) | ({"refunds": refunds} if refunds else {})


def _rebilled(
    definition: Definition, state: State, values: Values, calendar: Calendar
) -> tuple[dict[str, int], dict[str, int]]:
    bills: dict[str, int] = {}
    refunds: dict[str, int] = {}
    if not state.bills:
        return bills, refunds
    quoted = quote(definition, values, calendar)
    for name, bill in state.bills.items():
        amount = bill_amount(definition, bill.of, quoted)
        if not isinstance(amount, int):
            continue
        if bill.status == "due" and amount != bill.amount:
            bills[name] = amount
        elif bill.status == "paid" and amount < bill.amount:
            refunds[name] = bill.amount - amount
    return bills, refunds


def exits(definition: Definition, step: Step) -> dict[str, str]:
    """Every way out of a step: the plain one (`forward`) and its moves, each with where it leads."""
    plain = {FORWARD: step.then} if step.then else {}
    return {**plain, **{name: move.to for name, move in step.move.items()}}


def needs_reason(definition: Definition, step: Step, move: str) -> bool:
    """Whether a way out wants a reason: when it says so, or leads (through a signing step or not) away from granting."""
    to = exits(definition, step)[move]
    said = move != FORWARD and "reason" in step.move[move].needs
    return said or (move != FORWARD and to in definition.ends and definition.ends[to].means in WITHOUT_NEEDS)


def free_of_needs(definition: Definition, step_id: str, move: str) -> bool:
    """Whether a way out may be taken with needs unmet: to a refusing end, back to an earlier step, or to a step that only refuses."""
    to = exits(definition, definition.step[step_id])[move]
    if move == FORWARD:
        return False
    if to in definition.ends:
        return definition.ends[to].means in WITHOUT_NEEDS
    names = list(definition.step)
    return names.index(to) <= names.index(step_id) or _only_refuses(definition, to)


def _only_refuses(definition: Definition, step: str) -> bool:
    """Whether from a step every end reachable forward is a refusal."""
    seen: set[str] = set()
    ends: set[str] = set()

    def visit(name: str) -> None:
        if name in definition.ends:
            ends.add(name)
        elif name not in seen:
            seen.add(name)
            if definition.step[name].then:
                visit(definition.step[name].then or "")

    visit(step)
    return bool(ends) and all(definition.ends[end].means in WITHOUT_NEEDS for end in ends)


def why_not(
    definition: Definition, state: State, move: str, values: Values, calendar: Calendar, at: datetime
) -> Text | None:
    """Why a way out is closed now, or None."""
    step = definition.step[state.at]
    if move != FORWARD:
        rule = step.move[move]
        if rule.rounds is not None and state.rounds.get(f"{state.at}.{move}", 0) >= rule.rounds:
            return Text(
                "Cara ini sudah dipakai {n} kali, batasnya tercapai.",
                "This has been used {n} times, its limit.",
            ).format(n=rule.rounds)
    if free_of_needs(definition, state.at, move):
        if state.correction is not None:
            return Text(
                "Tunggu: berkas sedang diperbaiki pemohon.", "Wait: the applicant is correcting the file."
            )
        return None
    open_ = unmet(definition, state, values, calendar, at)
    return open_[0].text if open_ else None


def move(
    definition: Definition,
    state: State,
    actor: Actor,
    name: str = FORWARD,
    *,
    reason: str = "",
    at: datetime,
    calendar: Calendar,
) -> Event:
    """The pointer goes on: forward, or by a named move; refuses with the first need that is not met."""
    if not state.is_open:
        raise Refused(Text("Perkara ini sudah selesai.", "This case has ended."))
    step = definition.step[state.at]
    ways = exits(definition, step)
    if name not in ways:
        raise Refused(
            Text("Jalan itu tidak ada pada langkah ini.", "There is no such way on from this step.")
        )
    values = known(definition, state, calendar)
    rule = step.move.get(name)
    if rule is not None and rule.by:
        if actor.role not in (*rule.by, SYSTEM):
            raise Refused(Text("Ini bukan wewenang Anda.", "This is not yours to do."))
    else:
        _mine(definition, state, actor, calendar)
    if rule is not None and holds(rule.when, values, calendar) is not True:
        raise Refused(
            Text("Jalan itu tidak berlaku untuk perkara ini.", "That way does not apply to this case.")
        )
    if needs_reason(definition, step, name) and not reason.strip():
        raise Refused(Text("Tuliskan alasannya.", "Write the reason."))
    closed = why_not(definition, state, name, values, calendar, at)
    if closed is not None:
        raise Refused(closed)
    return Event(Kind.MOVED, at, actor, departure(definition, state, name, values, calendar, reason))


def departure(
    definition: Definition, state: State, name: str, values: Values, calendar: Calendar, reason: str = ""
) -> dict[str, Any]:
    """The data of leaving a step by a way out: what leaving decides, and what arriving brings."""
    step = definition.step[state.at]
    to = exits(definition, step)[name]
    data: dict[str, Any] = {"from": state.at, "move": name}
    if reason.strip():
        data["reason"] = reason.strip()
    forward = not free_of_needs(definition, state.at, name)
    if forward and state.at == definition.accepting_step and state.accepted_at is None:
        data["accepts"] = True
    if forward and step.ends_promise:
        data["ends_promise"] = True
    rule = step.move.get(name)
    if rule is not None and rule.rounds is not None:
        data["counts"] = f"{state.at}.{name}"
    if rule is not None and rule.clock == "keep":
        data["keep"] = True
    if forward:
        unfilled = {
            n: f.default for n, f in definition.facts.items() if f.step == state.at and n not in state.facts
        }
        if unfilled:
            data["defaults"] = unfilled
            values = known(definition, replace(state, facts={**state.facts, **unfilled}), calendar)
    return data | arrival(definition, state, to, values, calendar)


def sign(
    definition: Definition,
    state: State,
    actor: Actor,
    product: str,
    number: str | None = None,
    *,
    at: datetime,
    calendar: Calendar,
) -> Event:
    """A product got its signature; the number is given by whoever keeps the register."""
    values = _mine(definition, state, actor, calendar)
    if product not in to_sign(definition, state, values, calendar):
        raise Refused(
            Text("Tidak ada konsep yang menunggu tanda tangan di sini.", "No draft awaits a signature here.")
        )
    return Event(Kind.SIGNED, at, actor, {"product": product, "number": number})


def extend(
    definition: Definition, state: State, actor: Actor, reason: str, *, at: datetime, calendar: Calendar
) -> Event:
    """The promise is lengthened by the rule of the definition, with a reason the applicant reads."""
    rule = definition.promise.extension
    if rule is None or state.promise_from is None or state.promise_ended_at is not None:
        raise Refused(Text("Janji waktu ini tidak dapat diperpanjang.", "This promise can't be extended."))
    if actor.role != rule.by:
        raise Refused(Text("Ini bukan wewenang Anda.", "This is not yours to do."))
    if len(state.extensions) >= rule.times:
        raise Refused(
            Text("Sudah diperpanjang {n} kali.", "Already extended {n} times.").format(n=rule.times)
        )
    if not reason.strip():
        raise Refused(Text("Tuliskan alasannya.", "Write the reason."))
    return Event(Kind.EXTENDED, at, actor, {"duration": rule.for_, "reason": reason.strip()})


def settle(
    definition: Definition,
    state: State,
    bill: str,
    *,
    waived: bool = False,
    actor: Actor | None = None,
    at: datetime,
) -> Event:
    """A bill is paid in full (or waived by an official)."""
    now = state.bills.get(bill)
    if now is None or now.status != "due":
        raise Refused(
            Text("Tagihan ini tidak sedang menunggu pembayaran.", "This bill is not waiting for payment.")
        )
    return Event(
        Kind.WAIVED if waived else Kind.PAID, at, actor or Actor(SYSTEM), {"bill": bill, "amount": now.amount}
    )


def recalculate(state: State, calendar: Calendar, *, at: datetime) -> Event:
    """The case goes over to another calendar version: due dates change openly, by an event."""
    if calendar.version == state.calendar:
        raise Refused(Text("Kalendernya sama.", "The calendar is the same."))
    return Event(
        Kind.RECALCULATED, at, Actor(SYSTEM), {"calendar": calendar.version, "before": state.calendar}
    )

"""What officials do: check, send back, find facts, move on, sign, extend. Each returns the event, or refuses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from kantormaya.clock import Calendar
from kantormaya.engine.billing import rebilled
from kantormaya.engine.events import APPLICANT, SYSTEM, Actor, Event, Kind, Refused, settled
from kantormaya.engine.knowing import freezing, known
from kantormaya.engine.moving import move
from kantormaya.engine.needs import to_sign
from kantormaya.engine.promising import begins_on
from kantormaya.engine.requiring import arising, is_tested, seen_by_office
from kantormaya.engine.returning import give_back
from kantormaya.engine.state import State
from kantormaya.engine.ways import FORWARD, exits, needs_reason
from kantormaya.engine.yours import mine, not_yours
from kantormaya.language.definition import Definition
from kantormaya.language.texts import Text


def check(
    definition: Definition, state: State, actor: Actor, *, fits: tuple[str, ...] = (), deficient: Mapping[str, str] | None = None,
    at: datetime, calendar: Calendar,
) -> Event:  # fmt: skip
    """Requirements looked at: each fits, or is deficient for a reason."""
    mine(definition, state, actor, calendar)
    deficient = dict(deficient or {})
    if state.correction is not None:
        raise Refused(Text("Berkas sedang diperbaiki pemohon.", "The applicant is correcting the file."))
    if not fits and not deficient:
        raise Refused(Text("Pilih sesuai atau kurang.", "Choose fits or deficient."))
    if any(not reason.strip() for reason in deficient.values()):
        raise Refused(Text("Tuliskan apa yang kurang.", "Write what is deficient."))
    for name in (*fits, *deficient):
        _checkable(definition, state, name, fits=name in fits)
    return Event(Kind.CHECKED, at, actor, {"fits": tuple(fits), "deficient": deficient})


def _checkable(definition: Definition, state: State, name: str, *, fits: bool) -> None:
    held, item = state.requirements.get(name), definition.requirement.get(name)
    if held is None or item is None or held.status == "not_needed":
        text = Text("Syarat {name} tidak diminta di sini.", "Requirement {name} is not asked here.")
        raise Refused(text.format(name=name))
    if is_tested(item):
        text = Text(
            "{title} ditentukan oleh jawaban dan temuan.", "{title} follows from the answers and findings."
        )
        raise Refused(text.format(title=item.title))
    if fits and held.status == "missing" and not seen_by_office(item):
        text = Text("{title} belum diserahkan.", "{title} has not been handed in.")
        raise Refused(text.format(title=item.title))


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
    mine(definition, state, actor, calendar)
    if not facts:
        raise Refused(Text("Isi paling sedikit satu temuan.", "Fill in at least one finding."))
    wrong = [n for n in facts if n not in definition.facts or definition.facts[n].step != state.at]
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
    after = replace(state, facts={**state.facts, **settled(facts)})
    values = known(definition, after, calendar)
    data: dict[str, Any] = {"facts": settled(facts)}
    changed = arising(definition, after, values, calendar)
    if changed:
        data["requirements"] = changed
    if (frozen := freezing(definition, values)) != state.frozen:
        data["frozen"] = frozen
    data |= begins_on(definition, state, values, calendar)
    return data | rebilled(definition, state, values, calendar)


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
    values = mine(definition, state, actor, calendar)
    if product not in to_sign(definition, state, values, calendar):
        raise Refused(
            Text("Tidak ada konsep yang menunggu tanda tangan di sini.", "No draft awaits a signature here.")
        )
    return Event(Kind.SIGNED, at, actor, {"product": product, "number": number})


def may_extend(definition: Definition, state: State, actor: Actor) -> bool:
    """Whether lengthening the promise is this actor's to do where the case is."""
    rule = definition.promise.extension
    if rule is None or state.promise_from is None or state.promise_ended_at is not None or not state.is_open:
        return False
    somewhere = any(step.extension for step in definition.step.values())
    here = definition.step[state.at].extension or not somewhere
    return here and actor.role == rule.by and actor.agency in (None, definition.agency)


def why_not_longer(definition: Definition, state: State) -> Text | None:
    """Why the promise can't be lengthened once more, or None."""
    rule = definition.promise.extension
    if rule is not None and len(state.extensions) < rule.times:
        return None
    return Text("Sudah diperpanjang {n} kali.", "Already extended {n} times.").format(n=len(state.extensions))


def extend(
    definition: Definition, state: State, actor: Actor, reason: str, *, at: datetime, calendar: Calendar
) -> Event:
    """The promise is lengthened by the rule of the definition, with a reason the applicant reads."""
    rule = definition.promise.extension
    if rule is None or not may_extend(definition, state, actor):
        raise Refused(
            Text(
                "Janji waktu ini tidak dapat Anda perpanjang di sini.",
                "This promise is not yours to extend here.",
            )
        )
    closed = why_not_longer(definition, state)
    if closed is not None:
        raise Refused(closed)
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
    """A bill is paid in full (or waived by an official); a slot that is held is confirmed by the same event."""
    now = state.bills.get(bill)
    if now is None or now.status != "due":
        raise Refused(
            Text("Tagihan ini tidak sedang menunggu pembayaran.", "This bill is not waiting for payment.")
        )
    if waived and (actor is None or actor.role in (APPLICANT, SYSTEM)):
        raise Refused(
            Text("Hanya pejabat yang dapat membebaskan tagihan.", "Only an official can waive a bill.")
        )
    kind = Kind.WAIVED if waived else Kind.PAID
    held = {n: replace(b, status="confirmed") for n, b in state.bookings.items() if b.status == "held"}
    data = {"bill": bill, "amount": now.amount, **({"slots": held} if held else {})}
    return Event(kind, at, actor or Actor(SYSTEM), data)


WAIVERS = ("revenue_treasurer", "head_of_office")
"""Who may exempt from a bill, at the office that decides."""


def may_waive(definition: Definition, actor: Actor) -> bool:
    """Whether exempting from a bill is this actor's to do."""
    return actor.role in WAIVERS and actor.agency in (None, definition.agency)


def waive(
    definition: Definition, state: State, actor: Actor, bill: str, reason: str, *, at: datetime, calendar: Calendar
) -> Event:  # fmt: skip
    """A bill is asked no more (an exemption, a decision), with a reason the applicant reads."""
    if not may_waive(definition, actor):
        raise Refused(
            Text(
                "Hanya bendahara penerimaan atau kepala kantor yang dapat membebaskan tagihan.",
                "Only an official can waive a bill: the treasurer or the head of the office.",
            )
        )
    waived = settle(definition, state, bill, waived=True, actor=actor, at=at)
    if not reason.strip():
        raise Refused(Text("Tuliskan alasannya.", "Write the reason."))
    return replace(waived, data={**waived.data, "reason": reason.strip()})


def recalculate(state: State, calendar: Calendar, *, at: datetime) -> Event:
    """The case goes over to another calendar version: due dates change openly, by an event."""
    if not state.is_open or calendar.version == state.calendar:
        raise Refused(Text("Tidak ada yang perlu dihitung ulang.", "There is nothing to recalculate."))
    return Event(
        Kind.RECALCULATED, at, Actor(SYSTEM), {"calendar": calendar.version, "before": state.calendar}
    )


__all__ = [
    "FORWARD", "check", "exits", "extend", "find", "found", "give_back", "move", "needs_reason", "not_yours", "recalculate",
    "settle", "sign", "waive",
]  # fmt: skip

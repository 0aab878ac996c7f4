"""What an event obliges the office to do besides remembering it: derived from the definition, never written in it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kantormaya.engine.events import APPLICANT, Event, Kind
from kantormaya.engine.national import has_news, heard
from kantormaya.engine.requiring import to_give
from kantormaya.engine.state import Booked, State
from kantormaya.language.definition import Definition
from kantormaya.language.working import Product


class Effect(StrEnum):
    """The closed list of effects; `casework` has one function for each."""

    ACKNOWLEDGE = "acknowledge"  # receipt to the applicant
    TELL_APPLICANT = "tell_applicant"
    TELL_OFFICE = "tell_office"  # an escalation or reminder to a role
    ASK_OTHERS = "ask_others"  # those asked by a task see the case from now on
    OPEN_BILLS = "open_bills"
    CHANGE_BILLS = "change_bills"
    VOID_BILLS = "void_bills"
    WAIVE_BILLS = "waive_bills"
    DRAFT_PAPERS = "draft_papers"  # the case came to where papers are signed
    VOID_DRAFTS = "void_drafts"  # it left, or ended, without their signature
    FREE_PLACES = "free_places"  # a slot was let go, or another taken instead
    REVOKE_PAPERS = "revoke_papers"  # an earlier paper is replaced or revoked
    REPORT = "report"  # the national system that the case came from hears how it stands
    INVITE_SURVEY = "invite_survey"  # the case ended: how did we do?


@dataclass(frozen=True, slots=True)
class Due:
    """One effect that is due, with what it concerns."""

    effect: Effect
    of: tuple[str, ...] = ()


def effects(definition: Definition, before: State | None, event: Event, after: State) -> tuple[Due, ...]:
    """What an event obliges the office to do, in the order in which it is done."""
    found: list[Due] = []
    if event.kind is Kind.SUBMITTED:
        found.append(Due(Effect.ACKNOWLEDGE))
    elif event.kind is Kind.ESCALATED or (event.kind is Kind.REMINDED and event.data["to"] != APPLICANT):
        found.append(Due(Effect.TELL_OFFICE, (event.data["key"],)))
    elif tells_applicant(definition, before, event, after):
        found.append(Due(Effect.TELL_APPLICANT, (str(event.kind),)))
    opened = tuple(
        n
        for n, t in after.tasks.items()
        if t.status == "open" and (before is None or before.tasks.get(n) != t) and t.opened_at == event.at
    )
    if opened:
        found.append(Due(Effect.ASK_OTHERS, opened))
    old_bills = before.bills if before is not None else {}
    new = tuple(n for n in after.bills if n not in old_bills)
    if new:
        found.append(Due(Effect.OPEN_BILLS, new))
    changed = tuple(n for n in event.data.get("bills", ()) if n in old_bills)
    if changed:
        found.append(Due(Effect.CHANGE_BILLS, changed))
    if event.kind is Kind.WAIVED:
        found.append(Due(Effect.WAIVE_BILLS, (event.data["bill"],)))
    void = tuple(
        n
        for n, b in after.bills.items()
        if b.status == "void" and n in old_bills and old_bills[n].status != "void"
    )
    if void:
        found.append(Due(Effect.VOID_BILLS, void))
    if places := _given_up(before, after):
        found.append(Due(Effect.FREE_PLACES, places))
    found += _papers(definition, before, event, after)
    if has_news(definition, before, after):
        found.append(Due(Effect.REPORT, (heard(definition, after),)))
    if asks_opinion(definition, before, after):
        found.append(Due(Effect.INVITE_SURVEY))
    return tuple(found)


def asks_opinion(definition: Definition, before: State | None, after: State) -> bool:
    """Whether a case has just come to an end about which its applicant is asked: once, and only of public services."""
    is_over = after.ended_at is not None and (before is None or before.ended_at is None)
    is_asked = definition.survey and definition.audience == "public"
    return bool(is_over and is_asked and definition.ends[after.at].survey)


def _given_up(before: State | None, after: State) -> tuple[str, ...]:
    """The bookings whose place is free again: let go, or moved to another time."""
    old = {} if before is None else before.bookings
    return tuple(
        n for n, was in old.items() if was.status != "released" and _place(after.bookings[n]) != _place(was)
    )


def _place(booked: Booked) -> tuple[object, ...]:
    return (booked.starts_at, booked.ends_at, booked.resource, booked.status == "released")


def _papers(definition: Definition, before: State | None, event: Event, after: State) -> list[Due]:
    if "to" not in event.data:
        return []
    found: list[Due] = []
    left = definition.step[before.at].signs if before is not None and before.at in definition.step else ()
    unsigned = tuple(name for name in left if name not in after.signed)
    if unsigned:
        found.append(Due(Effect.VOID_DRAFTS, unsigned))
    if after.at in definition.step and definition.step[after.at].signs:
        found.append(Due(Effect.DRAFT_PAPERS, definition.step[after.at].signs))
    if after.ended_at is not None:
        end = definition.ends[after.at]
        revoking = tuple(
            n for n in end.products if _takes_the_place(definition.product[n], n in after.signed)
        )
        if revoking and end.means in ("granted", "granted_in_part", "done"):
            found.append(Due(Effect.REVOKE_PAPERS, revoking))
    return found


def _takes_the_place(product: Product, is_signed: bool) -> bool:
    """Whether a product that came out ends an earlier one: a paper when it is signed, an act without paper always."""
    came_out = is_signed or (product.kind == "act" and product.when is None)
    return came_out and bool(product.revokes or product.replaces)


def tells_applicant(definition: Definition, before: State | None, event: Event, after: State) -> bool:
    """Whether the applicant hears of an event: what is asked of them, what was decided, and when the case changes hands."""
    if event.kind in (
        Kind.RETURNED,
        Kind.EXTENDED,
        Kind.RECALCULATED,
        Kind.REKEYED,
        Kind.PAID,
        Kind.WAIVED,
        Kind.LAPSED,
        Kind.WITHDRAWN,
        Kind.SCHEDULED,
        Kind.BOOKED,
        Kind.RELEASED,
    ):
        return True
    if event.kind is Kind.REMINDED:
        return bool(event.data["to"] == APPLICANT)
    if event.kind in LATE:
        asks = event.data.get("bills") or newly_asked(definition, event, after)
        return bool(asks or event.data.get("awaits_confirmation"))
    return event.kind is Kind.MOVED and (
        after.ended_at is not None
        or "waits" in event.data
        or bool(event.data.get("bills"))
        or bool(event.data.get("accepts"))
        or bool(newly_asked(definition, event, after))
    )


LATE = (Kind.FOUND, Kind.ANSWERED, Kind.CORRECTED)
"""Events after which something may be asked of the applicant that nobody asked before."""


def newly_asked(definition: Definition, event: Event, after: State) -> tuple[str, ...]:
    """The papers that an event makes the applicant owe: those that arose, and those needed where the case came to."""
    if not after.is_open or after.correction is not None:
        return ()
    arose = event.data.get("requirements", {}) if event.kind in LATE else {}
    came = f"step.{after.at}" if "to" in event.data else None
    return tuple(
        name
        for name in to_give(definition, after)
        if not definition.requirement[name].optional
        and (name in arose or definition.requirement[name].needed_at == came)
    )

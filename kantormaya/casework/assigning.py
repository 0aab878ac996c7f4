"""Who works on a case: an official takes a free seat, lets it go, or hands it on with a note; heads give it to someone.

Holding a seat arranges the work and gives no right: what may be done with a case stays with the role.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import Count, F, Q

from kantormaya.audit.recording import record
from kantormaya.audit.time import now
from kantormaya.cases.models import Case, Party
from kantormaya.cases.queries import Seats, free
from kantormaya.casework.deciding import actor_of
from kantormaya.casework.seats import OWNER, barred
from kantormaya.casework.standing import Standing, standing
from kantormaya.engine.events import Refused
from kantormaya.language.texts import Text
from kantormaya.messages.conversing import say
from kantormaya.messages.telling import tell_office
from kantormaya.people.models import Account, Post
from kantormaya.people.roles import in_force, may_act_as, role_title

ASSIGNERS = ("section_head", "division_head", "secretary")
"""Who gives the cases of an agency to its people."""

NO_SEAT = Text(
    "Perkara ini tidak sedang menunggu peran tersebut.", "The case does not wait for that role just now."
)
TAKEN = Text(
    "Perkara ini sudah diambil {name}. Yang Anda buka tetap dapat dibaca.",
    "{name} has already taken this case. What you opened can still be read.",
)
NOT_HELD = Text("Perkara ini tidak sedang Anda pegang.", "You do not hold this case.")
NOT_YOURS = Text(
    "Hanya pemegangnya atau atasan yang dapat menyerahkan perkara ini.",
    "Only its holder or a head can hand this case on.",
)
NOT_THEIRS = Text(
    "{name} tidak memegang peran {role}; pilih rekan lain.",
    "{name} does not hold the role of {role}; choose someone else.",
)


def seats_of(case: Any, agency_id: Any, on: Any = None) -> Seats:
    """Where officials of the agency sit at the case now; a holder whose post has ended counts as none."""
    seats = Party.objects.filter(case=case, agency_id=agency_id, open=True).exclude(role=OWNER)
    return seats.select_related("holder", "given_by").annotate(is_free=free(on)).order_by("due_at", "pk")


def may_hand(seat: Party, posts: Iterable[Post]) -> bool:
    """Whether someone who holds these posts may give the seat to another: its holder, or a head of the agency."""
    return any(seat.holder_id == post.account_id or post.role in ASSIGNERS for post in posts)


def colleagues(now: Standing, seat: Party) -> list[tuple[Post, Text | None]]:
    """Everyone who holds the role of a seat today, with how much each `holds`, and why one may not do this work."""
    held = Count("account__seats", filter=Q(account__seats__open=True, account__seats__agency=F("agency")))
    posts = Post.objects.filter(in_force(), agency__parties=seat, role=seat.role).annotate(holds=held)
    posts = posts.select_related("account").order_by("holds", "account__name")
    return [(post, barred(now, seat, post.account.username)) for post in posts]


def claim(case_id: int, post: Post) -> Party:
    """The official takes the seat of their role; of two at once the second is told."""
    with transaction.atomic():
        here, seat = _seat(case_id, post.agency_id, post.role)
        if seat.holder_id == post.account_id:
            return seat
        if not seat.is_free and seat.holder is not None:  # type: ignore[attr-defined]
            raise Refused(TAKEN.format(name=seat.holder.name))
        return _give(here, seat, post.account, by=post, act="seat.claimed")


def claim_next(seats: Seats, posts: Iterable[Post]) -> Party | None:
    """Take the first of these seats that is free; two who ask at once get different ones."""
    by_role = {post.role: post for post in posts}
    for seat in seats.filter(free()).order_by("due_at", "case_id")[:25]:
        try:
            return claim(seat.case_id, by_role[seat.role])
        except Refused:
            continue
    return None


def release(case_id: int, post: Post, role: str) -> None:
    """The holder lets a seat go: it is free for every colleague again."""
    with transaction.atomic():
        here, seat = _seat(case_id, post.agency_id, role)
        if seat.holder_id != post.account_id:
            raise Refused(NOT_HELD)
        seat.holder, seat.given_by, seat.note = None, None, ""
        seat.save(update_fields=["holder", "given_by", "note"])
        _record("seat.released", here.case, seat, post)


def hand_over(case_id: int, post: Post, role: str, to: Account, note: str = "") -> Party:
    """The holder or a head gives a seat to someone who holds its role, who is told; the note stays on the case."""
    with transaction.atomic():
        here, seat = _seat(case_id, post.agency_id, role)
        if not may_hand(seat, [post]):
            raise Refused(NOT_YOURS)
        if not may_act_as(to, role, post.agency):
            raise Refused(NOT_THEIRS.format(name=to.name, role=role_title(role)))
        if seat.holder_id == to.pk and seat.note == note.strip():
            return seat
        return _give(here, seat, to, by=post, act="seat.handed", note=note.strip())


def _seat(case_id: int, agency_id: int, role: str) -> tuple[Standing, Party]:
    """The case, locked as for any act on it, and the open seat of a role there."""
    case = Case.objects.select_for_update(of=("self",)).select_related("revision", "agency").get(pk=case_id)
    seat = seats_of(case, agency_id).filter(role=role).first()
    if seat is None:
        raise Refused(NO_SEAT)
    return standing(case), seat


def _give(here: Standing, seat: Party, to: Account, *, by: Post, act: str, note: str = "") -> Party:
    why = barred(here, seat, to.username)
    if why is not None:
        raise Refused(why)
    seat.holder, seat.held_since, seat.note = to, now(), note
    seat.given_by = by.account if by.account_id != to.pk else None
    seat.save(update_fields=["holder", "held_since", "given_by", "note"])
    _record(act, here.case, seat, by, to=to.username)
    if seat.given_by is not None:
        _pass_on(here, seat, by, note, f"{seat.pk}-{seat.held_since.isoformat()}")
    return seat


def _pass_on(here: Standing, seat: Party, by: Post, note: str, key: str) -> None:
    """The note is kept with the case, inside the office; the new holder hears of it by mail."""
    assert seat.holder is not None
    if note:
        text = f"→ {seat.holder.name}: {note}"
        say(here.case, actor_of(by), text, key=f"handed-{key}", by=by.account.username, internal=True)
    if seat.holder.email:
        subject = Text("Diserahkan kepada Anda: {number}", "Handed to you: {number}")
        body = Text(
            "{by} menyerahkan perkara {number} ({title}) kepada Anda.{note}",
            "{by} handed the case {number} ({title}) to you.{note}",
        ).format(
            by=by.account.name, number=here.case.number, title=here.definition.title, note=f"\n\n{note}" if note else ""
        )  # fmt: skip
        to = [(seat.holder.email, seat.holder.language)]
        tell_office(here.case, subject.format(number=here.case.number), body, to=to, what=f"handed-{key}")


def _record(act: str, case: Case, seat: Party, by: Post, **detail: str) -> None:
    record(
        act, actor=by.account.username, case_id=case.pk, agency_id=seat.agency_id, role=seat.role, **detail
    )

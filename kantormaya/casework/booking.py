"""Times: a citizen chooses one, moves it, cancels it; the office lets one go with a reason."""

from __future__ import annotations

from kantormaya.casework.advancing import advance
from kantormaya.casework.deciding import actor_of
from kantormaya.casework.standing import Standing
from kantormaya.casework.taking import InHand
from kantormaya.engine import booking
from kantormaya.engine.events import APPLICANT, Actor
from kantormaya.engine.slots import Slot
from kantormaya.people.models import Post


def book(case_id: int, name: str, slot: Slot, *, key: str, seen: int | None = None) -> Standing:
    """The applicant chooses a time, or another one instead; raises Refused where it is full, closed or too close."""
    return advance(
        case_id,
        lambda n: booking.book(
            n.definition, n.state, Actor(APPLICANT), name, slot, at=n.at, calendar=n.calendar
        ),
        by=APPLICANT, key=key, seen=seen,
    )  # fmt: skip


def cancel(case_id: int, name: str, *, key: str, seen: int | None = None) -> Standing:
    """The applicant lets a time go, in time."""
    return advance(
        case_id,
        lambda n: booking.release(n.definition, n.state, Actor(APPLICANT), name, at=n.at, calendar=n.calendar),
        by=APPLICANT, key=key, seen=seen,
    )  # fmt: skip


def let_go(
    case: int | InHand, post: Post, name: str, reason: str, *, key: str, seen: int | None = None
) -> Standing:
    """The office lets a time go: the applicant reads why, and chooses another."""
    return advance(
        case,
        lambda n: booking.release(
            n.definition, n.state, actor_of(post), name, reason, at=n.at, calendar=n.calendar
        ),
        by=post.account.username, key=key, seen=seen,
    )  # fmt: skip

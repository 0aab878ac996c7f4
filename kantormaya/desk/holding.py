"""Who works on a case: the seats of my agency there, who holds each, and what I may do about it."""

from __future__ import annotations

from typing import Any

from kantormaya.cases.models import Party
from kantormaya.casework.assigning import may_hand
from kantormaya.casework.seats import barred
from kantormaya.desk.opened import Opened
from kantormaya.people.models import Post
from kantormaya.people.roles import role_title


def holding(opened: Opened) -> list[dict[str, Any]]:
    """A line for every seat: its role, its holder with the note it came with, and the ways to change that."""
    return [_line(opened, seat) for seat in opened.seats]


def _line(opened: Opened, seat: Party) -> dict[str, Any]:
    post = seated(opened, seat.role)
    is_mine = post is not None and seat.holder_id == post.account_id
    is_free = seat.is_free  # type: ignore[attr-defined]
    why = barred(opened.now, seat, post.account.username) if post else None
    return {
        "role": seat.role, "title": role_title(seat.role), "is_mine": is_mine,
        "holder": None if is_free else seat.holder_name, "since": seat.held_since,  # type: ignore[attr-defined]
        "given_by": seat.giver_name, "note": "" if is_free else seat.note,  # type: ignore[attr-defined]
        "may_claim": post is not None and is_free and why is None, "barred": why,
        "may_hand": may_hand(seat, opened.posts),
    }  # fmt: skip


def seated(opened: Opened, role: str) -> Post | None:
    """The post of this person that sits in a role."""
    return next((post for post in opened.posts if post.role == role), None)

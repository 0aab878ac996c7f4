"""What officials do with a case, given by its id or in hand. Each verb asks the engine, and writes through `advance`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from kantormaya.casework.advancing import advance
from kantormaya.casework.standing import Standing
from kantormaya.casework.taking import InHand
from kantormaya.engine import office, tasks
from kantormaya.engine.choices import Choice, moves
from kantormaya.engine.events import Actor, Event
from kantormaya.people.models import Post


def actor_of(post: Post) -> Actor:
    """An official in the post in which they act."""
    return Actor(post.role, post.agency.slug, post.account.username)


def choices(now: Standing, posts: list[Post]) -> list[tuple[Post, Choice]]:
    """Everything these posts may do with the case now, each thing once."""
    found: dict[tuple[str, str], tuple[Post, Choice]] = {}
    for post in posts:
        for choice in moves(now.definition, now.state, actor_of(post), now.calendar, now.at):
            found.setdefault((choice.act, choice.id), (post, choice))
    return list(found.values())


def _do(
    case: int | InHand,
    post: Post,
    act: Callable[..., Event],
    *what: Any,
    key: str,
    seen: int | None,
    **more: Any,
) -> Standing:
    """An act of the engine on the case as it stands once it is locked."""
    actor = actor_of(post)
    return advance(
        case,
        lambda now: act(now.definition, now.state, actor, *what, **more, at=now.at, calendar=now.calendar),
        by=post.account.username,
        key=key,
        seen=seen,
    )


def check(
    case: int | InHand, post: Post, *, fits: tuple[str, ...] = (), deficient: Mapping[str, str] | None = None,
    key: str, seen: int | None = None,
) -> Standing:  # fmt: skip
    """Requirements looked at."""
    return _do(case, post, office.check, fits=fits, deficient=deficient, key=key, seen=seen)


def ask_correction(
    case: int | InHand, post: Post, items: Mapping[str, str], *, key: str, seen: int | None = None
) -> Standing:
    """The file goes back with all deficiencies at once."""
    return _do(case, post, office.give_back, items, key=key, seen=seen)


def find(
    case: int | InHand, post: Post, facts: Mapping[str, Any], *, key: str, seen: int | None = None
) -> Standing:
    """Facts found at this step."""
    return _do(case, post, office.find, facts, key=key, seen=seen)


def move(
    case: int | InHand, post: Post, name: str, reason: str = "", *, key: str, seen: int | None = None
) -> Standing:
    """The case goes on: forward, back, to refusal."""
    return _do(case, post, office.move, name, reason=reason, key=key, seen=seen)


def extend(case: int | InHand, post: Post, reason: str, *, key: str, seen: int | None = None) -> Standing:
    """The promise is lengthened, with its reason."""
    return _do(case, post, office.extend, reason, key=key, seen=seen)


def waive(
    case: int | InHand, post: Post, bill: str, reason: str, *, key: str, seen: int | None = None
) -> Standing:
    """A bill is waived (exemption by decision), with its reason; only the revenue treasurer and the head of office may."""
    return _do(case, post, office.waive, bill, reason, key=key, seen=seen)


def ask_opinion(
    case: int | InHand,
    post: Post,
    task: str,
    agencies: tuple[str, ...] = (),
    *,
    key: str,
    seen: int | None = None,
) -> Standing:
    """A task that is done on request is asked for."""
    return _do(case, post, tasks.ask, task, agencies, key=key, seen=seen)


def schedule(
    case: int | InHand, post: Post, task: str, on: datetime, *, key: str, seen: int | None = None
) -> Standing:
    """An inspection, meeting or interview gets its time."""
    return _do(case, post, tasks.schedule, task, on, key=key, seen=seen)


def answer(
    case: int | InHand, post: Post, task: str, said: str, *, note: str = "", files: tuple[str, ...] = (), facts: Mapping[str, Any] | None = None,
    key: str, seen: int | None = None,
) -> Standing:  # fmt: skip
    """An opinion, minutes, initials."""
    return _do(case, post, tasks.answer, task, said, note=note, files=files, facts=facts, key=key, seen=seen)

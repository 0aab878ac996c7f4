"""Time passes: cases whose moment has come are found by their `wake_at`, and what time causes is written."""

from __future__ import annotations

from kantormaya.audit.time import now
from kantormaya.audit.together import keep, together
from kantormaya.cases.models import Case
from kantormaya.casework.advancing import Act, write
from kantormaya.casework.taking import InHand, again, take
from kantormaya.engine.events import Event, Refused
from kantormaya.engine.passing import passed, wakes_at
from kantormaya.people.scopes import scope_system, scoped

BATCH = 10
"""Cases woken in one transaction: few enough that none is locked for longer than a tenth of a second."""
MOST = 50
"""Things time may cause for one case in one sweep; more would be a circle in a definition."""


def sweep() -> int:
    """Do everything that time has caused by now; returns how many events were written. Safe to run twice at once.

    A case that somebody has in hand is left to the next sweep.
    """
    written = 0
    while True:
        with scoped(scope_system("deadline sweep")), together():
            due = Case.objects.filter(ended_at=None, wake_at__lte=now()).order_by("wake_at", "pk")
            cases = take(due[:BATCH], skip_locked=True)
            written += _wake(cases)
        if not cases:
            return written


def _wake(cases: list[InHand]) -> int:
    """What time has caused for these cases, one event after the other; returns how many."""
    written = 0
    stand = {one.case.pk: one for one in cases}
    for _ in range(MOST):
        acts = [Act(one, event, "system") for one in cases if (event := _passed(one)) is not None]
        if not acts:
            break
        written += len(acts)
        cases = again(write(acts))
        stand |= {one.case.pk: one for one in cases}
    for one in stand.values():
        _sleep_again(one)
    return written


def _passed(one: InHand) -> Event | None:
    try:
        return passed(one.definition, one.state, one.calendar, now())
    except Refused:
        return None  # the engine could not go on by itself: an official has to, and sees it as late


def _sleep_again(one: InHand) -> None:
    """Nothing more is caused now: set the next moment, so that a case never spins."""
    wake_at = wakes_at(one.definition, one.state, one.calendar, now())
    if wake_at != one.case.wake_at:
        one.case.wake_at = wake_at
        keep(one.case, "wake_at")

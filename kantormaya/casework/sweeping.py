"""Time passes: cases whose moment has come are found by their `wake_at`, and what time causes is written."""

from __future__ import annotations

from kantormaya.audit.time import now
from kantormaya.cases.models import Case
from kantormaya.casework.advancing import advance
from kantormaya.casework.standing import Standing, standing
from kantormaya.engine.events import Event, Refused
from kantormaya.engine.passing import passed, wakes_at
from kantormaya.people.scopes import scope_system, scoped

BATCH = 200
MOST = 50
"""Things time may cause for one case in one sweep; more would be a circle in a definition."""


def sweep() -> int:
    """Do everything that time has caused by now; returns how many events were written. Safe to run twice at once."""
    written = 0
    while True:
        with scoped(scope_system("deadline sweep")):
            due = Case.objects.filter(ended_at=None, wake_at__lte=now()).order_by("wake_at")
            ids = list(due.values_list("pk", flat=True)[:BATCH])
        if not ids:
            return written
        written += sum(wake(case_id) for case_id in ids)


def wake(case_id: int) -> int:
    """What time has caused for one case, one event after the other; returns how many."""
    written = 0
    with scoped(scope_system("deadline sweep")):
        for _ in range(MOST):
            before = Case.objects.values_list("version", flat=True).get(pk=case_id)
            try:
                after = advance(case_id, _passed, by="system")
            except Refused:
                break  # the engine could not go on by itself: an official has to, and sees it as late
            if after.case.version == before:
                break
            written += 1
        _sleep_again(case_id)
    return written


def _passed(now_: Standing) -> Event | None:
    return passed(now_.definition, now_.state, now_.calendar, now_.at)


def _sleep_again(case_id: int) -> None:
    """Nothing more is caused now: set the next moment, so that a case never spins."""
    case = Case.objects.select_for_update(of=("self",)).select_related("revision", "agency").get(pk=case_id)
    here = standing(case)
    case.wake_at = wakes_at(here.definition, here.state, here.calendar, here.at)
    case.save(update_fields=["wake_at"])

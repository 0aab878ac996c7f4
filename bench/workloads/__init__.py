"""One file a workload, in the order in which they are run; each says what it compares and what the issue asks."""

from __future__ import annotations

from collections.abc import Callable

from bench.comparing import Bench, Result
from bench.workloads import (
    case_page,
    catalogue_pages,
    helpdesk,
    inbox,
    journey,
    memory,
    mixed_day,
    move,
    outbox,
    signing,
    submit,
    sweep,
    track,
    weight,
)

WORKLOADS: dict[str, Callable[[Bench], list[Result]]] = {
    "submit": submit.run,
    "journey": journey.run,
    "track": track.run,
    "service": catalogue_pages.run,
    "inbox": inbox.run,
    "move": move.run,
    "case": case_page.run,
    "weight": weight.run,
    "sweep": sweep.run,
    "outbox": outbox.run,
    "sign": signing.run,
    "day": mixed_day.run,
    "memory": memory.run,
    "helpdesk": helpdesk.run,
}
GROWING = {"inbox": 1_000_000, "helpdesk": helpdesk.MOST}
"""What these show may grow with the cases, so they are run at every size up to this one."""
ON_REQUEST = ("helpdesk",)
"""Fetches a package, so it is run only where that is asked for."""

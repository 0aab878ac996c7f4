"""When something is due, and how far its time has run: the rule, the pauses and the calendar, nothing else.

Days are counted from the day after the start, whatever its hour; a day touched by a pause is not counted.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from kantormaya.clock.calendars import Calendar
from kantormaya.clock.durations import Duration, DurationFault
from kantormaya.clock.legs import MOST_CELLS, PER, Cell, Kind, kind_of, run, unpaused
from kantormaya.clock.pauses import Pause, instant, union


@dataclass(frozen=True, slots=True)
class Extension:
    """More time, with the reason it was given."""

    duration: Duration
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Reckoning:
    """A due date and everything needed to recompute it; while a pause is open, as if it ended now.

    `counted` has one cell a day for rules in days (at most 400, the last one the due day). `remaining` is in
    units of the rule, negative when late; `share` is the used part of the limit, above 1 when late.
    """

    due_at: datetime
    rule: Duration
    start: datetime
    calendar_version: int
    counted: tuple[tuple[date, Cell], ...]
    pauses: tuple[Pause, ...]
    extensions: tuple[Extension, ...]
    remaining: float
    share: float


def reckon(
    duration: Duration,
    start: datetime,
    calendar: Calendar,
    *,
    pauses: Iterable[Pause] = (),
    extensions: Iterable[Extension] = (),
    now: datetime,
) -> Reckoning:
    """The due date of `duration` from `start`; all instants aware.

    Raises DurationFault for a bare "hari", and for what hangs on a date field (that is `reckon_anchored`).
    """
    pauses, extensions = tuple(pauses), tuple(extensions)
    start, now = instant(start), instant(now)
    spans = union(pauses, start, now)
    at, legs = start, _legs(duration, extensions)
    cells: list[tuple[date, Cell]] = []
    for kind, amount in legs:
        leg = run(kind, amount, at, now, calendar, spans)
        cells += leg.cells
        at = leg.due_at
    used, limit = leg.used, leg.limit
    if len(legs) > 1:  # different units have no common measure but time itself
        used, limit = unpaused(start, now, spans), unpaused(start, at, spans)
    units = legs[0][1] / PER[duration.unit]
    return Reckoning(
        due_at=at,
        rule=duration,
        start=start,
        calendar_version=calendar.version,
        counted=(*cells[:-1][: MOST_CELLS - 1], (cells[-1][0], "due"))
        if leg.cells
        else tuple(cells[:MOST_CELLS]),
        pauses=pauses,
        extensions=extensions,
        remaining=(limit - used) * units / limit if limit else 0.0,
        share=used / limit if limit else float(now >= start),
    )


def _legs(duration: Duration, extensions: tuple[Extension, ...]) -> list[tuple[Kind, int]]:
    """What is to run in turn: extensions of the rule's own kind lengthen it, others come after it."""
    for part in (duration, *(extension.duration for extension in extensions)):
        if part.side:
            raise DurationFault(
                f"“{part.said}” bergantung pada tanggal, bukan pada lamanya proses.",
                f"“{part.said}” hangs on a date, not on how long the work takes.",
            )
    kind, amount = kind_of(duration), duration.high * PER[duration.unit]
    others: list[tuple[Kind, int]] = []
    for extension in extensions:
        own_kind = kind_of(extension.duration)
        more = extension.duration.high * PER[extension.duration.unit]
        if own_kind is kind:
            amount += more
        else:
            others.append((own_kind, more))
    return [(kind, amount), *others]

"""What happened to a case, thirty events at a time, newest first: a long history costs what a short one does."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from kantormaya.cases.models import Case, Event
from kantormaya.language.plain import whole

MOST = 30
NEWEST = 2**31


def before(asked: str | None) -> int:
    """The number of the event before which an address asks for (`?sebelum=31`); without one, for the newest."""
    return max(whole(asked or "") or NEWEST, 2)


def events_before(case: Any, number: Any) -> QuerySet[Event]:
    """The newest events of a case whose number is lower."""
    return Event.objects.filter(case=case, seq__lt=number).order_by("-seq")[:MOST]


@dataclass(frozen=True)
class Past:
    """A stretch of the history: the events from `first` to `last`, of so many in all."""

    events: tuple[Event, ...]
    first: int
    last: int
    total: int

    @classmethod
    def of(cls, case: Case, events: Iterable[Event]) -> Past:
        """The stretch that these events are, newest first; all there is, where a case was taken over without its history."""
        found = tuple(events)
        first, last = (found[-1].seq, found[0].seq) if found else (1, case.version)
        return cls(found, first, last, case.version)

    @property
    def is_all(self) -> bool:
        """Whether nothing happened before it or since."""
        return self.first == 1 and self.last == self.total

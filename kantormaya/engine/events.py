"""What can happen to a case: one closed list, and the event that carries it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from kantormaya.language.texts import Text


class Kind(StrEnum):
    """The kinds of event. Their data hold what was *decided* at that moment, so replaying never decides again."""

    SUBMITTED = "submitted"  # the applicant handed it in
    CHECKED = "checked"  # requirements found to fit or deficient
    RETURNED = "returned"  # sent back with all deficiencies at once
    CORRECTED = "corrected"  # the applicant mended them
    GIVEN = "given"  # the applicant gave a requirement that arose later
    FOUND = "found"  # an officer found facts
    SCHEDULED = "scheduled"  # a task got its time
    ASKED = "asked"  # a task that is only done on request was asked for
    SHOWN = "shown"  # the applicant showed pictures during a remote inspection
    ANSWERED = "answered"  # an opinion, minutes, initials, a test
    CONFIRMED = "confirmed"  # the other side agrees with the minutes
    MOVED = "moved"  # the pointer went on
    SIGNED = "signed"  # a paper got its signature and number
    BOOKED = "booked"  # a slot was chosen, or another instead
    RELEASED = "released"  # a slot was let go
    PAID = "paid"
    WAIVED = "waived"
    EXTENDED = "extended"  # the promise was lengthened, with a reason
    RECALCULATED = "recalculated"  # the calendar changed, and with it the due dates
    REKEYED = "rekeyed"  # a new PIN took the place of a forgotten one
    REMINDED = "reminded"
    ESCALATED = "escalated"
    TIMED_OUT = "timed_out"  # silence of someone asked
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"


APPLICANT = "applicant"
SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: a role of an agency, the applicant, or the system. `person` tells two holders of a role apart."""

    role: str
    agency: str | None = None
    person: str | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to a case. `at` is an aware instant; `data` holds plain values, dates and instants."""

    kind: Kind
    at: datetime
    actor: Actor
    data: Mapping[str, Any] = field(default_factory=dict)


def settled(value: Any) -> Any:
    """A value as an event keeps it: lists as tuples, so that it is the same after a journey through JSON."""
    if isinstance(value, Mapping):
        return {key: settled(item) for key, item in value.items()}
    return tuple(settled(item) for item in value) if isinstance(value, (list, tuple)) else value


class Refused(Exception):
    """Why something can't be done now, in a sentence that is safe to show."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en or text.id)
        self.text = text

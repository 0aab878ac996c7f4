"""Where a case stands: one pointer and its attachments, folded from events."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from kantormaya.clock import Duration
from kantormaya.language.evaluating import About

RequirementStatus = Literal["missing", "given", "accepted", "faulty", "not_needed"]


@dataclass(frozen=True, slots=True)
class Held:
    """One requirement: what was given, by which alternative, in which round of corrections, and what was found."""

    status: RequirementStatus
    files: tuple[str, ...] = ()
    member: str | None = None
    round: int = 0
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Deficiency:
    """One thing to mend: `requirement.<id>` or `field.<id>`; `late` = it was there to be seen the first time."""

    target: str
    reason: str
    late: bool = False


@dataclass(frozen=True, slots=True)
class Correction:
    """An open request to the applicant: all deficiencies at once."""

    items: tuple[Deficiency, ...]
    asked_at: datetime
    asked_by: str


@dataclass(frozen=True, slots=True)
class Proof:
    """A picture shown in a remote inspection: the file and its SHA-256, the code that was valid, and when it came."""

    file: str
    sha256: str
    code: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Answer:
    """What one of those asked said; `proofs` are the pictures that lay before them."""

    answer: str
    at: datetime
    note: str | None = None
    files: tuple[str, ...] = ()
    proofs: tuple[Proof, ...] = ()


@dataclass(frozen=True, slots=True)
class TaskState:
    """Parallel work on a step: who was asked (in order), what they said, when it is planned."""

    status: Literal["open", "answered", "closed", "timed_out", "not_needed"]
    asked: tuple[str, ...] = ()
    answers: Mapping[str, Answer] = field(default_factory=dict)
    opened_at: datetime | None = None
    scheduled_for: datetime | None = None
    result: str | None = None
    proofs: tuple[Proof, ...] = ()


@dataclass(frozen=True, slots=True)
class BillState:
    """One bill of the case, in whole rupiah; `of` names the bill of the definition."""

    of: str
    amount: int
    status: Literal["due", "paid", "waived", "void"]
    opened_at: datetime
    settled_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Booked:
    """A slot of a booking (`ends_at` None: a thing, for good): held until paid, confirmed, or let go again."""

    starts_at: datetime
    ends_at: datetime | None
    status: Literal["held", "confirmed", "released"]
    since: datetime
    resource: str = ""
    changes: int = 0


@dataclass(frozen=True, slots=True)
class Visit:
    """A stay of the pointer at a step; `kept` = its clock goes on from an earlier stay; `persons` acted there."""

    step: str
    since: datetime
    until: datetime | None = None
    kept: bool = False
    persons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Wait:
    """A span in which the office waited for the applicant, and why: `correction`, `step.<id>`, `bill.<id>`, `confirm.<id>`."""

    cause: str
    since: datetime
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Lengthened:
    """An extension of the promise."""

    duration: Duration
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class State:
    """The whole situation of a case. Two states are equal exactly when the cases stand alike."""

    about: About
    at: str
    submitted_at: datetime
    calendar: int
    answers: Mapping[str, Any]
    facts: Mapping[str, Any] = field(default_factory=dict)
    frozen: Mapping[str, Any] = field(default_factory=dict)
    requirements: Mapping[str, Held] = field(default_factory=dict)
    answer_rounds: Mapping[str, int] = field(default_factory=dict)
    correction: Correction | None = None
    round: int = 0
    late_returns: int = 0
    tasks: Mapping[str, TaskState] = field(default_factory=dict)
    bills: Mapping[str, BillState] = field(default_factory=dict)
    refunds: Mapping[str, int] = field(default_factory=dict)
    bookings: Mapping[str, Booked] = field(default_factory=dict)
    rounds: Mapping[str, int] = field(default_factory=dict)
    visits: tuple[Visit, ...] = ()
    waits: tuple[Wait, ...] = ()
    extensions: tuple[Lengthened, ...] = ()
    signed: Mapping[str, str] = field(default_factory=dict)
    told: frozenset[str] = frozenset()
    promise_from: datetime | None = None
    promise_ended_at: datetime | None = None
    accepted_at: datetime | None = None
    ended_at: datetime | None = None
    reason: str | None = None
    deemed: bool = False

    @property
    def is_open(self) -> bool:
        """Whether anything can still happen."""
        return self.ended_at is None

    @property
    def entered_at(self) -> datetime:
        """When the pointer came to where it is."""
        return self.visits[-1].since if self.visits else self.submitted_at

    def open_bills(self) -> dict[str, BillState]:
        """The bills that are still to be paid."""
        return {name: bill for name, bill in self.bills.items() if bill.status == "due"}

    def passed_steps(self) -> tuple[str, ...]:
        """The steps the pointer has been at, in order, each once."""
        return tuple(dict.fromkeys(visit.step for visit in self.visits))

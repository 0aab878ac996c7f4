"""What time it is: the one clock of the office, which a demo or a test may set."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta


@dataclass
class SimulatedClock:
    """A clock that stands still until it is told to go on."""

    at: datetime

    def advance(self, by: timedelta) -> datetime:
        """Go on by `by`, and say the new time."""
        self.at += by
        return self.at


_simulated: ContextVar[SimulatedClock | None] = ContextVar("simulated", default=None)


def now() -> datetime:
    """The present instant, aware and in UTC; of the simulated clock where one is running."""
    clock = _simulated.get()
    return clock.at if clock else datetime.now(UTC)


@contextmanager
def simulated(at: datetime) -> Iterator[SimulatedClock]:
    """Run the block at `at` (an aware instant); the clock given back can be moved."""
    if at.tzinfo is None:
        raise ValueError("a simulated time must say its zone")
    clock = SimulatedClock(at.astimezone(UTC))
    before = _simulated.set(clock)
    try:
        yield clock
    finally:
        _simulated.reset(before)

"""The one clock of the office can be set for a demo or a test, and goes back by itself."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from kantormaya.audit.models import Entry
from kantormaya.audit.recording import record
from kantormaya.audit.time import now, simulated

START = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)


def test_a_simulated_clock_stands_still_until_it_is_moved() -> None:
    with simulated(START) as clock:
        assert now() == now() == START
        clock.advance(timedelta(days=1))
        assert now() == START + timedelta(days=1)
    assert abs(datetime.now(UTC) - now()) < timedelta(minutes=1)


def test_clocks_nest_and_the_outer_one_comes_back() -> None:
    with simulated(START):
        with simulated(START + timedelta(days=9)):
            pass
        assert now() == START


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"), simulated(datetime(2026, 1, 1)):  # noqa: DTZ001
        pass


@pytest.mark.usefixtures("as_system")
def test_an_act_is_recorded_at_the_time_of_the_office() -> None:
    with simulated(START):
        record("open_file", actor="loket", case_id=7, purpose="verifikasi")
    entry = Entry.objects.get()
    assert (entry.at, entry.actor, entry.case_id, entry.detail) == (
        START,
        "loket",
        7,
        {"purpose": "verifikasi"},
    )

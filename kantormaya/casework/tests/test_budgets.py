"""What acts may ask of the database: no more for many cases than for few, as long as they go together."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kantormaya.audit.time import now, simulated
from kantormaya.casework import deciding
from kantormaya.casework.sweeping import BATCH, sweep
from kantormaya.casework.tests.licences import BIDAN, apply_for, sign, to_signature
from kantormaya.casework.tests.office import furnish, hand_in, lines
from kantormaya.casework.tests.test_story import ANSWERS, DEPOT
from kantormaya.catalogue import fresh
from kantormaya.permits.signing import AT_ONCE

pytestmark = pytest.mark.django_db(transaction=True)


def statements(act: Callable[[], Any]) -> int:
    """How many an act takes in an office at work, where what changes a few times a year was asked for just before."""
    with pytest.MonkeyPatch.context() as patch, CaptureQueriesContext(connection) as caught:
        patch.setattr(fresh, "SECONDS", 3600)
        act()
    return len(caught)


def test_a_move_is_read_in_two_statements_and_written_in_one() -> None:
    office, counts = furnish(DEPOT), []
    loket = office.post("front_office")
    for _ in range(2):
        case = hand_in(office.revisions[DEPOT], ANSWERS)
        with office.scope(loket):
            deciding.check(case.pk, loket, fits=("ktp", "nib", "pelatihan_higiene", "denah", "foto"), key="a")
            counts.append(statements(lambda c=case: deciding.move(c.pk, loket, "forward", key="b")))  # type: ignore[misc]
        (line,) = lines(case_id=case.pk, act="moved")
        assert line.actor == loket.account.username
    assert counts[1] == 3


def test_the_sweep_wakes_many_cases_in_as_many_statements_as_few() -> None:
    office = furnish(DEPOT)

    def woken(number: int) -> int:
        with simulated(now()) as clock:
            cases = [hand_in(office.revisions[DEPOT], ANSWERS) for _ in range(number)]
            clock.advance(timedelta(days=4))
            asked = statements(sweep)
            assert all(lines(case_id=case.pk, act="escalated") for case in cases)
            clock.advance(timedelta(days=400))
            while sweep():
                pass
        return asked

    woken(1)
    assert woken(BATCH) == woken(2)


def test_a_batch_of_signatures_asks_no_more_for_many_cases_than_for_few() -> None:
    office = furnish(BIDAN)

    def signed(number: int) -> int:
        cases = [apply_for(office, nik=f"99060157089{number:02}{n:03}")[0] for n in range(number)]
        for case in cases:
            to_signature(office, case)
        return statements(lambda: sign(office, *cases))

    signed(1)
    assert signed(AT_ONCE) == signed(2)

"""How often, where many come at the same moment."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.test import RequestFactory

from kantormaya.audit.time import now, simulated
from kantormaya.people.limits import LIMITS, TooMany, take


@pytest.mark.django_db(transaction=True)
def test_many_at_the_same_moment_are_counted_one_by_one(rf: RequestFactory) -> None:
    """Of a hundred at once exactly as many pass as may."""
    most = LIMITS["new_pin"].subject or 0

    def ask(n: int) -> bool:
        try:
            take("new_pin", rf.get("/", REMOTE_ADDR=f"198.51.100.{n}"), "MUBA-SAMA")
        except TooMany:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(ask, range(100))) == most


@pytest.mark.django_db
def test_a_clock_a_little_behind_begins_no_new_count(rf: RequestFactory) -> None:
    at, request = now(), rf.get("/", REMOTE_ADDR="198.51.100.7")
    with simulated(at):
        for _ in range(LIMITS["new_pin"].subject or 0):
            take("new_pin", request, "MUBA-LAIN")
    with simulated(at - timedelta(seconds=5)), pytest.raises(TooMany):
        take("new_pin", request, "MUBA-LAIN")

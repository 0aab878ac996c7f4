"""How often, where many come at the same moment."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.test import RequestFactory

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

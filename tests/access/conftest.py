"""One world for the tests of a file: made once, committed, cleared away after them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.core.management import call_command

from tests.access.world import World, build


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[World]:
    with django_db_blocker.unblock():
        cache.clear()
        try:
            yield build()
        finally:
            call_command("flush", verbosity=0, interactive=False, reset_sequences=False)

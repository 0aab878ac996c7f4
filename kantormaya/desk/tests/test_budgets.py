"""What an act of an official may ask of the database, who they are among it."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kantormaya.casework.tests.office import lengthen
from kantormaya.catalogue import fresh
from kantormaya.desk.tests.desks import (
    ANSWERS,
    DEPOT,
    REQUIREMENTS,
    at_desk,
    furnish,
    hand_in,
    keys_of,
    post_form,
    text,
)

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("demo")]


def test_a_move_takes_nine_statements_at_most_however_long_the_story() -> None:
    office = furnish(DEPOT)
    loket = at_desk(office.post("front_office"))
    counts = []
    for events in (0, 5, 300):
        case = hand_in(office.revisions[DEPOT], ANSWERS)
        post_form(loket, case, "check", **{f"check.{name}": "fits" for name in REQUIREMENTS})
        if events:
            lengthen(case, events)
        link = f"/meja/perkara/{case.number}/"
        form = keys_of(text(loket.get(link)), "move", "forward")
        with pytest.MonkeyPatch.context() as patch, CaptureQueriesContext(connection) as caught:
            patch.setattr(fresh, "SECONDS", 3600)  # as in an office at work
            assert loket.post(f"{link}lakukan/", form).status_code == 302
        counts.append(len(caught))
    assert counts[1] == counts[2] <= 9

"""What a seat says to the lists: whether it waits for someone outside, and by which seat a case stands in an agency's list."""

from __future__ import annotations

from kantormaya.cases.models import Capacity
from kantormaya.casework.seats import Place, Seat, seats
from kantormaya.engine import Actor
from kantormaya.engine.tests.small import TWO_STEPS, Case, case, service

OWN = Seat("dpmptsp", Capacity.OFFICE, "")
AT_DESK = Seat("dpmptsp", Capacity.OFFICE, "front_office")
ELSEWHERE = Seat("dinas-kesehatan", Capacity.OPINION, "back_office")
AWAY = TWO_STEPS.replace('by = "back_office"', 'by = "back_office"\nat = "dinas-kesehatan"')
ASKED = """
[task.pendapat]
kind = "opinion"
step = "periksa"
title = "Pertimbangan"
by = "back_office"
at = ["dinas-kesehatan"]
within = "1 hari kerja"
"""


def places(played: Case) -> dict[Seat, Place]:
    return seats(played.definition, played.here, played.calendar, played.clocks())


def test_a_step_on_another_agencys_desk_waits_for_nobody_and_the_responsible_agency_waits_for_it() -> None:
    found = places(case(service(AWAY)).accept())
    assert set(found) == {OWN, ELSEWHERE}
    assert (found[ELSEWHERE].waits, found[ELSEWHERE].listed) == (False, True)
    assert (found[OWN].waits, found[OWN].listed) == (True, True)


def test_a_step_waits_while_another_agency_is_asked_and_no_longer_once_it_has_answered() -> None:
    played = case(service(TWO_STEPS, ASKED))
    before = places(played)
    assert before[AT_DESK].waits and before[OWN].waits and not before[ELSEWHERE].waits
    played.act("answer", Actor("back_office", "dinas-kesehatan"), task="pendapat", answer="setuju")
    after = places(played)
    assert ELSEWHERE not in after
    assert not after[AT_DESK].waits and not after[OWN].waits

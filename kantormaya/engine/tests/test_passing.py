"""What the mere passing of time does, exactly as the definition says, and once."""

from __future__ import annotations

import pytest

from kantormaya.engine import Refused, passed, wakes_at
from kantormaya.engine.tests.small import (
    BACK,
    CALENDAR,
    CITIZEN,
    LOKET,
    PROMISE,
    TWO_STEPS,
    Case,
    case,
    service,
)

KTP = "[requirement]\nktp = { title = 'KTP' }\n"


def returned(silence: str = "lapsed") -> Case:
    promise = PROMISE.replace('silence = "lapsed"', f'silence = "{silence}"')
    made = case(service(KTP, TWO_STEPS, promise=promise))
    made.act("return", LOKET, items={"requirement.ktp": "buram"})
    return made


def test_a_correction_that_never_comes_lets_the_case_lapse() -> None:
    made = returned()
    made.on("9 hari kerja")
    assert made.here.is_open
    made.silence()
    assert (made.here.at, made.last().kind) == ("lapsed", "lapsed")


def test_silence_after_a_correction_may_lead_to_a_step_and_then_the_correction_is_over() -> None:
    made = returned("putus")
    made.silence()
    assert made.here.at == "putus"
    assert made.here.correction is None
    assert not [wait for wait in made.here.waits if wait.until is None]


def test_silence_that_only_reminds_does_so_once_and_then_the_office_may_refuse() -> None:
    made = returned("remind")
    made.on("11 hari kerja")
    made.on("5 hari kerja")
    assert [event.kind for event in made.events if event.data.get("to") == "applicant"] == ["reminded"]
    with pytest.raises(Refused, match="nowhere"):
        made.silence()
    made.act("move", LOKET, to="tolak", reason="tidak diperbaiki")
    assert made.here.at == "ditolak"


def test_an_officers_silence_is_told_to_the_one_above_and_the_case_waits() -> None:
    made = case(service(TWO_STEPS))
    made.on("3 hari kerja")
    assert made.last().kind == "escalated"
    assert made.last().data["to"] == "head_of_office"
    assert made.here.at == "periksa"


ESCALATING = PROMISE.replace(
    "[promise]",
    '[promise]\nescalate = [{ after = "80%", to = "section_head" }, { after = "100%", to = "head_of_office" }]',
)
SLOW = TWO_STEPS.replace('within = "2 hari kerja"', "")


def test_shares_of_the_promise_are_told_as_they_are_used_up() -> None:
    made = case(service(SLOW, promise=ESCALATING))
    made.act("move", LOKET)
    made.on("9 hari kerja")
    told = [
        (event.data["after"], event.data["to"], CALENDAR.local_date(event.at).isoformat())
        for event in made.events
        if "after" in event.data
    ]
    assert told == [("80%", "section_head", "2026-06-08"), ("100%", "head_of_office", "2026-06-09")]
    assert [event.kind for event in made.events].count("escalated") == 2


def test_nothing_is_escalated_while_the_office_waits_for_the_applicant() -> None:
    made = case(service(KTP, SLOW, promise=ESCALATING.replace("10 hari kerja", "40 hari kerja"))).accept()
    made.act("return", BACK, items={"requirement.ktp": "buram"})
    made.on("20 hari kerja")
    assert made.last().kind == "returned"


GRANTING = """
[promise]
within = "5 hari kerja"
on_silence = "grant"
basis = "UU 30/2014 pasal 53"
"""


def test_where_silence_grants_the_case_is_granted_on_the_day_it_is_due() -> None:
    made = case(service(SLOW, promise=GRANTING))
    made.act("move", LOKET)
    made.on("5 hari kerja")
    assert (made.here.at, made.here.deemed) == ("terbit", True)
    assert CALENDAR.local_date(made.last().at).isoformat() == "2026-06-09"


def test_an_applicants_step_may_lead_on_in_silence() -> None:
    steps = """
    [step.setuju]
    title = "Menyetujui rancangan"
    by = "applicant"
    within = "2 hari kerja"
    silence = "putus"
    then = "putus"
    [step.putus]
    title = "Putus"
    by = "back_office"
    then = "terbit"
    """
    made = case(service(steps))
    made.silence()
    assert (made.here.at, made.last().data["move"]) == ("putus", "silence")


def test_a_case_wakes_when_time_next_matters_and_never_before_now() -> None:
    made = case(service(SLOW, promise=ESCALATING))
    made.act("move", LOKET)
    wake = wakes_at(made.definition, made.here, CALENDAR, made.now)
    assert wake is not None
    assert CALENDAR.local_date(wake).isoformat() == "2026-06-08"
    assert passed(made.definition, made.here, CALENDAR, made.now) is None
    assert passed(made.definition, made.here, CALENDAR, wake) is not None


def test_what_an_act_makes_overdue_is_looked_at_soon() -> None:
    fact = "[field]\nbesar = { type = 'yes_no', label = 'Besar', filled_at = 'step.putus' }\n"
    spans = '[promise]\nwithin = [{ when = "besar", is = "60 hari kerja" }, { otherwise = true, is = "5 hari kerja" }]'
    made = case(service(fact, SLOW, promise=spans))
    made.act("move", LOKET)
    made.on("10 hari kerja")
    made.act("find", BACK, facts={"besar": False})
    wake = wakes_at(made.definition, made.here, CALENDAR, made.now)
    assert wake is not None
    assert 0 < (wake - made.now).total_seconds() <= 60
    assert passed(made.definition, made.here, CALENDAR, wake) is not None


def test_an_ended_case_waits_for_nothing() -> None:
    made = case(service(TWO_STEPS))
    made.act("withdraw", CITIZEN)
    assert wakes_at(made.definition, made.here, CALENDAR, made.now) is None
    assert passed(made.definition, made.here, CALENDAR, made.now) is None

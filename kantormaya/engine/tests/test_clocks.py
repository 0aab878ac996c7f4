"""When a case is due: where the promise begins, what stops it, what lengthens it, and what no pause moves."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from kantormaya.clock import Calendar
from kantormaya.engine import Actor, Refused, apply, due, known
from kantormaya.engine.office import recalculate
from kantormaya.engine.tests.small import (
    BACK,
    CALENDAR,
    CITIZEN,
    LOKET,
    PROMISE,
    TUESDAY,
    TWO_STEPS,
    Case,
    case,
    service,
)

CHIEF = Actor("division_head", "dpmptsp")
KTP = "[requirement]\nktp = { title = 'KTP' }\n"
DATED = "[field]\npakai_on = { type = 'date', label = 'Tanggal pakai' }\n"


def promising(begins: str, *parts: str, **answers: object) -> Case:
    promise = PROMISE.replace("[promise]", f'[promise]\nfrom = "{begins}"')
    return case(service(*parts, TWO_STEPS, promise=promise), answers)


def test_the_promise_begins_when_the_file_is_accepted() -> None:
    made = case(service(TWO_STEPS))
    assert made.clocks().promise is None
    made.on("2 hari kerja").act("move", LOKET)
    assert made.here.promise_from == made.now
    assert made.due_on() == "2026-06-11"


def test_it_may_begin_with_the_submission_with_a_step_or_with_a_date() -> None:
    assert promising("submitted").here.promise_from == TUESDAY
    at_a_step = promising("step.putus")
    assert at_a_step.here.promise_from is None
    at_a_step.on("1 hari kerja").act("move", LOKET)
    assert at_a_step.here.promise_from == at_a_step.now
    on_a_date = promising("pakai_on", DATED, pakai_on=date(2026, 6, 10))
    assert on_a_date.here.promise_from == CALENDAR.midnight(date(2026, 6, 10))
    assert on_a_date.due_on() == "2026-06-18"


def test_a_corrected_date_moves_the_promise_that_hangs_on_it() -> None:
    made = promising("pakai_on", DATED, pakai_on=date(2026, 6, 10))
    made.act("return", LOKET, items={"field.pakai_on": "keliru"})
    made.act("correct", CITIZEN, give=[], answers={"pakai_on": date(2026, 6, 17)})
    assert made.here.promise_from == CALENDAR.midnight(date(2026, 6, 17))


def test_a_promise_that_hangs_on_a_finding_begins_when_it_is_found() -> None:
    found = "[field]\nlaut_on = { type = 'date', label = 'Tanggal kapal', filled_at = 'step.periksa' }\n"
    made = promising("laut_on", found)
    assert made.clocks().promise is None
    made.act("find", LOKET, facts={"laut_on": date(2026, 6, 10)})
    assert made.due_on() == "2026-06-18"


def test_time_stands_still_while_the_applicant_corrects() -> None:
    made = case(service(KTP, TWO_STEPS)).accept()
    assert made.due_on() == "2026-06-09"
    made.act("return", BACK, items={"requirement.ktp": "buram"})
    made.on("3 hari kerja")
    made.act("correct", CITIZEN, give=["ktp"])
    assert made.due_on() == "2026-06-12"


PAYS = """
[step.periksa]
title = "Periksa"
by = "front_office"
then = "bayar"
[step.bayar]
title = "Membayar"
by = "applicant"
within = "4 hari kerja"
silence = "lapsed"
then = "putus"
[step.putus]
title = "Putus"
by = "back_office"
within = "1 hari kerja"
ends_promise = true
then = "serah"
[step.serah]
title = "Serah terima"
by = "front_office"
then = "terbit"
"""
BILL = "[fee.line]\na = { title = 'A', amount = 100 }\n[fee.bill]\nb = { step = 'bayar', due = '2 hari kerja' }\n"


def test_pauses_that_overlap_count_once() -> None:
    made = case(service(PAYS, fee=BILL))
    made.act("move", LOKET)
    assert {wait.cause for wait in made.here.waits} == {"step.bayar", "bill.b"}
    made.on("2 hari kerja")
    made.act("pay", CITIZEN, bill="b")
    assert made.due_on() == "2026-06-11"


def test_an_unpaid_bill_does_not_stop_the_applicants_own_time() -> None:
    made = case(service(PAYS, fee=BILL))
    made.act("move", LOKET)
    step, bill = made.clocks().step, made.clocks().bills["b"]
    assert step is not None
    assert CALENDAR.local_date(step.due_at) == date(2026, 6, 8)
    assert CALENDAR.local_date(bill.due_at) == date(2026, 6, 4)
    made.silence()
    assert made.here.at == "lapsed"


def test_the_promise_is_kept_where_the_definition_says_so_and_not_only_at_the_end() -> None:
    made = case(service(PAYS, fee=BILL))
    made.act("move", LOKET)
    made.act("pay", CITIZEN, bill="b")
    made.act("move", BACK)
    assert made.here.promise_ended_at == made.now
    kept = made.clocks().promise
    made.on("30 hari kerja")
    assert made.clocks().promise == kept
    assert not [event for event in made.events if event.data.get("key", "").startswith("promise")]


def test_the_legal_maximum_is_a_clock_of_its_own() -> None:
    made = case(
        service(TWO_STEPS, promise=PROMISE.replace("[promise]", '[promise]\nat_most = "10 hari kerja"'))
    )
    made.act("move", LOKET)
    legal, promise = made.clocks().legal, made.clocks().promise
    assert legal is not None and promise is not None
    assert CALENDAR.local_date(legal.due_at) == date(2026, 6, 17)
    assert legal.start == promise.start


EXTENDING = PROMISE + '[promise.extension]\nfor = "2 hari kerja"\nby = "division_head"\ntimes = 1\n'


def test_an_extension_needs_a_reason_is_given_once_and_by_whom_the_rule_names() -> None:
    made = case(service(TWO_STEPS, promise=EXTENDING))
    with pytest.raises(Refused, match="not yours to extend"):
        made.act("extend", CHIEF, reason="laboratorium")
    made.act("move", LOKET)
    for actor, reason in ((BACK, "x"), (Actor("division_head", "dinas-lain"), "x"), (CHIEF, " ")):
        with pytest.raises(Refused):
            made.act("extend", actor, reason=reason)
    made.act("extend", CHIEF, reason="laboratorium")
    assert made.due_on() == "2026-06-11"
    with pytest.raises(Refused, match="Already extended 1 times"):
        made.act("extend", CHIEF, reason="lagi")


def test_an_extension_may_belong_to_one_step() -> None:
    steps = TWO_STEPS.replace('title = "Putus"', 'title = "Putus"\nextension = true')
    made = case(
        service(steps, promise=EXTENDING.replace("[promise]\n", '[promise]\nfrom = "submitted"\n', 1))
    )
    with pytest.raises(Refused):
        made.act("extend", CHIEF, reason="banjir")
    made.act("move", LOKET)
    made.act("extend", CHIEF, reason="banjir")


KEEPING = """
[step.isi]
title = "Melengkapi"
by = "applicant"
within = "10 hari kerja"
silence = "lapsed"
then = "periksa"
[step.periksa]
title = "Periksa"
by = "front_office"
then = "terbit"
move.kurang = { to = "isi", clock = "CLOCK", rounds = 5 }
"""


@pytest.mark.parametrize(("clock", "due_on"), [("restart", date(2026, 6, 23)), ("keep", date(2026, 6, 19))])
def test_a_steps_clock_begins_anew_unless_it_is_kept_and_a_kept_one_rests_elsewhere(
    clock: str, due_on: date
) -> None:
    made = case(service(KEEPING.replace("CLOCK", clock)))
    made.on("2 hari kerja").act("move", CITIZEN)
    made.on("2 hari kerja").act("move", LOKET, to="kurang")
    step = made.clocks().step
    assert step is not None
    assert CALENDAR.local_date(step.due_at) == due_on


def test_a_limit_before_an_event_is_moved_by_no_pause() -> None:
    anchored = (
        KTP
        + DATED
        + TWO_STEPS.replace('within = "2 hari kerja"', 'within = "1 hari kalender sebelum pakai_on"')
    )
    made = case(service(anchored), {"pakai_on": date(2026, 6, 20)}).accept()
    before = made.clocks().step
    made.act("return", BACK, items={"requirement.ktp": "buram"})
    made.on("3 hari kerja")
    made.act("correct", CITIZEN, give=["ktp"])
    after = made.clocks().step
    assert before is not None and after is not None
    assert before.due_at == after.due_at == CALENDAR.day_end(date(2026, 6, 19))


LATER = replace(CALENDAR, version=2, holidays={**CALENDAR.holidays, date(2026, 6, 4): "Pilkada"})


def test_a_holiday_decreed_later_moves_nothing_until_the_case_is_recalculated_openly() -> None:
    made = case(service(TWO_STEPS))
    made.act("move", LOKET)
    assert (made.here.calendar, made.due_on()) == (1, "2026-06-09")
    event = recalculate(made.here, LATER, at=made.now)
    after = apply(made.definition, made.here, event)
    promise = due(made.definition, after, LATER, made.now).promise
    assert promise is not None
    assert (after.calendar, LATER.local_date(promise.due_at)) == (2, date(2026, 6, 10))
    with pytest.raises(Refused, match="nothing to recalculate"):
        recalculate(after, LATER, at=made.now)


def counted(calendar: Calendar) -> Case:
    late = """
    [field]
    lahir_on = { type = "date", label = "Tanggal lahir" }
    [term]
    terlambat = { is = "workdays_between(lahir_on, submitted_on) > 2.0", says = "bila terlambat" }
    [requirement]
    keputusan = { title = "Keputusan keterlambatan", when = "terlambat" }
    """
    return case(
        service(late, TWO_STEPS),
        {"lahir_on": date(2026, 5, 29)},
        at=TUESDAY + timedelta(days=3),
        calendar=calendar,
    )


def test_what_was_counted_in_working_days_at_submission_stays_whatever_the_calendar_says_later() -> None:
    made = counted(CALENDAR)
    assert made.here.frozen == {"terlambat": True}
    quiet = replace(LATER, holidays={**LATER.holidays, date(2026, 6, 2): "Libur", date(2026, 6, 3): "Libur"})
    assert counted(quiet).here.frozen == {"terlambat": False}
    after = apply(made.definition, made.here, recalculate(made.here, quiet, at=made.now))
    assert known(made.definition, after, quiet)["terlambat"] is True


SPAN = """
[promise]
within = [{ when = "besar", is = "60 hari kerja" }, { otherwise = true, is = "5 hari kerja" }]
"""


def test_while_a_finding_is_open_the_longest_promise_that_may_hold_is_counted_and_all_are_shown() -> None:
    fact = "[field]\nbesar = { type = 'yes_no', label = 'Besar', filled_at = 'step.putus' }\n"
    made = case(service(fact, TWO_STEPS, promise=SPAN))
    made.act("move", LOKET)
    assert [span.said for span in made.clocks().spans] == ["60 hari kerja", "5 hari kerja"]
    assert made.due_on() == "2026-08-28"
    made.act("find", BACK, facts={"besar": False})
    assert made.due_on() == "2026-06-09"


def test_a_promise_that_the_source_does_not_state_is_not_made_up() -> None:
    made = case(service(TWO_STEPS, promise='[promise]\nwithin = "not_stated"'))
    made.act("move", LOKET)
    assert made.clocks().promise is None


def test_a_bare_hari_is_counted_as_the_local_rule_says() -> None:
    for reads, due_on in (("kerja", "2026-06-09"), ("kalender", "2026-06-07")):
        promise = f'[promise]\nwithin = "5 hari"\nreads_hari_as = "{reads}"'
        made = case(service(TWO_STEPS, promise=promise))
        made.act("move", LOKET)
        assert made.due_on() == due_on

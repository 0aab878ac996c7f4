"""A time is chosen from what is offered, held until it is paid for, moved and cancelled in time, and let go at any end."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime

import pytest

from kantormaya.engine import Refused, replay
from kantormaya.engine.choices import moves
from kantormaya.engine.effects import Effect, effects
from kantormaya.engine.slots import offered
from kantormaya.engine.storing import event_as_json, event_from_json
from kantormaya.engine.tests.small import CALENDAR, CITIZEN, LOKET, TWO_STEPS, Case, case, service


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """A moment of June 2026 by the clock in Sekayu."""
    return datetime(2026, 6, day, hour - 7, minute, tzinfo=UTC)


CALL = """
[field]
cara = { type = "choice", label = "Cara", choices = { tulis = "Tulis", telepon = "Telepon" } }
waktu = { type = "moment", label = "Waktu", when = "cara == 'telepon'" }
[booking.telepon]
title = "Telepon"
way = "phone"
moment = "waktu"
length = "30 menit"
ahead = "1 hari kerja"
"""
HALL = """
[field]
pakai_on = { type = "date", label = "Tanggal" }
sesi = { type = "choice", label = "Sesi", choices = { pagi = "Pagi", malam = "Malam" } }
hari = { type = "number", label = "Berapa hari", whole = true, default = 1 }
[booking.gedung]
title = "Gedung"
day = "pakai_on"
session = "sesi"
sessions = { pagi = "07:00-15:00", malam = "15:00-22:00" }
repeat = "hari"
hold = "5 hari kerja"
[step.periksa]
title = "Periksa"
by = "front_office"
correction = true
then = "bayar"
[step.bayar]
title = "Bayar"
by = "applicant"
within = "20 hari kerja"
silence = "lapsed"
then = "pakai"
[step.pakai]
title = "Pakai"
by = "front_office"
then = "terbit"
move.tolak = { to = "ditolak" }
"""
RENT = """
[fee.tariff.sewa]
by = ["sesi"]
rows = [["pagi", 100], ["malam", 250]]
[fee.line]
sewa = { title = "Sewa", tariff = "sewa" }
[fee.bill]
lunas = { title = "Lunas", step = "bayar", share = "all" }
"""
PRESENCE = """
[booking.hadir]
title = "Rekam sidik jari"
task = "sidik"
length = "15 menit"
ahead = "1 hari kerja"
[task.sidik]
kind = "presence"
step = "periksa"
title = "Rekam sidik jari"
by = "front_office"
in_person = "Permen CONTOH 1/2026 pasal 3"
"""


WEDNESDAY = at(10, 9)


def call(when: datetime | None = WEDNESDAY) -> Case:
    """A case with a booked call, or with none."""
    answers = {"cara": "telepon", "waktu": when} if when else {"cara": "tulis"}
    return case(service(CALL, TWO_STEPS), answers)


def hall(**other: object) -> Case:
    """A hall for the 24th of June."""
    answers = {"pakai_on": date(2026, 6, 24), "sesi": "pagi"} | other
    return case(service(HALL, fee=RENT), answers)


def test_slots_fill_the_hours_of_a_working_day() -> None:
    rule = service(CALL, TWO_STEPS).booking["telepon"]
    slots = list(offered(rule, CALENDAR, date(2026, 6, 10)))
    spans = CALENDAR.opens(date(2026, 6, 10))
    assert slots[0].starts_at == spans[0][0]
    assert all(any(a <= s.starts_at and s.ends_at and s.ends_at <= b for a, b in spans) for s in slots)
    assert list(offered(rule, CALENDAR, date(2026, 6, 13))) == []  # a Saturday
    assert list(offered(rule, CALENDAR, date(2026, 6, 1))) == []  # a holiday


def test_a_time_is_booked_with_the_application_and_is_sure_where_nothing_is_paid() -> None:
    assert call().here.bookings["telepon"].status == "confirmed"
    assert call(None).here.bookings == {}


@pytest.mark.parametrize(
    ("when", "why"),
    [
        (at(10, 9, 10), "not offered"),
        (at(13, 9), "not offered"),
        (at(2, 14), "Too close"),
        (at(1, 9), "not offered"),
        (datetime(2026, 5, 29, 2, tzinfo=UTC), "over"),
    ],
)
def test_a_time_between_the_slots_on_a_day_off_or_too_near_is_refused(when: datetime, why: str) -> None:
    with pytest.raises(Refused, match=why):
        call(when)


def test_the_applicant_moves_the_time_and_the_answer_moves_with_it() -> None:
    made = call()
    made.act("book", CITIZEN, booking="telepon", on=at(11, 10))
    booked = made.here.bookings["telepon"]
    assert (booked.starts_at, booked.changes, made.here.answers["waktu"]) == (at(11, 10), 1, at(11, 10))


def test_nobody_moves_or_cancels_later_than_the_definition_allows() -> None:
    made = call()
    made.wait_until(at(10, 8))
    for act in ({"name": "book", "on": at(12, 9)}, {"name": "release"}):
        with pytest.raises(Refused, match="Too close"):
            made.act(act.pop("name"), CITIZEN, booking="telepon", **act)
    closed = {c.act: c.refused for c in moves(made.definition, made.here, CITIZEN, CALENDAR, made.now)}
    assert closed["book"] and closed["release"]


def test_a_time_cancelled_can_be_chosen_anew() -> None:
    made = call()
    made.act("release", CITIZEN, booking="telepon")
    assert made.here.bookings["telepon"].status == "released"
    made.act("book", CITIZEN, booking="telepon", on=at(15, 9))
    assert made.here.bookings["telepon"].status == "confirmed"


def test_the_office_lets_a_time_go_only_with_a_reason() -> None:
    made = call()
    with pytest.raises(Refused, match="reason"):
        made.act("release", LOKET, booking="telepon")
    made.act("release", LOKET, booking="telepon", reason="Petugas sakit.")
    assert made.last().data["reason"] == "Petugas sakit."


def test_any_end_lets_go_what_is_still_to_come() -> None:
    made = call()
    made.act("move", LOKET, to="tolak", reason="bukan wewenang")
    assert made.here.bookings["telepon"].status == "released"
    due = effects(made.definition, call().here, made.last(), made.here)
    assert (Effect.FREE_PLACES, ("telepon",)) in [(d.effect, d.of) for d in due]


def test_what_has_been_used_stays_in_the_history() -> None:
    made = call()
    made.wait_until(at(10, 10))
    made.act("move", LOKET, to="tolak", reason="bukan wewenang")
    assert made.here.bookings["telepon"].status == "confirmed"


def test_what_is_to_be_paid_is_only_held_and_the_payment_itself_confirms_it() -> None:
    made = hall()
    assert made.here.bookings["gedung"].status == "held"
    made.act("move", LOKET)
    made.act("pay", CITIZEN, bill="lunas")
    assert made.here.bookings["gedung"].status == "confirmed"


def test_unpaid_too_long_the_hall_is_free_and_the_bill_withdrawn_so_that_no_money_comes_in_for_nothing() -> (
    None
):
    made = hall()
    made.act("move", LOKET)
    made.on("6 hari kerja")
    assert (made.here.bookings["gedung"].status, made.here.bills["lunas"].status) == ("released", "void")
    assert made.here.at == "bayar"
    with pytest.raises(Refused, match="not waiting"):
        made.act("pay", CITIZEN, bill="lunas")


def test_who_chooses_again_gets_a_new_bill_for_what_is_chosen_now() -> None:
    made = hall()
    made.act("move", LOKET)
    made.on("6 hari kerja")
    made.act("book", CITIZEN, booking="gedung", on=at(25, 15), session="malam")
    assert {n: b.amount for n, b in made.here.open_bills().items()} == {"lunas-2": 250}
    made.act("pay", CITIZEN, bill="lunas-2")
    assert (made.here.at, made.here.bookings["gedung"].status) == ("pakai", "confirmed")


def test_moving_does_not_hold_a_time_any_longer() -> None:
    made = hall()
    made.on("3 hari kerja")
    made.act("book", CITIZEN, booking="gedung", on=at(25, 7), session="pagi")
    made.on("3 hari kerja")
    assert made.here.bookings["gedung"].status == "released"


def test_what_is_paid_for_is_moved_but_not_cancelled() -> None:
    with pytest.raises(Refused, match="part of what is paid"):
        hall().act("release", CITIZEN, booking="gedung")


def test_days_on_end_are_one_booking() -> None:
    booked = hall(hari=3).here.bookings["gedung"]
    assert booked.ends_at == at(26, 15)


def test_a_corrected_day_books_the_other_day_instead() -> None:
    made = hall()
    made.act("return", LOKET, items={"field.pakai_on": "GOR dipakai"})
    made.act("correct", CITIZEN, answers={"pakai_on": date(2026, 6, 25)}, give=[])
    assert made.here.bookings["gedung"].starts_at == at(25, 7)


def test_a_corrected_answer_that_asks_for_no_call_lets_the_time_go() -> None:
    made = call()
    made.act("return", LOKET, items={"field.cara": "Cukup tertulis?"})
    made.act("correct", CITIZEN, answers={"cara": "tulis"}, give=[])
    assert made.here.bookings["telepon"].status == "released"


def test_presence_is_booked_when_its_step_has_come_and_stands_in_its_task() -> None:
    made = case(service(PRESENCE, TWO_STEPS))
    assert any(
        c.act == "book" and c.plain for c in moves(made.definition, made.here, CITIZEN, CALENDAR, made.now)
    )
    made.act("book", CITIZEN, booking="hadir", on=at(10, 9))
    assert made.here.tasks["sidik"].scheduled_for == at(10, 9)
    made.act("release", CITIZEN, booking="hadir")
    assert made.here.tasks["sidik"].scheduled_for is None


def test_a_step_left_by_refusal_frees_the_time_of_its_task() -> None:
    made = case(service(PRESENCE, TWO_STEPS))
    made.act("book", CITIZEN, booking="hadir", on=at(10, 9))
    made.act("move", LOKET, to="tolak", reason="tidak memenuhi syarat")
    assert made.here.bookings["hadir"].status == "released"


def test_an_official_does_not_choose_a_time_for_somebody() -> None:
    with pytest.raises(Refused):
        call().act("book", LOKET, booking="telepon", on=at(11, 10))


def test_the_events_alone_make_the_same_bookings() -> None:
    made = hall()
    made.act("move", LOKET)
    made.act("book", CITIZEN, booking="gedung", on=at(25, 15), session="malam")
    made.act("pay", CITIZEN, bill="lunas")
    read = [event_from_json(json.loads(json.dumps(event_as_json(event)))) for event in made.events]
    assert replay(made.definition, read) == made.here

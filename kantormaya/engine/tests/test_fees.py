"""What it costs and what is collected: lines, tables, shares, second bills, refunds."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from kantormaya.engine import Actor, Refused, bill_amount, quote
from kantormaya.engine.choices import moves
from kantormaya.engine.effects import effects
from kantormaya.engine.events import Kind
from kantormaya.engine.tests.small import BACK, CITIZEN, LOKET, Case, case, service
from kantormaya.language.definition import Definition
from kantormaya.language.evaluating import Unknown

FIELDS = """
[field]
sesi = { type = "choice", label = "Sesi", choices = { pagi = "Pagi", malam = "Malam" } }
luas = { type = "number", label = "Luas" }
sekolah = { type = "yes_no", label = "Sekolah" }
ternak = { type = "rows", label = "Ternak", columns = { jenis = { type = "choice", label = "Jenis", choices = { sapi = "Sapi", ayam = "Ayam" } }, ekor = { type = "number", label = "Ekor" } } }
temuan = { type = "number", label = "Luas terukur", filled_at = "step.periksa" }
"""
STEP = """
[step.periksa]
title = "Periksa"
by = "front_office"
then = "terbit"
"""


def line(text: str) -> Definition:
    return service(FIELDS, STEP, fee=f"[fee.line]\n{text}")


@pytest.mark.parametrize(
    ("text", "values", "amount"),
    [
        ("a = { title = 'A', amount = 5_000 }", {}, 5_000),
        ("a = { title = 'A', amount = 5_000, units = 'luas' }", {"luas": 2.5}, 12_500),
        ("a = { title = 'A', amount = 5_000, units = 'luas', round = 'up_unit' }", {"luas": 2.1}, 15_000),
        ("a = { title = 'A', amount = '0.5 / 100 * 3_000' }".replace("_", ""), {}, 15),
        ("a = { title = 'A', amount = '1.005 * luas' }", {"luas": 100}, 101),
        ("a = { title = 'A', amount = 333, less = [{ when = 'sekolah', percent = 50 }] }", {"sekolah": True}, 167),
        ("a = { title = 'A', amount = 333, less = [{ when = 'sekolah', percent = 50 }] }", {"sekolah": False}, 333),
        ("a = { title = 'A', amount = 100, less = [{ percent = 25 }, { when = 'sekolah', percent = 75 }] }", {"sekolah": True}, 25),
        ("a = { title = 'A', amount = 'ekor * 1000.0', each = 'ternak' }", {"ternak": ({"jenis": "sapi", "ekor": 2}, {"jenis": "ayam", "ekor": 3})}, 5_000),
        ("a = { title = 'A', amount = 100, each = 'ternak' }", {"ternak": ()}, 0),
    ],
)  # fmt: skip
def test_a_line_comes_to_its_amount(text: str, values: dict[str, Any], amount: int) -> None:
    assert quote(line(text), values).total == amount


def test_a_line_whose_condition_does_not_hold_is_left_out_and_an_open_one_is_provisional() -> None:
    definition = line(
        "a = { title = 'A', amount = 100, when = 'sekolah' }\nb = { title = 'B', amount = 50, units = 'temuan' }"
    )
    found = quote(definition, {"sekolah": False})
    assert [one.id for one in found.lines] == ["b"]
    assert found.provisional
    assert found.missing == {"temuan"}
    assert not quote(definition, {"sekolah": True, "temuan": 3}).provisional
    assert quote(definition, {"sekolah": True, "temuan": 3}).total == 250


def test_who_is_exempt_pays_nothing_whatever_it_would_have_been() -> None:
    definition = line(
        "a = { title = 'A', amount = 100, units = 'temuan', less = [{ when = 'sekolah', percent = 100 }] }"
    )
    found = quote(definition, {"sekolah": True})
    assert (found.total, found.provisional) == (0, False)


def test_an_amount_that_the_source_does_not_state_stays_unstated() -> None:
    found = quote(line("a = { title = 'A', amount = 'not_stated' }"), {})
    assert found.lines[0].said == "not_stated"
    assert found.lines[0].amount is None


def test_a_table_has_one_amount_for_each_combination() -> None:
    fee = """
    [fee.tariff.sewa]
    by = ["sesi", "sekolah"]
    rows = [["pagi", true, 10], ["pagi", false, 20], ["malam", true, "not_offered"], ["malam", false, 40]]
    [fee.line]
    sewa = { title = "Sewa", tariff = "sewa", units = "luas" }
    """
    definition = service(FIELDS, STEP, fee=fee)
    assert quote(definition, {"sesi": "malam", "sekolah": False, "luas": 2}).total == 80
    assert not quote(definition, {"sesi": "malam", "sekolah": True, "luas": 2}).offered
    assert quote(definition, {"sesi": "malam"}).missing == {"sekolah", "luas"}


SHARES = """
[fee.line]
sewa = { title = "Sewa", amount = 1_001 }
jaminan = { title = "Jaminan", amount = 500 }
[fee.bill]
muka = { step = "periksa", share = "10%", of = ["sewa"] }
lunas = { step = "periksa", share = "rest" }
"""


def test_bills_always_add_up_to_the_total() -> None:
    definition = service(FIELDS, STEP, fee=SHARES)
    found = quote(definition, {})
    asked = [bill_amount(definition, name, found) for name in definition.fee.bill]
    assert asked == [100, 1_401]
    assert sum(amount for amount in asked if isinstance(amount, int)) == found.total


def test_a_bill_is_unknown_until_its_lines_are_known() -> None:
    definition = service(
        FIELDS,
        STEP,
        fee="[fee.line]\na = { title = 'A', amount = 5, units = 'temuan' }\n[fee.bill]\nb = { step = 'periksa' }",
    )
    assert bill_amount(definition, "b", quote(definition, {})) == Unknown(frozenset({"temuan"}))
    assert quote(definition, {"temuan": 2}).lines[0].units == Decimal(2)


PAYING = """
[field]
luas = { type = "number", label = "Luas" }
[step.periksa]
title = "Periksa"
by = "front_office"
then = "bayar"
[step.bayar]
title = "Membayar"
by = "applicant"
within = "5 hari kerja"
silence = "lapsed"
then = "ukur"
[step.ukur]
title = "Mengukur"
by = "back_office"
then = "terbit"
move.kembali = { to = "periksa" }
move.tolak = { to = "ditolak" }
"""


def paying(fee: str, **answers: Any) -> Case:
    made = case(service(PAYING, fee=fee), answers or {"luas": 10})
    made.act("move", LOKET)
    return made


PLAIN = """
[fee.line]
dasar = { title = "Dasar", amount = 100, units = "luas" }
[fee.bill]
skrd = { title = "SKRD", step = "bayar" }
"""


def test_reaching_its_step_makes_a_bill_and_paying_it_goes_on_by_itself() -> None:
    made = paying(PLAIN)
    assert made.here.open_bills()["skrd"].amount == 1_000
    made.act("pay", CITIZEN, bill="skrd")
    assert made.here.at == "ukur"
    with pytest.raises(Refused, match="not waiting for payment"):
        made.act("pay", CITIZEN, bill="skrd")


def test_nothing_to_pay_makes_no_bill_and_asks_nobody_to_pay() -> None:
    made = paying(PLAIN, luas=0)
    assert made.here.bills == {}
    assert made.here.at == "ukur"


def test_only_the_treasurer_and_the_head_of_the_office_waive_a_bill_and_only_with_a_reason() -> None:
    made = paying(PLAIN)
    treasurer = Actor("revenue_treasurer", "dpmptsp")
    for other in (CITIZEN, Actor("front_office", "dpmptsp"), Actor("revenue_treasurer", "dinas-lain")):
        with pytest.raises(Refused, match="Only an official"):
            made.act("waive", other, bill="skrd", reason="tidak mampu")
        assert "waive" not in {
            c.act for c in moves(made.definition, made.here, other, made.calendar, made.now)
        }
    assert "waive" in {c.act for c in moves(made.definition, made.here, treasurer, made.calendar, made.now)}
    with pytest.raises(Refused, match="Write the reason"):
        made.act("waive", treasurer, bill="skrd", reason=" ")
    made.act("waive", treasurer, bill="skrd", reason="tidak mampu")
    assert (made.here.at, made.here.bills["skrd"].status) == ("ukur", "waived")
    waived = next(event for event in made.events if event.kind is Kind.WAIVED)
    told = effects(made.definition, made.here, waived, made.here)
    assert [str(due.effect) for due in told] == ["tell_applicant", "waive_bills"]


KNOWN_AT_ONCE = """
[field]
luas = { type = "number", label = "Luas" }
temuan = { type = "number", label = "Luas terukur", filled_at = "step.ukur" }
[step.ukur]
title = "Mengukur"
by = "front_office"
then = "bayar"
[step.bayar]
title = "Membayar"
by = "applicant"
within = "5 hari kerja"
silence = "lapsed"
then = "periksa"
[step.periksa]
title = "Memeriksa ulang"
by = "back_office"
then = "terbit"
move.kembali = { to = "ukur" }
move.tolak = { to = "ditolak" }
correction = true
"""
MEASURED = """
[fee.line]
dasar = { title = "Dasar", amount = 100, units = "luas" }
ukur = { title = "Pengukuran", amount = 10, units = "temuan" }
[fee.bill]
skrd = { title = "SKRD", step = "bayar" }
"""


def paid(luas: int = 10, temuan: int = 10) -> Case:
    made = case(service(KNOWN_AT_ONCE, fee=MEASURED), {"luas": luas})
    made.act("find", LOKET, facts={"temuan": temuan})
    made.act("move", LOKET)
    made.act("pay", CITIZEN, bill="skrd")
    return made


def test_a_corrected_answer_that_costs_more_makes_a_second_bill_which_has_to_be_paid() -> None:
    made = paid()
    made.act("return", BACK, items={"field.luas": "lebih luas"})
    made.act("correct", CITIZEN, give=[], answers={"luas": 12})
    assert {name: (b.of, b.amount) for name, b in made.here.open_bills().items()} == {"skrd-2": ("skrd", 200)}
    with pytest.raises(Refused, match="Not paid yet: SKRD"):
        made.act("move", BACK)
    made.act("pay", CITIZEN, bill="skrd-2")
    assert made.here.at == "periksa"
    made.act("move", BACK)
    assert made.here.at == "terbit"


def test_one_that_costs_less_leaves_a_refund_to_decide_and_undoes_nothing() -> None:
    made = paid()
    made.act("return", BACK, items={"field.luas": "kurang luas"})
    made.act("correct", CITIZEN, give=[], answers={"luas": 8})
    assert made.here.refunds == {"skrd": 200}
    assert made.here.bills["skrd"].status == "paid"
    made.act("return", BACK, items={"field.luas": "ternyata benar"})
    made.act("correct", CITIZEN, give=[], answers={"luas": 10})
    assert made.here.refunds == {"skrd": 0}


def test_going_back_before_the_bill_takes_it_away_and_it_is_made_again() -> None:
    made = case(
        service(
            KNOWN_AT_ONCE.replace(
                'then = "periksa"', 'then = "periksa"\nmove.ukur_lagi = { to = "ukur", by = "front_office" }'
            ),
            fee=MEASURED,
        ),
        {"luas": 10},
    )
    made.act("find", LOKET, facts={"temuan": 10})
    made.act("move", LOKET)
    made.act("move", LOKET, to="ukur_lagi")
    assert made.here.bills["skrd"].status == "void"
    assert not any(wait.until is None for wait in made.here.waits)
    made.act("find", LOKET, facts={"temuan": 20})
    assert made.here.open_bills() == {}
    made.act("move", LOKET)
    assert {name: b.amount for name, b in made.here.open_bills().items()} == {"skrd-2": 1_200}


def test_a_refused_case_owes_nothing() -> None:
    made = paid()
    made.act("return", BACK, items={"field.luas": "lebih luas"})
    made.act("correct", CITIZEN, give=[], answers={"luas": 12})
    made.act("move", BACK, to="tolak", reason="tidak layak")
    assert made.here.bills["skrd-2"].status == "void"


def test_a_bill_can_not_be_made_before_what_it_costs_is_known() -> None:
    made = case(service(KNOWN_AT_ONCE, fee=MEASURED), {"luas": 10})
    with pytest.raises(Refused, match="Luas terukur"):
        made.act("move", LOKET)

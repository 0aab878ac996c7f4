"""What becomes known later: requirements arise or fall away, facts of a step passed over are no answer."""

from __future__ import annotations

import pytest

from kantormaya.engine import Refused, known
from kantormaya.engine.tests.small import BACK, CALENDAR, CITIZEN, HEAD, LOKET, TWO_STEPS, case, service

LATE = """
[field]
luas = { type = "number", label = "Luas", filled_at = "step.putus" }
[requirement]
ktp = { title = "KTP" }
gambar = { title = "Gambar", when = "luas > 10" }
"""


def test_a_requirement_that_hangs_on_a_finding_is_not_asked_beforehand() -> None:
    made = case(service(LATE, TWO_STEPS), given={"gambar": ()})
    assert made.here.requirements["gambar"].status == "not_needed"


def test_a_requirement_that_arises_is_given_looked_at_and_only_then_the_case_goes_on() -> None:
    made = case(service(LATE, TWO_STEPS)).accept()
    made.act("find", BACK, facts={"luas": 20})
    with pytest.raises(Refused, match="Gambar"):
        made.act("move", BACK)
    made.act("give", CITIZEN, give=["gambar"])
    made.act("check", BACK, fits=["gambar"])
    made.act("move", BACK)
    assert made.here.at == "terbit"


def test_what_arose_can_be_asked_for_by_sending_the_file_back() -> None:
    made = case(service(LATE, TWO_STEPS)).accept()
    made.act("find", BACK, facts={"luas": 20})
    made.act("return", BACK)
    correction = made.here.correction
    assert correction is not None
    assert [item.target for item in correction.items] == ["requirement.gambar"]
    assert correction.items[0].reason == "Gambar sekarang diperlukan."


def test_a_requirement_that_falls_away_stays_in_the_file_and_comes_back_with_it() -> None:
    made = case(service(LATE, TWO_STEPS)).accept()
    made.act("find", BACK, facts={"luas": 20})
    made.act("give", CITIZEN, give=["gambar"])
    made.act("find", BACK, facts={"luas": 5})
    assert made.here.requirements["gambar"].status == "not_needed"
    assert made.here.requirements["gambar"].files == ("gambar.pdf",)
    made.act("find", BACK, facts={"luas": 30})
    assert made.here.requirements["gambar"].status == "given"


def test_a_paper_needed_at_a_later_step_is_asked_there() -> None:
    needed = """
    [requirement]
    ktp = { title = "KTP" }
    bukti = { title = "Bukti bayar pajak", needed_at = "step.putus" }
    """
    made = case(service(needed, TWO_STEPS))
    made.accept()
    with pytest.raises(Refused, match="Bukti bayar pajak"):
        made.act("move", BACK)
    made.act("give", CITIZEN, give=["bukti"])
    made.act("check", BACK, fits=["bukti"])
    made.act("move", BACK)


def test_a_paper_asked_for_only_on_request_stops_nobody_until_it_is_asked_for() -> None:
    asked = """
    [requirement]
    ktp = { title = "KTP" }
    tambahan = { title = "Gambar tambahan", on_request = "step.periksa" }
    """
    made = case(service(asked, TWO_STEPS))
    made.act("return", LOKET, items={"requirement.tambahan": "kami perlu gambarnya"})
    with pytest.raises(Refused, match="Gambar tambahan"):
        made.act("correct", CITIZEN, give=[])
    made.act("correct", CITIZEN, give=["tambahan"])
    assert made.accept().here.at == "putus"


def test_a_check_that_hangs_on_a_finding_decides_itself() -> None:
    tested = """
    [field]
    skor = { type = "number", label = "Skor", filled_at = "step.putus" }
    [requirement]
    cukup = { title = "Skor paling rendah 70", kind = "check", holds = "skor >= 70" }
    """
    made = case(service(tested, TWO_STEPS)).accept()
    made.act("find", BACK, facts={"skor": 60})
    assert made.here.requirements["cukup"].status == "faulty"
    with pytest.raises(Refused, match="follows from the answers"):
        made.act("check", BACK, fits=["cukup"])
    made.act("find", BACK, facts={"skor": 80})
    made.act("move", BACK)
    assert made.here.at == "terbit"


SKIPPING = """
[field]
besar = { type = "yes_no", label = "Besar" }
catatan = { type = "text", label = "Catatan", filled_at = "step.survei" }
[task.kunjungan]
kind = "inspection"
step = "survei"
title = "Kunjungan"
by = "back_office"
[step.periksa]
title = "Periksa"
by = "front_office"
then = "survei"
[step.survei]
title = "Survei"
by = "back_office"
when = "besar"
then = "putus"
[step.putus]
title = "Putus"
by = "head_of_office"
when = "kunjungan == null || kunjungan == 'sesuai'"
then = "terbit"
move.ulang = { to = "survei" }
"""


def test_a_step_passed_over_leaves_its_facts_and_tasks_empty_so_that_nothing_hangs() -> None:
    made = case(service(SKIPPING), {"besar": False})
    made.act("move", LOKET)
    assert made.here.at == "putus"
    assert made.last().data["passed"] == ("survei",)
    values = known(made.definition, made.here, CALENDAR)
    assert values["catatan"] is None
    assert values["kunjungan"] is None


def test_a_step_entered_after_having_been_passed_over_asks_for_its_facts_after_all() -> None:
    found = SKIPPING.replace('when = "besar"', 'when = "besar || ternyata"').replace(
        "catatan =", 'ternyata = { type = "yes_no", label = "Ternyata besar", filled_at = "step.periksa", default = false }\ncatatan ='
    ).replace("move.ulang", 'move.awal = { to = "periksa" }\nmove.ulang')  # fmt: skip
    made = case(service(found), {"besar": False})
    made.act("move", LOKET)
    assert made.here.facts["catatan"] is None
    made.act("move", HEAD, to="awal")
    made.act("find", LOKET, facts={"ternyata": True})
    made.act("move", LOKET)
    made.act("answer", BACK, task="kunjungan", answer="sesuai")
    with pytest.raises(Refused, match="Catatan"):
        made.act("move", BACK)


def test_the_first_steps_conditions_know_that_the_file_was_accepted() -> None:
    dated = SKIPPING.replace(
        'when = "besar"', 'when = "days_between(submitted_on, accepted_on) >= 0 && besar"'
    )
    made = case(service(dated), {"besar": True})
    made.act("move", LOKET)
    assert made.here.at == "survei"


def test_an_accepting_step_that_is_passed_over_accepts() -> None:
    accepting = SKIPPING.replace('title = "Survei"', 'title = "Survei"\naccepts = true')
    made = case(service(accepting), {"besar": False})
    made.act("move", LOKET)
    assert made.here.accepted_at == made.now
    assert made.here.promise_from == made.now

"""Sending back: all deficiencies at once, exactly those mended, and what could have been said before is marked."""

from __future__ import annotations

import pytest

from kantormaya.engine import Refused, turn
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

ASKED = """
[field]
nama = { type = "text", label = "Nama" }
tempat = { type = "choice", label = "Tempat", choices = { rumah = "Rumah", klinik = "Klinik" } }
lokasi = { type = "text", label = "Lokasi", when = "tempat == 'rumah'" }
[requirement]
ktp = { title = "KTP" }
foto = { title = "Foto" }
denah = { title = "Denah", when = "tempat == 'rumah'" }
asli = { title = "Ijazah asli", kind = "original" }
"""


def sent_in() -> Case:
    return case(service(ASKED, TWO_STEPS), {"nama": "Contoh", "tempat": "klinik"})


def test_a_file_goes_back_with_what_the_check_found_and_what_is_added() -> None:
    made = sent_in()
    made.act("check", LOKET, deficient={"foto": "buram"})
    made.act("return", LOKET, items={"field.nama": "tidak sama dengan KTP"})
    correction = made.here.correction
    assert correction is not None
    assert {item.target for item in correction.items} == {"requirement.foto", "field.nama"}
    assert turn(made.definition, made.here, CALENDAR) == ("applicant", None)


def test_what_was_asked_has_to_be_mended_all_of_it_and_nothing_else() -> None:
    made = sent_in()
    made.act("return", LOKET, items={"requirement.foto": "buram", "field.nama": "salah"})
    with pytest.raises(Refused, match="Still missing: Nama"):
        made.act("correct", CITIZEN, give=["foto"])
    made.act("correct", CITIZEN, give=["foto", "ktp"], answers={"nama": "Benar", "tempat": "rumah"})
    assert made.here.answers["nama"] == "Benar"
    assert made.here.answers["tempat"] == "klinik"
    assert made.here.requirements["ktp"].round == 0
    assert made.here.requirements["foto"].round == 1


def test_what_is_mended_comes_in_the_number_that_is_asked() -> None:
    made = case(
        service(ASKED.replace('title = "Foto"', 'title = "Foto", count = 2'), TWO_STEPS),
        {"nama": "Contoh", "tempat": "klinik"},
    )
    made.act("return", LOKET, items={"requirement.foto": "buram"})
    with pytest.raises(Refused, match=r"Foto \(2 files are needed, 1 so far\)"):
        made.act("correct", CITIZEN, give={"foto": ("satu.jpg",)})
    made.act("correct", CITIZEN, give=["foto"])
    assert len(made.here.requirements["foto"].files) == 2


def test_a_mended_answer_asks_for_what_it_opens() -> None:
    made = sent_in()
    made.act("return", LOKET, items={"field.tempat": "keliru"})
    with pytest.raises(Refused, match="Still missing: Lokasi; Denah"):
        made.act("correct", CITIZEN, give=[], answers={"tempat": "rumah"})
    made.act("correct", CITIZEN, give=["denah"], answers={"tempat": "rumah", "lokasi": "Jalan Contoh"})
    assert made.here.answers == {"nama": "Contoh", "tempat": "rumah", "lokasi": "Jalan Contoh"}
    assert made.here.requirements["denah"].status == "given"


def test_an_alternative_that_closes_has_to_be_given_anew() -> None:
    alternatives = """
    [field]
    tempat = { type = "choice", label = "Tempat", choices = { rumah = "Rumah", klinik = "Klinik" } }
    [requirement.bukti]
    title = "Bukti tempat"
    one_of.surat = { title = "Surat pimpinan", when = "tempat == 'klinik'" }
    one_of.sewa = { title = "Surat sewa", when = "tempat == 'rumah'" }
    """
    made = case(service(alternatives, TWO_STEPS), {"tempat": "klinik"})
    made.act("return", LOKET, items={"field.tempat": "keliru"})
    with pytest.raises(Refused, match="Bukti tempat"):
        made.act("correct", CITIZEN, give=[], answers={"tempat": "rumah"})
    made.act("correct", CITIZEN, give={"bukti": {"sewa": ("s.pdf",)}}, answers={"tempat": "rumah"})
    assert made.here.requirements["bukti"].member == "sewa"


def test_a_second_return_for_what_was_there_the_first_time_is_marked_late() -> None:
    made = sent_in()
    made.act("return", LOKET, items={"requirement.foto": "buram"})
    made.act("correct", CITIZEN, give=["foto"])
    made.act("return", LOKET, items={"requirement.ktp": "tidak terbaca", "requirement.foto": "masih buram"})
    correction = made.here.correction
    assert correction is not None
    assert {item.target: item.late for item in correction.items} == {
        "requirement.ktp": True,
        "requirement.foto": False,
    }
    assert made.here.late_returns == 1


def test_an_original_cited_twice_was_cited_the_first_time_and_is_not_late() -> None:
    made = sent_in()
    made.act("return", LOKET, items={"requirement.asli": "bawa yang asli"})
    made.act("correct", CITIZEN, give=[])
    made.act("return", LOKET, items={"requirement.asli": "bukan ini"})
    assert made.here.late_returns == 0


def test_a_requirement_that_arose_since_is_not_late() -> None:
    arising = """
    [field]
    luas = { type = "number", label = "Luas", filled_at = "step.putus" }
    [requirement]
    ktp = { title = "KTP" }
    gambar = { title = "Gambar", when = "luas > 10" }
    """
    made = case(service(arising, TWO_STEPS))
    made.act("return", LOKET, items={"requirement.ktp": "buram"})
    made.act("correct", CITIZEN, give=["ktp"])
    made.accept()
    made.act("find", BACK, facts={"luas": 20})
    made.act("check", BACK, deficient={"gambar": "belum ada"})
    made.act("return", BACK)
    assert made.here.late_returns == 0


def test_the_rounds_have_a_limit_and_then_the_office_decides() -> None:
    made = sent_in()
    for _ in range(2):
        made.act("return", LOKET, items={"requirement.foto": "buram"})
        made.act("correct", CITIZEN, give=["foto"])
    with pytest.raises(Refused, match="Sent back 2 times"):
        made.act("return", LOKET, items={"requirement.foto": "buram"})


def test_a_return_needs_reasons_and_names_only_what_this_case_asks() -> None:
    made = sent_in()
    for items in (
        {},
        {"requirement.foto": " "},
        {"requirement.denah": "kurang"},
        {"field.lokasi": "?"},
        {"ktp": "?"},
    ):
        with pytest.raises(Refused):
            made.act("return", LOKET, items=items)


def test_while_the_applicant_mends_nobody_checks_moves_or_refuses() -> None:
    made = sent_in()
    made.act("return", LOKET, items={"requirement.foto": "buram"})
    for act, what in (("check", {"fits": "all"}), ("move", {}), ("move", {"to": "tolak", "reason": "lama"})):
        with pytest.raises(Refused):
            made.act(act, LOKET, **what)


def test_without_a_limit_for_the_correction_the_office_may_still_refuse() -> None:
    definition = service(ASKED, TWO_STEPS, promise='[promise]\nwithin = "5 hari kerja"')
    made = case(definition, {"nama": "Contoh", "tempat": "klinik"})
    made.act("return", LOKET, items={"requirement.foto": "buram"})
    made.act("move", LOKET, to="tolak", reason="tidak ada kabar")
    assert made.here.at == "ditolak"
    assert made.here.correction is None


def test_what_is_mended_after_acceptance_is_looked_at_before_the_case_goes_on() -> None:
    made = sent_in().accept()
    made.act("return", BACK, items={"requirement.foto": "buram"})
    made.act("correct", CITIZEN, give=["foto"])
    with pytest.raises(Refused, match="Not yet found to fit: Foto"):
        made.act("move", BACK)
    made.act("check", BACK, fits=["foto"])
    made.act("move", BACK)
    assert made.here.at == "terbit"


def test_the_office_waits_unless_its_clock_runs_on() -> None:
    runs = PROMISE.replace('silence = "lapsed" }', 'silence = "lapsed", clock = "runs" }')
    for promise, waits in ((PROMISE, 1), (runs, 0)):
        made = case(service(ASKED, TWO_STEPS, promise=promise), {"nama": "Contoh", "tempat": "klinik"})
        made.act("return", LOKET, items={"requirement.foto": "buram"})
        assert len(made.here.waits) == waits

"""Handing in: everything that is missing at once, and nothing that is not asked."""

from __future__ import annotations

import pytest

from kantormaya.engine import Refused
from kantormaya.engine.tests.small import ENDS, TWO_STEPS, case, service
from kantormaya.language.evaluating import About

ASKED = """
[field]
tempat = { type = "choice", label = "Tempat", choices = { rumah = "Rumah", klinik = "Klinik" } }
lokasi = { type = "text", label = "Lokasi", when = "tempat == 'rumah'" }
kursi = { type = "number", label = "Kursi", default = 3 }
[requirement]
ktp = { title = "KTP" }
denah = { title = "Denah", when = "tempat == 'rumah'" }
kuasa = { title = "Surat kuasa", when = "by_proxy" }
asli = { title = "Ijazah asli", kind = "original" }
"""


def test_everything_missing_is_told_at_once() -> None:
    with pytest.raises(Refused) as refused:
        case(service(ASKED, TWO_STEPS), {"tempat": "rumah"}, given={"ktp": (), "denah": ()})
    assert refused.value.text.id == "Belum lengkap: Lokasi; KTP; Denah."


def test_what_is_not_asked_is_neither_needed_nor_kept() -> None:
    made = case(service(ASKED, TWO_STEPS), {"tempat": "klinik", "lokasi": "Jalan Contoh"})
    assert made.here.answers == {"tempat": "klinik", "kursi": 3}
    assert made.here.requirements["denah"].status == "not_needed"
    assert made.here.requirements["denah"].files == ()
    assert made.here.requirements["ktp"].status == "given"


def test_a_power_of_attorney_is_asked_of_a_representative_only() -> None:
    made = case(service(ASKED, TWO_STEPS), {"tempat": "klinik"}, about=About(by_proxy=True))
    assert made.here.requirements["kuasa"].status == "given"
    assert (
        case(service(ASKED, TWO_STEPS), {"tempat": "klinik"}).here.requirements["kuasa"].status
        == "not_needed"
    )


def test_two_photos_are_two_photos_when_the_application_is_handed_in() -> None:
    asked = service(
        ASKED.replace("[requirement]", '[requirement]\nfoto = { title = "Foto", count = 2 }', 1), TWO_STEPS
    )
    with pytest.raises(Refused) as refused:
        case(asked, {"tempat": "rumah", "lokasi": "Jalan Contoh"}, given={"foto": ("satu.jpg",)})
    assert refused.value.text.id == "Belum lengkap: Foto (perlu 2 berkas, baru 1)."
    assert refused.value.text.said("en") == "Still missing: Foto (2 files are needed, 1 so far)."


def test_an_original_is_seen_by_the_office_and_not_handed_in() -> None:
    made = case(service(ASKED, TWO_STEPS), {"tempat": "klinik"})
    assert made.here.requirements["asli"].status == "missing"
    assert made.accept().here.requirements["asli"].status == "accepted"


def test_a_variant_or_a_kind_of_applicant_that_does_not_exist_is_refused() -> None:
    definition = service(TWO_STEPS).model_copy(update={"variants": {"baru": "Baru"}})
    with pytest.raises(Refused, match="kind of application"):
        case(definition)
    with pytest.raises(Refused, match="kind of applicant"):
        case(service(TWO_STEPS), about=About(applicant_kind="instansi"))


ONE_OF = """
[field]
tempat = { type = "choice", label = "Tempat", choices = { rumah = "Rumah", klinik = "Klinik" } }
[requirement.bukti]
title = "Bukti tempat"
one_of.surat = { title = "Surat pimpinan", when = "tempat == 'klinik'" }
one_of.sewa = { title = "Surat sewa", when = "tempat == 'rumah'" }
one_of.milik = { title = "Sertifikat", when = "tempat == 'rumah'" }
"""


def test_of_alternatives_one_that_is_open_is_given() -> None:
    made = case(service(ONE_OF, TWO_STEPS), {"tempat": "rumah"}, given={"bukti": {"sewa": ("a.pdf",)}})
    assert made.here.requirements["bukti"].member == "sewa"
    with pytest.raises(Refused, match="choose one that is open"):
        case(service(ONE_OF, TWO_STEPS), {"tempat": "klinik"}, given={"bukti": {"sewa": ("a.pdf",)}})
    with pytest.raises(Refused, match="choose one that is open"):
        case(service(ONE_OF, TWO_STEPS), {"tempat": "rumah"}, given={"bukti": ("a.pdf",)})


def test_the_only_open_alternative_need_not_be_named() -> None:
    made = case(service(ONE_OF, TWO_STEPS), {"tempat": "klinik"}, given={"bukti": ("a.pdf",)})
    assert made.here.requirements["bukti"].member == "surat"


def test_when_nobody_knows_what_counts_the_officer_decides() -> None:
    open_ = ONE_OF.replace('title = "Bukti tempat"', 'title = "Bukti tempat"\nif_none = "officer"')
    made = case(service(open_, TWO_STEPS), {"tempat": "rumah"}, given={"bukti": ()})
    assert made.here.requirements["bukti"].status == "missing"
    assert made.accept().here.at == "putus"


def test_answers_that_rule_it_out_are_refused_before_anything_is_begun() -> None:
    grown = """
    [field]
    umur = { type = "number", label = "Umur" }
    [requirement]
    dewasa = { title = "Berumur 17 tahun", kind = "check", holds = "umur >= 17" }
    """
    with pytest.raises(Refused, match="Not yet met: Berumur 17"):
        case(service(grown, TWO_STEPS), {"umur": 16})
    assert case(service(grown, TWO_STEPS), {"umur": 17}).here.requirements["dewasa"].status == "accepted"


def test_a_combination_that_is_not_offered_is_refused() -> None:
    priced = """
    [field]
    sesi = { type = "choice", label = "Sesi", choices = { pagi = "Pagi", malam = "Malam" } }
    """
    fee = """
    [fee.tariff.sewa]
    by = ["sesi"]
    rows = [["pagi", 100], ["malam", "not_offered"]]
    [fee.line]
    sewa = { title = "Sewa", tariff = "sewa" }
    """
    with pytest.raises(Refused, match="not offered: Sewa"):
        case(service(priced, TWO_STEPS, fee=fee), {"sesi": "malam"})


def test_lists_are_kept_as_they_come_back_from_json() -> None:
    rows = """
    [field]
    orang = { type = "rows", label = "Orang", columns = { nama = { type = "text", label = "Nama" } } }
    """
    made = case(service(rows, TWO_STEPS, ends=ENDS), {"orang": [{"nama": "Contoh"}]})
    assert made.here.answers["orang"] == ({"nama": "Contoh"},)

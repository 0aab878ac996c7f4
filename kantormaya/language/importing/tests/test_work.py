"""Steps, times, fees and ends arrive as the page says them; what it leaves open stays open and is asked."""

from __future__ import annotations

from typing import Any

from kantormaya.language.importing import import_record
from kantormaya.language.importing.tests.sample import SAMPLE, made, price, step


def limit(value: Any, unit: str, working: Any, condition: str | None = None) -> dict[str, Any]:
    return {"value": value, "unit": unit, "working": working, "condition": condition}


def test_the_offices_steps_run_one_after_another_and_handing_in_is_only_said() -> None:
    definition = made()
    assert [(s["by"], s["within"], s["then"]) for s in definition["step"].values()] == [
        ("front_office", "1 hari kerja", "tanda_tangan"),
        ("kepala_dinas", "2 hari kerja", "terbit"),
    ]
    assert "1. Pemohon: Menyerahkan berkas" in definition["standard"]["as_published"][0]


def test_the_step_that_signs_signs_the_product() -> None:
    definition = made()
    assert definition["step"]["tanda_tangan"]["signs"] == list(definition["product"])


def test_a_step_without_a_duration_gets_none() -> None:
    definition = made(steps=[step("Verifikasi", "Petugas")])
    assert "within" not in definition["step"]["verifikasi"]


def test_two_steps_of_one_name_are_told_apart_by_who_does_them() -> None:
    chain = [step("Paraf", "Kasi"), step("Paraf", "Kabid"), step("Tanda tangan", "Kepala Dinas")]
    assert [s["title"] for s in made(steps=chain)["step"].values()][:2] == ["Paraf (Kasi)", "Paraf (Kabid)"]


def test_a_payment_in_mid_course_is_the_applicants_step_with_the_bill() -> None:
    paid = [
        step("Verifikasi", "Petugas"),
        step("Membayar retribusi", "Pemohon"),
        step("Penyerahan", "Petugas"),
    ]
    definition = made(steps=paid, fee={"text": "Rp5.000", "amounts": [price(5000)], "formula": None})
    assert definition["step"]["membayar_retribusi"] | {"title": ""} == {
        "title": "",
        "by": "applicant",
        "within": "not_stated",
        "silence": "remind",
        "then": "penyerahan",
    }
    assert definition["fee"]["bill"]["tagihan"]["step"] == "membayar_retribusi"


def test_a_branch_that_sends_the_file_back_is_a_correction_and_no_step() -> None:
    flow = [
        step("Mencatat", "Petugas"),
        step("Mengembalikan bila tidak lengkap", "Petugas"),
        step("Cetak", "Petugas"),
    ]
    definition = made(steps=flow)
    assert list(definition["step"]) == ["mencatat", "cetak"]
    assert definition["step"]["mencatat"]["correction"] is True


def test_silence_ends_the_case_where_the_page_says_so() -> None:
    flow = [
        step("Visitasi", "Tim"),
        step("Bila tidak memenuhi lebih dari 2 bulan, harus mengajukan permohonan baru", "Pemohon"),
        step("Memenuhi persyaratan", "Pemohon"),
        step("Menerbitkan", "Dinas"),
    ]
    turn = made(steps=flow)["step"]["memenuhi_persyaratan"]
    assert (turn["within"], turn["silence"]) == ("2 bulan", "lapsed")


def test_another_agencys_actor_works_on_that_agencys_desk() -> None:
    flow = [step("Verifikasi", "Front Office"), step("Konfirmasi pajak", "Bapenda")]
    assert made(steps=flow)["step"]["konfirmasi_pajak"]["at"] == "bapenda-kab-contoh"


def test_the_public_objects_to_what_is_announced() -> None:
    flow = [
        step("Mengumumkan", "Petugas"),
        step("Memberi sanggahan", "Masyarakat"),
        step("Memutuskan", "Petugas"),
    ]
    task = made(steps=flow)["task"]["memberi_sanggahan"]
    assert (task["kind"], task["step"], task["objections"]) == (
        "announcement",
        "mengumumkan",
        {"from": ["public"]},
    )


def test_a_page_without_steps_gets_one_that_stands_for_them_and_a_question() -> None:
    one = import_record(SAMPLE | {"steps": None})
    assert any("What are the steps?" in str(question.en) for question in one.questions)


def test_a_bare_day_stays_bare_is_read_by_one_rule_and_is_doubtful() -> None:
    one = import_record(SAMPLE | {"total_time": limit(7, "hari", "unknown")})
    definition = made(total_time=limit(7, "hari", "unknown"))
    assert (definition["promise"]["within"], definition["promise"]["reads_hari_as"]) == ("7 hari", "kerja")
    assert any("without its kind" in str(doubt.en) for doubt in one.doubts)


def test_limits_by_class_are_cases_over_a_choice_that_is_asked_first() -> None:
    classes = [limit(2, "hari", True, "1 lantai"), limit(9, "hari", True, "di atas 1 lantai")]
    definition = made(total_time=classes[0], time_variants=classes)
    assert [case["is"] for case in definition["promise"]["within"]] == ["2 hari kerja", "9 hari kerja"]
    assert list(definition["field"]["golongan_waktu"]["choices"].values()) == ["1 lantai", "di atas 1 lantai"]


def test_an_added_time_is_an_extension() -> None:
    both = [limit(10, "hari", True), limit(7, "hari", True, "tambahan")]
    assert made(total_time=both[0], time_variants=both)["promise"]["extension"]["for"] == "7 hari kerja"


def test_steps_that_take_longer_than_the_promise_are_a_doubt() -> None:
    one = import_record(SAMPLE | {"total_time": limit(2, "hari", True)})
    assert any("longer together" in str(doubt.en) for doubt in one.doubts)


def test_amounts_without_units_are_a_choice_of_one() -> None:
    fee = made(
        fee={"text": None, "amounts": [price(9000, "Blok A"), price(4000, "Blok B")], "formula": None}
    )["fee"]
    assert fee["tariff"]["tarif"]["rows"] == [["blok_a", 9000], ["blok_b", 4000]]


def test_amounts_per_unit_ask_how_many() -> None:
    definition = made(fee={"text": None, "amounts": [price(7500, "Sewa lahan", "m2/bulan")], "formula": None})
    line = definition["fee"]["line"]["sewa_lahan"]
    first, second = line["units"].split(" * ")
    assert [definition["field"][name]["unit"] for name in (first, second)] == ["m2", "bulan"]


def test_a_total_is_charged_and_its_parts_are_only_said() -> None:
    amounts = [price(30, "Jantan", "ekor"), price(10, "Kandang"), price(20, "Tempat")]
    definition = made(fee={"text": None, "amounts": amounts, "formula": None}, features=["sum_of_items"])
    assert list(definition["fee"]["line"]) == ["jantan"]
    assert "Bagian dari Jantan: Kandang Rp10" in definition["standard"]["as_published"]


def test_a_formula_in_words_is_reckoned_by_an_officer_and_said() -> None:
    definition = made(fee={"text": "1% x luas", "amounts": None, "formula": "0.01 * luas * nilai"})
    name = definition["fee"]["line"]["biaya"]["amount"]
    assert definition["field"][name]["type"] == "money"
    assert definition["field"][name]["help"] == "0.01 * luas * nilai"


def test_a_tariff_in_an_annex_stays_not_stated() -> None:
    definition = made(fee={"text": "Sesuai Perda", "amounts": None, "formula": None})
    assert definition["fee"]["line"]["biaya"]["amount"] == "not_stated"


def test_free_beside_a_payment_is_a_doubt_and_makes_no_bill() -> None:
    paid = [step("Verifikasi", "Petugas"), step("Membayar", "Pemohon"), step("Penyerahan", "Petugas")]
    one = import_record(SAMPLE | {"steps": paid})
    assert "bill" not in made(steps=paid)["fee"]
    assert any("yet there is a step" in str(doubt.en) for doubt in one.doubts)


def test_a_paper_that_a_later_step_makes_is_asked_for_there() -> None:
    paid = [step("Verifikasi", "Petugas"), step("Membayar", "Pemohon"), step("Penyerahan", "Petugas")]
    definition = made(steps=paid, requirements=["Bukti pembayaran retribusi"])
    assert definition["requirement"]["bukti_pembayaran_retribusi"]["needed_at"] == "step.membayar"


def test_no_product_is_an_act_and_a_question() -> None:
    one = import_record(SAMPLE | {"product": None})
    assert [product["kind"] for product in made(product=None)["product"].values()] == ["act"]
    assert any("What does one get" in str(question.en) for question in one.questions)


def test_a_product_holds_as_long_as_said_with_the_reports_due_meanwhile() -> None:
    product = made(validity="2 tahun, lapor tiap 6 bulan")["product"]["izin_reklame"]
    assert product["valid"] == {"for": "2 tahun", "says": "2 tahun, lapor tiap 6 bulan"}
    assert product["duty"]["lapor"]["every"] == "6 bulan"


def test_a_password_is_never_asked_for() -> None:
    asked = [{"name": "User-ID dan sandi OSS", "required": True, "note": None}]
    definition = made(input_fields=asked)
    assert "field" not in definition
    assert "Isian formulir: User-ID dan sandi OSS" in definition["standard"]["as_published"]

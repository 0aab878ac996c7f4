"""Free words become a rule only where they name something known; everything else is asked."""

from __future__ import annotations

from typing import Any

import pytest

from kantormaya.language.importing.tests.sample import made, under


def when(definition: dict[str, Any]) -> Any:
    return list(definition["requirement"].values())[-1].get("when")


@pytest.mark.parametrize(
    ("words", "rule"),
    [
        ("perpanjangan", "variant == 'perpanjangan'"),
        ("khusus perpanjangan", "variant == 'perpanjangan'"),
        ("reklame baru", "variant == 'baru'"),
        ("baru dan perpanjangan", "variant in ['baru', 'perpanjangan']"),
        ("perorangan", "applicant_kind == 'perorangan'"),
        ("badan usaha", "applicant_kind == 'badan_usaha'"),
        ("badan hukum", "applicant_kind in ['badan_usaha', 'lembaga']"),
        ("dikuasakan", "by_proxy"),
        ("WNA", "applicant_foreign"),
        ("layanan luring", "channel == 'counter'"),
        ("ukuran di atas 12 m2", "ukuran > 12"),
    ],
)
def test_what_the_words_name_becomes_a_rule(words: str, rule: str) -> None:
    definition = under(words)
    assert when(definition) == rule
    assert list(definition["requirement"].values())[-1]["says"] == words


def test_what_cannot_be_read_is_asked_in_the_form_before_the_rest() -> None:
    definition = under("reklame menempel pada bangunan")
    name = when(definition)
    assert definition["field"][name] == {
        "type": "yes_no",
        "label": "Reklame menempel pada bangunan",
        "ask_first": True,
    }


def test_a_denial_is_never_split_into_what_it_denies() -> None:
    definition = under("tidak mengajukan baru/perpanjangan")
    assert definition["field"][when(definition)]["type"] == "yes_no"


def test_an_unknown_alternative_is_asked_beside_the_known_one() -> None:
    definition = under("ganti status / perpanjangan")
    assert when(definition) == "variant == 'perpanjangan' || ganti_status"


def test_a_narrowed_variant_is_asked_only_for_that_variant() -> None:
    definition = under("perpanjangan karena pindah")
    assert when(definition) == "variant == 'perpanjangan' && perpanjangan_karena_pindah"
    assert definition["field"]["perpanjangan_karena_pindah"]["when"] == "variant == 'perpanjangan'"


def test_the_same_condition_is_asked_once_and_its_opposite_not_again() -> None:
    items = [
        ("Pernyataan A", "pernah menikah"),
        ("Surat B", "pernah menikah"),
        ("Surat C", "belum pernah menikah"),
    ]
    definition = made(conditional_requirements=[{"requirement": r, "condition": c} for r, c in items])
    assert [r.get("when") for r in definition["requirement"].values()][2:] == [
        "pernah_menikah",
        "pernah_menikah",
        "!pernah_menikah",
    ]


def test_a_letter_of_proxy_tells_what_a_third_person_means() -> None:
    assert when(under("pihak ketiga", "Surat kuasa")) == "by_proxy"
    assert when(under("pihak ketiga", "Perjanjian sewa")) != "by_proxy"


def test_time_since_an_event_is_reckoned_from_a_date_the_form_asks_for() -> None:
    definition = under("melampaui 60 hari kerja sejak lahir")
    assert definition["field"]["lahir_on"]["type"] == "date"
    assert definition["term"][when(definition)]["is"] == "workdays_between(lahir_on, submitted_on) > 60"


def test_days_of_an_unknown_kind_are_asked_not_reckoned() -> None:
    definition = under("melampaui 60 hari sejak lahir")
    assert definition["field"][when(definition)]["type"] == "yes_no"


def test_an_officers_discretion_and_an_optional_paper_are_no_questions() -> None:
    assert list(under("bila perlu")["requirement"].values())[-1]["on_request"] == "step.verifikasi"
    assert list(under("bila ada")["requirement"].values())[-1]["optional"] is True


def test_a_substitute_stands_beside_the_paper_it_replaces() -> None:
    definition = under("pengganti KTP bila KTP masih dalam proses", "Surat keterangan perekaman")
    assert list(definition["requirement"]) == ["permohonan", "ktp"]
    assert [member["title"] for member in definition["requirement"]["ktp"]["one_of"].values()] == [
        "Fotokopi KTP",
        "Surat keterangan perekaman",
    ]


def test_kinds_of_applicant_among_the_variants_are_an_axis_of_their_own() -> None:
    definition = made(variants=["perorangan", "badan usaha", "baru", "perpanjangan"])
    assert list(definition["variants"]) == ["baru", "perpanjangan"]
    assert definition["party"]["applicant"]["kinds"] == ["perorangan", "badan_usaha"]


def test_a_second_axis_becomes_a_choice() -> None:
    definition = made(
        variants=["rawat jalan", "rawat inap", "baru", "perpanjangan"], features=["two_axis_condition"]
    )
    assert list(definition["variants"]) == ["baru", "perpanjangan"]
    assert list(definition["field"]["jenis"]["choices"]) == ["rawat_jalan", "rawat_inap"]

"""What a paper says, taken from the definition."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from kantormaya.language.asking import Field
from kantormaya.language.reading import load
from kantormaya.language.texts import Text
from kantormaya.permits.numbering import pattern_fault
from kantormaya.permits.wording import shown, words_of

MIDWIFE = Path(__file__).parents[3] / "services" / "izin-praktik-bidan" / "service.toml"


def test_answers_are_written_as_people_write_them() -> None:
    money = Field(type="money", label=Text("Biaya"))
    choice = Field(type="choice", label=Text("Tempat"), choices={"mandiri": Text("Praktik mandiri")})
    area = Field(type="number", label=Text("Luas"), unit="m²")
    assert shown(50_000, money) == "Rp\N{NO-BREAK SPACE}50.000"
    assert shown("mandiri", choice) == "Praktik mandiri"
    assert shown(1284.5, area) == "1.284,5 m²"
    assert (
        shown({"address": "Jalan Contoh 1", "lat": -2.88, "lon": 103.83, "village": "16.06.01.1012"})
        == "Jalan Contoh 1, Kelurahan Balai Agung, Kecamatan Sekayu, titik -2.88000, 103.83000"
    )
    village = Field(type="region", label=Text("Desa"))
    assert shown("16.06.13.2001", village).endswith(", Kecamatan Lawang Wetan")
    assert shown("199008172015032001", Field(type="nip", label=Text("NIP"))) == "19900817 201503 2 001"
    assert shown(True) == "Ya"
    on = shown("2026-09-02", Field(type="date", label=Text("Tanggal")))
    assert on.split("\N{NO-BREAK SPACE}") == ["Rabu", "2", "September", "2026"]
    assert shown(("a", "b")) == "a, b"


def test_the_words_of_a_permit_come_from_its_definition() -> None:
    definition = load(MIDWIFE).definition
    assert definition is not None
    said = words_of(
        definition, "sipb", {"tempat": "mandiri", "str_sampai_on": date(2028, 1, 1)}, holder="Pemohon Contoh"
    )
    assert said.title == Text("Surat Izin Praktik Bidan", "Midwife practice licence")
    assert said.facts[0] == ("Nama", "Pemohon Contoh")
    place = definition.field["tempat"]
    assert (place.label.id, place.choices["mandiri"].id) in said.facts
    assert said.validity == {"for": "5 tahun", "not_after": "2028-01-01"}
    assert said.basis
    assert pattern_fault(said.pattern) is None


def test_a_refusal_says_why_and_what_one_can_do() -> None:
    definition = load(MIDWIFE).definition
    assert definition is not None
    product = definition.outcome["ditolak"].products[0]
    said = words_of(definition, product, {}, holder="Pemohon Contoh", reasons=("STR tidak berlaku.",))
    assert said.reasons == ("STR tidak berlaku.",)
    assert "belum dapat mengabulkan" in said.opening
    assert "Keberatan tertulis" in said.decision


def test_a_product_finds_its_own_template_then_the_permit_of_the_service_then_the_shared_letter() -> None:
    definition = load(MIDWIFE).definition
    assert definition is not None

    def name(product: str, *files: str) -> str:
        given = dict.fromkeys(files, "…")
        return words_of(definition, product, {}, holder="Pemohon Contoh", files=given).template_name

    refusal = definition.outcome["ditolak"].products[0]
    assert name("sipb", "permit.typ", "sipb.typ") == "izin-praktik-bidan/sipb.typ"
    assert name("sipb", "permit.typ") == "izin-praktik-bidan/permit.typ"
    assert name(refusal, "permit.typ") == name("sipb") == "surat.typ"

"""What people type, checked field by field."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kantormaya.language import identity
from kantormaya.language.answers import from_json, read, to_json
from kantormaya.language.asking import Field
from kantormaya.language.readers import READERS
from kantormaya.language.texts import Text

KINDS = [*READERS, "moment", "rows"]


def field(kind: str, **more: Any) -> Field:
    extra: dict[str, Any] = {"choices": {"a": "A", "b": "B"}} if kind in ("choice", "choices") else {}
    if kind == "rows":
        extra = {
            "columns": {
                "nama": {"type": "text", "label": "Nama"},
                "luas": {"type": "number", "label": "Luas"},
            }
        }
    return Field.model_validate({"type": kind, "label": {"id": "Isian", "en": "Field"}, **extra, **more})


def place(
    address: str, lat: float | None = None, lon: float | None = None, village: str | None = None
) -> Any:
    return {"lat": lat, "lon": lon, "address": address, "village": village}


@pytest.mark.parametrize(
    ("kind", "typed", "value"),
    [
        ("text", "  Toko   Maju\n", "Toko Maju"),
        ("long_text", "satu\r\ndua", "satu\ndua"),
        ("number", "1.250,5", Decimal("1250.5")),
        ("number", "1,250.5", Decimal("1250.5")),
        ("number", "12,5", Decimal("12.5")),
        ("number", "12.5", Decimal("12.5")),
        ("number", "1.250", 1250),
        ("number", "-3", -3),
        ("money", "Rp 1.500.000,-", 1_500_000),
        ("date", "2026-02-28", date(2026, 2, 28)),
        ("date", "28/2/2026", date(2026, 2, 28)),
        ("yes_no", "ya", True),
        ("yes_no", "tidak", False),
        ("choice", "b", "b"),
        ("choices", ["b", "a"], ("a", "b")),
        ("place", "Jalan Merdeka", place("Jalan Merdeka")),
        ("place", {"lat": "-2,88", "lon": "103.8"}, place("", -2.88, 103.8)),
        ("place", {"address": "A", "point": "-2.88612, 103.83814"}, place("A", -2.88612, 103.83814)),
        ("place", {"address": "A", "point": "-2,88612;103,83814"}, place("A", -2.88612, 103.83814)),
        ("place", {"address": "A", "village": "1606011012"}, place("A", village="16.06.01.1012")),
        ("region", "1606011012", "16.06.01.1012"),
        ("region", "16.06.13", "16.06.13"),
        ("nib", "0000 0000 00001", "0000000000001"),
        ("npwp", "01.312.166.0-091.000", "013121660091000"),
        ("nip", "19900817 201503 2 001", "199008172015032001"),
        ("nik", "1606 0157 0890 0001", "1606015708900001"),
        ("phone", "0812-3456-7890", "+6281234567890"),
        ("email", " a@contoh.id ", "a@contoh.id"),
        ("rows", [{"nama": "A", "luas": "1,5"}], ({"nama": "A", "luas": Decimal("1.5")},)),
    ],
)
def test_what_people_type_becomes_a_value_and_survives_storage(kind: str, typed: Any, value: Any) -> None:
    found = read(field(kind), typed)
    assert found == value
    assert type(found) is type(value)
    assert from_json(field(kind), to_json(field(kind), found)) == value


@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        ("number", "seribu"),
        ("number", "1.2.3"),
        ("number", "1e400"),
        ("number", "9" * 200),
        ("money", "12,5"),
        ("date", "31-02-2026"),
        ("date", "besok"),
        ("moment", "nanti"),
        ("yes_no", "mungkin"),
        ("choice", "c"),
        ("choices", ["a", "z"]),
        ("place", {"lat": "123", "lon": "5"}),
        ("place", {"address": "A", "point": "di depan masjid"}),
        ("place", {"address": "A", "point": "51.5, -0.12"}),
        ("place", {"address": "", "village": "16.06.01.1012"}),
        ("place", {"address": "A", "village": ""}),
        ("place", {"address": "A", "village": "16.06.99.0001"}),
        ("nib", "123"),
        ("nip", "199008172015039001"),
        ("region", "Sekayu"),
        ("region", "16.06.01.1001"),
        ("nik", "1606013902900001"),
        ("nik", "1606017208900001"),
        ("nik", "16060157089000"),
        ("phone", "12"),
        ("email", "a@b"),
        ("region", "16.06.1"),
        ("rows", [{"nama": "A", "luas": "x"}]),
        ("text", "x" * 301),
    ],
)
def test_what_cannot_be_right_is_said_in_both_languages(kind: str, typed: Any) -> None:
    found = read(field(kind), typed)
    assert isinstance(found, Text)
    assert found.id
    assert found.en


@given(
    st.sampled_from(KINDS), st.text(max_size=40) | st.none() | st.integers() | st.lists(st.text(max_size=5))
)
@settings(max_examples=300, deadline=None)
def test_anything_at_all_gives_a_value_or_a_sentence(kind: str, typed: Any) -> None:
    found = read(field(kind), typed)
    if not isinstance(found, Text):
        assert from_json(field(kind), to_json(field(kind), found)) == found


def test_a_moment_without_a_zone_is_read_in_the_zone_of_the_office() -> None:
    found = read(field("moment"), "2026-03-02T09:30")
    assert isinstance(found, datetime)
    assert found.isoformat() == "2026-03-02T09:30:00+07:00"


def test_a_point_whose_figures_changed_places_is_told_so_and_not_turned_silently() -> None:
    turned = read(field("place"), {"address": "A", "point": "103.83814, -2.88612"})
    assert "tertukar" in str(turned)
    assert "di luar Indonesia" in str(read(field("place"), {"address": "A", "point": "2.88612, 3.8"}))


def test_bounds_may_be_numbers_dates_or_other_answers() -> None:
    assert str(read(field("number", min=1), "0")) == "Paling sedikit 1."
    assert read(field("date", min="today"), "2026-03-01", today=date(2026, 3, 1)) == date(2026, 3, 1)
    late = read(field("date", min="today"), "2026-02-28", today=date(2026, 3, 1))
    assert str(late) == "Tidak sebelum Minggu 1 Maret 2026."
    assert str(read(field("number", max="luas"), "7", values={"luas": 5})) == "Paling banyak 5."
    assert read(field("number", max="luas"), "7") == 7


def test_a_blank_answer_is_none_only_where_it_may_be_blank() -> None:
    assert read(field("text", required=False), "  ") is None
    assert str(read(field("text"), "")) == "Isi Isian."


def test_a_woman_s_birth_day_has_forty_added_and_an_unknown_region_is_only_a_doubt() -> None:
    assert identity.nik("9999015708900001") == "9999015708900001"
    assert identity.nik_doubt("9999015708900001") is not None
    assert identity.nik_doubt("1606015708900001") is None


@pytest.mark.parametrize(
    ("check", "good", "bad"),
    [
        (identity.nib, "1234567890123", "123"),
        (identity.npwp, "01.312.166.0-091.000", "01.312.166.1-091.000"),
        (identity.npwp, "1606015708900001", "1606019908900001"),
        (identity.nip, "19900817 201503 2 001", "19901317 201503 2 001"),
    ],
)
def test_numbers_of_firms_and_officials_are_checked(check: Any, good: str, bad: str) -> None:
    assert isinstance(check(good), str)
    assert isinstance(check(bad), Text)

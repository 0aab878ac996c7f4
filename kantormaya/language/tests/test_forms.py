"""Forms of either door: what is shown can be read again, lists grow and shrink, and answers are said in words."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from kantormaya.expressions import Expression
from kantormaya.language.asking import Field
from kantormaya.language.forms import changed_lines, in_words, read_fields, show, written
from kantormaya.language.texts import Text, joined

LABEL = Text("Isian", "Answer")
PEOPLE = Field(
    type="rows", label=LABEL,
    columns={"nama": Field(type="text", label=Text("Nama", "Name")), "hadir": Field(type="yes_no", label=Text("Hadir", "Present"))},
)  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("number", 1250), ("number", Decimal("0.125")), ("money", 2_500_000), ("date", date(2026, 9, 2)),
        ("phone", "+6281234567890"), ("moment", datetime(2026, 9, 2, 1, 30, tzinfo=UTC)), ("text", "Depot Contoh"),
    ],
)  # fmt: skip
def test_a_value_shown_in_its_input_is_read_as_the_same_value(kind: Any, value: Any) -> None:
    field = Field(type=kind, label=LABEL)
    answers, problems = read_fields({"x": field}, {"x": [str(written(field, value))]}, values={})
    assert (answers["x"], problems) == (value, {})
    assert in_words(field, value) is not None


def test_a_list_grows_and_shrinks_by_its_buttons_and_keeps_what_was_typed() -> None:
    typed = {"orang.0.nama": ["Satu"], "orang.1.nama": ["Dua"], "orang.1.hadir": ["ya"]}
    longer = changed_lines({"orang": PEOPLE}, {**typed, "tambah": ["orang"]})
    assert longer is not None and [line.get("nama") for line in longer["orang"]] == ["Satu", "Dua", None]
    shorter = changed_lines({"orang": PEOPLE}, {**typed, "hapus": ["orang.0"]})
    assert shorter is not None and [line["nama"] for line in shorter["orang"]] == ["Dua"]
    assert changed_lines({"orang": PEOPLE}, typed) is None
    assert changed_lines({"orang": PEOPLE}, {**typed, "tambah": ["lain"]}) is None
    shown = show("orang", PEOPLE, posted=typed, lines=longer["orang"])
    assert [line[0].value for line in shown.lines] == ["Satu", "Dua", ""]


def test_a_bound_may_speak_of_another_answer_on_the_page() -> None:
    end = Field(type="date", label=LABEL, min=Expression.read("mulai"))
    fields = {"mulai": Field(type="date", label=LABEL), "akhir": end}
    _, problems = read_fields(fields, {"mulai": ["2026-09-02"], "akhir": ["2026-09-01"]}, values={})
    assert set(problems) == {"akhir"}


def test_texts_are_joined_in_each_language_by_a_string_or_a_text() -> None:
    both = [Text("satu", "one"), Text("dua")]
    assert joined(both) == Text("satu; dua", "one; dua")
    assert joined(iter(both), Text(" dan ", " and ")) == Text("satu dan dua", "one and dua")

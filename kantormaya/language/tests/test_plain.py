"""What people typed, as it can be kept."""

from __future__ import annotations

import json
import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kantormaya.language.asking import Field
from kantormaya.language.plain import all_plain, plain, whole
from kantormaya.language.readers import READERS

HIDES = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}


def test_nothing_that_hides_is_kept_whatever_its_alphabet() -> None:
    kept = [
        chr(n)
        for n in range(sys.maxunicode + 1)
        if unicodedata.category(chr(n)) in HIDES and chr(n) in plain(chr(n))
    ]
    assert kept == ["\t", "\n", "\r"]


@pytest.mark.parametrize(
    "hidden",
    ["\u115f", "\u3164", "\uffa0", "\u2800", "\u034f", "\ufe0f", "\U000e0101", "\ufffe", "\U0001ffff"],
)
def test_signs_that_draw_nothing_are_taken_out(hidden: str) -> None:
    assert plain(f"Budi{hidden}Santoso") == "BudiSantoso"


@pytest.mark.parametrize(
    "word",
    [
        "Siti Nurhaliza",
        "O'Neil-Wijaya",
        "Ğülşen",
        "محمد",
        "王小明",
        "Nguyễn Văn A",
        "½ • “x” – €5",
        "😀",
        "a\tb\r\nc",
    ],
)
def test_words_one_sees_stay_as_they_are(word: str) -> None:
    assert plain(word) == word


def test_a_letter_composed_of_two_is_the_same_as_one() -> None:
    assert plain("e\u0301") == "é"


def test_marks_piled_on_a_letter_are_cut() -> None:
    assert len(plain("a" + "\u0335" * 500)) < 6


@given(st.text())
def test_said_again_it_is_the_same(text: str) -> None:
    assert plain(plain(text)) == plain(text)
    json.dumps(plain(text)).encode()
    plain(text).encode()


@pytest.mark.parametrize("kind", ["text", "long_text", "email", "place"])
@given(typed=st.text())
def test_no_answer_brings_them_in(kind: str, typed: str) -> None:
    field = Field.model_validate({"type": kind, "label": "Isian"})
    found = READERS[kind](field, typed)
    said = found["address"] if isinstance(found, dict) else found if isinstance(found, str) else ""
    assert plain(said) == said


def test_what_comes_as_json_is_plain_however_deep() -> None:
    assert all_plain({"a\0": ["b\u202e", {"c": "\ud800", "n": 1}], "t": None}) == {
        "a": ["b", {"c": "", "n": 1}],
        "t": None,
    }


@pytest.mark.parametrize(
    ("typed", "is_read"),
    [("12", 12), ("0", 0), ("²", None), ("٣", None), ("-1", None), ("", None), ("9" * 19, None)],
)
def test_a_number_of_a_form_is_digits_that_a_table_can_hold(typed: str, is_read: int | None) -> None:
    assert whole(typed) == is_read

"""How long a paper holds."""

from __future__ import annotations

from datetime import date

import pytest

from kantormaya.language.working import Validity
from kantormaya.permits.validity import frame, last_day, words

ISSUED = date(2026, 9, 2)


@pytest.mark.parametrize(
    ("said", "answers", "ends"),
    [
        ({"for": "5 tahun"}, {}, date(2031, 9, 2)),
        ({"for": "6 bulan"}, {}, date(2027, 3, 2)),
        ({"for": "2 minggu"}, {}, date(2026, 9, 16)),
        ({"for": "5 tahun", "not_after": "str"}, {"str": date(2028, 2, 29)}, date(2028, 2, 29)),
        ({"for": "5 tahun", "not_after": "str"}, {"str": None}, date(2031, 9, 2)),
        ({"for": "1 tahun", "from": "mulai"}, {"mulai": "2026-12-31"}, date(2027, 12, 31)),
        ({"until": "acara"}, {"acara": "2026-10-01"}, date(2026, 10, 1)),
        ({"lifelong": True}, {}, None),
    ],
)
def test_a_paper_holds_as_long_as_its_definition_says(said: dict, answers: dict, ends: date | None) -> None:
    assert last_day(frame(Validity(**said), answers), ISSUED) == ends


def test_a_month_that_is_too_short_ends_on_its_last_day() -> None:
    assert last_day({"for": "6 bulan"}, date(2026, 8, 31)) == date(2027, 2, 28)


def test_the_words_say_the_day_or_that_there_is_none() -> None:
    assert words({"for": "1 tahun"}, ISSUED).id == "berlaku sampai Kamis 2 September 2027"
    assert words(frame(Validity(lifelong=True), {}), ISSUED).id == "berlaku seumur hidup"
    assert words({}, ISSUED) is None

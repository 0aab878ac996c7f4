"""The index by the regulation's own numbers: weight 1/n, full precision, two decimals, then the band."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from kantormaya.surveys.indexing import Tally, in_groups, index
from kantormaya.surveys.questionnaire import questionnaire

KEYS = list(questionnaire().elements)
MEANS = ("3.5", "3.2", "3.4", "4.0", "3.3", "3.6", "3.7", "3.1", "3.8")


def tally(n: int, mean: str) -> Tally:
    return Tally(n, {key: int(Decimal(mean) * n) for key in KEYS})


def test_the_nine_elements_are_keyed_by_name_and_answered_in_four_steps() -> None:
    assert set(KEYS) == {
        "requirements", "procedure", "time", "fee", "product", "competence", "conduct", "complaints", "facilities",
    }  # fmt: skip
    assert KEYS[-2:] == ["facilities", "complaints"], "the printed form asks facilities before complaints"
    for element in questionnaire().elements.values():
        texts = (element.title, element.question, *element.answers)
        assert len(element.answers) == 4 and all(text.en for text in texts)


def test_each_element_weighs_one_ninth_and_not_the_printed_eleven_hundredths() -> None:
    found = index(Tally(10, {key: int(Decimal(mean) * 10) for key, mean in zip(KEYS, MEANS, strict=True)}))
    assert found is not None
    assert (found.value, found.band.letter, found.n) == (Decimal("87.78"), "B", 10)
    assert found.elements["requirements"] == Decimal("3.50")


def test_the_best_is_a_hundred_and_the_worst_twenty_five() -> None:
    best, worst = index(tally(7, "4")), index(tally(7, "1"))
    assert best is not None and worst is not None
    assert (best.value, best.band.letter) == (Decimal("100.00"), "A")
    assert (worst.value, worst.band.letter) == (Decimal("25.00"), "D")


@pytest.mark.parametrize(
    ("value", "letter"),
    [
        ("25.00", "D"), ("64.99", "D"), ("65.00", "C"), ("76.60", "C"), ("76.61", "B"), ("88.30", "B"), ("88.31", "A"),
        ("100.00", "A"),
    ],
)  # fmt: skip
def test_the_bands_meet_without_a_gap(value: str, letter: str) -> None:
    assert questionnaire().band(Decimal(value)).letter == letter


def test_the_value_is_rounded_before_its_band_is_looked_up() -> None:
    # the value lies between two bands: only rounding says which one it belongs to
    n = 20_000
    totals = dict.fromkeys(KEYS, 0)
    points = round(Decimal("76.6052") / 25 * 9 * n)  # 76.6052 becomes 76.61
    for number, key in enumerate(KEYS):
        totals[key] = points // 9 + (1 if number < points % 9 else 0)
    found = index(Tally(n, totals))
    assert found is not None
    assert (found.value, found.band.letter) == (Decimal("76.61"), "B")


def test_with_fewer_elements_each_weighs_more() -> None:
    found = index(Tally(5, {"time": 20, "conduct": 10}))
    assert found is not None and found.value == Decimal("75.00")


def test_below_five_answers_nothing_is_shown() -> None:
    assert index(tally(4, "4")) is None and index(tally(0, "4")) is None
    assert index(tally(5, "4")) is not None


def test_answers_count_in_groups_of_whole_days_so_that_a_new_figure_never_tells_one_answer() -> None:
    first = date(2026, 3, 2)
    days = [(first + timedelta(days=n), tally(many, "3")) for n, many in enumerate((2, 1, 2, 4, 3, 4))]
    groups = in_groups(days, 5)
    assert [(day.day, group.n) for day, group in groups] == [(4, 5), (6, 7)], "the last four wait for more"
    for known in range(1, len(days) + 1):
        sums = [group.n for _, group in in_groups(days[:known], 5)]
        assert sums == [5, 7][: len(sums)], "what was shown once stays as it was"

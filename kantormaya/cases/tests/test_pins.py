"""The PIN beside the code locks after wrong tries; the staff number comes from a sequence per year."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from kantormaya.audit.time import simulated
from kantormaya.cases.models import Case
from kantormaya.cases.numbers import next_number
from kantormaya.cases.pins import LOCKED_FOR, TRIES, PinAnswer, hash_pin, make_pin, try_pin
from kantormaya.cases.tests import folders
from kantormaya.people.scopes import scope_case, scoped

pytestmark = pytest.mark.django_db


@pytest.fixture
def case() -> Case:
    made = folders.case(folders.agency("dpmptsp"))
    with scoped(scope_case(made.code)):
        Case.objects.update(pin_hash=hash_pin(made.code, "123456"))
    return made


def attempt(code: str, pin: str) -> PinAnswer:
    with scoped(scope_case(code)):
        return try_pin(code, pin)


def test_a_pin_is_six_digits_and_is_kept_as_a_digest_of_code_and_pin() -> None:
    pin = make_pin()
    assert len(pin) == 6 and pin.isdigit()
    assert pin not in hash_pin("MUBA-1", pin)
    assert hash_pin("MUBA-1", pin) != hash_pin("MUBA-2", pin)


def test_the_right_pin_opens_and_forgets_the_wrong_tries_before_it(case: Case) -> None:
    for _ in range(TRIES - 1):
        assert attempt(case.code, "000000") == PinAnswer.WRONG
    assert attempt(case.code, "123456") == PinAnswer.RIGHT
    assert attempt(case.code, "000000") == PinAnswer.WRONG


def test_after_too_many_wrong_tries_even_the_right_pin_has_to_wait(case: Case) -> None:
    with simulated(datetime(2026, 3, 2, tzinfo=UTC)) as clock:
        for _ in range(TRIES):
            attempt(case.code, "000000")
        assert attempt(case.code, "123456") == PinAnswer.LOCKED
        clock.advance(LOCKED_FOR)
        assert attempt(case.code, "123456") == PinAnswer.RIGHT


def test_a_code_that_does_not_exist_answers_like_a_wrong_pin() -> None:
    assert attempt("MUBA-0000-0000-0000-0000-0", "123456") == PinAnswer.WRONG


def test_numbers_count_on_within_a_year_and_begin_anew_with_the_next() -> None:
    with simulated(datetime(2031, 6, 1, tzinfo=UTC)):
        assert [next_number(), next_number()] == ["P-2031-000001", "P-2031-000002"]
    with simulated(datetime(2031, 12, 31, 18, tzinfo=UTC)):  # already January in Jakarta
        assert next_number() == "P-2032-000001"

"""The code of a case: unguessable, forgiving of how people type, and wary of slips."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kantormaya.cases.codes import ALPHABET, check_symbol, make_code, read_code

SYMBOLS = st.text(ALPHABET, min_size=16, max_size=16)


def written(symbols: str) -> str:
    return read_code(symbols + check_symbol(symbols), "MUBA") or ""


def test_a_code_is_grouped_for_typing_and_reads_back() -> None:
    code = make_code("MUBA")
    assert [len(group) for group in code.split("-")] == [4, 4, 4, 4, 4, 1]
    assert read_code(code, "MUBA") == code


def test_codes_carry_eighty_bits_and_do_not_repeat() -> None:
    assert len(ALPHABET) ** 16 == 2**80
    assert len({make_code("MUBA") for _ in range(1000)}) == 1000


@given(SYMBOLS)
def test_case_spaces_dashes_and_look_alikes_are_forgiven(symbols: str) -> None:
    code = written(symbols)
    typed = code[5:].lower().replace("0", "o").replace("1", "l").replace("-", " ")
    assert read_code(f"  muba {typed} ", "MUBA") == code
    assert read_code(typed, "MUBA") == code


@given(SYMBOLS, st.integers(0, 15), st.sampled_from(ALPHABET))
def test_every_single_slip_is_found(symbols: str, place: int, other: str) -> None:
    wrong = symbols[:place] + other + symbols[place + 1 :]
    found = read_code(wrong + check_symbol(symbols), "MUBA")
    assert (found is None) == (wrong != symbols)


@given(SYMBOLS, st.integers(0, 14))
def test_every_two_neighbours_swapped_are_found(symbols: str, place: int) -> None:
    swapped = symbols[:place] + symbols[place + 1] + symbols[place] + symbols[place + 2 :]
    found = read_code(swapped + check_symbol(symbols), "MUBA")
    assert (found is None) == (swapped != symbols)


@given(st.text(max_size=60))
def test_whatever_is_typed_gives_a_code_or_nothing(typed: str) -> None:
    assert read_code(typed, "MUBA") is None or len(typed) >= 17


def test_the_code_of_another_office_is_none_of_ours() -> None:
    assert read_code(make_code("BGKL"), "MUBA") is None

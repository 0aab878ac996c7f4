"""The text of a QRIS code."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kantormaya.payments.providers.demo_bank import MERCHANT
from kantormaya.payments.providers.demo_bank.qris import checksum, payload, read

STATIC = (
    "00020101021226640016ID.CO.CONTOH.WWW01189360000000000000010211MUBA00000010303URE51440014ID.CO.QRIS.WWW"
    "0215ID10200000000010303URE52049399530336054061500005802ID5919DPMPTSP MUBA CONTOH6014MUSI BANYUASIN"
    "61053071162180114SKRD202004000163047749"
)


def test_the_checksum_is_that_of_the_standard() -> None:
    assert checksum("123456789") == "29B1"
    assert checksum(STATIC[:-4]) == "7749"


def test_our_code_is_the_published_example() -> None:
    assert payload(MERCHANT, "SKRD2020040001", 150_000) == STATIC


def test_a_code_reads_back_what_was_asked() -> None:
    tags = read(payload(MERCHANT, "SKRD20260000001", 1_250_000))
    assert tags["54"] == "1250000"
    assert tags["62"] == "0115SKRD20260000001"
    assert (tags["53"], tags["58"]) == ("360", "ID")


@given(st.integers(1, 10**12), st.text("ABCDEFGHJKMNPQRSTVWXYZ0123456789", min_size=1, max_size=25))
def test_every_bill_gives_a_code_that_holds(amount: int, reference: str) -> None:
    tags = read(payload(MERCHANT, reference, amount))
    assert (tags["54"], tags["62"][4:]) == (str(amount), reference)


@given(st.integers(0, len(STATIC) - 1))
def test_one_wrong_character_is_noticed(at: int) -> None:
    wrong = STATIC[:at] + ("1" if STATIC[at] != "1" else "2") + STATIC[at + 1 :]
    with pytest.raises(ValueError, match=r"checksum|cut short"):
        read(wrong)


def test_nothing_is_asked_of_nobody() -> None:
    with pytest.raises(ValueError, match="rupiah"):
        payload(MERCHANT, "SKRD1", 0)
    with pytest.raises(ValueError, match="characters"):
        payload(MERCHANT, "SKRD é", 1)

"""A duration is read as a standard says it, and refused in words that mend it."""

from __future__ import annotations

import copy
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict, ValidationError

from kantormaya.clock import Duration, DurationFault, Unit


class Step(BaseModel):
    model_config = ConfigDict(frozen=True)
    within: Duration


@pytest.mark.parametrize(
    ("said", "low", "high", "unit", "indonesian", "english"),
    [
        ("5 hari kerja", 5, 5, Unit.WORKDAY, "5 hari kerja", "5 working days"),
        ("1 hari kerja", 1, 1, Unit.WORKDAY, "1 hari kerja", "1 working day"),
        ("3-5 hari kerja", 3, 5, Unit.WORKDAY, "3–5 hari kerja", "3–5 working days"),
        ("3 – 5  hari kalender", 3, 5, Unit.CALENDAR_DAY, "3–5 hari kalender", "3–5 calendar days"),
        ("0 menit", 0, 0, Unit.MINUTE, "0 menit", "0 minutes"),
        ("0-15 menit", 0, 15, Unit.MINUTE, "0–15 menit", "0–15 minutes"),
        ("2 jam", 2, 2, Unit.HOUR, "2 jam", "2 hours"),
        ("2 jam kerja", 2, 2, Unit.OFFICE_HOUR, "2 jam kerja", "2 office hours"),
        ("1 minggu", 1, 1, Unit.WEEK, "1 minggu", "1 week"),
        ("6 bulan", 6, 6, Unit.MONTH, "6 bulan", "6 months"),
        ("5 tahun", 5, 5, Unit.YEAR, "5 tahun", "5 years"),
        ("14 hari", 14, 14, Unit.BARE_DAY, "14 hari", "14 days"),
        ("10000 hari kerja", 10000, 10000, Unit.WORKDAY, "10000 hari kerja", "10000 working days"),
    ],
)
def test_a_duration_is_read_and_said_in_both_languages(
    said: str, low: int, high: int, unit: Unit, indonesian: str, english: str
) -> None:
    read = Duration.read(said)
    assert (read.low, read.high, read.unit, read.side, read.anchor) == (low, high, unit, None, None)
    assert (read.words("id"), read.words("en")) == (indonesian, english)


def test_a_duration_can_hang_on_a_date_field() -> None:
    read = Duration.read("1 hari kalender sebelum pakai_on")
    assert (read.side, read.anchor) == ("sebelum", "pakai_on")
    assert read.words("id") == "1 hari kalender sebelum pakai_on"
    assert Duration.read("2 hari kerja sesudah pakai_on").words("en") == "2 working days after pakai_on"


@pytest.mark.parametrize(
    "said",
    [
        "",
        "hari kerja",
        "5",
        "5 hari libur",
        "0 hari kerja",
        "0 jam",
        "5-3 hari kerja",
        "3-3 hari kerja",
        "10001 hari kerja",
        "101 tahun",
        "-1 menit",
        "1,5 jam",
        "5 hari kerja sebelum",
        "5 hari kerja sebelum pakai on",
        "5 hari kerja sesudah pakai_on lagi",
        "٣ hari kerja",
        "5 hari kerja\0",
        "9" * 5000 + " menit",
        5,
        None,
        True,
        ["5 hari kerja"],
    ],
)
def test_what_is_no_duration_is_refused_in_both_languages(said: object) -> None:
    with pytest.raises(DurationFault) as refused:
        Duration.read(said)
    assert refused.value.id and refused.value.en and refused.value.id != refused.value.en
    assert len(refused.value.id) < 300


@given(st.text(max_size=60) | st.from_regex(r"[0-9\-– ]{0,12}(hari|jam|menit)( kerja)?( sebelum [a-z ]*)?"))
def test_any_text_is_a_duration_or_a_fault(said: str) -> None:
    try:
        read = Duration.read(said)
    except DurationFault:
        return
    assert Duration.read(read.said) == read
    assert 0 <= read.low <= read.high <= 10_000


def test_a_bare_day_is_read_by_the_local_rule_and_stays_as_it_was_said() -> None:
    bare = Duration.read("14 hari")
    assert bare.reading("kerja").unit is Unit.WORKDAY
    assert bare.reading("kalender").unit is Unit.CALENDAR_DAY
    assert bare.reading("kerja").said == "14 hari"
    assert Duration.read("3 jam").reading("kerja").unit is Unit.HOUR


def test_a_model_takes_a_duration_from_its_words_and_writes_the_words_back() -> None:
    step = Step.model_validate({"within": "3-5 hari kerja"})
    assert step.within.high == 5
    assert step.model_dump(mode="json") == {"within": "3-5 hari kerja"}
    assert Step.model_json_schema()["properties"]["within"]["type"] == "string"
    assert copy.deepcopy(step) == step == pickle.loads(pickle.dumps(step))
    with pytest.raises(ValidationError, match="bukan lama waktu"):
        Step.model_validate({"within": "sebentar"})

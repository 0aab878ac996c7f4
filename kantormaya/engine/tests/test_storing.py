"""Events and states as JSON and back: what is read equals what was written."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kantormaya.clock import Duration
from kantormaya.engine import Actor, Event, Kind, event_as_json, event_from_json, pack, unpack
from kantormaya.language.evaluating import About

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**15), 10**15) | st.floats(allow_nan=False, allow_infinity=False) | st.text()
    | st.dates() | st.datetimes(timezones=st.just(UTC)) | st.decimals(allow_nan=False, allow_infinity=False)
    | st.frozensets(st.text()),
    lambda inner: st.lists(inner).map(tuple) | st.dictionaries(st.text(st.characters(categories=["Ll"]), min_size=1), inner),
    max_leaves=8,
)  # fmt: skip


@given(VALUES)
def test_whatever_an_answer_can_be_comes_back_the_same(value: object) -> None:
    assert unpack(json.loads(json.dumps(pack(value)))) == value


@pytest.mark.parametrize("said", ["5 hari kerja", "3-5 hari", "1 hari kalender sebelum pakai_on", "0 menit"])
def test_a_duration_keeps_what_was_said_and_how_it_is_read(said: str) -> None:
    for duration in (Duration.read(said), Duration.read(said).reading("kalender")):
        assert unpack(pack(duration)) == duration


def test_an_anonymous_applicant_stays_anonymous() -> None:
    about = About(variant="baru", applicant_kind=None)
    assert unpack(pack(about)) == about


def test_an_event_comes_back_with_its_actor_and_its_moment() -> None:
    at = datetime(2026, 3, 2, 2, 0, 0, 123, tzinfo=UTC)
    event = Event(
        Kind.FOUND,
        at,
        Actor("technical_team", "dinas-pupr", "tim-1"),
        {"facts": {"luas": Decimal("2.5"), "on": date(2026, 3, 2)}},
    )
    assert event_from_json(json.loads(json.dumps(event_as_json(event)))) == event

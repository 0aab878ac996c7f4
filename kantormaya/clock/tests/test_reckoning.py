"""Due dates as tables; instants are written in the office's own time."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from kantormaya.clock import (
    Duration,
    DurationFault,
    Extension,
    Pause,
    Reckoning,
    add_months,
    reckon,
    reckon_anchored,
    standard_calendar,
)

WIB = standard_calendar(range(2024, 2029))
WIT = standard_calendar(range(2024, 2029), "Asia/Jayapura")


def at(said: str, hours: int = 7) -> datetime:
    return datetime.fromisoformat(said).replace(tzinfo=timezone(timedelta(hours=hours)))


def said(instant: datetime, hours: int = 7) -> str:
    return instant.astimezone(timezone(timedelta(hours=hours))).strftime("%Y-%m-%d %H:%M:%S")


def due(
    rule: str, start: str, pauses: Iterable[tuple[str, str | None]] = (), now: str = "2026-12-31 12:00"
) -> Reckoning:
    waits = [Pause(at(since), at(until) if until else None, "menunggu pemohon") for since, until in pauses]
    return reckon(Duration.read(rule), at(start), WIB, pauses=waits, now=at(now))


@pytest.mark.parametrize(
    ("rule", "start", "due_at"),
    [
        ("1 hari kerja", "2026-09-02 09:00", "2026-09-03 16:00:00"),
        ("1 hari kerja", "2026-09-02 00:01", "2026-09-03 16:00:00"),  # before office hours: the same rule
        ("1 hari kerja", "2026-09-02 23:59", "2026-09-03 16:00:00"),  # after office hours: the same rule
        ("1 hari kerja", "2026-09-03 09:00", "2026-09-04 16:30:00"),  # Friday closes at 16.30
        ("1 hari kerja", "2026-09-04 09:00", "2026-09-07 16:00:00"),
        ("1 hari kerja", "2026-09-05 09:00", "2026-09-07 16:00:00"),  # a start on Saturday
        ("3-5 hari kerja", "2026-08-24 09:00", "2026-09-01 16:00:00"),  # 25 August is a holiday
        ("1 hari kerja", "2026-03-17 09:00", "2026-03-25 16:00:00"),  # over Nyepi, Lebaran and joint leave
        ("5 hari kerja", "2026-03-12 10:00", "2026-03-26 16:00:00"),
        ("3 hari kerja", "2026-03-11 10:00", "2026-03-16 15:00:00"),  # Ramadan closes at 15.00
        ("5 hari kerja", "2026-12-23 10:00", "2027-01-04 16:00:00"),  # over Christmas and the year's end
        ("3 hari kalender", "2026-09-04 09:00", "2026-09-07 23:59:59"),
        ("1 minggu", "2026-09-04 09:00", "2026-09-11 23:59:59"),
        ("1 bulan", "2026-01-31 09:00", "2026-02-28 23:59:59"),
        ("1 bulan", "2024-01-31 09:00", "2024-02-29 23:59:59"),
        ("13 bulan", "2026-12-31 09:00", "2028-01-31 23:59:59"),
        ("1 tahun", "2024-02-29 09:00", "2025-02-28 23:59:59"),
        ("0 menit", "2026-09-04 09:00", "2026-09-04 09:00:00"),
        ("90 menit", "2026-09-05 23:30", "2026-09-06 01:00:00"),
        ("6 jam", "2026-09-05 22:00", "2026-09-06 04:00:00"),  # a market at night
        ("2 jam kerja", "2026-09-02 09:00", "2026-09-02 11:00:00"),
        ("2 jam kerja", "2026-09-02 15:00", "2026-09-03 08:30:00"),
        ("2 jam kerja", "2026-09-04 16:00", "2026-09-07 09:00:00"),
        (
            "1 jam kerja",
            "2026-09-02 15:00",
            "2026-09-02 16:00:00",
        ),  # due at the close, not at the next opening
        ("2 jam kerja", "2026-03-17 14:00", "2026-03-25 08:30:00"),
    ],
)
def test_due_dates_without_pauses(rule: str, start: str, due_at: str) -> None:
    assert said(due(rule, start).due_at) == due_at


@pytest.mark.parametrize(
    ("rule", "pauses", "due_at"),
    [  # all from Wednesday 2 September 2026, 09.00
        ("3 hari kerja", [("2026-09-03 10:00", "2026-09-03 10:05")], "2026-09-08 16:00:00"),
        ("3 hari kerja", [("2026-09-03 16:00", "2026-09-04 07:30")], "2026-09-07 16:00:00"),  # the night only
        ("3 hari kerja", [("2026-09-03 15:59", "2026-09-04 07:31")], "2026-09-09 16:00:00"),
        (
            "3 hari kerja",
            [("2026-09-02 09:00", "2026-09-02 15:00")],
            "2026-09-07 16:00:00",
        ),  # the day of the start
        ("3 hari kerja", [("2026-09-05 00:00", "2026-09-06 23:00")], "2026-09-07 16:00:00"),  # a weekend
        ("3 hari kerja", [("2026-08-01 00:00", "2026-09-03 08:00")], "2026-09-08 16:00:00"),  # began before
        (
            "3 hari kerja",  # the second pause lies within the first: each day once
            [("2026-09-03 10:00", "2026-09-07 10:00"), ("2026-09-04 10:00", "2026-09-04 11:00")],
            "2026-09-10 16:00:00",
        ),
        ("3 hari kalender", [("2026-09-03 23:00", "2026-09-04 01:00")], "2026-09-07 23:59:59"),
        ("3 hari kalender", [("2026-09-03 23:00", "2026-09-04 00:00")], "2026-09-06 23:59:59"),
        ("1 bulan", [("2026-09-03 10:00", "2026-09-03 11:00")], "2026-10-03 23:59:59"),
        ("1 bulan", [("2026-10-02 10:00", "2026-10-03 11:00")], "2026-10-04 23:59:59"),
        ("2 jam", [("2026-09-02 10:00", "2026-09-02 10:30")], "2026-09-02 11:30:00"),
        (
            "2 jam",
            [("2026-09-02 11:00", "2026-09-02 12:00")],
            "2026-09-02 11:00:00",
        ),  # due as the pause begins
        ("2 jam kerja", [("2026-09-02 10:00", "2026-09-03 08:00")], "2026-09-03 09:00:00"),
        ("2 jam kerja", [("2026-09-02 16:00", "2026-09-03 07:30")], "2026-09-02 11:00:00"),
        ("3 hari kerja", [("2026-09-03 10:00", "2026-09-03 10:00")], "2026-09-07 16:00:00"),  # no time at all
    ],
)
def test_a_pause_takes_away_what_it_touches(rule: str, pauses: list, due_at: str) -> None:
    assert said(due(rule, "2026-09-02 09:00", pauses).due_at) == due_at


def test_an_open_pause_is_reckoned_as_if_it_ended_now_and_moves_on_with_the_days() -> None:
    pauses: list[tuple[str, str | None]] = [("2026-09-03 10:00", None)]
    assert (
        said(due("3 hari kerja", "2026-09-02 09:00", pauses, "2026-09-03 11:00").due_at)
        == "2026-09-08 16:00:00"
    )
    assert (
        said(due("3 hari kerja", "2026-09-02 09:00", pauses, "2026-09-04 11:00").due_at)
        == "2026-09-09 16:00:00"
    )
    assert (
        said(due("3 hari kerja", "2026-09-02 09:00", pauses, "2026-09-06 11:00").due_at)
        == "2026-09-09 16:00:00"
    )


def test_each_day_says_what_became_of_it() -> None:
    found = due(
        "5 hari kerja", "2026-08-21 09:00", [("2026-08-26 09:00", "2026-08-27 10:00")], "2026-08-28 20:00"
    )
    assert [f"{day.day} {word}" for day, word in found.counted] == [
        *("22 off", "23 off", "24 ran", "25 off", "26 paused", "27 paused", "28 ran", "29 off", "30 off"),
        *("31 left", "1 left", "2 due"),
    ]
    assert (found.remaining, found.share, found.calendar_version) == (3, 0.4, 1)


def test_a_day_has_run_when_the_office_closes() -> None:
    before, after = "2026-09-03 15:59", "2026-09-03 16:00"
    assert due("4 hari kerja", "2026-09-02 09:00", now=before).share == 0
    assert due("4 hari kerja", "2026-09-02 09:00", now=after).share == 0.25
    assert due("4 hari kalender", "2026-09-02 09:00", now=after).share == 0


@pytest.mark.parametrize(
    ("rule", "now", "remaining", "share"),
    [
        ("2 hari kerja", "2026-09-02 10:00", 2, 0),
        ("2 hari kerja", "2026-09-04 16:30", 0, 1),
        ("2 hari kerja", "2026-09-08 17:00", -2, 2),  # late by two working days
        ("2 minggu", "2026-09-10 00:00", 1, 0.5),
        ("4 jam", "2026-09-02 10:00", 3, 0.25),
        ("4 jam kerja", "2026-09-03 08:30", -4, 2),
        ("30 menit", "2026-09-02 08:00", 30, 0),  # not begun
        ("0 menit", "2026-09-02 09:00", 0, 1),
    ],
)
def test_what_remains_is_told_in_the_units_of_the_rule(
    rule: str, now: str, remaining: float, share: float
) -> None:
    found = due(rule, "2026-09-02 09:00", now=now)
    assert (found.remaining, found.share) == (remaining, share)


@pytest.mark.parametrize(
    ("rule", "more", "due_at"),
    [
        ("3 hari kerja", ["2 hari kerja"], "2026-09-09 16:00:00"),
        ("3 hari kerja", ["1 hari kerja", "1 hari kerja"], "2026-09-09 16:00:00"),
        ("3 hari kerja", ["1 minggu"], "2026-09-14 23:59:59"),
        ("3 hari kerja", ["2 jam"], "2026-09-07 18:00:00"),
        ("3 hari kalender", ["1 minggu"], "2026-09-12 23:59:59"),
        ("1 bulan", ["1 tahun"], "2027-10-02 23:59:59"),
        ("30 menit", ["1 jam"], "2026-09-02 10:30:00"),
    ],
)
def test_an_extension_adds_to_the_limit(rule: str, more: list[str], due_at: str) -> None:
    extensions = [Extension(Duration.read(m), "kunjungan ulang", at("2026-09-03 09:00")) for m in more]
    found = reckon(
        Duration.read(rule), at("2026-09-02 09:00"), WIB, extensions=extensions, now=at("2026-09-02 09:00")
    )
    assert said(found.due_at) == due_at
    assert found.share == 0 and found.remaining > 0


def test_papua_counts_its_own_days() -> None:
    start = datetime(2026, 9, 2, 15, 30, tzinfo=UTC)  # 2 September 22.30 WIB, 3 September 00.30 WIT
    rule, now = Duration.read("1 hari kerja"), datetime(2026, 9, 3, tzinfo=UTC)
    assert said(reckon(rule, start, WIB, now=now).due_at, 7) == "2026-09-03 16:00:00"
    assert said(reckon(rule, start, WIT, now=now).due_at, 9) == "2026-09-04 16:30:00"


@pytest.mark.parametrize(
    ("rule", "anchor", "due_at"),
    [
        ("1 hari kalender sebelum pakai_on", date(2026, 9, 7), "2026-09-06 23:59:59"),
        ("1 hari kerja sebelum pakai_on", date(2026, 9, 7), "2026-09-04 16:30:00"),
        ("1 hari kerja sebelum pakai_on", date(2026, 9, 6), "2026-09-04 16:30:00"),
        ("2 hari kerja sesudah pakai_on", date(2026, 9, 4), "2026-09-08 16:00:00"),
        ("2 hari kerja sesudah pakai_on", date(2026, 3, 19), "2026-03-26 16:00:00"),
        ("1 minggu sesudah lahir_on", date(2026, 9, 4), "2026-09-11 23:59:59"),
        ("1 bulan sebelum habis_on", date(2026, 3, 31), "2026-02-28 23:59:59"),
        ("2 jam sebelum pakai_on", date(2026, 9, 7), "2026-09-06 22:00:00"),
        ("2 jam sesudah pakai_on", date(2026, 9, 7), "2026-09-08 02:00:00"),
        ("2 jam sebelum mulai_at", at("2026-09-07 09:00"), "2026-09-07 07:00:00"),
        ("2 jam kerja sebelum mulai_at", at("2026-09-07 09:00"), "2026-09-04 16:00:00"),
        ("2 jam kerja sebelum pakai_on", date(2026, 9, 7), "2026-09-04 14:30:00"),
        ("2 jam kerja sesudah pakai_on", date(2026, 9, 4), "2026-09-07 09:30:00"),
    ],
)
def test_a_limit_may_hang_on_a_date(rule: str, anchor: date, due_at: str) -> None:
    assert said(reckon_anchored(Duration.read(rule), anchor, WIB)) == due_at


@pytest.mark.parametrize("anchor", [date(9999, 12, 31), date(1, 1, 1)])
@pytest.mark.parametrize("unit", ["hari kerja", "hari kalender", "bulan", "jam", "jam kerja"])
def test_a_date_out_of_reach_is_said_so(anchor: date, unit: str) -> None:
    side = "sesudah" if anchor.year > 2000 else "sebelum"
    with pytest.raises(DurationFault, match="terlalu jauh"):
        reckon_anchored(Duration.read(f"40 {unit} {side} pakai_on"), anchor, WIB)


def test_what_can_not_be_reckoned_is_said_so() -> None:
    now = at("2026-09-02 09:00")
    with pytest.raises(DurationFault, match="reads_hari_as"):
        reckon(Duration.read("14 hari"), now, WIB, now=now)
    with pytest.raises(DurationFault, match="bergantung pada tanggal"):
        reckon(Duration.read("1 hari kerja sebelum pakai_on"), now, WIB, now=now)
    with pytest.raises(DurationFault, match="sebelum atau sesudah"):
        reckon_anchored(Duration.read("1 hari kerja"), date(2026, 9, 2), WIB)
    with pytest.raises(ValueError, match="time zone"):
        reckon(Duration.read("1 jam"), datetime(2026, 9, 2), WIB, now=now)  # noqa: DTZ001


def test_a_long_limit_shows_at_most_400_days_and_its_last() -> None:
    found = due("5 tahun", "2026-09-02 09:00")
    assert len(found.counted) == 400 and found.counted[-1] == (date(2031, 9, 2), "due")


def test_months_added_one_way_clamp_to_the_months_end() -> None:
    assert add_months(date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert add_months(date(2026, 3, 31), -13) == date(2025, 2, 28)
    assert add_months(date(2026, 12, 15), 1) == date(2027, 1, 15)

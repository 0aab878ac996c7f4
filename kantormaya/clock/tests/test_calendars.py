"""The working calendar of an Indonesian office."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime

import pytest

from kantormaya.clock import Calendar, Hours, standard_calendar

WIB = standard_calendar(range(2024, 2029))


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 3, 17), True),  # the last day before Nyepi and Lebaran
        (date(2026, 3, 18), False),  # joint leave
        (date(2026, 3, 19), False),  # Nyepi
        (date(2026, 3, 20), False),  # joint leave, a Friday
        (date(2026, 3, 21), False),  # Idul Fitri, a Saturday
        (date(2026, 3, 23), False),  # joint leave
        (date(2026, 3, 24), False),  # joint leave
        (date(2026, 3, 25), True),
        (date(2025, 8, 18), False),  # added late in the year
        (date(2026, 12, 24), False),  # joint leave before Christmas
        (date(2026, 12, 28), True),
        (date(2027, 1, 1), False),
        (date(2026, 9, 5), False),  # a plain Saturday
    ],
)
def test_holidays_and_joint_leave_are_days_off(day: date, works: bool) -> None:
    assert WIB.is_workday(day) is works


def test_the_office_of_lebaran_2026_reopens_on_wednesday() -> None:
    assert WIB.next_workday(date(2026, 3, 17)) == date(2026, 3, 25)
    assert WIB.workday(date(2026, 3, 25), -1) == date(2026, 3, 17)
    assert WIB.workdays_between(date(2026, 3, 17), date(2026, 3, 25)) == 1
    assert WIB.workdays_between(date(2026, 3, 25), date(2026, 3, 17)) == -1
    assert WIB.workdays_between(date(2026, 12, 23), date(2027, 1, 4)) == 5


@pytest.mark.parametrize(
    ("day", "hours"),
    [
        (date(2026, 9, 2), ["00:30", "09:00"]),  # Wednesday, 07.30–16.00 WIB
        (date(2026, 9, 4), ["00:30", "09:30"]),  # Friday, until 16.30
        (date(2026, 2, 19), ["01:00", "08:00"]),  # Ramadan, 08.00–15.00
        (date(2026, 2, 20), ["01:00", "08:30"]),  # a Friday of Ramadan
        (date(2026, 3, 25), ["00:30", "09:00"]),  # after Lebaran
    ],
)
def test_office_hours_follow_the_weekday_and_ramadan(day: date, hours: list[str]) -> None:
    (opens, closes) = WIB.opens(day)[0]
    assert [opens.strftime("%H:%M"), closes.strftime("%H:%M")] == hours
    assert WIB.closes(day) == closes and closes.tzinfo is UTC


def test_a_day_off_has_no_hours() -> None:
    assert WIB.opens(date(2026, 3, 19)) == []
    with pytest.raises(ValueError, match="closed on 2026-03-19"):
        WIB.closes(date(2026, 3, 19))


def test_the_same_hour_comes_two_hours_earlier_in_papua() -> None:
    wit = standard_calendar([2026], "Asia/Jayapura")
    assert WIB.closes(date(2026, 9, 2)) == datetime(2026, 9, 2, 9, tzinfo=UTC)
    assert wit.closes(date(2026, 9, 2)) == datetime(2026, 9, 2, 7, tzinfo=UTC)
    late = datetime(2026, 9, 2, 15, 30, tzinfo=UTC)
    assert (WIB.local_date(late), wit.local_date(late)) == (date(2026, 9, 2), date(2026, 9, 3))


def test_office_minutes_leave_out_nights_weekends_and_rests() -> None:
    friday, monday = datetime(2026, 9, 4, 9, tzinfo=UTC), datetime(2026, 9, 7, 1, tzinfo=UTC)
    assert WIB.office_minutes(friday, monday) == 30 + 30
    assert WIB.office_minutes(monday, friday) == -60
    rest = Calendar(1, "Asia/Jakarta", Hours.read({"senin": ["07:30-12:00", "13:00-16:00"]}))
    assert (
        rest.office_minutes(datetime(2026, 9, 7, 4, tzinfo=UTC), datetime(2026, 9, 7, 7, tzinfo=UTC)) == 120
    )


def test_ramadan_on_file_ends_on_the_eve_of_idul_fitri() -> None:
    for _, last, _ in WIB.special_hours:
        assert WIB.holidays[date.fromordinal(last.toordinal() + 1)].startswith("Hari Raya Idul Fitri")
    assert len(WIB.special_hours) == 5


def test_a_calendar_is_kept_as_plain_data_and_read_back() -> None:
    assert Calendar.read(json.loads(json.dumps(WIB.written()))) == WIB
    assert hash(WIB) == hash(Calendar.read(WIB.written()))


def test_a_new_version_with_one_more_holiday_leaves_the_old_one_as_it_was() -> None:
    data = WIB.written() | {"version": 2}
    data["holidays"]["2026-09-07"] = "Hari libur yang baru ditetapkan"
    newer = Calendar.read(data)
    assert (WIB.is_workday(date(2026, 9, 7)), newer.is_workday(date(2026, 9, 7))) == (True, False)
    assert newer.workdays_between(date(2026, 9, 4), date(2026, 9, 11)) == 4


def test_special_hours_may_open_a_saturday_and_close_a_monday() -> None:
    week = Hours.read({name: ["08:00-12:00"] for name in ("senin", "selasa", "rabu", "kamis", "jumat")})
    special = Hours.read({"sabtu": ["08:00-12:00"]})
    calendar = Calendar(1, "Asia/Makassar", week, ((date(2026, 9, 5), date(2026, 9, 7), special),))
    assert [calendar.is_workday(date(2026, 9, n)) for n in (4, 5, 6, 7, 8)] == [
        True,
        True,
        False,
        False,
        True,
    ]
    assert calendar.workdays_between(date(2026, 9, 3), date(2026, 9, 8)) == 3


def test_a_calendar_knows_how_far_its_holidays_reach() -> None:
    assert WIB.knows(date(2028, 12, 31)) and not WIB.knows(date(2029, 1, 1))
    assert WIB.workdays_between(date(1, 1, 1), date(9999, 12, 31)) > 2_000_000


@pytest.mark.parametrize(
    ("make", "complaint"),
    [
        (lambda: standard_calendar([2026], "Europe/Berlin"), "no zone|not a zone"),
        (lambda: standard_calendar([]), "at least one year"),
        (lambda: standard_calendar([2019]), "no office hours are on file"),
        (lambda: Calendar(1, "Asia/Jakarta", Hours.read({})), "never open"),
        (lambda: Hours.read({"senin": ["16:00-07:30"]}), "follow each other"),
        (lambda: Hours.read({"senin": ["07:00-12:00", "11:00-16:00"]}), "follow each other"),
    ],
)
def test_a_calendar_that_can_not_be_is_refused(make: object, complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        make()  # type: ignore[operator]

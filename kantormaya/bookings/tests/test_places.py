"""Places are given out once: never more than there are, whoever asks at once, and given back they can be had again."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from kantormaya.bookings.agenda import counts, expected
from kantormaya.bookings.calendar_file import calendar_file
from kantormaya.bookings.diaries import close_day, open_day
from kantormaya.bookings.meeting import room, video_link
from kantormaya.bookings.models import Diary, Place
from kantormaya.bookings.places import give_back, take, taken
from kantormaya.cases.models import Case
from kantormaya.cases.tests.folders import agency, case
from kantormaya.engine.events import Refused
from kantormaya.people.scopes import scope_agency, scope_case, scope_public, scope_system, scoped

pytestmark = pytest.mark.django_db(transaction=True)
AT = datetime(2026, 9, 2, 2, tzinfo=UTC)
HOUR = timedelta(hours=1)
SYSTEM = scope_system("test")


def diary() -> Diary:
    return Diary.objects.create(agency=agency("dpmptsp"), service_slug="layanan", booking="janji")


def book(
    of: Diary, one: Case, at: datetime = AT, length: timedelta = HOUR, capacity: int = 1
) -> Place | None:
    """The applicant takes a place, in a transaction of their own."""
    with scoped(scope_case(one.code)):
        return take(of, one, at, at + length, capacity)


def someone() -> Case:
    return case(agency("dpmptsp"))


def held(of: Diary) -> int:
    with scoped(SYSTEM):
        return Place.objects.filter(diary=of, released_at=None).count()


def test_two_hundred_people_at_once_for_twenty_places_give_exactly_twenty() -> None:
    of, people = diary(), [someone() for _ in range(200)]

    def ask(one: Case) -> bool:
        try:
            return book(of, one, capacity=20) is not None
        finally:
            connection.close()

    with ThreadPoolExecutor(16) as threads:
        got = list(threads.map(ask, people))
    assert (sum(got), held(of)) == (20, 20)
    with scoped(SYSTEM):
        assert set(Place.objects.values_list("seat", flat=True)) == set(range(1, 21))


def test_the_database_itself_refuses_a_seat_twice_whatever_the_program_thinks() -> None:
    of, (first, second) = diary(), (someone(), someone())
    assert book(of, first) is not None
    with pytest.raises(IntegrityError, match="place_one_each"), scoped(SYSTEM), transaction.atomic():
        Place.objects.create(
            diary=of, case=second, seat=1, starts_at=AT + HOUR / 2, ends_at=AT + 2 * HOUR, taken_at=AT
        )


def test_times_that_overlap_are_one_hall_and_times_that_follow_are_not() -> None:
    of = diary()
    assert book(of, someone(), AT, 8 * HOUR)
    assert book(of, someone(), AT + HOUR, 4 * HOUR) is None
    assert book(of, someone(), AT + 8 * HOUR, 4 * HOUR)


def test_the_same_person_asking_again_has_the_same_place() -> None:
    of, one = diary(), someone()
    assert book(of, one) == book(of, one)
    assert held(of) == 1


def test_a_place_given_back_can_be_had_by_another() -> None:
    of, first = diary(), someone()
    book(of, first)
    with scoped(scope_case(first.code)):
        assert give_back(first, "janji") == 1
    assert book(of, someone()) is not None


def test_moving_over_ones_own_time_is_possible_and_loses_nothing_where_it_is_not() -> None:
    of, one = diary(), someone()
    book(of, one, AT, 3 * HOUR)
    assert book(of, someone(), AT + 5 * HOUR)
    assert book(of, one, AT + 4 * HOUR, 3 * HOUR) is None
    assert book(of, one, AT + HOUR, 3 * HOUR) is not None
    assert held(of) == 2


def test_what_is_held_for_good_is_not_offered_again() -> None:
    of = diary()
    one, other = someone(), someone()
    with scoped(scope_case(one.code)):
        assert take(of, one, AT, None, 1)
    with scoped(scope_case(other.code)):
        assert take(of, other, AT + 900 * HOUR, None, 1) is None


def test_anyone_learns_which_seats_are_taken_and_nobody_whose_they_are() -> None:
    of = diary()
    book(of, someone())
    for scope in (scope_public(), scope_case(someone().code)):
        with scoped(scope):
            assert [one.seat for one in taken(of, AT, AT + HOUR)] == [1]
            assert not Place.objects.exists()


def test_the_office_sees_who_comes_and_another_office_does_not() -> None:
    of, one = diary(), someone()
    book(of, one)
    for slug, seen in (("dpmptsp", [one.pk]), ("pupr", [])):
        with scoped(scope_agency(agency(slug).pk, 1)):
            found = expected(of.agency_id, AT - HOUR, AT + HOUR)
            assert [place.case_id for place in found] == seen
    with scoped(SYSTEM):
        assert counts(of.agency_id, AT, AT + HOUR) == {(of.pk, "2026-09-02"): 1}


def test_a_day_is_closed_with_a_reason_and_opened_again() -> None:
    of, on = diary(), AT.date()
    with pytest.raises(Refused, match="why"):
        close_day(of, on, "  ", by="loket")
    close_day(of, on, "Pelatihan petugas", by="loket")
    close_day(of, on, "Pelatihan seluruh petugas", by="loket")
    assert [day.reason for day in of.closed_days.all()] == ["Pelatihan seluruh petugas"]
    open_day(of, on, by="loket")
    assert not of.closed_days.exists()


def test_the_room_is_the_same_for_both_sides_and_another_for_every_case(settings) -> None:  # type: ignore[no-untyped-def]
    one, other = someone(), someone()
    settings.KANTOR_VIDEO_URL = "https://video.example/{room}"
    assert video_link(one, "janji") == f"https://video.example/{room(one, 'janji')}"
    assert room(one, "janji") != room(other, "janji") and one.code not in room(one, "janji")
    settings.KANTOR_VIDEO_URL = ""
    assert video_link(one, "janji") is None


def test_the_calendar_file_replaces_its_earlier_self_and_holds_no_pin() -> None:
    one = someone()
    first, moved = (
        calendar_file(
            one, "janji", starts_at=AT, ends_at=AT + HOUR, changes=n, title="Konsultasi", place="Loket 1",
            text=f"Kode {one.code}", link="https://video.example/x",
        )
        for n in (0, 1)
    )  # fmt: skip
    said = first.decode()
    for line in ("DTSTART:20260902T020000Z", "DTEND:20260902T030000Z", "SEQUENCE:0", "METHOD:PUBLISH"):
        assert line in said
    assert "SEQUENCE:1" in moved.decode() and said.count("UID:") == 1 and "PIN" not in said

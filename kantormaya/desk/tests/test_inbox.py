"""The inbox: by role and agency, in order of the limit, a page at a time, with few statements."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kantormaya.audit.time import now, simulated
from kantormaya.cases import queries
from kantormaya.cases.models import Case, Party
from kantormaya.casework import deciding
from kantormaya.casework.tests.office import Office
from kantormaya.desk.pages.inbox import number_of
from kantormaya.desk.tests.desks import ANSWERS, DEPOT, REQUIREMENTS, at_desk, furnish, hand_in, text
from kantormaya.people.models import Post
from kantormaya.people.scopes import scope_system, scoped

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]


def accept(office: Office, case: Case) -> None:
    """The counter finds all in order and passes the case on."""
    loket = office.post("front_office")
    with office.scope(loket):
        deciding.check(case.pk, loket, fits=REQUIREMENTS, key=f"k{case.pk}")
        deciding.move(case.pk, loket, "forward", key=f"m{case.pk}")


def own(client: Client, path: str) -> int:
    """How many statements a page makes of its own: signing in, the scope and transactions are everybody's."""
    with CaptureQueriesContext(connection) as caught:
        assert client.get(path).status_code == 200
    of_all = (
        "SAVEPOINT",
        "RELEASE",
        "BEGIN",
        "COMMIT",
        "SELECT set_config",
        "SELECT coalesce(current_setting",
    )
    tables = ('FROM "django_session"', 'FROM "people_account"', 'FROM "people_post"')
    return sum(
        not q["sql"].startswith(of_all) and not any(t in q["sql"] for t in tables)
        for q in caught.captured_queries
    )


def test_a_new_case_is_on_the_desk_of_the_counter_and_on_no_other() -> None:
    office = furnish(DEPOT)
    case = hand_in(office.revisions[DEPOT], ANSWERS)
    assert case.number in text(at_desk(office.post("front_office")).get("/meja/"))
    for role in ("back_office", "section_head", "head_of_office"):
        assert case.number not in text(at_desk(office.post(role)).get("/meja/"))
    assert case.number in text(at_desk(office.post("back_office")).get("/meja/unit/"))


def test_another_agency_sees_a_case_only_when_it_is_asked() -> None:
    office = furnish(DEPOT)
    case = hand_in(office.revisions[DEPOT], ANSWERS)
    dinkes, pupr = (office.post("technical_team", slug) for slug in ("dinas-kesehatan", "dinas-pupr"))
    link = f"/meja/perkara/{case.number}/"
    assert at_desk(dinkes).get(link).status_code == 404
    assert "Tidak ada yang cocok" in text(at_desk(dinkes).get(f"/meja/cari/?q={case.number}"))
    accept(office, case)
    assert "Pertimbangan teknis Dinas Kesehatan" in text(at_desk(dinkes).get("/meja/"))
    assert at_desk(dinkes).get(link).status_code == 200
    for path in (link, f"{link}kembalikan/", f"{link}berkas/1/"):
        assert at_desk(pupr).get(path).status_code == 404
    assert at_desk(pupr).post(f"{link}tampilkan/").status_code == 404
    assert case.number not in text(at_desk(pupr).get("/meja/unit/"))


def test_what_another_agency_has_to_answer_is_waited_for_and_not_on_my_desk() -> None:
    office = furnish(DEPOT)
    case = hand_in(office.revisions[DEPOT], ANSWERS)
    accept(office, case)
    back = at_desk(office.post("back_office"))
    assert case.number not in text(back.get("/meja/"))
    assert case.number in text(back.get("/meja/menunggu/"))
    dinkes = office.post("technical_team", "dinas-kesehatan")
    with office.scope(dinkes):
        deciding.schedule(case.pk, dinkes, "inspeksi", now() + timedelta(days=1), key="s")
        deciding.answer(case.pk, dinkes, "inspeksi", "sesuai", facts={"skor": 90, "air_sehat": True}, key="i")
        deciding.answer(case.pk, dinkes, "pertimbangan", "setuju", key="p")
    assert case.number in text(back.get("/meja/"))
    assert case.number not in text(back.get("/meja/menunggu/"))
    assert case.number not in text(at_desk(dinkes).get("/meja/"))


def test_the_menu_counts_and_the_facts_say_what_is_late() -> None:
    office = furnish(DEPOT)
    hand_in(office.revisions[DEPOT], ANSWERS)
    page = text(at_desk(office.post("front_office")).get("/meja/"))
    assert 'aria-current="page">Meja saya <span class="num">1</span>' in page
    assert "Lewat batas" in page
    with simulated(now() + timedelta(days=20)):
        loket = at_desk(office.post("front_office"))
        assert '<dd class="late">1' in text(loket.get("/meja/"))
        assert "P-" in text(loket.get("/meja/?batas=lewat"))
        assert "Tidak ada yang cocok" in text(loket.get("/meja/?batas=besok"))


def test_a_case_is_found_by_number_code_and_name_within_the_agency() -> None:
    office = furnish(DEPOT)
    case = hand_in(office.revisions[DEPOT], ANSWERS)
    hand_in(office.revisions[DEPOT], ANSWERS)
    loket = at_desk(office.post("front_office"))
    for typed in (case.number, case.number[7:].lstrip("0"), case.code.lower().replace("-", " ")):
        assert loket.get("/meja/cari/", {"q": typed})["Location"] == f"/meja/perkara/{case.number}/"
    assert case.number in text(loket.get("/meja/cari/?q=pemohon contoh 1"))
    assert case.number in text(loket.get("/meja/cari/?q=P-"))
    assert "Tidak ada yang cocok" in text(loket.get("/meja/cari/?q=Zainal"))
    assert number_of("contoh 1") == ""


def test_pages_follow_each_other_by_limit_and_leave_nothing_out() -> None:
    office = furnish(DEPOT)
    cases = [hand_in(office.revisions[DEPOT], ANSWERS) for _ in range(5)]
    agency = office.post("front_office").agency_id
    with scoped(scope_system("test")):
        seats = Party.objects.filter(role="front_office", open=True)
        for n, case in enumerate(cases[:3]):
            seats.filter(case=case).update(due_at=now() + timedelta(days=3 - n))
        seats.filter(case__in=cases[3:]).update(due_at=None)
        found, after = [], ""
        while True:
            page = queries.page(queries.at_my_desk(agency, ["front_office"]), after, size=2)
            found += [seat.case_id for seat in page.seats]
            if page.next is None:
                break
            after = page.next
        assert found == [cases[i].pk for i in (2, 1, 0, 3, 4)]
        assert queries.page(seats, "rusak", size=2).seats


def test_someone_with_two_seats_at_a_case_sees_it_once() -> None:
    office = furnish(DEPOT)
    case = hand_in(office.revisions[DEPOT], ANSWERS)
    with scoped(scope_system("test")):
        seat = Party.objects.get(case=case, role="front_office")
        Party.objects.create(
            case=case, agency_id=seat.agency_id, capacity=seat.capacity, role="back_office", due_at=now()
        )
        twice = queries.page(queries.at_my_desk(seat.agency_id, ["front_office", "back_office"])).seats
        assert [one.role for one in twice] == ["back_office"]


def test_who_holds_several_posts_changes_between_them() -> None:
    office = furnish(DEPOT)
    case = hand_in(office.revisions[DEPOT], ANSWERS)
    account = office.post("front_office").account
    kesehatan = office.post("technical_team", "dinas-kesehatan").agency
    other = Post.objects.create(
        account=account, agency=kesehatan, role="technical_team", since_on=date(2020, 1, 1)
    )
    client = at_desk(office.post("front_office"))
    assert f'name="post" value="{other.pk}"' in text(client.get("/meja/"))
    client.post("/akun/jabatan/", {"post": other.pk})
    page = text(client.get("/meja/"))
    assert "tim teknis" in page and case.number not in page


@pytest.mark.parametrize(
    "path", ["/meja/", "/meja/unit/", "/meja/menunggu/", "/meja/tanda-tangan/", "/meja/cari/?q=P-"]
)
def test_a_list_takes_at_most_five_statements_however_long_it_is(path: str) -> None:
    office = furnish(DEPOT)
    client = at_desk(office.post("front_office"))
    hand_in(office.revisions[DEPOT], ANSWERS)
    client.get(path)  # the first look reads the definition, once per process
    one = own(client, path)
    for _ in range(2):
        hand_in(office.revisions[DEPOT], ANSWERS)
    assert own(client, path) == one <= 5

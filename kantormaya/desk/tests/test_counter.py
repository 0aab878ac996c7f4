"""The counter: someone is helped at the desk or on the phone, appointments of the day, days closed and times let go."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from kantormaya.audit.models import Entry
from kantormaya.audit.time import now, simulated
from kantormaya.bookings.models import ClosedDay, Diary, Place
from kantormaya.cases.models import Case, Draft, Event, Party
from kantormaya.casework import applying, booking
from kantormaya.casework.tests.office import IDENTITY, Office, furnish
from kantormaya.desk.tests.desks import at_desk
from kantormaya.engine.slots import Slot
from kantormaya.language.evaluating import About
from kantormaya.people.scopes import scope_case, scope_system, scoped

MONDAY = datetime(2026, 6, 8, 2, tzinfo=UTC)
WEDNESDAY = datetime(2026, 6, 10, 3, tzinfo=UTC)
DOMICILE = "surat-keterangan-domisili-usaha"
pytestmark = pytest.mark.django_db


@pytest.fixture
def office(demo: None) -> Office:
    return furnish("konsultasi", DOMICILE)


def desk(office: Office, role: str = "front_office", agency: str = "dpmptsp") -> Client:
    return at_desk(office.post(role, agency))


def question(office: Office, way: str = "video", at: datetime = WEDNESDAY) -> Case:
    """A question with a booked time."""
    answers: dict[str, Any] = {
        "cara": way,
        "pertanyaan": "Mulai dari mana?",
        f"jam_{way}": at,
        "nama": "Contoh",
    }
    if way == "telepon":
        answers["telepon"] = "+6281200000001"
    draft = applying.begin(office.revisions["konsultasi"], About(None, "online", None), language="id")
    with scoped(scope_case(draft.token)):
        applying.fill(draft, answers=answers)
        return applying.submit(draft).case


def begun(client: Client, service: str = "konsultasi", channel: str = "counter") -> str:
    """Begin for someone; the token of the draft."""
    answer = client.post("/meja/loket/", {"layanan": service, "lewat": channel})
    assert answer.status_code == 302, answer.content.decode()
    return answer.headers["Location"].split("/")[3]


def system() -> Any:
    return scoped(scope_system("test"))


def test_an_official_begins_for_someone_on_the_same_pages_and_the_case_says_so(office: Office) -> None:
    client = desk(office)
    with simulated(MONDAY):
        token = begun(client)
        assert client.post(f"/ajukan/isi/{token}/mulai/", {}).status_code == 302
        client.post(f"/ajukan/isi/{token}/isian-1/", {"cara": "tertulis"})
        client.post(f"/ajukan/isi/{token}/isian-2/", {"pertanyaan": "Mulai dari mana?", "nama": "Contoh"})
        review = client.get(f"/ajukan/isi/{token}/periksa/").content.decode()
        key = re.search(r'name="kunci" value="([^"]+)"', review)
        assert key
        client.post(f"/ajukan/isi/{token}/periksa/", {"kunci": key[1]})
        receipt = client.get("/ajukan/diterima/").content.decode()
    with system():
        draft = Draft.objects.select_related("begun_by__account").get(token=token)
        case = Case.objects.get(code=token)
        event = Event.objects.get(case=case, kind="submitted")
        assert draft.begun_by == office.post("front_office")
        assert event.actor == office.post("front_office").account.username and event.actor_role == "applicant"
        assert case.state["about"]["channel"] == "counter"
        assert Entry.objects.filter(act="begin_for_someone").count() == 1
    assert "Untuk petugas" in receipt and re.search(r'class="pin[^"]*">\d{6}<', receipt)
    assert "lewat loket" in client.get("/lacak/perkara/").content.decode()
    assert "lewat loket" in client.get(f"/meja/perkara/{case.number}/").content.decode()


def test_the_receipt_printed_at_the_counter_holds_the_pin_and_closing_takes_it_away(office: Office) -> None:
    client = desk(office)
    token = begun(client)
    client.post(f"/ajukan/isi/{token}/isian-1/", {"cara": "tertulis"})
    client.post(f"/ajukan/isi/{token}/isian-2/", {"pertanyaan": "Mulai dari mana?"})
    review = client.get(f"/ajukan/isi/{token}/periksa/").content.decode()
    key = re.search(r'name="kunci" value="([^"]+)"', review)
    assert key
    client.post(f"/ajukan/isi/{token}/periksa/", {"kunci": key[1]})
    assert client.get("/ajukan/diterima/tanda-terima.pdf").status_code == 200
    left = client.post("/lacak/keluar/", {"loket": "ya"})
    assert left.headers["Location"] == "/meja/loket/"
    assert client.get("/ajukan/diterima/").status_code == 302


def test_the_office_that_took_it_in_goes_on_seeing_a_case_that_another_decides(office: Office) -> None:
    post = office.post("front_office", "dpmptsp")
    draft = applying.begin(
        office.revisions[DOMICILE], About(None, "counter", "perorangan"), language="id", begun_by=post
    )
    place = {"lat": -2.88, "lon": 103.84, "address": "Jalan Contoh 12"}
    answers = {
        "status_tempat": "milik",
        "nama_usaha": "Warung",
        "bidang": "warung",
        "lokasi": place,
        "keperluan": "bank",
    }
    given = {n: (f"{n}.pdf",) for n in ("ktp", "pengantar", "foto")} | {
        "tempat": {"bukti_milik": ("pbb.pdf",)}
    }
    with scoped(scope_case(draft.token)):
        applying.fill(draft, answers=answers, given=given, identity=IDENTITY)
        case = applying.submit(draft).case
    assert case.agency.slug == "kecamatan-sekayu"
    with office.scope(post):
        assert Case.objects.filter(pk=case.pk).exists()
        assert not Party.objects.filter(case=case, capacity="counter").get().open
    assert f">{case.number}<" not in desk(office).get("/meja/").content.decode()


def test_only_the_counter_takes_in_for_someone_and_only_what_is_offered_there(office: Office) -> None:
    assert desk(office, "head_of_office").get("/meja/loket/").status_code == 403
    client = desk(office)
    assert client.get("/meja/loket/").status_code == 200
    for service, channel in (
        ("", "counter"),
        ("tidak-ada", "counter"),
        ("konsultasi", "online"),
        (DOMICILE, "phone"),
    ):
        answer = client.post("/meja/loket/", {"layanan": service, "lewat": channel})
        assert answer.status_code == 422, (service, channel)


def test_the_desk_shows_who_comes_today_with_the_room_and_not_those_of_others(
    office: Office, settings: Any
) -> None:
    settings.KANTOR_VIDEO_URL = "https://video.example/{room}"
    with simulated(MONDAY):
        case = question(office)
    with simulated(WEDNESDAY - timedelta(hours=1)):
        page = desk(office).get("/meja/janji/").content.decode()
        other = desk(office, agency="kecamatan-sekayu").get("/meja/janji/").content.decode()
        shown = desk(office).get(f"/meja/perkara/{case.number}/").content.decode()
    assert case.number in page and "10.00" in page and "https://video.example/" in page
    assert case.number not in other
    assert "buka ruang video" in shown


def test_a_day_is_closed_with_a_reason_and_opened_again_by_those_who_may(office: Office) -> None:
    client = desk(office)
    with simulated(MONDAY):
        client.get("/meja/janji/")
        diary = Diary.objects.get(booking="video")
        form = {"diari": diary.pk, "hari": "2026-06-10"}
        assert client.post("/meja/janji/tutup/", form).status_code == 422
        assert (
            desk(office, "back_office").post("/meja/janji/tutup/", form | {"alasan": "x"}).status_code == 403
        )
        other = desk(office, agency="kecamatan-sekayu")
        assert other.post("/meja/janji/tutup/", form | {"alasan": "x"}).status_code == 404
        client.post("/meja/janji/tutup/", form | {"alasan": "Listrik padam"})
        assert "Listrik padam" in client.get("/meja/janji/").content.decode()
        client.post("/meja/janji/buka/", form)
    assert not ClosedDay.objects.exists()
    assert client.post("/meja/janji/buka/", {"diari": "x", "hari": "y"}).status_code == 404


def test_an_official_lets_a_time_go_from_the_case_with_a_reason_the_applicant_reads(office: Office) -> None:
    with simulated(MONDAY):
        case = question(office, "telepon", WEDNESDAY + timedelta(minutes=10))
        client = desk(office)
        page = client.get(f"/meja/perkara/{case.number}/").content.decode()
        assert "Batalkan: Konsultasi lewat telepon" in page
        form = {"act": "release", "of": "telepon", "key": "k1", "seen": "1"}
        assert client.post(f"/meja/perkara/{case.number}/lakukan/", form).status_code == 422
        done = client.post(
            f"/meja/perkara/{case.number}/lakukan/", form | {"reason": "Petugas sakit", "key": "k2"}
        )
        assert done.status_code == 302
        with scoped(scope_case(case.code)):
            assert Place.objects.get(case=case).released_at == now()
            slot = Slot(WEDNESDAY + timedelta(days=1, minutes=10), None)
            assert (
                booking.book(case.pk, "telepon", slot, key="k3").state.bookings["telepon"].status
                == "confirmed"
            )


def test_the_page_of_appointments_takes_as_many_statements_with_three_as_with_one(
    office: Office, django_assert_num_queries: Any
) -> None:
    with simulated(MONDAY):
        question(office)
    client = desk(office)
    with simulated(WEDNESDAY):
        client.get("/meja/janji/")
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(connection) as one:
            client.get("/meja/janji/")
    with simulated(MONDAY):
        for n in range(1, 3):
            question(office, at=WEDNESDAY + n * timedelta(minutes=30))
    with simulated(WEDNESDAY), django_assert_num_queries(len(one)):
        client.get("/meja/janji/")


def test_a_question_about_a_case_knows_the_way_to_the_case_at_the_desk(office: Office) -> None:
    with simulated(MONDAY):
        first = question(office)
        for number, is_there in ((first.number, True), ("P-2026-999999", False)):
            draft = applying.begin(office.revisions["konsultasi"], About(None, "online", None), language="id")
            said = {
                "cara": "tertulis",
                "pertanyaan": "Kapan selesai?",
                "tentang": f"Konsultasi, permohonan {number}",
            }
            with scoped(scope_case(draft.token)):
                applying.fill(draft, answers=said)
                case = applying.submit(draft).case
            page = desk(office).get(f"/meja/perkara/{case.number}/").content.decode()
            assert (f"href='/meja/perkara/{number}/'" in page) is is_there

"""A citizen asks our staff, chooses a time with the form, moves and cancels it on the page of the case."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

import pytest
from django.http import HttpResponse
from django.test import Client

from kantormaya.audit.time import simulated
from kantormaya.bookings.diaries import close_day, diary
from kantormaya.bookings.models import Place
from kantormaya.cases.models import Case
from kantormaya.casework import deciding
from kantormaya.casework.tests.office import Office, furnish, mails
from kantormaya.casework.tests.office import hand_in as hand_in_by_verbs
from kantormaya.catalogue.publishing import definition_of
from kantormaya.language.evaluating import About
from kantormaya.people.guards import hand_over
from kantormaya.people.scopes import scope_system, scoped
from kantormaya.portal.tests.citizens import DEPOT, begin, case_of, hand_in, send, text

MONDAY = datetime(2026, 6, 8, 2, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return furnish("konsultasi", DEPOT)


def times(client: Client, address: str) -> list[str]:
    """The times that can be chosen on a page."""
    page = client.get(address)
    assert page.status_code == 200, text(page)
    return re.findall(
        r'name="waktu" id="[^"]+" value="([^"]+)"(?! disabled)(?! checked)', page.content.decode()
    )


def ask(client: Client, way: str = "telepon", about: str = "") -> tuple[str, list[str]]:
    """A question up to the page on which the time is chosen; the token, and the times."""
    started = client.post(f"/ajukan/konsultasi/?tentang={about}", {"tentang": about} if about else {})
    token = started.headers["Location"].split("/")[3]
    send(client, token, "isian-1", {"cara": way})
    rest = {"pertanyaan": "Mulai dari mana?", "nama": "Contoh", "email": "penanya@contoh.example"}
    step = send(client, token, "isian-2", {"tentang": about, **rest})
    if way == "telepon":
        step = send(client, token, step, {"telepon": "0812 0000 0001"})
    return token, times(client, f"/ajukan/isi/{token}/{step}/") if way != "tertulis" else []


def booked(client: Client, n: int = 0, way: str = "telepon") -> tuple[str, list[str]]:
    """A question with the n-th time, handed in; its code, and the times that were offered."""
    token, offered = ask(client, way)
    page = client.get(f"/ajukan/isi/{token}/")
    step = re.findall(r"/(isian-\d+)/", page.content.decode())[-1]
    assert send(client, token, step, {"waktu": offered[n]}) == "periksa"
    hand_in(client, token)
    return token, offered


def seats() -> list[datetime]:
    """The beginnings of the places held."""
    with scoped(scope_system("test")):
        return sorted(Place.objects.filter(released_at=None).values_list("starts_at", flat=True))


def test_a_time_is_chosen_with_the_form_and_held_from_the_moment_it_is_sent(
    office: Office, client: Client
) -> None:
    with simulated(MONDAY):
        token, offered = booked(client)
        page = client.get("/lacak/perkara/")
    assert seats() == [datetime.fromisoformat(offered[0].split("|")[0])]
    for words in (
        "Konsultasi lewat telepon",
        "Kami menelepon nomor yang Anda tulis",
        "Pindahkan",
        "Batalkan",
        "Simpan ke kalender",
    ):
        assert words in text(page)
    assert case_of(token).state["bookings"]["telepon"]["status"] == "confirmed"


def test_no_time_is_offered_that_is_too_near_on_a_day_off_or_on_a_closed_day(
    office: Office, client: Client
) -> None:
    definition = definition_of(office.revisions["konsultasi"])
    close_day(diary(definition, "telepon"), date(2026, 6, 9), "Pelatihan petugas", by="loket")
    with simulated(MONDAY):
        token, offered = ask(client)
        page = client.get(f"/ajukan/isi/{token}/isian-4/")
    days = {datetime.fromisoformat(one.split("|")[0]).astimezone().date().isoformat() for one in offered}
    assert "2026-06-09" not in days and "2026-06-13" not in days
    assert min(offered) >= "2026-06-08T04:00"
    assert "tutup: Pelatihan petugas" in text(page)


def test_what_others_have_taken_is_shown_as_full_and_refused_at_the_last_moment(office: Office) -> None:
    with simulated(MONDAY):
        late = Client()
        token, offered = ask(late, "video")
        step = re.findall(r"/(isian-\d+)/", late.get(f"/ajukan/isi/{token}/").content.decode())[-1]
        send(late, token, step, {"waktu": offered[0]})
        booked(Client(), way="video")
        review = late.get(f"/ajukan/isi/{token}/periksa/").content.decode()
        key = re.search(r'name="kunci" value="([^"]+)"', review)
        assert key
        refused = late.post(f"/ajukan/isi/{token}/periksa/", {"kunci": key[1]})
        assert refused.status_code == 422
        assert "baru saja penuh" in text(refused)
        assert offered[0] not in times(late, f"/ajukan/isi/{token}/{step}/")
        assert send(late, token, step, {"waktu": offered[1]}) == "periksa"
        hand_in(late, token)
    assert len(seats()) == 2


def test_a_time_is_moved_and_the_old_one_is_free_for_others(office: Office, client: Client) -> None:
    with simulated(MONDAY):
        _, offered = booked(client)
        page = client.get("/lacak/perkara/janji/telepon/").content.decode()
        key, seen = (
            re.search(r'name="key" value="(\w+)"', page),
            re.search(r'name="seen" value="(\d+)"', page),
        )
        assert key and seen
        sent = {"waktu": offered[5], "key": key[1], "seen": seen[1]}
        for _ in range(2):  # sent twice, moved once
            assert client.post("/lacak/perkara/janji/telepon/", sent).status_code == 302
    assert seats() == [datetime.fromisoformat(offered[5].split("|")[0])]
    assert len(mails(subject__startswith="Waktu Anda")) == 1


def test_a_time_is_cancelled_after_asking_once_more_and_can_be_chosen_again(
    office: Office, client: Client
) -> None:
    with simulated(MONDAY):
        booked(client)
        asked = client.get("/lacak/perkara/janji/telepon/batal/")
        assert "Batalkan waktu ini?" in text(asked)
        client.post("/lacak/perkara/janji/telepon/batal/", {})
        assert seats() == []
        page = client.get("/lacak/perkara/")
        assert "Belum ada waktu yang dipilih" in text(page)
        offered = times(client, "/lacak/perkara/janji/telepon/")
        client.post("/lacak/perkara/janji/telepon/", {"waktu": offered[2]})
    assert len(seats()) == 1


def test_close_to_the_time_nothing_can_be_moved_any_more_and_the_page_says_why(
    office: Office, client: Client
) -> None:
    with simulated(MONDAY):
        _, offered = booked(client)
    with simulated(datetime(2026, 6, 8, 3, 55, tzinfo=UTC)):
        page = client.get("/lacak/perkara/")
        assert "Sudah terlalu dekat" in text(page)
        assert client.get("/lacak/perkara/janji/telepon/").status_code == 302
        client.post("/lacak/perkara/janji/telepon/batal/", {})
    assert seats() == [datetime.fromisoformat(offered[0].split("|")[0])]


@pytest.mark.parametrize(
    "sent", [{}, {"waktu": "x"}, {"waktu": "2026-06-13T02:00:00+00:00|"}, {"waktu": "2026-06-10T02:00:00|"}]
)
def test_a_time_that_is_none_is_asked_again(office: Office, client: Client, sent: dict[str, str]) -> None:
    with simulated(MONDAY):
        booked(client)
        assert client.post("/lacak/perkara/janji/telepon/", sent).status_code == 422
        token, _ = ask(Client())
        step = "isian-4"
        assert client.post(f"/ajukan/isi/{token}/{step}/", sent).status_code == 422


def test_the_calendar_file_is_the_holders_alone(office: Office, client: Client) -> None:
    with simulated(MONDAY):
        token, _ = booked(client, way="video")
        made = client.get("/lacak/perkara/janji/video/kalender.ics")
        page = client.get("/lacak/perkara/").content.decode()
    assert made["Content-Type"].startswith("text/calendar")
    assert token in made.content.decode().replace("\r\n ", "") and "PIN" not in made.content.decode()
    assert Client().get("/lacak/perkara/janji/video/kalender.ics").status_code == 302
    assert client.get("/lacak/perkara/janji/telepon/kalender.ics").status_code == 404
    assert "Tautan video dikirim petugas" in page  # no provider is configured here


def test_both_sides_have_the_same_room_where_a_provider_is_configured(
    office: Office, client: Client, settings
) -> None:  # type: ignore[no-untyped-def]
    settings.KANTOR_VIDEO_URL = "https://video.example/{room}"
    with simulated(MONDAY):
        booked(client, way="video")
        page = client.get("/lacak/perkara/").content.decode()
    assert re.search(r'href="https://video\.example/[0-9a-f]{20}"', page)


def test_a_question_knows_the_service_or_the_case_it_is_about(office: Office, client: Client) -> None:
    page = client.get(f"/layanan/{DEPOT}/").content.decode()
    link = re.search(r'href="(/ajukan/konsultasi/\?tentang=[^"]+)"', page)
    assert link
    start = client.get(link[1].replace("&amp;", "&")).content.decode()
    assert 'name="tentang" value="Sertifikat Laik Higiene Sanitasi Depot Air Minum"' in start
    token, _ = ask(client, "tertulis", "Sertifikat Laik Higiene")
    hand_in(client, token)
    assert case_of(token).state["answers"]["tentang"] == "Sertifikat Laik Higiene"
    assert "/ajukan/konsultasi/?tentang" not in client.get("/lacak/perkara/").content.decode()


def test_the_record_of_a_consultation_is_read_by_both_sides(office: Office, client: Client) -> None:
    with simulated(MONDAY):
        token, _ = booked(client)
        case, post = case_of(token), office.post("front_office")
        with office.scope(post):
            deciding.find(case.pk, post, {"catatan": "Mulai dari NIB."}, key="a")
            deciding.move(case.pk, post, "forward", key="b")
        page = text(client.get("/lacak/perkara/"))
    assert "Catatan konsultasi" in page and "Mulai dari NIB." in page
    assert seats() == []  # answered before its time: the place is free again


def test_nobody_is_asked_for_a_nik_to_put_a_question(office: Office, client: Client) -> None:
    token, _ = ask(client, "tertulis")
    assert "NIK" not in text(client.get(f"/ajukan/isi/{token}/"))
    hand_in(client, token)
    assert case_of(token).applicant_name == "C••••"
    assert mails(to="penanya@contoh.example")


def test_a_service_with_its_own_fields_begins_as_ever(office: Office, client: Client) -> None:
    assert begin(client)


def test_presence_is_asked_for_with_its_reason_and_booked_when_its_step_has_come(client: Client) -> None:
    office = furnish("perekaman-ktp-el")
    page = text(client.get("/layanan/perekaman-ktp-el/"))
    assert "1 kali" in page and "direkam langsung dari orangnya (Perpres 26/2009 pasal 6)" in page
    with simulated(MONDAY):
        made = hand_in_by_verbs(office.revisions["perekaman-ktp-el"], {"sebab": "umur"}, About(None))
        post = office.post("front_office", "kecamatan-sekayu")
        with office.scope(post):
            deciding.check(made.pk, post, fits=("kk",), key="a")
            deciding.move(made.pk, post, "forward", key="b")
        hold(client, made)
        page = client.get("/lacak/perkara/")
        assert "Pilih waktu Anda: Perekaman di Kecamatan Sekayu" in text(page)
        assert "Mengapa harus datang: pas foto, sidik jari, dan tanda tangan direkam langsung" in text(page)
        offered = times(client, "/lacak/perkara/janji/rekam/")
        client.post("/lacak/perkara/janji/rekam/", {"waktu": offered[0]})
        page = text(client.get("/lacak/perkara/"))
        assert "Datanglah 10 menit sebelumnya" in page and "Pilih waktu Anda" not in page
        with office.scope(post):
            deciding.answer(made.pk, post, "rekam", "selesai", key="c")
            deciding.move(made.pk, post, "forward", key="d")
    assert seats() == []


def hold(client: Client, case: Case) -> None:
    """Open the case in this browser."""
    answer = HttpResponse()
    hand_over(answer, case.code)
    client.cookies.update(answer.cookies)

"""Beside a case: numbers in other systems, what was mailed, days for the calendar; each only for who holds the case."""

from __future__ import annotations

import icalendar
import pytest
from django.test import Client

from kantormaya.audit.models import Entry
from kantormaya.cases.models import Case, Event
from kantormaya.casework import deciding
from kantormaya.casework.tests.office import Office, furnish
from kantormaya.outbox.models import Message, MessageState
from kantormaya.people.scopes import scope_system, scoped
from kantormaya.portal.tests.citizens import DEPOT, WHO, begin, fill, hand_in, text

pytestmark = pytest.mark.django_db
HERE = "/lacak/perkara/"


@pytest.fixture
def office(db: None) -> Office:
    return furnish(DEPOT)


@pytest.fixture
def case(office: Office, client: Client) -> Case:
    """A case handed in by this browser."""
    token = begin(client)
    fill(client, token)
    return hand_in(client, token)[0]


def test_a_number_in_another_system_is_noted_once_shown_and_taken_away(
    office: Office, case: Case, client: Client
) -> None:
    noted = {"sistem": " OSS ", "nomor": "I-202603 0001"}
    for _ in range(2):
        assert client.post(f"{HERE}nomor-lain/", noted).status_code == 302
    page = client.get(f"{HERE}nomor-lain/")
    assert text(page).count("I-202603 0001") == 2, "once to read, once in the words of its button"
    assert "OSS I-202603 0001" in text(client.get(HERE))
    with scoped(scope_system("test")):
        assert Event.objects.filter(case=case).count() == 1, (
            "a note beside the case is nothing that happens to it"
        )
        assert Entry.objects.filter(case_id=case.pk, act="note_number").count() == 1
        (one,) = case.elsewhere.all()
    assert client.post(f"{HERE}nomor-lain/", {"hapus": str(one.pk)}).status_code == 302
    assert "I-202603" not in text(client.get(HERE))


def test_what_is_wrong_with_a_number_is_said_and_what_was_typed_stays(case: Case, client: Client) -> None:
    blank = client.post(f"{HERE}nomor-lain/", {"sistem": "OSS", "nomor": " "})
    assert blank.status_code == 422 and "Isi nama sistem dan nomornya." in text(blank)
    assert 'value="OSS"' in blank.content.decode()
    assert client.post(f"{HERE}nomor-lain/", {"sistem": "OSS", "nomor": "1" * 61}).status_code == 422
    for n in range(5):
        client.post(f"{HERE}nomor-lain/", {"sistem": "OSS", "nomor": str(n)})
    assert "Paling banyak 5 nomor" in text(client.post(f"{HERE}nomor-lain/", {"sistem": "OSS", "nomor": "6"}))
    assert client.post(f"{HERE}nomor-lain/", {"hapus": "bukan"}).status_code == 302


def test_nobody_takes_away_the_note_of_another(office: Office, case: Case, client: Client) -> None:
    client.post(f"{HERE}nomor-lain/", {"sistem": "OSS", "nomor": "1"})
    with scoped(scope_system("test")):
        (one,) = case.elsewhere.all()
    other = Client()
    token = begin(other)
    fill(other, token)
    hand_in(other, token)
    other.post(f"{HERE}nomor-lain/", {"hapus": str(one.pk)})
    assert "OSS 1" in text(client.get(HERE))
    assert "OSS 1" not in text(other.get(HERE))


def test_a_person_sees_which_mails_were_sent_and_whether_they_arrived(
    office: Office, case: Case, client: Client
) -> None:
    loket = office.post("front_office")
    with office.scope(loket):
        deciding.ask_correction(case.pk, loket, {"field.nama_depot": "beda dengan papan nama"}, key="a")
    page = text(client.get(f"{HERE}surel/"))
    assert "p•••@contoh.example" in page and WHO["email"] not in page
    assert "Permohonan diterima" in page and "perlu Anda perbaiki" in page and "menunggu" in page
    with scoped(scope_system("test")):
        Message.objects.filter(case_id=case.pk, to=WHO["email"]).update(state=MessageState.GIVEN_UP)
        Message.objects.create(
            key="x", channel="email", to="kasi@kantor.example", subject="Untuk petugas", body="-", case_id=case.pk,
            created_at=case.submitted_at, due_at=case.submitted_at,
        )  # fmt: skip
    page = text(client.get(f"{HERE}surel/"))
    assert "tidak terkirim" in page
    assert "Untuk petugas" not in page, "mails to officials are not the applicant's"


def test_the_promised_day_and_ones_own_limit_go_into_a_calendar(
    office: Office, case: Case, client: Client
) -> None:
    assert client.get(f"{HERE}batas/anda.ics").status_code == 404, "nothing is asked of the applicant yet"
    loket = office.post("front_office")
    with office.scope(loket):
        deciding.check(case.pk, loket, fits=("ktp", "nib", "pelatihan_higiene", "denah", "foto"), key="a")
        deciding.move(case.pk, loket, "forward", key="b")
    page = client.get(HERE).content.decode()
    assert f"{HERE}batas/janji.ics" in page and f"{HERE}batas/anda.ics" not in page
    answer = client.get(f"{HERE}batas/janji.ics")
    assert answer["Content-Type"].startswith("text/calendar")
    (event,) = icalendar.Calendar.from_ical(answer.content).walk("VEVENT")
    assert case.number in str(event["summary"]) and case.code in str(event["description"])
    with scoped(scope_system("test")):
        assert event.decoded("dtstart") == Case.objects.get(pk=case.pk).due_at
    assert client.get(f"{HERE}batas/entah.ics").status_code == 404


@pytest.mark.parametrize("path", ["nomor-lain/", "surel/", "batas/janji.ics"])
def test_without_code_and_pin_nothing_of_it_is_seen(case: Case, path: str) -> None:
    assert Client().get(f"{HERE}{path}").headers["Location"].startswith("/lacak/")


def test_these_pages_speak_english_too(case: Case, client: Client) -> None:
    client.cookies["bahasa"] = "en"
    assert "Numbers in other systems" in text(client.get(f"{HERE}nomor-lain/"))
    assert "Mails that we sent to you" in text(client.get(f"{HERE}surel/"))

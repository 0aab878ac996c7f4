"""What the office sent is seen at the desk: covered addresses, what failed and why, and a button that tries it again."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django.fixtures import Settings

from kantormaya.cases.models import Case
from kantormaya.casework import deciding
from kantormaya.casework.handoff import receive_application
from kantormaya.casework.tests.office import Office, mails
from kantormaya.desk.tests.desks import ANSWERS, DEPOT, at_desk, furnish, hand_in, text
from kantormaya.handoff.providers.fake import FakeNational
from kantormaya.handoff.providers.fake.example import SERVICE, example
from kantormaya.outbox.models import Message
from kantormaya.outbox.sending import deliver_due
from kantormaya.people.scopes import scope_system, scoped

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]
PAGE, OSS = "/meja/kiriman/", "/meja/oss/"


@pytest.fixture
def out_of_order(settings: Settings) -> None:
    settings.KANTOR_CHANNELS = {
        "email": "kantormaya.outbox.channels.failing",
        "oss": "kantormaya.handoff.reporting",
    }
    settings.KANTOR_OSS = "failing"


def handed_over(settings: Settings, number: int = 1) -> Case:
    """A case that the national system passed on."""
    before, settings.KANTOR_OSS = settings.KANTOR_OSS, "fake"
    taken = receive_application("fake", *FakeNational().pass_on(example(number)))
    settings.KANTOR_OSS = before
    assert taken.case is not None
    return taken.case


def send_back(office: Office, case: Case, key: str = "k") -> None:
    loket = office.post("front_office")
    with office.scope(loket):
        deciding.check(case.pk, loket, deficient={"denah": "Belum ada ukuran."}, key=f"{key}1")
        deciding.ask_correction(case.pk, loket, {}, key=f"{key}2")


def test_a_mail_that_failed_shows_why_when_next_and_goes_out_by_a_button(
    out_of_order: None, settings: Settings
) -> None:
    office = furnish(DEPOT)
    case = hand_in(office.revisions[DEPOT], ANSWERS)
    deliver_due()
    loket = at_desk(office.post("front_office"))
    page = text(loket.get(PAGE))
    assert "p•••@contoh.example" in page
    assert "pemohon@contoh.example" not in page
    assert case.number in page
    assert "out of order, for a test" in page
    assert "Dicoba lagi" in page
    settings.KANTOR_CHANNELS = {"email": "kantormaya.outbox.channels.demo_mailbox"}
    (message,) = mails()
    answer = loket.post(f"{PAGE}{message.pk}/ulangi/", follow=True)
    assert "Dikirim lagi sekarang" in text(answer)
    deliver_due()
    assert "Semua kiriman sudah sampai" in text(loket.get(PAGE))
    assert "terkirim" in text(loket.get(f"{PAGE}?keadaan=semua"))


def test_one_that_was_given_up_is_found_by_its_filter(out_of_order: None) -> None:
    office = furnish(DEPOT)
    hand_in(office.revisions[DEPOT], ANSWERS)
    loket = at_desk(office.post("front_office"))
    assert "Tidak ada di sini" in text(loket.get(f"{PAGE}?keadaan=menyerah"))
    with scoped(scope_system("test")):
        Message.objects.update(state="given_up", last_error="the address was refused")
    page = text(loket.get(f"{PAGE}?keadaan=menyerah"))
    assert "tidak terkirim" in page
    assert "Coba lagi sekarang" in page


def test_another_agency_sees_nothing_of_it_and_cannot_send_it_again(out_of_order: None) -> None:
    office = furnish(DEPOT)
    case = hand_in(office.revisions[DEPOT], ANSWERS)
    deliver_due()
    other = at_desk(office.post("front_office", "dinas-pupr"))
    assert case.number not in text(other.get(f"{PAGE}?keadaan=semua"))
    (message,) = mails()
    assert other.post(f"{PAGE}{message.pk}/ulangi/").status_code == 404
    assert Client().post(f"{PAGE}{message.pk}/ulangi/").status_code == 302


def test_pages_follow_each_other_without_end(out_of_order: None) -> None:
    office = furnish(DEPOT)
    hand_in(office.revisions[DEPOT], ANSWERS)
    (first,) = mails()
    rows = [Message(**{**_fields(first), "key": f"k{n}", "subject": f"Perihal {n:02}"}) for n in range(30)]
    with scoped(scope_system("test")):
        Message.objects.bulk_create(rows)
    loket = at_desk(office.post("front_office"))
    page = text(loket.get(PAGE))
    assert ("Perihal 29" in page, "Perihal 04" in page) == (True, False)
    older = page.split('rel="next"')[0].rsplit('href="?', 1)[1].split('"')[0].replace("&amp;", "&")
    assert "Perihal 04" in text(loket.get(f"{PAGE}?{older}"))
    assert loket.get(f"{PAGE}?sebelum=x").status_code == 200


def _fields(one: Message) -> dict[str, object]:
    return {f.attname: getattr(one, f.attname) for f in Message._meta.concrete_fields if f.attname != "id"}


def test_what_the_national_system_has_not_heard_is_seen_with_its_reason(
    out_of_order: None, settings: Settings
) -> None:
    office = furnish(SERVICE)
    case = handed_over(settings)
    loket = at_desk(office.post("front_office"))
    page = text(loket.get(OSS))
    assert "OSS sudah mendengar semuanya" in page
    assert all(
        word in page
        for word in (case.number, "I-CONTOH-000001", "9900000000001", "Menunggu verifikasi persyaratan")
    )
    send_back(office, case)
    deliver_due()
    page = text(loket.get(OSS))
    assert "1 kabar belum sampai ke OSS" in page
    assert "Belum melengkapi persyaratan" in page
    assert "the national system cannot be reached" in page
    (message,) = mails(channel="oss")
    answer = loket.post(f"{PAGE}{message.pk}/ulangi/", {"kembali": "desk_national"}, follow=True)
    assert answer.redirect_chain[0][0] == OSS
    loket.cookies["bahasa"] = "en"
    assert "Requirements not complete yet" in text(loket.get(OSS))


def test_the_page_of_the_national_system_reads_few_rows_and_is_each_agencys_own(settings: Settings) -> None:
    settings.KANTOR_OSS = "fake"
    office = furnish(SERVICE)
    loket = at_desk(office.post("front_office"))
    counts = []
    for number in (1, 2, 3):
        send_back(office, handed_over(settings, number), key=f"k{number}")
        if number != 2:
            loket.get(OSS)
            with CaptureQueriesContext(connection) as caught:
                loket.get(OSS)
            counts.append(len(caught.captured_queries))
    assert counts[0] == counts[1]
    assert "I-CONTOH" not in text(at_desk(office.post("front_office", "dinas-kesehatan")).get(OSS))


def test_the_menu_shows_the_hand_over_only_where_a_national_system_is_connected(settings: Settings) -> None:
    office = furnish(DEPOT)
    loket = at_desk(office.post("front_office"))
    settings.KANTOR_OSS = ""
    assert "Serah terima OSS" not in text(loket.get(PAGE))
    settings.KANTOR_OSS = "fake"
    assert "Serah terima OSS" in text(loket.get(PAGE))


def test_two_different_applications_are_two_cases(settings: Settings) -> None:
    settings.KANTOR_OSS = "fake"
    furnish(SERVICE)
    first = handed_over(settings, 1)
    other = receive_application("fake", *FakeNational().pass_on(replace(example(2), language="en")))
    assert other.case is not None
    assert (other.case.pk != first.pk, other.case.language) == (True, "en")

"""Whoever has something with us already: renews from the case or the paper, shows pictures, opens all cases by a link."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from kantormaya.audit.time import now, simulated
from kantormaya.cases.models import Case, Draft, MailedLink
from kantormaya.casework import applying, deciding
from kantormaya.casework.collecting import send_link
from kantormaya.casework.standing_of_papers import change_standing
from kantormaya.casework.tests.licences import BIDAN, here, issued
from kantormaya.casework.tests.office import IDENTITY, Office, furnish, hand_in, lines, mails
from kantormaya.casework.tests.test_story import ANSWERS
from kantormaya.catalogue.agencies import publish_agency
from kantormaya.payments.models import Bill
from kantormaya.people.scopes import scope_case, scope_system, scoped
from kantormaya.portal.tests.citizens import DEPOT, pdf, photo, text

REQUIREMENTS = ("ktp", "nib", "denah", "foto", "pelatihan_higiene")
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def office() -> Office:
    return furnish(BIDAN, DEPOT)


def enter(case: Case, pin: str) -> Client:
    """A browser that gave code and PIN."""
    client = Client()
    assert client.post("/lacak/", {"kode": case.code, "pin": pin}).status_code == 302
    return client


def draft_at(location: str) -> Draft:
    """The draft that an address leads to."""
    with scoped(scope_system("test")):
        return Draft.objects.select_related("revision").get(token=location.split("/")[3])


def filled(draft: Draft) -> applying.Filled:
    """What it holds."""
    with scoped(scope_case(draft.token)):
        return applying.filled(draft)


def test_a_renewal_begins_on_the_page_of_the_case_with_everything_filled_in(office: Office) -> None:
    case, pin, paper = issued(office)
    client = enter(case, pin)
    assert f"/lacak/perkara/surat/{paper.pk}/lanjut/" in client.get("/lacak/perkara/").content.decode()
    link = f"/lacak/perkara/surat/{paper.pk}/lanjut/"
    page = text(client.get(link))
    assert "Perpanjangan" in page and "Tempat praktik kedua" in page and "Pencabutan" in page
    assert client.post(link, {"jenis": "ngawur"}).status_code == 422
    begun = client.post(link, {"jenis": "perpanjangan.sipb_lama"})
    draft = draft_at(begun.headers["Location"])
    held = filled(draft)
    assert held.identity["nik"] == IDENTITY["nik"] and held.answers["nomor_strb"] == "STR-1"
    page = text(client.get(f"/ajukan/isi/{draft.token}/berkas-sipb_lama/"))
    assert "Kami menemukan" in page and str(paper.number) in page


def test_with_the_paper_in_hand_the_holders_number_opens_the_renewal_but_none_of_the_private_answers(
    office: Office,
) -> None:
    _, _, paper = issued(office)
    client, link = Client(), f"/cek/{paper.code}/lanjut/"
    assert link in client.get(f"/cek/{paper.code}").content.decode()
    wrong = client.post(link, {"jenis": "perpanjangan.sipb_lama", "nomor": "9906014101880003"})
    assert wrong.status_code == 422 and "bukan nomor pemegang" in text(wrong)
    begun = client.post(link, {"jenis": "perpanjangan.sipb_lama", "nomor": "9906 0157 0890 0001"})
    held = filled(draft_at(begun.headers["Location"]))
    assert held.identity == {"name": IDENTITY["name"], "nik": IDENTITY["nik"]}
    assert "nomor_strb" not in held.answers and held.answers["nama_tempat"] == "Puskesmas Contoh"


def test_guessing_the_holder_locks_the_paper(office: Office) -> None:
    _, _, paper = issued(office)
    client, link = Client(), f"/cek/{paper.code}/lanjut/"
    for _ in range(5):
        client.post(link, {"jenis": "perpanjangan.sipb_lama", "nomor": "9906014101880003"})
    right = client.post(link, {"jenis": "perpanjangan.sipb_lama", "nomor": IDENTITY["nik"]})
    assert right.status_code == 422 and "dikunci 15 menit" in text(right)


def test_a_suspended_paper_says_so_on_the_page_of_the_case_and_leads_nowhere(office: Office) -> None:
    case, pin, paper = issued(office)
    head = office.post("head_of_office")
    with office.scope(head):
        change_standing(paper, [head], "suspend", "Pengaduan warga diperiksa")
    client = enter(case, pin)
    page = text(client.get("/lacak/perkara/"))
    assert "dibekukan" in page and "Pengaduan warga diperiksa" in page
    assert "tidak ada yang dapat diajukan" in text(client.get(f"/lacak/perkara/surat/{paper.pk}/lanjut/"))
    assert "lanjut/" not in Client().get(f"/cek/{paper.code}").content.decode()


def test_nobody_goes_on_from_the_paper_of_another_case(office: Office) -> None:
    _, _, paper = issued(office)
    other, pin, _ = issued(office, nik="9906014101880003")
    assert enter(other, pin).get(f"/lacak/perkara/surat/{paper.pk}/lanjut/").status_code == 404


# remote inspections


@pytest.fixture
def inspected(office: Office) -> Case:
    """A depot whose inspection has its time."""
    case = hand_in(office.revisions[DEPOT], ANSWERS)
    loket, dinkes = office.post("front_office"), office.post("technical_team", "dinas-kesehatan")
    with office.scope(loket):
        deciding.check(case.pk, loket, fits=REQUIREMENTS, key="a")
        deciding.move(case.pk, loket, "forward", key="b")
    with office.scope(dinkes):
        deciding.schedule(case.pk, dinkes, "inspeksi", now() + timedelta(days=2), key="c")
    return case


@pytest.fixture
def holder(inspected: Case) -> Client:
    """The browser of its applicant."""
    from django.http import HttpResponse

    from kantormaya.people.guards import HOLDER_COOKIE, hand_over

    answer, client = HttpResponse(), Client()
    hand_over(answer, inspected.code)
    client.cookies[HOLDER_COOKIE] = answer.cookies[HOLDER_COOKIE].value
    return client


LINK = "/lacak/perkara/foto/inspeksi/"


def code_on(client: Client) -> str:
    """The code that shows."""
    found = re.search(r'class="pin[^"]*">([0-9A-Z]{3}-[0-9A-Z]{3})<', client.get(LINK).content.decode())
    assert found
    return found[1]


def test_pictures_are_sealed_with_the_code_the_time_and_their_fingerprint_and_the_official_answers_on_them(
    office: Office, inspected: Case, holder: Client
) -> None:
    at = now()
    assert LINK in holder.get("/lacak/perkara/").content.decode()
    with simulated(at):
        code = code_on(holder)
        sent = holder.post(
            LINK, {"kode": code, "key": "k1", "foto": [photo("a.jpg"), photo("b.jpg", (1, 2, 3))]}
        )
        assert sent.status_code == 302
        again = holder.post(LINK, {"kode": code, "key": "k1", "foto": [photo("a.jpg")]})
        assert again.status_code == 302
    proofs = here(inspected).state.tasks["inspeksi"].proofs
    assert len(proofs) == 2 and {p.code for p in proofs} == {code} and {p.at for p in proofs} == {at}
    assert "2 foto sudah kami terima" in text(holder.get(LINK)) and proofs[0].sha256 in text(holder.get(LINK))
    dinkes = office.post("technical_team", "dinas-kesehatan")
    with office.scope(dinkes):
        facts = {"skor": 88, "air_sehat": True}
        deciding.answer(inspected.pk, dinkes, "inspeksi", "sesuai", facts=facts, key="d")
    (answer,) = here(inspected).state.tasks["inspeksi"].answers.values()
    assert answer.proofs == proofs
    record = text(holder.get("/lacak/perkara/"))
    assert code in record and proofs[0].sha256 in record
    assert holder.get(LINK).status_code == 302


def test_the_code_changes_every_ten_minutes_and_the_one_before_is_still_taken(
    inspected: Case, holder: Client
) -> None:
    at = now().replace(minute=0, second=30, microsecond=0)
    with simulated(at) as clock:
        first = code_on(holder)
        clock.advance(timedelta(minutes=10))
        assert code_on(holder) != first
        assert holder.post(LINK, {"kode": first, "key": "k1", "foto": photo()}).status_code == 302
        clock.advance(timedelta(minutes=10))
        stale = holder.post(LINK, {"kode": first, "key": "k2", "foto": photo()})
        assert stale.status_code == 422 and "sudah berganti" in text(stale)
        forged = holder.post(LINK, {"kode": "AAA-AAA", "key": "k3", "foto": photo()})
        assert forged.status_code == 422
    assert len(here(inspected).state.tasks["inspeksi"].proofs) == 1


def test_only_pictures_are_taken_and_the_good_ones_of_a_batch_are_kept(
    inspected: Case, holder: Client
) -> None:
    mixed = holder.post(
        LINK, {"kode": code_on(holder), "key": "k1", "foto": [pdf("surat.pdf"), photo("baik.jpg")]}
    )
    assert mixed.status_code == 422 and len(here(inspected).state.tasks["inspeksi"].proofs) == 1
    assert "baik.jpg" in text(mixed)
    empty = holder.post(LINK, {"kode": code_on(holder), "key": "k2"})
    assert empty.status_code == 422 and "Pilih fotonya dulu" in text(empty)


def test_a_visit_stays_possible_and_the_protocol_in_force_is_said_with_its_source(
    inspected: Case, holder: Client
) -> None:
    assert "tidak mencantumkan protokol" in text(holder.get(LINK))
    publish_agency(
        'agency = "dinas-kesehatan"\n'
        '[[protocol]]\nsince = 2020-03-30\nuntil = 2020-04-09\nsays = "Tatap muka dibatasi"\nsource = "SE 800"\n'
        '[[protocol]]\nsince = 2023-06-09\nsays = "Masker bila sakit"\nsource = "SE Satgas 1/2023"\n',
        by="uji",
    )
    page = text(holder.get(LINK))
    assert "Minta kunjungan langsung" in page and "Masker bila sakit" in page and "SE Satgas 1/2023" in page
    assert "Tatap muka dibatasi" not in page


# a bill paid by somebody else


def test_somebody_else_pays_by_a_link_that_shows_the_bill_and_nothing_of_the_case(
    office: Office, inspected: Case, holder: Client
) -> None:
    dinkes = office.post("technical_team", "dinas-kesehatan")
    with office.scope(dinkes):
        facts = {"skor": 88, "air_sehat": True}
        deciding.answer(inspected.pk, dinkes, "inspeksi", "sesuai", facts=facts, key="d")
        deciding.answer(inspected.pk, dinkes, "pertimbangan", "setuju", key="e")
    back = office.post("back_office")
    with office.scope(back):
        deciding.move(inspected.pk, back, "forward", key="f")
        bill = Bill.objects.get(case=inspected)
    page = holder.get(f"/lacak/perkara/tagihan/{bill.reference}/").content.decode()
    link = re.search(r'href="[^"]*(/bayar/[^"]+)"', page)
    assert link
    stranger = text(Client().get(link[1]))
    assert "Rp 300.000" in stranger.replace("\N{NO-BREAK SPACE}", " ") and str(bill.reference) in stranger
    for private in (inspected.number, inspected.code, IDENTITY["name"], IDENTITY["email"]):
        assert private not in stranger
    assert Client().get("/bayar/SKRD20260000001/").status_code == 404
    assert Client().get(f"/bayar/{bill.reference}:falsch/").status_code == 404


# one's own cases by a link


def test_the_answer_is_the_same_for_a_known_and_an_unknown_address(
    office: Office, django_assert_num_queries: Callable[..., object]
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    issued(office)
    answers = []
    for address in (IDENTITY["email"], "orang@lain.example"):
        client = Client()
        with CaptureQueriesContext(connection) as asked:
            answer = client.post("/akun-saya/", {"email": address})
        answers.append(
            (answer.status_code, answer.headers["Location"], [q["sql"].split("(")[0] for q in asked])
        )
    assert answers[0] == answers[1]
    assert Client().post("/akun-saya/", {"email": "bukan alamat"}).status_code == 422


def secret_of_mail() -> str:
    """The secret in the link of the last mail."""
    mail = mails(body__contains="/akun-saya/")[-1]
    return mail.body.partition("/akun-saya/")[2].split("/")[0]


def test_the_link_opens_the_cases_of_the_address_once_and_each_without_its_pin(office: Office) -> None:
    case, _, _ = issued(office)
    assert send_link(IDENTITY["email"], language="id")
    link = f"/akun-saya/{secret_of_mail()}/"
    client = Client()
    assert client.get("/akun-saya/perkara/").headers["Location"] == "/akun-saya/"
    assert "Buka perkara saya" in text(client.get(link))
    assert client.post(link).headers["Location"] == "/akun-saya/perkara/"
    assert case.number in text(client.get("/akun-saya/perkara/"))
    assert client.post(f"/akun-saya/perkara/{case.code}/").headers["Location"] == "/lacak/perkara/"
    assert case.number in text(client.get("/lacak/perkara/"))
    assert lines(act="case.opened_by_link", case_id=case.pk)
    used = Client()
    assert used.get(link).status_code == 410 and used.post(link).status_code == 410
    client.post("/akun-saya/keluar/")
    assert client.get("/akun-saya/perkara/").status_code == 302


def test_a_link_opens_nobody_elses_case(office: Office) -> None:
    issued(office)
    with scoped(scope_system("test")):
        other = hand_in(
            office.revisions[DEPOT], ANSWERS, identity={**IDENTITY, "email": "lain@contoh.example"}
        )
    assert send_link(IDENTITY["email"], language="id")
    client = Client()
    client.post(f"/akun-saya/{secret_of_mail()}/")
    assert other.number not in text(client.get("/akun-saya/perkara/"))
    assert client.post(f"/akun-saya/perkara/{other.code}/").headers["Location"] == "/akun-saya/perkara/"
    assert MailedLink.objects.count() == 1


def test_the_pages_speak_english(office: Office, holder: Client) -> None:
    _, _, paper = issued(office)
    holder.cookies["bahasa"] = "en"
    for link, said in (
        (LINK, "Your code now"),
        ("/akun-saya/", "All your cases by one link"),
        ("/akun-saya/terkirim/", "Look into your mailbox"),
        (f"/cek/{paper.code}/lanjut/", "Go on from your paper"),
    ):
        page = text(holder.get(link))
        assert said in page and "Lanjutkan dari" not in page and "Kode Anda" not in page

"""A citizen follows a case by code and PIN, corrects what was asked, pays, writes, agrees, withdraws, takes the paper home."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kantormaya.audit.models import Entry
from kantormaya.audit.time import now, simulated
from kantormaya.cases.models import Case, Event
from kantormaya.casework import deciding, settling, signing
from kantormaya.casework.drafting import as_signatory
from kantormaya.casework.standing import standing
from kantormaya.casework.tests.office import PASSPHRASE, Office, furnish
from kantormaya.documents.models import Upload
from kantormaya.messages.conversing import say
from kantormaya.messages.models import Line
from kantormaya.payments.models import Bill
from kantormaya.payments.paying import pay_as_customer
from kantormaya.people.scopes import scope_agency, scope_system, scoped
from kantormaya.permits.models import Paper
from kantormaya.permits.providers.local import LocalProvider
from kantormaya.portal.tests.citizens import DEPOT, begin, fill, hand_in, pdf, photo, text

FITS = ("ktp", "nib", "pelatihan_higiene")


@pytest.fixture
def office(db: None) -> Office:
    return furnish(DEPOT)


@pytest.fixture
def held(office: Office, client: Client) -> tuple[Case, str]:
    """A case handed in by this browser, and its PIN."""
    token = begin(client)
    fill(client, token)
    return hand_in(client, token)


def _return(office: Office, case: Case) -> None:
    loket = office.post("front_office")
    with office.scope(loket):
        deciding.check(
            case.pk, loket, fits=FITS, deficient={"denah": "buram", "foto": "terlalu gelap"}, key="a"
        )
        deciding.ask_correction(case.pk, loket, {"field.nama_depot": "beda dengan papan nama"}, key="b")


def _to_payment(office: Office, case: Case) -> Bill:
    loket, dinkes = office.post("front_office"), office.post("technical_team", "dinas-kesehatan")
    with office.scope(loket):
        deciding.check(case.pk, loket, fits=(*FITS, "denah", "foto"), key="c")
        deciding.move(case.pk, loket, "forward", key="d")
    with office.scope(dinkes):
        deciding.schedule(case.pk, dinkes, "inspeksi", now() + timedelta(days=1), key="e")
        deciding.answer(case.pk, dinkes, "inspeksi", "sesuai", facts={"skor": 88, "air_sehat": True}, key="f")
        deciding.answer(case.pk, dinkes, "pertimbangan", "setuju", key="g")
    with office.scope(loket):
        deciding.move(case.pk, office.post("back_office"), "forward", key="h")
        return Bill.objects.get(case=case)


def _pay(bill: Bill) -> None:
    headers, body = pay_as_customer(bill.reference or "", bill.amount)
    assert settling.settle("demo_bank", headers, body).settles


@pytest.mark.django_db
def test_code_and_pin_open_the_case_however_the_code_is_typed(held: tuple[Case, str]) -> None:
    case, pin = held
    browser = Client()
    typed = case.code.lower().replace("-", " ")
    assert browser.post("/lacak/", {"kode": typed, "pin": pin}).headers["Location"] == "/lacak/perkara/"
    page = browser.get("/lacak/perkara/")
    assert "Berkas Anda sedang kami periksa" in text(page) and case.number in text(page)


@pytest.mark.django_db
def test_wrong_pins_lock_the_code_and_an_unknown_code_is_answered_like_a_wrong_pin(
    held: tuple[Case, str],
) -> None:
    case, pin = held
    wrong = "000000" if pin != "000000" else "111111"
    browser = Client()
    unknown = browser.post("/lacak/", {"kode": "MUBA-0000-0000-0000-0000-0", "pin": pin})
    nonsense = browser.post("/lacak/", {"kode": "entah", "pin": pin})
    for _ in range(5):
        refused = browser.post("/lacak/", {"kode": case.code, "pin": wrong})
    summary = re.compile(r'<section class="error-summary".*?</section>', re.DOTALL)
    said = {summary.search(r.content.decode())[0] for r in (unknown, nonsense, refused)}  # type: ignore[index]
    assert len(said) == 1 and {r.status_code for r in (unknown, nonsense, refused)} == {422}
    locked = browser.post("/lacak/", {"kode": case.code, "pin": pin})
    assert locked.status_code == 422 and "dikunci 15 menit" in text(locked)
    with simulated(now() + timedelta(minutes=16)):
        assert browser.post("/lacak/", {"kode": case.code, "pin": pin}).status_code == 302


@pytest.mark.django_db
def test_without_code_and_pin_nothing_of_a_case_is_seen(held: tuple[Case, str]) -> None:
    stranger = Client()
    for path in ("", "perbaiki/", "pesan/", "tarik/", "berkas/1/", "surat/1/", "serahkan/"):
        assert stranger.get(f"/lacak/perkara/{path}").headers["Location"] == "/lacak/"


@pytest.mark.django_db
def test_another_case_is_never_seen(office: Office, held: tuple[Case, str]) -> None:
    other = Client()
    token = begin(other)
    fill(other, token)
    theirs, _ = hand_in(other, token)
    mine, _ = held
    with scoped(scope_system("test")):
        file = Upload.objects.filter(case=mine).first()
    assert file is not None
    assert mine.number not in text(other.get("/lacak/perkara/")) and theirs.number in text(
        other.get("/lacak/perkara/")
    )
    assert other.get(f"/lacak/perkara/berkas/{file.pk}/").status_code == 404


@pytest.mark.django_db
def test_the_browser_forgets_the_case_when_told_so(held: tuple[Case, str], client: Client) -> None:
    assert client.get("/lacak/perkara/").status_code == 200
    client.post("/lacak/keluar/")
    assert client.get("/lacak/perkara/").headers["Location"] == "/lacak/"


@pytest.mark.django_db
def test_exactly_the_deficient_items_are_corrected_all_at_once(
    office: Office, held: tuple[Case, str], client: Client
) -> None:
    case, _ = held
    _return(office, case)
    page = text(client.get("/lacak/perkara/"))
    assert (
        "Menunggu tiga perbaikan dari Anda" in page and "terlalu gelap" in page and "Hitung sendiri" in page
    )
    form = client.get("/lacak/perkara/perbaiki/")
    assert (
        "Kata petugas: buram" in text(form) and "denah.pdf" in text(form) and "KTP pemilik" not in text(form)
    )
    hidden = dict(re.findall(r'name="(key|seen)" value="([^"]*)"', form.content.decode()))
    half = client.post(
        "/lacak/perkara/perbaiki/", {**hidden, "denah": pdf("denah2.pdf"), "nama_depot": "Depot Baru"}
    )
    assert half.status_code == 422 and "Unggah Foto depot" in text(half)
    assert "denah2.pdf" in text(half) and "Depot Baru" in half.content.decode(), "what was given stays"
    with scoped(scope_system("test")):
        assert standing(Case.objects.select_related("revision").get(pk=case.pk)).state.correction is not None
    whole = client.post(
        "/lacak/perkara/perbaiki/",
        {**hidden, "foto": [photo("a.jpg"), photo("b.jpg", (1, 2, 3))], "nama_depot": "Depot Baru"},
    )
    assert whole.headers["Location"] == "/lacak/perkara/?sudah=perbaikan"
    with scoped(scope_system("test")):
        state = standing(Case.objects.select_related("revision").get(pk=case.pk)).state
        assert state.correction is None and state.answers["nama_depot"] == "Depot Baru"
        new = Upload.objects.get(name="denah2.pdf")
        assert state.requirements["denah"].files == (f"upload.{new.pk}",) and new.case_id == case.pk
        assert new.replaces is not None and new.replaces.name == "denah.pdf"


@pytest.mark.django_db
def test_a_file_of_a_correction_is_seen_by_the_office_only_once_it_is_sent(
    office: Office, held: tuple[Case, str], client: Client
) -> None:
    case, _ = held
    _return(office, case)
    client.post("/lacak/perkara/perbaiki/", {"denah": pdf("denah2.pdf")})
    loket = office.post("front_office")
    with office.scope(loket):
        assert not Upload.objects.filter(name="denah2.pdf").exists()
    assert "denah2.pdf" not in text(client.post("/lacak/perkara/perbaiki/", {"hapus": "denah.0"}))


@pytest.mark.django_db
def test_a_bill_is_shown_paid_and_told(
    office: Office, held: tuple[Case, str], client: Client, demo: None
) -> None:
    case, _ = held
    bill = _to_payment(office, case)
    page = client.get("/lacak/perkara/")
    assert "Menunggu pembayaran Anda: Rp 300.000" in text(page)
    assert f"/lacak/perkara/tagihan/{bill.reference}/" in page.content.decode()
    asked = client.get(f"/lacak/perkara/tagihan/{bill.reference}/").content.decode()
    assert "<svg" in asked and f"/bank-contoh/{bill.reference}/" in asked
    _pay(bill)
    page = text(client.get("/lacak/perkara/"))
    assert "Sedang kami kerjakan: Menyusun konsep sertifikat dan paraf" in page and "lunas" in page
    assert "Dibayar" in text(client.get(f"/lacak/perkara/tagihan/{bill.reference}/"))


@pytest.mark.django_db
def test_writing_to_the_office_happens_once_and_an_empty_message_is_refused(
    office: Office, held: tuple[Case, str], client: Client
) -> None:
    case, _ = held
    for _ in range(2):
        client.post("/lacak/perkara/pesan/", {"key": "k", "pesan": "Kapan depot saya diperiksa?"})
    assert client.post("/lacak/perkara/pesan/", {"key": "l", "pesan": "  "}).status_code == 422
    loket = office.post("front_office")
    with office.scope(loket):
        assert Line.objects.filter(case=case).count() == 1
        say(case, deciding.actor_of(loket), "Besok pagi.", key="m", by=loket.account.username)
        say(
            case, deciding.actor_of(loket), "catatan dalam", key="n", by=loket.account.username, internal=True
        )
    page = text(client.get("/lacak/perkara/"))
    assert "Petugas loket" in page and "Besok pagi." in page
    assert "catatan dalam" not in page and loket.account.name not in page


@pytest.mark.django_db
def test_an_application_is_withdrawn_with_its_reason_and_only_once(
    held: tuple[Case, str], client: Client
) -> None:
    case, _ = held
    assert "Tarik permohonan ini?" in text(client.get("/lacak/perkara/tarik/"))
    client.post("/lacak/perkara/tarik/", {"key": "k", "alasan": "Depot saya tutup"})
    page = text(client.get("/lacak/perkara/"))
    assert "Anda sudah menarik permohonan ini" in page and "Depot saya tutup" in page
    assert client.post("/lacak/perkara/tarik/", {"key": "l", "alasan": ""}).status_code == 422
    with scoped(scope_system("test")):
        assert Event.objects.filter(case=case, kind="withdrawn").count() == 1


@pytest.mark.django_db
def test_what_changed_in_between_is_told_and_what_was_typed_stays(
    office: Office, held: tuple[Case, str], client: Client
) -> None:
    case, _ = held
    _return(office, case)
    data = {
        "key": "k",
        "seen": "1",
        "denah": pdf(),
        "foto": [photo(), photo("b.jpg", (5, 5, 5))],
        "nama_depot": "Depot Baru",
    }
    answer = client.post("/lacak/perkara/perbaiki/", data)
    assert (
        answer.status_code == 409
        and "baru saja berubah" in text(answer)
        and "Depot Baru" in answer.content.decode()
    )


@pytest.mark.django_db
def test_a_late_office_says_so_first(office: Office, held: tuple[Case, str], client: Client) -> None:
    case, pin = held
    loket = office.post("front_office")
    with office.scope(loket):
        deciding.check(case.pk, loket, fits=(*FITS, "denah", "foto"), key="c")
        deciding.move(case.pk, loket, "forward", key="d")
    with simulated(now() + timedelta(days=30)):
        client.post("/lacak/", {"kode": case.code, "pin": pin})
        page = client.get("/lacak/perkara/")
    assert "Kami terlambat: Pertimbangan dan pemeriksaan Dinas Kesehatan" in text(page)
    assert 'class="over"' in page.content.decode()


@pytest.mark.django_db
def test_the_page_of_a_case_asks_as_often_for_three_messages_as_for_one(
    office: Office, held: tuple[Case, str], client: Client
) -> None:
    case, _ = held
    loket = office.post("front_office")

    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get("/lacak/perkara/").status_code == 200
        return len(queries)

    with office.scope(loket):
        say(case, deciding.actor_of(loket), "satu", key="1", by="x")
        deciding.check(case.pk, loket, fits=("ktp",), key="c1")
    asked()  # the first page of a process reads the catalogue
    one = asked()
    with office.scope(loket):
        for n in "23":
            say(case, deciding.actor_of(loket), n, key=n, by="x")
            deciding.check(case.pk, loket, fits=("nib",), key=f"c{n}")
    assert asked() == one <= 9


@pytest.mark.django_db
def test_the_page_of_a_case_speaks_english_too(
    office: Office, held: tuple[Case, str], client: Client
) -> None:
    case, _ = held
    _return(office, case)
    client.cookies["bahasa"] = "en"
    page = text(client.get("/lacak/perkara/"))
    assert (
        "Waiting for three corrections from you" in page
        and "Count it yourself" in page
        and "Front office" in page
    )
    assert not re.search(r"\b(Menunggu|Perjalanan|Berkas Anda|Waktu|paling lambat|Petugas)\b", page)
    for path, words in (
        ("perbaiki/", "Correct 3 things, then send"),
        ("pesan/", "Write to us"),
        ("tarik/", "Withdraw this application?"),
    ):
        assert words in text(client.get(f"/lacak/perkara/{path}"))


@pytest.mark.django_db(transaction=True)
def test_the_signed_paper_is_taken_home_and_renewed_by_its_code() -> None:
    office, client = furnish(DEPOT), Client()
    token = begin(client)
    fill(client, token)
    case, _ = hand_in(client, token)
    _pay(_to_payment(office, case))
    for role in ("section_head", "division_head", "secretary"):
        with office.scope(office.post(role)):
            deciding.answer(case.pk, office.post(role), "paraf", "paraf", key=f"p-{role}")
    kepala = office.post("head_of_office")
    LocalProvider().enrol(as_signatory(kepala), PASSPHRASE)
    signed = signing.sign(
        [case.pk], kepala, PASSPHRASE, scope=scope_agency(kepala.agency_id, kepala.account_id)
    )
    assert signed.refusal is None
    with scoped(scope_system("test")):
        paper = Paper.objects.get(case=case, product="sertifikat")
    page = client.get("/lacak/perkara/")
    assert (
        "Permohonan Anda dikabulkan: Sertifikat terbit" in text(page)
        and f"/cek/{paper.code}" in page.content.decode()
    )
    got = client.get(f"/lacak/perkara/surat/{paper.pk}/")
    assert got.content.startswith(b"%PDF-") and "attachment" in got["Content-Disposition"]
    with scoped(scope_system("test")):
        assert Entry.objects.filter(act="paper.downloaded", case_id=case.pk).count() == 1

    renewal = begin(client, variant="perpanjangan")
    step = f"/ajukan/isi/{renewal}/berkas-sertifikat_lama/"
    assert client.post(step, {"kode.sertifikat_lama": "MUBA-0000-0000-0000-0000-0"}).status_code == 422
    assert client.post(step, {}).status_code == 422
    assert client.post(step, {"kode.sertifikat_lama": paper.code.lower()}).status_code == 302
    assert f"nomor {paper.number}" in text(client.get(step))
    fill(client, renewal)
    new, _ = hand_in(client, renewal)
    with scoped(scope_system("test")):
        assert new.state["requirements"]["sertifikat_lama"]["files"] == [f"paper.{paper.pk}"]


@pytest.mark.django_db
def test_what_is_asked_is_listed_only_where_there_is_a_list(
    office: Office, held: tuple[Case, str], client: Client
) -> None:
    _to_payment(office, held[0])
    asked = re.search(
        r'<section class="ask.*?</section>', client.get("/lacak/perkara/").content.decode(), re.DOTALL
    )
    assert asked and "<li>" not in asked[0] and "Lihat cara membayar" in asked[0]

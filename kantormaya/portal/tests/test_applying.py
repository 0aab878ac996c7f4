"""A citizen applies: page by page, without an account, without JavaScript, and nothing typed is lost."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from kantormaya.cases.models import Case
from kantormaya.casework import applying
from kantormaya.casework.tests.office import Office, furnish
from kantormaya.documents.keeping import stored
from kantormaya.documents.models import Upload
from kantormaya.outbox.models import Message
from kantormaya.people.scopes import scope_system, scoped
from kantormaya.portal.tests.citizens import (
    DEPOT,
    PAPERS,
    WHO,
    begin,
    draft_of,
    fill,
    hand_in,
    pdf,
    photo,
    send,
    text,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(db: None) -> Office:
    return furnish(DEPOT)


def test_a_whole_application_goes_in_and_gives_a_receipt_with_code_pin_and_time(
    office: Office, client: Client
) -> None:
    token = begin(client)
    fill(client, token)
    letter = text(client.get(f"/ajukan/isi/{token}/periksa/"))
    assert "Saya, Pemohon Contoh 1 , mengajukan permohonan Sertifikat Laik Higiene" in letter
    assert "Rp 300.000" in letter and "8 hari kerja" in letter
    case, pin = hand_in(client, token)
    receipt = text(client.get("/ajukan/diterima/"))
    assert case.code in receipt and pin in receipt and "8 hari kerja" in receipt
    assert "p•••@contoh.example" in receipt
    with scoped(scope_system("test")):
        assert case.applicant_name.startswith("P")
        held = case.state["requirements"]
        assert {name for name in held if held[name]["status"] == "given"} == {*PAPERS, "foto"}
        assert (
            all(key.startswith("upload.") for key in held["ktp"]["files"]) and len(held["foto"]["files"]) == 2
        )
        assert Upload.objects.filter(case=case).count() == 6
        assert Message.objects.filter(case_id=case.pk, to="pemohon@contoh.example").exists()


def test_the_receipt_is_a_pdf_too_and_does_not_hold_the_pin(office: Office, client: Client) -> None:
    token = begin(client)
    fill(client, token)
    hand_in(client, token)
    answer = client.get("/ajukan/diterima/tanda-terima.pdf")
    assert answer["Content-Type"] == "application/pdf" and answer.content.startswith(b"%PDF-")


def test_a_button_pressed_twice_makes_one_case_and_shows_the_same_pin(office: Office, client: Client) -> None:
    token = begin(client)
    fill(client, token)
    review = client.get(f"/ajukan/isi/{token}/periksa/").content.decode()
    key = re.search(r'name="kunci" value="([^"]+)"', review)[1]  # type: ignore[index]
    impatient = Client()
    for browser in (client, impatient):
        assert (
            browser.post(f"/ajukan/isi/{token}/periksa/", {"kunci": key}).headers["Location"]
            == "/ajukan/diterima/"
        )
    pins = {
        re.search(r'class="pin[^"]*">(\d{6})<', b.get("/ajukan/diterima/").content.decode())[1]
        for b in (client, impatient)
    }  # type: ignore[index]
    assert len(pins) == 1
    with scoped(scope_system("test")):
        assert Case.objects.count() == 1


def test_whoever_has_only_the_address_of_a_sent_application_gets_neither_case_nor_pin(
    office: Office, client: Client
) -> None:
    token = begin(client)
    fill(client, token)
    hand_in(client, token)
    stranger = Client()
    assert (
        stranger.post(f"/ajukan/isi/{token}/periksa/", {"kunci": "x"}).headers["Location"]
        == f"/lacak/?kode={token}"
    )
    assert "sudah kami terima" in text(stranger.get(f"/ajukan/isi/{token}/diri/"))
    assert stranger.get("/ajukan/diterima/").headers["Location"] == "/lacak/"
    assert stranger.post(f"/ajukan/isi/{token}/diri/", WHO).status_code == 409


def test_errors_stand_in_a_summary_and_at_the_field_and_what_was_typed_stays(
    office: Office, client: Client
) -> None:
    token = begin(client)
    wrong = client.post(f"/ajukan/isi/{token}/diri/", {**WHO, "nik": "123", "address": "Jalan Contoh 9"})
    page = wrong.content.decode()
    assert wrong.status_code == 422 and "Satu hal perlu diperbaiki" in text(wrong)
    assert 'href="#nik"' in page and 'value="123"' in page and "Jalan Contoh 9" in page
    again = client.get(f"/ajukan/isi/{token}/diri/").content.decode()
    assert "Jalan Contoh 9" in again, "what was right is kept although another field was wrong"


def test_files_that_are_fine_stay_when_another_is_refused(office: Office, client: Client) -> None:
    token = begin(client)
    fill(client, token, without=("foto",))
    bad = photo("bukan.jpg")
    bad.file.seek(0)
    bad.file.write(b"MZ this is a program")
    bad.file.seek(0)
    answer = client.post(f"/ajukan/isi/{token}/berkas-foto/", {"foto": [photo("depan.jpg"), bad]})
    assert (
        answer.status_code == 422 and "depan.jpg" in text(answer) and "bukan.jpg” bukan JPG" in text(answer)
    )
    assert (
        send(client, token, "berkas-foto", {"foto": photo("ruang.jpg", (9, 9, 200))})
        == "berkas-pelatihan_higiene"
    )


def test_a_file_can_be_looked_at_and_taken_back_and_is_gone_then(
    office: Office, client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    token = begin(client)
    send(client, token, "berkas-ktp", {"ktp": pdf("salah.pdf")})
    page = client.get(f"/ajukan/isi/{token}/berkas-ktp/").content.decode()
    href = re.search(r'href="(/ajukan/isi/[^"]+/berkas/\d+/)"', page)[1]  # type: ignore[index]
    assert b"".join(client.get(href).streaming_content).startswith(b"%PDF-")
    with scoped(scope_system("test")):
        kept = stored((upload := Upload.objects.get(name="salah.pdf")).sha256, upload.kind)
    assert kept.exists()
    with django_capture_on_commit_callbacks(execute=True):
        assert send(client, token, "berkas-ktp", {"hapus": "ktp.0"}) == "berkas-ktp"
    assert not kept.exists()
    assert "salah.pdf" not in client.get(f"/ajukan/isi/{token}/berkas-ktp/").content.decode()
    assert client.get(href).status_code == 404
    assert client.post(f"/ajukan/isi/{token}/berkas-ktp/", {}).status_code == 422


def test_the_file_of_another_draft_is_never_shown(office: Office, client: Client) -> None:
    mine, theirs = begin(client), begin(client)
    send(client, theirs, "berkas-ktp", {"ktp": pdf()})
    with scoped(scope_system("test")):
        upload = Upload.objects.get()
    assert client.get(f"/ajukan/isi/{mine}/berkas/{upload.pk}/").status_code == 404


def test_a_field_is_asked_only_when_it_is_due_and_its_answer_comes_back_with_the_question(
    office: Office, client: Client
) -> None:
    token = begin(client)
    depot = {
        "nama_depot": "Depot Contoh",
        "lokasi": "Jalan Contoh 2",
        "lokasi.village": "16.06.01.1012",
        "sumber_air": "mata_air",
    }
    send(client, token, "isian-2", depot)
    assert "Surat asal air dari pemasok" in text(client.get(f"/ajukan/isi/{token}/"))
    send(client, token, "berkas-surat_air", {"surat_air": pdf("asal.pdf")})
    send(client, token, "isian-2", {**depot, "sumber_air": "sumur"})
    assert "Surat asal air dari pemasok" not in text(client.get(f"/ajukan/isi/{token}/"))
    send(client, token, "isian-2", depot)
    assert "asal.pdf" in text(client.get(f"/ajukan/isi/{token}/berkas-surat_air/"))


def test_lines_are_added_and_removed_without_javascript(office: Office, client: Client) -> None:
    token = begin(client)
    one = {"penjamah.0.nama": "Siti contoh", "penjamah.0.pelatihan": "ya"}
    more = client.post(f"/ajukan/isi/{token}/isian-3/", {**one, "tambah": "penjamah"})
    assert 'name="penjamah.1.nama"' in more.content.decode() and "Siti contoh" in more.content.decode()
    two = {**one, "penjamah.1.nama": "Budi contoh", "penjamah.1.pelatihan": "tidak"}
    less = client.post(f"/ajukan/isi/{token}/isian-3/", {**two, "hapus": "penjamah.0"}).content.decode()
    assert "Budi contoh" in less and "Siti contoh" not in less
    send(client, token, "isian-3", two)
    with scoped(scope_system("test")):
        rows = applying.filled(draft_of(token)).answers["penjamah"]
    assert [row["nama"] for row in rows] == ["Siti contoh", "Budi contoh"]


def test_an_application_with_gaps_is_not_sent_and_names_each_of_them(office: Office, client: Client) -> None:
    token = begin(client)
    fill(client, token, without=("denah", "ktp"))
    answer = client.post(f"/ajukan/isi/{token}/periksa/")
    assert answer.status_code == 422 and "2 hal perlu diperbaiki" in text(answer)
    assert "Belum lengkap: Denah tempat" in text(answer) and "Belum lengkap: KTP pemilik" in text(answer)
    assert not draft_of(token).case_code


def test_from_the_review_one_changes_one_thing_and_comes_back(office: Office, client: Client) -> None:
    token = begin(client)
    fill(client, token)
    assert send(client, token, "isian-1", {"keran": "4", "kembali": "periksa"}) == "periksa"
    assert "600.000" in text(client.get(f"/ajukan/isi/{token}/periksa/"))


def test_the_kind_of_applicant_decides_the_papers_even_when_changed_later(
    office: Office, client: Client
) -> None:
    token = begin(client, applicant_kind="badan_usaha", by_proxy="ya")
    asked = text(client.get(f"/ajukan/isi/{token}/"))
    assert "Akta pendirian" in asked and "Surat kuasa bermeterai" in asked
    assert "NIK kuasa" in text(client.get(f"/ajukan/isi/{token}/diri/"))
    send(client, token, "mulai", {"variant": "baru", "applicant_kind": "perorangan", "by_proxy": "tidak"})
    asked = text(client.get(f"/ajukan/isi/{token}/"))
    assert "Akta pendirian" not in asked and "Surat kuasa" not in asked


def test_the_first_answers_given_on_the_page_of_the_service_are_taken_along(
    office: Office, client: Client
) -> None:
    page = client.get(f"/ajukan/{DEPOT}/?keran=3&variant=baru").content.decode()
    assert 'name="keran" value="3"' in page and re.search(r'value="baru" checked', page)
    token = begin(client, keran="3")
    assert 'value="3"' in client.get(f"/ajukan/isi/{token}/isian-1/").content.decode()


def test_what_the_form_leaves_open_must_be_chosen_before_it_begins(office: Office, client: Client) -> None:
    answer = client.post(f"/ajukan/{DEPOT}/", {"by_proxy": "ya"})
    assert (
        answer.status_code == 422
        and "Pilih jenis permohonan." in text(answer)
        and "Pilih siapa" in text(answer)
    )


def test_an_unknown_service_or_draft_or_page_is_told_so(office: Office, client: Client) -> None:
    assert client.get("/ajukan/tidak-ada/").status_code == 404
    assert client.get("/ajukan/isi/MUBA-AAAA-AAAA-AAAA-AAAA-A/").status_code == 404
    token = begin(client)
    assert client.get(f"/ajukan/isi/{token}/entah/").status_code == 302


def test_every_page_of_the_road_speaks_english_too(office: Office, client: Client) -> None:
    client.cookies["bahasa"] = "en"
    token = begin(client)
    fill(client, token)
    for step in ("mulai", "isian-1", "isian-2", "isian-3", "diri", "berkas-ktp", "berkas-foto", "periksa"):
        page = text(client.get(f"/ajukan/isi/{token}/{step}/"))
        assert not re.search(r"\b(Simpan|lanjut|Berkasnya|Nama lengkap|Unggah|permohonan|Kirim)\b", page), (
            step
        )
    case, _ = hand_in(client, token)
    assert case.language == "en"
    assert "We have received your application" in text(client.get("/ajukan/diterima/"))


@pytest.fixture
def midwives(db: None) -> Office:
    return furnish("izin-praktik-bidan")


def _to_the_licence(client: Client) -> tuple[str, dict[str, str]]:
    """The page that asks whether a registration is for life, and only then until when."""
    token = begin(client, "izin-praktik-bidan", applicant_kind="perorangan")
    send(client, token, "isian-1", {"tempat": "faskes"})
    page = {"nama_tempat": "Klinik Contoh", "lokasi": "Jalan Contoh 2", "lokasi.village": "16.06.01.1012"}
    return token, page | {"nomor_strb": "12345"}


def test_without_script_a_question_that_an_answer_brings_up_comes_on_the_same_page(
    midwives: Office, client: Client
) -> None:
    token, page = _to_the_licence(client)
    here = f"/ajukan/isi/{token}/isian-2/"
    assert "str_sampai_on" not in client.get(here).content.decode().replace("tempat-str_sampai_on", "")
    answer = client.post(here, page | {"seumur_hidup": "tidak"})
    assert answer.headers["Location"] == f"{here}?lagi=ya"
    again = client.get(answer.headers["Location"])
    assert "masih ada pertanyaan di halaman ini" in text(again)
    assert 'name="str_sampai_on"' in again.content.decode() and "Klinik Contoh" in again.content.decode()
    more = page | {"seumur_hidup": "tidak", "ditanya": "str_sampai_on", "str_sampai_on": ""}
    assert client.post(here, more).status_code == 422, "once it stands on the page it must be answered"
    assert send(client, token, "isian-2", more | {"str_sampai_on": "2030-01-31"}) == "isian-3"


def test_with_script_only_the_question_that_comes_or_goes_is_touched_and_said(
    midwives: Office, client: Client
) -> None:
    token, page = _to_the_licence(client)
    here, live = f"/ajukan/isi/{token}/isian-2/", {"HTTP_HX_REQUEST": "true"}
    half = page | {"nama_tempat": "", "seumur_hidup": "tidak"}
    answer = client.post(here, half, **live).content.decode()
    assert 'id="tempat-str_sampai_on" hx-swap-oob="innerHTML"' in answer and 'name="str_sampai_on"' in answer
    assert "ini juga ditanyakan: Akhir masa berlaku STR" in answer
    assert 'name="nama_tempat"' not in answer and "error" not in answer
    shown = half | {"ditanya": "str_sampai_on", "str_sampai_on": "2030-01-31"}
    again = client.post(here, shown, **live).content.decode()
    assert "tempat-str_sampai_on" not in again, "what stands there already stays as it is"
    gone = client.post(here, shown | {"seumur_hidup": "ya"}, **live).content.decode()
    assert "tempat-str_sampai_on" in gone and 'name="str_sampai_on"' not in gone
    assert "Tidak perlu dijawab lagi: Akhir masa berlaku STR" in gone
    back = client.post(here, half, **live).content.decode()
    assert 'value="2030-01-31"' in back, "an answer comes back with its question"


def test_only_a_page_on_which_something_can_change_carries_a_script(midwives: Office, client: Client) -> None:
    token, _ = _to_the_licence(client)
    page = client.get(f"/ajukan/isi/{token}/isian-2/").content.decode()
    assert "htmx.min.js" in page and "place.js" in page
    assert '"allowEval": false' in page and '"includeIndicatorStyles": false' in page
    assert "<script" not in client.get(f"/ajukan/isi/{token}/diri/").content.decode()


def test_a_place_is_an_address_a_village_and_perhaps_a_point_in_indonesia(
    midwives: Office, client: Client
) -> None:
    token, page = _to_the_licence(client)
    page |= {"seumur_hidup": "ya"}
    here = f"/ajukan/isi/{token}/isian-2/"
    blank = client.post(here, page | {"lokasi.village": ""})
    assert blank.status_code == 422 and "Pilih desa atau kelurahannya." in text(blank)
    abroad = client.post(here, page | {"lokasi.point": "48.85, 2.35"})
    assert abroad.status_code == 422 and "di luar Indonesia" in text(abroad)
    kept = abroad.content.decode()
    assert "48.85, 2.35" in kept and 'value="16.06.01.1012" selected' in kept and "Jalan Contoh 2" in kept
    send(client, token, "isian-2", page | {"lokasi.point": "-2.88612, 103.83814"})
    review = text(client.get(f"/ajukan/isi/{token}/periksa/"))
    assert "Jalan Contoh 2, Kelurahan Balai Agung, Kecamatan Sekayu, titik -2.88612, 103.83814" in review

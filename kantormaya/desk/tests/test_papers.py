"""The desk's papers: found, looked at, and by the head suspended, put into force again, revoked."""

from __future__ import annotations

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from kantormaya.casework.drafting import as_signatory
from kantormaya.casework.tests.licences import BIDAN, apply_for, issued, to_signature
from kantormaya.casework.tests.office import PASSPHRASE, SERVICES, Office, furnish
from kantormaya.catalogue.publishing import publish
from kantormaya.desk.tests.desks import at_desk, text
from kantormaya.language.reading import expanded, load
from kantormaya.people.scopes import scope_system, scoped
from kantormaya.permits.models import Paper
from kantormaya.permits.providers.local import LocalProvider

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("demo")]


@pytest.fixture
def office() -> Office:
    return furnish(BIDAN)


@pytest.fixture
def paper(office: Office) -> Paper:
    return issued(office)[2]


def test_an_official_finds_a_paper_and_another_agency_does_not(office: Office, paper: Paper) -> None:
    loket = at_desk(office.post("front_office"))
    found = text(loket.get("/meja/surat/", {"q": "pemohon"}))
    assert f"/meja/surat/{paper.pk}/" in found and "berlaku" in found
    assert "Tidak ada yang cocok" in text(loket.get("/meja/surat/", {"q": "Entah"}))
    page = text(loket.get(f"/meja/surat/{paper.pk}/"))
    assert "Hanya kepala instansi" in page and 'name="act"' not in page
    other = at_desk(office.post("front_office", "dinas-pupr"))
    assert other.get(f"/meja/surat/{paper.pk}/").status_code == 404
    assert str(paper.number) not in text(other.get("/meja/surat/"))


def test_the_head_suspends_resumes_and_revokes_and_cek_says_so(
    office: Office, paper: Paper, client: Client
) -> None:
    head, link = at_desk(office.post("head_of_office")), f"/meja/surat/{paper.pk}/"
    silent = head.post(link, {"act": "suspend", "alasan": " "})
    assert silent.status_code == 422 and "Tuliskan alasannya" in text(silent)
    for act, said in (
        ("suspend", "sedang dibekukan"),
        ("resume", "asli dan berlaku"),
        ("revoke", "sudah dicabut"),
    ):
        done = head.post(link, {"act": act, "alasan": "Hasil pengawasan lapangan"}, follow=True)
        assert done.status_code == 200 and "pemegangnya diberi tahu" in text(done)
        public = text(client.get(f"/cek/{paper.code}"))
        assert said in public and "Hasil pengawasan" not in public
    page = text(head.get(link))
    assert "tidak dapat diberlakukan lagi" in page and page.count("Hasil pengawasan lapangan") == 3
    late = head.post(link, {"act": "resume", "alasan": "keliru"})
    assert late.status_code == 422 and "dicabut" in text(late) and "Traceback" not in text(late)


def test_nobody_but_the_head_changes_a_paper_even_by_a_forged_form(
    office: Office, paper: Paper, client: Client
) -> None:
    secretary = at_desk(office.post("secretary"))
    answer = secretary.post(f"/meja/surat/{paper.pk}/", {"act": "revoke", "alasan": "coba"})
    assert answer.status_code == 422 and "Hanya kepala instansi" in text(answer)
    assert "asli dan berlaku" in text(client.get(f"/cek/{paper.code}"))


def test_the_list_takes_the_same_statements_for_one_paper_and_for_three(
    office: Office, paper: Paper, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    loket = at_desk(office.post("front_office"))
    loket.get("/meja/surat/")
    with CaptureQueriesContext(connection) as one:
        loket.get("/meja/surat/")
    issued(office, variant="tempat_kedua")
    issued(office, nik="9906014101880003")
    with django_assert_num_queries(len(one)):
        loket.get("/meja/surat/")


def test_the_pages_speak_english(office: Office, paper: Paper) -> None:
    head = at_desk(office.post("head_of_office"))
    head.cookies["bahasa"] = "en"
    for link in ("/meja/surat/", f"/meja/surat/{paper.pk}/"):
        page = text(head.get(link))
        assert '<html lang="en">' in page and "Papers we issued" in page and "Surat yang" not in page


ASKS = '#import "/kantor.typ": *\n#show: paper\n#facts("nomor_telepon_kantor")'


def test_a_draft_that_cannot_be_set_says_what_is_missing_in_which_template_and_nothing_is_lost(
    office: Office,
) -> None:
    office.revisions[BIDAN] = publish(expanded(load(SERVICES / BIDAN)), {"permit.typ": ASKS}, by="uji")
    case, _ = apply_for(office)
    to_signature(office, case)
    with scoped(scope_system("test")):
        pk = Paper.objects.get(case=case).pk
    head, link = at_desk(office.post("head_of_office")), f"/meja/perkara/{case.number}/"
    for asked in (f"{link}surat/{pk}/", f"{link}surat/{pk}/?gambar"):
        answer = head.get(asked)
        said = text(answer)
        assert answer.status_code == 422 and answer["X-Frame-Options"] == "SAMEORIGIN"
        assert (
            "nomor_telepon_kantor" in said
            and "izin-praktik-bidan/" in said
            and "Tidak ada yang hilang" in said
        )
    assert head.get(link).status_code == 200
    LocalProvider().enrol(as_signatory(office.post("head_of_office")), PASSPHRASE)
    form = {"perkara": case.number, "sandi": PASSPHRASE.get_secret_value()}
    refused = text(head.post("/meja/tanda-tangan/", form))
    assert "masih menunggu" in refused and "nomor_telepon_kantor" in refused
    with scoped(scope_system("test")):
        after = Paper.objects.get(case=case)
        assert (after.state, after.number) == ("draft", None)

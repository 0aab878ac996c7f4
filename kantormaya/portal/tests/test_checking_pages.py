"""Anyone checks a paper by its code, and sees in the register what is public, and no more."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from kantormaya.audit.time import now
from kantormaya.cases.codes import make_code
from kantormaya.casework.tests.office import Office, furnish, hand_in
from kantormaya.people.scopes import scope_system, scoped
from kantormaya.permits.models import Paper, PaperState
from kantormaya.portal.tests.citizens import text

pytestmark = pytest.mark.django_db

DEPOT = "surat-laik-sehat-depot-air"
ANSWERS = {
    "keran": 2, "nama_depot": "Depot Contoh", "lokasi": {"address": "Jalan Contoh 2, Sekayu"}, "sumber_air": "sumur",
    "penjamah": ({"nama": "Penjamah contoh", "pelatihan": True},), "kontak": "+6281200000002",
}  # fmt: skip


def issued(
    office: Office, number: str, *, product: str = "sertifikat", until: date | None = None, **other: object
) -> Paper:
    """A paper as it stands in the register once it was signed."""
    case = hand_in(office.revisions[DEPOT], ANSWERS)
    given = {
        "case": case, "agency": case.agency, "product": product, "kind": "certificate",
        "title_id": "Sertifikat Laik Higiene", "title_en": "Hygiene certificate", "state": PaperState.SIGNED,
        "pattern": "503", "number": number, "code": make_code("MUBA"), "template": "", "template_name": "x",
        "holder": "Pemegang Contoh", "signatory": {"position": "Kepala Dinas"}, "drafted_at": now(),
        "issued_on": timezone.localdate(now()), "signed_at": now(), "sha256": "a" * 64, "valid_until": until,
    }  # fmt: skip
    with scoped(scope_system("test")):
        return Paper.objects.create(**(given | other))


@pytest.fixture
def office() -> Office:
    return furnish(DEPOT)


def test_a_valid_paper_says_so_with_what_stands_on_it(client: Client, office: Office) -> None:
    paper = issued(office, "503/0001/SLHS")
    answer = client.get(f"/cek/{paper.code}")
    said = text(answer)
    assert answer.status_code == 200 and "Surat ini asli dan berlaku" in said
    assert "503/0001/SLHS" in said and "Pemegang Contoh" in said and "Kepala Dinas" in said
    assert "Cocokkan nomor" in said and "9906015708900001" not in said


@pytest.mark.parametrize(
    ("change", "title", "advice"),
    [
        (
            {"state": PaperState.REVOKED, "revoked_on": date(2026, 3, 2)},
            "sudah dicabut",
            "tidak boleh dipakai lagi",
        ),
        (
            {"state": PaperState.SUSPENDED, "revoked_on": date(2026, 3, 2)},
            "sedang dibekukan",
            "memberlakukannya kembali",
        ),
        ({"valid_until": date(2020, 1, 1)}, "sudah habis masanya", "surat yang baru"),
    ],
)
def test_a_paper_that_no_longer_holds_says_why_and_what_to_do(
    client: Client, office: Office, change: dict[str, object], title: str, advice: str
) -> None:
    said = text(client.get(f"/cek/{issued(office, '503/0001/SLHS', **change).code}"))
    assert f"Surat ini asli, tetapi {title}" in said and advice in said


def test_the_reason_of_a_revocation_is_nobody_elses_business(client: Client, office: Office) -> None:
    paper = issued(office, "1", state=PaperState.REVOKED, revoked_on=date(2026, 3, 2), reason="sebab rahasia")
    assert "sebab rahasia" not in text(client.get(f"/cek/{paper.code}"))


def test_a_test_paper_is_marked_as_one(client: Client, office: Office) -> None:
    said = text(client.get(f"/cek/{issued(office, '1', is_test=True).code}"))
    assert (
        "Asli dan berlaku, tetapi hanya sebagai contoh: bukan surat sungguhan" in said and "UJI COBA." in said
    )


@pytest.mark.parametrize("code", ["MUBA-0000-0000-0000-0000-0", "apa saja", "x" * 500, "<script>"])
def test_what_we_did_not_issue_is_said_kindly_with_what_to_do(
    client: Client, office: Office, code: str
) -> None:
    answer = client.get(f"/cek/{code}")
    assert answer.status_code == 404
    assert "Ini bukan surat dari kami" in text(answer) and "lapor.go.id" in text(answer)
    assert "<script>" not in answer.content.decode()


def test_a_draft_is_no_paper_of_ours(client: Client, office: Office) -> None:
    paper = issued(office, "1", state=PaperState.WAITING)
    assert client.get(f"/cek/{paper.code}").status_code == 404


def test_a_code_is_forgiven_how_it_is_typed(client: Client, office: Office) -> None:
    paper = issued(office, "1")
    answer = client.get("/cek/", {"kode": paper.code.replace("-", " ").lower()})
    assert answer.headers["Location"] == f"/cek/{paper.code}"
    assert client.get("/cek/", {"kode": "../../a/b"}, follow=True).status_code == 404
    assert client.get("/cek/").status_code == 200


def test_the_register_lists_public_papers_without_names_and_codes(client: Client, office: Office) -> None:
    paper = issued(office, "503/0001/SLHS")
    refusal = issued(office, "503/0001/TOLAK", product="surat_penolakan")
    draft = issued(office, "503/0002/SLHS", state=PaperState.DRAFT)
    said = text(client.get("/register/"))
    assert paper.number in said and "berlaku" in said
    assert refusal.number not in said and draft.number not in said
    assert paper.code not in said and "Pemegang Contoh" not in said


def test_a_number_is_looked_up_whole(client: Client, office: Office) -> None:
    issued(office, "503/0001/SLHS", until=timezone.localdate(now()) - timedelta(days=1))
    issued(office, "503/0002/SLHS")
    said = text(client.get("/register/", {"nomor": "503/0001/SLHS"}))
    assert "503/0001/SLHS" in said and "503/0002/SLHS" not in said and "habis masa berlaku" in said
    assert "tidak ada di daftar ini" in text(client.get("/register/", {"nomor": "503"}))


def test_the_register_turns_its_pages_by_the_last_row(client: Client, office: Office) -> None:
    papers = [issued(office, f"N-{n:03}") for n in range(27)]
    first = client.get("/register/").content.decode()
    assert "N-026" in first and "N-002" in first and "N-001" not in first
    second = text(client.get("/register/", {"sebelum": papers[2].pk}))
    assert "N-001" in second and "N-000" in second and "N-002" not in second
    assert client.get("/register/", {"sebelum": "x'"}).status_code == 200


def test_the_register_asks_the_database_as_often_for_three_papers_as_for_one(
    client: Client, office: Office, django_assert_num_queries: Callable[..., object]
) -> None:
    issued(office, "1")
    client.get("/register/")
    for _ in range(2):
        with django_assert_num_queries(7):
            client.get("/register/")
        issued(office, str(now().timestamp()))
        issued(office, str(now().timestamp()))

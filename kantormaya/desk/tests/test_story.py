"""The whole story through the pages: counter, health agency, inspection, initials, signature, without JavaScript."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from kantormaya.audit.time import now
from kantormaya.cases.models import Case
from kantormaya.casework import applying, settling
from kantormaya.casework.drafting import as_signatory
from kantormaya.casework.tests.office import PASSPHRASE
from kantormaya.desk.tests.desks import ANSWERS, DEPOT, at_desk, furnish, hand_in, keys_of, post_form, text
from kantormaya.payments.models import Bill
from kantormaya.payments.paying import pay_as_customer
from kantormaya.people.scopes import scope_case, scope_system, scoped
from kantormaya.permits.models import Paper
from kantormaya.permits.providers.local import LocalProvider

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("demo")]


def test_a_permit_goes_from_the_counter_to_the_signature_through_the_pages() -> None:
    office = furnish(DEPOT)
    case = hand_in(office.revisions[DEPOT], ANSWERS)
    loket, dinkes = (
        at_desk(office.post("front_office")),
        at_desk(office.post("technical_team", "dinas-kesehatan")),
    )
    link = f"/meja/perkara/{case.number}/"

    checked = post_form(
        loket, case, "check", **{
            "check.ktp": "fits", "check.nib": "fits", "check.pelatihan_higiene": "fits", "check.denah": "deficient",
            "reason.denah": "Gambarnya buram.", "check.foto": "deficient", "reason.foto": "Terlalu gelap.", "lalu_kembalikan": "ya",
        },
    )  # fmt: skip
    assert checked["Location"] == f"{link}kembalikan/"
    form = text(loket.get(f"{link}kembalikan/"))
    items = {
        "item.requirement.denah": "Gambarnya buram.", "item.requirement.foto": "Terlalu gelap.",
        "item.field.nama_depot": "Tidak sama dengan papan nama.",
    }  # fmt: skip
    letter = text(loket.post(f"{link}kembalikan/", {**keys_of(form, "return"), **items, "tahap": "baca"}))
    assert "Kami menunggu 3 perbaikan dari Anda" in letter and "Tidak sama dengan papan nama." in letter
    sent = loket.post(f"{link}kembalikan/", {**keys_of(letter, "return"), **items, "tahap": "kirim"})
    assert sent["Location"] == link
    assert "Sedang diperbaiki pemohon" in text(loket.get(link))

    with scoped(scope_case(case.code)):
        applying.correct(
            case.pk, {"nama_depot": "Depot Sehat"}, {"denah": ("d2",), "foto": ("f2", "f3")}, key="c"
        )
    post_form(loket, case, "check", **{"check.denah": "fits", "check.foto": "fits"})
    assert post_form(loket, case, "move", "forward").status_code == 302

    tomorrow = timezone.localtime(now() + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M")
    assert post_form(dinkes, case, "schedule", "inspeksi", on=tomorrow).status_code == 302
    report = {"said": "sesuai", "fact-skor": "88", "fact-air_sehat": "ya"}
    assert post_form(dinkes, case, "answer", "inspeksi", **report).status_code == 302
    assert post_form(dinkes, case, "answer", "pertimbangan", said="setuju").status_code == 302
    back = at_desk(office.post("back_office"))
    assert post_form(back, case, "move", "forward").status_code == 302

    with scoped(scope_case(case.code)):
        bill = Bill.objects.get(case=case)
    assert settling.settle("demo_bank", *pay_as_customer(bill.reference or "", bill.amount)).settles
    for role in ("section_head", "division_head", "secretary"):
        assert post_form(at_desk(office.post(role)), case, "answer", "paraf", said="paraf").status_code == 302

    head = office.post("head_of_office")
    LocalProvider().enrol(as_signatory(head), PASSPHRASE)
    kepala = at_desk(head)
    waiting = text(kepala.get(f"/meja/tanda-tangan/?perkara={case.number}"))
    assert f'value="{case.number}" checked' in waiting
    refused = text(kepala.post("/meja/tanda-tangan/", {"perkara": case.number, "sandi": "salah"}))
    assert "masih menunggu" in refused and "salah" not in refused.split("sandi-help")[-1].split("value")[-1]
    signed = text(kepala.post("/meja/tanda-tangan/", {"perkara": case.number, "sandi": "sandi uji coba"}))
    assert "503/0001/SLHS/DPMPTSP/" in signed and "ditandatangani" in signed
    again = text(kepala.post("/meja/tanda-tangan/", {"perkara": case.number, "sandi": "sandi uji coba"}))
    assert "503/0001/SLHS/DPMPTSP/" in again
    with scoped(scope_system("test")):
        assert Case.objects.get(pk=case.pk).outcome == "terbit"
        assert Paper.objects.filter(case=case, state="signed").count() == 1
    ended = text(kepala.get(link))
    assert "Sertifikat terbit" in ended and "Langkah berikutnya" not in ended
    paper = Paper.objects
    with scoped(scope_system("test")):
        pk = paper.get(case=case, product="sertifikat").pk
    pdf = kepala.get(f"{link}surat/{pk}/")
    assert b"".join(pdf.streaming_content).startswith(b"%PDF")

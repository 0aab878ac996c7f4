"""Acts of the case page: a list grows line by line, a bill is waived, a message goes by mail, a second return is marked."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from kantormaya.audit.time import now
from kantormaya.cases.models import Case
from kantormaya.casework import applying, deciding
from kantormaya.casework.tests.office import SERVICES, Office
from kantormaya.catalogue.publishing import publish
from kantormaya.desk.tests.desks import ANSWERS, DEPOT, at_desk, furnish, hand_in, keys_of, post_form, text
from kantormaya.desk.tests.test_case import photo
from kantormaya.desk.tests.test_inbox import accept
from kantormaya.language.reading import expanded, load
from kantormaya.outbox.models import Message
from kantormaya.payments.models import Bill
from kantormaya.people.scopes import scope_case, scope_system, scoped

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]

SAMPLES = """
[field.sampel]
type      = "rows"
label     = { id = "Sampel yang diambil", en = "Samples taken" }
filled_at = "step.pemeriksaan"
required  = false
[field.sampel.columns]
keran = { type = "number", label = { id = "Keran", en = "Tap" } }
[field.air_sehat]
"""


@pytest.fixture
def office() -> Office:
    return furnish(DEPOT)


@pytest.fixture
def case(office: Office) -> Case:
    return hand_in(office.revisions[DEPOT], ANSWERS)


def to_the_bill(office: Office, case: Case) -> None:
    """The file is complete, the health agency agrees, and the bill is made."""
    accept(office, case)
    dinkes, back = office.post("technical_team", "dinas-kesehatan"), office.post("back_office")
    with office.scope(dinkes):
        deciding.schedule(case.pk, dinkes, "inspeksi", now() + timedelta(days=1), key="s")
        deciding.answer(case.pk, dinkes, "inspeksi", "sesuai", facts={"skor": 90, "air_sehat": True}, key="i")
        deciding.answer(case.pk, dinkes, "pertimbangan", "setuju", key="p")
    with office.scope(back):
        deciding.move(case.pk, back, "forward", key="f")


def test_a_list_of_findings_is_lengthened_and_shortened_without_losing_anything() -> None:
    office = furnish()
    rule = expanded(load(SERVICES / DEPOT)).replace("[field.air_sehat]\n", SAMPLES, 1)
    rule = rule.replace('["skor", "air_sehat"]', '["skor", "air_sehat", "sampel"]', 1)
    case = hand_in(publish(rule, {}, by="uji"), ANSWERS)
    accept(office, case)
    back = at_desk(office.post("back_office"))
    one = {"fact-skor": "90", "fact-air_sehat": "ya", "fact-sampel.0.keran": "1"}
    longer = post_form(back, case, "find", **one, tambah="fact-sampel")
    page = text(longer)
    assert longer.status_code == 200 and 'name="fact-sampel.1.keran"' in page
    assert 'name="fact-sampel.0.keran" value="1"' in page and 'value="90"' in page
    two = {**one, "fact-sampel.1.keran": "2"}
    shorter = text(post_form(back, case, "find", page=page, **two, hapus="fact-sampel.0"))
    assert 'name="fact-sampel.0.keran" value="2"' in shorter and "fact-sampel.1.keran" not in shorter
    assert post_form(back, case, "find", page=shorter, **two).status_code == 302
    assert "Sampel yang diambil" in text(back.get(f"/meja/perkara/{case.number}/"))
    dinkes = at_desk(office.post("technical_team", "dinas-kesehatan"))
    file = SimpleUploadedFile("depot.jpg", photo(), "image/jpeg")
    report = {"said": "sesuai", "fact-skor": "91", "fact-air_sehat": "ya", "files": file}
    page = text(post_form(dinkes, case, "answer", "inspeksi", **report, tambah="fact-sampel"))
    assert "depot.jpg" in page and 'value="91"' in page


def test_a_bill_is_waived_by_the_treasurer_with_a_reason_and_the_applicant_is_told(
    office: Office, case: Case
) -> None:
    to_the_bill(office, case)
    link = f"/meja/perkara/{case.number}/"
    assert "Bebaskan tagihan" not in text(at_desk(office.post("back_office")).get(link))
    treasurer = at_desk(office.post("revenue_treasurer"))
    page = text(treasurer.get(link))
    assert "Bebaskan tagihan: SKRD uji laboratorium" in page and "300.000" in page
    silent = post_form(treasurer, case, "waive", "skrd", reason=" ")
    assert silent.status_code == 422 and 'href="#waive-skrd-reason"' in text(silent)
    assert post_form(treasurer, case, "waive", "skrd", reason="Keluarga tidak mampu.").status_code == 302
    shown = text(treasurer.get(link))
    assert "dibebaskan" in shown and "Keluarga tidak mampu." in shown
    with scoped(scope_system("test")):
        bill = Bill.objects.get(case=case)
        assert (bill.state, bill.reason) == ("waived", "Keluarga tidak mampu.")
        mail = Message.objects.get(case_id=case.pk, subject__startswith="Tagihan dibebaskan")
        assert "Keluarga tidak mampu." in mail.body and "300.000" in mail.body
        assert Case.objects.get(pk=case.pk).at == "paraf"


def test_what_the_office_writes_to_the_applicant_goes_by_mail_once_and_a_note_does_not(
    office: Office, case: Case
) -> None:
    loket, link = at_desk(office.post("front_office")), f"/meja/perkara/{case.number}/"
    form = {**keys_of(text(loket.get(link)), "say"), "text": "Loket buka sampai pukul 15.00 {hari ini}."}
    assert [loket.post(f"{link}pesan/", form).status_code for _ in range(2)] == [302, 302]
    inside = {**keys_of(text(loket.get(link)), "say"), "text": "Cek ulang.", "internal": "ya"}
    loket.post(f"{link}pesan/", inside)
    with scoped(scope_system("test")):
        mail = Message.objects.get(case_id=case.pk, subject__startswith="Pesan dari Petugas loket")
        assert "Loket buka sampai pukul 15.00 {hari ini}." in mail.body and "/lacak/" in mail.body
        assert not Message.objects.filter(body__contains="Cek ulang.").exists()


def test_a_second_return_for_what_was_there_to_be_seen_is_said_before_shown_after_and_counted(
    office: Office, case: Case
) -> None:
    post, link = office.post("front_office"), f"/meja/perkara/{case.number}/"
    loket, head = at_desk(post), at_desk(office.post("head_of_office"))
    with office.scope(post):
        deciding.ask_correction(case.pk, post, {"requirement.denah": "Buram."}, key="a")
    assert "Sent back again" not in text(loket.get(link)) and "terlihat sejak awal" not in text(
        loket.get(link)
    )
    with scoped(scope_case(case.code)):
        applying.correct(case.pk, {}, {"denah": ("d2",)}, key="b")
    form = keys_of(text(loket.get(f"{link}kembalikan/")), "return")
    again = {**form, "item.requirement.ktp": "Terpotong.", "tahap": "baca"}
    letter = text(loket.post(f"{link}kembalikan/", again))
    assert "1 hal sudah dapat dilihat" in letter
    fresh = text(
        loket.post(f"{link}kembalikan/", {**form, "item.requirement.denah": "Masih buram.", "tahap": "baca"})
    )
    assert "sudah dapat dilihat" not in fresh
    assert "<dt>Kembali kedua kali</dt><dd>0" in text(head.get("/meja/"))
    sent = {**keys_of(letter, "return"), "item.requirement.ktp": "Terpotong.", "tahap": "kirim"}
    assert loket.post(f"{link}kembalikan/", sent).status_code == 302
    page = text(loket.get(link))
    assert "1 kali dikembalikan lagi" in page and "terlihat sejak awal" in page
    assert "<dt>Kembali kedua kali</dt><dd>1" in text(head.get("/meja/"))
    assert "Kembali kedua kali" not in text(loket.get("/meja/"))

"""Our agency at the desk: its head signs the charter, whoever else works there reads it, and reads what people say."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from pydantic import SecretStr

from kantormaya.audit.time import now
from kantormaya.casework.drafting import as_signatory
from kantormaya.casework.tests.office import SERVICES
from kantormaya.catalogue.models import Charter
from kantormaya.catalogue.publishing import publish
from kantormaya.desk.tests.desks import DEPOT, at_desk, furnish, text
from kantormaya.language.reading import expanded, load
from kantormaya.people.scopes import scope_system, scoped
from kantormaya.permits.providers.local import LocalProvider
from kantormaya.surveys.models import Answer
from kantormaya.surveys.questionnaire import questionnaire

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("demo")]
SECRET = "sandi uji coba"


def seen(page: str) -> str:
    found = re.search(r'name="seen" value="(\w{64})"', page)
    assert found, "the page offers no signature"
    return found[1]


def test_the_head_reads_the_draft_and_signs_the_charter_and_a_changed_standard_asks_again() -> None:
    office = furnish(DEPOT)
    kepala = office.post("head_of_office")
    LocalProvider().enrol(as_signatory(kepala), SecretStr(SECRET))
    desk = at_desk(kepala)
    page = text(desk.get("/meja/instansi/"))
    assert "belum ditandatangani" in page
    assert desk.get("/meja/instansi/maklumat/").content.startswith(b"%PDF")
    without = desk.post("/meja/instansi/", {"seen": seen(page)})
    assert without.status_code == 422 and "Tulis sandi tanda tangan Anda" in text(without)
    wrong = desk.post("/meja/instansi/", {"seen": seen(page), "sandi": "bukan ini"})
    assert wrong.status_code == 422 and "Frasa sandi salah" in text(wrong) and "bukan ini" not in text(wrong)
    done = desk.post("/meja/instansi/", {"seen": seen(page), "sandi": SECRET}, follow=True)
    assert "Maklumat sudah ditandatangani" in text(done) and "sesuai standar yang berlaku" in text(done)
    publish(expanded(load(SERVICES / DEPOT)).replace("8 hari kerja", "7 hari kerja"), {}, by="uji")
    old = desk.post("/meja/instansi/", {"seen": seen(page), "sandi": SECRET})
    assert old.status_code == 422 and "baru saja berubah" in text(old)
    assert "perlu diperbarui" in text(old)
    desk.post("/meja/instansi/", {"seen": seen(text(old)), "sandi": SECRET})
    assert [one.number for one in Charter.objects.order_by("number")] == [1, 2]


def test_nobody_but_the_head_signs() -> None:
    office = furnish(DEPOT)
    desk = at_desk(office.post("secretary"))
    page = text(desk.get("/meja/instansi/"))
    assert 'name="sandi"' not in page and "ditandatangani kepala instansi" in page
    refused = desk.post("/meja/instansi/", {"seen": "x", "sandi": SECRET})
    assert refused.status_code == 422 and "Hanya kepala instansi" in text(refused)
    assert not Charter.objects.exists()


def test_remarks_are_read_at_the_desk_of_that_agency_alone() -> None:
    office = furnish(DEPOT)
    agency = office.post("secretary").agency
    with scoped(scope_system("test")):
        for number in range(5):
            Answer.objects.create(
                agency=agency, service_slug=DEPOT, answered_on=timezone.localdate(now()) - timedelta(days=3),
                scores=dict.fromkeys(questionnaire().elements, 4), remark=f"Catatan contoh {number}",
            )  # fmt: skip
    page = text(at_desk(office.post("secretary")).get("/meja/instansi/"))
    assert "Catatan contoh 3" in page and "100,00" in page
    assert "Catatan contoh" not in text(
        at_desk(office.post("secretary", "dinas-pupr")).get("/meja/instansi/")
    )

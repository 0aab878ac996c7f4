"""The page of an agency: six parts made of what it says and what runs; what is missing is said with its article."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from kantormaya.audit.time import now, simulated
from kantormaya.cases.models import Case
from kantormaya.casework.drafting import as_signatory
from kantormaya.casework.tests.office import SERVICES, Office, furnish, hand_in
from kantormaya.casework.tests.test_story import ANSWERS, DEPOT, PASSPHRASE
from kantormaya.catalogue.agencies import profile_of, publish_agency
from kantormaya.catalogue.charters import charter_standing, digest_of_standards
from kantormaya.catalogue.models import Charter, ProfileRevision
from kantormaya.catalogue.publishing import publish
from kantormaya.engine.state import Wait
from kantormaya.engine.storing import pack
from kantormaya.language.reading import Refused, expanded, load
from kantormaya.people.models import Agency, Post
from kantormaya.people.scopes import scope_system, scoped
from kantormaya.permits.charters import sign_charter
from kantormaya.permits.providers.local import LocalProvider
from kantormaya.portal.figures import kept
from kantormaya.portal.tests.citizens import text
from kantormaya.surveys.models import Answer
from kantormaya.surveys.questionnaire import questionnaire

pytestmark = pytest.mark.django_db(transaction=True)
PROFILE = (SERVICES / "_agencies" / "dpmptsp.toml").read_text("utf-8")


@pytest.fixture(autouse=True)
def no_figures_of_before() -> None:
    cache.clear()


def page(client: Client, slug: str = "dpmptsp", **asked: str) -> str:
    answer = client.get(f"/instansi/{slug}/", asked)
    assert answer.status_code == 200
    return text(answer)


def parts(client: Client, slug: str = "dpmptsp") -> dict[str, dict[str, object]]:
    answer = client.get(f"/instansi/{slug}.json")
    assert answer["Content-Type"].startswith("application/json")
    return json.loads(answer.content)["parts"]


def sign(office: Office) -> Charter:
    kepala = office.post("head_of_office")
    LocalProvider().enrol(as_signatory(kepala), PASSPHRASE)
    seen = digest_of_standards(charter_standing(kepala.agency).standards)
    return sign_charter(kepala.agency, as_signatory(kepala), PASSPHRASE, seen=seen, actor="kepala")


def test_where_nothing_is_said_each_missing_part_is_named_with_its_article(client: Client) -> None:
    furnish()
    found = parts(client)
    assert list(found) == ["a", "b", "c", "d", "e", "f"]
    assert {letter for letter, part in found.items() if part["missing"]} == {"a", "c", "d", "e", "f"}
    said = page(client)
    assert "Anggaran belum ada UU 25/2009 pasal 23 ayat (4) huruf a" in said
    assert "Penanggung jawab pengaduan belum ada UU 25/2009 pasal 36 ayat (4)" in said
    assert "A signed charter missing Law 25/2009 art. 23(4) letter d" in text(
        client.get("/instansi/dpmptsp/", headers={"cookie": "bahasa=en"})
    )
    assert client.get("/instansi/dpmptsp/maklumat.pdf").status_code == 404
    assert client.get("/instansi/tidak-ada/").status_code == 404


def test_the_whole_page_speaks_from_the_profile_and_from_what_runs(client: Client) -> None:
    office = furnish(DEPOT, "izin-praktik-bidan")
    publish_agency(PROFILE, by="uji")
    sign(office)
    found = parts(client)
    assert not [letter for letter, part in found.items() if part["missing"]]
    said = page(client)
    assert "Rp 4.200.000.000" in said.replace("\N{NO-BREAK SPACE}", " ") and "pengaduan@example.org" in said
    assert "14 dari 14" in said and "sesuai standar yang berlaku" in said
    assert "60 hari kalender UU 25/2009 pasal 50 ayat (1)" in said
    assert client.get("/instansi/dpmptsp/maklumat.pdf").content.startswith(b"%PDF")
    english = text(client.get("/instansi/dpmptsp/", headers={"cookie": "bahasa=en"}))
    assert "Six things" in english and "60 calendar days Law 25/2009 art. 50(1)" in english
    assert " pasal " not in english


def test_staff_are_counted_by_role_and_nobody_is_named(client: Client) -> None:
    office = furnish(DEPOT)
    kepala = office.post("front_office")
    Post.objects.create(
        account=kepala.account, agency=kepala.agency, role="back_office", since_on=date(2020, 1, 1)
    )
    Post.objects.filter(role="secretary", agency__slug="dpmptsp").update(until_on=date(2021, 1, 1))
    part = parts(client)["b"]
    counts = {one["role"]: one["count"] for one in part["roles"]}  # type: ignore[attr-defined]
    assert counts["back_office"] == 2 and "secretary" not in counts
    (depot,) = part["services"]  # type: ignore[misc]
    worked = {(one["agency"], one["role"]): one["count"] for one in depot["roles"]}
    assert worked["DINAS-KESEHATAN", "technical_team"] == 1
    assert worked["DPMPTSP", "secretary"] == 0 and "belum ada pemegang" in page(client)
    assert kepala.account.name not in page(client)


def test_the_contact_that_is_published_is_the_one_on_papers_and_pages(client: Client) -> None:
    furnish(DEPOT)
    first = publish_agency(PROFILE, by="uji")
    assert publish_agency(PROFILE, by="uji").pk == first.pk
    publish_agency(PROFILE.replace("0714 000000", "0714 999999"), by="uji")
    agency = Agency.objects.get(slug="dpmptsp")
    assert agency.contact["phone"] == "0714 999999" and "0714 999999" in page(client)
    assert "0714 999999" in text(client.get(f"/layanan/{DEPOT}/"))
    with pytest.raises(Refused):
        publish_agency(PROFILE.replace("[budget]", "[bugdet]"), by="uji")
    assert ProfileRevision.objects.count() == 2 and profile_of(agency) is not None


def test_a_charter_over_an_older_standard_is_shown_as_to_be_renewed(client: Client) -> None:
    office = furnish(DEPOT)
    sign(office)
    changed = expanded(load(SERVICES / DEPOT)).replace("8 hari kerja", "7 hari kerja")
    publish(changed, {}, by="uji")
    said = page(client)
    assert "perlu diperbarui" in said and "PP 96/2012 pasal 30 ayat (4)" in said
    assert parts(client)["d"]["is_current"] is False


def finished(office: Office, workdays: int, *, late: bool = False) -> None:
    """A case that took so many working days, of which one more was spent waiting for the applicant."""
    case = hand_in(office.revisions[DEPOT], ANSWERS)
    from kantormaya.catalogue.calendars import current_calendar

    calendar, end = current_calendar(), now() - timedelta(days=1)
    while not calendar.is_workday(timezone.localdate(end)):
        end -= timedelta(days=1)
    start = calendar.midnight(calendar.workday(timezone.localdate(end), -(workdays + 1))) + timedelta(
        hours=10
    )
    pause = calendar.midnight(calendar.workday(timezone.localdate(start), 1)) + timedelta(hours=9)
    with scoped(scope_system("test")):
        row = Case.objects.get(pk=case.pk)
        waits = (Wait("correction", pause, pause + timedelta(hours=2)),)
        row.state |= {"promise_from": pack(start), "promise_ended_at": pack(end), "waits": pack(waits)}
        Case.objects.filter(pk=case.pk).update(
            state=row.state, ended_at=end, outcome="terbit", due_at=end + timedelta(hours=-1 if late else 1)
        )


def test_promise_stands_beside_fact_with_half_and_nine_of_ten(client: Client) -> None:
    office = furnish(DEPOT)
    for days in (2, 3, 3, 4):
        finished(office, days)
    assert "baru 4 selesai" in page(client)
    cache.clear()
    finished(office, 9, late=True)
    found = kept(DEPOT)
    assert (found.finished, found.on_time, found.median, found.nine_of_ten) == (5, 4, 3, 9)
    said = page(client)
    assert "4 dari 5" in said and "4 janji ditepati, 1 tidak" in said
    assert "Separuhnya selesai dalam 3 hari kerja, sembilan dari sepuluh dalam 9" in text(
        client.get(f"/layanan/{DEPOT}/")
    )


def test_satisfaction_is_shown_with_n_on_the_agency_and_its_service(client: Client) -> None:
    office = furnish(DEPOT)
    agency = office.post("front_office").agency
    with simulated(now() - timedelta(days=2)), scoped(scope_system("test")):
        for _ in range(5):
            Answer.objects.create(
                agency=agency, service_slug=DEPOT, answered_on=timezone.localdate(now()),
                scores=dict.fromkeys(questionnaire().elements, 3),
            )  # fmt: skip
    assert "75,00 C (n = 5)" in page(client) and "Belum cukup jawaban" not in page(client)
    assert "75,00 (C, Kurang baik), dari 5 jawaban survei" in text(client.get(f"/layanan/{DEPOT}/"))
    assert parts(client)["f"]["satisfaction"]["value"] == 75.0  # type: ignore[index]


def test_every_agency_is_listed(client: Client) -> None:
    furnish(DEPOT)
    said = text(client.get("/instansi/"))
    assert "DPMPTSP" in said and "memberi pertimbangan" in said
    assert 'href="/instansi/"' in client.get("/").content.decode()


def test_the_page_asks_the_database_as_often_with_one_service_as_with_many(client: Client) -> None:
    furnish(DEPOT)
    publish_agency(PROFILE, by="uji")
    few = _queries(client)
    for slug in ("izin-reklame", "izin-paud", "izin-praktik-bidan", "izin-tanah-makam"):
        publish(expanded(load(SERVICES / slug)), {}, by="uji")
    assert _queries(client) == few < 30


def _queries(client: Client) -> int:
    page(client)  # what is read once a process is read now
    cache.clear()
    with CaptureQueriesContext(connection) as asked:
        page(client)
    return len(asked)

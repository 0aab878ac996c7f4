"""What comes later in a case: minutes to agree with, papers that are needed only then, a step that is the applicant's own."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client

from kantormaya.audit.time import now
from kantormaya.cases.models import Case, Event
from kantormaya.cases.pins import hash_pin
from kantormaya.casework import deciding
from kantormaya.casework.standing import Standing, standing
from kantormaya.casework.tests.office import Office, furnish, hand_in
from kantormaya.catalogue.calendars import current_calendar
from kantormaya.catalogue.publishing import definition_of
from kantormaya.documents.models import Upload
from kantormaya.engine.generating import about_for, sample_answers
from kantormaya.people.scopes import scope_system, scoped
from kantormaya.portal.tests.citizens import pdf, text

PIN = "123456"


def _opened(office: Office, slug: str, client: Client, **prefer: object) -> Case:
    """A case of the service, opened in this browser."""
    revision = office.revisions[slug]
    definition = definition_of(revision)
    about = about_for(definition, next(iter(definition.variants), None))
    case = hand_in(revision, sample_answers(definition, about, current_calendar(), now(), prefer), about)
    with scoped(scope_system("test")):
        Case.objects.filter(pk=case.pk).update(pin_hash=hash_pin(case.code, PIN))
    assert client.post("/lacak/", {"kode": case.code, "pin": PIN}).status_code == 302
    return case


def _now(case: Case) -> Standing:
    with scoped(scope_system("test")):
        return standing(Case.objects.select_related("revision").get(pk=case.pk))


def _accept(office: Office, case: Case) -> None:
    loket = office.post("front_office")
    open_ = tuple(n for n, held in _now(case).state.requirements.items() if held.status == "given")
    with office.scope(loket):
        deciding.check(case.pk, loket, fits=open_, key="a")
        deciding.move(case.pk, loket, "forward", key="b")


@pytest.mark.django_db
def test_the_minutes_of_a_visit_are_read_and_agreed_with_once(client: Client) -> None:
    office = furnish("izin-paud")
    case = _opened(office, "izin-paud", client)
    _accept(office, case)
    for agency in ("dinas-pendidikan", "dinas-pupr"):
        team = office.post("technical_team", agency)
        with office.scope(team):
            if agency == "dinas-pendidikan":
                deciding.schedule(case.pk, team, "kunjungan", now() + timedelta(days=1), key="c")
            facts = dict.fromkeys(("ruang_layak", "bangunan_aman"), True)
            said = list(_now(case).definition.task["kunjungan"].possible_answers())[-1]
            deciding.answer(
                case.pk,
                team,
                "kunjungan",
                said,
                note="Ruang bersih dan terang.",
                facts=facts,
                key=f"d{agency}",
            )
    page = client.get("/lacak/perkara/")
    assert "Menunggu persetujuan Anda atas berita acara" in text(page) and "Ruang bersih dan terang." in text(
        page
    )
    for _ in range(2):
        client.post("/lacak/perkara/setuju/kunjungan/", {"key": "k"})
    with scoped(scope_system("test")):
        assert Event.objects.filter(case=case, kind="confirmed").count() == 1
    late = client.post("/lacak/perkara/setuju/kunjungan/", {"key": "other"})
    assert late.status_code == 422 and "Tidak ada berita acara" in text(late)


@pytest.mark.django_db
def test_a_paper_needed_later_is_handed_in_when_its_step_comes_and_the_case_goes_on(client: Client) -> None:
    office = furnish("izin-reklame")
    case = _opened(office, "izin-reklame", client)
    definition = _now(case).definition
    later = next(name for name, item in definition.requirement.items() if item.needed_at == "step.pajak")
    _accept(office, case)
    team, back = office.post("technical_team", "dinas-pupr"), office.post("back_office")
    for name, task in definition.tasks_at("peninjauan").items():
        if _now(case).state.tasks[name].status != "open":
            continue
        with office.scope(team):
            if task.scheduled:
                deciding.schedule(case.pk, team, name, now() + timedelta(days=1), key=f"s{name}")
            facts = {fact: True if definition.field[fact].type == "yes_no" else 1 for fact in task.report}
            deciding.answer(
                case.pk, team, name, list(task.possible_answers())[-1], facts=facts, key=f"t{name}"
            )
    with office.scope(back):
        missing = {
            n: True
            for n, f in definition.facts.items()
            if f.step == "peninjauan" and n not in _now(case).state.facts
        }
        if missing:
            deciding.find(case.pk, back, missing, key="f")
        deciding.move(case.pk, back, "forward", key="g")
    page = client.get("/lacak/perkara/")
    assert (
        "Menunggu satu berkas dari Anda" in text(page) and "/lacak/perkara/serahkan/" in page.content.decode()
    )
    assert client.post("/lacak/perkara/serahkan/", {"key": "h"}).status_code == 422
    assert client.post("/lacak/perkara/serahkan/", {"key": "h", later: pdf("bukti.pdf")}).status_code == 302
    state = _now(case).state
    with scoped(scope_system("test")):
        new = Upload.objects.get(name="bukti.pdf")
    assert state.requirements[later].files == (f"upload.{new.pk}",) and new.case_id == case.pk
    if state.at == "pajak":
        page = client.get("/lacak/perkara/").content.decode()
        assert "Sudah saya lakukan" in page
        hidden = dict(re.findall(r'name="(key|seen)" value="([^"]*)"', page))
        assert client.post("/lacak/perkara/lanjut/", hidden).status_code == 302
    assert _now(case).state.at != "pajak"

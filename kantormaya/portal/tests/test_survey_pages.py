"""A finished case is asked about once, its answers lead back to nobody, and figures begin at five."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from kantormaya.audit.models import Entry
from kantormaya.audit.time import now, simulated
from kantormaya.cases.models import Case
from kantormaya.casework import applying, deciding, signing
from kantormaya.casework.drafting import as_signatory
from kantormaya.casework.tests.office import Office, furnish, hand_in
from kantormaya.casework.tests.test_story import ANSWERS, DEPOT, PASSPHRASE
from kantormaya.outbox.models import Message
from kantormaya.people.guards import HOLDER_COOKIE, hand_over
from kantormaya.people.scopes import scope_agency, scope_case, scope_system, scoped
from kantormaya.permits.providers.local import LocalProvider
from kantormaya.portal.tests.citizens import text
from kantormaya.surveys.answering import answer
from kantormaya.surveys.figures import remarks, satisfaction
from kantormaya.surveys.models import Answer, Invitation
from kantormaya.surveys.questionnaire import questionnaire

pytestmark = pytest.mark.django_db(transaction=True)
GOOD = dict.fromkeys(questionnaire().elements, "3")


@pytest.fixture(autouse=True)
def no_figures_of_before() -> None:
    cache.clear()


def refused(office: Office) -> Case:
    """A case that the office has brought to its end: refused, by a letter that its head signed."""
    case = hand_in(office.revisions[DEPOT], ANSWERS)
    loket, kepala = office.post("front_office"), office.post("head_of_office")
    LocalProvider().enrol(as_signatory(kepala), PASSPHRASE)
    with office.scope(loket):
        deciding.move(case.pk, loket, "tolak", "Di luar kawasan.", key="tolak")
    signing.sign([case.pk], kepala, PASSPHRASE, scope=scope_agency(kepala.agency_id, kepala.account_id))
    with scoped(scope_system("test")):
        case.refresh_from_db()
    assert case.outcome == "ditolak"
    return case


def invitation_of(case: Case) -> Invitation | None:
    with scoped(scope_system("test")):
        return Invitation.objects.filter(case=case).first()


def test_a_finished_case_brings_one_invitation_by_mail_and_on_its_page(client: Client) -> None:
    case = refused(furnish(DEPOT))
    invitation = invitation_of(case)
    assert invitation is not None and invitation.code != case.code
    with scoped(scope_system("test")):
        (mail,) = Message.objects.filter(key=f"survey-{case.pk}")
    assert f"/survei/{invitation.code}/" in mail.body and case.code not in mail.body
    held = HttpResponse()
    hand_over(held, case.code)
    client.cookies[HOLDER_COOKIE] = held.cookies[HOLDER_COOKIE].value
    assert f"/survei/{invitation.code}/" in client.get("/lacak/perkara/").content.decode()
    answer(invitation.code, GOOD)
    assert f"/survei/{invitation.code}/" not in client.get("/lacak/perkara/").content.decode()


def test_who_withdrew_is_not_asked() -> None:
    case = hand_in(furnish(DEPOT).revisions[DEPOT], ANSWERS)
    with scoped(scope_case(case.code)):
        applying.withdraw(case.pk, "Tidak jadi.", key="w")
    assert invitation_of(case) is None


def test_the_survey_is_answered_once_and_without_an_address_nothing_opens(client: Client) -> None:
    case = refused(furnish(DEPOT))
    invitation = invitation_of(case)
    assert invitation is not None
    assert client.get("/survei/MUBA-0000-0000-0000-0000-0/").status_code == 404
    assert client.get(f"/survei/{case.code}/").status_code == 404, "the code of the case opens no survey"
    address = f"/survei/{invitation.code}/"
    assert "Bagaimana layanan kami?" in text(client.get(address))
    half = client.post(address, {"time": "4", "remark": "Cepat sekali"})
    assert half.status_code == 422 and "8 hal perlu diperbaiki" in text(half)
    assert "Cepat sekali" in half.content.decode(), "what was typed is kept"
    assert client.post(address, {**GOOD, "time": "9"}).status_code == 422
    assert client.post(address, {**GOOD, "age": "sampai_40"}).status_code == 302
    assert client.post(address, {**GOOD, "time": "1"}).status_code in (200, 302)
    assert "Terima kasih" in text(client.get(address))
    with scoped(scope_system("test")):
        (kept,) = Answer.objects.all()
    assert kept.scores == dict.fromkeys(questionnaire().elements, 3) and kept.about == {"age": "sampai_40"}


def test_two_clicks_at_once_make_one_answer() -> None:
    invitation = invitation_of(refused(furnish(DEPOT)))
    assert invitation is not None
    code = invitation.code

    def click(_: int) -> bool:
        try:
            return answer(code, GOOD)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(click, range(4))) == [False, False, False, True]


def test_no_row_leads_from_an_answer_to_its_case() -> None:
    case = refused(furnish(DEPOT))
    invitation = invitation_of(case)
    assert invitation is not None
    answer(invitation.code, GOOD)
    names = {field.name for field in Answer._meta.get_fields()}
    assert not names & {"case", "invitation", "code", "answered_at"}
    with scoped(scope_system("test")):
        (line,) = Entry.objects.filter(act="survey.answered")
        assert line.case_id is None
        told = Invitation.objects.get(pk=invitation.pk)
    assert told.is_answered and told.invited_at == invitation.invited_at
    with scoped(scope_case(case.code)):
        assert not Answer.objects.exists(), "only the figures read answers"


def test_figures_begin_at_five_and_an_agency_adds_up_what_its_services_show() -> None:
    office = furnish(DEPOT)
    agency = office.post("front_office").agency
    yesterday = now() - timedelta(days=1)
    with simulated(yesterday):
        for number in range(4):
            _answered(agency.pk, DEPOT, 4, f"Catatan {number}")
            _answered(agency.pk, "izin-reklame", 1)
    found = satisfaction(agency.pk)
    assert found.index is None and not found.services and not remarks(agency.pk)
    with simulated(yesterday):
        _answered(agency.pk, DEPOT, 4)
    found = satisfaction(agency.pk)
    assert found.services[DEPOT].n == 5 and found.services[DEPOT].band.letter == "A"
    assert "izin-reklame" not in found.services
    assert found.index is not None and found.index.n == 5, (
        "the four of the other service are not told by subtraction"
    )
    _answered(agency.pk, DEPOT, 1)
    assert satisfaction(agency.pk).services[DEPOT].n == 5, "today's answer waits for others"
    assert {slug for slug, _ in remarks(agency.pk)} == {DEPOT} and len(remarks(agency.pk)) == 4


def _answered(agency: int, slug: str, score: int, remark: str = "") -> None:
    with scoped(scope_system("test")):
        Answer.objects.create(
            agency_id=agency, service_slug=slug, answered_on=timezone.localdate(now()), remark=remark,
            scores=dict.fromkeys(questionnaire().elements, score),
        )  # fmt: skip

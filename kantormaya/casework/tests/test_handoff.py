"""What a national system passes on becomes one case, and it hears how the case stands: once, in order, however often it fails."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from pytest_django.fixtures import Settings

from kantormaya.audit.time import now, simulated
from kantormaya.cases.models import Case, Event
from kantormaya.cases.pins import PinAnswer, try_pin
from kantormaya.casework import applying, deciding
from kantormaya.casework.handoff import Taken, receive_application
from kantormaya.casework.sweeping import sweep
from kantormaya.casework.tests.office import Office, furnish, mails
from kantormaya.documents.models import Upload
from kantormaya.handoff.models import Handoff
from kantormaya.handoff.providers import Application, Enclosed
from kantormaya.handoff.providers.fake import FakeNational
from kantormaya.handoff.providers.fake.elsewhere import Elsewhere, serving
from kantormaya.handoff.providers.fake.example import SERVICE, example
from kantormaya.outbox.models import Message
from kantormaya.outbox.sending import deliver_due, retry
from kantormaya.people.machines import sign
from kantormaya.people.scopes import scope_case, scope_system, scoped

pytestmark = pytest.mark.django_db(transaction=True)
SYSTEM = scope_system("test")


@pytest.fixture(autouse=True)
def connected(settings: Settings) -> None:
    settings.KANTOR_OSS = "fake"


@pytest.fixture
def elsewhere(settings: Settings, tmp_path: Path) -> Any:
    """The national system, listening on the loopback."""
    there = Elsewhere(tmp_path / "oss.jsonl")
    with serving(there) as address:
        settings.KANTOR_OSS_URL = address
        settings.KANTOR_CHANNELS = {
            "email": "kantormaya.outbox.channels.demo_mailbox",
            "oss": "kantormaya.handoff.reporting",
        }
        yield there


def passed_on(application: Application) -> Taken:
    return receive_application("fake", *FakeNational().pass_on(application))


def a_case(number: int = 1) -> Case:
    taken = passed_on(example(number))
    assert taken.case is not None, (taken.text, taken.problems)
    return taken.case


def reports() -> list[tuple[str, str]]:
    """Every report of the outbox in order: its status and its state."""
    return [(json.loads(one.body)["status"], one.state) for one in mails(channel="oss")]


def send_back(office: Office, case: Case, **deficient: str) -> None:
    loket = office.post("front_office")
    with office.scope(loket):
        deciding.check(case.pk, loket, deficient=deficient, key="check")
        deciding.ask_correction(case.pk, loket, {}, key="return")


def mend(case: Case, *names: str) -> None:
    with scoped(scope_case(case.code)):
        files = Upload.objects.filter(case=case, requirement__in=names)
        given = {one.requirement: (f"upload.{one.pk}",) for one in files}
        applying.correct(case.pk, {}, given, key="correct")


def approve(office: Office, case: Case) -> None:
    """The plain way to the end."""
    loket, back, head = (office.post(role) for role in ("front_office", "back_office", "head_of_office"))
    team = office.post("technical_team", "dinas-kesehatan")
    with office.scope(loket):
        names = Case.objects.get(pk=case.pk).state["requirements"]
        wanted = tuple(n for n in names if n != "sewa")
        deciding.check(case.pk, loket, fits=wanted, key="fits")
        deciding.move(case.pk, loket, "forward", key="on")
    with office.scope(team):
        deciding.answer(case.pk, team, "tinjau", "sesuai", key="seen")
    with office.scope(back):
        deciding.move(case.pk, back, "forward", key="verified")
    with office.scope(head):
        deciding.move(case.pk, head, "forward", key="approved")


def test_an_application_becomes_a_case_with_its_answers_and_files_and_the_answer_carries_code_and_pin() -> (
    None
):
    furnish(SERVICE)
    taken = passed_on(example(7))
    assert (taken.status, taken.stands) == (201, "in_verification")
    assert taken.case is not None
    assert taken.pin is not None
    with scoped(SYSTEM):
        case = Case.objects.get()
        handed_in = Event.objects.get(case=case)
        assert (handed_in.actor, handed_in.actor_role) == ("oss", "applicant")
        assert handed_in.data["answers"]["nib"] == "9900000000007"
        assert handed_in.data["about"]["channel"] == "national"
        assert set(Upload.objects.filter(case=case).values_list("requirement", flat=True)) == {
            "denah",
            "sarana",
            "sipa",
        }
        assert try_pin(case.code, taken.pin) is PinAnswer.RIGHT


def test_the_same_application_again_is_the_same_case_with_the_same_answer_and_another_content_is_refused() -> (
    None
):
    furnish(SERVICE)
    first = passed_on(example(7))
    again = passed_on(example(7))
    assert (again.status, again.case, again.pin) == (200, first.case, first.pin)
    other = passed_on(replace(example(7), nib="1234567890123"))
    assert (other.status, other.case) == (409, None)
    with scoped(SYSTEM):
        assert Case.objects.count() == Handoff.objects.count() == 1


def test_sent_four_times_at_the_same_moment_it_is_one_case() -> None:
    furnish(SERVICE)
    call = FakeNational().pass_on(example(7))

    def send(_: int) -> int:
        try:
            return receive_application("fake", *call).status
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(send, range(4))) == [200, 200, 200, 201]
    with scoped(SYSTEM):
        assert Case.objects.count() == 1


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"nib": "12345"}, "nib"),
        ({"answers": {"kbli_versi": "kbli_1999"}}, "kbli_versi"),
        ({"answers": {"warna_pintu": "hijau"}}, "warna_pintu"),
        ({"identity": {"nik": "123"}}, "identity.nik"),
        ({"enclosed": (Enclosed("ijazah", "a.pdf", b"%PDF-"),)}, "ijazah"),
        ({"enclosed": (Enclosed("denah", "a.exe", b"MZ"),)}, "denah"),
    ],
)
def test_what_is_wrong_is_said_field_by_field_in_both_languages_and_nothing_is_kept(
    change: dict[str, Any], where: str
) -> None:
    furnish(SERVICE)
    whole = example(7)
    merged = {k: {**getattr(whole, k), **v} if isinstance(v, dict) else v for k, v in change.items()}
    taken = passed_on(replace(whole, **merged))
    assert (taken.status, taken.case) == (422, None)
    assert taken.problems[where].en
    with scoped(SYSTEM):
        assert not Case.objects.exists()
        assert not Handoff.objects.exists()
        assert not Upload.objects.exists()


def test_everything_that_is_missing_is_said_at_once() -> None:
    furnish(SERVICE)
    taken = passed_on(replace(example(7), enclosed=(), statements=()))
    assert taken.status == 422
    assert all(name in taken.text.id for name in ("Denah", "Daftar sarana", "SIPA", "SIPNAP"))


def test_a_service_that_is_not_the_national_systems_takes_nothing_from_it() -> None:
    furnish(SERVICE, "surat-keterangan-penelitian")
    for slug in ("surat-keterangan-penelitian", "tidak-ada"):
        assert passed_on(replace(example(7), service=slug)).status == 404


def test_forged_old_or_unreadable_calls_are_believed_in_nothing() -> None:
    furnish(SERVICE)
    headers, body = FakeNational("rahasia orang lain").pass_on(example(7))
    assert receive_application("fake", headers, body).status == 401
    with simulated(now() - timedelta(minutes=11)):
        old = FakeNational().pass_on(example(7))
    assert receive_application("fake", *old).status == 400
    for body in (
        b"",
        b"[]",
        b"{}",
        b'{"external_id": 1}',
        b'{"external_id": "a", "enclosed": [{"content": "?"}]}',
    ):
        taken = receive_application("fake", sign(FakeNational().key, body), body)
        assert (taken.status, taken.case) == (400, None)
    assert receive_application("failing", *FakeNational().pass_on(example(7))).status == 401


def test_the_national_system_hears_of_the_correction_of_the_mending_and_of_the_decision(
    elsewhere: Elsewhere,
) -> None:
    office = furnish(SERVICE)
    case = a_case()
    send_back(office, case, denah="Ukuran ruang belum ditulis.")
    deliver_due()
    told = elsewhere.told()["I-CONTOH-000001"]
    assert (told["status"], told["code"]) == ("needs_completion", "99")
    assert told["items"] == ["Denah apotek dengan ukuran ruang: Ukuran ruang belum ditulis."]
    mend(case, "denah")
    deliver_due()
    assert elsewhere.told()["I-CONTOH-000001"]["status"] == "in_verification"
    approve(office, case)
    deliver_due()
    told = elsewhere.told()["I-CONTOH-000001"]
    assert (told["status"], told["code"], told["number"]) == ("verified", "45", case.number)
    assert reports() == [("needs_completion", "sent"), ("in_verification", "sent"), ("verified", "sent")]


def test_while_it_cannot_be_reached_only_the_newest_news_waits_and_arrives_when_it_is_back(
    elsewhere: Elsewhere,
) -> None:
    office = furnish(SERVICE)
    case = a_case()
    elsewhere.is_down = True
    send_back(office, case, denah="Ukuran ruang belum ditulis.")
    deliver_due()
    (message,) = mails(channel="oss")
    assert (message.state, message.last_error) == ("failed", "the national system answered 503")
    assert message.due_at > now()
    mend(case, "denah")
    assert reports() == [("needs_completion", "overtaken"), ("in_verification", "queued")]
    deliver_due()
    elsewhere.is_down = False
    (message,) = mails(channel="oss", state="failed")
    with scoped(SYSTEM):
        assert retry(message, actor="front_office.dpmptsp")
    deliver_due()
    assert elsewhere.told()["I-CONTOH-000001"]["status"] == "in_verification"
    with scoped(SYSTEM):
        assert not retry(message, actor="front_office.dpmptsp")


def test_a_report_that_comes_late_never_undoes_a_newer_one(elsewhere: Elsewhere) -> None:
    office = furnish(SERVICE)
    case = a_case()
    send_back(office, case, denah="Ukuran ruang belum ditulis.")
    mend(case, "denah")
    deliver_due()
    with scoped(SYSTEM):  # as if its worker had been stopped half-way
        Message.objects.filter(channel="oss").update(state="queued")
    deliver_due()
    assert elsewhere.told()["I-CONTOH-000001"]["status"] == "in_verification"


def test_the_failing_plug_is_tried_for_a_week_and_then_given_up_loudly(
    settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    office = furnish(SERVICE)
    case = a_case()
    settings.KANTOR_OSS = "failing"
    send_back(office, case, denah="Ukuran ruang belum ditulis.")
    with simulated(now()) as clock:
        begun = clock.at
        while mails(channel="oss", state__in=("queued", "failed")):
            deliver_due()
            clock.advance(timedelta(hours=5))
        assert clock.at - begun > timedelta(days=6)
    assert reports() == [("needs_completion", "given_up")]
    assert "could not be sent: the national system cannot be reached" in caplog.text


def test_a_case_that_time_granted_is_told_as_deemed_approved_and_a_withdrawn_one_as_cancelled() -> None:
    office = furnish(SERVICE)
    silent, withdrawn = a_case(1), a_case(2)
    loket = office.post("front_office")
    with office.scope(loket):
        names = tuple(Case.objects.get(pk=silent.pk).state["requirements"])
        deciding.check(silent.pk, loket, fits=tuple(n for n in names if n != "sewa"), key="fits")
        deciding.move(silent.pk, loket, "forward", key="on")
    with scoped(scope_case(withdrawn.code)):
        applying.withdraw(withdrawn.pk, "Tempat usaha pindah.", key="w")
    with simulated(now() + timedelta(days=30)):
        sweep()
    assert sorted(status for status, state in reports() if state == "queued") == [
        "cancelled",
        "deemed_approved",
    ]


def test_the_door_answers_in_json_and_is_closed_where_no_system_is_connected(
    client: Client, settings: Settings
) -> None:
    furnish(SERVICE)
    headers, body = FakeNational().pass_on(example(7))
    address = "/api/oss/permohonan/"
    answer = client.post(address, body, content_type="application/json", headers=headers)
    said = answer.json()
    assert (answer.status_code, said["status"]) == (201, "in_verification")
    assert said["code"].startswith("MUBA-")
    assert len(said["pin"]) == 6
    assert set(said["text"]) == {"id", "en"}
    wrong = FakeNational().pass_on(replace(example(8), nib="1"))
    refused = client.post(address, wrong[1], content_type="application/json", headers=wrong[0])
    assert (refused.status_code, set(refused.json()["problems"])) == (422, {"nib"})
    assert client.get(address).status_code == 405
    settings.KANTOR_OSS = ""
    assert client.post(address, body, content_type="application/json", headers=headers).status_code == 404

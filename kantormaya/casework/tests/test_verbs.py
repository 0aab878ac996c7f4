"""What the verbs promise beyond the plain story: nothing twice, nobody in between, nothing private in an event."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from pydantic import SecretStr

from kantormaya.audit.time import now, simulated
from kantormaya.cases.models import Case, Event, Pii
from kantormaya.casework import applying, deciding, signing
from kantormaya.casework.advancing import DID
from kantormaya.casework.drafting import as_signatory
from kantormaya.casework.effects import EFFECTS
from kantormaya.casework.recalculating import recalculate_open
from kantormaya.casework.standing import standing
from kantormaya.casework.sweeping import sweep
from kantormaya.casework.tests.office import IDENTITY, PASSPHRASE, Office, furnish, hand_in
from kantormaya.casework.tests.test_story import ANSWERS, DEPOT
from kantormaya.catalogue.calendars import current_calendar, publish_calendar
from kantormaya.engine.effects import Effect
from kantormaya.engine.events import Kind, Refused
from kantormaya.people.scopes import scope_agency, scope_case, scope_system, scoped
from kantormaya.permits.models import Paper
from kantormaya.permits.providers.local import LocalProvider

ALL = ("ktp", "nib", "pelatihan_higiene", "denah", "foto")
RESEARCH = "surat-keterangan-domisili-usaha"


def test_every_effect_has_its_function_and_every_kind_of_event_its_words() -> None:
    assert set(EFFECTS) == set(Effect)
    assert set(DID) == {str(kind) for kind in Kind}


@pytest.mark.django_db(transaction=True)
def test_two_officials_at_once_decide_once_and_the_second_is_told() -> None:
    office = furnish(DEPOT)
    case = hand_in(office.revisions[DEPOT], ANSWERS)
    loket = office.post("front_office")
    with office.scope(loket):
        seen = deciding.check(case.pk, loket, fits=ALL, key="check").case.version

    def decide(name: str) -> str:
        try:
            with office.scope(loket):
                deciding.move(case.pk, loket, "forward", key=name, seen=seen)
        except Refused as refused:
            return refused.text.id
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(2) as pool:
        answers = sorted(pool.map(decide, ("one", "two")), key=len)
    assert answers[0] == "done"
    assert "baru saja berubah: Petugas loket meneruskan perkara" in answers[1]
    with scoped(scope_system("test")):
        assert Event.objects.filter(case=case, kind="moved").count() == 1


@pytest.mark.django_db(transaction=True)
def test_events_and_state_hold_nothing_that_tells_who_the_applicant_is() -> None:
    office = furnish(DEPOT)
    case = hand_in(office.revisions[DEPOT], ANSWERS)
    with scoped(scope_system("test")):
        row = Case.objects.get(pk=case.pk)
        told = json.dumps([row.state, [e.data for e in Event.objects.filter(case=case)], row.applicant_name])
        assert Pii.objects.get(case=case).data["answers"]["kontak"] == ANSWERS["kontak"]
    for private in (
        IDENTITY["nik"],
        IDENTITY["phone"],
        IDENTITY["email"],
        IDENTITY["name"],
        ANSWERS["kontak"],
    ):
        assert str(private) not in told


@pytest.mark.django_db(transaction=True)
def test_an_applicant_who_stays_silent_lets_the_application_lapse_as_the_definition_says() -> None:
    office = furnish(DEPOT)
    with simulated(now()) as clock:
        case = hand_in(office.revisions[DEPOT], ANSWERS)
        loket = office.post("front_office")
        with office.scope(loket):
            deciding.check(case.pk, loket, deficient={"denah": "buram"}, key="a")
            deciding.ask_correction(case.pk, loket, {}, key="b")
        clock.advance(timedelta(days=40))
        sweep()
        assert sweep() == 0
    with scoped(scope_system("test")):
        assert Case.objects.get(pk=case.pk).outcome == "lapsed"


@pytest.mark.django_db(transaction=True)
def test_a_second_return_that_could_have_been_made_the_first_time_is_flagged() -> None:
    office = furnish(DEPOT)
    case = hand_in(office.revisions[DEPOT], ANSWERS)
    loket = office.post("front_office")
    with office.scope(loket):
        deciding.ask_correction(case.pk, loket, {"requirement.denah": "buram"}, key="a")
    with scoped(scope_case(case.code)):
        applying.correct(case.pk, {}, {"denah": ("d2",)}, key="b")
    with office.scope(loket):
        after = deciding.ask_correction(case.pk, loket, {"requirement.ktp": "terpotong"}, key="c")
    assert after.state.late_returns == 1


@pytest.mark.django_db(transaction=True)
def test_a_holiday_decreed_later_moves_a_due_date_only_by_an_event() -> None:
    office = furnish(DEPOT)
    case = hand_in(office.revisions[DEPOT], ANSWERS)
    loket = office.post("front_office")
    with office.scope(loket):
        deciding.check(case.pk, loket, fits=ALL, key="a")
        before = deciding.move(case.pk, loket, "forward", key="b").clocks().promise
    assert before is not None
    calendar = current_calendar()
    decreed = calendar.local_date(before.due_at)
    publish_calendar(
        replace(calendar, holidays={**calendar.holidays, decreed: "Cuti bersama"}), "SKB baru", by="uji"
    )
    with office.scope(loket):
        assert standing(_read(case)).clocks().promise.due_at == before.due_at  # type: ignore[union-attr]
    assert recalculate_open("uji") == 1
    assert recalculate_open("uji") == 1
    with office.scope(loket):
        after = standing(_read(case)).clocks().promise
        assert after is not None and after.due_at > before.due_at
        assert Event.objects.filter(case=case, kind="recalculated").count() == 1


def _read(case: Case) -> Case:
    return Case.objects.select_related("revision", "agency").get(pk=case.pk)


@pytest.mark.django_db(transaction=True)
def test_a_wrong_passphrase_signs_nothing_and_the_paper_goes_on_waiting_with_its_number() -> None:
    office = furnish(RESEARCH)
    case, kepala = _at_signature(office)
    scope = scope_agency(kepala.agency_id, kepala.account_id)
    LocalProvider().enrol(as_signatory(kepala), PASSPHRASE)
    wrong = signing.sign([case.pk], kepala, SecretStr("yang salah"), scope=scope)
    assert wrong.refusal is not None and not wrong.signed
    with scoped(scope):
        assert Case.objects.get(pk=case.pk).ended_at is None
    right = signing.sign([case.pk], kepala, PASSPHRASE, scope=scope)
    again = signing.sign([case.pk], kepala, PASSPHRASE, scope=scope) if not right.signed else right
    assert again.signed[0].number is not None
    with scoped(scope):
        assert Paper.objects.filter(case=case).count() == 1
        assert Case.objects.get(pk=case.pk).ended_at is not None


def _at_signature(office: Office) -> tuple[Case, object]:
    """A letter of the district on the table of the Camat."""
    from kantormaya.catalogue.publishing import definition_of
    from kantormaya.engine.generating import about_for, sample_answers

    revision = office.revisions[RESEARCH]
    definition = definition_of(revision)
    about = about_for(definition, next(iter(definition.variants), None))
    case = hand_in(revision, sample_answers(definition, about, current_calendar(), now()), about)
    for turn in range(12):
        with scoped(scope_system("test")):
            here = standing(_read(case))
        posts = [p for (agency, _), p in office.posts.items() if agency == definition.agency]
        found = [(p, c) for p, c in deciding.choices(here, posts) if c.refused is None]
        if any(c.act == "sign" for _, c in found):
            return case, next(p for p, c in found if c.act == "sign")
        with scoped(scope_system("test")):
            _step(case, here, found, str(turn))
    raise AssertionError("never came to its signature")


def _step(case, here, found, key):  # type: ignore[no-untyped-def]
    given = tuple(n for n, h in here.state.requirements.items() if h.status == "given")
    for post, choice in found:
        if choice.act == "check" and given:
            return deciding.check(case.pk, post, fits=given, key=key)
        if choice.act == "answer":
            best = list(here.definition.task[choice.id].possible_answers())[-1]
            return deciding.answer(case.pk, post, choice.id, best, key=key)
    post, choice = next((p, c) for p, c in found if c.act == "move" and c.plain)
    return deciding.move(case.pk, post, choice.id, key=key)

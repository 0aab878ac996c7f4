"""From an issued paper: its renewal, a second place, its revocation, prefilled from the case it came from."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from kantormaya.audit.time import simulated
from kantormaya.casework import applying, deciding, renewing
from kantormaya.casework.tests.licences import BIDAN, apply_for, issued, sign
from kantormaya.casework.tests.office import IDENTITY, Office, furnish
from kantormaya.people.scopes import scope_case, scope_system, scoped
from kantormaya.permits import checking

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def office() -> Office:
    return furnish(BIDAN)


def test_the_standard_says_what_can_be_begun_from_a_licence(office: Office) -> None:
    _, _, paper = issued(office)
    of = renewing.old(paper.pk)
    assert of
    assert [(way.variant, way.requirement, way.goes_on) for way in renewing.ways(of)] == [
        ("tempat_kedua", "sipb_pertama", False),
        ("perpanjangan", "sipb_lama", True),
        ("pencabutan", "sipb_dicabut", True),
    ]


def test_a_renewal_brings_the_old_answers_the_identity_and_the_paper_along(office: Office) -> None:
    _, _, paper = issued(office)
    of = renewing.old(paper.pk)
    assert of
    way = renewing.ways(of)[1]
    draft = renewing.begin_from(of, way, language="id")
    with scoped(scope_case(draft.token)):
        filled = applying.filled(draft)
    assert filled.about.variant == "perpanjangan"
    assert filled.given["sipb_lama"] == (f"paper.{paper.pk}",)
    assert filled.answers["nama_tempat"] == "Puskesmas Contoh"
    assert filled.answers["nomor_strb"] == "STR-1"
    assert filled.identity == IDENTITY


def test_a_second_place_brings_who_one_is_but_not_the_first_place(office: Office) -> None:
    _, _, paper = issued(office)
    of = renewing.old(paper.pk)
    assert of
    draft = renewing.begin_from(of, renewing.ways(of)[0], language="id")
    with scoped(scope_case(draft.token)):
        filled = applying.filled(draft)
    assert filled.answers == {} and filled.identity == IDENTITY


def test_whoever_comes_with_the_paper_alone_sees_nothing_that_is_not_on_it(office: Office) -> None:
    _, _, paper = issued(office)
    of = renewing.old(paper.pk)
    assert of
    known = {"name": paper.holder, "nik": IDENTITY["nik"]}
    draft = renewing.begin_from(of, renewing.ways(of)[1], language="id", identity=known)
    with scoped(scope_case(draft.token)):
        filled = applying.filled(draft)
    assert filled.identity == known
    assert "nomor_strb" not in filled.answers and filled.answers["nama_tempat"] == "Puskesmas Contoh"


def test_an_answer_that_the_form_would_not_take_today_is_asked_anew(office: Office) -> None:
    today = datetime(2026, 3, 2, 3, tzinfo=UTC)
    with simulated(today):
        until = (today + timedelta(days=60)).date()
        _, _, paper = issued(office, seumur_hidup=False, str_sampai_on=until)
        assert paper.valid_until == until
    with simulated(today + timedelta(days=90)):
        assert checking.status(paper.code).standing == "expired"
        of = renewing.old(paper.pk)
        assert of
        draft = renewing.begin_from(of, renewing.ways(of)[1], language="id")
        with scoped(scope_case(draft.token)):
            answers = applying.filled(draft).answers
        assert "str_sampai_on" not in answers and answers["seumur_hidup"] is False


def test_a_paper_that_is_suspended_or_revoked_leads_nowhere(office: Office) -> None:
    _, _, paper = issued(office)
    for act in (checking.suspend, checking.revoke):
        with scoped(scope_system("test")):
            act(paper, reason="uji", actor="kepala")
        of = renewing.old(paper.pk)
        assert of and renewing.ways(of) == []


def test_a_refusal_can_not_be_renewed(office: Office) -> None:
    case, _ = apply_for(office)
    loket = office.post("front_office")
    with office.scope(loket):
        deciding.move(case.pk, loket, "tolak", "STR palsu", key="t")
    done = sign(office, case)
    assert done.signed, done.refusal
    of = renewing.old(done.signed[0].pk)
    assert of and renewing.ways(of) == []

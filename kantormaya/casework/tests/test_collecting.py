"""One's own cases by a mailed link: only to an address that has some, for two hours, once."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kantormaya.audit.time import now, simulated
from kantormaya.cases.links import LIVES, email_key, is_good, make_link, use_link
from kantormaya.casework.collecting import cases_of, open_one, send_link
from kantormaya.casework.tests.licences import BIDAN, apply_for
from kantormaya.casework.tests.office import Office, furnish, mails

pytestmark = pytest.mark.django_db(transaction=True)
ADDRESS = "pemohon@contoh.example"


@pytest.fixture
def office() -> Office:
    return furnish(BIDAN)


def test_an_address_with_cases_gets_a_link_and_an_unknown_one_gets_nothing(office: Office) -> None:
    case, _ = apply_for(office)
    before = len(mails())
    assert not send_link("orang@lain.example", language="id")
    assert len(mails()) == before
    assert send_link(f" {ADDRESS.upper()} ", language="en")
    mail = mails()[-1]
    assert mail.to == ADDRESS.upper() and "/akun-saya/" in mail.body and "opens your cases" in mail.subject
    secret = mail.body.partition("/akun-saya/")[2].split("/")[0]
    key = use_link(secret)
    assert key and [one.pk for one in cases_of(key)] == [case.pk]
    assert use_link(secret) is None and not is_good(secret)


def test_a_link_lives_two_hours() -> None:
    key, at = email_key(ADDRESS), now()
    with simulated(at):
        secret = make_link(key)
        assert secret and is_good(secret)
    with simulated(at + LIVES + timedelta(minutes=1)):
        assert not is_good(secret) and use_link(secret) is None


def test_nobody_floods_the_mailbox_of_another(office: Office) -> None:
    apply_for(office)
    assert [send_link(ADDRESS, language="id") for _ in range(5)] == [True, True, True, False, False]


def test_only_ones_own_cases_open(office: Office) -> None:
    mine, _ = apply_for(office)
    cases = cases_of(email_key(ADDRESS))
    assert open_one(cases, mine.code)
    assert open_one(cases, "MUBA-0000-0000-0000-0000-0") is None
    assert cases_of(email_key("orang@lain.example")) == cases_of("") == []

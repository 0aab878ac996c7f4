"""A forgotten PIN: a new one by a mailed link, or at the counter after somebody showed who they are."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from kantormaya.cases.links import email_key
from kantormaya.cases.models import Case, Event
from kantormaya.casework.tests.licences import BIDAN, apply_for
from kantormaya.casework.tests.office import IDENTITY, Office, furnish, lines, mails
from kantormaya.desk.tests.desks import at_desk, text
from kantormaya.people.guards import ADDRESS_COOKIE, HOLDER_COOKIE, hand_over_address
from kantormaya.people.limits import LIMITS
from kantormaya.people.scopes import scope_system, scoped

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("demo")]


@pytest.fixture
def office() -> Office:
    return furnish(BIDAN)


def reads_mail_of(address: str) -> Client:
    """The browser of who opened a mailed link."""
    answer, client = HttpResponse(), Client()
    hand_over_address(answer, email_key(address))
    client.cookies[ADDRESS_COOKIE] = answer.cookies[ADDRESS_COOKIE].value
    return client


def opens(case: Case, pin: str) -> bool:
    client = Client()
    client.post("/lacak/", {"kode": case.code, "pin": pin})
    return HOLDER_COOKIE in client.cookies


def pin_on(answer: HttpResponse) -> str:
    found = re.search(r'class="pin[^"]*">(\d{6})<', text(answer))
    assert found, "the page shows no PIN"
    return found[1]


def happened(case: Case) -> list[Event]:
    with scoped(scope_system("test")):
        return list(Event.objects.filter(case=case, kind="rekeyed"))


def test_who_reads_the_mail_of_the_case_makes_a_new_pin_and_the_old_one_is_over(office: Office) -> None:
    case, old = apply_for(office)
    client = reads_mail_of(IDENTITY["email"])
    key = re.search(r'name="key" value="(\w+)"', text(client.get("/akun-saya/perkara/")))
    assert key
    made = client.post(f"/akun-saya/perkara/{case.code}/pin/", {"key": key[1]})
    pin = pin_on(made)
    assert pin_on(client.post(f"/akun-saya/perkara/{case.code}/pin/", {"key": key[1]})) == pin
    assert opens(case, pin) and not opens(case, old)
    (event,) = happened(case)
    assert event.actor_role == "applicant" and pin not in str(event.data)
    assert [one.actor for one in lines(act="rekeyed")] == ["applicant"]
    assert "diganti" in mails(case_id=case.pk)[-1].subject and pin not in mails(case_id=case.pk)[-1].body


def test_the_link_of_another_address_makes_none_and_a_stranger_none(office: Office) -> None:
    case, old = apply_for(office)
    for client in (reads_mail_of("lain@contoh.example"), Client()):
        assert client.post(f"/akun-saya/perkara/{case.code}/pin/", {"key": "k" * 32}).status_code == 302
    assert opens(case, old) and not happened(case)


def test_only_so_many_new_pins_in_a_while(office: Office) -> None:
    case, _ = apply_for(office)
    client = reads_mail_of(IDENTITY["email"])
    most = LIMITS["new_pin"].subject or 0
    said = [
        client.post(f"/akun-saya/perkara/{case.code}/pin/", {"key": f"{n}" * 32}) for n in range(most + 1)
    ]
    assert [one.status_code for one in said] == [200] * most + [429] and "Retry-After" in said[-1]


def counter_form(client: Client, case: Case, **typed: Any) -> HttpResponse:
    link = f"/meja/perkara/{case.number}/pin/"
    key = re.search(r'name="key" value="(\w+)"', text(client.get(link)))
    assert key
    return client.post(link, {"key": key[1], **typed})


def test_at_the_counter_the_document_is_checked_first_and_it_is_on_record(office: Office) -> None:
    case, old = apply_for(office)
    for _ in range(5):
        assert not opens(case, "000000" if old != "000000" else "111111")
    assert not opens(case, old), "it is locked"
    post = office.post("front_office")
    loket = at_desk(post)
    assert f"/meja/perkara/{case.number}/pin/" in text(loket.get(f"/meja/perkara/{case.number}/"))
    for typed in (
        {},
        {"dokumen": "ktp"},
        {"orangnya": "ya"},
        {"dokumen": "kartu perpustakaan", "orangnya": "ya"},
    ):
        unchecked = counter_form(loket, case, **typed)
        assert unchecked.status_code == 422 and "dokumen yang Anda periksa" in text(unchecked)
    assert not happened(case)
    pin = pin_on(counter_form(loket, case, dokumen="ktp", orangnya="ya"))
    assert opens(case, pin) and not opens(case, old)
    (event,) = happened(case)
    assert (event.actor, event.actor_role, event.data["checked"]) == (
        post.account.username,
        "front_office",
        "ktp",
    )
    (line,) = lines(act="rekeyed")
    assert (line.actor, line.case_id) == (post.account.username, case.pk)
    assert "membuat PIN baru" in text(loket.get(f"/meja/perkara/{case.number}/"))


def test_only_the_counter_of_an_agency_that_takes_part_makes_one(office: Office) -> None:
    case, _ = apply_for(office)
    link = f"/meja/perkara/{case.number}/pin/"
    form = {"key": "k" * 32, "dokumen": "ktp", "orangnya": "ya"}
    assert at_desk(office.post("front_office", "dinas-pupr")).post(link, form).status_code == 404
    assert at_desk(office.post("secretary")).post(link, form).status_code == 403
    assert Client().post(link, form).status_code == 302
    assert not happened(case)


def test_after_the_case_has_ended_too_and_the_mail_says_pin_and_not_the_end_again(office: Office) -> None:
    case, pin = apply_for(office)
    client = Client()
    client.post("/lacak/", {"kode": case.code, "pin": pin})
    client.post(
        "/lacak/perkara/tarik/", {"key": "x" * 20, "alasan": "Salah layanan", "reason": "Salah layanan"}
    )
    new = pin_on(counter_form(at_desk(office.post("front_office")), case, dokumen="ktp", orangnya="ya"))
    assert opens(case, new)
    assert "PIN" in mails(case_id=case.pk)[-1].subject

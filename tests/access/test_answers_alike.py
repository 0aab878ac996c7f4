"""Nobody learns by asking whether a code, a mail address or an account is known here; nobody tries keys without end."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django.fixtures import Settings

from kantormaya.cases.codes import make_code
from kantormaya.people.guards import HOLDER_COOKIE
from tests.access.world import DEPOT, HER, World

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def a_real_office(settings: Settings) -> None:
    settings.KANTOR_DEMO = False
    cache.clear()


def plain(answer: HttpResponse) -> str:
    """What a page says, without what is drawn anew each time and what the asker typed."""
    said = re.sub(r'value="[^"]*"', "", answer.content.decode())
    return re.sub(r"MUBA-[\w-]+", "", said)


def alike(one: HttpResponse, other: HttpResponse) -> None:
    """The same status, the same words, the same cookies."""
    assert one.status_code == other.status_code
    assert plain(one) == plain(other)
    assert one.headers.get("Location") == other.headers.get("Location")
    assert set(one.cookies) == set(other.cookies)


def test_a_wrong_pin_and_an_unknown_code_are_answered_alike(client: Client, world: World) -> None:
    known = client.post("/lacak/", {"kode": world.hers["new"].code, "pin": "000000"})
    unknown = client.post("/lacak/", {"kode": make_code("MUBA"), "pin": "000000"})
    nonsense = client.post("/lacak/", {"kode": "bukan kode", "pin": "000000"})
    alike(known, unknown)
    alike(unknown, nonsense)


def test_after_five_wrong_pins_the_right_one_is_refused_too(client: Client, world: World) -> None:
    code = world.hers["new"].code
    said = [client.post("/lacak/", {"kode": code, "pin": f"00000{n}"}).status_code for n in range(6)]
    assert set(said) == {422} and HOLDER_COOKIE not in client.cookies


def test_the_code_alone_is_no_way_to_guess_the_pin(client: Client, world: World) -> None:
    """Sending the form of an application that was handed in long ago must not try PINs."""
    code = world.hers["new"].code
    for key in ("", "123456", "x:y:z"):
        sent = client.post(f"/ajukan/isi/{code}/periksa/", {"kunci": key})
        assert sent.status_code == 302 and sent["Location"].startswith("/lacak/")
        assert HOLDER_COOKIE not in client.cookies


def test_what_was_handed_in_is_sent_again_by_nobody_who_lacks_the_form(
    client: Client, world: World, monkeypatch: Any
) -> None:
    """Even a PIN made up here that happens to be right opens nothing."""
    import kantormaya.portal.review as review

    code = world.hers["new"].code
    monkeypatch.setattr(review, "hash_pin", lambda *_: world.hers["new"].pin_hash)
    sent = client.post(f"/ajukan/isi/{code}/periksa/", {})
    assert HOLDER_COOKIE not in sent.cookies


def test_known_and_unknown_addresses_are_answered_alike(client: Client, world: World) -> None:
    with CaptureQueriesContext(connection) as first:
        known = client.post("/akun-saya/", {"email": HER["email"]})
    with CaptureQueriesContext(connection) as second:
        unknown = client.post("/akun-saya/", {"email": "tidak.ada@rahasia.example"})
    alike(known, unknown)
    assert len(first) == len(second), "one of them took longer: it did more"


def test_a_password_for_nobody_and_a_wrong_password_are_answered_alike(
    world: World, settings: Settings
) -> None:
    settings.ACCOUNT_RATE_LIMITS = False
    known = world.office.post("front_office").account
    known.set_password("kata-sandi-yang-panjang")
    known.save()
    said = [
        Client().post("/akun/masuk/", {"login": name, "password": "salah-salah-salah"})
        for name in (known.username, "tidak-ada")
    ]
    alike(*said)


def test_asking_for_a_new_password_says_nothing_about_who_has_an_account(world: World) -> None:
    known = world.office.post("front_office").account.email
    said = [
        Client().post("/akun/password/reset/", {"email": one}) for one in (known, "tidak.ada@lain.example")
    ]
    alike(*said)


def test_whoever_tries_passwords_is_shut_out_and_the_right_one_too(world: World, settings: Settings) -> None:
    settings.ACCOUNT_RATE_LIMITS = False
    account = world.office.post("back_office").account
    account.set_password("kata-sandi-yang-panjang")
    account.save()

    def sign_in(password: str) -> int:
        client = Client()
        status = client.post("/akun/masuk/", {"login": account.username, "password": password}).status_code
        assert settings.SESSION_COOKIE_NAME not in client.cookies or status != 302
        return status

    assert [sign_in("salah-salah-salah") for _ in range(5)][-1] == 429
    assert sign_in("kata-sandi-yang-panjang") == 429


def test_a_case_of_others_and_a_case_that_does_not_exist_are_answered_alike(world: World) -> None:
    client = world.at_desk(world.office.post("head_of_office", "dinas-pendidikan"))
    said = [client.get(f"/meja/perkara/{number}/") for number in (world.hers["new"].number, "P-2026-999999")]
    assert {one.status_code for one in said} == {404}
    pages = [plain(one).replace(world.hers["new"].number, "").replace("P-2026-999999", "") for one in said]
    assert pages[0] == pages[1]


@pytest.mark.parametrize("ask", [
    lambda c, w: c.get(f"/cek/{w.hers['new'].code}"),
    lambda c, w: c.get(f"/ajukan/isi/{make_code('MUBA')}/"),
    lambda c, w: c.get(f"/survei/{w.hers['new'].code}/"),
    lambda c, w: c.get(f"/layanan/{DEPOT}x/"),
])  # fmt: skip
def test_what_is_not_there_is_said_plainly(
    client: Client, world: World, ask: Callable[[Client, World], HttpResponse]
) -> None:
    assert ask(client, world).status_code == 404

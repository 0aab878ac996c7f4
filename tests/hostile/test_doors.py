"""Addresses: bent ones are not there, none leads away from the house, and nobody else's name is taken for ours."""

from __future__ import annotations

from urllib.parse import quote, urlencode, urlsplit

import pytest
from django.core.cache import cache
from django.test import Client
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from pytest_django.fixtures import Settings

from tests.access.asking import ask
from tests.access.routes import Route, _filled, routes
from tests.access.world import World, holding
from tests.hostile.mixing import GOOD_WORDS, inputs, made, mixed, part
from tests.hostile.test_forms import is_whole
from tests.hostile.values import TAG, hostile

pytestmark = pytest.mark.django_db
AWAY = [
    "//jahat.example", "https://jahat.example/", "http:jahat.example", "/\\jahat.example", "\\\\jahat.example", "https:/jahat.example",
    "javascript:alert(1)", "data:text/html,x", "///jahat.example", "/%09/jahat.example", "\thttps://jahat.example", "//jahat.example\\@testserver",
    "https://testserver@jahat.example/", "https://testserver.jahat.example/", "/x\r\nSet-Cookie: a=b", "//\u202ejahat.example", "\u200b//jahat.example",
]  # fmt: skip


@pytest.fixture(autouse=True)
def a_real_office(settings: Settings) -> None:
    settings.KANTOR_DEMO = False
    cache.clear()


def stays(location: str) -> bool:
    """Whether a browser that follows it stays here (a browser reads `\\` as `/` and skips blanks)."""
    read = location.replace("\\", "/").replace("\t", "").replace("\n", "").replace("\r", "").strip()
    return (
        urlsplit(read).netloc in ("", "testserver")
        and urlsplit(read).scheme in ("", "http")
        and not read.startswith("//")
    )


@pytest.mark.parametrize("to", AWAY)
def test_no_address_in_a_form_or_a_link_leads_away(to: str, world: World, client: Client) -> None:
    desk = world.at_desk(world.office.post("front_office"))
    message = world.messages[0].pk
    answers = [
        client.post("/bahasa/", {"bahasa": "en", "kembali": to}),
        client.get("/akun/masuk/", {"next": to}),
        client.get("/meja/", {"next": to}),
        desk.get("/akun/masuk/", {"next": to}),
        desk.post("/akun/jabatan/", {"post": "0", "next": to}),
        desk.post(f"/meja/kiriman/{message}/ulangi/", {"kembali": to}),
        desk.post("/akun/logout/", {"next": to}),
        client.get(f"/lacak/?next={quote(to)}&kembali={quote(to)}"),
    ]
    for answer in answers:
        assert answer.status_code < 500 and stays(answer.headers.get("Location", ""))


def test_after_signing_in_one_stays_here(world: World) -> None:
    account = world.office.post("back_office").account
    account.set_password("kata-sandi-yang-panjang")
    account.save()
    for to in AWAY:
        cache.clear()
        form = {"login": account.username, "password": "kata-sandi-yang-panjang", "next": to}
        assert stays(Client().post("/akun/masuk/", form).headers.get("Location", ""))


@pytest.mark.parametrize(
    "host",
    [
        "jahat.example",
        "localhost.jahat.example",
        "a@b",
        "[::1",
        "x" * 300,
        "localhost\\@jahat",
    ],
)
@pytest.mark.parametrize("path", ["/", "/lacak/", "/akun/masuk/", "/akun/password/reset/"])
def test_a_host_that_is_not_ours_is_refused_and_not_repeated(host: str, path: str, world: World) -> None:
    answer = Client().get(path, HTTP_HOST=host)
    assert answer.status_code == 400 and b"jahat" not in answer.content


def test_a_host_that_a_stranger_forwards_is_not_believed(world: World, client: Client) -> None:
    forwarded = {
        "HTTP_X_FORWARDED_HOST": "jahat.example",
        "HTTP_FORWARDED": "host=jahat.example",
        "HTTP_X_HOST": "jahat.example",
    }
    for path in ("/", "/lacak/", "/akun/masuk/", f"/ajukan/isi/{world.her_draft.token}/"):
        assert b"jahat.example" not in client.get(path, **forwarded).content


BENT = [one for one in routes() if one.parameters]


def test_a_bent_address_is_not_there_and_no_fault_of_ours(world: World) -> None:
    clients = {
        "official": lambda: world.at_desk(world.office.post("front_office")), "case_holder": lambda: holding(world.hers["billed"]),
    }  # fmt: skip

    @hypothesis_settings(
        max_examples=500,
        deadline=None,
        database=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    @given(st.sampled_from(BENT), st.data())
    def tried(route: Route, data: st.DataObject) -> None:
        typed = {name: quote(data.draw(hostile), safe="") for name in route.parameters}
        client = clients.get(route.guard, Client)()
        answer = ask(client, data.draw(st.sampled_from(["get", "post"])), _filled(route, typed))
        assert answer.status < 500, answer.asked
        assert TAG not in answer.body.decode("utf-8", "replace"), answer.asked

    tried()


PAGES = (
    ("/layanan/", ("q", "untuk", "instansi", "halaman")), ("/", ("q",)), ("/lacak/", ("kode", "sudah", "next")), ("/cek/", ("kode",)),
    ("/register/", ("nomor", "sebelum")), ("/ajukan/surat-laik-sehat-depot-air/", ("variant", "applicant_kind", "keran", "by_proxy")),
    ("/akun-saya/", ("email", "bahasa")), ("/layanan/surat-laik-sehat-depot-air/", ("variant", "applicant_kind", "bahasa", "keran")),
)  # fmt: skip


def test_every_page_stands_whatever_its_address_asks(world: World) -> None:
    client = Client()
    for rng, typed in inputs("addresses", part(400), GOOD_WORDS):
        path, names = rng.choice(PAGES)
        asked = {
            name: typed if n == 0 else mixed(rng) for n, name in enumerate(rng.sample(names, len(names)))
        }
        made["words in addresses"] += len(asked)
        answer = client.get(f"{path}?{urlencode(asked, errors='replace')}")
        client.cookies.clear()
        is_whole(answer, f"{path} {asked}")
    print(f"\nhostile addresses: {made['addresses']} with {made['words in addresses']} words", flush=True)

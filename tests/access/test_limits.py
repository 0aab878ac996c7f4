"""How often: one place and one subject are held back, the next place and forty people at one address are not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client, RequestFactory
from pytest_django.fixtures import Settings

from kantormaya.audit.time import simulated
from kantormaya.cases.codes import make_code
from kantormaya.people import limits
from kantormaya.people.limits import LIMITS, TooMany, client_ip, forget_old, take
from kantormaya.people.models import Tally
from tests.access.world import DEPOT, World

pytestmark = pytest.mark.django_db
HERE, NEXT = "203.0.113.7", "203.0.113.8"
Act = Callable[[World, str], HttpResponse]


@pytest.fixture(autouse=True)
def a_real_office(settings: Settings) -> None:
    settings.KANTOR_DEMO, settings.KANTOR_OSS = False, "fake"
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"login_failed": None}
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    cache.clear()


def few(monkeypatch: pytest.MonkeyPatch, act: str, most: int = 3) -> None:
    """The same limit with a smaller number, so that a test need not knock a thousand times."""
    small = {"address": most, "subject": None if LIMITS[act].subject is None else 1000}
    monkeypatch.setitem(LIMITS, act, LIMITS[act].model_copy(update=small))


def post(path: str, data: Any, ip: str, **how: Any) -> HttpResponse:
    return Client().post(path, data, REMOTE_ADDR=ip, **how)


ACTS: dict[str, list[Act]] = {
    "sign_in": [lambda w, ip: post("/akun/masuk/", {"login": make_code("X"), "password": "salah-salah"}, ip)],
    "open_case": [
        lambda w, ip: post("/lacak/", {"kode": make_code("MUBA"), "pin": "000000"}, ip),
        lambda w, ip: post("/akun-saya/bukan-rahasia/", {}, ip),
        lambda w, ip: post(
            "/api/v1/key", {"code": make_code("MUBA"), "pin": "000000"}, ip, content_type="application/json"
        ),
    ],
    "link": [lambda w, ip: post("/akun-saya/", {"email": f"{make_code('X').lower()}@lain.example"}, ip)],
    "application": [lambda w, ip: post(f"/ajukan/{DEPOT}/", {"variant": "baru", "applicant_kind": "perorangan"}, ip)],
    "upload": [
        lambda w, ip: post(
            f"/ajukan/isi/{w.his_draft.token}/berkas-denah/", {"denah": SimpleUploadedFile("a.pdf", b"%PDF-x")}, ip
        )
    ],
    "call_back": [
        lambda w, ip: post("/api/pembayaran/demo_bank/", b"{}", ip, content_type="application/json"),
        lambda w, ip: post("/api/oss/permohonan/", b"{}", ip, content_type="application/json"),
    ],
    "survey": [lambda w, ip: post(f"/survei/{w.invitations[0].code}/", {}, ip)],
    "verification": [
        lambda w, ip: Client().get(f"/cek/{make_code('MUBA')}", REMOTE_ADDR=ip),
        lambda w, ip: Client().get(f"/api/v1/papers/{make_code('MUBA')}", REMOTE_ADDR=ip),
    ],
}  # fmt: skip


@pytest.mark.parametrize(
    ("act", "one"), [(act, one) for act, ways in ACTS.items() for one in range(len(ways))]
)
def test_too_often_from_one_address_is_refused_with_a_time_and_the_next_address_is_served(
    act: str, one: int, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    few(monkeypatch, act)
    tried = ACTS[act][one]
    served = [tried(world, HERE).status_code for _ in range(3)]
    assert 429 not in served and not [status for status in served if status >= 500]
    refused = tried(world, HERE)
    assert refused.status_code == 429
    assert 0 < int(refused["Retry-After"]) <= LIMITS[act].window.total_seconds()
    assert "Coba lagi setelah" in refused.content.decode() or b"Coba lagi setelah" in refused.content
    assert tried(world, NEXT).status_code == served[0]


def test_the_refusal_is_said_in_english_too(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    few(monkeypatch, "open_case", 1)
    post("/lacak/", {"kode": "x", "pin": "1"}, HERE)
    page = Client().post("/lacak/?bahasa=en", {"kode": "x", "pin": "1"}, REMOTE_ADDR=HERE).content.decode()
    assert "Wait a moment" in page and "wrong codes, PINs or numbers" in page and "Try again after" in page


def test_forty_people_at_one_address_do_what_they_came_for(world: World) -> None:
    """Each mistypes a PIN, asks for a link, begins an application, and checks a paper."""
    for n in range(40):
        office = {"REMOTE_ADDR": HERE}
        assert Client().post("/lacak/", {"kode": make_code("MUBA"), "pin": "1"}, **office).status_code == 422
        assert Client().post("/akun-saya/", {"email": f"warga{n}@desa.example"}, **office).status_code == 302
        begun = Client().post(
            f"/ajukan/{DEPOT}/", {"variant": "baru", "applicant_kind": "perorangan"}, **office
        )
        assert begun.status_code == 302
        assert Client().get(f"/cek/{world.papers[0].code}", **office).status_code == 200


def test_what_goes_right_is_not_counted_where_only_wrong_tries_are(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    few(monkeypatch, "sign_in", 2)
    account = world.office.post("back_office").account
    account.set_password("kata-sandi-yang-panjang")
    account.save()
    for _ in range(5):
        form = {"login": account.username, "password": "kata-sandi-yang-panjang"}
        assert post("/akun/masuk/", form, HERE).status_code == 302


def test_one_address_of_mail_is_asked_about_only_so_often_from_wherever_known_or_not(world: World) -> None:
    for address in ("rahayu@rahasia.example", "tidak.ada@lain.example"):
        said = [post("/akun-saya/", {"email": address}, f"198.51.100.{n}") for n in range(4)]
        assert [one.status_code for one in said] == [302, 302, 302, 429]


def test_a_wrong_password_of_one_official_locks_nobody_else_out_at_the_same_address(world: World) -> None:
    one, other = world.office.post("front_office").account, world.office.post("secretary").account
    other.set_password("kata-sandi-yang-panjang")
    other.save()
    said = [post("/akun/masuk/", {"login": one.username, "password": "salah-salah"}, HERE) for _ in range(6)]
    assert said[-1].status_code == 429 and int(said[-1]["Retry-After"]) == 900
    form = {"login": other.username, "password": "kata-sandi-yang-panjang"}
    assert post("/akun/masuk/", form, HERE).status_code == 302


def test_after_the_while_one_is_served_again_and_a_clock_set_back_locks_nobody(rf: RequestFactory) -> None:
    asked = rf.get("/", REMOTE_ADDR=HERE)
    with simulated(datetime(2026, 9, 2, 4, tzinfo=UTC)) as clock:
        for _ in range(LIMITS["application"].address):
            take("application", asked)
        with pytest.raises(TooMany) as refused:
            take("application", asked)
        assert "12.01" in refused.value.text.id and refused.value.seconds == 3600
        clock.advance(timedelta(minutes=61))
        take("application", asked)
        clock.advance(-timedelta(days=1))
        take("application", asked)
        clock.advance(timedelta(days=3))
        assert forget_old() == 1 and not Tally.objects.exists()


@pytest.mark.parametrize(
    ("proxies", "peer", "forwarded", "is_"),
    [
        ([], "203.0.113.7", "198.51.100.1", "203.0.113.7"),
        (["10.0.0.0/8"], "10.1.2.3", "198.51.100.1", "198.51.100.1"),
        (["10.0.0.0/8"], "10.1.2.3", "8.8.8.8, 198.51.100.1, 10.9.9.9", "198.51.100.1"),
        (["10.0.0.0/8"], "203.0.113.7", "198.51.100.1", "203.0.113.7"),
        (["127.0.0.1"], "127.0.0.1", "", "127.0.0.1"),
        (["10.0.0.0/8"], "10.1.2.3", "bukan alamat", "bukan alamat"),
    ],
)
def test_a_forwarded_address_is_believed_from_our_own_proxies_only(
    proxies: list[str], peer: str, forwarded: str, is_: str, rf: RequestFactory, settings: Settings
) -> None:
    settings.KANTOR_PROXIES = proxies
    assert client_ip(rf.get("/", REMOTE_ADDR=peer, HTTP_X_FORWARDED_FOR=forwarded)) == is_


def test_neighbours_of_one_network_are_one_place_and_the_machine_itself_is_none(rf: RequestFactory) -> None:
    places = {
        limits._place(rf.get("/", REMOTE_ADDR=ip))
        for ip in ("2001:db8:0:1::1", "2001:db8:0:1:ffff::2", "::ffff:203.0.113.7", "203.0.113.7")
    }
    assert places == {"2001:db8:0:1::/64", "203.0.113.7"}
    assert limits._place(rf.get("/", REMOTE_ADDR="::1")) == ""


def test_the_table_names_nobody(rf: RequestFactory) -> None:
    take("link", rf.get("/", REMOTE_ADDR=HERE), "rahayu@rahasia.example")
    rows = str(list(Tally.objects.values()))
    assert len(Tally.objects.all()) == 2 and HERE not in rows and "rahayu" not in rows

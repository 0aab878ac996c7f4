"""What each page says to the browser: nothing runs that is not ours, nothing personal is kept, nobody frames or follows us."""

from __future__ import annotations

import pytest
from django.http import HttpResponse
from django.test import Client
from pytest_django.fixtures import Settings

from tests.access.asking import Answer, ask
from tests.access.routes import Route, addresses, routes
from tests.access.world import World, holding

pytestmark = pytest.mark.django_db
EVERY = routes()
PERSONAL = ("case_holder", "address_holder", "link_holder", "official")


@pytest.fixture(autouse=True)
def a_real_office(settings: Settings) -> None:
    settings.KANTOR_DEMO = False


def header(answer: Answer, name: str) -> str:
    """One header of an answer."""
    found = [
        line.partition(": ")[2]
        for line in answer.head.splitlines()
        if line.lower().startswith(f"{name.lower()}: ")
    ]
    return found[0] if found else ""


@pytest.mark.parametrize("route", EVERY, ids=lambda one: f"{one.name}:{one.address}")
def test_every_page_carries_the_strict_headers(route: Route, world: World) -> None:
    own = world.hers["billed"]
    people = (Client(), holding(own), world.at_desk(world.office.post("front_office")))
    for client in people:
        for path in addresses(route, world, most=2):
            answer = ask(client, "get", path)
            policy = header(answer, "Content-Security-Policy")
            is_sealed = policy.startswith(
                "sandbox"
            )  # a file in its frame: it runs nothing and reaches nothing
            assert "default-src 'none'" in policy, answer.asked
            assert "unsafe" not in policy or is_sealed, answer.asked
            assert "script-src" not in policy or "script-src 'self';" in policy, answer.asked
            assert is_sealed or "frame-ancestors 'none'" in policy, answer.asked
            assert header(answer, "X-Frame-Options") == "DENY" or is_sealed, answer.asked
            assert header(answer, "X-Content-Type-Options") == "nosniff", answer.asked
            assert header(answer, "Referrer-Policy") in ("same-origin", "no-referrer"), answer.asked
            if route.guard in PERSONAL:
                assert "no-store" in header(answer, "Cache-Control"), answer.asked


@pytest.mark.parametrize("path", ["/tidak-ada/", "/meja/tidak-ada/", "/lacak/perkara/", "/cek/x"])
def test_pages_of_failure_carry_them_too(path: str, client: Client, world: World) -> None:
    answer = client.get(path)
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert "no-store" in answer["Cache-Control"]


def cookies_given(world: World) -> HttpResponse:
    """Every kind of cookie the office gives, on one answer each."""
    from kantormaya.people import guards

    answer = HttpResponse()
    for name in dir(guards):
        if name.startswith("hand_over"):
            getattr(guards, name)(answer, world.hers["new"].code)
    signed = Client().post("/bahasa/", {"bahasa": "en"})
    form = Client().get("/lacak/")
    for one in (signed, form):
        answer.cookies.update(one.cookies)
    return answer


@pytest.mark.parametrize("is_https", [True, False])
def test_cookies_are_closed_to_scripts_and_to_other_sites(
    world: World, settings: Settings, is_https: bool
) -> None:
    settings.KANTOR_SECURE = settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = is_https
    given = cookies_given(world).cookies
    assert len(given) >= 3
    for name, cookie in given.items():
        assert cookie["httponly"], name
        assert cookie["samesite"] in ("Lax", "Strict"), name
        assert bool(cookie["secure"]) is is_https, name


def test_the_session_of_an_official_is_closed_to_scripts(world: World, settings: Settings) -> None:
    assert settings.SESSION_COOKIE_HTTPONLY and settings.CSRF_COOKIE_HTTPONLY
    assert settings.SESSION_COOKIE_SAMESITE == settings.CSRF_COOKIE_SAMESITE == "Lax"

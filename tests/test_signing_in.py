"""How officials come in: a password and a second factor, or in the demo one button per role."""

from __future__ import annotations

from datetime import date

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path
from pytest_django.fixtures import Settings

from kantormaya.audit.models import Entry
from kantormaya.people.guards import official
from kantormaya.people.models import Account, Agency, Post
from kantormaya.people.scopes import current_scope, scope_system, scoped
from kantormaya.site import urls

pytestmark = pytest.mark.django_db
PASSWORD = "kata-sandi-yang-panjang"


@official("front_office")
def counter(request: HttpRequest) -> HttpResponse:
    return HttpResponse(f"{request.post.role} {current_scope().kind} {current_scope().agency}")


urlpatterns = [path("meja/loket-uji/", counter), *urls.urlpatterns]


@pytest.fixture(autouse=True)
def desk(settings: Settings) -> None:
    settings.ROOT_URLCONF = __name__
    cache.clear()


@pytest.fixture
def post() -> Post:
    account = Account.objects.create_user("loket", "loket@example.org", PASSWORD, name="Petugas loket")
    agency = Agency.objects.create(slug="dpmptsp", name="DPMPTSP")
    return Post.objects.create(account=account, agency=agency, role="front_office", since_on=date(2025, 1, 1))


def sign_in(client: Client, password: str = PASSWORD) -> HttpResponse:
    return client.post("/akun/masuk/", {"login": "loket", "password": password})


def code_of(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))


def test_the_desk_sends_a_stranger_to_the_sign_in_page(client: Client) -> None:
    answer = client.get("/meja/loket-uji/")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/akun/masuk/?next=")


def test_a_password_alone_opens_nothing_but_the_set_up_of_the_second_factor(
    client: Client, post: Post
) -> None:
    assert sign_in(client).status_code == 302
    answer = client.get("/meja/loket-uji/")
    assert (answer.status_code, answer["Location"]) == (302, "/akun/2fa/totp/activate/")


def test_with_a_second_factor_set_up_the_desk_opens_in_the_scope_of_the_agency(
    client: Client, post: Post
) -> None:
    sign_in(client)
    page = client.get("/akun/2fa/totp/activate/")
    assert "Pasang langkah kedua" in page.content.decode()
    code = code_of(page.context["form"].secret)
    assert client.post("/akun/2fa/totp/activate/", {"code": code}).status_code == 302
    assert client.get("/meja/loket-uji/").content.decode() == f"front_office agency {post.agency_id}"


def test_an_account_with_a_second_factor_is_not_in_before_its_code(client: Client, post: Post) -> None:
    secret = "JBSWY3DPEHPK3PXP"
    Authenticator.objects.create(
        user=post.account, type="totp", data={"secret": get_adapter().encrypt(secret)}
    )
    assert sign_in(client)["Location"].startswith("/akun/2fa/authenticate/")
    assert client.get("/meja/loket-uji/").status_code == 302
    wrong = client.post("/akun/2fa/authenticate/", {"code": "000000"})
    assert wrong.status_code == 200
    assert client.post("/akun/2fa/authenticate/", {"code": code_of(secret)}).status_code == 302
    assert client.get("/meja/loket-uji/").status_code == 200
    with scoped(scope_system("test")):
        assert Entry.objects.filter(act="sign_in", actor="loket").exists()


def test_after_five_wrong_passwords_the_right_one_is_refused_too(
    client: Client, post: Post, settings: Settings
) -> None:
    settings.ACCOUNT_RATE_LIMITS = False
    for _ in range(5):
        answer = sign_in(client, "salah")
    assert answer.status_code == 429
    assert "Terlalu banyak percobaan" in answer.content.decode()
    assert sign_in(client).status_code in (403, 429)


def test_nobody_signs_up(client: Client) -> None:
    client.post("/akun/signup/", {"username": "x", "email": "x@example.org", "password1": PASSWORD})
    assert not Account.objects.exists()


def test_in_the_demo_one_button_signs_in_as_a_role(client: Client, post: Post, demo: None) -> None:
    page = client.get("/akun/masuk/").content.decode()
    assert f'name="post" value="{post.pk}"' in page
    assert client.post("/akun/contoh/", {"post": post.pk})["Location"] == "/meja/"
    assert client.get("/meja/loket-uji/").status_code == 200


def test_outside_the_demo_the_buttons_do_not_exist(client: Client, post: Post) -> None:
    assert "demo" not in client.get("/akun/masuk/").content.decode()
    assert client.post("/akun/contoh/", {"post": post.pk}).status_code == 404
    assert client.get("/meja/loket-uji/").status_code == 302


def test_another_role_is_told_no(client: Client, post: Post, demo: None) -> None:
    Post.objects.update(role="secretary")
    client.post("/akun/contoh/", {"post": post.pk})
    assert client.get("/meja/loket-uji/").status_code == 403


def test_a_post_that_has_ended_opens_nothing(client: Client, post: Post, demo: None) -> None:
    client.post("/akun/contoh/", {"post": post.pk})
    Post.objects.update(until_on=date(2025, 12, 31))
    assert client.get("/meja/loket-uji/").status_code == 403


@pytest.mark.parametrize("page", ["masuk/", "keluar/"])
def test_the_pages_speak_english_when_asked(client: Client, post: Post, page: str) -> None:
    client.force_login(
        post.account, backend="kantormaya.people.signed_in.Officials"
    ) if page == "keluar/" else None
    assert "Sign" in client.get(f"/akun/{page}?bahasa=en").content.decode()

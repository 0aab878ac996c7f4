"""The addresses of signing in, under /akun/: ours and those of the accounts library."""

from __future__ import annotations

from allauth.account import views as account
from django.urls import URLPattern, URLResolver, include, path

from kantormaya.people.guards import public
from kantormaya.site import signing_in

urlpatterns: list[URLPattern | URLResolver] = [
    path("masuk/", public(signing_in.SignIn.as_view()), name="account_login"),
    path("keluar/", account.logout, name="account_logout"),
    path("contoh/", signing_in.demo_sign_in, name="demo_sign_in"),
    path("jabatan/", signing_in.take_post, name="take_post"),
    path("2fa/", include("allauth.mfa.urls")),
    path("", include("allauth.account.urls")),
]

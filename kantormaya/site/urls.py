"""Every address of the office."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from kantormaya.site import gaya, pages, readiness

handler500 = "kantormaya.site.out_of_order.out_of_order"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("kantormaya.portal.urls")),
    path("meja/", include("kantormaya.desk.urls")),
    path("api/", include("kantormaya.api.urls")),
    path("akun/", include("kantormaya.site.sign_in_urls")),
    *gaya.urlpatterns,
    path("bahasa/", pages.choose_language, name="bahasa"),
    path("sehat/", pages.healthy, name="healthy"),
    path("healthz", readiness.alive, name="healthz"),
    path("readyz", readiness.ready, name="readyz"),
]

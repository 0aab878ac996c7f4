"""The addresses of this door."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from kantormaya.api import endpoints

urlpatterns: list[URLPattern | URLResolver] = [
    path("pembayaran/<slug:provider>/", endpoints.payment, name="payment_callback"),
    path("oss/permohonan/", endpoints.application, name="national_application"),
]

"""The addresses of this door."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from kantormaya.portal import (
    agency_pages,
    apply_urls,
    appointment_pages,
    checking_pages,
    finding,
    holder_urls,
    mailbox,
    national_pages,
    paying_pages,
    service_pages,
    source_pages,
    survey_pages,
    track_urls,
)

urlpatterns: list[URLPattern | URLResolver] = [
    path("", finding.home, name="home"),
    path("layanan/", finding.services, name="services"),
    path("layanan/<slug:slug>/", service_pages.service, name="service"),
    path("layanan/<slug:slug>/standar/", service_pages.standard, name="standard"),
    path("layanan/<slug:slug>/revisi/", service_pages.revisions, name="revisions"),
    path("cek/", checking_pages.check, name="check"),
    path("cek/<str:code>", checking_pages.checked, name="checked"),
    path("sumber-data/", source_pages.sources, name="sources"),
    path("register/", checking_pages.register, name="register"),
    path("bank-contoh/<slug:reference>/", paying_pages.bank, name="bank"),
    path("oss-contoh/", national_pages.national, name="national_example"),
    path("oss-contoh/laporan/", national_pages.hear, name="national_hears"),
    path("kotak-surat/", mailbox.mailbox, name="mailbox"),
    path("kotak-surat/<int:pk>/", mailbox.letter, name="letter"),
    *apply_urls.urlpatterns,
    *track_urls.urlpatterns,
    *appointment_pages.urlpatterns,
    *holder_urls.urlpatterns,
    *survey_pages.urlpatterns,
    *agency_pages.urlpatterns,
]

"""The addresses of someone who has something with us already: the next application, pictures, all one's cases."""

from __future__ import annotations

from django.urls import URLPattern, path

from kantormaya.portal import following, inspection, my_cases, paying_for

urlpatterns: list[URLPattern] = [
    path("lacak/perkara/surat/<int:pk>/lanjut/", following.follow, name="follow"),
    path("lacak/perkara/foto/<slug:task>/", inspection.show, name="show_pictures"),
    path("cek/<str:code>/lanjut/", following.follow_checked, name="follow_checked"),
    path("bayar/<str:token>/", paying_for.pay_for, name="pay_for"),
    path("akun-saya/", my_cases.ask, name="my_cases_ask"),
    path("akun-saya/terkirim/", my_cases.sent, name="my_cases_sent"),
    path("akun-saya/perkara/", my_cases.my_cases, name="my_cases"),
    path("akun-saya/perkara/<str:code>/", my_cases.open_case, name="my_cases_case"),
    path("akun-saya/perkara/<str:code>/pin/", my_cases.new_pin, name="my_cases_pin"),
    path("akun-saya/keluar/", my_cases.leave, name="my_cases_leave"),
    path("akun-saya/<str:secret>/", my_cases.open_link, name="my_cases_link"),
]

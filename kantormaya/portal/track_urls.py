"""The addresses of following a case."""

from __future__ import annotations

from django.urls import URLPattern, path

from kantormaya.portal import acts, beside, case_files, correct, track

urlpatterns: list[URLPattern] = [
    path("lacak/", track.enter, name="track"),
    path("lacak/keluar/", track.leave, name="track_leave"),
    path("lacak/perkara/", track.case, name="track_case"),
    path("lacak/perkara/perbaiki/", correct.correct, name="correct"),
    path("lacak/perkara/serahkan/", correct.give, name="give"),
    path("lacak/perkara/setuju/<slug:task>/", acts.confirm, name="confirm"),
    path("lacak/perkara/lanjut/", acts.go_on, name="go_on"),
    path("lacak/perkara/pesan/", acts.talk, name="talk"),
    path("lacak/perkara/tagihan/<slug:reference>/", acts.bill, name="bill"),
    path("lacak/perkara/nomor-lain/", beside.numbers, name="numbers_elsewhere"),
    path("lacak/perkara/surel/", beside.mails, name="mails"),
    path("lacak/perkara/batas/<slug:whose>.ics", beside.due_file, name="due_file"),
    path("lacak/perkara/tarik/", acts.withdraw, name="withdraw"),
    path("lacak/perkara/berkas/<int:pk>/", case_files.case_file, name="case_file"),
    path("lacak/perkara/surat/<int:pk>/", case_files.case_paper, name="case_paper"),
]

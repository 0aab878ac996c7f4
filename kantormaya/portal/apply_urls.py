"""The addresses of applying."""

from __future__ import annotations

from django.urls import URLPattern, path

from kantormaya.portal import apply, case_files, receipts

urlpatterns: list[URLPattern] = [
    path("ajukan/diterima/", receipts.receipt, name="receipt"),
    path("ajukan/diterima/tanda-terima.pdf", receipts.receipt_pdf, name="receipt_pdf"),
    path("ajukan/isi/<str:token>/", apply.overview, name="apply_overview"),
    path("ajukan/isi/<str:token>/berkas/<int:pk>/", case_files.draft_file, name="apply_file"),
    path("ajukan/isi/<str:token>/<slug:step>/", apply.step, name="apply_step"),
    path("ajukan/<slug:slug>/", apply.start, name="apply_start"),
]

"""The addresses of this door."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from kantormaya.desk.pages import (
    agency,
    appointments,
    case,
    counter,
    deliveries,
    files,
    holding,
    inbox,
    national,
    papers,
    payments,
    rekeying,
    returning,
    signing,
)

CASE = "perkara/<str:number>/"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", inbox.mine, name="desk_inbox"),
    path("ambil/", holding.claim_next, name="desk_claim_next"),
    path("unit/", inbox.unit, name="desk_unit"),
    path("menunggu/", inbox.waiting, name="desk_waiting"),
    path("cari/", inbox.search, name="desk_search"),
    path("tanda-tangan/", signing.signing, name="desk_signing"),
    path("pembayaran/", payments.payments, name="desk_payments"),
    path("pembayaran/<int:pk>/", payments.settle, name="desk_settle"),
    path("kiriman/", deliveries.deliveries, name="desk_deliveries"),
    path("kiriman/<int:pk>/ulangi/", deliveries.send_again, name="desk_send_again"),
    path("oss/", national.national, name="desk_national"),
    path("instansi/", agency.agency, name="desk_agency"),
    path("instansi/maklumat/", agency.charter, name="desk_charter"),
    path("surat/", papers.papers, name="desk_papers"),
    path("surat/<int:pk>/", papers.issued, name="desk_issued"),
    path("janji/", appointments.appointments, name="desk_appointments"),
    path("janji/tutup/", appointments.close, name="desk_close_day"),
    path("janji/buka/", appointments.reopen, name="desk_open_day"),
    path("loket/", counter.counter, name="desk_counter"),
    path(CASE, case.case, name="desk_case"),
    path(f"{CASE}lakukan/", case.act, name="desk_act"),
    path(f"{CASE}tampilkan/", case.unmask, name="desk_unmask"),
    path(f"{CASE}pesan/", case.write, name="desk_write"),
    path(f"{CASE}pin/", rekeying.new_pin, name="desk_new_pin"),
    path(f"{CASE}kembalikan/", returning.give_back, name="desk_return"),
    path(f"{CASE}ambil/", holding.claim, name="desk_claim"),
    path(f"{CASE}lepas/", holding.release, name="desk_release"),
    path(f"{CASE}serahkan/", holding.hand, name="desk_hand"),
    path(f"{CASE}berkas/<int:pk>/", files.file, name="desk_file"),
    path(f"{CASE}berkas/<int:pk>/bandingkan/", files.compare, name="desk_compare"),
    path(f"{CASE}surat/<int:pk>/", files.paper, name="desk_paper"),
]

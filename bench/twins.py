"""The bare twins: what the machine, Django and PostgreSQL allow for the same kind of request; and the office itself.

A twin stands behind the very middleware of the page it is compared with: public ones at the top, those of the desk under
its path, where sessions and accounts run.
"""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path

from bench.models import First, Second, Third
from kantormaya.site.urls import urlpatterns as office

PAGE = b"<!doctype html><title>halaman</title>" + b"<p>isi halaman</p>" * 200


def three(request: HttpRequest) -> HttpResponse:
    """B3: one row into each of three tables, in one transaction, then a redirect."""
    data = {name: str(value) for name, value in request.POST.items()}
    with transaction.atomic():
        first = First.objects.create(number=data.get("f01", ""), name="Pemohon", data=data)
        Second.objects.create(number=str(first.pk), name="submitted", data={"at": "verifikasi"})
        Third.objects.create(number=str(first.pk), name="submit", data={})
    return HttpResponseRedirect("/banding/selesai/")


def row(request: HttpRequest, pk: int) -> HttpResponse:
    """BT: one row read, one template."""
    return render(request, "bench_row.html", {"row": First.objects.get(pk=pk)})


def row_and_line(request: HttpRequest, pk: int) -> HttpResponse:
    """BT that writes one row too."""
    with transaction.atomic():
        found = First.objects.get(pk=pk)
        Third.objects.create(number=str(pk), name="looked", data={})
    return render(request, "bench_row.html", {"row": found})


def whole(request: HttpRequest) -> HttpResponse:
    """A page of bytes."""
    return HttpResponse(PAGE)


def move(request: HttpRequest, pk: int) -> HttpResponse:
    """The writes of a move without the office: the row locked and changed; event, audit, seat, message and job added."""
    with transaction.atomic():
        found = First.objects.select_for_update().get(pk=pk)
        found.name, found.data = "tanda_tangan", {**found.data, "at": "tanda_tangan"}
        found.save()
        Second.objects.create(number=str(pk), name="moved", data={"to": "tanda_tangan"})
        Third.objects.bulk_create([Third(number=str(pk), name=name, data={}) for name in ("audit", "seat")])
        Third.objects.create(number=str(pk), name="message", data={"body": "x" * 400})
        Third.objects.create(number=str(pk), name="job", data={})
    return HttpResponseRedirect("/banding/selesai/")


def _desk(view: Any) -> Any:
    return login_required(view)


urlpatterns = [
    path("banding/tiga/", three),
    path("banding/baris/<int:pk>/", row),
    path("banding/baris-dan-jejak/<int:pk>/", row_and_line),
    path("banding/halaman/", whole),
    path("meja/banding/baris/<int:pk>/", _desk(row)),
    path("meja/banding/baris-dan-jejak/<int:pk>/", _desk(row_and_line)),
    path("meja/banding/gerak/<int:pk>/", _desk(move)),
    *office,
]

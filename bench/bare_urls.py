"""The one address of the bare Django."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from bench.models import First


def row(request: HttpRequest, pk: int) -> HttpResponse:
    """One row read, one template."""
    return render(request, "bench_row.html", {"row": First.objects.get(pk=pk)})


def healthy(request: HttpRequest) -> HttpResponse:
    """That it runs."""
    return HttpResponse("ok")


urlpatterns = [path("banding/baris/<int:pk>/", row), path("sehat/", healthy)]

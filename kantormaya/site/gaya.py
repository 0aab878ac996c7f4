"""/gaya/: every part of the look in every state, so that a person and a browser test can see all of it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_GET

from kantormaya.people.guards import public
from kantormaya.site.gaya_desk import DESK
from kantormaya.site.gaya_samples import samples


@public
@require_GET
def gaya(request: HttpRequest) -> HttpResponse:
    """The parts of the look, with invented data, around the present day."""
    return render(request, "gaya.html", samples())


@public
@require_GET
def gaya_desk(request: HttpRequest) -> HttpResponse:
    """The frame of the desk and its bench, with invented data."""
    return render(request, "gaya_desk.html", samples() | {"desk": DESK})


urlpatterns = [
    path("gaya/", gaya, name="gaya"),
    path("gaya/meja/", gaya_desk, name="gaya_desk"),
]

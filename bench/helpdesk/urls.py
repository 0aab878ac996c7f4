"""The addresses of the helpdesk."""

from __future__ import annotations

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import include, path


def healthy(request: HttpRequest) -> HttpResponse:
    """That it runs."""
    return HttpResponse("ok")


urlpatterns = [path("sehat/", healthy), path("admin/", admin.site.urls), path("", include("helpdesk.urls"))]

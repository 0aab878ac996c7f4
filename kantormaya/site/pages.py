"""The few pages that belong to the house itself."""

from __future__ import annotations

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from kantormaya.people.guards import public
from kantormaya.site.middleware import keep_language


@public
@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """Remember the language chosen and go back to the page it was chosen on."""
    back = request.POST.get("kembali", "/")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}):
        back = "/"
    response = HttpResponseRedirect(back)
    chosen = request.POST.get("bahasa")
    if chosen in dict(settings.LANGUAGES):
        keep_language(response, chosen)
    return response


@public
@require_GET
def healthy(request: HttpRequest) -> HttpResponse:
    """Says OK where the program and its database answer."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("OK\n", content_type="text/plain")

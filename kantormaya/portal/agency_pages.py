"""The agency itself, for anyone: its page in six parts, the same as JSON, and its charter as it was signed."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import URLPattern, path
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from kantormaya.language.texts import Text
from kantormaya.people.guards import public
from kantormaya.people.models import Agency
from kantormaya.permits.signing import stored
from kantormaya.portal.agency_told import told


@public
@require_safe
def agencies(request: HttpRequest) -> HttpResponse:
    """Every agency, with how many services it offers."""
    offered = Count("services", filter=Q(services__withdrawn_at=None))
    listed = list(Agency.objects.annotate(n=offered).order_by("-n", "name"))
    return render(request, "portal/agencies.html", {"agencies": listed})


@public
@require_safe
def agency(request: HttpRequest, slug: str) -> HttpResponse:
    """The six parts of art. 23(4), from what the agency says of itself and from what runs."""
    found = get_object_or_404(Agency, slug=slug)
    return render(request, "portal/agency.html", {"slug": slug, **told(found)})


@public
@require_safe
def agency_json(request: HttpRequest, slug: str) -> HttpResponse:
    """The same, for machines: texts as {id, en}, dates by ISO 8601, amounts in rupiah."""
    found = get_object_or_404(Agency, slug=slug)
    return JsonResponse(_plain(told(found)), json_dumps_params={"ensure_ascii": False, "indent": 1})


@public
@require_safe
def charter(request: HttpRequest, slug: str) -> HttpResponse:
    """The charter last signed, exactly as it was sealed."""
    found = get_object_or_404(Agency, slug=slug)
    last = found.charters.order_by("-number").first()
    if last is None:
        raise Http404
    answer = HttpResponse(stored(last.sha256).read_bytes(), content_type="application/pdf")
    name = f"Maklumat {found.short or found.name} {last.number}.pdf".replace("/", "-")
    answer["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def _plain(value: Any) -> Any:
    if isinstance(value, Text):
        return {"id": value.id, "en": value.said("en")}
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    return [_plain(one) for one in value] if isinstance(value, (list, tuple)) else value


urlpatterns: list[URLPattern] = [
    path("instansi/", agencies, name="agencies"),
    path("instansi/<slug:slug>/", agency, name="agency"),
    path("instansi/<slug:slug>.json", agency_json, name="agency_json"),
    path("instansi/<slug:slug>/maklumat.pdf", charter, name="charter"),
]

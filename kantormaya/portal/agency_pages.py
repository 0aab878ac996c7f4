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

from kantormaya.language.formats import number
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
    said = told(found)
    return render(request, "portal/agency.html", {"slug": slug, "facts": _facts(said["parts"]), **said})


def _facts(parts: dict[str, Any]) -> list[dict[str, Any]]:
    """What everyone asks of an agency first, as parts/facts.html reads it."""
    charter, fact, content = parts["d"], parts["f"], parts["f"]["satisfaction"]
    days, answers = Text("{n} hari terakhir", "last {n} days"), Text("{n} jawaban", "{n} answers")
    signed = charter["charter"]
    return [
        {
            "label": Text("Tepat waktu", "On time"),
            "value": Text("{a} dari {b}", "{a} of {b}").format(a=fact["on_time"], b=fact["finished"])
            if fact["finished"]
            else NONE_YET,
            "note": days.format(n=fact["days"]),
        },
        {
            "label": Text("Kepuasan masyarakat", "Public satisfaction"),
            "value": Text("{value} {letter}", "{value} {letter}").format(
                value=number(content["value"], 2), letter=content["letter"]
            )
            if content
            else TOO_FEW,
            "note": answers.format(n=content["n"]) if content else None,
        },
        {
            "label": Text("Maklumat", "Charter"),
            "value": NONE_YET if not signed else IN_FORCE if charter["is_current"] else TO_RENEW,
            "kind": "due" if signed and not charter["is_current"] else "",
        },
        {"label": Text("Layanan", "Services"), "value": len(parts["c"]["standards"])},
    ]


NONE_YET = Text("belum ada", "none yet")
TOO_FEW = Text("belum cukup jawaban", "too few answers")
IN_FORCE = Text("berlaku", "in force")
TO_RENEW = Text("perlu diperbarui", "to be renewed")


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

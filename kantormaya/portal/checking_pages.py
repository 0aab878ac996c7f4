"""Is this paper genuine, and does it still hold? Anyone may ask with its code; the register lists what is public."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from kantormaya.casework.renewing import old, ways
from kantormaya.catalogue.models import Revision
from kantormaya.catalogue.publishing import definition_of
from kantormaya.language import formats
from kantormaya.language.texts import Text
from kantormaya.people import limits
from kantormaya.people.guards import public
from kantormaya.people.models import Agency
from kantormaya.people.scopes import scope_system, scoped
from kantormaya.permits.checking import STANDINGS, Status, standing, status
from kantormaya.permits.models import ISSUED, Paper

A_PAGE = 25
LONGEST_CODE = 60
VERDICTS = {"not_ours": "unknown"}


@public
@require_safe
def check(request: HttpRequest) -> HttpResponse:
    """Where the code of a paper is typed in; the answer has an address of its own."""
    typed = request.GET.get("kode", "").replace("/", " ").strip()[:LONGEST_CODE]
    if not typed:
        return render(request, "portal/check.html")
    return redirect("checked", status(typed).code or typed)


@public
@require_safe
def checked(request: HttpRequest, code: str) -> HttpResponse:
    """What stands on the paper with this code and whether it holds; nothing beyond the paper itself."""
    limits.take("verification", request)
    found = status(code[:LONGEST_CODE])
    context = {
        "status": found, "verdict": VERDICTS.get(found.standing, found.standing), "facts": _facts(found),
        "at": found.ended_on if found.standing in ("revoked", "suspended") else found.valid_until, "typed": code,
        "can_follow": _can_follow(found),
    }  # fmt: skip
    return render(
        request, "portal/checked.html", context, status=404 if found.standing == "not_ours" else 200
    )


def _can_follow(found: Status) -> bool:
    """Whether its holder could begin something from this paper, as the standard in force says."""
    of = old(found.pk) if found.pk is not None and found.standing in ("valid", "expired") else None
    return of is not None and bool(ways(of))


def _facts(found: Status) -> list[dict[str, Any]]:
    facts: list[tuple[Text, Any]] = [
        (Text("Surat", "Paper"), found.title),
        (Text("Nomor", "Number"), found.number),
        (Text("Pemegang", "Holder"), found.holder),
        (Text("Diterbitkan oleh", "Issued by"), found.agency),
        (Text("Ditandatangani", "Signed by"), found.signatory),
        (Text("Terbit", "Issued on"), formats.day(found.issued_on) if found.issued_on else None),
    ]
    return [{"label": label, "value": value} for label, value in facts if value]


@public
@require_safe
def register(request: HttpRequest) -> HttpResponse:
    """Every paper whose standard says that it is public: number, kind, days, standing; no names and no codes."""
    before, number = (
        request.GET.get("sebelum", ""),
        request.GET.get("nomor", "").replace("\0", "").strip()[:120],
    )
    with scoped(scope_system("the public register")):
        listed = Paper.objects.filter(_public(), state__in=ISSUED).select_related("agency").order_by("-pk")
        if number:
            listed = listed.filter(
                agency__in=list(Agency.objects.values_list("pk", flat=True)), number=number
            )
        if before.isascii() and before.isdigit() and len(before) < 19:
            listed = listed.filter(pk__lt=int(before))
        papers = list(listed[: A_PAGE + 1])
    shown = papers[:A_PAGE]
    context = {
        "rows": [_row(paper) for paper in shown], "number": number, "is_first": not before,
        "older": shown[-1].pk if len(papers) > A_PAGE else None,
    }  # fmt: skip
    return render(request, "portal/register.html", context)


def _public() -> Q:
    """The papers of products that were public in the very revision their case ran on."""
    revisions: dict[str, list[int]] = {}
    for revision in Revision.objects.all():
        for name, product in definition_of(revision).product.items():
            if product.public:
                revisions.setdefault(name, []).append(revision.pk)
    asked = Q(pk__in=[])
    for name, ids in revisions.items():
        asked |= Q(product=name, case__revision__in=ids)
    return asked


def _row(paper: Paper) -> dict[str, Any]:
    word, kind = STANDINGS[standing(paper)]
    return {
        "number": paper.number, "title": Text(paper.title_id, paper.title_en or None), "agency": str(paper.agency),
        "issued_on": paper.issued_on, "valid_until": paper.valid_until, "word": word, "kind": kind,
    }  # fmt: skip

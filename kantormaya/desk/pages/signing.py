"""Signing: one passphrase for the cases ticked; each says afterwards whether it is signed or still waits, and why."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.debug import sensitive_post_parameters
from pydantic import SecretStr

from kantormaya.cases import queries
from kantormaya.cases.models import Case, Party
from kantormaya.casework.deciding import choices
from kantormaya.casework.signing import sign
from kantormaya.casework.standing import standing
from kantormaya.desk import lists
from kantormaya.desk.frame import page
from kantormaya.engine.events import Refused
from kantormaya.language.texts import Text
from kantormaya.people.guards import official
from kantormaya.people.models import Post
from kantormaya.people.scopes import scoped
from kantormaya.permits.models import Paper, PaperState

MOST = 100
NO_PASSPHRASE = Text("Tulis sandi tanda tangan Anda.", "Type your signing passphrase.")
NONE_TICKED = Text("Centang perkara yang akan ditandatangani.", "Tick the cases to be signed.")
NOT_YOURS = Text(
    "Perkara ini tidak menunggu tanda tangan Anda.", "This case does not wait for your signature."
)


@sensitive_post_parameters("sandi")
@official(transaction=False)
def signing(request: HttpRequest) -> HttpResponse:
    """The papers that wait for my signature; signed here, in this request, outside any transaction of ours."""
    if request.method != "POST":
        return _page(request, ticked=request.GET.getlist("perkara"))
    ticked = request.POST.getlist("perkara")[:MOST]
    passphrase = SecretStr(request.POST.get("sandi", ""))
    problem = NONE_TICKED if not ticked else NO_PASSPHRASE if not passphrase.get_secret_value() else None
    if problem is not None:
        errors = [{"id": "sandi" if ticked else "daftar", "text": problem}]
        return _page(request, ticked=ticked, errors=errors, status=422)
    results = _sign(request, ticked, passphrase)
    return _page(request, ticked=[one["number"] for one in results if not one["is_signed"]], results=results)


def _page(
    request: HttpRequest, *, ticked: Iterable[str], errors: list[dict[str, Any]] | None = None,
    results: list[dict[str, Any]] | None = None, status: int = 200,
) -> HttpResponse:  # fmt: skip
    with scoped(request.scope):  # type: ignore[attr-defined]
        posts: list[Post] = request.posts  # type: ignore[attr-defined]
        found = queries.page(
            lists.lists(lists.asked_by(posts))["signing"], request.GET.get("sesudah", ""), MOST
        )
        context = {
            "rows": _rows(found.seats, posts[0].account_id), "ticked": set(ticked), "tick_all": "semua" in request.GET, "errors": errors or [], "results": results, "next": found.next,
        }  # fmt: skip
        return page(request, "signing.html", context, here="signing", status=status)


def _rows(seats: tuple[Party, ...], me: int) -> list[dict[str, Any]]:
    """The rows of the list, each with the papers that are ready to be read before they are signed."""
    open_ = (PaperState.DRAFT, PaperState.WAITING)
    papers = Paper.objects.filter(case_id__in=[seat.case_id for seat in seats], state__in=open_).defer(
        "template", "data"
    )
    of: dict[int, list[Paper]] = {}
    for paper in papers:
        of.setdefault(paper.case_id, []).append(paper)
    return [row | {"papers": of.get(row["pk"], [])} for row in lists.rows(seats, me)]


def _sign(request: HttpRequest, numbers: list[str], passphrase: SecretStr) -> list[dict[str, Any]]:
    """Sign what may be signed, post by post; a line for every case that was ticked."""
    scope, posts = request.scope, request.posts  # type: ignore[attr-defined]
    with scoped(scope):
        cases = {
            c.number: c for c in Case.objects.select_related("revision", "agency").filter(number__in=numbers)
        }
        mine: dict[int, tuple[Post, list[Case]]] = {}
        for case in cases.values():
            post = next((p for p, c in choices(standing(case), posts) if c.act == "sign"), None)
            if post is not None:
                mine.setdefault(post.pk, (post, []))[1].append(case)
    why: dict[int, Text] = {}
    for post, of in mine.values():
        try:
            done = sign([case.pk for case in of], post, passphrase, scope=scope)
        except Refused as refused:
            why |= dict.fromkeys((case.pk for case in of), refused.text)
            continue
        for paper in done.waiting if done.refusal is not None else ():
            why[paper.case_id] = done.why.get(paper.pk, done.refusal)
    with scoped(scope):
        found = Paper.objects.filter(case__in=cases.values()).exclude(state=PaperState.VOID)
        papers = list(found.defer("template", "data").order_by("pk"))
    return [_result(cases[number], papers, why) for number in numbers if number in cases]


def _result(case: Case, found: list[Paper], why: dict[int, Text]) -> dict[str, Any]:
    papers = [one for one in found if one.case_id == case.pk]
    waiting = [one for one in papers if one.state in (PaperState.DRAFT, PaperState.WAITING)]
    is_signed = bool(papers) and not waiting
    return {
        "number": case.number, "title": Text(case.title_id, case.title_en or None), "papers": papers,
        "is_signed": is_signed, "why": None if is_signed else why.get(case.pk, NOT_YOURS),
    }  # fmt: skip

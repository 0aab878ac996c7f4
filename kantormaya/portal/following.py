"""From an issued paper to the next application: by code and PIN, or with the paper in hand and the number of its holder."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from kantormaya.casework import renewing
from kantormaya.casework.holders import holder_key
from kantormaya.casework.renewing import Old, Way
from kantormaya.language.forms import Shown, errors_of
from kantormaya.language.texts import Text
from kantormaya.people import limits
from kantormaya.people.guards import case_holder, public
from kantormaya.people.readers import language
from kantormaya.permits.holding import HolderAnswer, try_holder
from kantormaya.permits.models import ISSUED, Paper
from kantormaya.portal.checking_pages import LONGEST_CODE
from kantormaya.portal.held_papers import CODE, find_paper

form = require_http_methods(["GET", "HEAD", "POST"])
NOT_THE_HOLDER = Text(
    "Nomor ini bukan nomor pemegang surat itu. Setelah lima kali salah, surat ini dikunci 15 menit.",
    "This is not the number of the holder of that paper. After five wrong tries the paper is locked for 15 minutes.",
)
LOCKED = Text(
    "Terlalu banyak nomor salah, jadi surat ini dikunci 15 menit. Coba lagi nanti.",
    "Too many wrong numbers, so this paper is locked for 15 minutes. Try again later.",
)
CHOOSE = Text("Pilih salah satu.", "Choose one.")


@case_holder
@form
def follow(request: HttpRequest, pk: int) -> HttpResponse:
    """What can be begun from a paper of one's own case; everything known comes along."""
    code = request.case_code  # type: ignore[attr-defined]
    if not Paper.objects.filter(pk=pk, state__in=ISSUED, case__code=code).exists():
        raise Http404
    of = renewing.old(pk)
    if of is None:
        raise Http404
    return _answer(request, of, by_paper=False)


@public
@form
def follow_checked(request: HttpRequest, code: str) -> HttpResponse:
    """The same for whoever holds the paper and knows its holder's number; only what stands on a paper comes along."""
    paper, _ = find_paper(code[:LONGEST_CODE])
    of = renewing.old(paper.pk) if paper is not None else None
    if of is None:
        raise Http404
    return _answer(request, of, by_paper=True)


def _answer(request: HttpRequest, of: Old, *, by_paper: bool) -> HttpResponse:
    ways = renewing.ways(of)
    number = " ".join(request.POST.get("nomor", "").split())[:40]
    problems: dict[str, Text] = {}
    if request.method == "POST":
        way = next((one for one in ways if _name(one) == request.POST.get("jenis") and one.is_open), None)
        if way is None:
            problems["jenis"] = CHOOSE
        if by_paper and not problems:
            limits.refuse("open_case", request)
            problems |= _wrong_number(of.paper, number)
            if problems:
                limits.wrong("open_case", request)
        if way is not None and not problems:
            known = {"name": of.paper.holder, **_numbered(number)} if by_paper else None
            beside = {CODE + way.requirement: of.paper.code}
            limits.take("application", request)
            draft = renewing.begin_from(of, way, language=language(), identity=known, beside=beside)
            return redirect("apply_overview", draft.token)
    fields = _fields(ways, of.paper, number, by_paper, problems, request.POST.get("jenis", ""))
    context = {
        "paper": of.paper, "title": Text(of.paper.title_id, of.paper.title_en or None), "definition": of.definition,
        "fields": fields, "errors": errors_of(fields), "by_paper": by_paper, "can_begin": any(one.is_open for one in ways),
        "later": [one for one in ways if not one.is_open], "knows_holder": bool(of.paper.holder_key),
    }  # fmt: skip
    return render(request, "portal/follow.html", context, status=422 if problems else 200)


def _wrong_number(paper: Paper, number: str) -> dict[str, Text]:
    found = try_holder(paper.code, holder_key(_numbered(number)))
    if found is HolderAnswer.RIGHT:
        return {}
    return {"nomor": LOCKED if found is HolderAnswer.LOCKED else NOT_THE_HOLDER}


def _numbered(number: str) -> dict[str, str]:
    """What was typed, as the identity keeps it: a NIK of sixteen digits, else a passport number."""
    digits = "".join(c for c in number if c.isdigit())
    return {"nik": digits} if len(digits) == 16 else {"passport": number}


def _name(way: Way) -> str:
    return f"{way.variant or ''}.{way.requirement}"


def _fields(
    ways: list[Way], paper: Paper, number: str, by_paper: bool, problems: dict[str, Text], chosen: str
) -> list[Shown]:
    choices = tuple((_name(way), way.title) for way in ways if way.is_open)
    if not choices or (by_paper and not paper.holder_key):
        return []
    label = Text("Apa yang ingin Anda ajukan?", "What do you want to apply for?")
    fields: list[Any] = [
        Shown(
            id="jenis", name="jenis", type="choice", label=label, choices=choices, error=problems.get("jenis"),
            value=chosen or (choices[0][0] if len(choices) == 1 else None),
        )
    ]  # fmt: skip
    if by_paper:
        fields.append(
            Shown(
                id="nomor", name="nomor", type="text", label=Text("NIK pemegang surat", "NIK of the holder"), value=number,
                help=Text("16 angka pada KTP; bagi warga negara asing nomor paspornya.", "16 digits on the ID card; for foreigners the passport number."),
                error=problems.get("nomor"),
            )
        )  # fmt: skip
    return fields

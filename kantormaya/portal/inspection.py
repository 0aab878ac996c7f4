"""A remote inspection from the citizen's side: the code of the moment, and pictures in which it is seen."""

from __future__ import annotations

import secrets

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from kantormaya.casework.inspecting import challenge, is_shown, show_pictures
from kantormaya.casework.standing import Standing
from kantormaya.catalogue.agencies import profile_of
from kantormaya.documents.cleaning import Cleaned, FileRefused
from kantormaya.documents.keeping import receive
from kantormaya.documents.models import Upload
from kantormaya.engine.events import Refused
from kantormaya.engine.knowing import local_date
from kantormaya.engine.showing import may_show
from kantormaya.language.agency import Protocol, protocol_on
from kantormaya.language.forms import Shown, errors_of
from kantormaya.language.texts import Text
from kantormaya.people import limits
from kantormaya.people.guards import case_holder
from kantormaya.people.models import Agency
from kantormaya.portal.folders import UPLOAD
from kantormaya.portal.minutes import pictures_of
from kantormaya.portal.receipts import held

PICTURES = ("jpg", "png")
MOST = 10
"""Pictures in one go; another go takes more."""


@limits.limited("upload", when=limits.has_files)
@case_holder
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest, task: str) -> HttpResponse:
    """The code that has to be seen, what was sent so far, and the form that sends more."""
    now_ = held(request)
    if task not in now_.definition.task:
        raise Http404
    if not may_show(now_.definition, now_.state, task):
        return redirect("track_case")
    if request.method != "POST":
        return _page(request, now_, task, None)
    key = (request.POST.get("key") or secrets.token_hex(16))[:64]
    problem = None
    if not is_shown(now_.case, key):
        pictures, problem = _taken(request)
        try:
            if pictures or problem is None:
                show_pictures(now_.case.pk, task, request.POST.get("kode", "")[:20], pictures, key=key)
        except Refused as refused:
            problem = refused.text
    if problem is not None:
        return _page(request, held(request), task, problem)
    return redirect(f"{reverse('show_pictures', args=(task,))}#terkirim")


def _taken(request: HttpRequest) -> tuple[list[Cleaned], Text | None]:
    """The pictures that came, cleaned; and what is wrong with the first that can't be taken."""
    pictures, problem = [], None
    for file in request.FILES.getlist("foto")[:MOST]:
        try:
            pictures.append(receive(file, file.name or "foto", PICTURES))
        except FileRefused as refused:
            problem = problem or refused.text
    return pictures, problem


def _page(request: HttpRequest, now_: Standing, task: str, problem: Text | None) -> HttpResponse:
    rule, state = now_.definition.task[task], now_.state.tasks[task]
    field = Shown(
        id="foto", name="foto", type="upload", label=Text("Foto dengan kode itu", "Pictures with that code"),
        help=Text("Beberapa foto sekaligus boleh.", "Several pictures at once are fine."), is_many=True,
        accept=".jpg,.jpeg,.png", accept_text=Text("JPG atau PNG", "JPG or PNG"), max_size_text="5 MB", error=problem,
    )  # fmt: skip
    uploads = {f"{UPLOAD}{one.pk}": one for one in Upload.objects.filter(case=now_.case)}
    context = {
        "case": now_.case, "definition": now_.definition, "task": rule, "task_id": task, "at": state.scheduled_for,
        "challenge": challenge(now_, task), "field": field, "errors": errors_of([field]),
        "pictures": pictures_of(list(state.proofs), uploads), "protocol": _protocol(now_, task), "key": secrets.token_hex(16),
    }  # fmt: skip
    return render(request, "portal/show_pictures.html", context, status=422 if problem else 200)


def _protocol(now_: Standing, task: str) -> Protocol | None:
    """The health protocol in force at the agency that would come, if it published one."""
    rule = now_.definition.task[task]
    named = [slug for slug in rule.at if slug != "chosen"] if isinstance(rule.at, tuple) else []
    slug = named[0] if named else now_.definition.agency_at(rule.step)
    agency = Agency.objects.filter(slug=slug).first()
    return protocol_on(profile_of(agency), local_date(now_.at, now_.calendar)) if agency else None

"""A draft behind its address: found, laid out in pages, or already handed in."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from kantormaya.cases.models import Draft
from kantormaya.casework import applying
from kantormaya.casework.applying import locked_draft
from kantormaya.catalogue.publishing import definition_of
from kantormaya.documents.models import Upload
from kantormaya.language.forms import Posted
from kantormaya.portal.folders import Folder
from kantormaya.portal.steps import REVIEW, Road, road


def posted(request: HttpRequest) -> Posted:
    """Every name of the form that was sent, with all its values."""
    return {name: [str(value) for value in values] for name, values in request.POST.lists()}


def open_draft(token: str, *, locked: bool = False) -> Draft:
    """The draft with that token, or 404; locked where it is about to be changed."""
    drafts = Draft.objects.select_related("revision__service__agency")
    draft = locked_draft(token) if locked else drafts.filter(token=token).first()
    if draft is None:
        raise Http404
    return draft


def road_of(draft: Draft) -> Road:
    """The pages of a draft."""
    return road(definition_of(draft.revision), applying.filled(draft))


def handed_in(request: HttpRequest, draft: Draft) -> HttpResponse:
    """This application has been sent: where to follow it."""
    status = 409 if request.method == "POST" else 200
    return render(request, "portal/apply_sent.html", {"draft": draft}, status=status)


def folder_of(draft: Draft) -> Folder:
    """Where the files of a draft lie."""
    token = draft.token

    def href(upload: Upload) -> str:
        return reverse("apply_file", args=(token, upload.pk))

    return Folder(token, href)


def back_to(request: HttpRequest) -> str:
    """The page one came from to change one thing, if it was the review."""
    asked = request.POST.get("kembali") or request.GET.get("kembali")
    return REVIEW if asked == REVIEW else ""

"""Applying: begin, then one short page after the other, each kept as it is left. Nothing typed is ever lost."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from kantormaya.cases.models import Draft
from kantormaya.casework import applying
from kantormaya.catalogue.publishing import current, definition_of
from kantormaya.engine.events import Refused
from kantormaya.language.asking import Field
from kantormaya.language.forms import Posted, errors_of, read_fields
from kantormaya.people import limits
from kantormaya.people.guards import link_holder, public
from kantormaya.people.readers import language
from kantormaya.portal.beginning import about_fields, as_posted, read_about
from kantormaya.portal.drafts import back_to, folder_of, handed_in, open_draft, posted, road_of
from kantormaya.portal.folders import Folder, Held
from kantormaya.portal.form_pages import ABOUT, onward, show_page
from kantormaya.portal.papers import Handing, handing
from kantormaya.portal.questions import questions
from kantormaya.portal.review import review
from kantormaya.portal.steps import REVIEW, Road, Step, road
from kantormaya.portal.time_page import times

form = require_http_methods(["GET", "HEAD", "POST"])


@public
@form
def start(request: HttpRequest, slug: str) -> HttpResponse:
    """Who applies and for what; `GET` parameters of the service's page (variant, first answers) are taken along."""
    revision = current(slug)
    if revision is None or definition_of(revision).audience != "public":
        raise Http404
    definition = definition_of(revision)
    if definition.national is not None:  # one applies there: the page of the service says where
        return redirect("service", slug)
    sent = posted(request) if request.method == "POST" else dict(request.GET.lists())
    first = {n: f for n, f in definition.questions.items() if n in sent and (f.ask_first or _comes_along(f))}
    about, problems = read_about(definition, sent)
    if request.method == "POST" and not problems:
        limits.take("application", request)
        so_far = road(definition, applying.Filled(about, {}, {}, {}))
        answers, _ = read_fields(
            first, sent, values=so_far.values, today=so_far.today, zone=so_far.calendar.zone
        )
        known = {n: a for n, a in answers.items() if a is not None}
        draft = applying.begin(revision, about, language=language(), answers=known)
        return redirect("apply_step", draft.token, road(definition, applying.filled(draft)).after(ABOUT))
    fields = about_fields(definition, sent, problems if request.method == "POST" else {})
    along = [(name, value) for name in first for value in sent[name]]
    return render(
        request, "portal/apply_start.html",
        {"definition": definition, "fields": fields, "errors": errors_of(fields), "along": along},
        status=422 if request.method == "POST" else 200,
    )  # fmt: skip


def _comes_along(field: Field) -> bool:
    """Whether the address one came by says the first answer (which service, which case)."""
    return field.from_ is not None and field.from_.link


@link_holder
def overview(request: HttpRequest, token: str) -> HttpResponse:
    """The whole application as a list of pages, each with how it stands: where one comes back to."""
    draft = open_draft(token)
    if draft.case_code:
        return handed_in(request, draft)
    here = road_of(draft)
    first = here.first_open()
    tasks = [
        {
            "title": step.title, "href": reverse("apply_step", args=(token, step.id)),
            "kind": "done" if step.is_done else "todo",
        }
        for step in here.steps
    ]  # fmt: skip
    context = {
        "draft": draft, "road": here, "tasks": tasks, "next": reverse("apply_step", args=(token, first)),
        "kept_days": settings.KANTOR_DRAFT_DAYS, "next_is_review": first == REVIEW, "resume": f"{settings.KANTOR_URL}{reverse('apply_overview', args=(token,))}",
    }  # fmt: skip
    return render(request, "portal/apply_overview.html", context)


@limits.limited("upload", when=limits.has_files)
@link_holder
@form
def step(request: HttpRequest, token: str, step: str) -> HttpResponse:
    """One page of the application."""
    draft = open_draft(token, locked=request.method == "POST")
    if step == REVIEW:
        return review(request, draft)
    if draft.case_code:
        return handed_in(request, draft)
    if step == ABOUT:
        return _about(request, draft)
    here = road_of(draft)
    found = here.step(step)
    if found is None:
        return redirect("apply_step", token, here.first_open())
    page = times if found.kind == "time" else _papers if found.kind in ("paper", "statements") else questions
    try:
        return page(request, draft, here, found)
    except Refused:
        return handed_in(request, draft)


def _about(request: HttpRequest, draft: Draft) -> HttpResponse:
    definition = definition_of(draft.revision)
    sent = posted(request) if request.method == "POST" else as_posted(applying.filled(draft).about)
    about, problems = read_about(definition, sent)
    if request.method == "POST" and not problems:
        about = replace(about, channel=applying.filled(draft).about.channel)
        return onward(request, applying.fill(draft, about=about), ABOUT)
    fields = about_fields(definition, sent, problems)
    return render(
        request, "portal/apply_start.html",
        {"definition": definition, "fields": fields, "errors": errors_of(fields), "draft": draft, "back_to": back_to(request)},
        status=422 if problems else 200,
    )  # fmt: skip


def _papers(request: HttpRequest, draft: Draft, here: Road, step: Step) -> HttpResponse:
    folder = folder_of(draft)
    if request.method != "POST":
        return _papers_page(
            request, draft, here, step, _handings(here, step, folder.held(), folder, None, {})
        )
    sent = posted(request)
    if "hapus" in sent:
        folder.drop(sent["hapus"][-1])
        _keep(draft, step, _handings(here, step, folder.held(), folder, None, {}))
        return _again(request, draft, step)
    refused, held = {}, folder.held()
    for key in request.FILES:
        name, _, member = key.partition(".")
        item = here.definition.requirement.get(name) if name in step.names else None
        item = item.one_of.get(member) if item and member else item
        if item is not None:
            problem = folder.put(key, item, request.FILES.getlist(key), held)
            if problem:
                refused[key] = problem
    found = _handings(here, step, held, folder, sent, refused)
    draft = _keep(draft, step, found)
    if "HX-Request" in request.headers or any(one.is_chosen_anew for one in found):
        return _again(request, draft, step)
    if any(field.error for one in found for field in one.fields):
        return _papers_page(request, draft, here, step, found)
    return onward(request, draft, step.id)


def _again(request: HttpRequest, draft: Draft, step: Step) -> HttpResponse:
    back = f"?kembali={REVIEW}" if back_to(request) else ""
    return redirect(reverse("apply_step", args=(draft.token, step.id)) + back)


def _handings(
    here: Road, step: Step, held: Held, folder: Folder, sent: Posted | None, refused: dict[str, Any]
) -> list[Handing]:
    given = here.filled.given
    return [
        handing(
            folder, name, here.definition.requirement[name], here.values, before=given.get(name), asides=given, held=held,
            posted=sent, refused=refused, is_alone=step.kind == "paper",
        )
        for name in step.names
    ]  # fmt: skip


def _keep(draft: Draft, step: Step, found: list[Handing]) -> Draft:
    given: dict[str, Any] = {}
    for name, one in zip(step.names, found, strict=True):
        given |= {name: one.given, **one.asides}
    return applying.fill(draft, given=given)


def _papers_page(
    request: HttpRequest, draft: Draft, here: Road, step: Step, found: list[Handing]
) -> HttpResponse:
    return show_page(request, draft, here, step, [field for one in found for field in one.fields])

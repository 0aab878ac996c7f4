"""Issued papers: found by number, code or holder; suspended, put into force again, revoked by the head, each with its reason."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from kantormaya.casework.standing_of_papers import HAPPENED, LONGEST, change_standing, changes, history
from kantormaya.desk.frame import page
from kantormaya.engine.events import Refused
from kantormaya.language.formats import day
from kantormaya.language.forms import Shown
from kantormaya.language.texts import Text
from kantormaya.people.guards import official
from kantormaya.people.models import Account, Post
from kantormaya.people.readers import language
from kantormaya.permits.checking import STANDINGS, standing
from kantormaya.permits.models import Paper
from kantormaya.permits.searching import of_agency, search

DONE = {
    "suspend": Text(
        "Surat dibekukan; pemegangnya diberi tahu.", "The paper is suspended; its holder is told."
    ),
    "resume": Text(
        "Surat berlaku kembali; pemegangnya diberi tahu.", "The paper is in force again; its holder is told."
    ),
    "revoke": Text("Surat dicabut; pemegangnya diberi tahu.", "The paper is revoked; its holder is told."),
}
HEADS = (
    Text("Surat", "Paper"),
    Text("Pemegang", "Holder"),
    Text("Terbit", "Issued"),
    Text("Keadaan", "State"),
)
REASON_HELP = Text(
    "Dibaca pemegang surat. Sebutkan dasarnya; jangan menulis data orang lain.",
    "The holder reads it. Name the ground; write nothing about other persons.",
)


@official()
@require_GET
def papers(request: HttpRequest) -> HttpResponse:
    """The papers this agency issued, newest first."""
    post: Post = request.post  # type: ignore[attr-defined]
    typed, before = request.GET.get("q", "")[:120], request.GET.get("sebelum", "")
    known = int(before) if before.isascii() and before.isdigit() and len(before) < 19 else None
    found, after = search(post.agency_id, typed, before=known)
    context = {
        "rows": [_row(one) for one in found],
        "heads": HEADS,
        "typed": typed,
        "after": after,
        "is_first": known is None,
    }
    return page(request, "papers_issued.html", context, here="papers")


def _row(paper: Paper) -> dict[str, Any]:
    word, kind = STANDINGS[standing(paper)]
    issued = day(paper.issued_on) if paper.issued_on else Text("—", "—")
    title = Text(paper.title_id, paper.title_en or None)
    return {
        "title": paper.number, "note": title, "href": reverse("desk_issued", args=[paper.pk]),
        "cells": [
            {"value": paper.holder, "label": HEADS[1]}, {"value": issued, "label": HEADS[2]},
            {"value": word, "kind": kind, "label": HEADS[3]},
        ],
    }  # fmt: skip


@official()
@require_http_methods(["GET", "HEAD", "POST"])
def issued(request: HttpRequest, pk: int) -> HttpResponse:
    """One paper: what stands on it, what happened to it, and what the head may do."""
    post: Post = request.post  # type: ignore[attr-defined]
    posts: list[Post] = request.posts  # type: ignore[attr-defined]
    paper = of_agency(post.agency_id, pk)
    if paper is None:
        raise Http404
    act, reason, refusal = request.POST.get("act", ""), request.POST.get("alasan", ""), None
    if request.method == "POST":
        try:
            change_standing(paper, posts, act, reason)
        except Refused as refused:
            refusal = refused.text
        else:
            messages.success(request, DONE[act].said(language()))
            return redirect("desk_issued", pk)
    return _page(request, paper, posts, act, reason, refusal)


def _page(
    request: HttpRequest, paper: Paper, posts: list[Post], act: str, reason: str, refusal: Text | None
) -> HttpResponse:
    word, kind = STANDINGS[standing(paper)]
    open_ = [_form(change, reason if change.act == act else "", refusal if change.act == act else None) for change in changes(paper, posts)]  # fmt: skip
    known = {one["change"].act for one in open_}
    errors = [] if refusal is None else [{"id": f"alasan-{act}" if act in known else "isi", "text": refusal}]
    lines = history(paper)
    names = dict(
        Account.objects.filter(username__in={e.actor for e in lines}).values_list("username", "name")
    )
    context = {
        "paper": paper, "title": Text(paper.title_id, paper.title_en or None), "word": word, "kind": kind, "forms": open_,
        "errors": errors, "case": paper.case, "check_href": reverse("checked", args=[paper.code]),
        "history": [
            {"title": HAPPENED[e.act], "at": e.at, "who": names.get(e.actor), "text": e.reason or None} for e in lines
        ],
    }  # fmt: skip
    return page(request, "paper_issued.html", context, here="papers", status=422 if refusal else 200)


def _form(change: Any, reason: str, problem: Text | None) -> dict[str, Any]:
    field = Shown(
        id=f"alasan-{change.act}", name="alasan", type="long_text", label=Text("Alasan", "Reason"), help=REASON_HELP,
        value=reason, error=problem, max=str(LONGEST),
    )  # fmt: skip
    return {"change": change, "field": field, "is_open": problem is not None}

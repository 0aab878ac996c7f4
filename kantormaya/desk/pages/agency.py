"""Our agency: the charter, signed anew by its head when a standard has changed, and what people say of us."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import content_disposition_header
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_safe
from pydantic import SecretStr

from kantormaya.casework.drafting import as_signatory
from kantormaya.catalogue.charters import charter_standing, digest_of_standards
from kantormaya.desk.frame import page
from kantormaya.language.texts import Text
from kantormaya.people.guards import official
from kantormaya.people.models import Agency, Post
from kantormaya.people.readers import language
from kantormaya.people.scopes import scoped
from kantormaya.permits.charters import preview, sign_charter
from kantormaya.permits.providers import SigningRefused
from kantormaya.permits.setting import PaperFault
from kantormaya.surveys.figures import remarks, satisfaction

HEAD = "head_of_office"
SIGNED = Text("Maklumat sudah ditandatangani dan berlaku.", "The charter is signed and in force.")
NO_PASSPHRASE = Text("Tulis sandi tanda tangan Anda.", "Type your signing passphrase.")
NOT_HEAD = Text("Hanya kepala instansi yang menandatangani maklumat.", "Only the head of the agency signs the charter.")  # fmt: skip


@sensitive_post_parameters("sandi")
@official(transaction=False)
def agency(request: HttpRequest) -> HttpResponse:
    """How the charter stands, and the figures and words of the survey; here its head signs."""
    if request.method != "POST":
        return _page(request)
    head, passphrase = _head(request), SecretStr(request.POST.get("sandi", ""))
    if head is None or not passphrase.get_secret_value():
        return _page(request, NOT_HEAD if head is None else NO_PASSPHRASE)
    try:
        sign_charter(
            head.agency, as_signatory(head), passphrase, seen=request.POST.get("seen", ""), actor=head.account.username
        )  # fmt: skip
    except (SigningRefused, PaperFault) as refused:
        return _page(request, refused.text)
    messages.success(request, SIGNED.said(language()))
    return redirect("desk_agency")


@official()
@require_safe
def charter(request: HttpRequest) -> HttpResponse:
    """The charter as it would be signed now, as PDF."""
    post: Post = _head(request) or request.post  # type: ignore[attr-defined]
    try:
        answer = HttpResponse(preview(post.agency, as_signatory(post)), content_type="application/pdf")
    except PaperFault as fault:
        return _page(request, fault.text)
    answer["Content-Disposition"] = content_disposition_header(False, "rancangan-maklumat.pdf") or "inline"
    return answer


def _head(request: HttpRequest) -> Post | None:
    posts: list[Post] = request.posts  # type: ignore[attr-defined]
    return next((post for post in posts if post.role == HEAD), None)


def _page(request: HttpRequest, problem: Text | None = None) -> HttpResponse:
    here: Agency = request.post.agency  # type: ignore[attr-defined]
    with scoped(request.scope):  # type: ignore[attr-defined]
        standing, found = charter_standing(here), satisfaction(here.pk)
        titles = {offer.slug: offer.definition.title for offer in standing.standards}
        context: dict[str, Any] = {
            "agency": here, "standing": standing, "seen": digest_of_standards(standing.standards),
            "may_sign": _head(request) is not None and standing.standards and not standing.is_current,
            "errors": [{"id": "sandi", "text": problem}] if problem else [], "index": found.index,
            "services": [{"title": title, "index": found.services[slug]} for slug, title in titles.items() if slug in found.services],
            "remarks": [{"title": titles.get(slug, slug), "text": words} for slug, words in remarks(here.pk)],
        }  # fmt: skip
        return page(request, "agency.html", context, here="agency", status=422 if problem else 200)

"""Files and papers of a case as the desk sees them: never without a line in the audit that says who opened them."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET

from kantormaya.audit.recording import record
from kantormaya.desk.frame import page
from kantormaya.desk.pages.case import find
from kantormaya.desk.screen import file_title
from kantormaya.documents.keeping import SEALED_OFF, served
from kantormaya.documents.models import Upload
from kantormaya.people.guards import official
from kantormaya.permits import drafting, signing
from kantormaya.permits.models import Paper, PaperState
from kantormaya.permits.setting import PaperFault


@official()
@require_GET
def file(request: HttpRequest, number: str, pk: int) -> HttpResponseBase:
    """A file handed in, shown in its sealed frame; `?unduh` saves it."""
    upload = get_object_or_404(Upload, pk=pk, case__number=number)
    person = request.post.account.username  # type: ignore[attr-defined]
    return served(upload, person, f"perkara {number}", inline="unduh" not in request.GET)


@official()
@require_GET
def paper(request: HttpRequest, number: str, pk: int) -> HttpResponseBase:
    """A paper as PDF: the draft marked as one, or the signed file; `?gambar` gives the draft's first page as a picture."""
    found = get_object_or_404(Paper.objects.select_related("case"), pk=pk, case__number=number)
    post = request.post  # type: ignore[attr-defined]
    record(
        "paper.opened",
        actor=post.account.username,
        case_id=found.case_id,
        agency_id=post.agency_id,
        paper=found.pk,
    )
    if found.sha256:
        answer: HttpResponseBase = FileResponse(
            signing.stored(found.sha256).open("rb"), content_type="application/pdf"
        )
    elif found.state == PaperState.VOID:
        raise Http404
    else:
        try:
            answer = _typeset(found, as_picture="gambar" in request.GET)
        except PaperFault as fault:
            answer = page(request, "paper_not_set.html", {"paper": found, "why": fault.text}, status=422)
            answer["X-Frame-Options"] = "SAMEORIGIN"  # it stands in the frame of the case
            return answer
    name = f"{(found.number or found.title_id).replace('/', '-')}.pdf"
    answer["Content-Disposition"] = content_disposition_header("unduh" in request.GET, name) or "attachment"
    answer["Content-Security-Policy"] = SEALED_OFF
    answer["X-Frame-Options"] = "SAMEORIGIN"
    return answer


def _typeset(found: Paper, *, as_picture: bool) -> HttpResponse:
    if found.state != PaperState.DRAFT:
        return HttpResponse(drafting.final(found), content_type="application/pdf")
    if as_picture:
        return HttpResponse(drafting.preview_pictures(found)[0], content_type="image/png")
    return HttpResponse(drafting.preview(found), content_type="application/pdf")


@official()
@require_GET
def compare(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """A file beside the one it took the place of."""
    found = find(request, number)
    new = found.uploads.get(pk)
    if new is None:
        raise Http404
    same = [one for one in found.uploads.values() if one.requirement == new.requirement and one.pk < new.pk]
    old = found.uploads.get(new.replaces_id or 0) or (same[-1] if same else None)
    if old is None:
        raise Http404
    context = {"case": found.now.case, "title": file_title(found, new), "pair": [(old, False), (new, True)]}
    return page(request, "compare.html", context)

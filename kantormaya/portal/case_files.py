"""Files handed to the person they belong to: what was handed in, and the papers the office signed. Each opening is recorded."""

from __future__ import annotations

from typing import cast

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from kantormaya.documents import keeping
from kantormaya.documents.models import Upload
from kantormaya.engine.events import APPLICANT
from kantormaya.people.guards import case_holder, link_holder
from kantormaya.permits.handing import handed
from kantormaya.permits.models import ISSUED, Paper
from kantormaya.portal.drafts import open_draft


@link_holder
@require_safe
def draft_file(request: HttpRequest, token: str, pk: int) -> HttpResponse:
    """A file of an application still being filled in; once it is a case, its code alone opens nothing."""
    upload = Upload.objects.filter(pk=pk, draft_code=token, case=None).first()
    if upload is None or open_draft(token).case_code:
        raise Http404
    return cast("HttpResponse", keeping.served(upload, APPLICANT, "own draft", inline=True))


@case_holder
@require_safe
def case_file(request: HttpRequest, pk: int) -> HttpResponse:
    """A file of one's own case, or of a correction being prepared; the wall shows no other."""
    upload = Upload.objects.filter(pk=pk).first()
    if upload is None:
        raise Http404
    return cast("HttpResponse", keeping.served(upload, APPLICANT, "own case", inline=True))


@case_holder
@require_safe
def case_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """A signed paper of one's own case, exactly as it was sealed."""
    code = request.case_code  # type: ignore[attr-defined]
    paper = Paper.objects.filter(pk=pk, state__in=ISSUED, case__code=code).first()
    if paper is None:
        raise Http404
    return handed(paper, to=APPLICANT)

"""Handing a signed paper to the one it belongs to, exactly as it was sealed; each time is recorded."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from kantormaya.audit.recording import record
from kantormaya.permits.models import Paper
from kantormaya.permits.signing import stored


def handed(paper: Paper, *, to: str) -> HttpResponse:
    """The paper as a download."""
    record("paper.downloaded", actor=to, case_id=paper.case_id, number=paper.number)
    answer = HttpResponse(stored(paper.sha256).read_bytes(), content_type="application/pdf")
    name = f"{paper.title_id} {paper.number}".replace("/", "-")
    answer["Content-Disposition"] = content_disposition_header(True, f"{name}.pdf") or "attachment"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer

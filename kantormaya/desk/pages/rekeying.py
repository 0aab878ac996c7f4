"""A new PIN at the counter: which document was shown, that it is the person, then the PIN, once."""

from __future__ import annotations

import secrets
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from kantormaya.casework.rekeying import SHOWN, renew_at_counter
from kantormaya.desk.frame import page
from kantormaya.desk.pages.case import find
from kantormaya.desk.pages.counter import FRONT
from kantormaya.engine.events import Refused
from kantormaya.people.guards import official
from kantormaya.people.models import Post


@official(FRONT)
@require_http_methods(["GET", "HEAD", "POST"])
def new_pin(request: HttpRequest, number: str) -> HttpResponse:
    """Only where this agency takes part in the case; who did it, and what was shown, is on record."""
    post: Post = request.post  # type: ignore[attr-defined]
    case = find(request, number).now.case
    checked = request.POST.get("dokumen", "")
    key = request.POST.get("key", "")[:40]
    context: dict[str, Any] = {
        "case": case, "shown": tuple(SHOWN.items()), "checked": checked,
        "key": key if len(key) >= 16 else secrets.token_hex(16), "errors": [], "pin": None,
    }  # fmt: skip
    if request.method == "POST":
        try:
            context["pin"] = renew_at_counter(
                case.pk, post, checked=checked, is_the_person="orangnya" in request.POST, key=context["key"]
            )
        except Refused as refused:
            context["errors"] = [{"id": "dokumen", "text": refused.text}]
    return page(request, "new_pin.html", context, status=422 if context["errors"] else 200)

"""The page that comes when a page can't: ours was the mistake, or the house can't serve just now."""

from __future__ import annotations

import sys

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, UnreadablePostError
from django.template import loader

from kantormaya.api.unserved import unserved


def out_of_order(request: HttpRequest) -> HttpResponse:
    """500 for a mistake; 503 and 507, to be tried again, where database or disk are the reason."""
    fault = sys.exc_info()[1]
    if isinstance(fault, UnreadablePostError):  # whoever sent half a request is not there to read a page
        return HttpResponseBadRequest()
    status = unserved(fault) or 500
    answer = HttpResponse(loader.get_template(f"{status}.html").render(), status=status)
    if status != 500:
        answer["Retry-After"] = "30"
    return answer

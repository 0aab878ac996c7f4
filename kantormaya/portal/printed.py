"""Pages that are the same for everybody are laid out once and handed out: until a standard changes, and not for long."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse

from kantormaya.catalogue.calendars import current_calendar
from kantormaya.catalogue.finding import catalogue
from kantormaya.people.readers import language

SECONDS = 20.0
"""How old the figures on such a page may be; a new revision or calendar is on it at once. Tests set it to 0."""
MOST, LONGEST = 300, 200
"""So many pages are kept in a process, and none whose address asks for more than can be common."""
View = Callable[..., HttpResponse]


def printed(view: View) -> View:
    """For a page without a form and without anything of whoever asks."""
    shelf: OrderedDict[tuple[str, ...], tuple[float, object, int, bytes]] = OrderedDict()

    @wraps(view)
    def handed_out(request: HttpRequest, *args: Any, **named: Any) -> HttpResponse:
        path = request.get_full_path()
        if request.method != "GET" or not SECONDS or len(path) > LONGEST:
            return view(request, *args, **named)
        # another catalogue stands here as soon as anything is published or withdrawn
        key, at, standards, days = (request.get_host(), path, language()), time.monotonic(), catalogue(), current_calendar().version  # fmt: skip
        if (kept := shelf.get(key)) and at - kept[0] < SECONDS and kept[1] is standards and kept[2] == days:
            return HttpResponse(kept[3])
        answer = view(request, *args, **named)
        if (
            answer.status_code == 200
            and not answer.cookies
            and "CSRF_COOKIE_NEEDS_UPDATE" not in request.META
        ):
            shelf[key] = (at, standards, days, answer.content)
            shelf.move_to_end(key)
            while len(shelf) > MOST:
                shelf.popitem(last=False)
        return answer

    return handed_out

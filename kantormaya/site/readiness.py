"""What a load balancer asks: is the program alive, and is it ready; what is not, and since when."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import datetime, timedelta

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from kantormaya.api.unserved import tables_fit
from kantormaya.audit.time import now
from kantormaya.people.guards import public

STARTED = now()
SILENT = timedelta(seconds=45)
"""A worker gives a sign of life every ten seconds."""
_since: dict[str, datetime] = {}
"""Since when something is not ready, as this process saw it."""


@public
@require_safe
def alive(request: HttpRequest) -> HttpResponse:
    """The program answers; it asks nothing else."""
    return HttpResponse("OK\n", content_type="text/plain")


@public
@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    """Whether everything is there that a page needs; 503 says what is not, and since when."""
    missing = not_ready()
    is_ready = not missing.keys() & NEEDED.keys()
    since = {name: at.isoformat() for name, at in missing.items()}
    return JsonResponse({"ready": is_ready, "not_ready_since": since}, status=200 if is_ready else 503)


def not_ready() -> dict[str, datetime]:
    """What is not ready and since when; pages are served without the worker, but mails and deadlines wait for it."""
    for name, is_there in NEEDED.items():
        if is_there():
            _since.pop(name, None)
        else:
            _since.setdefault(name, now())
    found = dict(_since)
    if (
        "database" not in found
        and "tables" not in found
        and (quiet_since := worker_quiet_since()) is not None
    ):
        found["worker"] = quiet_since
    return found


def worker_quiet_since() -> datetime | None:
    """The last sign of life of any worker (the start of this process where there was none); None while one is alive."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT max(last_heartbeat), now() FROM procrastinate_workers")
        beat, at = cursor.fetchone()
    return None if beat is not None and at - beat < SILENT else beat or STARTED


def _database() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def _files() -> bool:
    return os.access(settings.KANTOR_DATA, os.W_OK)


NEEDED: dict[str, Callable[[], bool]] = {"database": _database, "tables": tables_fit, "files": _files}

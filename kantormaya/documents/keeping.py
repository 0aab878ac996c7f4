"""Files in their place: stored by fingerprint, tied to a draft or a case, opened on record only."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.db import connection, transaction
from django.http import FileResponse
from django.utils.http import content_disposition_header

from kantormaya.audit.recording import record
from kantormaya.audit.time import now
from kantormaya.audit.together import change
from kantormaya.cases.models import Case
from kantormaya.documents import cleaning, scanning
from kantormaya.documents.cleaning import MB, Cleaned
from kantormaya.documents.models import Upload
from kantormaya.people.scopes import scope_system, scoped

CONTENT = {"pdf": "application/pdf", "jpg": "image/jpeg", "png": "image/png"}
# A preview runs nothing and reaches nothing, whatever a file may still contain. (Chromium shows a PDF under this.)
SEALED_OFF = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; frame-ancestors 'self'"


def receive(
    stream: BinaryIO | Iterable[bytes], name: str, accept: Iterable[str] = ("pdf", "jpg", "png"),
    max_size: int = 5 * MB,
) -> Cleaned:  # fmt: skip
    """Take a file in, clean it and have it scanned. Raises FileRefused with a sentence to show beside the field."""
    clean = cleaning.receive(stream, name, folder=_incoming(), accept=accept, max_size=max_size)
    try:
        scanning.scan(clean)
    except cleaning.FileRefused:
        clean.path.unlink(missing_ok=True)
        raise
    return clean


def keep(
    clean: Cleaned, requirement: str, *, by: str, draft_code: str = "", case: Case | None = None,
    replaces: Upload | None = None,
) -> Upload:  # fmt: skip
    """Tie a cleaned file to a requirement of a draft or a case; the file moves to its place for good."""
    path = stored(clean.sha256, clean.kind)
    if clean.path.exists():
        with clean.path.open("rb") as file:
            os.fsync(file.fileno())  # the row that names this file is about to be committed
    with transaction.atomic(savepoint=False):
        _hold(clean.sha256, "pg_advisory_xact_lock_shared")
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        if clean.path.exists():
            clean.path.replace(path)
        elif not path.exists():
            raise FileNotFoundError(f"the cleaned file of {clean.name} is gone; ask for it again")
        upload = Upload.objects.create(
            draft_code=draft_code, case=case, requirement=requirement, name=clean.name, kind=clean.kind,
            size=clean.size, pages=clean.pages, sha256=clean.sha256, replaces=replaces, received_at=now(), by=by,
        )  # fmt: skip
        if case:
            record("upload.received", actor=by, case_id=case.pk, requirement=requirement, sha256=clean.sha256)
    return upload


def hand_over(draft_code: str, case: Case) -> None:
    """Move the uploads of a draft to the case it became."""
    change(Upload, {"draft_code": draft_code, "case": None}, case=case.pk, draft_code="")


def current(uploads: Iterable[Upload]) -> list[Upload]:
    """Those that no later upload replaces, in the order they came."""
    uploads = sorted(uploads, key=lambda one: one.pk)
    replaced = {one.replaces_id for one in uploads}
    return [one for one in uploads if one.pk not in replaced]


def open_upload(upload: Upload, person: str, purpose: str) -> BinaryIO:
    """The file, after a line in the audit says who opened it and why."""
    record("upload.opened", actor=person, case_id=upload.case_id, upload=upload.pk, purpose=purpose)
    return stored(upload.sha256, upload.kind).open("rb")


def served(upload: Upload, person: str, purpose: str, *, inline: bool = False) -> FileResponse:
    """The file as an answer to a browser: a download, or with `inline` a preview that can run nothing."""
    response = FileResponse(open_upload(upload, person, purpose), content_type=CONTENT[upload.kind])
    response["Content-Disposition"] = content_disposition_header(not inline, upload.name) or "attachment"
    response["Content-Length"] = str(upload.size)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = SEALED_OFF
    response["X-Frame-Options"] = "SAMEORIGIN" if inline else "DENY"
    response["Cache-Control"] = "private, no-store"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


def stored(sha256: str, kind: str) -> Path:
    """Where the file with this fingerprint lies."""
    return Path(settings.KANTOR_DATA) / "uploads" / sha256[:2] / f"{sha256}.{kind}"


def sweep_incoming(older_than: timedelta = timedelta(hours=6)) -> int:
    """Remove what was cleaned but never tied to anything (a form left half-way, a process killed in it); says how many."""
    before = (now() - older_than).timestamp()
    gone = [one for one in _incoming().iterdir() if one.stat().st_mtime < before]
    for one in gone:
        if one.is_dir():  # the room of a cleaning that was never finished
            shutil.rmtree(one, ignore_errors=True)
        else:
            one.unlink(missing_ok=True)
    return len(gone)


def take_back(upload: Upload) -> None:
    """Forget one file of a draft, and the file itself where nobody else handed in the same."""
    if upload.case_id is not None:
        raise ValueError("a file of a case is replaced, never taken back")
    with transaction.atomic():
        upload.delete()
        transaction.on_commit(lambda: _forget(upload.sha256, upload.kind))


def drop_draft(draft_code: str) -> int:
    """Forget the uploads of a draft that was given up, and the files nobody else handed in; says how many."""
    with transaction.atomic():
        dropped = list(Upload.objects.filter(draft_code=draft_code, case=None))
        Upload.objects.filter(pk__in=[one.pk for one in dropped]).delete()
        for sha256, kind in {(one.sha256, one.kind) for one in dropped}:
            transaction.on_commit(partial(_forget, sha256, kind))
    return len(dropped)


def _forget(sha256: str, kind: str) -> None:
    """Remove a file that nobody handed in any more, waiting for whoever is handing in the same at this moment."""
    with scoped(scope_system("whether anybody else handed in the same file")):
        _hold(sha256, "pg_advisory_xact_lock")
        if not Upload.objects.filter(sha256=sha256).exists():
            stored(sha256, kind).unlink(missing_ok=True)


def _hold(sha256: str, lock: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {lock}(hashtextextended(%s, 0))", [sha256])


def _incoming() -> Path:
    folder = Path(settings.KANTOR_DATA) / "uploads" / "incoming"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder

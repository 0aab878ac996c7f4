"""Idempotency-Key: the same key with the same body is answered the same, and nothing is done twice."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import connection
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from kantormaya.api.models import Answered
from kantormaya.api.problems import Wrong
from kantormaya.audit.time import now
from kantormaya.language.texts import Text
from kantormaya.people.scopes import Scope, scoped

KEY = "^[A-Za-z0-9_-]{22,64}$"
"""As random as a UUID: for who begins an application, it is all that proves who they are."""
GIVEN_UP = timedelta(minutes=5)
NO_KEY = Text(
    "Kirim kepala Idempotency-Key: 22 sampai 64 huruf, angka, - atau _, acak seperti UUID, baru untuk tiap tindakan.",
    "Send the header Idempotency-Key: 22 to 64 letters, digits, - or _, as random as a UUID, a new one for each act.",
)
OTHER_BODY = Text(
    "Kunci ini sudah dipakai untuk isi yang lain. Pakai kunci baru.",
    "This key was used for another content. Use a new key.",
)
IN_FLIGHT = Text(
    "Tindakan dengan kunci ini sedang dikerjakan. Coba lagi sebentar lagi.",
    "The act with this key is being done. Try again in a moment.",
)


@dataclass(frozen=True)
class Asked:
    """A write as it was asked for: by whom with which key, and what, both as digests under the office's secret."""

    digest: str
    body: str
    code: str = ""

    @property
    def scope(self) -> Scope:
        """Sees the one answer of this digest: who has another key, or is another, sees none."""
        return Scope("public", code=self.digest)

    def before(self) -> Answered | None:
        """The answer that was given, or is being made; refuses where the key was for something else."""
        with scoped(self.scope):
            row = Answered.objects.filter(digest=self.digest).first()
        if row is not None and row.body != self.body:
            raise Wrong(422, OTHER_BODY)
        return row

    def keep(self, status: int, answer: dict[str, Any]) -> None:
        """Write the answer down (status 0: begun)."""
        with scoped(self.scope):
            kept = {
                "body": self.body,
                "code": self.code or answer.get("code", ""),
                "status": status,
                "answer": answer,
                "at": now(),
            }
            Answered.objects.update_or_create(digest=self.digest, defaults=kept)

    def forget(self) -> None:
        """Nothing was done, so nothing is kept."""
        with scoped(self.scope):
            Answered.objects.filter(digest=self.digest, status=0).delete()


def asked(request: HttpRequest, subject: str, code: str = "") -> Asked:
    """What a call asks for; refuses one without a key."""
    key = request.headers.get("Idempotency-Key", "")
    if not re.fullmatch(KEY, key):
        raise Wrong(400, NO_KEY)
    return Asked(_digest("who", f"{subject}\0{key}"), _digest("what", _content(request)), code)


def once(call: Asked, act: Callable[[], dict[str, Any]], status: int) -> dict[str, Any]:
    """Inside the transaction of the act: the answer of before, or of now. Both are there or neither is."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [int(call.digest[:15], 16)])
        if not cursor.fetchone()[0]:
            raise Wrong(409, IN_FLIGHT)
    if (row := call.before()) is not None:
        return dict(row.answer)
    answer = act()
    call.keep(status, answer)
    return answer


def once_apart(call: Asked, act: Callable[[], dict[str, Any]], status: int) -> dict[str, Any]:
    """For an act that has transactions of its own (signing): said to be begun, done, then answered.

    An act whose process died is taken up again after a while: what it did stands, and it goes on from there.
    """
    with scoped(call.scope), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [int(call.digest[:15], 16)])
        row = call.before()
        if row is not None and row.status:
            return dict(row.answer)
        if row is not None and now() - row.at < GIVEN_UP:
            raise Wrong(409, IN_FLIGHT)
        call.keep(0, {})
    try:
        answer = act()
    except Exception:
        call.forget()
        raise
    call.keep(status, answer)
    return answer


def _content(request: HttpRequest) -> str:
    said = hashlib.sha256(f"{request.method} {request.path}\0".encode())
    if request.content_type != "multipart/form-data":
        said.update(request.body)
        return said.hexdigest()
    for name, values in sorted(request.POST.lists()):  # the boundary differs each time it is sent
        said.update(repr((name, values)).encode())
    for name, files in sorted(request.FILES.lists()):
        for file in files:
            said.update(repr((name, file.name)).encode())
            for chunk in file.chunks():
                said.update(chunk)
            file.seek(0)
    return said.hexdigest()


def _digest(salt: str, value: str) -> str:
    return salted_hmac(f"kantor.api.{salt}", value, algorithm="sha256").hexdigest()

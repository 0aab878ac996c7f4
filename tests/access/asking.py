"""Ask for a page as somebody would, and leave no trace; what came back is read for what must not be in it."""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

import pikepdf
from django.core.cache import cache
from django.db import transaction
from django.test import Client

Data = dict[str, Any]


@dataclass(frozen=True)
class Answer:
    """What came back: status, head and body, with whatever a PDF says in plain sight."""

    asked: str
    status: int
    head: str
    body: bytes
    location: str

    def gives_away(self, secrets: Iterable[str]) -> list[str]:
        """Which secrets stand in it. What the asker named in the address is no news to them."""
        said = self.body.decode("utf-8", "replace") + self.head
        return [one for one in secrets if one in said and one not in unquote(self.asked)]


def ask(client: Client, method: str, path: str, data: Data | None = None, **more: Any) -> Answer:
    """Ask, read the whole answer, and take back whatever it changed."""
    cache.clear()
    cookies = client.cookies.copy()
    with transaction.atomic():
        answer = getattr(client, method)(path, data or {}, **more)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        transaction.set_rollback(True)
    client.cookies = cookies
    head = "\n".join(f"{k}: {v}" for k, v in answer.headers.items() if k not in ("Location", "ETag"))
    return Answer(
        f"{method} {path}", answer.status_code, head, _plain(body), answer.headers.get("Location", "")
    )


def _plain(body: bytes) -> bytes:
    """The text of a PDF beside its bytes, else they would hide in its streams."""
    if not body.startswith(b"%PDF-"):
        return body
    try:
        with pikepdf.open(io.BytesIO(body)) as pdf:
            streams = [o.read_bytes() for o in pdf.objects if isinstance(o, pikepdf.Stream)]
    except (pikepdf.PdfError, zlib.error):
        return body
    return body + b"\n".join(streams)

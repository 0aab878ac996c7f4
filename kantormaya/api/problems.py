"""Every refusal as application/problem+json, in the language of the reader."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import BadRequest, RequestDataTooBig, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from ninja.errors import AuthenticationError, HttpError, ValidationError
from pydantic import BaseModel

from kantormaya.api.unserved import unserved
from kantormaya.casework.advancing import Changed
from kantormaya.documents.cleaning import FileRefused
from kantormaya.engine.events import Refused
from kantormaya.language.texts import Text
from kantormaya.people.limits import TooMany
from kantormaya.people.readers import language

log = logging.getLogger(__name__)

TITLES: dict[int, Text] = {
    400: Text("Permintaan tidak dapat dibaca", "The request can't be read"),
    401: Text("Belum dikenal", "Not known yet"),
    403: Text("Tidak berhak", "Not allowed"),
    404: Text("Tidak ada di sini", "Not here"),
    405: Text("Cara ini tidak ada", "No such method here"),
    409: Text("Bertabrakan dengan yang lain", "In conflict with something else"),
    413: Text("Terlalu besar", "Too large"),
    422: Text("Belum dapat diterima", "Can't be taken as it is"),
    429: Text("Terlalu sering", "Too often"),
    500: Text("Kesalahan kami", "Our mistake"),
    503: Text("Sedang tidak dapat melayani", "Not able to serve now"),
    507: Text("Ruang simpan penuh", "The storage is full"),
}
UNKNOWN = Text(
    "Kirim kode dan PIN, atau token, pada kepala Authorization.",
    "Send code and PIN, or a token, in the header Authorization.",
)
MISSING = Text("Tidak ada.", "There is nothing here.")
UNREADABLE = Text("Isinya bukan JSON yang utuh.", "The content is no sound JSON.")
FAULTY = Text("{n} hal perlu diperbaiki.", "{n} things need mending.")
OURS = Text(
    "Ada kesalahan di kantor ini; yang Anda minta tidak jadi dilakukan.",
    "Something went wrong here; what you asked for was not done.",
)
FULL = Text(
    "Ruang simpan kami penuh; yang Anda kirim belum tersimpan. Coba lagi beberapa saat lagi.",
    "Our storage is full; what you sent was not saved. Try again in a while.",
)
LATER = Text("Coba lagi sebentar lagi.", "Try again in a moment.")
TOO_BIG = Text("Kirim paling banyak 2 MB selain berkas.", "Send at most 2 MB beside files.")
SENTENCES: dict[str, Text] = {
    "missing": Text("Wajib ada.", "It is needed."),
    "extra_forbidden": Text("Tidak dikenal di sini.", "It is not known here."),
}
UNFIT = Text("Nilainya tidak sesuai.", "The value does not fit.")


class Problem(BaseModel):
    """What is wrong, for people (`title`, `detail`) and for programs (`status`, `errors` by pointer)."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    errors: list[dict[str, str]] = []


class Wrong(Exception):
    """A refusal of this door; `errors` by the place in the body ("/answers/keran")."""

    def __init__(self, status: int, text: Text, errors: Mapping[str, Text] | None = None) -> None:
        super().__init__(text.said("en"))
        self.status, self.text, self.errors = status, text, errors or {}


def problem(status: int, text: Text, errors: Mapping[str, Text] | None = None) -> HttpResponse:
    """The answer that says what is wrong."""
    say = language()
    told = [{"pointer": where, "detail": why.said(say)} for where, why in (errors or {}).items()]
    said = Problem(title=TITLES[status].said(say), status=status, detail=text.said(say), errors=told)
    answer = JsonResponse(said.model_dump(), status=status, content_type="application/problem+json")
    if status == 401:
        answer["WWW-Authenticate"] = 'Bearer realm="kantor", Basic realm="kantor"'
    if status in (429, 503, 507):
        answer["Retry-After"] = "900" if status == 429 else "5"
    return answer


def told(request: HttpRequest, fault: Any) -> HttpResponse:
    """What became of a call that raised."""
    match fault:
        case Wrong():
            return problem(fault.status, fault.text, fault.errors)
        case TooMany():
            answer = problem(429, fault.text)
            answer["Retry-After"] = str(fault.seconds)
            return answer
        case Changed():
            return problem(409, fault.text)
        case Refused() | FileRefused():
            return problem(422, fault.text)
        case ValidationError():
            errors = {_pointer(one["loc"]): SENTENCES.get(one["type"], UNFIT) for one in fault.errors}
            return problem(422, FAULTY.format(n=len(errors)), errors)
        case Http404():
            return problem(404, MISSING)
        case AuthenticationError():
            return problem(401, UNKNOWN)
        case RequestDataTooBig():
            return problem(413, TOO_BIG)
        case (
            HttpError()
            | BadRequest()
            | SuspiciousOperation()
            | MultiPartParserError()
            | UnreadablePostError()
        ):
            return problem(400, UNREADABLE)
    if (status := unserved(fault)) is not None:
        log.error("a call can't be served: %s", fault)
        return problem(status, FULL if status == 507 else LATER)
    log.error("a call failed", exc_info=fault)
    return problem(500, OURS)


def _pointer(where: tuple[Any, ...]) -> str:
    """The place in the body; what a function calls its parameter is nobody's business."""
    return "".join(f"/{part}" for part in where[2:]) or "/"


BAD_ADDRESS = Text("Alamatnya tidak dapat dibaca.", "The address can't be read.")
NO_METHOD = Text("Alamat ini tidak melayani cara itu.", "This address does not serve that method.")

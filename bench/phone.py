"""A phone without script: opens a page, fills in what its form asks for, and goes where the answer leads."""

from __future__ import annotations

import gzip
import html
import random
import re
from collections.abc import Mapping
from io import BytesIO
from urllib.parse import urlencode

from bench.client import TYPED, Answer, Request, Walk

NAMED = re.compile(r'<(?:input|textarea|select)\b[^>]*?\bname="([^"]+)"[^>]*>')
KEPT = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')
FORM = re.compile(r'<form\b[^>]*method="post"[^>]*>.*?</form>', re.S)
EDGE = "batas-uji-beban"


class Phone:
    """One citizen's: its cookies, and a network address of its own."""

    def __init__(self) -> None:
        self.cookies: dict[str, str] = {}
        self.sender = f"10.{random.randrange(256)}.{random.randrange(256)}.{random.randrange(1, 255)}"

    def get(self, path: str) -> Request:
        """Open a page."""
        return Request(path, self._said(), sender=self.sender)

    def post(self, path: str, body: bytes, kind: str = TYPED) -> Request:
        """Send a form; it leads on."""
        return Request(path, self._said(), body, (302,), kind, self.sender)

    def keep(self, answer: Answer) -> str:
        """The words of an answer, after its cookies were taken in."""
        for name, value in answer.headers:
            if name == "set-cookie":
                cookie, _, said = value.partition(";")[0].partition("=")
                self.cookies[cookie] = said
        is_packed = answer.header("content-encoding") == "gzip"
        return (gzip.decompress(answer.body) if is_packed else answer.body).decode()

    def _said(self) -> str:
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items())


def journey(slug: str, said: Mapping[str, list[str]], file: bytes) -> Walk:
    """From the page of a service to the receipt; what is sent is counted as draft, upload or submit, the rest as page."""
    phone = Phone()
    answer = yield "page", phone.get(f"/layanan/{slug}/")
    phone.keep(answer)
    path = f"/ajukan/{slug}/"
    while True:
        answer = yield "page", phone.get(path)
        words = phone.keep(answer)
        form = FORM.search(words)
        if form is None:
            return
        fields = _filled(form[0], said)
        if 'enctype="multipart/form-data"' in form[0]:
            name = next(one for one in NAMED.findall(form[0]) if one not in fields)
            sent = "upload", phone.post(path, *with_file(fields, name, file))
        else:
            act = "submit" if "kunci" in fields else "draft"
            sent = act, phone.post(path, urlencode(fields, doseq=True).encode())
        answer = yield sent
        phone.keep(answer)
        path = answer.header("location")


def _filled(form: str, said: Mapping[str, list[str]]) -> dict[str, list[str]]:
    """What the form keeps to itself, and an answer to whatever it asks."""
    kept = {name: [html.unescape(value)] for name, value in KEPT.findall(form)}
    return kept | {name: said[name] for name in NAMED.findall(form) if name in said}


def with_file(fields: Mapping[str, list[str]], name: str, file: bytes) -> tuple[bytes, str]:
    """The body of a form with a photo, and its kind."""
    parts = [
        f'--{EDGE}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'.encode()
        for key, values in fields.items()
        for value in values
    ]
    head = f'--{EDGE}\r\nContent-Disposition: form-data; name="{name}"; filename="denah.jpg"\r\nContent-Type: image/jpeg\r\n\r\n'
    body = b"".join([*parts, head.encode(), file, f"\r\n--{EDGE}--\r\n".encode()])
    return body, f"multipart/form-data; boundary={EDGE}"


def photo() -> bytes:
    """A photo of about a megabyte, as a phone takes them."""
    from PIL import Image

    grain = Image.effect_noise((1600, 1200), 40)
    picture = Image.merge("RGB", (grain, grain.rotate(180), Image.linear_gradient("L").resize(grain.size)))
    file = BytesIO()
    picture.save(file, "JPEG", quality=85)
    return file.getvalue()

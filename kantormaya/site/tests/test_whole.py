"""A request that is cut off is no request."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.http import UnreadablePostError
from django.test import RequestFactory

from kantormaya.cases.models import Draft
from kantormaya.site.whole import whole

PATHS = ("/api/v1/applications", "/api/pembayaran/demo_bank/", "/layanan/")
BODIES = {
    "application/json": b'{"service": "surat"}',
    "application/x-www-form-urlencoded": b"service=surat",
    "multipart/form-data; boundary=x": b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.png"\r\n\r\nhalf',
}


def sent(path: str, body: bytes, *, announced: int, kind: str, **headers: str) -> int:
    """The status of a request that announced so many bytes."""
    environ: dict[str, Any] = RequestFactory().post(path, b"", content_type=kind, headers=headers).environ
    environ |= {"CONTENT_TYPE": kind, "CONTENT_LENGTH": str(announced), "wsgi.input": BytesIO(body)}
    statuses: list[str] = []
    list(whole(WSGIHandler())(environ, lambda status, _headers: statuses.append(status)))
    return int(statuses[0][:3])


def test_a_form_whose_sender_hung_up_is_not_read_as_the_form_that_was_sent() -> None:
    form = b"nama=Sari&alamat=Jalan+Merdeka+1"

    def read(environ: dict[str, Any], _start: Any) -> list[bytes]:
        return [str(WSGIRequest(environ).POST.dict()).encode()]

    environ: dict[str, Any] = RequestFactory().post("/").environ
    environ |= {"CONTENT_TYPE": "application/x-www-form-urlencoded", "CONTENT_LENGTH": str(len(form))}
    came = whole(read)(environ | {"wsgi.input": BytesIO(form)}, None)  # type: ignore[arg-type]
    assert list(came) == [b"{'nama': 'Sari', 'alamat': 'Jalan Merdeka 1'}"]
    with pytest.raises(UnreadablePostError):
        whole(read)(environ | {"wsgi.input": BytesIO(form[:-4])}, None)  # type: ignore[arg-type]


@pytest.mark.django_db(transaction=True)  # a web server's own way through ends with closing the connection
def test_half_a_request_is_refused_and_nothing_of_it_is_done() -> None:
    for path in PATHS:
        for kind, body in BODIES.items():
            key = {"Idempotency-Key": "k" * 22}
            status = sent(path, body, announced=len(body) + 1000, kind=kind, **key)
            assert 400 <= status < 500, (path, kind)
    assert not Draft.objects.exists()

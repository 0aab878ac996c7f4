"""The requests of the workloads: what a citizen's or an official's browser sends."""

from __future__ import annotations

from urllib.parse import urlencode

from bench.client import Request
from bench.office import CSRF

HANDED_IN = (302,)
FIELDS = urlencode({f"f{n:02}": f"jawaban {n} dari pemohon" for n in range(1, 31)})


def _form(path: str, cookies: str, fields: dict[str, str], expected: tuple[int, ...] = (302,)) -> Request:
    return Request(path, cookies, urlencode({"csrfmiddlewaretoken": CSRF, **fields}).encode(), expected)


def hand_in(token: str) -> Request:
    """The last press of the button: the draft becomes a case."""
    from django.core import signing

    from kantormaya.portal.review import SALT

    key = signing.dumps("123456", salt=SALT + token)
    return _form(f"/ajukan/isi/{token}/periksa/", f"csrftoken={CSRF}", {"kunci": key})


def three_rows() -> Request:
    """The same form into three rows."""
    fields = {f"f{n:02}": f"jawaban {n} dari pemohon" for n in range(1, 31)}
    return _form("/banding/tiga/", f"csrftoken={CSRF}", fields)


def follow(code: str) -> Request:
    """The applicant looks at the case."""
    from django.core import signing

    from kantormaya.people.guards import HOLDER_COOKIE

    value = signing.get_cookie_signer(salt=HOLDER_COOKIE + HOLDER_COOKIE).sign(code)
    return Request("/lacak/perkara/", f"{HOLDER_COOKIE}={value}")


def page(path: str, cookies: str = "") -> Request:
    """Any page."""
    return Request(path, cookies)


def act(number: str, act: str, of: str, version: int, key: str, cookies: str, **fields: str) -> Request:
    """An official does one thing to a case."""
    said = {"act": act, "of": of, "seen": str(version), "key": key, **fields}
    return _form(f"/meja/perkara/{number}/lakukan/", cookies, said)


def twin_move(row: int, cookies: str) -> Request:
    """The same writes without the office."""
    return _form(f"/meja/banding/gerak/{row}/", cookies, {"act": "move"})

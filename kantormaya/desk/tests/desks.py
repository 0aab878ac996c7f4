"""Officials at their browsers: each a client of their own, and forms filled as they stand on the page."""

from __future__ import annotations

import re
from typing import Any

from django.http import HttpResponse
from django.test import Client

from kantormaya.cases.models import Case
from kantormaya.casework.tests.office import furnish, hand_in
from kantormaya.people.models import Post

DEPOT = "surat-laik-sehat-depot-air"
ANSWERS: dict[str, Any] = {
    "keran": 2, "nama_depot": "Depot Contoh", "lokasi": {"address": "Jalan Contoh 2, Sekayu"}, "sumber_air": "sumur",
    "penjamah": ({"nama": "Penjamah contoh", "pelatihan": True},), "kontak": "+6281200000002",
}  # fmt: skip
REQUIREMENTS = ("ktp", "nib", "denah", "foto", "pelatihan_higiene")

__all__ = [
    "ANSWERS",
    "DEPOT",
    "REQUIREMENTS",
    "at_desk",
    "furnish",
    "hand_in",
    "keys_of",
    "post_form",
    "text",
]


def at_desk(post: Post) -> Client:
    """The browser of someone signed in in that post."""
    client = Client()
    client.force_login(post.account, backend="kantormaya.people.signed_in.Officials")
    return client


def keys_of(page: str, act: str, of: str = "") -> dict[str, str]:
    """The hidden fields of a form of the case page; fails where the page does not offer it."""
    pattern = rf'<input type="hidden" name="act" value="{act}"><input type="hidden" name="of" value="{of}">'
    pattern += (
        r'<input type="hidden" name="key" value="(\w+)"><input type="hidden" name="seen" value="(\d+)">'
    )
    found = re.search(pattern, page)
    assert found, f"the page offers no {act} {of}"
    return {"act": act, "of": of, "key": found[1], "seen": found[2]}


def text(answer: HttpResponse) -> str:
    """What a page says."""
    return answer.content.decode()


def post_form(
    client: Client, case: Case, act: str, of: str = "", page: str | None = None, **typed: Any
) -> HttpResponse:
    """Open the case, fill one of its forms, send it."""
    link = f"/meja/perkara/{case.number}/"
    shown = page or text(client.get(link))
    return client.post(f"{link}lakukan/", {**keys_of(shown, act, of), **typed})

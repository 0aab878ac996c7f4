"""A citizen at a browser without JavaScript: real small files, forms sent page by page, what the page says read back."""

from __future__ import annotations

import html
import io
import re
from typing import Any

import pikepdf
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from kantormaya.cases.models import Case, Draft
from kantormaya.people.scopes import scope_system, scoped

DEPOT = "surat-laik-sehat-depot-air"
WHO = {
    "name": "Pemohon Contoh 1",
    "nik": "9906015708900001",
    "phone": "0812 0000 0001",
    "email": "pemohon@contoh.example",
    "address": "Jalan Contoh 1, Sekayu",
}
PAPERS = ("ktp", "nib", "denah", "pelatihan_higiene")


def photo(name: str = "foto.jpg", colour: tuple[int, int, int] = (20, 120, 90)) -> SimpleUploadedFile:
    """A real JPEG."""
    file = io.BytesIO()
    Image.new("RGB", (64, 48), colour).save(file, "JPEG")
    return SimpleUploadedFile(name, file.getvalue(), content_type="image/jpeg")


def pdf(name: str = "surat.pdf") -> SimpleUploadedFile:
    """A real PDF of one page."""
    file = io.BytesIO()
    with pikepdf.new() as made:
        made.add_blank_page(page_size=(200, 200))
        made.save(file)
    return SimpleUploadedFile(name, file.getvalue(), content_type="application/pdf")


def text(response: Any) -> str:
    """The words of a page."""
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", response.content.decode())))


def begin(client: Client, slug: str = DEPOT, **about: str) -> str:
    """Begin an application; the token of the draft."""
    chosen = {"variant": "baru", "applicant_kind": "perorangan", "by_proxy": "tidak", **about}
    response = client.post(f"/ajukan/{slug}/", chosen)
    assert response.status_code == 302, text(response)
    return response.headers["Location"].split("/")[3]


def fill(client: Client, token: str, *, without: tuple[str, ...] = ()) -> None:
    """Fill every page of a depot's application, as it is asked."""
    send(client, token, "isian-1", {"keran": "2"})
    depot = {
        "nama_depot": "Depot Contoh",
        "lokasi": "Jalan Contoh 2",
        "lokasi.village": "16.06.01.1012",
        "sumber_air": "sumur",
    }
    send(client, token, "isian-2", depot)
    send(client, token, "isian-3", {"penjamah.0.nama": "Penjamah contoh", "penjamah.0.pelatihan": "ya"})
    send(client, token, "isian-4", {"kontak": "0812 0000 0002"})
    send(client, token, "diri", WHO)
    for name in PAPERS:
        if name not in without:
            send(client, token, f"berkas-{name}", {name: pdf(f"{name}.pdf")})
    if "foto" not in without:
        send(client, token, "berkas-foto", {"foto": [photo("depan.jpg"), photo("ruang.jpg", (200, 10, 10))]})


def send(client: Client, token: str, step: str, data: dict[str, Any]) -> str:
    """Send one page; where it leads."""
    response = client.post(f"/ajukan/isi/{token}/{step}/", data)
    assert response.status_code == 302, text(response)
    return response.headers["Location"].rstrip("/").rsplit("/", 1)[-1]


def hand_in(client: Client, token: str) -> tuple[Case, str]:
    """Send the whole application; the case and its PIN as the receipt shows it."""
    review = client.get(f"/ajukan/isi/{token}/periksa/")
    key = re.search(r'name="kunci" value="([^"]+)"', review.content.decode())
    assert key, text(review)
    sent = client.post(f"/ajukan/isi/{token}/periksa/", {"kunci": key[1]})
    assert sent.status_code == 302, text(sent)
    return case_of(token), pin_of(client)


def pin_of(client: Client) -> str:
    """The PIN on the receipt."""
    found = re.search(r'class="pin[^"]*">(\d{6})<', client.get("/ajukan/diterima/").content.decode())
    assert found
    return found[1]


def case_of(token: str) -> Case:
    """The case with this code."""
    with scoped(scope_system("test")):
        return Case.objects.select_related("revision").get(code=token)


def draft_of(token: str) -> Draft:
    """The draft with this token."""
    with scoped(scope_system("test")):
        return Draft.objects.select_related("revision").get(token=token)

"""A page for everybody is laid out once, is the same as if it were not, and is another one as soon as a standard is."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kantormaya.casework.tests.office import furnish
from kantormaya.catalogue.publishing import publish
from kantormaya.portal import printed

pytestmark = pytest.mark.django_db
SLUG = "surat-keterangan-domisili-usaha"
PAGE = f"/layanan/{SLUG}/"


@pytest.fixture
def lasting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(printed, "SECONDS", 3600.0)


def test_a_page_handed_out_again_is_the_same_in_each_language_and_with_each_answer(
    client: Client, lasting: None
) -> None:
    furnish(SLUG)
    for path in (PAGE, f"{PAGE}?status_tempat=sewa", "/layanan/", f"{PAGE}standar/"):
        for language in ("id", "en"):
            client.cookies["bahasa"] = language
            first = client.get(path)
            with CaptureQueriesContext(connection) as asked:
                again = client.get(path)
            assert again.content == first.content and f'lang="{language}"' in again.content.decode()
            assert again.headers["Content-Security-Policy"] == first.headers["Content-Security-Policy"]
            assert len(asked) <= 3, path  # whether anything new is in force


def test_a_new_revision_stands_on_the_page_at_once(client: Client, lasting: None) -> None:
    office = furnish(SLUG)
    assert "Baru saja terbit" not in client.get(PAGE).content.decode()
    text = office.revisions[SLUG].text
    changed = text.replace("Surat Keterangan Domisili Usaha", "Baru saja terbit", 1)
    assert changed != text
    publish(changed, office.revisions[SLUG].files, by="uji")
    assert "Baru saja terbit" in client.get(PAGE).content.decode()

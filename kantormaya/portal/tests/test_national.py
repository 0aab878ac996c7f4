"""A service whose licence a national system issues: its page says where one applies; the demonstration plays that system."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from pytest_django.fixtures import Settings
from pytest_django.live_server_helper import LiveServer

from kantormaya.cases.models import Case
from kantormaya.casework import deciding
from kantormaya.casework.tests.office import furnish
from kantormaya.handoff.providers.fake.example import SERVICE
from kantormaya.outbox.sending import deliver_due
from kantormaya.people.scopes import scope_system, scoped

PAGE = "/oss-contoh/"


@pytest.mark.django_db
def test_its_page_says_who_decides_what_and_leads_to_the_national_system(client: Client) -> None:
    furnish(SERVICE)
    page = client.get(f"/layanan/{SERVICE}/").content.decode()
    assert 'href="https://oss.go.id"' in page
    assert "Ajukan di OSS" in page
    assert "OSS menerbitkan NIB dan izinnya" in page
    assert f"/ajukan/{SERVICE}/" not in page
    standard = client.get(f"/layanan/{SERVICE}/standar/").content.decode()
    assert "Diputuskan sistem nasional" in standard
    assert "Kami memeriksa syarat dan tempat usaha" in standard
    client.cookies["bahasa"] = "en"
    assert "Apply in OSS" in client.get(f"/layanan/{SERVICE}/").content.decode()


@pytest.mark.django_db
def test_our_own_form_is_not_offered_for_it(client: Client) -> None:
    furnish(SERVICE)
    answer = client.get(f"/ajukan/{SERVICE}/")
    assert (answer.status_code, answer["Location"]) == (302, f"/layanan/{SERVICE}/")


@pytest.mark.django_db
def test_outside_the_demonstration_there_is_no_example_system(client: Client) -> None:
    assert client.get(PAGE).status_code == 404
    assert client.post(f"{PAGE}laporan/", b"{}", content_type="application/json").status_code == 404


@pytest.mark.django_db(transaction=True)
def test_the_example_system_passes_an_application_on_and_hears_what_became_of_it(
    client: Client, demo: None, settings: Settings, live_server: LiveServer, tmp_path: Path
) -> None:
    settings.KANTOR_OSS, settings.KANTOR_URL, settings.KANTOR_DATA = "fake", live_server.url, tmp_path
    settings.KANTOR_OSS_URL = f"{live_server.url}{PAGE}laporan/"
    office = furnish(SERVICE)
    page = client.get(PAGE).content.decode()
    number = page.split('name="nomor" value="')[1].split('"')[0]
    page = client.post(PAGE, {"nomor": number}).content.decode()
    with scoped(scope_system("test")):
        case = Case.objects.get()
    assert f"Kantor menjawab: perkara {case.number}" in page
    assert case.code in page
    assert "Menunggu verifikasi persyaratan" in page
    client.post(PAGE, {"nomor": number})
    with scoped(scope_system("test")):
        assert Case.objects.count() == 1
    loket = office.post("front_office")
    with office.scope(loket):
        deciding.check(case.pk, loket, deficient={"denah": "Belum ada ukuran."}, key="1")
        deciding.ask_correction(case.pk, loket, {}, key="2")
    deliver_due()
    page = client.get(PAGE).content.decode()
    assert "Belum melengkapi persyaratan" in page
    assert "Belum ada ukuran." in page
    assert (
        client.post(
            f"{PAGE}laporan/", json.dumps({"status": "verified"}), content_type="application/json"
        ).status_code
        == 401
    )


@pytest.mark.django_db(transaction=True)
def test_an_office_that_cannot_be_reached_is_said_so(
    client: Client, demo: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "KANTOR_OSS", "fake")
    monkeypatch.setattr(settings, "KANTOR_URL", "http://127.0.0.1:9")
    answer = client.post(PAGE, {"nomor": "900000"})
    assert (answer.status_code, "belum dapat dihubungi" in answer.content.decode()) == (502, True)
    assert client.post(PAGE, {"nomor": "x"}).status_code == 404

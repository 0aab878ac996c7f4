"""The charter says what is in force: signed over it, and to be signed anew when a standard changes."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import SecretStr

from kantormaya.audit.models import Entry
from kantormaya.cases.tests import folders
from kantormaya.catalogue.calendars import publish_calendar
from kantormaya.catalogue.charters import charter_standing, digest_of_standards
from kantormaya.catalogue.models import Charter, Service
from kantormaya.catalogue.publishing import publish
from kantormaya.clock import standard_calendar
from kantormaya.language.reading import expanded, load
from kantormaya.people.models import Agency
from kantormaya.people.scopes import scope_system, scoped
from kantormaya.permits.charters import preview, sign_charter
from kantormaya.permits.providers import SigningRefused
from kantormaya.permits.providers.local import LocalProvider
from kantormaya.permits.signing import stored
from kantormaya.permits.tests.drafts import HEAD, PASSPHRASE, local
from kantormaya.permits.validating import validate

pytestmark = pytest.mark.django_db(transaction=True)
SERVICES = Path(__file__).parents[3] / "services"
AGENCIES = ("dpmptsp", "dinas-kesehatan", "dinas-pupr")
BIDAN, REKLAME = "izin-praktik-bidan", "izin-reklame"


@pytest.fixture
def service(tmp_path: Path) -> LocalProvider:
    return local(tmp_path)


def signed(agency: Agency, service: LocalProvider, *, passphrase: SecretStr = PASSPHRASE) -> Charter:
    seen = digest_of_standards(charter_standing(agency).standards)
    return sign_charter(agency, HEAD, passphrase, seen=seen, actor="kepala", by=service)


def dpmptsp(*slugs: str) -> Agency:
    publish_calendar(standard_calendar(range(2024, 2029)), "uji", by="uji")
    agencies = [folders.agency(slug) for slug in AGENCIES]
    for slug in slugs:
        publish(expanded(load(SERVICES / slug)), {}, by="uji")
    return agencies[0]


def renew(slug: str) -> None:
    """The same standard with one word changed."""
    text = expanded(load(SERVICES / slug)).replace("9 hari kerja", "8 hari kerja").replace("CONTOH", "Contoh")
    publish(text, {}, by="uji")


def test_a_signed_charter_is_a_sealed_paper_over_the_standards_in_force(service: LocalProvider) -> None:
    agency = dpmptsp(BIDAN, REKLAME)
    assert charter_standing(agency).charter is None
    assert preview(agency, HEAD).startswith(b"%PDF")
    charter = signed(agency, service)
    verdict = validate(stored(charter.sha256).read_bytes(), service.roots())
    assert verdict.holds
    assert {one["slug"] for one in charter.standards} == {BIDAN, REKLAME}
    assert charter_standing(agency).is_current
    with scoped(scope_system("test")):
        assert Entry.objects.filter(act="charter.signed", agency_id=agency.pk).count() == 1


def test_a_changed_a_new_or_a_withdrawn_standard_asks_for_the_charter_to_be_renewed(
    service: LocalProvider,
) -> None:
    agency = dpmptsp(BIDAN)
    signed(agency, service)
    renew(BIDAN)
    standing = charter_standing(agency)
    assert not standing.is_current and standing.due_on is not None
    assert [title.id for title in standing.changed] == ["Izin Praktik Bidan (SIPB)"]
    assert signed(agency, service).number == 2
    assert charter_standing(agency).is_current
    publish(expanded(load(SERVICES / REKLAME)), {}, by="uji")
    assert not charter_standing(agency).is_current
    signed(agency, service)
    Service.objects.filter(slug=REKLAME).update(withdrawn_at="2026-01-01T00:00Z")
    assert [title.id for title in charter_standing(agency).changed] == ["Izin Penyelenggaraan Reklame"]


def test_a_charter_that_holds_is_not_signed_twice(service: LocalProvider) -> None:
    agency = dpmptsp(BIDAN)
    assert signed(agency, service).pk == signed(agency, service).pk
    assert Charter.objects.count() == 1


def test_nothing_is_signed_over_standards_that_the_head_has_not_read(service: LocalProvider) -> None:
    agency = dpmptsp(BIDAN)
    seen = digest_of_standards(charter_standing(agency).standards)
    renew(BIDAN)
    with pytest.raises(SigningRefused, match="baru saja berubah"):
        sign_charter(agency, HEAD, PASSPHRASE, seen=seen, actor="kepala", by=service)
    assert not Charter.objects.exists()


def test_a_wrong_passphrase_and_an_agency_without_standards_leave_no_charter(service: LocalProvider) -> None:
    agency = dpmptsp(BIDAN)
    with pytest.raises(SigningRefused, match="Frasa sandi salah"):
        signed(agency, service, passphrase=SecretStr("bukan ini"))
    with pytest.raises(SigningRefused, match="Belum ada standar"):
        signed(Agency.objects.get(slug="dinas-pupr"), service)
    assert not Charter.objects.exists()

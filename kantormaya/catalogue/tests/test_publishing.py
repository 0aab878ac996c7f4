"""What is published is immutable, named by its digest, and the same text twice is the same revision."""

from __future__ import annotations

from pathlib import Path

import pytest

from kantormaya.audit.models import Entry
from kantormaya.catalogue.models import Revision, Service
from kantormaya.catalogue.publishing import (
    UnknownAgency,
    current,
    definition_of,
    publish,
    publish_folder,
)
from kantormaya.language.reading import Refused, expanded, load
from kantormaya.people.models import Agency
from kantormaya.people.scopes import scope_system, scoped

SERVICE = Path(__file__).resolve().parents[3] / "services" / "izin-reklame"
TEXT = expanded(load(SERVICE))
pytestmark = pytest.mark.django_db


@pytest.fixture
def agency() -> Agency:
    for slug in ("dinas-pupr", "dinas-kesehatan"):
        Agency.objects.create(slug=slug, name=slug)
    return Agency.objects.create(slug="dpmptsp", name="DPMPTSP")


def test_the_same_text_twice_is_the_same_revision(agency: Agency) -> None:
    first, second = publish(TEXT, {}, "test"), publish(TEXT, {}, "test")
    assert first == second
    with scoped(scope_system("test")):
        assert Entry.objects.filter(act="publish").count() == 1


def test_another_text_is_the_next_revision_and_the_earlier_one_stays(agency: Agency) -> None:
    first = publish(TEXT, {}, "test")
    second = publish(TEXT.replace("Reklame", "Papan Reklame"), {}, "test")
    assert (first.number, second.number) == (1, 2)
    assert current("izin-reklame") == second
    assert Revision.objects.get(pk=first.pk).text == TEXT


def test_another_guide_or_permit_paper_is_another_revision_too(agency: Agency) -> None:
    publish(TEXT, {"guide.md": "Satu"}, "test")
    assert publish(TEXT, {"guide.md": "Dua"}, "test").number == 2


def test_a_definition_is_built_once_per_digest(agency: Agency) -> None:
    revision = publish(TEXT, {}, "test")
    assert definition_of(revision) is definition_of(Revision.objects.get(pk=revision.pk))
    assert definition_of(revision).slug == "izin-reklame"


def test_an_agency_nobody_knows_is_said_and_nothing_is_stored() -> None:
    with pytest.raises(UnknownAgency) as refused:
        publish(TEXT, {}, "test")
    assert "dpmptsp" in refused.value.text.id
    assert not Service.objects.exists()


def test_a_folder_with_a_fault_is_refused_with_file_and_line(agency: Agency, tmp_path: Path) -> None:
    folder = tmp_path / "rusak"
    folder.mkdir()
    (folder / "service.toml").write_text('slug = "rusak"\nwarna = "merah"\n', encoding="utf-8")
    with pytest.raises(Refused) as refused:
        publish_folder(folder, by="test")
    assert all(message.line >= 1 for message in refused.value.messages)
    assert not Service.objects.exists()


def test_a_folder_is_published_with_its_files(agency: Agency) -> None:
    revision = publish_folder(SERVICE, by="test")
    assert set(revision.files) <= {"guide.md", "permit.typ"}
    assert revision.text == TEXT


def test_a_service_that_was_withdrawn_is_offered_no_more(agency: Agency) -> None:
    revision = publish(TEXT, {}, "test")
    Service.objects.update(withdrawn_at=revision.published_at)
    assert current("izin-reklame") is None

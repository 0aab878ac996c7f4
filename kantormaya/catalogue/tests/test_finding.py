"""Finding a service by the words people use, slips included."""

from __future__ import annotations

from functools import cache

import pytest
from django.conf import settings

from kantormaya.audit.time import now
from kantormaya.catalogue.finding import catalogue, find
from kantormaya.catalogue.models import Service
from kantormaya.catalogue.publishing import publish
from kantormaya.language.reading import expanded, load
from kantormaya.people.models import Agency

pytestmark = pytest.mark.django_db

AGENCIES = ("dpmptsp", "dinas-kesehatan", "dinas-pupr", "dinas-pendidikan", "kecamatan-sekayu")


@cache
def texts() -> list[str]:
    return [expanded(load(file.parent)) for file in sorted(settings.KANTOR_SERVICES.glob("*/service.toml"))]


@pytest.fixture(autouse=True)
def shipped() -> None:
    for slug in AGENCIES:
        Agency.objects.create(slug=slug, name=slug, short=slug.upper())
    for text in texts():
        publish(text, {}, by="uji")


def first(typed: str) -> str | None:
    found = find(typed, catalogue()).offers
    return found[0].slug if found else None


@pytest.mark.parametrize(
    ("typed", "slug"),
    [
        ("reklame", "izin-reklame"),
        ("saya mau buka praktik bidan", "izin-praktik-bidan"),
        ("memasang spanduk", "izin-reklame"),
        ("bangun rumah", "persetujuan-bangunan-gedung"),
        ("membangun gedung", "persetujuan-bangunan-gedung"),
        ("IMB", "persetujuan-bangunan-gedung"),
        ("kuburan", "izin-tanah-makam"),
        ("galon isi ulang", "surat-laik-sehat-depot-air"),
        ("midwife licence", "izin-praktik-bidan"),
        ("SKRIPSI", "surat-keterangan-penelitian"),
        ("taman kanak-kanak", "izin-paud"),
    ],
)
def test_everyday_words_lead_to_the_service(typed: str, slug: str) -> None:
    assert first(typed) == slug


@pytest.mark.parametrize(
    ("typed", "slug", "read_as"),
    [
        ("reklema", "izin-reklame", "reklame"),
        ("apotiker", "izin-praktik-apoteker", "apoteker"),
        ("izin biddan", "izin-praktik-bidan", "izin bidan"),
        ("penelitan", "surat-keterangan-penelitian", "penelitian"),
        ("domisli usaha", "surat-keterangan-domisili-usaha", "domisili usaha"),
    ],
)
def test_a_slip_is_forgiven_and_said(typed: str, slug: str, read_as: str) -> None:
    found = find(typed, catalogue())
    assert (found.offers[0].slug, found.read_as) == (slug, read_as)


@pytest.mark.parametrize(
    "typed", ["", "   ", "qwxzv", "'; DROP TABLE", "\x00\udcff"[:1], "的" * 300, "% _ \\"]
)
def test_what_means_nothing_finds_nothing_and_breaks_nothing(typed: str) -> None:
    assert find(typed, catalogue()).read_as is None
    assert find(typed, catalogue()).offers == ()


def test_a_word_that_every_title_bears_finds_many_in_a_steady_order() -> None:
    assert len(find("izin", catalogue()).offers) >= 4
    assert find("izin", catalogue()) == find("izin", catalogue())


def test_a_new_revision_is_seen_at_once_and_a_withdrawn_service_is_gone_at_once() -> None:
    before = catalogue().offer("izin-reklame")
    assert before is not None
    publish(
        before.revision.text.replace("Penyelenggaraan Reklame", "Penyelenggaraan Reklame Baru"), {}, by="uji"
    )
    after = catalogue().offer("izin-reklame")
    assert after is not None and after.revision.number == before.revision.number + 1
    assert "Baru" in after.definition.title.id
    Service.objects.filter(slug="izin-reklame").update(withdrawn_at=now())
    assert catalogue().offer("izin-reklame") is None
    assert first("reklame") != "izin-reklame"


def test_the_catalogue_is_read_once_and_asked_for_news_by_two_small_queries(
    django_assert_num_queries,
) -> None:  # type: ignore[no-untyped-def]
    catalogue()
    with django_assert_num_queries(2):
        found = find("reklame", catalogue())
    assert found.offers

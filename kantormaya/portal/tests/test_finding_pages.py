"""A citizen looks for a service, and reads its standard: made from the definition and nothing beside it."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.core.cache import cache
from django.test import Client

from kantormaya.audit.time import now
from kantormaya.cases.models import Case
from kantormaya.casework.tests.office import SERVICES, furnish
from kantormaya.catalogue.models import Revision, Service
from kantormaya.catalogue.publishing import definition_of, publish
from kantormaya.language.standard import components
from kantormaya.people.scopes import scope_system, scoped
from kantormaya.portal.figures import Kept, kept
from kantormaya.portal.prose import guide_in, prose
from kantormaya.portal.tests.citizens import text

pytestmark = pytest.mark.django_db

DEPOT = "surat-laik-sehat-depot-air"
BIDAN = "izin-praktik-bidan"
ALL = sorted(file.parent.name for file in SERVICES.glob("*/service.toml"))


@pytest.fixture(autouse=True)
def no_figures_of_before() -> None:
    cache.clear()


def page(client: Client, address: str, **asked: str) -> str:
    answer = client.get(address, asked)
    assert answer.status_code == 200, text(answer)
    return text(answer)


def test_the_home_page_shows_every_service_with_promise_fee_and_visits(client: Client) -> None:
    furnish(*ALL)
    said = page(client, "/")
    for revision in Revision.objects.all():
        assert definition_of(revision).title.id in said
    assert (
        "8 hari kerja" in said
        and "Rp\N{NO-BREAK SPACE}150.000 per keran".replace("\N{NO-BREAK SPACE}", " ") in said
    )
    assert "Kesehatan" in said and "Lacak" in said and "Periksa keaslian surat" in said


def test_an_office_that_offers_nothing_yet_says_so(client: Client) -> None:
    furnish()
    assert "Belum ada layanan" in page(client, "/")


def test_only_a_demonstration_is_marked_as_one(client: Client, demo: None) -> None:
    furnish(DEPOT)
    assert "CONTOH." in page(client, "/") and "Kotak surat contoh" in page(client, "/")


def test_services_are_searched_with_slips_and_filtered_by_need_and_agency(client: Client) -> None:
    furnish(DEPOT, BIDAN, "surat-keterangan-domisili-usaha")
    assert "Kami membacanya sebagai “bidan”" in page(client, "/layanan/", cari="biddan")
    assert "1 layanan" in page(client, "/layanan/", untuk="usaha")
    assert "1 layanan" in page(client, "/layanan/", instansi="kecamatan-sekayu")
    assert "Belum ketemu" in page(client, "/layanan/", cari="qwxzv")
    assert client.get("/layanan/", {"cari": "<script>alert(1)</script>\0"}).status_code == 200
    assert (
        "<script>alert" not in client.get("/layanan/", {"cari": "<script>alert(1)</script>"}).content.decode()
    )


@pytest.mark.parametrize("slug", ALL)
@pytest.mark.parametrize("language", ["id", "en"])
def test_every_shipped_service_and_its_standard_can_be_read_in_both_languages(
    client: Client, slug: str, language: str
) -> None:
    office = furnish(slug)
    definition = definition_of(office.revisions[slug])
    service = page(client, f"/layanan/{slug}/", bahasa=language)
    assert definition.title.said(language) in service
    standard = page(client, f"/layanan/{slug}/standar/", bahasa=language)
    for part in components(definition):
        assert part.title.said(language) in standard
        for said in part.texts():
            assert re.sub(r"\s+", " ", said.said(language)) in standard, said
    assert office.revisions[slug].sha256 in standard
    assert page(client, f"/layanan/{slug}/revisi/", bahasa=language)


def test_the_14_components_stand_in_the_order_of_the_regulation(client: Client) -> None:
    office = furnish(DEPOT)
    raw = client.get(f"/layanan/{DEPOT}/standar/").content.decode()
    keys = [part.key for part in components(definition_of(office.revisions[DEPOT]))]
    assert re.findall(r'<li id="(\w+)">', raw) == keys and len(keys) == 14


def test_the_answers_in_the_address_leave_only_what_concerns_me(client: Client) -> None:
    furnish(BIDAN)
    own = page(client, f"/layanan/{BIDAN}/", variant="baru", tempat="mandiri")
    there = page(client, f"/layanan/{BIDAN}/", variant="baru", tempat="faskes")
    gone = page(client, f"/layanan/{BIDAN}/", variant="pencabutan")
    assert "Waktu Anda 9 hari kerja" in own and "Waktu Anda 5 hari kerja" in there
    mine = own.partition("Langkahnya")[0].partition("Syarat untuk Anda")[2]
    theirs = there.partition("Langkahnya")[0].partition("Syarat untuk Anda")[2]
    assert "Denah lokasi" in mine and "Denah lokasi" not in theirs
    assert "Surat pimpinan" in theirs and "Surat pimpinan" not in mine
    assert (
        "SIPB yang dicabut" in gone
        and "Pasfoto" not in gone.partition("Langkahnya")[0].partition("Syarat untuk")[2]
    )


def test_the_fee_is_reckoned_as_soon_as_the_answers_allow(client: Client) -> None:
    furnish(DEPOT)
    assert "jawab pertanyaan di atas untuk jumlahnya" in page(client, f"/layanan/{DEPOT}/")
    assert "Biaya Anda Rp 300.000 (2" in page(client, f"/layanan/{DEPOT}/", keran="2")
    assert "Paling banyak 20" in page(client, f"/layanan/{DEPOT}/", keran="21")
    assert (
        client.get(
            f"/layanan/{DEPOT}/", {"keran": "banyak", "variant": "x", "applicant_kind": "\0"}
        ).status_code
        == 200
    )


def test_what_depends_on_a_representative_stays_shown_as_a_maybe(client: Client) -> None:
    furnish(DEPOT)
    said = page(client, f"/layanan/{DEPOT}/").partition("Hanya bila berlaku bagi Anda")[2]
    assert "Surat kuasa" in said and "bila dikuasakan" in said


def test_answers_given_here_go_along_into_the_form(client: Client) -> None:
    furnish(DEPOT)
    raw = client.get(
        f"/layanan/{DEPOT}/", {"variant": "perpanjangan", "keran": "3", "other": "x"}
    ).content.decode()
    assert f"/ajukan/{DEPOT}/?variant=perpanjangan&amp;keran=3" in raw


def test_the_steps_are_those_of_the_way_when_all_is_well(client: Client) -> None:
    furnish(DEPOT)
    flow = page(client, f"/layanan/{DEPOT}/").partition("Langkahnya")[2].partition("Yang Anda terima")[0]
    order = ["Anda mengajukan", "Pemeriksaan kelengkapan", "Pertimbangan dan pemeriksaan", "Membayar", "paraf",
             "Tanda tangan elektronik", "Sertifikat terbit"]  # fmt: skip
    places = [flow.index(word) for word in order]
    assert places == sorted(places) and "penolakan" not in flow


def test_a_service_that_does_not_exist_or_was_withdrawn_is_not_found(client: Client) -> None:
    furnish(DEPOT)
    assert client.get("/layanan/tidak-ada/").status_code == 404
    Service.objects.update(withdrawn_at=now())
    for address in ("", "standar/", "revisi/"):
        assert client.get(f"/layanan/{DEPOT}/{address}").status_code == 404


def test_revisions_show_their_digest_and_what_changed_and_the_old_one_can_still_be_read(
    client: Client,
) -> None:
    first = furnish(DEPOT).revisions[DEPOT]
    assert "belum pernah berubah" in page(client, f"/layanan/{DEPOT}/revisi/")
    second = publish(first.text.replace("8 hari kerja", "6 hari kerja"), {}, by="uji")
    said = page(client, f"/layanan/{DEPOT}/revisi/")
    assert first.sha256 in said and second.sha256 in said
    assert "Jangka waktu pelayanan 8 hari kerja 6 hari kerja" in said
    assert "8 hari kerja" in page(client, f"/layanan/{DEPOT}/standar/", revisi="1")
    assert "Ini revisi lama" in page(client, f"/layanan/{DEPOT}/standar/", revisi="1")
    assert client.get(f"/layanan/{DEPOT}/standar/", {"revisi": "9"}).status_code == 404


def ended(case: Case, *, late: bool = False, outcome: str = "terbit") -> None:
    with scoped(scope_system("test")):
        due = now().replace(year=now().year - 1) if late else now().replace(year=now().year + 1)
        Case.objects.filter(pk=case.pk).update(ended_at=now(), due_at=due, outcome=outcome)


def some_cases(number: int) -> list[Case]:
    from kantormaya.cases.tests.folders import agency, case

    office = agency("dpmptsp")
    return [case(office) for _ in range(number)]


def test_the_promise_stands_beside_the_fact_with_n_and_says_when_n_is_too_small() -> None:
    cases = some_cases(6)
    for case in cases[:4]:
        ended(case)
    assert kept("izin-dpmptsp") == Kept(4, 4) and kept("izin-dpmptsp").is_few
    cache.clear()
    ended(cases[4], late=True)
    ended(cases[5], outcome="withdrawn")
    assert kept("izin-dpmptsp") == Kept(5, 4) and not kept("izin-dpmptsp").is_few
    assert kept(None) == Kept(5, 4)


def test_pages_ask_the_database_little_however_many_services_there_are(
    client: Client, django_assert_num_queries: Callable[..., object]
) -> None:
    furnish(DEPOT, BIDAN, "izin-reklame")
    client.get("/")
    client.get(f"/layanan/{DEPOT}/")
    for address, most in (
        ("/", 3),
        ("/layanan/", 3),
        (f"/layanan/{DEPOT}/", 3),
        (f"/layanan/{DEPOT}/standar/", 2),
    ):
        with django_assert_num_queries(most):
            client.get(address)


def test_the_guide_is_shown_in_the_readers_language_and_can_carry_no_markup() -> None:
    guide = (
        "# Judul\n\nUntuk Anda.\n\n**Periksa dulu**\n\n- satu\n  dua\n- *tiga*\n\n## In English\n\nFor you."
    )
    assert guide_in(guide, "id") == (
        "<p>Untuk Anda.</p>\n<h3>Periksa dulu</h3>\n<ul><li>satu dua</li><li><em>tiga</em></li></ul>"
    )
    assert guide_in(guide, "en") == "<p>For you.</p>"
    assert "<script" not in prose("<script>x</script> **<b>** [a](javascript:x)")

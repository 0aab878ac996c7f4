"""Every main page on a phone and at a desk: without a fault for those who see badly, within its screen, light."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pytest
from playwright.sync_api import Page

from kantormaya.cases.models import Case
from kantormaya.casework import applying
from kantormaya.language.evaluating import About
from kantormaya.outbox.models import Message
from kantormaya.payments.models import Bill
from kantormaya.people.scopes import scope_case, scope_system, scoped
from kantormaya.permits.models import Paper
from kantormaya.portal.drafts import road_of
from kantormaya.surveys.models import Invitation
from tests.browser.axe import faults, sticks_out, too_wide
from tests.browser.citizen import DEPOT, Applicant
from tests.browser.conftest import HEIGHTS
from tests.browser.furnishing import PIN, Stage, is_at, is_being_corrected, open_service
from tests.browser.looking import LIGHT, weight
from tests.browser.official import HEALTH, OFFICE, Official

pytestmark = pytest.mark.browser
Open = Callable[..., Page]
NOT_THERE = ("/tidak-ada/", "MUBA-0000-0000-0000-0000-1")


def wrong_with(page: Page, paths: Iterable[str], house: str) -> list[str]:
    """What is wrong with some pages, on a phone and at a desk."""
    return [one for path in paths for one in wrong_with_page(page, f"{house}{path}")]


def wrong_with_page(page: Page, address: str) -> list[str]:
    """What is wrong with one page."""
    answer = page.goto(address)
    found = [] if page.url == address else [f"{address} leads to {page.url}"]
    if answer and answer.status != (404 if address.endswith(NOT_THERE) else 200):
        found.append(f"{address}: {answer.status}")
    for width, height in HEIGHTS.items():
        page.set_viewport_size({"width": width, "height": height})
        found += [f"{address} at {width}: {fault}" for fault in faults(page)]
        if sticks_out(page) > 0:
            found.append(f"{address} at {width}: wider than the screen {too_wide(page)}")
    return found


def pages_of_the_form(case: Case) -> list[str]:
    """The pages of an application just begun, one of each kind."""
    draft = applying.begin(case.revision, About("baru", applicant_kind="perorangan"), language="id")
    with scoped(scope_case(draft.token)):
        steps = {step.kind: step.id for step in road_of(draft).steps}
    here = f"/ajukan/isi/{draft.token}/"
    return [here, *(f"{here}{step}/" for step in (*steps.values(), "isian-1", "periksa"))]


def test_no_page_of_a_citizen_has_a_fault(house: str, open_page: Open) -> None:
    stage = Stage(open_service(DEPOT))
    returned = stage.play(is_being_corrected, end="returned")
    to_pay = stage.play(is_at("pembayaran"))
    granted = stage.play(is_at("terbit"))
    with scoped(scope_system("test")):
        paper = Paper.objects.get(case=granted, product="sertifikat")
        bill = Bill.objects.get(case=to_pay).reference
        survey = Invitation.objects.get(case=granted).code
        message = Message.objects.order_by("pk")[0].pk
    page = open_page(360)
    service = f"/layanan/{DEPOT}/"
    found = wrong_with(page, ["/", "/layanan/", "/layanan/?cari=depot+ari", "/layanan/?cari=zzz"], house)
    found += wrong_with(page, [service, f"{service}standar/", f"{service}revisi/"], house)
    found += wrong_with(page, [f"/ajukan/{DEPOT}/", *pages_of_the_form(granted), "/lacak/"], house)
    found += wrong_with(page, ["/cek/", f"/cek/{paper.code}", f"/cek/{NOT_THERE[1]}", "/register/"], house)
    found += wrong_with(page, ["/kotak-surat/", f"/kotak-surat/{message}/", f"/bank-contoh/{bill}/"], house)
    found += wrong_with(page, ["/instansi/", "/instansi/dpmptsp/", f"/survei/{survey}/"], house)
    found += wrong_with(page, ["/akun/masuk/", "/tidak-ada/"], house)
    for case, more in (
        (returned, ["perbaiki/", "pesan/", "tarik/"]),
        (to_pay, [f"tagihan/{bill}/"]),
        (granted, []),
    ):
        Applicant(page, house).track(case.code, PIN)
        found += wrong_with(page, ["/lacak/perkara/", *(f"/lacak/perkara/{one}" for one in more)], house)
    assert found == []


def test_no_page_of_the_desk_has_a_fault(house: str, open_page: Open) -> None:
    stage = Stage(open_service(DEPOT))
    fresh = stage.play(is_at("verifikasi"))
    advised = stage.play(is_at("pemeriksaan"))
    to_sign = stage.play(is_at("tanda_tangan"))
    found = []
    for role, agency, paths in (
        (
            "front_office",
            OFFICE,
            ["", "unit/", "menunggu/", "cari/?q=P-2026", *the_case(fresh), *the_case(advised)[:1]],
        ),
        ("technical_team", HEALTH, ["", *the_case(advised)[:1]]),
        ("head_of_office", OFFICE, ["tanda-tangan/", *the_case(to_sign)[:1]]),
        ("revenue_treasurer", OFFICE, ["pembayaran/"]),
        ("agency_admin", OFFICE, ["kiriman/", "oss/"]),
    ):
        page = open_page(1280)
        Official(page, house).sign_in(role, agency)
        found += wrong_with(page, [f"/meja/{path}" for path in paths], house)
    assert found == []


def the_case(case: Case) -> list[str]:
    """The page of a case at the desk, and the page to send it back."""
    return [f"perkara/{case.number}/", f"perkara/{case.number}/kembalikan/"]


@pytest.mark.parametrize("path", ["/", f"/layanan/{DEPOT}/", f"/ajukan/{DEPOT}/"])
def test_a_citizens_first_visit_is_lighter_than_a_hundred_kilobytes(
    house: str, open_page: Open, path: str
) -> None:
    open_service(DEPOT)
    sizes = weight(open_page(360), f"{house}{path}")
    assert sum(sizes.values()) < LIGHT, sizes

"""A form whose questions come and go: at once with script, on sending without; the device says where it is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import faults
from tests.browser.citizen import Applicant
from tests.browser.furnishing import open_service

pytestmark = pytest.mark.browser
Open = Callable[..., Page]
MIDWIFE = "izin-praktik-bidan"
HERE = {"latitude": -2.88612, "longitude": 103.83814}
WORDS: dict[str, Any] = {
    "variant": "baru", "by_proxy": "tidak", "tempat": "faskes", "nama_tempat": "Klinik Contoh", "lokasi": "Jalan Contoh 2",
    "lokasi.village": "16.06.01.1012", "nomor_strb": "12345",
}  # fmt: skip


def at_the_licence(page: Page, house: str) -> Page:
    """The page that asks whether the registration is for life, all else on it filled."""
    open_service(MIDWIFE)
    citizen = Applicant(page, house, words=WORDS)
    citizen.begin(MIDWIFE)
    citizen.fill_until("/isian-2")
    citizen.fill()
    return page


def answer(page: Page, said: str) -> None:
    page.locator(f'label:has(input[name="seumur_hidup"][value="{said}"])').click()


@pytest.mark.parametrize("width", [360, 1280])
def test_with_script_a_question_comes_and_goes_at_once_and_nothing_else_moves(
    house: str, open_page: Open, width: int
) -> None:
    page = at_the_licence(open_page(width), house)
    answer(page, "tidak")
    until = page.locator("#str_sampai_on")
    expect(until).to_be_visible()
    expect(page.locator("#berubah")).to_have_text(
        "Karena jawaban Anda, ini juga ditanyakan: Akhir masa berlaku STR."
    )
    assert page.evaluate("document.activeElement.name") == "seumur_hidup"
    expect(page.locator("#nama_tempat")).to_have_value("Klinik Contoh")
    assert faults(page) == []
    until.fill("2031-01-31")
    answer(page, "ya")
    expect(until).to_have_count(0)
    answer(page, "tidak")
    expect(until).to_have_value("2031-01-31")
    page.locator("main button.btn-primary").last.click()
    page.wait_for_url("**/isian-3/")


def test_without_script_the_question_comes_on_the_same_page_when_it_is_sent(
    house: str, open_page: Open
) -> None:
    page = at_the_licence(open_page(360, with_script=False), house)
    expect(page.locator("#str_sampai_on")).to_have_count(0)
    expect(page.get_by_role("button", name="Pakai lokasi saya")).to_have_count(0)
    answer(page, "tidak")
    page.locator("main button.btn-primary").last.click()
    expect(page.locator("#str_sampai_on")).to_be_visible()
    expect(page.locator("#nama_tempat")).to_have_value("Klinik Contoh")
    page.locator("#str_sampai_on").fill("2031-01-31")
    page.locator("main button.btn-primary").last.click()
    page.wait_for_url("**/isian-3/")


def test_the_device_writes_where_it_is_and_says_so_when_it_may_not(house: str, open_page: Open) -> None:
    page = at_the_licence(open_page(360, geolocation=HERE, permissions=["geolocation"]), house)
    page.get_by_role("button", name="Pakai lokasi saya").click()
    expect(page.locator("#lokasi-point")).to_have_value("-2.88612, 103.83814")
    expect(page.locator("#lokasi-point-said")).to_have_text("Lokasi Anda sudah ditulis.")
    refused = at_the_licence(open_page(360), house)
    refused.get_by_role("button", name="Pakai lokasi saya").click()
    expect(refused.locator("#lokasi-point-said")).to_contain_text("tulis sendiri")

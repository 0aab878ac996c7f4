"""At the counter and on the phone: an official fills in the form for somebody, who then follows the case alone."""

from __future__ import annotations

import io
from collections.abc import Callable

import pikepdf
import pytest
from playwright.sync_api import Page

from kantormaya.cases.models import Case
from kantormaya.people.scopes import scope_case, scoped
from tests.browser.citizen import DEPOT, PAPERS, WORDS, Applicant, the_button, the_form
from tests.browser.furnishing import open_service
from tests.browser.looking import is_light, look, look_everywhere
from tests.browser.official import Official
from tests.browser.reading import press, read

pytestmark = pytest.mark.browser
Open = Callable[..., Page]
GUIDANCE = "konsultasi"
BY_PROXY = {**WORDS, "by_proxy": "ya", "proxy_name": "Kuasa Contoh", "proxy_nik": "9906015708900002"}
ON_THE_PHONE = {"cara": "tertulis", "pertanyaan": "Where do I begin?", "nama": "Contoh"}


def begin_for(official: Official, service: str, channel: str) -> Applicant:
    """Choose the service and how the person comes to us; the form that begins is the citizens' own."""
    page, language = official.page, official.language
    page.goto(f"{official.house}/meja/loket/")
    read(page, language)
    page.locator("#layanan").select_option(service)
    page.locator(f'input[name=lewat][value="{channel}"]').check()
    press(page, the_button(page))
    read(page, language)
    assert page.locator("main .notice").count() == 1  # it says that an official fills it in for someone
    return Applicant(page, official.house, language)


def test_someone_at_the_counter_is_helped_with_a_power_of_attorney_and_goes_home_with_code_and_pin(
    house: str, open_page: Open
) -> None:
    open_service(DEPOT)
    counter = Official(open_page(1280), house).sign_in("front_office")
    form = begin_for(counter, DEPOT, "counter")
    helped = Applicant(form.page, house, "id", BY_PROXY, {**PAPERS, "kuasa": ("nib.pdf",)})
    helped.fill_until("/periksa")
    assert "Kuasa Contoh" in helped.page.locator("main").inner_text()
    helped.send()
    code, pin = helped.receipt()
    look_everywhere(helped.page)
    printed = helped.page.request.get(f"{house}/ajukan/diterima/tanda-terima.pdf").body()
    assert len(pikepdf.open(io.BytesIO(printed)).pages) == 1
    press(helped.page, helped.page.get_by_role("button", name="Tutup, layani orang berikutnya"))
    assert counter.page.url.endswith("/meja/loket/")
    helped.page.goto(f"{house}/ajukan/diterima/")
    assert pin not in helped.page.content()  # the next person at this computer finds nothing

    at_home = Applicant(open_page(360, with_script=False), house)
    at_home.track(code, pin)
    at_home.page.locator("summary", has_text="Semua yang terjadi").click()
    assert "lewat loket" in at_home.page.locator("main").inner_text()
    counter.open(number_of(code))
    shown = counter.page.locator("#isian").inner_text()
    assert "lewat loket" in counter.page.locator("main").inner_text()
    assert "Kuasa Contoh" not in shown and "9906015708900002" not in shown  # covered like all personal data


def test_someone_on_the_phone_is_told_code_and_pin_and_what_may_not_be_done_for_others_is_not_asked(
    house: str, open_page: Open
) -> None:
    open_service(DEPOT)
    open_service(GUIDANCE)
    counter = Official(open_page(1280), house, "en").sign_in("front_office")
    counter.page.goto(f"{house}/meja/loket/")
    look_everywhere(counter.page, "en")
    counter.page.locator("#layanan").select_option(DEPOT)  # its standard takes nothing by phone
    counter.page.locator('input[name=lewat][value="phone"]').check()
    press(counter.page, the_button(counter.page))
    look(counter.page, "en")
    assert counter.page.locator(".error-summary").count() == 1
    assert counter.page.locator("#layanan").input_value() == DEPOT

    form = begin_for(counter, GUIDANCE, "phone")
    assert the_form(form.page).locator("[name=by_proxy]").count() == 0
    caller = Applicant(form.page, house, "en", ON_THE_PHONE, {})
    caller.fill_until("/periksa")
    caller.send()
    code, pin = caller.receipt()
    assert "Read code and PIN to the caller" in caller.page.locator("main").inner_text()

    at_home = Applicant(open_page(360), house, "en")
    at_home.track(code, pin)
    look_everywhere(at_home.page, "en")
    assert is_light(at_home.page)


def number_of(code: str) -> str:
    """The number of the case with this code."""
    with scoped(scope_case(code)):
        return Case.objects.get(code=code).number

"""What goes wrong in real life: a double click, the back button, two officials at once, a wrong PIN, odd letters."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.cache import cache
from playwright.sync_api import Page, expect

from kantormaya.cases.models import Case
from kantormaya.people.scopes import scope_system, scoped
from tests.browser.axe import faults, sticks_out, too_wide
from tests.browser.citizen import DEPOT, WORDS, Applicant, the_button
from tests.browser.furnishing import PIN, Stage, is_at, open_service
from tests.browser.official import Official
from tests.browser.papers import paper
from tests.browser.reading import press

pytestmark = pytest.mark.browser
Open = Callable[..., Page]
ODD = {
    "nama_depot": "Depot " + "panjang" * 20 + " \u202eterbalik\u202c",
    "lokasi": "Jalan " + "A" * 200 + ", مدينة, " + "<b>tebal</b>",
    "name": "شخص מבחן " + "Contoh" * 12,
}
"""Very long words, letters that run from right to left, a sign that turns them around, and what looks like markup."""


def number_of_cases() -> int:
    with scoped(scope_system("test")):
        return Case.objects.count()


def test_odd_words_sent_by_a_double_click_become_one_case_that_reads_well(
    house: str, open_page: Open
) -> None:
    open_service(DEPOT)
    citizen = Applicant(open_page(360), house, words={**WORDS, **ODD})
    page = citizen.page
    citizen.begin()
    citizen.fill_until("/periksa")
    letter = page.url
    assert page.locator("main b").count() == 0
    the_button(page).dblclick()
    page.wait_for_url("**/ajukan/diterima/")
    assert number_of_cases() == 1
    code, pin = citizen.receipt()

    page.go_back()
    assert page.url == letter
    assert citizen.title() == "Permohonan ini sudah kami terima"
    assert page.locator("main form").count() == 0

    citizen.track(code, pin)
    assert number_of_cases() == 1
    counter = Official(open_page(1280), house).sign_in("front_office")
    with scoped(scope_system("test")):
        counter.open(Case.objects.get().number)
    for width in (360, 1280):
        counter.page.set_viewport_size({"width": width, "height": 800})
        assert sticks_out(counter.page) <= 0, too_wide(counter.page)


def test_a_slip_is_said_beside_its_field_and_nothing_typed_is_lost(house: str, open_page: Open) -> None:
    open_service(DEPOT)
    citizen = Applicant(open_page(360), house, words={**WORDS, "nik": "12345"})
    page = citizen.page
    citizen.begin()
    citizen.fill_until("/diri")
    citizen.fill()
    press(page, the_button(page))
    assert page.locator(".error-summary a").count() == 1
    assert page.locator("[name=nik]").get_attribute("aria-invalid") == "true"
    assert (page.locator("[name=nik]").input_value(), page.locator("[name=name]").input_value()) == (
        "12345",
        WORDS["name"],
    )
    assert faults(page) == []

    Applicant(page, house).fill()
    citizen.onward()
    pretended = {"name": "ktp.jpg", "mimeType": "image/jpeg", "buffer": b"MZ this is no picture"}
    page.locator("input[type=file]").set_input_files([pretended])
    press(page, the_button(page))
    assert page.locator(".error-summary a").count() == 1
    assert faults(page) == []
    page.locator("input[type=file]").set_input_files([paper("ktp.jpg")])
    citizen.onward()
    assert page.url.endswith("/berkas-nib/")


def test_of_two_officials_at_once_the_second_is_told_and_keeps_what_was_typed(
    house: str, open_page: Open
) -> None:
    number = Stage(open_service(DEPOT)).play(is_at("verifikasi")).number
    first, second = (Official(open_page(1280), house).sign_in("front_office").open(number) for _ in range(2))
    second.mark({"denah": "Tangki tidak ada pada gambar."})
    first.check()
    press(second.page, second.page.locator("form#check button.btn-primary"))
    told = second.page.locator(".notice.bad")
    expect(told).to_contain_text("Belum dilakukan")
    expect(second.page.locator("main")).to_contain_text("Tangki tidak ada pada gambar.")
    assert faults(second.page) == []


def test_a_wrong_pin_and_an_unknown_code_get_the_same_answer_and_the_sixth_try_is_locked(
    house: str, open_page: Open
) -> None:
    case = Stage(open_service(DEPOT)).play(is_at("verifikasi"))
    page = open_page(360, with_script=False)
    citizen = Applicant(page, house)

    def answer(code: str, pin: str) -> str:
        citizen.go("/lacak/")
        page.locator("main [name=kode]").fill(code)
        page.locator("main [name=pin]").fill(pin)
        press(page, the_button(page))
        return page.locator(".error-summary").inner_text()

    wrong = answer(case.code, "000000")
    assert answer(case.code[:-1] + ("0" if case.code[-1] != "0" else "1"), PIN) == wrong
    for _ in range(4):
        answer(case.code, "000000")
    assert "dikunci" in answer(case.code, PIN)


def test_a_page_that_is_not_there_says_so_and_leads_on(house: str, open_page: Open) -> None:
    page = open_page(360, with_script=False)
    answer = page.goto(f"{house}/layanan/tidak-ada/?bahasa=en")
    assert answer is not None
    assert answer.status == 404
    assert page.locator("html").get_attribute("lang") == "en"
    press(page, page.locator("main a").first)
    assert page.locator("h1").count() == 1


def test_outside_the_demonstration_a_password_and_a_code_open_the_desk(
    house: str, open_page: Open, settings: object
) -> None:
    from kantormaya.people.models import Account
    from tests.test_signing_in import code_of

    settings.KANTOR_DEMO = False  # type: ignore[attr-defined]
    cache.clear()
    account = Account.objects.get(username="front-office.dpmptsp")
    account.set_password("kata-sandi-yang-panjang")
    account.save()
    page = open_page(1280)
    page.goto(f"{house}/meja/")
    assert page.locator("button[name=post]").count() == 0
    page.locator("main [name=login]").fill(account.username)
    page.locator("main [name=password]").fill("kata-sandi-yang-panjang")
    press(page, page.locator("main button.btn-primary"))
    assert page.locator("main img").evaluate("it => it.naturalWidth") > 0
    secret = page.locator("main .code").inner_text().strip()
    page.locator("main [name=code]").fill("000000")
    press(page, page.locator("main button.btn-primary").first)
    assert "/2fa/" in page.url
    page.locator("main [name=code]").fill(code_of(secret))
    press(page, page.locator("main button.btn-primary").first)
    page.goto(f"{house}/meja/")
    assert page.locator("h1").inner_text().endswith("petugas loket")

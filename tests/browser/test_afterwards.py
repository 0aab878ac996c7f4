"""After the permit and beside the visit: renewed, suspended, shown in pictures, collected by a mailed link; as people do it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from kantormaya.cases.models import Case
from kantormaya.casework.collecting import send_link
from kantormaya.engine.storing import unpack
from kantormaya.outbox.models import Message
from kantormaya.people.scopes import scope_system, scoped
from kantormaya.permits.models import Paper
from tests.browser.axe import faults
from tests.browser.citizen import DEPOT, Applicant, the_button, the_form
from tests.browser.furnishing import PIN, Stage, apart, is_at, open_service
from tests.browser.official import HEALTH, Official
from tests.browser.papers import paper
from tests.browser.reading import press, read

pytestmark = pytest.mark.browser
Open = Callable[..., Page]
BIDAN = "izin-praktik-bidan"
REASON = "Pengaduan warga sedang kami periksa"


def is_scheduled(case: Case) -> bool:
    """Its inspection has a time and is still open."""
    now = unpack(case.state).tasks.get("inspeksi")
    return now is not None and now.status == "open" and now.scheduled_for is not None


def paper_of(case: Case) -> Paper:
    """The paper that a case came to."""
    with scoped(scope_system("test")):
        return Paper.objects.exclude(number=None).get(case=case)


@pytest.mark.parametrize("language", ["id", "en"])
def test_a_place_is_shown_in_pictures_with_the_code_and_the_official_sees_both(
    house: str, open_page: Open, language: str
) -> None:
    case = Stage(open_service(DEPOT)).play(is_scheduled)
    citizen = Applicant(open_page(360, with_script=False), house, language)
    page = citizen.page
    citizen.track(case.code, PIN)
    press(page, page.locator('main a[href*="/foto/"]'))
    read(page, language)
    code = page.locator(".ask .pin").inner_text().strip()
    the_form(page).locator("input[type=file]").set_input_files([paper("depan.jpg"), paper("ruang.jpg")])
    citizen.onward()
    assert page.locator("ul.files > li").count() == 2 and code in page.locator("ul.files").inner_text()
    the_form(page).locator("input[type=file]").set_input_files([paper("surat.pdf")])
    press(page, the_button(page))
    assert page.locator(".error-summary").count() == 1 and page.locator("ul.files > li").count() == 2

    desk = Official(open_page(1280), house, language).sign_in("technical_team", HEALTH).open(case.number)
    shown = desk.page.locator("section", has=desk.page.locator(".digest"))
    expect(shown).to_contain_text(code)
    assert shown.locator("a[href*=berkas]").count() == 2
    assert faults(desk.page) == []


def test_a_head_suspends_a_licence_and_puts_it_into_force_again_before_its_holder_renews_it(
    house: str, open_page: Open
) -> None:
    case = Stage(open_service(BIDAN)).play(is_at("terbit"))
    licence = paper_of(case)
    head = Official(open_page(1280), house).sign_in("head_of_office")
    public = open_page(360)
    for act, said in (("suspend", "dibekukan"), ("resume", "Asli dan berlaku")):
        head.page.goto(f"{house}/meja/surat/?q={licence.number}")
        press(head.page, head.page.locator("main table a").first)
        assert faults(head.page) == []
        form = head.page.locator(f'details:has(input[name=act][value="{act}"])')
        form.locator("summary").click()
        form.locator("textarea").fill(REASON)
        head.press(form.locator("button"))
        public.goto(f"{house}/cek/{licence.code}")
        read(public, "id")
        assert said.lower() in public.locator("main").inner_text().lower()
        assert REASON not in public.locator("main").inner_text()

    holder = Applicant(open_page(360, with_script=False), house)
    holder.track(case.code, PIN)
    press(holder.page, holder.page.locator('main a[href$="/lanjut/"]'))
    read(holder.page, "id")
    holder.page.locator("label", has_text="Perpanjangan").click()
    holder.onward()
    assert "/ajukan/isi/" in holder.page.url
    holder.page.goto(f"{holder.page.url.rstrip('/')}/berkas-sipb_lama/")
    read(holder.page, "id")
    assert str(licence.number) in holder.page.locator("main").inner_text()


def test_a_mailed_link_opens_all_cases_of_an_address_without_a_pin(house: str, open_page: Open) -> None:
    stage = Stage(open_service(BIDAN))
    case = stage.play(lambda one: one.at)
    with scoped(scope_system("test")):
        address = Message.objects.filter(case_id=case.pk).exclude(to__contains="@example.org").first()
        assert address
    page = open_page(360, with_script=False)
    page.goto(f"{house}/akun-saya/")
    read(page, "id")
    page.locator("#email").fill(address.to)
    press(page, the_button(page))
    assert page.url.endswith("/akun-saya/terkirim/")
    assert apart(lambda: send_link(address.to, language="id"))  # what the worker does with the job
    with scoped(scope_system("test")):
        mail = Message.objects.filter(body__contains="/akun-saya/").latest("pk")
    secret = mail.body.partition("/akun-saya/")[2].split("/")[0]
    page.goto(f"{house}/akun-saya/{secret}/")
    read(page, "id")
    press(page, the_button(page))
    assert case.number in page.locator("main").inner_text()
    press(page, page.locator("li.check button").first)
    assert page.url.endswith("/lacak/perkara/") and case.number in page.locator("main").inner_text()
    page.goto(f"{house}/akun-saya/{secret}/")
    assert "tidak berlaku lagi" in page.locator("h1").inner_text()


@pytest.mark.parametrize("width", [360, 1280])
def test_the_new_pages_are_without_faults(house: str, open_page: Open, width: int) -> None:
    case = Stage(open_service(BIDAN)).play(is_at("terbit"))
    licence = paper_of(case)
    citizen = Applicant(open_page(width), house)
    for path in ("/akun-saya/", "/akun-saya/terkirim/", "/akun-saya/salah/", f"/cek/{licence.code}/lanjut/"):
        citizen.go(path)
        assert faults(citizen.page) == [], path
    inspected = Stage(open_service(DEPOT)).play(is_scheduled)
    citizen.track(inspected.code, PIN)
    citizen.go("/lacak/perkara/foto/inspeksi/")
    assert faults(citizen.page) == []

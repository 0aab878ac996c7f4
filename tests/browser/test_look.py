"""The look as a browser sees it: on a phone and at a desk, in both languages, without a fault."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.axe import faults, sticks_out

pytestmark = pytest.mark.browser
OPEN = Callable[..., Page]


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize(
    "address", ["/gaya/", "/gaya/?bahasa=en", "/gaya/meja/", "/gaya/meja/#menu", "/tidak-ada/"]
)
def test_a_page_has_no_fault_and_stays_in_its_screen(
    live_server: object, open_page: OPEN, width: int, address: str, tmp_path: Path
) -> None:
    page = open_page(width)
    complaints: list[str] = []
    page.on(
        "console",
        lambda message: (
            complaints.append(message.text) if "content security" in message.text.lower() else None
        ),
    )
    page.goto(f"{live_server}{address}")
    page.screenshot(path=tmp_path / "page.png", full_page=True)
    assert faults(page) == []
    assert sticks_out(page) <= 0
    assert complaints == []


def test_what_is_pressed_on_a_phone_is_as_large_as_a_thumb(live_server: object, open_page: OPEN) -> None:
    page = open_page(360)
    page.goto(f"{live_server}/gaya/")
    small = page.evaluate(
        """() => [...document.querySelectorAll("a.btn, button, .masthead a, .foot a, .options > label, .form-control")]
            .filter(it => it.offsetParent && it.getBoundingClientRect().height < 43.5).map(it => it.outerHTML.slice(0, 90))"""
    )
    assert small == []


def test_the_first_stop_of_the_keyboard_leads_past_the_masthead(live_server: object, open_page: OPEN) -> None:
    page = open_page(1280)
    page.goto(f"{live_server}/gaya/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "isi"


def test_a_page_changes_its_language_without_script(live_server: object, open_page: OPEN) -> None:
    page = open_page(360, with_script=False)
    page.goto(f"{live_server}/gaya/")
    page.get_by_role("link", name="English").click()
    assert page.locator("h1").inner_text() == "Every part of a page, in every state"
    page.goto(f"{live_server}/gaya/meja/")
    assert page.locator("h1").inner_text() == "Good morning, front office"


def test_the_desk_can_be_worked_by_keys(live_server: object, open_page: OPEN) -> None:
    page = open_page(1280)
    page.goto(f"{live_server}/gaya/meja/")
    page.keyboard.press("j")
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.textContent") == "Izin Praktik Bidan (SIPB)"
    page.keyboard.press("k")
    assert page.evaluate("document.activeElement.textContent") == "Izin Praktik Apoteker"
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "cari"
    page.keyboard.press("Escape")
    page.locator("h1").click()
    page.keyboard.press("?")
    assert page.locator("dialog#keys").is_visible()


def test_the_desk_opens_its_menu_on_a_phone_without_script(live_server: object, open_page: OPEN) -> None:
    page = open_page(360, with_script=False)
    page.goto(f"{live_server}/gaya/meja/")
    assert not page.locator("#menu").is_visible()
    page.get_by_role("link", name="Menu", exact=True).click()
    assert page.locator("#menu").is_visible()

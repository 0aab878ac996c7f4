"""A question to our staff: from a service and from a case, in writing, by a call, by video; both sides read its record."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from kantormaya.cases.models import Case
from kantormaya.catalogue.publishing import definition_of
from kantormaya.people.scopes import scope_case, scoped
from tests.browser.citizen import DEPOT, Applicant, the_button
from tests.browser.furnishing import PIN, Stage, is_at, open_service
from tests.browser.looking import is_light, look, look_everywhere
from tests.browser.official import Official
from tests.browser.reading import press, read

pytestmark = pytest.mark.browser
Open = Callable[..., Page]
GUIDANCE = "konsultasi"
QUESTION, ANSWER = "Apakah teras rumah boleh?", "Boleh, bila ruangnya tertutup (Permenkes 43/2014)."
ROOM = "https://video.example/"


@pytest.mark.parametrize(
    ("way", "start", "width", "with_script", "language"),
    [
        ("tertulis", "service", 360, False, "id"),
        ("tertulis", "case", 1280, True, "en"),
        ("telepon", "case", 1280, True, "en"),
        ("video", "service", 360, False, "id"),
        ("video", "service", 1280, True, "en"),
    ],
)
def test_a_question_is_asked_answered_and_its_record_read_by_both_sides(
    house: str, open_page: Open, settings: Any, way: str, start: str, width: int, with_script: bool, language: str
) -> None:  # fmt: skip
    settings.KANTOR_VIDEO_URL = f"{ROOM}{{room}}"
    revision = open_service(DEPOT)
    open_service(GUIDANCE)
    said = {"cara": way, "pertanyaan": QUESTION, "nama": "Contoh", "telepon": "0812 0000 0001"}
    citizen = Applicant(open_page(width, with_script=with_script), house, language, said, {})
    page = citizen.page
    about = definition_of(revision).title.id  # kept as the office calls it
    if start == "case":
        case = Stage(revision).play(is_at("verifikasi"))
        about = case.number
        citizen.track(case.code, PIN)
    else:
        citizen.go(f"/layanan/{DEPOT}/")
    press(page, page.locator(f'main a[href*="/ajukan/{GUIDANCE}/?tentang="]:visible').first)
    look(page, language)
    press(page, the_button(page))
    fill_with_a_time(citizen)
    assert about in page.locator("main").inner_text()
    citizen.send()
    code, pin = citizen.receipt()
    citizen.track(code, pin)
    look(page, language)
    room = page.locator(f'main a[href^="{ROOM}"]')
    assert room.count() == (way == "video")

    desk = Official(open_page(1280), house, language).sign_in("front_office").open(number_of(code))
    assert QUESTION in desk.page.locator("main").inner_text()
    assert (desk.page.locator('main a[href^="/meja/perkara/"]', has_text=about).count() > 0) == (
        start == "case"
    )
    if way == "video":  # both sides meet in the same room
        assert desk.page.locator(f'main a[href="{room.get_attribute("href")}"]').count() == 1
    desk.do("find", {"fact-catatan": ANSWER})
    (look_everywhere if with_script else read)(desk.page, language)
    desk.do("move-forward")
    assert ANSWER in desk.page.locator("main").inner_text()
    citizen.go("/lacak/perkara/")
    assert ANSWER in page.locator("main section.sheet").first.inner_text()
    look(page, language)
    assert is_light(page)


def fill_with_a_time(citizen: Applicant) -> None:
    """The form up to its letter; where it asks for a time, the first that is left."""
    page = citizen.page
    while not page.url.rstrip("/").endswith("/periksa"):
        times = page.locator("details.day[open] input[name=waktu]:not([disabled])")
        if times.count():
            look(page, citizen.language)
            times.first.check()
        citizen.fill()
        citizen.onward()
    read(page, citizen.language)


def number_of(code: str) -> str:
    """The number of the case with this code."""
    with scoped(scope_case(code)):
        return Case.objects.get(code=code).number

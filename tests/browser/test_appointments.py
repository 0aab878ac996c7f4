"""Coming in person, where it truly needs a person: a time is chosen, moved, kept in one's calendar, let go; the office sees it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar
from playwright.sync_api import Page

from kantormaya.audit.time import now
from kantormaya.bookings.models import Place
from kantormaya.cases.models import Case
from kantormaya.casework import applying, deciding
from kantormaya.catalogue.models import Revision
from kantormaya.language.evaluating import About
from kantormaya.people.scopes import scope_agency, scope_case, scope_system, scoped
from kantormaya.site.demo_stories import Cast
from tests.browser.citizen import Applicant, the_button
from tests.browser.furnishing import PIN, apart, open_service
from tests.browser.looking import is_light, look, look_everywhere
from tests.browser.official import Official
from tests.browser.reading import press, read

pytestmark = pytest.mark.browser
Open = Callable[..., Page]
CARD, DISTRICT = "perekaman-ktp-el", "Kecamatan Sekayu"
JAKARTA = ZoneInfo("Asia/Jakarta")


def waits_to_be_recorded(revision: Revision) -> Case:
    """Somebody whose file was found in order, and who has to come."""
    cast = Cast.gather(now())
    front = cast.posts["kecamatan-sekayu", "front_office"]
    draft = applying.begin(revision, About(None, "online", "perorangan"), language="id")
    with scoped(scope_case(draft.token)):
        filed = {"kk": cast.papers.hand_in(draft.token, "kk", ("kk.pdf",))}
        who = {
            "name": "Warga Contoh", "nik": "9901010101090001", "phone": "+6281200020001",
            "email": "warga@contoh.example", "address": "Jalan Contoh 1, Sekayu",
        }  # fmt: skip
        applying.fill(draft, answers={"sebab": "umur"}, given=filed, identity=who)
        case = applying.submit(draft, pin=PIN).case
    with scoped(scope_agency(front.agency_id, front.account_id)):
        deciding.check(case.pk, front, fits=("kk",), key="1")
        deciding.move(case.pk, front, "forward", key="2")
    return case


def places_of(case: Case) -> list[datetime]:
    """The times that are held for a case."""
    with scoped(scope_system("test")):
        return list(Place.objects.filter(case=case, released_at=None).values_list("starts_at", flat=True))


@pytest.mark.parametrize(("width", "with_script", "language"), [(360, False, "id"), (1280, True, "en")])
def test_a_time_is_chosen_moved_kept_let_go_and_the_one_who_comes_is_marked(
    house: str, open_page: Open, width: int, with_script: bool, language: str
) -> None:
    revision = open_service(CARD)
    case = apart(lambda: waits_to_be_recorded(revision))
    citizen = Applicant(open_page(width, with_script=with_script), house, language)
    page = citizen.page
    citizen.go(f"/layanan/{CARD}/")
    assert "26/2009" in page.locator(".facts").inner_text()  # why one has to come, before anything is begun
    citizen.track(case.code, PIN)
    assert "26/2009" in page.locator(".ask").inner_text()
    look(page, language)

    choose(citizen, 0)
    first = places_of(case)
    choose(citizen, 1)  # moved: the time before is free again
    second = places_of(case)
    assert len(first) == len(second) == 1 and second != first
    link = page.locator('main a[href$="/kalender.ics"]').get_attribute("href") or ""
    [event] = Calendar.from_ical(page.request.get(house + link).body()).walk("VEVENT")
    assert (
        event["DTSTART"].dt == second[0]
        and case.code in event["DESCRIPTION"]
        and PIN not in event["DESCRIPTION"]
    )

    press(page, page.locator('main a[href$="/batal/"]'))
    look(page, language)
    press(page, page.locator("#batal"))
    assert places_of(case) == []
    choose(citizen, 0)
    assert citizen.title().startswith({"id": "Kami tunggu Anda", "en": "We expect you"}[language])
    assert is_light(page)

    desk = Official(open_page(1280), house, language).sign_in("front_office", DISTRICT)
    on = f"{places_of(case)[0].astimezone(JAKARTA):%Y-%m-%d}"
    desk.page.goto(f"{house}/meja/janji/?hari={on}")
    (look_everywhere if with_script else read)(desk.page, language)
    press(desk.page, desk.page.get_by_role("link", name=case.number))
    desk.do("answer-rekam", {"said": "selesai"})
    citizen.go("/lacak/perkara/")
    assert page.locator('main a[href$="/batal/"]').count() == 0
    desk.do("move-forward")
    citizen.go("/lacak/perkara/")
    assert {"id": "Sudah direkam", "en": "Recorded"}[language] in page.locator("main").inner_text()


def choose(citizen: Applicant, which: int) -> None:
    """From the page of the case to the list of times, and take one."""
    page = citizen.page
    press(page, page.locator('main a[href$="/janji/rekam/"]').first)
    (look if which == 0 else read)(page, citizen.language)
    page.locator("details.day[open] input[name=waktu]:not([disabled])").nth(which).check()
    press(page, the_button(page))
    assert page.locator(".error-summary").count() == 0
    read(page, citizen.language)

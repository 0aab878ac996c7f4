"""The page of an agency: six parts, what is missing said with its article, the charter signed and dated, and its JSON."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.utils import timezone
from playwright.sync_api import Page

from kantormaya.audit.time import now
from kantormaya.catalogue.agencies import publish_agency
from kantormaya.language.formats import day
from kantormaya.site.demo_office import PASSPHRASE
from tests.browser.citizen import DEPOT
from tests.browser.furnishing import open_service
from tests.browser.looking import is_light, look_everywhere
from tests.browser.official import Official
from tests.browser.reading import press, read

pytestmark = pytest.mark.browser
Open = Callable[..., Page]
HERE = "/instansi/dpmptsp"


@pytest.fixture(autouse=True)
def no_figures_of_before() -> None:
    cache.clear()


def missing(page: Page) -> list[str]:
    """What the page says is missing, each with its article."""
    return [" ".join(one.split()) for one in page.locator("li.check:has(.state.wait)").all_inner_texts()]


def parts(page: Page, house: str) -> dict[str, Any]:
    """The same page as a machine reads it."""
    return dict(page.request.get(f"{house}{HERE}.json").json()["parts"])


@pytest.mark.parametrize(("width", "with_script", "language"), [(360, False, "id"), (1280, True, "en")])
def test_six_parts_stand_there_and_what_is_missing_is_said_with_its_article_until_it_is_there(
    house: str, open_page: Open, width: int, with_script: bool, language: str
) -> None:
    open_service(DEPOT)
    page = open_page(width, with_script=with_script)
    address = f"{house}{HERE}/?bahasa={language}"
    page.goto(address)
    read(page, language)
    assert page.locator("main h2[id]").count() == 6
    said, told = missing(page), parts(page, house)
    gaps = [gap for letter in "abcdef" for gap in told[letter]["missing"]]
    assert len(said) == len(gaps) > 5 and said == [as_said(gap, language) for gap in gaps]
    assert told["d"]["charter"] is None

    publish_agency((settings.KANTOR_SERVICES / "_agencies" / "dpmptsp.toml").read_text("utf-8"), by="uji")
    head = Official(open_page(1280), house, language).sign_in("head_of_office")
    head.page.goto(f"{house}/meja/instansi/")
    (look_everywhere if with_script else read)(head.page, language)
    head.page.locator("#sandi").fill(PASSPHRASE.get_secret_value())
    head.press(head.page.locator("#maklumat button.btn-primary"))

    page.goto(address)
    read(page, language)
    told = parts(page, house)
    assert missing(page) == [] and [gap for part in told.values() for gap in part["missing"]] == []
    charter = page.locator("section", has=page.locator("#maklumat"))
    today = timezone.localdate(now())
    assert day(today).said(language) in charter.inner_text() and charter.locator(".state.done").count() == 1
    assert told["d"]["charter"]["signed_at"].startswith(str(now().date())) and told["d"]["is_current"]
    link = charter.locator('a[href$="maklumat.pdf"]').get_attribute("href") or ""
    assert page.request.get(house + link).body().startswith(b"%PDF")
    assert told["c"]["standards"][0]["title"][language] in page.locator("main").inner_text()
    if with_script:
        look_everywhere(page, language)
    assert is_light(page)


def test_the_list_of_agencies_leads_to_each_of_them(house: str, open_page: Open) -> None:
    page = open_page(360)
    page.goto(f"{house}/instansi/")
    look_everywhere(page)
    assert page.locator('main a[href^="/instansi/"]').count() == 5
    press(page, page.locator(f'main a[href="{HERE}/"]'))
    read(page, "id")


def as_said(gap: dict[str, dict[str, str]], language: str) -> str:
    """A gap as the page says it: what, that it is missing, and by which article."""
    what, article = gap["what"][language], gap["article"][language]
    return f"{what[0].upper()}{what[1:]} {'missing' if language == 'en' else 'belum ada'} {article}"

"""A business applies in the national system; this office verifies; both sides know how it stands. Phone without script, desk with."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import Page

from kantormaya.handoff.providers.fake.example import SERVICE
from kantormaya.outbox.sending import deliver_due
from tests.browser.axe import faults, sticks_out
from tests.browser.citizen import Applicant
from tests.browser.conftest import HEIGHTS
from tests.browser.furnishing import apart, open_service
from tests.browser.official import Official
from tests.browser.reading import press, read

pytestmark = pytest.mark.browser
LACK = "Denah tanpa ukuran ruang."
WORDS = {
    "id": ("Menunggu verifikasi persyaratan", "Belum melengkapi persyaratan"),
    "en": ("Waiting for verification of the requirements", "Requirements not complete yet"),
}


@pytest.fixture
def connected(house: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> str:
    """The office with the example national system beside it."""
    for name, value in {
        "KANTOR_OSS": "fake", "KANTOR_OSS_URL": f"{house}/oss-contoh/laporan/", "KANTOR_DATA": tmp_path,
        "KANTOR_CHANNELS": {"email": "kantormaya.outbox.channels.demo_mailbox", "oss": "kantormaya.handoff.reporting"},
    }.items():  # fmt: skip
        monkeypatch.setattr(settings, name, value)
    open_service(SERVICE)
    return house


@pytest.mark.parametrize("language", ["id", "en"])
def test_what_the_national_system_passes_on_is_sent_back_and_it_says_so(
    connected: str, open_page: Callable[..., Page], language: str
) -> None:
    waiting, lacking = WORDS[language]
    phone = open_page(360, with_script=False)
    phone.goto(f"{connected}/oss-contoh/?bahasa={language}")
    press(phone, phone.locator("main form button.btn-primary"))
    code, pin = (one.inner_text() for one in phone.locator("main section.ask dd").all())
    number = phone.locator("main section.ask h2").inner_text().rpartition(" ")[2]
    assert waiting in phone.locator("main table").inner_text()

    counter = Official(open_page(1280), connected, language).sign_in("front_office").open(number)
    counter.check({"denah": LACK}, then_return=True)
    counter.give_back(count=1)
    counter.page.goto(f"{connected}/meja/oss/")
    assert lacking in counter.page.locator("main").inner_text()
    apart(deliver_due)
    counter.page.reload()
    read(counter.page, language)
    assert looked_at(counter.page) == []

    phone.goto(f"{connected}/oss-contoh/")
    assert lacking in phone.locator("main table").inner_text()
    assert LACK in phone.locator("main table").inner_text()
    assert sticks_out(phone) <= 0
    citizen = Applicant(phone, connected, language)
    citizen.track(code, pin)
    assert LACK in phone.locator("main").inner_text()


def looked_at(page: Page) -> list[str]:
    """What is wrong with a page on a phone and at a desk."""
    found = []
    for width, height in HEIGHTS.items():
        page.set_viewport_size({"width": width, "height": height})
        found += [f"{page.url} at {width}: {fault}" for fault in faults(page)]
    return found

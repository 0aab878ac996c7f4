"""The whole story of one permit, as a citizen and seven officials see it on their screens, in both languages."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Page

from kantormaya.audit.time import now
from kantormaya.permits.providers.local import LocalProvider
from kantormaya.permits.validating import validate
from kantormaya.site.demo_office import PASSPHRASE
from tests.browser.citizen import DEPOT, Applicant
from tests.browser.furnishing import apart, open_service
from tests.browser.official import HEALTH, OFFICE, Official
from tests.browser.reading import address_on

pytestmark = pytest.mark.browser
Open = Callable[..., Page]

DEFICIENT = {
    "id": {"denah": "Letak lampu UV belum digambar.", "foto": "Terlalu gelap, ulangi di siang hari."},
    "en": {"denah": "The UV lamp is not on the plan.", "foto": "Too dark, please repeat by daylight."},
}
TITLES = {
    "id": (
        "Menunggu dua perbaikan dari Anda",
        "Menunggu pembayaran Anda: Rp 300.000",
        "Permohonan Anda dikabulkan",
    ),
    "en": (
        "Waiting for two corrections from you",
        "Waiting for your payment: Rp 300,000",
        "Your application is granted",
    ),
}


@pytest.mark.parametrize("language", ["id", "en"])
def test_an_application_is_returned_corrected_advised_inspected_paid_signed_and_verified(
    house: str, open_page: Open, language: str, tmp_path: Path
) -> None:
    open_service(DEPOT)
    corrections, payment, granted = TITLES[language]

    def official(role: str, agency: str = OFFICE) -> Official:
        return Official(open_page(1280), house, language).sign_in(role, agency)

    citizen = Applicant(open_page(360, with_script=False), house, language)
    code, pin = citizen.apply()
    number = re.findall(r"P-\d{4}-\d{6}", citizen.page.locator("main").inner_text())[0]

    counter = official("front_office").open(number)
    counter.check(deficient=DEFICIENT[language], then_return=True)
    counter.give_back(count=2)

    later = Applicant(open_page(360, with_script=False), house, language)
    later.track(code, pin)
    assert later.title() == corrections
    asked = later.page.locator(".ask").inner_text()
    assert all(reason in asked for reason in DEFICIENT[language].values())
    later.correct({"denah": ("denah-baru.pdf",), "foto": ("depan-baru.jpg", "ruang-baru.jpg")})
    assert later.title() != corrections

    counter.open(number).check()
    counter.do("move-forward")

    health = official("technical_team", HEALTH).open(number)
    tomorrow = timezone.localtime(now() + timedelta(days=1))
    health.do("schedule-inspeksi", {"on": f"{tomorrow:%Y-%m-%d}T09:00"})
    health.do(
        "answer-inspeksi", {"said": "sesuai", "fact-skor": "88", "fact-air_sehat": "ya"}, photo="depot.jpg"
    )
    health.do("answer-pertimbangan", {"said": "setuju"})
    back_office = official("back_office").open(number)
    back_office.do("move-forward")

    later.track(code, pin)
    assert later.title() == payment
    later.pay()

    for role in ("section_head", "division_head", "secretary"):
        official(role).open(number).do("answer-paraf", {"said": "paraf"})
    head = official("head_of_office").open(number)
    preview = head.page.locator(".viewer img")
    assert preview.evaluate("it => it.complete && it.naturalWidth") > 500
    head.sign(PASSPHRASE.get_secret_value())
    assert "503/0001/SLHS/DPMPTSP/" in head.page.locator("main").inner_text()

    later.track(code, pin)
    assert later.title().startswith(granted)
    with later.page.expect_download() as download:
        later.page.locator('main a[href*="/lacak/perkara/surat/"]').first.click()
    pdf = Path(download.value.path()).read_bytes()
    assert apart(lambda: validate(pdf, LocalProvider().roots())).holds

    anyone = open_page(360, with_script=False)
    anyone.goto(f"{address_on(pdf)}?bahasa={language}")
    assert anyone.locator(".paper.valid").is_visible()
    assert "503/0001/SLHS/DPMPTSP/" in anyone.locator("main").inner_text()

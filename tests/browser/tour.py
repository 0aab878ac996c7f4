"""A walk past the main pages of a running demonstration, with a picture at every stop."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page

from kantormaya.site.demo_office import PASSPHRASE
from tests.browser.citizen import DEPOT, Applicant
from tests.browser.conftest import HEIGHTS, new_context
from tests.browser.official import Official
from tests.browser.reading import address_on, press

TALLEST = {360: 1500, 1280: 1400}
COLOURS = 128


@dataclass(frozen=True)
class Camera:
    """Takes the same page on a phone and at a desk, and keeps the files small."""

    folder: Path

    def take(self, page: Page, name: str) -> None:
        """`<name>-360.png` and `<name>-1280.png`: the page from its top, as far as it is worth a picture."""
        for width, tallest in TALLEST.items():
            page.set_viewport_size({"width": width, "height": HEIGHTS[width]})
            taken = Image.open(io.BytesIO(page.screenshot(full_page=True, animations="disabled")))
            cut = taken.crop((0, 0, taken.width, min(taken.height, tallest)))
            small = cut.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
            small.save(self.folder / f"{name}-{width}.png", optimize=True)
        print(name, flush=True)


def tour(browser: Browser, house: str, camera: Camera) -> None:
    """One application from the home page to the paper that verifies, with a picture at every stop."""
    with fresh(browser, 360) as page:
        for path, name in (
            ("/", "beranda"),
            (f"/layanan/{DEPOT}/", "layanan"),
            (f"/layanan/{DEPOT}/standar/", "standar"),
        ):
            page.goto(house + path)
            camera.take(page, name)
        number, code, pin = apply(Applicant(page, house), camera)
    with fresh(browser, 1280) as page:
        send_back(Official(page, house).sign_in("front_office"), number, camera)
    with fresh(browser, 360) as page:
        Applicant(page, house).track(code, pin)
        camera.take(page, "lacak")
        page.goto(f"{house}/kotak-surat/")
        camera.take(page, "kotak-surat")
    for role in ("section_head", "division_head", "secretary"):
        with fresh(browser, 1280) as page:
            initial(Official(page, house).sign_in(role))
    in_and_out(browser, house, camera)
    asked_and_answered(browser, house, camera)
    with fresh(browser, 1280) as page:
        address = sign(Official(page, house).sign_in("head_of_office"), camera)
        page.goto(address)
        camera.take(page, "cek")


def apply(citizen: Applicant, camera: Camera) -> tuple[str, str, str]:
    """An application, with pictures of one question, the letter before it is sent, and the receipt."""
    page = citizen.page
    citizen.begin()
    citizen.fill_until("/diri")
    page.goto(page.url.replace("/diri/", "/isian-2/"))
    camera.take(page, "isian")
    citizen.fill_until("/periksa")
    camera.take(page, "periksa")
    citizen.send()
    camera.take(page, "tanda-terima")
    number = re.findall(r"P-\d{4}-\d{6}", page.locator("main").inner_text())[0]
    return (number, *citizen.receipt())


def send_back(counter: Official, number: str, camera: Camera) -> None:
    """The desk of the front office, the case, and the file sent back with two deficiencies."""
    camera.take(counter.page, "meja")
    counter.open(number).mark(
        {"denah": "Letak lampu UV belum digambar.", "foto": "Terlalu gelap, ulangi di siang hari."}
    )
    camera.take(counter.page, "perkara")
    counter.page.reload()
    counter.check(
        {"denah": "Letak lampu UV belum digambar.", "foto": "Terlalu gelap, ulangi di siang hari."},
        then_return=True,
    )
    counter.give_back(count=2)


def in_and_out(browser: Browser, house: str, camera: Camera) -> None:
    """What leaves the office, the money that fits no bill, and what passes to and from the national system."""
    for role, path, name in (
        ("front_office", "/meja/kiriman/", "kiriman"),
        ("front_office", "/meja/oss/", "oss"),
        ("revenue_treasurer", "/meja/pembayaran/", "pembayaran"),
    ):
        with fresh(browser, 1280) as page:
            Official(page, house).sign_in(role)
            page.goto(house + path)
            camera.take(page, name)
    with fresh(browser, 360) as page:
        page.goto(f"{house}/oss-contoh/")
        camera.take(page, "oss-contoh")


def asked_and_answered(browser: Browser, house: str, camera: Camera) -> None:
    """A question by telephone: its time, its record, the survey after it; the counter, and the page of the agency."""
    words = {"cara": "telepon", "pertanyaan": "Apakah teras rumah boleh?", "telepon": "0812 0000 0001"}
    with fresh(browser, 360) as page, fresh(browser, 1280) as desk:
        citizen = Applicant(page, house, words=words, papers={})
        citizen.begin("konsultasi")
        while not page.url.rstrip("/").endswith("/periksa"):
            times = page.locator("details.day[open] input[name=waktu]:not([disabled])")
            if times.count():
                camera.take(page, "waktu")
                times.first.check()
            citizen.fill()
            citizen.onward()
        citizen.send()
        number = re.findall(r"P-\d{4}-\d{6}", page.locator("main").inner_text())[0]
        citizen.track(*citizen.receipt())
        official = Official(desk, house).sign_in("front_office")
        desk.goto(f"{house}/meja/perkara/{number}/")
        official.do("find", {"fact-catatan": "Boleh, bila tertutup dari debu (Permenkes 43/2014)."})
        official.do("move-forward")
        citizen.go("/lacak/perkara/")
        camera.take(page, "konsultasi")
        press(page, page.locator('main a[href^="/survei/"]'))
        camera.take(page, "survei")
        for path, name in (
            ("/meja/loket/", "loket"),
            ("/meja/janji/", "janji"),
            ("/instansi/dpmptsp/", "instansi"),
        ):
            desk.goto(house + path)
            camera.take(desk, name)


def initial(chief: Official) -> None:
    """Put one's initials under every draft that waits for them, so that there is something to sign."""
    cases = [link.get_attribute("href") for link in chief.page.locator("main table a.stretch").all()]
    for case in cases:
        chief.page.goto(f"{chief.house}{case}")
        if chief.page.locator('[id="answer-paraf"]').count():
            chief.do("answer-paraf", {"said": "paraf"})


def sign(head: Official, camera: Camera) -> str:
    """The signatures that wait, given with one passphrase; the address that the QR code of one paper leads to."""
    page = head.page
    page.goto(f"{head.house}/meja/tanda-tangan/")
    for box in page.locator("#daftar input[name=perkara]").all():
        box.check()
    camera.take(page, "tanda-tangan")
    page.locator("input[name=sandi]").fill(PASSPHRASE.get_secret_value())
    head.press(page.locator("#daftar button.btn-primary"))
    signed = page.locator("main section[role=status] li").filter(has=page.locator(".state.done"))
    press(page, signed.locator('a[href*="/meja/perkara/"]').first)
    link = page.locator('main ul.files a[href*="berkas=surat-"]').first.get_attribute("href") or ""
    paper = link.partition("surat-")[2].partition("#")[0]
    return address_on(page.request.get(f"{page.url.partition('?')[0]}surat/{paper}/").body())


@contextmanager
def fresh(browser: Browser, width: int) -> Iterator[Page]:
    """A page without anything remembered."""
    context = new_context(browser, width)
    yield context.new_page()
    context.close()

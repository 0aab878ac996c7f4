"""What a citizen does, by the pages and nothing beside them: apply, track, correct, pay."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.browser.papers import paper
from tests.browser.reading import press, read

ANY = "the first of the list"
DEPOT = "surat-laik-sehat-depot-air"
WORDS: dict[str, Any] = {
    "variant": "baru", "applicant_kind": "perorangan", "by_proxy": "tidak", "keran": "2", "nama_depot": "Depot Tirta Contoh",
    "lokasi": "Jalan Contoh 2, Sekayu", "lokasi.village": ANY, "sumber_air": "sumur", "penjamah": {"nama": "Penjamah Contoh", "pelatihan": "ya"},
    "kontak": "0812 0000 0002", "name": "Pemohon Contoh", "nik": "9906015708900001", "phone": "0812 0000 0001",
    "email": "pemohon@contoh.example", "address": "Jalan Contoh 1, Sekayu",
}  # fmt: skip
PAPERS: dict[str, tuple[str, ...]] = {
    "ktp": ("ktp.jpg",), "nib": ("nib.pdf",), "denah": ("denah.png",), "foto": ("depan.jpg", "ruang.jpg"),
    "pelatihan_higiene": ("pelatihan.pdf",),
}  # fmt: skip
MOST_PAGES = 25


@dataclass(frozen=True)
class Applicant:
    """A person with a browser: what they say and hand in."""

    page: Page
    house: str
    language: str = "id"
    words: Mapping[str, Any] = field(default_factory=lambda: WORDS)
    papers: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: PAPERS)

    def apply(self, slug: str = DEPOT) -> tuple[str, str]:
        """From the page of the service to the receipt: the code and the PIN on it."""
        self.begin(slug)
        self.fill_until("/periksa")
        self.send()
        return self.receipt()

    def begin(self, slug: str = DEPOT) -> None:
        """From the page of a service to the first page of its form."""
        self.go(f"/layanan/{slug}/")
        press(self.page, self.page.locator("main a.btn-primary:visible").first)
        read(self.page, self.language)

    def fill_until(self, end: str) -> None:
        """Page after page of the form, up to the one whose address ends so; `/periksa` is read before it is sent."""
        for _ in range(MOST_PAGES):
            if self.page.url.rstrip("/").endswith(end):
                return
            self.fill()
            self.onward()
        raise AssertionError(
            f"after {MOST_PAGES} pages the application is still not complete: {self.page.url}"
        )

    def fill(self) -> None:
        """Fill in what this page asks."""
        form = the_form(self.page)
        for name, said in self.words.items():
            if isinstance(said, Mapping):
                self._line(name, said)
            else:
                say(form, name, said)
        for name, files in self.papers.items():
            box = form.locator(f'input[type=file][name="{name}"]')
            if box.count():
                box.set_input_files([paper(one) for one in files])

    def _line(self, name: str, cells: Mapping[str, str]) -> None:
        add = self.page.locator(f'button[name=tambah][value="{name}"]')
        if not add.count():
            return
        if not self.page.locator(f'[name^="{name}.0."]').count():
            press(self.page, add)
        for column, said in cells.items():
            say(the_form(self.page), f"{name}.0.{column}", said)

    def onward(self) -> None:
        """Press the main button and wait for the next page."""
        press(self.page, the_button(self.page))
        wrong = self.page.locator(".error-summary").all_inner_texts()
        assert not wrong, f"the page did not go on: {self.page.url} {wrong}"
        read(self.page, self.language)

    def go(self, path: str) -> None:
        """Open a page by its address, in the language of this person."""
        self.page.goto(f"{self.house}{path}{'&' if '?' in path else '?'}bahasa={self.language}")
        read(self.page, self.language)

    def send(self) -> None:
        """Send the application."""
        self.onward()

    def receipt(self) -> tuple[str, str]:
        """The code and the PIN that the receipt shows."""
        code = self.page.locator(".receipt .code").inner_text().strip()
        pin = self.page.locator(".receipt .pin").inner_text().strip()
        return code, pin

    def track(self, code: str, pin: str) -> None:
        """Come back later with the code and the PIN, perhaps on another phone."""
        self.go("/lacak/")
        self.page.locator("main [name=kode]").fill(code)
        self.page.locator("main [name=pin]").fill(pin)
        self.onward()

    def correct(self, papers: Mapping[str, tuple[str, ...]]) -> None:
        """Hand in again exactly what was asked for."""
        press(self.page, self.page.locator(".ask a.btn-primary"))
        read(self.page, self.language)
        asked = self.page.locator("main input[type=file]")
        assert sorted(box.get_attribute("name") or "" for box in asked.all()) == sorted(papers)
        for name, files in papers.items():
            self.page.locator(f'input[type=file][name="{name}"]').set_input_files(
                [paper(one) for one in files]
            )
        self.onward()

    def pay(self) -> None:
        """From the tracking page over the bill to the bank, and pay there."""
        press(self.page, self.page.locator(".ask a.btn-primary"))
        read(self.page, self.language)
        press(self.page, self.page.locator("main a.btn-primary"))
        read(self.page, self.language)
        self.onward()

    def title(self) -> str:
        """The answer that the page gives in its title."""
        return " ".join(self.page.locator("h1").inner_text().split())


def the_form(page: Page) -> Locator:
    """The form of the page."""
    return page.locator("main form").filter(has=page.locator("button.btn-primary")).first


def the_button(page: Page) -> Locator:
    """The one main button of the page's form."""
    return the_form(page).locator("button.btn-primary").last


def say(form: Locator, name: str, said: str) -> None:
    """Answer one question, if the page asks it."""
    choice = form.locator(f'input[type=radio][name="{name}"]')
    if choice.count():
        form.locator(f'label:has(input[name="{name}"][value="{said}"])').click()
        expect(form.locator(f'input[name="{name}"][value="{said}"]')).to_be_checked()
        return
    box = form.locator(f'input[name="{name}"]:not([type=hidden]), textarea[name="{name}"]')
    if box.count():
        box.fill(said)
    chosen = form.locator(f'select[name="{name}"]')
    if chosen.count() and said == ANY:
        chosen.select_option(index=1)
    elif chosen.count():
        chosen.select_option(said)

"""What an official does at the desk, by the pages and nothing beside them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from playwright.sync_api import Locator, Page

from kantormaya.people.roles import role_title
from tests.browser.citizen import say
from tests.browser.papers import paper
from tests.browser.reading import press, read

OFFICE = "DPMPTSP Musi Banyuasin"
HEALTH = "Dinas Kesehatan"


@dataclass(frozen=True)
class Official:
    """A person in an office with a browser."""

    page: Page
    house: str
    language: str = "id"

    def sign_in(self, role: str, agency: str = OFFICE) -> Official:
        """By the button of the demonstration."""
        self.page.goto(f"{self.house}/akun/masuk/?bahasa={self.language}")
        agencies = self.page.locator("main section").filter(
            has=self.page.get_by_role("heading", name=agency, exact=True)
        )
        press(
            self.page, agencies.get_by_role("button", name=role_title(role).said(self.language), exact=True)
        )
        read(self.page, self.language)
        return self

    def open(self, number: str) -> Official:
        """Open a case from one's own desk."""
        self.page.goto(f"{self.house}/meja/")
        press(self.page, self.page.locator(f'main a[href="/meja/perkara/{number}/"]').first)
        read(self.page, self.language)
        return self

    def mark(self, deficient: Mapping[str, str]) -> None:
        """Look through the whole checklist: everything fits but what is named with its reason."""
        form = self.page.locator("form#check")
        for box in form.locator('input[value="fits"]').all():
            name = (box.get_attribute("name") or "").removeprefix("check.")
            say(form, f"check.{name}", "deficient" if name in deficient else "fits")
            if name in deficient:
                form.locator(f'[name="reason.{name}"]').fill(deficient[name])

    def check(self, deficient: Mapping[str, str] | None = None, then_return: bool = False) -> None:
        """Keep what was found; go on to send the file back where wanted."""
        self.mark(deficient or {})
        button = "button[name=lalu_kembalikan]" if then_return else "button.btn-primary"
        self.press(self.page.locator(f"form#check {button}"))

    def give_back(self, count: int) -> None:
        """Send the file back: read the letter as the applicant will, then send."""
        self.press(self.page.locator("button[name=tahap][value=baca]"))
        assert self.page.locator("main section.sheet ol > li").count() == count
        self.press(self.page.locator("button[name=tahap][value=kirim]"))

    def do(self, act: str, said: Mapping[str, str] | None = None, photo: str = "") -> None:
        """Do one of the things that can be done now, by its form."""
        slot = self.page.locator(f'[id="{act}"]')
        if slot.evaluate("it => it.tagName == 'DETAILS' && !it.open"):
            slot.locator("summary").click()
        form = self.page.locator(f'form[id="{act}"], [id="{act}"] form')
        for name, what in (said or {}).items():
            say(form, name, what)
        if photo:
            form.locator("input[type=file]").set_input_files([paper(photo)])
        self.press(form.locator("button").last)

    def sign(self, passphrase: str) -> None:
        """From the case to the page of signatures; the case is ticked there."""
        self.press(self.page.locator('a[href*="/meja/tanda-tangan/"].btn'))
        self.page.locator("input[name=sandi]").fill(passphrase)
        self.press(self.page.locator("#daftar button.btn-primary"))

    def press(self, button: Locator) -> None:
        """Press, and read the page that comes: it must not be a refusal."""
        press(self.page, button)
        wrong = self.page.locator(".error-summary, .notice.bad").all_inner_texts()
        assert not wrong, f"it was refused: {self.page.url} {wrong}"
        read(self.page, self.language)

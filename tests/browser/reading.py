"""A page read as its reader reads it: in one language, within the screen."""

from __future__ import annotations

import io
import re

import pikepdf
from playwright.sync_api import Locator, Page

from tests.browser.axe import sticks_out, too_wide

INDONESIAN = re.compile(
    r"\b(Anda|yang|untuk|dengan|dari|tidak|belum|sudah|kami|hari kerja|paling lambat|menunggu|berkas|lanjut|kirim)\b",
    re.IGNORECASE,
)
"""Words that no English page has, outside what people typed and papers called by their name."""


def press(page: Page, button: Locator) -> None:
    """Press, and wait until the next page is there."""
    with page.expect_navigation():
        button.click()


def read(page: Page, language: str) -> None:
    """The page says which language it speaks, keeps to it, and nothing sticks out of the screen."""
    assert page.locator("html").get_attribute("lang") == language, page.url
    if language == "en":
        left = sorted({found[0] for found in INDONESIAN.finditer(page.locator("main").inner_text())})
        assert left == [], f"Indonesian on an English page: {left} at {page.url}"
    assert sticks_out(page) <= 0, f"wider than the screen: {page.url} {too_wide(page)}"


def address_on(pdf: bytes) -> str:
    """The address that the QR code of the paper leads to, as the paper says it to a screen reader."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        said = [
            str(one["/Alt"])
            for one in opened.objects
            if isinstance(one, pikepdf.Dictionary) and "/Alt" in one
        ]
    return next(words for words in said if "/cek/" in words).partition(": ")[2]

"""A page looked at severely: its words, its width, its weight, and those who see badly."""

from __future__ import annotations

import gzip

from playwright.sync_api import Page, Response

from tests.browser.axe import faults, sticks_out
from tests.browser.conftest import HEIGHTS
from tests.browser.reading import read

LIGHT = 100 * 1024


def look(page: Page, language: str = "id") -> None:
    """The page keeps to its language and its screen, and where there is a script to ask it, axe finds nothing."""
    read(page, language)
    if page.evaluate("matchMedia('(scripting: enabled)').matches"):
        assert faults(page) == [], page.url


def look_everywhere(page: Page, language: str = "id") -> None:
    """The same on a phone and at a desk; the page stays as wide as it was."""
    before = page.viewport_size
    for width, height in HEIGHTS.items():
        page.set_viewport_size({"width": width, "height": height})
        look(page, language)
        assert sticks_out(page) <= 0
    if before:
        page.set_viewport_size(before)


def weight(page: Page, address: str = "") -> dict[str, int]:
    """Open a page, or this one once more beside it, and weigh everything that comes with it."""
    answers: list[Response] = []

    def came(answer: Response) -> None:
        answers.append(answer)

    beside = page.context.new_page()
    beside.on("response", came)
    beside.goto(address or page.url, wait_until="networkidle")
    weighed = {answer.url: on_the_wire(answer) for answer in answers if answer.status < 300}
    beside.close()
    return weighed


def is_light(page: Page, address: str = "") -> bool:
    """At most a hundred kilobytes, all files together."""
    return sum(weight(page, address).values()) <= LIGHT


def on_the_wire(answer: Response) -> int:
    """The bytes of an answer as the web server of the office sends it: files compressed beforehand, pages as they are."""
    body = answer.body()
    kind = answer.headers.get("content-type", "")
    is_packed = "/static/" in answer.url and ("text" in kind or "svg" in kind or "javascript" in kind)
    return len(gzip.compress(body)) if is_packed else len(body)

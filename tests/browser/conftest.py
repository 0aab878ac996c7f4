"""A Chromium of the system, and pages as wide as a phone and a desk."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from kantormaya.site.testing import chromium as chromium_path

# The browser's own loop runs beside the test in one thread; Django would otherwise refuse the test's queries.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

QUIETLY = [
    *("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync"),
]
HEIGHTS = {360: 740, 1280: 800}


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The system's Chromium, started once."""
    path = chromium_path()
    if path is None:
        pytest.fail("There is no Chromium: install the package chromium, or run with --no-browser.")
    with sync_playwright() as player:
        browser = player.chromium.launch(executable_path=path, args=QUIETLY)
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium: Browser) -> Iterator[Callable[..., Page]]:
    """open_page(width, with_script=True): a fresh page of 360 (a phone) or 1280 pixels (a desk)."""
    contexts = []

    def opened(width: int = 360, with_script: bool = True) -> Page:
        size = {"width": width, "height": HEIGHTS.get(width, 800)}
        context = chromium.new_context(viewport=size, has_touch=width < 600, java_script_enabled=with_script)
        contexts.append(context)
        return context.new_page()

    yield opened
    for context in contexts:
        context.close()

"""A Chromium of the system, pages as wide as a phone and a desk, and a furnished office to walk through."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, sync_playwright

from kantormaya.site.testing import chromium as chromium_path

# The browser's own loop runs beside the test in one thread; Django would otherwise refuse the test's queries.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

QUIETLY = [
    *("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync"),
]
HEIGHTS = {360: 740, 1280: 800}
PATIENCE = 15_000  # milliseconds: a page that takes longer on a busy machine is a fault
Open = Callable[..., Page]


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
def open_page(chromium: Browser) -> Iterator[Open]:
    """open_page(width, with_script=True): a fresh page of 360 (a phone) or 1280 pixels (a desk).

    Whatever test opens it, no page may break the content policy, fail in its script or call another host.
    """
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def opened(width: int = 360, with_script: bool = True, **more: Any) -> Page:
        context = new_context(chromium, width, with_script, **more)
        contexts.append(context)
        watch(context, complaints)
        return context.new_page()

    yield opened
    for context in contexts:
        context.close()
    assert complaints == []


def new_context(browser: Browser, width: int, with_script: bool = True, **more: Any) -> BrowserContext:
    """A browser of its own, without cookies, as wide as a phone or a desk."""
    size = {"width": width, "height": HEIGHTS.get(width, 800)}
    context = browser.new_context(
        viewport=size, has_touch=width < 600, java_script_enabled=with_script, **more
    )
    context.set_default_timeout(PATIENCE)
    return context


def watch(context: BrowserContext, complaints: list[str]) -> None:
    """Note every break of the content policy, every fault of a script and every call to another host."""

    def said(message: ConsoleMessage) -> None:
        if "content security" in message.text.lower():
            complaints.append(message.text)

    def asked(request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in ("http", "https") and parts.hostname not in ("localhost", "127.0.0.1"):
            complaints.append(f"another host was called: {request.url}")

    context.on("console", said)
    context.on("weberror", lambda error: complaints.append(f"script: {error.error}"))
    context.on("request", asked)


@pytest.fixture
def house(live_server: Any, demo: None, monkeypatch: pytest.MonkeyPatch) -> str:
    """The example office, open for work as a demonstration; its address. Services come by `open_service`."""
    from kantormaya.site import demo_office, furnishing

    monkeypatch.setattr(settings, "KANTOR_URL", live_server.url)
    demo_office.furnish()
    furnishing.publish_calendar()
    return str(live_server.url)

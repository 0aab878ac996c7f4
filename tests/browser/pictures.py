"""Pictures of the main pages on a phone and at a desk, taken from a running demonstration.

Run by hand from the root of the project, with the demonstration open:

    python -m tests.browser.pictures http://localhost:8000 docs/pictures
"""

from __future__ import annotations

import argparse
import os
from pathlib import Path

import django
from playwright.sync_api import sync_playwright

from kantormaya.site.testing import chromium


def main() -> None:
    """Take all pictures."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("house", help="address of a running demonstration")
    asked.add_argument("folder", type=Path)
    given = asked.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "kantormaya.site.settings",
        "KANTOR_SECRET_KEY": "no data is opened here",
    }
    django.setup()
    from tests.browser.conftest import QUIETLY
    from tests.browser.tour import Camera, tour

    with sync_playwright() as player:
        browser = player.chromium.launch(executable_path=chromium(), args=[*QUIETLY, "--lang=id"])
        tour(browser, given.house.rstrip("/"), Camera(given.folder))
        browser.close()


if __name__ == "__main__":
    main()
